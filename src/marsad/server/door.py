"""The door: every request comes in here, and every answer goes out here.

It refuses a Host that is not ours (DNS rebinding), tells who is signed in by the session's cookie, refuses requests
that change something and were not sent from a page of ours (CSRF: the origin, and a token that only our pages hold),
bounds what is sent, and gives every answer its headers. What a role may do, each route says for itself (deps.needs).
"""

import hashlib
import ipaddress
import logging
import secrets
import socket
import time
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.errors import InputError
from marsad.record import Record
from marsad.server import words
from marsad.server.deps import User, set_cookie
from marsad.server.refused import Refused
from marsad.server.settings import LOOPBACK, Settings
from marsad.store import sessions

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""The Content-Security-Policy of every answer: nothing from elsewhere, no script or style within a page."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

UPLOADS = "/add/files"
"""The one path that takes files."""

_CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
_YEAR = 365 * 24 * 3600
_NOTED = 60  # seconds between two notes that a session is in use
_log = logging.getLogger("marsad.server")


class TooMuch(Refused):
    """More was sent than is taken."""

    def __init__(self) -> None:
        super().__init__("base.too_much", status=413)


def csrf_token(session: str) -> str:
    """What the forms of a session's pages hold; it does not tell the session."""
    return hashlib.sha256(f"marsad-csrf {session}".encode()).hexdigest()


def new_token() -> str:
    """A cookie for a visitor who is not signed in; it opens nothing, and signing in gives another."""
    return secrets.token_urlsafe(32)


