"""Turtle and TriG for people: prefixes, one block a subject, all in one fixed order.

RDF 1.1 without blank nodes of its own. The order is that of the full N-Triples of each term, `rdf:type` first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from kg.graph import terms as t
from kg.graph.namespaces import XSD

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple

# A local name that needs no escape in Turtle, TriG and SPARQL.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_NAMESPACE = re.compile(r".*[/#]")
_BY_NAMESPACE = {namespace: prefix for prefix, namespace in t.PREFIXES.items()}
# Literals that need no quotes: canonical forms only, so that no parser changes them.
_PLAIN = {f"{XSD}integer": re.compile(r"0|-?[1-9][0-9]*"), f"{XSD}boolean": re.compile("true|false")}


def short(term: Term) -> str:
    """Give a term as Turtle has it, an IRI shortened by its prefix where that can be."""
    if isinstance(term, ox.Literal):
        return _literal(term)
    if not isinstance(term, ox.NamedNode):
        return str(term)
    namespace = _NAMESPACE.match(term.value)
    prefix = _BY_NAMESPACE.get(namespace[0]) if namespace else None
    if namespace is None or prefix is None:
        return str(term)
    local = term.value[namespace.end() :]
    return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else str(term)


def _literal(literal: ox.Literal) -> str:
    datatype = literal.datatype.value
    if datatype in _PLAIN and _PLAIN[datatype].fullmatch(literal.value):
        return literal.value
    if literal.language or datatype == f"{XSD}string":
        return str(literal)
    return f"{ox.Literal(literal.value)}^^{short(literal.datatype)}"


def turtle_lines(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Give the lines of a Turtle document; each triple is written once, whatever the order they come in."""
    triples = set(triples)
    yield from _prefixes(term for triple in triples for term in triple)
    yield from _subjects(triples, indent="")


def turtle_document(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Give the Turtle of sorted lines of N-Triples, in pieces: what `turtle_lines` is for, where there are millions of triples.

    Parser and writer are those of the database, from which the lines come, so that nothing in them is looked at for errors.
    The order of the prefixes is left to chance by its writer, so they are sorted, and those that nothing uses are left
    out; no line end or tab but those of the syntax is in its output, since literals have theirs escaped.
    """
    parsed = ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES, lenient=True)
    rows = ox.serialize(parsed, format=ox.RdfFormat.TURTLE, prefixes=dict(t.PREFIXES)) or b""
    *prefixes, body = rows.split(b"\n", len(t.PREFIXES))
    yield from (line + b"\n" for line in sorted(prefixes) if line.split()[1] in body)
    yield b"\n"
    yield body.removesuffix(b"\n").replace(b" .\n", b" .\n\n").replace(b"\t", b"    ")
    yield b"\n"


def trig_lines(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Give the lines of a TriG document, the default graph first."""
    graphs: dict[ox.NamedNode | ox.BlankNode | None, set[ox.Triple]] = defaultdict(set)
    for quad in quads:
        graphs[None if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name].add(quad.triple)
    yield from _prefixes(term for triples in graphs.values() for triple in triples for term in triple)
    yield from _subjects(graphs.pop(None, set()), indent="")
    for name, triples in sorted(graphs.items(), key=lambda item: str(item[0])):
        yield ""
        yield f"{name} {{"
        yield from _subjects(triples, indent="    ")
        yield "}"


def _prefixes(terms: Iterable[Term]) -> Iterator[str]:
    """Declare the prefixes that the terms and their datatypes use."""
    used = set()
    for term in set(terms):
        node = term.datatype if isinstance(term, ox.Literal) else term
        prefix, colon, _ = short(node).partition(":")
        if colon and prefix in t.PREFIXES:
            used.add(prefix)
    return (f"@prefix {prefix}: <{t.PREFIXES[prefix]}> ." for prefix in sorted(used))


def _subjects(triples: Iterable[ox.Triple], *, indent: str) -> Iterator[str]:
    ordered = sorted(triples, key=lambda triple: (str(triple.subject), _rank(triple.predicate), str(triple.object)))
    for subject, group in groupby(ordered, key=lambda triple: triple.subject):
        statements = [
            f"{_verb(predicate)} {', '.join(short(triple.object) for triple in members)}"
            for predicate, members in groupby(group, key=lambda triple: triple.predicate)
        ]
        yield ""
        yield f"{indent}{short(subject)} " + f" ;\n{indent}    ".join(statements) + " ."


def _rank(predicate: ox.NamedNode) -> str:
    return "" if predicate == t.TYPE else str(predicate)


def _verb(predicate: ox.NamedNode) -> str:
    return "a" if predicate == t.TYPE else short(predicate)
