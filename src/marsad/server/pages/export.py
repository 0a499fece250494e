"""Incidents to take along: the list that is shown, in a file, entered in the ledger."""

import io
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import StreamingResponse

from marsad.capture.base import now
from marsad.export.incidents import exporters
from marsad.record import Record
from marsad.server.deps import Opened, Viewer
from marsad.server.filters import asking
from marsad.server.refused import Refused
from marsad.store.incidents import Filter

router = APIRouter(prefix="/export", include_in_schema=False)

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "jsonl": "application/jsonl; charset=utf-8",
}
"""The formats that are given, by what the file is called, with their media types."""

_IN_MEMORY = 4_000_000
_BLOCK = 1 << 16


@router.get("/incidents.{form}")
def incidents(
    request: Request, record: Opened, user: Viewer, form: Annotated[str, Path(max_length=20)]
) -> StreamingResponse:
    """The incidents of the filter in the address, without what is withheld; whole, or not at all."""
    if form not in TYPES:
        raise Refused("base.status_404", status=404)
    asked = asking(request.query_params)
    if asked.errors:
        raise Refused("export.filter", status=422, text=" ".join(asked.errors.values()))
    name = f"incidents-{now()[:10]}.{form}"
    file = _written(record, asked.chosen, form=form, name=name, who=user.name)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_blocks(file), media_type=TYPES[form], headers=headers)


def _written(record: Record, chosen: Filter, *, form: str, name: str, who: str) -> IO[bytes]:
    file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when it was sent
    ids: list[str] = []
    try:
        stream = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        writer = exporters()[form].open_writer(stream, colour=False)
        for incident in record.incidents(chosen):
            writer.write(incident)
            ids.append(incident.id)
        writer.close()
        stream.detach()
    except BaseException:
        file.close()
        raise
    record.custody.exported(what="incidents", ids=ids, file=name, who=who)
    file.seek(0)
    return file


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(_BLOCK):
            yield block
