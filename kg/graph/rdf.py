"""Records → RDF, and by way of `records.py` back again.

The graph of an article (its name is `Article.iri`) holds the article, its sentences, reports and facts, and what is
said there of entities: taking the graph out takes out everything. The events graph holds the views.

Words that name something are one node, however many reports use them (`words.py`), and a type that follows from the
property that leads to a node is not written: a report takes about 24 triples, all that belongs to it included.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import terms as t
from kg.graph.records import read_extraction, read_extractions, read_facts
from kg.graph.sketch import sketch_text
from kg.graph.views import edges, event_label, event_quads
from kg.graph.words import Words
from kg.iris import data_iri
from kg.model import (
    Article,
    Entity,
    Extraction,
    Fact,
    Filler,
    Quantity,
    Report,
    Span,
    Speaker,
)

__all__ = ["article_quads", "edges", "event_label", "event_quads", "extraction_quads"]
__all__ += ["read_extraction", "read_extractions", "read_facts"]


def extraction_quads(extraction: Extraction) -> frozenset[Quad]:
    """Give the quads of one article, its reports and its facts, all in the graph of the article.

    `Article.text`, `Article.blocks` and `Extraction.refused` are not written. An entity has one description in an
    article: where records differ, the first in alphabetical order.
    """
    graph = t.node(extraction.article.iri)
    return frozenset(Quad(*statement, graph) for statement in _extraction(extraction))


def article_quads(article: Article) -> Iterator[Quad]:
    """Give the quads of an article alone, without what was read out of it."""
    graph = t.node(article.iri)
    return (Quad(*statement, graph) for statement in _article(article))


def _extraction(extraction: Extraction) -> Iterator[t.Statement]:
    article = extraction.article
    labels, words = _labels(extraction), Words(extraction)
    yield from _article(article)
    for report in extraction.reports:
        yield from _report(report, article, labels, words)
    for fact in extraction.facts:
        yield from _fact(fact, article)
    for entity in entities_of(extraction):
        yield from _entity(entity)
    yield from _nameless(extraction, labels)


def _article(article: Article) -> Iterator[t.Statement]:
    node = t.node(article.iri)
    yield node, t.TYPE, t.term("Article")
    yield node, t.SOURCE, t.text(article.source)
    if article.text:
        yield node, t.term("sha256"), t.text(article.sha256)
    if article.fingerprint is not None:
        yield node, t.term("fingerprint"), t.text(sketch_text(article.fingerprint))
    if article.title:
        yield node, t.TITLE, t.text(article.title)
    if article.publisher is not None:
        yield node, t.PUBLISHER, t.text(article.publisher)
    if article.published is not None:
        yield node, t.ISSUED, t.day(article.published)
    if article.url is not None:
        yield node, *url_of(article.url)


def url_of(url: str) -> tuple[NamedNode, NamedNode | Literal]:
    """Give the property by which an article has its URL, and the value: a node where it is a web address, else a literal."""
    address = t.web_address(url)
    return (t.term("url"), address) if address else (t.IDENTIFIER, t.text(url))


def _sentence(sentence: Span, article: Article) -> tuple[NamedNode, list[t.Statement]]:
    node = t.node(data_iri("sentence", f"{article.id}/{sentence.start}-{sentence.end}"))
    statements: list[t.Statement] = [
        (node, t.term("article"), t.node(article.iri)),
        (node, t.START, Literal(sentence.start)),
        (node, t.END, Literal(sentence.end)),
        (node, t.EXACT, t.text(sentence.text)),
    ]
    return node, statements


def _report(report: Report, article: Article, labels: dict[str, str], words: Words) -> Iterator[t.Statement]:
    node = t.node(report.iri)
    sentence, statements = _sentence(report.sentence, article)
    yield from statements
    yield node, t.TYPE, t.term("Report")
    yield node, t.term("type"), t.term(report.type)
    yield node, t.term("sentence"), sentence
    yield node, t.term("triggerStart"), Literal(report.trigger.start)
    yield node, t.term("trigger"), t.text(report.trigger.text)
    yield node, t.term("polarity"), t.term(report.polarity)
    yield node, t.term("modality"), t.term(report.modality)
    yield node, t.term("rule"), t.rule(report.extractor, report.rule)
    yield node, t.term("confidence"), t.decimal(report.confidence)
    if report.stance is not None:
        yield node, t.term("stance"), t.term(report.stance)
    if report.date is not None:
        yield node, t.term("date"), t.edtf(report.date)
    if report.anaphoric:
        yield node, t.term("anaphoric"), Literal(value=True)
    if report.further:
        yield node, t.term("further"), Literal(value=True)
    for decision in report.decisions:
        yield node, t.term("decision"), t.text(decision)
    yield from _parts(report, labels, words)


def _parts(report: Report, labels: dict[str, str], words: Words) -> Iterator[t.Statement]:
    node = t.node(report.iri)
    for filler in report.fillers:
        mention = words.node("mention", filler.span, (filler.iri, filler.label))
        yield node, t.words_of(filler.role), mention
        yield mention, t.term("means"), t.node(filler.iri)
        yield mention, t.EXACT, t.text(filler.span.text)
        yield from _own_label(mention, filler, labels)
    for n, speaker in enumerate(report.attribution):
        link = words.node("attribution", speaker.span, (n, speaker.iri, speaker.label))
        yield node, t.term("attribution"), link
        yield link, t.term("position"), Literal(n)
        yield link, t.term("speaker"), t.node(speaker.iri)
        yield link, t.EXACT, t.text(speaker.span.text)
        yield from _own_label(link, speaker, labels)
    for quantity in report.quantities:
        number = words.node("quantity", quantity.span, (quantity.value, quantity.unit, quantity.bound))
        yield node, t.term("quantity"), number
        yield from _quantity(number, quantity)


def _own_label(part: NamedNode, record: Filler | Speaker, labels: dict[str, str]) -> Iterator[t.Statement]:
    """Give the label where it is not the one that its entity has anyway."""
    if labels[record.iri] != record.label:
        yield part, t.PREF_LABEL, t.text(record.label)


def _quantity(node: NamedNode, quantity: Quantity) -> Iterator[t.Statement]:
    yield node, t.term("amount"), t.decimal(quantity.value)
    yield node, t.term("unit"), t.text(quantity.unit)
    yield node, t.term("bound"), t.term(quantity.bound)
    yield node, t.EXACT, t.text(quantity.span.text)


def _fact(fact: Fact, article: Article) -> Iterator[t.Statement]:
    node = t.node(fact.iri)
    sentence, statements = _sentence(fact.sentence, article)
    yield from statements
    triple = (t.node(fact.subject.id), t.term(fact.predicate), t.node(fact.object.id))
    yield triple
    yield node, t.TYPE, t.term("Fact")
    yield from zip((node,) * 3, (t.SUBJECT, t.PREDICATE, t.OBJECT), triple, strict=True)
    yield node, t.term("sentence"), sentence
    yield node, t.term("rule"), t.rule(fact.rule)
    if fact.title is not None:
        yield node, t.term("title"), t.text(fact.title)


def _named(extraction: Extraction) -> Iterator[Filler | Speaker]:
    for report in extraction.reports:
        yield from report.fillers
        yield from report.attribution


def entities_of(extraction: Extraction) -> Iterator[Entity]:
    """Give every entity that the extraction names, each once, by id."""
    found = {record.entity for record in _named(extraction) if record.entity}
    found.update(entity for fact in extraction.facts for entity in (fact.subject, fact.object))
    chosen: dict[str, Entity] = {}
    for entity in sorted(found, key=lambda e: (e.id, e.label, e.kind, e.iso3 or "", e.state or "")):
        chosen.setdefault(entity.id, entity)
    yield from chosen.values()


def _labels(extraction: Extraction) -> dict[str, str]:
    """Give the label of each thing, speaker and entity by IRI: where several are used, the first in the alphabet."""
    labels: dict[str, str] = {}
    for record in _named(extraction):
        labels[record.iri] = min(record.label, labels.get(record.iri, record.label))
    labels.update((entity.id, entity.label) for entity in entities_of(extraction))
    return labels


def _entity(entity: Entity) -> Iterator[t.Statement]:
    node = t.node(entity.id)
    yield node, t.TYPE, t.term(entity.kind)
    yield node, t.PREF_LABEL, t.text(entity.label)
    if entity.iso3 is not None:
        yield node, t.term("iso3"), t.text(entity.iso3)
    if entity.state is not None:
        yield node, t.term("state"), t.node(entity.state)


def _nameless(extraction: Extraction, labels: dict[str, str]) -> Iterator[t.Statement]:
    """Describe what is no entity: things that fill a role, and speakers that are only described."""
    for record in _named(extraction):
        if record.entity is None:
            kind = "Thing" if isinstance(record, Filler) else "Speaker"
            yield t.node(record.iri), t.TYPE, t.term(kind)
            yield t.node(record.iri), t.PREF_LABEL, t.text(labels[record.iri])
