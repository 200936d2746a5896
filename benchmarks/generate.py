"""A made-up year of news: what would be read out of articles whose events overlap as those of real news do.

No text model is at work here: extractions are made directly, with sentences of a real length whose words stand at the
offsets that the reports give. Things happen day by day between states of very unequal fame; an article tells of a dozen
or so of the last days, famous ones more often; every seventh article is the copy of an earlier one by another publisher;
some reports deny, quote, plan or count. The same number gives the same articles, on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from kg.graph.schema import load_ontology
from kg.iris import WIKIDATA_IRI
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
    content_hash,
)

ARTICLES_A_DAY = 20
EVENTS_A_DAY = 110
MEMORY = 4  # days that an article looks back
REPORTS = (9, 20)  # an article has so many reports
COPIES = 1 / 7
START = date(2024, 1, 1)
PADDING = [
    "after",
    "weeks",
    "of",
    "talk",
    "in",
    "which",
    "neither",
    "side",
    "had",
    "wanted",
    "to",
    "be",
    "seen",
    "to",
    "move",
    "first",
]

STATES = [
    Entity(f"{WIKIDATA_IRI}Q{900_000 + n}", f"Freeland {n}", "State", f"F{chr(65 + n // 26)}{chr(65 + n % 26)}")
    for n in range(90)
]
PEOPLE = [Entity.named(f"Minister {n} Somebody", "Person", state=STATES[n % len(STATES)].id) for n in range(400)]
TOWNS = [Entity.named(f"Town {n}", "City", state=STATES[n % len(STATES)].id) for n in range(300)]
ARMS = [f"weapon of type {n}" for n in range(60)]
PUBLISHERS = [f"The Daily {n}" for n in range(60)]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that articles tell of."""

    type: str
    actor: Entity
    recipient: Entity
    place: Entity | None
    weapon: str | None
    day: date


class _Writer:
    """Puts the words of an article together and remembers where they stand."""

    def __init__(self, ident: str, title: str) -> None:
        self.ident, self.parts, self.length = ident, [title + "\n"], len(title) + 1

    def say(self, words: str) -> Span:
        span = Span(self.length, self.length + len(words), words)
        self.parts.append(words + " ")
        self.length += len(words) + 1
        return span


def extractions(reports: int, *, seed: int = 1) -> Iterator[Extraction]:
    """Give extractions, one at a time, until they hold at least so many reports."""
    dice = Random(seed)
    types = sorted(name for name, kind in load_ontology().classes.items() if kind.plover)
    days: list[list[Happening]] = []
    recent: list[Extraction] = []
    made = number = 0
    while made < reports:
        if number % ARTICLES_A_DAY == 0:
            day = START + timedelta(days=number // ARTICLES_A_DAY)
            days = [*days[-MEMORY + 1 :], [_happening(dice, types, day) for _ in range(EVENTS_A_DAY)]]
        one = _copy(dice, recent, number) if recent and dice.random() < COPIES else _article(dice, days, day, number)
        recent = [*recent[-ARTICLES_A_DAY:], one]
        made += len(one.reports)
        number += 1
        yield one


def _famous(dice: Random, size: int) -> int:
    """Give a number below `size`, small ones more often: half of the draws are in the first quarter."""
    return int(size * dice.random() ** 2)


def _happening(dice: Random, types: list[str], day: date) -> Happening:
    actor = _famous(dice, len(STATES))
    recipient = (actor + 1 + _famous(dice, len(STATES) - 1)) % len(STATES)
    place = dice.choice(TOWNS) if dice.random() < 0.25 else None
    weapon = dice.choice(ARMS) if dice.random() < 0.2 else None
    return Happening(types[_famous(dice, len(types))], STATES[actor], STATES[recipient], place, weapon, day)


def _article(dice: Random, days: list[list[Happening]], day: date, number: int) -> Extraction:
    ident = content_hash("made up", number)
    writer = _Writer(ident, f"What happened, number {number}")
    reports = []
    for _ in range(dice.randint(*REPORTS)):
        told = days[-1 - _famous(dice, len(days))]
        reports.append(_report(dice, writer, told[_famous(dice, len(told))]))
    person = dice.choice(PEOPLE)
    owner = next(state for state in STATES if state.id == person.state)
    sentence = writer.say(f"{person.label}, foreign minister of {owner.label}, was there.")
    fact = Fact(ident, person, "holdsOffice", owner, sentence, "title", "foreign minister")
    text = "".join(writer.parts)
    article = Article(
        id=ident,
        source=f"made-up/{number}.txt",
        text=text,
        blocks=((0, len(text)),),
        title=text.partition("\n")[0],
        url=f"https://news.example/{number}",
        publisher=dice.choice(PUBLISHERS),
        published=day.isoformat(),
    )
    return Extraction(article, tuple({report.id: report for report in reports}.values()), (fact,))


def _report(dice: Random, writer: _Writer, told: Happening) -> Report:
    padding = " ".join(dice.sample(PADDING, len(PADDING)))
    start = writer.length
    actor = writer.say(told.actor.label)
    trigger = writer.say("acted")
    recipient = writer.say(f"towards {told.recipient.label}")
    fillers = [Filler("actor", told.actor.label, actor, told.actor)]
    fillers.append(Filler("recipient", told.recipient.label, recipient, told.recipient))
    if told.place is not None:
        fillers.append(Filler("place", told.place.label, writer.say(f"in {told.place.label}"), told.place))
    if told.weapon is not None:
        fillers.append(Filler("instrument", told.weapon, writer.say(f"with {told.weapon}")))
    count = writer.say(str(dice.randint(2, 5))) if dice.random() < 0.1 else None
    quantities = (Quantity(float(count.text), "people", "exact", count),) if count else ()
    who = dice.choice(PEOPLE) if dice.random() < 0.4 else None
    speakers = (Speaker(who.label, writer.say(f"said {who.label}"), who),) if who else ()
    writer.say(padding + ".")
    words = "".join(writer.parts)[start : writer.length - 1]
    return Report(
        id=Report.make_id(writer.ident, trigger, told.type, tuple(fillers)),
        article=writer.ident,
        type=told.type,
        sentence=Span(start, start + len(words), words),
        trigger=trigger,
        fillers=tuple(fillers),
        rule=f"made.up.{told.type}",
        extractor="rules",
        date=told.day.isoformat() if dice.random() < 0.4 else None,
        polarity="negated" if dice.random() < 0.08 else "affirmed",
        modality="actual" if dice.random() < 0.75 else dice.choice(("intended", "predicted", "possible")),
        attribution=speakers,
        stance="says" if speakers else None,
        quantities=quantities,
        confidence=0.81,
        decisions=(f"{actor.text}: name",) if dice.random() < 0.6 else (),
    )


def _copy(dice: Random, recent: list[Extraction], number: int) -> Extraction:
    """Give an article of the last day once more, as another publisher prints it."""
    old = dice.choice(recent)
    ident = content_hash("made up", number)
    text = old.article.text + f"(Copy {number}.)"
    article = replace(
        old.article,
        id=ident,
        source=f"made-up/{number}.txt",
        url=f"https://news.example/{number}",
        publisher=dice.choice(PUBLISHERS),
        text=text,
        blocks=((0, len(text)),),
    )
    reports = tuple(
        replace(report, article=ident, id=Report.make_id(ident, report.trigger, report.type, report.fillers))
        for report in old.reports
    )
    return Extraction(article, reports, tuple(replace(fact, article=ident) for fact in old.facts))
