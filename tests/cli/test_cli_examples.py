"""The whole way on the examples: needs the language model."""

import json
import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli.group import main

pytestmark = pytest.mark.model

EXAMPLES = Path(__file__).parents[2] / "examples"


def export(store, form):
    result = CliRunner().invoke(main, ["export", "--store", str(store), "--format", form])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def build(*args, store):
    result = CliRunner().invoke(main, ["build", *map(str, args), "--store", str(store)])
    assert result.exit_code == 0, result.stderr
    return result


def test_build_says_what_it_did(kg, here):
    (here / "bad.txt").write_bytes(b"\0")
    (here / "wire.txt").write_text(
        "Ships leave port\nPublished: 2025-01-06\n\nNorth Korea launched a missile on Monday.\n"
    )
    result = kg("build", "bad.txt", "wire.txt", "none.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("kg: skipped bad.txt: is binary")
    assert "kg: skipped none.txt: no such file or folder" in lines
    assert any(re.fullmatch(r"kg: read 1 article, 1 new or changed: \d+ reports?", line) for line in lines)
    assert any(re.fullmatch(r"kg: kg.store holds 1 article, \d+ events?, 0 conflicts", line) for line in lines)
    assert kg("build", "bad.txt", "wire.txt", "--strict").exit_code == 1
    assert json.loads(kg("stats", "--format", "json").stdout)["articles"] == 1


def test_standard_input_is_read(kg):
    result = kg("build", "-", "--published", "2025-01-06", input="Missile\nNorth Korea launched a missile on Monday.\n")
    assert result.exit_code == 0, result.stderr
    assert '"date": "2025-01-06"' in kg("export", "--format", "jsonl").stdout


def test_what_is_too_doubtful_is_left_out(kg, examples_store, here):
    build(EXAMPLES, "--min-confidence", "0.6", store=here / "sure.store")
    found, sure = (
        {
            (one["article"], one["trigger"]["start"], one["confidence"])
            for event in map(json.loads, lines)
            for one in event["evidence"]
        }
        for lines in (export(store, "jsonl").splitlines() for store in (examples_store, here / "sure.store"))
    )
    assert sure == {one for one in found if one[2] >= 0.6}
    assert 0 < len(sure) < len(found)


def test_adding_and_removing_an_article_is_as_if_it_had_never_been_there(kg, here):
    files = sorted(EXAMPLES.iterdir())
    build(*files[1:], store=here / "few.store")
    build(*files, store=here / "all.store")
    assert kg("remove", files[0], "--store", here / "all.store").exit_code == 0
    assert export(here / "all.store", "nquads") == export(here / "few.store", "nquads")


def test_building_again_changes_nothing(examples_store, here):
    shutil.copytree(examples_store, here / "kg.store")
    result = build(EXAMPLES, store=here / "kg.store")
    assert "passed over 6 articles" in result.stderr
    assert "read 0 articles, 0 new or changed" in result.stderr
    assert export(here / "kg.store", "nquads") == export(examples_store, "nquads")


def test_build_writes_the_store_to_a_file_too(kg, here):
    result = kg("build", EXAMPLES, "-o", "graph.trig")
    assert result.exit_code == 0, result.stderr
    assert set(ox.parse(path="graph.trig")) == set(ox.parse(export(here / "kg.store", "nquads"), ox.RdfFormat.N_QUADS))
    assert kg("stats").stdout == kg("stats", "--store", "graph.trig").stdout


def test_the_examples_conform(kg, examples_store):
    result = kg("validate", "--store", examples_store)
    assert (result.exit_code, result.stdout) == (0, "")


def test_every_quote_is_in_its_article(examples_store):
    texts = {path.as_posix(): path.read_text("utf-8") for path in EXAMPLES.iterdir()}
    events = [json.loads(line) for line in export(examples_store, "jsonl").splitlines()]
    evidence = [item for event in events for item in event["evidence"]]
    assert evidence
    assert all(texts[e["source"]][e["start"] : e["end"]] == e["text"] for e in evidence)


def test_the_examples_show_a_launch_told_by_several_and_a_deployment_in_dispute(examples_store):
    events = [json.loads(line) for line in export(examples_store, "jsonl").splitlines()]
    launches = [e for e in events if e["type"] == "MissileLaunch" and e["date"] == "2025-01-06"]
    assert max(event["independent_sources"] for event in launches) >= 2
    assert any(event["type"] == "TroopDeployment" and event["conflicts"] for event in events)


def test_queries_views_and_exports_need_no_network(kg, examples_store, here, socket_disabled):
    assert kg("build", EXAMPLES, "--store", "kg.store").exit_code == 0
    assert kg("view", "-o", "page.html").exit_code == 0
    assert kg("export", "-o", "graph.ttl").exit_code == 0
    rows = kg("query", "-", "--format", "csv", input="SELECT ?x { ?x a kg:MissileLaunch }")
    assert rows.stdout.startswith("x\nhttps:")


def test_view_takes_filters_and_names_a_wrong_one(kg, examples_store, here):
    args = ["view", "--store", examples_store, "-o", "page.html"]
    assert kg(*args, "--actor", "North Korea", "--type", "MissileLaunch", "--since", "2025").exit_code == 0
    assert "<html" in (here / "page.html").read_text("utf-8")
    result = kg(*args, "--type", "MissileLunch")
    assert (result.exit_code, "did you mean MissileLaunch?" in result.stderr) == (2, True)


def test_annotate_gives_one_article_a_line(kg):
    result = kg("annotate", EXAMPLES, EXAMPLES / "none.txt")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["source"] for r in records] == [p.as_posix() for p in sorted(EXAMPLES.iterdir())]
    for record in records:
        text = open(record["source"], encoding="utf-8", newline="").read()  # noqa: PTH123, SIM115
        found = record["mentions"] + record["dates"]
        assert found
        assert all(text[item["start"] : item["end"]] == item["text"] for item in found)
    assert "none.txt: no such file" in result.stderr


