"""What a reader of date expressions may know, and the words that point at a period from another one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.text.date_grammar import Grammar
from kg.text.edtf import Period

# How many periods away from the one last spoken of, and from that of the publication.
ANAPHORIC = {"that": 0, "the same": 0, "that same": 0, "the": 0, "the previous": -1, "the following": 1, "the next": 1}
DEICTIC = {"last": -1, "this": 0, "next": 1}


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may know: the anchor, the date last spoken of (`day` if it was one), and the direction."""

    words: Grammar
    anchor: date | None
    ahead: bool
    last: Period | None
    day: Period | None


# A period, or an interval as EDTF, or None where the words give no date here; and the kind of `DateMention`.
Reading = tuple[Period | str | None, str]


def day_of(period: Period | None) -> Period | None:
    """Give the period if it is a day, else None."""
    return period if period and period.day else None


def number_of(word: str, words: Grammar) -> int:
    """Read «3», «three», «twenty-five»."""
    return int(word) if word.isdigit() else sum(words.numbers[part] for part in word.lower().split("-"))
