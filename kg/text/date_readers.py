"""What each kind of date expression means: one reader for each rule of `date_grammar.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kg.text.date_grammar import Grammar
from kg.text.edtf import Period, near_weekday, near_year

_ANAPHORIC = {"that": 0, "the same": 0, "that same": 0, "the": 0, "the previous": -1, "the following": 1, "the next": 1}
OFFSET = "offset"  # the kind of «a day after»
_DEICTIC = {"last": -1, "this": 0, "next": 1}
# How wide a count of units without a number is.
_VAGUE = {"hours": "day", "days": "month", "weeks": "year", "months": "year"}
# How far off a day without a year may lie and still be meant, whatever the tense says, where the other one is further off.
_SOON = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may know: the anchor, the date last spoken of (`day` if it was one), and the direction."""

    words: Grammar
    anchor: date | None
    ahead: bool
    last: Period | None
    day: Period | None


Reading = tuple[Period | str | None, str]


def day_of(period: Period | None) -> Period | None:
    """Give the period if it is a day, else None."""
    return period if period and period.day else None


def _number(word: str, words: Grammar) -> int:
    """Read «3», «three», «twenty-five»."""
    return int(word) if word.isdigit() else sum(words.numbers[part] for part in word.lower().split("-"))


def _year_of(match: re.Match[str], context: Context) -> int | None:
    """Give the year that the tail of a date names: «2024», «last year», «that year»."""
    tail = match.groupdict().get("tail")
    if not tail:
        return None
    digits = re.search(r"\d{4}", tail)
    if digits:
        return int(digits[0])
    which = " ".join(tail.lower().replace(",", " ").split()).removeprefix("of ").removesuffix(" year")
    if which in _DEICTIC:
        return context.anchor.year + _DEICTIC[which] if context.anchor else None
    return context.last.year + _ANAPHORIC[which] if context.last else None


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
    if which in _ANAPHORIC:
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
        days = weekday - context.anchor.weekday() + 7 * _DEICTIC[match["week"]]
        return Period.of(context.anchor).shift(days, "day"), "weekday"
    ahead = which == "next" or "coming" in which or (which != "last" and "past" not in which and context.ahead)
    return Period.of(near_weekday(context.anchor, weekday, ahead=ahead, strict=which in ("last", "next"))), "weekday"


def _year_named(groups: Mapping[str, str | None], context: Context) -> int | None:
    """Give the year of «2024», «last year», or of the publication."""
    if groups.get("year"):
        return int(groups["year"] or "")
    return context.anchor.year + _DEICTIC.get(groups.get("which") or "", 0) if context.anchor else None


def _read_months(match: re.Match[str], context: Context) -> Reading:
    """Read «the first three months of 2024»."""
    year, count = _year_named(match.groupdict(), context), _number(match["number"], context.words)
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


def _read_unit(match: re.Match[str], context: Context) -> Reading:
    which, unit = " ".join(match["which"].lower().split()), match["unit"]
    unit = unit if unit in ("week", "weekend", "month", "year") else "day"
    if which in _DEICTIC:
        if unit == "day":
            steps = context.day.shift(_DEICTIC[which], "day") if context.day and which == "next" else None
            return steps, "anaphoric"
        return _deictic_unit(_DEICTIC[which], unit, context), "relative"
    if which == "the" and (context.last is None or unit in ("week", "weekend")):
        return _deictic_unit(0, unit, context), "relative"
    if unit == "weekend":
        return None, "anaphoric"
    base = context.day if unit == "day" else context.last
    if unit == "week":
        moved = context.day.shift(7 * _ANAPHORIC[which], "day") if context.day else None
        return (moved.widen("month") if moved else None), "anaphoric"
    if base is None or base.widen(unit) is None:
        return None, "anaphoric"
    return base.shift(_ANAPHORIC[which], unit), "anaphoric"


