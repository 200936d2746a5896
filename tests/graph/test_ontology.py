"""`ontology/kg.ttl`: whole, documented, within OWL 2 RL, and free of contradictions under a reasoner."""

from __future__ import annotations

from functools import cache

import owlrl
import pytest
from rdflib import OWL, PROV, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from kg import __version__
from kg.graph.schema import load_ontology, ontology_path

KG = Namespace("https://w3id.org/kg/ontology#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
OA = Namespace("http://www.w3.org/ns/oa#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
ID = Namespace("https://w3id.org/kg/id/")
ONTOLOGY = URIRef("https://w3id.org/kg/ontology")

# class, parent, PLOVER code, whether the actors are on one footing, edge; - for none
EVENTS = """
VerbalCooperation    Event                -          -    -
MaterialCooperation  Event                -          -    -
VerbalConflict       Event                -          -    -
MaterialConflict     Event                -          -    -
Governance           Event                -          -    -
Consultation         VerbalCooperation    CONSULT    -    -
Retreat              MaterialCooperation  RETREAT    -    -
Mobilization         MaterialConflict     MOBILIZE   -    -
Coercion             MaterialConflict     COERCE     -    -
Assault              MaterialConflict     ASSAULT    -    -
Agreement            VerbalCooperation    AGREE      sym  agreesWith
Meeting              Consultation         CONSULT    sym  meetsWith
Visit                Consultation         CONSULT    -    visits
Mediation            Consultation         CONSULT    -    mediates
Support              VerbalCooperation    SUPPORT    -    supports
Concession           VerbalCooperation    CONCEDE    -    concedesTo
Cooperation          MaterialCooperation  COOPERATE  sym  cooperatesWith
JointExercise        Cooperation          COOPERATE  sym  exercisesWith
IntelligenceSharing  Cooperation          COOPERATE  -    sharesIntelligenceWith
TechnologyTransfer   Cooperation          COOPERATE  -    transfersTechnologyTo
Trade                Cooperation          COOPERATE  sym  tradesWith
Accession            Cooperation          COOPERATE  -    joins
Aid                  MaterialCooperation  AID        -    aids
MilitaryAid          Aid                  AID        -    suppliesArmsTo
Withdrawal           Retreat              RETREAT    -    withdrawsFrom
Ceasefire            Retreat              RETREAT    sym  ceasesFireWith
Release              Retreat              RETREAT    -    releases
Demand               VerbalConflict       REQUEST    -    demandsOf
Accusation           VerbalConflict       ACCUSE     -    accuses
Investigation        Accusation           ACCUSE     -    investigates
Rejection            VerbalConflict       REJECT     -    rejects
Threat               VerbalConflict       THREATEN   -    threatens
Protest              MaterialConflict     PROTEST    -    protestsAgainst
Sanction             MaterialConflict     SANCTION   -    sanctions
Expulsion            Sanction             SANCTION   -    expels
TroopDeployment      Mobilization         MOBILIZE   -    deploysForcesTo
WeaponsTest          Mobilization         MOBILIZE   -    testsWeapon
MissileLaunch        WeaponsTest          MOBILIZE   -    launchesMissile
NuclearTest          WeaponsTest          MOBILIZE   -    testsWeapon
MilitaryExercise     Mobilization         MOBILIZE   -    exercisesIn
Seizure              Coercion             COERCE     -    seizes
Arrest               Coercion             COERCE     -    arrests
Blockade             Coercion             COERCE     -    blockades
CyberAttack          Coercion             COERCE     -    cyberattacks
Attack               Assault              ASSAULT    -    attacks
Combat               Assault              ASSAULT    sym  fights
Casualties           Assault              -          -    -
Election             Governance           -          -    -
LeadershipChange     Governance           -          -    -
Coup                 LeadershipChange     -          -    overthrows
"""
EVENT_ROWS = [tuple(line.split()) for line in EVENTS.split("\n") if line]

KINDS = """
State Government Ministry ArmedForces IntelligenceAgency Person IntergovernmentalOrganisation Alliance ArmedGroup
PoliticalParty Company MediaOutlet Organisation Place Country Region City Waters Weapon Technology Actor Entity
"""

# The axioms between named terms that the ontology may use; all of them are within OWL 2 RL.
AXIOMS = {
    RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith, OWL.differentFrom,
}  # fmt: skip
DECLARATIONS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual}
CHARACTERISTICS = {OWL.SymmetricProperty, OWL.FunctionalProperty}
RL_DATATYPES = {XSD.string, XSD.integer, XSD.decimal, XSD.boolean}
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@cache
def shipped() -> Graph:
    return Graph().parse(ontology_path())


def own_terms() -> list[URIRef]:
    return sorted({s for s in shipped().subjects() if s.startswith(KG)})


def of_type(kind: URIRef) -> set[URIRef]:
    return set(shipped().subjects(RDF.type, kind))


@pytest.mark.parametrize(("name", "parent", "plover", "symmetric", "edge"), EVENT_ROWS)
def test_each_event_class_is_as_agreed(name: str, parent: str, plover: str, symmetric: str, edge: str) -> None:
    found = load_ontology().classes[name]
    assert (found.parent, found.plover or "-", found.edge or "-") == (parent, plover, edge)
    assert found.symmetric == (symmetric == "sym")


def test_there_are_no_other_event_classes() -> None:
    assert set(load_ontology().classes) == {"Event", *(row[0] for row in EVENT_ROWS)}


def test_entity_classes_are_those_agreed() -> None:
    assert set(load_ontology().kinds) == set(KINDS.split())


def test_an_edge_is_below_the_edge_of_the_class_above() -> None:
    classes = load_ontology().classes
    pairs = [
        (c.edge, classes[c.parent].edge) for c in classes.values() if c.edge and c.parent and classes[c.parent].edge
    ]
    below = {(lower, upper) for lower, upper in pairs if lower != upper}
    assert below
    assert all((KG[lower], RDFS.subPropertyOf, KG[upper]) in shipped() for lower, upper in below if lower and upper)


def test_no_edge_is_without_a_class() -> None:
    edges = set(shipped().transitive_subjects(RDFS.subPropertyOf, KG.interactsWith)) - {KG.interactsWith}
    assert edges == {KG[c.edge] for c in load_ontology().classes.values() if c.edge}


@pytest.mark.parametrize("term", own_terms(), ids=lambda term: term.removeprefix(KG))
def test_each_term_has_one_label_and_one_definition(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        (text,) = shipped().objects(term, predicate)
        assert isinstance(text, Literal)
        assert text.language == "en"
        assert text.strip()
    assert str(shipped().value(term, SKOS.definition)).endswith(".")


def test_each_status_is_explained_further() -> None:
    statuses = set(shipped().subjects(RDF.type, KG.Status))
    assert {str(status).removeprefix(KG) for status in statuses} == load_ontology().statuses
    assert all(len(str(shipped().value(status, RDFS.comment) or "")) > 60 for status in statuses)


def test_every_event_class_below_the_quads_says_who_takes_part() -> None:
    above = {c.parent for c in load_ontology().classes.values()}
    leaves = {KG[name] for name in load_ontology().classes} - {KG[name] for name in above if name}
    hinted = set(shipped().subjects(KG.recipientMeans)) | set(shipped().subjects(KG.actorMeans))
    assert leaves <= hinted
    roles = set(shipped().transitive_subjects(RDFS.subPropertyOf, KG.participant))
    assert set(shipped().objects(None, KG.takesRole)) <= roles


def test_the_header_names_version_licence_title_and_description() -> None:
    (header,) = shipped().subjects(RDF.type, OWL.Ontology)
    assert header == ONTOLOGY
    assert shipped().value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{__version__}")
    assert shipped().value(ONTOLOGY, DCTERMS.license) == URIRef("https://spdx.org/licenses/MIT")
    assert shipped().value(ONTOLOGY, DCTERMS.title)
    assert shipped().value(ONTOLOGY, DCTERMS.description)
    assert not list(shipped().objects(None, OWL.imports))


def test_there_is_no_blank_node() -> None:
    assert not [term for triple in shipped() for term in triple if isinstance(term, BNode)]


def test_only_axioms_of_owl_2_rl_are_used() -> None:
    annotations = of_type(OWL.AnnotationProperty) | {
        RDFS.label,
        RDFS.comment,
        RDFS.seeAlso,
        OWL.versionIRI,
        OWL.versionInfo,
    }
    assert set(shipped().predicates()) <= AXIOMS | annotations
    types = set(shipped().objects(None, RDF.type)) - {OWL.Ontology}
    assert types <= DECLARATIONS | CHARACTERISTICS | {t for t in types if t.startswith(KG)}


def test_every_term_that_an_axiom_uses_is_declared_as_what_it_is_used_for() -> None:
    graph, classes = shipped(), of_type(OWL.Class)
    for predicate in (RDFS.subClassOf, OWL.disjointWith):
        assert {term for s, o in graph.subject_objects(predicate) for term in (s, o)} <= classes
    assert set(graph.objects(None, RDFS.domain)) <= classes
    for kind, ranges in ((OWL.ObjectProperty, classes), (OWL.DatatypeProperty, RL_DATATYPES)):
        properties = of_type(kind)
        assert {o for s, o in graph.subject_objects(RDFS.range) if s in properties} <= ranges
        above = {o for s, o in graph.subject_objects(RDFS.subPropertyOf) if s in properties}
        assert above <= properties
    assert of_type(OWL.SymmetricProperty) | of_type(OWL.FunctionalProperty) <= of_type(OWL.ObjectProperty)


def test_no_property_is_of_two_kinds_and_no_own_term_is_undeclared() -> None:
    kinds = [of_type(kind) for kind in PROPERTY_KINDS]
    assert sum(map(len, kinds)) == len(set().union(*kinds))
    assert not of_type(OWL.Class) & set().union(*kinds)
    declared = set().union(*(of_type(kind) for kind in DECLARATIONS))
    assert {t for triple in shipped() for t in triple if isinstance(t, URIRef) and t.startswith(KG)} <= declared


@pytest.mark.parametrize(
    ("lower", "relation", "upper"),
    [
        (KG.Event, RDFS.subClassOf, SEM.Event),
        (KG.Actor, RDFS.subClassOf, SEM.Actor),
        (KG.Actor, RDFS.subClassOf, PROV.Agent),
        (KG.Place, RDFS.subClassOf, SEM.Place),
        (KG.Article, RDFS.subClassOf, PROV.Entity),
        (KG.Sentence, RDFS.subClassOf, OA.TextQuoteSelector),
        (KG.Sentence, RDFS.subClassOf, OA.TextPositionSelector),
        (KG.sentence, RDFS.subPropertyOf, PROV.wasDerivedFrom),
        (KG.article, RDFS.subPropertyOf, PROV.wasQuotedFrom),
        (KG.place, RDFS.subPropertyOf, SEM.hasPlace),
        (KG.Modality, RDFS.subClassOf, SKOS.Concept),
    ],
)
def test_terms_are_aligned(lower: URIRef, relation: URIRef, upper: URIRef) -> None:
    assert (lower, relation, upper) in shipped()


SAMPLE = """
PREFIX kg: <https://w3id.org/kg/ontology#>
PREFIX : <https://w3id.org/kg/id/>
:arland a kg:State , kg:Country ; kg:exercisesWith :bordur ; kg:launchesMissile :syldon .
:bordur a kg:State . :syldon a kg:Country . :moss a kg:Person ; kg:represents :arland ; kg:holdsOffice :arland .
:accounts a kg:Thing . :porto a kg:City ; kg:capitalOf :arland ; kg:state :arland .
:article a kg:Article . :s a kg:Sentence ; kg:article :article .
:r a kg:Report ; kg:type kg:MissileLaunch ; kg:sentence :s ; kg:polarity kg:affirmed ; kg:modality kg:actual ;
    kg:stance kg:accuses ; kg:actorWords :m ; kg:attribution :a .
:m kg:means :arland . :a kg:speaker :moss .
:e a kg:MissileLaunch ; kg:actor :arland ; kg:recipient :accounts , :syldon ; kg:place :porto , :arland ;
    kg:polarity kg:affirmed ; kg:modality kg:possible ; kg:status kg:possible ; kg:report :r ; kg:attributedTo :moss .
:edge a kg:Edge ; kg:event :e .
"""


def closed(extra: str = "") -> Graph:
    graph = Graph().parse(ontology_path()).parse(data=SAMPLE + extra, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def errors(graph: Graph) -> list[str]:
    found = [f"{node} is of owl:Nothing" for node in graph.subjects(RDF.type, OWL.Nothing)]
    return found + [
        str(text) for text in graph.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))
    ]


def test_a_reasoner_finds_no_contradiction_and_infers_what_is_meant() -> None:
    graph = closed()
    assert errors(graph) == []
    assert (ID.e, RDF.type, KG.MaterialConflict) in graph
    assert (ID.bordur, KG.exercisesWith, ID.arland) in graph
    assert (ID.bordur, KG.cooperatesWith, ID.arland) in graph
    assert (ID.arland, KG.testsWeapon, ID.syldon) in graph
    assert (ID.e, SEM.hasActor, ID.arland) in graph
    assert (ID.r, PROV.wasDerivedFrom, ID.s) in graph
    assert (ID.s, RDF.type, KG.Sentence) in graph
    assert (ID.m, RDF.type, KG.Mention) in graph
    assert (ID.arland, OWL.sameAs, ID.bordur) not in graph


@pytest.mark.parametrize(
    "contradiction",
    [
        ":e kg:polarity kg:negated .",
        ":e a kg:Report .",
        ":moss a kg:State .",
        ":arland a kg:Weapon .",
    ],
)
def test_a_reasoner_finds_contradictions(contradiction: str) -> None:
    assert errors(closed(contradiction))


def test_each_role_has_a_property_for_the_words_that_fill_it() -> None:
    roles = {str(role) for role in shipped().transitive_subjects(RDFS.subPropertyOf, KG.participant)} - {
        str(KG.participant)
    }
    words = {str(name) for name in shipped().subjects(RDFS.subPropertyOf, KG.words)}
    assert words == {f"{role}Words" for role in roles}