def test_explain_gives_the_sentences_behind_an_event(kg, examples_store):
    result = kg("explain", "troops", "Kursk", "--store", examples_store)
    assert result.exit_code == 0
    assert "deployed to Kursk" in result.stdout
    assert "kursk-northern-dispatch.txt" in result.stdout
    nothing = kg("explain", "penguins", "--store", examples_store)
    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert "nothing is known of 'penguins'" in nothing.stderr


def test_stats_count_the_events_that_are_exported(kg, examples_store):
    counts = json.loads(kg("stats", "--store", examples_store, "--format", "json").stdout)
    assert counts["events"] == len(export(examples_store, "jsonl").splitlines())


def test_five_copies_of_a_wire_story_change_nothing_but_the_evidence(examples_store, here):
    body = (EXAMPLES / "launch-harbour-wire.txt").read_text("utf-8").partition("\n\n")[2].strip()
    paragraphs = body.splitlines()
    papers = {
        "A flash over the eastern sea": paragraphs,
        "North Korea fires missile as Blinken visits Seoul": paragraphs[:2],
        "Missile flies 1,100 kilometres": [
            *paragraphs,
            "Shares in Tokyo fell at the opening and had recovered by noon.",
        ],
        "Noon, and a streak in the sky": [p.replace("at about noon", "around midday") for p in paragraphs],
        "From Seoul, with a bang": paragraphs[1:],
    }
    for n, (title, text) in enumerate(papers.items()):
        head = f"{title}\nPublished: 2025-01-{7 + n // 2:02}\nPublisher: Paper {n}\n\n"
        (here / f"{n}.txt").write_text(head + "\n".join(text), encoding="utf-8")
    shutil.copytree(examples_store, here / "kg.store")
    build(*sorted(here.glob("*.txt")), store=here / "kg.store")

    def told(store):
        events = map(json.loads, export(store, "jsonl").splitlines())
        kept = ("id", "status", "status_since", "independent_sources")
        return [[*(e[k] for k in kept), [s["label"] for s in e["sources"]]] for e in events]

    assert told(here / "kg.store") == told(examples_store)
    assert max(event[3] for event in told(examples_store)) == 2
