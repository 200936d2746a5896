"""Whom an act is done to where no word says so: everybody whom the article names, with what speaks for and against each.

What speaks for somebody is where and how often the article names him, what he and the actor have done to each other so far,
and what the rules of `related` say. The judge weighs that (`choice.toml`) and takes one, or nobody.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from kg.model import ACTOR, RECIPIENT, Entity, Ontology
from kg.text.extract import Candidate, Choice, Proposal
from kg.text.extract.clause import coordinated, objects_of
from kg.text.extract.related import UNSAID, fill_recipients, is_of_violence, topics
from kg.text.lexicon import Lexicon
from kg.text.reading import Block, Mention, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RULES = {UNSAID: "home"}
_QUADS = ("VerbalCooperation", "MaterialCooperation", "VerbalConflict", "MaterialConflict")
_GROUPS = {"State": "state", "Person": "person", "ArmedGroup": "group", "PoliticalParty": "group", "Alliance": "organisation",
           "IntergovernmentalOrganisation": "organisation", "MediaOutlet": "medium"}  # fmt: skip
_LEADING = 10  # of those who are named nowhere near, so many of the most named come into question
_NEAR = 3  # sentences back that are still near
_FAR = 1  # before all sentences
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
    table = _Table(reading, lexicon, ontology)
    past = _Past()
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
        wanting = aimed and not paired and deed.actors and not any(p.role == RECIPIENT for p in candidate.proposals)
        if wanting and not is_of_violence(candidate, lexicon, ontology):
            candidate.choices += table.choices(candidate, deed, past, hints)
        past.note(deed)
    return found


class _Past:
    """What an article has told so far: in which sentence last somebody did something to somebody."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], int] = {}

    def note(self, deed: _Deed) -> None:
        """Remember a deed."""
        for pair in product(deed.actors, deed.recipients):
            self._last[pair] = max(deed.sentence, self._last.get(pair, _TITLE))

    def between(self, iri: str, deed: _Deed) -> Iterator[str]:
        """Give what the actor of a deed and somebody have done to each other."""
        for name, pairs in (
            ("did to actor", product([iri], deed.actors)),
            ("done by actor", product(deed.actors, [iri])),
        ):
            last = max((self._last.get(pair, -_FAR) for pair in pairs), default=-_FAR)
            if last > -_FAR:
                yield f"{name}, near" if last >= deed.sentence - 1 else name


class _Table:
    """Everybody whom one article names, and where."""

    def __init__(self, reading: Reading, lexicon: Lexicon, ontology: Ontology) -> None:
        self._reading = reading
        self._aiming = lexicon.cues["aiming_prepositions"]
        self._ontology = ontology
        self._numbers = dict(_numbered(reading))
        self._known: dict[str, Entity] = {}
        # Of each, the mentions by the number of their sentence, and all of them in the order of the text.
        self._where: dict[str, dict[int, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        self._mentions: dict[str, list[tuple[tuple[int, int], Mention]]] = defaultdict(list)
        for mention in reading.mentions():
            for entity in () if mention.generic else mention.entities:
                if self._may_suffer(entity):
                    self._known[entity.id] = reading.known(entity)
                    self._where[entity.id][self._sentence(mention.head, mention.block)].append(mention)
                    self._mentions[entity.id].append(((mention.block.number, mention.head.i), mention))
        self._named = Counter({iri: len(mentions) for iri, mentions in self._mentions.items()})
        for iri, mentions in self._mentions.items():
            state = self._known[iri].state
            if state in self._known:
                self._named[state] += len(mentions)
        self._most = max(self._named.values(), default=0)
        self._leading = {iri for iri, _ in sorted(self._named.items(), key=lambda pair: (-pair[1], pair[0]))[:_LEADING]}
        self._parties = {party.id for party in reading.parties}

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

    def choices(self, candidate: Candidate, deed: _Deed, past: _Past, hints: dict[str, Proposal]) -> Iterator[Choice]:
        """Give everybody on another side than the actor who is near, among the leading or hinted at, first mention first."""
        about, aims = frozenset(self._about(candidate)), frozenset(self._aims(candidate))
        for iri, entity in self._known.items():
            places = frozenset(self._places(iri, deed.sentence, candidate.trigger))
            if {iri, entity.state} & (deed.actors | aims) or not (places or iri in hints or iri in self._leading):
                continue
            features = {*about, *places, *self._standing(entity, deed), *past.between(iri, deed)}
            features |= {f"rule {name}" for slot, name in _RULES.items() if iri in hints and hints[iri].slot == slot}
            share = math.log1p(self._named[iri]) / math.log1p(self._most)
            proposal = hints.get(iri) or self._proposal(iri, candidate)
            yield Choice(proposal, {**dict.fromkeys(sorted(features), 1.0), "share": share})

    def _aims(self, candidate: Candidate) -> Iterator[str]:
        """Give those against whom a thing goes that is spoken of: who «vetoed sanctions against Mali» does Mali no harm."""
        block = candidate.block
        for noun in topics(candidate):
            for prep in noun.children:
                for token in coordinated(objects_of(prep)) if prep.lower_ in self._aiming else ():
                    mention = block.heads.get(token.i) or block.names.get(token.i)
                    yield from (entity.id for entity in (mention.entities if mention else ()))

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
        where = self._where[iri]
        if _TITLE in where:
            yield "title"
        for mention in where.get(sentence, ()) if sentence != _TITLE else ():
            yield "before" if mention.head.i < trigger.i else "after"
        last = where.get(sentence - 1, ()) if sentence - 1 > _TITLE else ()
        if last:
            yield "last sentence"
        if any(mention.head.dep_ in _SUBJECTS for mention in last):
            yield "last subject"
        if any(number in where for number in range(max(sentence - _NEAR, _TITLE + 1), sentence - 1)):
            yield "near"

    def _standing(self, entity: Entity, deed: _Deed) -> Iterator[str]:
        yield _GROUPS.get(entity.kind, "body")
        if self._named[entity.id] == self._most:
            yield "most named"
        if self._reading.home is not None and entity.id == self._reading.home.id:
            yield "home"
        if entity.id in self._parties:
            yield "party"
            if self._parties & deed.actors:
                yield "other party"

    def _proposal(self, iri: str, candidate: Candidate) -> Proposal:
        """Give somebody in the words that name him last before the trigger, else first after it."""
        mentions = self._mentions[iri]
        before = bisect_left(mentions, (candidate.block.number, candidate.trigger.i), key=lambda one: one[0])
        mention, entity = mentions[max(before - 1, 0)][1], self._known[iri]
        note = f"{candidate.trigger.text}: goes without saying for {entity.label}"
        return Proposal(RECIPIENT, entity.label, mention.span, entity, UNSAID, weak=True, note=note)

    def _may_suffer(self, entity: Entity) -> bool:
        is_a = self._ontology.is_a
        return not is_a(entity.kind, "Thing") and (is_a(entity.kind, "Actor") or not is_a(entity.kind, "Place"))

    def _sentence(self, token: Token, block: Block) -> int:
        return _TITLE if block.is_title else self._numbers[block.number, block.sentence_start(token)]


def _numbered(reading: Reading) -> Iterator[tuple[tuple[int, int], int]]:
    """Give the sentences of an article, by block and first token, with their numbers from 1."""
    starts = [
        (block.number, start)
        for block in reading.blocks
        for start in dict.fromkeys(block.sentence_start(sentence[0]) for sentence in block.doc.sents)
    ]
    return ((where, number) for number, where in enumerate(starts, _TITLE + 1))
