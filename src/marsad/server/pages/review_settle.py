"""The page on which an editor puts two reviews of a document side by side, and settles what they differ in."""

from typing import Annotated, cast

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marsad.errors import Conflict, InputError
from marsad.record import Record
from marsad.record.pairs import FIELDS, Pair, Source, Verdict
from marsad.record.settling import Case
from marsad.server import words
from marsad.server.deps import Editor, Opened, User
from marsad.server.double import alone, document_of
from marsad.server.reading.view import view
from marsad.server.render import language, page

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]

SOURCES = ("first", "second", "read")
VERDICTS = ("keep", "reject")
DONE = ("settled", "agreed", "closed")


@router.get("/review/{number:int}/{place:int}/settle")
def show(request: Request, record: Opened, user: Editor, number: Number, place: Number) -> HTMLResponse:
    """Both reviews of a document, claim by claim."""
    case, by_one = _case(record, user, number, place)
    return _shown(request, record, case, place, by_one=by_one)


def _case(record: Record, user: User, number: int, place: int) -> tuple[Case, bool]:
    """Both reviews, and whether one of the two reviewers settles them because nobody else can."""
    batch = record.double.batch(number)
    nobody = alone(record, batch)
    case = record.settling.case(number, document_of(batch, place), who=user.name, alone=nobody)
    return case, nobody and user.name in batch.reviewers


def _shown(
    request: Request,
    record: Record,
    case: Case,
    place: int,
    *,
    by_one: bool,
    problem: str = "",
    status: int = 200,
    about: str = "",
    kept: dict[str, str] | None = None,
) -> HTMLResponse:
    seen = view(record, case.document.id)
    done = request.query_params.get("done", "")
    return page(
        request,
        "review_settle.html",
        status=status,
        case=case,
        place=place,
        title=seen.title,
        document=case.document,
        clean=seen.clean,
        graphic=seen.graphic,
        fields=FIELDS,
        by_one=by_one,
        problem=problem,
        about=about,
        kept=kept or {},
        done=done if done in DONE else "",
    )


@router.post("/review/{number:int}/{place:int}/settle")
async def settle(request: Request, record: Opened, user: Editor, number: Number, place: Number) -> Response:
    """Settle one claim: it becomes a decision of the record."""
    form = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    case, by_one = _case(record, user, number, place)
    key = form.get("claim", "")
    try:
        _check(case, key, form)
        record.settling.settle(
            number,
            case.document.id,
            key,
            who=user.name,
            verdict=cast(Verdict, form.get("verdict", "")),
            chosen=_sources(case, key, form),
            because=form.get("because", "").strip(),
            seen=form.get("seen") or None,
            alone=by_one,
        )
    except Conflict:
        fresh, _ = _case(record, user, number, place)
        if key not in fresh.settled:
            raise
        problem = words.say("review.settled_by", language(request), who=fresh.settled[key].who)
        return _shown(request, record, fresh, place, by_one=by_one, problem=problem, status=409)
    except InputError as error:
        return _shown(request, record, case, place, by_one=by_one, problem=str(error), status=400, about=key, kept=form)
    return _after(record, user, number, place, "settled")


@router.post("/review/{number:int}/{place:int}/settle/agreed")
def agreed(record: Opened, user: Editor, number: Number, place: Number) -> Response:
    """Take at once all that both agree on."""
    case, by_one = _case(record, user, number, place)
    record.settling.settle_agreed(number, case.document.id, who=user.name, alone=by_one)
    return _after(record, user, number, place, "agreed")


def _pair(case: Case, key: str) -> Pair:
    found = next((pair for pair in case.pairs if pair.key == key), None)
    if found is None:
        raise InputError(f"{key}: no claim of this review; look at it again")
    return found


def _check(case: Case, key: str, form: dict[str, str]) -> None:
    wrong = [form[f] for f in _pair(case, key).differing if form.get(f) and form[f] not in SOURCES]
    if wrong or form.get("verdict", "") not in ("", *VERDICTS):
        raise InputError(f"{key}: choose one of the values that are offered")


def _sources(case: Case, key: str, form: dict[str, str]) -> dict[str, Source]:
    return {field: cast(Source, form[field]) for field in _pair(case, key).differing if form.get(field)}


def _after(record: Record, user: User, number: int, place: int, done: str) -> Response:
    """Back to what is left of the document, or to the batch where nothing is."""
    case, _ = _case(record, user, number, place)
    if not case.open:
        return RedirectResponse(f"/review/{number}?done=closed", status_code=303)
    return RedirectResponse(f"/review/{number}/{place}/settle?done={done}", status_code=303)
