"""The choice among proposals, and what is too little to tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.iris import WIKIDATA_IRI
from kg.model import Entity, Ontology, Span
from kg.text.decide import Decision, RuleJudge
from kg.text.extract import Candidate, Proposal
from kg.text.extract.related import HOME
from kg.text.lexicon import Lexicon

CHAD, LIBYA, MALI = (Entity(WIKIDATA_IRI + name, name, "State") for name in ("Chad", "Libya", "Mali"))
ARMY = Entity.named("Chadian army", "ArmedForces", state=CHAD.id)
PRESIDENT = Entity.named("Ali Deby", "Person", state=CHAD.id)
TOWN = Entity(WIKIDATA_IRI + "Sabha", "Sabha", "City", state=LIBYA.id)
CROWD = Entity.named("crowd", "Organisation")
WEIGHTS = {"any": 2.0, "weak slot": -1.0, "unnamed": -1.0, "points back": -0.5, "one party": -1.0}


def proposal(role: str, entity: Entity | None, *, at: int = 0, **more: Any) -> Proposal:
    label = entity.label if entity else "rockets"
    return Proposal(role, label, Span(at, at + len(label), label), entity, more.pop("slot", "subject"), **more)


def candidate(block: Any, *proposals: Proposal, type_: str = "Attack") -> Candidate:
    return Candidate(type_, "rule", block, block.doc[0], block.doc[0], list(proposals))


@pytest.fixture
def rules(ontology: Ontology, lexicon: Lexicon) -> RuleJudge:
    return RuleJudge(ontology, replace(lexicon, weights=WEIGHTS))


@pytest.fixture
def judge(read, rules: RuleJudge):
    block = read("raid/NN/ROOT/raid")

    def run(*proposals: Proposal, type_: str = "Attack") -> Decision | None:
        return rules.decide(candidate(block, *(replace(p) for p in proposals), type_=type_))

    return run


def parties(decision: Decision | None) -> list[tuple[str, str]]:
    assert decision is not None
    return sorted((filler.role, filler.label) for filler in decision.fillers)


def test_what_is_proposed_is_taken(judge) -> None:
    found = judge(proposal("actor", CHAD), proposal("recipient", LIBYA, at=9), proposal("instrument", None, at=20))
    assert parties(found) == [("actor", "Chad"), ("instrument", "rockets"), ("recipient", "Libya")]
    assert found.confidence == pytest.approx(0.88)  # the logistic of what speaks for any report
    assert found.notes == ()


def test_the_fillers_keep_their_words(judge) -> None:
    found = judge(proposal("actor", CHAD, at=7))
    assert found.fillers[0].span == Span(7, 11, "Chad")
    assert found.fillers[0].entity == CHAD


def test_the_weak_give_way_to_the_strong_of_the_same_role(judge) -> None:
    weak = proposal("recipient", LIBYA, weak=True)
    assert parties(judge(proposal("actor", CHAD), weak)) == [("actor", "Chad"), ("recipient", "Libya")]
    assert parties(judge(proposal("actor", CHAD), weak, proposal("recipient", MALI))) == [
        ("actor", "Chad"),
        ("recipient", "Mali"),
    ]


def test_nobody_does_it_to_himself(judge) -> None:
    assert parties(judge(proposal("actor", CHAD), proposal("recipient", CHAD, at=9))) == [("actor", "Chad")]


@pytest.mark.parametrize("part", [ARMY, PRESIDENT], ids=["organ", "representative"])
def test_a_state_beside_its_own_part_says_the_same_twice(judge, part: Entity) -> None:
    assert parties(judge(proposal("actor", CHAD), proposal("actor", part, at=9))) == [("actor", part.label)]


def test_a_state_and_its_army_may_meet_in_different_roles(judge) -> None:
    found = judge(proposal("actor", ARMY), proposal("recipient", CHAD, at=9))
    assert parties(found) == [("actor", "Chadian army"), ("recipient", "Chad")]


def test_a_guess_is_no_part_of_the_same_state(judge) -> None:
    found = judge(proposal("actor", PRESIDENT), proposal("recipient", CHAD, at=9, slot=HOME, weak=True))
    assert parties(found) == [("actor", "Ali Deby")]


def test_one_party_named_twice_is_one(judge) -> None:
    assert parties(judge(proposal("actor", CHAD), proposal("actor", CHAD, at=30))) == [("actor", "Chad")]


def test_the_nameless_need_a_place(judge) -> None:
    crowd = proposal("actor", CROWD, generic=True)
    assert judge(crowd) is None
    assert parties(judge(crowd, proposal("place", TOWN, at=9))) == [("actor", "crowd"), ("place", "Sabha")]
    assert parties(judge(crowd, proposal("recipient", LIBYA, at=9))) == [("actor", "crowd"), ("recipient", "Libya")]


def test_a_place_or_a_thing_alone_is_nothing(judge) -> None:
    assert judge(proposal("place", TOWN)) is None
    assert judge(proposal("instrument", None)) is None
    assert judge() is None


def test_a_symmetric_event_has_actors_only(judge) -> None:
    found = judge(proposal("actor", CHAD), proposal("recipient", MALI, at=9), type_="Meeting")
    assert parties(found) == [("actor", "Chad"), ("actor", "Mali")]


def test_one_does_not_meet_alone(judge) -> None:
    assert judge(proposal("actor", CHAD), type_="Meeting") is None
    assert judge(proposal("actor", CHAD), proposal("recipient", CHAD, at=9), type_="Meeting") is None
    assert parties(judge(proposal("actor", CHAD), proposal("place", TOWN, at=9), type_="Meeting")) == [
        ("actor", "Chad"),
        ("place", "Sabha"),
    ]


def test_what_may_mislead_lowers_the_confidence(judge) -> None:
    plain = judge(proposal("actor", CHAD), proposal("recipient", LIBYA)).confidence
    for doubt in ({"weak": True}, {"generic": True}, {"note": "it: taken for Chad"}):
        doubted = judge(proposal("actor", CHAD, **doubt), proposal("recipient", LIBYA)).confidence
        assert 0 < doubted < plain
    assert 0 < judge(proposal("actor", CHAD)).confidence < plain


def test_the_notes_of_the_chosen_are_kept_and_no_others(judge) -> None:
    found = judge(
        proposal("actor", CHAD, note="it: taken for Chad"),
        proposal("recipient", LIBYA),
        proposal("recipient", MALI, weak=True, note="guessed"),
    )
    assert found.notes == ("it: taken for Chad",)


def test_the_order_of_proposals_of_different_roles_changes_nothing(judge) -> None:
    given = [proposal("actor", CHAD), proposal("recipient", LIBYA, at=9), proposal("place", TOWN, at=20)]
    assert judge(*given) == judge(*reversed(given))


def test_to_decide_twice_gives_the_same(read, rules: RuleJudge) -> None:
    one = candidate(
        read("talks/NNS/ROOT/talks"), proposal("actor", CHAD), proposal("recipient", MALI, at=9), type_="Meeting"
    )
    assert rules.decide(one) == rules.decide(one)


def test_the_features_say_what_the_confidence_is_made_of(judge) -> None:
    found = judge(proposal("actor", CHAD, note="it: taken for Chad"), proposal("recipient", CROWD, generic=True))
    assert {"class Attack", "points back", "unnamed"} <= found.features.keys()
    assert not {"one party", "weak slot", "title"} & found.features.keys()
