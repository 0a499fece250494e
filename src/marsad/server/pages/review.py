"""Double review: what was given to whom, giving documents to two reviewers, and how far they agree."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marsad.assess.agreement import rules
from marsad.assess.fields import COMPARED
from marsad.errors import InputError
from marsad.record import Record
from marsad.record.double import Progress, sample
from marsad.server.deps import Editor, Opened, Reviewer, User
from marsad.server.double import alone, may_follow, people, titles
from marsad.server.pages.inbox import asked
from marsad.server.render import page
from marsad.store.lists import DocumentFilter

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Words = Annotated[str, Form()]
MOST = 500
"""How many documents one batch may have."""
_POOL = 100_000
_FILTER = ("lang", "source", "from", "to", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A batch in the list: ``follows`` where this reader may see how far both are."""

    progress: Progress
    follows: bool


@router.get("/review")
def show(request: Request, record: Opened, user: Reviewer) -> HTMLResponse:
    """What was given to the reader, and for editors all batches with how far they are."""
    tasks = record.double.tasks(user.name)
    batches = [Followed(progress=one, follows=may_follow(user, one.batch)) for one in record.double.progress()]
    return page(
        request,
        "review.html",
        tasks=tasks,
        titles=titles(record, (task.document for task in tasks)),
        batches=batches if user.may("editor") else [],
        done=request.query_params.get("done", "") if request.query_params.get("done") in ("handed_in",) else "",
    )


@router.get("/review/{number:int}")
def batch(request: Request, record: Opened, user: Editor, number: Number) -> HTMLResponse:
    """One batch, document by document; one of its reviewers sees only their own part of it."""
    found = record.double.batch(number)
    (progress,) = record.double.progress(number=number)
    return page(
        request,
        "review_batch.html",
        progress=progress,
        follows=may_follow(user, found) or _settles(record, user, progress),
        settles=_settles(record, user, progress),
        titles=titles(record, found.documents),
        how=told(found.how),
        done=request.query_params.get("done") == "assigned",
    )


def _settles(record: Record, user: User, progress: Progress) -> bool:
    """Whether the reader may adjudicate; one of the two only where nobody else can, and both are done."""
    if may_follow(user, progress.batch):
        return True
    return alone(record, progress.batch) and progress.both == len(progress.batch.documents)


def told(how: str) -> Mapping[str, Any]:
    """How the documents of a batch were picked: ``filter`` as it stood in the address, ``size``, ``seed``, ``of``."""
    found: Mapping[str, Any] = msgspec.json.decode(how or "{}")
    return found


@dataclass(slots=True)
class Drawn:
    """Documents that a form picks, or why it picks none: ``wrong`` by field."""

    ids: list[str] = field(default_factory=list)
    how: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


@router.get("/review/new")
def new(request: Request, record: Opened, user: Editor, document: str = "") -> HTMLResponse:
    """The form that gives documents to two reviewers; ``document`` is one, else a filter picks them."""
    return _form(request, record, values={**request.query_params, "document": document})


def _form(
    request: Request, record: Record, *, values: Mapping[str, str], wrong: Mapping[str, str] = {}, problem: str = ""
) -> HTMLResponse:
    named = [values["document"]] if values.get("document") else []
    found = asked({key: values[key] for key in _FILTER if values.get(key)})
    return page(
        request,
        "review_new.html",
        status=400 if problem or wrong else 200,
        values=values,
        wrong={**found.errors, **wrong},
        problem=problem,
        people=people(record),
        sources=[one.source for one in record.lists.sources()],
        titles=titles(record, named),
        matching=_matching(record, values),
        most=MOST,
    )


def _chosen(values: Mapping[str, str]) -> DocumentFilter:
    found = asked({key: values[key] for key in _FILTER if values.get(key)}).chosen
    return DocumentFilter(
        lang=found.lang, source=found.source, since=found.since, until=found.until, text=found.text, order="published"
    )


def _matching(record: Record, values: Mapping[str, str]) -> int | None:
    """How many documents the filter finds; None where it cannot be understood."""
    try:
        return record.lists.documents(_chosen(values), limit=1).total
    except InputError:
        return None


@router.post("/review/new")
def assign(
    request: Request,
    record: Opened,
    user: Editor,
    first: Words = "",
    second: Words = "",
    called: Words = "",
    document: Words = "",
    lang: Words = "",
    source: Words = "",
    since: Annotated[str, Form(alias="from")] = "",
    until: Annotated[str, Form(alias="to")] = "",
    text: Words = "",
    size: Words = "",
    seed: Words = "",
) -> Response:
    """Give one document, or a sample of those that a filter finds, to two reviewers."""
    values = {"first": first, "second": second, "called": called.strip(), "document": document, "lang": lang}
    values |= {"source": source, "from": since, "to": until, "text": text.strip(), "size": size, "seed": seed}
    drawn = _drawn(record, values)
    known = {one.name for one in people(record)}
    drawn.wrong |= {name: "choose one" for name in ("first", "second") if values[name] not in known}
    if drawn.wrong:
        return _form(request, record, values=values, wrong=drawn.wrong)
    try:
        made = record.double.assign(drawn.ids, (first, second), who=user.name, name=values["called"], how=drawn.how)
    except InputError as error:
        return _form(request, record, values=values, problem=str(error))
    return RedirectResponse(f"/review/{made.n}?done=assigned", status_code=303)


def _drawn(record: Record, values: Mapping[str, str]) -> Drawn:
    """The documents that a form picks."""
    if values.get("document"):
        return Drawn(ids=[values["document"]], how=msgspec.json.encode({"document": values["document"]}).decode())
    drawn = Drawn(wrong=dict(asked({key: values[key] for key in _FILTER if values.get(key)}).errors))
    numbers = {name: _number(values.get(name, "")) for name in ("size", "seed")}
    if not 1 <= numbers["size"] <= MOST:
        drawn.wrong["size"] = f"1 – {MOST}"
    if numbers["seed"] < 0:
        drawn.wrong["seed"] = "0 – 999999999"
    if drawn.wrong:
        return drawn
    try:
        found = record.lists.documents(_chosen(values), limit=_POOL)
    except InputError as error:
        drawn.wrong["text"] = str(error)
        return drawn
    listed = [row.id for row in found.rows if row.claims]
    drawn.ids = sample(listed, size=numbers["size"], seed=numbers["seed"])
    kept = {key: values[key] for key in _FILTER if values.get(key)}
    drawn.how = msgspec.json.encode({"filter": kept, "of": len(listed), **numbers}, order="sorted").decode()
    return drawn


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


@router.get("/review/agreement")
def agreement(
    request: Request, record: Opened, user: Reviewer, batch: Annotated[str, Query(pattern=r"^\d{0,9}$")] = ""
) -> HTMLResponse:
    """How far reviewers agree, per field: in one batch, or in all.

    A reviewer who is not done with a batch is told nothing of it.
    """
    every = record.double.progress()
    open_ = {task.batch.n for task in record.double.tasks(user.name) if not task.handed_in}
    known = [one for one in every if one.batch.n not in open_]
    chosen = [one for one in known if not batch or one.batch.n == int(batch)]
    return page(
        request,
        "review_agreement.html",
        found=record.settling.agreement([one.batch.n for one in chosen]),
        known=known,
        chosen=batch,
        fields=COMPARED,
        rules=rules(),
        hidden=len(open_),
    )
