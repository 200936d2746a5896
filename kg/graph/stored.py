"""What a store keeps of the reports of an article, told without the detour over RDF: the same as `read_extraction` gives."""

from __future__ import annotations

from dataclasses import replace

from kg.graph import terms as t
from kg.graph.rdf import entities_of
from kg.model import Article, Entity, Extraction, Filler, Quantity, Report, Span, Speaker


def as_stored(extraction: Extraction) -> Extraction:
    """Give the article without its text and its reports as they come back, in order; facts are left out.

    An entity has one description in the article, what is said twice is said once, and lone surrogates are replaced.
    """
    known = {entity.id: _entity(entity) for entity in entities_of(extraction)}
    reports = (_report(report, known) for report in extraction.reports)
    return Extraction(_article(extraction.article), tuple(sorted(reports, key=lambda r: (r.sentence, r.trigger, r.id))))


def _article(article: Article) -> Article:
    return replace(
        article,
        source=t.clean(article.source),
        text="",
        blocks=(),
        title=t.clean(article.title),
        url=_maybe(article.url),
        publisher=_maybe(article.publisher),
        published=_maybe(article.published),
    )


def _report(report: Report, known: dict[str, Entity]) -> Report:
    fillers = {_filler(filler, known) for filler in report.fillers}
    return replace(
        report,
        sentence=_span(report.sentence),
        trigger=_span(report.trigger),
        fillers=tuple(sorted(fillers, key=lambda f: (f.role, f.span, f.label, f.iri))),
        rule=t.clean(report.rule),
        extractor=t.clean(report.extractor),
        date=_maybe(report.date),
        attribution=tuple(_speaker(speaker, known) for speaker in report.attribution),
        quantities=tuple(sorted({_quantity(quantity) for quantity in report.quantities})),
        confidence=report.confidence + 0.0,
        decisions=tuple(sorted({t.clean(decision) for decision in report.decisions})),
    )


def _filler(filler: Filler, known: dict[str, Entity]) -> Filler:
    return Filler(filler.role, t.clean(filler.label), _span(filler.span), filler.entity and known[filler.entity.id])


def _speaker(speaker: Speaker, known: dict[str, Entity]) -> Speaker:
    return Speaker(t.clean(speaker.label), _span(speaker.span), speaker.entity and known[speaker.entity.id])


def _quantity(quantity: Quantity) -> Quantity:
    return Quantity(quantity.value + 0.0, t.clean(quantity.unit), quantity.bound, _span(quantity.span))


def _entity(entity: Entity) -> Entity:
    state = None if entity.state is None else t.clean(entity.state)
    return Entity(t.clean(entity.id), t.clean(entity.label), entity.kind, _maybe(entity.iso3), state)


def _span(span: Span) -> Span:
    return span if span.text.isascii() else Span(span.start, span.end, t.clean(span.text))


def _maybe(words: str | None) -> str | None:
    return None if words is None else t.clean(words)
