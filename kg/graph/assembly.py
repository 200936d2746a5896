"""The views of a store: events made anew from the reports, only in the blocks that a change has touched.

What has changed is noted in the index (see `index.py`). A step is done before its note is taken away, and doing it twice
is doing it once: a process that dies leaves nothing but the rest of the work. Only the reports of some blocks are in
memory at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import pyoxigraph as ox

from kg.assemble import assemble, block_keys
from kg.config import source_hash
from kg.graph import terms as t
from kg.graph.dataset import INDEX, change, named_quads
from kg.graph.index import BLOCK, DIRTY, EVENT_BLOCK, PENDING, STAMP, Quads, entries, note
from kg.graph.rdf import event_quads, read_extraction
from kg.model import Extraction, Ontology, content_hash

# What is in memory at a time: so many articles, and blocks until they have so many reports.
_ARTICLES = 200
_REPORTS = 10_000

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def refresh(handle: ox.Store, ontology: Ontology) -> Iterator[None]:
    """Make the events of all touched blocks anew, step by step.

    When the ontology or the assembly is another than the last time, all blocks are touched.
    """
    _check_stamp(handle, ontology)
    while pending := list(islice(handle.quads_for_pattern(INDEX, PENDING, None, INDEX), _ARTICLES)):
        _sort_into_blocks(handle, pending, ontology)
        yield
    while chunk := _next_blocks(handle):
        _make_events(handle, chunk, ontology)
        yield


def _check_stamp(handle: ox.Store, ontology: Ontology) -> None:
    stamp = note(INDEX, STAMP, ox.Literal(_stamp(ontology)))
    old = entries(handle, INDEX, STAMP, None)
    if old != {stamp}:
        homes = (
            q for q in handle.quads_for_pattern(None, t.TYPE, t.term("Article"), None) if q.subject == q.graph_name
        )
        change(handle, old=set(), new={note(INDEX, PENDING, q.subject) for q in homes})
        change(handle, old=old, new={stamp})


def _stamp(ontology: Ontology) -> str:
    classes = [ontology.classes[name] for name in sorted(ontology.classes)]
    names = (sorted(found) for found in (ontology.roles, ontology.relations, ontology.stances, ontology.statuses))
    return content_hash(source_hash("assemble", "model.py"), classes, sorted(ontology.kinds.items()), *names)


def _sort_into_blocks(handle: ox.Store, pending: list[ox.Quad], ontology: Ontology) -> None:
    old: Quads = set()
    new: Quads = set()
    for entry in pending:
        graph = entry.object
        assert isinstance(graph, ox.NamedNode)
        extraction = read_extraction(named_quads(handle, graph), graph.value)
        keys = block_keys(extraction, ontology)
        for report in extraction.reports:
            node = t.node(report.iri)
            old |= entries(handle, node, BLOCK, None)
            new.add(note(node, BLOCK, t.text(keys[report.id])))
    new |= {note(INDEX, DIRTY, entry.object) for entry in old | new}
    change(handle, old=old, new=new)
    change(handle, old=set(pending), new=set())


def _next_blocks(handle: ox.Store) -> dict[ox.Literal, list[ox.NamedNode]]:
    """Give the reports of the next dirty blocks, by block."""
    chunk: dict[ox.Literal, list[ox.NamedNode]] = {}
    size = 0
    for entry in handle.quads_for_pattern(INDEX, DIRTY, None, INDEX):
        assert isinstance(entry.object, ox.Literal)
        chunk[entry.object] = [
            e.subject for e in entries(handle, None, BLOCK, entry.object) if isinstance(e.subject, ox.NamedNode)
        ]
        size += len(chunk[entry.object]) + 1
        if size >= _REPORTS:
            break
    return chunk


def _make_events(handle: ox.Store, chunk: Mapping[ox.Literal, list[ox.NamedNode]], ontology: Ontology) -> None:
    extractions = _read_reports(handle, (report for reports in chunk.values() for report in reports))
    by_report = {report.value: block for block, reports in chunk.items() for report in reports}
    old: Quads = set()
    for block in chunk:
        old |= entries(handle, None, EVENT_BLOCK, block)
    old |= _event_quads(handle, {entry.subject for entry in old})
    new: Quads = set()
    for event in assemble(extractions, ontology, blocks={block.value for block in chunk}):
        new.update(event_quads(event, ontology))
        new.add(note(t.node(event.iri), EVENT_BLOCK, by_report[event.reports[0].iri]))
    change(handle, old=old, new=new)
    change(handle, old={note(INDEX, DIRTY, block) for block in chunk}, new=set())


def _read_reports(handle: ox.Store, reports: Iterable[ox.NamedNode]) -> Iterator[Extraction]:
    """Give extractions that hold these reports alone, with their articles: the others can be of no event with them."""
    homes: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
    for report in reports:
        for quad in handle.quads_for_pattern(report, t.TYPE, t.term("Report"), None):
            if isinstance(quad.graph_name, ox.NamedNode):
                homes[quad.graph_name].append(report)
    for graph in sorted(homes, key=str):
        yield read_extraction(_described(handle, [graph, *homes[graph]], graph), graph.value)


def _described(handle: ox.Store, nodes: Iterable[ox.NamedNode], graph: ox.NamedNode) -> Quads:
    """Give all that a graph says of some nodes and of those that they lead to."""
    seen = set(nodes)
    waiting = list(seen)
    found: Quads = set()
    while waiting:
        for quad in handle.quads_for_pattern(waiting.pop(), None, None, graph):
            found.add(quad)
            leads_to = quad.object
            if isinstance(leads_to, ox.NamedNode) and leads_to not in seen and not t.is_term(leads_to):
                seen.add(leads_to)
                waiting.append(leads_to)
    return found


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
