"""Countries, places and events as a user writes them on the command line."""

import re
from datetime import date
from math import isnan

import click

from marsad.cli.output import say
from marsad.export.screen import isolate

_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,،]\s*(-?\d+(?:\.\d+)?)\s*")
_AROUND = 25.0


def country_code(value: str | None) -> str | None:
    """The ISO 3166 alpha-2 code of a country's code or name; click.BadParameter for anything else."""
    if value is None:
        return None
    from marsad.geocode.gazetteer import Gazetteer  # opens here, not for --help
    from marsad.lang.text import normalise

    gazetteer = Gazetteer.open()
    code = value.strip().upper()
    if re.fullmatch("[A-Z]{2}", code) and gazetteer.country(code):
        return code
    found = [place for place in gazetteer.lookup(normalise(value).text) if place.kind == "country"]
    if not found:
        raise click.BadParameter(
            f"no country is called {value!r}; give its name, or its ISO 3166 alpha-2 code such as SY",
            param_hint="--country",
        )
    return found[0].country


def circle(place: str | None, km: float | None, *, country: str | None) -> tuple[float, float, float] | None:
    """Latitude, longitude and radius in km for ``--near`` and ``--km``; says which place was taken.

    Without ``km`` 25 km, or the place's own radius where that is larger. click.BadParameter for a place not known.
    """
    if km is not None and isnan(km):
        raise click.BadParameter("nan is no distance; give a number of kilometres", param_hint="--km")
    if place is None:
        if km is not None:
            raise click.UsageError("--km says how near, but not to what; add --near PLACE")
        return None
    if point := _POINT.fullmatch(place):
        lat, lon = float(point[1]), float(point[2])
        if abs(lat) > 90 or abs(lon) > 180:
            raise click.BadParameter(f"{place!r} is no point: latitude -90 to 90, then longitude", param_hint="--near")
        return lat, lon, km or _AROUND
    return _named(place, km, country=country)


def _named(name: str, km: float | None, *, country: str | None) -> tuple[float, float, float]:
    from marsad.geocode.find import find
    from marsad.geocode.gazetteer import Gazetteer

    found = find(name, gazetteer=Gazetteer.open(), country=country or "")
    if country:
        found = [one for one in found if one.candidate.country == country]
    if not found:
        inside = f" in {country}" if country else ""
        raise click.BadParameter(
            f"no place called {name!r}{inside} is in the gazetteer; see marsad gazetteer find, or give LAT,LON",
            param_hint="--near",
        )
    taken = found[0].candidate
    radius = km or max(_AROUND, taken.radius_km)
    inside = ", ".join(part for part in (taken.admin1 if taken.admin1 != taken.name_en else "", taken.country) if part)
    other = f"{len(found) - 1} other place has" if len(found) == 2 else f"{len(found) - 1} other places have"
    others = f"; {other} that name, see marsad gazetteer find" if len(found) > 1 else ""
    say(
        f"near {isolate(taken.name_en or taken.name_ar)}, {taken.kind} in {inside or 'no country'} "
        f"({taken.lat:.3f}, {taken.lon:.3f}), within {radius:g} km{others}"
    )
    return taken.lat, taken.lon, radius


def in_order(since: date | None, until: date | None) -> None:
    """click.BadParameter where ``--from`` is after ``--to``."""
    if since and until and since > until:
        raise click.BadParameter(f"{until} is before --from {since}; turn them round", param_hint="--to")


def event_name(value: str | None) -> str | None:
    """An event of the codebook, hyphens and blanks allowed for; click.BadParameter for anything else."""
    from marsad.extract.events import EVENTS

    if value is None:
        return None
    name = re.sub(r"[\s-]+", "_", value.strip().lower())
    if name not in EVENTS:
        raise click.BadParameter(
            f"{value!r} is no event; it is one of {', '.join(sorted(EVENTS))}", param_hint="--event"
        )
    return name


def actor_name(value: str | None) -> str | None:
    """The id of an actor that has exactly this name, in English or Arabic; else the value, to be sought in names."""
    if value is None:
        return None
    if not value.strip():
        raise click.BadParameter("the name is empty; give a side, such as 'Syrian air force'", param_hint="--actor")
    from marsad.lang.lexicon import ACTOR_COLUMNS
    from marsad.lang.text import fold
    from marsad.tables import read

    wanted = fold(value)
    for row in read("lang/data/actors.tsv", columns=ACTOR_COLUMNS):
        names = (row["name_en"], row["name_ar"], *row["aliases_en"].split(" | "), *row["aliases_ar"].split(" | "))
        if wanted in map(fold, filter(None, names)):
            return row["id"]
    return value
