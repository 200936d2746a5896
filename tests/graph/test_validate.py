"""One broken graph per shape and per check: it fails with that message and with no other; the whole graph conforms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from builders import event, launch, troops
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import OntologyError
from kg.graph.rdf import event_quads, extraction_quads
from kg.graph.schema import load_ontology, ontology_path
from kg.graph.store import Store
from kg.graph.validate import Violation, validate
from kg.resources import resource_dir

PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX kg: <https://w3id.org/kg/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX : <https://w3id.org/kg/id/>
PREFIX a: <https://w3id.org/kg/id/attribution/a/>
PREFIX m: <https://w3id.org/kg/id/mention/a/>
PREFIX q: <https://w3id.org/kg/id/quantity/a/>
BASE <https://w3id.org/kg/id/>
"""

# Two reports that contradict each other on one event, a third of an event that is only planned, and a fact.
WHOLE = """
:article {
  :article a kg:Article ; dcterms:source "news/accounts.txt" ; dcterms:title "Accounts" ; dcterms:publisher "The Quay" ;
    dcterms:issued "2025-01-06"^^xsd:date ; kg:url <https://quay.example/1> ; kg:sha256 "SHA" .
  :s1 kg:article :article ; oa:start 0 ; oa:end 38 ; oa:exact "Arland froze forty accounts of Bordur." .
  :s2 kg:article :article ; oa:start 39 ; oa:end 83 ;
    oa:exact "It did not freeze them, envoy Ada Moss said." .
  :s3 kg:article :article ; oa:start 84 ; oa:end 111 ; oa:exact "They plan to meet in Porto." .

  :r1 a kg:Report ; kg:type kg:Sanction ; kg:sentence :s1 ; kg:triggerStart 7 ; kg:trigger "froze" ;
    kg:polarity kg:affirmed ; kg:modality kg:actual ; kg:rule :freeze ; kg:confidence 1.0 ;
    kg:actorWords m:0-6 ; kg:recipientWords m:31-37 ; kg:instrumentWords m:19-27 ; kg:quantity q:13-18 .
  m:0-6 kg:means :arland ; oa:exact "Arland" .
  m:31-37 kg:means :bordur ; oa:exact "Bordur" .
  m:19-27 kg:means :accounts ; oa:exact "accounts" .
  q:13-18 kg:amount 40.0 ; kg:unit "accounts" ; kg:bound kg:exact ; oa:exact "forty" .

  :r2 a kg:Report ; kg:type kg:Sanction ; kg:sentence :s2 ; kg:triggerStart 50 ; kg:trigger "freeze" ;
    kg:polarity kg:negated ; kg:modality kg:actual ; kg:rule :freeze ; kg:confidence 0.5 ;
    kg:anaphoric true ; kg:stance kg:denies ; kg:actorWords m:39-41 ; kg:recipientWords m:31-37 ;
    kg:attribution a:69-77 .
  m:39-41 kg:means :arland ; oa:exact "It" .
  a:69-77 kg:position 0 ; kg:speaker :moss ; oa:exact "Ada Moss" .

  :r3 a kg:Report ; kg:type kg:Meeting ; kg:sentence :s3 ; kg:triggerStart 97 ; kg:trigger "meet" ;
    kg:polarity kg:affirmed ; kg:modality kg:intended ; kg:rule :meet ; kg:confidence 1.0 ;
    kg:date "2025-02/2025-03"^^edtf:EDTF ; kg:actorWords m:84-88 ; kg:recipientWords <mention/a/84-88/1> ;
    kg:placeWords m:105-110 .
  m:84-88 kg:means :arland ; oa:exact "They" .
  <mention/a/84-88/1> kg:means :bordur ; oa:exact "They" .
  m:105-110 kg:means :porto ; oa:exact "Porto" .

  :arland a kg:State ; skos:prefLabel "Arland" ; kg:iso3 "ARL" .
  :bordur a kg:State ; skos:prefLabel "Bordur" .
  :porto a kg:City ; skos:prefLabel "Porto" ; kg:state :arland .
  :moss a kg:Person ; skos:prefLabel "Ada Moss" .
  :accounts a kg:Thing ; skos:prefLabel "accounts" .

  :moss kg:holdsOffice :arland .
  :fact a kg:Fact ; rdf:subject :moss ; rdf:predicate kg:holdsOffice ; rdf:object :arland ; kg:title "envoy" ;
    kg:sentence :s2 ; kg:rule :title .
}
:events {
  :e1 a kg:Sanction ; rdfs:label "Arland – Sanction – Bordur" ; kg:actor :arland ; kg:recipient :bordur ;
    kg:instrument :accounts ; kg:polarity kg:affirmed ; kg:modality kg:actual ; kg:stance kg:denies ;
    kg:attributedTo :moss ; kg:status kg:disputed ; kg:independentSources 1 ; kg:report :r1 , :r2 ; kg:conflict :c .
  :c a kg:Conflict ; kg:slot "polarity" ; kg:side :c0 , :c1 .
  :c0 kg:value "affirmed" ; kg:report :r1 .
  :c1 kg:value "negated" ; kg:report :r2 .
  :arland kg:sanctions :bordur .
  :edge a kg:Edge ; rdf:subject :arland ; rdf:predicate kg:sanctions ; rdf:object :bordur ; kg:event :e1 .

  :e2 a kg:Meeting ; rdfs:label "Arland – Meeting – Bordur" ; kg:actor :arland ; kg:recipient :bordur ; kg:place :porto ;
    kg:date "2025-02/2025-03"^^edtf:EDTF ; kg:polarity kg:affirmed ; kg:modality kg:intended ; kg:status kg:intended ;
    kg:independentSources 1 ; kg:report :r3 .
}
""".replace("SHA", "0" * 64)

