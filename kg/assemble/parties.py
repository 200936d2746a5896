"""Who takes part: core participants, compared at the level of the state and of the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from kg.model import CORE_ROLES, Filler, Report

# The participants of one role, or of both roles of a symmetric class: state → its organs and people that are named.
# Nobody named means the state itself, which may stand for any of them.
Side = Mapping[str, frozenset[str]]
# Core role → side. A role that nobody fills is absent.
Parties = Mapping[str, Side]


class Match(Enum):
    """How two sets of participants agree."""

    NONE = 0  # they name different parties
    LOOSE = 1  # one names some of the other's parties: enough for a mention that points back
    PART = 2  # one leaves a whole role open, the rest is the same
    FULL = 3  # the same parties in the same roles


def state_of(filler: Filler) -> str:
    """Give the IRI of the state that stands behind a filler, or of the filler itself where there is none."""
    return (filler.entity.state if filler.entity else None) or filler.iri


def parties_of(report: Report) -> Parties:
    """Give the core participants of a report by role."""
    return {role: _side(report.role(role)) for role in CORE_ROLES if report.role(role)}


def joined(one: Parties, other: Parties) -> Parties:
    """Give all participants of both."""
    return {
        role: _joined(one.get(role, {}), other.get(role, {})) for role in CORE_ROLES if role in one or role in other
    }


def pooled(parties: Parties) -> Side:
    """Give the participants of all roles together."""
    together: Side = {}
    for side in parties.values():
        together = _joined(together, side)
    return together


def states(parties: Parties, *, symmetric: bool) -> str:
    """Give the participants at the level of states as one line of text, for keys."""
    if symmetric:
        return " ".join(sorted(pooled(parties)))
    return "|".join(f"{role}={' '.join(sorted(side))}" for role, side in sorted(parties.items()))


def match(one: Parties, other: Parties, *, symmetric: bool) -> Match:
    """Say how the participants of two mentions agree; of a symmetric class, the roles do not count.

    Two people of one state are two parties; a state agrees with any of its organs and people. In a symmetric class a
    mention that names a single party («Japan took part») leaves the rest open, as a missing role does elsewhere;
    between two parties and three there is no such bridge.
    """
    if symmetric:
        return _match_pooled(pooled(one), pooled(other))
    pairs = [(one.get(role, {}), other.get(role, {})) for role in CORE_ROLES]
    if not all(_within(a, b) or _within(b, a) for a, b in pairs):
        return Match.NONE
    if not one or not other:
        return Match.PART
    if all(_same(a, b) for a, b in pairs):
        return Match.FULL
    shared = any(a and b for a, b in pairs)
    return Match.PART if shared and all(not a or not b or _same(a, b) for a, b in pairs) else Match.LOOSE


def _match_pooled(one: Side, other: Side) -> Match:
    if not (_within(one, other) or _within(other, one)):
        return Match.NONE
    if one and _same(one, other):
        return Match.FULL
    return Match.PART if min(len(one), len(other)) <= 1 else Match.LOOSE


def _side(fillers: Iterable[Filler]) -> Side:
    side: dict[str, frozenset[str]] = {}
    for filler in fillers:
        state = state_of(filler)
        side[state] = side.get(state, frozenset()) | ({filler.iri} - {state})
    return side


def _joined(one: Side, other: Side) -> Side:
    return {state: one.get(state, frozenset()) | other.get(state, frozenset()) for state in {*one, *other}}


def _same(one: Side, other: Side) -> bool:
    return one.keys() == other.keys() and all(not one[s] or not other[s] or one[s] == other[s] for s in one)


def _within(small: Side, large: Side) -> bool:
    return all(s in large and (not small[s] or not large[s] or small[s] <= large[s]) for s in small)
