"""Events and articles as the plain data that the page's script reads.

Offsets become pieces here, because they count code points and JavaScript counts UTF-16 units: a sentence is a list of
`[text, mark]`, where a mark is `t` for the trigger, `a` for an actor or recipient, `f` for any other role, `s` for a
speaker, or empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from kg.graph.view.drawing import family, look
from kg.graph.view.period import period
from kg.graph.view.select import lineage
from kg.model import CORE_ROLES, Article, Conflict, Event, Filler, Ontology, Report, Speaker

Record = dict[str, Any]
Piece = tuple[str, str]

# When marks overlap, the first of these stands.
_MARKS = ("t", "a", "f", "s")


def event_record(event: Event, article_numbers: Mapping[str, int], ontology: Ontology) -> Record:
    """Give an event with all its evidence; `article_numbers` give the place of an article, by id, on the page."""
    return {
        "iri": event.iri,
        "type": event.type,
        "look": look(event),
        "date": event.date,
        "days": period(event.date),
        "polarity": event.polarity,
        "modality": event.modality,
        "stance": event.stance,
        "status": event.status,
        "sources": event.independent_sources,
        "roles": _roles(event.fillers, ontology),
        "speakers": [_speaker(speaker) for speaker in event.attribution],
        "conflicts": [_conflict(conflict, event) for conflict in event.conflicts],
        "reports": [_report(report, article_numbers) for report in event.reports],
    }


def article_record(article: Article) -> Record:
    """Give what the page says of an article. `url` is None unless it is a link that may be followed."""
    return {
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "source": article.source,
        "url": link(article.url),
    }


def class_records(names: Iterable[str], ontology: Ontology) -> dict[str, Record]:
    """Give label and ancestors (nearest first) of event classes and of all above them, without the common root."""
    above = {name: lineage(name, ontology) for name in names}
    known = {top for names_above in above.values() for top in names_above}
    tops = {name for name in ontology.classes if ontology.classes[name].parent is None}
    root = tops if len(tops) == 1 else set()
    return {
        name: {
            "label": ontology.classes[name].label if name in ontology.classes else name,
            "above": [top for top in lineage(name, ontology)[1:] if top not in root],
        }
        for name in sorted(known - root)
    }


def link(url: str | None) -> str | None:
    """Give `url` if it is an absolute http or https address without spaces or control characters, else None."""
    if not url or any(char.isspace() or not char.isprintable() for char in url):
        return None
    try:
        parts = urlsplit(url)
        safe = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return url if safe else None


def pieces(sentence: str, marks: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """Cut a sentence at its marks, which are (start, end, mark) within it."""
    kinds = [""] * len(sentence)
    for start, end, mark in sorted(marks, key=lambda found: -_MARKS.index(found[2])):
        for at in range(max(start, 0), min(end, len(sentence))):
            kinds[at] = mark
    cut: list[Piece] = []
    begin = 0
    for at in range(1, len(sentence) + 1):
        if at == len(sentence) or kinds[at] != kinds[begin]:
            cut.append((sentence[begin:at], kinds[begin]))
            begin = at
    return cut


def _report(report: Report, article_numbers: Mapping[str, int]) -> Record:
    offset = report.sentence.start
    spans = [(report.trigger, "t"), *((speaker.span, "s") for speaker in report.attribution)]
    spans += [(filler.span, "a" if filler.role in CORE_ROLES else "f") for filler in report.fillers]
    marks = [(span.start - offset, span.end - offset, mark) for span, mark in spans]
    return {
        "article": article_numbers.get(report.article),
        "text": pieces(report.sentence.text, marks),
        "start": report.sentence.start,
        "end": report.sentence.end,
        "date": report.date,
        "polarity": report.polarity,
        "modality": report.modality,
        "stance": report.stance,
        "speakers": [_speaker(speaker) for speaker in report.attribution],
        "quantities": [(quantity.bound, f"{quantity.value:,.15g}", quantity.unit) for quantity in report.quantities],
        "rule": report.rule,
        "extractor": report.extractor,
        "confidence": report.confidence,
    }


def _roles(fillers: Iterable[Filler], ontology: Ontology) -> list[Record]:
    return [
        {
            "role": filler.role,
            "iri": filler.iri,
            "label": filler.entity.label if filler.entity else filler.label,
            "family": family(filler.entity.kind, ontology) if filler.entity else None,
        }
        for filler in sorted(fillers)
    ]


def _speaker(speaker: Speaker) -> str:
    return speaker.entity.label if speaker.entity else speaker.label


def _conflict(conflict: Conflict, event: Event) -> Record:
    numbers = {report.id: at for at, report in enumerate(event.reports)}
    sides = zip(conflict.sides, conflict.reports, strict=True)
    return {
        "slot": conflict.slot,
        "sides": [(value, [numbers[report] for report in reports if report in numbers]) for value, reports in sides],
    }
