"""Hand-made events and articles, in our own words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.graph.view.page import PageStats, write_page
from kg.model import (
    ACTUAL,
    AFFIRMED,
    Article,
    Conflict,
    Entity,
    Event,
    EventClass,
    Fact,
    Filler,
    Ontology,
    Quantity,
    Report,
    Source,
    Span,
    Speaker,
    content_hash,
)  # fmt: skip

_TREE = {
    "Event": (None, False),
    "VerbalCooperation": ("Event", False),
    "MaterialCooperation": ("Event", False),
    "VerbalConflict": ("Event", False),
    "MaterialConflict": ("Event", False),
    "Meeting": ("VerbalCooperation", True),
    "Support": ("VerbalCooperation", False),
    "Aid": ("MaterialCooperation", False),
    "MilitaryAid": ("Aid", False),
    "Cooperation": ("MaterialCooperation", True),
    "JointExercise": ("Cooperation", True),
    "Accusation": ("VerbalConflict", False),
    "Threat": ("VerbalConflict", False),
    "Sanction": ("MaterialConflict", False),
    "Mobilization": ("MaterialConflict", False),
    "TroopDeployment": ("Mobilization", False),
    "WeaponsTest": ("Mobilization", False),
    "MissileLaunch": ("WeaponsTest", False),
    "Attack": ("MaterialConflict", False),
    "Casualties": ("MaterialConflict", False),
}


def _label(name: str) -> str:
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip()


ONTOLOGY = Ontology(
    classes={name: EventClass(name, _label(name), parent, symmetric=sym) for name, (parent, sym) in _TREE.items()},
    kinds={
        "Region": ("Place", "Entity"),
        "City": ("Place", "Entity"),
        "Waters": ("Place", "Entity"),
        "Alliance": ("IntergovernmentalOrganisation", "Organisation", "Entity"),
        "ArmedForces": ("Organisation", "Entity"),
        "ArmedGroup": ("Organisation", "Entity"),
        "Ministry": ("Organisation", "Entity"),
        "State": ("Entity",),
        "Person": ("Entity",),
    },
    definitions={"TroopDeployment": "A party sends its forces.", "disputed": "The reports contradict each other."},
)


def state(label: str, number: int) -> Entity:
    return Entity(f"http://www.wikidata.org/entity/Q{number}", label, "State")


NORTH, SOUTH = state("North Korea", 423), state("South Korea", 884)
RUSSIA, UKRAINE, CHINA = state("Russia", 159), state("Ukraine", 212), state("China", 148)
US, JAPAN = state("United States", 30), state("Japan", 17)
NATO = Entity("http://www.wikidata.org/entity/Q7184", "NATO", "Alliance")
STAFF = Entity.named("Joint Chiefs of Staff", "ArmedForces", state=SOUTH.id)
MINISTER = Entity.named("Choe Son Hui", "Person", state=NORTH.id)
REBELS = Entity.named("Northern Front", "ArmedGroup")
KURSK = Entity.named("Kursk Oblast", "Region")
SEA = Entity.named("East Sea", "Waters")


def article(
    name: str,
    text: str,
    *,
    publisher: str | None = "The Daily Ledger",
    title: str = "",
    url: str | None = None,
    published: str | None = "2025-01-06",
    source: str | None = None,
) -> Article:
    return Article(
        id=content_hash(name), source=source or f"news/{name}.txt", text=text, blocks=((0, len(text)),),
        title=title or name.capitalize(), url=url, publisher=publisher, published=published,
    )  # fmt: skip


def span(item: Article, words: str) -> Span:
    start = item.text.index(words)
    return item.span(start, start + len(words))


def report(
    item: Article,
    type_: str,
    trigger: str,
    roles: Sequence[tuple[str, str, Entity | None]],
    *,
    date: str | None = None,
    polarity: str = AFFIRMED,
    modality: str = ACTUAL,
    speakers: Sequence[tuple[str, Entity | None]] = (),
    quantities: tuple[Quantity, ...] = (),
    confidence: float = 0.9,
) -> Report:
    fillers = tuple(Filler(role, words, span(item, words), entity) for role, words, entity in roles)
    where = span(item, trigger)
    return Report(
        id=Report.make_id(item.id, where, type_, fillers), article=item.id, type=type_,
        sentence=item.span(0, len(item.text)), trigger=where, fillers=fillers, rule="sample.rule", extractor="rules",
        date=date, polarity=polarity, modality=modality, stance="says" if speakers else None, quantities=quantities,
        attribution=tuple(Speaker(words, span(item, words), entity) for words, entity in speakers),
        confidence=confidence,
    )  # fmt: skip


def event(*reports: Report, status: str = "reported", conflicts: tuple[Conflict, ...] = (), sources: int = 1) -> Event:
    first = reports[0]
    return Event(
        sources=tuple(Source(f"Origin {at}", (reports[0].id,)) for at in range(sources)), status_since="2025-01-06",
        id=content_hash("event", *(one.id for one in reports)), type=first.type, fillers=first.fillers,
        date=first.date, polarity=first.polarity, modality=first.modality, attribution=first.attribution,
        stance=first.stance, status=status, independent_sources=sources, reports=reports, conflicts=conflicts,
    )  # fmt: skip


def by_id(articles: Iterable[Article]) -> dict[str, Article]:
    return {item.id: item for item in articles}


def page(events: Iterable[Event], articles: Iterable[Article], **options: object) -> tuple[str, PageStats]:
    stream = io.StringIO()
    stats = write_page(events, by_id(articles), ONTOLOGY, stream, **options)  # type: ignore[arg-type]
    return stream.getvalue(), stats


def simple(
    type_: str, actor: Entity | None, recipient: Entity | None, date: str | None, *, status: str = "reported",
    number: int = 0, place: Entity | None = None, sources: int = 1, **qualities: str,
) -> tuple[Event, Article]:  # fmt: skip
    """Make an event with one plain sentence of its own."""
    parts = [actor and actor.label, _label(type_), recipient and recipient.label, place and f"near {place.label}"]
    text = f"Note {number}: {' '.join(part for part in parts if part)}."
    item = article(f"{type_}-{number}-{date}", text, publisher=("Harbour Post", "Evening Courier")[number % 2])
    roles = [("actor", actor), ("recipient", recipient), ("place", place)]
    made = report(item, type_, _label(type_), [(r, e.label, e) for r, e in roles if e], date=date, **qualities)  # type: ignore[arg-type]
    return event(made, status=status, sources=sources), item


def threat() -> tuple[list[Event], list[Article]]:
    """One event between two, whose line runs through the middle of the page."""
    made, item = simple("Threat", NORTH, JAPAN, "2024-05-01", number=1)
    return [made], [replace(item, url="https://news.example/threat", title="A threat")]


def facts() -> tuple[list[Fact], list[Article]]:
    """Two articles say who a minister is, and one sentence says what a state is part of."""
    said = article(
        "office", "Choe Son Hui, the foreign minister of North Korea, left Moscow.", publisher="Harbour Post"
    )
    again = article("office again", "North Korea sent its foreign minister, Choe Son Hui.", publisher="Evening Courier")
    office = [
        Fact(item.id, MINISTER, "holdsOffice", NORTH, item.span(0, len(item.text)), "appositive", "foreign minister")
        for item in (said, again)
    ]
    ally = Fact(said.id, US, "memberOf", NATO, said.span(0, 10), "made.up")
    return [*office, ally], [said, again]


def world() -> tuple[list[Event], list[Article]]:
    """A small world: each look of a line, each family of a node, parallel lines, a dispute, a launch without target."""
    ledger = article(
        "troops", "Seoul's Joint Chiefs of Staff told Harbour Wire that North Korea sent about 11,000 soldiers to Kursk Oblast 🚢.",
        url="https://news.example/troops?a=1&b=2", title="Soldiers on the move",
    )  # fmt: skip
    courier = article(
        "denial", "Choe Son Hui said that no soldiers from North Korea were sent to Kursk Oblast.",
        publisher="Evening Courier", url="http://courier.example/denial", published="2025-01-08",
    )  # fmt: skip
    sent = report(
        ledger, "TroopDeployment", "sent", [("actor", "North Korea", NORTH), ("place", "Kursk Oblast", KURSK)],
        date="2024-11", speakers=[("Harbour Wire", None), ("Joint Chiefs of Staff", STAFF)],
        quantities=(Quantity(11000, "soldiers", "atLeast", span(ledger, "about 11,000 soldiers")),),
    )  # fmt: skip
    denied = report(
        courier, "TroopDeployment", "sent", [("actor", "North Korea", NORTH), ("place", "Kursk Oblast", KURSK)],
        date="2025-01-08", polarity="negated", speakers=[("Choe Son Hui", MINISTER)],
    )  # fmt: skip
    dispute = Conflict("polarity", ("affirmed", "negated"), ((sent.id,), (denied.id,)))
    made = [
        simple("MissileLaunch", NORTH, None, "2024-11-05", number=1, place=SEA, sources=2, status="corroborated"),
        simple("MissileLaunch", NORTH, None, "2025-01-06", number=2, place=SEA),
        simple("WeaponsTest", CHINA, None, "2024-12", number=3),
        simple("MilitaryAid", NORTH, RUSSIA, "2024-10", number=4, sources=3, status="corroborated"),
        simple("MilitaryAid", NORTH, RUSSIA, "2024-12-02", number=5),
        simple("MilitaryAid", RUSSIA, NORTH, "2025-03", number=6, status="intended", modality="intended"),
        simple("MilitaryAid", US, UKRAINE, "2024-09-11", number=7),
        simple("MilitaryAid", CHINA, RUSSIA, "2024-09", number=8, status="denied", polarity="negated"),
        simple("Attack", RUSSIA, UKRAINE, "2024-11-17", number=9, status="corroborated", sources=4),
        simple("Attack", RUSSIA, UKRAINE, "2024-11-21", number=10),
        simple("Attack", UKRAINE, RUSSIA, "2024-08-06", number=11, place=KURSK),
        simple("Meeting", RUSSIA, NORTH, "2024-06-19", number=12),
        simple("JointExercise", US, SOUTH, "2024-08", number=13),
        simple("JointExercise", US, JAPAN, "2024-11", number=14),
        simple("Cooperation", SOUTH, JAPAN, "2024-07", number=15),
        simple("Accusation", US, CHINA, "2024-10-30", number=16, status="claimed"),
        simple("Sanction", US, RUSSIA, "2024", number=17),
        simple("Sanction", JAPAN, NORTH, None, number=18, status="possible", modality="possible"),
        simple("Threat", NORTH, SOUTH, "2024-10-15", number=19),
        simple("Support", NATO, UKRAINE, "2024-07-10", number=20),
        simple("Attack", REBELS, UKRAINE, "2024-05", number=21, status="predicted", modality="predicted"),
        simple("Casualties", None, UKRAINE, "2024-11-18", number=22),
        simple("Meeting", MINISTER, RUSSIA, "2024-11-01", number=23),
        simple("Casualties", None, None, "2024-11-19", number=24),
    ]
    events = [event(sent, denied, status="disputed", conflicts=(dispute,), sources=2), *(pair[0] for pair in made)]
    return events, [ledger, courier, *(pair[1] for pair in made)]
