"""Who takes part: core participants, compared at the level of the state and of the person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import reduce

from kg.iris import data_iri
from kg.model import CORE_ROLES, Filler, Ontology, Report, Speaker, slug

# The participants of one role, or of all roles together: state → its organs and people that are named.
# Nobody named means the state itself, which may stand for any of them. A town or region that is a party («shelled Lviv»)
# is its state here: which town it is, is a matter of place.
Side = Mapping[str, frozenset[str]]


# Entities of these kinds may belong to a state, and do not stand for it.
_ON_THEIR_OWN = frozenset({"State", "ArmedGroup", "PoliticalParty", "Company", "MediaOutlet", "Organisation"})
# Who has no name is known by the article and a description.
_NAMELESS = re.compile(re.escape(data_iri("entity", "")) + "[0-9a-f]{16}/")


class Match(Enum):
    """How two sets of participants agree."""

    NONE = 0  # they name different parties
    LOOSE = 1  # one names some of the other's parties: enough for a mention that points back
    PART = 2  # one leaves a whole role open, the rest is the same
    FULL = 3  # the same parties in the same roles


@dataclass(frozen=True, slots=True)
class Parties:
    """The core participants by role, where a role that nobody fills is absent, and all of them `together`."""

    roles: Mapping[str, Side]
    together: Side

    @classmethod
    def from_report(cls, report: Report, ontology: Ontology) -> Parties:
        """Make the parties of one report."""
        sides = {role: _side(report.role(role), ontology) for role in CORE_ROLES}
        return cls._from_roles({role: side for role, side in sides.items() if side})

    @classmethod
    def _from_roles(cls, roles: Mapping[str, Side]) -> Parties:
        return cls(roles, reduce(_joined, roles.values(), {}))

    def joined(self, other: Parties) -> Parties:
        """Give all participants of both."""
        if self == other:
            return self
        roles = [role for role in CORE_ROLES if role in self.roles or role in other.roles]
        return self._from_roles({role: _joined(self.roles.get(role, {}), other.roles.get(role, {})) for role in roles})

    def states(self, *, symmetric: bool) -> str:
        """Give the participants at the level of states as one line of text, for keys."""
        if symmetric:
            return " ".join(sorted(self.together))
        return "|".join(f"{role}={' '.join(sorted(side))}" for role, side in sorted(self.roles.items()))


def state_of(who: Filler | Speaker) -> str:
    """Give the state that somebody stands for, and otherwise who it is: an IRI.

    Organs and representatives stand for a state, and towns and regions of it; an armed group, a party, a company and a
    territory act for themselves. Somebody without a name («the market», «local rescuers», «34 people»), who is only known
    in his own article, goes by the last word of the description, so that articles can speak of the same one.
    """
    entity = who.entity
    if entity is None or _NAMELESS.match(entity.id):
        return f"~{slug(who.label).rpartition('-')[2]}"
    return (entity.state if entity.kind not in _ON_THEIR_OWN else None) or entity.id


def has_name(party: str) -> bool:
    """Whether what `state_of` gave is somebody with a name."""
    return not party.startswith("~")


def is_place(filler: Filler, ontology: Ontology) -> bool:
    """Whether a town, a region or waters fill the role."""
    return filler.entity is not None and ontology.is_a(filler.entity.kind, "Place")


def match(one: Parties, other: Parties, *, symmetric: bool) -> Match:
    """Say how the participants of two mentions agree; of a symmetric class, the roles do not count.

    Two people of one state are two parties; a state agrees with any of its organs and people. In a symmetric class a
    mention that names a single party («Japan took part») leaves the rest open, as a missing role does elsewhere;
    between two parties and three there is no such bridge.
    """
    if not one.roles or not other.roles:
        return Match.PART
    if symmetric:
        return _match_sides(one.together, other.together)
    pairs = [(one.roles.get(role, {}), other.roles.get(role, {})) for role in CORE_ROLES]
    if not all(_within(a, b) or _within(b, a) for a, b in pairs):
        return Match.NONE
    if all(_same(a, b) for a, b in pairs):
        return Match.FULL
    shared = any(a and b for a, b in pairs)
    return Match.PART if shared and all(not a or not b or _same(a, b) for a, b in pairs) else Match.LOOSE


def _match_sides(one: Side, other: Side) -> Match:
    if not (_within(one, other) or _within(other, one)):
        return Match.NONE
    if _same(one, other):
        return Match.FULL
    return Match.PART if min(len(one), len(other)) == 1 else Match.LOOSE


def _side(fillers: Iterable[Filler], ontology: Ontology) -> Side:
    side: dict[str, frozenset[str]] = {}
    for filler in fillers:
        state = state_of(filler)
        named = {filler.iri} - {state} if has_name(state) and not is_place(filler, ontology) else set()
        side[state] = side.get(state, frozenset()) | named
    return side


def _joined(one: Side, other: Side) -> Side:
    return {state: one.get(state, frozenset()) | other.get(state, frozenset()) for state in {*one, *other}}


def _same(one: Side, other: Side) -> bool:
    return one.keys() == other.keys() and all(not one[s] or not other[s] or one[s] == other[s] for s in one)


def _within(small: Side, large: Side) -> bool:
    return all(s in large and (not small[s] or not large[s] or small[s] <= large[s]) for s in small)