VISIT = (
    ":arland kg:visits :bordur . :edge2 a kg:Edge ; rdf:subject :arland ; rdf:predicate kg:visits ; rdf:object :bordur"
)
MEET = ":arland kg:meetsWith :bordur . :edge2 a kg:Edge ; rdf:subject :arland ; rdf:predicate kg:meetsWith ; rdf:object :bordur"
EVENT = "a kg:Visit ; rdfs:label 'V' ; kg:polarity kg:negated ; kg:modality kg:actual ; kg:status kg:denied"
FACT = "a kg:Fact ; kg:sentence :s1 ; kg:rule :membership"

# Shape or check, what to take out of the whole graph, what to put in its place (an empty first part: what to add).
BROKEN = [
    ("Article-described", ":article a kg:Article ;", ":article"),
    ("Article-source", 'dcterms:source "news/accounts.txt" ;', ""),
    ("Article-title", 'dcterms:title "Accounts"', 'dcterms:title "Accounts" , "Other"'),
    ("Article-publisher", 'dcterms:publisher "The Quay"', "dcterms:publisher :quay"),
    ("Article-issued", '"2025-01-06"^^xsd:date', '"6 January 2025"'),
    ("Article-url", "<https://quay.example/1>", "<file:///etc/hosts>"),
    ("Article-sha256", "0" * 64, "0" * 63),
    ("Article-fingerprint", "", ":article kg:fingerprint 'twelve' ."),
    ("start", "oa:start 0 ;", ""),
    ("end", "oa:end 38 ;", ""),
    ("start-before-end", "oa:start 84 ; oa:end 111", "oa:start 84 ; oa:end 84"),
    ("exact", '; oa:exact "They plan to meet in Porto."', ""),
    ("Sentence-article", ":s3 kg:article :article ;", ":s3"),
    ("Report-described", "kg:report :r3", "kg:report :r3 , :none"),
    ("Report-type", "kg:type kg:Meeting", "kg:type kg:Meeting , kg:Visit"),
    ("Report-known-type", "kg:type kg:Meeting", "kg:type kg:Meating"),
    ("Report-sentence", "kg:sentence :s1 ; kg:triggerStart", "kg:triggerStart"),
    ("Report-trigger", '; kg:trigger "meet"', ""),
    ("Report-triggerStart", "kg:triggerStart 97 ;", ""),
    ("Report-polarity", "kg:polarity kg:negated", "kg:polarity kg:negated , kg:affirmed"),
    ("Report-modality", "kg:polarity kg:negated ; kg:modality kg:actual", "kg:polarity kg:negated ; kg:modality kg:denies"),
    ("Report-stance", "kg:anaphoric true ; kg:stance kg:denies", "kg:anaphoric true ; kg:stance kg:possible"),
    ("Report-rule", "kg:rule :meet ;", 'kg:rule "meet" ;'),
    ("Report-confidence", "kg:confidence 0.5", "kg:confidence 1.5"),
    ("date", 'kg:date "2025-02/2025-03"^^edtf:EDTF ; kg:actorWords', 'kg:date "2025-2"^^edtf:EDTF ; kg:actorWords'),
    ("date", 'kg:date "2025-02/2025-03"^^edtf:EDTF ; kg:pol', 'kg:date "2025-13-01"^^edtf:EDTF ; kg:pol'),
    ("date", 'kg:date "2025-02/2025-03"^^edtf:EDTF ; kg:pol', 'kg:date "2025-02" ; kg:pol'),
    ("Report-anaphoric", "kg:anaphoric true", 'kg:anaphoric "yes"'),
    ("Report-further", "kg:anaphoric true", "kg:anaphoric true ; kg:further 1"),
    ("Words", "", "m:none kg:means :arland ; oa:exact 'x' . :r1 kg:actorWords m:none ."),
    ("Mention-means", "kg:means :accounts ;", "kg:means :accounts , :porto ;"),
    ("Mention-means-kind", ":accounts a kg:Thing", ":accounts a kg:Thingy"),
    ("Attribution-position", "kg:position 0", "kg:position -1"),
    ("Attribution-speaker", "kg:speaker :moss", "kg:speaker :moss , :arland"),
    ("Attribution-speaker-described", "kg:speaker :moss", "kg:speaker :none"),
    ("Quantity-amount", "kg:amount 40.0", 'kg:amount "forty"'),
    ("Quantity-unit", 'kg:unit "accounts" ;', ""),
    ("Quantity-bound", "kg:bound kg:exact", "kg:bound kg:actual"),
    ("Named-label", 'kg:Person ; skos:prefLabel "Ada Moss"', "kg:Person"),
    ("Named-label", 'skos:prefLabel "accounts"', 'skos:prefLabel ""'),
    ("Entity-iso3", '"ARL"', '"Arl"'),
    ("Entity-state", "kg:state :arland", 'kg:state "Arland"'),
    ("Fact-subject", "", f":fact2 {FACT} ; rdf:predicate kg:memberOf ; rdf:object :arland ."),
    ("Fact-predicate", "", f":fact2 {FACT} ; rdf:subject :arland ; rdf:predicate kg:sanctions ; rdf:object :bordur ."),
    ("Fact-object", "", f":fact2 {FACT} ; rdf:subject :arland ; rdf:predicate kg:memberOf ."),
    ("Fact-sentence", "kg:sentence :s2 ; kg:rule :title", "kg:rule :title"),
    ("Fact-rule", "; kg:rule :title", ""),
    ("Fact-title", 'kg:title "envoy"', 'kg:title "envoy" , "consul"'),
    ("Event-described", "kg:event :e1", "kg:event :e1 , :none"),
    ("Event-type", "a kg:Meeting", "a kg:Meating"),
    ("Event-label", 'rdfs:label "Arland – Meeting – Bordur" ;', ""),
    ("Event-report", "", f":e3 {EVENT} ; kg:independentSources 1 ."),
    ("Event-polarity", "kg:polarity kg:affirmed ; kg:modality kg:intended ; kg:status", "kg:modality kg:intended ; kg:status"),
    ("Event-modality", "kg:modality kg:intended ; kg:status", "kg:modality kg:intended , kg:possible ; kg:status"),
    ("Event-stance", "kg:stance kg:denies ;\n    kg:attributedTo", "kg:stance kg:denies , kg:says ;\n    kg:attributedTo"),
    ("Event-status", "kg:status kg:intended", "kg:status kg:intended , kg:possible"),
    ("Event-statusSince", "kg:status kg:intended", "kg:status kg:intended ; kg:statusSince '2025'"),
    ("Event-independentSources", "kg:independentSources 1 ; kg:report :r3", "kg:independentSources 0 ; kg:report :r3"),
    ("Event-conflict", "kg:conflict :c .", "kg:conflict :c , :none ."),
    ("Edge-subject", "", ":edge2 a kg:Edge ; rdf:predicate kg:sanctions ; rdf:object :bordur ; kg:event :e1 ."),
    ("Edge-predicate", "", ":edge2 a kg:Edge ; rdf:subject :moss ; rdf:predicate kg:holdsOffice ; rdf:object :arland ; kg:event :e1 ."),
    ("Edge-object", "", ":edge2 a kg:Edge ; rdf:subject :arland ; rdf:predicate kg:sanctions ; kg:event :e1 ."),
    ("Edge-event", "", VISIT + "."),
    ("Conflict-slot", 'kg:slot "polarity"', 'kg:slot "mood"'),
    ("Conflict-side", "kg:side :c0 , :c1", "kg:side :c0"),
    ("ConflictSide-value", ':c0 kg:value "affirmed" ;', ":c0"),
    ("ConflictSide-report", ':c1 kg:value "negated" ; kg:report :r2', ':c1 kg:value "negated"'),
    ("blank-nodes", "", "[] rdfs:comment 'nameless' ."),
    ("blank-nodes", "", ":arland rdfs:seeAlso _:b ."),
    ("blank-nodes", "", "} _:graph { :arland rdfs:comment 'in a nameless graph' ."),
    ("words-in-sentence", 'kg:trigger "froze"', 'kg:trigger "frozen"'),
    ("words-in-sentence", "kg:triggerStart 97", "kg:triggerStart 50"),
    ("words-in-sentence", 'oa:exact "Arland"', 'oa:exact "Adland"'),
    ("words-in-sentence", 'oa:exact "Ada Moss"', 'oa:exact "Ada Ross"'),
    ("words-in-sentence", 'oa:exact "forty"', 'oa:exact "fifty"'),
    ("words-fill-offsets", "oa:start 39 ; oa:end 83", "oa:start 39 ; oa:end 82"),
    ("words-of-a-role", "kg:placeWords", "kg:placedWords"),
    ("report-in-one-event", "kg:report :r3", "kg:report :r3 , :r1"),
    ("report-in-one-event", "kg:report :r1 , :r2", "kg:report :r1"),
    ("event-without-ground", "kg:modality kg:intended ; kg:status", "kg:modality kg:actual ; kg:status"),
    ("event-participant", "kg:place :porto", "kg:place :porto ; kg:topic :accounts"),
    ("edge-of-plain-event", "", MEET + " ; kg:event :e2 ."),
    ("edge-parties", "", VISIT + " ; kg:event :e1 ."),
    ("edge-explained", "", ":arland kg:visits :bordur ."),
    ("edge-explained", "  :arland kg:sanctions :bordur .", ""),
    ("fact-stated", "", ":arland kg:memberOf :bordur ."),
    ("fact-stated", ":moss kg:holdsOffice :arland .", ""),
    ("described", "kg:attributedTo :moss", "kg:attributedTo :moss , :none"),
    ("described", "", f":arland kg:memberOf :none . :fact2 {FACT} ; rdf:subject :arland ; rdf:predicate kg:memberOf ; rdf:object :none ."),
]  # fmt: skip


