"""The plain forms of `kg query NAME`, answered without click: the same rows, in the same words."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kg.cli.output import open_output, quiet_end
from kg.errors import KgError

# What click would have to look at: completion of the shell, and a file of settings.
_OTHERS = ("_KG_COMPLETE", "KG_CONFIG")
_FORMATS = ("table", "csv", "tsv", "json", "xml")


class _Plain(NamedTuple):
    name: str
    store: Path
    format: str
    params: dict[str, str]


def answer_plainly(args: Sequence[str]) -> bool:
    """Answer `query NAME` with `--store`, `--format` and `--param` on the standard output, and say whether that was done.

    Nothing is done where the command line has anything else, the output is a terminal, or there is something to say: an
    error, or that a build is under way.
    """
    asked = _parsed(args)
    if asked is None or sys.stdout.isatty() or any(name in os.environ for name in _OTHERS):
        return False
    from kg.graph.database import Database
    from kg.graph.query import find_query, labels_of, run_query, write_result

    with quiet_end():
        try:
            query = find_query(asked.name)
            if not asked.store.is_dir():
                return False
            with Database.open(asked.store, read_only=True) as store:
                if store.is_behind:
                    return False
                result = run_query(store, query.text, params=asked.params)
                labels = labels_of(store, result)
        except KgError:
            return False
        with open_output("-") as stream:
            write_result(result, asked.format, stream, labels=labels)
    return True


def _parsed(args: Sequence[str]) -> _Plain | None:
    """Give what a plain command line asks for, or None where it has anything that is not plain."""
    if len(args) < 2 or len(args) % 2 or args[0] != "query" or args[1].startswith("-"):
        return None
    params: dict[str, str] = {}
    options = {"--store": os.environ.get("KG_STORE") or "kg.store", "--format": "table"}
    for option, value in zip(args[2::2], args[3::2], strict=True):
        name, equals, words = value.partition("=")
        if option == "--param" and name and equals:
            params[name] = words
        elif option in options and value and not value.startswith("-"):
            options[option] = value
        else:
            return None
    if options["--format"] not in _FORMATS:
        return None
    return _Plain(args[1], Path(options["--store"]), options["--format"], params)
