"""Questions and answers; what a query must not do; what becomes of hostile words."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from builders import NORTH_KOREA, ONTOLOGY, launch, troops

from kg.errors import QueryError
from kg.graph.guard import check
from kg.graph.query import Answer, Param, Rows, Triples, find_query, named_queries, read_query, run_query, write_result
from kg.graph.store import Store
from kg.graph.table import display_width, harmless, table_lines, wrapped

TITLES = "SELECT ?title { ?a a kg:Article ; dcterms:title ?title }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?d && ?g != ?j) }"
BY_LABEL = """# Events of an actor
# param actor: a name or an IRI (default: North Korea)
# param type: a class
SELECT ?label ?actor ?type {
  ?event kg:actor ?who ; rdfs:label ?label ; a ?class .
  ?who skos:prefLabel ?name .
  FILTER(IF(isIRI(?actor), ?who = ?actor, LCASE(?name) = LCASE(STR(?actor))))
  FILTER(COALESCE(?class = ?type, true))
} ORDER BY ?label"""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory() as made:
        made.add([launch(), troops()])
        made.refresh(ONTOLOGY)
        yield made


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("query") / "s") as made:
        made.add([launch(), troops()])
        yield made


def _values(result: Rows | Triples | Answer) -> list[tuple[str | None, ...]]:
    assert isinstance(result, Rows)
    return [tuple(term and term.value for term in row) for row in result.rows]


def _written(result: Rows | Triples | Answer, format_: str, width: int | None = None) -> str:
    stream = io.StringIO()
    write_result(result, format_, stream, width=width)
    return stream.getvalue()


def test_a_query_sees_all_graphs_and_rows_are_sorted(store: Store) -> None:
    assert _values(run_query(store, TITLES)) == [("A missile over the sea",), ("Soldiers in Kursk",)]


def test_what_two_articles_say_of_an_entity_is_counted_once(store: Store) -> None:
    counted = run_query(store, "SELECT (COUNT(*) AS ?n) { wd:Q423 skos:prefLabel ?label }")
    assert _values(counted) == [("1",)]
    graphs = run_query(store, "SELECT ?g { GRAPH ?g { wd:Q423 skos:prefLabel ?label } }")
    assert _values(graphs) == [(launch().article.iri,), (troops().article.iri,)]


def test_order_by_is_obeyed(store: Store) -> None:
    assert _values(run_query(store, TITLES + " ORDER BY DESC(?title)"))[0] == ("Soldiers in Kursk",)


@pytest.mark.parametrize("timeout", [None, 60])
@pytest.mark.parametrize("name", ["store", "on_disk"])
def test_answers_are_the_same_in_a_process_of_their_own(
    request: pytest.FixtureRequest, name: str, timeout: float | None
) -> None:
    opened = request.getfixturevalue(name)
    assert len(_values(run_query(opened, TITLES, timeout=timeout))) == 2
    assert run_query(opened, "ASK { ?s a kg:Report }", timeout=timeout) == Answer(True)
    described = run_query(opened, f"DESCRIBE <{NORTH_KOREA.id}>", timeout=timeout)
    assert isinstance(described, Triples)
    assert "PRK" in _written(described, "turtle")
    title = {"title": "Soldiers in Kursk"}
    assert len(_values(run_query(opened, TITLES, params=title, timeout=timeout))) == 1
    with pytest.raises(QueryError, match="line 1, column 13"):
        run_query(opened, "SELECT * {{{", timeout=timeout)


@pytest.mark.parametrize("name", ["store", "on_disk"])
def test_a_query_that_takes_too_long_is_stopped(request: pytest.FixtureRequest, name: str) -> None:
    opened = request.getfixturevalue(name)
    with pytest.raises(QueryError, match=r"longer than 0\.5 seconds"):
        run_query(opened, SLOW, timeout=0.5)
    assert len(_values(run_query(opened, TITLES))) == 2


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({}, 2),
        ({"actor": "north KOREA"}, 2),
        ({"actor": NORTH_KOREA.id}, 2),
        ({"actor": "wd:Q423"}, 2),
        ({"actor": "wd:Q159"}, 0),
        ({"type": "kg:MissileLaunch"}, 1),
        ({"actor": '" } UNION { ?event ?p ?o . BIND("'}, 0),
        ({"actor": "North Korea> . ?x ?y ?z"}, 0),
        ({"actor": "x: not an iri"}, 0),
        ({"actor": "\ud800"}, 0),
        ({"actor": ""}, 0),
    ],
)
def test_parameters_are_bound_and_not_spliced(store: Store, params: dict[str, str], count: int) -> None:
    result = run_query(store, BY_LABEL, params=params)
    assert isinstance(result, Rows)
    assert result.columns == ("label",)
    assert len(result.rows) == count


@pytest.mark.parametrize(
    ("text", "params", "message"),
    [
        (BY_LABEL, {"actr": "x"}, "unknown parameter 'actr'; this query has actor, type"),
        (TITLES, {"a": "x"}, r"\?a is not a parameter"),
        (TITLES, {"a b": "x"}, "cannot be the name of a parameter"),
    ],
)
def test_wrong_parameters_are_named(store: Store, text: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run_query(store, text, params=params)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s {\n  ?s kg:type\n}", "line 3, column 1: cannot read '}'"),
        ("SELECT ?s { ?s nope:x ?o }", "line 1, column 2.: cannot read"),
        ("SELECT ?s { ?s ?p ?o", "line 1, column 21: something is missing"),
        ("", "found nothing"),
        ("# a comment", "found nothing"),
        ("SELEKT ?s {}", "expected SELECT, ASK, CONSTRUCT or DESCRIBE, found SELEKT"),
        ("SELECT * { ?s ?p ?o FILTER(<http://x.example/f>(?o)) }", "failed: .*custom function"),
    ],
)
def test_broken_queries_are_one_line(store: Store, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run_query(store, text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "# a comment\nPREFIX x: <http://x.example/>\ndelete where { ?s ?p ?o }",
        "BASE <http://x.example/> LOAD <y>",
        "DROP ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(store: Store, text: str) -> None:
    before = set(store.quads())
    with pytest.raises(QueryError, match="changes the store"):
        run_query(store, text)
    assert set(store.quads()) == before


# Each of these makes Oxigraph call the address, some by readings that SPARQL does not allow.
CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { { OPTIONAL { service silent <http://127.0.0.1/> { ?s ?p ?o } } } }",
    "SELECT * { SERVICESILENT<http://127.0.0.1/>{?s ?p ?o} }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1/>{?x ?y ?z} }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1/>{?x ?y ?z} }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE ?o { ?x ?y ?z } } }",
    "PREFIX ex: <http://127.0.0.1/> SELECT * { SERVICEex:foo {?s ?p ?o} }",
    "PREFIX : <http://127.0.0.1/> SELECT * { service:foo #{\n {?s ?p ?o} }",
    "PREFIX : <http://127.0.0.1/> PREFIX service: <http://e/> SELECT * { service:foo {?s ?p ?o} }",
    "PREFIX ex: <http://127.0.0.1/> SELECT * { ?s ?p trueSERVICEex:foo {?x ?y ?z} }",
    "SELECT * { ?s <a:q> ?a FILTER(?a<30)SERVICE#>\n<http://127.0.0.1/>{?x ?y ?z} }",
    "SELECT * { ?s ?p ?a FILTER(1<'x>'||true) SERVICE <http://127.0.0.1/> {?x ?y ?z} FILTER(1<'y>'||true) }",
    "SELECT * { ?s ?p ?o #\rSERVICE <http://127.0.0.1/> {?x ?y ?z}\n }",
    'SELECT * { ?s ?p "\\u0022" . SERVICE <http://127.0.0.1/\\u0041#> {?x ?y ?z} }',
    'SELECT * { VALUES ?x { """a" } SERVICE <http://127.0.0.1/> {?x ?y ?z} }',
    "PREFIX ex: <a:> SELECT * { ?s ?p ex:a\\#b . SERVICE <http://127.0.0.1/> {?x ?y ?z} }",
]


