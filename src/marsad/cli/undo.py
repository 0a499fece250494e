"""``marsad undo``: the last decision, taken back."""

import click

from marsad.cli.options import because_option, by_option, decider, record_option
from marsad.export.pages.decisions import told


@click.command()
@click.argument("number", metavar="[NUMBER]", type=click.IntRange(1), required=False)
@record_option
@by_option
@because_option
def command(number: int | None, url: str, by: str | None, because: str) -> None:
    """Take back the last decision, or the one with this NUMBER.

    The last one that stands is taken back, whoever made it; again, the one before. NUMBER is as "marsad decisions"
    shows it; what was decided later stands. Nothing is deleted: "marsad decisions" shows what was decided, and that it
    was taken back. To take back an undo is to decide again as before.

    \b
      marsad undo
      marsad undo 12
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record:
        click.echo(f"taken back: {told(record.undo(who=decider(by), because=because, seq=number))}")
