"""The records that the parts of `kg` hand to each other: frozen, typed, standard library only.

    Article → (text side) → Extraction(Report, Fact) → (assembly) → Event → (graph side) → RDF

Offsets count Unicode code points in `Article.text` and are half-open. Dates are EDTF level 0 and 1
(`2025-01-06`, `2024-11`, `2024`, `2024-11-01/2024-11-05`). Terms (`type`, `kind`, `role`, …) are local names of
the ontology. Identity is content: two records with the same content have the same id, on any machine, in any order.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote

from kg.iris import WIKIDATA_IRI, data_iri

AFFIRMED, NEGATED = "affirmed", "negated"
ACTUAL, INTENDED, PREDICTED, POSSIBLE = "actual", "intended", "predicted", "possible"
POLARITIES = (AFFIRMED, NEGATED)
MODALITIES = (ACTUAL, INTENDED, PREDICTED, POSSIBLE)

# The core roles: they say who did it to whom, and decide which reports can speak of one event.
ACTOR, RECIPIENT = "actor", "recipient"
CORE_ROLES = (ACTOR, RECIPIENT)


def content_hash(*parts: object) -> str:
    """Give 16 hexadecimal digits of the SHA-256 of `parts`, each set off from the next."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(str(part).encode())
        digest.update(b"\x1f")
    return digest.hexdigest()[:16]


