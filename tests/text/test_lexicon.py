"""The lexicon: what it reads, what it refuses, and that the shipped words are in order."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg.text.lexicon
from kg.errors import LexiconError
from kg.model import Ontology
from kg.text.lexicon import Lexicon, Slot

FOLDER = Path(kg.text.lexicon.__file__).parent / "lexicon"


@pytest.fixture
def load(tmp_path: Path, ontology: Ontology):
    """Give a function that loads the shipped lexicon with one more file of this text."""

    def with_file(text: str | bytes) -> Lexicon:
        path = tmp_path / "own.toml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return Lexicon.load(ontology, [path])

    return with_file


def frames_of(lexicon: Lexicon, pos: str, lemma: str) -> list[str]:
    return [frame.type for frame in lexicon.frames.get((pos, lemma), ())]


def test_a_file_of_ones_own_adds_to_what_is_shipped(load, lexicon: Lexicon) -> None:
    own = load('[[Aid]]\nverb = ["grubstake", "chip in"]\nsubject = "actor!"\nobject = "recipient!"\n')
    assert frames_of(own, "verb", "grubstake") == frames_of(own, "verb", "chip in") == ["Aid"]
    assert {key: own.frames[key] for key in lexicon.frames if key[1] not in {"grubstake", "chip in"}} == {
        key: frames for key, frames in lexicon.frames.items() if key[1] not in {"grubstake", "chip in"}
    }


def test_a_word_may_have_several_readings_the_shipped_ones_first(load, lexicon: Lexicon) -> None:
    own = load('[[Aid]]\nverb = "bomb"\nsubject = "actor!"\nwith = "instrument!: money"\n')
    assert frames_of(own, "verb", "bomb") == [*frames_of(lexicon, "verb", "bomb"), "Aid"]


def test_a_frame_carries_the_name_of_its_rule(load) -> None:
    (frame,) = load('[[Aid]]\nverb = "chip in"\nsubject = "actor!"\n').frames["verb", "chip in"]
    assert frame.rule == "chip-in.verb.Aid"


def test_a_frame_may_ask_for_a_negation(load) -> None:
    (frame,) = load('[[Rejection]]\nverb = "grubstake"\nnegated = true\nsubject = "actor!"\n').frames[
        "verb", "grubstake"
    ]
    assert frame.negated
    with pytest.raises(LexiconError, match="negated must be true or false"):
        load('[[Rejection]]\nverb = "grubstake"\nnegated = "yes"\nsubject = "actor!"\n')


SLOTS = [
    ("actor", Slot("object", "actor")),
    ("actor!", Slot("object", "actor", required=True)),
    ("actor: State|Person", Slot("object", "actor", required=True, classes=frozenset({"State", "Person"}))),
    ("actor! : troops", Slot("object", "actor", required=True, classes=frozenset({"troops"}))),
    ("actor?: troops", Slot("object", "actor", classes=frozenset({"troops"}))),
    ("actor: ~troops", Slot("object", "actor", refused=frozenset({"troops"}))),
    ("none", Slot("object", "", empty=True)),
    ("self", Slot("object", "", same=True)),
    (": troops", Slot("object", "", required=True, classes=frozenset({"troops"}))),
    (
        "actor!: State|~troops",
        Slot("object", "actor", required=True, classes=frozenset({"State"}), refused=frozenset({"troops"})),
    ),
]


@pytest.mark.parametrize(("text", "slot"), SLOTS, ids=[text for text, _ in SLOTS])
def test_a_slot(load, text: str, slot: Slot) -> None:
    (frame,) = load(f'[[Aid]]\nverb = "grubstake"\nobject = "{text}"\n').frames["verb", "grubstake"]
    assert frame.slots == (slot,)


def test_a_slot_with_several_values_stands_several_times(load) -> None:
    (frame,) = load('[[Aid]]\nverb = "grubstake"\nto = ["recipient", "place"]\n').frames["verb", "grubstake"]
    assert frame.slots == (Slot("to", "recipient"), Slot("to", "place"))


# What is wrong, the file, and what its message must name.
WRONG = [
    ("a class that the ontology has not", '[[Charity]]\nverb = "give"\n', ["Charity", "no event class"]),
    ("a role that the ontology has not", '[[Aid]]\nverb = "give"\nsubject = "giver!"\n', ["Aid no. 1", "subject", "giver", "actor"]),
    ("an unknown word class", '[[Aid]]\nverb = "give"\nobject = "instrument: gold"\n', ["Aid no. 1", "object", "gold"]),
    ("an unknown refused word class", '[[Aid]]\nverb = "give"\nobject = "actor: ~gold"\n', ["Aid no. 1", "object", "gold"]),
    ("no trigger", '[[Aid]]\nsubject = "actor!"\n', ["Aid no. 1", "exactly one of verb, noun, adjective"]),
    ("two triggers", '[[Aid]]\nverb = "give"\nnoun = "gift"\n', ["Aid no. 1", "exactly one of verb, noun, adjective"]),
    ("the second of two entries", '[[Aid]]\nverb = "chip in"\n[[Aid]]\nsubject = "actor"\n', ["Aid no. 2"]),
    ("a table that is no list", '[Aid]\nverb = "give"\n', ["[[Aid]]"]),
    ("a slot that is no text", '[[Aid]]\nverb = "give"\nobject = 3\n', ["Aid no. 1", "object", "3"]),
    ("a slot in another language", '[[Aid]]\nverb = "give"\nobject = "role=actor"\n', ["Aid no. 1", "object", "role=actor"]),
    ("the same frame twice", '[[Aid]]\nverb = ["chip in", "chip in"]\nsubject = "actor"\n', ["Aid", "chip in", "twice"]),
    ("broken TOML", "[[Aid\nverb = 3", ["TOML"]),
    ("no UTF-8", b'[[Aid]]\nverb = "\xff"\n', ["TOML"]),

    ("a trigger that is no text", "[[Aid]]\nverb = 3\n", ["Aid no. 1", "verb"]),
    ("a trigger without words", "[[Aid]]\nverb = []\n", ["Aid no. 1", "verb"]),
    ("a trigger that is never met, since lemmas are in lower case", '[[Aid]]\nverb = "Give"\n', ["Aid no. 1", "Give"]),
    ("an entry that is no table", 'Aid = ["verb"]\n', ["Aid no. 1"]),
    ("a slot whose name is misspelt", '[[Aid]]\nverb = "give"\nsubjct = "actor!"\n', ["Aid", "subjct"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_named_in_one_line(load, text: str | bytes, words: list[str]) -> None:
    with pytest.raises(LexiconError) as error:
        load(text)
    message = str(error.value)
    assert [word for word in ["own.toml", *words] if word not in message] == []
    assert "\n" not in message


def test_a_missing_file_is_named(tmp_path: Path, ontology: Ontology) -> None:
    with pytest.raises(LexiconError, match=r"none\.toml"):
        Lexicon.load(ontology, [tmp_path / "none.toml"])


def test_a_shipped_frame_is_not_given_again(load) -> None:
    shipped = tomllib.loads((FOLDER / "frames" / "material_conflict.toml").read_text("utf-8"))["Protest"][0]
    slots = "".join(f'{key} = "{value}"\n' for key, value in shipped.items() if key != "verb")
    with pytest.raises(LexiconError, match="twice"):
        load(f'[[Protest]]\nverb = "{shipped["verb"][0]}"\n{slots}')


def test_the_classes_of_a_word_are_those_that_list_it(lexicon: Lexicon) -> None:
    assert all(word in lexicon.classes[name] for word, names in lexicon.classes_of.items() for name in names)
    assert {w for words in lexicon.classes.values() for w in words} == set(lexicon.classes_of)


# The shipped words.


def test_there_are_frames_for_every_class_that_the_ontology_counts_as_an_event(
    lexicon: Lexicon, ontology: Ontology
) -> None:
    evoked = {frame.type for frames in lexicon.frames.values() for frame in frames}
    parents = {entry.parent for entry in ontology.classes.values()}
    assert {name for name in ontology.classes if name not in parents} - evoked == set()


def test_there_are_several_hundred_triggers(lexicon: Lexicon) -> None:
    assert len(lexicon.frames) > 500


def listed() -> Iterator[tuple[str, list[str]]]:
    """Give every list of words that ships, with the place where it stands."""
    for path in sorted((FOLDER / "frames").glob("*.toml")):
        for type_, entries in tomllib.loads(path.read_text("utf-8")).items():
            for number, entry in enumerate(entries, 1):
                heads: Any = next(entry[pos] for pos in ("verb", "noun", "adjective") if pos in entry)
                yield f"{path.name}: {type_} no. {number}", heads if isinstance(heads, list) else [heads]
    for name in ("classes", "cues", "given_names"):
        for key, words in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")).items():
            yield f"{name}.toml: {key}", words
    for key, table in tomllib.loads((FOLDER / "nominals.toml").read_text("utf-8")).items():
        classes = {"answers", "nested", "announced", "homeward", "amid", "hosted", "territorial", "instruments",
                   "unnamed", "unaimed", "uttered", "ended", "toll"}  # fmt: skip
        if key not in classes:  # these list classes of events
            yield f"nominals.toml: {key}", list(table)


LISTED = list(listed())


def test_words_are_compared_in_lower_case_so_they_are_written_so() -> None:
    assert [(where, word) for where, words in LISTED for word in words if word != word.lower()] == []


def test_words_have_no_white_space_to_spare() -> None:
    assert [
        (where, word) for where, words in LISTED for word in words if word != " ".join(word.split()) or not word
    ] == []


def test_a_list_names_each_word_once() -> None:
    assert [(where, word) for where, words in LISTED for word in sorted(set(words)) if words.count(word) > 1] == []


def test_nominals_name_classes_of_the_ontology(lexicon: Lexicon, ontology: Ontology) -> None:
    kinds = set(ontology.kinds)
    tables = lexicon.nominals
    assert set(tables["group"].values()) | set(tables["organ"].values()) | set(tables["tangible"].values()) <= {
        *kinds,
        "",
    }
    assert set(tables["stand_in"].values()) <= kinds
    assert set(tables["anaphor"].values()) - {"home"} <= kinds
    assert set(tables["counted"].values()) - {"sides"} <= kinds
    assert set(tables["numeral"].values()) <= {str(number) for number in range(2, 10)}
    assert set(tables["tangible"]) <= set(lexicon.classes)
    assert set(tables["answers"]) | set(tables["nested"]) <= set(ontology.classes)
    assert {name for value in tables["answers"].values() for name in value.split("|") if name} <= set(ontology.classes)
    assert set(tables["homeward"]) | set(tables["hosted"]) | set(tables["amid"]) <= set(ontology.classes)
    nested = [value.partition(" of ") for value in tables["nested"].values()]
    assert {role for roles, _, _ in nested for role in roles.split("|")} <= ontology.roles
    assert {name for _, _, classes in nested for name in classes.split("|") if name} <= set(ontology.classes)


def test_every_stance_that_a_cue_gives_is_one_of_the_ontology(lexicon: Lexicon, ontology: Ontology) -> None:
    assert set(lexicon.cues) >= ontology.stances


def test_a_frame_asks_for_no_word_class_that_is_empty(lexicon: Lexicon) -> None:
    assert [name for name, words in lexicon.classes.items() if not words] == []
