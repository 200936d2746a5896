"""Whatever the articles, the ontology and the file names hold: the page shows it as text, and nothing runs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from view_hostile import HOSTILE
from view_samples import RUSSIA, US, simple

from kg.model import Article, Conflict, Entity, Event, Fact, Filler, Quantity, Speaker

pytestmark = pytest.mark.browser


def hostile_world() -> tuple[list[Event], list[Article], list[Fact]]:
    """Each string in every field that reaches the page, as the label of an actor, of a thing, of a place and so on."""
    events, articles, told = [], [], []
    for at, text in enumerate(HOSTILE):
        iri = f"http://www.wikidata.org/entity/{at}" if at % 2 else text
        actor = Entity(iri, text, ("State", "Person", text)[at % 3])
        made, item = simple("Attack", actor, US, text if at % 4 == 0 else f"20{at:02d}", number=at, place=RUSSIA)
        span = made.reports[0].trigger
        more = (
            Filler("instrument", text, span),
            Filler(text, text, span),
            Filler("place", text, span, Entity(text, text, "Region")),
        )
        (report,) = made.reports
        report = replace(
            report, rule=text, stance=text, extractor=text, date=text, polarity=text, modality=text,
            fillers=report.fillers + more, quantities=(Quantity(1, text, text, span),), attribution=(Speaker(text, span),),
        )  # fmt: skip
        conflict = Conflict(text, (text, "other"), ((report.id,), ()))
        events.append(
            replace(
                made, type=(text, "Attack")[at % 2], status=text, polarity=text, modality=(text, "actual")[at % 2], stance=text,
                fillers=made.fillers + more, attribution=(Speaker(text, span),), conflicts=(conflict,), reports=(report,),
            )
        )  # fmt: skip
        articles.append(replace(item, title=text, publisher=text, source=text, url=text, published=text))
        told.append(Fact(item.id, actor, text, US, item.span(0, len(item.text)), text, text))
    return events, articles, told


def test_hostile_strings_run_nothing_and_are_shown_as_text(show) -> None:
    events, articles, told = hostile_world()
    one = show((events, articles), title=HOSTILE[0], facts=told)
    tab = one.page
    expect(tab.locator("h1")).to_have_text(HOSTILE[0])
    one.reopen("#level=2")
    for number, event in enumerate(sorted(events, key=lambda event: event.id)):
        tab.evaluate("(sel) => { location.hash = sel; }", f"level=2&sel=v{number}")
        (report,) = event.reports
        expect(tab.locator("#panel blockquote")).to_contain_text(report.sentence.text.split(":")[0] + ":")
        shown = tab.locator("#panel blockquote").evaluate("node => node.textContent")
        assert shown == report.sentence.text
    for view in ("Table", "Timeline", "Graph"):
        tab.get_by_role("tab", name=view).click()
    for number in range(0, len(HOSTILE), 7):
        tab.evaluate("(sel) => { location.hash = sel; }", f"level=2&sel=n{number}")
        expect(tab.locator("#panel h2")).not_to_have_text("At a glance")
    for field in (
        "q",
        "type",
        "actor",
        "source",
        "status",
        "modality",
        "polarity",
        "around",
        "path",
        "from",
        "hide",
        "sort",
    ):
        tab.evaluate(
            "([name, value]) => { location.hash = new URLSearchParams([[name, value]]); }", [field, HOSTILE[7]]
        )
        expect(one.summary).to_contain_text("event")
    tab.evaluate("() => { location.hash = ''; }")
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
