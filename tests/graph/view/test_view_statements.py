"""Triples as a page: what a query gives, or a Turtle file that is not of ours."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect
from view_samples import JAPAN, NORTH, RUSSIA, US, world

from kg.cli.group import main
from kg.errors import QueryError
from kg.graph.query import run_query
from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg.graph.view.page import write_content
from kg.graph.view.statements import all_statements, content, statements
from kg.model import Extraction, Ontology

FOREIGN = """
@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:ada a ex:Person ; rdfs:label "Ada 🚢" ; ex:isFriendOf ex:ben, [ ex:named "nobody" ] ; ex:born "1815-12-10" .
ex:ben ex:isFriendOf ex:ada .
"""


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def store(ontology: Ontology) -> Iterator[Store]:
    events, articles = world()
    reports = [report for event in events for report in event.reports]
    with Store.in_memory() as made:
        made.add(Extraction(a, tuple(r for r in reports if r.article == a.id)) for a in articles)
        made.refresh(ontology)
        yield made


def drawn(store: Store, ontology: Ontology, query: str) -> tuple[str, dict[str, Any]]:
    made = content(statements(run_query(store, query)), store.handle, store.events(ontology), ontology)
    stream = io.StringIO()
    write_content(made, {article.id: article for article in store.articles()}, ontology, stream)
    block = re.search(r'id="data">(.*?)</script>', stream.getvalue(), re.DOTALL)
    assert block
    return stream.getvalue(), json.loads(block[1])


def labels(data: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    names = {at: node.get("full", node["label"]) for at, node in enumerate(data["nodes"])}
    return {(names[e["from"]], e["type"], names[e["to"]], e["look"]) for e in data["edges"]}


def test_an_edge_leads_to_its_events_and_to_their_sentences(store: Store, ontology: Ontology) -> None:
    _, data = drawn(store, ontology, "CONSTRUCT { ?a kg:sanctions ?b } WHERE { ?a kg:sanctions ?b }")
    assert labels(data) == {("United States", "Sanction", "Russia", "actual")}
    (event,) = data["events"]
    assert event["reports"][0]["text"][0] == "Note 17: "
    assert data["triples"] == [[f"<{US.id}> <https://w3id.org/kg/ontology#sanctions> <{RUSSIA.id}>"]]


def test_an_edge_without_direction_is_one_line(store: Store, ontology: Ontology) -> None:
    rows = "SELECT ?subject ?predicate ?object { ?subject ?predicate ?object FILTER(?predicate = kg:exercisesWith) }"
    _, data = drawn(store, ontology, rows)
    assert labels(data) == {
        ("Japan", "JointExercise", "United States", "actual"),
        ("United States", "JointExercise", "South Korea", "actual"),
    }
    assert not any("arrow" in edge for edge in data["edges"])


def test_what_is_said_of_an_event_has_the_status_of_the_event(store: Store, ontology: Ontology) -> None:
    _, data = drawn(
        store,
        ontology,
        "CONSTRUCT { ?e kg:actor ?a } WHERE { ?e a kg:MilitaryAid ; kg:actor ?a ; kg:modality kg:intended }",
    )
    assert {(type_, to, look) for _, type_, to, look in labels(data)} == {("actor", "Russia", "intended")}


def test_what_no_report_tells_is_only_stated(store: Store, ontology: Ontology) -> None:
    query = f"CONSTRUCT {{ <{JAPAN.id}> <http://example.org/isNear> <{NORTH.id}> }} WHERE {{}}"
    _, data = drawn(store, ontology, query)
    assert labels(data) == {("Japan", "http://example.org/isNear", "North Korea", "stated")}
    assert "reports" not in data["events"][0]
    assert data["classes"]["http://example.org/isNear"]["label"] == "is near"


@pytest.mark.parametrize(
    ("query", "what"),
    [("ASK { ?s ?p ?o }", "a yes or no"), ("SELECT ?subject ?x { ?subject ?x ?o }", "needs ?predicate and ?object")],
)
def test_what_is_no_graph_is_refused(store: Store, query: str, what: str) -> None:
    with pytest.raises(QueryError, match=re.escape(what)):
        statements(run_query(store, query))


def test_a_file_of_others_is_drawn_the_same_each_time(tmp_path: Path, ontology: Ontology) -> None:
    file = tmp_path / "foreign.ttl"
    file.write_text(FOREIGN, "utf-8")
    found = []
    for _ in range(2):
        with Store.from_file(file) as store:
            found.append(content(all_statements(store.handle), store.handle, [], ontology))
    assert found[0] == found[1]
    labels = {node.key: node.label for node in found[0].drawing.nodes}
    assert sorted((labels[line.source], line.type, labels[line.target]) for line in found[0].drawing.lines) == [
        ("Ada 🚢", "http://example.org/born", "1815-12-10"),
        ("Ada 🚢", "http://example.org/isFriendOf", "ben"),
        ("Ada 🚢", "http://example.org/isFriendOf", "unnamed 0"),
        ("ben", "http://example.org/isFriendOf", "Ada 🚢"),
        ("unnamed 0", "http://example.org/named", "nobody"),
    ]


@pytest.mark.browser
def test_the_page_of_a_file_counts_statements_and_says_that_no_sentence_stands_behind_them(
    show, tmp_path: Path
) -> None:
    (tmp_path / "foreign.ttl").write_text(FOREIGN, "utf-8")
    result = CliRunner().invoke(main, ["view", str(tmp_path / "foreign.ttl"), "-o", str(tmp_path / "page.html")])
    assert (result.exit_code, "wrote" in result.stderr) == (0, True), result.stderr
    assert "5 statements, 5 nodes" in result.stderr
    one = show(tmp_path / "page.html")
    expect(one.summary).to_have_text("5 statements, 0 reports, 0 sources")
    one.panel.get_by_role("button", name="ben → Ada 🚢").click()
    expect(one.panel).to_contain_text("The data state this; no sentence stands behind it here.")
    one.page.locator("#menu summary").click()
    one.page.get_by_role("button", name="Copy the SPARQL").click()
    text = one.page.evaluate("navigator.clipboard.readText()")
    with Store.from_file(tmp_path / "foreign.ttl") as store:
        assert len(run_query(store, text).rows) >= 3
    assert one.trouble == []


@pytest.mark.browser
def test_hostile_triples_run_nothing(show, tmp_path: Path) -> None:
    from view_hostile import HOSTILE

    lines = []
    for at, text in enumerate(HOSTILE):
        literal = json.dumps(text.replace("\ud800", "?")).replace("\\u0000", "?")
        lines += [f"<http://e.org/{at}> <http://e.org/p{at}> {literal} .", f"<http://e.org/{at}> <http://e.org/p> <http://e.org/{at + 1}> .",
                  f"<http://e.org/{at}> <http://www.w3.org/2000/01/rdf-schema#label> {literal} ."]  # fmt: skip
    (tmp_path / "hostile.ttl").write_text("\n".join(lines), "utf-8")
    result = CliRunner().invoke(main, ["view", str(tmp_path / "hostile.ttl"), "-o", str(tmp_path / "page.html")])
    assert result.exit_code == 0, result.stderr
    one = show(tmp_path / "page.html", hash_="#level=2")
    for at in range(0, len(HOSTILE), 5):
        one.page.evaluate("(sel) => { location.hash = sel; }", f"level=2&sel=n{at}")
        expect(one.panel.locator("h2")).not_to_have_text("At a glance")
    assert one.page.evaluate("window.pwned") is None
    assert one.trouble == []


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--query", "network", "--actor", "Japan"], "--query goes without --actor"),
        (["--param", "actor=Japan"], "--param goes with --query"),
        (["--query", "netwrok"], "did you mean network"),
        (["none.ttl"], "none.ttl"),
    ],
)
def test_wrong_options_are_named(tmp_path: Path, store: Store, args: list[str], message: str) -> None:
    with Store.open(tmp_path / "kg.store"):
        pass
    result = CliRunner().invoke(
        main, ["view", "--store", str(tmp_path / "kg.store"), "-o", str(tmp_path / "x.html"), *args]
    )
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "x.html").exists()
