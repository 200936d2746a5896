"""Words that point back: pronouns, «the country», «the two sides». Conservative: what stays in doubt stays open.

Whoever or whatever was mentioned is a referent with a salience (`salience`); a word that points back takes the most
salient referent that agrees with it and that the syntax of its clause allows (`binding`). Things compete as well: where a
thing wins, nobody is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.text.lexicon import Lexicon
from kg.text.reading import Block
from kg.text.resolve.binding import claimants, clause_subjects, favoured, is_expletive
from kg.text.resolve.gender import FEMALE, MALE, Genders
from kg.text.resolve.referents import SUBJECTS, Memory, Referent
from kg.text.resolve.salience import faded

if TYPE_CHECKING:
    from spacy.tokens import Token

Predicate = Callable[["Referent"], bool]

_CLEAR = 1.5  # how many times more often the leading state must be named than the next
_REACH = 2  # sentences back in which a pronoun may find what it means
_FAR = 6  # sentences back in which «the country» may find what it means
_NEAR = 3  # sentences back in which «both sides» may find two that were named together
_RIVAL = 2  # times as often as the other of two states the first may be named
_SIDE, _LEADING = 40.0, 6  # the same for the parties of an article, and how many namings count there
_PARALLEL = 35.0  # salience of a subject for a pronoun that is one (Lappin and Leass)
_LED = 60.0  # salience, for «the country», of the state that the article is most about
_FAVOURED = 100.0  # salience of whom the syntax favours
_COLLECTIVE = frozenset({
    "State", "Government", "Ministry", "ArmedForces", "IntelligenceAgency", "IntergovernmentalOrganisation", "Alliance",
    "ArmedGroup", "PoliticalParty", "Company", "MediaOutlet", "Organisation",
})  # fmt: skip
_PARTIES = frozenset({"State", "ArmedGroup", "PoliticalParty", "Alliance"})
_PLURAL = frozenset({"ArmedGroup", "PoliticalParty", "ArmedForces", "Organisation"})
_OBJECTS = frozenset({"dobj", "pobj", "dative"})
_BODIES = frozenset({"Alliance", "IntergovernmentalOrganisation"})


class Discourse(Memory):
    """A memory that later words can point back to."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self._titles = lexicon.nominals["title"]
        self._forms = lexicon.nominals["state_form"]
        self._genders = Genders(lexicon.given_names, {FEMALE: self._cues["female"], MALE: self._cues["male"]})

    def hear_title(self, person: Entity, words: str) -> None:
        """Note by which title a person is called: some tell «he» from «she»."""
        self._genders.hear(person, words)

    def is_pronoun(self, token: Token) -> bool:
        """Whether a pronoun may stand for an actor."""
        word = token.lower_
        return (
            token.pos_ in {"PRON", "DET"}
            and token.dep_ not in {"det", "predet", "preconj", "cc"}
            and any(word in self._cues[name] for name in ("personal_singular", "personal_neuter", "personal_plural"))
        )

    def pronoun(self, token: Token, block: Block) -> tuple[Entity, ...]:
        """Give whom a personal or possessive pronoun means, or nothing."""
        self._turn(token, block)
        word = token.lower_
        if word in self._cues["personal_singular"]:
            gender = FEMALE if word in self._cues["female"] else MALE
            return self._officer(token, block) or self._resolve(token, block, lambda one: self._is_person(one, gender))
        if word in self._cues["personal_neuter"]:
            if is_expletive(token, self._cues):
                return ()
            return self._claimant(token, block) or self._resolve(token, block, _is_collective)
        return self._resolve(token, block, _is_several)

    def _claimant(self, token: Token, block: Block) -> tuple[Entity, ...]:
        """«A Russian claim that it …»: whom a pronoun surely means, before anybody who is more prominent."""
        near = (block.heads.get(t.i) or block.names.get(t.i) for t in claimants(token, self._cues))
        entities = next((mention.entities for mention in near if mention is not None), ())
        return entities if all(entity.kind in _COLLECTIVE for entity in entities) else ()

    def _officer(self, token: Token, block: Block) -> tuple[Entity, ...]:
        """«Chile's foreign minister said that his …»: who has an office and no name stands for his state, and so does «his»."""
        heads = [noun for noun in favoured(token, self._cues) if noun.lemma_.lower() in self._titles]
        mentions = [block.heads[noun.i] for noun in heads if noun.i in block.heads]
        return next((m.entities for m in mentions if m.entity is not None and m.entity.kind == "State"), ())

    def _is_person(self, referent: Referent, gender: str) -> bool:
        entity = referent.entity
        return entity is not None and entity.kind == "Person" and self._genders.agrees(entity, gender)

    def _resolve(self, token: Token, block: Block, fits: Predicate) -> tuple[Entity, ...]:
        """Give the most salient referent that fits, within reach."""
        subjects = self._ids(clause_subjects(token, self._cues), block)
        reflexive = token.lower_.endswith(("self", "selves"))
        barred = subjects if token.dep_ != "poss" and not reflexive else set()
        if token.dep_ in _OBJECTS:  # who «welcomed it» did not welcome his own state
            barred = barred | self._states(clause_subjects(token, self._cues), block)
        first = subjects if reflexive else self._ids(favoured(token, self._cues), block)
        best: tuple[float, Referent] | None = None
        for key, referent in self._referents.items():
            if self._sentence - referent.last > _REACH or not fits(referent) or key in barred:
                continue
            score = self._salience(key, referent, _REACH) + (_FAVOURED if key in first else 0.0)
            score += _PARALLEL if referent.subject and token.dep_ in SUBJECTS else 0.0
            if best is None or score >= best[0]:
                best = (score, referent)
        return best[1].entities if best else ()

    def _states(self, tokens: Iterable[Token], block: Block) -> set[str]:
        mentions = [block.heads[token.i] for token in tokens if token.i in block.heads]
        return {entity.state for mention in mentions for entity in mention.entities if entity.state}

    def anaphor(self, kind: str, words: str, token: Token, block: Block) -> tuple[Entity, ...]:
        """Give whom «the country» or «the group» (`words`, an entity of `kind`) means, or nothing."""
        self._turn(token, block)
        if kind == "home":
            home = self.home_state()
            return (home,) if home else ()
        wanted = {kind} | (_BODIES if kind in _BODIES or kind == "Organisation" else set())
        barred = self._ids(clause_subjects(token, self._cues), block)
        home = self.leading_state()
        best: tuple[float, Entity] | None = None
        for key, referent in self._referents.items():
            entity = referent.entity
            if entity is None or entity.kind not in wanted or referent.generic or key in barred:
                continue
            if self._sentence - referent.last > _FAR or not self._is_called(entity, words):
                continue
            score = self._salience(key, referent, _FAR) + (_LED if kind == "State" and entity == home else 0.0)
            if best is None or score >= best[0]:
                best = (score, entity)
        return (best[1],) if best else ()

    def _is_called(self, entity: Entity, words: str) -> bool:
        """Whether a state may be called so: not every country is a kingdom."""
        return words not in self._forms or entity.iso3 in self._forms[words].split()

    def namesake(self, noun: Token, block: Block) -> Entity | None:
        """Give the body last named whose name holds this noun: «the court» after «the International Court of Justice»."""
        self._turn(noun, block)
        word = noun.lemma_.lower()
        found: tuple[int, Entity] | None = None
        for referent in self._referents.values():
            entity = referent.entity
            if entity is None or entity.kind in {"Person", "State"} or referent.generic:
                continue
            if word in entity.label.lower().split() and (found is None or referent.last >= found[0]):
                found = (referent.last, entity)
        return found[1] if found else None

    def sides(
        self, number: int, kind: str, words: str, token: Token, block: Block, *, may_be: Callable[[Entity], bool]
    ) -> tuple[Entity, ...]:
        """Give whom «the two sides», «both presidents», «the four» means: parties or people named together, or most.

        `kind` is State, Person, or "sides" for any party; `may_be` says whether somebody can be called so.
        """
        self._turn(token, block)
        kinds = _PARTIES if kind == "sides" else frozenset({kind})
        subjects = clause_subjects(token, self._cues)
        barred = self._ids(subjects, block) | self._states(subjects, block)

        def fits(entity: Entity) -> bool:
            called = self._is_called(entity, words) and may_be(entity)
            return entity.kind in kinds and entity.id not in barred and called

        parties = self.parties() if number == 2 else ()
        parties = parties if all(map(fits, parties)) else ()
        if parties and kind == "sides":
            return parties  # «both sides» are those whom the article is about
        for sentence, members in reversed(self._joined):
            if number == 2 and self._sentence - sentence > _NEAR:
                break  # of three or four, whoever was named together anywhere
            if len(members) == number and all(map(fits, members)):
                return parties if self._outweighs(parties, members) else members
        if number != 2:
            return ()
        scores = {
            entity: faded(referent.weights, self._sentence, _FAR) + _SIDE * min(self._named[key], _LEADING)
            for key, referent in self._referents.items()
            if (entity := referent.entity) and fits(entity) and not referent.generic
            and self._sentence - referent.last <= _FAR
        }  # fmt: skip
        ranked = sorted(scores, key=lambda entity: (-scores[entity], entity.id))
        return tuple(sorted(ranked[:2])) if len(ranked) > 1 else ()

    def _outweighs(self, some: tuple[Entity, ...], others: tuple[Entity, ...]) -> bool:
        """Whether each of some is named more often than any of others."""
        return bool(some) and min(self._named[one.id] for one in some) > max(self._named[one.id] for one in others)

    def states_called(self, word: str) -> list[Entity]:
        """Give the states that the article has named so far whose name begins with a word: «North»."""
        known = (referent.entity for referent in self._referents.values())
        return [one for one in known if one and one.kind == "State" and one.label.split()[0] == word]

    def people(self) -> Iterator[Entity]:
        """Give the people who were mentioned, first mention first."""
        for referent in self._referents.values():
            if referent.entity is not None and referent.entity.kind == "Person":
                yield referent.entity

    def parties(self) -> tuple[Entity, ...]:
        """Give the two states or armed groups that the article names most, if no third is named as often."""
        known = {key: r.entity for key, r in self._referents.items() if r.entity and r.entity.kind in _PARTIES}
        ranked = sorted(known, key=lambda iri: (-self._named[iri], iri))
        if len(ranked) < 2 or (len(ranked) > 2 and self._named[ranked[1]] == self._named[ranked[2]]):
            return ()
        return tuple(known[iri] for iri in ranked[:2])

    def person_of(self, state: Entity, known: Callable[[Entity], Entity]) -> Entity | None:
        """Give whom «the Frenchman» means: the one person of the state who is within reach."""
        people = [
            entity
            for referent in self._referents.values()
            if (entity := referent.entity) and entity.kind == "Person" and known(entity).state == state.id
            and self._sentence - referent.last <= _FAR
        ]  # fmt: skip
        return people[0] if len(people) == 1 else None

    def home_state(self) -> Entity | None:
        """Give the state that «the army» or «parliament» belongs to: the one that the article is most about.

        In doubt, where another state is named nearly as often, the one that is near; if several are, nothing. Where the
        other of two was just named, and the first was not, it is the other's.
        """
        home, ranked = self.leading_state(), self._ranked_states()
        near = [iri for iri in ranked[: 2 if home else 3] if self._referents[iri].last >= self._sentence - 1]
        if len(near) == 1 and (home is None or self._named[near[0]] * _RIVAL >= self._named[home.id]):
            return self._referents[near[0]].entity
        return home

    def leading_state(self) -> Entity | None:
        """Give the state that the article so far is clearly most about."""
        ranked = self._ranked_states()
        if not ranked or (len(ranked) > 1 and self._named[ranked[0]] < _CLEAR * self._named[ranked[1]]):
            return None
        return self._referents[ranked[0]].entity

    def _ranked_states(self) -> list[str]:
        states = [key for key, r in self._referents.items() if r.entity and r.entity.kind == "State"]
        return sorted(states, key=lambda iri: (-self._named[iri], iri))


def _is_collective(referent: Referent) -> bool:
    entity = referent.entity
    return not referent.plural and (not referent.entities or (entity is not None and entity.kind in _COLLECTIVE))


def _is_several(referent: Referent) -> bool:
    entity = referent.entity
    return referent.plural or (entity is not None and entity.kind in _PLURAL)
