"""A group of reports → the event that they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.assemble.across import block_of, date_key
from kg.assemble.cluster import Cluster, Member, Mode
from kg.assemble.conflicts import conflicts_of
from kg.assemble.family import Families
from kg.assemble.sources import independent_sources
from kg.assemble.verdict import date_of, fillers_of, mode_of, ranked, speaking
from kg.model import ACTUAL, NEGATED, Conflict, Event, content_hash


def events_of(groups: Iterable[Cluster], families: Families) -> Iterator[Event]:
    """Give the events of the groups of one block.

    The id is a hash of what defines the event: block, class, states in their roles, days, and whether it happened or
    is only expected. It stands while further reports confirm these. Two events of one block that share all of it
    (two ministers' visits on one day) are told apart by a number, in the order of their first reports.
    """
    by_key: dict[str, list[tuple[Cluster, Mode]]] = defaultdict(list)
    for group in groups:
        mode = mode_of(group.members)
        by_key[_key(group, mode, families)].append((group, mode))
    for key, alike in by_key.items():
        alike.sort(key=lambda pair: min(m.place_in_text for m in pair[0].members))
        for number, (group, mode) in enumerate(alike):
            yield _event(content_hash(key, number) if number else content_hash(key), group, mode, families)


def _key(group: Cluster, mode: Mode, families: Families) -> str:
    kind, span = date_key(group)
    days = f"{kind} {span.first}-{span.last}" if span else kind
    happened = "happened" if mode[1] == ACTUAL else "expected"
    parties = group.parties.states(symmetric=families.symmetric(group.type))
    return "\n".join((block_of(group, families), group.type, parties, days, happened))


def _event(ident: str, group: Cluster, mode: Mode, families: Families) -> Event:
    ranking = ranked(group.members, mode)
    best = next(m.report for m in ranked(speaking(group.members), mode))
    supporting = [m for m in group.members if m.mode == mode]
    sources = independent_sources(supporting, families.ontology)
    conflicts = conflicts_of(group.members)
    return Event(
        id=ident,
        type=group.type,
        fillers=fillers_of(ranking, group, symmetric=families.symmetric(group.type)),
        date=date_of(ranking),
        polarity=mode[0],
        modality=mode[1],
        attribution=best.attribution,
        stance=best.stance,
        status=_status(mode, speaking(supporting), sources, conflicts),
        independent_sources=sources,
        reports=tuple(m.report for m in sorted(group.members, key=lambda m: (m.article.id, *m.place_in_text[2:]))),
        conflicts=conflicts,
    )


def _status(mode: Mode, supporting: Sequence[Member], sources: int, conflicts: Iterable[Conflict]) -> str:
    """Give how far the reports bear the event out, as the ontology defines it.

    What has not happened yet has its modality for a status. A contradiction on whether it happened comes before all
    else; two independent sources come before the question whether an article asserts it by itself.
    """
    polarity, modality = mode
    if modality != ACTUAL:
        return modality
    if any(conflict.slot == "polarity" for conflict in conflicts):
        return "disputed"
    if polarity == NEGATED:
        return "denied"
    if sources > 1:
        return "corroborated"
    return "claimed" if all(m.report.attribution for m in supporting) else "reported"
