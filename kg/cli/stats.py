"""kg stats: how much the store holds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.console import examples
from kg.cli.options import config_option, make_settings, open_database, output_option, store_option
from kg.cli.output import open_output


@click.command(
    epilog=examples(
        "kg stats",
        "kg stats --store graph.trig --format json",
    )
)
@click.option("--format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@output_option()
@store_option
@config_option
def command(*, format: str, output: str, store: Path | None, config: Path | None) -> None:
    """Count articles, reports, events, edges and so on."""
    from kg.graph.counts import count

    settings = make_settings(config, {"store": store})
    with open_database(settings.store) as opened:
        counts = count(opened)
    with open_output(output) as stream:
        if format == "json":
            stream.write(json.dumps(counts) + "\n")
        else:
            width = max(map(len, counts))
            stream.writelines(f"{name:<{width}}  {number:>8}\n" for name, number in counts.items())
