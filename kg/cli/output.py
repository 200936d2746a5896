"""Where data goes: standard output, or a file that is either written whole or left as it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO

from kg.cli.console import say
from kg.errors import ExportError

# What a shell reports for a program that the signal ended: 128 and the number of the signal.
INTERRUPTED, _PIPE_CLOSED = 130, 141


@contextmanager
def quiet_end() -> Iterator[None]:
    """Exit without a trace when the output is closed or the keyboard interrupts, and with one line when a disk is full."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon_output(_PIPE_CLOSED)
    except OSError as error:
        say(f"standard output cannot be written: {error.strerror or error}")
        _abandon_output(2)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _abandon_output(code: int) -> NoReturn:
    """Exit when the output cannot be written any more: what is buffered must not be tried again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


@contextmanager
def open_output(path: str) -> Iterator[TextIO]:
    """Open `path` for UTF-8 text; `-` is standard output. Raises ExportError if it cannot be written.

    A file gets its name when all is written, so that a failure leaves no half of it; a device or pipe is written at once.
    """
    if path == "-":
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        sys.stdout.flush()
        return
    target = Path(path)
    try:
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", newline="\n") as device:
                yield device
        else:
            with _replacing(target.resolve()) as file:
                yield file
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise ExportError(f"{path}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _replacing(target: Path) -> Iterator[TextIO]:
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:  # an interrupt too leaves no half-written file; it goes on as it came
        with suppress(OSError):
            Path(name).unlink()
        raise


def _mode(target: Path) -> int:
    """Give the permissions of the file that is replaced, or those that a new file has."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
