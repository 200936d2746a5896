"""Each benchmark writes its own section of RESULTS.md and leaves the others alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


def put_section(title: str, lines: Iterable[str]) -> None:
    """Write the section `## title` anew, at its place, or at the end where there is none yet."""
    section = "\n".join([f"## {title}", "", *lines]) + "\n"
    text = RESULTS.read_text("utf-8")
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    before, after = (text[: found.start()], text[found.end() :]) if found else (text.rstrip() + "\n\n", "")
    RESULTS.write_text(before + section + ("\n" + after if after else ""), "utf-8")
