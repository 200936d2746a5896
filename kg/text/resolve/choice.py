"""Which of its readings a known name has: by the state that owns it, the place that it stands beside, and the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Entity
from kg.text.gazetteer import ACRONYM, BESIDE, CAPITAL, NAME, SURNAME, Entry, Match
from kg.text.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Bodies of which each state has its own, so that «the Mexican Senate» cannot mean that of another state.
_BODIES = frozenset({"Government", "Ministry", "ArmedForces", "IntelligenceAgency", "Organisation"})
_OF_STATES = frozenset({"Ministry", "ArmedForces", "IntelligenceAgency"})  # bodies that only states have
_STATE_OFFICES = frozenset({"head_of_state", "head_of_government", "defence_minister"})
_PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})  # the recogniser's
_NEAR = 4  # words in «, the capital of the …»
_MARGIN = 2  # how many times more often the state of a rare reading must be named than that of the usual one
_COMMON = 2  # a rare reading needs its state named at least once for each so many namings of the leading state


class Context(NamedTuple):
    """What a whole article says that helps to read a name in it.

    `states` counts the states that it speaks of, by IRI; `people` are the known ones whom it names in full, `others` the
    first and last names of people in it whom no table has.
    """

    states: Counter[str]
    people: frozenset[str] = frozenset()
    others: frozenset[tuple[str, str]] = frozenset()


class Names:
    """The known names of one block of an article."""

    def __init__(self, doc: Doc, matches: list[Match], context: Context, lexicon: Lexicon) -> None:
        self._doc = doc
        self._starts = {match.start: match for match in matches}
        self._ends = {match.end: match for match in matches if not self._is_fragment(match)}
        self._context = context
        self._cues = lexicon.cues
        self._organs = lexicon.nominals["organ"]
        self._titles = lexicon.nominals["title"]

    def choose(self, match: Match) -> Entry | None:
        """Give the reading of a name, or nothing where no reading fits."""
        beside = (
            self._beside_town(match)
            or self._called_region(match)
            or self._town_of(match)
            or self._called_capital(match)
        )
        if beside is not None:
            return beside
        if self._is_namesake(match):
            return None
        owner = self._owner_before(match) or self._owner_after(match)
        usual = match.entries[: match.likely]
        readings = [e for e in match.entries if (e in usual or self._may_be(match, e)) and self._has_support(match, e)]
        if owner:
            own = [e for e in readings if e.entity.state == owner]
            fitting = own or [e for e in readings if e in usual and not _is_of_other(e, owner)]
        elif self._is_sovereign(match):
            fitting = [e for e in readings if e.entity.kind == "State"] or readings
        else:
            fitting = [e for e in readings if e in usual or self._is_near(e)]
        first = fitting[0] if fitting else None
        best = max(fitting, key=self._weight, default=None)
        if first is None or best is None or first not in usual or best in usual:
            return best
        return best if self._weight(best) >= self._weight(first) + _MARGIN else first

    def _is_fragment(self, match: Match) -> bool:
        """Whether a match is but the end of a longer name that nobody knows: «Springs» of «Saratoga Springs»."""
        before = self._doc[match.start - 1] if match.start else None
        rare = all(entry.form == BESIDE for entry in match.entries)
        return rare and before is not None and before.dep_ == "compound" and before.pos_ == "PROPN"

    def is_town_of(self, match: Match, entry: Entry) -> bool:
        """Whether a capital is set beside its state or region, so that it is a town only: «Taipei, Taiwan»."""
        after = self._starts.get(match.end + 1)
        return (
            entry.form == CAPITAL
            and after is not None
            and self._doc[match.end].text == ","
            and any(other.entity.id == entry.entity.id for other in after.entries)
        )

    def _may_be(self, match: Match, entry: Entry) -> bool:
        """Whether a rare reading comes into question: a town needs a sign that the words are a place («Lincoln», «Perm»)."""
        if entry.form == BESIDE:
            return False
        types = {token.ent_type_ for token in self._doc[match.start : match.end]}
        if entry.entity.kind != "City":
            return entry.entity.kind == "Person" or "PERSON" not in types
        before = self._doc[match.start - 1].lower_ if match.start else ""
        return bool(types & _PLACE_TYPES) or before in self._cues["setting_prepositions"]

    def _has_support(self, match: Match, entry: Entry) -> bool:
        """Whether a bare last name may mean a known person: the article names him in full, with his title, or his state."""
        if entry.form != SURNAME or entry.entity.id in self._context.people:
            return True
        last, own = self._doc[match.end - 1].text, entry.entity.label.split()[0]
        if any(surname == last and first != own for first, surname in self._context.others):
            return False
        before = self._doc[match.start - 1].lower_ if match.start else ""
        return before in self._titles or self._weight(entry) > 0

    def _is_sovereign(self, match: Match) -> bool:
        """Whether a ministry, army or head of government follows, as only states have: «Georgia's foreign ministry»."""
        doc, start = self._doc, match.end + 1
        if start >= len(doc) or doc[match.end].tag_ != "POS":
            return False
        names = [doc[start:end].text.lower() for end in range(start + 1, min(start + _NEAR, len(doc) + 1))]
        return any(self._organs.get(n) in _OF_STATES or self._titles.get(n) in _STATE_OFFICES for n in names)

    def _weight(self, entry: Entry) -> int:
        return self._context.states[entry.entity.state or entry.entity.id]

    def _is_near(self, entry: Entry) -> bool:
        """Whether the article speaks of the state of a rare reading, and not mainly of others."""
        most = max(self._context.states.values(), default=0)
        return self._weight(entry) > 0 and most <= _COMMON * self._weight(entry)

    def _beside_town(self, match: Match) -> Entry | None:
        """Give the region or state of the town before it: «Seattle, Washington», «Tbilisi, Georgia»."""
        if match.start < 2 or self._doc[match.start - 1].text != ",":
            return None
        before = self._ends.get(match.start - 1)
        if before is None:
            return self._beside_unknown_town(match)
        towns = [town for e in before.entries if (town := e.place or e.entity).kind == "City"]
        regions = [e for town in towns for e in match.entries if _is_region_of(e, town)]
        states = [e for town in towns for e in match.entries if e.entity.id == town.state and e.form != CAPITAL]
        return next(iter(regions + states), None)

    def _beside_unknown_town(self, match: Match) -> Entry | None:
        """Give the region rather than its city after a place that is not known: «Saranac Lake, New York»."""
        places = [e.place or e.entity for e in match.entries]
        if self._doc[match.start - 2].ent_type_ not in _PLACE_TYPES or not any(p.kind == "City" for p in places):
            return None
        return next((e for e in match.entries if e.entity.kind == "Region"), None)

    def _town_of(self, match: Match) -> Entry | None:
        """Give the town that lies in the region or state after it: «Acre, Israel», «Salem, Oregon»."""
        after = self._starts.get(match.end + 1)
        if after is None or self._doc[match.end].text != ",":
            return None
        towns = [e for e in match.entries if e.form == CAPITAL or e.entity.kind == "City"]
        in_region = [e for e in towns if any(_is_region_of(wider, e.place or e.entity) for wider in after.entries)]
        states = {wider.entity.id for wider in after.entries if wider.form != CAPITAL}
        in_state = [e for e in towns if (e.place or e.entity).state in states]
        return next(iter(in_region or (in_state if after.entries[0].entity.kind == "State" else [])), None)

    def _is_namesake(self, match: Match) -> bool:
        """Whether the place after it says that another town is meant: «Paris, Texas», «Lagos, Portugal,»."""
        doc, after = self._doc, self._starts.get(match.end + 1)
        town = match.entries[0].place or match.entries[0].entity
        if after is None or doc[match.end].text != "," or town.kind != "City":
            return False
        wider = after.entries[0].entity
        if wider.kind == "Region":
            return not _is_region_of(after.entries[0], town)
        closed = after.end < len(doc) and doc[after.end].text == ","
        return wider.kind == "State" and match.entries[0].form != CAPITAL and closed and wider.id != town.state

    def _called_region(self, match: Match) -> Entry | None:
        """Give the region where the words beside it say so: «the governor of Washington», «Washington state»."""
        doc, words = self._doc, self._cues["region_words"]
        after = match.end + (match.end < len(doc) and doc[match.end].tag_ == "POS")
        called = after < len(doc) and doc[after].lower_ in words
        if match.start > 1 and doc[match.start - 1].lower_ == "of":
            called = called or doc[match.start - 2].lower_ in words
        return next((e for e in match.entries if called and e.entity.kind == "Region"), None)

    def _called_capital(self, match: Match) -> Entry | None:
        """Give the capital of the state named beside it: «Tripoli, the Libyan capital», «the Libyan capital, Tripoli»."""
        doc, word = self._doc, self._cues["capital_words"]
        start = match.start - 1 - (match.start > 1 and doc[match.start - 1].text == ",")
        states = set()
        if start > 0 and doc[start].lower_ in word:
            states |= {_state(self._ends.get(start)), _state(self._ends.get(start - 1))}
        if match.end + 1 < len(doc) and doc[match.end].text == ",":
            for token in doc[match.end + 1 : match.end + 1 + _NEAR]:
                if token.lower_ in word:
                    after = (self._starts.get(index) for index in range(token.i + 1, token.i + _NEAR))
                    states |= {_state(self._ends.get(token.i)), *(_state(found) for found in after)}
        return next((e for e in match.entries if e.form == CAPITAL and e.entity.id in states), None)

    def _owner_before(self, match: Match) -> str | None:
        """Give the state in «Japan's Supreme Court», «the Mexican lower house»."""
        index = match.start
        while index and self._doc[index - 1].pos_ == "ADJ" and index not in self._ends:
            index -= 1
        if index and self._doc[index - 1].tag_ == "POS":
            index -= 1
        return _state(self._ends.get(index))

    def _owner_after(self, match: Match) -> str | None:
        """Give the state in «the Congress of Bolivia», «the Senate in Bogotá»."""
        doc, index = self._doc, match.end
        if index >= len(doc) or doc[index].lower_ not in self._cues["belonging_prepositions"]:
            return None
        index += 2 if index + 1 < len(doc) and doc[index + 1].lower_ == "the" else 1
        return _state(self._starts.get(index))


