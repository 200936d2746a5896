"""Noun phrases as the lexicon knows them: their names, their owners, whether they are definite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.lexicon import Lexicon
from kg.text.reading import NAME, Block, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

OWNERS = frozenset({"poss", "amod", "compound", "nmod"})
_MODIFIERS = frozenset({"amod", "compound", "nummod", "quantmod", "advmod"})
_LONGEST = 3  # words in the name of an office or organ


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase under one of its names: `words` is that name, `start` to `end` its tokens."""

    block: Block
    head: Token
    words: str
    start: int
    end: int

    @property
    def plural(self) -> bool:
        """Whether the noun is plural."""
        return self.head.tag_ in {"NNS", "NNPS"}

    @property
    def is_capitalised(self) -> bool:
        """Whether it is written as a name: «the National Assembly», but not «Police» at the start of a sentence."""
        first = self.block.doc[self.start]
        plain = first == self.head and first.is_sent_start
        return first.text[0].isupper() and self.head.text[0].isupper() and not plain

    def is_definite(self, lexicon: Lexicon) -> bool:
        """Whether the phrase says which one: «the army», «its army», not «an army»."""
        indefinite = lexicon.cues["indefinite_determiners"]
        return any(c.dep_ in {"det", "poss"} and c.lower_ not in indefinite for c in self.head.children)

    def owners(self, lexicon: Lexicon) -> list[Mention]:
        """Give the mentions that say whose the office, organ or troops are: before the noun, or after «of»."""
        doc, names = self.block.doc, self.block.names
        left = self.start - 1
        while left >= 0 and doc[left].pos_ in {"ADJ", "NUM"} and left not in names:
            left -= 1
        # The parser may take «Tajik» in «accused Tajik troops of …» for a dative.
        if left in names and (doc[left].head.i >= self.start - 1 or doc[left].dep_ == "dative"):
            return [names[left]]
        for child in self.head.children:
            if child.dep_ in OWNERS and child.i < self.head.i:
                found = [
                    m for token in _coordinated(child) if (m := names.get(token.i) or self.block.heads.get(token.i))
                ]
                if any(mention.entities for mention in found):
                    return found
        posted = self.head.lemma_.lower() in lexicon.cues["posted"]
        after = lexicon.cues["source_prepositions" if posted else "belonging_prepositions"]
        return owners_after(self.head, self.block, after)

    def text_with_modifiers(self) -> str:
        """Give the words without article: «two masked gunmen»."""
        doc, start = self.block.doc, self.start
        while start > 0 and self._modifies(doc[start - 1], start):
            start -= 1
        return doc[start : self.end].text

    def _modifies(self, token: Token, start: int) -> bool:
        """Whether a word before `start` belongs to the noun: «two», «masked», «forty» and «-» of «forty-two»."""
        if token.tag_ == "HYPH" and token.i > 0:
            return self._modifies(token.nbor(-1), token.i)
        return token.dep_ in _MODIFIERS and (start <= token.head.i <= self.head.i or token.head == token.nbor(1))


def phrases(head: Token, block: Block) -> Iterator[Phrase]:
    """Give the names that a noun may have, longest first: «secretary of state», «foreign minister», «minister»."""
    doc = head.doc
    lemma = head.lemma_.lower()
    if head.i + 2 < len(doc) and doc[head.i + 1].lower_ in {"of", "for", "-"}:
        for end in (head.i + 4, head.i + 3):
            if end <= len(doc):
                text = doc[head.i : end].text.lower()
                yield Phrase(block, head, text, head.i, end)
                if head.i > 0:
                    yield Phrase(block, head, f"{doc[head.i - 1].lower_} {text}", head.i - 1, end)
    for start in range(max(0, head.i - _LONGEST + 1), head.i):
        words = doc[start : head.i]
        if all(w.pos_ in {"NOUN", "PROPN", "ADJ", "PUNCT"} or w.dep_ == "poss" or w.tag_ == "POS" for w in words):
            yield Phrase(block, head, f"{words.text.lower()} {lemma}", start, head.i + 1)
    yield Phrase(block, head, lemma, head.i, head.i + 1)


def owners_after(head: Token, block: Block, prepositions: frozenset[str]) -> list[Mention]:
    """Give who stands after «of»: «the president of France», «President X of Bolivia»."""
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ in prepositions:
            objects = [token for child in prep.children if child.dep_ == "pobj" for token in _coordinated(child)]
            near = [block.names.get(token.i) or block.heads.get(token.i) for token in objects]
            found = [mention for mention in near if mention is not None and not mention.generic]
            if found:
                return found
    return []


def _coordinated(token: Token) -> Iterator[Token]:
    left = [token]
    while left:
        one = left.pop()
        yield one
        left += [child for child in one.children if child.dep_ == "conj"][::-1]


def is_named_beside(phrase: Phrase) -> bool:
    """Whether its own name follows: «the intelligence service BIS» is not just anybody's."""
    after = phrase.block.names.get(phrase.end)
    return after is not None and after.form == NAME and any(c.dep_ == "appos" for c in phrase.head.children)


def are_only_there(phrase: Phrase, owners: list[Mention]) -> bool:
    """Whether some people are only where they are said to be: «12 people in Gaza City» are not the town."""
    counted = any(child.dep_ == "nummod" for child in phrase.head.children)
    places = all(entity.kind != "State" for mention in owners for entity in mention.entities)
    return counted and places and all(mention.head.head.lower_ == "in" for mention in owners)
