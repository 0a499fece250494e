"""The way in to a demonstration: by the link that ``marsad serve --demo`` prints, in whichever role one likes."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from marsad.server.deps import ROLES, Set, entered, signing_of
from marsad.server.refused import Refused
from marsad.server.render import page

router = APIRouter(prefix="/demo", include_in_schema=False)


@router.get("")
def choose(request: Request, settings: Set, key: Annotated[str, Query()] = "") -> HTMLResponse:
    """What the demonstration is, and a button for each role."""
    _must_fit(settings, key)
    return page(request, "demo.html", key=key, roles=ROLES)


@router.post("")
def begin(
    request: Request, settings: Set, key: Annotated[str, Form()] = "", role: Annotated[str, Form()] = ""
) -> Response:
    """Sign in with a role."""
    _must_fit(settings, key)
    if role not in ROLES:
        raise Refused("base.status_400")
    return entered(signing_of(request).begin(f"Demo {role}"), "/", settings)


def _must_fit(settings: Set, key: str) -> None:
    if not settings.demo or not secrets.compare_digest(key.encode("utf-8", "replace"), settings.demo_key.encode()):
        raise Refused("base.status_404", status=404)
