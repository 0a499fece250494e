"""How exact a placed mention is.

UCDP, ACLED and Airwars codes from data/precision.tsv, and points computed from directions.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import asin, atan2, cos, degrees, radians, sin

from marsad.tables import read

_EARTH = 6371.0


@dataclass(frozen=True, slots=True)
class Codes:
    """One line of the table: UCDP ``where_prec`` 1-7, ACLED ``geo_precision`` 1-3, Airwars accuracy, radius (0.

    The record's).
    """

    ucdp: int
    acled: int
    accuracy: str
    radius_km: float


@lru_cache(maxsize=1)
def table() -> dict[str, Codes]:
    """The codes by case; DataError where a line does not hold."""
    rows = read("geocode/data/precision.tsv", columns=("case", "ucdp", "acled", "accuracy", "radius_km"))
    codes: dict[str, Codes] = {}
    for row in rows:
        ucdp = int(row.one_of("ucdp", ("1", "2", "3", "4", "5", "6", "7")))
        acled = int(row.one_of("acled", ("1", "2", "3")))
        codes[row["case"]] = Codes(ucdp, acled, row["accuracy"], float(row["radius_km"] or 0))
    return codes


def codes(case: str) -> Codes:
    """The codes of a case; those of a region for a case the table lacks."""
    return table().get(case, table()["region"])


def move(lat: float, lon: float, *, bearing: float, km: float) -> tuple[float, float]:
    """The point ``km`` away at ``bearing`` degrees on a great circle."""
    angle, course = km / _EARTH, radians(bearing)
    lat1, lon1 = radians(lat), radians(lon)
    lat2 = asin(sin(lat1) * cos(angle) + cos(lat1) * sin(angle) * cos(course))
    lon2 = lon1 + atan2(sin(course) * sin(angle) * cos(lat1), cos(angle) - sin(lat1) * sin(lat2))
    return round(degrees(lat2), 5), round((degrees(lon2) + 540) % 360 - 180, 5)
