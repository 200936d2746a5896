"""What many records of a page name, each once: articles, entities and rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kg.graph.view.drawing import family
from kg.model import Article, Entity, Event, Fact, Filler, Ontology

# IRI, label, and the class of an entity or None for a thing.
EntityKey = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Stated:
    """A triple that no event stands behind; `type` is its predicate."""

    type: str
    subject: EntityKey
    object: EntityKey


@dataclass(slots=True)
class Names:
    """What the events of a page name: articles by id, entities, rules, classes and statuses; `events` counts them."""

    articles: set[str] = field(default_factory=set)
    entities: set[EntityKey] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)
    events: int = 0

    def note(self, event: Event) -> Event:
        """Note what an event names, and give it back."""
        self.articles.update(report.article for report in event.reports)
        self.entities.update(filler_key(filler) for filler in event.fillers)
        self.rules.update(report.rule for report in event.reports)
        self.types.add(event.type)
        self.statuses.add(event.status)
        self.events += 1
        return event


class Tables:
    """The articles, entities and rules of a page, each once; records name them by their numbers.

    Of `facts` those count that are about something with a key in `shown`.
    """

    def __init__(
        self,
        names: Names,
        facts: Iterable[Fact],
        stated: Iterable[Stated],
        articles: Mapping[str, Article],
        shown: Collection[str],
    ) -> None:
        self.facts = sorted(
            (fact for fact in facts if fact.subject.id in shown or fact.object.id in shown), key=_fact_order
        )
        named = names.articles.union(fact.article for fact in self.facts)
        keys = names.entities.union(entity_key(end) for fact in self.facts for end in (fact.subject, fact.object))
        keys.update(end for one in stated for end in (one.subject, one.object))
        self.articles = sorted(named & articles.keys())
        self.rules = sorted(names.rules)
        self.entities = sorted(keys, key=lambda key: (key[0], key[1], key[2] or ""))
        self.article_numbers = {name: at for at, name in enumerate(self.articles)}
        self.rule_numbers = {name: at for at, name in enumerate(self.rules)}
        self.entity_numbers = {key: at for at, key in enumerate(self.entities)}

    def entity(self, key: EntityKey, ontology: Ontology) -> list[str]:
        """Give IRI, label and, of what is no mere thing, how it is drawn."""
        iri, label, kind = key
        return [iri, label, family(kind, ontology)] if kind else [iri, label]


def filler_key(filler: Filler) -> EntityKey:
    """Give what names a filler in the tables."""
    return entity_key(filler.entity) if filler.entity else (filler.iri, filler.label, None)


def entity_key(entity: Entity) -> EntityKey:
    """Give what names an entity in the tables."""
    return entity.id, entity.label, entity.kind


def fact_content(fact: Fact) -> tuple[str, str, str, str]:
    """Give what a fact says, whoever says it."""
    return fact.subject.id, fact.predicate, fact.object.id, fact.title or ""


def _fact_order(fact: Fact) -> tuple[tuple[str, str, str, str], str, int]:
    return fact_content(fact), fact.article, fact.sentence.start
