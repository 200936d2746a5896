"""Exports: the same content, the same bytes; whole or not at all; nothing lost, nothing that runs."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from builders import KOREAN_STAFF, NORTH_KOREA, ONTOLOGY, RUSSIA, article, filler, launch, report, speaker, troops
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import extractions

from kg.cli.output import open_output
from kg.errors import ExportError
from kg.graph.export import FORMATS, export
from kg.graph.jsonl import event_record
from kg.graph.store import Store
from kg.graph.turtle import trig_lines, turtle_lines
from kg.model import Conflict, Entity, Extraction, Filler

RDF_FORMATS = {
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt"),
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
}
HOSTILE = (
    'a "quote" \\ back\nline\r\ttab \x00\x01\x1b[31m \u2028\x85 </script><b>&amp; \U0001f680 한국 . ; ] } \'\'\' """'
)


def hostile() -> Extraction:
    """Make an article whose every word tries to be something else."""
    words = f"=HYPERLINK(1) {HOSTILE}"
    item = article(
        f"{HOSTILE}\n{words} struck Russia.",
        name="hostile",
        source='x"> <a:b> "',
        publisher="@pub",
        url="javascript:alert(1)",
    )
    odd = Entity('http://x.example/a"><script>', HOSTILE, "State", state="not an iri")
    fillers = (
        Filler("actor", HOSTILE, item.span(0, 3), odd),
        filler(item, "recipient", "Russia", RUSSIA),
        Filler("topic", "=1+1", item.span(4, 5)),
    )
    made = report(
        item, "TroopDeployment", item.text[len(HOSTILE) + 1 :], "struck", *fillers, rule=HOSTILE, date='2025"'
    )
    return Extraction(item, (made,))


def _filled(*made: Extraction) -> Store:
    store = Store.in_memory()
    store.add(made)
    store.refresh(ONTOLOGY)
    return store


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with _filled(launch(), troops(), troops("denial", polarity="negated"), hostile()) as made:
        yield made


def _export(store: Store, format_: str) -> str:
    stream = io.StringIO(newline="")
    export(store, format_, stream, ONTOLOGY)
    return stream.getvalue()


def _triples(text: str, form: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, form)}


def _by_rdflib(text: str, form: str) -> set[ox.Triple]:
    """Give the triples that rdflib reads, as Oxigraph reads them from rdflib's N-Triples."""
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=form)
    lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o, _ in dataset.quads())
    return _triples(lines, ox.RdfFormat.TURTLE)


@pytest.mark.parametrize("format_", RDF_FORMATS)
def test_rdf_loads_in_oxigraph_and_rdflib_with_the_same_triples(store: Store, format_: str) -> None:
    text = _export(store, format_)
    expected = {quad.triple for quad in store.quads()}
    ours, theirs = RDF_FORMATS[format_]
    assert _triples(text, ours) == expected
    assert _by_rdflib(text, theirs) == expected


@pytest.mark.parametrize("format_", ["trig", "nquads"])
def test_graphs_are_kept(store: Store, format_: str) -> None:
    assert set(ox.parse(_export(store, format_), RDF_FORMATS[format_][0])) == set(store.quads())


@given(extractions())
@settings(max_examples=40)
def test_any_words_survive_turtle_and_trig(extraction: Extraction) -> None:
    with Store.in_memory() as made:
        made.add([extraction])
        quads = set(made.quads())
    assert set(ox.parse("\n".join(trig_lines(quads)), ox.RdfFormat.TRIG)) == quads
    triples = {quad.triple for quad in quads}
    assert _triples("\n".join(turtle_lines(triples)), ox.RdfFormat.TURTLE) == triples


iris = st.sampled_from(["wd:Q1", "kg:a", "https://w3id.org/kg/id/event/a.b", "https://w3id.org/kg/id/event/-a", "event:x",
                        "https://w3id.org/kg/ontology#", "https://w3id.org/kg/ontology#a/b", "http://x.example/é(~)"])  # fmt: skip
