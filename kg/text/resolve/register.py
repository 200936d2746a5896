"""The mentions that stand for somebody without his name, entered in their block and in the memory of the discourse."""

from __future__ import annotations

from kg.model import Entity
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon
from kg.text.reading import NOMINAL, Mention
from kg.text.resolve.coreference import Discourse
from kg.text.resolve.phrases import Phrase


class Register:
    """Enters mentions; who is meant is decided elsewhere."""

    def __init__(self, discourse: Discourse, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self._discourse = discourse
        self._gazetteer = gazetteer
        self._relates = lexicon.nominals["relates"]

    def enter(self, mention: Mention) -> None:
        """Enter a mention at its head word."""
        mention.block.heads[mention.head.i] = mention
        self._discourse.note(mention)

    def add(
        self,
        phrase: Phrase,
        entities: tuple[Entity, ...],
        *,
        start: int | None = None,
        note: str = "",
        generic: bool = False,
    ) -> bool:
        """Enter a phrase, if somebody is meant; give whether it was."""
        if not entities:
            return False
        first = phrase.start if start is None else start
        mention = Mention(phrase.block, first, phrase.end, phrase.head, NOMINAL, entities, note=note, generic=generic)
        mention.plural = phrase.plural
        if self._is_capital(phrase) and mention.entity is not None:
            mention.place = self._gazetteer.capital(mention.entity)
        self.enter(mention)
        return True

    def _is_capital(self, phrase: Phrase) -> bool:
        """«The Kenyan capital», «in the capital»: as a place, the town."""
        return self._relates.get(phrase.words, "").startswith("capitalOf ") and not phrase.plural


def names_of(entities: tuple[Entity, ...]) -> str:
    """Give entities as a note names them."""
    return ", ".join(entity.label for entity in entities)
