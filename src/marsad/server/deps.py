"""What routes ask for: the record, and who is signed in with which role."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, cast

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from marsad.record import Record
from marsad.server.jobs import Jobs
from marsad.server.settings import Settings
from marsad.server.signing import Signing
from marsad.store.accounts import Account

Role = Literal["viewer", "reviewer", "editor", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "reviewer", "editor", "admin")
"""Each may do what those before it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Who is signed in; ``lang`` is empty where the account has no language of its own."""

    name: str
    role: Role
    lang: str = ""

    def may(self, role: Role) -> bool:
        """Whether the role is this one or above it."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @classmethod
    def of(cls, account: Account) -> "User":
        """The user of an account."""
        return cls(name=account.name, role=cast(Role, account.role), lang=account.lang)


def record_of(request: Request) -> Record:
    """The record that is served."""
    record = request.app.state.record
    assert isinstance(record, Record)
    return record


def settings_of(request: Request) -> Settings:
    """What the workbench was started with."""
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


def signing_of(request: Request) -> Signing:
    """The way in to the record that is served."""
    return Signing(record_of(request), request.app.state.passwords, settings_of(request))


def jobs_of(request: Request) -> Jobs:
    """The work that goes on in the background."""
    jobs = request.app.state.jobs
    assert isinstance(jobs, Jobs)
    return jobs


def entered(token: str, path: str, settings: Settings) -> RedirectResponse:
    """On to a page, with a session begun."""
    answer = RedirectResponse(path, status_code=303)
    set_cookie(answer, settings, token)
    return answer


def set_cookie(response: Response, settings: Settings, token: str) -> None:
    """Give the browser the session's cookie, which no script can read and no other site's form sends."""
    response.set_cookie(
        settings.cookie, token, max_age=settings.most, httponly=True, samesite="lax", secure=settings.secure, path="/"
    )


def needs(role: Role) -> Callable[[Request], User]:
    """A dependency: the signed-in user, who must have at least this role; every route but the way in has one."""

    def signed(request: Request) -> User:
        user: User | None = getattr(request.state, "user", None)
        if user is None:
            raise HTTPException(401)
        if not user.may(role):
            raise HTTPException(403)
        return user

    signed.role = role  # type: ignore[attr-defined]
    return signed


Opened = Annotated[Record, Depends(record_of)]
Set = Annotated[Settings, Depends(settings_of)]
Viewer = Annotated[User, Depends(needs("viewer"))]
Reviewer = Annotated[User, Depends(needs("reviewer"))]
Editor = Annotated[User, Depends(needs("editor"))]
Admin = Annotated[User, Depends(needs("admin"))]
