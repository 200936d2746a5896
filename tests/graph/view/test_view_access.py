"""Everyone can use the page: by keyboard, by ear, on small and large screens, in the dark, in any script."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from view_samples import UKRAINE, facts, simple, state, threat, world

pytestmark = pytest.mark.browser


def violations(one) -> list[str]:
    found = Axe().run(one.page).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "hash_", ["", "#sel=n0&type=MaterialConflict", "#view=table", "#view=timeline", "#q=nothing+at+all"]
)
def test_axe_finds_nothing(show, scheme: str, hash_: str) -> None:
    events, articles = world()
    told, more = facts()
    one = show((events, articles + more), scheme=scheme, hash_=hash_, facts=told)
    assert violations(one) == []


def test_axe_finds_nothing_with_a_dispute_open_on_a_narrow_screen(show) -> None:
    one = show(world(), width=360)
    one.panel.get_by_role("button", name="troop deployment").first.click()
    one.page.locator("#menu summary").click()
    assert violations(one) == []


def test_all_by_keyboard(show) -> None:
    one = show(threat())
    one.page.locator("#graph").focus()
    one.page.keyboard.press("ArrowRight")
    expect(one.panel.locator("h2")).to_have_text(re.compile("North Korea|Japan"))
    first = one.panel.locator("h2").inner_text()
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        one.page.keyboard.press(key)
    seen = {first}
    for key in ("ArrowRight", "ArrowLeft"):
        one.page.keyboard.press(key)
        seen.add(one.panel.locator("h2").inner_text())
    assert seen == {"North Korea", "Japan"}
    one.page.keyboard.press("Enter")
    expect(one.panel).to_be_focused()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#graph")).to_be_focused()
    expect(one.panel.locator("h2")).to_have_text("At a glance")


def test_the_focus_goes_through_the_page_in_the_order_of_reading(show) -> None:
    one = show(world())
    seen = []
    for _ in range(60):
        one.page.keyboard.press("Tab")
        seen.append(
            one.page.evaluate(
                "document.activeElement.closest('header, #find, .tabs, #view-graph, #panel')?.id || document.activeElement.closest('header, .tabs')?.tagName"
            )
        )
        if seen[-1] == "panel":
            break
    parts = [part for at, part in enumerate(seen) if at == 0 or part != seen[at - 1]]
    assert parts == ["HEADER", "find", "DIV", "view-graph", "panel"]


def test_what_the_arrows_reach_is_said(show) -> None:
    one = show(world())
    one.page.locator("#graph").focus()
    one.page.keyboard.press("ArrowRight")
    expect(one.page.locator("#said")).to_have_text("Russia, state, 8 lines")
    first = one.page.locator("#said").inner_text()
    one.page.keyboard.press("ArrowLeft")
    expect(one.page.locator("#said")).not_to_have_text(first)


def test_escape_lets_go_of_one_thing_after_the_other(show) -> None:
    one = show(world(), hash_="#around=http://www.wikidata.org/entity/Q17&sel=n0")
    one.page.locator("#menu summary").click()
    one.page.keyboard.press("Escape")
    expect(one.page.get_by_role("button", name="Selection as CSV")).to_be_hidden()
    expect(one.panel.get_by_role("button", name="Close the panel")).to_be_visible()
    one.page.keyboard.press("Escape")
    expect(one.panel.locator("h2")).to_have_text("At a glance")
    expect(one.summary).to_contain_text("5 of 25 events")
    one.page.keyboard.press("Escape")
    expect(one.summary).to_have_text("25 events, 26 reports, 3 sources")


def test_slash_leads_to_the_search(show) -> None:
    one = show(world())
    one.page.keyboard.press("/")
    expect(one.page.get_by_label("Search")).to_be_focused()
    expect(one.page.get_by_label("Search")).to_have_value("")


def test_every_control_has_a_name(show) -> None:
    one = show(world())
    nameless = one.page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, [role]:not([role=status])')].filter((x) =>
          !x.textContent.trim() && !x.getAttribute('aria-label') && !x.getAttribute('aria-labelledby') && !x.labels?.length)
          .map((x) => x.outerHTML)"""
    )
    assert nameless == []


@pytest.mark.parametrize("width", [360, 800])
def test_a_narrow_screen_needs_no_sideways_scrolling(show, width: int) -> None:
    one = show(world(), width=width)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    box = one.page.locator("#graph").bounding_box()
    assert box
    assert box["width"] >= 350
    assert box["height"] >= 250
    one.panel.get_by_role("button", name="troop deployment").first.click()
    expect(one.panel.locator("blockquote").first).to_be_visible()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_table_of_a_narrow_screen_says_what_each_cell_is(show) -> None:
    one = show(world(), width=360, hash_="#view=table")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 360
    cell = one.page.locator("td[data-label=Actor]").first
    assert "Actor" in cell.evaluate("node => getComputedStyle(node, '::before').content")


def test_a_wall_of_pixels_is_filled(show) -> None:
    one = show(world(), width=3840, height=2160)
    box = one.page.locator("#graph").bounding_box()
    assert box
    assert box["width"] > 2400
    assert float(one.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")) >= 20


def test_dark_by_system_and_by_button(show) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    one = show(world(), scheme="dark")
    assert one.page.evaluate(ground) == "rgb(20, 24, 29)"
    one.page.get_by_role("button", name="Dark").click()
    assert one.page.evaluate(ground) == "rgb(255, 255, 255)"
    assert one.trouble == []


def test_labels_of_all_scripts(show) -> None:
    names = ["조선민주주의인민공화국", "Россия", "مصر", "עברית", "中国", "🇰🇷 flag 👩‍👩‍👧"]
    made = [simple("Threat", state(name, at), UKRAINE, "2024", number=at) for at, name in enumerate(names)]
    one = show(([event for event, _ in made], [item for _, item in made]))
    for name in names:
        one.page.locator("#choose-actor").select_option(label=f"{name} (1)")
        expect(one.panel.locator(".rows").last).to_contain_text(f"{name} → Ukraine")
        one.page.locator("#choose-actor").select_option(index=0)
    assert one.trouble == []


def test_a_sentence_from_right_to_left_stands_on_the_right(show) -> None:
    made, item = simple("Threat", state("مصر والسودان وليبيا والجزائر", 1), state("إسرائيل", 2), "2024")
    item_text = made.reports[0].sentence.text.replace("Note 0: ", "")
    assert item_text
    one = show(([made], [item]))
    one.panel.get_by_role("button", name="مصر").first.click()
    name = one.panel.locator("h2 bdi")
    assert name.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert UKRAINE.label not in name.inner_text()
