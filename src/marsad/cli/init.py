"""``marsad init``: an empty record."""

import click

from marsad.cli.options import record_option


@click.command()
@record_option
def command(url: str) -> None:
    """Make an empty record, into which "marsad add" puts documents.

    A record is one file, or a PostgreSQL database with PostGIS for a team. What is put into it is never overwritten:
    a changed document is a new version, and what people decide is kept with their names and reasons.

    Beside it stands its evidence (marsad.evidence/): what was received, byte for byte, and a ledger of what was done. A
    record in PostgreSQL has one where MARSAD_EVIDENCE names a folder.

    \b
      marsad init                       marsad.db in this folder
      marsad init --db aleppo.db
      marsad init --db postgresql://me:secret@localhost/marsad

    To say it once for all commands, set MARSAD_DB in the environment.
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.create(url) as record:
        click.echo(f"{record.store.name}: an empty record; marsad add PATH... puts documents into it")
