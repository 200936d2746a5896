"""Events, articles and facts as the plain data that the page's script reads.

Offsets become pieces here, because they count code points and JavaScript counts UTF-16 units: a sentence is a list of
`[text, mark]`, where a mark is `t` for the trigger, `a` for an actor or recipient, `f` for any other role, `s` for a
speaker, and of bare text. What has the value that `data.js` takes for granted is left out, and what many say alike is
in a table, so that a page stays small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from kg.graph.view.drawing import STATED, look
from kg.graph.view.period import period
from kg.graph.view.select import lineage
from kg.graph.view.tables import Stated, Tables, entity_key, fact_content, filler_key
from kg.model import CORE_ROLES, Article, Conflict, Event, Ontology, Report, Speaker

Record = dict[str, Any]
Piece = tuple[str, str]

# When marks overlap, the first of these stands.
_MARKS = ("t", "a", "f", "s")
_EMPTY: tuple[object, ...] = (None, "", [], {})
_DEFAULTS = {"polarity": "affirmed", "modality": "actual", "extractor": "rules", "look": "actual"}


def event_record(event: Event, tables: Tables) -> Record:
    """Give an event with all its evidence."""
    roles: dict[str, list[int]] = {}
    for filler in sorted(event.fillers):
        roles.setdefault(filler.role, []).append(tables.entity_numbers[filler_key(filler)])
    return lean(
        id=event.id,
        type=event.type,
        look=look(event),
        date=event.date,
        days=period(event.date),
        polarity=event.polarity,
        modality=event.modality,
        status=event.status,
        since=event.status_since,
        sources=event.independent_sources,
        origins=[source.label for source in event.sources],
        roles={role: list(dict.fromkeys(numbers)) for role, numbers in roles.items()},
        speakers=[_speaker(speaker) for speaker in event.attribution],
        conflicts=[_conflict(conflict, event) for conflict in event.conflicts],
        reports=[_report(report, tables) for report in event.reports],
    )


def statement_record(one: Stated, tables: Tables) -> Record:
    """Give a triple in the form of an event between two parties."""
    ends = {"actor": [tables.entity_numbers[one.subject]], "recipient": [tables.entity_numbers[one.object]]}
    return lean(type=one.type, look=STATED, status=STATED, roles=ends)


def article_record(article: Article) -> Record:
    """Give what the page says of an article. `url` is left out unless it is a link that may be followed."""
    return lean(
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        source=article.source,
        url=link(article.url),
    )


def fact_records(tables: Tables) -> list[Record]:
    """Give each fact once, with the sentences that say so."""
    return [
        lean(
            subject=tables.entity_numbers[entity_key(facts[0].subject)],
            predicate=facts[0].predicate,
            object=tables.entity_numbers[entity_key(facts[0].object)],
            title=facts[0].title,
            evidence=[[tables.article_numbers.get(fact.article), fact.sentence.text] for fact in facts],
        )
        for facts in (list(group) for _, group in groupby(tables.facts, key=fact_content))
    ]


def class_records(names: Iterable[str], ontology: Ontology) -> dict[str, Record]:
    """Give label, ancestors (nearest first) and meaning of event classes and of all above them, without the root."""
    above = {name: lineage(name, ontology) for name in names}
    known = {top for names_above in above.values() for top in names_above}
    tops = {name for name in ontology.classes if ontology.classes[name].parent is None}
    root = tops if len(tops) == 1 else set()
    return {
        name: {
            "label": ontology.classes[name].label if name in ontology.classes else name,
            "above": [top for top in lineage(name, ontology)[1:] if top not in root],
            "means": ontology.definitions.get(name, ""),
        }
        for name in sorted(known - root)
    }


def status_records(names: Iterable[str], ontology: Ontology) -> dict[str, str]:
    """Give what statuses mean, in a sentence each."""
    return {name: ontology.definitions[name] for name in sorted(set(names)) if name in ontology.definitions}


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
    return list(_runs(sentence, kinds))


def lean(**values: object) -> Record:
    """Give a record without what the page takes for granted."""
    return {name: value for name, value in values.items() if value not in _EMPTY and _DEFAULTS.get(name) != value}


def _runs(sentence: str, kinds: Sequence[str]) -> Iterator[Piece]:
    begin = 0
    for at in range(1, len(sentence) + 1):
        if at == len(sentence) or kinds[at] != kinds[begin]:
            yield sentence[begin:at], kinds[begin]
            begin = at


def _report(report: Report, tables: Tables) -> Record:
    offset = report.sentence.start
    spans = [(report.trigger, "t"), *((speaker.span, "s") for speaker in report.attribution)]
    spans += [(filler.span, "a" if filler.role in CORE_ROLES else "f") for filler in report.fillers]
    marks = [(span.start - offset, span.end - offset, mark) for span, mark in spans]
    return lean(
        article=tables.article_numbers.get(report.article),
        text=[(text, mark) if mark else text for text, mark in pieces(report.sentence.text, marks)],
        start=report.sentence.start,
        date=report.date,
        polarity=report.polarity,
        modality=report.modality,
        stance=report.stance,
        speakers=[_speaker(speaker) for speaker in report.attribution],
        quantities=[(quantity.bound, f"{quantity.value:,.15g}", quantity.unit) for quantity in report.quantities],
        rule=tables.rule_numbers[report.rule],
        extractor=report.extractor,
        confidence=report.confidence,
    )


def _speaker(speaker: Speaker) -> str:
    return speaker.entity.label if speaker.entity else speaker.label


def _conflict(conflict: Conflict, event: Event) -> Record:
    numbers = {report.id: at for at, report in enumerate(event.reports)}
    sides = zip(conflict.sides, conflict.reports, strict=True)
    return {
        "slot": conflict.slot,
        "sides": [(value, [numbers[report] for report in reports if report in numbers]) for value, reports in sides],
    }
