"""Articles, reports and events as one literal each: what the store keeps in its index beside the RDF, to read them back at once.

To assemble events, or to show them, is to read the same reports again and again. As RDF a report is some 25 quads, each
looked up by itself; as a literal it is one. A literal is written with the very quads that say the same, in one transaction.
A version tells whether it was made by this code: if not, it is made anew from the RDF.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from kg.graph import terms as t
from kg.graph.index import RECORD, Quads, note
from kg.graph.sketch import read_sketch, sketch_text
from kg.model import Article, Conflict, Entity, Event, Extraction, Filler, Quantity, Report, Source, Span, Speaker
from kg.resources import source_hash

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_load = json.JSONDecoder().decode


@cache
def version() -> str:
    """Give what tells the literals of this code from those of another."""
    return source_hash("model.py", "graph/compact.py", "graph/stored.py", "graph/records.py")


def records(extraction: Extraction) -> Quads:
    """Give the entries that hold an article and its reports; `extraction` is as the store gives it back."""
    article = extraction.article
    found = {note(t.node(article.iri), RECORD, t.text(write_article(article)))}
    return found | {note(t.node(r.iri), RECORD, t.text(write_report(r))) for r in extraction.reports}


def write_article(article: Article) -> str:
    """Give an article, without its text, as text."""
    a = article
    sketch = None if a.fingerprint is None else sketch_text(a.fingerprint)
    return _dump([version(), a.id, a.source, a.title, a.url, a.publisher, a.published, sketch])


def read_article(text: str) -> Article | None:
    """Give the article that `write_article` wrote, or None where another version did."""
    made_by, ident, source, title, url, publisher, published, sketch = _load(text)
    if made_by != version():
        return None
    return Article(ident, source, "", (), title, url, publisher, published, sketch and read_sketch(sketch))


def write_report(report: Report) -> str:
    """Give a report as text. The entities come once each, and are named by their place in the list."""
    r = report
    cast = _Cast()
    fields = [
        r.id, r.article, r.type, _flat(r.sentence), _flat(r.trigger), cast.fillers(r.fillers), r.rule, r.extractor,
        r.date, r.polarity, r.modality, cast.speakers(r.attribution), r.stance,
        [(q.value, q.unit, q.bound, *_flat(q.span)) for q in r.quantities],
        r.anaphoric, r.further, r.confidence, r.decisions,
    ]  # fmt: skip
    return _dump([cast.entities, *fields])


def read_report(text: str) -> Report:
    """Give the report that `write_report` wrote."""
    entities, *fields = _load(text)
    (
        ident, article, type_, sentence, trigger, fillers, rule, extractor, date, polarity, modality,
        said, stance, counted, anaphoric, further, confidence, decisions,
    ) = fields  # fmt: skip
    cast = _Cast(entities)
    return Report(
        id=ident,
        article=article,
        type=type_,
        sentence=Span(*sentence),
        trigger=Span(*trigger),
        fillers=cast.read_fillers(fillers),
        rule=rule,
        extractor=extractor,
        date=date,
        polarity=polarity,
        modality=modality,
        attribution=cast.read_speakers(said),
        stance=stance,
        quantities=tuple(Quantity(value, unit, bound, Span(*span)) for value, unit, bound, *span in counted),
        anaphoric=anaphoric,
        further=further,
        confidence=confidence,
        decisions=tuple(decisions),
    )


def write_event(event: Event) -> str:
    """Give an event as text, with the ids of its reports in the place of these."""
    e = event
    cast = _Cast()
    fields = [
        e.id, e.type, cast.fillers(e.fillers), e.date, e.polarity, e.modality, cast.speakers(e.attribution), e.stance,
        e.status, e.independent_sources, [report.id for report in e.reports],
        [(c.slot, c.sides, c.reports) for c in e.conflicts],
        [(source.label, source.reports) for source in e.sources], e.status_since,
    ]  # fmt: skip
    return _dump([cast.entities, *fields])


def read_event(text: str, report: Callable[[str], Report]) -> Event:
    """Give the event that `write_event` wrote; `report` gives a report by its id."""
    entities, *fields = _load(text)
    (
        ident, type_, fillers, date, polarity, modality, said, stance, status, count, reports, conflicts, sources, since,
    ) = fields  # fmt: skip
    cast = _Cast(entities)
    return Event(
        id=ident,
        type=type_,
        fillers=cast.read_fillers(fillers),
        date=date,
        polarity=polarity,
        modality=modality,
        attribution=cast.read_speakers(said),
        stance=stance,
        status=status,
        independent_sources=count,
        reports=tuple(map(report, reports)),
        conflicts=tuple(Conflict(slot, tuple(sides), tuple(map(tuple, of))) for slot, sides, of in conflicts),
        sources=tuple(Source(label, tuple(of)) for label, of in sources),
        status_since=since,
    )


class _Cast:
    """The entities of a record, each once; what names one has its place in the list, or None."""

    def __init__(self, entities: Iterable[Iterable[Any]] = ()) -> None:
        self._entities = [Entity(*entity) for entity in entities]
        self._places: dict[Entity, int] = {}

    @property
    def entities(self) -> list[tuple[str | None, ...]]:
        return [(e.id, e.label, e.kind, e.iso3, e.state) for e in self._places]

    def fillers(self, fillers: Iterable[Filler]) -> list[tuple[object, ...]]:
        return [(f.role, f.label, *_flat(f.span), self._place(f.entity)) for f in fillers]

    def speakers(self, speakers: Iterable[Speaker]) -> list[tuple[object, ...]]:
        return [(s.label, *_flat(s.span), self._place(s.entity)) for s in speakers]

    def read_fillers(self, fillers: Iterable[Any]) -> tuple[Filler, ...]:
        return tuple(Filler(role, label, Span(*span), self._at(place)) for role, label, *span, place in fillers)

    def read_speakers(self, speakers: Iterable[Any]) -> tuple[Speaker, ...]:
        return tuple(Speaker(label, Span(*span), self._at(place)) for label, *span, place in speakers)

    def _place(self, entity: Entity | None) -> int | None:
        return None if entity is None else self._places.setdefault(entity, len(self._places))

    def _at(self, place: int | None) -> Entity | None:
        return None if place is None else self._entities[place]


def _flat(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.text
