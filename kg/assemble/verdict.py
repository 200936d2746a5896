"""What the reports of an event say together: polarity, modality, date; and which of them says it best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kg.assemble.cluster import Member, Mode
from kg.assemble.dates import window
from kg.assemble.parties import state_of
from kg.model import ACTUAL, AFFIRMED, CORE_ROLES, NEGATED


def speaking(members: Iterable[Member]) -> list[Member]:
    """Give the members whose polarity, modality and attribution count.

    «The launch» takes for granted what another sentence says, and a headline is short for it. Only where there are no
    others do such members count themselves.
    """
    all_of_them = list(members)
    return [m for m in all_of_them if not m.takes_for_granted] or all_of_them


def mode_of(members: Iterable[Member]) -> Mode:
    """Give the polarity and modality of an event.

    A plain report by anyone makes it a plain event; so a denial leaves it affirmed, and disputed. Except where no
    article asserts it and one says by itself that it did not happen: then it is negated. Without a plain report, that
    of the best report counts, and not the most frequent, or copies could outvote it.
    """
    heard = speaking(members)
    plain = [m.report for m in heard if m.report.is_plain]
    refuted = any(m.mode == (NEGATED, ACTUAL) and not m.report.attribution for m in heard)
    if plain:
        asserted = any(not report.attribution for report in plain)
        return (NEGATED, ACTUAL) if refuted and not asserted else (AFFIRMED, ACTUAL)
    return ranked(heard)[0].mode


def ranked(members: Iterable[Member], mode: Mode | None = None) -> list[Member]:
    """Give members by how well they show the event, the best first.

    In this order: those of the event's own polarity and modality; those that name more parties; those that do not
    point back; those in the body; those that the article asserts by itself, as then it needs no speaker; those
    that fill more roles, give more numbers, and name things in more words («medium-range ballistic missile» before
    «missile»); the more confident; the earlier.
    """
    return sorted(members, key=lambda m: (mode is not None and m.mode != mode, quality(m)))


def date_of(ranking: Sequence[Member]) -> str | None:
    """Give the most precise date, as the best report that has it writes it."""
    dated = [(m.report.date, window(m.report.date)) for m in ranking if m.report.date]
    readable = [(span.days, n, date) for n, (date, span) in enumerate(dated) if span is not None]
    return min(readable)[2] if readable else dated[0][0] if dated else None


def quality(member: Member) -> tuple[Any, ...]:
    """Give a key by which the report that shows an event best comes first; see `ranked`."""
    report = member.report
    return (
        -len({(filler.role, state_of(filler)) for filler in report.fillers if filler.role in CORE_ROLES}),
        report.anaphoric,
        member.in_title,
        bool(report.attribution),
        -len({filler.role for filler in report.fillers}),
        -len(report.quantities),
        -sum(len(filler.label.split()) for filler in report.fillers),
        -report.confidence,
        member.place_in_text,
    )
