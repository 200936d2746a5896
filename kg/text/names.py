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
_OUTER_MARK = re.compile(r"""([(),"]|'s(?!\w)|'(?!\w))""")
_INNER_MARK = re.compile(r"((?<=[^\W\d_])-(?=[^\W\d_])|(?<=[^\W_])/(?=[^\W\d_])|(?<=\d)\+(?=\d)|(?<=[a-z])\.(?=[A-Z]))")


class Found(NamedTuple, Generic[T]):
    """A name found in `tokens[start:end]`, with its readings, the `likely` plausible ones first, else in the order of adding."""

    start: int
    end: int
    readings: tuple[T, ...]
    likely: int


@dataclass(slots=True)
class _Node(Generic[T]):
    children: dict[str, _Node[T]] = field(default_factory=dict)
    likely: tuple[T, ...] = ()
    readings: tuple[T, ...] = ()


class NameIndex(Generic[T]):
    """Names and what each may mean."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, alias: Alias, reading: T) -> None:
        """Make `alias` a name of `reading`."""
        words = tuple(tokenize(alias.text))
        forms = {words: None}
        if not alias.exact:
            forms[tuple(_fold(word) for word in words)] = None
            if sum(map(len, words)) >= _MIN_CAPITALS and not alias.text.isupper():
                forms |= {tuple(word.upper() for word in form): None for form in forms}
        for form in forms:
            self._insert(form, reading, plausible=alias.plausible)

    def match(self, tokens: Sequence[str]) -> Iterator[Found[T]]:
        """Give the longest known names in `tokens` (split as spaCy does for English), left to right, none overlapping."""
        plain = [token if token.isascii() else token.translate(_PLAIN_MARKS) for token in tokens]
        spellings = [plain]
        if not all(map(str.isascii, plain)):
            spellings.append([_fold(token) for token in plain])
        first = self._root.children
        start = 0
        while start < len(plain):
            found = [self._longest(words, start) for words in spellings if words[start] in first]
            best = max(found, key=lambda match: match.end, default=None)
            if best and best.readings:
                yield best
            start = max(start + 1, best.end if best else 0)

    def _longest(self, words: Sequence[str], start: int) -> Found[T]:
        end, node = start, self._root
        best: _Node[T] = self._root
        for index in range(start, len(words)):
            following = node.children.get(words[index])
            if following is None:
                break
            node = following
            if node.readings:
                end, best = index + 1, node
        return Found(start, end, best.readings, len(best.likely))

    def named(self, words: Sequence[str]) -> tuple[T, ...]:
        """Give the readings of the whole name `words`, as it is written."""
        found = self._longest(words, 0)
        return found.readings if found.end == len(words) else ()

    def _insert(self, words: Sequence[str], reading: T, *, plausible: bool) -> None:
        node = self._root
        for word in words:
            if word not in node.children:
                node.children[word] = _Node()
            node = node.children[word]
        unlikely = [known for known in node.readings if known not in node.likely and known != reading]
        if plausible and reading not in node.likely:
            node.likely = (*node.likely, reading)
        elif reading not in node.likely:
            unlikely.append(reading)
        node.readings = (*node.likely, *unlikely)


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
