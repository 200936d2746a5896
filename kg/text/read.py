"""Articles out of files, folders and standard input, one at a time; what cannot be read is reported and left out."""

from __future__ import annotations

import codecs
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from kg.errors import InputError
from kg.model import Article
from kg.text.blocks import MAX_TEXT, Block, iso_day, make_article, paragraphs, plain_layout

MAX_RAW = 8 * 1024 * 1024  # bytes of one HTML file or JSON line; more is not read into memory
_MAX_PLAIN = 4 * MAX_TEXT  # bytes of one plain text: UTF-8 takes at most four a character
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_KEYS = ("url", "title", "text", "published", "publisher")

OnSkip = Callable[[InputError], None]


def read_articles(paths: Iterable[str | Path], *, published: str | None = None, on_skip: OnSkip) -> Iterator[Article]:
    """Read the articles of files (`.txt`, `.jsonl`, `.html`, `.htm`), folders of them, and `-` (standard input).

    `.txt`: the first line is the title; lines `Published:`, `Publisher:` and `URL:` around it are header lines. `.jsonl`:
    one object a line with `text` and, if known, `id`, `url`, `title`, `published` and `publisher`. Folders are read with
    all that is in them, sorted by path; hidden files are left out. `published` (an ISO date) is taken for articles that
    give none. Each input that cannot be read goes to `on_skip`, and the rest goes on. Raises InputError only for a wrong
    `published`.
    """
    day = iso_day(published, "published") if published else None
    return chain.from_iterable(_read_path(str(path), day, on_skip) for path in paths)


def count_articles(paths: Iterable[str | Path]) -> int | None:
    """Count what `read_articles` will give or skip, without reading it: one a file, one a line of `.jsonl`.

    None where that cannot be known: of standard input.
    """
    total = 0
    for path in map(str, paths):
        if path == "-":
            return None
        try:
            files = _files_of(path, lambda error: None) if Path(path).is_dir() else [path]
            total += sum(_count_lines(file) if file.lower().endswith(".jsonl") else 1 for file in files)
        except (InputError, OSError):
            total += 1
    return total


def _count_lines(file: str) -> int:
    with Path(file).open("rb") as stream:
        chunks = iter(lambda: stream.read(1 << 20), b"")
        last = b"\n"
        lines = 0
        for chunk in chunks:
            lines += chunk.count(b"\n")
            last = chunk
    return lines + (not last.endswith(b"\n"))


def _read_path(path: str, published: str | None, on_skip: OnSkip) -> Iterator[Article]:
    try:
        if path == "-":
            yield from _read_stdin(sys.stdin.buffer, published, on_skip)
        elif Path(path).is_dir():
            for file in _files_of(path, on_skip):
                yield from _read_path(file, published, on_skip)
        else:
            yield from _read_file(path, published, on_skip)
    except InputError as error:
        on_skip(error)
    except OSError as error:
        on_skip(InputError(_clean(path), f"cannot be read: {error.strerror or error}"))


def _clean(path: str) -> str:
    """Give a path as text that can be written: bytes that are no UTF-8 become the replacement character."""
    return PurePath(path).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _files_of(folder: str, on_skip: OnSkip) -> list[str]:
    """Give the files with a known suffix in a folder and all below it, sorted."""

    def unreadable(error: OSError) -> None:
        on_skip(InputError(_clean(str(error.filename)), f"cannot be read: {error.strerror}"))

    found: list[str] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            str(PurePath(parent, name))
            for name in names
            if PurePath(name).suffix.lower() in _READERS and not name.startswith(".")
        ]
    if not found:
        raise InputError(_clean(folder), f"folder holds no article; expected files like {', '.join(_READERS)}")
    return sorted(found, key=lambda file: PurePath(file).as_posix())


def _read_file(path: str, published: str | None, on_skip: OnSkip) -> Iterator[Article]:
    source, reader = _clean(path), _READERS.get(PurePath(path).suffix.lower())
    if not Path(path).exists():
        raise InputError(source, "no such file or folder")
    if not Path(path).is_file():
        raise InputError(source, "is no regular file; expected a text, or - for standard input")
    if reader is None:
        raise InputError(source, f"unknown kind of file; expected {', '.join(_READERS)}, or - for standard input")
    with Path(path).open("rb") as stream:
        yield from reader(stream, source, published, on_skip)


def _read_stdin(stream: BinaryIO, published: str | None, on_skip: OnSkip) -> Iterator[Article]:
    """Read JSON lines if the first character that is no white space is `{`, else one plain text."""
    start = stream.read(1)
    while start.isspace() or (start and codecs.BOM_UTF8.startswith(start)):
        more = stream.read(1)
        if not more:
            break
        start += more
    json_lines = start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")
    reader = _read_jsonl if json_lines else _read_plain
    yield from reader(_Rejoined(start, stream), "-", published, on_skip)


