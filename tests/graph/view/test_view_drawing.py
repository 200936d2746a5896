"""Which nodes and lines are drawn of which events, and where."""

from __future__ import annotations

from itertools import combinations

from view_samples import (
    CHINA,
    JAPAN,
    KURSK,
    NATO,
    NORTH,
    ONTOLOGY,
    RUSSIA,
    SEA,
    SOUTH,
    UKRAINE,
    US,
    article,
    event,
    report,
    simple,
    state,
    world,
)

from kg.graph.view.drawing import draw, family
from kg.graph.view.layout import layout
from kg.graph.view.measures import bends
from kg.graph.view.records import link, pieces
from kg.graph.view.strength import LINES_A_NODE, SIDE_BY_SIDE, parts, strongest
from kg.model import Entity, Event


def lines(*events: Event) -> list[tuple[str, str, str, str, bool, int]]:
    drawing = draw(events, ONTOLOGY)
    labels = {node.key: node.label for node in drawing.nodes}
    return sorted(
        (labels[line.source], labels[line.target], line.type, line.look, line.directed, len(line.events))
        for line in drawing.lines
    )


def one(*args: object, **options: object) -> Event:
    return simple(*args, **options)[0]  # type: ignore[arg-type]


def test_events_of_one_class_and_look_share_a_line_and_others_lie_beside_it() -> None:
    found = lines(
        one("MilitaryAid", NORTH, RUSSIA, "2024", number=1),
        one("MilitaryAid", NORTH, RUSSIA, "2025", number=2),
        one("MilitaryAid", NORTH, RUSSIA, "2026", number=3, modality="intended", status="intended"),
        one("MilitaryAid", RUSSIA, NORTH, "2024", number=4),
    )
    assert found == [
        ("North Korea", "Russia", "MilitaryAid", "actual", True, 2),
        ("North Korea", "Russia", "MilitaryAid", "intended", True, 1),
        ("Russia", "North Korea", "MilitaryAid", "actual", True, 1),
    ]


def test_looks() -> None:
    looks = [
        lines(one("Attack", RUSSIA, UKRAINE, None, **qualities))[0][3]
        for qualities in (
            {"status": "corroborated"},
            {"status": "claimed"},
            {"status": "possible", "modality": "possible"},
            {"status": "denied", "polarity": "negated"},
            {"status": "reported", "polarity": "negated"},
            {"status": "disputed"},
        )
    ]
    assert looks == ["actual", "claimed", "possible", "denied", "denied", "disputed"]


def test_without_recipient_the_place_stands_at_the_end_and_without_place_a_box() -> None:
    assert lines(one("MissileLaunch", NORTH, None, None, place=SEA)) == [
        ("North Korea", "East Sea", "MissileLaunch", "actual", True, 1)
    ]
    assert lines(one("WeaponsTest", CHINA, None, None)) == [("China", "weapons test", "WeaponsTest", "actual", True, 1)]
    assert lines(one("Casualties", None, UKRAINE, None)) == [("casualties", "Ukraine", "Casualties", "actual", True, 1)]


def test_nobody_and_nowhere_is_not_drawn_but_counted() -> None:
    drawing = draw([one("Casualties", None, None, None)], ONTOLOGY)
    assert (drawing.nodes, drawing.lines, drawing.undrawn) == ([], [], [0])


def test_parties_on_one_footing_are_joined_pairwise_without_arrows_and_many_by_a_knot() -> None:
    def meeting(*parties: Entity) -> Event:
        item = article("meeting", f"A meeting of {', '.join(party.label for party in parties)} was held.")
        return event(report(item, "Meeting", "meeting", [("actor", party.label, party) for party in parties]))

    few = lines(meeting(US, SOUTH, JAPAN))
    assert {frozenset(line[:2]) for line in few} == {
        frozenset(pair) for pair in combinations(("United States", "South Korea", "Japan"), 2)
    }
    assert [line[2:] for line in few] == [("Meeting", "actual", False, 1)] * 3
    many = lines(meeting(US, SOUTH, JAPAN, CHINA, RUSSIA))
    assert {line[1] for line in many} == {"meeting"}
    assert len(many) == 5


def test_no_line_leads_from_a_node_to_itself() -> None:
    item = article("self", "Russia moved troop deployment inside Russia.")
    made = report(
        item, "TroopDeployment", "troop deployment", [("actor", "Russia", RUSSIA), ("recipient", "Russia", RUSSIA)]
    )
    assert lines(event(made)) == [("Russia", "troop deployment", "TroopDeployment", "actual", True, 1)]


def test_families_follow_the_ancestors_of_a_kind() -> None:
    assert [family(kind, ONTOLOGY) for kind in (NATO.kind, KURSK.kind, "ArmedForces", "ArmedGroup", "Gizmo")] == [
        "organisation", "place", "organ", "group", "thing",
    ]  # fmt: skip


