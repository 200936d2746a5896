"""The queries that come with `kg`, and parameters. It imports next to nothing: a plain `kg query` needs little more."""

from __future__ import annotations

import os

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.namespaces import ALL_PREFIXES
from kg.resources import resource_path

TYPE_CHECKING = False  # that of `typing` takes longer to import than all of this
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeAlias

    # Name, help, default (None: left open where it is not given), and whether it must be given.
    Declared: TypeAlias = tuple[str, str, str | None, bool]

Value = ox.NamedNode | ox.Literal

_REQUIRED, _DEFAULT = "(required)", "(default: "
_SCHEME_CHARS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789+.-")


def query_text(name: str, folder: str | None = None) -> str | None:
    """Give the text of the query `name` that comes with `kg` (or lies in `folder`), or None where there is none."""
    if not name.replace("-", "").replace("_", "").isalnum():
        return None
    path = os.path.join(folder or resource_path("queries"), f"{name}.rq")  # noqa: PTH118  # pathlib costs the start more
    if not os.path.isfile(path):  # noqa: PTH113  # as above
        return None
    with open(path, encoding="utf-8") as file:  # noqa: PTH123  # as above
        return file.read()


def declared(text: str) -> Iterator[Declared]:
    """Give the parameters that a query declares, each in a line `# param name: help (default: value)`, or `(required)`."""
    for line in map(str.strip, text.splitlines()):
        word, _, rest = line.removeprefix("#").strip().partition(" ")
        name, colon, words = rest.partition(":")
        if line.startswith("#") and word == "param" and colon and name.strip().isidentifier():
            words, found, default = words.strip().partition(_DEFAULT)
            help_ = words.removesuffix(_REQUIRED).strip()
            yield name.strip(), help_, default.removesuffix(")") if found else None, words.endswith(_REQUIRED)


def bound_values(params: Iterable[Declared], given: Mapping[str, str]) -> dict[str, Value]:
    """Give the terms of the parameters that are given or have a default.

    Raises `QueryError` for one that is unknown, and for one that must be given and is not.
    """
    known = {name: (default, required) for name, _, default, required in params}
    for name in given:
        if known and name not in known:
            raise QueryError(f"unknown parameter {name!r}; this query has {', '.join(known)}")
        if not name.isidentifier():
            raise QueryError(f"{name!r} cannot be the name of a parameter; expected letters, digits and _")
    for name, (_, required) in known.items():
        if required and name not in given:
            raise QueryError(f"this query needs --param {name}=…; see `kg query --list`")
    defaults = {name: default for name, (default, _) in known.items() if default is not None}
    return {name: as_term(value) for name, value in {**defaults, **given}.items()}


def as_term(words: str) -> Value:
    """Give the value of a parameter as a term: an IRI, or a prefixed name such as `wd:Q423`, as an IRI, else a string."""
    prefix, colon, local = words.partition(":")
    if colon and prefix in ALL_PREFIXES and not local.startswith("//"):
        words = ALL_PREFIXES[prefix] + local
    scheme, colon, rest = words.partition(":")
    if colon and rest and scheme[:1].isalpha() and _SCHEME_CHARS.issuperset(scheme.lower()):
        try:
            return ox.NamedNode(words)
        except ValueError:
            pass
    return ox.Literal("".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in words))
