"""``marsad split``: claims that do not belong to their incident."""

import click

from marsad.cli.ids import Reported, look_up
from marsad.cli.options import because_option, by_option, decider, record_option
from marsad.cli.output import counted


@click.command()
@click.argument("incident", metavar="ID")
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@record_option
@by_option
@because_option
def command(incident: str, claims: tuple[str, ...], url: str, by: str | None, because: str) -> None:
    """Decide that claims belong to another incident.

    Each CLAIM is taken out of the incident ID. The claims named together stay together. "marsad show ID" prints the
    ids of the claims. The decision is kept with your name and reason, outranks the program, and survives new
    documents and "marsad relink". "marsad undo" takes it back.

    \b
      marsad split i3f0c1b2a4d5e 9d1f60c2a7b34e58 --because "the strike of the day before"
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record:
        decision = record.split(incident, claims, who=decider(by), because=because)
        found = look_up(record, claims[0])
        held = found.incidents.get(claims[0]) if isinstance(found, Reported) else None
        now = f"now {held.id}" if held else "now in none, for by themselves they make none"
        click.echo(f"{counted(len(claims), 'claim')} split from {incident}, {now} (decision {decision.seq})")
