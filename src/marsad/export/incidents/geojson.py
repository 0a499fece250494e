"""``--format geojson``: incidents as points for a map (RFC 7946), each with how far it may lie from its point."""

from typing import TextIO

from marsad.export.incidents.flat import row
from marsad.export.record import encode
from marsad.model import Incident, Place


class GeojsonWriter:
    """One FeatureCollection, a feature a line; an incident without a point has ``null`` for its geometry.

    ``radius_km`` and ``precision`` are properties of each feature: a point is the middle of a circle, not a spot.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._before = stream, '{"type":"FeatureCollection","features":['

    def write(self, one: Incident) -> None:
        """The next incident."""
        feature = {"type": "Feature", "id": one.id, "geometry": _geometry(one.case.place), "properties": row(one)}
        self._stream.write(f"{self._before}\n{encode(feature)}")
        self._before = ","

    def close(self) -> None:
        """The end of the collection; a collection of none when there were no incidents."""
        self._stream.write(f"{'' if self._before == ',' else self._before}\n]}}\n")


def open_writer(stream: TextIO, *, colour: bool) -> GeojsonWriter:
    """A writer of features; colour has no meaning here."""
    return GeojsonWriter(stream)


def _geometry(place: Place | None) -> dict[str, object] | None:
    """A point with longitude first, as the RFC has it."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}
