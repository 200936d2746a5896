"""Open recipients that other events of the article fill.

«He rejected the charge» goes to whoever made the charge before; «demanded a withdrawal» to whoever is to withdraw;
«threatened to strike Iran» to Iran. Which classes work so is in `nominals.toml` (`answers`, `nested`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import ACTOR, CORE_ROLES, RECIPIENT, Entity, Ontology
from kg.text.extract import Candidate, Proposal
from kg.text.extract.fillers import PARTIES
from kg.text.lexicon import Frame, Lexicon
from kg.text.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

# The slots of who is meant without a word: by the rule that says so.
ANSWER, DEED, NESTED, UNSAID = "answer", "deed", "nested", "without saying"
_MOVEMENTS = frozenset({"ArmedGroup", "PoliticalParty"})
_VIOLENCE = ("Assault",)  # the class above attacks, combat and casualties
_BACK = 6  # candidates before an answer among which the question is looked for


def fill_recipients(
    candidates: Iterable[Candidate], reading: Reading, lexicon: Lexicon, ontology: Ontology
) -> list[Candidate]:
    """Give the candidates of an article, in order, with recipients filled from each other."""
    found = list(candidates)
    answers, nested = lexicon.nominals["answers"], lexicon.nominals["nested"]
    homeward = lexicon.nominals["homeward"]
    for number, candidate in enumerate(found):
        if any(p.role == RECIPIENT for p in candidate.proposals):
            continue
        if candidate.type in nested and not _is_mutual(candidate, ontology):
            roles, _, classes = nested[candidate.type].partition(" of ")
            inner = [one for one in found if not classes or _is_any(one.type, classes.split("|"), ontology)]
            _from_nested(candidate, inner, roles.split("|"))
        if candidate.type in answers and not any(p.role == RECIPIENT for p in candidate.proposals):
            _from_question(
                candidate, found[max(0, number - _BACK) : number], answers[candidate.type].split("|"), lexicon
            )
        if candidate.type in answers and not any(p.role == RECIPIENT for p in candidate.proposals):
            _from_deed(candidate, found[:number], lexicon)
        if candidate.type in homeward and not any(p.role == RECIPIENT for p in candidate.proposals):
            _from_home(candidate, reading)
        if candidate.type in lexicon.nominals["amid"] and not any(p.role == RECIPIENT for p in candidate.proposals):
            _from_parties(candidate, reading.parties)
    return found


def between_foes(candidates: list[Candidate], ontology: Ontology) -> Iterator[Candidate]:
    """Give the candidates whose parties go without saying only where the article tells of violence between the two.

    «The truce held» is between those who fought, not between the two who are named most.
    """
    for candidate in candidates:
        unsaid = [p for p in candidate.proposals if p.role == ACTOR and p.slot == PARTIES]
        sides = [_foes(p) for p in candidate.proposals if p.role in CORE_ROLES]
        acts = (other for other in candidates if other is not candidate and _is_any(other.type, _VIOLENCE, ontology))
        fights = ({iri for p in act.proposals if p.role in CORE_ROLES for iri in _foes(p)} for act in acts)
        if not unsaid or any(all(side & fight for side in sides) for fight in fights):
            yield candidate


def _foes(proposal: Proposal) -> set[str]:
    """Give who fights: an army fights for its state, a movement for itself."""
    entity = proposal.entity
    return {entity.id} if entity is not None and entity.kind in _MOVEMENTS else _party(proposal)


def _is_mutual(candidate: Candidate, ontology: Ontology) -> bool:
    """Whether several who are on one footing have the event among themselves: «Iran and Iraq agreed to …»."""
    symmetric = ontology.classes[candidate.type].symmetric
    return symmetric and len({p.label for p in candidate.proposals if p.role == ACTOR}) > 1


def _from_deed(candidate: Candidate, before: list[Candidate], lexicon: Lexicon) -> None:
    """«Condemned the launch», «endorsed the takeover»: take as recipient who did so, as the article has told before."""
    mine = _parties(candidate, ACTOR)
    for noun in topics(candidate):
        if not any(
            child.dep_ == "det" and child.lower_ in lexicon.cues["definite_determiners"] for child in noun.children
        ):
            continue
        types = {frame.type for frame in _noun_frames(noun, lexicon)}
        for other in reversed(before):
            doers = [p for p in other.proposals if p.role == ACTOR and not _party(p) & mine]
            if other.type in types and other.trigger != noun and other.part is None and doers:
                candidate.proposals += [_as_recipient(p, DEED, f"{noun.text}: that of {p.label}") for p in doers]
                return


def topics(candidate: Candidate) -> Iterator[Token]:
    """Give the nouns that a candidate is about."""
    block = candidate.block
    for proposal in candidate.proposals:
        if proposal.role == "topic" and proposal.slot in {"object", "against"}:
            span = block.doc.char_span(proposal.span.start - block.offset, proposal.span.end - block.offset)
            if span is not None and span.root.pos_ == "NOUN":
                yield span.root


def is_of_violence(candidate: Candidate, lexicon: Lexicon, ontology: Ontology) -> bool:
    """Whether it is about an attack: of «condemned the strike» only who struck can be the recipient."""
    frames = (frame for noun in topics(candidate) for frame in _noun_frames(noun, lexicon))
    return any(_is_any(frame.type, _VIOLENCE, ontology) for frame in frames)


def _from_home(candidate: Candidate, reading: Reading) -> None:
    """Take as recipient the state that the article is about, or the other of its two parties, if it names nobody here."""
    actors = [p for p in candidate.proposals if p.role == ACTOR and not p.generic]
    if not actors or RECIPIENT in candidate.unresolved:
        return
    mine = _parties(candidate, ACTOR)
    others = [party for party in reading.parties if party.id not in mine]
    known = reading.home or (others[0] if len(others) == 1 else None)
    if known is not None and known.id not in mine:
        _say_without_words(candidate, known, UNSAID)


def _from_parties(candidate: Candidate, parties: tuple[Entity, ...]) -> None:
    """«Norway brokered it»: between the two parties that the article is about."""
    mine = _parties(candidate, ACTOR)
    if not any(party.id in mine for party in parties):
        for party in parties:
            _say_without_words(candidate, party, PARTIES)


def _say_without_words(candidate: Candidate, party: Entity, slot: str) -> None:
    note = f"{candidate.trigger.text}: goes without saying for {party.label}"
    span = candidate.block.span(candidate.trigger.i, candidate.trigger.i + 1)
    candidate.proposals.append(Proposal(RECIPIENT, party.label, span, party, slot, weak=True, note=note))


def _is_any(type_: str, classes: Iterable[str], ontology: Ontology) -> bool:
    return bool({type_, *ontology.classes[type_].ancestors}.intersection(classes))


def _from_question(candidate: Candidate, before: list[Candidate], types: list[str], lexicon: Lexicon) -> None:
    """Take as recipient who accused, asked or threatened the one that now answers; «the charge» answers an accusation."""
    mine = _parties(candidate, ACTOR)
    named = {frame.type for noun in topics(candidate) for frame in _noun_frames(noun, lexicon)}
    for wanted in (named.intersection(types), set(types)):
        for other in reversed(before):
            if other.type in wanted and mine & _parties(other, RECIPIENT):
                note = f"answers {other.trigger.text}"
                candidate.proposals += [_as_recipient(p, ANSWER, note) for p in other.proposals if p.role == ACTOR]
                return


def _noun_frames(noun: Token, lexicon: Lexicon) -> tuple[Frame, ...]:
    return lexicon.frames.get(("noun", noun.lemma_.lower()), ())


def _from_nested(candidate: Candidate, found: list[Candidate], roles: list[str]) -> None:
    """Take as recipient the party of an event that is told inside this one: of the first of `roles` that has another."""
    mine = _parties(candidate, ACTOR)
    for other in found:
        if other.block is candidate.block and other is not candidate and _governs(candidate.trigger, other.trigger):
            for role in roles:
                parties = [p for p in other.proposals if p.role == role and not _party(p) & mine]
                if parties:
                    candidate.proposals += [_as_recipient(p, NESTED, f"from {other.trigger.text}") for p in parties]
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


def _as_recipient(proposal: Proposal, slot: str, note: str) -> Proposal:
    return replace(proposal, role=RECIPIENT, slot=slot, weak=True, note=note)
