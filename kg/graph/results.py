"""The answers of a query, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TextIO

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.table import table_lines
from kg.graph.terms import xml_text
from kg.graph.turtle import short, turtle_lines

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple

_SPARQL_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
RESULT_FORMATS = ("table", *_SPARQL_FORMATS, "turtle")


class Rows(NamedTuple):
    """The answer of SELECT: `rows` hold a term for each of `columns`, or None where it is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


class Triples(NamedTuple):
    """The answer of CONSTRUCT and DESCRIBE: each triple once, sorted."""

    triples: tuple[ox.Triple, ...]

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> Triples:
        """Sort triples, and leave out those that come again."""
        return cls(tuple(sorted(set(triples), key=str)))


class Answer(NamedTuple):
    """The answer of ASK."""

    value: bool


def write_result(
    result: Rows | Triples | Answer,
    format_: str,
    stream: TextIO,
    *,
    width: int | None = None,
    labels: Mapping[ox.NamedNode, str] | None = None,
    emphasis: Callable[[str], str] = str,
) -> None:
    """Write `result` as `table`, `csv`, `tsv`, `json`, `xml` or `turtle`.

    A table is at most `width` columns wide, shortens IRIs by their prefixes, sets their `labels` before them, and holds
    no control characters; its head goes through `emphasis`, which may add codes for a terminal. Triples
    are always Turtle, and a table of them is Turtle too; `QueryError` for a format that the answer cannot have.
    """
    if format_ not in RESULT_FORMATS:
        raise QueryError(f"unknown format {format_!r}; expected one of {', '.join(RESULT_FORMATS)}")
    if isinstance(result, Triples):
        if format_ not in {"table", "turtle"}:
            raise QueryError(f"CONSTRUCT and DESCRIBE give triples, which cannot be {format_}; use turtle")
        stream.writelines(f"{line}\n" for line in turtle_lines(result.triples))
    elif format_ == "turtle":
        raise QueryError(
            "only CONSTRUCT and DESCRIBE give triples; for SELECT and ASK use table, csv, tsv, json or xml"
        )
    elif format_ == "table":
        _write_table(result, stream, width, labels or {}, emphasis)
    else:
        stream.write(_standard(result, format_))


def _write_table(
    result: Rows | Answer,
    stream: TextIO,
    width: int | None,
    labels: Mapping[ox.NamedNode, str],
    emphasis: Callable[[str], str],
) -> None:
    if isinstance(result, Answer):
        stream.write("yes\n" if result.value else "no\n")
        return
    rows = [[_cell(term, labels) for term in row] for row in result.rows]
    lines = table_lines(result.columns, rows, width=width, emphasis=emphasis)
    stream.writelines(f"{line}\n" for line in lines)


def _cell(term: Term | None, labels: Mapping[ox.NamedNode, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode) and term in labels:
        return f"{labels[term]} ({short(term)})"
    return term.value if isinstance(term, ox.Literal) else short(term)


def _standard(result: Rows | Answer, format_: str) -> str:
    import json  # takes longer to import than a small query takes

    text = json.dumps(_json(result, for_xml=format_ == "xml"), ensure_ascii=False)
    if format_ == "json":
        return text + "\n"
    found = ox.parse_query_results(text, ox.QueryResultsFormat.JSON)
    written = (found.serialize(format=_SPARQL_FORMATS[format_]) or b"").decode()
    return written if written.endswith("\n") else written + "\n"


def _json(result: Rows | Answer, *, for_xml: bool) -> dict[str, object]:
    if isinstance(result, Answer):
        return {"head": {}, "boolean": result.value}
    bindings = [
        {column: _json_term(term, for_xml=for_xml) for column, term in zip(result.columns, row, strict=True) if term}
        for row in result.rows
    ]
    return {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}


def _json_term(term: Term, *, for_xml: bool) -> dict[str, object]:
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part, for_xml=for_xml) for name, part in parts.items()}}
    if not isinstance(term, ox.Literal):
        return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}
    found: dict[str, object] = {
        "type": "literal",
        "value": xml_text(term.value) if for_xml else term.value,
    }
    if term.language:
        found["xml:lang"] = term.language
    elif not term.datatype.value.endswith("#string"):
        found["datatype"] = term.datatype.value
    return found
