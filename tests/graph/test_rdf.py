"""Records become RDF and come back as they were."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from builders import KURSK, NORTH_KOREA, ONTOLOGY, RUSSIA, article, event, filler, launch, report, troops
from hypothesis import given, settings
from strategies import extractions

from kg.errors import StoreError
from kg.graph.rdf import edges, event_label, event_quads, extraction_quads, read_extraction, read_extractions
from kg.model import Conflict, Entity, Extraction, Filler, Fingerprint, Span

KG = "https://w3id.org/kg/ontology#"


def _back(extraction: Extraction) -> Extraction:
    return read_extraction(extraction_quads(extraction), extraction.article.iri)


def _without_text(extraction: Extraction) -> Extraction:
    return replace(extraction, article=replace(extraction.article, text="", blocks=()), refused=0)


@pytest.mark.parametrize("extraction", [launch(), troops(), troops("denial", polarity="negated")])
def test_an_extraction_comes_back_whole(extraction: Extraction) -> None:
    assert _back(extraction) == _without_text(extraction)


@given(extractions())
def test_any_extraction_comes_back_whole(extraction: Extraction) -> None:
    assert _back(extraction) == extraction


@given(extractions())
@settings(max_examples=50)
def test_what_a_store_or_a_file_gives_back_is_what_was_written(extraction: Extraction) -> None:
    quads = set(extraction_quads(extraction))
    store = ox.Store()
    store.extend(quads)
    assert set(store) == quads
    for form in (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG):
        assert set(ox.parse(ox.serialize(quads, format=form), form)) == quads


@given(extractions())
@settings(max_examples=50)
def test_there_is_no_blank_node_and_no_quad_twice(extraction: Extraction) -> None:
    quads = list(extraction_quads(extraction))
    assert len(quads) == len(set(quads))
    for quad in quads:
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        assert quad.graph_name == ox.NamedNode(extraction.article.iri)


def test_the_order_of_fillers_reports_and_facts_does_not_matter() -> None:
    extraction = launch()
    fired = replace(extraction.reports[0], fillers=extraction.reports[0].fillers[::-1])
    assert set(extraction_quads(replace(extraction, reports=(fired,)))) == set(extraction_quads(extraction))


def test_several_articles_are_told_apart() -> None:
    quads = [*extraction_quads(troops()), *extraction_quads(launch())]
    assert list(read_extractions(quads)) == [_without_text(launch()), _without_text(troops())]


def test_lone_surrogates_become_replacement_characters_of_the_same_length() -> None:
    made = troops()
    fillers = (Filler("actor", "x\ud800y", Span(1, 4, "x\ud800y")),)
    odd = Extraction(replace(made.article, source="\udfff"), (replace(made.reports[0], fillers=fillers),))
    back = _back(odd)
    assert back.article.source == "\ufffd"
    assert back.reports[0].fillers[0].span == Span(1, 4, "x\ufffdy")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://", "news.example/1", "http://a b/", "https://x/<script>"]
)
def test_an_url_that_is_no_web_address_is_kept_as_a_literal(url: str) -> None:
    made = troops()
    odd = replace(made, article=replace(made.article, url=url))
    objects = {quad.object for quad in extraction_quads(odd) if quad.predicate.value.endswith(("url", "identifier"))}
    assert objects == {ox.Literal(url)}
    assert _back(odd).article.url == url


@pytest.mark.parametrize("damaged", ["", "12", "12:AAAA", "x:AAAAAA==", "²:AAAAAA==", "12:!"])
def test_a_damaged_fingerprint_is_one_line_that_names_the_article(damaged: str) -> None:
    made = troops()
    whole = replace(made, article=replace(made.article, fingerprint=Fingerprint(12, (0, 2**32 - 1))))
    quads = [
        quad
        if not quad.predicate.value.endswith("fingerprint")
        else ox.Quad(quad.subject, quad.predicate, ox.Literal(damaged), quad.graph_name)
        for quad in extraction_quads(whole)
    ]
    with pytest.raises(StoreError, match=f"{made.article.iri}>: its kg:fingerprint is damaged"):
        read_extraction(quads, made.article.iri)


def test_an_entity_has_one_description_in_an_article() -> None:
    made = troops()
    other = Entity(NORTH_KOREA.id, "DPRK", "State", "PRK")
    fillers = (*made.reports[0].fillers, filler(made.article, "topic", "North Korea", other))
    back = _back(replace(made, reports=(replace(made.reports[0], fillers=fillers),)))
    actor, topic = back.reports[0].role("actor")[0], back.reports[0].role("topic")[0]
    assert actor.entity == topic.entity == other
    assert (actor.label, topic.label) == ("North Korea", "DPRK")


@pytest.mark.parametrize("roles", [("actor",), ("actor", "recipient"), ("actor", "recipient", "place")])
@pytest.mark.parametrize("triggers", [("struck",), ("struck", "near")])
def test_a_report_takes_9_triples_each_role_1_and_shared_words_2(
    roles: tuple[str, ...], triggers: tuple[str, ...]
) -> None:
    item = article("Title\nNorth Korea struck Russia near Kursk.")
    fillers = tuple(filler(item, role, "North Korea", NORTH_KOREA) for role in roles)
    made = tuple(report(item, "Attack", item.text[6:], trigger, *fillers) for trigger in triggers)
    shared = 4 + 4 + 3 + 2  # the article, its sentence, North Korea, and the words that name it
    assert len(list(extraction_quads(Extraction(item, made)))) == shared + len(made) * (9 + len(roles))


def test_one_stretch_in_two_meanings_is_two_mentions() -> None:
    item = article("Title\nNorth Korea struck Kursk.")
    fillers = [filler(item, "actor", "North Korea", who) for who in (NORTH_KOREA, RUSSIA)]
    made = report(item, "Attack", item.text[6:], "struck", *fillers)
    mentions = {
        q.subject.value for q in extraction_quads(Extraction(item, (made,))) if q.predicate.value == KG + "means"
    }
    assert {iri.partition("/mention/")[2] for iri in mentions} == {f"{item.id}/6-17", f"{item.id}/6-17/1"}
    assert {f.entity for f in _back(Extraction(item, (made,))).reports[0].fillers} == {NORTH_KOREA, RUSSIA}


@pytest.mark.parametrize("missing", ["sentence", "type", "trigger", "polarity", "means", "rule"])
def test_half_a_graph_is_refused_with_the_node_at_which_something_is_missing(missing: str) -> None:
    quads = [quad for quad in extraction_quads(launch()) if quad.predicate.value != KG + missing]
    with pytest.raises(StoreError, match=f"^<https://w3id.org/kg/id/.*has no <{KG}{missing}>"):
        list(read_extractions(quads))


def test_an_offset_that_is_no_number_is_refused() -> None:
    start = ox.NamedNode(KG + "triggerStart")
    quads = [q for q in extraction_quads(launch()) if q.predicate != start]
    quads += [
        ox.Quad(q.subject, start, ox.Literal("soon"), q.graph_name)
        for q in extraction_quads(launch())
        if q.predicate == start
    ]
    with pytest.raises(StoreError, match="must be an offset, not 'soon'"):
        list(read_extractions(quads))


def test_a_plain_event_has_a_direct_edge_that_can_be_explained() -> None:
    sent = event(*troops().reports)
    triple = (NORTH_KOREA.id, "deploysForcesTo", RUSSIA.id)
    assert edges(sent, ONTOLOGY) == (triple,)
    quads = set(event_quads(sent, ONTOLOGY))
    direct = [q for q in quads if q.predicate.value == KG + "deploysForcesTo"]
    assert [(q.subject.value, q.object.value) for q in direct] == [(NORTH_KOREA.id, RUSSIA.id)]
    (edge,) = (q.subject for q in quads if q.object == ox.NamedNode(KG + "Edge"))
    assert ox.Quad(edge, ox.NamedNode(KG + "event"), ox.NamedNode(sent.iri), direct[0].graph_name) in quads
    assert {q.graph_name.value for q in quads} == {"https://w3id.org/kg/id/events"}


@pytest.mark.parametrize(
    "change", [{"polarity": "negated"}, *({"modality": m} for m in ("intended", "predicted", "possible"))]
)
def test_what_did_not_happen_has_no_edge(change: dict[str, str]) -> None:
    sent = replace(event(*troops().reports), **change)
    assert edges(sent, ONTOLOGY) == ()
    assert not [q for q in event_quads(sent, ONTOLOGY) if q.predicate.value == KG + "deploysForcesTo"]


def test_parties_on_one_footing_are_joined_both_ways_and_nobody_with_itself() -> None:
    sent = replace(event(*troops().reports), type="Cooperation")
    assert edges(sent, ONTOLOGY) == (
        (RUSSIA.id, "cooperatesWith", NORTH_KOREA.id),
        (NORTH_KOREA.id, "cooperatesWith", RUSSIA.id),
    )
    alone = replace(sent, fillers=tuple(replace(f, entity=RUSSIA) for f in sent.fillers))
    assert edges(alone, ONTOLOGY) == ()


@pytest.mark.parametrize("type_", ["Casualties", "NoSuchClass"])
def test_a_class_without_edge_has_none(type_: str) -> None:
    assert edges(replace(event(*troops().reports), type=type_), ONTOLOGY) == ()


def test_conflicts_point_at_the_reports_of_each_side() -> None:
    yes, no = troops().reports[0], troops("denial", polarity="negated").reports[0]
    conflict = Conflict("polarity", ("affirmed", "negated"), ((yes.id,), (no.id,)))
    graph = ox.Store()
    graph.extend(event_quads(event(yes, no, conflicts=(conflict,)), ONTOLOGY))
    found = graph.query(
        f"SELECT ?value ?report {{ ?e <{KG}conflict> [ <{KG}slot> 'polarity'; <{KG}side> [ <{KG}value> ?value; <{KG}report> ?report ] ] }}",
        use_default_graph_as_union=True,
    )
    assert {(row["value"].value, row["report"].value) for row in found} == {("affirmed", yes.iri), ("negated", no.iri)}


def test_the_label_of_an_event_names_who_what_whom_and_when() -> None:
    assert event_label(event(*launch().reports)) == "North Korea – MissileLaunch (2025-01-06)"
    assert event_label(event(*troops().reports)) == "North Korea – TroopDeployment – Russia"


def test_a_part_of_a_state_points_at_it() -> None:
    quads = set(extraction_quads(troops()))
    assert any(q.subject.value == KURSK.id and q.object == ox.NamedNode(RUSSIA.id) for q in quads)
