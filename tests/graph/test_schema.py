"""The ontology as plain names, and the one line that says what is wrong with one that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.graph.namespaces import DATA, KG
from kg.graph.schema import load_ontology, ontology_path, ontology_triples
from kg.iris import DATA_IRI, ONTOLOGY_IRI
from kg.model import MODALITIES, POLARITIES, EventClass

PREFIXES = """
PREFIX kg: <https://w3id.org/kg/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def turtle(folder: Path, text: str, name: str = "more.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + text, "utf-8")
    return path


def test_namespaces_are_those_of_the_model() -> None:
    assert (KG, DATA) == (ONTOLOGY_IRI, DATA_IRI)


def test_the_shipped_ontology_has_triples() -> None:
    assert ontology_path().name == "kg.ttl"
    assert len(ontology_triples()) > 1000


def test_an_event_class_has_all_that_the_ontology_says_of_it() -> None:
    assert load_ontology().classes["MissileLaunch"] == EventClass(
        name="MissileLaunch",
        label="missile launch",
        parent="WeaponsTest",
        plover="MOBILIZE",
        symmetric=False,
        edge="launchesMissile",
        ancestors=("WeaponsTest", "Mobilization", "MaterialConflict", "Event"),
    )


def test_the_root_has_no_parent_and_is_above_all_others() -> None:
    classes = load_ontology().classes
    assert classes["Event"].parent is None
    assert all(c.ancestors[-1] == "Event" and c.ancestors[0] == c.parent for c in classes.values() if c.parent)


def test_kinds_know_their_ancestors_nearest_first() -> None:
    ontology = load_ontology()
    assert ontology.kinds["Alliance"] == ("IntergovernmentalOrganisation", "Organisation", "Actor", "Entity")
    assert ontology.is_a("State", "Actor")
    assert ontology.is_a("Waters", "Place")
    assert not ontology.is_a("State", "Place")
    assert not ontology.is_a("Thing", "Entity")


def test_roles_relations_stances_and_statuses() -> None:
    ontology = load_ontology()
    assert ontology.roles == {"actor", "recipient", "instrument", "place", "origin", "topic"}
    assert ontology.relations == {
        "represents", "organOf", "memberOf", "partOf", "capitalOf", "alliedWith", "holdsOffice",
    }  # fmt: skip
    assert ontology.stances == {"says", "believes", "denies", "accuses", "warns", "demands"}
    assert ontology.statuses == {
        "reported", "corroborated", "disputed", "denied", "claimed", "predicted", "intended", "possible",
    }  # fmt: skip


def test_polarities_and_modalities_of_the_model_are_individuals_of_the_ontology() -> None:
    typed = {(t.subject.value, t.object.value) for t in ontology_triples() if t.predicate.value.endswith("#type")}
    assert {s for s, o in typed if o == KG + "Polarity"} == {KG + name for name in POLARITIES}
    assert {s for s, o in typed if o == KG + "Modality"} == {KG + name for name in MODALITIES}


def test_a_file_adds_classes_kinds_roles_and_relations(tmp_path: Path) -> None:
    more = turtle(
        tmp_path,
        """
        kg:Toast a owl:Class ; rdfs:label "ein Prosit"@de , "toast"@en ; rdfs:subClassOf kg:Meeting ;
            skos:notation "CONSULT" ; kg:edge kg:toasts .
        kg:toasts a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:subPropertyOf kg:meetsWith .
        kg:Navy a owl:Class ; rdfs:subClassOf kg:ArmedForces .
        kg:guest a owl:ObjectProperty ; rdfs:subPropertyOf kg:recipient .
        kg:rivalOf a owl:ObjectProperty ; rdfs:subPropertyOf kg:relation .
        """,
    )
    ontology = load_ontology([more])
    assert ontology.classes["Toast"] == EventClass(
        "Toast",
        "toast",
        "Meeting",
        "CONSULT",
        True,
        "toasts",
        ("Meeting", "Consultation", "VerbalCooperation", "Event"),
    )
    assert ontology.is_a("Navy", "Organisation")
    assert "guest" in ontology.roles
    assert "rivalOf" in ontology.relations
    assert ontology.classes.keys() - load_ontology().classes.keys() == {"Toast"}


def test_restrictions_of_a_file_are_no_parents(tmp_path: Path) -> None:
    more = turtle(
        tmp_path,
        """kg:Toast a owl:Class ; rdfs:label "toast" ; rdfs:subClassOf kg:Meeting ,
            [ a owl:Restriction ; owl:onProperty kg:place ; owl:allValuesFrom kg:City ] .""",
    )
    assert load_ontology([more]).classes["Toast"].parent == "Meeting"


TOAST = 'kg:Toast a owl:Class ; rdfs:label "toast" ; rdfs:subClassOf'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kg:Toast a owl:Class ;\n rdfs:label toast", r"more\.ttl: broken Turtle: .*line 7"),
        (f"{TOAST} kg:Meating .", "kg:Toast has the unknown parent kg:Meating"),
        ("kg:x a owl:ObjectProperty ; rdfs:subPropertyOf kg:rolle .", "kg:x has the unknown parent kg:rolle"),
        ("kg:Toast rdfs:subClassOf kg:Meeting .", "kg:Toast is not declared: say that it is an owl:Class"),
        (f"{TOAST} kg:Meeting . kg:Meeting rdfs:subClassOf kg:Toast .", "cannot be above itself.*kg:Toast"),
        ("kg:actor rdfs:subPropertyOf kg:actor .", "cannot be above itself.*kg:actor > kg:actor"),
        (f"{TOAST} kg:Meeting , kg:Visit .", "kg:Toast has more than one parent, kg:Meeting and kg:Visit"),
        ("kg:Toast a owl:Class ; rdfs:subClassOf kg:Visit .", "kg:Toast has no English rdfs:label"),
        ("kg:Visit skos:notation 'AID' .", "kg:Visit has more than one code, AID and CONSULT"),
        ("kg:Visit kg:edge kg:aids .", "kg:Visit has more than one edge, kg:aids and kg:visits"),
        (f"{TOAST} kg:Visit ; kg:edge kg:toasts .", "kg:Toast has the edge kg:toasts, which is no owl:ObjectProperty"),
        (f"{TOAST} kg:Visit ; kg:edge kg:place .", "kg:place, the edge of kg:Toast, is not below kg:interactsWith"),
        (
            f"{TOAST} kg:Visit .".replace("kg:Toast", "<https://a.example/Toast>"),
            "Toast is not in the namespace of kg:",
        ),
    ],
)
def test_a_broken_ontology_is_told_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message) as raised:
        load_ontology([turtle(tmp_path, text)])
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"<no scheme> <b> <c> .", b"@prefix : <", b"\x00"])
def test_bytes_that_are_no_turtle_name_the_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bytes.ttl"
    path.write_bytes(content)
    with pytest.raises(OntologyError, match=r"bytes\.ttl: broken Turtle: [^\n]+$"):
        load_ontology([path])


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.ttl: cannot be read: No such file"):
        load_ontology([tmp_path / "none.ttl"])
    with pytest.raises(OntologyError, match="cannot be read: Is a directory"):
        load_ontology([tmp_path])


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    one = turtle(tmp_path, f"{TOAST} kg:Meeting .", "one.ttl")
    two = turtle(tmp_path, TOAST.replace("Toast", "Brunch") + " kg:Toast .", "two.ttl")
    assert load_ontology([one, two]) == load_ontology([two, one])
    assert list(load_ontology([one, two]).classes) == list(load_ontology([two, one]).classes)
