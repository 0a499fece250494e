"""``marsad split``: claims that do not belong to their incident."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from marsad.cli.options import because_option, by_option, decider, record_option
from marsad.cli.output import counted

if TYPE_CHECKING:
    from marsad.record import Record


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
        gone, kept = _now(record, decision.about), _now(record, decision.value.split())
        moved = counted(len(decision.about), "claim")
        click.echo(f"{moved} split from {incident}: now in {gone}; the rest in {kept} (decision {decision.seq})")


def _now(record: "Record", claims: Iterable[str]) -> str:
    """The incidents that hold these claims."""
    from marsad.store import incidents

    with record.store.reading() as db:
        held = incidents.of_claims(db, list(claims))
    return " and ".join(sorted(set(held.values()))) or "none, for by themselves they make none"
