"""Where an event is set, when its frame does not say: after a locative preposition of its clause or of its participants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.text.extract import Proposal
from kg.text.extract.arguments import Arguments
from kg.text.extract.fillers import Fillers
from kg.text.lexicon import Frame, Lexicon, Slot
from kg.text.reading import Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 4  # governors followed upwards in search of a setting
_WITHIN = frozenset({"xcomp", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "acl"})


class Settings:
    """Finds settings; the lexicon says which prepositions are locative."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._settings = lexicon.cues["setting_prepositions"]

    def propose(self, frame: Frame, arguments: Arguments, block: Block, fillers: Fillers) -> list[Proposal]:
        """Give the place of an event: its own, else that of its clause, else that of its participants."""
        named = {slot.name for slot in frame.slots}
        own = [
            proposal
            for name in sorted(self._settings - named)
            for token in arguments.get(name)
            for proposal in fillers.propose(Slot(name, "place"), token, block, weak=name in arguments.weak)
        ]
        participants = [token for name in sorted(arguments.slots) for token in arguments.get(name)]
        return own or self._of_clause(arguments.governor, block, fillers) or self._beside(participants, block, fillers)

    def _of_clause(self, governor: Token, block: Block, fillers: Fillers) -> list[Proposal]:
        """«In Istanbul the two ministers agreed to hold talks»."""
        for _ in range(_REACH):
            found = self._beside([governor], block, fillers)
            if found or governor.dep_ not in _WITHIN:
                return found
            governor = governor.head
        return []

    def _beside(self, tokens: Iterable[Token], block: Block, fillers: Fillers) -> list[Proposal]:
        """«Air strikes on smugglers in Syria»."""
        return [
            proposal
            for token in tokens
            for prep in token.children
            if prep.dep_ == "prep" and prep.lower_ in self._settings
            for place in prep.children
            if place.dep_ == "pobj"
            for proposal in fillers.propose(Slot(prep.lower_, "place"), place, block, weak=True)
        ]
