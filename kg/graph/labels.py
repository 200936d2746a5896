"""How things are called: the label of an IRI, for people."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph import terms as t

#: The properties that say how a thing is called, the best first.
NAMING = (t.PREF_LABEL, t.LABEL)


def label(store: ox.Store, node: ox.NamedNode) -> str | None:
    """Give the label of a node in the union of all graphs, the first in alphabetical order, or None."""
    for predicate in NAMING:
        held = store.quads_for_pattern(node, predicate, None, ox.DefaultGraph())
        if values := sorted(quad.object.value for quad in held if isinstance(quad.object, ox.Literal)):
            return values[0]
    return None


def labels(store: ox.Store, terms: Iterable[object]) -> dict[ox.NamedNode, str]:
    """Give the labels of those of `terms` that are IRIs and have one."""
    nodes = {term for term in terms if isinstance(term, ox.NamedNode)}
    found = {node: label(store, node) for node in nodes}
    return {node: name for node, name in found.items() if name is not None}
