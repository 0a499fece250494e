"""Documents into the record: files and addresses, read in the background with their progress told."""

import asyncio
import io
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.datastructures import FormData, UploadFile

from marsad.batch.local import Order
from marsad.capture.base import Item, Source
from marsad.capture.sources import read_given, read_paths, readers
from marsad.export.withheld import redacted
from marsad.server import words
from marsad.server.deps import Editor, Opened, Set, jobs_of, record_of, settings_of
from marsad.server.door import UPLOADS, TooMuch, prove
from marsad.server.jobs import Job
from marsad.server.refused import Refused
from marsad.server.render import language, page
from marsad.server.words import LANGUAGES

router = APIRouter(include_in_schema=False)

_LONGEST_NAME = 150
_LONGEST_ADDRESS = 2000
_LISTED = 200
_PAUSE = 0.25
_BEAT = 60  # pauses without news after which a sign of life is sent


@router.get("/add")
def add(request: Request, user: Editor, settings: Set) -> HTMLResponse:
    """The forms to add files and addresses, and what was added since the server started."""
    jobs = jobs_of(request).all()
    return page(request, "add.html", suffixes=sorted(readers()), limits=settings.limits, jobs=jobs)


@router.post(UPLOADS)
async def files(request: Request, user: Editor) -> Response:
    """Take files in, streamed to the disk, and read them in the background."""
    limits = settings_of(request).limits
    try:
        with anyio.fail_after(limits.upload_seconds):
            form = await request.form(max_files=limits.files, max_fields=20, max_part_size=limits.form)
    except TimeoutError:
        raise Refused("add.slow", status=408) from None
    try:
        if request.state.unproven:
            prove(request, str(form.get("csrf", "")))
        job = await run_in_threadpool(_take_files, request, user.name, form)
    finally:
        await form.close()
    return _to(request, job)


@router.post("/add/addresses")
def addresses(
    request: Request,
    user: Editor,
    settings: Set,
    addresses: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    lang: Annotated[str, Form()] = "",
) -> Response:
    """Fetch pages from the web, and read them in the background."""
    wanted = list(dict.fromkeys(line.strip() for line in addresses.splitlines() if line.strip()))
    if not wanted:
        raise Refused("add.no_addresses")
    if len(wanted) > settings.limits.addresses:
        raise Refused("add.many_addresses", most=settings.limits.addresses)
    for one in wanted:
        if not one.startswith(("https://", "http://")) or len(one) > _LONGEST_ADDRESS or not one.isprintable():
            raise Refused("add.no_address", text=one[:80])
    keep = partial(record_of(request).received, who=user.name)

    def items(job: Job) -> Iterator[Item]:
        for one in wanted:
            yield from read_paths([one], stdin=io.BytesIO(), keep=keep)
            job.passed += 1

    order = _order(published, lang)
    name = wanted[0] if len(wanted) == 1 else f"{wanted[0]} …"
    job = jobs_of(request).start(name, items, order, who=user.name, total=len(wanted), after=lambda: None)
    return _to(request, job)


@router.get("/add/jobs/{id}")
def job(request: Request, user: Editor, record: Opened, id: str) -> HTMLResponse:
    """How far it is, and what came of it."""
    found = jobs_of(request).get(id)
    held = redacted(record.documents(found.documents[:_LISTED]), record.custody.withheld())
    return page(request, "job.html", job=found, documents=held.values(), told=_told(found, language(request)))


@router.post("/add/jobs/{id}/stop")
def stop(request: Request, user: Editor, id: str) -> Response:
    """Stop when what was read so far is in the record."""
    found = jobs_of(request).get(id)
    found.stop.set()
    return _to(request, found)


@router.get("/add/jobs/{id}/events")
async def events(request: Request, user: Editor, id: str) -> StreamingResponse:
    """The progress as server-sent events, until it is over."""
    found = jobs_of(request).get(id)
    headers = {"x-accel-buffering": "no"}
    return StreamingResponse(_events(found, language(request)), media_type="text/event-stream", headers=headers)


async def _events(job: Job, lang: str) -> AsyncIterator[str]:
    last: dict[str, Any] = {}
    quiet = 0
    while True:
        over, now = job.over, _event(job, lang)
        if now != last:
            yield f"data: {json.dumps(now)}\n\n"
            last, quiet = now, 0
        elif quiet >= _BEAT:
            yield ": still at it\n\n"
            quiet = 0
        if over:
            return
        quiet += 1
        await asyncio.sleep(_PAUSE)


def _event(job: Job, lang: str) -> dict[str, Any]:
    """As live.js takes it: ``done`` of ``total``, words, the state, and where to go at the end."""
    state = {"waiting": "working", "stopped": "done", "failed": "done"}.get(job.state, job.state)
    told = job.told() | {"done": job.passed, "documents": job.done, "text": _told(job, lang), "state": state}
    return told | {"url": f"/add/jobs/{job.id}"}


def _told(job: Job, lang: str) -> str:
    counts = {"documents": job.done, "new": job.new, "changed": job.changed, "same": job.same}
    said = words.say(f"add.state_{job.state}", lang)
    return f"{said}: " + words.say("add.counts", lang, **counts, claims=job.claims, failed=job.failed)


def _take_files(request: Request, who: str, form: FormData) -> Job:
    """Put what was uploaded where the job finds it, under names of ours, and start it."""
    limits, jobs = settings_of(request).limits, jobs_of(request)
    given = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not given:
        raise Refused("add.no_files")
    if any((one.size or 0) > limits.file for one in given):
        raise TooMuch
    order = _order(str(form.get("published", "")), str(form.get("lang", "")))
    folder = Path(mkdtemp(prefix="marsad-upload-"))
    try:
        held = [(_shown(one.filename or ""), _put(one, folder / f"{n:04}")) for n, one in enumerate(given)]
        items = partial(_items, held=held, keep=partial(record_of(request).received, who=who))
        name = held[0][0] if len(held) == 1 else f"{held[0][0]} …"
        after = partial(shutil.rmtree, folder, ignore_errors=True)
        return jobs.start(name, items, order, who=who, total=len(held), after=after)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _put(given: UploadFile, path: Path) -> Path:
    with path.open("xb") as file:
        shutil.copyfileobj(given.file, file, 1 << 20)
    return path


def _items(job: Job, *, held: list[tuple[str, Path]], keep: Any) -> Iterator[Item]:
    def sources() -> Iterator[Source]:
        for name, path in held:
            with path.open("rb") as stream:
                yield Source(name, stream)
            path.unlink()
            job.passed += 1

    return read_given(sources(), keep=keep)


def _shown(name: str) -> str:
    """The name of an uploaded file as it is shown and kept; never where anything is written."""
    name = PurePosixPath(name.replace("\\", "/")).name
    name = "".join(letter for letter in name if letter.isprintable()).strip()
    return name[-_LONGEST_NAME:] or "file"


def _order(published: str, lang: str) -> Order:
    """How documents are to be read; Refused for a day or language that is none."""
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        raise Refused("add.no_day") from None
    if lang and lang not in LANGUAGES:
        raise Refused("add.no_day")
    return Order(published=day, lang=lang or None)


def _to(request: Request, job: Job) -> Response:
    there = f"/add/jobs/{job.id}"
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": there})
    return RedirectResponse(there, status_code=303)
