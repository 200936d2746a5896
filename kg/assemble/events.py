"""A group of reports → the event that they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.assemble.across import block_of, date_key
from kg.assemble.cluster import Cluster, Mode
from kg.assemble.conflicts import conflicts_of
from kg.assemble.family import Families
from kg.assemble.fillers import fillers_of
from kg.assemble.sources import independent_sources
from kg.assemble.status import since, status_of
from kg.assemble.verdict import date_of, mode_of, ranked, speaking
from kg.model import ACTUAL, Event, content_hash


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
    best = speaking(ranking)[0].report
    supporting = [m for m in group.members if m.mode == mode]
    sources = independent_sources(supporting, families.ontology)
    conflicts = conflicts_of(group, families.ontology)
    status = status_of(mode, speaking(supporting), sources, conflicts)
    everyone = [*group.members, *group.rivals]
    return Event(
        id=ident,
        type=group.type,
        fillers=fillers_of(ranking, group, families.ontology, symmetric=families.symmetric(group.type)),
        date=date_of(ranking),
        polarity=mode[0],
        modality=mode[1],
        attribution=best.attribution,
        stance=best.stance,
        status=status,
        independent_sources=len(sources),
        reports=tuple(m.report for m in sorted(everyone, key=lambda m: (m.article.id, *m.place_in_text[2:]))),
        conflicts=conflicts,
        sources=sources,
        status_since=since(status, supporting, everyone, conflicts, families.ontology),
    )
