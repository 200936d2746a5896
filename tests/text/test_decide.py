"""The choice among proposals, and what is too little to tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.iris import WIKIDATA_IRI
from kg.model import Entity, Ontology, Span
from kg.text.decide import Decision, RuleJudge
from kg.text.extract import Candidate, Choice, Proposal
from kg.text.extract.related import ANSWER, UNSAID
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
    found = judge(proposal("actor", PRESIDENT), proposal("recipient", CHAD, at=9, slot=UNSAID, weak=True))
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


@pytest.fixture
def choosing(read, ontology: Ontology, lexicon: Lexicon):
    """Give a function from (entity, slot, log-odds) of those who may be meant to whom the judge takes; least is 0.5."""
    weights = {"any": 2.0, "doubt": -1.0}
    chooser = RuleJudge(ontology, replace(lexicon, weights=weights, choice={"for": 1.0}, least=0.5))
    block = read("raid/NN/ROOT/raid")

    def run(*given: tuple[Entity, str, float]) -> Decision:
        one = candidate(block, proposal("actor", MALI))
        one.choices = [Choice(proposal("recipient", who, slot=slot), {"for": odds}) for who, slot, odds in given]
        found = chooser.decide(one)
        assert found is not None
        return found

    return run


def taken(decision: Decision) -> list[str]:
    return sorted(filler.label for filler in decision.fillers if filler.role == "recipient")


def test_whom_no_word_names_is_taken_from_the_least_chance_on(choosing) -> None:
    assert taken(choosing((CHAD, UNSAID, 0.0))) == ["Chad"]
    assert taken(choosing((CHAD, UNSAID, -0.01))) == []
    assert taken(choosing()) == []


def test_of_those_who_may_be_meant_the_likeliest_is_taken(choosing) -> None:
    assert taken(choosing((CHAD, UNSAID, 1.0), (LIBYA, UNSAID, 2.0))) == ["Libya"]


def test_whom_one_rule_names_together_are_taken_together(choosing) -> None:
    assert taken(choosing((CHAD, ANSWER, 1.0), (LIBYA, ANSWER, -3.0), (TOWN, UNSAID, 0.5))) == ["Chad", "Libya"]


def test_a_doubtful_choice_lowers_the_confidence(choosing) -> None:
    sure, doubtful = choosing((CHAD, UNSAID, 3.0)), choosing((CHAD, UNSAID, 0.0))
    assert doubtful.confidence < sure.confidence
    assert doubtful.features["doubt"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("type_", "role", "private", "told"),
    [
        ("Arrest", "recipient", False, True),
        ("Protest", "actor", False, True),
        ("Arrest", "recipient", True, False),
        ("Arrest", "actor", False, False),
        ("Support", "recipient", False, False),
    ],
)
def test_the_nameless_are_news_in_some_roles(judge, type_: str, role: str, private: bool, told: bool) -> None:
    assert (judge(proposal(role, CROWD, generic=True, private=private), type_=type_) is not None) is told
