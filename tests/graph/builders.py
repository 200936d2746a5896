"""Hand-made records: a small world of articles in our own words, and the strategies that make up others."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Article, Entity, Event, EventClass, Extraction, Fact, Filler, Ontology, Report, Span, Speaker

NORTH_KOREA = Entity("http://www.wikidata.org/entity/Q423", "North Korea", "State", "PRK")
SOUTH_KOREA = Entity("http://www.wikidata.org/entity/Q884", "South Korea", "State", "KOR")
RUSSIA = Entity("http://www.wikidata.org/entity/Q159", "Russia", "State", "RUS")
KOREAN_STAFF = Entity.named("Joint Chiefs of Staff", "ArmedForces", state=SOUTH_KOREA.id)
KURSK = Entity.named("Kursk Oblast", "Region", state=RUSSIA.id)
MINISTER = Entity.named("Choe Son Hui", "Person", state=NORTH_KOREA.id)

ONTOLOGY = Ontology(
    classes={
        "MissileLaunch": EventClass(
            "MissileLaunch", "missile launch", "WeaponsTest", "MOBILIZE", edge="launchesMissile"
        ),
        "TroopDeployment": EventClass(
            "TroopDeployment", "deployment", "Mobilization", "MOBILIZE", edge="deploysForcesTo"
        ),
        "Cooperation": EventClass(
            "Cooperation", "cooperation", "MaterialCooperation", "COOPERATE", True, "cooperatesWith"
        ),
        "Casualties": EventClass("Casualties", "casualties", "Assault"),
    },
    kinds={"State": ("Entity",), "Region": ("Place", "Entity"), "Person": ("Entity",), "ArmedForces": ("Entity",)},
    roles=frozenset({"actor", "recipient", "instrument", "place", "origin", "topic"}),
    relations=frozenset({"holdsOffice"}),
)


def article(text: str, *, name: str = "a", **fields: str) -> Article:
    """Make an article whose first line is its title."""
    title = text.partition("\n")[0]
    return Article(
        id=fields.pop("id", f"{name:0>16}"),
        source=fields.pop("source", f"news/{name}.txt"),
        text=text,
        blocks=((0, len(title)), (len(title) + 1, len(text))),
        title=title,
        **fields,
    )


def span(item: Article, words: str) -> Span:
    """Give the first place of `words` in the article."""
    start = item.text.index(words)
    return item.span(start, start + len(words))


def filler(item: Article, role: str, words: str, value: Entity | str) -> Filler:
    """Make a filler; `value` is an entity or the label of a thing."""
    if isinstance(value, str):
        return Filler(role, value, span(item, words))
    return Filler(role, value.label, span(item, words), value)


def speaker(item: Article, words: str, value: Entity | str) -> Speaker:
    """Make a link of an attribution chain."""
    if isinstance(value, str):
        return Speaker(value, span(item, words))
    return Speaker(value.label, span(item, words), value)


def report(item: Article, type_: str, sentence: str, trigger: str, *fillers: Filler, **fields: object) -> Report:
    """Make a report of an event of `type_` that `sentence` of the article gives by the word `trigger`.

    Fillers are sorted by role and then by offset, as the store gives them back.
    """
    place = span(item, trigger)
    fillers = tuple(sorted(fillers, key=lambda f: (f.role, f.span)))
    made = Report(
        id=Report.make_id(item.id, place, type_, fillers),
        article=item.id,
        type=type_,
        sentence=span(item, sentence),
        trigger=place,
        fillers=fillers,
        rule="hand.made",
        extractor="rules",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


LAUNCH_SENTENCE = "Pyongyang fired a ballistic missile on Monday, the Joint Chiefs of Staff said."
MINISTER_SENTENCE = "Foreign minister Choe Son Hui kept silent."


def launch() -> Extraction:
    """Make an article on a launch, told by the South Korean military, and on who holds an office."""
    item = article(
        f"A missile over the sea\n{LAUNCH_SENTENCE} {MINISTER_SENTENCE}",
        name="launch",
        publisher="Harbour Gazette",
        published="2025-01-06",
        url="https://news.example/2025/missile?id=1#top",
    )
    fillers = (
        filler(item, "actor", "Pyongyang", NORTH_KOREA),
        filler(item, "instrument", "ballistic missile", "ballistic missile"),
    )
    fired = report(
        item, "MissileLaunch", LAUNCH_SENTENCE, "fired", *fillers,
        date="2025-01-06",
        attribution=(speaker(item, "the Joint Chiefs of Staff", KOREAN_STAFF),),
        stance="says",
        confidence=0.9,
        decisions=("Pyongyang: capital as its state",),
    )  # fmt: skip
    fact = Fact(
        item.id, MINISTER, "holdsOffice", NORTH_KOREA, span(item, MINISTER_SENTENCE), "title.name", "foreign minister"
    )
    return Extraction(item, (fired,), (fact,))


def troops(name: str = "troops", *, polarity: str = "affirmed", publisher: str = "Plain Dealer") -> Extraction:
    """Make an article that affirms or denies a deployment of troops in Kursk."""
    verb = "sent troops to" if polarity == "affirmed" else "sent no troops to"
    sentence = f"North Korea {verb} Russia, into Kursk, a diplomat claimed."
    item = article(f"Soldiers in Kursk\n{sentence}", name=name, publisher=publisher, published="2025-01-08")
    fillers = (
        filler(item, "actor", "North Korea", NORTH_KOREA),
        filler(item, "recipient", "Russia", RUSSIA),
        filler(item, "place", "Kursk,", KURSK),
    )
    chain = (speaker(item, "a diplomat", "diplomat"),)
    sent = report(
        item, "TroopDeployment", sentence, "sent", *fillers, polarity=polarity, attribution=chain, stance="says"
    )
    return Extraction(item, (sent,))


def event(*reports: Report, **fields: object) -> Event:
    """Make the event that reports speak of, as the first of them tells it."""
    first = reports[0]
    made = Event(
        id=fields.pop("id", first.id),  # type: ignore[arg-type]
        type=first.type,
        fillers=first.fillers,
        date=first.date,
        polarity=first.polarity,
        modality=first.modality,
        attribution=first.attribution,
        stance=first.stance,
        status="reported",
        independent_sources=1,
        reports=reports,
    )
    return replace(made, **fields)  # type: ignore[arg-type]
