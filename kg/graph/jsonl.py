"""Events as JSON lines: `jsonl`, with all their evidence, and `plover`, a row each as event data sets have them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from kg.model import (
    ACTOR,
    RECIPIENT,
    Article,
    Conflict,
    Entity,
    Event,
    Filler,
    Ontology,
    Quantity,
    Report,
    Source,
    Span,
    Speaker,
)

# The roles that every event has in `jsonl`, filled or not.
ROLES = (ACTOR, RECIPIENT, "instrument", "place")

# Within a string they are allowed as they are, but programs that split text into lines split at them.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})

Record = dict[str, object]


def line(record: Record) -> str:
    """Give a record as one line of JSON, whatever a reader takes for the end of a line."""
    return json.dumps(record, ensure_ascii=False).translate(_LINE_ENDS) + "\n"


def event_record(event: Event, articles: Mapping[str, Article], ontology: Ontology) -> Record:
    """Give an event as DESIGN.md has it; `articles` are by id. What is null in a filler or a speaker is left out."""
    kind = ontology.classes.get(event.type)
    others = sorted({filler.role for filler in event.fillers} - set(ROLES))
    return {
        "id": event.id,
        "type": event.type,
        "plover": kind.plover if kind else None,
        "roles": {role: [_filler(filler) for filler in event.role(role)] for role in (*ROLES, *others)},
        "date": event.date,
        "polarity": event.polarity,
        "modality": event.modality,
        "attribution": [_speaker(speaker) for speaker in event.attribution],
        "stance": event.stance,
        "status": event.status,
        "status_since": event.status_since,
        "independent_sources": event.independent_sources,
        "sources": [_source(source, event.reports) for source in event.sources],
        "conflicts": [_conflict(conflict, event.reports) for conflict in event.conflicts],
        "evidence": [_evidence(report, articles) for report in event.reports],
    }


def _filler(filler: Filler) -> Record:
    return {**_who(filler.label, filler.entity), **_words(filler.span)}


def _who(label: str, entity: Entity | None) -> Record:
    if entity is None:
        return {"label": label}
    iso3: Record = {} if entity.iso3 is None else {"iso3": entity.iso3}
    return {"id": entity.id, "label": label, "kind": entity.kind, **iso3}


def _words(span: Span) -> Record:
    return {"text": span.text, "start": span.start, "end": span.end}


def _speaker(speaker: Speaker) -> Record:
    ident: Record = {} if speaker.entity is None else {"id": speaker.entity.id}
    return {**ident, "label": speaker.label, "text": speaker.span.text}


def _source(source: Source, reports: Iterable[Report]) -> Record:
    """Give a source; `evidence` are places in the list of evidence, from 0."""
    own = set(source.reports)
    return {"label": source.label, "evidence": [n for n, report in enumerate(reports) if report.id in own]}


def _conflict(conflict: Conflict, reports: Iterable[Report]) -> Record:
    """Give a conflict; `evidence` of a side are places in the list of evidence, from 0."""
    places = {report.id: n for n, report in enumerate(reports)}
    sides = zip(conflict.sides, conflict.reports, strict=True)
    return {
        "slot": conflict.slot,
        "sides": [{"value": value, "evidence": sorted(places[r] for r in of if r in places)} for value, of in sides],
    }


def _evidence(report: Report, articles: Mapping[str, Article]) -> Record:
    trigger = report.trigger
    return {
        "article": report.article,
        "source": articles[report.article].source,
        "start": report.sentence.start,
        "end": report.sentence.end,
        "text": report.sentence.text,
        "trigger": {"start": trigger.start, "end": trigger.end, "text": trigger.text},
        "rule": report.rule,
        "extractor": report.extractor,
        "confidence": report.confidence,
        "polarity": report.polarity,
        "modality": report.modality,
        "attribution": [_speaker(speaker) for speaker in report.attribution],
        "date": report.date,
        "quantities": [_quantity(quantity) for quantity in report.quantities],
    }


def _quantity(quantity: Quantity) -> Record:
    span = quantity.span
    return {
        "value": quantity.value,
        "unit": quantity.unit,
        "bound": quantity.bound,
        "text": span.text,
        "start": span.start,
        "end": span.end,
    }


def plover_record(
    event: Event, articles: Mapping[str, Article], ontology: Ontology, countries: Mapping[str, str]
) -> Record | None:
    """Give an event as a row of an event data set, or None where its class has no PLOVER code.

    `countries` gives the ISO 3166-1 code of a state by IRI; an organ or a representative has the code of its state. The
    quote is that of the first report.
    """
    kind = ontology.classes.get(event.type)
    if kind is None or kind.plover is None:
        return None
    first = event.reports[0]
    article = articles[first.article]
    return {
        "event_id": event.id,
        "event_type": kind.plover,
        "class": event.type,
        "date": event.date,
        "polarity": event.polarity,
        "modality": event.modality,
        "status": event.status,
        "actors": [_party(filler, countries) for filler in event.role(ACTOR)],
        "recipients": [_party(filler, countries) for filler in event.role(RECIPIENT)],
        "places": [_party(filler, countries) for filler in event.role("place")],
        "reports": len(event.reports),
        "independent_sources": event.independent_sources,
        "quote": first.sentence.text,
        "publisher": article.publisher,
        "published": article.published,
        "source": article.source,
    }


def _party(filler: Filler, countries: Mapping[str, str]) -> Record:
    return {"name": filler.label, "country": country_code(filler.entity, countries)}


def country_code(entity: Entity | None, countries: Mapping[str, str]) -> str | None:
    """Give the ISO 3166-1 code of an entity or of its state."""
    if entity is None:
        return None
    return entity.iso3 or countries.get(entity.state or "")
