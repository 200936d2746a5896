"""The plain forms of `kg query NAME`, answered with next to nothing imported: the same rows, in the same words."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # that of `typing` takes longer to import than a small query takes
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyoxigraph as ox

    from kg.graph.results import Term

# What click would have to look at: completion of the shell, and a file of settings.
_OTHERS = ("_KG_COMPLETE", "KG_CONFIG")
_FORMATS = ("table", "csv", "tsv", "json", "xml")


def answer_plainly(args: Sequence[str]) -> bool:
    """Answer `query NAME` with `--store`, `--format` and `--param` on the standard output, and say whether that was done.

    Nothing is done where the command line has anything else, the output is a terminal, or there is something to say: an
    error, or that a build is under way.
    """
    options = _options(args)
    if options is None or sys.stdout is None or sys.stdout.isatty() or any(name in os.environ for name in _OTHERS):
        return False
    try:
        text = _answer(args[1], options)
    except KeyboardInterrupt:
        return False
    if text is None:
        return False
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    except OSError:
        from kg.cli.output import quiet_end

        with quiet_end():
            raise
    return True


def _options(args: Sequence[str]) -> dict[str, str] | None:
    """Give the options of a plain command line, or None where there is anything that is not plain."""
    if len(args) < 2 or len(args) % 2 or args[0] != "query" or args[1].startswith("-"):
        return None
    options = {"--store": os.environ.get("KG_STORE") or "kg.store", "--format": "table"}
    for option, value in zip(args[2::2], args[3::2], strict=True):
        if option == "--param" and value.partition("=")[0] and "=" in value:
            options[f"--param {value.partition('=')[0]}"] = value.partition("=")[2]
        elif option in options and value and not value.startswith("-"):
            options[option] = value
        else:
            return None
    return options if options["--format"] in _FORMATS else None


def _answer(name: str, options: Mapping[str, str]) -> str | None:
    """Give the answer of a named query, or None where there is something to say that is no answer."""
    import pyoxigraph as ox

    from kg.errors import KgError
    from kg.graph import evaluate, named
    from kg.graph.marks import is_behind
    from kg.graph.namespaces import ALL_PREFIXES

    text = named.query_text(name)
    current = os.path.join(options["--store"], "CURRENT")  # noqa: PTH118  # pathlib costs the start more
    if text is None or not os.path.isfile(current):  # noqa: PTH113  # as above
        return None
    given = {key.partition(" ")[2]: value for key, value in options.items() if key.startswith("--param ")}
    params = list(named.declared(text))
    try:
        values = named.bound_values(params, given)
        store = evaluate.open_reader(options["--store"])
        found = evaluate.answer(store, text, prefixes=ALL_PREFIXES, values=values)
        if is_behind(store) or not isinstance(found, ox.QuerySolutions):
            return None
        ordered = "\nORDER BY " in text
        columns, rows = evaluate.rows_of(found, hidden={param[0] for param in params}, ordered=ordered)
        return _written(columns, rows, options["--format"], store)
    except (KgError, OSError, RuntimeError, ValueError, SyntaxError):
        return None


def _written(columns: list[str], rows: list[tuple[Term | None, ...]], format_: str, store: ox.Store) -> str:
    import pyoxigraph as ox

    if format_ == "table" and all(term is None or isinstance(term, ox.Literal) for row in rows for term in row):
        from kg.graph.table import table_lines

        cells = [[term.value if isinstance(term, ox.Literal) else "" for term in row] for row in rows]
        return "".join(f"{line}\n" for line in table_lines(columns, cells))
    from io import StringIO

    from kg.graph.labels import labels
    from kg.graph.results import Rows, write_result

    stream = StringIO()
    write_result(Rows(tuple(columns), tuple(rows)), format_, stream, labels=labels(store, (t for r in rows for t in r)))
    return stream.getvalue()
