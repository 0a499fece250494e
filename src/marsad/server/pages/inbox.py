"""The inbox of claims to check, least sure first, and the list of documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marsad.capture.base import parse_date
from marsad.errors import InputError
from marsad.export.withheld import find_name
from marsad.record import Record
from marsad.record.asked import Asked, country_code, in_order
from marsad.record.fields import codes
from marsad.server.deps import Opened, Viewer
from marsad.server.guards import find
from marsad.server.marks import Mark
from marsad.server.reading.article import Run, hidden, paragraphs
from marsad.server.render import page
from marsad.store.lists import DocumentFilter, DocumentRow, InboxFilter, InboxRow, State

router = APIRouter()

STATES = get_args(State)
ANY = "any"
"""The state that asks for nothing; none in the address is ``open``."""
ORDERS = ("doubt", "new", "published", "text")
PROGRESS = ("open", "done", "empty")
LANGUAGES = ("ar", "en")
_FIELDS = ("state", "lang", "event", "factuality", "country", "source", "from", "to", "text", "document", "order")
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


@dataclass(slots=True)
class Asking:
    """What an address asks for: ``values`` as the reader wrote them, ``errors`` by field where one cannot be used."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    chosen: InboxFilter = field(default_factory=InboxFilter)

    def day(self, name: str) -> date | None:
        """A day of publication; what is no day is kept as an error and asks for nothing."""
        try:
            return parse_date(self.values[name]) if name in self.values else None
        except ValueError:
            self.errors[name] = f"{self.values[name]!r} is not a day; write it as YYYY-MM-DD"
            return None

    def code(self, name: str, allowed: tuple[str, ...]) -> Any:
        """One of these codes, or None."""
        given = self.values.get(name)
        if given is not None and given not in allowed:
            self.errors[name] = f"{given!r} is none of {', '.join(allowed)}"
            return None
        return given


def asked(query: Mapping[str, str]) -> Asking:
    """The filter of an address's query; never an error, those are kept by field."""
    given = {name: query.get(name, "").replace("\0", "").strip() for name in _FIELDS}
    made = Asking(values={name: value for name, value in given.items() if value})
    country = None
    try:
        country = country_code(made.values.get("country"))
    except Asked as error:
        made.errors["country"] = str(error)
    since, until = made.day("from"), made.day("to")
    try:
        in_order(since, until)
    except InputError as error:
        made.errors["to"] = str(error)
        until = None
    state: Any = made.code("state", (*STATES, ANY)) or "open"
    made.chosen = InboxFilter(
        state=None if state == ANY else state,
        lang=made.code("lang", LANGUAGES),
        event=made.code("event", codes("event")),
        factuality=made.code("factuality", codes("factuality")),
        country=country,
        source=made.values.get("source"),
        since=since,
        until=until,
        text=made.values.get("text"),
        document=made.values.get("document"),
        order=made.code("order", ORDERS) or "doubt",
    )
    return made


@router.get("/")
def home(user: Viewer) -> Response:
    """What there is to do leads."""
    return RedirectResponse("/inbox", status_code=303)


@router.get("/inbox")
def inbox(request: Request, record: Opened, user: Viewer, offset: Offset = 0) -> HTMLResponse:
    """Claims to check under the filter of the address."""
    asking = asked(request.query_params)
    try:
        found = record.lists.inbox(asking.chosen, offset=offset)
    except InputError as error:  # words that cannot be searched for
        asking.errors["text"] = str(error)
        found = record.lists.inbox(InboxFilter(state=asking.chosen.state), offset=0)
    return page(
        request,
        "inbox.html",
        found=found,
        shown=shown(record, found.rows),
        asking=asking,
        facets=record.lists.facets(asking.chosen) if "text" not in asking.errors else {},
        states=(*STATES, ANY),
        orders=ORDERS,
        queue=str(request.url.query),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The words of a row as a page may show them: without what is private or withheld."""

    title: str
    place: str
    evidence: tuple[Run, ...]
    graphic: bool


def shown(record: Record, rows: tuple[InboxRow, ...]) -> dict[str, Shown]:
    """By claim, its sentence with the trigger marked, guarded by all that its document tells."""
    texts = record.documents({row.document for row in rows})
    withheld = record.custody.withheld()
    found = {}
    for row in rows:
        whole = texts[row.document].text if row.document in texts else ""
        guarded = find(whole, row.lang or "")
        own = find(row.evidence, row.lang or "")
        masked = hidden(row.evidence, own, withheld, shown=False, more=guarded.places_in(row.evidence))
        at = row.evidence.find(row.trigger)
        mark = [Mark(kind="trigger", start=at, end=at + len(row.trigger))] if at >= 0 and row.trigger else []
        runs = [run for line in paragraphs(row.evidence, mark, masked, []) for run in line]
        found[row.claim] = Shown(
            title=withheld.redact(guarded.clean(row.title), find_name) or row.document,
            place=withheld.redact(guarded.clean(row.place), find_name),
            evidence=tuple(runs),
            graphic=bool(own.graphic),
        )
    return found


@router.get("/documents")
def documents(request: Request, record: Opened, user: Viewer, offset: Offset = 0) -> HTMLResponse:
    """Documents, the newest first, each with how many of its claims are open."""
    query = request.query_params
    asking = asked({key: value for key, value in query.items() if key in ("lang", "source", "from", "to", "text")})
    progress = query.get("state", "")
    chosen = DocumentFilter(
        state=progress if progress in PROGRESS else None,  # type: ignore[arg-type]
        lang=asking.chosen.lang,
        source=asking.chosen.source,
        since=asking.chosen.since,
        until=asking.chosen.until,
        text=asking.chosen.text,
        order="published" if query.get("order") == "published" else "new",
    )
    try:
        found = record.lists.documents(chosen, offset=offset)
    except InputError as error:
        asking.errors["text"] = str(error)
        found = record.lists.documents(DocumentFilter(), offset=0)
    return page(
        request,
        "documents.html",
        found=found,
        titles=titles(record, found.rows),
        asking=asking,
        progress=chosen.state or "",
        order=chosen.order,
        sources=[one.source for one in record.lists.sources()],
    )


def titles(record: Record, rows: tuple[DocumentRow, ...]) -> dict[str, str]:
    """By document, its title without what is private or withheld."""
    withheld = record.custody.withheld()
    texts = record.documents({row.id for row in rows})
    guards = {id: find(one.text, one.lang or "") for id, one in texts.items()}
    return {
        row.id: withheld.redact(guards[row.id].clean(row.title) if row.id in guards else row.title, find_name) or row.id
        for row in rows
    }
