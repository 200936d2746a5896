"""Who is called by which title: from the article first, from the table of office holders where the article is silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon
from kg.text.reading import Block, Mention, Reading
from kg.text.resolve.phrases import Phrase

if TYPE_CHECKING:
    from spacy.tokens import Token


_ANY = "leader"  # the office that whoever leads may be said to hold
_LEADING = frozenset({_ANY, "head_of_state", "head_of_government"})


@dataclass(frozen=True, slots=True)
class Office:
    """That a person holds an office: `title` as written, `owner` the state or body, at `token` of `block`."""

    person: Entity
    title: str
    owner: Entity
    block: Block
    token: Token


@dataclass(frozen=True, slots=True)
class _Held:
    person: Entity
    owner: Entity


class Offices:
    """The offices that one article names."""

    def __init__(self, reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.found: list[Office] = []
        self._reading = reading
        self._gazetteer = gazetteer
        self._keys = lexicon.nominals["title"]
        self._titles: dict[str, list[_Held]] = {}
        self._called: dict[str, set[str]] = {}

    def hold(self, person: Entity, phrase: Phrase, owner: Entity | None) -> None:
        """Note that `person` is called by the title of `phrase`, and whom that makes him represent."""
        self._called.setdefault(person.id, set()).add(phrase.words)
        known = self._reading.known(person)
        if owner is None and known.state:
            owner = self._gazetteer.by_id(known.state)
        if owner is None:
            return
        state = owner.id if owner.kind == "State" else owner.state
        if known.state is None and state:
            known = replace(known, state=state)
            self._reading.table[person.id] = known
        self._titles.setdefault(phrase.words, []).append(_Held(person, owner))
        title = phrase.block.doc[phrase.start : phrase.end].text
        self.found.append(Office(known, title, owner, phrase.block, phrase.head))

    def state_of(self, person: Entity) -> Entity | None:
        """Give the state that somebody represents, as far as is known."""
        state = self._reading.known(person).state
        return self._gazetteer.by_id(state) if state else None

    def holder(self, words: str, owner: Entity) -> Entity | None:
        """Give whom the article calls «words of owner», else who is known to hold that office at the article's date."""
        for held in reversed(self._titles.get(words, [])):
            if held.owner.id == owner.id:
                return held.person
        office = self._keys[words]
        of = owner.iso3 or owner.label
        return self._gazetteer.holder(office, of, self._reading.article.published) if office else None

    def suits(self, entity: Entity, words: str) -> bool:
        """Whether somebody may be meant by a title: who is a person and holds an office of that name, if it is one."""
        office = self._keys.get(words)
        if entity.kind != "Person" or not office:
            return True
        if office == _ANY:
            titles = {self._keys[title] for title in self._called.get(entity.id, ())}
            return bool(_LEADING & (titles | {term.office for term in self._gazetteer.offices_of(entity.id)}))
        held = any(one.person.id == entity.id for one in (*self._titles.get(words, ()), *self._same_office(words)))
        return held or any(term.office == office for term in self._gazetteer.offices_of(entity.id))

    def known_as(self, words: str, people: Iterable[Entity]) -> Entity | None:
        """Give who of `people` is known to hold an office of this title («chancellor») at the article's date, if just one."""
        date = self._reading.article.published
        if not date:
            return None
        found = [
            person
            for person in people
            if any(
                words in term.title.split("|") and term.covers(date) for term in self._gazetteer.offices_of(person.id)
            )
        ]
        return found[0] if len(found) == 1 else None

    def holder_named_before(self, words: str) -> Entity | None:
        """Give whom «the president» means: who was called so last, or by another name of the office or its short form."""
        held = self._titles.get(words) or self._same_office(words) or self._longer(words)
        return held[-1].person if held else None

    def _same_office(self, words: str) -> list[_Held]:
        """«The premier» after «the prime minister»."""
        office = self._keys[words]
        titles = sorted(title for title in self._titles if office and self._keys.get(title) == office)
        return [held for title in titles for held in self._titles[title]]

    def _longer(self, words: str) -> list[_Held]:
        """«The secretary» after «the secretary of state», if only one person was called so."""
        found = [held for title, held in self._titles.items() if words in {title.split()[0], title.split()[-1]}]
        return found[0] if len({one.person.id for held in found for one in held}) == 1 else []


def person_beside(phrase: Phrase) -> Mention | None:
    """Give the person named right after a title or in apposition to it."""
    doc, names = phrase.block.doc, phrase.block.names
    head = phrase.head
    appositions = [child for child in head.children if child.dep_ == "appos"]
    index = phrase.end
    if index + 1 < len(doc) and doc[index].text == "," and (head.dep_ == "appos" or appositions):
        index += 1
    after = names.get(index)
    if after is not None and after.start == index and _is_person(after):
        return after
    for other in (*([head.head] if head.dep_ == "appos" else []), *appositions):
        near = names.get(other.i)
        if near is not None and _is_person(near):
            return near
    return _person_after_owner(phrase)


def _person_after_owner(phrase: Phrase) -> Mention | None:
    """Give the person in «the president of Somaliland, Muse Bihi Abdi,», whom the parser may take for anything."""
    doc, names = phrase.block.doc, phrase.block.names
    if phrase.end >= len(doc) or doc[phrase.end].lower_ != "of":
        return None
    owner = names.get(phrase.end + 1)
    if owner is None or owner.end + 1 >= len(doc) or doc[owner.end].text != ",":
        return None
    after = names.get(owner.end + 1)
    closed = after is not None and after.end < len(doc) and doc[after.end].text == ","
    return after if after is not None and closed and _is_person(after) else None


def _is_person(mention: Mention) -> bool:
    return mention.entity is not None and mention.entity.kind == "Person"
