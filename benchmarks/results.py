"""Figures with their aims; each benchmark writes its own section of RESULTS.md and leaves the others alone."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(slots=True)
class Table:
    """Figures as they come: each is printed at once, and all of them are the lines of a table."""

    rows: list[str] = field(default_factory=lambda: ["| what | found | aim | |", "|---|---|---|---|"])

    def add(self, what: str, found: str, aim: str = "", *, met: bool | None = None) -> None:
        """Add a figure; `met` says whether it is as good as its aim."""
        verdict = {True: "met", False: "short", None: ""}[met]
        print(f"{what}: {found}{f' (aim: {aim}; {verdict})' if aim else ''}", flush=True)
        self.rows.append(f"| {what} | {found} | {aim} | {verdict} |")


def machine() -> str:
    """Describe this machine, and how busy it is."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "spacy", "distributed"))
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, {packages}; load {os.getloadavg()[0]:.1f} at the start"
    )


def put_section(title: str, lines: Iterable[str]) -> None:
    """Write the section `## title` anew, at its place, or at the end where there is none yet."""
    section = "\n".join([f"## {title}", "", *lines]) + "\n"
    text = RESULTS.read_text("utf-8")
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    before, after = (text[: found.start()], text[found.end() :]) if found else (text.rstrip() + "\n\n", "")
    RESULTS.write_text(before + section + ("\n" + after if after else ""), "utf-8")
