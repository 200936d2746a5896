"""«We» and «I» in what somebody says: who speaks, or whom he speaks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.text.lexicon import Lexicon
from kg.text.reading import PRONOUN, Block, Mention
from kg.text.speakers import Speakers

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})
_CONTENT = frozenset({"ccomp", "parataxis"})


class FirstPerson:
    """Resolves the first person, when all who may speak in a block are known.

    `collective` gives whom somebody means by «we»: the state that a minister acts for, or None.
    """

    def __init__(self, lexicon: Lexicon, collective: Callable[[Entity], Entity | None]) -> None:
        self._cues = lexicon.cues
        self._speakers = Speakers(lexicon)
        self._collective = collective

    def read(self, block: Block) -> None:
        """Fill the `heads` of a block with its pronouns of the first person."""
        for token in block.doc:
            plural = token.lower_ in self._cues["first_plural"]
            if not plural and token.lower_ not in self._cues["first_singular"]:
                continue
            if token.tag_ != "PRP" or token.i in block.names:
                continue  # «the US», «World War I»
            verb = self._saying(token, block)
            who = {speaker.entity for speaker in self._speakers.of_verb(verb, block)} if verb is not None else set()
            entity = who.pop() if len(who) == 1 else None
            if entity is None or verb is None or token in {verb, *verb.children}:
                continue
            meant = self._collective(entity) if plural else entity
            if meant is not None and not (plural and meant.kind == "Person"):
                note = f"{token.text}: {entity.label} speaks"
                block.heads[token.i] = Mention(block, token.i, token.i + 1, token, PRONOUN, (meant,), note=note)

    def _saying(self, token: Token, block: Block) -> Token | None:
        """Give the verb by which the words around are said: what they are the content of, else that of the quotation."""
        for clause in token.ancestors:
            verb = clause.head
            if clause.dep_ in _CONTENT and verb.pos_ in _VERBAL and self._speakers.is_report(verb):
                return verb
        return self._speakers.verb_of_quotation(token, block)
