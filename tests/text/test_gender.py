"""«He» or «she», by given name and title."""

from kg.model import Entity
from kg.text.resolve.gender import FEMALE, MALE, Genders

NAMES = {FEMALE: frozenset({"rosa"}), MALE: frozenset({"otto"})}
TITLES = {FEMALE: frozenset({"queen"}), MALE: frozenset({"king"})}
ROSA, OTTO, KIM = (Entity.named(name, "Person") for name in ("Rosa Delgado", "Otto Weber", "Kim Lee"))


def test_a_given_name_tells() -> None:
    genders = Genders(NAMES, TITLES)
    assert (genders.of(ROSA), genders.of(OTTO), genders.of(KIM)) == (FEMALE, MALE, None)
    assert not genders.agrees(ROSA, MALE)


def test_who_is_unknown_may_be_meant_by_either() -> None:
    genders = Genders(NAMES, TITLES)
    assert genders.agrees(KIM, MALE)
    assert genders.agrees(KIM, FEMALE)


def test_a_title_tells_more_than_a_name_and_the_first_one_stays() -> None:
    genders = Genders(NAMES, TITLES)
    genders.hear(KIM, "Queen")
    genders.hear(KIM, "king")
    genders.hear(OTTO, "queen mother")
    assert (genders.of(KIM), genders.of(OTTO)) == (FEMALE, FEMALE)
