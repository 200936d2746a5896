"""How far the reports of an event bear it out, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.assemble.cluster import Member, Mode
from kg.assemble.sources import independent_sources
from kg.assemble.verdict import speaking
from kg.model import ACTUAL, NEGATED, Conflict, Ontology, Source

REPORTED, CORROBORATED, CLAIMED, DENIED, DISPUTED = "reported", "corroborated", "claimed", "denied", "disputed"

# A contradiction in one of these slots leaves open whether that happened which the event says.
_GRAVE = ("polarity", "actor")


def status_of(mode: Mode, speakers: Sequence[Member], sources: Sequence[Source], conflicts: Iterable[Conflict]) -> str:
    """Give the status of an event, as the ontology defines it. `speakers` are the members that bear it out.

    What has not happened yet has its modality for a status. A contradiction on whether it happened, or who did it, comes
    before all else; two independent sources come before the question whether an article asserts it by itself.
    """
    polarity, modality = mode
    if modality != ACTUAL:
        return modality
    if any(conflict.slot in _GRAVE for conflict in conflicts):
        return DISPUTED
    if polarity == NEGATED:
        return DENIED
    if len(sources) > 1:
        return CORROBORATED
    return CLAIMED if all(m.report.attribution for m in speakers) else REPORTED


def since(
    status: str,
    supporting: Sequence[Member],
    everyone: Iterable[Member],
    conflicts: Iterable[Conflict],
    ontology: Ontology,
) -> str | None:
    """Give the day on which the report was published that gives an event its status, or None where it is not known.

    That is the first article that asserts it of what is reported; the second source of what is corroborated; the
    first report of the second side of what is disputed; of all else the first report that says so.
    """
    if status == DISPUTED:
        return _since_disputed(everyone, conflicts)
    if status == CORROBORATED:
        return _since_corroborated(supporting, ontology)
    heard = speaking(supporting)
    return _first(m for m in heard if status != REPORTED or not m.report.attribution)


def _since_disputed(everyone: Iterable[Member], conflicts: Iterable[Conflict]) -> str | None:
    members = {member.report.id: member for member in everyone}
    days = []
    for conflict in conflicts:
        if conflict.slot in _GRAVE:
            starts = sorted(day or "" for day in (_first(members[r] for r in side) for side in conflict.reports))
            days.append(starts[1] if starts[0] else None)
    return min(filter(None, days), default=None)


def _since_corroborated(supporting: Iterable[Member], ontology: Ontology) -> str | None:
    dated = [(m.article.published, m) for m in supporting if m.article.published]
    for day in sorted({day for day, _ in dated}):
        if len(independent_sources([m for published, m in dated if published <= day], ontology)) > 1:
            return day
    return None


def _first(members: Iterable[Member]) -> str | None:
    return min((m.article.published for m in members if m.article.published), default=None)
