"""Two people who changed one thing at a time: neither's change is lost, and the second decides what to do."""

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from marsad.errors import Conflict, InputError
from marsad.export.withheld import redacted
from marsad.model import Claim, Incident
from marsad.record import Record
from marsad.record.reviewing import Written
from marsad.server.deps import record_of
from marsad.server.incident.private import guard
from marsad.server.render import page
from marsad.server.words import words

_OWN = ("csrf", "seen")
"""Fields of a form that are no one's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What the thing in question is by now: an incident, a claim, or neither."""

    incident: Incident | None = None
    claim: Claim | None = None
    written: Written | None = None


def conflict_page(request: Request, error: Conflict) -> HTMLResponse:
    """What you wanted, what was decided meanwhile, how it stands; buttons to do it all the same or to drop it.

    The form that was sent is taken from the request, where FastAPI has read it; its fields go into the new form, so
    that no word is lost.
    """
    record = record_of(request)
    sent = getattr(request, "_form", None)
    fields = [(key, str(value)) for key, value in sent.multi_items()] if isinstance(sent, FormData) else []
    path = request.url.path.rstrip("/")
    verb = "source" if path == "/sources" else path.rsplit("/", 1)[-1]
    hidden = record.custody.withheld()
    now = _now(record, error.id)
    about = [now.claim.document] if now.claim else []
    return page(
        request,
        "conflict.html",
        status=409,
        conflict=error,
        verb=verb if f"verb.{verb}" in words() else "",
        action=path,
        back=f"/sources/one?{urlencode({'name': error.id})}" if verb == "source" else path.rsplit("/", 1)[0],
        wanted=[(key, value) for key, value in fields if key not in _OWN],
        told=getattr(request.state, "told", None),
        labels={key: f"conflict.field_{key}" for key, _ in fields if f"conflict.field_{key}" in words()},
        since=redacted(error.since, hidden),
        now=redacted(now, hidden),
        clean=guard(record.documents(about), []).clean,
    )


def _now(record: Record, id: str) -> Now:
    try:
        incident = record.incident(id)
    except InputError:
        return Now(claim=record.claims([id]).get(id))
    return Now(incident=incident, written=record.assessment(incident.id))
