"""Two people who changed one thing at a time: neither's change is lost, and the second decides what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from marsad.errors import Conflict, InputError
from marsad.export.withheld import redacted
from marsad.model import Claim, Decision, Incident
from marsad.record import Record
from marsad.record.reviewing import Written
from marsad.server.deps import record_of
from marsad.server.incident.private import guard
from marsad.server.reading.touched import FIELDS
from marsad.server.render import language, page
from marsad.server.words import say, words

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
    since = redacted(error.since, hidden)
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
        since=since,
        set_to={one.seq: list(_set(one, language(request))) for one in since},
        now=redacted(now, hidden),
        clean=guard(record.documents(about), []).clean,
    )


def figures(rows: Sequence[Mapping[str, Any]], lang: str) -> list[str]:
    """Figures of a claim that have a number, in words: what is counted, of whom, how many."""
    found = []
    for row in rows:
        low, high = row.get("low"), row.get("high")
        if low is None and high is None:
            continue
        codes = [_coded("of", row.get("of"), lang)]
        codes += [_coded("whom", row["whom"], lang)] if row.get("whom") not in (None, "unspecified") else []
        number = f"{low:,}" if low == high else " – ".join("…" if n is None else f"{n:,}" for n in (low, high))
        found.append(f"{', '.join(codes)}: {number}")
    return found


def _coded(field: str, value: Any, lang: str) -> str:
    key = f"{field}.{value}"
    return say(key, lang) if key in words() else str(value)


def _set(one: Decision, lang: str) -> Iterator[tuple[str, str]]:
    """What a correction set: the names of fields and their values, in words."""
    content = one.content if one.verb == "correct" else {}
    for field in (field for field in FIELDS if field in content):
        value = content[field]
        if field == "quantities":
            told = figures(value, lang)
        elif isinstance(value, list):
            told = [
                str(part.get("name") or part.get("text")) if isinstance(part, dict) else str(part) for part in value
            ]
        elif isinstance(value, dict):
            told = [str(value.get("name") or " – ".join(dict.fromkeys((value.get("start", ""), value.get("end", "")))))]
        else:
            told = [] if value is None else [_coded(field, value, lang)]
        yield say(f"reading.field_{field}", lang), "; ".join(told) or "–"


def _now(record: Record, id: str) -> Now:
    try:
        incident = record.incident(id)
    except InputError:
        return Now(claim=record.claims([id]).get(id))
    return Now(incident=incident, written=record.assessment(incident.id))
