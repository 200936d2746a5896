"""Names of states, places, organisations, media and people, and who held which office when.

    tables (kg/text/lexicon/entities/*.tsv) and rigour's territories → Gazetteer → matches in a token sequence

A name that may be several entities gives all of them, the one most often meant in world news first; the caller decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.errors import LexiconError
from kg.iris import WIKIDATA_IRI
from kg.model import Entity
from kg.text.entity_tables import CAPITALS, OFFICES, SEATS, STATES, SUFFIXES, Alias, Row, read_table
from kg.text.names import NameIndex, tokenize

NAME, OFFICIAL, ACRONYM, ADJECTIVE = "name", "official", "acronym", "adjective"
PEOPLE, CAPITAL, SEAT, SURNAME = "people", "capital", "seat", "surname"
BESIDE = "beside"

_FOLDER = Path(__file__).parent / "lexicon" / "entities"
# A table that names entities of another comes after it; among equally plausible readings of a name the first table wins.
_TABLES = (
    "states.tsv", "suffixes.tsv", "capitals.tsv", "bodies.tsv", "organisations.tsv", "groups.tsv", "media.tsv", "seats.tsv",
    "companies.tsv", "people.tsv", "cities.tsv", "offices.tsv",
)  # fmt: skip
_STATE_FORMS = {
    "label": NAME, "names": NAME, "official": OFFICIAL, "acronyms": ACRONYM, "adjectives": ADJECTIVE, "people": PEOPLE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a name.

    `form` is name, official, acronym, adjective, people, capital, seat, surname or beside. For a capital or seat `entity`
    is the actor that it stands for and `place` the city or building itself; `beside` is a town that is meant only beside
    the name of its state or region («Acre, Israel»).
    """

    entity: Entity
    form: str
    place: Entity | None = None


