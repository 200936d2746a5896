"""The store: what was read out of articles, as RDF on disk.

One process writes, any number read beside it; a reader sees what was there when it opened. Every change is one
transaction of the database: it happens whole or not at all, whenever the process dies. What is stored is a function of
the articles that were last given, whatever was there in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import pyoxigraph as ox

from kg.address import plain_address
from kg.assemble import assemble
from kg.graph import assembly, index
from kg.graph import terms as t
from kg.graph.content import NOTHING, Change, Content
from kg.graph.database import Database
from kg.graph.dataset import change
from kg.graph.kept import kept_events
from kg.graph.marks import INDEX, PENDING
from kg.graph.rdf import article_quads, read_extraction, read_extractions, read_facts, url_of
from kg.memory import uncollected
from kg.model import Article, Event, Extraction, Fact, Ontology

# What leads from a fact to what else is to be known of it.
_OF_A_FACT = {t.term("sentence"), t.SUBJECT, t.OBJECT}


class Store(Database):
    """The articles, reports and events of a database. Use `Store.open`, `Store.from_file` or `Store.in_memory`."""

    @uncollected()
    def add(self, extractions: Iterable[Extraction], *, reader: str = "", ontology: Ontology | None = None) -> int:
        """Store extractions, all or none, in their order, and give how many articles are new or changed.

        An article that is there already is replaced by its newer reading, and one with the same URL, or a variant of it,
        and another text by its correction. One that comes with the same id but from another source or with other white space replaces
        it only if its (source, sha256) is smaller, so that the order of copies does not matter. `reader` says what
        read them (see `holds`). All of `extractions` are held in memory: give a large corpus in batches. The events
        are not touched: see `refresh`, which need not read the reports so often if it finds the `ontology` that it is
        given here already.
        """
        if ontology is not None:
            with self._reporting():
                assembly.begin(self.handle, ontology)
        changed: dict[ox.NamedNode, Change] = {}
        by_address: dict[str, ox.NamedNode] = {}
        for extraction in extractions:
            article = extraction.article
            graph = t.node(article.iri)
            content = Content.from_extraction(extraction, ontology)
            if article.url:
                address = plain_address(article.url)
                for other in {*self._homes_of_url(article.url), by_address.get(address, graph)} - {graph}:
                    if (known := self._known(other, changed)).new.shares_url(content):
                        changed[other] = known.become(NOTHING)
                by_address[address] = graph
            known = self._known(graph, changed)
            if not known.new.quads or content.origin <= known.new.origin:
                changed[graph] = known.become(content)
        news = {graph: one for graph, one in changed.items() if one.new.quads != one.old.quads}
        self._write(news, {graph: reader for graph, one in changed.items() if one.new.quads}, sort=ontology is None)
        return sum(bool(one.new.quads) for one in news.values())

    def holds(self, article: Article, *, reader: str) -> bool:
        """Whether adding what `reader` reads out of `article` would change nothing, so that it need not be read."""
        graph = t.node(article.iri)
        with self._reporting():
            found = self._match(graph, subject=graph)
            # The fingerprint follows from the text, and is only made when the article is read.
            stored = Content.from_quads(quad for quad in found if quad.predicate != t.term("fingerprint"))
            new = Content.from_quads(article_quads(replace(article, fingerprint=None)))
            if not stored.quads or new.origin != stored.origin:
                return bool(stored.quads) and new.origin > stored.origin
            read_by = index.note(graph, index.READER, t.text(reader))
            return new.quads == stored.quads and read_by in self.handle

    def remove(self, article_iri: str) -> bool:
        """Take out an article with all that was read out of it; whether it was there. Then `refresh` the events."""
        graph = t.node(article_iri)
        with self._reporting():
            if ox.Quad(graph, t.TYPE, t.term("Article"), graph) not in self.handle:
                return False
        self._write({graph: Change(Content.from_quads(self._match(graph)), NOTHING)}, {}, sort=False)
        return True

    def articles(self) -> Iterator[Article]:
        """Give the articles, sorted by IRI, without their text and the large fingerprint of it."""
        for graph in self._homes():
            yield replace(read_extraction(self._match(graph, subject=graph), graph.value).article, fingerprint=None)
        yield from (replace(extraction.article, fingerprint=None) for extraction in self._without_graph)

    def extractions(self) -> Iterator[Extraction]:
        """Give what was read out of each article, sorted by IRI, one article in memory at a time.

        Those of a file without named graphs come last.
        """
        for graph in self._homes():
            yield read_extraction(self._match(graph), graph.value)
        yield from self._without_graph

    def facts(self) -> Iterator[Fact]:
        """Give the facts of each article, in the order of `extractions`."""
        for graph in self._homes():
            yield from read_facts(self._about_facts(graph), graph.value)
        yield from (fact for extraction in self._without_graph for fact in extraction.facts)

    def events(self, ontology: Ontology) -> Iterable[Event]:
        """Give the events that the reports speak of, sorted by id; they can be gone through more than once.

        Each time, what the last `refresh` made is read one event at a time. Where it is not of these articles and this
        ontology, or there was none, all events are made here, and held in memory.
        """
        with self._reporting():
            fresh = assembly.is_fresh(self.handle, ontology)
        return _Reread(self._kept_events) if fresh else list(assemble(self.extractions(), ontology))

    @uncollected()
    def refresh(self, ontology: Ontology) -> None:
        """Make the events of what was added or removed since the last time anew, and those of nothing else.

        This goes on where a process that died had stopped. It is the same as making all of them anew.
        """
        with self._reporting():
            assembly.refresh(self.handle, ontology)
            self._flush()

    def _homes(self) -> list[ox.NamedNode]:
        """Give the articles that have a graph, which has the name of the article, sorted."""
        with self._reporting():
            found = self.handle.quads_for_pattern(None, t.TYPE, t.term("Article"), None)
            homes = [q.subject for q in found if isinstance(q.subject, ox.NamedNode) and q.subject == q.graph_name]
        return sorted(homes, key=str)

    @cached_property
    def _without_graph(self) -> list[Extraction]:
        """What a file without named graphs says of each article."""
        return list(read_extractions(self._loose))

    def _about_facts(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give the quads of the facts of an article, their sentences and the entities at their ends."""
        with self._reporting():
            facts = [q.subject for q in self.handle.quads_for_pattern(None, t.TYPE, t.term("Fact"), graph)]
        for fact in facts:
            if isinstance(fact, ox.NamedNode):
                own = list(self._match(graph, subject=fact))
                yield from own
                for quad in own:
                    if quad.predicate in _OF_A_FACT and isinstance(quad.object, ox.NamedNode):
                        yield from self._match(graph, subject=quad.object)

    def _kept_events(self) -> Iterator[Event]:
        with self._reporting():
            yield from kept_events(self.handle)

    def _homes_of_url(self, url: str) -> Iterator[ox.NamedNode]:
        """Give the graphs of the articles that are there under a URL, or under a variant of it that the index noted."""
        with self._reporting():
            for quad in self.handle.quads_for_pattern(None, *url_of(url), None):
                if isinstance(quad.graph_name, ox.NamedNode) and quad.subject == quad.graph_name:
                    yield quad.graph_name
            for note in index.entries(self.handle, None, index.ADDRESS, t.text(plain_address(url))):
                if isinstance(note.subject, ox.NamedNode):
                    yield note.subject

    def _known(self, graph: ox.NamedNode, changed: Mapping[ox.NamedNode, Change]) -> Change:
        if graph in changed:
            return changed[graph]
        stored = Content.from_quads(self._match(graph))
        return Change(stored, stored)

    def _write(
        self, changes: Mapping[ox.NamedNode, Change], readers: Mapping[ox.NamedNode, str], *, sort: bool
    ) -> None:
        """Do all changes, and note what has read which article, and with `sort`, that reports are yet to be sorted."""
        old: set[ox.Quad] = set()
        new: set[ox.Quad] = set()
        notes: set[ox.Quad] = set()  # what the index will not need any more, where it has it
        with self._reporting():
            for graph, one in changes.items():
                out, into = index.touched(self.handle, one.old.reports)
                old |= one.old.quads | out
                new.update(one.new.quads, one.new.notes, into)
                pending = index.note(INDEX, PENDING, graph)
                (new if sort and one.new.quads else notes).add(pending)
                for node in {*one.old.reports, graph}:
                    notes |= index.entries(self.handle, node, index.RECORD, None)
                for name in (index.READER, index.ADDRESS):
                    notes |= index.entries(self.handle, graph, name, None)
            for graph, reader in readers.items():
                notes |= index.entries(self.handle, graph, index.READER, None)
                if reader:
                    new.add(index.note(graph, index.READER, t.text(reader)))
            old |= {note for note in notes if note in self.handle}
            change(self.handle, old=old, new=new)
            self._flush()


class _Reread:
    """Events that are read from the store whenever they are gone through, so that they are never all in memory."""

    def __init__(self, read: Callable[[], Iterator[Event]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Event]:
        return self._read()
