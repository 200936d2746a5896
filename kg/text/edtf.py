"""A day, a month or a year as a period, its arithmetic, and its EDTF notation (Library of Congress, levels 0 and 1)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month of it, or a day of that. `str()` gives EDTF: `2024`, `2024-11`, `2024-11-05`."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @classmethod
    def of(cls, day: date) -> Period:
        """Give the period of one day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """Read EDTF; of an interval its end; None if it is no year, month or day of the calendar."""
        last = text.rpartition("/")[2].split("-")
        if not 1 <= len(last) <= 3 or not all(part.isascii() and part.isdigit() for part in last) or len(last[0]) != 4:
            return None
        return cls.checked(*(int(part) for part in last))

    @classmethod
    def checked(cls, year: int, month: int | None = None, day: int | None = None) -> Period | None:
        """Give the period, or None if the calendar does not have it."""
        if not MINYEAR <= year <= MAXYEAR or (month is not None and not 1 <= month <= 12):
            return None
        if day is not None and (month is None or not 1 <= day <= calendar.monthrange(year, month)[1]):
            return None
        return cls(year, month, day)

    @property
    def date(self) -> date | None:
        """The day, where the period is one."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    def widen(self, unit: str) -> Period | None:
        """Give the `day`, `month` or `year` that this period lies in, or None if it is wider than that."""
        if unit == "year":
            return Period(self.year)
        if unit == "month":
            return Period(self.year, self.month) if self.month else None
        return self if self.day else None

    def shift(self, count: int, unit: str) -> Period | None:
        """Give the period `count` units (`day`, `week`, `month`, `year`) later, as wide as the unit.

        A week is as sharp as a day where one is counted, or two; several are as wide as a month. None where this
        period is wider than the unit, or the calendar ends.
        """
        if unit == "year":
            return Period.checked(self.year + count)
        if unit == "month":
            if not self.month:
                return None
            months = self.year * 12 + self.month - 1 + count
            return Period.checked(months // 12, months % 12 + 1)
        start = self.date
        days = count * 7 if unit == "week" else count
        if start is None or not date.min.toordinal() <= start.toordinal() + days <= date.max.toordinal():
            return None
        day = Period.of(start + timedelta(days=days))
        return day.widen("month") if unit == "week" and abs(count) > 2 else day


def near_weekday(anchor: date, weekday: int, *, ahead: bool, strict: bool = False) -> date:
    """Give the nearest `weekday` (Monday is 0) at or before `anchor`, or at or after it; `strict` leaves it out."""
    if ahead:
        days = (weekday - anchor.weekday()) % 7
        return anchor + timedelta(days=days or (7 if strict else 0))
    days = (anchor.weekday() - weekday) % 7
    return anchor - timedelta(days=days or (7 if strict else 0))


def near_year(anchor: date, month: int, day: int | None = None, *, ahead: bool, strict: bool = False) -> Period | None:
    """Give the nearest such month or day at or before `anchor`, or at or after it; `strict` leaves out the present."""
    here = (anchor.month, anchor.day) if day else (anchor.month,)
    there = (month, day) if day else (month,)
    step = 1 if ahead else -1
    passed = there < here if ahead else there > here
    year = anchor.year + step * (passed or (strict and there == here))
    for shift in range(9):  # 29 February is up to eight years off
        found = Period.checked(year + step * shift, month, day)
        if found:
            return found
    return None
