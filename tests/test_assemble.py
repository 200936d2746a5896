"""Reports → events.

A case in `cases/assembly/*.toml` names articles (one, called `a`, where it names none), reports in the order of the text,
and the events that must come of them: which reports each has (by number), and what else is worth a check. Parties are
written `USA` (a state), `USA/Hale` (a person of it), `KOR#Busan` (a town in it), `RUS%Kursk` (a region of it), `SDN^RSF`
(an armed group in it), `@Wire` (a news medium), `?the market` (somebody or something without a name, known in one article);
numbers `7 missiles`, `>7 missiles` (at least), `<7 missiles` (at most).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble import assemble, block_keys
from kg.assemble.dates import Window, week, window
from kg.graph.schema import load_ontology
from kg.iris import WIKIDATA_IRI, data_iri
from kg.model import (
    ACTUAL,
    AFFIRMED,
    MODALITIES,
    NEGATED,
    POLARITIES,
    Article,
    Entity,
    Event,
    Extraction,
    Filler,
    Quantity,
    Report,
    Span,
    Speaker,
    content_hash,
    slug,
)

CASES = Path(__file__).parent / "cases" / "assembly"
ONTOLOGY = load_ontology()
KINDS = {"/": "Person", "#": "City", "%": "Region", "^": "ArmedGroup"}
BOUNDS = {">": "atLeast", "<": "atMost"}


def entity(name: str, article: str = "a") -> Entity:
    if name.startswith("?"):
        return Entity(data_iri("entity", f"{content_hash(article)}/{slug(name)}"), name[1:], "Organisation")
    if name.startswith("@"):
        return Entity(f"{WIKIDATA_IRI}Q-{name[1:]}", name[1:], "MediaOutlet")
    for sign, kind in KINDS.items():
        state, found, label = name.partition(sign)
        if found:
            return Entity(f"{WIKIDATA_IRI}Q-{label}", label, kind, state=WIKIDATA_IRI + state)
    return Entity(WIKIDATA_IRI + name, name, "State", iso3=name)


def report(article: str, number: int, spec: dict[str, Any]) -> Report:
    start = number * 1000
    text = spec.get("text", " ".join(f"{article}{number}word{n}" for n in range(9)))
    sentence = Span(start, start + len(text), text)
    trigger = Span(start, start + len(text.split()[0]), text.split()[0])
    roles = [(role, name) for role in ("actor", "recipient", "place") for name in spec.get(role, ())]
    fillers = (
        *(Filler(role, entity(name).label, trigger, entity(name, article)) for role, name in roles),
        *(Filler("instrument", label, trigger) for label in spec.get("instrument", ())),
    )
    return Report(
        id=Report.make_id(article, trigger, spec["type"], fillers),
        article=article,
        type=spec["type"],
        sentence=sentence,
        trigger=trigger,
        fillers=fillers,
        rule="rule",
        extractor="rules",
        date=spec.get("date"),
        polarity=spec.get("polarity", AFFIRMED),
        modality=spec.get("modality", ACTUAL),
        attribution=tuple(Speaker(entity(name).label, trigger, entity(name, article)) for name in spec.get("by", ())),
        stance=spec.get("stance"),
        quantities=tuple(quantity(text, trigger) for text in spec.get("quantity", ())),
        anaphoric=spec.get("anaphoric", False),
        further=spec.get("further", False),
    )


def quantity(text: str, span: Span) -> Quantity:
    value, unit = text.lstrip("<>").split(maxsplit=1)
    return Quantity(float(value), unit, BOUNDS.get(text[0], "exact"), span)


def extractions(case: dict[str, Any]) -> list[Extraction]:
    reports = [report(spec.get("in", "a"), number, spec) for number, spec in enumerate(case["reports"])]
    return [
        Extraction(
            Article(**{"source": f"{spec['id']}.txt", "text": "", "blocks": (), **spec}),
            tuple(r for r in reports if r.article == spec["id"]),
        )
        for spec in case.get("articles", [{"id": "a"}])
    ]


def run(given: list[Extraction]) -> list[Event]:
    return list(assemble(given, ONTOLOGY))


def numbers(event: Event) -> tuple[int, ...]:
    return tuple(sorted(r.trigger.start // 1000 for r in event.reports))


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: dict[str, Any]) -> None:
    found = {numbers(event): event for event in run(extractions(case))}
    assert sorted(found) == sorted(tuple(e["reports"]) for e in case["events"])
    for expected in case["events"]:
        event = found[tuple(expected["reports"])]
        seen = {
            "reports": list(numbers(event)),
            "type": event.type,
            "date": event.date,
            "polarity": event.polarity,
            "modality": event.modality,
            "status": event.status,
            "since": event.status_since,
            "sources": event.independent_sources,
            "named": [source.label for source in event.sources],
            "conflicts": [conflict.slot for conflict in event.conflicts],
            "sides": [side for conflict in event.conflicts for side in conflict.sides],
            "attribution": [speaker.entity for speaker in event.attribution],
            **{role: {filler.entity for filler in event.role(role)} for role in ("actor", "recipient", "place")},
        }
        wanted = {
            key: {entity(name) for name in value} if key in ("actor", "recipient", "place")
            else [entity(name) for name in value] if key == "attribution"
            else value
            for key, value in expected.items()
        }  # fmt: skip
        assert {key: seen[key] for key in wanted} == wanted


def test_the_cases_reach_every_status_of_the_ontology() -> None:
    assert {e.get("status") for case in cases() for e in case.values[0]["events"]} - {None} == ONTOLOGY.statuses


PARTIES = ["PRK", "RUS", "USA/Hale", "USA/Ruiz", "USA"]
TYPES = ["MissileLaunch", "WeaponsTest", "Cooperation", "Attack", "JointExercise"]


@st.composite
def report_specs(draw: st.DrawFn) -> dict[str, Any]:
    names = st.lists(st.sampled_from(PARTIES), max_size=2, unique=True)
    spec: dict[str, Any] = {
        "type": draw(st.sampled_from(TYPES)),
        "actor": draw(names),
        "recipient": draw(names),
        "place": draw(st.lists(st.sampled_from(["RUS#Perm", "RUS#Omsk", "RUS"]), max_size=1)),
        "instrument": draw(st.lists(st.sampled_from(["missile", "ballistic missile", "drone"]), max_size=1)),
        "quantity": draw(st.lists(st.sampled_from(["7 missiles", ">8 missiles"]), max_size=1)),
        "polarity": draw(st.sampled_from((AFFIRMED, *POLARITIES))),
        "modality": draw(st.sampled_from((ACTUAL, ACTUAL, *MODALITIES))),
        "by": draw(st.lists(st.sampled_from(["PRK", "USA", "@Wire"]), max_size=2, unique=True)),
        "anaphoric": draw(st.booleans()),
        "further": draw(st.booleans()),
    }
    date = draw(st.sampled_from([None, None, "2025-01-06", "2025-01-08", "2025-01", "2024", "2025-01-05/2025-01-07"]))
    return spec if date is None else {**spec, "date": date}


@st.composite
def corpora(draw: st.DrawFn) -> list[Extraction]:
    given = []
    for letter in "abc"[: draw(st.integers(1, 3))]:
        specs = draw(st.lists(report_specs(), max_size=5))
        article = Article(
            id=letter,
            source=f"{letter}.txt",
            text="",
            blocks=(),
            publisher=draw(st.sampled_from([None, "Morning Post", "Wire"])),
            published=draw(st.sampled_from([None, "2025-01-06", "2025-01-07"])),
        )
        given.append(Extraction(article, tuple(report(letter, n, spec) for n, spec in enumerate(specs))))
    return given


def copy_of(extraction: Extraction, n: int) -> Extraction:
    """Give the same text as another paper prints it later that week, or in the next."""
    ident = f"z{n}"
    published = extraction.article.published and f"2025-01-{9 + n:02}"
    article = replace(
        extraction.article, id=ident, source=f"{ident}.txt", publisher=f"Copy Cat {n}", published=published
    )
    reports = tuple(replace(r, id=content_hash(ident, r.id), article=ident) for r in extraction.reports)
    return Extraction(article, reports)


@settings(deadline=None)
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_articles_and_reports_changes_nothing(corpus: list[Extraction], random: Any) -> None:
    shuffled = [replace(x, reports=tuple(random.sample(x.reports, len(x.reports)))) for x in corpus]
    random.shuffle(shuffled)
    assert run(shuffled) == run(corpus)


@settings(deadline=None)
@given(corpora())
def test_every_report_is_of_exactly_one_event(corpus: list[Extraction]) -> None:
    events = run(corpus)
    found = Counter(r.id for event in events for r in event.reports)
    assert found == Counter({r.id for x in corpus for r in x.reports})
    assert len({event.id for event in events}) == len(events)
    assert [event.id for event in events] == sorted(event.id for event in events)


@settings(deadline=None)
@given(corpora())
def test_an_event_claims_no_more_than_its_reports(corpus: list[Extraction]) -> None:
    for event in run(corpus):
        assert (event.polarity, event.modality) in {(r.polarity, r.modality) for r in event.reports}
        assert 1 <= event.independent_sources <= len({r.article for r in event.reports})
        assert set(event.fillers) <= {filler for r in event.reports for filler in r.fillers}
        days = {r.date for r in event.reports if r.date and len(r.date) == 10}
        assert len(days) <= 1 or {"date", "actor"} & {conflict.slot for conflict in event.conflicts}
        assert event.type in {r.type for r in event.reports}


@settings(deadline=None)
@given(corpora())
def test_status_and_sources_come_from_the_reports(corpus: list[Extraction]) -> None:
    published = {x.article.id: x.article.published for x in corpus}
    for event in run(corpus):
        behind = {r.id for r in event.reports}
        assert len(event.sources) == event.independent_sources
        assert all(set(source.reports) <= behind for source in event.sources)
        assert len({r for source in event.sources for r in source.reports}) == sum(
            len(source.reports) for source in event.sources
        )
        assert event.status_since in {None, *(published[r.article] for r in event.reports)}
        assert event.status_since or (None in {published[r.article] for r in event.reports})
        for conflict in event.conflicts:
            assert len(conflict.sides) == len(conflict.reports) > 1
            assert all(side and set(side) <= behind for side in conflict.reports)


@settings(deadline=None)
@given(corpora(), st.data())
def test_five_copies_of_an_article_change_neither_events_nor_their_sources(corpus: list[Extraction], data: Any) -> None:
    def told(given: list[Extraction]) -> list[tuple[Any, ...]]:
        return [(e.id, e.independent_sources, e.status, e.status_since, e.fillers) for e in run(given)]

    original = data.draw(st.sampled_from(corpus))
    copies = [copy_of(original, n) for n in range(5)]
    assert told([*copies, *corpus]) == told(corpus)


@settings(deadline=None)
@given(corpora(), st.data())
def test_a_block_can_be_made_alone(corpus: list[Extraction], data: Any) -> None:
    keys = {x.article.id: block_keys(x, ONTOLOGY) for x in corpus}
    touched = set(keys[data.draw(st.sampled_from(corpus)).article.id].values())
    needed = [x for x in corpus if touched & set(keys[x.article.id].values())]
    wanted = [e for e in run(corpus) if keys[e.reports[0].article][e.reports[0].id] in touched]
    assert list(assemble(needed, ONTOLOGY, blocks=touched)) == wanted


def test_a_confirming_report_leaves_the_id() -> None:
    launch = {"type": "MissileLaunch", "actor": ["PRK"], "date": "2025-01-06"}
    articles = [{"id": "a", "published": "2025-01-07"}, {"id": "b", "published": "2025-01-06"}]
    (alone,) = run(extractions({"reports": [launch], "articles": articles[:1]}))
    more = [launch, {**launch, "in": "b", "place": ["PRK#Wonsan"]}, {"type": "MissileLaunch", "anaphoric": True}]
    (together,) = run(extractions({"reports": more, "articles": articles}))
    assert len(together.reports) == 3
    assert together.id == alone.id


def test_an_article_read_twice_counts_as_the_one_with_the_smaller_source() -> None:
    (one,) = extractions({"reports": [{"type": "MissileLaunch", "actor": ["PRK"]}]})
    other = replace(one, article=replace(one.article, source="z.txt"), reports=())
    assert run([one, other]) == run([other, one]) == run([one])


def test_a_class_that_the_ontology_lacks_is_kept() -> None:
    (event,) = run(extractions({"reports": [{"type": "Embrace", "actor": ["USA"]}]}))
    assert event.type == "Embrace"


def test_same_events_for_every_hash_seed() -> None:
    code = "import test_assemble as t\nfor c in t.cases(): print(t.run(t.extractions(c.values[0])))"
    outputs = set()
    for seed in "123":
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert outputs != {b""}


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2025-01-06", "2025-01-06", "2025-01-06"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024?", "2024-01-01", "2024-12-31"),
        ("2024-21", "2024-01-01", "2024-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2024-XX-XX", "2024-01-01", "2024-12-31"),
        ("2024-11-01/2024-11-05", "2024-11-01", "2024-11-05"),
        ("2022-02-24/..", "2022-02-24", "9999-12-31"),
        ("../2022", "0001-01-01", "2022-12-31"),
    ],
)
def test_window_of_a_date(edtf: str, first: str, last: str) -> None:
    def ordinal(text: str) -> int:
        span = window(text)
        assert span is not None
        return span.first

    assert window(edtf) == Window(ordinal(first), ordinal(last))


@pytest.mark.parametrize("edtf", ["", "soon", "2025-02-30", "2025-00", "0000", "2025-01-07/2025-01-06", "20250106"])
def test_no_window_for_what_is_no_date(edtf: str) -> None:
    assert window(edtf) is None


def test_week_of_publication_runs_from_monday_to_sunday() -> None:
    assert week("2025-01-06") == week("2025-01-12") == window("2025-01-06/2025-01-12")
    assert week("2025-01-13") != week("2025-01-12")
    assert week(None) is week("2025-01") is week("0001-13-01") is None
    assert week("0001-01-01") == window("0001-01-01/0001-01-07")
    assert week("9999-12-31") == window("9999-12-27/9999-12-31")


def test_denied_without_anyone_who_affirms() -> None:
    (event,) = run(extractions({"reports": [{"type": "Attack", "actor": ["RUS"], "by": ["RUS"], "polarity": NEGATED}]}))
    assert (event.status, event.is_plain) == ("denied", False)
