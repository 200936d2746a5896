"""Events that are told by words which only point back to another event of the article.

«Argentina did the same», «Caracas did not», «as did France», «the Americans followed a year later»: the same act by another.
«Seoul answered in kind»: the same act, returned. «Beijing denies it», «denied the attack»: the act, as who did it denies it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import ACTOR, RECIPIENT, Ontology
from kg.text.extract import Candidate, Proposal
from kg.text.extract.arguments import Grammar
from kg.text.extract.clause import DATES, VERBAL, children_of, is_negated
from kg.text.extract.fillers import Fillers
from kg.text.lexicon import Lexicon, Slot
from kg.text.reading import Block, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_DOER = Slot("subject", ACTOR)
_BACK = 6  # events before a denial among which the denied one is looked for
_SUBJECT_SLOT = "subject"
# What a second doer does not share with the first.
_OWN = frozenset({"place", "origin", "instrument"})


class Echoes:
    """Finds events by the words that point back to them."""

    def __init__(self, lexicon: Lexicon, ontology: Ontology, grammar: Grammar) -> None:
        self._cues = lexicon.cues
        self._frames = lexicon.frames
        self._ontology = ontology
        self._grammar = grammar

    def find(self, candidates: Iterable[Candidate], reading: Reading, fillers: Fillers) -> list[Candidate]:
        """Give the candidates of an article with those that point back to them, in the order of the text."""
        found = sorted(candidates, key=_place)
        for block in reading.blocks:
            for token in block.doc:
                for echo in list(self._echo(token, block, found, fillers)):
                    insort(found, echo, key=_place)
        return found

    def _echo(self, token: Token, block: Block, known: list[Candidate], fillers: Fillers) -> Iterator[Candidate]:
        if token.pos_ not in VERBAL or token.dep_ in {"aux", "auxpass"}:
            return
        if token.lemma_.lower() in self._cues["denies"]:
            yield from self._denied(token, block, known, fillers)
        elif self._is_returned(token):
            yield from self._again(token, block, known, fillers, returned=True)
        elif self._is_pro_verb(token):
            yield from self._again(token, block, known, fillers, returned=False)

    # The same act by another

    def _is_pro_verb(self, verb: Token) -> bool:
        """«Did so», «did the same», «has not», «as did», «followed suit», «followed a year later»."""
        lemma, children = verb.lemma_.lower(), list(verb.children)
        objects = [child for child in children if child.dep_ in {"dobj", "attr", "acomp", "xcomp", "ccomp"}]
        if any(child.lower_ in self._cues["pro_objects"] for child in objects):
            return lemma in self._cues["pro_verbs"] | self._cues["following_verbs"]
        if objects:
            return False
        if lemma in self._cues["following_verbs"]:
            dated = [c for c in children if c.ent_type_ in DATES or any(t.ent_type_ in DATES for t in c.children)]
            later = bool(dated) or any(child.lower_ in self._cues["later_adverbs"] for child in children)
            return later and not any(child.dep_ == "prep" and child not in dated for child in children)
        like = any(child.lower_ in self._cues["pro_adverbs"] for child in children)
        denied = any(child.dep_ == "neg" for child in children) and not _goes_on(verb)
        return lemma in self._cues["pro_verbs"] and (like or denied)

    def _is_returned(self, verb: Token) -> bool:
        return verb.lemma_.lower() in self._cues["returning_verbs"] and any(
            inner.lower_ == "kind" for prep in verb.children if prep.lower_ == "in" for inner in prep.children
        )

    def _again(
        self, verb: Token, block: Block, known: list[Candidate], fillers: Fillers, *, returned: bool
    ) -> Iterator[Candidate]:
        doers = self._doers(verb, block, fillers)
        first = _told_before(verb, block, known) if doers else None
        if first is None:
            return
        before = [p for p in first.proposals if p.role == ACTOR and p.slot == _SUBJECT_SLOT]
        if not before or _ids(before) & _ids(doers):
            return
        shared = [p for p in first.proposals if p not in before and p.role not in _OWN]
        if returned:
            if not _ids(doers) & _ids(p for p in shared if p.role == RECIPIENT):
                return
            shared = [replace(p, role=RECIPIENT) for p in before]
        note = f"{verb.text}: as told by «{first.trigger.text}»"
        again = self._copy(first, verb, block, [*doers, *(replace(p, note=p.note or note) for p in shared)])
        yield replace(again, like=first)

    # An act that its doer denies

    def _denied(self, verb: Token, block: Block, known: list[Candidate], fillers: Fillers) -> Iterator[Candidate]:
        unsure = is_negated(verb) or any(child.tag_ == "MD" for child in verb.children)
        deniers = [] if unsure else self._doers(verb, block, fillers)
        for thing in children_of(verb, {"dobj"}) if deniers else ():
            denied = self._meant(thing, deniers, known[: bisect_left(known, (block.number, verb.i), key=_place)])
            if denied is not None and not any(one.trigger == thing for one in known):
                symmetric = self._ontology.classes[denied.type].symmetric
                doers = [p for p in denied.proposals if p.role == ACTOR]
                own = [p for p in doers if _ids([p]) & _ids(deniers)]
                doers = doers if symmetric or not own else own
                shared = [p for p in denied.proposals if p.role != ACTOR]
                note = f"{thing.text}: what «{denied.trigger.text}» tells"
                yield self._copy(denied, thing, block, [replace(p, note=p.note or note) for p in (*doers, *shared)])
                return

    def _meant(self, thing: Token, deniers: list[Proposal], earlier: list[Candidate]) -> Candidate | None:
        """Give the act of one of `deniers` that «it», «any part in it» or «the attack» means: the last of its kind."""
        types = {frame.type for frame in self._frames.get(("noun", thing.lemma_.lower()), ())}
        described = any(child.dep_ in {"relcl", "acl"} for child in thing.children)
        vague = thing.lower_ in self._cues["denied_things"] and not described
        near = [one for one in earlier if _in_one_sentence(one, thing)] if thing.lower_ == "it" else []
        own = any(p.role == ACTOR and _ids([p]) & _ids(deniers) for one in near for p in one.proposals)
        claimed = [one for one in near if not own and _is_embedded(one.trigger)]
        if (
            claimed
        ):  # «X claims to have …; Y denies it»: what X did; but «X condemned the act; Y denies it» is no such claim
            return min(claimed, key=lambda one: (_depth(one.trigger), -one.trigger.i))
        for one in reversed(earlier[-_BACK:]):
            acting = [p for p in one.proposals if p.role == ACTOR]
            if (vague or one.type in types) and _ids(acting) & _ids(deniers):
                return one
        return None

    def _doers(self, verb: Token, block: Block, fillers: Fillers) -> list[Proposal]:
        """Give the named actors that are the subject of a verb; that of «as did France» stands after it."""
        tokens = self._grammar.of_verb(verb).get(_SUBJECT_SLOT)
        found = [proposal for token in tokens for proposal in fillers.propose(_DOER, token, block, weak=False)]
        return [proposal for proposal in found if not proposal.generic]

    @staticmethod
    def _copy(first: Candidate, trigger: Token, block: Block, proposals: list[Proposal]) -> Candidate:
        rule = f"echo.verb.{first.type}"
        return Candidate(first.type, rule, block, trigger, trigger, proposals, alone=first.alone)


def _told_before(verb: Token, block: Block, known: list[Candidate]) -> Candidate | None:
    """Give the main event of the clause before a verb: of its own sentence, else of the one before."""
    near = [one for one in known if one.block is block and one.trigger.i < verb.i and one.trigger.pos_ in VERBAL]
    if not near:
        return None
    last = near[-1].trigger
    if verb.sent.start and last.sent.end < verb.sent.start:
        return None  # a sentence without events stands between them
    same = [one for one in near if one.trigger.sent == last.sent and not _is_embedded(one.trigger)]
    return min(same, key=lambda one: (_depth(one.trigger), -one.trigger.i), default=None)


def _in_one_sentence(one: Candidate, other: Token) -> bool:
    """Whether a candidate stands in the sentence of a word, whole where semicolons part it."""
    place = one.block.sentence_start
    return one.trigger.doc is other.doc and place(one.trigger) == place(other)


def _is_embedded(verb: Token) -> bool:
    """Whether a verb only completes another («wants to attack», «said it had attacked»): of that, «did the same» says nothing."""
    while verb.head != verb:
        if verb.dep_ in {"ccomp", "xcomp", "pcomp"}:
            return True
        verb = verb.head
    return False


def _depth(token: Token) -> int:
    depth = 0
    while token.head != token:
        token, depth = token.head, depth + 1
    return depth


def _goes_on(verb: Token) -> bool:
    """Whether more follows than a denial that ends the clause: «did not, however, …» still ends it, «have not enough» does not."""
    return any(
        child.dep_ in {"advmod", "prep", "advcl", "npadvmod"} and child.i > verb.i + 2 for child in verb.children
    )


def _ids(proposals: Iterable[Proposal]) -> set[str]:
    known = [p.entity for p in proposals if p.entity]
    return {iri for entity in known for iri in (entity.id, entity.state) if iri}


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate.block.number, candidate.trigger.i
