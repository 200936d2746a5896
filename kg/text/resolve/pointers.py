"""Words that point back to whom the article has named: pronouns, «both presidents», «the court», «the country», «the North»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import Lexicon
from kg.text.reading import NOMINAL, PRONOUN, Block, Mention, Reading
from kg.text.resolve.coreference import Discourse
from kg.text.resolve.offices import Offices
from kg.text.resolve.phrases import OWNERS, Phrase
from kg.text.resolve.register import Register, names_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod", "nummod"})
_GROUPS = frozenset({"ArmedGroup", "PoliticalParty"})


class Pointers:
    """Resolves what points back, by the memory of the discourse, and enters it."""

    def __init__(
        self, reading: Reading, discourse: Discourse, register: Register, offices: Offices, lexicon: Lexicon
    ) -> None:
        self._reading = reading
        self._discourse = discourse
        self._register = register
        self._offices = offices
        self._lexicon = lexicon
        self._numerals = {word: int(number) for word, number in lexicon.nominals["numeral"].items()}

    def half(self, token: Token, block: Block) -> bool:
        """«The North»: the state whose name begins so, where the article names one."""
        if token.pos_ != "PROPN" or token.dep_ in _MODIFYING or not any(c.lower_ == "the" for c in token.children):
            return False
        states = self._discourse.states_called(token.text) if token.lower_ in self._lexicon.cues["halves"] else []
        if len(states) == 1:
            mention = Mention(block, token.i, token.i + 1, token, NOMINAL, tuple(states), states[0])
            mention.note = f"{token.text}: taken for {states[0].label}"
            self._register.enter(mention)
        return len(states) == 1

    def pronoun(self, token: Token, block: Block) -> None:
        """«He», «they», «its»."""
        entities = self._discourse.pronoun(token, block)
        if entities:
            note = f"{token.text}: taken for {names_of(entities)}"
            self._register.enter(Mention(block, token.i, token.i + 1, token, PRONOUN, entities, note=note))

    def countryman(self, named: Mention) -> None:
        """«The Frenchman», «the Iraqi»: the person of that state, where there is one to choose from."""
        head = named.head
        if head.tag_ not in {"NN", "NNP"} or head.dep_ not in _ARGUMENTS or named.entity is None or named.plural:
            return
        if head.lower_.endswith(tuple(self._lexicon.cues["collective_endings"])):
            return
        if not any(child.dep_ == "det" and child.lower_ == "the" for child in head.children):
            return
        person = self._discourse.person_of(named.entity, self._reading.known)
        if person is not None:
            note = f"{head.text}: taken for {person.label}"
            self._register.enter(Mention(named.block, named.start, named.end, head, NOMINAL, (person,), note=note))

    def counted(self, phrase: Phrase) -> bool:
        """«The two presidents», «both countries», «the four»: several who were named before; give whether it is such."""
        head = phrase.head
        kind = self._lexicon.nominals["counted"].get(phrase.words)
        if kind is None and phrase.words not in self._numerals:
            return False
        counts = [child for child in head.children if child.dep_ in {"nummod", "det", "predet", "preconj"}]
        numbers = [self._numerals[count.lower_] for count in counts if count.lower_ in self._numerals]
        definite = phrase.is_definite(self._lexicon)
        if phrase.words in self._numerals and head.dep_ in _ARGUMENTS and (definite or head.lower_ == "both"):
            kind, numbers = kind or "sides", [self._numerals[phrase.words]]
        bare = phrase.plural and kind in {"State", "sides"} and phrase.words not in self._lexicon.cues["numeral_only"]
        if kind is None or not definite or not (numbers or bare):
            return False
        if any(child.dep_ in {"relcl", "acl"} for child in head.children):
            return False  # «the two men who …» are described, not pointed back to
        if not numbers and not any(
            child.dep_ == "det" and child.lower_ in self._lexicon.cues["definite_determiners"]
            for child in head.children
        ):
            return False
        if not numbers and any(child.dep_ == "prep" or child.dep_ in OWNERS for child in head.children):
            return False
        number = numbers[0] if numbers else 2
        found = self._discourse.sides(
            number,
            kind,
            phrase.words,
            head,
            phrase.block,
            may_be=lambda entity: self._offices.suits(entity, phrase.words),
        )
        return self._register.add(phrase, found, note=f"{phrase.words}: taken for {names_of(found)}") or bool(numbers)

    def namesake(self, phrase: Phrase) -> bool:
        """«The court» after «the International Court of Justice»."""
        if phrase.start != phrase.head.i or phrase.plural or not phrase.is_definite(self._lexicon):
            return False
        if _is_described(phrase) or any(child.dep_ == "amod" for child in phrase.head.children):
            return False
        found = self._discourse.namesake(phrase.head, phrase.block)
        if found is not None and found.kind in _GROUPS and phrase.words in self._lexicon.nominals["organ"]:
            return False  # «the army» is no «National Liberation Army»
        return found is not None and self._register.add(
            phrase, (found,), note=f"{phrase.words}: taken for {found.label}"
        )

    def whose(self, token: Token, block: Block) -> None:
        """«Mali, whose rulers …»: whom the clause describes."""
        verb = token
        while verb.dep_ != "relcl" and verb.head != verb:
            verb = verb.head
        if verb.dep_ != "relcl":
            return
        described = [verb.head, *(child for child in verb.head.children if child.dep_ == "conj")]
        named = [block.heads[noun.i] for noun in described if noun.i in block.heads]
        entities = tuple(dict.fromkeys(entity for mention in named for entity in mention.entities))
        if entities:
            self._register.enter(Mention(block, token.i, token.i + 1, token, PRONOUN, entities))

    def anaphor(self, phrase: Phrase) -> bool:
        """«The country», «the group»."""
        kind = self._lexicon.nominals["anaphor"][phrase.words]
        if not phrase.is_definite(self._lexicon):
            return False
        if kind == "State" and not phrase.plural and self._own_state(phrase):
            return True
        if _is_described(phrase) or (phrase.plural and kind == "State"):
            return False
        entities = self._discourse.anaphor(kind, phrase.words, phrase.head, phrase.block)
        return self._register.add(phrase, entities, note=f"{phrase.words}: taken for {names_of(entities)}")

    def _own_state(self, phrase: Phrase) -> bool:
        """«The minister said that his country …»: that of whoever is meant."""
        owners = (phrase.block.heads.get(child.i) for child in phrase.head.children if child.dep_ == "poss")
        people = [entity for owner in owners if owner for entity in owner.entities if entity.kind == "Person"]
        state = self._offices.state_of(people[0]) if len(people) == 1 else None
        return state is not None and self._register.add(
            phrase, (state,), note=f"{phrase.words}: that of {people[0].label}"
        )


def _is_described(phrase: Phrase) -> bool:
    """Whether a noun says itself who is meant: «the group in Mali», «the country that …», «the Kurdish group».

    What follows a comma only adds to it, and «accused the group of …» belongs to the verb.
    """
    doc, names = phrase.block.doc, phrase.block.names
    for child in phrase.head.children:
        if child.dep_ == "relcl" and doc[child.left_edge.i - 1].text != ",":
            return True
        if child.dep_ == "prep" and not any(inner.dep_ == "pcomp" for inner in child.children):
            return True
        if child.dep_ in OWNERS and (child.dep_ != "amod" or child.i in names):
            return True
    return False
