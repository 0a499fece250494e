"""The way from what the user names (files, folders, standard input) to documents, each problem in its place."""

import io
import mimetypes
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import BinaryIO, cast

from marsad.capture import formats
from marsad.capture.base import HEAD, Format, Guest, Item, Notice, Source, now
from marsad.errors import InputError
from marsad.model import Captured, Document
from marsad.version import __version__

MAX_KEPT = 500_000_000
"""The largest file, in bytes, that is kept whole as evidence."""


@cache
def readers() -> dict[str, Format]:
    """Every format in ``capture/formats``, by its suffixes (``.txt``, in lower case)."""
    found: dict[str, Format] = {}
    for module in iter_modules(formats.__path__):
        reader = import_module(f"{formats.__name__}.{module.name}")
        if hasattr(reader, "SUFFIXES"):
            found.update(dict.fromkeys(reader.SUFFIXES, cast(Format, reader)))
    return found


@cache
def guests() -> tuple[Guest, ...]:
    """The formats that share a suffix with a plainer one, such as chats exported as .json or .txt."""
    modules = (import_module(f"{formats.__name__}.{module.name}") for module in iter_modules(formats.__path__))
    return tuple(cast(Guest, module) for module in modules if hasattr(module, "AMONG"))


Keep = Callable[[Captured], str | None]
"""Keeps what was received, as received, before it is read; returns its SHA-256, or None where nothing keeps it."""


@dataclass(frozen=True, slots=True)
class _Way:
    """What standard input is, which columns of a table are meant, and what keeps the bytes."""

    stdin: BinaryIO
    columns: Mapping[str, str]
    keep: Keep | None


def read_paths(
    paths: Iterable[str], *, stdin: BinaryIO, columns: Mapping[str, str] | None = None, keep: Keep | None = None
) -> Iterator[Item]:
    """The documents of files, folders (all below them, in order of name), addresses (``https:``) and ``-`` (``stdin``).

    ``columns`` says which column of a .csv file holds which key of a document; ``keep`` is given all bytes before they
    are read. What is wrong comes in its place. A document whose id was seen before with the same text is left out with
    a notice, with another text with an error.
    """
    way = _Way(stdin, columns or {}, keep)
    return _distinct(item for path in paths for item in _read_path(path, way))


def read_bytes(data: bytes, *, name: str, suffix: str, columns: Mapping[str, str] | None = None) -> Iterator[Item]:
    """The documents of bytes that came otherwise than from a file, read as a file with this suffix."""
    yield from _guarded(Source(name, io.BytesIO(data), columns or {}), suffix=suffix)


def read_given(sources: Iterable[Source], *, keep: Keep | None = None) -> Iterator[Item]:
    """The documents of open files that came otherwise than by a path, each read as a file of its name is."""
    return _distinct(item for source in sources for item in _read_given(source, keep))


def _read_given(source: Source, keep: Keep | None) -> Iterator[Item]:
    suffix = _suffix(source.name)
    if suffix in readers():
        yield from _kept(source, _Way(source.stream, source.columns, keep), suffix=suffix)
    else:
        yield InputError(f"{source.name}: no reader for files of this kind; Marsad reads {' '.join(sorted(readers()))}")


def _read_path(path: str, way: _Way) -> Iterator[Item]:
    if path == "-":
        yield from _kept(Source("standard input", way.stdin, way.columns), way, suffix=None)
        return
    if path.startswith(("http://", "https://")):
        yield from _read_address(path, way)
        return
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _read_folder(path, way)
    elif stat.S_ISREG(mode) and _suffix(path) not in readers():
        known = " ".join(sorted(readers()))
        yield InputError(f"{path}: no reader for files of this kind; Marsad reads {known}")
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        yield from _read_file(path, way)
    else:
        yield InputError(f"{path}: not a file, folder or pipe")


