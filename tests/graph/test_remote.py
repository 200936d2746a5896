"""Ask real servers: the answers are those of the embedded store, whole and in the same order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from builders import article
from servers import CUT, Running, ask
from test_named_queries import EXPECTED, world

from kg.errors import QueryError, ServerError
from kg.graph.graph_server import connect
from kg.graph.push import push
from kg.graph.query import named_queries, run_query
from kg.graph.results import Rows
from kg.graph.schema import load_ontology
from kg.graph.server import Server
from kg.graph.store import Store
from kg.model import Extraction

#: What a stranger may write into an article: each would be something else if it were read as SPARQL.
HOSTILE = (
    'a"b\\c\nd\te\r',
    '" } } ; DROP ALL #',
    "\\u0022 } } ; DROP ALL #",
    "\\",
    "Ü日本😀\u2028\ufeff",
    "\x01\x7f",
    "?x $y {z} <b> '''\"\"\"",
    "",
)


def strange() -> list[Extraction]:
    """Make articles with titles of all kinds, more than one answer of the Virtuoso of the tests has rows."""
    titles = [*HOSTILE, *(f"Tide table {n}, with a name that is longer than a name should be" for n in range(CUT))]
    return [
        Extraction(article(f"{title}\nNothing happened.", name=f"strange{n}", publisher=title or None))
        for n, title in enumerate(titles)
    ]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory() as made:
        made.add([*world(), *strange()])
        made.refresh(load_ontology())
        yield made


@pytest.fixture(scope="module")
def pushed(running: Running, store: Store) -> Running:
    with Server(running.update) as server:
        push(store, connect(server))
    return running


@pytest.mark.parametrize(("name", "params"), [(name, params) for name, params, _ in EXPECTED])
def test_a_named_query_gives_the_rows_of_the_store(
    pushed: Running, store: Store, name: str, params: dict[str, str]
) -> None:
    text = named_queries()[name].text
    assert ask(pushed, text, **params) == run_query(store, text, params=params)


def test_every_named_query_is_asked_of_servers() -> None:
    assert {name for name, _, _ in EXPECTED} == set(named_queries())


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?article ?title { ?article dcterms:title ?title }",
        "SELECT ?title ?article { ?article dcterms:title ?title } ORDER BY DESC(STR(?title)) ?article # the end",
        "SELECT DISTINCT ?s ?o WHERE { ?s a ?o { SELECT ?s { ?s dcterms:title ?x } } } LIMIT 105",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s a kg:Article }",
        "SELECT ?x WHERE { VALUES ?x { UNDEF } }",
        "PREFIX kg: <https://w3id.org/kg/ontology#> ASK { ?x a kg:Article }",
        "ASK { ?x a kg:Nothing }",
        "CONSTRUCT { ?x rdfs:label ?title . ?x a kg:Thing } WHERE { ?x dcterms:title ?title }",
        "CONSTRUCT WHERE { ?x dcterms:title ?title }",
        "CONSTRUCT { ?x a kg:Thing } { ?x a kg:Nothing }",
        "DESCRIBE wd:Q423 <http://www.wikidata.org/entity/Q884>",
        "DESCRIBE ?x WHERE { ?x a kg:Article }",
    ],
)
def test_a_query_of_ones_own_gives_the_whole_answer(pushed: Running, store: Store, text: str) -> None:
    found = ask(pushed, text)
    if "LIMIT" in text:
        assert isinstance(found, Rows)
        assert len(found.rows) == 105
    else:
        assert found == run_query(store, text)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_parameter_is_a_term_and_nothing_else(pushed: Running, store: Store, title: str) -> None:
    text = "SELECT ?article ?publisher { ?article a kg:Article ; dcterms:publisher ?publisher }"
    found = ask(pushed, text, publisher=title)
    assert found == run_query(store, text, params={"publisher": title})
    assert isinstance(found, Rows)
    assert len(found.rows) == bool(title)


def test_a_query_changes_nothing(pushed: Running) -> None:
    for text in (
        "DROP ALL",
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ):
        with pytest.raises(QueryError):
            ask(pushed, text)
    with pytest.raises(QueryError, match="not a parameter"):
        ask(pushed, "SELECT ?x { ?x ?y ?z }", other="x")
    with pytest.raises(ServerError, match="refuses with 4"):
        ask(pushed, "SELECT ?x { ?x ?y ")
