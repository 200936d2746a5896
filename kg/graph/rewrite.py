"""A query as another store needs it: with its parameters and prefixes in the text, and as a part of a larger query.

The text is cut into tokens, so that a string or a comment is never taken for what it looks like; a parameter goes in as
the serialised term, which no words of a stranger can leave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph import terms as t
from kg.graph.guard import FORMS, Token, tokens

_OPEN = ("VALUES", None, "{", "UNDEF", "}")  # how our queries leave a parameter open; None is its variable


@dataclass(frozen=True, slots=True)
class Parts:
    """A query in pieces, which together are the query.

    `prologue` has BASE and PREFIX, `form` is SELECT, ASK, CONSTRUCT or DESCRIBE, `head` what follows up to the dataset
    (variables, or the template), `dataset` the FROM clauses, and `rest` the group of WHERE and what follows it.
    """

    prologue: str
    form: str
    head: str
    dataset: str
    rest: str

    def counted(self, name: str) -> str:
        """Give the query for the number of rows of this SELECT."""
        return f"{self.prologue}SELECT (COUNT(*) AS ?{name}) {self.dataset}{{ {self._group()} }}"

    def page(self, *, order: tuple[str, ...], offset: int, limit: int) -> str:
        """Give the query for some rows of this SELECT, in its own order, or in that of the columns `order`.

        The order is made inside: Virtuoso sorts no more than it gives when ORDER BY and LIMIT stand together.
        """
        group = self._group()
        if order:
            group = f"{{ SELECT * {{ {group} }} ORDER BY {' '.join(f'?{name}' for name in order)} }}"
        return f"{self.prologue}SELECT * {self.dataset}{{ {group} }} OFFSET {offset} LIMIT {limit}"

    def as_select(self) -> Parts:
        """Give the SELECT of all that a CONSTRUCT builds upon."""
        return Parts(self.prologue, "SELECT", " * ", self.dataset, self.rest)

    def described(self) -> tuple[list[str], Parts | None]:
        """Give the IRIs that a DESCRIBE names, as they stand there, and the SELECT of those that it looks for."""
        named = list(tokens(self.head))
        iris = [token.words for token in named if token.kind in {"iri", "name"}]
        sought = " ".join(token.words for token in named if token.kind not in {"iri", "name"})
        return iris, Parts(self.prologue, "SELECT", f" DISTINCT {sought} ", self.dataset, self.rest) if sought else None

    def about(self, iris: Iterable[str]) -> Parts:
        """Give the SELECT of the triples about some IRIs, which may have the prefixes of this query."""
        rest = f"WHERE {{ VALUES ?s {{ {' '.join(iris)} }} ?s ?p ?o }}"
        return Parts(self.prologue, "SELECT", " ?s ?p ?o ", self.dataset, rest)

    def template(self) -> str:
        """Give the template of a CONSTRUCT with its braces; the short form repeats that of WHERE."""
        if self.head.strip():
            return self.head
        found = list(tokens(self.rest))
        opened = _index(found, "{")
        return self.rest[found[opened].start : found[_closing(found, opened)].end]

    def _group(self) -> str:
        return f"{{ {self.form}{self.head}{self.rest}\n}}"


def split(text: str) -> Parts:
    """Cut a query, which must be allowed by `guard.check`, into its parts."""
    found = list(tokens(text))
    first = next(n for n, token in enumerate(found) if token.kind == "word" and token.words.upper() in FORMS)
    form = found[first].words.upper()
    n = first + 1
    if form == "CONSTRUCT" and n < len(found) and found[n].words == "{":
        n = _closing(found, n) + 1
    depth = 0
    while n < len(found) and (depth or not _ends_head(found[n])):
        depth += (found[n].words == "(") - (found[n].words == ")")
        n += 1
    dataset = n
    while n < len(found) and found[n].words.upper() == "FROM":
        n += 3 if n + 1 < len(found) and found[n + 1].words.upper() == "NAMED" else 2
    ends = [found[k].start if k < len(found) else len(text) for k in (dataset, n)]
    return Parts(
        prologue=text[: found[first].start],
        form=form,
        head=text[found[first].end : ends[0]],
        dataset=text[ends[0] : ends[1]],
        rest=text[ends[1] :],
    )


def with_values(text: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """Give a query in which each variable of `values` is bound to its term.

    A term takes the place of UNDEF in `VALUES ?name { UNDEF }`; where there is none, it is joined to the group of WHERE.
    Raises `QueryError` for a variable that the query does not have.
    """
    found = list(tokens(text))
    edits: list[tuple[int, int, str]] = []
    for name, value in sorted(values.items()):
        if not any(_is_variable(token, name) for token in found):
            raise QueryError(f"?{name} is not a parameter of this query; expected among the variables that it SELECTs")
        places = [token for n, token in enumerate(found) if _leaves_open(found, n - 3, name)]
        edits += [(place.start, place.end, str(value)) for place in places]
        if not places:
            parts = split(text)
            start = len(text) - len(parts.rest)
            inside = next((token.end for token in found if token.start >= start and token.words == "{"), None)
            if inside is None:
                raise QueryError(f"?{name} cannot be bound in a query without WHERE")
            edits.append((inside, inside, f" VALUES ?{name} {{ {value} }} "))
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def with_prefixes(text: str) -> str:
    """Give a query that declares those of our prefixes which it uses and does not declare."""
    used = {token.words.partition(":")[0] for token in tokens(text) if token.kind == "name"}
    declared = {name.lower() for name in re.findall(r"(?i)\bPREFIX\s+([\w.-]*):", text)}
    missing = sorted(name for name in used & set(t.PREFIXES) if name.lower() not in declared)
    return "".join(f"PREFIX {name}: <{t.PREFIXES[name]}>\n" for name in missing) + text


def _leaves_open(found: list[Token], start: int, name: str) -> bool:
    """Whether `VALUES ?name { UNDEF }` begins at a token."""
    part = found[max(start, 0) : start + len(_OPEN)]
    return (
        start >= 0
        and len(part) == len(_OPEN)
        and all(
            _is_variable(token, name) if words is None else token.words.upper() == words
            for token, words in zip(part, _OPEN, strict=True)
        )
    )


def _ends_head(token: Token) -> bool:
    return token.words == "{" or (token.kind == "word" and token.words.upper() in {"FROM", "WHERE"})


def _is_variable(token: Token, name: str) -> bool:
    return token.kind == "variable" and token.words[1:] == name


def _index(found: list[Token], words: str) -> int:
    return next((n for n, token in enumerate(found) if token.words == words), len(found) - 1)


def _closing(found: list[Token], opened: int) -> int:
    """Give the place of the brace that closes the one at `opened`, or of the last token."""
    depth = 0
    for n in range(opened, len(found)):
        depth += (found[n].words == "{") - (found[n].words == "}")
        if depth == 0:
            return n
    return len(found) - 1
