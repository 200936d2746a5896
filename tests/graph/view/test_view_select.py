"""Which events a page shows."""

from __future__ import annotations

import pytest
from view_samples import CHINA, ONTOLOGY, RUSSIA, by_id, simple, world

from kg.errors import QueryError
from kg.graph.view.period import period
from kg.graph.view.select import select

EVENTS, ARTICLES = world()


def chosen(**filters: object) -> list[str]:
    found = select(EVENTS, by_id(ARTICLES), ONTOLOGY, **filters)  # type: ignore[arg-type]
    return [f"{event.type} {event.date}" for event in found]


def test_no_filter_keeps_all_in_order() -> None:
    assert select(EVENTS, by_id(ARTICLES), ONTOLOGY) == EVENTS


def test_actor_by_label_in_any_case_and_by_iri_in_either_core_role() -> None:
    by_label = chosen(actor="cHiNa")
    assert by_label == ["WeaponsTest 2024-12", "MilitaryAid 2024-09", "Accusation 2024-10-30"]
    assert chosen(actor=CHINA.id) == by_label


def test_a_place_or_a_part_of_a_name_is_no_actor() -> None:
    assert chosen(actor="Kursk Oblast") == []
    assert chosen(actor="Chin") == []


def test_a_class_stands_for_all_below_it() -> None:
    assert chosen(types=["weaponstest"]) == [
        "MissileLaunch 2024-11-05",
        "MissileLaunch 2025-01-06",
        "WeaponsTest 2024-12",
    ]
    assert chosen(types=["MissileLaunch"]) == ["MissileLaunch 2024-11-05", "MissileLaunch 2025-01-06"]
    assert len(chosen(types=["Threat", "Support"])) == 2


def test_an_unknown_class_is_named_with_the_nearest() -> None:
    with pytest.raises(QueryError, match="MisileLaunch: no such event class; did you mean MissileLaunch"):
        chosen(types=["MisileLaunch"])


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2025", None, ["2025-01-06", "2025-03"]),
        ("2024-12-31", None, ["2024-12", "2025-01-06", "2025-03", "2024"]),
        (None, "2024-05", ["2024", "2024-05"]),
        ("2024-11-18", "2024-11-19", ["2024-11", "2024-11-18", "2024-11", "2024-11-19", "2024"]),
    ],
)
def test_a_period_keeps_what_overlaps_it_and_drops_the_undated(since: str, until: str, expected: list[str]) -> None:
    assert sorted(line.split()[1] for line in chosen(since=since, until=until)) == sorted(expected)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(QueryError, match="yesterday: not a date"):
        chosen(since="yesterday")


def test_source_is_part_of_publisher_or_path() -> None:
    assert chosen(sources=["daily"]) == ["TroopDeployment 2024-11"]
    assert chosen(sources=["news/denial"]) == ["TroopDeployment 2024-11"]
    assert len(chosen(sources=["harbour", "EVENING"])) == len(EVENTS)
    assert chosen(sources=["nobody"]) == []


def test_filters_combine() -> None:
    assert chosen(actor=RUSSIA.label, types=["MaterialConflict"], since="2024-11-18") == [
        "Attack 2024-11-21",
        "Sanction 2024",
    ]


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025-01-06", ("2025-01-06", "2025-01-06")),
        ("2024-11-01/2024-11-05", ("2024-11-01", "2024-11-05")),
        ("2024-11/..", ("2024-11-01", "2024-11-30")),
        ("2024-05~", ("2024-05-01", "2024-05-31")),
        ("2024-22", ("2024-06-01", "2024-08-31")),
        ("2025-02-30", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_period(edtf: str | None, days: tuple[str, str] | None) -> None:
    assert period(edtf) == days


def test_an_event_of_an_unknown_class_is_kept_unless_classes_are_asked_for() -> None:
    odd, item = simple("Surprise", RUSSIA, CHINA, "2024")
    assert select([odd], by_id([item]), ONTOLOGY) == [odd]
    assert select([odd], by_id([item]), ONTOLOGY, types=["Aid"]) == []
