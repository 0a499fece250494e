"""Countries, places and events as a user writes them on the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click

from marsad.cli.output import say

_OPTIONS = {"until": "--to"}


@contextmanager
def _options() -> Iterator[None]:
    """What cannot be used is told with the name of its option."""
    from marsad.record.asked import Asked  # the database loads here, not for --help

    try:
        yield
    except Asked as error:
        raise click.BadParameter(str(error), param_hint=_OPTIONS.get(error.field, f"--{error.field}")) from None


def country_code(value: str | None) -> str | None:
    """The ISO 3166 alpha-2 code of a country's code or name; click.BadParameter for anything else."""
    from marsad.record import asked

    with _options():
        return asked.country_code(value)


def circle(place: str | None, km: float | None, *, country: str | None) -> tuple[float, float, float] | None:
    """Latitude, longitude and radius in km for ``--near`` and ``--km``; says which place was taken."""
    from marsad.record import asked

    if place is None and km is not None:
        raise click.UsageError("--km says how near, but not to what; add --near PLACE")
    with _options():
        found = asked.circle(place, km, country=country)
    if found and found.told:
        say(found.told)
    return found.near if found else None


def in_order(since: date | None, until: date | None) -> None:
    """click.BadParameter where ``--from`` is after ``--to``."""
    from marsad.record import asked

    with _options():
        asked.in_order(since, until)


def event_name(value: str | None) -> str | None:
    """An event of the codebook, hyphens and blanks allowed for; click.BadParameter for anything else."""
    from marsad.record import asked

    with _options():
        return asked.event_name(value)


def actor_name(value: str | None) -> str | None:
    """The id of an actor that has exactly this name, in English or Arabic; else the value, to be sought in names."""
    from marsad.record import asked

    with _options():
        return asked.actor_name(value)