@lru_cache(maxsize=4096)
def slug(label: str) -> str:
    """Give a label as the last segment of an IRI: lower case, words joined by `-`, any script, percent-encoded."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", label).casefold())
    return quote("-".join(words) or content_hash(label))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article: `text == article.text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A sketch of an article's words that tells copies: how many runs of words it has, and their minima.

    `minima` are the smallest hashes of all runs under a fixed series of hash functions (MinHash; Broder, «On the
    resemblance and containment of documents», 1997): two texts agree in as many places as their runs are alike.
    """

    size: int
    minima: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as read.

    `text` is the whole text as it stands in its file or record, line ends included; `blocks` are the (start, end)
    of the title and of each paragraph, in order, header lines left out. `title` is empty where there is none.
    `published` is an ISO date. `source` is the path, URL or record id that it was read from. `fingerprint` stays with
    the article where its text does not.
    """

    id: str
    source: str
    text: str
    blocks: tuple[tuple[int, int], ...]
    title: str = ""
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    fingerprint: Fingerprint | None = None

    @property
    def iri(self) -> str:
        """The IRI of the article, which is also the name of the graph that holds its reports."""
        return data_iri("article", self.id)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """Give the span from `start` to `end` with its words."""
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """An actor or a place.

    `id` is an IRI: Wikidata's where the entity is known, ours (made from kind and label) where it is only named.
    `kind` is an entity class of the ontology. `iso3` is the ISO 3166-1 code of a state. `state` is the IRI of the
    state whose organ, representative, part or capital it is.
    """

    id: str
    label: str
    kind: str
    iso3: str | None = None
    state: str | None = None

    @property
    def linked(self) -> bool:
        """Whether the entity is known to Wikidata."""
        return self.id.startswith(WIKIDATA_IRI)

    @classmethod
    def named(cls, label: str, kind: str, *, state: str | None = None) -> Entity:
        """Make an entity that is known by its name alone."""
        return cls(data_iri("entity", f"{kind.lower()}/{slug(label)}"), label, kind, state=state)


@dataclass(frozen=True, slots=True, order=True)
class Filler:
    """What fills a role of an event, in which words. A thing (a weapon, goods, a topic) has a label and no entity."""

    role: str
    label: str
    span: Span
    entity: Entity | None = None

    @property
    def iri(self) -> str:
        """The IRI of the entity, or one made from the label of a thing."""
        return self.entity.id if self.entity else data_iri("thing", slug(self.label))


@dataclass(frozen=True, slots=True, order=True)
class Speaker:
    """One link of an attribution chain: who says it, in which words. A speaker without entity has only a label."""

    label: str
    span: Span
    entity: Entity | None = None

    @property
    def iri(self) -> str:
        """The IRI of the entity, or one made from the label."""
        return self.entity.id if self.entity else data_iri("speaker", slug(self.label))


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A number that the report gives: `bound` is `exact`, `atLeast` or `atMost`; `unit` is the thing counted."""

    value: float
    unit: str
    bound: str
    span: Span

    @property
    def figure(self) -> str:
        """The number with its unit as people write it: `≥ 1,200 soldiers`."""
        sign = {"atLeast": "≥ ", "atMost": "≤ "}.get(self.bound, "")
        return f"{sign}{self.value:,.15g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Report:
    """One sentence of one article says something of one event.

    `attribution` is outermost speaker first, empty where the article itself asserts it. `stance` is the stance of the
    innermost speaker. `anaphoric` marks a mention that points back («the launch», «the attack»), `further` one that sets
    its event off from those before («another launch», «also attacked»). `decisions` are short
    notes on how the roles were filled («Pyongyang: capital as its state»), for `kg explain`. `confidence` is in [0, 1].
    """

    id: str
    article: str
    type: str
    sentence: Span
    trigger: Span
    fillers: tuple[Filler, ...]
    rule: str
    extractor: str
    date: str | None = None
    polarity: str = AFFIRMED
    modality: str = ACTUAL
    attribution: tuple[Speaker, ...] = ()
    stance: str | None = None
    quantities: tuple[Quantity, ...] = ()
    anaphoric: bool = False
    further: bool = False
    confidence: float = 1.0
    decisions: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """The IRI of the report."""
        return data_iri("report", self.id)

    @property
    def is_plain(self) -> bool:
        """Whether the report is of something that happened: affirmed and actual."""
        return self.polarity == AFFIRMED and self.modality == ACTUAL

    def role(self, name: str) -> tuple[Filler, ...]:
        """Give the fillers of one role, in the order of the text."""
        return tuple(filler for filler in self.fillers if filler.role == name)

    @staticmethod
    def make_id(article: str, trigger: Span, type_: str, fillers: tuple[Filler, ...]) -> str:
        """Give the id of the report that `article` makes of an event of `type_` at `trigger` with `fillers`."""
        roles = sorted(f"{f.role}={f.iri}@{f.span.start}-{f.span.end}" for f in fillers)
        return content_hash(article, trigger.start, trigger.end, type_, *roles)


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two entities that is no event, such as `holdsOffice`; `title` is the office where it is one."""

    article: str
    subject: Entity
    predicate: str
    object: Entity
    sentence: Span
    rule: str
    title: str | None = None

    @property
    def id(self) -> str:
        """The id of the fact: article, sentence and content."""
        return content_hash(
            self.article, self.sentence.start, self.sentence.end, self.subject.id, self.predicate, self.object.id,
            self.title,
        )  # fmt: skip

    @property
    def iri(self) -> str:
        """The IRI of the fact."""
        return data_iri("fact", self.id)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one article. `refused` counts candidates whose words are not in the article."""

    article: Article
    reports: tuple[Report, ...] = ()
    facts: tuple[Fact, ...] = ()
    refused: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """A slot in which reports of one event contradict each other.

    `slot` is `polarity`, `quantity`, `date`, `place` or `actor`. `sides` are the values, sorted; `reports` are the ids
    of the reports of each side, in the same order.
    """

    slot: str
    sides: tuple[str, ...]
    reports: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """An independent origin of an event: its name, and the ids of the reports that go back to it, sorted."""

    label: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What one or more reports speak of. A view: always recomputed from its reports, never edited.

    `fillers`, `date`, `polarity`, `modality`, `attribution` and `stance` are those of the reports taken together;
    `status` is an individual of the ontology's `Status`, and `status_since` the day of publication of the first report
    by which the event had it. `independent_sources` counts origins, not copies; `sources` names them.
    `reports` are sorted by article, offset and id.
    """

    id: str
    type: str
    fillers: tuple[Filler, ...]
    date: str | None
    polarity: str
    modality: str
    attribution: tuple[Speaker, ...]
    stance: str | None
    status: str
    independent_sources: int
    reports: tuple[Report, ...]
    conflicts: tuple[Conflict, ...] = ()
    sources: tuple[Source, ...] = ()
    status_since: str | None = None

    @property
    def iri(self) -> str:
        """The IRI of the event."""
        return data_iri("event", self.id)

    @property
    def is_plain(self) -> bool:
        """Whether the event happened, so that it gives a direct edge: affirmed and actual."""
        return self.polarity == AFFIRMED and self.modality == ACTUAL

    def role(self, name: str) -> tuple[Filler, ...]:
        """Give the fillers of one role."""
        return tuple(filler for filler in self.fillers if filler.role == name)


@dataclass(frozen=True, slots=True)
class EventClass:
    """What the ontology says of a class of events.

    `edge` is the property of the direct edge, if it has one. Of a `contested` class it is often in question who did it.
    """

    name: str
    label: str
    parent: str | None
    plover: str | None = None
    symmetric: bool = False
    edge: str | None = None
    ancestors: tuple[str, ...] = ()
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Ontology:
    """The vocabulary, as plain names, for the parts that must not know RDF.

    `classes` holds every event class by name, abstract ones included; `kinds` maps each entity class to its ancestors,
    nearest first; `roles` and `relations` (facts between entities) are names of properties. `definitions` says in a
    sentence what an event class or a status is.
    """

    classes: Mapping[str, EventClass] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    stances: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    definitions: Mapping[str, str] = field(default_factory=dict)

    def is_a(self, kind: str, ancestor: str) -> bool:
        """Whether entity class `kind` is `ancestor` or below it."""
        return kind == ancestor or ancestor in self.kinds.get(kind, ())
