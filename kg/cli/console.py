"""What goes to people: messages on standard error, each in one line, and the progress of a long job on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[str], None]


def examples(*lines: str) -> str:
    """Give the end of a help text: lines that are to stand as they are."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


def one_line(text: str) -> str:
    """Give text in one line, with what a terminal could take for a command made visible."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def terminal_width(output: str) -> int | None:
    """Give the columns of the terminal that `output` goes to; None where it is none."""
    if output != "-" or not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def emphasis(width: int | None) -> Callable[[str], str]:
    """Give what makes the head of a table stand out: bold on a terminal, which has a `width`, unless NO_COLOR is set."""
    return _bold if width is not None and not os.environ.get("NO_COLOR") else str


def _bold(words: str) -> str:
    return f"\x1b[1m{words}\x1b[0m"


def plural(number: int, noun: str) -> str:
    """Give a number with its noun: «1 event», «2 events»."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def say(message: str, *, name: str = "kg") -> None:
    """Print a message on standard error."""
    sys.stderr.write(f"{name}: {one_line(message)}\n")
    sys.stderr.flush()


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[tuple[Advance, Callable[[str], None]]]:
    """Give a function that counts a step on a bar, and one that prints a message beside it.

    Without a terminal there is no bar. The bar has the rate and, where `total` is known, the time that remains.
    """
    if not sys.stderr.isatty():
        yield lambda detail: None, say
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Steps a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    console = Console(stderr=True)
    detail = TextColumn("{task.fields[detail]}")
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn(), detail
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total, detail="")

        def print_above(message: str) -> None:
            console.print(f"kg: {one_line(message)}", markup=False, highlight=False, soft_wrap=True)

        yield lambda detail: bar.update(task, advance=1, detail=detail), print_above
