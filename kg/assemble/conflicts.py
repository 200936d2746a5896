"""Where the reports of one event contradict each other. Both sides are kept, nothing is averaged.

There is no conflict of dates: two days are two events, and no rule joins them (`across.groups_of`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from kg.assemble.cluster import Amount, Member, places_differ
from kg.assemble.verdict import speaking
from kg.model import ACTUAL, POLARITIES, Conflict, Entity, Quantity

# Article and outermost speaker: one voice that gives two numbers or two places has counted or gone on, not erred.
_Voice = tuple[str, str]


def conflicts_of(members: Iterable[Member]) -> tuple[Conflict, ...]:
    """Give the conflicts among the reports of an event, sorted."""
    all_of_them = list(members)
    found = [*_of_polarity(all_of_them), *_of_quantity(all_of_them), *_of_place(all_of_them)]
    return tuple(sorted(found))


def _of_polarity(members: list[Member]) -> Iterator[Conflict]:
    """That it happened, and that it did not. Plans and forecasts contradict neither."""
    actual = [m for m in speaking(members) if m.report.modality == ACTUAL]
    sides = {p: [m for m in actual if m.report.polarity == p] for p in POLARITIES}
    if all(sides.values()):
        yield _conflict("polarity", sides)


def _of_quantity(members: list[Member]) -> Iterator[Conflict]:
    """Numbers of the same unit that no one number suits, given by two voices. A toll that rises is no conflict."""
    by_unit: dict[str, dict[tuple[Amount, str], list[Member]]] = defaultdict(lambda: defaultdict(list))
    for member in members:
        for quantity in member.report.quantities:
            amount = Amount.from_quantity(quantity)
            by_unit[amount.unit][amount, _as_text(quantity)].append(member)
    for unit in sorted(by_unit):
        sides: dict[str, list[Member]] = {}
        figures = sorted(by_unit[unit].items(), key=lambda item: item[0])
        for ((low, low_text), below), ((high, high_text), above) in combinations(figures, 2):
            if low.contradicts(high) and _contradict(below, above):
                sides |= {low_text: below, high_text: above}
        if sides:
            yield _conflict("quantity", sides)


def _contradict(below: list[Member], above: list[Member]) -> bool:
    return any(_voice(a) != _voice(b) and not _before(a, b) for a in below for b in above)


def _before(one: Member, other: Member) -> bool:
    first, second = one.article.published, other.article.published
    return first is not None and second is not None and first < second


def _of_place(members: list[Member]) -> Iterator[Conflict]:
    """Places that cannot be the same, given by two voices, where no report names both."""
    named: dict[Entity, list[Member]] = defaultdict(list)
    for member in members:
        for filler in member.report.role("place"):
            if filler.entity is not None and filler.entity.linked:
                named[filler.entity].append(member)
    sides: dict[str, list[Member]] = {}
    for one, other in combinations(sorted(named, key=lambda place: place.id), 2):
        voices = {_voice(m) for m in named[one]}, {_voice(m) for m in named[other]}
        if places_differ(one, other) and voices[0].isdisjoint(voices[1]):
            sides |= {one.label: named[one], other.label: named[other]}
    if sides:
        yield _conflict("place", sides)


def _voice(member: Member) -> _Voice:
    speakers = member.report.attribution
    return member.article.id, speakers[0].iri if speakers else ""


def _as_text(quantity: Quantity) -> str:
    return f"{quantity.bound} {quantity.value:.15g} {quantity.unit}"


def _conflict(slot: str, sides: Mapping[str, list[Member]]) -> Conflict:
    values = tuple(sorted(sides))
    return Conflict(slot, values, tuple(tuple(sorted({m.report.id for m in sides[v]})) for v in values))
