"""Date expressions in English news text, as EDTF.

An own small grammar: no parser of free dates, which is slow and finds dates in figures. A value is only as precise as
the words: `2025-01-06`, `2024-11`, `2024`, or an interval such as `2024-10-08/2024-10-13`. Words without a year are
anchored on the day of publication, words that point back («two days later», «the same day») on the date last spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date

from kg.text.date_context import Context, day_of
from kg.text.date_grammar import Grammar, Rule, grammar
from kg.text.date_readers import READERS
from kg.text.date_relative import OFFSET, moved_by
from kg.text.edtf import Period

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n")
_DATELINE = re.compile(r"\s*(?:\([^)]*\)\s*)?[-–—]\s")
_JOINTS = {"between": re.compile(r"\sand\s\Z"), "from": re.compile(r"\s(?:to|until|till|through)\s\Z")}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression. Offsets are code points of the text that was searched, half-open.

    `value` is EDTF, or None where the words give no date (a duration, or a missing anchor). `kind` says how it was found:
    `absolute` (with its year), `yearless`, `weekday`, `relative` (to the publication), `anaphoric` (to the date last
    spoken of), `offset` (the date of what follows: «a day after Indian jets bombed»), `interval`, `duration`, or
    `disputed` (weekday and date contradict each other).
    """

    start: int
    end: int
    text: str
    value: str | None
    kind: str


def find_dates(
    text: str, published: str | None, *, ahead: Callable[[int, int], bool] | None = None, reference: str | None = None
) -> list[DateMention]:
    """Find the date expressions of one paragraph, in order, none overlapping.

    `published` is an ISO date or None; without it only what needs no anchor has a value. `ahead` says of the words from
    `start` to `end` whether a weekday or a day without a year is the coming one instead of the past one. `reference` is
    the EDTF date last spoken of before the paragraph, for «the same day» and «two days later».
    """
    words = grammar()
    spoken = Period.parse(reference) if reference else None
    context = Context(words, _anchor(published), ahead=False, last=spoken, day=day_of(spoken))
    mentions: list[DateMention] = []
    for start, rule, match in _select(_candidates(text, words)):
        coming = ahead is not None and ahead(start, match.end())
        value, kind = READERS[rule.name](match, replace(context, ahead=coming))
        mentions.append(DateMention(start, match.end(), text[start : match.end()], str(value) if value else None, kind))
        if value and kind not in (OFFSET, "duration") and not coming:  # «hours later» is told of what has happened
            last = value if isinstance(value, Period) else Period.parse(value)
            context = replace(context, last=last, day=day_of(last) or context.day)
    return _place_offsets(text, list(_join(text, mentions)))


def reference_after(mentions: Iterable[DateMention], before: str | None) -> str | None:
    """Give the `reference` for the paragraph after one with `mentions`: its last day, else its last date, else `before`."""
    spoken = [m.value for m in mentions if m.value and m.kind not in (OFFSET, "duration")]
    days = [value for value in spoken if day_of(Period.parse(value))]
    return [before, *(days or spoken)][-1]


def _anchor(published: str | None) -> date | None:
    """Give the day of publication; the first and last years of the calendar are no anchor, since dates around it count."""
    anchor = Period.parse(published) if published else None
    return anchor.date if anchor and MINYEAR + 100 < anchor.year < MAXYEAR - 100 else None


# Characters that an expression may have before and after the word that tells its kind; there its pattern sees the text end.
_REACH = 60

_Candidate = tuple[int, Rule, re.Match[str]]


def _candidates(text: str, words: Grammar) -> Iterator[_Candidate]:
    """Give each match of a rule with the start of its expression, which its `head` is no part of."""
    reach: dict[str | None, tuple[int, int]] = {}  # from shortly before the first trigger of a kind to after the last
    for match in words.atoms.finditer(text):
        start, _ = reach.get(match.lastgroup, (max(0, match.start() - _REACH), 0))
        reach[match.lastgroup] = start, match.end() + _REACH
    for rule in words.rules:
        if rule.trigger in reach:
            for match in rule.pattern.finditer(text, *reach[rule.trigger]):
                yield match.end("head") if match.groupdict().get("head") else match.start(), rule, match


def _select(candidates: Iterator[_Candidate]) -> Iterator[_Candidate]:
    """Keep the first of those that overlap, the longest where they start together."""
    end = 0
    for start, rule, match in sorted(candidates, key=lambda found: (found[0], -found[2].end())):
        if start >= end:
            end = match.end()
            yield start, rule, match


def _join(text: str, mentions: list[DateMention]) -> Iterator[DateMention]:
    """Make one interval of «between January and March» and «from Monday to Wednesday»."""
    held: DateMention | None = None
    for mention in mentions:
        joined = _interval(text, held, mention) if held else None
        if joined is None and held is not None:
            yield held
        held = joined or mention
    if held is not None:
        yield held


def _interval(text: str, first: DateMention, second: DateMention) -> DateMention | None:
    opening = re.search(r"\b(between|from)\s\Z", text[: first.start], re.IGNORECASE)
    if not opening or not _JOINTS[opening[1].lower()].match(text, first.end, second.start):
        return None
    if not first.value or not second.value or "/" in first.value + second.value:
        return None
    start, end = first.value, second.value
    if second.kind == "absolute" and first.kind == "yearless":
        start = second.value[:4] + start[4:]
    if start > end:
        return None
    return DateMention(first.start, second.end, text[first.start : second.end], f"{start}/{end}", "interval")


def _place_offsets(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Give «a day after …» the date that the same sentence gives before it, or else after it, moved."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    dated = [m for m in mentions if m.value and m.kind != OFFSET and not _DATELINE.match(text, m.end)]
    placed = []
    for mention in mentions:
        if mention.kind == OFFSET:
            sentence = sum(end <= mention.start for end in ends)
            near = [m for m in dated if sum(end <= m.start for end in ends) == sentence]
            before = [m for m in near if m.end <= mention.start]
            after = [m for m in near if m.start >= mention.end]
            if before or after:
                mention = _moved(text, mention, before[-1] if before else after[0])
        placed.append(mention)
    return placed


def _moved(text: str, offset: DateMention, base: DateMention) -> DateMention:
    """Date what follows «a day after» by the other clause; or, if the date is its own, date that other clause."""
    own = base.start >= offset.end and not re.search("[,;]", text[offset.end : base.start])
    period = Period.parse(base.value or "")
    value = moved_by(offset.text, period, grammar(), forward=own) if period else None
    return replace(offset, value=str(value) if value else None, kind="anaphoric" if own else OFFSET)
