"""Article → events, one linguistic phenomenon a file: the cases in `cases/*.toml`.

A case has a `text` (and a `title`, a day of publication, a `note` if it needs them) and the events that a careful reader
takes from it: `expect`. Of each event only the keys given are compared; roles and `attribution` hold labels of entities
and things, `attribution` from the outside in. No other event may be found, unless `more` is true. `facts` lists
[subject, predicate, object] where that matters. `fails` says why a case does not hold yet: the day it does, the test says so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from kg.assemble import assemble
from kg.graph.schema import load_ontology
from kg.model import Event
from kg.pipeline import Pipeline
from kg.text.blocks import make_article, paragraphs
from kg.text.lexicon import Lexicon

CASES = Path(__file__).parent / "cases"
ROLES = ("actor", "recipient", "instrument", "place", "origin", "topic")
KEYS = {"type", *ROLES, "date", "polarity", "modality", "status", "attribution", "stance"}
FIELDS = {"text", "title", "published", "note", "expect", "more", "facts", "fails"}


def cases(*, marked: bool = False) -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"], 1):
            marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if marked and "fails" in case else []
            yield pytest.param(case, id=f"{path.stem}-{number}", marks=marks)


def described(event: Event) -> dict[str, Any]:
    roles = {role: sorted({filler.label for filler in event.role(role)}) for role in ROLES}
    fields = {key: getattr(event, key) or "" for key in ("type", "date", "polarity", "modality", "status", "stance")}
    return {**roles, **fields, "attribution": [speaker.label for speaker in event.attribution]}


def agrees(event: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(event[key] == (sorted(value) if key in ROLES else value) for key, value in wanted.items())


@pytest.mark.model
@pytest.mark.parametrize("case", list(cases(marked=True)))
def test_case(case: dict[str, Any], pipeline: Pipeline) -> None:
    text = "\n".join(part for part in (case.get("title"), case["text"]) if part)
    article = make_article(
        text, tuple(paragraphs(text)), source="case", titled="title" in case, meta={}, published=case.get("published")
    )
    extractions = list(pipeline.extract([article]))
    found, wanted = [described(event) for event in assemble(extractions, pipeline.ontology)], case["expect"]
    assert case.get("more") or len(found) == len(wanted), found
    assert any(all(map(agrees, some, wanted)) for some in permutations(found, len(wanted))), found
    facts = [[fact.subject.label, fact.predicate, fact.object.label] for x in extractions for fact in x.facts]
    assert facts == case.get("facts", facts)


@pytest.mark.parametrize("case", list(cases()))
def test_a_case_is_written_as_the_runner_reads_it(case: dict[str, Any]) -> None:
    known = load_ontology()
    assert set(case) <= FIELDS
    assert "\n" not in case.get("title", "")
    assert all("type" in wanted and set(wanted) <= KEYS for wanted in case["expect"])
    assert {wanted["type"] for wanted in case["expect"]} <= set(known.classes)


def test_the_cases_reach_every_class_that_the_lexicon_evokes() -> None:
    evoked = {frame.type for frames in Lexicon.load(load_ontology()).frames.values() for frame in frames}
    assert evoked - {wanted["type"] for case in cases() for wanted in case.values[0]["expect"]} == set()


def test_every_file_has_a_near_miss() -> None:
    for path in sorted(CASES.glob("*.toml")):
        found = tomllib.loads(path.read_text("utf-8"))["case"]
        assert any("near miss" in case.get("note", "") for case in found), path.name
