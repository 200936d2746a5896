"""What each kind of date expression means: one reader for each rule of `date_grammar.py`. Here those of the calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from kg.text.date_context import ANAPHORIC, DEICTIC, Context, Reading, number_of
from kg.text.date_relative import RELATIVE_READERS
from kg.text.edtf import Period, near_weekday, near_year

# How far off a day without a year may lie and still be meant, whatever the tense says, where the other one is further off.
_SOON = timedelta(days=31)


def _year_of(match: re.Match[str], context: Context) -> int | None:
    """Give the year that the tail of a date names: «2024», «last year», «that year»."""
    tail = match.groupdict().get("tail")
    if not tail:
        return None
    digits = re.search(r"\d{4}", tail)
    if digits:
        return int(digits[0])
    which = " ".join(tail.lower().replace(",", " ").split()).removeprefix("of ").removesuffix(" year")
    if which in DEICTIC:
        return context.anchor.year + DEICTIC[which] if context.anchor else None
    return context.last.year + ANAPHORIC[which] if context.last else None


def _yearless(context: Context, month: int, day: int | None = None) -> Period | None:
    if context.anchor is None:
        return None
    found = near_year(context.anchor, month, day, ahead=context.ahead)
    other = near_year(context.anchor, month, day, ahead=not context.ahead)
    near = other is not None and other.date is not None and abs(other.date - context.anchor) <= _SOON
    return other if near else found


def _read_iso(match: re.Match[str], context: Context) -> Reading:
    return Period.parse(match["iso"]), "absolute"


def _month_of(match: re.Match[str], context: Context) -> int:
    return context.words.months[match["month"].rstrip(".")]


def _day_of(text: str) -> int:
    return int(re.sub(r"\D.*", "", text))


def _read_day(match: re.Match[str], context: Context) -> Reading:
    month, day, year = _month_of(match, context), _day_of(match["day"]), _year_of(match, context)
    if match.groupdict().get("tail") and year is None:
        return None, "yearless"
    found = Period.checked(year, month, day) if year else _yearless(context, month, day)
    kind = "absolute" if year else "yearless"
    if match["eve"]:
        return found and found.shift(-1, "day"), kind
    if match["week"]:
        return _week_around(found, ends=match["week"].endswith("ending")), "interval"
    if found and found.date and match["weekday"]:
        weekday = context.words.weekdays[match["weekday"]]
        if found.date.weekday() != weekday:
            return _settle(found, weekday, context), "disputed"
    return found, kind


def _week_around(day: Period | None, *, ends: bool) -> str | None:
    """Give the seven days that begin or end with a day."""
    other = day.shift(-6 if ends else 6, "day") if day else None
    return f"{min(str(day), str(other))}/{max(str(day), str(other))}" if other else None


def _settle(found: Period, weekday: int, context: Context) -> Period:
    """Keep a date that its weekday contradicts, unless it is one day beside the publication, which has that weekday."""
    anchor = context.anchor
    near = anchor and found.date and anchor.weekday() == weekday and abs((anchor - found.date).days) == 1
    return Period.of(anchor) if anchor and near else found


def _read_days(match: re.Match[str], context: Context) -> Reading:
    month, year = _month_of(match, context), _year_of(match, context)
    first, day = _day_of(match["first"]), _day_of(match["day"])
    end = Period.checked(year, month, day) if year else _yearless(context, month, day)
    start = Period.checked(end.year, month, first) if end else None
    return (f"{start}/{end}" if start and first < day else None), "interval"


def _read_month(match: re.Match[str], context: Context) -> Reading:
    month, year = _month_of(match, context), _year_of(match, context)
    if match.groupdict().get("tail"):
        return (Period(year, month) if year else None), "absolute" if year else "yearless"
    which = " ".join((match.groupdict().get("which") or "").lower().split())
    if which in ANAPHORIC:
        later = which == "the following" and context.last and (context.last.month or 12) >= month
        return (Period(context.last.year + bool(later), month) if context.last else None), "anaphoric"
    if context.anchor is None or not which:
        return _yearless(context, month), "yearless"
    if which == "this":
        return Period(context.anchor.year, month), "yearless"
    return near_year(context.anchor, month, ahead=which == "next", strict=True), "yearless"


def _read_weekday(match: re.Match[str], context: Context) -> Reading:
    if context.anchor is None:
        return None, "weekday"
    which = (match["which"] or "").lower()
    weekday = context.words.weekdays[match["weekday"]]
    if match["week"]:
        days = weekday - context.anchor.weekday() + 7 * DEICTIC[match["week"]]
        return Period.of(context.anchor).shift(days, "day"), "weekday"
    ahead = which == "next" or "coming" in which or (which != "last" and "past" not in which and context.ahead)
    return Period.of(near_weekday(context.anchor, weekday, ahead=ahead, strict=which in ("last", "next"))), "weekday"


def _year_named(groups: Mapping[str, str | None], context: Context) -> int | None:
    """Give the year of «2024», «last year», or of the publication."""
    if groups.get("year"):
        return int(groups["year"] or "")
    return context.anchor.year + DEICTIC.get(groups.get("which") or "", 0) if context.anchor else None


def _read_months(match: re.Match[str], context: Context) -> Reading:
    """Read «the first three months of 2024»."""
    year, count = _year_named(match.groupdict(), context), number_of(match["number"], context.words)
    if year is None or not 1 <= count <= 12:
        return None, "relative"
    first = 1 if match["ordinal"] == "first" else 13 - count
    return f"{Period(year, first)}/{Period(year, first + count - 1)}", "interval"


def _read_half(match: re.Match[str], context: Context) -> Reading:
    groups = match.groupdict()
    year = _year_named(groups, context)
    if year is None:
        return None, "relative"
    size = 6 if groups.get("slice") == "half" else 3
    index = int(groups["quarter"]) if groups.get("quarter") else context.words.ordinals[match["ordinal"].lower()]
    index = index if index > 0 else 12 // size
    if index * size > 12:
        return None, "relative"
    if "year" not in groups and context.anchor and (index - 1) * size >= context.anchor.month and not context.ahead:
        year -= 1  # «in the third quarter», told in May
    return f"{Period(year, (index - 1) * size + 1)}/{Period(year, index * size)}", "interval"


def _read_years(match: re.Match[str], context: Context) -> Reading:
    first = match["first"]
    last = match["year"] if "year" in match.groupdict() else first[:2] + match["short"]
    return (f"{first}/{last}" if first < last else None), "interval"


def _read_year(match: re.Match[str], context: Context) -> Reading:
    return Period(int(match["year"])), "absolute"


def _read_decade(match: re.Match[str], context: Context) -> Reading:
    first = int(match["decade"])
    return f"{first}/{first + 9}", "interval"


def _read_season(match: re.Match[str], context: Context) -> Reading:
    """Read a season as its year: which months it has depends on the hemisphere. A winter has two years."""
    season, which = match["season"], (match.groupdict().get("which") or "").lower()
    year = _year_of(match, context)
    if year is None and context.anchor:
        year, over = context.anchor.year, context.words.seasons[season]
        if which == "next" or (context.ahead and which != "last"):
            year += context.anchor.month >= over and season != "winter"
        elif which != "this":
            year -= context.anchor.month < over
    if year is None or (season == "winter" and not match.groupdict().get("tail")):
        return None, "relative"
    return Period(year), "relative"


def _read_holiday(match: re.Match[str], context: Context) -> Reading:
    *year, month, day = (int(part) for part in context.words.holidays[" ".join(match["holiday"].split())].split("-"))
    if year:  # a day that happened once: «9/11»
        return Period(year[0], month, day), "absolute"
    if match["year"]:
        return Period(int(match["year"]), month, day), "absolute"
    return _yearless(context, month, day), "yearless"


READERS = {
    "iso": _read_iso, "day": _read_day, "days": _read_days, "month": _read_month, "weekday": _read_weekday,
    "half": _read_half, "months": _read_months, "years": _read_years, "year": _read_year, "decade": _read_decade,
    "season": _read_season, "holiday": _read_holiday, **RELATIVE_READERS,
}  # fmt: skip
