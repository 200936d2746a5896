"""The page of a large graph beside a plain pyvis page of the same graph: time to make, to open and to filter, and size.

Making is measured in processor seconds; opening in headless Chromium, by the clock, from navigation until the graph has
been painted and the page answers; filtering from a filter being set until the next frame is painted, all nodes shown,
and beside it the processor time of the page's thread, which other work on the machine changes less. `--update` writes
the figures into RESULTS.md.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from pyvis.network import Network
from results import put_section

from kg.graph.schema import load_ontology
from kg.graph.view.drawing import draw
from kg.graph.view.page import write_page
from kg.model import Article, Entity, Event, Filler, Ontology, Report, Span, content_hash

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update")  # fmt: skip
# Nodes, and events of two parties each.
GRAPHS = ((300, 600), (2000, 5000), (4000, 20000))
SEED = 7
# Most events are between parties of one region, and in each region a few parties are in most events.
REGION, AT_HOME = 50, 0.85
FILTERS = (
    "#level=2&q=talks",
    "#level=2&status=claimed",
    "#level=2&polarity=affirmed",
    "#level=2&from=2024-06-01",
    "#level=2&q=",
    "#level=2&actor={actor}",
)
PATIENCE = 60_000
# Done when two frames in a row have been painted after the page said that it is ready.
PAINTED = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
)
FILTERED = """(hash) => new Promise((done) => {
  const start = performance.now();
  addEventListener("hashchange", () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))), { once: true });
  location.hash = hash;
})"""
PLAIN_READY = "() => typeof network !== 'undefined' && document.querySelector('canvas') !== null"


@dataclass(frozen=True)
class Row:
    """One page: seconds to make it and to open it, milliseconds for each filter by the clock and of processor time, bytes."""

    what: str
    made: float
    size: int
    opened: float
    filters: Sequence[float] = ()
    busy: Sequence[float] = ()

    def cells(self) -> str:
        """Give the row of a Markdown table."""
        times = [_middle(found) for found in (self.filters, self.busy)]
        opened = f"{self.opened:.1f}" if self.opened < float("inf") else f"not within {PATIENCE // 1000}"
        return f"| {self.what} | {self.made:.1f} | {self.size / 1e6:.2f} | {opened} | {times[0]} | {times[1]} |"


def _middle(times: Sequence[float]) -> str:
    return f"{statistics.median(times):,.0f}, at most {max(times):,.0f}" if times else "none"


def graph(nodes: int, events: int, ontology: Ontology) -> tuple[list[Event], dict[str, Article]]:
    """Give events between parties, by regions with a few great powers each, as in the news; the same each time."""
    draw_lots = random.Random(SEED)
    parties = [
        Entity.named(f"Party {number}", ("State", "Person", "Organisation")[number % 3]) for number in range(nodes)
    ]
    types = sorted(name for name, kind in ontology.classes.items() if kind.edge and not kind.symmetric)[:12]
    made, articles = [], {}
    for number in range(events):
        near = number % nodes
        start, room = (near - near % REGION, REGION) if draw_lots.random() < AT_HOME else (0, nodes)
        far = min(start + int(room * draw_lots.random() ** 3), nodes - 1)
        one, other = parties[near], parties[far if far != near else (near + 1) % nodes]
        type_ = draw_lots.choice(types)
        text = f"Note {number}: the talks of {one.label} with {other.label} ended on a day that many remember."
        article = Article(content_hash(number), f"news/{number}.txt", text, ((0, len(text)),), f"Note {number}",
                          f"https://example.org/{number}", f"Paper {number % 40}", "2025-01-01")  # fmt: skip
        made.append(_event(article, type_, one, other, number))
        articles[article.id] = article
    return made, articles


def _event(article: Article, type_: str, one: Entity, other: Entity, number: int) -> Event:
    def span(words: str) -> Span:
        start = article.text.index(words)
        return article.span(start, start + len(words))

    fillers = (
        Filler("actor", one.label, span(one.label), one),
        Filler("recipient", other.label, span(other.label), other),
    )
    date = f"20{20 + number % 6}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    report = Report(Report.make_id(article.id, span("talks"), type_, fillers), article.id, type_, article.span(0, len(article.text)),
                    span("talks"), fillers, "made.up", "rules", date=date, confidence=0.9)  # fmt: skip
    status = ("reported", "corroborated", "claimed")[number % 3]
    return Event(
        content_hash(number, "event"), type_, fillers, date, "affirmed", "actual", (), None, status, 1, (report,)
    )


def ours(browser: Browser, folder: Path, events: list[Event], articles: dict[str, Article], ontology: Ontology) -> Row:
    """Make and open the page of `kg view`."""
    file = folder / "graph.html"
    start = time.process_time()
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        write_page(events, articles, ontology, stream)
    made = time.process_time() - start
    with browser.new_context(viewport={"width": 1440, "height": 900}, offline=True) as context:
        tab = context.new_page()
        start = time.perf_counter()
        tab.goto(f"{file.as_uri()}#level=2")
        tab.wait_for_selector("html[data-ready]", timeout=PATIENCE)
        tab.evaluate(PAINTED)
        opened = time.perf_counter() - start
        actor = events[0].fillers[0].iri
        clock = context.new_cdp_session(tab)
        clock.send("Performance.enable", {"timeDomain": "threadTicks"})
        filters, busy = [], []
        for hash_ in FILTERS:
            before = _busy(clock)
            filters.append(tab.evaluate(FILTERED, hash_.format(actor=actor)))
            tab.evaluate(PAINTED)
            busy.append(_busy(clock) - before)
    return Row("`kg view`, all nodes shown", made, file.stat().st_size, opened, filters, busy)


def _busy(clock: CDPSession) -> float:
    """Give the milliseconds of processor time that the thread of a page has spent on its tasks so far."""
    metrics = clock.send("Performance.getMetrics")["metrics"]
    return 1000 * next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def plain(browser: Browser, folder: Path, events: list[Event], ontology: Ontology) -> Row:
    """Make and open what pyvis makes of the same nodes and lines, as its users do, its physics on."""
    file = folder / "plain.html"
    start = time.process_time()
    drawing = draw(events, ontology)
    network = Network(directed=True, cdn_resources="in_line")
    for node in drawing.nodes:
        network.add_node(node.key, label=node.label, title=node.label)
    for line in drawing.lines:
        network.add_edge(line.source, line.target, label=line.type)
    file.write_text(network.generate_html(notebook=False), "utf-8")
    made = time.process_time() - start
    with browser.new_context(viewport={"width": 1440, "height": 900}, offline=True) as context:
        tab = context.new_page()
        start = time.perf_counter()
        tab.goto(file.as_uri(), timeout=PATIENCE, wait_until="commit")
        opened = _settled(tab, start)
    return Row("plain pyvis", made, file.stat().st_size, opened)


def _settled(tab: Page, start: float) -> float:
    """Give the seconds until the picture of pyvis has come to rest, or infinity if it has not after a minute."""
    from playwright.sync_api import TimeoutError as TooLong

    try:
        tab.wait_for_function(PLAIN_READY, timeout=PATIENCE)
        tab.wait_for_function("() => network.physics.ready", timeout=PATIENCE)
        tab.evaluate(PAINTED)
    except TooLong:
        return float("inf")
    return time.perf_counter() - start


def main() -> None:
    """Print a Markdown table."""
    if CHROMIUM is None:
        sys.exit("no Chromium on PATH: the page is not measured")
    ontology = load_ontology()
    lines = [
        "| nodes, events | page | made, CPU s | size, MB | opened, s | a filter, ms | of it CPU ms |",
        "|---|---|---|---|---|---|---|",
    ]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for nodes, number in GRAPHS:
            events, articles = graph(nodes, number, ontology)
            for row in (
                ours(browser, Path(name), events, articles, ontology),
                plain(browser, Path(name), events, ontology),
            ):
                lines.append(f"| {nodes:,}, {number:,} {row.cells()}")
                print(lines[-1], flush=True)
        browser.close()
    if "--update" in sys.argv:
        put_section("The page", lines)


if __name__ == "__main__":
    main()
