"""How many took part, were hit, sent or given: the numbers that stand with a filler or with the trigger of an event.

A number counts what it stands before, in the words of the text: «at least 12 soldiers» are 12 or more `soldiers`, «$3
billion» are 3,000,000,000 `dollars`. What is only part of a figure («another five») is left out, and so are spans of
time and distance. Where an act kills or wounds, the unit says so, since the figures for both differ.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import ACTOR, Filler, Quantity
from kg.text.extract import Candidate
from kg.text.extract.phrases import end_of_sum
from kg.text.reading import Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = Path(__file__).parent / "lexicon" / "numbers.toml"
_COUNTED = frozenset({"actor", "recipient", "instrument"})
_INSIDE = frozenset({"amod", "compound", "nmod", "poss"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_NO_NUMBERS = frozenset({"DATE", "TIME", "PERCENT", "ORDINAL"})
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([a-z]*)")


class Quantities:
    """Reads quantities with the words of `lexicon/numbers.toml`."""

    def __init__(self) -> None:
        data = tomllib.loads(_WORDS.read_text("utf-8"))
        self._values: dict[str, float] = data["values"]
        self._multiples: dict[str, float] = data["multiples"]
        self._currencies: dict[str, str] = data["currencies"]
        self._fates: dict[str, str] = data["fates"]
        self._bounds = {phrase: bound for bound, phrases in data["bounds"].items() for phrase in phrases}
        self._additional = frozenset(data["words"]["additional"])
        self._definite = frozenset(data["words"]["definite"])
        self._measures = frozenset(data["words"]["measures"])

    def of(self, candidate: Candidate, fillers: Iterable[Filler]) -> tuple[Quantity, ...]:
        """Give the quantities of the fillers that stand in the sentence of the trigger, and of the trigger, sorted."""
        block, trigger = candidate.block, candidate.trigger
        fate = self._fates.get(trigger.lemma_.lower(), "")
        heads = {trigger.i: (trigger, "")} if trigger.pos_ in _NOUNS else {}
        for filler in fillers:
            head = _counted(filler, block) if filler.role in _COUNTED else None
            known = head is not None and filler.role == ACTOR and self._is_known(head)
            if head is not None and head.sent == trigger.sent and not known:
                heads[head.i] = head, fate if head != trigger and filler.role != ACTOR else ""
        found = [self._read(head, block, suffered) for head, suffered in heads.values()]
        return tuple(sorted({quantity for quantity in found if quantity is not None}))

    def _is_known(self, head: Token) -> bool:
        """Whether the number only points at those who were named: «the two armies»."""
        return any(child.lower_ in self._definite for child in head.children)

    def _read(self, head: Token, block: Block, fate: str) -> Quantity | None:
        """Read the number before a noun, with what bounds it and what it counts."""
        number = _number(head)
        if number is None or head.lemma_.lower() in self._measures:
            return None
        first, last = number
        while last + 1 < head.i and block.doc[last + 1].lower_ in self._multiples:
            last += 1  # «two dozen centrifuges»
        value = self._value(token.lower_ for token in block.doc[first : last + 1])
        between = block.doc[max(first - 1, head.sent.start) : head.i]
        if value is None or any(token.lower_ in self._additional for token in between):
            return None
        start, bound = self._bound(first, block)
        span = block.span(start, max(head.i, last) + 1)
        return Quantity(value, f"{self._unit(first, last, head)} {fate}".strip(), bound, span)

    def _unit(self, first: int, last: int, head: Token) -> str:
        currency = self._currencies.get(head.doc[first].text)
        return currency if currency and head.i <= last else head.text if head.pos_ == "PROPN" else head.lower_

    def _bound(self, first: int, block: Block) -> tuple[int, str]:
        """Give where a figure begins with the words that bound it, and the bound: the longest that fits."""
        for length in (3, 2, 1):
            start = first - length
            phrase = " ".join(token.lower_ for token in block.doc[start:first]) if start >= 0 else ""
            if phrase in self._bounds:
                return start, self._bounds[phrase]
        return first, "exact"

    def _value(self, words: Iterable[str]) -> float | None:
        """Read «1,200», «two hundred and fifty», «1.78 billion», «450m»; None where a word is no number."""
        total, current = 0.0, 0.0
        for word in self._parts(words):
            if word in self._values:
                current += self._values[word]
            elif word in self._multiples:
                factor = self._multiples[word]
                current = (current or 1) * factor
                if factor >= 1000:
                    total, current = total + current, 0.0
            elif digits := _DIGITS.fullmatch(word):
                current += float(digits[1].replace(",", "") + (digits[2] or "")) * self._multiples.get(
                    digits[3] or "", 1
                )
            else:
                return None
        return total + current or None

    def _parts(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            if word not in {"and", "-"} and word.upper() not in self._currencies:
                yield from word.split("-")


def _counted(filler: Filler, block: Block) -> Token | None:
    """Give the noun that a filler's words count: «soldiers» of «12 Egyptian soldiers», where the filler is Egypt."""
    start = filler.span.start - block.offset
    span = block.doc.char_span(start, filler.span.end - block.offset) if start >= 0 else None
    if span is None:
        return None
    head = span.root
    while head.dep_ in _INSIDE and head.head.pos_ in _NOUNS and head.head != head:
        head = head.head
    return head


def _number(head: Token) -> tuple[int, int] | None:
    """Give the first and last token of the number of a noun; a sum of money may be its own («$3 billion», «$600m»)."""
    if head.pos_ == "NUM" and head.i > head.sent.start and _continues(head.nbor(-1), head):
        last = end_of_sum(head)
    else:
        counts = [c for c in head.children if c.dep_ == "nummod" and c.i < head.i and c.pos_ == "NUM"]
        if not counts or counts[-1].ent_type_ in _NO_NUMBERS:
            return None
        last = counts[-1].i
    first = min(head.i, last)
    while first > head.sent.start and _continues(head.doc[first - 1], head.doc[first]):
        first -= 1
    return first, last


def _continues(token: Token, following: Token) -> bool:
    """Whether a word is part of the number that goes on after it: «$3», «two hundred and fifty», «twenty-four»."""
    if token.lower_ in {"and", "-"} and following.pos_ == "NUM" and token.i > 0:
        before = token.nbor(-1)
        return before.pos_ == "NUM" and (token.text == "-" or before.lower_ in {"hundred", "thousand"})
    return token.pos_ == "NUM" or token.tag_ == "$"
