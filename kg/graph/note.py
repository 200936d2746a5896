"""An event as a note for people: what, how sure and since when, who contradicts whom, and every sentence behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, zip_longest

from kg.graph.rdf import edges, event_label
from kg.graph.table import display_width, harmless
from kg.model import AFFIRMED, CORE_ROLES, Article, Conflict, Event, Filler, Ontology, Report, Span, Speaker

_MARGIN = " " * 6

# Reports by number: [1] is the first to be published.
Numbers = Mapping[str, int]


def note(event: Event, articles: Mapping[str, Article], ontology: Ontology) -> Iterator[str]:
    """Give the lines of the note on an event; `articles` are by id."""
    reports = sorted(
        event.reports, key=lambda r: (articles[r.article].published or "~", r.article, r.sentence, r.trigger, r.id)
    )
    numbers = {report.id: number for number, report in enumerate(reports, 1)}
    yield _text(event_label(event))
    yield f"  {_standing(event, numbers)}"
    yield from _aligned([*_roles(event), *_about(event, ontology)])
    for conflict in event.conflicts:
        yield ""
        yield from _conflict(conflict, {report.id: report for report in reports}, numbers, articles)
    for (article, sentence, said), of in groupby(reports, key=lambda r: (r.article, r.sentence, _said(r, event))):
        yield ""
        yield from _evidence(list(of), articles[article], sentence, said, numbers)


def _standing(event: Event, numbers: Numbers) -> str:
    """Tell the status, since when, and to whom it goes back."""
    negated = event.polarity != AFFIRMED and event.status != "denied"
    since = f" since {event.status_since}" if event.status_since else ""
    count = f"{event.independent_sources} independent source{'' if event.independent_sources == 1 else 's'}"
    named = ", ".join(f"{_text(source.label)} {_cited(source.reports, numbers)}" for source in event.sources)
    return f"{event.status}{since}{', held not to be so' if negated else ''}; {count}{': ' if named else ''}{named}"


def _cited(reports: Iterable[str], numbers: Numbers) -> str:
    return f"[{', '.join(str(number) for number in sorted(numbers[r] for r in reports))}]"


def _aligned(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = max((len(name) for name, _ in rows), default=0)
    yield from (f"  {name:<{width}}  {_text(text)}" for name, text in rows)


def _roles(event: Event) -> Iterator[tuple[str, str]]:
    ordered = sorted(event.fillers, key=lambda filler: (filler.role not in CORE_ROLES, filler.role))
    yield from ((filler.role, _filler(filler)) for filler in ordered)


def _filler(filler: Filler) -> str:
    if filler.entity is None:
        return _in_words(filler.label, filler.span)
    codes = [filler.entity.kind, *([filler.entity.iso3] if filler.entity.iso3 else [])]
    return f"{_in_words(filler.label, filler.span)} ({', '.join(codes)}) <{filler.entity.id}>"


def _in_words(label: str, span: Span) -> str:
    """Give a name, and how the article has it where that differs."""
    return label if label == span.text else f"{label}, here «{span.text}»"


def _about(event: Event, ontology: Ontology) -> Iterator[tuple[str, str]]:
    kind = ontology.classes.get(event.type)
    yield "class", f"{event.type}, PLOVER {kind.plover}" if kind and kind.plover else event.type
    labels = {filler.iri: filler.label for filler in event.fillers}
    for subject, name, obj in edges(event, ontology):
        yield "edge", f"{labels[subject]} {name} {labels[obj]}"
    yield "event", event.iri


def _conflict(
    conflict: Conflict, reports: Mapping[str, Report], numbers: Numbers, articles: Mapping[str, Article]
) -> Iterator[str]:
    """Give the sides of a conflict side by side, each a column of those who hold to it."""
    columns = [
        [value, *_held(sorted(held, key=numbers.__getitem__), reports, numbers, articles)]
        for value, held in zip(conflict.sides, conflict.reports, strict=True)
    ]
    cells = [[_text(cell) for cell in column] for column in columns]
    widths = [max(map(display_width, column)) for column in cells]
    yield f"  reports contradict each other on the {conflict.slot}:"
    for row in zip_longest(*cells, fillvalue=""):
        yield (
            "    "
            + "   ".join(
                f"{cell}{' ' * (width - display_width(cell))}" for cell, width in zip(row, widths, strict=True)
            ).rstrip()
        )


def _held(
    side: Iterable[str], reports: Mapping[str, Report], numbers: Numbers, articles: Mapping[str, Article]
) -> Iterator[str]:
    """Give who holds to a side of a conflict, each voice once."""
    voices: dict[str, list[str]] = {}
    for ident in side:
        voices.setdefault(_voice(reports[ident], articles), []).append(ident)
    yield from (f"{_cited(of, numbers)} {voice}" for voice, of in voices.items())


def _voice(report: Report, articles: Mapping[str, Article]) -> str:
    """Give who says it and where: «Mark Rutte in Northern Dispatch, 2024-10-29»."""
    article = articles[report.article]
    where = article.publisher or article.source
    who = f"{report.attribution[0].label} in {where}" if report.attribution else where
    return f"{who}, {article.published}" if article.published else who


def _evidence(
    reports: Sequence[Report], article: Article, sentence: Span, said: str, numbers: Numbers
) -> Iterator[str]:
    """Tell what one sentence reports, perhaps in two words of it: source, sentence, who says so, how it was found."""
    heading = ", ".join(part for part in (article.publisher, article.published, article.title) if part)
    yield f"  {_cited((r.id for r in reports), numbers)} {_text(heading or article.source)}"
    yield f"{_MARGIN}«{_text(sentence.text)}»"
    yield f"{_MARGIN}{_text(said)}"
    yield from (f"{_MARGIN}{_text('; '.join([_found(report), *report.decisions]))}" for report in reports)
    place = f"{article.source}:{sentence.start}–{sentence.end}"
    yield f"{_MARGIN}{_text(' '.join([place, *filter(None, [article.url])]))}"


def _said(report: Report, event: Event) -> str:
    return "; ".join([_chain(report), *_peculiar(report, event)])


def _chain(report: Report) -> str:
    """Tell who says it, the innermost first: «South Korea's military says, according to a news agency»."""
    if not report.attribution:
        return "in its own voice"
    *outer, speaker = map(_speaker, report.attribution)
    says = f" ({report.stance})" if report.stance else ""
    return ", ".join([f"according to {speaker}{says}", *(f"as told by {relay}" for relay in reversed(outer))])


def _speaker(speaker: Speaker) -> str:
    return _in_words(speaker.label, speaker.span)


def _peculiar(report: Report, event: Event) -> Iterator[str]:
    """Give what sets a report off from its event, and the numbers that it has."""
    if report.type != event.type:
        yield report.type
    if report.polarity != event.polarity:
        yield report.polarity
    if report.modality != event.modality:
        yield report.modality
    if report.date and report.date != event.date:
        yield report.date
    for quantity in report.quantities:
        yield f"{quantity.figure}, here «{quantity.span.text}»"


def _found(report: Report) -> str:
    return f"by «{report.trigger.text}», rule {report.rule} of {report.extractor}, confidence {report.confidence:g}"


def _text(words: str) -> str:
    return harmless(words)
