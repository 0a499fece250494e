"""The map of incidents, with what is reported of movement and control; and the same as a table."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from marsad.assess.rules import GRADES
from marsad.extract.events import EVENTS
from marsad.model import Place
from marsad.server import words
from marsad.server.deps import Opened, Viewer
from marsad.server.filters import asking
from marsad.server.names import Names
from marsad.server.render import language, page
from marsad.server.shown import ranged
from marsad.store.lists import StatementRow

router = APIRouter()

ROWS = 12
STATEMENTS = 400
"""Reports of movement and control that the map draws at most, the latest."""
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/map")
def show(request: Request, record: Opened, user: Viewer, offset: Offset = 0) -> HTMLResponse:
    """The map of a filter's incidents, and some rows of its table."""
    asked = asking(request.query_params)
    lang = language(request)
    return page(
        request,
        "map.html",
        asked=asked,
        events=sorted(((event, words.say(f"event.{event}", lang)) for event in EVENTS), key=lambda pair: pair[1]),
        grades=GRADES,
        found=record.lists.incidents(asked.chosen, offset=offset, limit=ROWS),
        unplaced=record.lists.unplaced(asked.chosen),
        statements=record.lists.statements(asked.chosen, limit=ROWS),
    )


@router.get("/map/points")
def points(request: Request, record: Opened, user: Viewer) -> Response:
    """Incidents with a place, as columns of one length; no more digits than are known."""

    def answer() -> dict[str, Any]:
        arabic = language(request) == "ar"
        found = record.lists.points(asking(request.query_params).chosen)
        at = [rounded(*one) for one in zip(found.lat, found.lon, found.radius_km, strict=True)]
        return {
            "id": found.ids,
            "lat": [lat for lat, _ in at],
            "lon": [lon for _, lon in at],
            "km": found.radius_km,
            "precision": found.precision,
            "day": found.day,
            "killed": found.killed_best,
            "known": found.killed_known,
            "grade": found.grade,
            "title": [ranged(title, plain=True) for title in found.title_ar] if arabic else found.title_en,
        }

    return _told(request, record.lists.stamp(), answer)


@router.get("/map/statements")
def statements(request: Request, record: Opened, user: Viewer) -> Response:
    """Reports of movement and control that name a place, each with who says so."""

    def answer() -> dict[str, Any]:
        found = record.lists.statements(asking(request.query_params).chosen, limit=STATEMENTS)
        names = Names(language(request))
        return {"statements": [_statement(row, names) for row in found if _at(row.place) or _at(row.destination)]}

    return _told(request, record.lists.stamp(), answer)


def rounded(lat: float, lon: float, km: float | None) -> tuple[float, float]:
    """The point with no more digits than its radius bears out."""
    digits = 3 if (km or 0) < 2 else 2 if (km or 0) < 20 else 1
    return round(lat, digits), round(lon, digits)


def _statement(row: StatementRow, names: Names) -> dict[str, Any]:
    return {
        "claim": row.claim,
        "kind": "movement" if row.event == "movement" else "control",
        "told": words.say(f"event.{row.event}", names.lang),
        "factuality": row.factuality,
        "source": row.source,
        "day": _when(row),
        "who": [names.actor(pair).text for pair in row.actors],
        "place": names.place(row.place).text if row.place else "",
        "destination": names.place(row.destination).text if row.destination else "",
        "from": _at(row.place),
        "to": _at(row.destination),
        "km": max((place.radius_km or 0 for place in (row.place, row.destination) if place), default=0),
        "precision": max(place.precision for place in (row.place, row.destination) if place),
    }


def _when(row: StatementRow) -> str:
    """The day, or the first and the last of the time in which it was, from left to right in Arabic too."""
    if row.day is None or row.end is None or row.day == row.end:
        return row.day.isoformat() if row.day else ""
    return f"\u2066{row.day.isoformat()} – {row.end.isoformat()}\u2069"


def _at(place: Place | None) -> tuple[float, float] | None:
    """Longitude and latitude; None where the place has no point."""
    if place is None or place.lat is None or place.lon is None:
        return None
    lat, lon = rounded(place.lat, place.lon, place.radius_km)
    return lon, lat


def _told(request: Request, stamp: str, answer: Any) -> Response:
    """The answer as JSON, made only where the browser does not have it yet."""
    tag = f'"{stamp}.{language(request)}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(msgspec.json.encode(answer()), media_type="application/json", headers=headers)
