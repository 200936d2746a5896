"""Who writes a store: a note in its folder, for those who find it locked. The lock itself is that of the database."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

_NAME = "writer.json"


def sign(folder: Path) -> None:
    """Note in the folder of a store that this process writes it. Raises `OSError`."""
    since = datetime.now(UTC).isoformat(timespec="seconds")
    note = {"pid": os.getpid(), "host": platform.node(), "since": since}
    (folder / _NAME).write_text(json.dumps(note) + "\n", "utf-8")


def erase(folder: Path) -> None:
    """Take the note away. Raises `OSError`."""
    (folder / _NAME).unlink(missing_ok=True)


def holder(folder: Path) -> str:
    """Say who writes the store in `folder`: process, machine and since when, or just «another process»."""
    try:
        note = json.loads((folder / _NAME).read_text("utf-8"))
        return f"process {int(note['pid'])} on {note['host']}, since {note['since']}"
    except (OSError, ValueError, TypeError, KeyError):
        return "another process"
