"""Ask a SPARQL server what one asks the store, and get the whole answer.

Some servers cut an answer without a word, or with one that is easily missed: Virtuoso gives the first 10,000 rows with
status 200. So the rows are counted where the server does not say that it gave all, and what was cut is asked for page
by page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import pyoxigraph as ox

from kg.errors import QueryError, ServerError
from kg.graph import terms as t
from kg.graph.evaluate import in_order
from kg.graph.guard import check, keywords
from kg.graph.named import bound_values, declared
from kg.graph.query import Result
from kg.graph.results import Answer, Rows, Term, Triples
from kg.graph.rewrite import Parts, split, with_prefixes, with_values
from kg.graph.server import Reply, Server
from kg.iris import data_iri

_FORM = {"Accept": "application/sparql-results+json", "Content-Type": "application/x-www-form-urlencoded"}
# IRIs that one query asks about.
_ABOUT = 100
_TOTAL = "kgTotal"
# Virtuoso names the number of rows at which it cut, and says so when it ran out of time half-way.
_CUT, _INCOMPLETE = "x-sparql-maxrows", "x-sql-state"
_ASKED = "__ASK_RETVAL"  # the one column of Virtuoso's answer to ASK, with a row that holds 1 or none


def ask_server(
    server: Server, text: str, *, params: Mapping[str, str] | None = None, graph: str | None = None
) -> Result:
    """Ask what `kg.graph.query.run_query` asks the store, with the same parameters, of the union of all graphs.

    With `graph` only that graph is asked. Raises `QueryError` for an update, SERVICE, an unknown parameter, and an answer
    that was cut and cannot be made whole; `ServerError` for what the server refuses, a syntax error among it.
    """
    check(text)
    params_declared = tuple(declared(text))
    asked = split(with_prefixes(with_values(text, bound_values(params_declared, params or {}))))
    endpoint = _Endpoint(server, graph)
    if asked.form == "DESCRIBE":
        return _described(asked, endpoint)
    if asked.form == "ASK":
        return endpoint.answer(asked)
    if asked.form == "CONSTRUCT":
        return _constructed(asked, endpoint.rows(asked.as_select()))
    rows = endpoint.rows(asked)
    hidden = {name for name, *_ in params_declared}
    kept = [n for n, column in enumerate(rows.columns) if column not in hidden]
    return Rows(tuple(rows.columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in rows.rows))


class _Endpoint:
    """A server that answers queries on one graph or on the union of all."""

    def __init__(self, server: Server, graph: str | None) -> None:
        self._server = server
        # Oxigraph has to be asked for the union; Virtuoso, GraphDB and others give it anyway.
        self._dataset = {"default-graph-uri": graph} if graph else {"union-default-graph": "true"}

    def rows(self, asked: Parts) -> Rows:
        """Give all rows of a SELECT: those without ORDER BY are sorted."""
        reply = self._send(_text(asked))
        found = self._rows(reply)
        ordered = "ORDER" in keywords(asked.rest)
        if found.rows and self._may_be_cut(reply):
            total = self._total(asked)
            if total != len(found.rows):
                found = self._pages(asked, found, total, ordered=ordered)
        return found if ordered else Rows(found.columns, tuple(in_order(found.rows)))

    def answer(self, asked: Parts) -> Answer:
        """Give the answer to an ASK."""
        found = self._parsed(self._send(_text(asked)))
        if isinstance(found, ox.QueryBoolean):
            return Answer(bool(found))
        if [variable.value for variable in found.variables] != [_ASKED]:
            raise ServerError(f"{self._server.name}: the answer to ASK is neither true nor false")
        return Answer(any(isinstance(row[0], ox.Literal) and row[0].value == "1" for row in found))

    def _pages(self, asked: Parts, first: Rows, total: int, *, ordered: bool) -> Rows:
        """Gather an answer of `total` rows. Each page begins with the last row of the one before, which proves that they fit."""
        rows: list[tuple[Term | None, ...]] = []
        order = () if ordered else first.columns
        while len(rows) < total:
            query = asked.page(order=order, offset=max(0, len(rows) - 1), limit=len(first.rows))
            page = self._rows(self._send(query))
            if page.columns != first.columns:
                page = _reordered(page, first.columns)
            fits = not rows or (page.rows and page.rows[0] == rows[-1])
            if not fits or len(page.rows) <= bool(rows):
                raise QueryError(
                    f"{self._server.name}: the server cuts the answer of {total} rows at {len(first.rows)}, and the rest "
                    "does not fit to it: ORDER BY all columns, or ask for less"
                )
            rows += page.rows[bool(rows) :]
        return Rows(first.columns, tuple(rows))

    def _total(self, asked: Parts) -> int:
        rows = self._rows(self._send(asked.counted(_TOTAL))).rows
        value = rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else None
        if not isinstance(value, ox.Literal) or not value.value.isdecimal():
            raise ServerError(f"{self._server.name}: the server does not say how many rows there are")
        return int(value.value)

    def _may_be_cut(self, reply: Reply) -> bool:
        if "virtuoso" in reply.headers.get("server", "").lower():
            return _CUT in reply.headers
        return True

    def _send(self, query: str) -> Reply:
        form = str(httpx.QueryParams({"query": query, **self._dataset}))
        reply = self._server.send("POST", content=form.encode(), headers=_FORM)
        if _INCOMPLETE in reply.headers:
            raise QueryError(f"{self._server.name}: the server gave up before it was done: narrow the query")
        return reply

    def _parsed(self, reply: Reply) -> ox.QuerySolutions | ox.QueryBoolean:
        try:
            found = ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise ServerError(
                f"{self._server.name}: the answer is not SPARQL results in JSON but {reply.form or 'of no known form'}; "
                "name the address for queries, such as …/query or …/sparql"
            ) from error
        return found

    def _rows(self, reply: Reply) -> Rows:
        found = self._parsed(reply)
        if isinstance(found, ox.QueryBoolean):
            raise ServerError(f"{self._server.name}: the server answers a SELECT with true or false")
        columns = tuple(variable.value for variable in found.variables)
        try:
            return Rows(columns, tuple(tuple(row[column] for column in columns) for row in found))
        except (SyntaxError, ValueError) as error:
            raise ServerError(f"{self._server.name}: the answer breaks off or is not SPARQL results in JSON") from error


def _text(asked: Parts) -> str:
    return f"{asked.prologue}{asked.form}{asked.head}{asked.dataset}{asked.rest}"


def _reordered(rows: Rows, columns: tuple[str, ...]) -> Rows:
    places = {column: n for n, column in enumerate(rows.columns)}
    return Rows(columns, tuple(tuple(row[places[c]] if c in places else None for c in columns) for row in rows.rows))


def _constructed(asked: Parts, rows: Rows) -> Triples:
    """Build the triples of a CONSTRUCT here, out of rows of which it is known that they are all."""
    names = " ".join(f"?{column}" for column in rows.columns)
    lines = "\n".join(f"({' '.join(map(_value, row))})" for row in rows.rows)
    query = f"{asked.prologue}CONSTRUCT {asked.template()} WHERE {{ VALUES ({names}) {{\n{lines}\n}} }}"
    try:
        found = ox.Store().query(query)
    except SyntaxError as error:
        raise QueryError(f"not a SPARQL query: {' '.join(str(error).split())}") from error
    assert isinstance(found, ox.QueryTriples)
    return Triples.of(found)


def _described(asked: Parts, endpoint: _Endpoint) -> Triples:
    """Give the triples that begin with what a DESCRIBE asks for, as the store does; each server understands it differently."""
    iris, sought = asked.described()
    rows = endpoint.rows(sought).rows if sought else ()
    iris += sorted({str(term) for row in rows for term in row if isinstance(term, ox.NamedNode)})
    found: set[ox.Triple] = set()
    for start in range(0, len(iris), _ABOUT):
        about = endpoint.rows(asked.about(iris[start : start + _ABOUT]))
        found.update(ox.Triple(*map(_nameable, row)) for row in about.rows)
    return Triples.of(found)


def _value(term: Term | None) -> str:
    return "UNDEF" if term is None else str(_nameable(term))


def _nameable(term: Term | None) -> Any:  # noqa: ANN401  # a term of any place in a triple, which the rows do not tell
    """Give a term that has its name in every request: a blank node becomes an IRI."""
    return t.node(data_iri("blank", term.value)) if isinstance(term, ox.BlankNode) else term
