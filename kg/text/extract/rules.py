"""Frames over the dependency parse: the extractor that ships."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import ACTOR, CORE_ROLES, RECIPIENT, Ontology
from kg.text.extract import Candidate, Proposal
from kg.text.extract.arguments import Arguments, Grammar
from kg.text.extract.clause import VERBAL, hyphened, is_negated, verb_lemmas
from kg.text.extract.echoes import Echoes
from kg.text.extract.fillers import HOME, OFFICE, PARTIES, Fillers
from kg.text.extract.instruments import Instruments
from kg.text.extract.open_roles import open_recipients
from kg.text.extract.places import Settings
from kg.text.extract.related import between_foes
from kg.text.extract.tolls import Tolls
from kg.text.lexicon import Frame, Lexicon, Slot
from kg.text.reading import Block, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUN_TAGS = frozenset({"NOUN", "PROPN"})
_PARTICIPLES = frozenset({"VBG", "VBN", "VBD"})  # may be tagged as adjectives


@dataclass(slots=True)
class _Match:
    """A frame that found what it needs. `bound` are the words that are part of the idiom («cut ties with»)."""

    weight: int
    candidate: Candidate
    bound: list[Token]


class RuleExtractor:
    """Proposes an event wherever a frame of the lexicon finds what it needs."""

    name = "rules"

    def __init__(self, lexicon: Lexicon, ontology: Ontology) -> None:
        self._lexicon = lexicon
        self._ontology = ontology
        self._grammar = Grammar(lexicon)
        self._instruments = Instruments(lexicon)
        self._settings = Settings(lexicon, ontology)
        self._tolls = Tolls(lexicon, ontology)
        self._echoes = Echoes(lexicon, ontology, self._grammar)
        # The last words of the nouns that evoke something: «exercise» of «naval exercise», «off» of «stand-off».
        self._nouns = frozenset(re.split("[ -]", name)[-1] for pos, name in lexicon.frames if pos == "noun")

    def extract(self, reading: Reading) -> Iterator[Candidate]:
        """Give the best frame of each trigger, in the order of the text."""
        fillers = Fillers(reading, self._lexicon, self._ontology)
        candidates: list[Candidate] = []
        for block in reading.blocks:
            tokens = (token for token in block.doc if token.i not in block.names)
            matches = [match for token in tokens if (match := self._best(token, block, fillers))]
            bound = {token.i for match in matches for token in match.bound} | self._means(matches)
            candidates += [match.candidate for match in matches if match.candidate.trigger.i not in bound]
        candidates = [one for one in self._tolls.join(candidates) if not self._is_disaster(one)]
        candidates = list(between_foes(self._echoes.find(candidates, reading, fillers), self._ontology))
        yield from open_recipients(candidates, reading, self._lexicon, self._ontology)

    def _is_disaster(self, candidate: Candidate) -> bool:
        """Whether nature harms people without a name: «forty people were killed when floods struck»."""
        if candidate.type not in self._lexicon.nominals["unnamed"]:
            return False
        named = any(p.role in CORE_ROLES and not p.generic for p in candidate.proposals)
        disasters = self._lexicon.classes["disaster"]
        return not named and any(
            token.pos_ == "NOUN" and token.lemma_.lower() in disasters for token in candidate.trigger.sent
        )

    def _means(self, matches: Iterable[_Match]) -> set[int]:
        """Give the nouns by which acts are done: the ties of «severed ties» are none any more, the aid of «sent aid» is sent."""
        ended = self._lexicon.nominals["ended"]
        verbs = {
            p.span.end: match.candidate
            for match in matches
            for p in match.candidate.proposals
            if p.role == "instrument" and match.candidate.trigger.pos_ in VERBAL and match.candidate.type not in ended
        }
        nouns = [match.candidate for match in matches if match.candidate.trigger.pos_ == "NOUN"]
        return {
            one.trigger.i
            for one in nouns
            if (verb := verbs.get(one.block.offset + one.trigger.idx + len(one.trigger))) is not None
            and (one.type in ended or (one.type == verb.type and _parties(one) <= _parties(verb)))
        }

    def _best(self, token: Token, block: Block, fillers: Fillers) -> _Match | None:
        frames = self._frames(token)
        if not frames:
            return None
        arguments = self._arguments(token, frames[0].pos, block)
        best: _Match | None = None
        filled = {name for name, tokens in arguments.slots.items() if tokens}
        for frame in frames:
            if not frame.needs <= filled:
                continue
            found = self._match(frame, token, arguments, block, fillers)
            if found is not None and (best is None or found.weight > best.weight):
                best = found
        return best

    def _frames(self, token: Token) -> list[Frame]:
        table = self._lexicon.frames
        if token.lemma_.lower() in self._lexicon.cues["naming"] and token.left_edge.lower_ == "what":
            return []  # «fired what Tokyo described as a rocket» says in whose words, and accuses nobody
        if token.dep_ == "oprd" and token.head.lemma_.lower() in self._lexicon.cues["naming"]:
            return []  # who «called the ruling blackmail» tells of none
        if token.pos_ in VERBAL or token.tag_ in _PARTICIPLES:
            names = self._verb_names(token)
            return [frame for name in (hyphened(token), *names) for frame in table.get(("verb", name), ())]
        if token.pos_ in _NOUN_TAGS:
            if token.lemma_.lower() not in self._nouns or (token.dep_ == "compound" and token.head.pos_ == "NOUN"):
                return []  # «aid worker», «war memorial»
            return [frame for name in _noun_names(token) for frame in table.get(("noun", name), ())]
        if token.pos_ == "ADJ":
            return list(table.get(("adjective", token.lower_), ()))
        return []

    def _verb_names(self, verb: Token) -> list[str]:
        """Give the names of a verb, longest first; «call off» is no calling where the lexicon has a frame for it."""
        names = sorted(verb_lemmas(verb), key=lambda name: (-len(name), name))
        bound = any(child.dep_ == "prt" for child in verb.children)
        return names[:1] if bound and ("verb", names[0]) in self._lexicon.frames else names

    def _arguments(self, token: Token, pos: str, block: Block) -> Arguments:
        if pos == "verb":
            return self._grammar.of_verb(token)
        if pos == "noun":
            return self._grammar.of_noun(token, block)
        return self._grammar.of_adjective(token)

    def _match(
        self, frame: Frame, trigger: Token, arguments: Arguments, block: Block, fillers: Fillers
    ) -> _Match | None:
        """Match a frame; what it needed weighs twice, what it found once."""
        if frame.negated and not is_negated(trigger):
            return None
        weight = 2 * frame.negated
        proposals: list[Proposal] = []
        worded: set[str] = set()
        bound = [
            token
            for slot in frame.slots
            if not slot.role
            for token in arguments.get(slot.name)
            if fillers.fits(slot, token, block)
        ]
        if bound:
            arguments = self._grammar.of_idiom(arguments, bound)
        if any(_needs_words(slot) and not arguments.get(slot.name) for slot in frame.slots):
            return None
        for slot in frame.slots:
            if slot.name == OFFICE:
                proposals += fillers.office(slot, proposals)
                continue
            if slot.name in {HOME, PARTIES}:
                implied = fillers.implied if slot.name == HOME else fillers.parties
                proposals += implied(slot, trigger, block, proposals)
                continue
            tokens = _fitting(slot, arguments.get(slot.name), block, fillers)
            found = self._propose(slot, tokens, arguments, block, fillers)
            oneself = slot.name == "clause subject" and _is_oneself(found, proposals)
            if oneself or not _is_met(slot, tokens, found) or _is_refused(slot, arguments, proposals, block, fillers):
                return None
            weight += (2 + slot.several) * slot.required + (bool(found) and _tells(slot, tokens, block))
            worded |= {slot.role} if arguments.get(slot.name) else set()
            proposals += found
        if frame.pos == "verb" and self._is_done_by_nobody(frame, arguments, block, fillers):
            return None
        if frame.pos == "noun":
            proposals += self._unmarked_doer(frame, arguments, block, fillers, proposals)
            proposals += self._sharer(frame, arguments, block, fillers, proposals)
        if frame.type in self._lexicon.nominals["hosted"]:
            proposals = list(fillers.hosts(proposals))
        if not any(p.role in CORE_ROLES for p in proposals):
            return None
        if not any(p.role == RECIPIENT for p in proposals):
            proposals += self._owners(frame, arguments, block, fillers, proposals)
        candidate = Candidate(
            frame.type,
            frame.rule,
            block,
            trigger,
            arguments.governor,
            proposals,
            refuses=frame.negated,
            alone=frame.alone,
            part=arguments.part,
        )
        self._add_circumstances(candidate, frame, arguments, fillers)
        candidate.unresolved = frozenset(worded - {p.role for p in proposals})
        return _Match(weight, candidate, bound)

    def _add_circumstances(self, candidate: Candidate, frame: Frame, arguments: Arguments, fillers: Fillers) -> None:
        """Add the instrument and the place that the frame's own slots left open."""
        block, proposals = candidate.block, candidate.proposals
        if not any(p.role == "instrument" for p in proposals):
            proposals += self._instruments.propose(frame, candidate.trigger, arguments, block, fillers)
        proposals += self._settings.at_recipient(frame, proposals)
        if not any(p.role == "place" and not p.generic for p in proposals):
            proposals += self._settings.propose(frame, arguments, block, fillers)

    @staticmethod
    def _is_done_by_nobody(frame: Frame, arguments: Arguments, block: Block, fillers: Fillers) -> bool:
        """Whether the verb has a doer that no slot takes and that is no actor: «an earthquake struck Turkey»."""
        doers = arguments.get("subject")
        taken = any(
            s.name == "subject" and fillers.fits(s, t, block) and (s.role != ACTOR or fillers.has_actor(t, block))
            for s in frame.slots
            for t in doers
        )
        return bool(doers) and any(s.name == "subject" for s in frame.slots) and not taken

    @staticmethod
    def _propose(
        slot: Slot, tokens: list[Token], arguments: Arguments, block: Block, fillers: Fillers
    ) -> list[Proposal]:
        if not slot.role:
            return []
        weak = slot.name in arguments.weak
        return [proposal for token in tokens for proposal in fillers.propose(slot, token, block, weak=weak)]

    def _owners(
        self, frame: Frame, arguments: Arguments, block: Block, fillers: Fillers, known: list[Proposal]
    ) -> list[Proposal]:
        """Give whose thing the act is about, where it goes to somebody and nobody else is named."""
        if frame.pos != "verb" or self._ontology.classes[frame.type].symmetric:
            return []
        things = [
            token
            for slot in frame.slots
            if slot.role == "topic" and slot.name == "object"
            for token in arguments.get("object")
        ]
        actors = {p.label for p in known if p.role == ACTOR}
        return [p for token in things for p in fillers.owner(token, block) if p.label not in actors]

    def _sharer(
        self, frame: Frame, arguments: Arguments, block: Block, fillers: Fillers, known: list[Proposal]
    ) -> list[Proposal]:
        """Give who has a meeting with the one side that its noun names: «in a phone call with Biden, Xi said …»."""
        sides = [p for p in known if p.role in CORE_ROLES]
        if not self._ontology.classes[frame.type].symmetric or len(sides) != 1:
            return []
        slot = Slot("sharer", ACTOR)
        return [p for token in arguments.get("sharer") for p in fillers.propose(slot, token, block, weak=False)]

    def _unmarked_doer(
        self, frame: Frame, arguments: Arguments, block: Block, fillers: Fillers, known: list[Proposal]
    ) -> list[Proposal]:
        """Give the doer of a noun that stands unmarked: a name before it («Iran talks»), or «of» where that is free."""
        names = {slot.name for slot in frame.slots}
        found: list[Proposal] = []
        for slot in frame.slots:
            if slot.name != "subject" or any(p.role == slot.role for p in known):
                continue
            free = [] if names & {"object", "of"} else ["object"]
            for name in [*free, *(["compound"] if "compound" not in names else [])]:
                other = Slot(name, slot.role, classes=slot.classes, refused=slot.refused)
                tokens = [token for token in arguments.get(name) if fillers.fits(other, token, block)]
                if name == "compound":
                    tokens = [
                        token for token in tokens if not self._settings.is_setting(frame, token, arguments, block)
                    ]
                found += self._propose(other, tokens, arguments, block, fillers)
        return found


