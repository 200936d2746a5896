"""Frames over the dependency parse: the extractor that ships."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import ACTOR, CORE_ROLES, Ontology
from kg.text.extract import Candidate, Proposal
from kg.text.extract.arguments import Arguments, Grammar, verb_lemmas
from kg.text.extract.fillers import HOME, OFFICE, Fillers
from kg.text.extract.related import fill_recipients
from kg.text.lexicon import Frame, Lexicon, Slot
from kg.text.reading import Block, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUN_TAGS = frozenset({"NOUN", "PROPN"})
_VERB_TAGS = frozenset({"VERB", "AUX"})
_REACH = 4  # governors followed upwards in search of a setting


class RuleExtractor:
    """Proposes an event wherever a frame of the lexicon finds what it needs."""

    name = "rules"

    def __init__(self, lexicon: Lexicon, ontology: Ontology) -> None:
        self._lexicon = lexicon
        self._ontology = ontology
        self._grammar = Grammar(lexicon)

    def extract(self, reading: Reading) -> Iterator[Candidate]:
        """Give the best frame of each trigger, in the order of the text."""
        yield from fill_recipients(self._triggers(reading), self._lexicon)

    def _triggers(self, reading: Reading) -> Iterator[Candidate]:
        fillers = Fillers(reading, self._lexicon, self._ontology)
        for block in reading.blocks:
            for token in block.doc:
                if token.i not in block.names:
                    yield from self._at(token, block, fillers)

    def _at(self, token: Token, block: Block, fillers: Fillers) -> Iterator[Candidate]:
        frames = self._frames(token)
        if not frames:
            return
        verbal = frames[0].pos == "verb"
        arguments = self._grammar.of_verb(token) if verbal else self._grammar.of_noun(token, block)
        if frames[0].pos == "adjective":
            arguments = self._of_adjective(token)
        best: tuple[int, Candidate] | None = None
        for frame in frames:
            found = self._match(frame, token, arguments, block, fillers)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        if best is not None:
            yield best[1]

    def _frames(self, token: Token) -> list[Frame]:
        table = self._lexicon.frames
        if token.pos_ in _VERB_TAGS or (token.tag_ in {"VBG", "VBN", "VBD"}):
            names = sorted(verb_lemmas(token), key=len, reverse=True)
            hyphened = [f"{token.doc[token.i - 2].lower_}-{token.lemma_.lower()}"] if _hyphened(token) else []
            return [frame for name in (*hyphened, *names) for frame in table.get(("verb", name), ())]
        if token.pos_ in _NOUN_TAGS:
            return [frame for name in _noun_names(token) for frame in table.get(("noun", name), ())]
        if token.pos_ == "ADJ":
            return list(table.get(("adjective", token.lower_), ()))
        return []

    def _of_adjective(self, token: Token) -> Arguments:
        verb = token.head if token.dep_ in {"acomp", "attr", "oprd"} else token
        found = self._grammar.of_verb(verb)
        if verb == token:
            found.add("subject", [token.head] if token.dep_ == "amod" else [])
        for name, tokens in self._grammar.of_verb(token).slots.items():
            found.add(name, tokens)
        return found

    def _match(
        self, frame: Frame, trigger: Token, arguments: Arguments, block: Block, fillers: Fillers
    ) -> tuple[int, Candidate] | None:
        """Give the candidate of a frame with its weight: what it needed counts twice, what it found once."""
        weight = 0
        proposals: list[Proposal] = []
        slots = _noun_slots(frame) if frame.pos == "noun" else frame.slots
        for slot in slots:
            if slot.name == OFFICE:
                proposals += fillers.office(slot, proposals)
                continue
            if slot.name == HOME:
                proposals += fillers.implied(slot, trigger, block, proposals)
                continue
            if any(fillers.refuses(slot, token, block) for token in arguments.get(slot.name)):
                return None
            tokens = [token for token in arguments.get(slot.name) if fillers.fits(slot, token, block)]
            weak = slot.name in arguments.weak
            found = [p for token in tokens for p in fillers.propose(slot, token, block, weak=weak)] if slot.role else []
            if slot.required and not (found if slot.role == ACTOR else tokens):
                return None  # a recipient may stay a thing that is nobody, the doer may not
            weight += 2 * slot.required + bool(found)
            proposals += found
        if not any(p.role in CORE_ROLES for p in proposals):
            return None
        proposals += self._default_places(frame, arguments, block, fillers, proposals)
        return weight, Candidate(frame.type, frame.rule, block, trigger, arguments.governor, proposals)

    def _default_places(
        self, frame: Frame, arguments: Arguments, block: Block, fillers: Fillers, known: list[Proposal]
    ) -> list[Proposal]:
        """Every event may have a place after a locative preposition in its clause, whatever its frame says."""
        if any(p.role == "place" for p in known):
            return []
        named = {slot.name for slot in frame.slots}
        found: list[Proposal] = []
        for name in sorted(self._lexicon.cues["place_prepositions"] - named - {"to", "into", "on"}):
            slot = Slot(name, "place")
            for token in arguments.get(name):
                found += fillers.propose(slot, token, block, weak=name in arguments.weak)
        return found or self._clause_places(arguments.governor, block, fillers)

    def _clause_places(self, governor: Token, block: Block, fillers: Fillers) -> list[Proposal]:
        """Take the place that the clause as a whole is set in: «In Istanbul the two ministers agreed to hold talks»."""
        clause = governor
        found: list[Proposal] = []
        for _ in range(_REACH):
            for prep in clause.children:
                if prep.dep_ == "prep" and prep.lower_ in self._lexicon.cues["setting_prepositions"]:
                    for token in prep.children:
                        if token.dep_ == "pobj":
                            found += fillers.propose(Slot(prep.lower_, "place"), token, block, weak=True)
            if found or clause.dep_ not in {"xcomp", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "acl"}:
                break
            clause = clause.head
        return found


def _noun_names(noun: Token) -> list[str]:
    """Give the names under which the lexicon may list a noun, longest first.

    «Joint military exercise», each modifier with the noun («trilateral drill» in «trilateral naval drill»), the noun alone.
    """
    lemma = noun.lemma_.lower()
    doc = noun.doc
    whole = [f"{doc[start : noun.i].text.lower()} {lemma}" for start in (noun.i - 2, noun.i - 1) if start >= 0]
    single = [
        f"{child.lower_} {lemma}" for child in noun.children if child.dep_ in {"amod", "compound"} and child.i < noun.i
    ]
    return [*whole, *(name for name in single if name not in whole), lemma]


def _hyphened(token: Token) -> bool:
    return token.i >= 2 and token.doc[token.i - 1].text == "-"


def _noun_slots(frame: Frame) -> tuple[Slot, ...]:
    """Add the slots that every noun has: «of» says who, where the frame knows no object; a name before it is its doer."""
    names = {slot.name for slot in frame.slots}
    extra: list[Slot] = []
    for slot in frame.slots:
        if slot.name == "subject":
            if "object" not in names and "of" not in names:
                extra.append(Slot("object", slot.role, False, slot.classes, slot.refused))
            if "compound" not in names:
                extra.append(Slot("compound", slot.role, False, slot.classes, slot.refused))
    return (*frame.slots, *extra)
