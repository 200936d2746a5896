"""The views of a store: events made anew from the reports, only in the blocks that a change has touched.

What has changed is noted in the index (see `index.py`). A step is done before its note is taken away, and doing it twice
is doing it once: a process that dies leaves nothing but the rest of the work. Only the reports of some blocks are in
memory at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import islice

import pyoxigraph as ox

from kg.assemble import assemble, block_keys
from kg.graph import terms as t
from kg.graph.compact import records, version, write_event
from kg.graph.dataset import change, named_quads
from kg.graph.index import BLOCK, EVENT_BLOCK, RECORD, STAMP, Quads, entries, note
from kg.graph.kept import kept_article, kept_extraction, kept_reports
from kg.graph.marks import DIRTY, INDEX, PENDING, is_behind
from kg.graph.rdf import event_quads, read_extraction
from kg.iris import data_iri
from kg.model import Article, Extraction, Ontology, Report, content_hash
from kg.resources import source_hash

# What is in memory at a time: so many articles with their reports, and blocks until they have so many reports. Blocks have
# nothing to do with time, so the articles (some 2 kB each, without their texts) are wanted again and again.
_ARTICLES = 200
_REPORTS = 10_000
_KEPT = 16_384

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def refresh(handle: ox.Store, ontology: Ontology) -> None:
    """Make the events of all touched blocks anew.

    When the ontology or the assembly is another than the last time, all blocks are touched.
    """
    stamp = begin(handle, ontology)
    article = lru_cache(_KEPT)(partial(kept_article, handle))
    while pending := list(islice(handle.quads_for_pattern(INDEX, PENDING, None, INDEX), _ARTICLES)):
        _sort_into_blocks(handle, pending, ontology)
    while chunk := _next_blocks(handle):
        _make_events(handle, chunk, ontology, stamp, article)


def begin(handle: ox.Store, ontology: Ontology) -> ox.Quad:
    """Note that all that is sorted and made from now on is so by this ontology, and give that note.

    When the ontology or the assembly is another than the last time, all articles are to be sorted into blocks anew.
    """
    old, stamp = entries(handle, INDEX, STAMP, None), _stamp(ontology)
    if old != {stamp}:
        homes = (
            q for q in handle.quads_for_pattern(None, t.TYPE, t.term("Article"), None) if q.subject == q.graph_name
        )
        change(handle, old=set(), new={note(INDEX, PENDING, q.subject) for q in homes})
        change(handle, old=old, new={stamp})
    return stamp


def is_fresh(handle: ox.Store, ontology: Ontology) -> bool:
    """Whether the kept events are what `refresh` would make."""
    return entries(handle, INDEX, STAMP, None) == {_stamp(ontology)} and not is_behind(handle)


def _stamp(ontology: Ontology) -> ox.Quad:
    classes = [ontology.classes[name] for name in sorted(ontology.classes)]
    names = (sorted(found) for found in (ontology.roles, ontology.relations, ontology.stances, ontology.statuses))
    made_by = version(), source_hash("assemble", "graph/views.py"), classes, sorted(ontology.kinds.items()), *names
    return note(INDEX, STAMP, ox.Literal(content_hash(*made_by)))


def blocks(extraction: Extraction, ontology: Ontology) -> Quads:
    """Give the entries that sort the reports of an article into blocks; `extraction` is as the store gives it back."""
    keys = block_keys(extraction, ontology)
    return {note(t.node(report.iri), BLOCK, t.text(keys[report.id])) for report in extraction.reports}


def _sort_into_blocks(handle: ox.Store, pending: list[ox.Quad], ontology: Ontology) -> None:
    old: Quads = set()
    new: Quads = set()
    for entry in pending:
        assert isinstance(entry.object, ox.NamedNode)
        extraction = kept_extraction(handle, entry.object)
        if extraction is None:  # the store was written by another version
            extraction = read_extraction(named_quads(handle, entry.object), entry.object.value)
            for node in (entry.object, *(t.node(report.iri) for report in extraction.reports)):
                old |= entries(handle, node, RECORD, None)
            new |= records(extraction)
        for report in extraction.reports:
            old |= entries(handle, t.node(report.iri), BLOCK, None)
        new |= blocks(extraction, ontology)
    new |= {note(INDEX, DIRTY, entry.object) for entry in old | new if entry.predicate == BLOCK}
    change(handle, old=old, new=new)
    change(handle, old=set(pending), new=set())


def _next_blocks(handle: ox.Store) -> dict[ox.Literal, list[Report]]:
    """Give the reports of the next dirty blocks, by block."""
    chunk: dict[ox.Literal, list[Report]] = {}
    size = 0
    for entry in handle.quads_for_pattern(INDEX, DIRTY, None, INDEX):
        assert isinstance(entry.object, ox.Literal)
        chunk[entry.object] = kept_reports(handle, entry.object)
        size += len(chunk[entry.object]) + 1
        if size >= _REPORTS:
            break
    return chunk


def _make_events(
    handle: ox.Store,
    chunk: Mapping[ox.Literal, list[Report]],
    ontology: Ontology,
    stamp: ox.Quad,
    article: Callable[[ox.NamedNode], Article | None],
) -> None:
    by_report = {report.id: block for block, reports in chunk.items() for report in reports}
    notes: Quads = set()
    for block in chunk:
        for entry in entries(handle, None, EVENT_BLOCK, block):
            notes |= set(handle.quads_for_pattern(entry.subject, None, None, INDEX))
    new: Quads = set()
    same: set[Term] = set()
    for event in assemble(_with_articles(article, chunk.values()), ontology, blocks={block.value for block in chunk}):
        node = t.node(event.iri)
        known = {
            note(node, STAMP, stamp.object),
            note(node, RECORD, t.text(write_event(event))),
            note(node, EVENT_BLOCK, by_report[event.reports[0].id]),
        }
        if known <= notes:
            same.add(node)
        else:
            new |= known
            new.update(event_quads(event, ontology))
    old = {entry for entry in notes if entry.subject not in same}
    old |= _event_quads(handle, {entry.subject for entry in old})
    change(handle, old=old, new=new)
    change(handle, old={note(INDEX, DIRTY, block) for block in chunk}, new=set())


def _with_articles(
    article: Callable[[ox.NamedNode], Article | None], blocks: Iterable[list[Report]]
) -> Iterator[Extraction]:
    """Give extractions that hold these reports alone, with their articles: the others can be of no event with them."""
    by_article: dict[str, list[Report]] = defaultdict(list)
    for reports in blocks:
        for report in reports:
            by_article[report.article].append(report)
    for ident, reports in by_article.items():
        kept = article(t.node(data_iri("article", ident)))
        if kept is not None:
            yield Extraction(kept, tuple(reports))


def _event_quads(handle: ox.Store, events: Iterable[Term]) -> Quads:
    """Give the quads that are there because of these events alone: those of their conflicts and edges, too."""
    of_events = set(events)
    found: Quads = set()
    for event in of_events:
        found |= _view(handle, event, None, None) | _view(handle, None, t.term("event"), event)
    for name in ("conflict", "side"):
        for quad in [quad for quad in found if quad.predicate == t.term(name)]:
            found |= _view(handle, quad.object, None, None)
    for edge in {quad.subject for quad in found if quad.predicate == t.term("event")}:
        about = _view(handle, edge, None, None)
        if all(quad.object in of_events for quad in about if quad.predicate == t.term("event")):
            ends = {quad.predicate: quad.object for quad in about}
            found |= about | _view(handle, ends[t.SUBJECT], ends[t.PREDICATE], ends[t.OBJECT])
    return found


def _view(handle: ox.Store, subject: Term | None, predicate: Term | None, value: Term | None) -> Quads:
    """Give the quads of the events graph that match."""
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode | None):
        return set()
    return set(handle.quads_for_pattern(subject, predicate, value, t.EVENTS_GRAPH))