def _read_folder(path: str, way: _Way) -> Iterator[Item]:
    """Every file below a folder that has a reader, by name; hidden ones and links to folders are left alone."""
    problems: list[Item] = []
    used = others = 0
    for root, folders, names in os.walk(path, onerror=lambda error: problems.append(_unreadable(path, error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            if _suffix(name) in readers():
                used += 1
                yield from _read_path(os.path.join(root, name), way)
            else:
                others += 1
    yield from problems
    if not used:
        yield InputError(f"{path}: no file here that Marsad reads ({' '.join(sorted(readers()))})")
    elif others:
        yield Notice(f"{path}: {others} file{'s' * (others > 1)} of other kinds left out")


def _read_file(path: str, way: _Way) -> Iterator[Item]:
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below; only opening is guarded here
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)
        return
    with stream:
        yield from _kept(Source(path, stream, way.columns), way, suffix=_suffix(path))


def _kept(source: Source, way: _Way, *, suffix: str | None) -> Iterator[Item]:
    """What the reader yields of a file; where something keeps bytes, it has them first."""
    if way.keep is None:
        yield from _guarded(source, suffix=suffix)
        return
    try:
        data = source.whole(limit=MAX_KEPT, because="too large to be kept whole; split it")
        kind = mimetypes.guess_type(source.name)[0] or ""
        content = way.keep(
            Captured(url=source.name, at=now(), content=data, media_type=kind, software=f"marsad {__version__}")
        )
    except InputError as error:
        yield error
        return
    except OSError as error:
        yield _unreadable(source.name, error)
        return
    for item in _guarded(replace(source, stream=io.BytesIO(data)), suffix=suffix):
        yield replace(item, captured=content) if isinstance(item, Document) else item


def _read_address(url: str, way: _Way) -> Iterator[Item]:
    """A page or file on the web, fetched politely and within limits."""
    try:
        from marsad.capture.fetch.client import get
        from marsad.capture.fetch.document import document_from

        captured = get(url)
        content = way.keep(captured) if way.keep else None
        yield replace(document_from(captured), captured=content)
    except InputError as error:
        yield error


def _guarded(source: Source, *, suffix: str | None) -> Iterator[Item]:
    """What the reader yields, and as its last item the error that stopped it; no suffix: told by content."""
    try:
        peekable = hasattr(source.stream, "peek")
        stream = source.stream if peekable else io.BufferedReader(cast("io.RawIOBase", source.stream), HEAD)
        head = cast(io.BufferedReader, stream).peek(HEAD)[:HEAD]
        suffix = suffix if suffix in readers() else _told(head)
        guest = next((guest for guest in guests() if suffix in guest.AMONG and guest.recognises(head)), None)
        yield from (guest or readers()[suffix]).read(replace(source, stream=stream))
    except InputError as error:
        yield error
    except OSError as error:
        yield _unreadable(source.name, error)


def _told(head: bytes) -> str:
    """The suffix by how the content begins: JSONL with ``{``, a list with ``[``, a page, a PDF; else it is one text."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    known = ((b"{", ".jsonl"), (b"[", ".json"), (b"%PDF", ".pdf"), (b"WARC/", ".warc"), (b"PK\3\4", ".docx"))
    if re.match(rb"<(?:!doctype\s+html|html|head|body|\?xml[^>]{0,80}>\s*<!doctype\s+html)\b", start, re.I):
        return ".html"
    return next((suffix for magic, suffix in known if start.startswith(magic)), ".txt")


def _distinct(items: Iterator[Item]) -> Iterator[Item]:
    seen: dict[str, int] = {}
    for item in items:
        if not isinstance(item, Document):
            yield item
            continue
        mark = hash(item.text)
        if item.id not in seen:
            seen[item.id] = mark
            yield item
        elif seen[item.id] == mark:
            yield Notice(f"{item.called}: the same text was read before; left out")
        else:
            yield InputError(f"{item.called}: another text had this id; give each document its own")


def _suffix(path: str) -> str:
    """The longest suffix that a reader is known by (``.warc.gz``), else the last."""
    name = Path(path).name.lower()
    return max((known for known in readers() if name.endswith(known)), key=len, default=Path(name).suffix)


def _unreadable(name: str, error: Exception) -> InputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return InputError(f"{name}: cannot be read: {reason}")
