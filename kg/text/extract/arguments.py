"""What stands around a trigger, whatever the construction: active or passive, relative clause, participle, control, noun.

`Grammar.of_verb` and `Grammar.of_noun` give the same `Arguments`, so that a frame is written once, in the active voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.text.extract.clause import (
    DATES,
    PASSIVE_SUBJECT,
    SUBJECT,
    VERBAL,
    Clause,
    children_of,
    coordinated,
    free_relative,
    objects_of,
    prepositional,
    said_in,
    verb_lemmas,
)
from kg.text.extract.culprits import Culprits
from kg.text.lexicon import Lexicon
from kg.text.reading import ADJECTIVE, Block

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Arguments:
    """The head words in each slot of a trigger: `subject`, `object`, `dative`, `clause subject` and prepositions.

    `governor` is the verb that carries tense, negation and mood for the trigger: itself, or the support verb of a noun.
    `part` is the word by which it is said that somebody has a part in the trigger's act («had nothing to do with it»).
    `weak` holds the slots that were filled by a construction that may mislead.
    """

    governor: Token
    slots: dict[str, list[Token]] = field(default_factory=dict)
    weak: set[str] = field(default_factory=set)
    part: Token | None = None

    def add(self, slot: str, tokens: Iterable[Token]) -> None:
        """Add tokens to a slot, each once."""
        known = self.slots.setdefault(slot, [])
        known += [token for token in tokens if token not in known]

    def get(self, slot: str) -> list[Token]:
        """Give the tokens of a slot."""
        return self.slots.get(slot, [])


class Grammar:
    """Reads arguments off a dependency parse; the lists of verbs that behave in a special way come from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._measures = lexicon.nominals["measure"]
        self._clause = Clause(lexicon)
        self._culprits = Culprits(lexicon, self._clause)

    # Verbs

    def of_verb(self, verb: Token) -> Arguments:
        """Give the arguments of a verb."""
        found = Arguments(verb)
        surface, passive = self._clause.subject(verb)
        objects = self._clause.objects(verb)
        if passive:
            found.add("subject", self._clause.agents(verb))
            found.add("object", surface)
            found.add("object", objects)
        else:
            found.add("subject", surface)
            found.add("subject", self._joining(verb))
            given = self._clause.given(verb)
            found.add("dative", given)
            found.add("object", (token for token in objects if token not in given))
        for child in children_of(verb, {"dative"}):
            given = objects_of(child)  # the parser may call «to» of «issued an ultimatum to» the dative
            found.add("dative", coordinated(given or [child]))
            if given:
                found.add(child.lower_, coordinated(given))
        self._add_prepositions(verb, found)
        if (said := free_relative(verb)) is not None:
            self._add_prepositions(said, found)
        for noun in (*objects, *(surface if passive else ())):  # «imposed sanctions on Iran» hangs «on» on either
            for part in self._measured(noun):
                self._add_prepositions(part, found, weak=True)
        found.add("predicate", (t for t in children_of(verb, {"oprd", "acomp", "advcl"}) if t.pos_ not in VERBAL))
        for child in verb.children:
            if (child.dep_ in {"ccomp", "xcomp"} and not self._is_timed(child)) or self._is_asked_for(child):
                found.add("clause subject", coordinated(children_of(child, SUBJECT | PASSIVE_SUBJECT)))
                found.add("clause", said_in(child))
                told = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)  # and so nobody is told to
                found.add("clause modal", (c for c in children_of(child, {"aux"}) if not (told and c.lower_ == "to")))
                bidden = verb.lemma_.lower() in self._cues["object_control"] and _is_bare_infinitive(child)
                if bidden and not objects and not passive:  # «urged him to settle» may be parsed as a clause
                    found.add("object", found.get("clause subject"))
        return found

    def _measured(self, noun: Token) -> Iterator[Token]:
        """Give a noun, and what it measures: «suspended part of its aid to Chad» hangs «to» on the aid."""
        yield noun
        if noun.lemma_.lower() in self._measures:
            for prep in children_of(noun, {"prep"}):
                if prep.lower_ == "of":
                    yield from objects_of(prep)

    def _joining(self, verb: Token) -> Iterator[Token]:
        """«Mali left together with Niger and Chad»: who does it as well."""
        for adverb in children_of(verb, {"advmod"}):
            near = [child for token in (adverb, verb) for child in token.children if child.i == adverb.i + 1]
            if adverb.lower_ in self._cues["jointly"]:
                yield from coordinated(t for prep in near if prep.lower_ == "with" for t in objects_of(prep))

    def _is_timed(self, clause: Token) -> bool:
        """«Days after India had urged it»: a clause that the parser takes for a complement only dates its verb."""
        return any(c.dep_ == "mark" and c.lower_ in self._cues["temporal_prepositions"] for c in clause.children)

    def _is_asked_for(self, clause: Token) -> bool:
        """«Called for the rebels to withdraw»: the parser calls it adverbial."""
        marks = {child.lower_ for child in clause.children if child.dep_ in {"mark", "aux"}}
        return clause.dep_ == "advcl" and marks >= {"for", "to"}

    def of_idiom(self, arguments: Arguments, bound: Iterable[Token]) -> Arguments:
        """Give the arguments of a verb with those that hang on the nouns of its idiom: «came under attack from»."""
        widened = Arguments(arguments.governor, {name: list(tokens) for name, tokens in arguments.slots.items()})
        widened.weak = set(arguments.weak)
        for noun in bound:
            self._add_prepositions(noun, widened, weak=True)
        return widened

    def _add_prepositions(
        self, token: Token, found: Arguments, *, weak: bool = False, names: frozenset[str] | None = None
    ) -> None:
        homeward = [child for child in token.children if child.lower_ in self._cues["homeward_adverbs"]]
        for prep in (child for place in (token, *homeward) for child in place.children):
            if prep.dep_ not in {"prep", "agent", "dative"}:
                continue
            for name, objects in prepositional(prep):
                if names is not None and name not in names:
                    continue
                meant = [t for child in objects for t in self._clause.real(child, token)]
                kept = [t for t in meant if t.ent_type_ not in DATES]
                if weak and name not in found.slots:
                    found.weak.add(name)
                if kept and (not weak or name in found.weak):
                    found.add(name, kept)
                if names is None:
                    self._add_through(kept, found)

    def _add_through(self, means: Iterable[Token], found: Arguments) -> None:
        """«Spoke by telephone with»: the parser hangs «with» on the telephone."""
        for token in means:
            if token.lemma_.lower() in self._cues["channels"]:
                self._add_prepositions(token, found, weak=True, names=self._cues["prepositions"])

    # Adjectives

    def of_adjective(self, adjective: Token) -> Arguments:
        """Give the arguments of an adjective: of its own, and of the verb or noun that it says something of."""
        predicate = adjective.dep_ in {"acomp", "attr", "oprd"}
        found = self.of_verb(adjective.head if predicate else adjective)
        if adjective.dep_ == "amod":
            found.add("subject", [adjective.head])
        if predicate:
            for name, tokens in self.of_verb(adjective).slots.items():
                found.add(name, tokens)
        return found

    # Nouns

    def of_noun(self, noun: Token, block: Block) -> Arguments:
        """Give the arguments of a noun, from itself and from the verb that supports it («launched an attack on»)."""
        found = Arguments(noun)
        self._add_prepositions(noun, found)
        found.add("subject", coordinated(child for child in noun.children if child.dep_ == "poss"))
        found.add("subject", found.get("by"))
        found.add("object", found.get("of"))
        # «Blocked the deployment of troops to Haiti»: the parser may hang «to» on the verb.
        if noun.dep_ in {"dobj", "nsubjpass"} and found.get("of"):
            self._add_prepositions(noun.head, found, weak=True, names=self._cues["noun_prepositions"])
        self._add_modifiers(noun, block, found)
        for clause in noun.children:
            if clause.dep_ in {"acl", "relcl"} and clause.lemma_.lower() in self._cues["support_active"]:
                done_by = self._clause.agents(clause) if clause.tag_ == "VBN" else children_of(clause, SUBJECT)
                found.add(
                    "subject", (t for t in coordinated(done_by) if t.lower_ not in self._cues["relative_pronouns"])
                )
        self._add_support(noun, found)
        self._culprits.add(noun, found)
        if not found.get("subject") and noun.dep_ == "pobj" and noun.head.lower_ in self._cues["part_of"]:
            found.add("subject", self._clause.possessor(noun.head.head, 0))
            found.weak.add("subject")
        return found

    @staticmethod
    def _add_modifiers(noun: Token, block: Block, found: Arguments) -> None:
        """Take states and organisations that stand before the noun: «US-South Korea drills», «Russian missile strike»."""
        index = noun.i - 1
        names = []
        while index >= 0:
            token = block.doc[index]
            mention = block.names.get(index)
            if mention is not None:
                if mention.entities and not _owns_something_else(token, noun):
                    names.append((mention.head, mention.form))
                index = mention.start - 1
                continue
            inside = token.head.i > index and token.dep_ in {
                "amod",
                "compound",
                "nmod",
                "nummod",
                "punct",
                "cc",
                "advmod",
            }
            if not (inside or token.tag_ == "HYPH" or token.lower_ in {"-", "–", "led", "backed"}) or token.text == ",":
                break
            index -= 1
        names.reverse()
        paired = len(names) > 1
        for token, form in names:
            found.add("subject" if paired or form == ADJECTIVE else "compound", [token])

    def _add_support(self, noun: Token, found: Arguments) -> None:
        """Take over the arguments of the verb that supports the noun."""
        first = self._whole(noun)
        verb = first.head
        own = bool(found.get("subject"))
        if (
            first.dep_ == "dobj" and verb.pos_ in VERBAL and not children_of(verb, {"oprd"})
        ):  # «called the arrest unjust»
            names = verb_lemmas(verb)
            if names & self._cues["support_active"]:
                self._take(verb, found, None if own else "subject")
                self._prefer_name(verb, found)
            elif names & self._cues["support_passive"]:
                self._take(verb, found, "object" if not found.get("object") else None)
        elif first.dep_ == "attr" and verb.lemma_.lower() in self._cues["copulas"]:
            # «Thailand is an ally of the United States», «Iraq is Turkey's partner»
            self._take(verb, found, "with" if own else "subject")
        elif first.dep_ == "nsubjpass" and verb_lemmas(verb) & self._cues["support_active"]:
            self._take(verb, found, None)
            found.add("subject", () if own else self._clause.agents(verb))
        elif first.dep_ == "nsubj" and verb_lemmas(verb) & self._cues["support_occur"]:
            self._take(verb, found, None)
        elif (
            first.dep_ == "pobj"
            and first.head.dep_ == "agent"
            and verb_lemmas(first.head.head) & self._cues["struck_by"]
        ):
            found.governor = first.head.head  # «was hit by an air strike»
            found.add("object", self._clause.subject(first.head.head)[0])
        elif first.dep_ == "pobj" and first.head.head.pos_ in VERBAL and first.head.dep_ == "prep":
            self._join(first.head, found, own)
            if not own:
                self._speak(first.head, found)
                self._share(first.head, found)

    def _prefer_name(self, verb: Token, found: Arguments) -> None:
        """Take the subject for a pronoun that means it: «Chad launched its attack»."""
        tokens, passive = self._clause.subject(verb)
        if tokens and not passive and all(token.pos_ == "PRON" for token in found.get("subject")):
            found.slots["subject"] = tokens

    def _whole(self, noun: Token) -> Token:
        """Give the noun that stands in the clause for this one: «strikes and raids», «a series of raids»."""
        while True:
            if noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
                noun = noun.head
            elif noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in self._cues["amounts"]:
                noun = noun.head.head
            else:
                return noun

    def _join(self, prep: Token, found: Arguments, own: bool) -> None:
        verb = prep.head
        if prep.lower_ == "under" and not found.get("object"):
            self._take(verb, found, "object")  # «came under attack from»
            found.add("subject", found.get("from"))
        elif prep.lower_ in {"in", "at", "with", "to", "into", "on", "for"} and (
            verb_lemmas(verb) & self._cues["support_join"]
        ):
            found.governor = verb
            if not own:
                tokens, passive = self._clause.subject(verb)
                suffered = passive and not verb_lemmas(verb) & self._cues["object_control"]
                role = "object" if suffered and not found.get("object") else "subject"
                if role == "subject" and suffered:
                    return
                found.add(role, tokens)
                found.weak.add(role)

    def _speak(self, prep: Token, found: Arguments) -> None:
        """«Told Biden in a telephone call»: who speaks and who is spoken to."""
        verb = prep.head
        if prep.lower_ not in {"in", "during", "at", "by", "over"} or not verb_lemmas(verb) & self._cues["addressing"]:
            return
        tokens, passive = self._clause.subject(verb)
        if not passive and (heard := self._clause.objects(verb) or children_of(verb, {"dative"})):
            found.add("subject", tokens)
            found.add("with", heard)

    def _share(self, prep: Token, found: Arguments) -> None:
        """«In a phone call with his Turkish counterpart, Blinken said …»: of what one has with another, he has his part."""
        if prep.lower_ not in self._cues["shared_prepositions"] or found.get("subject") or not found.get("with"):
            return
        tokens, passive = self._clause.subject(prep.head)
        if not passive:
            found.add("sharer", tokens)

    def _take(self, verb: Token, found: Arguments, role: str | None) -> None:
        found.governor = verb
        tokens, passive = self._clause.subject(verb)
        if role and not (role == "subject" and passive):
            found.add(role, tokens)
        self._add_prepositions(verb, found, weak=True)


def _is_bare_infinitive(verb: Token) -> bool:
    """Whether a verb says what somebody is to do, not what he will do: «urged them to go», not «that they would go»."""
    return verb.tag_ == "VB" and not any(c.tag_ == "MD" or c.dep_ == "mark" for c in verb.children)


def _owns_something_else(token: Token, noun: Token) -> bool:
    """Whether a name before the noun belongs to a part of it only, as in «Iran's nuclear programme talks»."""
    return any(child.dep_ == "case" for child in token.children) and token.head.i < noun.i