class _Rejoined:
    """A stream whose first bytes were read already."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start, self._stream = start, stream

    def read(self, size: int) -> bytes:
        start, self._start = self._start[:size], self._start[size:]
        return start + self._stream.read(size - len(start)) if len(start) < size else start

    def readline(self, size: int) -> bytes:
        head, newline, rest = self._start[:size].partition(b"\n")
        start, self._start = head + newline, rest + self._start[size:]
        return start if newline or len(start) == size else start + self._stream.readline(size - len(start))


_Stream = BinaryIO | _Rejoined


def _read_plain(stream: _Stream, source: str, published: str | None, on_skip: OnSkip) -> Iterator[Article]:
    text = _decode(_read_bounded(stream, _MAX_PLAIN, source), source)
    layout = plain_layout(text, source)
    yield make_article(text, layout.blocks, source=source, titled=True, meta=layout.headers, published=published)


def _read_bounded(stream: _Stream, limit: int, source: str) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(source, f"is longer than {limit:,} bytes, too long for one article")
    return data


def _decode(data: bytes, source: str) -> str:
    """Decode UTF-8, or UTF-16 if it begins with its byte order mark. Nothing is guessed."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not utf16 and b"\0" in data:
        raise InputError(source, f"is binary: it holds a NUL byte at offset {data.index(0)}; expected text")
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        name = "UTF-16" if utf16 else "UTF-8"
        raise InputError(source, f"is not {name}: wrong byte at offset {error.start}; convert it to UTF-8") from error


def _read_html(stream: _Stream, source: str, published: str | None, on_skip: OnSkip) -> Iterator[Article]:
    from kg.text.html_page import extract_page

    page = extract_page(_decode_html(_read_bounded(stream, MAX_RAW, source), source))
    if page is None:
        raise InputError(source, "holds no article text that can be told from the page around it")
    yield _titled_article(page.title, page.text, source, page.meta, published)


def _decode_html(data: bytes, source: str) -> str:
    """Decode in the character set that the page declares, else as plain text."""
    declared = _CHARSET.search(data[:4096])
    if declared is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(data, source)
    name = declared[1].decode("ascii", "replace")
    try:
        return data.decode(name)
    except LookupError as error:
        raise InputError(source, f"declares the unknown character set {name!r}; convert it to UTF-8") from error
    except UnicodeDecodeError as error:
        raise InputError(source, f"is not {name}, as it declares: wrong byte at offset {error.start}") from error


def _titled_article(
    title: str | None, text: str, source: str, meta: Mapping[str, str | None], published: str | None
) -> Article:
    """Make an article whose title is kept apart: its text is the title, a line end, and the text."""
    title = title if title and title.strip() else None
    whole = f"{title}\n{text}" if title else text
    body = len(title) + 1 if title else 0
    blocks: tuple[Block, ...] = tuple(paragraphs(whole, body))
    if title and blocks:
        start = whole.index(title.strip())
        blocks = ((start, start + len(title.strip())), *blocks)
    return make_article(whole, blocks, source=source, titled=title is not None, meta=meta, published=published)


def _read_jsonl(stream: _Stream, source: str, published: str | None, on_skip: OnSkip) -> Iterator[Article]:
    found = False
    for number, line in _lines(stream):
        place = f"{source}:{number}"
        try:
            if line is None:
                raise InputError(place, f"line is longer than {MAX_RAW:,} bytes, too long for one article")
            if line.strip():
                found = True
                yield _record_article(_parse(line, place), place, published)
        except InputError as error:
            found = True
            on_skip(error)
    if not found:
        raise InputError(source, "is empty; expected one JSON object a line")


def _lines(stream: _Stream) -> Iterator[tuple[int, bytes | None]]:
    """Give each line with its number; None in place of one that is too long to be kept in memory."""
    number = 0
    while line := stream.readline(MAX_RAW + 1):
        number += 1
        if len(line) <= MAX_RAW:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_RAW)
        yield number, None


def _parse(line: bytes, place: str) -> dict[str, Any]:
    try:
        record = json.loads(_decode(line, place))
    except json.JSONDecodeError as error:
        raise InputError(place, f"broken JSON at column {error.colno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(place, "JSON that cannot be read: a number too long or too deeply nested") from error
    if not isinstance(record, dict):
        raise InputError(place, f"expected a JSON object, found {type(record).__name__}")
    return record


def _record_article(record: dict[str, Any], place: str, published: str | None) -> Article:
    for key in _KEYS:
        if not isinstance(record.get(key), str | None):
            raise InputError(place, f"{key!r} must be a string, found {type(record[key]).__name__}")
    ident = record.get("id")
    if isinstance(ident, bool) or not isinstance(ident, str | int | None):
        raise InputError(place, f"'id' must be a string or a number, found {type(ident).__name__}")
    text = record.get("text") or ""
    if not text.strip():
        raise InputError(place, "record has no text; expected a 'text' with words")
    meta = {key: record.get(key) for key in ("url", "published", "publisher")}
    meta["id"] = None if ident is None else str(ident)
    try:
        return _titled_article(record.get("title"), text, meta["id"] or meta["url"] or place, meta, published)
    except InputError as error:
        raise InputError(place, error.cause) from error


_READERS: dict[str, Callable[[_Stream, str, str | None, OnSkip], Iterator[Article]]] = {
    ".txt": _read_plain,
    ".jsonl": _read_jsonl,
    ".html": _read_html,
    ".htm": _read_html,
}
