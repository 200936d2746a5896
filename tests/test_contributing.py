"""The worked example of CONTRIBUTING.md holds as it stands there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.assemble import assemble
from kg.config import Settings
from kg.errors import LexiconError
from kg.graph.schema import load_ontology
from kg.model import Event
from kg.pipeline import Pipeline
from kg.text.blocks import make_article, paragraphs
from kg.text.lexicon import Lexicon

GUIDE = Path(__file__).parent.parent / "CONTRIBUTING.md"
ROLES = {"actor", "recipient"}


@dataclass(frozen=True)
class Example:
    ontology: Path
    lexicon: Path
    cases: list[dict[str, Any]]


def block(info: str) -> str:
    """Give the only fenced block that is marked with `info`."""
    (found,) = re.findall(rf"^```{info}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.fixture
def example(tmp_path: Path) -> Example:
    ontology, lexicon = tmp_path / "more.ttl", tmp_path / "more.toml"
    ontology.write_text(block("turtle"), "utf-8")
    lexicon.write_text(block("toml lexicon"), "utf-8")
    return Example(ontology, lexicon, tomllib.loads(block("toml case"))["case"])


def test_the_class_is_read_and_is_new(example: Example) -> None:
    shipped, extended = load_ontology(), load_ontology([example.ontology])
    (name,) = set(extended.classes) - set(shipped.classes)
    assert extended.classes[name].edge == "leasesTo"
    assert {wanted["type"] for case in example.cases for wanted in case["expect"]} == {name}


def test_the_words_are_read_and_need_the_class(example: Example) -> None:
    frames = Lexicon.load(load_ontology([example.ontology]), [example.lexicon]).frames
    assert "Lease" in {frame.type for frame in frames["verb", "lease"]}
    with pytest.raises(LexiconError, match="Lease is no event class"):
        Lexicon.load(load_ontology(), [example.lexicon])


def test_the_cases_have_an_event_and_a_near_miss(example: Example) -> None:
    assert any(case["expect"] for case in example.cases)
    assert any("near miss" in case.get("note", "") and not case["expect"] for case in example.cases)


def _cells(event: Event, keys: set[str]) -> dict[str, Any]:
    return {key: [f.label for f in event.role(key)] if key in ROLES else getattr(event, key) for key in keys}


@pytest.mark.model
def test_the_cases_hold(example: Example) -> None:
    pipeline = Pipeline(Settings(ontology=(example.ontology,), lexicon=(example.lexicon,)))
    for case in example.cases:
        text = case["text"]
        article = make_article(text, tuple(paragraphs(text)), source="case", titled=False, meta={}, published=None)
        events = list(assemble(list(pipeline.extract([article])), pipeline.ontology))
        assert len(events) == len(case["expect"]), text
        for event, wanted in zip(events, case["expect"], strict=True):
            assert _cells(event, set(wanted)) == wanted


@pytest.mark.parametrize(
    "place", re.findall(r"`((?:kg|tests|ontology|benchmarks)/[\w./-]+)`", GUIDE.read_text("utf-8"))
)
def test_a_file_that_the_guide_names_exists(place: str) -> None:
    assert (GUIDE.parent / place).exists()
