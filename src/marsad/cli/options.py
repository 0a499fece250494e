"""Options that several commands share: which record, who decides and why, where to write."""

import os
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

import click

from marsad.capture.base import parse_date
from marsad.errors import InputError

Function = TypeVar("Function", bound=Callable[..., Any])
Decorator = Callable[[Function], Function]


def day(value: str) -> date:
    """The day of an option's value; click.BadParameter where it is none."""
    try:
        return parse_date(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day; write it as YYYY-MM-DD") from None


def _all(*options: Decorator[Any]) -> Decorator[Any]:
    def decorate(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


record_option = click.option(
    "--db",
    "url",
    envvar="MARSAD_DB",
    default="marsad.db",
    metavar="PATH|URL",
    help="The record: a file, or postgresql://user:password@host/name. [default: MARSAD_DB, else marsad.db here]",
)

by_option = click.option("--by", metavar="NAME", help="Who decides. [default: MARSAD_USER, else the login name]")

because_option = click.option("--because", default="", metavar="TEXT", help="Why; kept with the decision.")

because_needed = click.option("--because", required=True, metavar="TEXT", help="Why; kept with the decision.")


def _columns(context: click.Context, parameter: click.Parameter, value: str | None) -> dict[str, str] | None:
    from marsad.capture.formats.csv import columns_of

    return columns_of(value) if value else None


columns_option = click.option(
    "--columns",
    callback=_columns,
    metavar="KEY=COLUMN,...",
    help="What the columns of .csv files are: text=body,published=date.",
)

output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, whole or not at all."
)


def format_option(names: Iterable[str]) -> Decorator[Any]:
    """``--format``, with the table for people and JSON lines for programs unless told otherwise."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(sorted(names)),
        help="[default: table on a terminal, else jsonl]",
    )


def decider(name: str | None) -> str:
    """Who decides: ``--by``, else MARSAD_USER, else the login name; InputError where none is known."""
    from getpass import getuser

    found = (name or os.environ.get("MARSAD_USER", "")).strip()
    if found:
        return found
    try:
        return getuser()
    except (KeyError, OSError, ImportError):
        raise InputError("it is not known who decides; say --by NAME, or set MARSAD_USER in the environment") from None


filter_options = _all(
    click.option("--country", metavar="CODE|NAME", help="In this country: SY, Syria or سوريا."),
    click.option("--from", "since", type=day, metavar="YYYY-MM-DD", help="On this day or later."),
    click.option("--to", "until", type=day, metavar="YYYY-MM-DD", help="On this day or earlier."),
    click.option("--event", metavar="EVENT", help="Of this kind, such as air_drone_strike."),
    click.option("--actor", metavar="NAME", help="With this side, by its English or Arabic name."),
)

near_options = _all(
    click.option("--near", metavar="PLACE", help="Near this place: a name, or LAT,LON."),
    click.option("--km", type=click.FloatRange(0, 20000, min_open=True), metavar="N", help="How near. [default: 25]"),
)
