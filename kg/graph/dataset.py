"""Named graphs that change whole or not at all, and their union.

The default graph of the database holds every triple of the named graphs once. It is what queries read: SPARQL wants a
set of triples, while Oxigraph's own union repeats a triple for each graph that it is in (a label of a state, for each
article), so that counts are wrong and joins explode.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import pyoxigraph as ox

from kg.model import data_iri

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_UNION = ox.DefaultGraph()
_STAGING = data_iri("staging", "")


def named_quads(handle: ox.Store, graph: Graph | None = None, subject: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
    """Give the quads of one named graph, or of all, in no order."""
    for quad in handle.quads_for_pattern(subject, None, None, graph):
        if quad.graph_name != _UNION:
            yield quad


def replace_graphs(handle: ox.Store, contents: Mapping[ox.NamedNode, frozenset[ox.Quad]]) -> None:
    """Give each graph its new content, and the union its own, in one transaction.

    The database cannot take out and put in at once, but one update can do both from staged graphs. What is staged when
    a process dies is swept away by `sweep`.
    """
    old = {graph: frozenset(named_quads(handle, graph)) for graph in contents}
    added = {graph: content - old[graph] for graph, content in contents.items()}
    removed = {graph: old[graph] - content for graph, content in contents.items()}
    if not any(removed.values()):
        handle.extend(chain.from_iterable(_with_union(added.values())))
        return
    changes: dict[Graph, tuple[Iterable[ox.Quad], Iterable[ox.Quad]]]
    changes = {graph: (removed[graph], added[graph]) for graph in contents}
    changes[_UNION] = _orphans(handle, removed, contents), chain.from_iterable(added.values())
    handle.extend(_staged(changes.values()))
    handle.update(" ;\n".join(_steps(changes, emptied={graph for graph in contents if not contents[graph]})))


def fill_union(handle: ox.Store) -> None:
    """Make the union of a dataset that was loaded without it."""
    handle.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")


def sweep(handle: ox.Store) -> None:
    """Take away what a dead process has staged."""
    for graph in list(handle.named_graphs()):
        if isinstance(graph, ox.NamedNode) and graph.value.startswith(_STAGING):
            handle.remove_graph(graph)


def _with_union(contents: Iterable[frozenset[ox.Quad]]) -> Iterator[Iterable[ox.Quad]]:
    for quads in contents:
        yield quads
        yield (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


def _orphans(
    handle: ox.Store,
    removed: Mapping[ox.NamedNode, frozenset[ox.Quad]],
    contents: Mapping[ox.NamedNode, frozenset[ox.Quad]],
) -> Iterator[ox.Quad]:
    """Give the removed quads whose triple will be in no graph any more."""
    kept = {quad.triple for quads in contents.values() for quad in quads}
    for quad in chain.from_iterable(removed.values()):
        if quad.triple not in kept:
            holders = handle.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if all(holder.graph_name == _UNION or holder.graph_name in contents for holder in holders):
                yield quad


def _stage(n: int, what: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_STAGING}{what}/{n}")


def _staged(changes: Iterable[tuple[Iterable[ox.Quad], Iterable[ox.Quad]]]) -> Iterator[ox.Quad]:
    for n, (out, into) in enumerate(changes):
        for what, quads in (("out", out), ("in", into)):
            for quad in quads:
                yield ox.Quad(quad.subject, quad.predicate, quad.object, _stage(n, what))


def _steps(graphs: Iterable[Graph], *, emptied: set[ox.NamedNode]) -> Iterator[str]:
    """Give the update that brings what is staged to its graphs; there is no word of the data in it."""
    for n, graph in enumerate(graphs):
        pattern = "?s ?p ?o" if graph == _UNION else f"GRAPH {graph} {{ ?s ?p ?o }}"
        out, into = _stage(n, "out"), _stage(n, "in")
        yield f"DELETE {{ {pattern} }} WHERE {{ GRAPH {out} {{ ?s ?p ?o }} }}"
        yield f"INSERT {{ {pattern} }} WHERE {{ GRAPH {into} {{ ?s ?p ?o }} }}"
        yield f"DROP SILENT GRAPH {out} ; DROP SILENT GRAPH {into}"
        if graph in emptied:
            yield f"DROP GRAPH {graph}"
