"""kg explain: why the graph says what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kg.cli.console import emphasis, examples, terminal_width
from kg.cli.options import config_option, make_settings, ontology_option, open_to_read, output_option, store_option
from kg.cli.output import open_output

# Longer lines than this are hard to follow.
_WIDEST = 100


@click.command(
    no_args_is_help=True,
    epilog=examples(
        "kg explain troops Kursk",
        "kg explain event:0123456789abcdef",
    ),
)
@click.argument("what", nargs=-1, required=True, metavar="IRI|TEXT")
@output_option()
@store_option
@config_option
@ontology_option
def command(
    *, what: tuple[str, ...], output: str, store: Path | None, config: Path | None, ontology: tuple[Path, ...]
) -> None:
    """Show why the graph says something.

    Gives events with their reports: sentence, source, rule, and how each role was filled. IRI is that of an event, an
    edge, a report, a conflict, an article or an entity; TEXT are words that all stand in its label or its sentences.
    """
    from kg.graph.explain import explain
    from kg.graph.schema import load_ontology

    settings = make_settings(config, {"store": store, "ontology": ontology})
    with open_to_read(settings.store) as opened:
        note = explain(opened, " ".join(what), load_ontology(settings.ontology))
    width = terminal_width(output)
    with open_output(output) as stream:
        stream.write(note if width is None else "".join(_laid_out(note, min(width, _WIDEST))))


def _laid_out(note: str, width: int) -> Iterator[str]:
    """Give the lines of a note as a terminal of so many columns shows them best, what each event is called set off."""
    from kg.graph.table import hanging

    for line in note.splitlines():
        heading = line and not line.startswith(" ")
        for part in hanging(line, width):
            yield f"{emphasis(width)(part) if heading else part}\n"
