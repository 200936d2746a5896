"""The patterns of date expressions, compiled once from the words of `lexicon/dates.toml`.

A pattern names its parts by groups; `head` is what must stand before the expression and is no part of it. What the
groups mean is decided in `date_readers.py`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).parent / "lexicon" / "dates.toml"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d%]|[.,]\d|s\b|\s@counted\b)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of expression: which atom must be in the text for it, its pattern, and the name of its reader."""

    name: str
    trigger: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules, and the words that their readers look up. `atoms` finds which triggers a text has."""

    rules: tuple[Rule, ...]
    atoms: re.Pattern[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    seasons: Mapping[str, int]
    holidays: Mapping[str, str]
    deictic: Mapping[str, int]


# Spaces stand for any one white space; `@name` for a fragment below.
_RULES = (
    ("iso", "year", r"(?<![\d-])(?P<iso>@year-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\d-])"),
    (
        "days", "month",
        r"(?P<head>(?i:from|between) )?(?<![\d.,:/–-])(?P<first>@day)"
        r"(?: ?[-–] ?| (?:to|until|till|through|and) )(?P<day>@day) (?P<month>@month)(?P<tail>@tail)?",
    ),
    ("days", "month", r"\b(?P<month>@month) (?P<first>@day)(?: ?[-–] ?| (?:to|through|and) )(?P<day>@day)\b(?![.,:]?\d)(?P<tail>@tail)?"),
    ("day", "month", r"@around(?<![\d.,:/–-])(?:(?P<weekday>@weekday),? (?:the )?)?(?P<day>@day) (?:of )?(?P<month>@month)(?P<tail>@tail)?"),
    (
        "day", "month",
        r"@around\b(?:(?P<weekday>@weekday),? )?(?P<month>@month) (?P<day>@day)\b(?![.,:]\d| @counted\b)(?P<tail>@tail)?",
    ),
    ("month", "month", r"\b(?:(?i:@parts)[ -])?\b(?P<month>@month)(?P<tail>@tail)"),
    ("month", "month", r"\b(?:(?i:@parts)[ -])?(?P<which>(?i:last|next|this|that|that same|the following|the same)) (?P<month>@fullmonth)\b(?! \d)"),
    ("month", "month", r"\b(?i:@parts)[ -](?P<month>@fullmonth)\b(?! \d)"),
    ("month", "month", r"\b(?P<head>(?i:@before_month) )(?P<month>@plainmonth)\b(?! \d)"),
    ("month", "month", r"\b(?P<head>(?i:@before_may) )(?P<month>May)\b(?! \d)"),
    ("month", "month", r"\b(?P<head>@plainmonth (?:and|or|to|until|till|through) )(?P<month>May)\b(?! \d)"),
    ("month", "month", r"\b(?P<month>@plainmonth)(?=['’]s\b)"),
    ("month", "month", r"(?<=[,;] )(?P<month>@plainmonth)(?= (?:and|or) @plainmonth\b)"),
    (
        "weekday", "weekday",
        r"\b(?:(?i:@parts|@day_parts) )?(?:(?P<which>(?i:last|next|this(?: coming| past)?|the (?:coming|past))) )?(?=[MTWFS])@notbefore(?P<weekday>@weekday)\b(?! @weekday_after\b)"
        r"(?: @hours\b)?(?: (?:of )?(?P<week>last|this|next) week\b)?",
    ),
    ("half", "year", r"\b(?i:the )?(?P<ordinal>(?i:@ordinals)) (?P<slice>quarter|half) of (?:(?P<year>@year)|(?P<which>last|this|next|the) year)\b"),
    ("half", "quarter", r"\b(?P<head>(?i:in|for|during|by|since) )(?:the )(?P<ordinal>(?i:@ordinals)) (?P<slice>quarter)\b(?! of\b)"),
    ("months", "year", r"\b(?:the )?(?P<ordinal>first|last|final) (?P<number>@numbers|\d\d?) months of (?:(?P<year>@year)|(?P<which>last|this|next|the) year\b)"),
    ("half", "year", r"\bQ(?P<quarter>[1-4]) (?:of )?(?P<year>@year)"),
    ("years", "year", r"\b(?P<head>(?i:from|between|the years) )(?P<first>@year) (?:to|until|till|through|and) (?P<year>@year)"),
    ("years", "year", r"(?<![\d.,:/–-])(?P<first>@year) ?[-–] ?(?P<year>@year)"),
    ("years", "year", r"(?<![\d.,:/–-])(?P<first>@year)[-–/](?P<short>\d\d)(?![\d-])"),
    ("year", "year", r"\b(?i:@parts)[ -](?P<year>@year)"),
    ("year", "year", r"\b(?P<head>(?i:@before_year) (?:the year )?)(?P<year>@year)"),
    ("year", "year", r"\b(?P<head>(?i:the) )(?P<year>@year)(?= [A-Za-z])"),
    ("year", "year", r"(?P<head>\()(?P<year>@year)(?=\))"),
    ("year", "year", r"^(?P<year>@year)(?=:| [-–] )"),
    ("decade", "year", r"\b(?:(?i:the) )?(?:(?i:early|late|mid)[ -])?(?P<decade>(?:1[5-9]\d|20\d)0)s\b"),
    ("deictic", "unit", r"\b(?P<word>(?i:@deictic))\b"),
    (
        "unit", "unit",
        r"\b(?:(?i:@parts) )?(?P<which>(?i:this|last|next|that|that same|the same|the previous|the following|the next)) "
        r"(?P<unit>week|weekend|month|year|day|night|morning|afternoon|evening)\b",
    ),
    ("unit", "unit", r"\b(?i:@parts) (?P<which>the) (?P<unit>week|weekend|month|year|day)\b(?! of)"),
    ("unit", "unit", r"\b(?P<head>(?i:before) )(?P<which>the) (?P<unit>day|week|month|year) (?:is|was) (?:out|over)\b"),
    ("unit", "unit", r"\b(?P<head>(?i:at|over|on|during) )(?P<which>the) (?P<unit>weekend)\b"),
    ("overnight", "unit", r"\b(?i:overnight)\b"),
    (
        "count", "unit",
        r"\b(?<!(?i:half) )(?:(?P<number>(?i:@number)|\d{1,3}) (?P<unit>day|night|week|fortnight|month|year|decade|hour|minute)s?|(?<!\bto )(?P<one>(?i:the)) (?P<unit2>day|week|month|year|night)) "
        r"(?:(?P<way>ago|earlier|later|afterwards|before|after|previously|on|from now)(?=\W*$|[.,;:!?)”\"])|(?P<way2>ago|earlier|later|afterwards|from now)\b|(?P<clause>before|after)\b)",
    ),
    ("soon", "unit", r"\b(?:(?:a few|several|some|many) )?(?P<unit>(?i:hours|days|weeks|months|years)) (?P<way>later|earlier|ago)\b"),
    ("soon", "unit", r"\b(?:(?:a few|several|some|many|only|just) )?(?P<unit>(?i:hours|days|weeks|months)) (?P<clause>before|after)\b(?!\W*$|[.,;:!?)”\"])"),
    ("soon", "unit", r"\b(?P<head>(?i:within) )(?P<unit>hours)\b"),
    (
        "span", "unit",
        r"\b(?P<head>(?i:for|over|within|after|in|during|throughout) )(?:(?:more than|less than|nearly|almost|about|around|at least|up to) )?"
        r"(?:(?:the )?(?:last|past|coming|next) )?(?:(?:@numbers|\d{1,3}|a few|several|recent|coming|many) )?(?:seconds|minutes|hours|days|weeks|months|years|decades)\b(?! (?:ago|earlier|later|after|before|previously)\b)",
    ),
    ("span", "unit", r"\b(?P<head>(?i:for|over|within|in|during|throughout) )(?:(?:the )(?:last|past|coming) |an? )(?:minute|hour|day|week|month|year|decade)\b"),
    ("season", "season", r"\b(?:(?i:@parts)[ -])?(?:(?P<which>(?i:last|this|next)) )(?P<season>@seasons)\b"),
    ("season", "season", r"\b(?:(?i:@parts)[ -])?(?:the )?(?P<season>@seasons)(?P<tail>@tail)"),
    ("season", "season", r"\b(?i:early|late|mid)[ -](?P<season>spring|summer|autumn|winter)\b"),
    ("season", "season", r"\b(?P<head>(?i:in|since|by|during|until) )(?:the )?(?P<season>spring|summer|autumn|winter)\b(?=\W*$|[.,;:!?)”\"]| (?:when|after|before|and)\b)"),
    ("holiday", "holiday", r"\b(?P<holiday>@holidays)\b(?:,? (?P<year>@year))?"),
)  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))) + ")"


def _fragments(data: Mapping[str, Any]) -> dict[str, str]:
    words = data["words"]
    full, short = _any(data["months"]), _any(data["abbreviations"])
    return {
        "fullmonth": full,
        "plainmonth": _any(name for name in data["months"] if name != "May"),
        "month": rf"(?:{full}\b|{short}\b\.?)",
        "day": _DAY,
        "around": r"(?:\b(?:(?i:@day_parts)|(?P<eve>(?i:the eve of))|(?P<week>(?i:the week (?:of|beginning|starting|ending)))) )?",
        "tail": r"(?:,? (?:of )?(?:@year|(?i:last|this|next|that|that same|the same|the previous|the following) year\b))",
        "year": _YEAR,
        "weekday_after": _any(words["weekday_after"]),
        "weekday": _any(data["weekdays"]),
        "notbefore": "".join(rf"(?<!\b(?i:{re.escape(word)}) )" for word in words["weekday_before"] + words["every"]),
        **{
            name: _any(words[name])
            for name in ("parts", "day_parts", "hours", "counted", "before_may", "before_month", "before_year")
        },
        "number": rf"(?:{_any(data['numbers'])}(?:-{_any(data['numbers'])})?)",
        **{name: _any(data[name]) for name in ("ordinals", "numbers", "seasons", "holidays", "deictic")},
    }


def _expand(template: str, fragments: Mapping[str, str]) -> re.Pattern[str]:
    while "@" in template:
        template = re.sub(r"@([a-z_]+)", lambda match: fragments[match[1]], template)
    return re.compile(template.replace(r"\ ", " ").replace(" ", r"\s"))


@cache
def grammar() -> Grammar:
    """Give the grammar, compiled at the first call."""
    data = tomllib.loads(_WORDS.read_text("utf-8"))
    fragments = _fragments(data)
    atoms = (
        r"(?P<month>\b@month)|(?P<weekday>\b@weekday)|(?P<year>\b(?:1[5-9]|20)\d\d|\b(?:quarter|half) of\b)|(?P<quarter>\bquarter\b)|(?P<season>\b@seasons\b)"
        r"|(?P<holiday>@holidays)|(?P<unit>\b(?i:@deictic|overnight|(?:fortnight|week|weekend|month|year|day|night|decade|hour|minute|second)s?|morning|afternoon|evening)\b)"
    )
    return Grammar(
        rules=tuple(Rule(name, trigger, _expand(text, fragments)) for name, trigger, text in _RULES),
        atoms=_expand(atoms, fragments),
        months={**data["months"], **data["abbreviations"]},
        **{name: data[name] for name in ("weekdays", "numbers", "ordinals", "seasons", "holidays", "deictic")},
    )
