"""Refuse what a query must not do: change the store, or call another one.

Oxigraph reads a query with a grammar that does without spaces between words (`trueSERVICE<http://…>{}` calls a
service) and that tries another reading where one fails (`?a<b)SERVICE#>` may be a comparison and not an IRI). So this
looks at every way in which the text can be cut into tokens, and refuses it when SERVICE can be a keyword in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.errors import QueryError

_SPACE = r"(?:\s|#[^\r\n]*)"
_STRING = (
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""' r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r'|"(?:[^"\\\r\n]|\\.)*"' r"|'(?:[^'\\\r\n]|\\.)*'"
)  # fmt: skip
_NAME = r"(?:[^\W\d_][\w.-]*)?:(?:[\w.:%-]|\\.)*"
_IRIREF = r"<[^<>\"{}|^`\s]*>"
_NOT_AN_IRI = (
    rf"(?P<space>{_SPACE}+)|(?P<string>{_STRING})|(?P<variable>[?$]\w+)|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    rf"|(?P<blank>_:[\w.-]+)|(?P<name>{_NAME})|(?P<word>\w+)|(?P<other>.)"
)
_TOKEN = re.compile(_NOT_AN_IRI, re.DOTALL)
_LIKELIEST = re.compile(rf"(?P<iri>{_IRIREF})|{_NOT_AN_IRI}", re.DOTALL)
_IRI = re.compile(_IRIREF)
_WEB_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://[^<>\"{}|^`\s]*>")
_GROUP_NEXT = re.compile(rf"{_SPACE}*\{{")

FORMS = frozenset({"ASK", "CONSTRUCT", "DESCRIBE", "SELECT"})
_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_SERVICE = "SERVICE"
_UPDATES = frozenset({"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"})


class Token(NamedTuple):
    """A piece of a query: `kind` is that of a group of the pattern above, or `iri`; `words` are its words."""

    kind: str
    start: int
    words: str

    @property
    def end(self) -> int:
        """Where it ends, in code points."""
        return self.start + len(self.words)


def tokens(text: str) -> Iterator[Token]:
    """Give the tokens of a query in its likeliest reading, without white space and comments."""
    for match in _LIKELIEST.finditer(text):
        if match.lastgroup != "space":
            yield Token(match.lastgroup or "other", match.start(), match[0])


def keywords(text: str) -> Iterator[str]:
    """Give the words of a query that are no name, string, variable or comment, in capitals, in order."""
    return (match[0].upper() for match in _LIKELIEST.finditer(text) if match.lastgroup == "word")


def check(text: str) -> None:
    """Raise `QueryError` when `text` is an update or may call a service; other faults are for the parser."""
    first = next((word for word in keywords(text) if word not in _PROLOGUE), "nothing")
    if first in _UPDATES:
        raise QueryError(f"{first} changes the store, and a query must not; use SELECT, ASK, CONSTRUCT or DESCRIBE")
    if first not in FORMS:
        raise QueryError(f"not a SPARQL query: expected SELECT, ASK, CONSTRUCT or DESCRIBE, found {first[:30]}")
    # A token is a piece of the text, so that the word stands in no token of a text in which it does not stand.
    if _SERVICE in text.upper() and _may_call_a_service(text):
        raise QueryError("SERVICE is refused: a query reads this store alone; take it out")


def _may_call_a_service(text: str) -> bool:
    seen: set[int] = set()
    ahead = [0]
    while ahead:
        position = ahead.pop()
        if position in seen or position >= len(text):
            continue
        seen.add(position)
        for end, kind in _tokens(text, position):
            if _is_service(text, position, end, kind):
                return True
            ahead.append(end)
    return False


def _tokens(text: str, position: int) -> list[tuple[int, str]]:
    """Give the end and the kind of each token that may begin at `position`."""
    if text[position] == "<":
        iri = _IRI.match(text, position)
        if iri is None:
            return [(position + 1, "other")]
        if _WEB_IRI.match(text, position):  # `//` is no operator: this cannot be a comparison
            return [(iri.end(), "iri")]
        return [(iri.end(), "iri"), (position + 1, "other")]
    match = _TOKEN.match(text, position)
    assert match is not None  # the last alternative takes any character
    return [(match.end(), match.lastgroup or "other")]


def _is_service(text: str, start: int, end: int, kind: str) -> bool:
    """Whether the token is the keyword, alone or run together with its neighbours."""
    token = text[start:end].upper()
    if kind == "name":  # `SERVICEex:a {` is SERVICE with the name `ex:a`
        return _SERVICE in token.partition(":")[0] and _GROUP_NEXT.match(text, end) is not None
    return kind == "word" and _SERVICE in token
