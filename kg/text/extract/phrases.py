"""The words of a noun phrase, as the label of a thing that has no name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.text.lexicon import Lexicon
from kg.text.reading import ADJECTIVE, Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEFT = frozenset({"amod", "compound", "nmod", "punct", "advmod", "npadvmod", "quantmod", "nummod"})
# «F-16», «S-400s»: a type of arms. Letters, a hyphen and a number, as all makers write them.
DESIGNATION = re.compile(r"[A-Za-z]{1,4}-\d+[A-Z]*s?")
_DROPPED = frozenset({"DET", "NUM", "ADP"})

# The tokens of a phrase (half-open), and its label.
Phrase = tuple[int, int, str]


class Phrases:
    """Labels things; the lexicon says which words count («a barrage of»), pay («dollars») or only say how many («more»)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._measures = lexicon.nominals["measure"]
        self._money = lexicon.classes["money"]
        self._vague = lexicon.cues["vague_modifiers"]

    def thing(self, token: Token, block: Block) -> Phrase:
        """Give what is named, without article, number and owner: «ballistic missiles», «$3 billion», «jets»."""
        counted = self._counted(token)
        if counted is not None:
            return self.thing(counted, block)
        if (is_sum(token) or token.lemma_.lower() in self._money) and (start := _sum(token)) < token.i:
            end = end_of_sum(token) + 1
            return start, end, block.doc[start:end].text
        start, end = _phrase(token, block)
        owners = [index + 1 for index in range(start, token.i) if self._is_owner(index, block)]
        types = [index for index in range(start, token.i) if DESIGNATION.fullmatch(block.doc[index].text)]
        start = max([start, *owners, *types[:1]])
        while start < token.i and (block.doc[start].lower_ in self._vague or not block.doc[start].text[0].isalnum()):
            start += 1
        return start, end, _label(start, end, block)

    def site(self, token: Token, block: Block) -> Phrase:
        """Give what is named with its owner: «Chinese embassy»."""
        start, end = _phrase(token, block)
        while start < token.i and block.doc[start].lower_ in self._vague:
            start += 1
        return start, end, _label(start, end, block)

    def _counted(self, token: Token) -> Token | None:
        """Give what «much of its gold» or «a barrage of rockets» is an amount of."""
        if token.lemma_.lower() not in self._measures and token.pos_ in {"NOUN", "PROPN"}:
            return None
        inner = (t for prep in token.children if prep.lower_ == "of" for t in prep.children if t.dep_ == "pobj")
        return next(inner, None)

    @staticmethod
    def _is_owner(index: int, block: Block) -> bool:
        mention = block.names.get(index)
        if mention is None or not mention.entities:
            return False
        known = any(entity.linked for entity in mention.entities)
        return known or mention.form == ADJECTIVE or block.doc[index].dep_ == "poss"


def _phrase(token: Token, block: Block) -> tuple[int, int]:
    start = token.i
    while start > 0:
        left = block.doc[start - 1]
        before = block.doc[start - 2] if start > 1 else None
        inside = left.head.i >= start - 1 and left.head.i <= token.i and left.dep_ in _LEFT
        joined = left.dep_ == "cc" and before is not None and before.head.i <= token.i and before.dep_ in _LEFT
        inside = inside or joined or (left.dep_ == "conj" and left.head.dep_ in _LEFT)
        number = left.pos_ in _DROPPED and not DESIGNATION.fullmatch(left.text)
        if not inside or number or left.text in {",", "(", '"', "“"}:
            break
        start -= 1
    while (block.doc[start].is_punct or block.doc[start].pos_ == "CCONJ") and start < token.i:
        start += 1
    return start, token.i + 1


def _sum(token: Token) -> int:
    """Give where a sum of money begins: «$3 billion», «1.78 billion dollars»."""
    start = token.i
    while start > 0 and (token.doc[start - 1].pos_ in {"NUM", "SYM"} or token.doc[start - 1].tag_ in {"$", "CD"}):
        start -= 1
    return start


def is_sum(token: Token) -> bool:
    """Whether a number has a sign of currency: «$3 billion», also where the model takes «$300m» apart."""
    apart = (c for c in token.children if c.dep_ == "nummod" and c.i == token.i - 1 and not c.whitespace_)
    numbers = (token, *apart)
    return any(child.tag_ == "$" for number in numbers for child in number.children)


def end_of_sum(token: Token) -> int:
    """Give the last token of a sum: the model takes «600m» apart."""
    index = token.i + 1
    joined = index < len(token.doc) and not token.whitespace_ and token.doc[index].text.isalpha()
    return index if is_sum(token) and joined else token.i


def _label(start: int, end: int, block: Block) -> str:
    words = block.doc[start:end]
    opens = words[0].is_sent_start or block.is_title
    lower = opens and not words[0].ent_type_ and words[0].pos_ not in {"PROPN", "ADJ"}
    return words.text[0].lower() + words.text[1:] if lower else words.text


def modifiers(noun: Token) -> Iterator[Token]:
    """Give the words before a noun that say which: «drone» of «drone strike»."""
    return (child for child in noun.children if child.dep_ in {"compound", "amod", "nmod"} and child.i < noun.i)
