"""A ``.jsonl`` file: one document a line, with the keys of ``capture.base.Record``; only ``text`` is required."""

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

import msgspec

from marsad.capture.base import MAX_BYTES, Item, Notice, Record, Source, make_document
from marsad.capture.encoding import decode
from marsad.errors import InputError

SUFFIXES = (".jsonl", ".ndjson")
MAX_LINE = 2 * MAX_BYTES
_decoder = msgspec.json.Decoder(Record)


def read(source: Source) -> Iterator[Item]:
    """A document, or what is wrong, for each line that is not blank; a line takes at most ``MAX_LINE`` bytes."""
    empty = True
    for number, line in _lines(_in_bytes_of_one(source)):
        where = f"{source.name}, line {number}"
        if line is None:
            empty = False
            yield InputError(f"{where}: more than {MAX_LINE // 1_000_000} MB in one line; one document a line, please")
        elif line.strip():
            empty = False
            yield from _read_line(line, where=where)
    if empty:
        yield InputError(f"{source.name}: the file is empty; nothing to read")


def _in_bytes_of_one(source: Source) -> BinaryIO:
    """The stream itself, or, for UTF-16 and UTF-32, its text as UTF-8."""
    stream = source.stream if hasattr(source.stream, "peek") else io.BufferedReader(cast("io.RawIOBase", source.stream))
    head = cast(io.BufferedReader, stream).peek(4)[:4]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head:
        data = Source(source.name, stream).whole(limit=64 * MAX_BYTES)
        return io.BytesIO(decode(data, name=source.name).text.encode("utf-8", "replace"))
    return stream


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; ``None`` for one that is too long, the rest of which is skipped."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) <= MAX_LINE:
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            continue
        yield number, None
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE)


def _read_line(line: bytes, *, where: str) -> Iterator[Item]:
    try:
        try:
            record = _decoder.decode(line)
        except UnicodeDecodeError:
            decoded = decode(line, name=where)
            yield Notice(f"{where}: {decoded.notice}")
            record = _decoder.decode(decoded.text)
        yield make_document(record, where=where)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        yield InputError(f"{where}: {explain(error)}")
    except InputError as error:
        yield error


def explain(error: Exception) -> str:
    """A decoding error in plain words: which key is missing or of the wrong type, or that the line is no JSON."""
    if isinstance(error, msgspec.ValidationError):
        return f'{error}; a document is {{"text": "...", "published": "YYYY-MM-DD", ...}}'
    return f"not JSON: {error}"
