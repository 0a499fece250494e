"""The audit log: what was done, by whom, from the ledger of the evidence."""

import re
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from marsad.evidence.custody import words
from marsad.evidence.ledger import KINDS, Entry
from marsad.evidence.newest import Part, Wanted, newest
from marsad.server.deps import Admin, Opened
from marsad.server.refused import Refused
from marsad.server.render import language, page

router = APIRouter(include_in_schema=False)

_LIMIT = 100
_SHOWN = 300
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_FIRST = ("action", "verb", "name", "document", "url", "what", "file", "about", "value", "count", "claims", "bytes")


@router.get("/audit")
def audit(
    request: Request,
    admin: Admin,
    record: Opened,
    kind: Annotated[str, Query(max_length=40)] = "",
    who: Annotated[str, Query(max_length=200)] = "",
    text: Annotated[str, Query(max_length=200)] = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    before: Annotated[int | None, Query(ge=0)] = None,
) -> HTMLResponse:
    """The entries of the ledger, the newest first; ``before`` leads to older ones."""
    asked = {"kind": kind if kind in KINDS else "", "who": who.strip(), "text": text.strip()}
    wanted = Wanted(**asked, since=_day(since), until=_day(until))
    evidence = record.custody.evidence
    found = Part((), None) if evidence is None else newest(evidence.ledger, wanted, before=before, limit=_LIMIT)
    return page(
        request,
        "audit.html",
        rows=[(entry, told(entry)) for entry in found.entries],
        older=found.older,
        kinds={kind: words()[language(request)][f"kind_{kind}"] for kind in sorted(KINDS)},
        asked={**asked, "since": since, "until": until},
        before=before,
        kept=evidence is not None,
    )


def told(entry: Entry) -> list[tuple[str, str]]:
    """What an entry is about: names and values, those that mean most to people first, hashes cut short."""
    found = [(key, _short(value)) for key, value in entry.what.items() if value not in ("", None, [], {})]
    return sorted(found, key=lambda pair: _FIRST.index(pair[0]) if pair[0] in _FIRST else len(_FIRST))


def _short(value: Any) -> str:
    found = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    found = _HASH.sub(lambda match: f"{match[0][:12]}…", found)
    return found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"


def _day(value: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refused("base.status_400") from None
