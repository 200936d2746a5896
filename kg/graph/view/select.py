"""Which events a page shows."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping

from kg.errors import QueryError
from kg.graph.view.period import period
from kg.model import CORE_ROLES, Article, Event, Ontology

Test = Callable[[Event], bool]


def select(
    events: Iterable[Event],
    articles: Mapping[str, Article],
    ontology: Ontology,
    *,
    actor: str | None = None,
    types: Iterable[str] = (),
    since: str | None = None,
    until: str | None = None,
    sources: Iterable[str] = (),
) -> Iterable[Event]:
    """Give the events that pass every filter, in the order in which they come; without a filter, `events` as they are.

    `articles` are by id. `actor` is a label (letter case does not matter) or an IRI, and must be actor or recipient.
    `types` are event classes, each standing for all classes below it. `since` and `until` are EDTF dates: an event
    passes if the days that it covers meet the period, and an undated one does not. `sources` are parts of the name of
    a publisher or of the source of an article, of which one report must come.

    Raises QueryError for an unknown class and for a date that is none.
    """
    tests: list[Test] = []
    if actor:
        tests.append(_by_actor(actor))
    if wanted := {_known(name, ontology) for name in types}:
        tests.append(lambda event: not wanted.isdisjoint(lineage(event.type, ontology)))
    if since or until:
        tests.append(_by_period(since, until))
    if parts := [source.casefold() for source in sources]:
        tests.append(_by_source(parts, articles))
    return [event for event in events if all(test(event) for test in tests)] if tests else events


def lineage(name: str, ontology: Ontology) -> list[str]:
    """Give an event class and its ancestors, nearest first; the class alone if the ontology does not have it."""
    names = [name]
    while (known := ontology.classes.get(names[-1])) and known.parent and known.parent not in names:
        names.append(known.parent)
    return names


def _known(name: str, ontology: Ontology) -> str:
    by_fold = {known.casefold(): known for known in ontology.classes}
    if found := by_fold.get(name.casefold()):
        return found
    near = difflib.get_close_matches(name.casefold(), sorted(by_fold), n=1)
    hint = f"; did you mean {by_fold[near[0]]}?" if near else ""
    raise QueryError(f"{name}: no such event class{hint}")


def _by_actor(actor: str) -> Test:
    wanted = actor.casefold()

    def passes(event: Event) -> bool:
        fillers = (filler for filler in event.fillers if filler.role in CORE_ROLES)
        return any(
            filler.iri == actor
            or filler.label.casefold() == wanted
            or (filler.entity is not None and filler.entity.label.casefold() == wanted)
            for filler in fillers
        )

    return passes


def _by_period(since: str | None, until: str | None) -> Test:
    first = _bound(since, 0) if since else ""
    last = _bound(until, 1) if until else "9999-12-31"

    def passes(event: Event) -> bool:
        days = period(event.date)
        return days is not None and days[1] >= first and days[0] <= last

    return passes


def _bound(edtf: str, side: int) -> str:
    if (days := period(edtf)) is None:
        raise QueryError(f"{edtf}: not a date; write it as 2025, 2025-01 or 2025-01-06")
    return days[side]


def _by_source(parts: list[str], articles: Mapping[str, Article]) -> Test:
    def passes(event: Event) -> bool:
        known = (articles[report.article] for report in event.reports if report.article in articles)
        names = [f"{article.publisher or ''}\n{article.source}".casefold() for article in known]
        return any(part in name for part in parts for name in names)

    return passes
