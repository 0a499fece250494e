"""Distances on a sphere."""

from math import asin, cos, degrees, radians, sin, sqrt

EARTH_KM = 6371.0087714
"""Mean radius of the Earth (IUGG), which PostGIS measures with too."""


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance between two (latitude, longitude) in degrees, by the haversine formula."""
    lat, lon, other_lat, other_lon = map(radians, (*a, *b))
    h = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def box(lat: float, lon: float, km: float) -> tuple[float, float, float, float] | None:
    """South, north, west and east of all that is within ``km``; ``None`` where that holds a pole or the date line."""
    reach = degrees(km / EARTH_KM)
    south, north = lat - reach, lat + reach
    if south <= -90 or north >= 90:
        return None
    across = degrees(asin(min(1.0, sin(radians(reach)) / cos(radians(lat)))))
    west, east = lon - across, lon + across
    return None if west < -180 or east > 180 else (south, north, west, east)
