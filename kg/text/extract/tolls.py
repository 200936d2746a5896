"""An attack and its toll, told by two words of one clause, are one event.

«An Israeli air strike on Beirut killed four people», «four people died in an Israeli air strike on Beirut»: the verb tells
the victims, the noun the doer, the weapon and the place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import ACTOR, RECIPIENT, Ontology
from kg.text.extract import Candidate, Proposal
from kg.text.extract.clause import VERBAL, children_of, is_negated, objects_of
from kg.text.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj"})
_VICTIMS = frozenset({"nsubj", "nsubjpass", "dobj"})
_PLACE = "place"


class Tolls:
    """Joins them; `nominals.toml` (`toll`) says which classes tell a toll, and of which."""

    def __init__(self, lexicon: Lexicon, ontology: Ontology) -> None:
        self._causes = {name: value.split("|") for name, value in lexicon.nominals["toll"].items()}
        self._inside = lexicon.cues["toll_prepositions"]
        self._negative = lexicon.cues["negative_determiners"] | lexicon.cues["negative_subjects"]
        self._places = {kind for kind in ontology.kinds if ontology.is_a(kind, "Place")}

    def join(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Give the candidates of an article, in order, each toll with its cause as one."""
        found = list(candidates)
        nouns = {(one.block.number, one.trigger.i): one for one in found if one.trigger.pos_ not in VERBAL}
        joined: dict[int, Candidate] = {}
        used: set[int] = set()
        for toll in found:
            cause = self._cause(toll, nouns)
            if cause is not None and id(cause) not in used:
                joined[id(toll)] = self._joined(toll, cause)
                used.add(id(cause))
        return [joined.get(id(one), one) for one in found if id(one) not in used]

    def _cause(self, toll: Candidate, nouns: dict[tuple[int, int], Candidate]) -> Candidate | None:
        """Give the event that took a toll, if whoever the verb says to have done it did that, too."""
        classes, doers = self._causes.get(toll.type, ()), _doers(toll)
        if (
            toll.trigger.pos_ not in VERBAL
            or self._is_denied(toll.trigger)
            or not any(p.role == RECIPIENT for p in toll.proposals)
        ):
            return None
        near = (nouns.get((toll.block.number, token.i)) for token in self._beside(toll.trigger))
        return next((one for one in near if one is not None and one.type in classes and doers <= _doers(one)), None)

    def _is_denied(self, verb: Token) -> bool:
        """«No civilians died in the attack»: of the attack nothing is denied."""
        words = [word for child in verb.children if child.dep_ in _VICTIMS for word in (child, *child.children)]
        return is_negated(verb) or any(word.lower_ in self._negative for word in words)

    def _beside(self, verb: Token) -> Iterator[Token]:
        """Give the nouns that a verb of dying or killing names as the cause: its subject, or after «in», «by», «during»."""
        yield from children_of(verb, _SUBJECTS)
        for prep in verb.children:
            if prep.dep_ in {"prep", "agent"} and prep.lower_ in self._inside:
                yield from objects_of(prep)

    def _joined(self, toll: Candidate, cause: Candidate) -> Candidate:
        """Give the event of both: the victims of the one, all else of the other; a place that was struck is where it was."""
        struck = [p for p in cause.proposals if p.role == RECIPIENT and self._is_place(p)]
        named = any(p.role == _PLACE and not p.generic for p in cause.proposals)
        of_cause = [p for p in cause.proposals if p.role != RECIPIENT]
        of_cause += [] if named else [replace(p, role=_PLACE) for p in struck]
        roles = {p.role for p in of_cause}
        kept = [p for p in toll.proposals if p.role not in roles or p.role == RECIPIENT]
        return replace(toll, type=cause.type, proposals=[*kept, *of_cause], choices=[])

    def _is_place(self, proposal: Proposal) -> bool:
        return proposal.entity is not None and proposal.entity.kind in self._places


def _doers(candidate: Candidate) -> set[str]:
    return {p.entity.id if p.entity else p.label for p in candidate.proposals if p.role == ACTOR}
