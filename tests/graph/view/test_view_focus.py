"""The neighbours of one actor, and the ways between two."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from view_samples import CHINA, JAPAN, NATO, NORTH, RUSSIA, SOUTH, UKRAINE, US, simple, world

pytestmark = pytest.mark.browser


def chain():
    """Japan – South Korea – United States – China, and a way round by NATO that is longer than the others."""
    pairs = ((JAPAN, SOUTH), (SOUTH, US), (US, CHINA), (JAPAN, NATO), (NATO, US), (RUSSIA, UKRAINE), (JAPAN, NORTH))
    made = [simple("Threat", a, b, "2024", number=at) for at, (a, b) in enumerate(pairs)]
    return [event for event, _ in made], [item for _, item in made]


def test_only_neighbours_with_the_lines_among_them(show) -> None:
    one = show(world())
    one.panel.get_by_role("button", name="Japan 3").click()
    one.panel.get_by_role("button", name="Only its neighbours").click()
    expect(one.note).to_contain_text("Shown: all 4 nodes and 5 lines.")
    expect(one.summary).to_contain_text("5 of 25 events")
    expect(one.page.locator("#chips")).to_contain_text("Neighbours of: Japan")
    expect(one.page.get_by_label("Around")).to_have_value("Japan")
    one.page.reload()
    one.page.wait_for_selector("html[data-ready]")
    expect(one.summary).to_contain_text("5 of 25 events")
    one.page.locator("#choose-type").select_option(label="Sanction (1)")
    expect(one.note).to_contain_text("Shown: all 2 nodes and 1 line.")
    one.panel.get_by_role("button", name="Show the whole graph").click()
    expect(one.summary).to_contain_text("2 of 25 events")


def test_paths_between_two_shortest_or_through_one(show) -> None:
    one = show(chain())
    one.page.get_by_text("Neighbours and paths").click()
    one.page.get_by_label("Around").fill("japan")
    one.page.get_by_label("Around").press("Enter")
    one.page.get_by_label("and on the way to").fill("China")
    one.page.get_by_label("and on the way to").press("Enter")
    expect(one.note).to_contain_text("Shown: all 5 nodes and 5 lines.")
    expect(one.page.locator("#chips")).to_contain_text("Paths: Japan to China")
    drawn = one.painted()
    one.page.get_by_role("button", name="Fit").click()
    assert one.painted() == drawn  # nothing waits for a second frame
    one.page.get_by_role("tab", name="Table").click()
    expect(one.page.locator("table.events tbody tr")).to_have_count(5)
    one.page.get_by_role("tab", name="Graph").click()
    one.page.get_by_label("Search").fill("NATO")
    expect(one.page.locator("#empty")).to_contain_text("Nothing that passes the filters joins Japan and China.")
    one.page.get_by_role("button", name="Show the whole graph").click()
    expect(one.summary).to_contain_text("2 of 7 events")


def test_two_that_nothing_joins(show) -> None:
    one = show(chain(), hash_=f"#around={JAPAN.id}&path={RUSSIA.id}".replace(":", "%3A"))
    expect(one.page.locator("#empty")).to_contain_text("Nothing that passes the filters joins Japan and Russia.")
    assert one.trouble == []


def test_a_name_that_nobody_has(show) -> None:
    one = show(chain())
    one.page.get_by_text("Neighbours and paths").click()
    field = one.page.get_by_label("Around")
    field.fill("Atlantis")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(one.page.locator("#toast")).to_have_text("No node is called “Atlantis”.")
    expect(one.summary).to_have_text("7 events, 7 reports, 2 sources")


def test_a_node_with_many_neighbours_shows_the_strongest_and_says_so(show) -> None:
    from view_samples import state

    made = [simple("Threat", US, state(f"S{at}", 1000 + at), "2024", number=at) for at in range(40)]
    one = show(([event for event, _ in made], [item for _, item in made]), hash_=f"#around={US.id}")
    expect(one.note).to_contain_text("Shown: the strongest 25 of 41 nodes and 24 of 40 lines.")
    expect(one.summary).to_contain_text("40 events")
    one.note.get_by_role("button", name="Show all").click()
    expect(one.note).to_contain_text("Shown: all 41 nodes and 40 lines.")
