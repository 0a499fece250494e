"""``marsad undo``: the last decision, taken back."""

import click

from marsad.cli.options import because_option, by_option, decider, record_option
from marsad.export.pages.decisions import told


@click.command()
@record_option
@by_option
@because_option
def command(url: str, by: str | None, because: str) -> None:
    """Take back the last decision.

    The last one that stands is taken back, whoever made it; again, the one before. Nothing is deleted: "marsad
    decisions" shows what was decided, and that it was taken back.

    \b
      marsad undo
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record:
        click.echo(f"taken back: {told(record.undo(who=decider(by), because=because))}")
