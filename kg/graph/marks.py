"""The marks in the index of a store by which a reader tells that its events lag behind its articles."""

from __future__ import annotations

import pyoxigraph as ox

from kg.iris import ONTOLOGY_IRI, data_iri

#: The graph of what the store notes down for itself (see `index.py`).
INDEX = ox.NamedNode(data_iri("index", ""))
#: Articles that have changed since their reports were sorted into blocks, and blocks since their events were made.
PENDING, DIRTY = (ox.NamedNode(ONTOLOGY_IRI + name) for name in ("pending", "dirty"))


def is_behind(handle: ox.Store) -> bool:
    """Whether there are changes that the events do not show yet."""
    notes = (handle.quads_for_pattern(INDEX, predicate, None, INDEX) for predicate in (PENDING, DIRTY))
    return any(next(iter(found), None) is not None for found in notes)
