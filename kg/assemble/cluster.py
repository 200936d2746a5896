"""Reports taken together, and what tells two clusters of them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import NamedTuple

from kg.assemble.dates import Window, window
from kg.assemble.family import Families
from kg.assemble.parties import Match, Parties, is_place, match
from kg.model import ACTUAL, AFFIRMED, CORE_ROLES, NEGATED, Article, Entity, Ontology, Quantity, Report, content_hash

Mode = tuple[str, str]  # polarity and modality
Words = frozenset[str]


@dataclass(frozen=True, eq=False)
class Member:
    """A report and the article that makes it. What is asked of it over and over is found out once."""

    report: Report
    article: Article

    @cached_property
    def in_title(self) -> bool:
        """Whether the report stands in the title, by its words: an article that was read back has no blocks."""
        title = self.article.title
        return bool(title) and " ".join(self.report.sentence.text.split()) in " ".join(title.split())

    @cached_property
    def points(self) -> bool:
        """Whether the mention leans on another one: it points back («the launch»), or it is a headline."""
        return self.report.anaphoric or self.in_title

    @property
    def takes_for_granted(self) -> bool:
        """Whether the mention only presumes what another says. A denial of «the attack» says something of its own."""
        return self.points and self.report.is_plain

    @property
    def mode(self) -> Mode:
        """The polarity and modality of the report."""
        return self.report.polarity, self.report.modality

    @cached_property
    def place_in_text(self) -> tuple[str, str, int, int, str]:
        """A key that puts members in the order of publication, then of the text. Unknown dates come last."""
        report, article = self.report, self.article
        return article.published or "~", article.id, report.trigger.start, report.trigger.end, report.id

    @cached_property
    def wording(self) -> str:
        """The words of the sentence as a key."""
        return "~" + content_hash(" ".join(self.report.sentence.text.casefold().split()))


class Amount(NamedTuple):
    """A number of things as the interval that it allows."""

    unit: str
    low: float
    high: float

    @classmethod
    def from_quantity(cls, quantity: Quantity) -> Amount:
        """Make the interval of «7», «at least 7» or «at most 7»."""
        low = -inf if quantity.bound == "atMost" else quantity.value
        high = inf if quantity.bound == "atLeast" else quantity.value
        return cls(quantity.unit.casefold(), low, high)

    def contradicts(self, other: Amount) -> bool:
        """Whether both count the same thing and no number suits both."""
        return self.unit == other.unit and (self.high < other.low or other.high < self.low)


@dataclass(slots=True, eq=False)
class Cluster:
    """Reports that speak of one event, with what they say together.

    `window` is the narrowest date. `modes` are polarity and modality of the mentions that say something of their own,
    and where there are none, of those that take it for granted; `denied` says that a speaker denies the event.
    `instruments` holds the words of each name. `further` says that the first report sets its event off from others
    («another missile»). `rivals` say the same of another doer, and count for nothing else.
    """

    members: list[Member]
    articles: set[str]
    type: str
    parties: Parties
    window: Window | None
    modes: set[Mode]
    presumed: bool
    denied: bool
    places: set[Entity]
    instruments: set[Words]
    further: bool
    amounts: set[Amount]
    rivals: list[Member]

    @classmethod
    def from_member(cls, member: Member, families: Families) -> Cluster:
        """Make the cluster of one report."""
        report = member.report
        return cls(
            members=[member],
            articles={member.article.id},
            type=report.type,
            parties=Parties.from_report(report, families.ontology),
            window=window(report.date),
            modes={member.mode},
            presumed=member.takes_for_granted,
            denied=member.mode == (NEGATED, ACTUAL) and bool(report.attribution),
            places=set(places_of(report, families.ontology)),
            instruments={frozenset(re.findall(r"\w+", f.label.casefold())) for f in report.role("instrument")},
            further=report.further,
            amounts={Amount.from_quantity(q) for q in report.quantities},
            rivals=[],
        )

    def absorb(self, other: Cluster, families: Families) -> None:
        """Take in all of `other`."""
        self.members += other.members
        self.articles |= other.articles
        self.type = families.narrower(self.type, other.type)
        self.parties = self.parties.joined(other.parties)
        self.window = min(filter(None, (self.window, other.window)), key=lambda w: w.days, default=None)
        if self.presumed == other.presumed:
            self.modes |= other.modes
        elif self.presumed:
            self.modes = set(other.modes)
        self.presumed &= other.presumed
        self.denied |= other.denied
        self.places |= other.places
        self.instruments |= other.instruments
        self.amounts |= other.amounts
        self.rivals += other.rivals


def places_of(report: Report, ontology: Ontology) -> Iterator[Entity]:
    """Give the places of a report that can be told from others, be it as place or as party («shelled Lviv»).

    A place that neither Wikidata knows nor any state holds («the front») can be anywhere.
    """
    for filler in report.fillers:
        where = filler.role == "place" or (filler.role in CORE_ROLES and is_place(filler, ontology))
        if where and filler.entity is not None and (filler.entity.linked or filler.entity.state is not None):
            yield filler.entity


def parties_match(one: Cluster, other: Cluster, families: Families) -> Match:
    """Say how the participants agree, without regard to roles where one of the classes is symmetric."""
    symmetric = families.symmetric(one.type) or families.symmetric(other.type)
    return match(one.parties, other.parties, symmetric=symmetric)


def modes_fit(one: Cluster, other: Cluster) -> bool:
    """Whether polarity and modality leave it open that both are one event.

    A strike that may come is not the strike that came, and «has fired no missile since» is not about the one that was
    fired. A speaker's denial is about the very act that another affirms: both together make the event disputed. And
    one day ties all of them: the visit planned for Monday is the one made on Monday.
    """
    if one.modes & other.modes or _same_day(one, other):
        return True
    plain = (AFFIRMED, ACTUAL)
    return (plain in one.modes and other.denied) or (plain in other.modes and one.denied)


def told_apart(one: Cluster, other: Cluster) -> bool:
    """Whether place, instrument or number say that these are two events.

    On the very same day another number or weapon is a contradiction about one event, and kept as such; without a day,
    they are the sign of a second event. Another place is always the sign of a second event, unless day, weapon and
    number are all the same. «Another missile», «also struck» are words for a second event.
    """
    same_day = _same_day(one, other) and not (one.further or other.further)
    if places_contradict(one.places, other.places):
        return not (same_day and bool(one.amounts & other.amounts) and bool(one.instruments & other.instruments))
    return not same_day and (
        (bool(one.instruments and other.instruments) and not weapons_agree(one.instruments, other.instruments))
        or amounts_contradict(one.amounts, other.amounts)
    )


def _same_day(one: Cluster, other: Cluster) -> bool:
    return one.window is not None and one.window == other.window and one.window.days == 1


def places_differ(one: Entity, other: Entity) -> bool:
    """Whether two places cannot be the same: two of one kind, or in two states. A town may lie in a region."""
    if other.id in (one.id, one.state) or one.id == other.state:
        return False
    return one.kind == other.kind or (one.state is not None and other.state is not None and one.state != other.state)


def finest(places: Iterable[Entity]) -> set[Entity]:
    """Leave out the states in which another of the places lies."""
    found = set(places)
    return {place for place in found if all(other.state != place.id for other in found)}


def places_contradict(one: Iterable[Entity], other: Iterable[Entity]) -> bool:
    """Whether no place of the one can be a place of the other."""
    here, there = finest(one), finest(other)
    return bool(here and there) and all(places_differ(a, b) for a in here for b in there)


def weapons_agree(one: Iterable[Words], other: Iterable[Words]) -> bool:
    """Whether one names a weapon of the other, perhaps in more words."""
    return any(a <= b or b <= a for a in one for b in other)


def amounts_contradict(one: Iterable[Amount], other: Iterable[Amount]) -> bool:
    """Whether both count one kind of thing, and no number of the one suits a number of the other."""
    pairs = [(a, b) for a in one for b in other if a.unit == b.unit]
    return bool(pairs) and all(a.contradicts(b) for a, b in pairs)
