"""The page on which a document is read and its claims are checked, and what reviewers do to them there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marsad.assess.sources import CREDIBILITY
from marsad.errors import Conflict, InputError
from marsad.model import Claim, Decision
from marsad.record import Record
from marsad.record.fields import codes
from marsad.server import words
from marsad.server.conflicts import figures
from marsad.server.deps import Opened, Reviewer, User, Viewer
from marsad.server.pages.inbox import asked
from marsad.server.reading.forms import Asked, added
from marsad.server.reading.reveal import MINUTES, revealed_of
from marsad.server.reading.touched import FIELDS, marks_of, touched
from marsad.server.reading.view import View, view
from marsad.server.refused import Refused
from marsad.server.render import language, page
from marsad.server.shown import link

router = APIRouter()

Words = Annotated[str, Form()]


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form that have words."""
    return {key: value for key, value in (await request.form(max_fields=2000)).items() if isinstance(value, str)}


Filled = Annotated[dict[str, str], Depends(_form)]
DONE = ("accept", "reject", "correct", "add", "credibility", "undo", "shown", "hidden", "changed")
"""What can have been done, as a page that comes after it says."""
OURS = ("accept", "reject", "correct", "add", "credibility")
"""Decisions that are taken back on this page."""
_CODED = ("event", "factuality", "scope", "quantities.of", "quantities.whom", "party.kind")


