"""An attack and its toll: which two candidates of a clause are one event, and what it holds."""

from __future__ import annotations

from typing import Any

import pytest

from kg.iris import WIKIDATA_IRI
from kg.model import Entity, Ontology, Span
from kg.text.extract import Candidate, Choice, Proposal
from kg.text.extract.tolls import Tolls
from kg.text.lexicon import Lexicon

CHAD, MALI = (Entity(WIKIDATA_IRI + name, name, "State") for name in ("Chad", "Mali"))
TOWN = Entity(WIKIDATA_IRI + "Sabha", "Sabha", "City")
KILLED = (
    "raid/NN/nsubj/killed on/IN/prep/raid Sabha/NNP/pobj/on killed/VBD/ROOT/killed/kill farmers/NNS/dobj/killed "
    "after/IN/prep/killed storm/NN/pobj/after"
)
DIED = "farmers/NNS/nsubj/died died/VBD/ROOT/died/die in/IN/prep/died raid/NN/pobj/in"


def proposal(role: str, entity: Entity | None) -> Proposal:
    return Proposal(role, entity.label if entity else "farmers", Span(0, 1, "x"), entity, "subject", generic=not entity)


@pytest.fixture
def join(read, lexicon: Lexicon, ontology: Ontology):
    """Give a function from a parse and (word, class, (role, entity)…) to (class, trigger, fillers) of what is left."""

    def run(parse: str, *given: tuple[Any, ...]) -> list[tuple[str, str, list[tuple[str, str]]]]:
        block = read(parse)
        words = {token.text: token for token in block.doc}
        found = [
            Candidate(kind, "rule", block, words[word], words[word], [proposal(*pair) for pair in pairs],
                      choices=[Choice(proposal("recipient", MALI), {})])
            for word, kind, *pairs in given
        ]  # fmt: skip
        left = Tolls(lexicon, ontology).join(found)
        assert all(one in found or one.choices == [] for one in left)  # who suffers a toll is known
        return [(c.type, c.trigger.text, sorted((p.role, p.label) for p in c.proposals)) for c in left]

    return run


RAID = ("raid", "Attack", ("actor", CHAD), ("recipient", TOWN))
TOLL = [("actor", "Chad"), ("place", "Sabha"), ("recipient", "farmers")]


def test_the_noun_tells_the_doer_and_the_place_and_the_verb_the_victims(join) -> None:
    assert join(KILLED, RAID, ("killed", "Attack", ("recipient", None))) == [("Attack", "killed", TOLL)]
    assert join(DIED, ("died", "Casualties", ("recipient", None)), RAID) == [("Attack", "died", TOLL)]


def test_a_doer_named_twice_is_one(join) -> None:
    killed = ("killed", "Attack", ("actor", CHAD), ("recipient", None))
    assert join(KILLED, RAID, killed) == [("Attack", "killed", TOLL)]


def test_a_known_place_stays(join) -> None:
    raid = ("raid", "Attack", ("actor", CHAD), ("recipient", MALI), ("place", TOWN))
    assert join(KILLED, raid, ("killed", "Attack", ("recipient", None))) == [("Attack", "killed", TOLL)]


@pytest.mark.parametrize(
    "given",
    [
        [RAID, ("killed", "Attack", ("actor", MALI), ("recipient", None))],
        [RAID, ("killed", "Attack", ("actor", MALI))],
        [("raid", "Arrest", ("actor", CHAD)), ("killed", "Attack", ("recipient", None))],
        [("storm", "Attack", ("actor", CHAD)), ("killed", "Attack", ("recipient", None))],
        [RAID, ("killed", "Meeting", ("recipient", None))],
    ],
    ids=["another doer", "no victims", "no attack", "not the cause", "no toll"],
)
def test_near_misses_stay_two(join, given) -> None:
    assert [found[:2] for found in join(KILLED, *given)] == [(kind, word) for word, kind, *_ in given]
