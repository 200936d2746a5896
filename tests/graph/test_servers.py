"""Push and ask on real servers: every named query gives the same rows there as on the embedded store."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from builders import article
from servers import CUT, Running, oxigraph, virtuoso
from test_named_queries import EXPECTED, world

from kg.graph.graph_server import connect
from kg.graph.push import push
from kg.graph.query import Result, named_queries, run_query
from kg.graph.remote import ask_server
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
    """Make more articles than one answer of the Virtuoso of the tests has rows, with titles of all kinds."""
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
def environment() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, environment: pytest.MonkeyPatch
) -> Iterator[Running]:
    with oxigraph() if request.param == "oxigraph" else virtuoso(tmp_path_factory.mktemp("virtuoso")) as found:
        for name, value in found.environment.items():
            environment.setenv(name, value)
        yield found
        for name in found.environment:
            environment.delenv(name)


@pytest.fixture(scope="module")
def pushed(running: Running, store: Store) -> Running:
    with Server(running.update) as server:
        push(store, connect(server))
    return running


def ask(running: Running, text: str, *, graph: str | None = None, **params: str) -> Result:
    with Server(running.query) as server:
        return ask_server(server, text, params=params, graph=graph)


def graphs(running: Running) -> dict[str, int]:
    found = ask(running, "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert isinstance(found, Rows)
    counts = {str(g and g.value): int(n.value) for g, n in found.rows if isinstance(n, ox.Literal)}
    # Virtuoso comes with graphs of its own.
    return {g: n for g, n in counts.items() if g.startswith(("https://w3id.org/kg/", "https://example.org/"))}


@pytest.mark.parametrize(("name", "params"), [(name, params) for name, params, _ in EXPECTED])
def test_a_named_query_gives_the_rows_of_the_store(
    pushed: Running, store: Store, name: str, params: dict[str, str]
) -> None:
    text = named_queries()[name].text
    assert ask(pushed, text, **params) == run_query(store, text, params=params)


def test_every_named_query_is_asked_of_servers() -> None:
    assert {name for name, _, _ in EXPECTED} == set(named_queries())
