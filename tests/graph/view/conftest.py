"""A page of `kg view` as a person opens it: in real Chromium, from disk, with no network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from view_samples import page

from kg.model import Article, Event

CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", shutil.which("chromium")) if path and Path(path).exists()), None
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


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

    @property
    def note(self) -> Locator:
        return self.page.locator("#note")

    def painted(self) -> int:
        """Count pixels of the graph that are not its ground, once what has changed is drawn."""
        self.page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        return self.page.evaluate(
            """() => { const c = document.querySelector('#graph canvas');
            const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n += 1; return n; }"""
        )

    def reopen(self, hash_: str = "") -> None:
        self.page.goto("about:blank")
        self.page.goto(self.address + hash_)
        self.page.wait_for_selector("html[data-ready]")


Show = Callable[..., Shown]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium at /usr/bin/chromium or on PATH")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture(scope="session")
def pages() -> dict[str, bytes]:
    """Pages by what is in them: many tests open the same, and to place its nodes takes longer than most of them."""
    return {}


@pytest.fixture
def show(browser: Browser, pages: dict[str, bytes], tmp_path: Path) -> Iterator[Show]:
    shown: list[Shown] = []

    def open_page(
        what: Path | tuple[list[Event], list[Article]], *, width: int = 1280, height: int = 800, scheme: str = "light",
        hash_: str = "", **options: object,
    ) -> Shown:  # fmt: skip
        file = what if isinstance(what, Path) else tmp_path / "graph.html"
        if not isinstance(what, Path):
            content = repr((what, options))
            if content not in pages:
                pages[content] = page(*what, **options)[0].encode()
            file.write_bytes(pages[content])
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True, offline=True
        )  # type: ignore[arg-type]
        context.grant_permissions(["clipboard-read", "clipboard-write"])
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
        tab.goto(one.address + hash_)
        tab.wait_for_selector("html[data-ready]")
        shown.append(one)
        return one

    yield open_page
    for one in shown:
        one.page.context.close()
