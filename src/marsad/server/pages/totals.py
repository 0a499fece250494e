"""Totals of campaigns beside what the incidents sum to, as they succeed each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from marsad.assess.rules import GRADES
from marsad.assess.totals import why_one
from marsad.errors import InputError
from marsad.export.totals.record import gap
from marsad.extract.events import EVENTS
from marsad.model import Total
from marsad.server import words
from marsad.server.deps import Opened, Viewer
from marsad.server.filters import asking
from marsad.server.incident.private import guard
from marsad.server.render import language, page
from marsad.store import totals

router = APIRouter()

_SIZE = 20
_WIDE = 600
_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A total beside the sum of its incidents, on one scale: positions in percent, "" where there is none."""

    total: Total
    least: int | None
    most: int | None
    said: str
    said_width: str
    said_open: bool
    low: str
    width: str

    @property
    def verdict(self) -> str:
        """What the gap comes to: ``unknown``, ``short`` of the total, ``over`` it, or ``within``."""
        if not self.total.incidents or self.least is None:
            return "unknown"
        if self.least > 0:
            return "short"
        return "over" if self.most is not None and self.most < 0 else "within"


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """Totals of one campaign, in the order of their days."""

    totals: Sequence[Beside]

    @property
    def first(self) -> Total:
        """The total that the campaign is called after."""
        return self.totals[0].total


@router.get("/totals")
def show(
    request: Request, record: Opened, user: Viewer, offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0
) -> HTMLResponse:
    """Totals by campaign, for the filter of the address."""
    asked = asking(request.query_params)
    found = record.lists.totals(asked.totals, offset=offset, limit=_SIZE)
    lang = language(request)
    events = sorted(((event, words.say(f"event.{event}", lang)) for event in EVENTS), key=lambda pair: pair[1])
    return page(
        request,
        "totals.html",
        asked=asked,
        found=found,
        campaigns=list(_campaigns(found.rows)),
        events=events,
        grades=GRADES,
    )


@router.get("/totals/{id}")
def one(request: Request, record: Opened, user: Viewer, id: str) -> HTMLResponse:
    """One total: who says it, why the statements are one, which incidents are summed beside it."""
    with record.store.reading() as db:
        kept = totals.get(db, [id])
    if not kept:
        raise InputError(f"{id}: no total of this id; the list of totals has those of now")
    chosen = totals.Filter(campaign=kept[id].campaign)
    campaign = next(_campaigns(record.lists.totals(chosen, limit=_WIDE).rows))
    beside = next(one for one in campaign.totals if one.total.id == id)
    pages = record.documents(report.claim.document for report in beside.total.reports[:_SHOWN])
    return page(
        request,
        "total.html",
        beside=beside,
        campaign=campaign,
        reasons=why_one(beside.total),
        hidden=record.custody.withheld(),
        clean=guard(pages, beside.total.reports).clean,
        shown=_SHOWN,
        summed=list(record.lists.incident_rows(beside.total.incidents[:_SIZE]).values()),
    )


def _campaigns(found: Sequence[Total]) -> Iterator[Campaign]:
    for _, group in groupby(found, key=lambda total: total.campaign):
        own = list(group)
        numbers = [n for t in own for n in (t.low, t.high, t.summed_low, t.summed_high) if n]
        top = max(numbers, default=1)
        yield Campaign(totals=[_beside(total, top) for total in own])


def _beside(total: Total, top: int) -> Beside:
    least, most = gap(total)
    said = total.low if total.low is not None else total.high
    low, high = total.summed_low, total.summed_high
    end = top if high is None else high
    return Beside(
        total=total,
        least=least,
        most=most,
        said="" if said is None else _percent(said, top),
        said_width="" if total.low is None or total.high is None else _percent(total.high - total.low, top),
        said_open=total.high is None,
        low="" if low is None or not total.incidents else _percent(low, top),
        width="" if low is None else _percent(max(end - low, 0), top),
    )


def _percent(number: int, top: int) -> str:
    return f"{min(100.0, 100.0 * number / top):.2f}%"
