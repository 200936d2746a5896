"""The index of a store: what it notes down for itself, in a graph that is in no union and no export.

It knows which articles have changed since their reports were sorted into blocks (`PENDING`), which blocks have changed
since their events were made (`DIRTY`), to which block each report and each event belongs, what the events were made by
(`STAMP`), and what has read each article (`READER`), and the URL of each as all of its variants have it (`ADDRESS`). It
has each article, report and event as a literal (`RECORD`, see `compact.py`), and of each event, too, what it was made
by, so that one that is still the same is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph import terms as t
from kg.graph.marks import DIRTY, INDEX

STAMP, READER, ADDRESS = t.term("stamp"), t.term("reader"), t.term("address")
BLOCK, EVENT_BLOCK = t.term("block"), t.term("eventBlock")
RECORD = t.term("record")


Quads = set[ox.Quad]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def note(subject: ox.NamedNode, predicate: ox.NamedNode, value: Term) -> ox.Quad:
    """Give an entry of the index."""
    return ox.Quad(subject, predicate, value, INDEX)


def entries(
    handle: ox.Store, subject: ox.NamedNode | None, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal | None
) -> Quads:
    """Give the entries of the index that match."""
    return set(handle.quads_for_pattern(subject, predicate, value, INDEX))


def touched(handle: ox.Store, reports: Iterable[ox.NamedNode]) -> tuple[Quads, Quads]:
    """Give the entries to take out of the index, and to put in, when these reports change or go."""
    old = {entry for report in reports for entry in entries(handle, report, BLOCK, None)}
    return old, {note(INDEX, DIRTY, entry.object) for entry in old}
