"""Events as a flat table, for spreadsheets: one row an event."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import TextIO

from kg.graph.jsonl import country_code
from kg.graph.table import harmless
from kg.model import ACTOR, RECIPIENT, Article, Event, Filler, Ontology

COLUMNS = (
    "id", "type", "plover", "date", "status", "polarity", "modality", "stance", "actors", "actor_countries",
    "recipients", "recipient_countries", "instruments", "places", "attribution", "conflicts", "reports",
    "independent_sources", "quote", "publisher", "published", "source",
)  # fmt: skip

# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@")


def write_csv(
    events: Iterable[Event],
    articles: Mapping[str, Article],
    ontology: Ontology,
    countries: Mapping[str, str],
    stream: TextIO,
) -> None:
    """Write a header and a row for each event, as UTF-8 text with LF.

    Several values of one cell are set apart by «; ». Control characters are taken out, and a cell that a spreadsheet
    would run begins with an apostrophe: for the exact words use `jsonl`.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for event in events:
        writer.writerow(_cell(value) for value in _row(event, articles[event.reports[0].article], ontology, countries))


def _row(event: Event, article: Article, ontology: Ontology, countries: Mapping[str, str]) -> tuple[object, ...]:
    kind = ontology.classes.get(event.type)
    actors, recipients = event.role(ACTOR), event.role(RECIPIENT)
    return (
        event.id, event.type, kind.plover if kind else None, event.date, event.status, event.polarity, event.modality,
        event.stance, _labels(actors), _countries(actors, countries), _labels(recipients),
        _countries(recipients, countries), _labels(event.role("instrument")), _labels(event.role("place")),
        _joined(speaker.label for speaker in event.attribution), _joined(c.slot for c in event.conflicts),
        len(event.reports), event.independent_sources, event.reports[0].sentence.text, article.publisher,
        article.published, article.source,
    )  # fmt: skip


def _labels(fillers: Iterable[Filler]) -> str:
    return _joined(filler.label for filler in fillers)


def _countries(fillers: Iterable[Filler], countries: Mapping[str, str]) -> str:
    return _joined(country_code(filler.entity, countries) or "" for filler in fillers)


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _cell(value: object) -> str:
    text = "" if value is None else harmless(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
