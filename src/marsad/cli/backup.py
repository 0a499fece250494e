"""``marsad backup``: the whole record in one file."""

from pathlib import Path

import click

from marsad.cli.options import record_option


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False))
@record_option
@click.option("--overwrite", is_flag=True, help="Put it in the place of the file that is there.")
def command(file: str, url: str, overwrite: bool) -> None:
    """Write the whole record to FILE.

    It holds documents with all their versions, claims, decisions, and what was worked out. It is consistent while
    others write, and checked when it is done. "marsad restore" makes a record of it.

    \b
      marsad backup marsad-2026-11-22.backup
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record:
        record.backup(Path(file), overwrite=overwrite)
        click.echo(f"{file}: a backup of {record.store.name}")