@pytest.mark.parametrize("text", CALLS)
def test_services_are_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        run_query(store, text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?x { BIND("SERVICE <http://x.example/> {}" AS ?x) }',
        "SELECT ?x { BIND('''it's a \"SERVICE\n{''' AS ?x) }",
        "# SERVICE <http://x.example/> {\nSELECT ?service { ?service ?p ?o }",
        "PREFIX service: <http://x.example/service#> SELECT ?s { ?s service:of ?o ; service:for service:all }",
        "PREFIX ex: <http://x.example/> SELECT ?s { ?s ex:service ?o . ?s ex:SERVICE _:service }",
        "SELECT ?s { ?s <http://x.example/it's/service#SERVICE> 'x'@en }",
        "SELECT ?s { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
        "SELECT ?s FROM <http://127.0.0.1:1/x> { ?s ?p ?o }",
        "SELECT ?s FROM NAMED <http://127.0.0.1:1/x> { GRAPH <http://127.0.0.1:1/x> { ?s ?p ?o } }",
    ],
)
def test_words_that_call_nothing_are_let_through(store: Store, text: str) -> None:
    check(text)
    assert isinstance(run_query(store, text), Rows)


def test_queries_that_come_with_help_and_parameters(tmp_path: Path) -> None:
    (tmp_path / "events-of.rq").write_text(BY_LABEL)
    (tmp_path / "titles.rq").write_text(TITLES)
    (tmp_path / "notes.txt").write_text("no query")
    found = named_queries(tmp_path)
    assert list(found) == ["events-of", "titles"]
    assert found["events-of"].help == "Events of an actor"
    assert found["events-of"].params == (
        Param("actor", "a name or an IRI", "North Korea"),
        Param("type", "a class", None),
    )
    assert (found["titles"].help, found["titles"].params) == ("", ())
    assert find_query("titles", tmp_path).text == TITLES
    with pytest.raises(QueryError, match="there is no query 'evnts-of'; did you mean events-of"):
        find_query("evnts-of", tmp_path)
    with pytest.raises(QueryError, match="see `kg query --list`"):
        find_query("zzz", tmp_path)


