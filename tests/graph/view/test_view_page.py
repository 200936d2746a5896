"""The bytes of a page: the same each time, whole in themselves, safe whatever the events say."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from view_hostile import HOSTILE
from view_samples import RUSSIA, UKRAINE, page, simple, world

HERE = Path(__file__).parent
TEXT, STATS = page(*world(), title="Korea & the <powers>")


class Tags(HTMLParser):
    """All tags of a page with their attributes, and the text inside scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.blocks.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            tag, attrs, text = self.blocks[-1]
            self.blocks[-1] = (tag, attrs, text + data)


def data_of(text: str) -> Any:
    (block,) = [block for _, attrs, block in Tags(text).blocks if attrs.get("id") == "data"]
    return json.loads(block)


def policy_of(text: str) -> dict[str, list[str]]:
    (content,) = [
        attrs["content"] for tag, attrs in Tags(text).tags if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    return {name: values for name, *values in (rule.split() for rule in (content or "").split(";"))}


def test_counts() -> None:
    assert (STATS.events, STATS.events_undrawn, STATS.nodes, STATS.nodes_shown) == (25, 1, 14, 14)
    assert STATS.lines == STATS.lines_shown == len(data_of(TEXT)["edges"])


def test_same_events_same_bytes_for_any_hash_seed_and_order() -> None:
    program = (
        "import sys, hashlib; from view_samples import world, page\n"
        "events, articles = world()\n"
        "if sys.argv[1] == 'back': events.reverse(); articles.reverse()\n"
        "print(hashlib.sha256(page(events, articles, max_nodes=6)[0].encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, order],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, order in (("0", "on"), ("1", "back"), ("4242", "on"))
    }
    assert len(digests) == 1


def test_policy_allows_these_scripts_and_this_style_and_nothing_else() -> None:
    policy = policy_of(TEXT)
    assert policy["default-src"] == policy["connect-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]

    def source(block: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()}'"

    blocks = Tags(TEXT).blocks
    scripts = [
        source(text) for tag, attrs, text in blocks if tag == "script" and attrs.get("type") != "application/json"
    ]
    assert policy["script-src"] == scripts
    assert policy["style-src"] == [source(text) for tag, _, text in blocks if tag == "style"]


def test_nothing_is_loaded_and_no_tag_carries_code() -> None:
    for tag, attrs in Tags(TEXT).tags:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base", "a", "form")
        assert not {"src", "href", "srcset", "style", "action"} & attrs.keys()
        assert not any(name.startswith("on") for name in attrs)


def test_title_is_escaped() -> None:
    assert "<title>Korea &amp; the &lt;powers&gt;</title>" in TEXT


def test_line_ends_are_unix_so_that_the_hashes_hold() -> None:
    assert "\r" not in TEXT


@pytest.mark.parametrize("limit", [2, 5, 13])
def test_max_nodes_leaves_out_nodes_of_the_first_view_and_no_event(limit: int) -> None:
    text, stats = page(*world(), max_nodes=limit)
    data = data_of(text)
    assert stats.nodes_shown <= limit
    assert sum(node["places"][0] is not None for node in data["nodes"]) == stats.nodes_shown
    assert sum("level" not in edge for edge in data["edges"]) == stats.lines_shown
    assert stats.lines_shown < stats.lines
    assert len(data["events"]) == 25


def test_no_events_give_a_page() -> None:
    text, stats = page([], [])
    assert (stats.events, stats.nodes, stats.lines) == (0, 0, 0)
    assert data_of(text)["events"] == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_adds_no_tag(text: str) -> None:
    from dataclasses import replace

    made, item = simple("Attack", replace(RUSSIA, label=text), UKRAINE, "2024")
    hostile = replace(item, title=text, publisher=text, source=text, url=text)
    html, _ = page([made], [hostile], title=text)
    assert [tag for tag, _ in Tags(html).tags] == [tag for tag, _ in Tags(TEXT).tags]
    assert html.encode()
    (record,) = data_of(html)["articles"]
    assert (record.get("title"), record.get("publisher"), record.get("source")) == (text, text, text)
    assert re.match(r"https?://", record.get("url", "https://"))


def test_the_corpus_is_large_and_without_repetition() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60