class Door:
    """The middleware."""

    def __init__(self, app: ASGIApp, *, settings: Settings, record: Record, refuse: "Refuse") -> None:
        self._app, self._settings, self._record, self._refuse = app, settings, record, refuse
        self._names = _names(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one request in, and its answer out."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request, outgoing = Request(scope), _Outgoing(send, scope, secure=self._settings.secure)
        if not self._is_ours(request.headers.get("host", "")):
            await PlainTextResponse("This is not the name of this server.\n", 421)(scope, receive, outgoing)
            return
        try:
            await self._enter(request, scope, receive, outgoing)
        except Exception as error:
            if not isinstance(error, InputError):
                _log.exception("%s %s", request.method, request.url.path)
            if outgoing.begun:
                raise
            await self._refuse(request, error)(scope, receive, outgoing)

    async def _enter(self, request: Request, scope: Scope, receive: Receive, send: "_Outgoing") -> None:
        request.state.user, request.state.csrf, request.state.session = None, "", ""
        request.state.unproven = False
        if "\0" in request.url.path or "%00" in request.url.query:
            raise Refused("base.status_400")  # no text has it, and PostgreSQL takes none with it
        if not request.url.path.startswith("/static/"):
            await self._recognise(request, send)
            if request.query_params.get("pages") in words.LANGUAGES and request.method == "GET":
                await _in_language(request, self._settings)(scope, receive, send)
                return
            if request.method in _CHANGES:
                _same_origin(request.headers)
                receive = await self._bounded(request, receive)
        await self._app(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = _host(host)
        return name in self._names or (not self._settings.local and _is_address(name))

    async def _recognise(self, request: Request, send: "_Outgoing") -> None:
        """Who sends the request; a visitor without a cookie is given one, so that the form to sign in has a token."""
        token = _cookies(request.headers.getlist("cookie")).get(self._settings.cookie, "")
        if token:
            request.state.user = await run_in_threadpool(self._signed, token)
        elif not request.url.path.startswith("/api/"):
            token = send.visitor = new_token()
            send.settings = self._settings
        request.state.session, request.state.csrf = token, csrf_token(token)

    def _signed(self, token: str) -> User | None:
        now, settings = int(time.time()), self._settings
        with self._record.store.reading() as db:
            found = sessions.find(db, token, now=now, idle=settings.idle, most=settings.most)
        if found is None:
            return None
        if now - found.seen >= min(_NOTED, settings.idle // 4):
            self._note(token, now)
        return User.of(found.account)

    def _note(self, token: str, now: int) -> None:
        try:
            with self._record.store.writing(wait=0) as db:
                sessions.touch(db, token, now=now)
        except InputError:
            return  # another is writing; the next request will note it

    async def _bounded(self, request: Request, receive: Receive) -> Receive:
        """What reads the body: at most so much of it, and where it is a form only with the token of the session."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        given = request.headers.get("x-csrf-token", "")
        limits, files = self._settings.limits, kind == "multipart/form-data"
        if request.state.user is None:
            most = limits.stranger
        else:
            most = limits.upload if files and request.url.path == UPLOADS else limits.form
        if files and request.url.path != UPLOADS:
            raise Refused("base.no_files", status=415)
        if int(request.headers.get("content-length", "0") or 0) > most:
            raise TooMuch
        receive = _counted(receive, most)
        if files and not given:  # the route reads the token, which stands before the files, before anything is done
            request.state.unproven = True
            return receive
        if not files:
            body = await _in_time(_whole(receive), limits.form_seconds)
            if b"%00" in body or b"\0" in body:
                raise Refused("base.status_400")
            given = given or (_field(body) if kind == "application/x-www-form-urlencoded" else "")
            receive = _again(body, receive)
        prove(request, given)
        return receive


Refuse = Callable[[Request, Exception], Response]
"""Makes the answer that tells what is wrong."""


def prove(request: Request, given: str) -> None:
    """Refused where this is not the token of the session's pages; a form that brings files proves itself by this."""
    if not secrets.compare_digest(given.encode("utf-8", "replace"), request.state.csrf.encode()):
        raise Refused("base.not_our_form", status=403)
    request.state.unproven = False


def _in_language(request: Request, settings: Settings) -> Response:
    """The same page again, in the language that was asked for, which the browser keeps from now on."""
    rest = urlencode([(key, value) for key, value in request.query_params.multi_items() if key != "pages"])
    path = "/" + quote(request.url.path.lstrip("/"), safe="/")
    answer = RedirectResponse(f"{path}?{rest}" if rest else path, status_code=303)
    lang = request.query_params["pages"]
    answer.set_cookie("lang", lang, max_age=_YEAR, samesite="lax", secure=settings.secure, httponly=True, path="/")
    return answer


class _Outgoing:
    """Sends the answer, with the headers that every answer has."""

    def __init__(self, send: Send, scope: Scope, *, secure: bool) -> None:
        self._send, self._scope, self._secure = send, scope, secure
        self.begun = False
        self.visitor = ""
        self.settings: Settings | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if self._secure:
                headers["strict-transport-security"] = "max-age=31536000"
            if "cache-control" not in headers and not self._scope["path"].startswith("/static/"):
                headers["cache-control"] = "no-store"
            if self.visitor and self.settings and not _sets(headers, self.settings.cookie):
                response = Response()
                set_cookie(response, self.settings, self.visitor)
                headers.append("set-cookie", response.headers["set-cookie"])
        await self._send(message)


def _sets(headers: MutableHeaders, cookie: str) -> bool:
    return any(line.startswith(f"{cookie}=") for line in headers.getlist("set-cookie"))


def _same_origin(headers: Headers) -> None:
    """Refused where the browser says that another site sends this."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
    ours = origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
    if not ours or site not in ("same-origin", "none"):
        raise Refused("base.not_our_form", status=403)


def _counted(receive: Receive, most: int) -> Receive:
    """Reads on until more than ``most`` bytes have come, then raises TooMuch."""
    count = 0

    async def read() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > most:
            raise TooMuch
        return message

    return read


async def _in_time(body: Awaitable[bytes], seconds: float) -> bytes:
    try:
        with anyio.fail_after(seconds):
            return await body
    except TimeoutError:
        raise Refused("base.too_slow", status=408) from None


async def _whole(receive: Receive) -> bytes:
    parts: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read once more, then what the connection says."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return left.pop() if left else await receive()

    return read


def _field(body: bytes) -> str:
    found = parse_qs(body.decode("utf-8", "replace"), max_num_fields=None).get("csrf", [""])
    return found[0]


def _cookies(lines: list[str]) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for line in lines:
        try:
            jar.load(line)
        except CookieError:
            return {}
    return {name: one.value for name, one in jar.items()}


def _names(settings: Settings) -> frozenset[str]:
    """The names in a Host header that mean this server."""
    names = {settings.host.lower(), *(name.lower() for name in settings.names)}
    if settings.local:
        names |= set(LOOPBACK)
    else:
        names |= {socket.gethostname().lower(), "localhost"}
    return frozenset(names)


def _host(header: str) -> str:
    """The name in a Host header, without its port; "" where it is none."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower() if header.isascii() else ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    """Whether a name is an address, which nobody else's name can be made to mean."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
