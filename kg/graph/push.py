"""The store on a server: which triples go into which graph.

A server that many ask shows all its graphs as one (or is asked to), and most count a triple once for each graph that it
is in. So no triple goes into two: the graph of an article holds what is its own, the article with its sentences, reports
and facts; what several articles say alike, of states, people and things, goes once into the graph of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import terms as t
from kg.graph.dataset import named_quads
from kg.graph.graph_server import GraphServer
from kg.graph.store import Store
from kg.iris import DATA_IRI, data_iri

#: The graph of what articles share: states, people, places, things and those who speak.
COMMON = ox.NamedNode(f"{DATA_IRI}common")

# The beginnings of our own IRIs that articles share; of the others of ours, each belongs to one article.
_COMMON_KINDS = tuple(data_iri(kind, "") for kind in ("entity", "thing", "speaker", "rule", "iri"))

Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push has sent."""

    articles: int
    graphs: int
    triples: int


def push(store: Store, server: GraphServer, *, on_graph: Told = lambda triples: None) -> Pushed:
    """Make the server hold what the store holds, in a graph for each article, one for what they share, and the events.

    What an earlier push has brought and the store no longer holds is taken out; other graphs are left alone. A push
    that breaks off is made good by the next. `on_graph` is told the triples of each graph that was sent. Raises
    `ServerError`, and `StoreError` for a file without named graphs.
    """
    articles = _articles(store)
    _check_homes(store, articles)
    graphs = [*articles, COMMON, t.EVENTS_GRAPH]
    server.announce(graphs)
    sent = 0
    for graph in graphs:
        triples = server.replace(graph, _content(store, graph))
        on_graph(triples)
        sent += triples
    server.keep_only(graphs)
    return Pushed(len(articles), len(graphs), sent)


def push_as_one(
    store: Store, server: GraphServer, graph: ox.NamedNode, *, on_graph: Told = lambda triples: None
) -> Pushed:
    """Make one graph of the server hold what the store holds, and leave all other graphs alone."""
    triples = server.replace(graph, (quad.triple for quad in _union(store)))
    on_graph(triples)
    return Pushed(len(_articles(store)), 1, triples)


def _articles(store: Store) -> list[ox.NamedNode]:
    """Give the graphs of the articles, sorted."""
    found = store.handle.quads_for_pattern(None, t.TYPE, t.term("Article"), ox.DefaultGraph())
    return sorted((quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)), key=str)


def _check_homes(store: Store, articles: list[ox.NamedNode]) -> None:
    homeless = sum(ox.Quad(article, t.TYPE, t.term("Article"), article) not in store.handle for article in articles)
    if homeless:
        raise StoreError(
            f"{homeless} of {len(articles)} articles have no graph of their own, as in a Turtle file; "
            "push the store, a TriG file, or all into one graph with --graph IRI"
        )


def _content(store: Store, graph: ox.NamedNode) -> Iterator[ox.Triple]:
    if graph == t.EVENTS_GRAPH:
        return (quad.triple for quad in named_quads(store.handle, graph))
    if graph == COMMON:
        return (quad.triple for quad in _union(store) if _is_common(quad) and not _is_of_events(store, quad))
    return (quad.triple for quad in named_quads(store.handle, graph) if not _is_common(quad))


def _union(store: Store) -> Iterator[ox.Quad]:
    """Give every triple once: see `dataset.py`."""
    return store.handle.quads_for_pattern(None, None, None, ox.DefaultGraph())


def _is_common(quad: ox.Quad) -> bool:
    subject = quad.subject
    if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(DATA_IRI):
        return True
    return subject.value.startswith(_COMMON_KINDS)


def _is_of_events(store: Store, quad: ox.Quad) -> bool:
    return ox.Quad(quad.subject, quad.predicate, quad.object, t.EVENTS_GRAPH) in store.handle
