"""The records of the index say what the RDF says, word for word."""

from __future__ import annotations

from dataclasses import replace

from builders import NORTH_KOREA, ONTOLOGY, filler, launch, troops
from hypothesis import given
from strategies import extractions

from kg.assemble import assemble
from kg.graph.compact import read_article, read_event, read_report, write_article, write_event, write_report
from kg.graph.rdf import extraction_quads, read_extraction
from kg.graph.stored import as_stored
from kg.model import Entity, Extraction, Filler, Span


def _same_as_rdf(extraction: Extraction) -> None:
    back = read_extraction(extraction_quads(extraction), extraction.article.iri)
    kept = as_stored(extraction)
    assert (kept.article, kept.reports) == (back.article, back.reports)
    assert read_article(write_article(kept.article)) == back.article
    assert tuple(read_report(write_report(report)) for report in kept.reports) == back.reports


@given(extractions())
def test_any_extraction_is_kept_as_rdf_gives_it_back(extraction: Extraction) -> None:
    turned = tuple(replace(report, fillers=report.fillers[::-1]) for report in extraction.reports[::-1])
    _same_as_rdf(replace(extraction, reports=turned))


def test_an_entity_has_one_description_and_what_is_said_twice_is_said_once() -> None:
    made = troops()
    other = Entity(NORTH_KOREA.id, "DPRK", "State", "PRK")
    fillers = (*made.reports[0].fillers[:1] * 2, filler(made.article, "topic", "North Korea", other))
    _same_as_rdf(replace(made, reports=(replace(made.reports[0], fillers=fillers, decisions=("b", "a", "b")),)))


def test_lone_surrogates_are_replaced() -> None:
    made = launch()
    fillers = (Filler("actor", "x\ud800y", Span(1, 4, "x\ud800y")),)
    report = replace(made.reports[0], fillers=fillers, date="\ud800", decisions=("\udfff",))
    _same_as_rdf(Extraction(replace(made.article, source="\udfff", title="\ud801"), (report,)))


@given(extractions())
def test_any_event_is_kept_as_it_was_made(extraction: Extraction) -> None:
    reports = {report.id: report for report in extraction.reports}
    for event in assemble([extraction], ONTOLOGY):
        assert read_event(write_event(event), reports.__getitem__) == event


def test_an_event_is_kept_with_its_conflicts_and_sources() -> None:
    made = [troops("a"), troops("b", polarity="negated")]
    (event,) = assemble(made, ONTOLOGY)
    reports = {report.id: report for one in made for report in one.reports}
    assert event.conflicts
    assert event.sources
    assert read_event(write_event(event), reports.__getitem__) == event


def test_a_record_of_another_version_is_not_read() -> None:
    assert read_article(write_article(launch().article).replace('["', '["0')) is None