@dataclass(frozen=True)
class Trig:
    """A store that holds what is written in TriG."""

    text: str

    def quads(self) -> Iterable[ox.Quad]:
        return ox.parse(PREFIXES + self.text, format=ox.RdfFormat.TRIG)


@dataclass(frozen=True)
class Quads:
    """A store that holds the quads that it is given."""

    given: list[ox.Quad]

    def quads(self) -> Iterable[ox.Quad]:
        return self.given


def edited(old: str, new: str) -> Trig:
    if not old:
        return Trig(WHOLE.rstrip().removesuffix("}") + new + "}")
    assert WHOLE.count(old) == 1, f"{old!r} must stand in the graph once"
    return Trig(WHOLE.replace(old, new))


@cache
def parsed(path: Path) -> Graph:
    """Give a Turtle file as rdflib reads it; nobody writes to it."""
    return Graph().parse(path)


def shapes() -> Graph:
    return parsed(resource_dir("ontology") / "shapes.ttl")


def messages() -> dict[str, str]:
    return {str(shape).partition("#")[2]: str(message) for shape, message in shapes().subject_objects(SH.message)}


def checks() -> list[Path]:
    return sorted((resource_dir("queries") / "checks").glob("*.rq"))


def test_a_whole_graph_conforms() -> None:
    assert validate(Trig(WHOLE)) == []


