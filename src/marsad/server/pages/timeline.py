"""Incidents and their harm over time, and totals of campaigns beside what incidents add up to."""

from collections.abc import Mapping
from typing import Annotated, Any, get_args

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from marsad.assess.rules import GRADES
from marsad.extract.events import EVENTS
from marsad.server import words
from marsad.server.deps import Opened, Viewer
from marsad.server.filters import Asking, asking
from marsad.server.names import actor
from marsad.server.render import language, page
from marsad.store.lists import Page, Split, Step, Timeline

router = APIRouter()

STEPS: tuple[Step, ...] = get_args(Step)
SPLITS: tuple[Split, ...] = get_args(Split)
ROWS = 24
TOTALS = 6
NAMED = 5
"""Series that a chart tells apart; the rest is one more."""
DAYS = {"week": 730, "month": 4000}
"""Over how many days each step is taken where the reader names none; days for less, years for more."""
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/timeline")
def show(request: Request, record: Opened, user: Viewer, offset: Offset = 0) -> HTMLResponse:
    """Charts of the filter's incidents, and the same as a table."""
    asked, lang = asking(request.query_params), language(request)
    by, split = request.query_params.get("by"), request.query_params.get("split")
    parted = split if split in SPLITS else None
    found = record.lists.timeline(asked.chosen, by=by if by in STEPS else "month")
    if by not in STEPS and (step := _step(found)) != found.by:
        found = record.lists.timeline(asked.chosen, by=step)
    summed = _sums(found)  # an incident of two sides stands under both: the sum is not that of the parts
    if parted:
        found = record.lists.timeline(asked.chosen, by=found.by, split=parted, most=NAMED)
    rows = [n for n, events in enumerate(summed["events"]) if events]
    return page(
        request,
        "timeline.html",
        asked=asked,
        events=sorted(((event, words.say(f"event.{event}", lang)) for event in EVENTS), key=lambda pair: pair[1]),
        grades=GRADES,
        steps=[(step, words.say(f"timeline.by.{step}", lang)) for step in STEPS],
        splits=[(one, words.say(f"timeline.split.{one}", lang)) for one in SPLITS],
        split=parted,
        found=found,
        named={key: _named(key, found, parted, lang) for key in found.series},
        summed=summed,
        rows=Page(rows=tuple(rows[offset : offset + ROWS]), total=len(rows), offset=offset, limit=ROWS),
        data=_data(found, summed, parted, lang),
        totals=_totals(record, asked),
    )


def _totals(record: Opened, asked: Asking) -> Page[Any]:
    return record.lists.totals(asked.totals, limit=TOTALS)


def _step(found: Timeline) -> Step:
    """The step at which the chart has neither too few bars nor too many."""
    if not found.starts:
        return "month"
    days = (found.starts[-1] - found.starts[0]).days
    return "day" if days <= 92 else "week" if days <= DAYS["week"] else "month" if days <= DAYS["month"] else "year"


def _sums(found: Timeline) -> Mapping[str, list[Any]]:
    """All series together, by column; None where none of them has a figure."""
    bounds = [f"{of}_{bound}" for of in ("killed", "injured") for bound in ("low", "best", "high")]
    each = found.series.values()
    return {
        name: [_sum([getattr(one, name)[n] for one in each]) for n in range(len(found.starts))]
        for name in ("events", *bounds, "unknown", "injured_unknown")
    }


def _sum(values: list[int | None]) -> int | None:
    told = [value for value in values if value is not None]
    return sum(told) if told else None


def _data(found: Timeline, summed: Mapping[str, list[Any]], split: Split | None, lang: str) -> str:
    """What the charts draw, as JSON."""
    told = {
        "by": found.by,
        "starts": [day.isoformat() for day in found.starts],
        **{name: summed[name] for name in ("events", "killed_low", "killed_best", "killed_high")},
        "series": [
            {"name": _named(key, found, split, lang), "killed": one.killed_best, "events": one.events}
            for key, one in found.series.items()
        ] if split else [],
    }  # fmt: skip
    return msgspec.json.encode(told).decode()


def _named(key: str, found: Timeline, split: Split | None, lang: str) -> str:
    """What a series is called."""
    if key == "*":
        return words.say("timeline.rest" if split else "timeline.events", lang)
    if key == "":
        return words.say("grade.none" if split == "grade" else "timeline.nobody", lang)
    if split in ("event", "grade"):
        return words.say(f"{split}.{key}", lang)
    return actor(key, found.names.get(key, key), lang).text
