"""What the graph of one article holds, before and after a change."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph import terms as t


@dataclass(frozen=True, slots=True)
class Content:
    """The quads of an article."""

    quads: frozenset[ox.Quad]

    @property
    def origin(self) -> tuple[str, str]:
        """The source and the hash of the text."""
        found = {q.predicate: str(q.object) for q in self.quads if q.predicate in {t.SOURCE, t.term("sha256")}}
        return found.get(t.SOURCE, ""), found.get(t.term("sha256"), "")

    @property
    def reports(self) -> set[ox.NamedNode]:
        """The nodes of the reports."""
        return {q.subject for q in self.quads if q.object == t.term("Report") and isinstance(q.subject, ox.NamedNode)}

    def shares_url(self, other: Content) -> bool:
        """Whether both articles have one URL."""
        return not self._url.isdisjoint(other._url)

    @property
    def _url(self) -> set[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
        names = {t.term("url"), t.IDENTIFIER}
        return {q.object for q in self.quads if q.predicate in names and q.subject == q.graph_name}


NOTHING = Content(frozenset())


@dataclass(frozen=True, slots=True)
class Change:
    """What the store has of an article, and what it is to have."""

    old: Content
    new: Content

    def become(self, content: Content) -> Change:
        """Give the change to another content."""
        return Change(self.old, content)
