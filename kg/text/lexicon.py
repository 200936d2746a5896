"""The lexicon: which words evoke what, read from TOML and held against the ontology.

Its parts, each in its own place under `lexicon/`:

frames/*.toml   verbs, nouns and adjectives that evoke a class of events, with the roles of what stands around them
classes.toml    word classes («missile», «troops») that a frame can ask of a slot
cues.toml       words that say who speaks, and how certain, wanted or denied a thing is
nominals.toml   nouns that stand for an actor («troops», «the president», «gunmen»)
given_names.toml  given names of women and of men
confidence.toml   how far a report is trusted; fitted, not written
choice.toml       who is meant where no word says so; fitted, not written

A frame is a table under the name of its class::

    [[MissileLaunch]]
    verb = ["fire", "test-fire"]
    subject = "actor"
    object = "instrument: missile"
    into = "place"

`verb`, `noun` or `adjective` lists lemmas, a particle after its verb («carry out»). Every other key is a slot: `subject`
and `object` (of a noun: its genitive, adjective or «by», and its «of»), `dative`, a preposition, `predicate` («called the
deal a betrayal») and, of a clause that completes the verb («said that Iran must stop»), `clause subject`, `clause` (its
verb, and what it says of its subject) and `clause modal`. A slot's value is `role`, `role!` (the frame needs it), `role*`
(it needs at least two), `role: class|class` (the filler's head word or kind must be of a class, and the frame needs it),
`role?: class` (taken only where it is of the class), `: class` (needed, fills nothing), or a list of these. `~class`
refuses a class: the frame then means nothing here. `none` refuses whatever may stand there; `self` asks that it is the actor
again («warned that it would strike»). Three slots are filled by no word: `office`, the state that the actor holds office
in, `home`, the state that the article is about, and `parties`, the two that it is about («the truce held»).

`alone = true` lets one party stand for an event on equal footing («declared a truce»); `negated = true` makes a frame hold
only where the verb is denied (who «does not recognise» rejects). A user's file (`--lexicon`) has the same form as
`frames/*.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import LexiconError
from kg.model import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

_FOLDER = Path(__file__).parent / "lexicon"
_SLOT = re.compile(r"(?P<role>\w*)(?P<mark>[!?*]?)(?:\s*:\s*(?P<classes>[~|\w ]+))?$")
_POS = ("verb", "noun", "adjective")
# Lists of nominals.toml whose names may have several words.
_NAMING = ("title", "organ", "stand_in", "opposed", "anaphor", "group", "counted", "numeral")
_WORD = re.compile(r"[^ -]+")
_EMPTY, _SELF = "none", "self"
_MARKS = ("negated", "alone")
_SIDES = frozenset({"subject", "object", "dative", "predicate", "clause", "clause subject", "clause modal"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A place around a trigger: `name` is subject, object, dative or a preposition; an empty `role` fills nothing.

    `several` asks for two fillers or more, `empty` for none, `same` for the actor again.
    """

    name: str
    role: str
    required: bool = False
    several: bool = False
    classes: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    empty: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading of one word: `lemma` as `pos` evokes `type` and fills its roles from `slots`.

    `negated`: only where the word is denied. `alone`: one party of an event on equal footing is enough. `needs` are the
    slots other than prepositions in which words must stand: most frames need not be looked at further.
    """

    type: str
    pos: str
    lemma: str
    slots: tuple[Slot, ...]
    negated: bool = False
    alone: bool = False
    needs: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        needed = frozenset(slot.name for slot in self.slots if slot.required or slot.several)
        object.__setattr__(self, "needs", needed & _SIDES)

    @property
    def rule(self) -> str:
        """The name of the frame, as reports carry it: `fire.verb.MissileLaunch`."""
        return f"{self.lemma}.{self.pos}.{self.type}".replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words, ready for look-up.

    `frames` maps (pos, lemma) to its readings in the order of the files; `classes` maps a word class to lemmas;
    `cues` and `nominals` map a list's name to its words, `nominal_words` are those of which the names of actors consist,
    `given_names` maps a gender to names of people;
    `weights` are the log-odds by which a report is trusted, by feature (`decide.features_of`); `choice` those that somebody
    is meant whom no word names (`extract.open_roles`), and `least` the chance in [0, 1] below which nobody is taken.
    """

    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]
    cues: Mapping[str, frozenset[str]]
    nominals: Mapping[str, Mapping[str, str]]
    nominal_words: frozenset[str]
    given_names: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    choice: Mapping[str, float]
    least: float
    classes_of: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_unofficial(self, title: Token) -> bool:
        """Whether somebody with a title has no office of the state: «rebel leader», but not «European Union leaders»."""
        before = [child for child in title.children if child.i < title.i and child.dep_ in {"amod", "compound", "nmod"}]
        plain = (child.text if child.pos_ == "PROPN" and not child.is_sent_start else child.lower_ for child in before)
        return not self.cues["unofficial"].isdisjoint(plain)

    @classmethod
    def load(cls, ontology: Ontology, extra: Iterable[Path] = ()) -> Lexicon:
        """Read the shipped lexicon and `extra` files of frames; raise `LexiconError` naming file and key at fault."""
        classes, cues = _lists(_FOLDER / "classes.toml"), _lists(_FOLDER / "cues.toml")
        choice, nominals = _read(_FOLDER / "choice.toml"), _read(_FOLDER / "nominals.toml")
        of: dict[str, set[str]] = defaultdict(set)
        for name, words in classes.items():
            for word in words:
                of[word].add(name)
        frames: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        for path in [*sorted((_FOLDER / "frames").glob("*.toml")), *extra]:
            for frame in _frames(path, ontology, classes):
                _check_slots(path, frame, cues["slots"] | cues["prepositions"])
                _add(path, frames[frame.pos, frame.lemma], frame)
        return cls(
            frames={key: tuple(value) for key, value in frames.items()},
            classes=classes,
            cues=cues,
            nominals=nominals,
            nominal_words=frozenset(
                word for kind in _NAMING for name in nominals[kind] for word in _WORD.findall(name)
            ),
            given_names=_lists(_FOLDER / "given_names.toml"),
            weights=_read(_FOLDER / "confidence.toml")["weights"],
            choice=choice["weights"],
            least=choice["least"],
            classes_of={word: frozenset(names) for word, names in of.items()},
        )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read as TOML: {error}") from error


