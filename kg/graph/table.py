"""Text for a terminal: tables that fit, and words of strangers made harmless."""

from __future__ import annotations

import unicodedata

TYPE_CHECKING = False  # that of `typing` takes longer to import than a small query takes
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GAP = "  "
_NARROWEST = 4
_JOINERS = "\u200c\u200d"


def harmless(words: str) -> str:
    """Give `words` in one line without characters that steer a terminal or turn the direction of text.

    White space becomes a space, any other control or format character U+FFFD.
    """
    return "".join(map(_harmless, words))


def _harmless(char: str) -> str:
    if char.isspace():
        return " "
    if char in _JOINERS:
        return char
    return "\ufffd" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} else char


def display_width(words: str) -> int:
    """Give the number of columns that `words` take in a terminal."""
    return sum(map(_columns, words))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or char in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def shortened(words: str, width: int) -> str:
    """Give `words` in at most `width` columns, cut with «…»."""
    if display_width(words) <= width:
        return words
    kept, room = [], width - 1
    for char in words:
        room -= _columns(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept) + "…"


def table_lines(header: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None = None) -> Iterator[str]:
    """Give the lines of an aligned table, at most `width` columns wide as far as that can be."""
    cells = [[harmless(cell) for cell in row] for row in (header, *rows)]
    widths = [max(display_width(row[n]) for row in cells) for n in range(len(header))]
    if width is not None:
        widths = _fitted(widths, width - len(_GAP) * (len(widths) - 1))
    rule = ["─" * size for size in widths]
    for row in (cells[0], rule, *cells[1:]):
        parts = (shortened(cell, size) for cell, size in zip(row, widths, strict=True))
        yield _GAP.join(
            f"{part}{' ' * (size - display_width(part))}" for part, size in zip(parts, widths, strict=True)
        ).rstrip()


def _fitted(widths: list[int], room: int) -> list[int]:
    """Narrow the widest columns until all fit, or are as narrow as may be."""
    widths = list(widths)
    while sum(widths) > room and max(widths, default=0) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths
