"""RDF terms: the names that the graph side writes, and text made safe to be one.

Every IRI that leaves here is absolute and valid, every literal is valid Unicode; nothing is a blank node.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from pyoxigraph import Literal, NamedNode

from kg.graph.namespaces import ALL_PREFIXES, DCTERMS, OA, RDF, RDFS, SKOS, XSD
from kg.graph.namespaces import EDTF as EDTF_IRI
from kg.iris import DATA_IRI, ONTOLOGY_IRI, data_iri

PREFIXES: Mapping[str, str] = ALL_PREFIXES

TYPE = NamedNode(f"{RDF}type")
SUBJECT, PREDICATE, OBJECT = (NamedNode(f"{RDF}{name}") for name in ("subject", "predicate", "object"))
LABEL = NamedNode(f"{RDFS}label")
PREF_LABEL = NamedNode(f"{SKOS}prefLabel")
START, END, EXACT = (NamedNode(f"{OA}{name}") for name in ("start", "end", "exact"))
TITLE, PUBLISHER, ISSUED, SOURCE, IDENTIFIER = (
    NamedNode(f"{DCTERMS}{name}") for name in ("title", "publisher", "issued", "source", "identifier")
)
DECIMAL, DATE, BOOLEAN = (NamedNode(f"{XSD}{name}") for name in ("decimal", "date", "boolean"))
EDTF = NamedNode(EDTF_IRI)

#: Subject, predicate, object: nothing here is a blank node.
Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]

#: The graph of the views: events, edges and conflicts.
EVENTS_GRAPH = NamedNode(f"{DATA_IRI}events")

_ESCAPED = data_iri("iri", "")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@lru_cache(maxsize=4096)
def term(name: str) -> NamedNode:
    """Give the ontology's term `name`, such as `kg:MissileLaunch`."""
    return NamedNode(ONTOLOGY_IRI + quote(name))


def term_name(iri: str) -> str:
    """Give the local name of a term of the ontology; another IRI is given whole."""
    return unquote(iri.removeprefix(ONTOLOGY_IRI)) if iri.startswith(ONTOLOGY_IRI) else iri


def is_term(node: NamedNode) -> bool:
    """Whether a node is a term of the ontology, and not one of the data."""
    return node.value.startswith(ONTOLOGY_IRI)


_WORDS = "Words"


def words_of(role: str) -> NamedNode:
    """Give the property by which a report has the words that fill `role`: `kg:actorWords` of `actor`."""
    return term(role + _WORDS)


def role_of(iri: str) -> str | None:
    """Give the role whose property of words `iri` is, or None where it is another property."""
    name = term_name(iri)
    return name.removesuffix(_WORDS) if name.endswith(_WORDS) and name != iri else None


@lru_cache(maxsize=4096)
def rule(*names: str) -> NamedNode:
    """Give the IRI of a rule: of a report that of its extractor and its own name, of a fact its name."""
    return NamedNode(data_iri("rule", "/".join(quote(clean(name), safe="") for name in names)))


def rule_names(iri: str) -> list[str]:
    """Give back what `rule` was made from."""
    return [unquote(name) for name in iri.removeprefix(data_iri("rule", "")).split("/")]


@lru_cache(maxsize=65536)
def node(iri: str) -> NamedNode:
    """Give `iri` as a node; one that is not valid is percent-encoded into an IRI of ours (see `node_iri`)."""
    try:
        return NamedNode(iri)
    except ValueError:  # UnicodeEncodeError, which lone surrogates raise, is one
        return NamedNode(_ESCAPED + quote(clean(iri), safe=""))


def node_iri(iri: str) -> str:
    """Give back what `node` was made from."""
    return unquote(iri.removeprefix(_ESCAPED)) if iri.startswith(_ESCAPED) else iri


def clean(words: str) -> str:
    """Give `words` with each lone surrogate, which no RDF can hold, as U+FFFD; the length stays the same."""
    return words if words.isascii() else _SURROGATES.sub("\ufffd", words)


def xml_text(words: str) -> str:
    """Give `words` with each character that XML 1.0 cannot hold as U+FFFD."""
    return _NOT_XML.sub("\ufffd", words)


def text(words: str) -> Literal:
    """Give a plain literal."""
    return Literal(clean(words))


def decimal(value: float) -> Literal:
    """Give an xsd:decimal in its shortest form, which stores do not change."""
    from decimal import Decimal  # takes longer to import than a small query takes

    return Literal(format(Decimal(repr(value + 0.0)).normalize(), "f"), datatype=DECIMAL)


def edtf(value: str) -> Literal:
    """Give a date in EDTF."""
    return Literal(clean(value), datatype=EDTF)


def day(value: str) -> Literal:
    """Give an xsd:date, or a plain literal where `value` is no day of the calendar."""
    if _DAY.fullmatch(value):
        from datetime import date  # takes longer to import than a small query takes

        try:
            date.fromisoformat(value)
        except ValueError:
            return text(value)
        return Literal(value, datatype=DATE)
    return text(value)


def web_address(url: str) -> NamedNode | None:
    """Give `url` as a node where it is a valid absolute http(s) IRI."""
    try:
        parts = urlsplit(url)
        return NamedNode(url) if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None
