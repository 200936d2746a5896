"""kg export: the store as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import examples, say
from kg.cli.options import config_option, make_settings, ontology_option, open_to_read, output_option, store_option
from kg.cli.output import open_output
from kg.config import Settings
from kg.errors import ExportError

if TYPE_CHECKING:
    from kg.graph.store import Store

# Each format with the suffix that stands for it; the formats themselves are those of `kg.graph.export`, which is not
# imported for the sake of `--help`.
FORMATS = {
    "turtle": ".ttl",
    "trig": ".trig",
    "ntriples": ".nt",
    "nquads": ".nq",
    "jsonld": ".jsonld",
    "jsonl": ".jsonl",
    "plover": None,
    "graphml": ".graphml",
    "gexf": ".gexf",
    "csv": ".csv",
}
_BY_SUFFIX = {suffix: name for name, suffix in FORMATS.items() if suffix}


@click.command(
    epilog=examples(
        "kg export -o graph.ttl",
        "kg export --format jsonl | head -1",
    )
)
@store_option
@click.option("--format", type=click.Choice(list(FORMATS)), help="[default: by the suffix of FILE, else turtle]")
@output_option()
@config_option
@ontology_option
def command(
    *, store: Path | None, format: str | None, output: str, config: Path | None, ontology: tuple[Path, ...]
) -> None:
    """Write the store as RDF, as events or as a network.

    The output is sorted: the same content gives the same bytes.

    turtle, ntriples and jsonld hold all triples; trig and nquads keep a named graph for each article; jsonl and csv hold
    the events, plover those that PLOVER has a code for; graphml and gexf hold the network of direct edges.
    """
    settings = make_settings(config, {"store": store, "ontology": ontology})
    with open_to_read(settings.store) as opened:
        write_export(opened, output, format, settings)
    if output != "-":
        say(f"wrote {output}")


def check_suffix(output: str) -> str:
    """Give the format that the suffix of a file names. Raises ExportError if it names none."""
    suffix = Path(output).suffix.lower()
    if suffix not in _BY_SUFFIX:
        raise ExportError(f"{output}: cannot tell the format from the suffix; known are {', '.join(_BY_SUFFIX)}")
    return _BY_SUFFIX[suffix]


def write_export(store: Store, output: str, format_: str | None, settings: Settings) -> None:
    """Write a store to a file in a format, by default that of its suffix; `-` is standard output, by default Turtle."""
    from kg.graph.export import export
    from kg.graph.schema import load_ontology

    chosen = format_ or ("turtle" if output == "-" else check_suffix(output))
    ontology = load_ontology(settings.ontology)
    with open_output(output) as stream:
        export(store, chosen, stream, ontology)
