"""An index of names: the longest known name at each place of a token sequence.

Names are matched as written; with their accents left out («Elysee»); and in the capitals of a headline («RUSSIA»).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from kg.text.entity_tables import Alias

T = TypeVar("T")

# Shorter names are not matched in capitals: in a headline CAR or MAN mean other things.
_MIN_CAPITALS = 4
_PLAIN_MARKS = str.maketrans("’‘ʼʻʽ‑–", "'''''--")
# Letters that Unicode does not take for a plain one with an accent.
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "ı": "i", "ħ": "h", "ə": "a", "Ə": "A"}
    | {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "þ": "th", "Þ": "Th"}
)
_OUTER_MARK = re.compile(r"""([(),"]|'s(?!\w)|'(?!\w))""")
_INNER_MARK = re.compile(r"((?<=[^\W\d_])-(?=[^\W\d_])|(?<=[^\W_])/(?=[^\W\d_])|(?<=\d)\+(?=\d)|(?<=[a-z])\.(?=[A-Z]))")


class Found(NamedTuple, Generic[T]):
    """A name found in `tokens[start:end]`, with its readings, the `likely` plausible ones first, else in the order of adding."""

    start: int
    end: int
    readings: tuple[T, ...]
    likely: int


class NameIndex(Generic[T]):
    """Names and what each may mean."""

    def __init__(self) -> None:
        self._readings: dict[tuple[str, ...], tuple[tuple[T, ...], int]] = {}  # and how many of them are likely
        self._longest: dict[str, int] = {}  # words in the longest name that starts with this one

    def add(self, alias: Alias, reading: T) -> None:
        """Make `alias` a name of `reading`."""
        for words in _forms(alias):
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))
            self._insert(words, reading, plausible=alias.plausible)

    def match(self, tokens: Sequence[str]) -> Iterator[Found[T]]:
        """Give the longest known names in `tokens` (split as spaCy does for English), left to right, none overlapping."""
        plain = [token if token.isascii() else token.translate(_PLAIN_MARKS) for token in tokens]
        spellings = [plain]
        if not all(map(str.isascii, plain)):
            spellings.append([_fold(token) for token in plain])
        start = 0
        while start < len(plain):
            found = [self._at(words, start) for words in spellings if words[start] in self._longest]
            best = max(found, key=lambda match: match.end, default=None)
            if best and best.readings:
                yield best
            start = max(start + 1, best.end if best else 0)

    def named(self, words: Sequence[str]) -> tuple[T, ...]:
        """Give the readings of the whole name `words`, as it is written."""
        return self._readings.get(tuple(words), ((), 0))[0]

    def _at(self, words: Sequence[str], start: int) -> Found[T]:
        most = min(self._longest[words[start]], len(words) - start)
        for end in range(start + most, start, -1):
            known = self._readings.get(tuple(words[start:end]))
            if known:
                return Found(start, end, *known)
        return Found(start, start, (), 0)

    def _insert(self, words: tuple[str, ...], reading: T, *, plausible: bool) -> None:
        readings, likely = self._readings.get(words, ((), 0))
        usual, rare = readings[:likely], tuple(known for known in readings[likely:] if known != reading)
        if reading in usual:
            return
        if plausible:
            usual = (*usual, reading)
        else:
            rare = (*rare, reading)
        self._readings[words] = ((*usual, *rare), len(usual))


def tokenize(name: str) -> list[str]:
    """Split a name as spaCy's English tokenizer does, with plain apostrophes and hyphens."""
    words: list[str] = []
    for chunk in name.translate(_PLAIN_MARKS).split():
        if chunk.isalnum():
            words.append(chunk)
            continue
        for part in _OUTER_MARK.split(chunk):
            words += filter(None, _INNER_MARK.split(part))
    return words


def _forms(alias: Alias) -> list[tuple[str, ...]]:
    """Give the words of a name as written, without accents, and in capitals."""
    words = tuple(tokenize(alias.text))
    forms = [words]
    if alias.exact:
        return forms
    if not alias.text.isascii():
        forms.append(tuple(_fold(word) for word in words))
    if sum(map(len, words)) >= _MIN_CAPITALS and not alias.text.isupper():
        forms += [tuple(word.upper() for word in form) for form in forms]
    return forms


def _fold(word: str) -> str:
    """Leave out accents: «Élysée» → «Elysee», «Łódź» → «Lodz»."""
    if word.isascii():
        return word
    marks = unicodedata.normalize("NFKD", word.translate(_PLAIN_LETTERS))
    return "".join(mark for mark in marks if not unicodedata.combining(mark)).translate(_PLAIN_MARKS)
