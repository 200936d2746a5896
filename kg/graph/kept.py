"""Articles, reports and events as the index of a store keeps them: each is one look-up (see `compact.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import terms as t
from kg.graph.compact import read_article, read_event, read_report
from kg.graph.index import BLOCK, EVENT_BLOCK, RECORD
from kg.graph.marks import INDEX
from kg.iris import data_iri
from kg.model import Article, Event, Extraction, Report


def kept_article(handle: ox.Store, node: ox.NamedNode) -> Article | None:
    """Give an article without its text, or None where its record is of another version."""
    text = _record(handle, node)
    return None if text is None else read_article(text)


def kept_extraction(handle: ox.Store, graph: ox.NamedNode) -> Extraction | None:
    """Give an article and its reports, without facts, or None where the records are of another version."""
    article = kept_article(handle, graph)
    if article is None:
        return None
    return Extraction(article, tuple(_reports(handle, handle.quads_for_pattern(None, t.TYPE, t.term("Report"), graph))))


def kept_reports(handle: ox.Store, block: ox.Literal) -> list[Report]:
    """Give the reports that were sorted into a block."""
    return list(_reports(handle, handle.quads_for_pattern(None, BLOCK, block, INDEX)))


def kept_events(handle: ox.Store) -> Iterator[Event]:
    """Give the events with their reports, sorted by id, one in memory at a time.

    They are what the last `refresh` made, by whatever ontology and code it had: ask `assembly.is_fresh` first.
    """

    def report(ident: str) -> Report:
        return read_report(_need(handle, data_iri("report", ident)))

    entries = handle.quads_for_pattern(None, EVENT_BLOCK, None, INDEX)
    for iri in sorted(entry.subject.value for entry in entries if isinstance(entry.subject, ox.NamedNode)):
        yield read_event(_need(handle, iri), report)


def _reports(handle: ox.Store, naming: Iterable[ox.Quad]) -> Iterator[Report]:
    found = (_record(handle, quad.subject) for quad in naming if isinstance(quad.subject, ox.NamedNode))
    return (read_report(text) for text in found if text is not None)


def _need(handle: ox.Store, iri: str) -> str:
    text = _record(handle, t.node(iri))
    if text is None:
        raise StoreError(f"<{iri}> is not in the index, which is damaged: run `kg build` anew")
    return text


def _record(handle: ox.Store, node: ox.NamedNode) -> str | None:
    found = handle.quads_for_pattern(node, RECORD, None, INDEX)
    return next((entry.object.value for entry in found if isinstance(entry.object, ox.Literal)), None)
