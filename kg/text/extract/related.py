"""Open recipients that other events of the article fill.

«He rejected the charge» goes to whoever made the charge before; «demanded a withdrawal» to whoever is to withdraw;
«threatened to strike Iran» to Iran. Which classes work so is in `nominals.toml` (`answers`, `nested`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import ACTOR, RECIPIENT
from kg.text.extract import Candidate, Proposal
from kg.text.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_BACK = 6  # candidates before an answer among which the question is looked for


def fill_recipients(candidates: Iterable[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """Give the candidates of an article, in order, with recipients filled from each other."""
    found = list(candidates)
    answers, nested = lexicon.nominals["answers"], lexicon.nominals["nested"]
    for number, candidate in enumerate(found):
        if any(p.role == RECIPIENT for p in candidate.proposals):
            continue
        if candidate.type in nested:
            _from_nested(candidate, found, nested[candidate.type])
        if candidate.type in answers and not any(p.role == RECIPIENT for p in candidate.proposals):
            _from_question(candidate, found[max(0, number - _BACK) : number], answers[candidate.type].split("|"))
    return found


def _from_question(candidate: Candidate, before: list[Candidate], types: list[str]) -> None:
    """Take as recipient who accused, asked or threatened the one that now answers."""
    mine = _parties(candidate, ACTOR)
    for other in reversed(before):
        if other.type in types and mine & _parties(other, RECIPIENT):
            note = f"answers {other.trigger.text}"
            candidate.proposals += [_as_recipient(p, note) for p in other.proposals if p.role == ACTOR]
            return


def _from_nested(candidate: Candidate, found: list[Candidate], role: str) -> None:
    """Take as recipient the party of an event that is told inside this one."""
    mine = _parties(candidate, ACTOR)
    for other in found:
        if other.block is candidate.block and other is not candidate and _governs(candidate.trigger, other.trigger):
            parties = [p for p in other.proposals if p.role == role and not _party(p) & mine]
            if parties:
                candidate.proposals += [_as_recipient(p, f"from {other.trigger.text}") for p in parties]
                return


def _governs(outer: Token, inner: Token) -> bool:
    """Whether `inner` stands in the complement of `outer`, not in a clause that only describes or dates it."""
    token = inner
    while token.head != token:
        if token.dep_ in {"relcl", "advcl", "appos", "nsubj", "conj"}:
            return False
        token = token.head
        if token == outer:
            return True
    return False


def _parties(candidate: Candidate, role: str) -> set[str]:
    return {iri for p in candidate.proposals if p.role == role for iri in _party(p)}


def _party(proposal: Proposal) -> set[str]:
    if proposal.entity is None:
        return {proposal.label}
    return {proposal.entity.id} | ({proposal.entity.state} if proposal.entity.state else set())


def _as_recipient(proposal: Proposal, note: str) -> Proposal:
    return replace(proposal, role=RECIPIENT, slot="related", weak=True, note=note)
