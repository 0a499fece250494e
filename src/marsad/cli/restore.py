"""``marsad restore``: a record from a backup."""

from pathlib import Path

import click

from marsad.cli.options import record_option


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False))
@record_option
@click.option("--overwrite", is_flag=True, help="Put it in the place of the record that is there, which is lost.")
def command(file: str, url: str, overwrite: bool) -> None:
    """Make a record from FILE, which "marsad backup" wrote.

    FILE is checked first. A record that is there already is left alone, unless --overwrite is given.

    \b
      marsad restore marsad-2026-11-22.backup --db restored.db
    """
    from marsad.record import Record  # the database opens here, not for --help

    Record.restore(Path(file), url, overwrite=overwrite)
    click.echo("restored; marsad incidents lists what is in it")
