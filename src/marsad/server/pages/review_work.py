"""The page on which one of two reviewers judges the claims of a document, without anything of anybody else's."""

from collections.abc import Mapping
from typing import Annotated, cast

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marsad.errors import Conflict, InputError
from marsad.record import Record
from marsad.record.double import Work
from marsad.record.fields import codes
from marsad.record.reviewing import Reviewed
from marsad.server import words
from marsad.server.deps import Opened, Reviewer, User
from marsad.server.double import document_of, told
from marsad.server.reading.forms import Asked, added
from marsad.server.reading.touched import marks_of
from marsad.server.reading.view import View, view
from marsad.server.refused import Refused
from marsad.server.render import language, page
from marsad.server.shown import link
from marsad.store.double import Act

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Words = Annotated[str, Form()]
DONE = ("accept", "reject", "correct", "add", "retract")
_CODED = ("event", "factuality", "scope", "quantities.of", "quantities.whom", "party.kind")


@router.get("/review/{number:int}/{place:int}")
def show(
    request: Request, record: Opened, user: Reviewer, number: Number, place: Number, claim: str = "", n: int = 0
) -> HTMLResponse:
    """The document, its claims as the program read them and as this reviewer leaves them; ``n`` is a claim's number."""
    work = _work(record, user, number, place)
    ids = [one.claim.id for one in work.claims]
    claim = claim or (ids[n - 1] if 1 <= n <= len(ids) else _next(work, ids[-1] if ids else ""))
    return _shown(request, record, work, place, claim=claim)


def _work(record: Record, user: User, number: int, place: int) -> Work:
    return record.double.work(number, document_of(record.double.batch(number), place), who=user.name)


def _seen(record: Record, work: Work, claim: str) -> View:
    """What the reading page shows of a document, with this review in the place of what was decided."""
    own = [
        Reviewed(
            claim=one.claim,
            read=None if one.added else one.first,
            state=one.state,
            decisions=(),
            revision=work.seen[one.claim.id],
        )
        for one in work.claims
    ]
    return view(record, work.document.id, claim=claim, reviewed=own)


def _shown(
    request: Request,
    record: Record,
    work: Work,
    place: int,
    *,
    claim: str = "",
    problem: str = "",
    status: int = 200,
    kept: Mapping[str, str] | None = None,
    adding: bool = False,
) -> HTMLResponse:
    seen = _seen(record, work, claim)
    done = request.query_params.get("done", "")
    return page(
        request,
        "review_work.html",
        status=status,
        view=seen,
        work=work,
        place=place,
        because=work.because.get(claim, ""),
        shown_as=marks_of,
        editing=request.query_params.get("edit") == "1",
        codes={field: codes(field) for field in _CODED},
        done=done if done in DONE else "",
        problem=problem,
        kept=kept or {},
        adding=adding,
        queue="",
        to_correct=link("review", str(work.batch.n), str(place), "correct", claim=claim),
        to_add=link("review", str(work.batch.n), str(place), "add"),
    )


def _refused(
    request: Request,
    record: Record,
    user: User,
    work: Work,
    place: int,
    error: InputError,
    *,
    claim: str,
    kept: Mapping[str, str],
) -> HTMLResponse:
    """The page with what was written and why it was not done.

    A conflict can only be with this reviewer's own work in another window; the page shows that, and nobody else's.
    """
    if not isinstance(error, Conflict):
        return _shown(
            request, record, work, place, claim=claim, problem=told(error, language(request)), status=400, kept=kept
        )
    fresh = _work(record, user, work.batch.n, place)
    problem = words.say("review.conflict", language(request))
    return _shown(request, record, fresh, place, claim=claim, problem=problem, status=409, kept=kept)


@router.post("/review/{number:int}/{place:int}/judge")
def judge(
    request: Request,
    record: Opened,
    user: Reviewer,
    number: Number,
    place: Number,
    claim: Words,
    verb: Words,
    because: Words = "",
    seen: Words = "",
) -> Response:
    """Accept or reject a claim, or take back what one said of it; then on to the next that is open."""
    work = _work(record, user, number, place)
    try:
        if verb not in ("accept", "reject", "retract"):
            raise InputError(f"{verb!r}: accept, reject or retract a claim")
        after = record.double.judge(
            number, work.document.id, claim, cast(Act, verb), who=user.name, because=because.strip(), seen=seen or None
        )
    except InputError as error:
        kept = {"because": because}
        return _refused(request, record, user, work, place, error, claim=claim, kept=kept)
    return _on(work, place, claim if verb == "retract" else _next(after, claim), verb)


@router.post("/review/{number:int}/{place:int}/correct")
async def correct(
    request: Request, record: Opened, user: Reviewer, number: Number, place: Number, claim: str = ""
) -> Response:
    """Give fields of a claim another value in this review."""
    form = await _form(request)
    work = _work(record, user, number, place)
    seen = _seen(record, work, claim)
    try:
        if seen.active is None:
            raise InputError(f"{claim}: no claim of this document; look at it again")
        changes = Asked(form=form, claim=seen.active.claim, document=seen.document, clean=seen.clean).changes()
        if not changes:
            raise Refused("reading.wrong_unchanged")
        after = record.double.judge(
            number,
            work.document.id,
            claim,
            "correct",
            given=changes,
            who=user.name,
            because=form.get("because", "").strip(),
            seen=form.get("seen") or None,
        )
    except InputError as error:
        return _refused(request, record, user, work, place, error, claim=claim, kept=form)
    return _on(after, place, claim, "correct")


@router.post("/review/{number:int}/{place:int}/add")
async def add(request: Request, record: Opened, user: Reviewer, number: Number, place: Number) -> Response:
    """Add a claim that the program missed; its other fields are filled in on the page that follows."""
    form = await _form(request)
    work = _work(record, user, number, place)
    try:
        given = added(form, work.document)
        made = record.double.add(
            number, work.document.id, given, who=user.name, because=form.get("because", "").strip()
        )
    except InputError as error:
        return _shown(
            request, record, work, place, problem=told(error, language(request)), status=400, kept=form, adding=True
        )
    return _on(work, place, made, "add")


@router.post("/review/{number:int}/{place:int}/hand-in")
def hand_in(request: Request, record: Opened, user: Reviewer, number: Number, place: Number) -> Response:
    """Hand the review of this document in, and go on to the next that is open."""
    work = _work(record, user, number, place)
    try:
        if work.open:
            raise Refused("review.hand_in_open")
        record.double.hand_in(number, work.document.id, who=user.name)
    except InputError as error:
        return _shown(request, record, work, place, problem=told(error, language(request)), status=400)
    return RedirectResponse("/review?done=handed_in", status_code=303)


async def _form(request: Request) -> dict[str, str]:
    return {key: value for key, value in (await request.form(max_fields=2000)).items() if isinstance(value, str)}


def _next(work: Work, claim: str) -> str:
    """The next claim that is open, from this one on and round again; this one where all are judged."""
    ids = [one.claim.id for one in work.claims]
    start = ids.index(claim) + 1 if claim in ids else 0
    order = [*work.claims[start:], *work.claims[:start]]
    return next((one.claim.id for one in order if one.state == "open"), claim)


def _on(work: Work, place: int, claim: str, done: str) -> Response:
    edit = {"edit": "1"} if done == "add" else {}
    address = link("review", str(work.batch.n), str(place), claim=claim, done=done, **edit)
    return RedirectResponse(address, status_code=303)
