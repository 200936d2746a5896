"""Entity tables: tab-separated files with a header line → checked rows.

The header says what a table is; the order of its columns is fixed. Aliases are set off by `|`. An alias that ends in `?`
is a less plausible reading of its words (`Congo?` for the Republic of the Congo); one that starts with `=` is matched as
it is written only, never without its accents or in capitals (`=Malé`). A town's label may say after a comma where it lies
(`Acre, Israel`): that is no name, and without an alias the town is known only beside the name of its state or region.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import LexiconError

STATES = ("id", "label", "kind", "iso3", "names", "official", "acronyms", "adjectives", "people", "state", "source")
CAPITALS = ("id", "label", "kind", "aliases", "capital_of", "source")
SEATS = ("id", "label", "kind", "aliases", "stands_for", "source")
ENTITIES = ("id", "label", "kind", "aliases", "state", "from", "to", "source")
OFFICES = ("person", "office", "title", "of", "from", "to", "source")
SUFFIXES = ("suffix", "alternatives", "source")
_COLUMNS = (STATES, CAPITALS, SEATS, ENTITIES, OFFICES, SUFFIXES)

_FORMATS = {
    "id": re.compile(r"(Q[1-9]\d*)?"),
    "label": re.compile(r"\S.*\S|\S"),
    "kind": re.compile(r"[A-Z][A-Za-z]+"),
    "iso3": re.compile(r"([A-Z]{3})?"),
    "from": re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?"),
    "to": re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?"),
    "person": re.compile(r"\S.*"),
    "office": re.compile(r"[a-z_]+"),
    "source": re.compile(r"\S.*"),
}


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of an entity. `plausible` is false for a rare reading; `exact` forbids other accents and capitals."""

    text: str
    plausible: bool = True
    exact: bool = False

    @classmethod
    def from_cell(cls, text: str) -> Alias:
        """Read one alias with its marks."""
        return cls(text.removeprefix("=").removesuffix("?"), not text.endswith("?"), text.startswith("="))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `where` names file and line for messages."""

    where: str
    columns: tuple[str, ...]
    cells: tuple[str, ...]

    def __getitem__(self, column: str) -> str:
        """Give the cell of a column, empty where there is nothing."""
        return self.cells[self.columns.index(column)]

    def aliases(self, column: str) -> list[Alias]:
        """Give the names in a cell, in its order."""
        return [Alias.from_cell(text) for text in self[column].split("|") if text]

    def all_names(self) -> list[Alias]:
        """Give the label and the aliases; an alias with the words of the label gives the label its marks."""
        aliases = self.aliases("aliases")
        if self.town or any(alias.text == self["label"] for alias in aliases):
            return aliases
        return [Alias(self["label"]), *aliases]

    @property
    def town(self) -> str:
        """Give «Acre» of «Acre, Israel», empty where the label is the name itself."""
        town, comma, _ = self["label"].partition(", ")
        return town if comma and self["kind"] == "City" else ""


def read_table(path: Path) -> Iterator[Row]:
    """Read the rows of a table. A wrong header, cell or encoding is a `LexiconError` that names file and line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    columns = tuple(lines[0].split("\t")) if lines else ()
    if columns not in _COLUMNS:
        known = "; ".join(" ".join(known) for known in _COLUMNS)
        raise LexiconError(f"{path}:1: the header must be one of these, set off by tabs: {known}")
    seen: dict[tuple[str, ...], str] = {}
    for number, line in enumerate(lines[1:], 2):
        row = Row(f"{path}:{number}", columns, tuple(line.split("\t")))
        _check(row)
        key = (row["label"], row["kind"]) if "label" in columns else row.cells
        if key in seen:
            raise LexiconError(f"{row.where}: {' '.join(key)!r} is already in {seen[key]}")
        seen[key] = row.where
        yield row


def _check(row: Row) -> None:
    if len(row.cells) != len(row.columns):
        raise LexiconError(f"{row.where}: {len(row.cells)} cells where the header has {len(row.columns)}")
    for column, cell in zip(row.columns, row.cells, strict=True):
        pattern = _FORMATS.get(column)
        if pattern and not pattern.fullmatch(cell):
            raise LexiconError(f"{row.where}: {column} {cell!r} does not fit {pattern.pattern}")
