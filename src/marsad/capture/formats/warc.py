"""A web archive, ``.warc`` or ``.warc.gz`` (ISO 28500), read with warcio: the article of each page in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from marsad.capture.base import Item, Notice, Source, quiet
from marsad.capture.bounded import Unpacked, inflated
from marsad.capture.markup import MAX_PAGE
from marsad.capture.page import document_of
from marsad.errors import InputError

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

SUFFIXES = (".warc", ".warc.gz")
MEDIA_TYPES = ("application/warc",)
MAX_UNPACKED = 4_000_000_000
MAX_RECORDS = 1_000_000
_PAGES = ("text/html", "application/xhtml+xml")
_MISSING = "web archives are read with warcio, which is not installed; pip install 'marsad[web]'"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


@dataclass(slots=True)
class Passed:
    """What was passed over in an archive: pages without an article, and what is no page."""

    pages: int = 0
    first: str = ""
    others: int = 0
    damaged: int = 0

    def notices(self, name: str) -> Iterator[Notice]:
        """One line for each kind."""
        if self.pages:
            yield Notice(f"{name}: {self.pages} pages without an article left out; the first: {self.first}")
        if self.others:
            yield Notice(f"{name}: {self.others} records that are no pages left out (pictures, styles, errors)")
        if self.damaged:
            yield Notice(f"{name}: {self.damaged} records longer or shorter than they say; what they say was read")


def read(source: Source) -> Iterator[Item]:
    """A document for each page with an article; ``about`` has its address and when it was archived."""
    passed = Passed()
    seen = 0
    for number, record in enumerate(_records(source, passed), 1):
        if number > MAX_RECORDS:
            raise InputError(f"{source.name}: more than {MAX_RECORDS:,} records; split the archive")
        seen = number
        if not _is_page(record):
            passed.others += record.rec_type in ("response", "resource")
            continue
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        where = f"{source.name}, record {number} ({url[:200]})"
        try:
            document = document_of(_body(record, name=where), url=url, declared=_charset(record), origin=where)
        except InputError as error:
            passed.pages, passed.first = passed.pages + 1, passed.first or str(error).removeprefix(f"{source.name}, ")
            continue
        at = record.rec_headers.get_header("WARC-Date") or ""
        yield replace(document, about={**document.about, "archived": at} if at else document.about)
    if not seen:
        raise InputError(f"{source.name}: no records; is it a WARC file?")
    yield from passed.notices(source.name)


def _records(source: Source, passed: "Passed") -> "Iterator[ArcWarcRecord]":
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise InputError(_MISSING) from None

    stream = Unpacked(source.stream, name=source.name, most=MAX_UNPACKED)
    quiet("warcio")
    try:
        archive = ArchiveIterator(cast(BinaryIO, stream), no_record_parse=False)
        archive.INC_RECORD = ""  # it would print a damaged record; passed.damaged tells of it
        for record in archive:
            yield record
            passed.damaged = archive.err_count
    except InputError:
        raise
    except (ArchiveLoadFailed, EOFError, ValueError, UnicodeError, AttributeError, KeyError, IndexError) as error:
        raise InputError(f"{source.name}: a damaged web archive: {str(error)[:200]}") from None


def _is_page(record: "ArcWarcRecord") -> bool:
    if record.rec_type == "response":
        status = record.http_headers.get_statuscode() if record.http_headers else ""
        return status == "200" and _type(record) in _PAGES
    return record.rec_type == "resource" and _type(record) in _PAGES


def _type(record: "ArcWarcRecord") -> str:
    return _header(record, "Content-Type").split(";")[0].strip().lower()


def _charset(record: "ArcWarcRecord") -> str | None:
    found = _CHARSET.search(_header(record, "Content-Type"))
    return found.group(1) if found else None


def _header(record: "ArcWarcRecord", name: str) -> str:
    headers: Any = record.http_headers or record.rec_headers
    return str(headers.get_header(name) or "")


def _body(record: "ArcWarcRecord", *, name: str) -> bytes:
    """The page as the server meant it, without chunks and compression; never more than a page."""
    data: bytes = record.raw_stream.read(MAX_PAGE + 1)
    if len(data) > MAX_PAGE:
        raise InputError(f"{name}: a page of more than {MAX_PAGE // 1_000_000} MB, longer than any article")
    if "chunked" in _header(record, "Transfer-Encoding").lower():
        data = _unchunked(data)
    coding = _header(record, "Content-Encoding").strip().lower()
    if coding in ("gzip", "x-gzip", "deflate") and data.lstrip()[:1] != b"<":
        return inflated(data, name=name, most=MAX_PAGE)
    if coding in ("br", "zstd") and b"<" not in data[:512]:
        raise InputError(f"{name}: compressed as {coding}, which Marsad does not unpack")
    return data


def _unchunked(data: bytes) -> bytes:
    """The body of a chunked response; as it is where it is not chunked after all."""
    out: list[bytes] = []
    at = 0
    while match := re.compile(rb"\s{0,2}([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n").match(data, at):
        size = int(match.group(1), 16)
        if size == 0:
            break
        out.append(data[match.end() : match.end() + size])
        at = match.end() + size
    return b"".join(out) if out else data
