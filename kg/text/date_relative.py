"""What expressions mean that count from another date: «last week», «two days later», «the same month», «a day after»."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.text.date_context import ANAPHORIC, DEICTIC, Context, Reading, number_of
from kg.text.date_grammar import Grammar
from kg.text.edtf import Period, near_weekday

OFFSET = "offset"  # the kind of «a day after»
# How wide a count of units without a number is.
_VAGUE = {"hours": "day", "days": "month", "weeks": "year", "months": "year"}


def _read_unit(match: re.Match[str], context: Context) -> Reading:
    which, unit = " ".join(match["which"].lower().split()), match["unit"]
    unit = unit if unit in ("week", "weekend", "month", "year") else "day"
    if which in DEICTIC:
        if unit == "day":
            steps = context.day.shift(DEICTIC[which], "day") if context.day and which == "next" else None
            return steps, "anaphoric"
        return _deictic_unit(DEICTIC[which], unit, context), "relative"
    if which == "the" and (context.last is None or unit in ("week", "weekend")):
        return _deictic_unit(0, unit, context), "relative"
    if unit == "weekend":
        return None, "anaphoric"
    base = context.day if unit == "day" else context.last
    if unit == "week":
        moved = context.day.shift(7 * ANAPHORIC[which], "day") if context.day else None
        return (moved.widen("month") if moved else None), "anaphoric"
    if base is None or base.widen(unit) is None:
        return None, "anaphoric"
    return base.shift(ANAPHORIC[which], unit), "anaphoric"


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
    count = 1 if number.lower() == "the" else number_of(number, words)
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


RELATIVE_READERS = {
    "unit": _read_unit, "deictic": _read_deictic, "overnight": _read_overnight, "count": _read_count,
    "soon": _read_soon, "span": _read_span,
}  # fmt: skip
