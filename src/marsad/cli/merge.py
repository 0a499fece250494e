"""``marsad merge``: two incidents are one."""

import click

from marsad.cli.options import because_option, by_option, decider, record_option


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@record_option
@by_option
@because_option
def command(first: str, second: str, url: str, by: str | None, because: str) -> None:
    """Decide that two incidents are one.

    The decision is kept with your name and reason, outranks the program, and survives new documents and
    "marsad relink". The id of either leads to the one they become. "marsad undo" takes it back.

    \b
      marsad merge i3f0c1b2a4d5e i9a8b7c6d5e4f --because "the same hospital, named differently"
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record:
        decision = record.merge(first, second, who=decider(by), because=because)
        click.echo(f"{first} and {second} are now one: {record.incident(first).id} (decision {decision.seq})")
