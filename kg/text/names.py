"""An index of names: the longest known name at each place of a token sequence.

Names are matched as written; with their accents left out («Elysee»); and in the capitals of a headline («RUSSIA»).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from kg.text.entity_tables import Alias

T = TypeVar("T")

# Shorter names are not matched in capitals: in a headline CAR or MAN mean other things.
_MIN_CAPITALS = 4
_PLAIN_MARKS = str.maketrans("’‘ʼʻʽ‑–", "'''''--")
_OUTER_MARK = re.compile(r"([(),]|'s$)")
_INNER_MARK = re.compile(r"(?<=[^\W\d_])([-/])(?=[^\W\d_])")


class Found(NamedTuple, Generic[T]):
    """A name found in `tokens[start:end]`, with its readings, the plausible ones first, else in the order of adding."""

    start: int
    end: int
    readings: tuple[T, ...]


@dataclass(slots=True)
class _Node(Generic[T]):
    children: dict[str, _Node[T]] = field(default_factory=dict)
    plausible: dict[T, bool] = field(default_factory=dict)
    readings: tuple[T, ...] = ()


class NameIndex(Generic[T]):
    """Names and what each may mean."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, alias: Alias, reading: T) -> None:
        """Make `alias` a name of `reading`."""
        words = tokenize(alias.text)
        forms = [words]
        if not alias.exact:
            forms.append([_fold(word) for word in words])
            if sum(map(len, words)) >= _MIN_CAPITALS and not alias.text.isupper():
                forms += [[word.upper() for word in form] for form in forms]
        for form in forms:
            self._insert(form, reading, plausible=alias.plausible)

    def match(self, tokens: Sequence[str]) -> Iterator[Found[T]]:
        """Give the longest known names in `tokens` (split as spaCy does for English), left to right, none overlapping."""
        plain = [token if token.isascii() else token.translate(_PLAIN_MARKS) for token in tokens]
        spellings = [plain]
        if not all(map(str.isascii, plain)):
            spellings.append([_fold(token) for token in plain])
        start = 0
        while start < len(plain):
            end = start + 1
            found = max((self._longest(words, start) for words in spellings), key=lambda match: match.end)
            if found.readings:
                yield found
                end = found.end
            start = end

    def _longest(self, words: Sequence[str], start: int) -> Found[T]:
        found: Found[T] = Found(start, start, ())
        node: _Node[T] | None = self._root
        for index in range(start, len(words)):
            node = node.children.get(words[index]) if node else None
            if node is None:
                break
            if node.readings:
                found = Found(start, index + 1, node.readings)
        return found

    def _insert(self, words: list[str], reading: T, *, plausible: bool) -> None:
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
        node.plausible[reading] = plausible or node.plausible.get(reading, False)
        node.readings = tuple(sorted(node.plausible, key=lambda known: not node.plausible[known]))


def tokenize(name: str) -> list[str]:
    """Split a name as spaCy's English tokenizer does, with plain apostrophes and hyphens."""
    words = []
    for chunk in name.translate(_PLAIN_MARKS).split():
        for part in _OUTER_MARK.split(chunk):
            words += _INNER_MARK.split(part)
    return [word for word in words if word]


def _fold(word: str) -> str:
    """Leave out accents: «Élysée» → «Elysee»."""
    if word.isascii():
        return word
    marks = unicodedata.normalize("NFKD", word)
    return "".join(mark for mark in marks if not unicodedata.combining(mark)).translate(_PLAIN_MARKS)
