"""Whom an act is done to where no word says so: everybody whom the article names, with what speaks for and against each.

What speaks for somebody is where and how often the article names him, what he and the actor have done to each other so far,
and what the rules of `related` say. The judge weighs that (`choice.toml`) and takes one, or nobody.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import ACTOR, RECIPIENT, Entity, Ontology
from kg.text.extract import Candidate, Choice, Proposal
from kg.text.extract.related import ANSWER, DEED, HOME, NESTED, fill_recipients
from kg.text.lexicon import Lexicon
from kg.text.reading import Block, Mention, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RULES = {ANSWER: "answers", DEED: "deed", NESTED: "nested", HOME: "home"}
_QUADS = ("VerbalCooperation", "MaterialCooperation", "VerbalConflict", "MaterialConflict")
_GROUPS = {"State": "state", "Person": "person", "ArmedGroup": "group", "PoliticalParty": "group", "Alliance": "organisation",
           "IntergovernmentalOrganisation": "organisation", "MediaOutlet": "medium"}  # fmt: skip
_TITLE = 0  # the number of the title among the sentences


@dataclass(frozen=True, slots=True)
class _Deed:
    """Who did something to whom (ids, states included), in which sentence."""

    actors: frozenset[str]
    recipients: frozenset[str]
    sentence: int


def open_recipients(
    candidates: Iterable[Candidate], reading: Reading, lexicon: Lexicon, ontology: Ontology
) -> list[Candidate]:
    """Give the candidates of an article, in order; each that lacks a recipient with the choices for it."""
    found = list(candidates)
    hinted = fill_recipients([replace(one, proposals=list(one.proposals)) for one in found], reading, lexicon, ontology)
    table = _Table(reading, ontology)
    past: list[_Deed] = []
    for candidate, hint in zip(found, hinted, strict=True):
        known = len(candidate.proposals)
        weighed = [
            p for p in hint.proposals[known:] if p.slot in _RULES and p.entity is not None and table.holds(p.entity)
        ]
        hints = {p.entity.id: p for p in weighed if p.entity is not None}
        candidate.proposals += [p for p in hint.proposals[known:] if p not in weighed]
        deed = table.deed(candidate)
        aimed = candidate.type not in lexicon.nominals["unaimed"]
        paired = ontology.classes[candidate.type].symmetric and sum(p.role == ACTOR for p in candidate.proposals) > 1
        if aimed and not paired and deed.actors and not any(p.role == RECIPIENT for p in candidate.proposals):
            candidate.choices += table.choices(candidate, deed, past, hints)
        past.append(deed)
    return found


class _Table:
    """Everybody whom one article names, and where."""

    def __init__(self, reading: Reading, ontology: Ontology) -> None:
        self._reading = reading
        self._ontology = ontology
        self._numbers = dict(_numbered(reading))
        self._known: dict[str, Entity] = {}
        self._where: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
        for mention in reading.mentions():
            for entity in () if mention.generic else mention.entities:
                if self._may_suffer(entity):
                    self._known[entity.id] = reading.known(entity)
                    self._where[entity.id].append((self._sentence(mention.head, mention.block), mention))
        self._named = Counter({iri: len(places) for iri, places in self._where.items()})
        for iri, places in self._where.items():
            state = self._known[iri].state
            if state in self._known:
                self._named[state] += len(places)
        self._most = max(self._named.values(), default=0)

    def holds(self, entity: Entity) -> bool:
        """Whether the article names somebody."""
        return entity.id in self._known

    def deed(self, candidate: Candidate) -> _Deed:
        """Give who acts on whom, as far as words say so."""
        sides = [
            frozenset(
                iri
                for p in candidate.proposals
                if p.role == role and p.entity is not None and not (role == ACTOR and p.generic)
                for iri in (p.entity.id, p.entity.state)
                if iri
            )
            for role in (ACTOR, RECIPIENT)
        ]
        return _Deed(sides[0], sides[1], self._sentence(candidate.trigger, candidate.block))

    def choices(
        self, candidate: Candidate, deed: _Deed, past: list[_Deed], hints: dict[str, Proposal]
    ) -> Iterator[Choice]:
        """Give everybody on another side than the actor, in the order of their first mention."""
        about = self._about(candidate)
        for iri, entity in self._known.items():
            if {iri, entity.state} & deed.actors:
                continue
            features = {*about, *self._places(iri, deed.sentence, candidate.trigger), *self._standing(entity, deed)}
            features |= set(_history(iri, deed, past))
            features |= {f"rule {name}" for slot, name in _RULES.items() if iri in hints and hints[iri].slot == slot}
            yield Choice(
                hints.get(iri) or self._proposal(iri, candidate),
                {
                    **dict.fromkeys(sorted(features), 1.0),
                    "share": math.log1p(self._named[iri]) / math.log1p(self._most),
                },
            )

    def _about(self, candidate: Candidate) -> Iterator[str]:
        """Give what is the same for everybody."""
        yield "any"
        yield f"class {candidate.type}"
        if RECIPIENT in candidate.unresolved:
            yield "unresolved words"
        if any(p.role == "topic" for p in candidate.proposals):
            yield "topic"
        yield from (quad for quad in _QUADS if quad in self._ontology.classes[candidate.type].ancestors)

    def _places(self, iri: str, sentence: int, trigger: Token) -> Iterator[str]:
        for number, mention in self._where[iri]:
            if number == _TITLE:
                yield "title"
            elif number == sentence:
                yield "before" if mention.head.i < trigger.i else "after"
            elif number == sentence - 1:
                yield "last sentence"
                if mention.head.dep_ in _SUBJECTS:
                    yield "last subject"
            elif sentence - 3 <= number < sentence:
                yield "near"

    def _standing(self, entity: Entity, deed: _Deed) -> Iterator[str]:
        parties = {party.id for party in self._reading.parties}
        yield _GROUPS.get(entity.kind, "body")
        if self._named[entity.id] == self._most:
            yield "most named"
        if self._reading.home is not None and entity.id == self._reading.home.id:
            yield "home"
        if entity.id in parties:
            yield "party"
            if parties & deed.actors:
                yield "other party"

    def _proposal(self, iri: str, candidate: Candidate) -> Proposal:
        """Give somebody in the words that name him last before the trigger, else first after it."""
        here = candidate.block.number, candidate.trigger.i
        mentions = [mention for _, mention in self._where[iri]]
        before = [m for m in mentions if (m.block.number, m.head.i) < here]
        mention, entity = (before[-1] if before else mentions[0]), self._known[iri]
        note = f"{candidate.trigger.text}: goes without saying for {entity.label}"
        return Proposal(RECIPIENT, entity.label, mention.span, entity, HOME, weak=True, note=note)

    def _may_suffer(self, entity: Entity) -> bool:
        is_a = self._ontology.is_a
        return not is_a(entity.kind, "Thing") and (is_a(entity.kind, "Actor") or not is_a(entity.kind, "Place"))

    def _sentence(self, token: Token, block: Block) -> int:
        return _TITLE if block.is_title else self._numbers[block.number, block.sentence_start(token)]


def _history(iri: str, deed: _Deed, past: list[_Deed]) -> Iterator[str]:
    """Give what the actor and somebody have done to each other."""
    suffered = [one.sentence for one in past if iri in one.actors and deed.actors & one.recipients]
    done = [one.sentence for one in past if iri in one.recipients and deed.actors & one.actors]
    for name, sentences in (("did to actor", suffered), ("done by actor", done)):
        if sentences:
            yield f"{name}, near" if max(sentences) >= deed.sentence - 1 else name


def _numbered(reading: Reading) -> Iterator[tuple[tuple[int, int], int]]:
    """Give the sentences of an article, by block and first token, with their numbers from 1."""
    number = _TITLE
    for block in reading.blocks:
        for start in dict.fromkeys(block.sentence_start(sentence[0]) for sentence in block.doc.sents):
            number += 1
            yield (block.number, start), number
