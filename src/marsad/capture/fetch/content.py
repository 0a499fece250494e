"""What was received, made plain: content encodings undone within limits, and what kind of thing it is.

Only the standard library is needed here (and brotli where a server used it), so that text can be derived years later
from what was archived.
"""

import zlib
from collections.abc import Callable, Generator, Iterator
from email.message import Message

from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.problems import FetchError, missing_extra
from marsad.model import Captured

_STEP = 65_536
_SMALL = 1_000_000  # below this size no ratio is held against a page: short and repetitive ones compress well
_MEMBERS = 100
_LAYERS = 3
# How files begin that are sometimes sent under the name of a page.
_BINARY = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ\x90",
    b"RIFF",
    b"OggS",
    b"ID3",
)
HTML = "text/html"
PDF = "application/pdf"

Decoder = Callable[[bytes, str, Limits], Iterator[bytes]]


def header(captured: Captured, name: str) -> str:
    """The value of a response header, its repeats joined by commas; empty where there is none."""
    return ", ".join(value for key, value in captured.response_headers if key.lower() == name)


def charset(captured: Captured) -> str | None:
    """The character encoding that the server declared."""
    message = Message()
    message["content-type"] = header(captured, "content-type").replace("\n", " ").replace("\r", " ")
    found = message.get_param("charset")
    return found.strip(" '\"") or None if isinstance(found, str) else None


def plain(captured: Captured, limits: Limits | None = None) -> bytes:
    """The content with its encodings undone; FetchError where it is broken, or grows beyond the limits."""
    limits = limits or Limits()
    names = [name.strip().lower() for name in header(captured, "content-encoding").split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > _LAYERS:
        raise FetchError(f"{captured.url}: packed {len(names)} times over; not unpacked")
    content = captured.content
    for name in reversed(names):
        if name not in _DECODERS:
            raise FetchError(f"{captured.url}: packed in a way that is not known here ({name[:40]})")
        content = _bounded(_DECODERS[name](content, captured.url, limits), captured, limits) if content else b""
    return content


def media_type(captured: Captured, content: bytes) -> str:
    """What ``content`` is, by the server's word where that can be; FetchError for a binary file called a text."""
    declared = header(captured, "content-type").split(";")[0].split(",")[0].strip().lower()
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return PDF
    if declared in ("", "application/octet-stream", "application/x-unknown"):
        return HTML if head.startswith(b"<") else declared or "application/octet-stream"
    if declared.startswith("text/") and content.startswith(_BINARY):
        raise FetchError(f"{captured.url}: called {declared}, but it is no text; save it and see what it is")
    return declared


def _bounded(parts: Iterator[bytes], captured: Captured, limits: Limits) -> bytes:
    most = min(limits.decoded, max(_SMALL, limits.ratio * len(captured.content)))
    found, size = [], 0
    for part in parts:
        size += len(part)
        if size > most:
            raise FetchError(
                f"{captured.url}: {len(captured.content):,} bytes unpack to more than {most:,}; refused as a bomb. "
                "If it is none, raise the limits ratio and decoded"
            )
        found.append(part)
    return b"".join(found)


def _broken(url: str, name: str) -> FetchError:
    return FetchError(f"{url}: said to be packed with {name}, but broken or cut off", again=True)


def _gzip(data: bytes, url: str, limits: Limits) -> Iterator[bytes]:
    """Each member in turn; what follows the last and is no member is left alone, as browsers do."""
    rest = memoryview(data)
    for _ in range(_MEMBERS):
        used = yield from _inflated(zlib.decompressobj(31), rest, name="gzip", url=url)
        rest = rest[used:]
        if bytes(rest[:2]) != b"\x1f\x8b":
            return
    raise FetchError(f"{url}: more than {_MEMBERS} gzip files in one; refused as a bomb")


def _deflate(data: bytes, url: str, limits: Limits) -> Iterator[bytes]:
    """With zlib's frame, as the standard has it, or without, as some servers send it."""
    framed = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    yield from _inflated(zlib.decompressobj(15 if framed else -15), memoryview(data), name="deflate", url=url)


def _inflated(decoder: "zlib._Decompress", data: memoryview, *, name: str, url: str) -> Generator[bytes, None, int]:
    """The parts that ``data`` inflates to, none longer than a step; returns how many of its bytes were used."""
    used = 0
    try:
        while not decoder.eof:
            step = data[used : used + _STEP]
            used += len(step)
            part = decoder.decompress(step, _STEP)
            if not part and not step:
                break
            yield part
            while decoder.unconsumed_tail:
                yield decoder.decompress(decoder.unconsumed_tail, _STEP)
    except zlib.error:
        raise _broken(url, name) from None
    if not decoder.eof:
        raise _broken(url, name)
    return used - len(decoder.unused_data)


def _brotli(data: bytes, url: str, limits: Limits) -> Iterator[bytes]:
    try:
        import brotli
    except ImportError as error:
        raise missing_extra(error.name) from None
    decoder, used = brotli.Decompressor(), 0
    try:
        while not decoder.is_finished():
            step = b""
            if decoder.can_accept_more_data():
                step = data[used : used + _STEP]
                used += len(step)
            part = decoder.process(step, output_buffer_limit=_STEP)
            if not part and not step:
                raise _broken(url, "brotli")
            yield part
    except brotli.error:
        raise _broken(url, "brotli") from None


_DECODERS: dict[str, Decoder] = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli}
