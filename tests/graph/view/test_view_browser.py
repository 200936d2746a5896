"""The page as a person uses it, in real Chromium, from disk, with no network."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from view_hostile import HOSTILE
from view_samples import JAPAN, NORTH, RUSSIA, UKRAINE, US, page, simple, state, world

from kg.model import Article, Entity, Event

CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", shutil.which("chromium")) if path and Path(path).exists()), None
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium at /usr/bin/chromium or on PATH"),
]


@dataclass
class Shown:
    """An open page, and all that it did beside showing itself."""

    page: Page
    address: str
    trouble: list[str] = field(default_factory=list)

    @property
    def summary(self) -> Locator:
        return self.page.locator("#summary")

    @property
    def panel(self) -> Locator:
        return self.page.locator("#panel")

    def reopen(self, hash_: str = "") -> None:
        self.page.goto("about:blank")
        self.page.goto(self.address + hash_)
        self.page.wait_for_selector("html[data-ready]")


Show = Callable[..., Shown]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    shown: list[Shown] = []

    def open_page(
        events: list[Event], articles: list[Article], *, width: int = 1280, scheme: str = "light", **options: object
    ) -> Shown:
        file = tmp_path / "graph.html"
        file.write_bytes(page(events, articles, **options)[0].encode())
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, accept_downloads=True, offline=True
        )  # type: ignore[arg-type]
        tab = context.new_page()
        one = Shown(tab, file.as_uri())
        tab.on("console", lambda message: one.trouble.append(f"console {message.type}: {message.text}"))
        tab.on("pageerror", lambda error: one.trouble.append(f"error: {error}"))
        tab.on("dialog", lambda dialog: (one.trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        tab.on("popup", lambda popup: one.trouble.append(f"popup: {popup.url}"))

        def refuse(route):
            if route.request.url.split("#")[0] in (one.address, "about:blank"):
                route.continue_()
            else:
                one.trouble.append(f"request: {route.request.url}")
                route.abort()

        tab.route("**/*", refuse)
        tab.goto(one.address)
        tab.wait_for_selector("html[data-ready]")
        shown.append(one)
        return one

    yield open_page
    for one in shown:
        one.page.context.close()


def test_opens_whole_and_quietly(show: Show) -> None:
    one = show(*world(), title="Korea and others")
    expect(one.page).to_have_title("Korea and others")
    expect(one.summary).to_have_text("25 events, 26 reports, 3 sources")
    assert one.page.evaluate("getComputedStyle(document.querySelector('main')).display") == "grid"
    assert painted(one.page) > 2000
    assert one.trouble == []


def painted(tab: Page) -> int:
    """Count pixels of the graph that are not its ground."""
    return tab.evaluate(
        """() => { const c = document.querySelector('#graph canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n += 1; return n; }"""
    )


def two() -> tuple[list[Event], list[Article]]:
    made, item = simple("Threat", NORTH, JAPAN, "2024-05-01", number=1)
    return [made], [replace(item, url="https://news.example/threat", title="A threat")]


def test_clicking_a_line_shows_its_sentence_with_source_and_marks(show: Show) -> None:
    one = show(*two())
    graph = one.page.locator("#graph").bounding_box()
    assert graph
    one.page.mouse.click(graph["x"] + graph["width"] / 2, graph["y"] + graph["height"] / 2)
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


def test_a_disputed_event_shows_both_sides_speakers_and_numbers(show: Show) -> None:
    one = show(*world())
    one.panel.get_by_role("button", name="troop deployment").click()
    expect(one.panel.locator(".conflict th")).to_have_text(["affirmed", "negated"])
    expect(one.panel.locator("figcaption").first).to_contain_text(
        "according to Harbour Wire → Joint Chiefs of Staff (says)"
    )
    expect(one.panel.locator("figcaption").last).to_contain_text("negated")
    expect(one.panel.locator("dl").first).to_contain_text("at least 11000 soldiers")
    expect(one.panel.locator("blockquote").first).to_contain_text("Kursk Oblast 🚢.")


def test_search_and_filters_combine_and_count(show: Show) -> None:
    one = show(*world())
    one.page.get_by_label("Search").fill("attack")
    expect(one.summary).to_have_text("4 of 25 events, 4 reports, 2 sources")
    expect(one.page.get_by_label("Actor").locator("option")).to_contain_text(
        ["All actors", "Northern Front (1)", "Russia (3)", "Ukraine (4)"]
    )
    one.page.get_by_label("Actor").select_option(label="Russia (3)")
    expect(one.summary).to_contain_text("3 of 25 events")
    one.page.get_by_label("Independent sources, at least").fill("2")
    one.page.get_by_label("Independent sources, at least").press("Enter")
    expect(one.summary).to_contain_text("1 of 25 events")
    expect(one.page.locator("#active-filters")).to_have_text("(3 set)")
    one.page.get_by_role("button", name="Reset", exact=True).click()
    expect(one.summary).to_have_text("25 events, 26 reports, 3 sources")


def test_a_class_stands_for_those_below_it(show: Show) -> None:
    one = show(*world())
    one.page.get_by_label("Relation").select_option(value="Mobilization")
    expect(one.summary).to_contain_text("4 of 25 events")


def test_unticking_a_status_in_the_legend_hides_its_lines(show: Show) -> None:
    one = show(*world())
    before = painted(one.page)
    one.page.get_by_role("checkbox", name=re.compile("Reported as fact")).uncheck()
    expect(one.summary).to_contain_text("6 of 25 events")
    assert painted(one.page) < before
    one.page.get_by_role("checkbox", name=re.compile("Reported as fact")).check()
    expect(one.summary).to_contain_text("25 events")


def test_the_period_is_set_by_keys_and_by_dragging_over_the_bars(show: Show) -> None:
    one = show(*world())
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


def test_the_address_keeps_the_view(show: Show) -> None:
    one = show(*world())
    one.page.get_by_label("Search").fill("sanction")
    expect(one.summary).to_contain_text("2 of 25")
    one.page.get_by_role("tab", name="Table").click()
    one.page.reload()
    one.page.wait_for_selector("html[data-ready]")
    expect(one.summary).to_contain_text("2 of 25")
    expect(one.page.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    expect(one.page.locator("table.events tbody tr")).to_have_count(2)


@pytest.mark.parametrize(
    "hash_", ["#view=nonsense&sel=e999&sources=NaN", "#sel=v-1&type=__proto__", "#q=%", "#from=zzz&to=0"]
)
def test_an_odd_address_does_no_harm(show: Show, hash_: str) -> None:
    one = show(*world())
    one.reopen(hash_)
    expect(one.summary).to_contain_text(
        "of 25 events" if "type" in hash_ or "from" in hash_ or "q" in hash_ else "25 events"
    )
    assert one.trouble == []


def test_table_sorts_and_opens_events(show: Show) -> None:
    one = show(*world())
    one.page.get_by_role("tab", name="Table").click()
    one.page.get_by_role("button", name="Sources").click()
    one.page.get_by_role("button", name="Sources").click()
    rows = one.page.locator("table.events tbody tr")
    expect(rows.first).to_contain_text("2024-11-17")
    expect(one.page.locator("th[aria-sort=descending]")).to_contain_text("Sources")
    rows.first.get_by_role("button").click()
    expect(one.panel.locator("blockquote")).to_have_text("Note 9: Russia attack Ukraine.")


def test_timeline_lists_events_by_month(show: Show) -> None:
    one = show(*world())
    one.page.get_by_role("tab", name="Timeline").click()
    headings = one.page.locator("#view-timeline h3").all_text_contents()
    assert headings == ["2024", *sorted(headings[1:-1]), "No date"]
    one.page.get_by_role("button", name="Choe Son Hui → Russia: meeting").click()
    expect(one.panel.locator("h2")).to_have_text("Choe Son Hui → Russia")


def test_all_by_keyboard(show: Show) -> None:
    one = show(*two())
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
    expect(one.panel.locator("h2")).to_have_text("Overview")


def test_every_control_has_a_name(show: Show) -> None:
    one = show(*world())
    nameless = one.page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, [role]')].filter((x) =>
          !x.textContent.trim() && !x.getAttribute('aria-label') && !x.getAttribute('aria-labelledby') && !x.labels?.length)
          .map((x) => x.outerHTML)"""
    )
    assert nameless == []


def test_first_the_strongest_part_then_all(show: Show) -> None:
    one = show(*world(), max_nodes=4)
    note = one.page.locator("#note")
    expect(note).to_contain_text("Shown: the strongest 4 of 14 nodes")
    note.get_by_role("button", name="Show all").click()
    expect(note).to_contain_text("Shown: all 14 nodes and 21 lines")
    note.get_by_role("button", name="Show the strongest").click()
    expect(note).to_contain_text("Shown: the strongest 4 of 14 nodes")
    one.page.get_by_label("Search").fill("NATO")
    expect(note).to_contain_text("Shown: all 2 nodes and 1 line")


def test_no_events_say_so(show: Show) -> None:
    one = show([], [])
    expect(one.page.locator("#empty")).to_contain_text("There are no events here")
    assert one.trouble == []


def test_nothing_left_by_filters_says_so_and_resets(show: Show) -> None:
    one = show(*world())
    one.page.get_by_label("Search").fill("no such words")
    expect(one.page.locator("#empty")).to_contain_text("No event passes these filters")
    one.page.get_by_role("button", name="Reset the filters").click()
    expect(one.page.locator("#empty")).to_be_hidden()
    expect(one.summary).to_have_text("25 events, 26 reports, 3 sources")


def test_events_that_cannot_be_drawn_are_in_the_table(show: Show) -> None:
    made, item = simple("Casualties", None, None, "2024")
    one = show([made], [item])
    expect(one.page.locator("#empty")).to_contain_text("nothing to draw")
    one.page.get_by_role("button", name="See the table").click()
    expect(one.page.locator("table.events tbody tr")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 800])
def test_a_narrow_screen_needs_no_sideways_scrolling(show: Show, width: int) -> None:
    one = show(*world(), width=width)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    box = one.page.locator("#graph").bounding_box()
    assert box
    assert box["width"] >= 350
    assert box["height"] >= 250
    one.panel.get_by_role("button", name="troop deployment").click()
    expect(one.panel.locator("blockquote").first).to_be_visible()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_by_system_and_by_button(show: Show) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    one = show(*world(), scheme="dark")
    assert one.page.evaluate(ground) == "rgb(20, 24, 29)"
    one.page.get_by_role("button", name="Dark").click()
    assert one.page.evaluate(ground) == "rgb(255, 255, 255)"
    assert one.trouble == []


def test_labels_of_all_scripts(show: Show) -> None:
    names = ["조선민주주의인민공화국", "Россия", "مصر", "עברית", "中国", "🇰🇷 flag 👩‍👩‍👧"]
    made = [simple("Threat", state(name, at), UKRAINE, "2024", number=at) for at, name in enumerate(names)]
    one = show([event for event, _ in made], [item for _, item in made])
    for name in names:
        one.page.get_by_label("Actor").select_option(label=f"{name} (1)")
        expect(one.panel.locator(".rows").first).to_contain_text(f"{name} → Ukraine")
        one.page.get_by_label("Actor").select_option(index=0)
    assert one.trouble == []


def test_take_away(show: Show) -> None:
    one = show(*two())
    for name, file, head in (
        ("Table as CSV", "events.csv", b'\xef\xbb\xbf"Date","Actor"'),
        ("Graph as PNG", "graph.png", b"\x89PNG"),
    ):
        one.page.locator("#menu summary").click()
        with one.page.expect_download() as waiting:
            one.page.get_by_role("button", name=name).click()
        assert waiting.value.suggested_filename == file
        assert Path(waiting.value.path()).read_bytes().startswith(head)


def test_copied_text_has_its_citation(show: Show) -> None:
    one = show(*two())
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.panel.get_by_role("button", name="North Korea → Japan").click()
    one.page.get_by_role("button", name="Copy with citations").click()
    expect(one.summary).to_have_text("Copied.")
    text = one.page.evaluate("navigator.clipboard.readText()")
    assert "“Note 1: North Korea threat Japan.”" in text
    assert "Evening Courier, “A threat”, 2025-01-06, https://news.example/threat" in text


def hostile_world() -> tuple[list[Event], list[Article]]:
    events, articles = [], []
    for at, text in enumerate(HOSTILE):
        actor = Entity(
            f"http://www.wikidata.org/entity/{at}" if at % 2 else text, text, ("State", "Person", text)[at % 3]
        )
        made, item = simple("Attack", actor, US, f"20{at:02d}", number=at, place=RUSSIA)
        events.append(
            replace(made, status=text, reports=tuple(replace(r, rule=text, stance=text) for r in made.reports))
        )
        articles.append(replace(item, title=text, publisher=text, source=text, url=text, published=text))
    return events, articles


def test_hostile_strings_run_nothing_and_are_shown_as_text(show: Show) -> None:
    one = show(*hostile_world(), title=HOSTILE[0])
    tab = one.page
    expect(tab.locator("h1")).to_have_text(HOSTILE[0])
    one.reopen("#all=1")
    events, _ = hostile_world()
    for number, event in enumerate(sorted(events, key=lambda event: event.id)):
        tab.evaluate("(sel) => { location.hash = sel; }", f"all=1&sel=v{number}")
        (report,) = event.reports
        expect(tab.locator("#panel blockquote")).to_contain_text(report.sentence.text.split(":")[0] + ":")
        shown = tab.locator("#panel blockquote").evaluate("node => node.textContent")
        assert shown == report.sentence.text
    for view in ("Table", "Timeline", "Graph"):
        tab.get_by_role("tab", name=view).click()
    for address in tab.locator("a").evaluate_all("links => links.map((link) => link.href)"):
        assert re.match(r"https?://", address)
    graph = tab.locator("#graph").bounding_box()
    assert graph
    for step in range(12):
        tab.mouse.move(graph["x"] + graph["width"] * step / 12, graph["y"] + graph["height"] * step / 12)
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.pwned") is None
    assert (
        tab.locator("#panel img, #panel script, #panel iframe, #stage img, #stage script, #stage iframe").count() == 0
    )
    assert one.trouble == []


def test_two_thousand_nodes_are_usable(show: Show) -> None:
    states = [state(f"State {at}", at) for at in range(2000)]
    made = [
        simple("Threat", states[at], states[at * 7 % max(at, 1) if at > 1 else 0], "2024", number=at)
        for at in range(1, 2000)
    ]
    one = show([event for event, _ in made], [item for _, item in made])
    expect(one.page.locator("#note")).to_contain_text("Shown: the strongest 40 of")
    one.page.locator("#note button").click()
    expect(one.page.locator("#note")).to_contain_text("Shown: all")
    one.page.get_by_label("Search").fill('"State 77"')
    expect(one.page.locator("#empty")).to_be_visible()
    one.page.get_by_label("Search").fill("state 1777")
    expect(one.summary).to_contain_text("of 1,999 events")
    assert one.trouble == []
