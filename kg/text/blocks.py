"""From decoded text to an `Article`: its title, header lines and paragraphs, and the limits that it must keep."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kg.address import plain_address
from kg.errors import InputError
from kg.model import Article, content_hash

MAX_TEXT = 2 * 1024 * 1024  # code points of one article; a long read has some 30,000
_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_HEADER = re.compile(r"(published|publisher|url)\s*:\s*(.*)", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")

Block = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a plain text lie: all blocks, whether the first is a title, and its header lines."""

    blocks: tuple[Block, ...]
    headers: Mapping[str, str] = field(default_factory=dict)


def paragraphs(text: str, start: int = 0) -> Iterable[Block]:
    """Give the (start, end) of each line that has words, white space around it left out, from `start` on."""
    for match in _LINE.finditer(text, start):
        line = match[0]
        words = line.strip()
        if words:
            begin = match.start() + line.index(words)
            yield begin, begin + len(words)


def plain_layout(text: str, source: str) -> Layout:
    """Give the layout of a plain text: its first line is the title, `Key: value` lines around that are headers.

    Known keys are `published`, `publisher` and `url`, in any case. Raises InputError for a key given twice.
    """
    blocks: list[Block] = []
    headers: dict[str, str] = {}
    for start, end in paragraphs(text):
        match = _HEADER.fullmatch(text, start, end) if len(blocks) < 2 else None
        if match is None:
            blocks.append((start, end))
        elif (key := match[1].lower()) in headers:
            raise InputError(source, f"header {key!r} is given twice; keep one")
        else:
            headers[key] = match[2].strip()
    return Layout(tuple(blocks), headers)


def iso_day(value: str, source: str) -> str:
    """Give the day of an ISO 8601 date or date and time, as it stands there (no change of time zone)."""
    try:
        return datetime.fromisoformat(value.strip()).date().isoformat()
    except ValueError as error:
        raise InputError(source, f"unknown date {value[:40]!r}; write it like 2025-01-06") from error


def make_article(
    text: str,
    blocks: tuple[Block, ...],
    *,
    source: str,
    titled: bool,
    meta: Mapping[str, str | None],
    published: str | None,
) -> Article:
    """Make the article of a text whose first block is its title if `titled`.

    `meta` may hold `published`, `publisher`, `url` and `id`; `published` is the day to take where it has none. The id is
    a hash of the URL's `plain_address` (or of the record id) and of the words of all blocks in NFC, so line ends and header
    lines do not change it.
    Raises InputError where there is no text, too much of it, or what no text file holds.
    """
    if not blocks:
        raise InputError(source, "is empty; expected a title and text")
    if len(text) > MAX_TEXT:
        raise InputError(source, f"has {len(text):,} characters; an article has at most {MAX_TEXT:,}")
    if "\0" in text:
        raise InputError(source, "is binary: it holds a NUL character; expected text")
    if broken := _SURROGATE.search(text):
        raise InputError(source, f"holds half a character (a lone surrogate) at offset {broken.start()}")
    given, url = meta.get("published"), meta.get("url") or None
    words = " ".join(" ".join(text[start:end] for start, end in blocks).split())
    return Article(
        id=content_hash(plain_address(url) if url else meta.get("id") or "", unicodedata.normalize("NFC", words)),
        source=source,
        text=text,
        blocks=blocks,
        title=text[slice(*blocks[0])] if titled else "",
        url=url,
        publisher=meta.get("publisher") or None,
        published=iso_day(given, source) if given else published,
    )
