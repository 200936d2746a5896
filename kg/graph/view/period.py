"""EDTF level 0 and 1 dates as the days that they cover."""

from __future__ import annotations

import calendar
import re
from datetime import date

_PART = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?[?~%]?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


def period(edtf: str | None) -> tuple[str, str] | None:
    """Give the first and the last day, as ISO dates, that an EDTF date covers.

    An interval that is open at one end covers the day at its known end. None for no date, and for what is no date.
    """
    if not edtf:
        return None
    known = [part for part in edtf.split("/", 1) if part not in ("", "..")]
    spans = [_span(part) for part in known]
    if not spans or None in spans:
        return None
    days = sorted(day for span in spans if span for day in span)
    return days[0], days[-1]


def _span(part: str) -> tuple[str, str] | None:
    match = _PART.fullmatch(part)
    if match is None:
        return None
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    first, last = _SEASONS.get(month, (month, month)) if match["month"] else (1, 12)
    try:
        if match["day"]:
            exact = date(year, month, day).isoformat()
            return exact, exact
        end = calendar.monthrange(year, last)[1]
        return date(year, first, 1).isoformat(), date(year, last, end).isoformat()
    except ValueError:
        return None