@router.get("/documents/{id:path}")
def show(
    request: Request,
    record: Opened,
    user: Viewer,
    id: str,
    claim: str = "",
    n: int = 0,
    version: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """A document; ``claim`` is the one that is looked at, ``n`` the same by its number, ``version`` an older text.

    Who still reviews it blindly is led to that review, where nothing is that others made of it.
    """
    if (review := _blind(record, user, id)) is not None:
        return review
    seen = view(record, id, claim=claim, number=n, version=version, shown=_may_see(request, user, id))
    return _shown(request, record, seen)


def _blind(record: Record, user: User, document: str) -> Response | None:
    """The way to the blind review of a document, for one who has still to make it: nothing is decided beside it."""
    found = record.double.blind(document, user.name)
    return None if found is None else RedirectResponse(link("review", *map(str, found)), status_code=303)


def _may_see(request: Request, user: User, document: str) -> bool:
    return user.may("reviewer") and revealed_of(request).shows(user.name, document)


def _shown(
    request: Request,
    record: Record,
    seen: View,
    *,
    problem: InputError | None = None,
    kept: Mapping[str, str] | None = None,
    adding: bool = False,
) -> HTMLResponse:
    """The page; ``problem`` says why something was not done, ``kept`` is what its form held."""
    query = request.query_params
    queue = query.get("inbox", "") or (kept or {}).get("inbox", "")
    done = query.get("done", "")
    previous, following = _neighbours(record, seen, queue)
    return page(
        request,
        "reading.html",
        status=400 if problem else 200,
        view=seen,
        queue=queue,
        previous=previous,
        following=following,
        editing=query.get("edit") == "1",
        codes={field: codes(field) for field in _CODED},
        credibilities=tuple(CREDIBILITY),
        changed=_changed,
        shown_as=marks_of,
        ours=OURS,
        minutes=MINUTES,
        done=done if done in DONE else "",
        problem=_told(problem, language(request)),
        kept=kept or {},
        adding=adding,
    )


def _told(problem: InputError | None, lang: str) -> tuple[str, str] | None:
    """What went wrong, with the language that it is told in."""
    if isinstance(problem, Refused):
        return problem.told(lang), lang
    return (str(problem), "en") if problem else None


def _neighbours(record: Record, seen: View, queue: str) -> tuple[str | None, str | None]:
    """The claims before and after this one among those to check, under the filter that the reader came with."""
    if seen.active is None:
        return None, None
    try:
        return record.lists.neighbours(seen.active.claim.id, asked(dict(parse_qsl(queue))).chosen)
    except InputError:  # the address holds words that cannot be searched for
        return None, None


def _changed(decision: Decision) -> list[str]:
    """The fields that a correction sets."""
    if decision.verb != "correct":
        return []
    return [name for name in decision.content if not name.endswith(("_span", "_spans"))]


@router.get("/claims/{id}")
def claim(record: Opened, user: Viewer, id: str, inbox: str = "") -> Response:
    """A claim stands in its document; ``inbox`` is the query of the list that the reader came from."""
    return RedirectResponse(_address(_document_of(record, id), claim=id, inbox=inbox), status_code=303)


def _document_of(record: Record, claim: str) -> str:
    """The document of a claim; InputError where the record has no such claim."""
    found = record.reviewed([claim]).get(claim)
    if found is None:
        raise InputError(f"{claim}: no claim of a current document; the inbox and the page of a document list them")
    return found.claim.document


@router.post("/documents/{id:path}/personal")
def personal(
    request: Request, record: Opened, user: Reviewer, id: str, hide: Words = "", why: Words = "", claim: Words = ""
) -> Response:
    """Show the personal data of a document to this reviewer for a while, which the ledger keeps; or hide it again."""
    record.document(id)
    if hide:
        revealed_of(request).hide(user.name, id)
    else:
        record.custody.disclosed(id, who=user.name, why=why.strip())
        revealed_of(request).show(user.name, id)
    return RedirectResponse(_address(id, claim=claim, done="hidden" if hide else "shown"), status_code=303)


@router.post("/documents/{id:path}/add")
def add(request: Request, record: Opened, user: Reviewer, id: str, form: Filled) -> Response:
    """Add a claim on words that a person marked; its other fields are filled in on the page that follows."""
    if (review := _blind(record, user, id)) is not None:
        return review
    try:
        made = record.add_claim(
            id, added(form, record.document(id)), who=user.name, because=form.get("because", "").strip()
        )
    except Conflict:
        raise
    except InputError as error:
        seen = view(record, id, shown=_may_see(request, user, id))
        return _shown(request, record, seen, problem=error, kept=form, adding=True)
    address = _address(id, claim=made.about[0], done="add", edit="1", inbox=form.get("inbox", ""))
    return RedirectResponse(address, status_code=303)


@router.post("/claims/{id}/accept")
def accept(request: Request, record: Opened, user: Reviewer, id: str, form: Filled) -> Response:
    """The claim says what its document says; ``back`` is the query of the inbox where that was decided."""
    return _judged(request, record, user, id, form, record.accept)


@router.post("/claims/{id}/reject")
def reject(request: Request, record: Opened, user: Reviewer, id: str, form: Filled) -> Response:
    """The document does not say this; the claim takes no part any more."""
    return _judged(request, record, user, id, form, record.reject)


def _judged(
    request: Request, record: Record, user: User, id: str, form: Mapping[str, str], verb: Callable[..., Decision]
) -> Response:
    def act() -> Decision:
        return verb(id, who=user.name, because=form.get("because", "").strip(), seen=form.get("seen") or None)

    if (review := _blind(record, user, _document_of(record, id))) is not None:
        return review
    if "back" in form:  # the inbox shows no revision: there only what is open is decided
        found = record.reviewed([id]).get(id)
        if found is not None and found.state != "open":
            return RedirectResponse(_address(found.claim.document, claim=id, done="changed"), status_code=303)
        act()
        return RedirectResponse(f"/inbox?{form['back']}" if form["back"] else "/inbox", status_code=303)
    return _decided(request, record, user, id, act, kept=form)


@router.post("/claims/{id}/correct")
def correct(request: Request, record: Opened, user: Reviewer, id: str, form: Filled) -> Response:
    """Give fields of a claim another value; those that the form leaves as they are stay so."""
    document = _document_of(record, id)

    def act() -> Decision:
        seen = view(record, document, claim=id, shown=_may_see(request, user, document))
        assert seen.active is not None
        changes = Asked(form=form, claim=seen.active.claim, document=seen.document, clean=seen.clean).changes()
        if not changes:
            raise Refused("reading.wrong_unchanged")
        because = form.get("because", "").strip()
        request.state.told = _wanted(form, changes, seen.active.claim, language(request))
        return record.correct(id, changes, who=user.name, because=because, seen=form.get("seen") or None)

    return _decided(request, record, user, id, act, kept=form)


def _wanted(form: Mapping[str, str], changes: Mapping[str, Any], claim: Claim, lang: str) -> list[tuple[str, str]]:
    """What a correction would set, in words: each field that was touched, for the page of a conflict."""
    mine = touched(form)
    told = []
    for field in (field for field in FIELDS if field in mine):
        own = ((key, value) for key, value in form.items() if key == field or key.startswith(f"{field}."))
        shown = [value for key, value in own if value.strip() and not key.endswith((".span", ".drop"))]
        coded = [words.say(f"{field}.{form[field]}", lang)] if f"{field}.{form.get(field)}" in words.words() else shown
        if field == "quantities":
            coded = _figures(changes.get(field, ()), claim, lang)
        told.append((words.say(f"reading.field_{field}", lang), " · ".join(coded)))
    return told


def _figures(rows: Sequence[Mapping[str, Any]], claim: Claim, lang: str) -> list[str]:
    """The figures that a correction gives otherwise than the claim has them; all that stay where it takes some out."""
    had = figures([asdict(one) for one in claim.quantities], lang)
    mine = figures(rows, lang)
    return [one for one in mine if one not in had] or mine


@router.post("/claims/{id}/credibility")
def credibility(
    request: Request, record: Opened, user: Reviewer, id: str, code: Words = "", because: Words = "", inbox: Words = ""
) -> Response:
    """Set how credible a claim is, or take that back."""

    def act() -> Decision:
        return record.credibility(id, code, who=user.name, because=because.strip())

    return _decided(request, record, user, id, act, kept={"inbox": inbox})


@router.post("/claims/{id}/undo")
def undo(
    request: Request,
    record: Opened,
    user: Reviewer,
    id: str,
    seq: Annotated[int, Form(ge=1, le=2**31 - 1)],
    inbox: Words = "",
) -> Response:
    """Take back a decision about this claim."""

    def act() -> Decision:
        known = record.reviewed([id]).get(id)
        if known is None or all(d.seq != seq or d.verb not in OURS for d in known.decisions):
            raise Refused("reading.wrong_undo", seq=seq)
        return record.undo(who=user.name, seq=seq)

    return _decided(request, record, user, id, act, kept={"inbox": inbox}, verb="undo")


def _decided(
    request: Request,
    record: Record,
    user: User,
    id: str,
    act: Callable[[], Decision],
    *,
    kept: Mapping[str, str],
    verb: str = "",
) -> Response:
    """Do it and go back to the claim, which says so; what cannot be done leaves the form as it was filled."""
    document = _document_of(record, id)
    if (review := _blind(record, user, document)) is not None:
        return review
    try:
        made = act()
    except Conflict:
        raise
    except InputError as error:
        seen = view(record, document, claim=id, shown=_may_see(request, user, document))
        return _shown(request, record, seen, problem=error, kept=kept)
    address = _address(document, claim=id, done=verb or made.verb, inbox=kept.get("inbox", ""))
    return RedirectResponse(address, status_code=303)


def _address(id: str, **query: Any) -> str:
    return link("documents", id, **query)