def test_the_strongest_part_has_whole_lines_only() -> None:
    drawing = draw(world()[0], ONTOLOGY)
    for limit in range(len(drawing.nodes) + 1):
        part = strongest(drawing, limit)
        kept = {node.key for node in part.nodes}
        assert len(kept) <= limit
        assert kept == {end for line in part.lines for end in line.pair}


def test_the_strongest_part_has_no_more_lines_than_can_be_read() -> None:
    crowd = [one(type_, US, JAPAN, None, number=n) for n, type_ in enumerate(_crowd())]
    part = strongest(draw(crowd, ONTOLOGY), 5)
    assert len(part.lines) == SIDE_BY_SIDE
    states = [state(f"S{n}", n) for n in range(12)]
    web = [one("Threat", a, b, None, number=n) for n, (a, b) in enumerate(combinations(states, 2))]
    part = strongest(draw(web, ONTOLOGY), 10)
    assert (len(part.nodes), len(part.lines)) == (10, 10 * LINES_A_NODE)


def _crowd() -> list[str]:
    return sorted(name for name, kind in ONTOLOGY.classes.items() if not kind.symmetric)[: SIDE_BY_SIDE + 3]


def test_levels_grow_and_none_is_shown_twice() -> None:
    states = [state(f"S{n}", n) for n in range(40)]
    drawing = draw([one("Threat", a, states[0], None, number=n) for n, a in enumerate(states[1:])], ONTOLOGY)
    assert [len(part.nodes) for part in parts(drawing, (5, 20))] == [5, 20, 40]
    assert [len(part.nodes) for part in parts(drawing, (5, 50))] == [5, 40]
    assert [len(part.nodes) for part in parts(drawing, (50, 250))] == [40]


def test_places_are_the_same_each_time_and_names_do_not_overlap() -> None:
    boxes = [(80.0, 50.0)] * 30
    links = [(0, other, 150.0) for other in range(1, 12)] + [(a, a + 1, 120.0) for a in range(12, 25)]
    places = layout(boxes, links)
    assert places == layout(boxes, links)
    for (x, y), (other_x, other_y) in combinations(places, 2):
        assert abs(x - other_x) >= 80 or abs(y - other_y) >= 50


def test_layout_of_nothing_of_one_and_of_many() -> None:
    assert layout([], []) == []
    assert layout([(10.0, 10.0)], []) == [(0, 0)]
    many = layout([(60.0, 40.0)] * 700, [(at // 3, at, 100.0) for at in range(1, 700)])
    assert len(set(many)) == 700


def test_a_sentence_is_cut_at_its_marks_by_code_points() -> None:
    assert pieces("😀 ab cd", [(2, 4, "a"), (3, 7, "f"), (-5, 1, "t")]) == [
        ("😀", "t"),
        (" ", ""),
        ("ab", "a"),
        (" cd", "f"),
    ]
    assert "".join(text for text, _ in pieces("한국 🚀", [(0, 99, "t")])) == "한국 🚀"
    assert pieces("", []) == []


def test_only_web_addresses_are_links() -> None:
    assert link("https://news.example/a?b=1&c=2#d") == "https://news.example/a?b=1&c=2#d"
    refused = (
        None,
        "",
        "javascript:alert(1)",
        "//x.example",
        "ftp://x.example",
        "http://",
        "https://a b",
        "http://[::1",
        "data:,x",
    )
    assert [link(url) for url in refused] == [None] * len(refused)


def test_of_equal_lines_the_one_with_more_sources_is_stronger_and_a_box_is_weaker() -> None:
    events = [
        one("Threat", RUSSIA, UKRAINE, None, number=1),
        one("Threat", US, JAPAN, None, number=2, sources=2),
        one("WeaponsTest", CHINA, None, None, number=3),
    ]
    assert [line.type for line in draw(events, ONTOLOGY).lines] == ["Threat", "Threat", "WeaponsTest"]
    assert {node.label for node in strongest(draw(events, ONTOLOGY), 2).nodes} == {"United States", "Japan"}


def test_strength_is_number_of_events_first() -> None:
    events = [one("Threat", state(f"S{n}", n), state("Hub", 99), None, number=n) for n in range(5)]
    events += [one("Threat", US, JAPAN, f"202{n}", number=n) for n in range(3)]
    assert {node.label for node in strongest(draw(events, ONTOLOGY), 2).nodes} == {"United States", "Japan"}


def test_parallel_lines_fan_out_from_the_strongest() -> None:
    assert bends([(0, 1)] * 5) == [0, -0.2, 0.2, -0.4, 0.4]
    assert bends([(0, 1), (1, 0), (2, 0)]) == [0.1, 0.1, 0]  # one each way: both bend to their own right
    many = bends([(0, 1)] * 33)
    assert len(set(many)) == 33
    assert max(map(abs, many)) < 1.5
