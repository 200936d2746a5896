"""What is taken away from the page: rows, a query that gives the same rows, a picture, and text with its citation."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect
from view_samples import threat, world

from kg.graph.query import run_query
from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg.graph.view.page import write_page
from kg.model import Extraction

pytestmark = pytest.mark.browser


def take(one, name: str) -> tuple[str, bytes]:
    one.page.locator("#menu summary").click()
    with one.page.expect_download() as waiting:
        one.page.get_by_role("button", name=name).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_selection_as_rows(show) -> None:
    one = show(world(), hash_="#actor=http://www.wikidata.org/entity/Q17")
    name, data = take(one, "Selection as CSV")
    assert name == "events.csv"
    rows = rows_of(data)
    assert sorted((row["actor"], row["relation"], row["recipient"]) for row in rows) == [
        ("Japan", "Sanction", "North Korea"), ("South Korea", "Cooperation", "Japan"), ("United States", "JointExercise", "Japan"),
    ]  # fmt: skip
    assert {row["publisher"] for row in rows} == {"Evening Courier", "Harbour Post"}
    expect(one.page.locator("#toast")).to_have_text("events.csv is saved.")


def test_the_query_gives_the_same_rows_as_the_selection(show, tmp_path: Path) -> None:
    events, articles = world()
    reports = [report for event in events for report in event.reports]
    ontology = load_ontology()
    with Store.in_memory() as store:
        store.add(Extraction(a, tuple(r for r in reports if r.article == a.id)) for a in articles)
        store.refresh(ontology)
        file = tmp_path / "page.html"
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            write_page(store.events(ontology), {a.id: a for a in articles}, ontology, stream)
        one = show(file, hash_="#q=russia&from=2024-06-01&sort=actor")
        expect(one.summary).to_contain_text("of 2")
        _, table = take(one, "Selection as CSV")
        name, query = take(one, "Selection as SPARQL")
        assert name == "events.rq"
        found = run_query(store, query.decode())
    asked = {tuple("" if term is None else term.value for term in row) for row in found.rows}
    rows = rows_of(table)
    assert len(found.rows) == len(rows) > 5
    assert asked == {tuple(row[column] for column in found.columns) for row in rows}
    assert "# Search: russia" in query.decode()


def test_a_cell_cannot_be_a_formula(show) -> None:
    events, articles = threat()
    from dataclasses import replace

    one = show((events, [replace(articles[0], publisher='=HYPERLINK("http://evil.example")')]))
    (row,) = rows_of(take(one, "Selection as CSV")[1])
    assert row["publisher"] == """'=HYPERLINK("http://evil.example")"""


def test_the_graph_as_a_picture_of_all_that_is_shown(show) -> None:
    one = show(world(), title="Korea and others")
    name, data = take(one, "Graph as PNG")
    assert name == "graph.png"
    assert data.startswith(b"\x89PNG")
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (2400, 1700)
    assert len(data) > 50_000
    assert one.trouble == []


def test_copied_text_has_its_citation(show) -> None:
    one = show(threat())
    one.panel.get_by_role("button", name="North Korea → Japan").click()
    one.page.get_by_role("button", name="Copy with citations").click()
    expect(one.page.locator("#toast")).to_have_text("Copied.")
    text = one.page.evaluate("navigator.clipboard.readText()")
    assert "“Note 1: North Korea threat Japan.”" in text
    assert "Evening Courier, “A threat”, 2025-01-06, https://news.example/threat (characters 0 to 33)" in text
    assert "North Korea → Japan: threat, 2024-05-01 (reported)" in text


def test_all_events_of_an_actor_are_copied_at_once(show) -> None:
    one = show(world())
    one.panel.get_by_role("button", name="Japan 3").click()
    one.panel.get_by_role("button", name="Copy all with citations").click()
    expect(one.page.locator("#toast")).to_have_text("3 events copied.")
    text = one.page.evaluate("navigator.clipboard.readText()")
    assert text.count("“Note ") == 3


def test_the_query_is_copied_too(show) -> None:
    one = show(threat())
    one.page.locator("#menu summary").click()
    one.page.get_by_role("button", name="Copy the SPARQL").click()
    expect(one.page.locator("#toast")).to_have_text("The query is copied.")
    assert "SELECT ?date ?actor" in one.page.evaluate("navigator.clipboard.readText()")
