"""Where the reports of one event contradict each other. Both sides are kept, nothing is averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from kg.assemble.cluster import Amount, Cluster, Member, finest, places_differ, places_of
from kg.assemble.dates import window
from kg.assemble.parties import has_name, state_of
from kg.assemble.verdict import ranked, speaking
from kg.model import ACTOR, ACTUAL, POLARITIES, Conflict, Entity, Ontology, slug

# Values of a slot with the members that hold to each.
Sides = Mapping[str, list[Member]]


def conflicts_of(group: Cluster, ontology: Ontology) -> tuple[Conflict, ...]:
    """Give the conflicts among the reports of an event, sorted."""
    members = group.members
    slots: list[tuple[str, Sides]] = [
        ("polarity", _polarities(members)),
        *(("quantity", sides) for sides in _quantities(members)),
        ("date", _days(members)),
        ("place", _places(members, ontology)),
        ("actor", _doers(group)),
    ]
    return tuple(sorted(_conflict(slot, sides) for slot, sides in slots if len(sides) > 1))


def _polarities(members: list[Member]) -> Sides:
    """That it happened, and that it did not. Plans and forecasts contradict neither."""
    actual = [m for m in speaking(members) if m.report.modality == ACTUAL]
    sides = {p: [m for m in actual if m.report.polarity == p] for p in POLARITIES}
    return {polarity: of for polarity, of in sides.items() if of}


def _quantities(members: list[Member]) -> Iterator[Sides]:
    """Numbers of one unit that no one number suits. A toll that rises is no conflict."""
    by_unit: dict[str, dict[tuple[Amount, str], list[Member]]] = defaultdict(lambda: defaultdict(list))
    for member in members:
        for quantity in member.report.quantities:
            amount = Amount.from_quantity(quantity)
            by_unit[amount.unit][amount, quantity.figure].append(member)
    for unit in sorted(by_unit):
        sides: dict[str, list[Member]] = {}
        figures = sorted(by_unit[unit].items(), key=lambda item: item[0])
        for ((low, low_text), below), ((high, high_text), above) in combinations(figures, 2):
            if low.contradicts(high) and any(not _is_update(a, b) for a in below for b in above):
                sides |= {low_text: below, high_text: above}
        yield sides


def _is_update(lower: Member, higher: Member) -> bool:
    """Whether a number may have risen to the higher one: one article counts on, or a later article knows more.

    Two speakers who are known by name, and do not speak for one state, do not bring each other up to date: they differ.
    """
    one, other = _voice(lower), _voice(higher)
    if one == other and lower.article.id == higher.article.id:
        return True
    first, second = lower.article.published, higher.article.published
    if first is None or second is None or first > second:
        return False
    rivals = one != other and _is_known(lower) and _is_known(higher)
    return not rivals and (first < second or one == other)


def _voice(member: Member) -> str:
    """Give who speaks: the state or name of the outermost speaker, or else the publisher, or the article."""
    article = member.article
    if not member.report.attribution:
        return f"publisher {slug(article.publisher)}" if article.publisher else f"article {article.id}"
    return state_of(member.report.attribution[0])


def _is_known(member: Member) -> bool:
    return bool(member.report.attribution) and has_name(state_of(member.report.attribution[0]))


def _days(members: list[Member]) -> Sides:
    """Single days that differ: only `rivals.py` brings such reports together."""
    sides: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        span = window(member.report.date)
        if member.report.date and span is not None and span.days == 1:
            sides[member.report.date].append(member)
    return sides


def _places(members: list[Member], ontology: Ontology) -> Sides:
    """Places that cannot be the same, given by two voices, where no report names both."""
    named: dict[Entity, list[Member]] = defaultdict(list)
    for member in members:
        for place in finest(places_of(member.report, ontology)):
            named[place].append(member)
    sides: dict[str, list[Member]] = {}
    for one, other in combinations(sorted(named, key=lambda place: place.id), 2):
        voices = [{(m.article.id, _voice(m)) for m in named[place]} for place in (one, other)]
        if places_differ(one, other) and voices[0].isdisjoint(voices[1]):
            sides |= {one.label: named[one], other.label: named[other]}
    return sides


def _doers(group: Cluster) -> Sides:
    """Those of whom some say that they did it, and those of whom others do."""
    if not group.rivals:
        return {}
    by_states: dict[frozenset[str], list[Member]] = defaultdict(list)
    for member in ranked([*group.members, *group.rivals]):
        if doers := member.report.role(ACTOR):
            by_states[frozenset(map(state_of, doers))].append(member)
    return {", ".join(sorted({f.label for f in of[0].report.role(ACTOR)})): of for of in by_states.values()}


def _conflict(slot: str, sides: Sides) -> Conflict:
    values = tuple(sorted(sides))
    return Conflict(slot, values, tuple(tuple(sorted({m.report.id for m in sides[v]})) for v in values))
