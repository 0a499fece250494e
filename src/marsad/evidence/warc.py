"""Captures as WARC records with an index, as players of web archives read them (ISO 28500; CDXJ)."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from marsad.errors import InputError
from marsad.evidence.canonical import encode, sha256
from marsad.model import Captured

if TYPE_CHECKING:
    from warcio.warcwriter import WARCWriter

NAME = "data.warc.gz"
MOST = 2_000_000_000
"""The most bytes of captures that are read out of a WARC, against files that were made to fill the memory."""

HOST = "https://marsad.invalid"
"""Where players find what did not come from the web; no such host can exist (RFC 2606)."""

_UNSAFE = re.compile(r"[\r\n\0]+")
_WWW = re.compile(r"^www\d*\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What becomes a record: a capture, the SHA-256 of its record, and the address under which players show it."""

    captured: Captured
    capture: str
    url: str


def address(captured: Captured, capture: str) -> str:
    """Where players show a capture: its address as browsers write it, or for a file one that says which it is."""
    if captured.url.lower().startswith(("http://", "https://")):
        return _ascii(captured.url)
    name = re.split(r"[/\\]", captured.url)[-1] or "file"
    return f"{HOST}/{capture[:16]}/{quote(name)}"


def _ascii(url: str) -> str:
    """An address in ASCII: letters of other scripts percent-encoded, in the name of the host by IDNA."""
    try:
        host = urlsplit(url).hostname or ""
        if not host.isascii():
            url = url.replace(host, host.encode("idna").decode("ascii"), 1)
    except ValueError:
        pass  # shown as it is, in percent-encoding
    return quote(url, safe="%:/?#[]@!$&'()*+,;=-._~")


def seconds(at: str) -> str:
    """A time as ``2026-11-22T14:05:09Z``; InputError where it is none."""
    found = re.match(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)", at)
    if found is None:
        raise InputError(f"{at!r} is no time of a capture; it is written as 2026-11-22T14:05:09Z")
    return f"{found[1]}T{found[2]}Z"


def write_warc(pages: Iterable[Page]) -> tuple[bytes, bytes]:
    """The WARC (gzip, a member for each record) and its index (CDXJ); the same pages give the same bytes."""
    try:
        from warcio.warcwriter import WARCWriter
    except ImportError:
        raise InputError("bundles need more than the plain installation: pip install 'marsad[evidence]'") from None
    out, index = io.BytesIO(), list[bytes]()
    writer = WARCWriter(out, gzip=True)
    for page in pages:
        start = out.tell()
        _write_response(writer, page)
        index.append(_index_line(page, start, out.tell() - start))
        if page.captured.status is not None:
            _write_request(writer, page)
    return out.getvalue(), b"".join(sorted(index))


def _write_response(writer: "WARCWriter", page: Page) -> None:
    """A ``response`` record, or a ``resource`` record where nothing was asked over HTTP."""
    from warcio.statusandheaders import StatusAndHeaders

    captured = page.captured
    http = None
    if captured.status is not None:
        headers = [(_safe(name), _safe(value)) for name, value in _replayable(captured)]
        http = StatusAndHeaders(f"{captured.status} {_phrase(captured.status)}", headers, protocol="HTTP/1.1")
    record = writer.create_warc_record(
        page.url,
        "response" if http else "resource",
        payload=io.BytesIO(captured.content),
        length=len(captured.content),
        http_headers=http,
        warc_content_type="" if http else (captured.media_type or "application/octet-stream"),
        warc_headers_dict=_warc_headers(page, "response"),
    )
    writer.write_record(record)


def _write_request(writer: "WARCWriter", page: Page) -> None:
    from warcio.statusandheaders import StatusAndHeaders

    parts = urlsplit(page.url)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_safe(parts.query)}" if parts.query else "")
    headers = [(_safe(name), _safe(value)) for name, value in page.captured.request_headers]
    http = StatusAndHeaders(f"GET {target} HTTP/1.1", headers, is_http_request=True)
    more = _warc_headers(page, "request") | {"WARC-Concurrent-To": _identity(page, "response")}
    del more["WARC-Payload-Digest"]
    kind = "application/http; msgtype=request"
    record = writer.create_warc_record(
        page.url, "request", http_headers=http, warc_content_type=kind, warc_headers_dict=more
    )
    writer.write_record(record)


def _warc_headers(page: Page, kind: str) -> dict[str, str]:
    return {
        "WARC-Record-ID": _identity(page, kind),
        "WARC-Date": seconds(page.captured.at),
        "WARC-Payload-Digest": f"sha256:{sha256(page.captured.content)}",
    } | ({"Marsad-Capture": page.capture} if kind == "response" else {})


def _identity(page: Page, kind: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{HOST}/{kind}/{page.capture}/{page.url}')}>"


def _replayable(captured: Captured) -> Iterator[tuple[str, str]]:
    """The headers, except that what no longer holds of the kept bytes is renamed, as web archives do."""
    for name, value in captured.response_headers:
        lower = name.lower()
        chunked = lower == "transfer-encoding"
        unpacked = lower == "content-encoding" and not _is_packed(captured.content, value)
        other = lower == "content-length" and value.strip() != str(len(captured.content))
        yield (f"X-Archive-Orig-{name}" if chunked or unpacked or other else name), value


def _is_packed(content: bytes, coding: str) -> bool:
    """Whether bytes may still be in the coding that their header names."""
    coding = coding.strip().lower()
    if coding in ("gzip", "x-gzip"):
        return content.startswith(b"\x1f\x8b")
    return coding in ("br", "zstd", "deflate") and content.lstrip()[:1] not in (b"<", b"{", b"[")


def _safe(text: str) -> str:
    return _UNSAFE.sub(" ", text)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Status"


def _index_line(page: Page, offset: int, length: int) -> bytes:
    captured = page.captured
    declared = next((v for n, v in captured.response_headers if n.lower() == "content-type"), captured.media_type)
    fields = {
        "digest": f"sha256:{sha256(captured.content)}",
        "filename": NAME,
        "length": str(length),
        "mime": declared.partition(";")[0].strip() or "application/octet-stream",
        "offset": str(offset),
        "status": str(captured.status or 200),
        "url": page.url,
    }
    stamp = re.sub(r"\D", "", seconds(captured.at))
    return f"{surt(page.url)} {stamp} ".encode() + encode(fields) + b"\n"


def surt(url: str) -> str:
    """The key under which an index has an address: ``https://www.example.org/A?b`` is ``org,example)/a?b``."""
    try:
        parts = urlsplit(url.lower())
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return quote(url)
    host = _WWW.sub("", parts.hostname or "")
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    return (",".join(reversed(host.split("."))) + port + ")" + path + query.replace(" ", "%20")).lower()


def read_warc(data: bytes) -> Iterator[tuple[str, str, bytes]]:
    """For each capture in a WARC, the SHA-256 of its record, its address, its bytes; ValueError for a broken file."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise InputError("bundles need more than the plain installation: pip install 'marsad[evidence]'") from None
    left = MOST
    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            if record.rec_type in ("response", "resource"):
                headers = record.rec_headers
                capture, url = headers.get_header("Marsad-Capture"), headers.get_header("WARC-Target-URI")
                content = record.raw_stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise ValueError(f"it holds more than {MOST // 1_000_000:,} MB")
                yield capture or "", url or "", content
    except (ArchiveLoadFailed, OSError, EOFError) as error:
        raise ValueError(str(error)) from error
