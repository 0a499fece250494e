"""Search in documents and incidents, in Arabic and English."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from marsad.errors import InputError
from marsad.model import Span
from marsad.record import Record
from marsad.server.deps import Opened, Viewer
from marsad.server.guards import MASK, Guarded, Private, of_document
from marsad.server.render import page
from marsad.store.incidents import Filter
from marsad.store.lists import IncidentRow, Page
from marsad.store.search import Hit

router = APIRouter()

_HITS, _MOST, _INCIDENTS = 20, 200, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A hit with its snippet cut where words were found: (text, whether it was found)."""

    hit: Hit
    parts: tuple[tuple[str, bool], ...]


@router.get("/search")
def show(request: Request, record: Opened, user: Viewer, q: str = "", limit: int = _HITS) -> HTMLResponse:
    """Documents with the words, what was found marked, and incidents with them in their names or evidence."""
    wrong = ""
    hits: list[Hit] = []
    found: Page[IncidentRow] = Page(rows=(), total=0)
    limit = min(max(limit, 1), _MOST)
    if q.strip():
        try:
            hits = record.search(q, limit=limit + 1)
            found = record.lists.incidents(Filter(text=q), order="-documents", limit=_INCIDENTS)
        except InputError as error:
            wrong = str(error)
    return page(
        request,
        "search.html",
        q=q,
        wrong=wrong,
        hits=_passages(record, hits[:limit]),
        more=min(limit * 2, _MOST) if len(hits) > limit and limit < _MOST else 0,
        found=found,
    )


def cut(text: str, marks: Sequence[Span], private: Sequence[Private] = ()) -> tuple[tuple[str, bool], ...]:
    """A text in parts, those of the marks told apart; marks that overlap are one, what is private is masked."""
    masked = [(one.start, one.end, MASK, False) for one in private]
    shown = [
        (start, end, text[start:end], True)
        for start, end in marks
        if not any(start < one.end and one.start < end for one in private)
    ]
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end, words, found in sorted(masked + shown):
        if start < at:
            continue
        parts += [(text[at:start], False), (words, found)]
        at = end
    return tuple(part for part in [*parts, (text[at:], False)] if part[0])


def _passages(record: Record, hits: Sequence[Hit]) -> list[Passage]:
    """Hits without the private names and numbers of their documents."""
    documents = record.documents(hit.document for hit in hits)
    found = []
    for hit in hits:
        guarded = of_document(documents[hit.document]) if hit.document in documents else Guarded()
        title = guarded.clean(hit.title)
        parts = cut(hit.snippet, hit.marks, guarded.places_in(hit.snippet))
        found.append(Passage(hit=replace(hit, title=title), parts=parts))
    return found
