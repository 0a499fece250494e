"""The register of sources: what people think of each, and how each stands in the record."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marsad.assess import Standing
from marsad.assess.sources import RELIABILITY
from marsad.errors import Conflict, InputError
from marsad.evidence.withholding import MARK
from marsad.lang.text import fold
from marsad.model import Decision
from marsad.record import Record
from marsad.server.deps import Editor, Opened, Viewer
from marsad.server.refused import Refused
from marsad.server.render import page
from marsad.store.lists import Page

router = APIRouter()

Words = Annotated[str, Form()]
_KEYS: dict[str, Callable[[Standing], Any]] = {
    "source": lambda one: fold(one.source),
    "documents": lambda one: one.documents,
    "incidents": lambda one: one.incidents,
    "first": lambda one: one.first,
    "repeats": lambda one: one.repeats,
    "contradicted": lambda one: one.contradicted,
    "reliability": lambda one: one.reliability or "Z",
}
_SIZE = 50


@router.get("/sources")
def show(
    request: Request,
    record: Opened,
    user: Viewer,
    order: str = "-documents",
    text: str = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """The register, sorted and sought through as the address says."""
    return _shown(request, record, order=order, text=text, offset=offset)


def _shown(
    request: Request, record: Record, *, order: str = "-documents", text: str = "", offset: int = 0, problem: str = ""
) -> HTMLResponse:
    found = _sorted([one for one in record.lists.sources() if fold(text) in fold(one.source)], order)
    rows = tuple(found[offset : offset + _SIZE])
    return page(
        request,
        "sources.html",
        status=400 if problem else 200,
        found=Page(rows=rows, total=len(found), offset=offset, limit=_SIZE),
        order=order,
        text=text,
        codes=tuple(RELIABILITY),
        problem=problem,
        withheld=MARK,
    )


def _sorted(found: Sequence[Standing], order: str) -> list[Standing]:
    key = _KEYS.get(order.removeprefix("-"), _KEYS["documents"])
    by_name = sorted(found, key=lambda one: one.source)
    return sorted(by_name, key=key, reverse=order.startswith("-"))


@router.get("/sources/one")
def one(request: Request, record: Opened, user: Viewer, name: str) -> Response:
    """One source: its code, how it stands, and who decided what of it."""
    found = next((one for one in record.lists.sources() if one.source == name), None)
    if found is None:
        raise Refused("sources.unknown", status=404, name=name)
    return page(
        request,
        "source.html",
        standing=found,
        decided=list(reversed([d for d in record.decisions(name) if d.verb in ("source", "undo")])) if name else [],
        codes=tuple(RELIABILITY),
        revision=record.revision(name),
        may=user.may("editor"),
    )


@router.post("/sources")
def code(
    request: Request,
    record: Opened,
    user: Editor,
    name: Words,
    code: Words = "",
    because: Words = "",
    seen: Words = "",
) -> Response:
    """Set the reliability of a source, or take it back."""
    return _done(
        request, record, lambda: record.source(name, code, who=user.name, because=because, seen=seen or None), name
    )


@router.post("/sources/undo")
def undo(
    request: Request,
    record: Opened,
    user: Editor,
    seq: Annotated[int, Form(ge=1, le=2**31 - 1)],
    name: Words,
    because: Words = "",
) -> Response:
    """Take back one decision about a source."""
    return _done(request, record, lambda: record.undo(who=user.name, because=because, seq=seq), name)


def _done(request: Request, record: Record, act: Callable[[], Decision], name: str) -> Response:
    try:
        act()
    except Conflict:
        raise
    except InputError as error:
        return _shown(request, record, text=name, problem=str(error))
    return RedirectResponse(f"/sources/one?{urlencode({'name': name})}", status_code=303)
