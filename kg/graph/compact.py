"""Reports and articles as one literal each: what the store keeps in its index beside the RDF, to read them back at once.

To assemble events is to read the same reports again and again. As RDF a report is some 25 quads, each looked up by itself;
as a literal it is one. A literal is made from the very quads that are written, in the same transaction, and says nothing
that they do not say. A version tells whether it was made by this code: if not, it is made anew from the RDF.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from kg.graph import terms as t
from kg.graph.index import RECORD, Quads, note
from kg.graph.sketch import read_sketch, sketch_text
from kg.model import Article, Entity, Extraction, Filler, Quantity, Report, Span, Speaker
from kg.resources import source_hash

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_load = json.JSONDecoder().decode


@cache
def _version() -> str:
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
    return _dump([_version(), a.id, a.source, a.title, a.url, a.publisher, a.published, sketch])


def read_article(text: str) -> Article | None:
    """Give the article that `write_article` wrote, or None where another version did."""
    version, ident, source, title, url, publisher, published, sketch = _load(text)
    if version != _version():
        return None
    return Article(ident, source, "", (), title, url, publisher, published, sketch and read_sketch(sketch))


def write_report(report: Report) -> str:
    """Give a report as text. The entities come once each, and are named by their place in the list."""
    r = report
    entities: dict[Entity, int] = {}

    def place(entity: Entity | None) -> int | None:
        return None if entity is None else entities.setdefault(entity, len(entities))

    fields = [
        r.id, r.article, r.type, _flat(r.sentence), _flat(r.trigger),
        [(f.role, f.label, *_flat(f.span), place(f.entity)) for f in r.fillers],
        r.rule, r.extractor, r.date, r.polarity, r.modality,
        [(s.label, *_flat(s.span), place(s.entity)) for s in r.attribution],
        r.stance,
        [(q.value, q.unit, q.bound, *_flat(q.span)) for q in r.quantities],
        r.anaphoric, r.further, r.confidence, r.decisions,
    ]  # fmt: skip
    return _dump([[(e.id, e.label, e.kind, e.iso3, e.state) for e in entities], *fields])


def read_report(text: str) -> Report:
    """Give the report that `write_report` wrote."""
    found, *fields = _load(text)
    entities: list[Any] = [Entity(*entity) for entity in found]
    (
        ident, article, type_, sentence, trigger, fillers, rule, extractor, date, polarity, modality,
        said, stance, counted, anaphoric, further, confidence, decisions,
    ) = fields  # fmt: skip

    def entity(place: int | None) -> Entity | None:
        return None if place is None else entities[place]

    return Report(
        id=ident,
        article=article,
        type=type_,
        sentence=Span(*sentence),
        trigger=Span(*trigger),
        fillers=tuple(Filler(role, label, Span(*span), entity(place)) for role, label, *span, place in fillers),
        rule=rule,
        extractor=extractor,
        date=date,
        polarity=polarity,
        modality=modality,
        attribution=tuple(Speaker(label, Span(*span), entity(place)) for label, *span, place in said),
        stance=stance,
        quantities=tuple(Quantity(value, unit, bound, Span(*span)) for value, unit, bound, *span in counted),
        anaphoric=anaphoric,
        further=further,
        confidence=confidence,
        decisions=tuple(decisions),
    )


def _flat(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.text
