"""Ask the store: named queries, parameters, a time limit."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import evaluate
from kg.graph import terms as t
from kg.graph.database import Database
from kg.graph.guard import check, keywords
from kg.graph.labels import labels
from kg.graph.named import Value, bound_values, declared, query_text
from kg.graph.results import Answer, Rows, Triples, write_result
from kg.resources import resource_dir

__all__ = ["Answer", "NamedQuery", "Param", "Result", "Rows", "Triples"]
__all__ += ["find_query", "labels_of", "named_queries", "read_query", "run_query", "write_result"]

Result = Rows | Triples | Answer
Found = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]

_ERROR_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<what>.*)", re.DOTALL)


class Param(NamedTuple):
    """A parameter of a query: the variable `name`; without a value and `default` it is left open, unless `required`."""

    name: str
    help: str
    default: str | None = None
    required: bool = False


class NamedQuery(NamedTuple):
    """A query with the help and the parameters that its first comment lines declare."""

    name: str
    help: str
    text: str
    params: tuple[Param, ...] = ()


def read_query(name: str, text: str) -> NamedQuery:
    """Give the query in `text`: its first line, where it is a comment, is the help; `# param` lines are parameters."""
    first = text.partition("\n")[0].strip()
    help_ = first.lstrip("# ") if first.startswith("#") else ""
    return NamedQuery(name, help_, text, tuple(Param(*param) for param in declared(text)))


def named_queries(folder: Path | None = None) -> dict[str, NamedQuery]:
    """Give the queries that come with `kg` (or those in `folder`), by name, sorted."""
    files = sorted((folder or resource_dir("queries")).glob("*.rq"))
    return {file.stem: read_query(file.stem, file.read_text("utf-8")) for file in files}


def find_query(name: str, folder: Path | None = None) -> NamedQuery:
    """Give the query `name`; `QueryError` with names like it when there is none."""
    text = query_text(name, str(folder) if folder else None)
    if text is not None:
        return read_query(name, text)
    from difflib import get_close_matches

    near = get_close_matches(name, named_queries(folder), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "see `kg query --list`"
    raise QueryError(f"there is no query {name!r}; {hint}")


def labels_of(store: Database, result: Result) -> dict[ox.NamedNode, str]:
    """Give how the store calls the IRIs in an answer."""
    return labels(store.handle, (term for row in result.rows for term in row)) if isinstance(result, Rows) else {}


def run_query(
    store: Database, text: str, *, params: Mapping[str, str] | None = None, timeout: float | None = None
) -> Result:
    """Evaluate a SPARQL query over the union of all graphs.

    A value of `params` that is an absolute IRI, or a prefixed name such as `wd:Q423`, is bound to its variable as an
    IRI, any other as a string: it is never part of the text. The variable must be among those that SELECT names; one
    that the query declares as its parameter is not a column of the result. Oxigraph decides BOUND before it knows the
    value: for a parameter that may be left open write `FILTER(COALESCE(?class = ?type, true))`. Rows of a query without
    ORDER BY are sorted.

    With a `timeout` in seconds the query runs in a process of its own, which is killed when the time is up. Raises
    `QueryError` for an update, SERVICE, a syntax error (with its place), an unknown parameter, and when it fails.
    """
    check(text)
    params_declared = tuple(declared(text))
    values = bound_values(params_declared, params or {})
    try:
        if timeout is None:
            found: Found = evaluate.answer(store.handle, text, prefixes=t.PREFIXES, values=values)
        else:
            found = _in_process(store, text, values, timeout)
        return _result(found, hidden={name for name, *_ in params_declared}, ordered="ORDER" in keywords(text))
    except SyntaxError as error:
        raise QueryError(_syntax_message(text, str(error))) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(_failure_message(str(error))) from error


def _in_process(store: Database, text: str, values: Mapping[str, Value], timeout: float) -> Found:
    """Evaluate in a child process: Oxigraph cannot be told to stop, but a process can be killed."""
    import json
    import subprocess

    job = {
        "path": None if store.path is None else str(store.path),
        "query": t.clean(text),
        "prefixes": dict(t.PREFIXES),
        "values": {name: ("iri" if isinstance(v, ox.NamedNode) else "text", v.value) for name, v in values.items()},
    }
    quads = store.handle.dump(format=ox.RdfFormat.N_QUADS) if store.path is None else b""
    try:
        done = subprocess.run(
            [sys.executable, "-P", evaluate.__file__],
            input=json.dumps(job).encode() + b"\n" + (quads or b""),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QueryError(f"the query took longer than {timeout:g} seconds; narrow it or give it more time") from None
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise QueryError(f"the query failed: {last or f'its process ended with {done.returncode}'}")
    kind, _, answer = done.stdout.partition(b"\n")
    if kind.decode() == evaluate.SYNTAX:
        raise SyntaxError(answer.decode())
    if kind.decode() == evaluate.FAILURE:
        raise RuntimeError(answer.decode())
    if kind.decode() == evaluate.TRIPLES:
        return (quad.triple for quad in ox.parse(answer, ox.RdfFormat.N_TRIPLES))
    return ox.parse_query_results(answer, ox.QueryResultsFormat.JSON)


def _result(found: Found, *, hidden: set[str], ordered: bool) -> Result:
    if not isinstance(found, ox.QueryBoolean | ox.QuerySolutions):
        return Triples.of(found)
    if isinstance(found, ox.QueryBoolean):
        return Answer(bool(found))
    columns, rows = evaluate.rows_of(found, hidden=hidden, ordered=ordered)
    return Rows(tuple(columns), tuple(rows))


def _syntax_message(text: str, message: str) -> str:
    place = _ERROR_PLACE.fullmatch(message)
    if place is None:
        return f"not a SPARQL query: {' '.join(message.split())}"
    line, column = int(place["line"]), int(place["column"])
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :].strip()[:30] if line <= len(lines) else ""
    return f"not a SPARQL query: line {line}, column {column}: {f'cannot read {rest!r}' if rest else 'something is missing'}"


def _failure_message(message: str) -> str:
    variable = re.search(r"does not contains? variable (\?\w+)", message)
    if variable:
        return f"{variable[1]} is not a parameter of this query; expected among the variables that it SELECTs"
    return f"the query failed: {' '.join(message.split())}"
