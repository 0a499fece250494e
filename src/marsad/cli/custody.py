"""What the commands about evidence share: which folder, and how a text is derived again from archived bytes."""

import io
from pathlib import Path
from urllib.parse import urlsplit

import click

from marsad.capture.base import Format, Source
from marsad.capture.sources import readers
from marsad.errors import InputError
from marsad.model import Captured, Document

evidence_option = click.option(
    "--evidence",
    "folder",
    envvar="MARSAD_EVIDENCE",
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="The evidence folder. [default: MARSAD_EVIDENCE, else beside the record: marsad.db has marsad.evidence]",
)


def evidence_folder(url: str, given: str | None) -> Path:
    """The evidence folder of a record; InputError where a database on a server has none named."""
    from marsad.record.custody import folder_of  # the database opens here, not for --help

    return folder_of(url, given)


def derive(captured: Captured, document: Document) -> str | None:
    """The text of a document as its reader takes it from archived bytes; NoReader where this installation has none."""
    try:
        return _derived(captured, document)
    except InputError as error:
        if "pip install" not in str(error):
            raise
        from marsad.evidence.quotes import NoReader

        raise NoReader(str(error)) from error


def _derived(captured: Captured, document: Document) -> str | None:
    content, reader = unpacked(captured), _reader(captured)
    if ".html" in reader.SUFFIXES:
        from marsad.capture.fetch.content import charset
        from marsad.capture.page import document_of

        return document_of(content, url=captured.url, declared=charset(captured)).text
    source = Source(name=captured.url, stream=io.BytesIO(content))
    found = [item for item in reader.read(source) if isinstance(item, Document)]
    for item in found:
        if item.id == document.id:
            return item.text
    return found[0].text if len(found) == 1 else None


def unpacked(captured: Captured) -> bytes:
    """What was received, without the coding of its transfer."""
    if captured.status is None:
        return captured.content
    from marsad.capture.fetch.content import plain

    return plain(captured)


def _reader(captured: Captured) -> Format:
    """The reader of a capture, by its media type, else by the ending of its name."""
    known = readers()
    media_type = captured.media_type.partition(";")[0].strip().lower()
    for reader in known.values():
        if media_type and media_type in getattr(reader, "MEDIA_TYPES", ()):
            return reader
    suffix = Path(urlsplit(captured.url).path).suffix.lower()
    if suffix not in known:
        from marsad.evidence.quotes import NoReader

        raise NoReader(f"{captured.url}: no reader for {media_type or suffix or 'bytes without a kind'}")
    return known[suffix]
