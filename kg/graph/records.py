"""RDF → records: the way back from what `rdf.py` wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.graph import terms as t
from kg.graph.sketch import read_sketch
from kg.graph.words import offsets
from kg.iris import DATA_IRI
from kg.model import Article, Entity, Extraction, Fact, Filler, Fingerprint, Quantity, Report, Span, Speaker


def read_extraction(quads: Iterable[Quad], article_iri: str) -> Extraction:
    """Give what `quads` say of one article, with `Article.text` and `Article.blocks` empty.

    Reports are in the order of the text, fillers by role and then in the order of the text. A `StoreError` names the
    node at which something is missing.
    """
    return _Reader(quads).extraction(article_iri)


def read_extractions(quads: Iterable[Quad]) -> Iterator[Extraction]:
    """Give what `quads` say of each article in them, by IRI."""
    reader = _Reader(quads)
    for article in sorted(reader.subjects("Article")):
        yield reader.extraction(article)


def read_facts(quads: Iterable[Quad], article_iri: str) -> tuple[Fact, ...]:
    """Give the facts of one article, in the order of the text; `quads` need not say anything else."""
    return _Reader(quads).facts(article_iri)


class _Reader:
    """Statements by subject and predicate, whatever graph they are in."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[str, dict[NamedNode, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._types: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            subject, value = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
                self._values[subject.value][quad.predicate].add(value.value)
                if quad.predicate == t.TYPE:
                    self._types[value.value].add(subject.value)
        self._members = {name: self._by_article(name) for name in ("Report", "Fact")}

    def subjects(self, kind: str) -> set[str]:
        return self._types.get(t.term(kind).value, set())

    def extraction(self, iri: str) -> Extraction:
        reports = [self._report(report) for report in self._members["Report"].get(iri, ())]
        return Extraction(
            article=self._article(iri),
            reports=tuple(sorted(reports, key=lambda r: (r.sentence, r.trigger, r.id))),
            facts=self.facts(iri),
        )

    def facts(self, iri: str) -> tuple[Fact, ...]:
        facts = [self._fact(fact) for fact in self._members["Fact"].get(iri, ())]
        return tuple(sorted(facts, key=lambda f: (f.sentence, f.id)))

    def _by_article(self, kind: str) -> dict[str, list[str]]:
        members = defaultdict(list)
        for subject in sorted(self.subjects(kind)):
            members[self._need(self._need(subject, t.term("sentence")), t.term("article"))].append(subject)
        return members

    def _all(self, subject: str, predicate: NamedNode) -> list[str]:
        found = self._values.get(subject, {}).get(predicate)
        return sorted(found) if found else []

    def _one(self, subject: str, predicate: NamedNode) -> str | None:
        return next(iter(self._all(subject, predicate)), None)

    def _need(self, subject: str, predicate: NamedNode) -> str:
        value = self._one(subject, predicate)
        if value is None:
            raise StoreError(f"<{subject}> has no <{predicate.value}>: this is not a whole graph of kg")
        return value

    def _number(self, subject: str, predicate: NamedNode) -> float:
        value = self._need(subject, predicate)
        try:
            return float(value)
        except ValueError:
            raise StoreError(f"<{subject}>: <{predicate.value}> must be a number, not {value!r}") from None

    def _span(self, words: str) -> Span:
        """Give the span of a node of words, whose IRI ends with the offsets."""
        found = offsets(words)
        if found is None:
            raise StoreError(f"<{words}> must end with the offsets of its words: this is not a whole graph of kg")
        return Span(*found, self._need(words, t.EXACT))

    def _sentence(self, iri: str) -> Span:
        return Span(self._integer(iri, t.START), self._integer(iri, t.END), self._need(iri, t.EXACT))

    def _trigger(self, report: str) -> Span:
        start, text = self._integer(report, t.term("triggerStart")), self._need(report, t.term("trigger"))
        return Span(start, start + len(text), text)

    def _integer(self, subject: str, predicate: NamedNode) -> int:
        value = self._need(subject, predicate)
        if not value.isdecimal():
            raise StoreError(f"<{subject}>: <{predicate.value}> must be an offset, not {value!r}")
        return int(value)

    def _name(self, subject: str, predicate: str) -> str:
        return t.term_name(self._need(subject, t.term(predicate)))

    def _article(self, iri: str) -> Article:
        return Article(
            id=_ident(iri, "article"),
            source=self._need(iri, t.SOURCE),
            text="",
            blocks=(),
            title=self._one(iri, t.TITLE) or "",
            url=self._one(iri, t.term("url")) or self._one(iri, t.IDENTIFIER),
            publisher=self._one(iri, t.PUBLISHER),
            published=self._one(iri, t.ISSUED),
            fingerprint=self._fingerprint(iri),
        )

    def _fingerprint(self, iri: str) -> Fingerprint | None:
        written = self._one(iri, t.term("fingerprint"))
        try:
            return None if written is None else read_sketch(written)
        except ValueError:
            raise StoreError(f"<{iri}>: its kg:fingerprint is damaged: read the article again") from None

    def _report(self, iri: str) -> Report:
        sentence = self._need(iri, t.term("sentence"))
        stance = self._one(iri, t.term("stance"))
        extractor, rule = self._rule(iri, parts=2)
        return Report(
            id=_ident(iri, "report"),
            article=_ident(self._need(sentence, t.term("article")), "article"),
            type=self._name(iri, "type"),
            sentence=self._sentence(sentence),
            trigger=self._trigger(iri),
            fillers=tuple(sorted(self._fillers(iri), key=lambda f: (f.role, f.span, f.label, f.iri))),
            rule=rule,
            extractor=extractor,
            date=self._one(iri, t.term("date")),
            polarity=self._name(iri, "polarity"),
            modality=self._name(iri, "modality"),
            attribution=tuple(speaker for _, speaker in sorted(map(self._speaker, self._nodes(iri, "attribution")))),
            stance=None if stance is None else t.term_name(stance),
            quantities=tuple(sorted(map(self._quantity, self._nodes(iri, "quantity")))),
            anaphoric=self._one(iri, t.term("anaphoric")) == "true",
            further=self._one(iri, t.term("further")) == "true",
            confidence=self._number(iri, t.term("confidence")),
            decisions=tuple(self._all(iri, t.term("decision"))),
        )

    def _nodes(self, iri: str, name: str) -> list[str]:
        return self._all(iri, t.term(name))

    def _rule(self, iri: str, *, parts: int) -> list[str]:
        rule = self._need(iri, t.term("rule"))
        names = t.rule_names(rule)
        if len(names) != parts:
            raise StoreError(f"<{iri}>: <{rule}> is not the rule of a whole graph of kg")
        return names

    def _label(self, part: str, value: str) -> str:
        own = self._one(part, t.PREF_LABEL)
        return self._need(value, t.PREF_LABEL) if own is None else own

    def _fillers(self, report: str) -> Iterator[Filler]:
        for predicate in self._values.get(report, {}):
            role = t.role_of(predicate.value)
            if role is not None:
                for mention in self._all(report, predicate):
                    value = self._need(mention, t.term("means"))
                    yield Filler(role, self._label(mention, value), self._span(mention), self._entity(value))

    def _speaker(self, link: str) -> tuple[int, Speaker]:
        value = self._need(link, t.term("speaker"))
        speaker = Speaker(self._label(link, value), self._span(link), self._entity(value))
        return self._integer(link, t.term("position")), speaker

    def _quantity(self, part: str) -> Quantity:
        value = self._number(part, t.term("amount"))
        return Quantity(value, self._need(part, t.term("unit")), self._name(part, "bound"), self._span(part))

    def _entity(self, iri: str) -> Entity | None:
        kind = t.term_name(self._need(iri, t.TYPE))
        if kind in {"Thing", "Speaker"}:
            return None
        state = self._one(iri, t.term("state"))
        return Entity(
            id=t.node_iri(iri),
            label=self._need(iri, t.PREF_LABEL),
            kind=kind,
            iso3=self._one(iri, t.term("iso3")),
            state=None if state is None else t.node_iri(state),
        )

    def _fact(self, iri: str) -> Fact:
        sentence = self._need(iri, t.term("sentence"))
        subject, obj = (self._entity(self._need(iri, end)) for end in (t.SUBJECT, t.OBJECT))
        if subject is None or obj is None:
            raise StoreError(f"<{iri}> is a fact about something that is no entity: this is not a whole graph of kg")
        return Fact(
            article=_ident(self._need(sentence, t.term("article")), "article"),
            subject=subject,
            predicate=t.term_name(self._need(iri, t.PREDICATE)),
            object=obj,
            sentence=self._sentence(sentence),
            rule=self._rule(iri, parts=1)[0],
            title=self._one(iri, t.term("title")),
        )


def _ident(iri: str, kind: str) -> str:
    return t.node_iri(iri).removeprefix(f"{DATA_IRI}{kind}/")
