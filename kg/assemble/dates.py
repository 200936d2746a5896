"""EDTF dates as windows of days, and when two of them can be the same day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

# A window wider than a month is background («last year», «since 2022»): it holds too many days to point at one of them.
WIDEST_POINTER = 31

_PART = re.compile(r"(\d{3}[\dX]|\d{2}XX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?")


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The days from `first` to `last`, both included, as proleptic Gregorian ordinals."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days the window holds."""
        return self.last - self.first + 1

    def holds(self, other: Window) -> bool:
        """Whether all of `other` lies in this window."""
        return self.first <= other.first and other.last <= self.last

    def agrees(self, other: Window) -> bool:
        """Whether both can be the date of one event: they are equal, or one lies in the other, which points closely."""
        if self == other:
            return True
        wide = max(self.days, other.days)
        return wide <= WIDEST_POINTER and (self.holds(other) or other.holds(self))


@lru_cache(maxsize=4096)
def window(edtf: str | None) -> Window | None:
    """Give the days of an EDTF date (level 0 and 1), or None where there is no date or it cannot be read.

    `~`, `?` and `%` are passed over; a season is taken for its year, as it starts in other months south of the equator.
    """
    if not edtf:
        return None
    start, slash, end = re.sub("[?~%]", "", edtf).partition("/")
    first = _part(start) if start not in ("", "..") else (date.min.toordinal(), 0)
    last = first if not slash else _part(end) if end not in ("", "..") else (0, date.max.toordinal())
    if first is None or last is None or first[0] > last[1]:
        return None
    return Window(first[0], last[1])


@lru_cache(maxsize=4096)
def week(published: str | None) -> Window | None:
    """Give the ISO week (Monday to Sunday) of a publication date, or None where it is unknown or no single day."""
    day = window(published)
    if day is None or day.days != 1:
        return None
    try:
        monday = date.fromordinal(day.first) - timedelta(days=date.fromordinal(day.first).weekday())
    except OverflowError:  # the week that holds the first day of year 1
        return None
    return Window(monday.toordinal(), min(monday.toordinal() + 6, date.max.toordinal()))


def _part(text: str) -> tuple[int, int] | None:
    match = _PART.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    whole = not month or month == "XX" or int(month) > 12  # a year, a decade, or a season
    months = (1, 12) if whole else (int(month), int(month))
    try:
        days = (1, calendar.monthrange(high, months[1])[1]) if not day or day == "XX" else (int(day), int(day))
        return date(low, months[0], days[0]).toordinal(), date(high, months[1], days[1]).toordinal()
    except ValueError:  # month 00, 30 February, year 0
        return None
