"""What went wrong, told: as a page, in the place of a form, or to a program; never with a traceback."""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException as Plain
from starlette.responses import Response

from marsad.errors import Conflict, InputError
from marsad.export.screen import plain
from marsad.server import words
from marsad.server.conflicts import conflict_page
from marsad.server.refused import Refused
from marsad.server.render import language, page

HANDLED = (InputError, Plain, HTTPException, RequestValidationError)
"""What routes raise on purpose."""


def refuse(request: Request, error: Exception) -> Response:
    """The answer that tells what is wrong, and what to do."""
    status = _status(request, error)
    if status == HTTPStatus.UNAUTHORIZED and not _for_programs(request):
        return _to_sign_in(request)
    headers = dict(getattr(error, "headers", None) or {})
    lang, message = _message(request, error, status)
    if _for_programs(request):
        return JSONResponse({"detail": message}, status_code=status, headers=headers)
    if isinstance(error, Conflict):
        return conflict_page(request, error)
    template = "refused_part.html" if request.headers.get("hx-request") else "refused.html"
    answer = page(request, template, status=status, message=message, said_in=lang)
    answer.headers.update(headers)
    return answer


def _for_programs(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _status(request: Request, error: Exception) -> int:
    if isinstance(error, Refused):
        return error.status
    if isinstance(error, Plain):
        return error.status_code
    if isinstance(error, RequestValidationError):
        return 422
    if not isinstance(error, InputError):
        return 500
    if isinstance(error, Conflict):
        return 409
    if str(error).startswith(f"{request.app.state.record.name}: "):
        return 503
    return 404 if request.method == "GET" and request.path_params else 400


def _message(request: Request, error: Exception, status: int) -> tuple[str, str]:
    """The language of the words, and the words."""
    lang = language(request)
    if isinstance(error, Refused):
        return lang, error.told(lang)
    if isinstance(error, InputError):
        return "en", plain(str(error).removeprefix(f"{request.app.state.record.name}: "))
    if isinstance(error, RequestValidationError):
        told = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors())
        return "en", plain(told)
    known = f"base.status_{status}"
    return lang, words.say(known if known in words.words() else "base.status_400", lang)


def _to_sign_in(request: Request) -> Response:
    after = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    there = f"/login?next={quote(after, safe='/')}" if request.method == "GET" and after != "/" else "/login"
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": "/login"})
    return RedirectResponse(there, status_code=303)
