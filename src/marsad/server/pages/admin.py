"""The accounts of the team, for admins: made, given a role, shut out and let in, helped to a new password."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marsad.errors import InputError
from marsad.server.deps import ROLES, Admin, Opened, Set, signing_of
from marsad.server.refused import Refused
from marsad.server.render import page
from marsad.store import accounts, sessions
from marsad.store.accounts import LONGEST_NAME, Account
from marsad.store.session import Session

router = APIRouter(prefix="/admin/accounts", include_in_schema=False)

_DONE = ("role", "disabled", "enabled")
Named = Annotated[str, Form()]


@router.get("")
def listed(request: Request, admin: Admin, record: Opened, done: Annotated[str, Query()] = "") -> HTMLResponse:
    """Every account, and the form to make one."""
    return _page(request, record, done=done if done in _DONE else "")


@router.post("")
def make(request: Request, admin: Admin, record: Opened, name: Named = "", role: Named = "viewer") -> HTMLResponse:
    """Make an account and show the link by which its owner sets the password, this once."""
    try:
        shown = accounts.proper(name)
    except InputError:
        problem = Refused("access.name_bad", most=LONGEST_NAME)
        return _page(request, record, given=name, role=role, problem=problem)
    with record.store.writing() as db:
        if accounts.get(db, shown) is None:
            accounts.add(db, shown, role)
            record.custody.account("made", shown, who=admin.name, value=role)
        else:
            return _page(request, record, given=name, role=role, problem=Refused("access.name_taken"))
    return _with_link(request, record, shown, who=admin.name)


@router.post("/link")
def link(request: Request, admin: Admin, record: Opened, name: Named = "") -> HTMLResponse:
    """A link by which the owner of an account sets a new password; the old one no longer works."""
    return _with_link(request, record, _known(record, name).name, who=admin.name)


@router.post("/role")
def role(request: Request, admin: Admin, record: Opened, name: Named = "", role: Named = "") -> Response:
    """Let an account do more, or less."""
    held = _known(record, name)
    if role not in ROLES:
        raise Refused("base.status_400")
    with record.store.writing() as db:
        _leaving_an_admin(db, held, role=role)
        accounts.set_role(db, held.name, role)
        record.custody.account("role", held.name, who=admin.name, value=role)
    return _done("role")


@router.post("/disabled")
def disabled(request: Request, admin: Admin, record: Opened, name: Named = "", out: Named = "1") -> Response:
    """Shut an account out at once, on every machine, or let it in again."""
    held = _known(record, name)
    with record.store.writing() as db:
        if out == "1":
            _leaving_an_admin(db, held, role="")
            sessions.end_all(db, held.name)
        accounts.set_disabled(db, held.name, out == "1")
        record.custody.account("disabled" if out == "1" else "enabled", held.name, who=admin.name)
    return _done("disabled" if out == "1" else "enabled")


def _known(record: Opened, name: str) -> Account:
    with record.store.reading() as db:
        found = accounts.get(db, name)
    if found is None:
        raise Refused("admin.unknown", status=404)
    return found


def _leaving_an_admin(db: Session, held: Account, *, role: str) -> None:
    if role != "admin" and accounts.is_last_admin(db, held.name):
        raise Refused("admin.last", status=409)


def _done(what: str) -> RedirectResponse:
    return RedirectResponse(f"/admin/accounts?done={what}", status_code=303)


def _with_link(request: Request, record: Opened, name: str, *, who: str) -> HTMLResponse:
    settings: Set = request.app.state.settings
    token = signing_of(request).link(name, who=who)
    there = f"{'https' if settings.secure else 'http'}://{request.headers['host']}/setup?token={token}"
    return _page(request, record, made_link=there, of=name, hours=settings.link // 3600)


def _page(request: Request, record: Opened, **told: object) -> HTMLResponse:
    with record.store.reading() as db:
        found = accounts.all(db)
    shown = {"done": "", "given": "", "role": "viewer", "problem": None, "made_link": "", "of": "", "hours": 0, **told}
    status = 400 if shown["problem"] else 200
    return page(request, "admin.html", status=status, accounts=found, roles=ROLES, longest=LONGEST_NAME, **shown)