def _deictic_unit(step: int, unit: str, context: Context) -> Period | str | None:
    """Give «last week» and the like. A week is as wide as the month that holds most of it."""
    if context.anchor is None:
        return None
    if unit == "weekend":
        return _weekend(step, context.anchor, ahead=context.ahead)
    here = Period.of(context.anchor)
    if unit == "week":
        thursday = Period.of(context.anchor - timedelta(days=context.anchor.weekday() - 3))
        day = thursday.shift(7 * step, "day") if step else here
        return day.widen("month") if day else None
    return here.shift(step, unit)


def _weekend(step: int, anchor: date, *, ahead: bool) -> str:
    """Give Saturday and Sunday: the last that is over, the next that has not begun, or the one nearest at hand."""
    saturday = near_weekday(anchor + timedelta(days=1), 5, ahead=False)
    over = saturday + timedelta(days=1) < anchor
    if step == 0:
        step = int(over and ahead)
    elif step < 0 and over:
        step = 0
    saturday += timedelta(days=7 * step)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def _read_deictic(match: re.Match[str], context: Context) -> Reading:
    if context.anchor is None:
        return None, "relative"
    days = context.words.deictic[" ".join(match["word"].lower().split())]
    return Period.of(context.anchor).shift(days, "day"), "relative"


def _read_overnight(match: re.Match[str], context: Context) -> Reading:
    if context.anchor is None:
        return None, "relative"
    return f"{context.anchor - timedelta(days=1)}/{context.anchor}", "relative"


def count_of(text: str, words: Grammar) -> tuple[int, str, str]:
    """Give how many units, signed, of which unit, in which way: (-2, "day", "earlier") for «two days earlier»."""
    number, unit, way = re.sub(r"(?i)\ba hundred", "hundred", text).split(maxsplit=2)
    count = 1 if number.lower() == "the" else _number(number, words)
    unit = unit.removesuffix("s")
    if unit == "fortnight":
        return 2 * count, "week", way
    return count, unit.replace("night", "day"), way


def _read_count(match: re.Match[str], context: Context) -> Reading:
    count, unit, way = count_of(match[0], context.words)
    if match["clause"]:
        return None, OFFSET
    base = Period.of(context.anchor) if context.anchor else None
    kind = "relative"
    if way not in ("ago", "from now"):
        base, kind = (context.last if unit in ("month", "year") else context.day), "anaphoric"
    back = way in ("ago", "earlier", "before", "previously")
    return (_move(base, -count if back else count, unit) if base else None), kind


def moved_by(text: str, base: Period, words: Grammar, *, forward: bool) -> Period | None:
    """Give the date of what stands after «two days after», by that of the other clause; `forward` the other way round."""
    first, last_but_one = text.lower().split()[0], text.lower().split()[-2]
    if not (first.isdigit() or first == "the" or set(first.split("-")) <= words.numbers.keys()) or "few" in text:
        width = _VAGUE.get(last_but_one)
        return base.widen(width) if width else None
    count, unit, way = count_of(text, words)
    return _move(base, count if (way == "after") == forward else -count, unit)


def _move(base: Period, count: int, unit: str) -> Period | None:
    """Move a period; hours stay in their day, and decades are too wide to be moved."""
    if unit in ("hour", "minute"):
        return base.widen("day")
    return None if unit == "decade" else base.shift(count, unit)


def _read_soon(match: re.Match[str], context: Context) -> Reading:
    """Read «hours later» (the same day), «days later» (the same month); more is too vague."""
    groups = match.groupdict()
    if groups.get("clause"):
        return None, OFFSET
    ago = groups.get("way") == "ago"
    base = Period.of(context.anchor) if ago and context.anchor else (None if ago else context.last)
    width = _VAGUE.get(match["unit"].lower())
    return (base.widen(width) if base and width and width != "year" else None), "relative" if ago else "anaphoric"


def _read_span(match: re.Match[str], context: Context) -> Reading:
    return None, "duration"


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
    "half": _read_half, "months": _read_months, "years": _read_years, "year": _read_year, "decade": _read_decade, "unit": _read_unit,
    "deictic": _read_deictic, "overnight": _read_overnight, "count": _read_count, "soon": _read_soon,
    "span": _read_span, "season": _read_season, "holiday": _read_holiday,
}  # fmt: skip
