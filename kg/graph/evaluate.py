"""Evaluate one query, here or, run as a script, in a process that can be killed when it takes too long.

The script imports nothing of `kg`, so that it starts quickly. On its standard input it gets one line of JSON (`path` of
the store or null, `query`, `prefixes`, `values`) and, where there is no path, the quads as N-Quads; on its standard
output it gives the kind of answer in one line, and then the answer.
"""

from __future__ import annotations

import gc
import sys
import time
from operator import itemgetter

import pyoxigraph as ox

TYPE_CHECKING = False  # that of `typing` takes longer to import than a small query takes
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import TypeAlias

    Row: TypeAlias = tuple[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None, ...]

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

SOLUTIONS = "solutions"  # SPARQL 1.1 results in JSON, of SELECT and ASK
TRIPLES = "triples"  # N-Triples, of CONSTRUCT and DESCRIBE
SYNTAX = "syntax"  # the error message of the parser
FAILURE = "failure"  # the error message of the evaluation

ATTEMPTS = 20
PAUSE = 0.05  # seconds
_LAST = chr(sys.maxunicode)  # it sorts after the words of any term
GONE = "No such file"  # what the database says of a file that a writer has tidied away


def answer(
    store: ox.Store, query: str, *, prefixes: Mapping[str, str], values: Mapping[str, ox.NamedNode | ox.Literal]
) -> Found:
    """Give the answer of the database. The query reads the default graph, which is the union of all."""
    substitutions = {ox.Variable(name): value for name, value in values.items()}
    return store.query(query, prefixes=dict(prefixes), substitutions=substitutions)  # type: ignore[arg-type]  # a dict is invariant


def rows_of(found: ox.QuerySolutions, *, hidden: Collection[str], ordered: bool) -> tuple[list[str], list[Row]]:
    """Give the columns of an answer that are not `hidden`, and its rows, which are sorted where the query did not order them."""
    names = [variable.value for variable in found.variables]
    kept = [n for n, name in enumerate(names) if name not in hidden]
    # It gives a tuple for two columns and more only. What is not kept is never made into an object.
    cut = itemgetter(*kept) if len(kept) > 1 else lambda row: tuple([row[n] for n in kept])
    collects = gc.isenabled()
    gc.disable()  # rows are no rubbish, and as they pile up the collector looks through them again and again
    try:
        rows = list(map(cut, found))
    finally:
        if collects:
            gc.enable()
    return [names[n] for n in kept], rows if ordered else in_order(rows)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Sort rows by the words of their terms, column by column; what is unbound comes last."""
    found = list(rows)
    keys = list(map(_words, found))
    if len(set(keys)) < len(found):  # the same words in another language or of another type
        return sorted(found, key=lambda row: (_words(row), tuple(map(str, row))))
    return [found[n] for n in sorted(range(len(found)), key=keys.__getitem__)]


def _words(row: Row) -> str:
    """Give what a row is sorted by: one string takes less time than a tuple, and U+0000 comes before all that words hold."""
    return "\0".join([term.value if isinstance(term, ox.Literal) else str(term) if term else _LAST for term in row])


def evaluate(
    store: ox.Store, query: str, *, prefixes: Mapping[str, str], values: Mapping[str, ox.NamedNode | ox.Literal]
) -> tuple[str, bytes]:
    """Give the kind of answer and the answer in UTF-8."""
    try:
        found = answer(store, query, prefixes=prefixes, values=values)
        if isinstance(found, ox.QueryTriples):
            return TRIPLES, found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        return SOLUTIONS, found.serialize(format=ox.QueryResultsFormat.JSON) or b""
    except SyntaxError as error:
        return SYNTAX, str(error).encode()
    except (OSError, RuntimeError, ValueError) as error:
        return FAILURE, str(error).encode()


def open_reader(path: str) -> ox.Store:
    """Open a store for reading while another process may be writing it.

    A writer may tidy a file away between the moment at which its list of files is read and the moment at which the file
    is opened. Then the list is read again; what still fails after `ATTEMPTS` is raised.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return ox.Store.read_only(path)
        except (OSError, RuntimeError) as error:
            if GONE not in str(error):
                raise
            time.sleep(PAUSE)
    return ox.Store.read_only(path)


def main() -> None:
    """Answer the query on the standard input."""
    import json

    job = json.loads(sys.stdin.buffer.readline())
    if job["path"] is None:
        store = ox.Store()
        store.bulk_load(sys.stdin.buffer.read(), ox.RdfFormat.N_QUADS)
    else:
        store = open_reader(job["path"])
    values = {
        name: ox.NamedNode(value) if kind == "iri" else ox.Literal(value)
        for name, (kind, value) in job["values"].items()
    }
    kind, answer = evaluate(store, job["query"], prefixes=job["prefixes"], values=values)
    sys.stdout.buffer.write(kind.encode() + b"\n" + answer)


if __name__ == "__main__":
    main()
