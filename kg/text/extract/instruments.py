"""What an event was done with, when its frame does not say: by the class of the words around the trigger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.model import RECIPIENT
from kg.text.extract import Proposal
from kg.text.extract.arguments import Arguments
from kg.text.extract.clause import coordinated
from kg.text.extract.fillers import Fillers
from kg.text.extract.phrases import modifiers
from kg.text.lexicon import Frame, Lexicon, Slot
from kg.text.reading import Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_MEANS = ("with", "by", "object", "subject", "of", "in", "from", "for")


class Instruments:
    """Finds instruments; the lexicon says with which classes of things a class of events is done."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._tools = {name: frozenset(value.split("|")) for name, value in lexicon.nominals["instruments"].items()}
        self._territorial = lexicon.nominals["territorial"]
        self._levies = lexicon.classes["levy"]
        self._assaults = lexicon.classes["assault"]

    def propose(
        self, frame: Frame, trigger: Token, arguments: Arguments, block: Block, fillers: Fillers
    ) -> list[Proposal]:
        """Give the instruments of an event that has none yet."""
        tools = self._tools.get(frame.type)
        if not tools:
            return []
        slot = Slot("means", "instrument", classes=tools, refused=frozenset({"attacker"}))
        hits = frame.type in self._territorial
        suffered = {other.name for other in frame.slots if hits and other.role == RECIPIENT}
        means = [name for name in _MEANS if name not in suffered]  # «destroyed gunboats»
        found = (t for t in self._candidates(trigger, arguments, means) if fillers.fits(slot, t, block))
        first = next((t for t in found if not fillers.is_body(t, block)), None)
        if first is None:
            return []
        tokens = [t for t in coordinated([first]) if fillers.fits(slot, t, block)]  # «drones and missiles»
        return [p for token in tokens for p in fillers.propose(slot, token, block, weak=False)]

    def _candidates(self, trigger: Token, arguments: Arguments, means: Iterable[str]) -> Iterator[Token]:
        """Give «drone» of «drone strike», «jets» of «jets bombed», «missile» of «fired a missile», «gas» of «using gas»."""
        yield from modifiers(trigger)
        if trigger.lemma_.lower() in self._levies:  # a tariff is what the sanction is made with
            yield trigger
        for verb in dict.fromkeys((trigger, arguments.governor)):
            for child in verb.children:
                if child.lower_ == "using":
                    yield from (t for t in child.children if t.dep_ in {"dobj", "pobj"})
        for name in means:
            for token in arguments.get(name):
                yield token
                if token.lemma_.lower() in self._assaults:  # «died in a drone strike»
                    yield from modifiers(token)
