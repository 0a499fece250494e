"""The page of one incident, and what editors do to it there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marsad.assess.rules import GRADES
from marsad.assess.sources import CREDIBILITY
from marsad.errors import Conflict, InputError
from marsad.export.screen import plain
from marsad.link.case import incident_id
from marsad.model import Decision, Incident
from marsad.record import Record
from marsad.server.deps import Editor, Opened, User, Viewer
from marsad.server.incident.reasons import tell
from marsad.server.incident.view import FIGURES, matching, nearby, view
from marsad.server.incident.voices import COLUMNS
from marsad.server.names import Said
from marsad.server.refused import Refused
from marsad.server.render import language, page

router = APIRouter()

DONE = ("merge", "split", "move", "grade", "credibility", "assess", "undo")
"""What can have been done, as a page that comes after it says."""
MOST = 1_000
"""Figures of one estimate that are shown at most."""
_KEPT = {"verb": "", "other": "", "other_id": "", "because": "", "to": "", "code": "", "en": "", "ar": "", "claim": ()}
Claims = Annotated[list[str], Form(default_factory=list)]
Words = Annotated[str, Form()]


@router.get("/incidents/{id}")
def show(
    request: Request,
    record: Opened,
    user: Viewer,
    id: str,
    voices: Annotated[int, Query(ge=1)] = 1,
    figures: Annotated[int, Query(ge=1, le=MOST)] = FIGURES,
) -> Response:
    """What is known of an incident, who says so, and what was decided; an older id leads to the present one."""
    found = record.incident(id)
    if found.id != id:
        return RedirectResponse(_address(found.id, **request.query_params), status_code=303)
    return _shown(request, record, user, found, voices=voices, figures=figures)


def _shown(
    request: Request,
    record: Record,
    user: User,
    found: Incident,
    *,
    voices: int = 1,
    figures: int = FIGURES,
    problem: Said | None = None,
    kept: Mapping[str, Any] | None = None,
) -> HTMLResponse:
    """The page; ``problem`` says why something was not done, ``kept`` is what its form held."""
    seen = view(record, found, page=voices, figures=figures)
    rows = record.lists.incident_rows([found.id])
    query = request.query_params
    asked = query.get("others", "")
    done = query.get("done", "")
    return page(
        request,
        "incident.html",
        status=400 if problem else 200,
        view=seen,
        clean=seen.clean,
        unreviewed=rows[found.id].unreviewed if found.id in rows else 0,
        tell=tell,
        written=record.assessment(found.id),
        others=_others(record, found, asked) if user.may("editor") else [],
        asked=asked,
        columns=COLUMNS,
        most=MOST,
        grades=GRADES,
        credibilities=tuple(CREDIBILITY),
        done=done if done in DONE else "",
        done_seq=query.get("seq", ""),
        made=query.get("made", ""),
        problem=problem,
        kept={**_KEPT, **(kept or {})},
    )


def _others(record: Record, found: Incident, asked: str) -> Sequence[Any]:
    try:
        return matching(record, found, asked) if asked.strip() else nearby(record, found)
    except InputError:
        return []


@router.get("/incidents/{id}/others")
def others(request: Request, record: Opened, user: Editor, id: str, others: str = "") -> HTMLResponse:
    """Other incidents that this one may be merged with: those with the words, else those near in time and place."""
    found = record.incident(id)
    return page(request, "incident_others.html", others=_others(record, found, others), asked=others, kept=_KEPT)


@router.post("/incidents/{id}/merge")
def merge(
    request: Request,
    record: Opened,
    user: Editor,
    id: str,
    other: Words = "",
    other_id: Words = "",
    because: Words = "",
    seen: Words = "",
) -> Response:
    """Make this incident and another one; an id that was written goes before one that was chosen."""
    wanted = other_id.strip() or other

    def act() -> Decision:
        if not wanted:
            raise Refused("incident.need_other")
        return record.merge(id, wanted, who=user.name, because=because, seen=seen or None)

    kept = {"other": other, "other_id": other_id, "because": because}
    return _done(request, record, user, id, act, verb="merge", kept=kept)


@router.post("/incidents/{id}/split")
def split(
    request: Request, record: Opened, user: Editor, id: str, claim: Claims, because: Words = "", seen: Words = ""
) -> Response:
    """Take claims out into an incident of their own."""

    def act() -> Decision:
        if not claim:
            raise Refused("incident.need_claims")
        return record.split(id, claim, who=user.name, because=because, seen=seen or None)

    kept = {"claim": claim, "because": because}
    return _done(request, record, user, id, act, verb="split", kept=kept, moved=claim)


@router.post("/incidents/{id}/move")
def move(
    request: Request,
    record: Opened,
    user: Editor,
    id: str,
    claim: Claims,
    to: Words = "",
    because: Words = "",
    seen: Words = "",
) -> Response:
    """Take claims out and put them into another incident."""

    def act() -> Decision:
        if not claim:
            raise Refused("incident.need_claims")
        if not to.strip():
            raise Refused("incident.need_goal")
        return record.move(claim, to.strip(), who=user.name, because=because, seen=seen or None)

    kept = {"claim": claim, "to": to, "because": because}
    return _done(request, record, user, id, act, verb="move", kept=kept, moved=claim)


@router.post("/incidents/{id}/grade")
def grade(
    request: Request, record: Opened, user: Editor, id: str, code: Words = "", because: Words = "", seen: Words = ""
) -> Response:
    """Set the grade, above the rules."""

    def act() -> Decision:
        if not because.strip():
            raise Refused("incident.need_reason")
        return record.grade(id, code, who=user.name, because=because, seen=seen or None)

    return _done(request, record, user, id, act, verb="grade", kept={"code": code, "because": because})


@router.post("/incidents/{id}/credibility")
def credibility(
    request: Request,
    record: Opened,
    user: Editor,
    id: str,
    claim: Words = "",
    code: Words = "",
    because: Words = "",
    seen: Words = "",
) -> Response:
    """Set the credibility of one of its claims, or take it back."""

    def act() -> Decision:
        return record.credibility(claim, code, who=user.name, because=because, seen=seen or None)

    return _done(request, record, user, id, act, verb="credibility", kept={})


@router.post("/incidents/{id}/assess")
def assess(
    request: Request,
    record: Opened,
    user: Editor,
    id: str,
    en: Words = "",
    ar: Words = "",
    because: Words = "",
    seen: Words = "",
) -> Response:
    """Write what the incident amounts to, in one language or both."""

    def act() -> Decision:
        return record.assess(id, en=en, ar=ar, who=user.name, because=because, seen=seen or None)

    return _done(request, record, user, id, act, verb="assess", kept={"en": en, "ar": ar})


@router.post("/incidents/{id}/undo")
def undo(
    request: Request,
    record: Opened,
    user: Editor,
    id: str,
    seq: Annotated[int, Form(ge=1, le=2**31 - 1)],
    because: Words = "",
) -> Response:
    """Take back one decision."""

    def act() -> Decision:
        return record.undo(who=user.name, because=because, seq=seq)

    return _done(request, record, user, id, act, verb="undo", kept={})


def _done(
    request: Request,
    record: Record,
    user: User,
    id: str,
    act: Callable[[], Decision],
    *,
    verb: str,
    kept: Mapping[str, Any],
    moved: Sequence[str] = (),
) -> Response:
    """Do it and go back to the page, which says so; what cannot be done leaves the form as it was filled."""
    try:
        made = act()
    except Conflict:
        raise
    except InputError as error:
        problem = told_in(error, language(request))
        return _shown(request, record, user, record.incident(id), problem=problem, kept={"verb": verb, **kept})
    told = {"done": verb} | ({"seq": str(made.seq)} if verb != "undo" else {})
    if moved:
        told["made"] = record.incident(incident_id(moved[0])).id
    return RedirectResponse(_address(record.incident(id).id, **told), status_code=303)


def told_in(error: InputError, lang: str) -> Said:
    """What went wrong, in a language where it has words in it, else in English."""
    return Said(error.told(lang), lang) if isinstance(error, Refused) else Said(plain(str(error)), "en")


def _address(id: str, **query: str) -> str:
    return f"/incidents/{id}?{urlencode(query)}" if query else f"/incidents/{id}"
