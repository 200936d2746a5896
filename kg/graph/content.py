"""What a store holds of one article, before and after a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.address import plain_address
from kg.graph import index
from kg.graph import terms as t
from kg.graph.assembly import blocks
from kg.graph.compact import records
from kg.graph.marks import DIRTY, INDEX
from kg.graph.rdf import extraction_quads
from kg.graph.stored import as_stored
from kg.model import Extraction, Ontology


@dataclass(frozen=True, slots=True)
class Content:
    """The quads of an article, the (source, sha256) that it is from, and, where it is new, what the index is to note."""

    quads: frozenset[ox.Quad]
    origin: tuple[str, str] = ("", "")
    notes: frozenset[ox.Quad] = frozenset()

    @classmethod
    def from_extraction(cls, extraction: Extraction, ontology: Ontology | None) -> Content:
        """Make what is to be written; with an ontology, the index is to note the blocks of the reports, too."""
        article = extraction.article
        origin = t.text(article.source).value, article.sha256 if article.text else ""
        stored = as_stored(extraction)
        notes = records(stored)
        if ontology is not None:
            found = blocks(stored, ontology)
            notes |= found | {index.note(INDEX, DIRTY, entry.object) for entry in found}
        if article.url:
            notes.add(index.note(t.node(article.iri), index.ADDRESS, t.text(plain_address(article.url))))
        return cls(extraction_quads(extraction), origin, frozenset(notes))

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> Content:
        """Make what is there."""
        kept = frozenset(quads)
        found = {q.predicate: q.object for q in kept if q.predicate in {t.SOURCE, t.term("sha256")}}
        source, digest = (found.get(name) for name in (t.SOURCE, t.term("sha256")))
        texts = [value.value if isinstance(value, ox.Literal) else "" for value in (source, digest)]
        return cls(kept, (texts[0], texts[1]))

    @property
    def reports(self) -> set[ox.NamedNode]:
        """The nodes of the reports."""
        return {q.subject for q in self.quads if q.object == t.term("Report") and isinstance(q.subject, ox.NamedNode)}

    def shares_url(self, other: Content) -> bool:
        """Whether the URLs of both articles are variants of one."""
        return not self._addresses.isdisjoint(other._addresses)

    @property
    def _addresses(self) -> set[str]:
        names = {t.term("url"), t.IDENTIFIER}
        values = [q.object for q in self.quads if q.predicate in names and q.subject == q.graph_name]
        return {plain_address(value.value) for value in values if isinstance(value, ox.NamedNode | ox.Literal)}


NOTHING = Content(frozenset())


@dataclass(frozen=True, slots=True)
class Change:
    """What the store has of an article, and what it is to have."""

    old: Content
    new: Content

    def become(self, content: Content) -> Change:
        """Give the change to another content."""
        return Change(self.old, content)