def context_of(matches: Iterable[Match], others: Iterable[tuple[str, str]] = ()) -> Context:
    """Count the states that the names mean which can mean but one thing, and note who is named in full.

    `others` are the first and last names of people whom no table has.
    """
    states: Counter[str] = Counter()
    people = set()
    for match in matches:
        if len(match.entries) == match.likely == 1:
            entity, form = match.entries[0].entity, match.entries[0].form
            if form != SURNAME:
                states[entity.state or entity.id] += 1
            if form == NAME and entity.kind == "Person":
                people.add(entity.id)
    return Context(states, frozenset(people), frozenset(others))


def _state(match: Match | None) -> str | None:
    if match is None or not match.likely or match.entries[0].entity.kind != "State":
        return None
    return match.entries[0].entity.id


def _is_region_of(entry: Entry, town: Entity) -> bool:
    """Whether a region may hold a town: one of its state, and the one that the town's label names, if it names one."""
    region = entry.entity
    named = town.label.partition(", ")[2]
    of_state = region.kind == "Region" and region.state == town.state
    return of_state and (not named or region.label.partition(" (")[0] == named)


def _is_of_other(entry: Entry, owner: str) -> bool:
    entity = entry.entity
    return entity.kind in _BODIES and entry.form != ACRONYM and entity.state not in (None, owner)
