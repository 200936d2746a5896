"""Why the graph says what it says: an event with every sentence, rule and decision behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from kg.errors import QueryError
from kg.graph.rdf import edges, event_label
from kg.graph.store import Store
from kg.graph.table import harmless
from kg.graph.terms import PREFIXES
from kg.model import Article, Conflict, Event, Filler, Ontology, Report, Span, Speaker, content_hash, data_iri

#: More events than this are named, and not told in full.
MAX_EVENTS = 10


def explain(store: Store, what: str, ontology: Ontology) -> str:
    """Give a note, in plain text without control characters, on the events that `what` stands for.

    `what` is the IRI (whole, prefixed, or only its last part) of an event, an edge, a report, a conflict, an article or
    an entity, or else words: an event is meant when each of them is in its label or one of its sentences, in capitals
    or not. Events are sorted by date. `QueryError` when there is none.
    """
    found = [event for event in store.events(ontology) if _is_meant(event, what, ontology)]
    if not found:
        raise QueryError(
            f"nothing is known of {harmless(what)!r}; give the IRI of an event or an edge, or words of a sentence"
        )
    articles = {article.id: article for article in store.articles()}
    found.sort(key=lambda event: (event.date or "", event.id))
    notes = ["\n".join(_note(event, articles, ontology)) for event in found[:MAX_EVENTS]]
    if len(found) > MAX_EVENTS:
        rest = found[MAX_EVENTS:]
        notes.append("\n".join([f"and {len(rest)} more:", *(f"  {_text(event_label(e))}  {e.iri}" for e in rest)]))
    return "\n\n".join(notes) + "\n"


def _is_meant(event: Event, what: str, ontology: Ontology) -> bool:
    words = what.casefold().split()
    if not words:
        return False
    prefix, colon, local = what.partition(":")
    whole = PREFIXES[prefix] + local if colon and prefix in PREFIXES else what
    if any(whole in (iri, iri.rpartition("/")[2]) for iri in _iris(event, ontology)):
        return True
    told = " ".join((event_label(event), *(report.sentence.text for report in event.reports))).casefold()
    return all(word in told for word in words)


def _iris(event: Event, ontology: Ontology) -> Iterator[str]:
    yield event.iri
    for edge in edges(event, ontology):
        yield data_iri("edge", content_hash(*edge))
    for conflict in event.conflicts:
        yield data_iri("conflict", content_hash(event.id, conflict.slot))
    for report in event.reports:
        yield report.iri
        yield data_iri("article", report.article)
        yield from (filler.iri for filler in report.fillers)
        yield from (speaker.iri for speaker in report.attribution)
    yield from (filler.iri for filler in event.fillers)


def _note(event: Event, articles: Mapping[str, Article], ontology: Ontology) -> Iterator[str]:
    kind = ontology.classes.get(event.type)
    sources = f"{event.independent_sources} independent source{'' if event.independent_sources == 1 else 's'}"
    plover = [f"PLOVER {kind.plover}"] if kind and kind.plover else []
    yield _text(event_label(event))
    yield f"  {event.iri}"
    yield f"  {', '.join([event.type, *plover, event.status, event.polarity, event.modality, sources])}"
    yield from _aligned([*_roles(event), *_edges(event, ontology), *(_conflict(event, c) for c in event.conflicts)])
    for number, report in enumerate(event.reports, 1):
        yield ""
        yield from _evidence(number, report, articles[report.article])


def _aligned(rows: list[tuple[str, str]]) -> Iterator[str]:
    width = max((len(name) for name, _ in rows), default=0)
    yield from (f"  {name:<{width}}  {_text(text)}" for name, text in rows)


def _roles(event: Event) -> Iterator[tuple[str, str]]:
    ordered = sorted(event.fillers, key=lambda filler: filler.role)
    for role, fillers in groupby(ordered, key=lambda filler: filler.role):
        yield from ((role, _filler(filler)) for filler in fillers)


def _filler(filler: Filler) -> str:
    if filler.entity is None:
        return f"{filler.label}, from {_quoted(filler.span)}"
    codes = [filler.entity.kind, *([filler.entity.iso3] if filler.entity.iso3 else [])]
    return f"{filler.label} ({', '.join(codes)}) <{filler.entity.id}>, from {_quoted(filler.span)}"


def _edges(event: Event, ontology: Ontology) -> Iterator[tuple[str, str]]:
    labels = {filler.iri: filler.label for filler in event.fillers}
    for subject, name, obj in edges(event, ontology):
        yield "edge", f"{labels[subject]} {name} {labels[obj]}"


def _conflict(event: Event, conflict: Conflict) -> tuple[str, str]:
    numbers = {report.id: number for number, report in enumerate(event.reports, 1)}
    sides = (
        f"{value} [{', '.join(str(n) for n in sorted(numbers[r] for r in reports if r in numbers))}]"
        for value, reports in zip(conflict.sides, conflict.reports, strict=True)
    )
    return "conflict", f"{conflict.slot}: {' against '.join(sides)}"


def _evidence(number: int, report: Report, article: Article) -> Iterator[str]:
    """Tell one report; `number` is what conflicts refer to it by."""
    margin = " " * 6
    heading = ", ".join(part for part in (article.publisher, article.published, article.title) if part)
    places = " ".join(part for part in (article.source, article.url) if part)
    yield f"  [{number}] {_text(heading or 'an article')} ({_text(places)})"
    yield f"{margin}{_quoted(report.sentence)} at {report.sentence.start}–{report.sentence.end}"
    date = [report.date] if report.date else []
    yield f"{margin}{_text(', '.join([report.type, report.polarity, report.modality, *date]))}"
    yield f"{margin}{_chain(report)}"
    for quantity in report.quantities:
        yield f"{margin}{quantity.bound} {quantity.value:g} {_text(quantity.unit)}, from {_quoted(quantity.span)}"
    trigger = f"trigger {_quoted(report.trigger)}, rule {_text(report.rule)}, extractor {_text(report.extractor)}"
    yield f"{margin}{trigger}, confidence {report.confidence:g}"
    for decision in report.decisions:
        yield f"{margin}{_text(decision)}"


def _chain(report: Report) -> str:
    """Tell who says it, outermost first."""
    if not report.attribution:
        return "the article itself says so"
    stance = f" ({report.stance})" if report.stance else ""
    return f"according to {', according to '.join(_speaker(speaker) for speaker in report.attribution)}{stance}"


def _speaker(speaker: Speaker) -> str:
    label, words = _text(speaker.label), _text(speaker.span.text)
    return label if label == words else f"{label}, from «{words}»"


def _quoted(span: Span) -> str:
    return f"«{_text(span.text)}»"


def _text(words: str) -> str:
    return harmless(words)