def test_a_comment_further_down_is_not_the_help() -> None:
    assert read_query("x", "SELECT * {}\n# not help").help == ""


HOSTILE = 'a,"b"\n\x1b[31mred\x00 <script> \u202eevil'


@pytest.fixture
def hostile() -> Rows:
    row = (ox.NamedNode(NORTH_KOREA.id), ox.Literal(HOSTILE), None)
    other = (ox.NamedNode("http://x.example/<>"[:-2]), ox.Literal("é", language="fr"), ox.Literal(3))
    return Rows(("who", "words", "n"), (row, other))


def test_a_table_is_aligned_short_and_harmless(hostile: Rows) -> None:
    lines = _written(hostile, "table").splitlines()
    assert lines[0].split() == ["who", "words", "n"]
    assert lines[2].startswith('wd:Q423              a,"b" \ufffd[31mred\ufffd <script> \ufffdevil')
    assert lines[3].endswith("  3")
    assert len(lines) == 4
    assert not {"\x1b", "\x00", "\u202e"} & set("".join(lines))


@pytest.mark.parametrize("width", [20, 40, 60, 200])
def test_a_table_fits_and_nothing_is_cut_off(width: int) -> None:
    rows = [["x" * 90, "한국 " * 20, "short"], ["two words", "z", ""]]
    lines = list(table_lines(["a", "b", "c"], rows, width=width))
    assert max(map(display_width, lines)) <= width
    text = "".join(lines).replace(" ", "")
    assert (text.count("x"), text.count("한국"), text.count("twowords")) == (90, 20, 1)


