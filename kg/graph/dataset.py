"""The dataset behind a store: named graphs, their union, and an index of its own, which change whole or not at all.

The default graph of the database holds every triple of the named graphs once. It is what queries read: SPARQL wants a
set of triples, while Oxigraph's own union repeats a triple for each graph that it is in (a label of a state, for each
article), so that counts are wrong and joins explode. The index is a named graph for the use of the store alone: it is in
no union and no export.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

import pyoxigraph as ox

from kg.graph.marks import INDEX

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_UNION = ox.DefaultGraph()

# From so many quads on (some ten articles), writing whole files takes a third of the time of a transaction; below, it
# would litter the folder.
_BULK = 5_000


def named_quads(handle: ox.Store, graph: Graph | None = None, subject: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
    """Give the quads of one named graph, or of all but the index, in no order."""
    for quad in handle.quads_for_pattern(subject, None, None, graph):
        if quad.graph_name != _UNION and (graph is not None or quad.graph_name != INDEX):
            yield quad


def change(handle: ox.Store, *, old: Set[ox.Quad], new: Set[ox.Quad]) -> None:
    """Put `new` in the place of `old`, in one transaction, and let the union follow. All quads are of named graphs."""
    removed, added = old - new, new - old
    if removed:
        out = [*removed, *_orphans(handle, removed, added)]
        into = _with_union(added)
        dropped = [f" ; DROP SILENT GRAPH {graph}" for graph in sorted(_emptied(handle, removed, added), key=str)]
        handle.update(f"DELETE DATA {{ {_data(out)} }} ; INSERT DATA {{ {_data(into)} }}" + "".join(dropped))
    elif added:
        extend = handle.bulk_extend if len(added) > _BULK else handle.extend
        extend(_with_union(added))


def fill_union(handle: ox.Store) -> None:
    """Make the union of a dataset that was loaded without it."""
    handle.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")


def _with_union(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Give quads, and after each the one that the union has of it."""
    for quad in quads:
        yield quad
        if quad.graph_name != INDEX:
            yield ox.Quad(*quad.triple)


def _orphans(handle: ox.Store, removed: Set[ox.Quad], added: Set[ox.Quad]) -> Iterator[ox.Quad]:
    """Give the quads of the union whose triple will be in no graph any more."""
    kept = {quad.triple for quad in added if quad.graph_name != INDEX}
    for quad in removed:
        if quad.graph_name != INDEX and quad.triple not in kept:
            holders = handle.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if all(holder.graph_name in (_UNION, INDEX) or holder in removed for holder in holders):
                yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _emptied(handle: ox.Store, removed: Set[ox.Quad], added: Set[ox.Quad]) -> Iterator[Graph]:
    for graph in {quad.graph_name for quad in removed} - {quad.graph_name for quad in added}:
        if all(quad in removed for quad in handle.quads_for_pattern(None, None, None, graph)):
            yield graph


def _data(quads: Iterable[ox.Quad]) -> str:
    """Give quads as SPARQL writes data. The terms write themselves, with every character escaped that could end one."""
    graphs: dict[Graph, list[str]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name].append(f"{quad.subject} {quad.predicate} {quad.object} .")
    blocks = []
    for graph, lines in graphs.items():
        body = "\n".join(lines)
        blocks.append(body if graph == _UNION else f"GRAPH {graph} {{\n{body}\n}}")
    return "\n".join(blocks)
