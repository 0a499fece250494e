"""Incidents, and what follows from all of them: points for a map, a timeline, totals."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from marsad.export.incidents.record import record as incident_record
from marsad.export.record import record as claim_record
from marsad.export.totals.record import record as total_record
from marsad.export.withheld import redacted
from marsad.model import Claim
from marsad.server.api.asked import Asked, Chosen, Limit, Offset, written
from marsad.server.api.private import covers, incident_covered
from marsad.server.deps import Opened, Viewer
from marsad.store.listed import ORDERS
from marsad.store.lists import IncidentRow, Page, Points, Split, StatementRow, Step, Timeline

router = APIRouter(prefix="/api", tags=["incidents"])

Order = Annotated[str, Query(pattern=f"^-?({'|'.join(ORDERS)})$", description="With a minus before it: downwards.")]


@router.get("/incidents", response_model=Page[IncidentRow])
def incidents(
    record: Opened, user: Viewer, chosen: Chosen, order: Order = "-start", offset: Offset = 0, limit: Limit = 50
) -> Response:
    """Incidents of a filter, in short; "/api/incidents/ID" has one whole."""
    return written(record.lists.incidents(chosen, order=order, offset=offset, limit=limit))


@router.get("/incidents/{id}", response_model=dict[str, Any])
def incident(record: Opened, user: Viewer, id: str) -> Response:
    """The incident record (docs/incident-record.md); of an id that was merged away, the incident it is part of now."""
    hidden = record.custody.withheld()
    return written(incident_record(redacted(incident_covered(record, record.incident(id)), hidden)))


@router.get("/incidents/{id}/claims", response_model=list[Claim])
def claims_of(record: Opened, user: Viewer, id: str) -> Response:
    """The claim records of an incident (docs/claim-record.md), without the words of withheld documents."""
    found = redacted(incident_covered(record, record.incident(id)), record.custody.withheld())
    return written([claim_record(report.claim) for report in found.case.reports])


@router.get("/points", response_model=Points)
def points(record: Opened, user: Viewer, chosen: Chosen) -> Response:
    """All incidents of a filter that have a place, in lists of one length; the place lies within ``radius_km``."""
    return written(record.lists.points(chosen))


@router.get("/timeline", response_model=Timeline)
def timeline(
    record: Opened,
    user: Viewer,
    chosen: Chosen,
    by: Step = "month",
    split: Annotated[Split | None, Query()] = None,
) -> Response:
    """Incidents and their harm over time, all together or by actor, event or grade."""
    return written(record.lists.timeline(chosen, by=by, split=split))


@router.get("/statements", response_model=Page[StatementRow])
def statements(record: Opened, user: Viewer, chosen: Chosen, offset: Offset = 0, limit: Limit = 200) -> Response:
    """What was reported of movement and control, each with its source: statements, not facts."""
    found = record.lists.statements(chosen, offset=offset, limit=limit)
    hidden = covers(record, (row.document for row in found.rows))
    rows = tuple(replace(row, evidence=hidden[row.document].words(row.evidence)) for row in found.rows)
    return written(replace(found, rows=rows))


@router.get("/totals", response_model=Page[dict[str, Any]])
def totals(record: Opened, user: Viewer, asked: Asked, offset: Offset = 0, limit: Limit = 50) -> Response:
    """Figures of campaigns beside what the incidents of their days sum to (docs/totals.md)."""
    found = record.lists.totals(asked.totals, offset=offset, limit=limit)
    return written(Page(rows=tuple(map(total_record, found.rows)), total=found.total, offset=offset, limit=limit))
