"""From a chosen candidate to a point, a radius and codes: directions, distances, countrysides, borders, «بين X وY»."""

from dataclasses import dataclass

from marsad.geocode.gazetteer import SETTLEMENTS, Candidate, Gazetteer, distance_km
from marsad.geocode.mentions import PlaceMention
from marsad.geocode.precision import Codes, codes, move
from marsad.model import Place

_FAR = 60.0
_SIDES = {0: "northern", 45: "north-eastern", 90: "eastern", 135: "south-eastern"} | {
    180: "southern", 225: "south-western", 270: "western", 315: "north-western"
}  # fmt: skip
_AREAS = frozenset({"country", "region", "sea", "line"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A point with its case in the precision table."""

    lat: float
    lon: float
    case: str
    radius_km: float
    name: str


def place(mention: PlaceMention, chosen: Candidate, *, gazetteer: Gazetteer, partner: Candidate | None = None) -> Place:
    """The place of a mention whose candidate has been chosen.

    ``text`` is the folded name, ``span`` None (the caller knows them).
    """
    spot = _spot(mention, chosen, gazetteer)
    if partner is not None:
        spot = _middle(spot, chosen, partner)
    found = codes(spot.case)
    return _make(spot, found, mention=mention, chosen=chosen)


def _make(spot: Spot, found: Codes, *, mention: PlaceMention, chosen: Candidate) -> Place:
    return Place(
        name=spot.name, text=mention.name, lat=spot.lat, lon=spot.lon, country=chosen.country or None,
        precision=found.ucdp,
        geo_precision=found.acled, accuracy=found.accuracy, radius_km=round(found.radius_km or spot.radius_km, 1),
        admin1=(chosen.name_en if chosen.kind == "adm1" else chosen.admin1) or None, gazetteer_id=chosen.id,
    )  # fmt: skip


def _spot(mention: PlaceMention, chosen: Candidate, gazetteer: Gazetteer) -> Spot:
    offset = mention.offset
    if mention.countryside:
        return _countryside(mention, chosen, gazetteer)
    case = _case(mention, chosen)
    bearing = offset.bearing if offset.bearing is not None else mention.side
    if offset.along:
        return Spot(chosen.lat, chosen.lon, "border" if chosen.kind == "country" else "road", 40.0, chosen.name_en)
    if bearing is None:
        case = "near" if offset.near and case not in _AREAS | {"adm1"} else case
        return Spot(chosen.lat, chosen.lon, case, chosen.radius_km + offset.near, chosen.name_en)
    if offset.km is not None:
        lat, lon = move(chosen.lat, chosen.lon, bearing=bearing, km=offset.km)
        return Spot(lat, lon, "offset" if offset.km <= _FAR else "between", max(5.0, offset.km / 5), chosen.name_en)
    part = _known_part(chosen, bearing, gazetteer)
    if part is not None:
        return Spot(part.lat, part.lon, "part", part.radius_km, part.name_en)
    if chosen.kind in _AREAS or case in ("adm1", "adm2"):
        lat, lon = move(chosen.lat, chosen.lon, bearing=bearing, km=chosen.radius_km / 2)
        return Spot(
            lat,
            lon,
            "part" if chosen.kind in _AREAS else case,
            chosen.radius_km / 2,
            f"{_side(bearing)} {chosen.name_en}",
        )
    if mention.side is not None and not offset.near and chosen.kind == "city":
        lat, lon = move(chosen.lat, chosen.lon, bearing=bearing, km=chosen.radius_km / 2)
        return Spot(lat, lon, case, chosen.radius_km, chosen.name_en)
    lat, lon = move(chosen.lat, chosen.lon, bearing=bearing, km=offset.near or min(10.0, chosen.radius_km + 4))
    return Spot(lat, lon, "toward", 15.0, chosen.name_en)


def _known_part(chosen: Candidate, bearing: float, gazetteer: Gazetteer) -> Candidate | None:
    """A side of a country that our tables place where its people live (data/places/parts.tsv)."""
    if chosen.kind != "country":
        return None
    found = gazetteer.lookup(f"{_side(bearing)} {chosen.name_en}".replace("-", " "))
    return next((c for c in found if c.kind == "region" and c.country == chosen.country), None)


def _case(mention: PlaceMention, chosen: Candidate) -> str:
    """The kind as stated by the noun, where the gazetteer knows only the settlement of that name."""
    if mention.head in ("adm1", "adm2") and chosen.kind in SETTLEMENTS:
        return mention.head
    if mention.head == "front" and chosen.kind in SETTLEMENTS:
        return "front"
    return chosen.kind


def _countryside(mention: PlaceMention, chosen: Candidate, gazetteer: Gazetteer) -> Spot:
    """«ريف حلب الشمالي»: the province of that name, moved to the stated side; of a lesser town, its surroundings."""
    unit = province(chosen, gazetteer)
    side = mention.side if mention.side is not None else mention.offset.bearing
    if unit is None:
        around = chosen if side is None else None
        lat, lon = (chosen.lat, chosen.lon) if around else move(chosen.lat, chosen.lon, bearing=side or 0.0, km=10.0)
        return Spot(lat, lon, "adm2", 20.0, f"{chosen.name_en} countryside")
    if side is None:
        return Spot(unit.lat, unit.lon, "countryside", unit.radius_km, f"{unit.name_en} countryside")
    lat, lon = move(chosen.lat, chosen.lon, bearing=side, km=unit.radius_km / 2)
    return Spot(lat, lon, "countryside", unit.radius_km / 2, f"{_side(side)} {unit.name_en} countryside")


def province(chosen: Candidate, gazetteer: Gazetteer) -> Candidate | None:
    """The first-level unit called like the candidate (itself if it is one)."""
    if chosen.kind == "adm1":
        return chosen
    for name in filter(None, (chosen.name_ar, chosen.name_en)):
        for other in gazetteer.lookup(name):
            if other.kind == "adm1" and other.country == chosen.country:
                return other
    return None


def _middle(spot: Spot, chosen: Candidate, partner: Candidate) -> Spot:
    apart = distance_km((chosen.lat, chosen.lon), (partner.lat, partner.lon))
    lat, lon = (chosen.lat + partner.lat) / 2, (chosen.lon + partner.lon) / 2
    case = "toward" if apart <= 25 else "between"
    return Spot(
        round(lat, 5), round(lon, 5), case, max(5.0, apart / 2), f"between {chosen.name_en} and {partner.name_en}"
    )


def _side(bearing: float) -> str:
    return _SIDES[round(bearing / 45) * 45 % 360]