def test_an_empty_store_conforms() -> None:
    assert validate(Trig("")) == []


@pytest.mark.parametrize(("source", "old", "new"), BROKEN)
def test_a_broken_graph_fails_with_the_message_of_its_shape(source: str, old: str, new: str) -> None:
    found = validate(edited(old, new))
    assert {violation.source for violation in found} == {source}
    if source in messages():
        assert {violation.message for violation in found} == {messages()[source]}
    assert all(violation.focus and violation.message.endswith(".") for violation in found)


def by_a_shacl_processor(store: Trig) -> set[tuple[str, str]]:
    """The nodes at fault and the shapes that say so, as pySHACL finds them."""
    graph = Graph() + parsed(ontology_path())
    for quad in store.quads():
        graph.add(tuple(map(as_rdflib, quad.triple)))
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes())
    return {
        (str(results.value(one, SH.focusNode)), str(results.value(one, SH.sourceShape)).rpartition("#")[2])
        for one in results.subjects(RDF.type, SH.ValidationResult)
    }


def as_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    plain = term.datatype.value.endswith("#string")
    return Literal(term.value, datatype=None if plain else term.datatype.value, normalize=False)


@pytest.mark.parametrize(("source", "old", "new"), [("", "", ""), *BROKEN])
def test_a_shacl_processor_finds_the_same(source: str, old: str, new: str) -> None:
    store = edited(old, new)
    found = {(one.focus, one.source) for one in validate(store)}
    assert {pair for pair in found if pair[1] in messages()} == by_a_shacl_processor(store)


