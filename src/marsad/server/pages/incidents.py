"""The list of incidents by filter."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from marsad.assess.rules import GRADES
from marsad.extract.events import EVENTS
from marsad.server import words
from marsad.server.deps import Opened, Viewer
from marsad.server.filters import FIELDS, asking
from marsad.server.render import language, page
from marsad.store.listed import ORDERS

router = APIRouter()

SIZES = (25, 50, 100, 200)
FORMS = ("csv", "jsonl", "geojson")
"""Formats in which the same list can be taken along."""


@router.get("/incidents")
def show(request: Request, record: Opened, user: Viewer) -> HTMLResponse:
    """Incidents of a filter, sorted and paged as the address says; a value that cannot be used is told at its field."""
    query = request.query_params
    asked = asking(query)
    order = query.get("order", "-start")
    order = order if order.removeprefix("-") in ORDERS else "-start"
    size = next((size for size in SIZES if query.get("limit") == str(size)), 50)
    offset = int(query["offset"]) if query.get("offset", "").isdecimal() and len(query["offset"]) < 10 else 0
    found = record.lists.incidents(asked.chosen, order=order, offset=offset, limit=size)
    lang = language(request)
    events = sorted(((event, words.say(f"event.{event}", lang)) for event in EVENTS), key=lambda pair: pair[1])
    return page(
        request,
        "incidents.html",
        asked=asked,
        found=found,
        order=order,
        size=size,
        sizes=SIZES,
        forms=FORMS,
        events=events,
        grades=GRADES,
        fields=FIELDS,
    )