literals = st.one_of(
    st.builds(ox.Literal, st.text(st.characters(exclude_categories=["Cs"]))),
    st.builds(
        lambda value, kind: ox.Literal(value, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")),
        st.sampled_from(["1", "-1", "0", "01", "+1", "1.", "true", "TRUE", "x", "", "1 ."]),
        st.sampled_from(["integer", "boolean", "decimal", "double", "date"]),
    ),
    st.builds(ox.Literal, st.text(st.characters(exclude_categories=["Cs"])), language=st.sampled_from(["en", "zh-hant"])),
)  # fmt: skip


@given(st.lists(st.tuples(iris, iris, st.one_of(iris.map(ox.NamedNode), literals)), max_size=8))
def test_any_rdf_survives_turtle(made: list[tuple[str, str, ox.NamedNode | ox.Literal]]) -> None:
    triples = {ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in made}
    assert _triples("\n".join(turtle_lines(triples)), ox.RdfFormat.TURTLE) == triples


def test_turtle_is_for_people(store: Store) -> None:
    lines = _export(store, "turtle").splitlines()
    assert "@prefix kg: <https://w3id.org/kg/ontology#> ." in lines
    assert "wd:Q423 a kg:State ;" in lines
    assert '    skos:prefLabel "North Korea" ;' in lines
    assert not [line for line in lines if line.startswith("@prefix geo:")]


@pytest.mark.parametrize("format_", FORMATS)
def test_the_order_of_articles_changes_no_byte(store: Store, format_: str) -> None:
    with _filled(hostile(), troops("denial", polarity="negated"), launch(), troops()) as turned:
        assert _export(turned, format_) == _export(store, format_)


def test_the_hash_seed_changes_no_byte(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from test_export import _export, _filled, FORMATS, hostile, launch, troops;"
        "store = _filled(launch(), troops(), hostile());"
        "sys.stdout.buffer.write(''.join(_export(store, f) for f in FORMATS).encode())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000


@pytest.mark.parametrize("format_", ["turtle", "trig", "nquads", "ntriples", "jsonld"])
def test_a_graph_that_is_read_back_gives_the_same_export(store: Store, tmp_path: Path, format_: str) -> None:
    suffix = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "ntriples": "nt", "jsonld": "jsonld"}[format_]
    path = tmp_path / f"graph.{suffix}"
    with open_output(str(path)) as stream:
        export(store, format_, stream, ONTOLOGY)
    with Store.from_file(path) as copy:
        assert _export(copy, format_) == _export(store, format_)
        assert _export(copy, "jsonl") == _export(store, "jsonl")
        assert _export(copy, "plover") == _export(store, "plover")


def test_an_event_in_json_lines_is_as_agreed() -> None:
    with _filled(launch()) as made:
        (line,) = _export(made, "jsonl").splitlines()
    fired = launch().reports[0]
    item = launch().article
    who = {"id": KOREAN_STAFF.id, "label": "Joint Chiefs of Staff", "text": "the Joint Chiefs of Staff"}
    found = json.loads(line)
    assert list(found) == [
        "id", "type", "plover", "roles", "date", "polarity", "modality", "attribution", "stance", "status",
        "status_since", "independent_sources", "sources", "conflicts", "evidence",
    ]  # fmt: skip
    assert found["roles"] == {
        "actor": [
            {"id": NORTH_KOREA.id, "label": "North Korea", "kind": "State", "iso3": "PRK", "text": "Pyongyang",
             "start": 23, "end": 32}
        ],
        "recipient": [],
        "instrument": [{"label": "ballistic missile", "text": "ballistic missile", "start": 41, "end": 58}],
        "place": [],
    }  # fmt: skip
    assert (found["type"], found["plover"], found["date"]) == ("MissileLaunch", "MOBILIZE", "2025-01-06")
    assert (found["polarity"], found["modality"], found["stance"]) == ("affirmed", "actual", "says")
    assert (found["independent_sources"], found["conflicts"], found["attribution"]) == (1, [], [who])
    assert (found["status"], found["status_since"]) == ("claimed", "2025-01-06")
    assert found["sources"] == [{"label": "Joint Chiefs of Staff", "evidence": [0]}]
    evidence = found["evidence"][0]
    assert evidence == {
        "article": item.id, "source": "news/launch.txt", "start": fired.sentence.start, "end": fired.sentence.end,
        "text": fired.sentence.text, "trigger": {"start": 33, "end": 38, "text": "fired"}, "rule": "hand.made",
        "extractor": "rules", "polarity": "affirmed", "modality": "actual", "attribution": [who], "date": "2025-01-06",
        "confidence": 0.9, "quantities": [],
    }  # fmt: skip
    assert list(evidence) == [
        "article", "source", "start", "end", "text", "trigger", "rule", "extractor", "confidence", "polarity",
        "modality", "attribution", "date", "quantities",
    ]  # fmt: skip
    assert item.text[evidence["start"] : evidence["end"]] == evidence["text"]


def test_other_roles_and_speakers_without_entity_in_json_lines() -> None:
    with _filled(hostile(), troops()) as made:
        lines = _export(made, "jsonl").splitlines()
    assert lines == sorted(lines)
    records = {record["evidence"][0]["source"]: record for record in map(json.loads, lines)}
    assert list(records['x"> <a:b> "']["roles"]) == ["actor", "recipient", "instrument", "place", "topic"]
    assert "iso3" not in records['x"> <a:b> "']["roles"]["actor"][0]
    assert list(records["news/troops.txt"]["roles"]) == ["actor", "recipient", "instrument", "place"]
    assert records["news/troops.txt"]["attribution"] == [{"label": "diplomat", "text": "a diplomat"}]


def test_the_sides_of_a_conflict_point_at_their_evidence() -> None:
    yes, no = troops(), troops("denial", polarity="negated")
    with _filled(yes) as made:
        (event,) = made.events(ONTOLOGY)
    conflict = Conflict("polarity", ("affirmed", "negated"), ((yes.reports[0].id,), (no.reports[0].id,)))
    both = replace(event, reports=(no.reports[0], yes.reports[0]), conflicts=(conflict,))
    articles = {e.article.id: e.article for e in (yes, no)}
    assert event_record(both, articles, ONTOLOGY)["conflicts"] == [
        {"slot": "polarity", "sides": [{"value": "affirmed", "evidence": [1]}, {"value": "negated", "evidence": [0]}]}
    ]


def test_plover_rows_have_codes_and_countries() -> None:
    made = launch()
    people = made.article
    staff = filler(people, "actor", "the Joint Chiefs of Staff", KOREAN_STAFF)
    told = report(people, "TroopDeployment", made.reports[0].sentence.text, "said", staff)
    lost = report(people, "Casualties", made.reports[0].sentence.text, "silent", staff)
    korea = troops()
    seoul = Entity(KOREAN_STAFF.state or "", "South Korea", "State", "KOR")
    korea = replace(
        korea, reports=(replace(korea.reports[0], attribution=(speaker(korea.article, "a diplomat", seoul),)),)
    )
    with _filled(replace(made, reports=(told, lost)), korea) as store:
        rows = [json.loads(line) for line in _export(store, "plover").splitlines()]
    assert {row["class"] for row in rows} == {"TroopDeployment"}
    assert [row["actors"] for row in rows if row["publisher"] == "Harbour Gazette"] == [
        [{"name": "Joint Chiefs of Staff", "country": "KOR"}]
    ]
    assert {row["event_type"] for row in rows} == {"MOBILIZE"}


def test_a_table_has_one_harmless_line_for_each_event(store: Store) -> None:
    text = _export(store, "csv")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(list(store.events(ONTOLOGY))) == len(text.splitlines()) - 1
    assert not {"\x00", "\x1b"} & set(text)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    by_source = {row["source"]: row for row in rows}
    assert by_source["news/launch.txt"]["actor_countries"] == "PRK"
    assert by_source["news/launch.txt"]["instruments"] == "ballistic missile"
    assert by_source['x"> <a:b> "']["publisher"] == "'@pub"


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_networks_hold_the_direct_edges(store: Store, format_: str) -> None:
    import networkx as nx

    text = _export(store, format_)
    ET.fromstring(text)
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[format_]
    network = read(io.BytesIO(text.encode()))
    found = {(a, b, data["label"]) for a, b, data in network.edges(data=True)}
    assert (NORTH_KOREA.id, RUSSIA.id, "deploysForcesTo") in found
    assert network.nodes[NORTH_KOREA.id]["iso3"] == "PRK"
    assert len(found) == 2
    assert "lastmodified" not in text


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_store_can_be_exported(format_: str) -> None:
    with Store.in_memory() as empty:
        text = _export(empty, format_)
    if format_ in RDF_FORMATS:
        assert _triples(text, RDF_FORMATS[format_][0]) == set()
    elif format_ in {"graphml", "gexf"}:
        assert not list(ET.fromstring(text).iter("{*}node"))
    else:
        assert len(text.splitlines()) == (1 if format_ == "csv" else 0)


def test_an_unknown_format_is_one_line(store: Store) -> None:
    with pytest.raises(ExportError, match="unknown format 'yaml'; expected one of turtle, trig"):
        _export(store, "yaml")


def test_a_file_stays_as_it_was_when_the_export_fails(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("before")
    with pytest.raises(KeyError), open_output(str(path)) as stream:
        stream.write("half")
        raise KeyError
    assert [item.name for item in tmp_path.iterdir()] == ["graph.ttl"]
    assert path.read_text() == "before"
    with open_output(str(path)) as stream:
        stream.write("after")
    assert path.read_text() == "after"
    assert path.stat().st_mode & 0o444 == 0o444


@pytest.mark.parametrize("name", ["none/graph.ttl", "file/graph.ttl", "folder"])
def test_a_path_that_cannot_be_written_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError, match="cannot be written") as caught, open_output(str(tmp_path / name)) as stream:
        stream.write("x")
    assert "\n" not in str(caught.value)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line(store: Store) -> None:
    # closing it fails once more
    with (
        contextlib.suppress(OSError),
        Path("/dev/full").open("w", buffering=1) as stream,
        pytest.raises(ExportError, match="No space left"),
    ):
        export(store, "turtle", stream, ONTOLOGY)