def _lists(path: Path) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _read(path).items()}


def _frames(path: Path, ontology: Ontology, classes: Mapping[str, frozenset[str]]) -> Iterable[Frame]:
    for type_, entries in _read(path).items():
        if type_ not in ontology.classes:
            raise LexiconError(f"{path}: {type_} is no event class of the ontology")
        if not isinstance(entries, list):
            raise LexiconError(f"{path}: {type_} must be written [[{type_}]]")
        for number, entry in enumerate(entries, 1):
            if not isinstance(entry, dict):
                raise LexiconError(f"{path}: {type_} no. {number} is no table; write [[{type_}]]")
            yield from _entry(f"{path}: {type_} no. {number}", type_, entry, ontology, classes)


def _entry(
    where: str, type_: str, entry: dict[str, Any], ontology: Ontology, classes: Mapping[str, frozenset[str]]
) -> Iterable[Frame]:
    heads = [pos for pos in _POS if pos in entry]
    if len(heads) != 1:
        raise LexiconError(f"{where}: needs exactly one of verb, noun, adjective")
    lemmas = _listed(entry[heads[0]])
    if not lemmas or not all(isinstance(lemma, str) and lemma and lemma == lemma.lower() for lemma in lemmas):
        raise LexiconError(f"{where}: {heads[0]} must be one or more lemmas in lower case, not {entry[heads[0]]!r}")
    marks = {name: entry.get(name, False) for name in _MARKS}
    for name, value in marks.items():
        if not isinstance(value, bool):
            raise LexiconError(f"{where}: {name} must be true or false, not {value!r}")
    slots: list[Slot] = []
    for name, value in entry.items():
        if name not in _POS and name not in _MARKS:
            slots += [_slot(f"{where}, {name}", name, item, ontology, classes) for item in _listed(value)]
    for lemma in lemmas:
        yield Frame(type_, heads[0], lemma, tuple(slots), **marks)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _slot(where: str, name: str, text: object, ontology: Ontology, classes: Mapping[str, frozenset[str]]) -> Slot:
    if text in {_EMPTY, _SELF}:
        return Slot(name, "", empty=text == _EMPTY, same=text == _SELF)
    found = _SLOT.match(text) if isinstance(text, str) else None
    if not found:
        raise LexiconError(f"{where}: {text!r} is no slot; write for example 'recipient!' or 'instrument: missile'")
    role, mark = found["role"], found["mark"]
    if role and role not in ontology.roles:
        raise LexiconError(f"{where}: {role} is no role of the ontology; known are {', '.join(sorted(ontology.roles))}")
    names = [part.strip() for part in (found["classes"] or "").split("|") if part.strip()]
    for part in names:
        if part.lstrip("~") not in classes and part.lstrip("~") not in ontology.kinds:
            raise LexiconError(f"{where}: {part} is neither a word class nor an entity class")
    wanted = frozenset(part for part in names if not part.startswith("~"))
    refused = frozenset(part[1:] for part in names if part.startswith("~"))
    required = mark in {"!", "*"} or (bool(wanted) and mark != "?")
    return Slot(name, role, required, mark == "*", wanted, refused)


def _check_slots(path: Path, frame: Frame, known: frozenset[str]) -> None:
    for slot in frame.slots:
        if slot.name not in known:
            raise LexiconError(
                f"{path}: {frame.type}, {frame.pos} {frame.lemma!r}: {slot.name!r} is no slot; write subject, object, dative "
                "or a preposition"
            )


def _add(path: Path, frames: list[Frame], frame: Frame) -> None:
    if frame in frames:
        raise LexiconError(f"{path}: {frame.type}: {frame.pos} {frame.lemma!r} stands there twice with the same slots")
    frames.append(frame)
