"""The way in and out: signing in, links by which passwords are set."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marsad.server.deps import Set, Viewer, entered, signing_of
from marsad.server.passwords import SHORTEST
from marsad.server.refused import Refused
from marsad.server.render import page
from marsad.server.signing import Waiting, Wrong

router = APIRouter(include_in_schema=False)


def local(path: str) -> str:
    """The path, where it leads to a page of ours; else the first page: nobody is sent elsewhere by a link to us."""
    try:
        found = urlsplit(path)
    except ValueError:
        return "/"
    strange = not path.isprintable() or "\\" in path or " " in path
    if strange or found.scheme or found.netloc or not path.startswith("/") or path.startswith("//"):
        return "/"
    return path


@router.get("/login")
def login(request: Request, next: Annotated[str, Query()] = "/") -> Response:
    """The form to sign in; who is signed in goes on."""
    if getattr(request.state, "user", None):
        return RedirectResponse(local(next), status_code=303)
    return page(request, "login.html", next=local(next), given="", problem="")


@router.post("/login")
def sign_in(
    request: Request,
    settings: Set,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Sign in; a new session in place of whatever the browser held."""
    address = request.client.host if request.client else ""
    try:
        token = signing_of(request).enter(name, password, address=address)
    except (Wrong, Waiting) as error:
        told = {"next": local(next), "given": name, "problem": error}
        answer = page(request, "login.html", status=error.status, **told)
        answer.headers.update(getattr(error, "headers", {}))
        return answer
    return entered(token, local(next), settings)


@router.post("/logout")
def sign_out(request: Request, user: Viewer) -> Response:
    """Sign out here; what the browser kept of pages and cookies is cleared."""
    signing_of(request).leave(request.state.session, who=user.name)
    return _left(request)


@router.get("/setup")
def setup(request: Request, token: Annotated[str, Query()] = "") -> HTMLResponse:
    """The form by which a password is set with a link; with the first link the first admin is made."""
    return _setup(request, token, given="", problem=None)


@router.post("/setup")
def set_up(
    request: Request,
    settings: Set,
    token: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Set the password and sign in."""
    try:
        if password != again:
            raise Refused("access.password_differs")
        session = signing_of(request).accept(token, name=name, password=password)
    except Refused as error:
        return _setup(request, token, given=name, problem=error)
    return entered(session, "/", settings)


def _setup(request: Request, token: str, *, given: str, problem: Refused | None) -> HTMLResponse:
    held = signing_of(request).linked(token)
    if held is None:
        raise Refused("access.link_void", status=403)
    status = problem.status if problem else 200
    return page(
        request, "setup.html", status=status, token=token, held=held, given=given, problem=problem, least=SHORTEST
    )


def _left(request: Request) -> RedirectResponse:
    answer = RedirectResponse("/login", status_code=303)
    settings = request.app.state.settings
    answer.delete_cookie(settings.cookie, path="/", secure=settings.secure, httponly=True, samesite="lax")
    answer.headers["clear-site-data"] = '"cache"'
    return answer
