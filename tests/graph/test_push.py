"""Push to real servers: what they hold is what the store holds, whatever was there and whatever went wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from builders import article
from servers import CUT, DBA, Running, ask
from test_named_queries import world

from kg.cli.output import open_output
from kg.errors import ServerError, StoreError
from kg.graph import terms as t
from kg.graph.export import export
from kg.graph.graph_server import CATALOGUE, GRAPH_STORE, UPDATE, GraphServer, GraphStore, Updates, connect
from kg.graph.push import COMMON, push, push_as_one
from kg.graph.query import named_queries, run_query
from kg.graph.results import Answer, Rows
from kg.graph.schema import load_ontology
from kg.graph.server import Server
from kg.graph.store import Store
from kg.model import Extraction

# Where the names of the graphs of these tests begin.
OURS = "https://w3id.org/kg/"
OTHER = ox.NamedNode(f"{OURS}test/other")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with made_of(world()) as made:
        yield made


def made_of(extractions: list[Extraction]) -> Store:
    made = Store.in_memory()
    made.add(extractions)
    made.refresh(load_ontology())
    return made


@pytest.fixture(params=[GRAPH_STORE, UPDATE])
def graphs(request: pytest.FixtureRequest, running: Running) -> Iterator[GraphServer]:
    """Connect by one protocol and by the other, to a server on which no earlier test has left anything."""
    with made_of([]) as empty, Server(running.update) as server:
        push(empty, connect(server))
    with Server(running.store if request.param == GRAPH_STORE else running.update) as server:
        found = connect(server)
        assert isinstance(found, GraphStore if request.param == GRAPH_STORE else Updates)
        yield found


def held(running: Running) -> dict[str, set[ox.Triple]]:
    """Give what the server holds of ours, graph by graph."""
    found = ask(running, f"SELECT ?g ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{OURS}')) }}")
    assert isinstance(found, Rows)
    graphs: dict[str, set[ox.Triple]] = defaultdict(set)
    for graph, *triple in found.rows:
        assert isinstance(graph, ox.NamedNode)
        graphs[graph.value].add(ox.Triple(*triple))
    return dict(graphs)


def assert_holds(running: Running, store: Store) -> None:
    """Check that the server holds each triple of the store in one graph, and nothing else of ours."""
    graphs = held(running)
    catalogue = {triple.object.value for triple in graphs.pop(CATALOGUE.value)}
    articles = {article.iri for article in store.articles()}
    assert catalogue == {*articles, COMMON.value, t.EVENTS_GRAPH.value}
    assert set(graphs) <= catalogue
    triples = set().union(*graphs.values())
    assert sum(map(len, graphs.values())) == len(triples)
    assert triples == {quad.triple for quad in store.quads()}


def test_the_server_holds_what_the_store_holds_however_often_it_is_pushed(
    running: Running, graphs: GraphServer, store: Store
) -> None:
    for _ in range(2):
        done = push(store, graphs)
        assert_holds(running, store)
    assert done.articles == len(world())
    assert done.triples == len({quad.triple for quad in store.quads()})


def test_what_is_taken_out_or_mended_here_is_so_there_and_other_graphs_are_left_alone(
    running: Running, graphs: GraphServer, store: Store
) -> None:
    triple = ox.Triple(OTHER, t.LABEL, ox.Literal("not of kg"))
    graphs.replace(OTHER, [triple])
    push(store, graphs)
    with made_of([*world()[2:], Extraction(article("New\nNothing.", name="new"))]) as changed:
        push(changed, graphs)
        assert held(running)[OTHER.value] == {triple}
        graphs.replace(OTHER, [])
        assert_holds(running, changed)
    with made_of([]) as empty:
        push(empty, graphs)
        assert_holds(running, empty)


def test_a_push_that_broke_off_is_made_good_by_the_next(running: Running, graphs: GraphServer, store: Store) -> None:
    def stop(triples: int) -> None:
        raise KeyboardInterrupt

    extra = Extraction(article("Gone\nSoon taken out.", name="gone"))
    with made_of([extra]) as other, pytest.raises(KeyboardInterrupt):
        push(other, graphs, on_graph=stop)
    assert extra.article.iri in held(running)
    push(store, graphs)
    assert_holds(running, store)


def test_a_graph_larger_than_a_request_is_replaced_whole(running: Running, graphs: GraphServer) -> None:
    triples = [ox.Triple(OTHER, t.LABEL, ox.Literal(f"{n}{'x' * 300}")) for n in range(2500)]
    count = f"SELECT (COUNT(*) AS ?n) (MIN(STRLEN(?o)) AS ?least) {{ GRAPH {OTHER} {{ ?s ?p ?o }} }}"
    for content in (triples, triples[10:]):
        assert graphs.replace(OTHER, iter(content)) == len(content)
        found = ask(running, count)
        assert isinstance(found, Rows)
        assert [term and term.value for term in found.rows[0]] == [str(len(content)), str(301 + (content != triples))]
    assert graphs.replace(OTHER, []) == 0
    assert OTHER.value not in held(running)


def test_all_in_one_graph_answers_as_the_store_does(running: Running, graphs: GraphServer, store: Store) -> None:
    push_as_one(store, graphs, OTHER)
    assert held(running)[OTHER.value] == {quad.triple for quad in store.quads()}
    for name in ("articles", "launches", "sources"):
        text = named_queries()[name].text
        assert ask(running, text, graph=OTHER.value) == run_query(store, text)
    assert ask(running, "ASK { ?x ?y ?z }", graph=f"{OTHER.value}/nothing") == Answer(value=False)
    graphs.replace(OTHER, [])


def test_a_catalogue_that_the_server_cuts_is_no_catalogue(running: Running) -> None:
    names = [ox.NamedNode(f"{OURS}test/{n}") for n in range(10 * CUT)]
    with Server(running.store) as server:
        graphs = connect(server)
        if running.name == "virtuoso":
            with pytest.raises(ServerError, match="push to its address for updates"):
                graphs.announce(names)
        else:
            graphs.announce(names)
        graphs.replace(CATALOGUE, [])


def test_a_file_without_graphs_goes_into_one_graph_only(running: Running, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    with open_output(str(path)) as stream:
        export(store, "turtle", stream, load_ontology())
    with Store.from_file(path) as read, Server(running.update) as server:
        graphs = connect(server)
        with pytest.raises(StoreError, match="--graph"):
            push(read, graphs)
        push_as_one(read, graphs, OTHER)
        assert held(running)[OTHER.value] == {quad.triple for quad in store.quads()}
        graphs.replace(OTHER, [])


def test_an_address_of_something_else_is_one_clear_line(running: Running) -> None:
    address = running.query.rpartition("/")[0] + "/nothing"
    with Server(address) as server, pytest.raises(ServerError, match="neither a graph store nor a place for updates"):
        connect(server)


def test_virtuoso_wants_to_know_who_we_are(running: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not running.environment:
        pytest.skip("Oxigraph asks nobody")
    monkeypatch.setenv("KG_PASSWORD", "open sesame")
    with Server(running.update) as server, pytest.raises(ServerError, match="does not accept") as refused:
        connect(server)
    assert "sesame" not in str(refused.value)
    monkeypatch.delenv("KG_USER")
    monkeypatch.delenv("KG_PASSWORD")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with Server(running.update) as server, pytest.raises(ServerError, match=r"set \$KG_USER"):
        connect(server)
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login {DBA} password {DBA}\n")
    with Server(running.update) as server:
        connect(server)