def test_a_store_on_disk_is_checked_and_left_as_it_is(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        store.add([launch(), troops()])
        store.refresh(load_ontology())
        before = sorted(map(str, store.quads()))
        store.handle.add(ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:c"), ox.BlankNode("x")))
        store.handle.flush()
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert {violation.source for violation in validate(store)} == {"blank-nodes"}
        assert sorted(map(str, store.quads())) == before
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_every_shape_and_every_check_has_a_broken_graph() -> None:
    assert {source for source, _, _ in BROKEN} == {*messages(), *(path.stem for path in checks())}


@pytest.mark.parametrize("path", checks(), ids=lambda path: path.stem)
def test_a_check_says_in_its_first_line_what_it_holds(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(".")


@pytest.mark.parametrize(
    "date", ["2025", "2025-01", "2025-01-31", "2024-11-01/2024-11-05", "2025-21", "202X", "2025-01-06?", "2025/.."]
)
def test_dates_in_edtf_conform(date: str) -> None:
    assert (
        validate(
            edited(
                'kg:date "2025-02/2025-03"^^edtf:EDTF ; kg:actorWords', f'kg:date "{date}"^^edtf:EDTF ; kg:actorWords'
            )
        )
        == []
    )


def test_offsets_count_code_points() -> None:
    text = WHOLE.replace("Arland froze forty", "🚀가나다라é froze forty").replace(
        'oa:exact "Arland"', 'oa:exact "🚀가나다라é"'
    )
    assert validate(Trig(text)) == []


def test_what_is_written_of_records_conforms() -> None:
    extractions = [launch(), troops(), troops("denied", polarity="negated")]
    events = [event(report) for extraction in extractions for report in extraction.reports]
    quads = [quad for extraction in extractions for quad in extraction_quads(extraction)]
    quads += [quad for made in events for quad in event_quads(made, load_ontology())]
    assert validate(Quads(quads)) == []


def test_violations_name_the_node_and_are_sorted() -> None:
    text = WHOLE.replace('; kg:iso3 "ARL"', '; kg:iso3 "a"').replace(
        ":porto a kg:City ; skos:prefLabel", ":porto a kg:City ; rdfs:label"
    )
    assert validate(Trig(text)) == [
        Violation("https://w3id.org/kg/id/arland", messages()["Entity-iso3"], "Entity-iso3"),
        Violation("https://w3id.org/kg/id/porto", messages()["Named-label"], "Named-label"),
    ]


def test_classes_of_a_file_that_extends_the_ontology_are_known(tmp_path: Path) -> None:
    extra = tmp_path / "more.ttl"
    extra.write_text(
        PREFIXES + "PREFIX owl: <http://www.w3.org/2002/07/owl#>\n"
        "kg:Handshake a owl:Class ; rdfs:label 'handshake' ; rdfs:subClassOf kg:Meeting .",
        "utf-8",
    )
    store = Trig(WHOLE.replace("kg:Meeting", "kg:Handshake"))
    assert {violation.source for violation in validate(store)} == {"Report-known-type", "Event-type"}
    assert validate(store, ontology=[extra]) == []


def test_a_broken_ontology_is_one_line(tmp_path: Path) -> None:
    extra = tmp_path / "broken.ttl"
    extra.write_text("kg:Handshake a", "utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl: broken Turtle: [^\n]*$"):
        validate(Trig(""), ontology=[extra])
