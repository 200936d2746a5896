"""The one place that decides: which proposals fill the roles of a candidate, and whether it is reported at all.

Extractors propose with a will to find; a judge drops what is doubtful, says how sure it is of the rest, and why it chose
so. The judge here chooses by rules and weighs what may mislead; a learned one can take its place (`Pipeline(judge=…)`): it
sees the same candidates and gives the same decisions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from kg.model import ACTOR, CORE_ROLES, RECIPIENT, Filler, Ontology
from kg.text.extract import Candidate, Choice, Proposal
from kg.text.extract.fillers import PARTIES
from kg.text.extract.related import ANSWER, DEED, NESTED, UNSAID
from kg.text.lexicon import Lexicon

_ORGANS = frozenset({"Government", "Ministry", "ArmedForces", "IntelligenceAgency", "Person"})
_PLACE = "place"
# Slots whose filler is inferred: nobody is told there to threaten or answer his own state.
_WORDLESS = frozenset({ANSWER, DEED, NESTED, UNSAID, PARTIES})
_GUESSED = frozenset({"clause subject", "owner", *_WORDLESS})
_INFERRED = frozenset({"owner", "office", "home", *_WORDLESS})
_LONG = 35  # tokens beyond which the parse of a sentence misleads more often


@dataclass(frozen=True, slots=True)
class Decision:
    """The chosen fillers, how sure they are in [0, 1], and why they were chosen where the words alone do not say it.

    `features` are what the confidence was weighed from, by name.
    """

    fillers: tuple[Filler, ...]
    confidence: float
    notes: tuple[str, ...]
    features: Mapping[str, float] = field(default_factory=dict, compare=False)


class Judge(Protocol):
    """What decides on candidates."""

    def decide(self, candidate: Candidate) -> Decision | None:
        """Choose the fillers of a candidate, or give None where too little is left to defend."""
        ...


class RuleJudge:
    """Chooses by rules.

    The weights of the lexicon are log-odds by feature (`confidence.toml`, fitted by `benchmarks/calibrate.py`).
    """

    def __init__(self, ontology: Ontology, lexicon: Lexicon) -> None:
        self._ontology = ontology
        self._weights = lexicon.weights
        self._choice, self._least = lexicon.choice, lexicon.least
        self._unnamed = lexicon.nominals["unnamed"]

    def decide(self, candidate: Candidate) -> Decision | None:
        """Choose the fillers of a candidate, or give None where too little is left to defend."""
        kept = _choose([*candidate.proposals, *self._chosen(candidate)])
        if not _is_worth_telling(kept, unnamed=self._unnamed.get(candidate.type)):
            return None
        if self._ontology.classes[candidate.type].symmetric:
            for proposal in kept:
                if proposal.role == RECIPIENT:
                    proposal.role = ACTOR
            kept = _distinct(kept)
            alone = len({_key(p) for p in kept if p.role == ACTOR}) < 2
            if alone and not candidate.alone and not any(_says_enough(p) for p in kept):
                return None
        features = features_of(candidate, kept)
        score = sum(self._weights.get(name, 0.0) * value for name, value in features.items())
        fillers = tuple(sorted(_filler(p) for p in kept))
        notes = tuple(sorted({p.note for p in kept if p.note}))
        return Decision(fillers, round(_odds(score), 2), notes, features)

    def _chosen(self, candidate: Candidate) -> list[Proposal]:
        """Give the likeliest of those who may be the recipient, with whom the same rule names beside him; else nobody."""
        chances = [(self._chance(choice), choice.proposal) for choice in candidate.choices]
        chance, best = max(chances, key=lambda pair: pair[0], default=(0.0, None))
        if best is None or chance < self._least:
            return []
        beside = [one for _, one in chances if one.slot == best.slot != UNSAID]
        return [replace(one, chance=chance) for one in beside or [best]]

    def _chance(self, choice: Choice) -> float:
        return _odds(sum(self._choice.get(name, 0.0) * value for name, value in choice.features.items()))


def _odds(score: float) -> float:
    """Give log-odds as a probability."""
    return 1 / (1 + math.exp(-score))


def features_of(candidate: Candidate, kept: list[Proposal]) -> dict[str, float]:
    """Give what tells a good report from a bad one, by name: 1 where it holds; how doubtful a choice is, in [0, 1].

    Each class and part of speech is one.
    """
    core = [p for p in kept if p.role in CORE_ROLES]
    told = {
        "any": True,
        f"class {candidate.type}": True,
        f"trigger {candidate.trigger.pos_}": True,
        "no actor": not any(p.role == ACTOR for p in core),
        "one party": len(core) == 1,
        "many parties": len(core) > 2,
        "weak slot": any(p.weak for p in core),
        "points back": any(p.note and p.slot not in _INFERRED for p in core),
        "inferred": any(p.slot in _INFERRED for p in core),
        "unnamed": any(p.generic for p in core),
        "unlinked": any(p.entity is not None and not p.entity.linked and not p.generic for p in core),
        "thing": any(p.entity is None for p in core),
        "unresolved words": bool(candidate.unresolved & set(CORE_ROLES)),
        "title": candidate.block.is_title,
        "long sentence": len(candidate.trigger.sent) > _LONG,
    }
    doubt = 1.0 - min((p.chance for p in core), default=1.0)
    return {**{name: 1.0 for name, holds in told.items() if holds}, **({"doubt": doubt} if doubt else {})}


def _says_enough(proposal: Proposal) -> bool:
    """Whether one party of a symmetric event may stand alone: where the place is known, or as the foe («war against»)."""
    return (proposal.role == _PLACE and not proposal.generic) or proposal.slot == "against"


def _choose(proposals: list[Proposal]) -> list[Proposal]:
    """Drop weak proposals beside strong ones of the same role, and recipients that are the actor."""
    named = {p.role for p in proposals if p.role == _PLACE and not p.generic}
    proposals = [p for p in proposals if not (p.generic and p.role in named)]  # «a hotel» beside «Geneva»
    strong = {p.role for p in proposals if not p.weak}
    kept = _distinct([p for p in proposals if not p.weak or p.role not in strong])
    actors = {_key(p) for p in kept if p.role == ACTOR}
    states = {p.entity.state for p in kept if p.role == ACTOR and p.entity and p.entity.state}
    kept = [
        p
        for p in kept
        if p.role != RECIPIENT or not (_key(p) in actors or (p.slot in _GUESSED and _home(p) & (states | actors)))
    ]
    # «Granted Ethiopia access to the sea»: where somebody is named, a thing without a name is no recipient.
    receiving = {p.slot for p in kept if p.role == RECIPIENT and not (p.generic or p.weak)}
    kept = [p for p in kept if not (p.generic and p.role == RECIPIENT and receiving - {p.slot})]
    whole = {(p.role, p.entity.id) for p in kept if p.entity and p.entity.kind == "State"}
    organs = {(p.role, p.entity.state) for p in kept if p.entity and p.entity.kind in _ORGANS and p.role in CORE_ROLES}
    # A state beside its own organ or representative says the same twice: the more specific stays.
    return [p for p in kept if not (p.entity and (p.role, p.entity.id) in whole & organs)]


def _home(proposal: Proposal) -> set[str]:
    """Give the ids of an entity and of its state."""
    return {proposal.entity.id, proposal.entity.state or ""} if proposal.entity else set()


def _distinct(proposals: list[Proposal]) -> list[Proposal]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for proposal in proposals:
        key = (proposal.role, _key(proposal))
        if key not in seen:
            seen.add(key)
            kept.append(proposal)
    return kept


def _key(proposal: Proposal) -> str:
    return proposal.entity.id if proposal.entity else proposal.label


def _is_worth_telling(proposals: list[Proposal], *, unnamed: str | None) -> bool:
    """Whether a named actor takes part, or nameless ones do at a known place, or in a role (`unnamed`) that is news by itself.

    What a private person does or suffers is no news.
    """
    core = [p for p in proposals if p.role in CORE_ROLES]
    placed = any(p.role == _PLACE and not p.generic for p in proposals)
    lone = any(_is_lone(p) for p in core if p.role == ACTOR or not placed)
    told = placed or any(p.role == unnamed and not p.private for p in core)
    return any(not p.generic for p in core) or (bool(core) and told and not lone)


def _is_lone(proposal: Proposal) -> bool:
    return proposal.private and proposal.entity is not None and proposal.entity.kind == "Person"


def _filler(proposal: Proposal) -> Filler:
    return Filler(proposal.role, proposal.label, proposal.span, proposal.entity)
