"""The way from what the user names (files, folders, standard input) to documents, each problem in its place."""

import os
import stat
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import BinaryIO, cast

from marsad.capture import formats
from marsad.capture.base import Format, Item, Notice, Source
from marsad.errors import InputError
from marsad.model import Document


@cache
def readers() -> dict[str, Format]:
    """Every format in ``capture/formats``, by its suffixes (``.txt``, in lower case)."""
    found: dict[str, Format] = {}
    for module in iter_modules(formats.__path__):
        reader = cast(Format, import_module(f"{formats.__name__}.{module.name}"))
        found.update(dict.fromkeys(reader.SUFFIXES, reader))
    return found


def read_paths(paths: Iterable[str], *, stdin: BinaryIO) -> Iterator[Item]:
    """The documents of files, folders (all below them, in order of name) and ``-`` (``stdin``), with what is wrong.

    A document whose id was seen before with the same text is left out with a notice, with another text with an error.
    """
    return _distinct(item for path in paths for item in _read_path(path, stdin=stdin))


def _read_path(path: str, *, stdin: BinaryIO) -> Iterator[Item]:
    if path == "-":
        yield from _guarded("standard input", stdin, reader=None)
        return
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _read_folder(path)
    elif stat.S_ISREG(mode) and _suffix(path) not in readers():
        known = " ".join(sorted(readers()))
        yield InputError(f"{path}: no reader for files of this kind; Marsad reads {known}")
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        yield from _read_file(path)
    else:
        yield InputError(f"{path}: not a file, folder or pipe")


def _read_folder(path: str) -> Iterator[Item]:
    """Every file below a folder that has a reader, by name; hidden ones and links to folders are left alone."""
    problems: list[Item] = []
    used = others = 0
    for root, folders, names in os.walk(path, onerror=lambda error: problems.append(_unreadable(path, error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            if _suffix(name) in readers():
                used += 1
                yield from _read_path(os.path.join(root, name), stdin=cast(BinaryIO, None))
            else:
                others += 1
    yield from problems
    if not used:
        yield InputError(f"{path}: no file here that Marsad reads ({' '.join(sorted(readers()))})")
    elif others:
        yield Notice(f"{path}: {others} file{'s' * (others > 1)} of other kinds left out")


def _read_file(path: str) -> Iterator[Item]:
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below; only opening is guarded here
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)
        return
    with stream:
        yield from _guarded(path, stream, reader=readers().get(_suffix(path)))


def _guarded(name: str, stream: BinaryIO, *, reader: Format | None) -> Iterator[Item]:
    """What the reader yields, and as its last item the error that stopped it."""
    try:
        if reader is None:
            yield from _sniffed(name, stream)
        else:
            yield from reader.read(Source(name, stream))
    except InputError as error:
        yield error
    except OSError as error:
        yield _unreadable(name, error)


def _sniffed(name: str, stream: BinaryIO) -> Iterator[Item]:
    """Text without a suffix: JSONL if its first character is ``{``, a gold list if it is ``[``, else one article."""
    import io

    buffered = io.BufferedReader(cast("io.RawIOBase", stream)) if not hasattr(stream, "peek") else stream
    head = cast(io.BufferedReader, buffered).peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    suffix = ".jsonl" if head.startswith(b"{") else ".json" if head.startswith(b"[") else ".txt"
    yield from readers()[suffix].read(Source(name, buffered))


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
    return Path(path).suffix.lower()


def _unreadable(name: str, error: Exception) -> InputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return InputError(f"{name}: cannot be read: {reason}")
