"""Countries, places, events and actors as a user writes them, on the command line or in a form."""

import re
from dataclasses import dataclass
from datetime import date
from math import isnan

from marsad.errors import InputError
from marsad.export.screen import isolate

_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,،]\s*(-?\d+(?:\.\d+)?)\s*")
_AROUND = 25.0


class Asked(InputError):
    """A condition that cannot be used; ``field`` names it: country, near, km, event, actor or until."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A circle in degrees and kilometres; ``told`` says which place was taken, "" where a point was given."""

    lat: float
    lon: float
    km: float
    told: str = ""

    @property
    def near(self) -> tuple[float, float, float]:
        """As filters take it."""
        return self.lat, self.lon, self.km


def country_code(value: str | None) -> str | None:
    """The ISO 3166 alpha-2 code of a country's code or name; Asked for anything else."""
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
        message = f"no country is called {value!r}; give its name, or its ISO 3166 alpha-2 code such as SY"
        raise Asked("country", message)
    return found[0].country


def circle(place: str | None, km: float | None, *, country: str | None = None) -> Circle | None:
    """The circle round a place or a point ("LAT,LON"); Asked for a place that is not known.

    Without ``km`` 25 km, or the place's own radius where that is larger; ``country`` is a code.
    """
    if km is not None and isnan(km):
        raise Asked("km", "nan is no distance; give a number of kilometres")
    if place is None:
        return None
    if point := _POINT.fullmatch(place):
        lat, lon = float(point[1]), float(point[2])
        if abs(lat) > 90 or abs(lon) > 180:
            raise Asked("near", f"{place!r} is no point: latitude -90 to 90, then longitude")
        return Circle(lat=lat, lon=lon, km=km or _AROUND)
    return _named(place, km, country=country)


def _named(name: str, km: float | None, *, country: str | None) -> Circle:
    from marsad.geocode.find import find
    from marsad.geocode.gazetteer import Gazetteer

    found = find(name, gazetteer=Gazetteer.open(), country=country or "")
    if country:
        found = [one for one in found if one.candidate.country == country]
    if not found:
        inside = f" in {country}" if country else ""
        message = f"no place called {name!r}{inside} is in the gazetteer; see marsad gazetteer find, or give LAT,LON"
        raise Asked("near", message)
    taken = found[0].candidate
    radius = km or max(_AROUND, taken.radius_km)
    inside = ", ".join(part for part in (taken.admin1 if taken.admin1 != taken.name_en else "", taken.country) if part)
    other = f"{len(found) - 1} other place has" if len(found) == 2 else f"{len(found) - 1} other places have"
    others = f"; {other} that name, see marsad gazetteer find" if len(found) > 1 else ""
    told = (
        f"near {isolate(taken.name_en or taken.name_ar)}, {taken.kind} in {inside or 'no country'} "
        f"({taken.lat:.3f}, {taken.lon:.3f}), within {radius:g} km{others}"
    )
    return Circle(lat=taken.lat, lon=taken.lon, km=radius, told=told)


def in_order(since: date | None, until: date | None) -> None:
    """Asked where the first day is after the last."""
    if since and until and since > until:
        raise Asked("until", f"{until} is before {since}; turn them round")


def event_name(value: str | None) -> str | None:
    """An event of the codebook, hyphens and blanks allowed for; Asked for anything else."""
    from marsad.extract.events import EVENTS

    if value is None:
        return None
    name = re.sub(r"[\s-]+", "_", value.strip().lower())
    if name not in EVENTS:
        raise Asked("event", f"{value!r} is no event; it is one of {', '.join(sorted(EVENTS))}")
    return name


def actor_name(value: str | None) -> str | None:
    """The id of an actor that has exactly this name, in English or Arabic; else the value, to be sought in names."""
    if value is None:
        return None
    if not value.strip():
        raise Asked("actor", "the name is empty; give a side, such as 'Syrian air force'")
    from marsad.lang.lexicon import ACTOR_COLUMNS
    from marsad.lang.text import fold
    from marsad.tables import read

    wanted = fold(value)
    for row in read("lang/data/actors.tsv", columns=ACTOR_COLUMNS):
        names = (row["name_en"], row["name_ar"], *row["aliases_en"].split(" | "), *row["aliases_ar"].split(" | "))
        if wanted in map(fold, filter(None, names)):
            return row["id"]
    return value
