"""Reading → Candidate: what an extractor proposes, and the door by which extractors come in.

An extractor is a callable object made from the lexicon and the ontology, registered in the entry-point group
`kg.extractors`; the shipped `rules` registers there like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

from kg.errors import ConfigError
from kg.model import Entity, Ontology, Span
from kg.text.lexicon import Lexicon
from kg.text.reading import Block, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Proposal:
    """One candidate filler of a role, in the words of `span`.

    `slot` is where it stands, `weak` says that the construction may mislead, `generic` that the words name
    nobody, `private` that they mean private people, `note` how they were resolved. `chance` in [0, 1] is how likely
    somebody is meant whom no word names.
    """

    role: str
    label: str
    span: Span
    entity: Entity | None
    slot: str
    weak: bool = False
    generic: bool = False
    note: str = ""
    private: bool = False
    chance: float = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody of the article who may fill a role that no word fills; `features` are what speaks for and against, by name."""

    proposal: Proposal
    features: Mapping[str, float]


@dataclass(slots=True)
class Candidate:
    """A proposed event: `type` at `trigger`, whose tense and mood `governor` carries, with proposals for its roles.

    `unresolved` are roles whose words name nobody that is known: whoever is meant, it goes not without saying. `refuses`
    where the trigger's own negation is what makes it the event («does not recognise»), `alone` where one party of an event
    on equal footing is enough. `choices` are who may be the recipient where no word names one. `like` is the event that an
    elliptical one repeats («did the same»): what was denied or planned of that is so of this. `part` is the word of which
    is said whether it happened, where that is not the trigger («played no part in the coup»).
    """

    type: str
    rule: str
    block: Block
    trigger: Token
    governor: Token
    proposals: list[Proposal]
    unresolved: frozenset[str] = frozenset()
    refuses: bool = False
    alone: bool = False
    choices: list[Choice] = field(default_factory=list)
    like: Candidate | None = None
    part: Token | None = None


class Extractor(Protocol):
    """What proposes events."""

    name: str

    def extract(self, reading: Reading) -> Iterable[Candidate]:
        """Give the events that `reading` may speak of, in the order of the text."""
        ...


def load_extractor(name: str, lexicon: Lexicon, ontology: Ontology) -> Extractor:
    """Make the extractor registered as `name`; raise `ConfigError` with the known names where there is none."""
    known = entry_points(group="kg.extractors")
    for point in known:
        if point.name == name:
            extractor: Extractor = point.load()(lexicon, ontology)
            return extractor
    raise ConfigError(f"no extractor is called {name!r}; known are {', '.join(sorted(known.names))}")
