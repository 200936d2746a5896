"""Events → RDF: the views that are recomputed from the reports, all in the events graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import terms as t
from kg.iris import data_iri
from kg.model import ACTOR, RECIPIENT, Conflict, Event, Filler, Ontology, content_hash


def event_quads(event: Event, ontology: Ontology) -> Iterator[Quad]:
    """Give the quads of one event, its conflicts and its edges, in the events graph.

    Only an event that happened (`Event.is_plain`) has edges.
    """
    for statement in _event(event, ontology):
        yield Quad(*statement, t.EVENTS_GRAPH)


def _event(event: Event, ontology: Ontology) -> Iterator[t.Statement]:
    node = t.node(event.iri)
    yield node, t.TYPE, t.term(event.type)
    yield node, t.LABEL, t.text(event_label(event))
    for filler in event.fillers:
        yield node, t.term(filler.role), t.node(filler.iri)
    if event.date is not None:
        yield node, t.term("date"), t.edtf(event.date)
    yield node, t.term("polarity"), t.term(event.polarity)
    yield node, t.term("modality"), t.term(event.modality)
    if event.stance is not None:
        yield node, t.term("stance"), t.term(event.stance)
    for speaker in event.attribution:
        yield node, t.term("attributedTo"), t.node(speaker.iri)
    yield node, t.term("status"), t.term(event.status)
    if event.status_since is not None:
        yield node, t.term("statusSince"), t.day(event.status_since)
    yield node, t.term("independentSources"), Literal(event.independent_sources)
    for label in sorted({source.label for source in event.sources}):
        yield node, t.term("independentSource"), t.text(label)
    for report in event.reports:
        yield node, t.term("report"), t.node(report.iri)
    for conflict in event.conflicts:
        yield from _conflict(node, event, conflict)
    for triple in edges(event, ontology):
        yield from _edge(node, triple)


def event_label(event: Event) -> str:
    """Give a short name for people: «North Korea – MissileLaunch (2025-01-06)»."""
    actors, recipients = (", ".join(dict.fromkeys(f.label for f in event.role(role))) for role in (ACTOR, RECIPIENT))
    label = " – ".join(part for part in (actors, event.type, recipients) if part)
    return f"{label} ({event.date})" if event.date else label


def conflict_iri(event: Event, conflict: Conflict) -> str:
    """Give the IRI of a conflict: there is one for each slot, and of numbers one for each thing that is counted."""
    return data_iri("conflict", content_hash(event.id, conflict.slot, *conflict.sides))


def _conflict(node: NamedNode, event: Event, conflict: Conflict) -> Iterator[t.Statement]:
    iri = conflict_iri(event, conflict)
    yield node, t.term("conflict"), t.node(iri)
    yield t.node(iri), t.TYPE, t.term("Conflict")
    yield t.node(iri), t.term("slot"), t.text(conflict.slot)
    for n, (value, reports) in enumerate(zip(conflict.sides, conflict.reports, strict=True)):
        side = t.node(f"{iri}/{n}")
        yield t.node(iri), t.term("side"), side
        yield side, t.term("value"), t.text(value)
        for report in reports:
            yield side, t.term("report"), t.node(data_iri("report", report))


def edges(event: Event, ontology: Ontology) -> tuple[tuple[str, str, str], ...]:
    """Give the direct edges (subject IRI, property name, object IRI) of an event, sorted.

    They run from each actor to each recipient; where the parties are on one footing, between any two, both ways.
    """
    kind = ontology.classes.get(event.type)
    if kind is None or kind.edge is None or not event.is_plain:
        return ()
    actors, recipients = (_parties(event.role(role)) for role in (ACTOR, RECIPIENT))
    if kind.symmetric:
        actors = recipients = actors | recipients
    return tuple(sorted((a, kind.edge, b) for a, b in product(actors, recipients) if a != b))


def _parties(fillers: Iterable[Filler]) -> set[str]:
    return {filler.entity.id for filler in fillers if filler.entity}


def _edge(event: NamedNode, edge: tuple[str, str, str]) -> Iterator[t.Statement]:
    subject, name, obj = edge
    node = t.node(data_iri("edge", content_hash(subject, name, obj)))
    triple = (t.node(subject), t.term(name), t.node(obj))
    yield triple
    yield node, t.TYPE, t.term("Edge")
    yield from zip((node,) * 3, (t.SUBJECT, t.PREDICATE, t.OBJECT), triple, strict=True)
    yield node, t.term("event"), event
