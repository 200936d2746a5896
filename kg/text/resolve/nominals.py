"""Nouns and pronouns that stand for somebody, in one pass from left to right: offices, organs, troops, groups, «he»."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.iris import data_iri
from kg.model import Entity, slug
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon
from kg.text.reading import ADJECTIVE, Block, Mention, Reading
from kg.text.resolve.coreference import Discourse
from kg.text.resolve.offices import Offices, person_beside
from kg.text.resolve.organs import Organs
from kg.text.resolve.phrases import OWNERS, Phrase, are_only_there, is_named_beside, owners_after, phrases
from kg.text.resolve.pointers import Pointers
from kg.text.resolve.referents import coordination
from kg.text.resolve.register import Register, names_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOMINAL_TAGS = frozenset({"NOUN", "PROPN", "NUM", "PRON", "DET"})
_TOWNS = frozenset({"City"})
_LANDS = frozenset({"Region", "Waters"})
_GROUPS = frozenset({"ArmedGroup", "PoliticalParty"})
_BELONGING = frozenset({"of", "from"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod", "nummod"})


class Nominals:
    """Fills the `heads` of the blocks of one article, in the order of the text."""

    def __init__(
        self,
        reading: Reading,
        discourse: Discourse,
        *,
        gazetteer: Gazetteer,
        lexicon: Lexicon,
        adjectives: Mapping[str, str],
    ) -> None:
        self.offices = Offices(reading, gazetteer, lexicon)
        self._register = Register(discourse, gazetteer, lexicon)
        self._pointers = Pointers(reading, discourse, self._register, self.offices, lexicon)
        self._organs = Organs(gazetteer, lexicon, adjectives)
        self._reading = reading
        self._discourse = discourse
        self._gazetteer = gazetteer
        self._lexicon = lexicon
        # A noun is tried as each of these, in this order, under its longest name first.
        self._readings = {
            "title": self._title, "organ": self._organ, "stand_in": self._stand_in, "opposed": self._opposed,
            "anaphor": self._pointers.anaphor, "group": self._group,
        }  # fmt: skip

    def read(self, block: Block) -> None:
        """Resolve the nominals and pronouns of the next block."""
        for token in block.doc:
            named = block.names.get(token.i)
            if named is not None and token.i == named.start:
                if self._is_seat(named):
                    named.entities = ()
                self._discourse.note(named)
            if named is not None and named.form == ADJECTIVE and token.i == named.head.i:
                self._pointers.countryman(named)
            if token.i in block.heads or (named is not None and named.form != ADJECTIVE):
                continue
            if token.lower_ in self._lexicon.cues["possessive_relatives"]:
                self._pointers.whose(token, block)
            elif self._discourse.is_pronoun(token):
                self._pointers.pronoun(token, block)
            elif token.pos_ in _NOMINAL_TAGS or token.dep_ in _ARGUMENTS:
                self._noun(token, block)

    def _is_seat(self, named: Mention) -> bool:
        """Whether a name only says where somebody sits: «the Brussels-based agency»."""
        after = named.block.doc[named.end : named.end + 2]
        return len(after) == 2 and after[0].text == "-" and after[1].lower_ in self._lexicon.cues["seated"]

    def _noun(self, token: Token, block: Block) -> None:
        if self._pointers.half(token, block):
            return
        lemma = token.lemma_.lower()
        # A noun that stands in no name that the lexicon has can only point back to a body called so.
        alone = [Phrase(block, token, lemma, token.i, token.i + 1)]
        for phrase in phrases(token, block) if lemma in self._lexicon.nominal_words else alone:
            if self._pointers.counted(phrase) or self._pointers.namesake(phrase):
                return
            for name, resolve in self._readings.items():
                if phrase.words in self._lexicon.nominals[name] and resolve(phrase):
                    return
        if token.pos_ == "NOUN" and token.dep_ not in _MODIFYING and not token.ent_type_:
            self._discourse.note_thing(token, block)

    def _owning_entity(self, phrase: Phrase) -> Entity | None:
        """Give the state or body that owns an office or organ; a person owns it for his state."""
        entities = [entity for owner in phrase.owners(self._lexicon) for entity in owner.entities]
        return self.collective(entities[0]) if len(entities) == 1 else None

    def collective(self, entity: Entity) -> Entity | None:
        """Give whom somebody who holds an office, or a ministry, acts for: his state; others act for themselves."""
        if entity.kind not in {"Person", "Ministry"}:
            return entity
        if entity.kind == "Person" and not self._rules(entity):
            return entity  # «the forces of Khalifa Haftar» are not his country's
        state = self._reading.known(entity).state
        if state is None:
            return None if entity.kind == "Person" else entity
        return self._gazetteer.by_id(state)

    def _rules(self, person: Entity) -> bool:
        """Whether somebody is known to hold or to have held an office, or holds one in this article."""
        named = any(office.person.id == person.id for office in self.offices.found)
        return named or bool(self._gazetteer.offices_of(person.id))

    def _title(self, phrase: Phrase) -> bool:
        owner = self._owning_entity(phrase)
        person = person_beside(phrase)
        if person is not None and person.entity is not None:
            self._discourse.hear_title(person.entity, phrase.words)
            if owner is None:  # «President X of Bolivia»
                beside = owners_after(person.head, phrase.block, self._lexicon.cues["of_prepositions"])
                owner = beside[0].entity if beside and beside[0].entity is not None else None
            if not self._is_former(phrase):
                self.offices.hold(person.entity, phrase, owner)
            if phrase.head.i != person.head.i and phrase.head.dep_ not in OWNERS:
                self._register.add(phrase, coordination(person) if phrase.plural else (person.entity,))
            return True
        if self._lexicon.is_unofficial(phrase.head):
            return self._nameless(phrase, "Person")  # «Chad's rebel leader» does not act for Chad
        if owner is None and phrase.words in self._lexicon.cues["representing"] and self._spokesman(phrase):
            return True
        if owner is not None:
            acting = any(child.lower_ in self._lexicon.cues["acting"] for child in phrase.head.children)
            holder = None if acting else self.offices.holder(phrase.words, owner) or self._leader(phrase, owner)
            note = f"{phrase.words} of {owner.label}: taken for {holder.label}" if holder else ""
            return bool(holder) and self._register.add(phrase, (holder,) if holder else (), note=note)
        return self._bare_title(phrase)

    def _spokesman(self, phrase: Phrase) -> bool:
        """«A spokesman for India's foreign ministry»: stands for those for whom he speaks."""
        self._read_objects(phrase, frozenset({"for"}))
        owners = owners_after(phrase.head, phrase.block, frozenset({"for"}))
        entities = tuple(dict.fromkeys(entity for owner in owners for entity in owner.entities))
        return self._register.add(phrase, entities, note=f"{phrase.words}: speaks for {names_of(entities)}")

    def _leader(self, phrase: Phrase, owner: Entity) -> Entity | None:
        """«The Israeli leader»: the person of that state whom the article has named."""
        if self._lexicon.nominals["title"][phrase.words] != "leader" or phrase.plural:
            return None
        return self._discourse.person_of(owner, self._reading.known) if phrase.is_definite(self._lexicon) else None

    def _is_former(self, phrase: Phrase) -> bool:
        """«Former US President X», «ex-president X»."""
        words = phrase.block.doc[max(0, phrase.start - 3) : phrase.start]
        return any(word.lower_ in self._lexicon.cues["former"] for word in words)

    def _bare_title(self, phrase: Phrase) -> bool:
        """«The president»: whom the article called so, else who held the office in the state that it is about."""
        if phrase.plural or not phrase.is_definite(self._lexicon):
            return False
        if any(child.lower_ in self._lexicon.cues["acting"] for child in phrase.head.children):
            return False
        person = self.offices.known_as(phrase.words, self._discourse.people())
        person = person or self.offices.holder_named_before(phrase.words)
        home = self._discourse.home_state() if person is None else None
        if home is not None:
            person = self.offices.holder(phrase.words, home)
        return person is not None and self._register.add(
            phrase, (person,), note=f"{phrase.words}: taken for {person.label}"
        )

    def _organ(self, phrase: Phrase) -> bool:
        owner = self._state_around(self._owning_entity(phrase))
        note = ""
        if is_named_beside(phrase):
            return False
        if owner is None and (self._is_bare_body(phrase) or phrase.is_capitalised or phrase.is_definite(self._lexicon)):
            owner = self._discourse.home_state()
            note = f"{phrase.words}: taken for that of {owner.label}" if owner else ""
        if owner is not None and owner.kind == "State":
            body = self._organs.of_state(phrase, owner)
        elif owner is not None and owner.kind in _GROUPS:
            body = self._organs.of_group(phrase, owner)
        elif owner is None and phrase.is_capitalised:
            body = self._organs.unowned(phrase)
        else:
            return False
        return self._register.add(phrase, (body,), note=note)

    def _state_around(self, owner: Entity | None) -> Entity | None:
        """«A court in Dhaka»: of the state that the town lies in."""
        if owner is None or owner.kind not in _TOWNS or owner.state is None:
            return owner
        return self._gazetteer.by_id(owner.state)

    def _is_bare_body(self, phrase: Phrase) -> bool:
        """«Police arrested …», «Authorities said …»: of the state that it happens in, though nothing says which."""
        cues, acting = self._lexicon.cues, phrase.head.dep_ in {"nsubj", "nsubjpass"}
        bare = phrase.words in cues["bare_bodies"] or (acting and phrase.words in cues["bare_doers"])
        return bare and phrase.start == phrase.head.left_edge.i

    def _stand_in(self, phrase: Phrase) -> bool:
        """«Russian troops»: the state; «the authorities»: the state that the article is about."""
        if not phrase.plural and phrase.words in self._lexicon.cues["plural_stand_ins"]:
            return False
        if any(child.lower_ in self._lexicon.cues["former"] for child in phrase.head.children):
            return False  # «a former Syrian colonel» acts for himself
        leaders = self._followed(phrase)
        if leaders:
            return self._register.add(phrase, leaders, note=f"{phrase.words}: stands for {names_of(leaders)}")
        owners = phrase.owners(self._lexicon)
        if owners and phrase.head.pos_ == "PROPN" and owners[0].start > phrase.head.i:
            return False  # «the Galaxy Leader in the Red Sea» has a name of its own
        if owners and are_only_there(phrase, owners):
            return False
        if owners:
            found = [self.collective(entity) for owner in owners for entity in owner.entities]
        elif phrase.words in self._lexicon.nominals["home"] and (
            phrase.is_definite(self._lexicon) or self._is_bare_body(phrase)
        ):
            found = [self._discourse.home_state()]
        else:
            return False
        entities = tuple(dict.fromkeys(entity for entity in found if entity is not None))
        if entities and all(entity.kind in _LANDS and entity.state is None for entity in entities):
            return False  # «West African leaders»: of no state in particular
        start = min([phrase.start, *(owner.start for owner in owners)])
        return self._register.add(
            phrase, entities, start=start, note=f"{phrase.words}: stands for {names_of(entities)}"
        )

    def _followed(self, phrase: Phrase) -> tuple[Entity, ...]:
        """«Forces loyal to General Haftar»: whom they follow."""
        loyal = [child for child in phrase.head.children if child.lower_ in self._lexicon.cues["loyal"]]
        objects = [
            t for word in loyal for prep in word.children if prep.lower_ in {"to", "with"} for t in prep.children
        ]
        named = [mention for t in objects if (mention := phrase.block.names.get(t.i)) is not None]
        return tuple(entity for mention in named for entity in mention.entities)

    def _opposed(self, phrase: Phrase) -> bool:
        """«China suspended its exchanges with its neighbour»: of the two parties of the article, the other."""
        owners = [phrase.block.heads.get(child.i) for child in phrase.head.children if child.dep_ == "poss"]
        entity = owners[0].entity if len(owners) == 1 and owners[0] is not None else None
        owner = self.collective(entity) if entity is not None and not phrase.plural else None
        others = [party for party in self._discourse.parties() if owner is not None and party.id != owner.id]
        if len(others) != 1:
            return False
        return self._register.add(
            phrase, tuple(others), note=f"{phrase.words} of {owner.label if owner else ''}: taken for {others[0].label}"
        )

    def _group(self, phrase: Phrase) -> bool:
        """«Gunmen», «the protesters»: somebody without a name, known in this article only."""
        if phrase.head.pos_ == "PROPN" or (not phrase.plural and phrase.words in self._lexicon.cues["plural_only"]):
            return False
        if self._lexicon.nominals["anaphor"].get(phrase.words) == "State" and phrase.is_definite(self._lexicon):
            return False  # «the country» that stays open is no other country
        if phrase.head.dep_ == "compound" and phrase.words in self._lexicon.classes["aircraft"]:
            return False  # «fighter jets»
        kind = self._lexicon.nominals["group"][phrase.words]
        if kind in _GROUPS and (members := self._members(phrase)):
            return self._register.add(phrase, members, note=f"{phrase.words}: those of {names_of(members)}")
        return self._nameless(
            phrase, "Organisation" if kind == "Person" and phrase.plural else kind, private=kind == "Person"
        )

    def _nameless(self, phrase: Phrase, kind: str, *, private: bool = False) -> bool:
        """Enter somebody who has no name."""
        label = phrase.text_with_modifiers()
        ident = f"{phrase.block.article.id}/{slug(label)}"
        found = self._register.add(phrase, (Entity(data_iri("entity", ident), label, kind),), generic=True)
        phrase.block.heads[phrase.head.i].private = private
        return found

    def _members(self, phrase: Phrase) -> tuple[Entity, ...]:
        """«Hamas militants», «fighters of the FACT rebel group»: the group that they belong to, or that is called so."""
        block, head = phrase.block, phrase.head
        doubtful = self._lexicon.cues["former"] | self._lexicon.cues["possible_adjectives"]
        if any(child.lower_ in doubtful for child in head.children):
            return ()
        self._read_objects(phrase, _BELONGING)
        named = [block.names.get(token.i) for token in block.doc[head.left_edge.i : head.i] if token.dep_ == "compound"]
        owners = [mention for mention in named if mention is not None] or owners_after(head, block, _BELONGING)
        entities = dict.fromkeys(entity for mention in owners for entity in mention.entities)
        return tuple(entities) if all(entity.kind in _GROUPS | {"Organisation"} for entity in entities) else ()

    def _read_objects(self, phrase: Phrase, prepositions: frozenset[str]) -> None:
        """Resolve what stands after a noun before the noun itself."""
        for prep in phrase.head.children:
            for token in prep.children if prep.lower_ in prepositions else ():
                if token.i not in phrase.block.heads and token.i not in phrase.block.names:
                    self._noun(token, phrase.block)