def test_a_cell_goes_on_below_itself_and_many_columns_become_a_list() -> None:
    row = ["North Korea", "soldiers were sent to the border by night and by train", "2024"]
    assert list(table_lines(["who", "what", "when"], [row], width=44)) == [
        "who          what                       when",
        "───────────  ─────────────────────────  ────",
        "North Korea  soldiers were sent to the  2024",
        "             border by night and by",
        "             train",
    ]
    assert list(table_lines(["who", "what", "when"], [row, ["", "", "2025"]], width=22, emphasis=str.upper)) == [
        "WHO   North Korea",
        "WHAT  soldiers were",
        "      sent to the",
        "      border by night",
        "      and by train",
        "WHEN  2024",
        "",
        "WHEN  2025",
    ]


def test_widths_count_columns_of_a_terminal() -> None:
    assert [display_width(words) for words in ("abc", "한국", "e\u0301", "")] == [3, 4, 1, 0]
    assert wrapped("한국어", 4) == ["한국", "어"]
    assert wrapped("abc", 3) == ["abc"]
    assert harmless("a\u2028b\tc\ue000") == "a b c\ufffd"


def test_csv_tsv_json_and_xml_hold_the_same(hostile: Rows) -> None:
    table = list(csv.reader(io.StringIO(_written(hostile, "csv"), newline="")))
    assert table == [["who", "words", "n"], [NORTH_KOREA.id, HOSTILE, ""], ["http://x.example/", "é", "3"]]
    assert _written(hostile, "tsv").splitlines()[0] == "?who\t?words\t?n"
    found = json.loads(_written(hostile, "json"))["results"]["bindings"]
    assert found[0] == {
        "who": {"type": "uri", "value": NORTH_KOREA.id},
        "words": {"type": "literal", "value": HOSTILE},
    }
    assert found[1]["words"] == {"type": "literal", "value": "é", "xml:lang": "fr"}
    assert found[1]["n"]["datatype"].endswith("#integer")
    texts = [
        "".join(binding.itertext())
        for binding in ET.fromstring(_written(hostile, "xml")).iter()
        if binding.tag.endswith("binding")
    ]
    assert texts[1] == HOSTILE.replace("\x1b", "\ufffd").replace("\x00", "\ufffd")


@pytest.mark.parametrize(
    ("format_", "expected"), [("table", "yes\n"), ("csv", "true"), ("json", '"boolean": true'), ("xml", "true")]
)
def test_ask_gives_yes_or_no(format_: str, expected: str) -> None:
    assert expected in _written(Answer(True), format_)


def test_triples_are_turtle_with_prefixes(store: Store) -> None:
    result = run_query(store, "CONSTRUCT { ?s skos:prefLabel ?l } { ?s a kg:State ; skos:prefLabel ?l }")
    assert _written(result, "table") == _written(result, "turtle")
    assert '\nwd:Q423 skos:prefLabel "North Korea" .\n' in _written(result, "turtle")


@pytest.mark.parametrize(
    ("result", "format_", "message"),
    [
        (Triples(()), "csv", "cannot be csv; use turtle"),
        (Rows((), ()), "turtle", "only CONSTRUCT"),
        (Answer(True), "turtle", "only CONSTRUCT"),
        (Answer(True), "yaml", "expected one of table, csv"),
    ],
)
def test_formats_that_an_answer_cannot_have(result: Rows | Triples | Answer, format_: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        _written(result, format_)


def test_an_article_cannot_steer_the_terminal(store: Store) -> None:
    made = troops()
    with Store.in_memory() as other:
        other.add([replace(made, article=replace(made.article, title="\x1b]0;owned\x07Title"))])
        shown = _written(run_query(other, TITLES), "table")
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "Title" in shown


def test_rows_are_sorted_by_their_words_and_unbound_ones_come_last() -> None:
    query = (
        'SELECT ?a ?b { VALUES (?a ?b) { ("Niger" UNDEF) ("Niger"@fr 1) ("Niger" 1) ("Niger Delta" 1) ("Mali" 1) } }'
    )
    with Store.in_memory() as store:
        found = run_query(store, query)
    assert isinstance(found, Rows)
    assert [" ".join(str(term) for term in row[:1]) + (" ?" if row[1] is None else "") for row in found.rows] == [
        '"Mali"', '"Niger"', '"Niger"@fr', '"Niger" ?', '"Niger Delta"',
    ]  # fmt: skip
