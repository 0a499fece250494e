"""One's own account: its language, its password, signing out everywhere."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marsad.server.deps import Opened, Set, Viewer, entered, signing_of
from marsad.server.passwords import SHORTEST
from marsad.server.refused import Refused
from marsad.server.render import page
from marsad.server.signing import Waiting, Wrong
from marsad.store import accounts

router = APIRouter(include_in_schema=False)


@router.get("/account")
def account(request: Request, user: Viewer, done: Annotated[str, Query()] = "") -> HTMLResponse:
    """The account of who is signed in."""
    return _account(request, done=done if done in ("saved", "changed") else "", problem=None)


@router.post("/account/language")
def language(
    request: Request, user: Viewer, record: Opened, settings: Set, lang: Annotated[str, Form()] = ""
) -> Response:
    """The language of the pages, on every machine that has not chosen another."""
    with record.store.writing() as db:
        accounts.set_lang(db, user.name, lang)
    answer = RedirectResponse("/account?done=saved", status_code=303)
    answer.delete_cookie("lang", path="/", secure=settings.secure, httponly=True, samesite="lax")
    return answer


@router.post("/account/password")
def password(
    request: Request,
    user: Viewer,
    settings: Set,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Another password; other machines are signed out."""
    try:
        if new != again:
            raise Refused("access.password_differs")
        token = signing_of(request).change(user.name, old=old, new=new)
    except Wrong:
        return _account(request, done="", problem=Refused("account.wrong", status=403))
    except (Refused, Waiting) as error:
        return _account(request, done="", problem=error)
    return entered(token, "/account?done=changed", settings)


@router.post("/account/everywhere")
def everywhere(request: Request, user: Viewer) -> Response:
    """Sign out on every machine."""
    signing_of(request).leave_everywhere(who=user.name)
    return RedirectResponse("/login", status_code=303)


def _account(request: Request, *, done: str, problem: Refused | None) -> HTMLResponse:
    flashes = [("good", done)] if done else []
    status = problem.status if problem else 200
    return page(request, "account.html", status=status, done=flashes, problem=problem, least=SHORTEST)
