"""``marsad relink``: everything that was worked out, worked out again."""

import click

from marsad.cli.options import record_option
from marsad.cli.output import counted, progress


@click.command()
@record_option
def command(url: str) -> None:
    """Work out everything again.

    Incidents, figures, grades and totals are made anew from the documents and what people decided. The result is the
    same as before, unless this Marsad is newer than the one that worked them out. Documents and decisions are left as
    they are. It happens in one step: until it is done, others see the record as it was.

    \b
      marsad relink
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record, progress("documents") as advance:
        number = record.relink(advance)
    click.echo(f"relinked: {counted(number, 'incident')}")
