"""Groups that contradict each other in one point, and agree in so much else that they must be one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from kg.assemble.cluster import Cluster, Member, amounts_contradict, finest, places_contradict, weapons_agree
from kg.assemble.family import Families
from kg.assemble.parties import Match, match, state_of
from kg.assemble.sources import independent_sources
from kg.assemble.verdict import quality
from kg.model import ACTOR, ACTUAL, AFFIRMED, RECIPIENT

# How far the days may lie apart that two articles give to one event: night and time zones shift it by one, and
# who writes «on Sunday» of a weekend by another.
NEAR_DAYS = 2
# Of place, number and weapon two must be the same: hardly two events share both, by one doer and victim in those days.
# Where the one accused is heard, and accuses another, one of them is enough.
ENOUGH = 2


def reconciled(groups: Iterable[Cluster], families: Families) -> list[Cluster]:
    """Join groups of one block that differ in the day alone, or in the doer alone.

    The group with the most independent sources, and among these the one with the best report, takes in the others. Those
    of another day join it as members; those that name another doer become its `rivals`.
    """
    kept: list[Cluster] = []
    particular: list[Cluster] = []
    for group in groups:
        (particular if _keys(group) else kept).append(group)
    heads: dict[tuple[int, object], list[Cluster]] = defaultdict(list)
    for group in sorted(particular, key=lambda g: _rank(g, families)):
        home, slot = next(_homes(group, heads, families), (None, ""))
        if home is None:
            kept.append(group)
            for key in _keys(group):
                heads[key].append(group)
        elif slot == "date":
            home.absorb(group, families)
        else:
            home.rivals += [*group.members, *group.rivals]
            home.articles |= group.articles
    return kept


def _rank(group: Cluster, families: Families) -> tuple[int, tuple[Any, ...]]:
    sources = independent_sources(group.members, families.ontology)
    return -len(sources), min(quality(member) for member in group.members)


def _homes(
    group: Cluster, heads: dict[tuple[int, object], list[Cluster]], families: Families
) -> Iterator[tuple[Cluster, str]]:
    for day, particular in _keys(group):
        for near in sorted(range(day - NEAR_DAYS, day + NEAR_DAYS + 1), key=lambda d: (abs(d - day), d)):
            for head in heads.get((near, particular), ()):
                slot = _only_contradiction(group, head, families)
                if slot is not None:
                    yield head, slot


def _keys(group: Cluster) -> list[tuple[int, object]]:
    """Give the day of a group with each place and number: two groups that can be one share such a particular."""
    if group.window is None or group.window.days != 1:
        return []
    day = group.window.first
    places = sorted(place.id for place in finest(group.places))
    return [*((day, place) for place in places), *((day, amount) for amount in sorted(group.amounts))]


def _only_contradiction(one: Cluster, other: Cluster, families: Families) -> str | None:
    """Give the one point, `date` or `actor`, in which two groups contradict each other, if there is just one."""
    plain = (AFFIRMED, ACTUAL)
    if not (families.related(one.type, other.type) and plain in one.modes and plain in other.modes):
        return None
    if places_contradict(one.places, other.places) or amounts_contradict(one.amounts, other.amounts):
        return None
    shared_place = not {p.id for p in finest(one.places)}.isdisjoint(p.id for p in finest(other.places))
    alike = shared_place + bool(one.amounts & other.amounts) + weapons_agree(one.instruments, other.instruments)
    if alike + _blame_each_other(one, other) < ENOUGH:
        return None
    same_doer = match(one.parties, other.parties, symmetric=families.symmetric(one.type)) is Match.FULL
    if one.window != other.window:
        return "date" if same_doer and one.articles.isdisjoint(other.articles) else None
    apart = one.articles.isdisjoint(other.articles) or _speakers(one).isdisjoint(_speakers(other))
    return "actor" if apart and _other_doer(one, other) and families.contested(one.type) else None


def _other_doer(one: Cluster, other: Cluster) -> bool:
    """Whether the same was done to the same party, and the doers have nothing in common."""
    a, b = one.parties.roles, other.parties.roles
    doers = a.get(ACTOR, {}), b.get(ACTOR, {})
    victims = a.get(RECIPIENT, {}), b.get(RECIPIENT, {})
    return all(doers) and doers[0].keys().isdisjoint(doers[1]) and bool(victims[0]) and victims[0] == victims[1]


def _blame_each_other(one: Cluster, other: Cluster) -> bool:
    """Whether one doer, by the one account, is the speaker of the other, and says that somebody else did it."""
    return any(
        not {state_of(m.report.attribution[0]) for m in a.members if m.report.attribution}.isdisjoint(
            b.parties.roles.get(ACTOR, {})
        )
        for a, b in ((one, other), (other, one))
    )


def _speakers(group: Cluster) -> set[tuple[str, str]]:
    """Give who speaks in each article: the outermost speaker, or the article itself."""
    return {_voice(member) for member in group.members}


def _voice(member: Member) -> tuple[str, str]:
    report = member.report
    return report.article, report.attribution[0].iri if report.attribution else ""
