"""Bodies that every state has, named by what they are: «the Russian defence ministry», «Bolivia's Congress»."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.iris import data_iri
from kg.model import Entity, slug
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon
from kg.text.resolve.phrases import Phrase

if TYPE_CHECKING:
    from spacy.tokens import Token


class Organs:
    """Gives the body that a phrase means: a known one, else one of our own under the adjective of its state."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon, adjectives: Mapping[str, str]) -> None:
        self._gazetteer = gazetteer
        self._kinds = lexicon.nominals["organ"]
        self._spellings = lexicon.nominals["organ_name"]
        self._adjectives = adjectives

    def of_state(self, phrase: Phrase, owner: Entity) -> Entity:
        """Give the body of a state: however it is written, it is one."""
        name = self._name(phrase)
        known = self._gazetteer.body(owner, name) or self._gazetteer.body(owner, phrase.words)
        if known is not None:
            return known
        label = f"{self._adjectives.get(owner.id, owner.label)} {name}"
        return Entity.named(label, self._kinds[phrase.words], state=owner.id)

    def of_group(self, phrase: Phrase, owner: Entity) -> Entity:
        """Give the body of a group that rules or fights, which is that of no state: «the Taliban's interior ministry»."""
        return Entity.named(f"{owner.label} {self._name(phrase)}", self._kinds[phrase.words])

    def unowned(self, phrase: Phrase) -> Entity:
        """Give a body whose state stays open. It is known in this article only: every state has a National Assembly."""
        words = phrase.block.doc[phrase.start : phrase.end].text
        ident = f"{phrase.block.article.id}/{slug(words)}"
        return Entity(data_iri("entity", ident), words, self._kinds[phrase.words])

    def _name(self, phrase: Phrase) -> str:
        """Give the name of a body in its usual order and spelling, with what it deals with: «information ministry»."""
        field = " ".join(token.lower_ for token in _field(phrase))
        name = f"{field} {phrase.words}" if field else phrase.words
        return self._spellings.get(name, name)


def _field(phrase: Phrase) -> list[Token]:
    """Give the nouns that say what a body deals with: before it, or after «of» where it is a name."""
    doc, head, names = phrase.block.doc, phrase.head, phrase.block.names
    if len(phrase.words.split()) > 1:
        return []
    start = phrase.start
    while start and doc[start - 1].dep_ == "compound" and doc[start - 1].head == head and start - 1 not in names:
        start -= 1
    if start < phrase.start or head.pos_ != "PROPN":
        return list(doc[start : phrase.start])
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            inner = [token for token in prep.subtree if token.i > prep.i and token.dep_ != "det"]
            if inner and not any(token.i in names or token.pos_ not in {"PROPN", "NOUN", "CCONJ"} for token in inner):
                return inner
    return []