def _parties(candidate: Candidate) -> set[tuple[str, str]]:
    return {(p.role, p.label) for p in candidate.proposals if p.role in CORE_ROLES}


def _fitting(slot: Slot, tokens: list[Token], block: Block, fillers: Fillers) -> list[Token]:
    """Give the tokens that are of the classes of a slot, with those coordinated to them: «rebels and Israel»."""
    heads = {_first(token) for token in tokens if fillers.fits(slot, token, block)}
    return [token for token in tokens if _first(token) in heads]


def _first(token: Token) -> int:
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token.i


def _tells(slot: Slot, tokens: list[Token], block: Block) -> bool:
    """Whether what a slot found speaks for this sense of the trigger: any unnamed site may stand anywhere."""
    return slot.role != "place" or any(token.i in block.names for token in tokens)


def _is_refused(slot: Slot, arguments: Arguments, proposals: list[Proposal], block: Block, fillers: Fillers) -> bool:
    """Whether there stands what a slot refuses, or another than the actor where it asks for the actor again."""
    tokens = arguments.get(slot.name)
    if slot.same:
        return not fillers.act(tokens, proposals, block)
    return any(slot.empty or fillers.refuses(slot, token, block) for token in tokens)


def _is_oneself(found: list[Proposal], proposals: list[Proposal]) -> bool:
    """Whether those of whom a clause tells are those who say it: «said that it was behind the raid» accuses nobody."""
    others = {p.label for p in found if p.role == RECIPIENT}
    return bool(others) and others <= {p.label for p in proposals if p.role == ACTOR}


def _needs_words(slot: Slot) -> bool:
    """Whether a slot cannot be met where no word stands in it."""
    return (slot.required or slot.several) and slot.name not in {OFFICE, HOME, PARTIES}


def _is_met(slot: Slot, tokens: list[Token], found: list[Proposal]) -> bool:
    """Whether a slot has what it needs. A recipient may stay a thing that is nobody; the doer may not."""
    if slot.several:
        return len({p.label for p in found}) > 1
    return not slot.required or bool(found if slot.role == ACTOR else tokens)


def _noun_names(noun: Token) -> list[str]:
    """Give the names under which the lexicon may list a noun, longest first.

    «Joint military exercise», each modifier with the noun («trilateral drill» in «trilateral naval drill»), the noun alone.
    """
    lemma = noun.lemma_.lower()
    doc = noun.doc
    whole = [f"{doc[start : noun.i].text.lower()} {lemma}" for start in (noun.i - 2, noun.i - 1) if start >= 0]
    modifiers = [child for child in noun.children if child.dep_ in {"amod", "compound"} and child.i < noun.i]
    single = [f"{child.lower_} {lemma}" for child in modifiers]
    return [hyphened(noun), *whole, *(name for name in single if name not in whole), lemma]