class Match(NamedTuple):
    """A name found in `tokens[start:end]`, with its readings: first the `likely` ones, then those that need a context."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    likely: int


@dataclass(frozen=True, slots=True, order=True)
class Office:
    """A term: `person` held `office` of a state (ISO 3166-1 alpha-3) or organisation (label).

    `start` and `end` are ISO dates or prefixes of them, empty where not known or not yet come.
    """

    of: str
    office: str
    start: str
    end: str
    title: str
    person: Entity

    def covers(self, date: str) -> bool:
        """Whether a day of `date` (an ISO date or its prefix) may lie in the term; its last day belongs to the next."""
        begun = not self.start or _first_day(self.start) <= _last_day(date)
        return begun and (not self.end or _first_day(date) < _last_day(self.end))


class Gazetteer:
    """Known names and offices. Made by `load`; not changed afterwards."""

    def __init__(self) -> None:
        self._names: NameIndex[Entry] = NameIndex()
        self._entities: dict[str, Entity] = {}
        self._labels: dict[str, Entity] = {}
        self._states: dict[str, Entity] = {}
        self._offices: dict[tuple[str, str], list[Office]] = {}
        self._terms: dict[str, list[Office]] = {}  # by the IRI of the person
        self._suffixes: dict[str, list[Alias]] = {}
        self._adjectives: dict[str, str] = {}
        self._capitals: dict[str, list[Entity]] = {}

    @classmethod
    def load(cls, extra: Iterable[Path] = ()) -> Gazetteer:
        """Give the shipped gazetteer, widened by tables of the user.

        Raises `LexiconError` for a malformed or double row. Without `extra` it is read once in a process.
        """
        extra = tuple(extra)
        return _read(extra) if extra else _shipped()

    def match(self, tokens: Sequence[str]) -> Iterator[Match]:
        """Give the longest known names in `tokens` (split as spaCy does for English), left to right, none overlapping."""
        for found in self._names.match(tokens):
            yield Match(*found)

    def body(self, owner: Entity, words: str) -> Entity | None:
        """Give the known body that `words` mean in a state: «defence ministry» for Russia its Ministry of Defence."""
        adjective = self._adjectives.get(owner.id, owner.label)
        for name in (f"{adjective} {words}", f"{owner.label}'s {words}", words):
            for written in (name, name.title().replace("'S ", "'s ")):
                known = {e.entity for e in self._names.named(tokenize(written)) if e.entity.state == owner.id}
                if len(known) == 1:
                    return known.pop()
        return None

    def person(self, name: str) -> Entity | None:
        """Give whom a full name usually means, if just one known person."""
        found = {entry.entity for entry in self._names.named(tokenize(name)) if entry.form == NAME}
        return found.pop() if len(found) == 1 and all(one.kind == "Person" for one in found) else None

    def by_id(self, iri: str) -> Entity:
        """Give the entity with this IRI, or raise `KeyError`."""
        return self._entities[iri]

    def state(self, iso3: str) -> Entity:
        """Give the state or territory with this ISO 3166-1 alpha-3 code, or raise `KeyError`."""
        return self._states[iso3]

    def capital(self, state: Entity) -> Entity | None:
        """Give the capital of a state, if it has just one."""
        capitals = self._capitals.get(state.id, ())
        return capitals[0] if len(capitals) == 1 else None

    def entities(self) -> tuple[Entity, ...]:
        """Give all entities, by IRI."""
        return tuple(self._entities[iri] for iri in sorted(self._entities))

    def holder(self, office: str, of: str, date: str | None) -> Entity | None:
        """Give who held `office` (such as `foreign_minister`) of a state (ISO3) or organisation (label) on `date`.

        `date` is an ISO date or a prefix of one. Nothing is given without date, and where nobody or more than one person
        comes into question.
        """
        if not date:
            return None
        holders = {term.person for term in self._offices.get((of, office), ()) if term.covers(date)}
        return holders.pop() if len(holders) == 1 else None

    def offices_of(self, entity_id: str) -> tuple[Office, ...]:
        """Give the terms of a person, by state or organisation, office and start."""
        return tuple(sorted(self._terms.get(entity_id, ())))

    def adjectives(self) -> dict[str, str]:
        """Give the first adjective of each state that has one, by its IRI: «South Korean» for South Korea."""
        return dict(self._adjectives)

    def _add_row(self, row: Row) -> None:
        if row.columns == STATES:
            self._add_state(row)
        elif row.columns == CAPITALS:
            self._add_stand_in(row, "capital_of", CAPITAL)
        elif row.columns == SEATS:
            self._add_stand_in(row, "stands_for", SEAT)
        elif row.columns == OFFICES:
            self._add_office(row)
        elif row.columns == SUFFIXES:
            self._suffixes[row["suffix"]] = row.aliases("alternatives")
        else:
            self._add_entity(row)

    def _add_state(self, row: Row) -> None:
        parent = self._owner(row, "state")
        state = Entity(_iri(row), row["label"], row["kind"], row["iso3"] or None, parent.id if parent else None)
        self._register(row, state)
        for alias in row.aliases("adjectives")[:1]:
            self._adjectives[state.id] = alias.text
        for column, form in _STATE_FORMS.items():
            for alias in row.aliases(column):
                self._names.add(alias, Entry(state, form))

    def _add_stand_in(self, row: Row, column: str, form: str) -> None:
        actor = self._owner(row, column)
        if actor is None:
            raise LexiconError(f"{row.where}: {column} is empty")
        state = actor.id if actor.kind == "State" else actor.state
        place = _entity(row, state)
        self._register(row, place)
        if form == CAPITAL:
            self._capitals.setdefault(actor.id, []).append(place)
        for alias in row.all_names():
            self._names.add(alias, Entry(actor, form, place))

    def _add_entity(self, row: Row) -> None:
        owner = self._owner(row, "state")
        entity = _entity(row, owner.id if owner else None)
        self._register(row, entity)
        names = row.all_names()
        for alias in names:
            self._names.add(alias, Entry(entity, _form(alias.text, entity.kind)))
        if row.town and all(alias.text != row.town for alias in names):
            self._names.add(Alias(row.town, plausible=False), Entry(entity, BESIDE))
        self._add_alternatives(entity)

    def _add_alternatives(self, region: Entity) -> None:
        """Add «Kursk region» beside «Kursk Oblast»."""
        stem, _, suffix = region.label.rpartition(" ")
        for other in self._suffixes.get(suffix, ()) if region.kind == "Region" else ():
            self._names.add(Alias(f"{stem} {other.text}"), Entry(region, NAME))

    def _add_office(self, row: Row) -> None:
        person = self._labels.get(row["person"])
        if person is None or person.kind != "Person":
            raise LexiconError(f"{row.where}: no person is called {row['person']!r}")
        if self._owner(row, "of") is None:
            raise LexiconError(f"{row.where}: of is empty")
        office = Office(row["of"], row["office"], row["from"], row["to"], row["title"], person)
        self._offices.setdefault((office.of, office.office), []).append(office)
        self._terms.setdefault(office.person.id, []).append(office)

    def _add_regions(self) -> None:
        """Add the parts of states that rigour knows and no table has."""
        from rigour.territories import get_territories

        for territory in sorted(get_territories(), key=lambda one: one.code):
            parent, iri = territory.parent, WIKIDATA_IRI + territory.qid
            state = self._states.get((parent.alpha3 or "").upper()) if parent else None
            known = iri in self._entities or (territory.alpha3 or "").upper() in self._states
            if state is None or known or territory.is_historical or "(Occupied" in territory.name:
                continue
            region = Entity(iri, territory.name.partition(" (")[0], "Region", state=state.id)
            self._entities[iri] = region
            self._names.add(Alias(region.label), Entry(region, NAME))
            self._add_alternatives(region)

    def _owner(self, row: Row, column: str) -> Entity | None:
        cell = row[column]
        owner = self._states.get(cell) or self._labels.get(cell)
        if cell and owner is None:
            raise LexiconError(
                f"{row.where}: {column} {cell!r} is neither an ISO 3166-1 alpha-3 code nor a label above"
            )
        return owner

    def _register(self, row: Row, entity: Entity) -> None:
        if entity.id in self._entities:
            raise LexiconError(f"{row.where}: {entity.id} is already {self._entities[entity.id].label!r}")
        self._entities[entity.id] = entity
        self._labels.setdefault(entity.label, entity)
        if entity.iso3:
            self._states[entity.iso3] = entity


@cache
def _shipped() -> Gazetteer:
    return _read(())


def _read(extra: tuple[Path, ...]) -> Gazetteer:
    gazetteer = Gazetteer()
    for path in (*(_FOLDER / name for name in _TABLES), *extra):
        for row in _owners_first(read_table(path)):
            gazetteer._add_row(row)
    gazetteer._add_regions()
    return gazetteer


def _owners_first(rows: Iterable[Row]) -> list[Row]:
    """Put states without a state above them first, so that a territory finds its own."""
    return sorted(rows, key=lambda row: row.columns == STATES and bool(row["state"]))


def _iri(row: Row) -> str:
    return WIKIDATA_IRI + row["id"] if row["id"] else Entity.named(row["label"], row["kind"]).id


def _entity(row: Row, state: str | None) -> Entity:
    return Entity(_iri(row), row["label"], row["kind"], state=state)


def _form(name: str, kind: str) -> str:
    if kind == "Person":
        return NAME if " " in name else SURNAME
    return ACRONYM if name.isupper() else NAME


def _first_day(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date


def _last_day(date: str) -> str:
    return date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date
