"""The one place that decides: which proposals fill the roles of a candidate, and whether it is reported at all.

Extractors propose with a will to find; this judge drops what is doubtful. A learned judge could take its place: it would
see the same candidates and give the same fillers and confidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import ACTOR, CORE_ROLES, RECIPIENT, Filler, Ontology
from kg.text.extract import Candidate, Proposal

# Confidence is the product of what is known to mislead; see `make quality` for how it is borne out.
_BASE = 0.9
_WEAK = 0.75
_RESOLVED = 0.9
_GENERIC = 0.85
_ALONE = 0.9

# Slots whose filler is inferred: nobody is told there to threaten or answer his own state.
_ORGANS = frozenset({"Government", "Ministry", "ArmedForces", "IntelligenceAgency", "Person"})
_GUESSED = frozenset({"clause subject", "related", "owner"})


@dataclass(frozen=True, slots=True)
class Decision:
    """The chosen fillers, how sure they are in [0, 1], and why they were chosen where the words alone do not say it."""

    fillers: tuple[Filler, ...]
    confidence: float
    notes: tuple[str, ...]


def decide(candidate: Candidate, ontology: Ontology) -> Decision | None:
    """Choose the fillers of a candidate, or give None where too little is left to defend."""
    kept = _choose(candidate.proposals)
    if not _is_worth_telling(kept):
        return None
    symmetric = ontology.classes[candidate.type].symmetric
    if symmetric:
        for proposal in kept:
            if proposal.role == RECIPIENT:
                proposal.role = ACTOR
        kept = _distinct(kept)
        if len({_key(p) for p in kept if p.role == ACTOR}) < 2 and not any(_says_enough(p) for p in kept):
            return None
    core = [p for p in kept if p.role in CORE_ROLES]
    confidence = _BASE
    for factor, holds in (
        (_WEAK, any(p.weak for p in core)),
        (_RESOLVED, any(p.note for p in core)),
        (_GENERIC, any(p.generic for p in core)),
        (_ALONE, len(core) == 1),
    ):
        confidence *= factor if holds else 1.0
    fillers = sorted(_filler(p) for p in kept)
    notes = sorted({p.note for p in kept if p.note})
    return Decision(tuple(fillers), round(confidence, 3), tuple(notes))


def _says_enough(proposal: Proposal) -> bool:
    """Whether one party of a symmetric event may stand alone: where the place is known, or as the foe («war against»)."""
    return proposal.role == "place" or proposal.slot == "against"


def _choose(proposals: list[Proposal]) -> list[Proposal]:
    """Drop weak proposals beside strong ones of the same role, and recipients that are the actor."""
    strong = {p.role for p in proposals if not p.weak}
    kept = _distinct([p for p in proposals if not p.weak or p.role not in strong])
    actors = {_key(p) for p in kept if p.role == ACTOR}
    states = {p.entity.state for p in kept if p.role == ACTOR and p.entity and p.entity.state}
    kept = [
        p
        for p in kept
        if p.role != RECIPIENT or not (_key(p) in actors or (p.slot in _GUESSED and _home(p) & (states | actors)))
    ]
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


def _is_worth_telling(proposals: list[Proposal]) -> bool:
    """Whether a named actor takes part, or the place of nameless ones is known."""
    core = [p for p in proposals if p.role in CORE_ROLES]
    named = any(not p.generic for p in core)
    placed = any(p.role == "place" for p in proposals)
    return bool(core) and (named or placed)


def _filler(proposal: Proposal) -> Filler:
    return Filler(proposal.role, proposal.label, proposal.span, proposal.entity)
