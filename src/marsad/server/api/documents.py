"""Documents and their claims, sources, search."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from marsad.assess import Standing
from marsad.errors import InputError
from marsad.export.record import document_record
from marsad.export.record import record as claim_record
from marsad.export.withheld import redacted
from marsad.model import Claim, Factuality
from marsad.record import asked
from marsad.server.api.asked import Limit, Offset, written
from marsad.server.api.private import Cover, cover_for, covers
from marsad.server.deps import Opened, Viewer
from marsad.server.refused import Refused
from marsad.store.lists import DocumentFilter, DocumentRow, InboxFilter, InboxRow, Page
from marsad.store.search import Hit

router = APIRouter(prefix="/api", tags=["documents"])

Word = Annotated[str | None, Query(min_length=1, max_length=200)]
State = Literal["open", "accepted", "corrected", "rejected", "added"]
Lang = Annotated[Literal["ar", "en"] | None, Query()]


@router.get("/claims", response_model=Page[InboxRow])
def claims(
    record: Opened,
    user: Viewer,
    state: State | None = None,
    lang: Lang = None,
    event: Word = None,
    factuality: Factuality | None = None,
    country: Word = None,
    source: Word = None,
    document: Word = None,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
    text: Word = None,
    order: Literal["doubt", "new", "published", "text"] = "doubt",
    offset: Offset = 0,
    limit: Limit = 50,
) -> Response:
    """Claims of a filter, in short, the most doubtful first; "/api/claims/ID" has one whole."""
    chosen = InboxFilter(
        state=state,
        lang=lang,
        event=asked.event_name(event),
        factuality=factuality,
        country=asked.country_code(country),
        source=source,
        since=since,
        until=until,
        text=text,
        document=document,
        order=order,
    )
    found = record.lists.inbox(chosen, offset=offset, limit=limit)
    hidden = covers(record, (row.document for row in found.rows))
    rows = tuple(_covered(row, hidden[row.document]) for row in found.rows)
    return written(replace(found, rows=rows))


def _covered(row: InboxRow, hidden: Cover) -> InboxRow:
    return replace(
        row,
        title=hidden.words(row.title),
        evidence=hidden.words(row.evidence),
        trigger=hidden.words(row.trigger),
        place=hidden.words(row.place),
    )


@router.get("/claims/{id:path}", response_model=Claim)
def claim(record: Opened, user: Viewer, id: str) -> Response:
    """The claim record (docs/claim-record.md) with all corrections; private names and numbers are covered with ●, as
    long as they were, and a withheld document has no words."""
    found = record.claims([id]).get(id)
    if found is None:
        raise InputError(f"{id}: no claim of a current document takes part under this id")
    covered = cover_for(record, found.document).claim(found)
    return written(claim_record(redacted(covered, record.custody.withheld())))


@router.get("/documents", response_model=Page[DocumentRow])
def documents(
    record: Opened,
    user: Viewer,
    state: Literal["open", "done", "empty"] | None = None,
    lang: Lang = None,
    source: Word = None,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
    text: Word = None,
    order: Literal["new", "published"] = "new",
    offset: Offset = 0,
    limit: Limit = 50,
) -> Response:
    """Documents of a filter, the newest first; "/api/documents/ID" has one with its text."""
    chosen = DocumentFilter(state=state, lang=lang, source=source, since=since, until=until, text=text, order=order)
    found = record.lists.documents(chosen, offset=offset, limit=limit)
    hidden = covers(record, (row.id for row in found.rows))
    rows = tuple(replace(row, title=hidden[row.id].words(row.title)) for row in found.rows)
    return written(replace(found, rows=rows))


@router.get("/documents/{id:path}", response_model=dict[str, Any])
def document(record: Opened, user: Viewer, id: str) -> Response:
    """A document with its text, in which ● stands for each character of private names and numbers; of a withheld one
    only that it is there, with the mark of what is withheld."""
    found, hidden = record.document(id), cover_for(record, id)
    covered = replace(found, text=hidden.covered, title=hidden.words(found.title))
    return written(document_record(redacted(covered, record.custody.withheld())))


@router.get("/sources", response_model=list[Standing])
def sources(record: Opened, user: Viewer) -> Response:
    """The register of sources, with how each stands in the record."""
    return written(record.lists.sources())


@router.get("/search", response_model=list[Hit])
def search(
    record: Opened,
    user: Viewer,
    q: Annotated[str, Query(min_length=1, max_length=400)],
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> Response:
    """Documents that hold the words in any form, best first, without those that are withheld."""
    try:
        found = record.search(q, limit=limit)
    except InputError as error:
        raise Refused("export.filter", status=422, text=str(error)) from None
    hidden = covers(record, (hit.document for hit in found))
    return written([hidden[hit.document].hit(hit) for hit in found])


@router.get("/openapi.json", include_in_schema=False)
def schema(request: Request, user: Viewer) -> JSONResponse:
    """The description of this API (OpenAPI)."""
    return JSONResponse(request.app.openapi())
