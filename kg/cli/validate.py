"""kg validate: whether the store keeps its own rules."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import examples, one_line, plural, say
from kg.cli.options import config_option, make_settings, ontology_option, open_to_read, store_option
from kg.cli.output import open_output


@click.command(
    epilog=examples(
        "kg validate",
        "kg validate --store graph.ttl",
    )
)
@store_option
@config_option
@ontology_option
@click.pass_context
def command(ctx: click.Context, /, *, store: Path | None, config: Path | None, ontology: tuple[Path, ...]) -> None:
    """Check the store against its rules.

    These are SHACL shapes and queries. Exits with 0 if the store conforms, 1 if not.
    """
    from kg.graph.validate import validate

    settings = make_settings(config, {"store": store, "ontology": ontology})
    with open_to_read(settings.store) as opened:
        violations = validate(opened, ontology=settings.ontology)
    with open_output("-") as stream:
        for found in violations:
            stream.write(f"{one_line(found.focus)}\t{one_line(found.message)}\t{found.source}\n")
    verdict = f"has {plural(len(violations), 'violation')}" if violations else "conforms"
    say(f"{settings.store} {verdict}")
    if violations:
        ctx.exit(1)
