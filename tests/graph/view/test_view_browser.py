"""The page as a person uses it, in real Chromium, from disk, with no network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from view_samples import US, facts, simple, state, threat, world

pytestmark = pytest.mark.browser


def test_opens_whole_and_quietly(show) -> None:
    one = show(world(), title="Korea and others")
    expect(one.page).to_have_title("Korea and others")
    expect(one.summary).to_have_text("25 events, 26 reports, 3 sources")
    assert one.page.evaluate("getComputedStyle(document.querySelector('main')).display") == "grid"
    assert one.painted() > 2000
    assert one.trouble == []


def test_clicking_a_line_shows_its_sentence_with_source_and_marks(show) -> None:
    one = show(threat())
    graph = one.page.locator("#graph").bounding_box()
    assert graph
    for aside in (0, -10, 10, -20, 20):  # the names under the nodes are part of what is centred
        one.page.mouse.click(graph["x"] + graph["width"] / 2, graph["y"] + graph["height"] / 2 + aside)
        if one.panel.locator("blockquote").count():
            break
    expect(one.panel.locator("blockquote")).to_have_text("Note 1: North Korea threat Japan.")
    expect(one.panel.locator("mark.t")).to_have_text("threat")
    expect(one.panel.locator("mark.a")).to_have_text(["North Korea", "Japan"])
    expect(one.panel.locator("figcaption")).to_contain_text("Evening Courier, 2025-01-06")
    link = one.panel.locator("figcaption a")
    expect(link).to_have_attribute("href", "https://news.example/threat")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    one.page.keyboard.press("Escape")
    expect(one.panel.locator("blockquote")).to_have_count(0)
    assert one.trouble == []


def test_a_disputed_event_shows_both_sides_speakers_and_numbers(show) -> None:
    one = show(world())
    one.panel.get_by_role("button", name="troop deployment").first.click()
    expect(one.panel.locator(".conflict th")).to_have_text(["It happened", "It did not happen"])
    expect(one.panel.locator("figcaption").first).to_contain_text(
        "according to Harbour Wire → Joint Chiefs of Staff (says)"
    )
    expect(one.panel.locator("figcaption").last).to_contain_text("negated")
    expect(one.panel.locator("dl").first).to_contain_text("at least 11,000 soldiers")
    expect(one.panel.locator("dl").first).to_contain_text(
        "Disputed, since 2025-01-06The reports contradict each other."
    )
    expect(one.panel).to_contain_text("A party sends its forces.")
    expect(one.panel.locator("dl").first).to_contain_text("2: Origin 0, Origin 1")
    sides = one.panel.locator(".conflict td")
    expect(sides.first).to_contain_text("sent about 11,000 soldiers to Kursk Oblast")
    expect(sides.last).to_contain_text("no soldiers from North Korea were sent")
    expect(one.panel.locator("blockquote").first).to_contain_text("Kursk Oblast 🚢.")


def test_search_and_filters_combine_and_count(show) -> None:
    one = show(world())
    one.page.get_by_label("Search").fill("attack")
    expect(one.summary).to_have_text("4 of 25 events, 4 reports, 2 sources")
    expect(one.page.locator("#choose-actor").locator("option")).to_contain_text(
        ["All actors", "Northern Front (1)", "Russia (3)", "Ukraine (4)"]
    )
    one.page.locator("#choose-actor").select_option(label="Russia (3)")
    expect(one.summary).to_contain_text("3 of 25 events")
    one.page.get_by_text("More filters").click()
    one.page.get_by_label("Independent sources, at least").fill("2")
    one.page.get_by_label("Independent sources, at least").press("Enter")
    expect(one.summary).to_contain_text("1 of 25 events")
    expect(one.page.locator("#active-filters")).to_have_text("(3 set)")
    one.page.get_by_role("button", name="Reset", exact=True).click()
    expect(one.summary).to_have_text("25 events, 26 reports, 3 sources")


def test_a_name_that_is_searched_for_is_opened(show) -> None:
    one = show(world())
    search = one.page.get_by_role("combobox", name="Search")
    search.fill("ukraine")
    expect(one.summary).to_contain_text("7 of 25 events")
    expect(one.panel.locator("h2")).to_have_text("At a glance")
    search.press("Enter")
    expect(one.panel.locator("h2")).to_have_text("Ukraine")


def test_a_class_stands_for_those_below_it(show) -> None:
    one = show(world())
    one.page.locator("#choose-type").select_option(value="Mobilization")
    expect(one.summary).to_contain_text("4 of 25 events")


def test_unticking_a_status_in_the_legend_hides_its_lines(show) -> None:
    one = show(world())
    before = one.painted()
    one.page.get_by_role("checkbox", name=re.compile("Reported as fact")).uncheck()
    expect(one.summary).to_contain_text("6 of 25 events")
    assert one.painted() < before
    one.page.get_by_role("checkbox", name=re.compile("Reported as fact")).check()
    expect(one.summary).to_contain_text("25 events")


def test_the_period_is_set_by_keys_and_by_dragging_over_the_bars(show) -> None:
    one = show(world())
    first = one.page.get_by_label("First date")
    first.focus()
    for _ in range(12):
        first.press("ArrowRight")
    expect(one.summary).to_contain_text("2 of 25 events")
    expect(one.page.locator("#period-text")).to_contain_text("2025-01 to 2025-03")
    bars = one.page.locator("#bars").bounding_box()
    assert bars
    width = bars["width"] / 15
    one.page.mouse.move(bars["x"] + 4.5 * width, bars["y"] + 20)
    one.page.mouse.down()
    one.page.mouse.move(bars["x"] + 5.5 * width, bars["y"] + 20)
    one.page.mouse.up()
    expect(one.page.locator("#period-text")).to_contain_text("2024-05 to 2024-06")
    expect(one.summary).to_contain_text("3 of 25 events")


def test_the_address_keeps_the_view(show) -> None:
    one = show(world())
    one.page.get_by_label("Search").fill("sanction")
    expect(one.summary).to_contain_text("2 of 25")
    one.page.get_by_role("tab", name="Table").click()
    one.page.reload()
    one.page.wait_for_selector("html[data-ready]")
    expect(one.summary).to_contain_text("2 of 25")
    expect(one.page.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    expect(one.page.locator("table.events tbody tr")).to_have_count(2)


def test_no_events_say_so(show) -> None:
    one = show(([], []))
    expect(one.page.locator("#empty")).to_contain_text("There are no events here")
    assert one.trouble == []


def test_nothing_left_by_filters_says_so_and_resets(show) -> None:
    one = show(world())
    one.page.get_by_label("Search").fill("no such words")
    expect(one.page.locator("#empty")).to_contain_text("No event passes these filters")
    one.page.get_by_role("button", name="Reset the filters").click()
    expect(one.page.locator("#empty")).to_be_hidden()
    expect(one.summary).to_have_text("25 events, 26 reports, 3 sources")


def test_events_that_cannot_be_drawn_are_in_the_table(show) -> None:
    made, item = simple("Casualties", None, None, "2024")
    one = show(([made], [item]))
    expect(one.page.locator("#empty")).to_contain_text("nothing to draw")
    one.page.get_by_role("button", name="See the table").click()
    expect(one.page.locator("table.events tbody tr")).to_have_count(1)


@pytest.mark.parametrize(
    "hash_",
    [
        "#view=nonsense&sel=e999&sources=NaN",
        "#sel=v-1&type=__proto__&around=__proto__&hide=constructor",
        "#q=%",
        "#from=zzz&to=0",
    ],
)
def test_an_odd_address_does_no_harm(show, hash_: str) -> None:
    one = show(world())
    one.reopen(hash_)
    expect(one.summary).to_contain_text(
        "of 25 events" if "type" in hash_ or "from" in hash_ or "q" in hash_ else "25 events"
    )
    assert one.trouble == []


def test_table_sorts_and_opens_events(show) -> None:
    one = show(world())
    one.page.get_by_role("tab", name="Table").click()
    one.page.get_by_role("button", name="Independent").click()
    one.page.get_by_role("button", name="Independent").click()
    rows = one.page.locator("table.events tbody tr")
    expect(rows.first).to_contain_text("2024-11-17")
    expect(one.page.locator("th[aria-sort=descending]")).to_contain_text("Independent")
    rows.first.get_by_role("button").click()
    expect(one.panel.locator("blockquote")).to_have_text("Note 9: Russia attack Ukraine.")


def test_timeline_lists_events_by_month(show) -> None:
    one = show(world())
    one.page.get_by_role("tab", name="Timeline").click()
    headings = one.page.locator("#view-timeline h3").all_text_contents()
    assert headings[0] == "20241 event"
    assert headings[-1] == "No date; by the day of the first report1 event"
    assert headings[1:-1] == sorted(headings[1:-1])
    one.page.get_by_role("button", name="Choe Son Hui → Russia: meeting").click()
    expect(one.panel.locator("h2")).to_have_text("Choe Son Hui → Russia")


def test_filters_that_are_on_are_named_and_can_be_taken_away_one_by_one(show) -> None:
    one = show(world(), hash_="#type=Attack&source=Harbour+Post")
    chips = one.page.get_by_label("Filters that are on").get_by_role("button")
    expect(chips).to_have_text(["Relation: Attack×", "Source: Harbour Post×"])
    one.page.get_by_role("button", name="Take away: Relation Attack").click()
    expect(chips).to_have_text(["Source: Harbour Post×"])
    expect(chips.first).to_be_focused()
    chips.first.click()
    expect(chips).to_have_count(0)
    expect(one.summary).to_have_text("25 events, 26 reports, 3 sources")


def test_first_the_strongest_then_more_then_all(show) -> None:
    states = [state(f"State {at}", at) for at in range(60)]
    made = [simple("Threat", states[at], states[at * 7 % at], "2024", number=at) for at in range(1, 60)]
    one = show(([event for event, _ in made], [item for _, item in made]), max_nodes=4)
    expect(one.note).to_contain_text("Shown: the strongest 4 of 60 nodes and 3 of 59 lines.")
    one.note.get_by_role("button", name="Show more").click()
    expect(one.note).to_contain_text("Shown: the strongest 20 of 60 nodes and 19 of 59 lines.")
    one.note.get_by_role("button", name="Show all").click()
    expect(one.note).to_contain_text("Shown: all 60 nodes and 59 lines.")
    one.note.get_by_role("button", name="Show the strongest").click()
    expect(one.note).to_contain_text("Shown: the strongest 4 of 60 nodes")
    one.page.get_by_label("Search").fill('"State 59"')
    expect(one.page.locator("#empty")).to_be_visible()
    one.page.get_by_role("combobox", name="Search").fill("state 59")
    expect(one.note).to_contain_text("Shown: all 2 nodes and 1 line")
    assert one.trouble == []


def test_the_overview_says_what_the_graph_is_about(show) -> None:
    one = show(world())
    expect(one.panel.locator(".lead")).to_contain_text(
        "From 2024-01 to 2025-03. 25 events: 19 reported as fact, 1 claimed"
    )
    expect(one.panel).to_contain_text("Reports contradict each other (1)")
    one.page.locator("#choose-source").select_option(label="Evening Courier (13)")
    expect(one.panel.locator(".lead")).to_contain_text("13 events")
    expect(one.panel.locator(".rows").nth(1)).to_contain_text("Russia")


def test_an_actor_has_its_offices_its_time_and_its_relations(show) -> None:
    told, articles = facts()
    events, others = world()
    one = show((events, others + articles), facts=told)
    one.panel.get_by_role("button", name="North Korea 9").click()
    expect(one.panel.locator("h2")).to_have_text("North Korea")
    office = one.panel.locator(".facts details")
    expect(office.locator("summary")).to_have_text("Choe Son Hui: foreign minister, North Korea 2 sources")
    office.locator("summary").click()
    expect(office.locator("blockquote").first).to_be_visible()
    expect(office.locator("blockquote")).to_contain_text(["Choe Son Hui"] * 2)
    expect(one.panel.get_by_role("img")).to_have_attribute("aria-label", re.compile("2024-01 to 2025-03; most in "))
    expect(one.panel).to_contain_text("Relations (7)")
    one.page.locator("#choose-type").select_option(label="Threat (1)")
    expect(one.panel.locator(".what")).to_contain_text("1 event (8 more filtered out)")


# Pixels of the graph that are as dark as its letters.
INK = "() => { const c = document.querySelector('#graph canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 200 && d[i] < 60) n += 1; return n; }"


def test_names_are_written_however_many_nodes_there_are(show) -> None:
    made = [simple("Threat", US, state(f"S{at}", 1000 + at), "2024", number=at) for at in range(120)]
    one = show(([event for event, _ in made], [item for _, item in made]), hash_="#level=2")
    expect(one.note).to_contain_text("Shown: all 121 nodes and 120 lines.")
    assert one.painted() > 10_000
    assert one.page.evaluate(INK) > 1_000


def test_choosing_a_node_makes_what_does_not_touch_it_step_back(show) -> None:
    one = show(world())
    before = one.page.evaluate(INK)
    one.panel.get_by_role("button", name="Japan 3").click()
    one.page.wait_for_timeout(100)
    assert one.page.evaluate(INK) < before * 0.7
