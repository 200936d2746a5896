"""Text for a terminal: tables that fit, and words of strangers made harmless.

Nothing is cut off. What is too wide for one line goes on in the next, within its column; and where there are so many
columns that none would be wide enough to be read, each row becomes a list of names and values.
"""

from __future__ import annotations

import unicodedata
from itertools import zip_longest

TYPE_CHECKING = False  # that of `typing` takes longer to import than a small query takes
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_GAP = "  "
_JOINERS = "\u200c\u200d"
# A column may be no narrower than its longest word, but a word may be broken after so many columns of the terminal.
_LONGEST_WORD = 16
# A cell of more lines than this is easier to read across the whole terminal.
_MOST_LINES = 5


def harmless(words: str) -> str:
    """Give `words` in one line without characters that steer a terminal or turn the direction of text.

    White space becomes a space, any other control or format character U+FFFD.
    """
    return words if words.isprintable() else "".join(map(_harmless, words))


def _harmless(char: str) -> str:
    if char.isspace():
        return " "
    if char in _JOINERS:
        return char
    return "\ufffd" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} else char


def display_width(words: str) -> int:
    """Give the number of columns that `words` take in a terminal."""
    return len(words) if words.isascii() else sum(map(_columns, words))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or char in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrapped(words: str, width: int) -> list[str]:
    """Give `words` in lines of at most `width` columns, broken between words where that can be."""
    if display_width(words) <= width:
        return [words]
    lines = [""]
    for word in words.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if display_width(joined) <= width:
            lines[-1] = joined
            continue
        pieces = _pieces(word, width)
        lines[-1:] = [*(lines[-1:] if lines[-1] else []), *pieces]
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """Break one word wherever a line is full."""
    pieces, room = [""], width
    for char in word:
        room -= _columns(char)
        if room < 0 and pieces[-1]:
            pieces.append("")
            room = width - _columns(char)
        pieces[-1] += char
    return pieces


def hanging(line: str, width: int) -> Iterator[str]:
    """Give a line in lines of at most `width` columns; those after the first are set in two columns further."""
    indent = len(line) - len(line.lstrip(" "))
    first, *rest = wrapped(line[indent:], max(width - indent - len(_GAP), 1))
    yield " " * indent + first
    yield from (" " * indent + _GAP + more for more in rest)


def table_lines(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int | None = None,
    emphasis: Callable[[str], str] = str,
) -> Iterator[str]:
    """Give the lines of an aligned table, at most `width` columns wide; without `width` each row is one line.

    `emphasis` makes the header stand out.
    """
    head = [harmless(cell) for cell in header]
    cells = [[harmless(cell) for cell in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(head, *cells, strict=True)]
    room = None if width is None else width - len(_GAP) * (len(widths) - 1)
    if room is None or sum(widths) <= room:
        yield from _aligned(head, cells, widths, emphasis)
        return
    widths = _fitted(widths, _narrowest(head, cells), room)
    tallest = max(
        (len(wrapped(cell, size)) for row in cells for cell, size in zip(row, widths, strict=True)), default=0
    )
    if sum(widths) <= room and tallest <= _MOST_LINES:
        yield from _aligned(head, cells, widths, emphasis)
    else:
        yield from _listed(head, cells, width or 0, emphasis)


def _aligned(
    head: list[str], cells: list[list[str]], widths: list[int], emphasis: Callable[[str], str]
) -> Iterator[str]:
    yield from map(emphasis, _row(head, widths))
    yield _GAP.join("─" * size for size in widths)
    spaced = any(len(wrapped(cell, size)) > 1 for row in cells for cell, size in zip(row, widths, strict=True))
    for number, row in enumerate(cells):
        if spaced and number:
            yield ""
        yield from _row(row, widths)


def _row(row: list[str], widths: list[int]) -> Iterator[str]:
    lines = zip_longest(*(wrapped(cell, size) for cell, size in zip(row, widths, strict=True)), fillvalue="")
    for parts in lines:
        yield _GAP.join(f"{part}{_blank(part, size)}" for part, size in zip(parts, widths, strict=True)).rstrip()


def _listed(head: list[str], cells: list[list[str]], width: int, emphasis: Callable[[str], str]) -> Iterator[str]:
    """Give each row as a list of names and values, without those that are empty."""
    names = max(map(display_width, head))
    room = max(width - names - len(_GAP), 1)
    for number, row in enumerate(cells):
        if number:
            yield ""
        for name, cell in zip(head, row, strict=True):
            for at, line in enumerate(wrapped(cell, room) if cell else ()):
                shown = emphasis(name) + _blank(name, names) if at == 0 else _blank("", names)
                yield f"{shown}{_GAP}{line}"


def _blank(words: str, width: int) -> str:
    return " " * (width - display_width(words))


def _narrowest(head: list[str], cells: list[list[str]]) -> list[int]:
    """Give how narrow each column may become: its longest word."""
    longest = [
        max(display_width(word) for cell in column for word in cell.split(" "))
        for column in zip(head, *cells, strict=True)
    ]
    return [min(size, max(_LONGEST_WORD, display_width(name))) for size, name in zip(longest, head, strict=True)]


def _fitted(widths: list[int], narrowest: list[int], room: int) -> list[int]:
    """Narrow the widest columns until all fit, or are as narrow as may be."""
    widths = list(widths)
    while sum(widths) > room:
        spare = [size if size > least else 0 for size, least in zip(widths, narrowest, strict=True)]
        if not any(spare):
            break
        widths[spare.index(max(spare))] -= 1
    return widths
