"""The command line: parse, call, print, exit code. This is its door, which imports only what it must."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # that of `typing` takes longer to import than a small query takes
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line with `args`, by default those of the process, and exit.

    A plain `kg query NAME` is answered without click, whose import alone takes longer than most queries; what that does
    not understand, and every error, is left to click.
    """
    from kg.cli.plain import answer_plainly

    given = sys.argv[1:] if args is None else list(args)
    if not answer_plainly(given):
        from kg.cli.group import main as command_line

        command_line(given, prog_name="kg")
