"""A ``.json`` file: one document or a list of them, with the keys of a .jsonl line; gold files are of this kind."""

from collections.abc import Iterator

import msgspec

from marsad.capture.base import MAX_BYTES, Item, Notice, Record, Source, make_document
from marsad.capture.encoding import decode
from marsad.capture.formats.jsonl import explain
from marsad.errors import InputError

SUFFIXES = (".json",)
MAX_FILE = 32 * MAX_BYTES
_record = msgspec.json.Decoder(Record)


def read(source: Source) -> Iterator[Item]:
    """Its documents in order; one that cannot be used is named by its place in the list, from 1."""
    data = source.whole(limit=MAX_FILE)
    if not data.strip():
        raise InputError(f"{source.name}: the file is empty; nothing to read")
    decoded = decode(data, name=source.name)
    if decoded.notice:
        yield Notice(f"{source.name}: {decoded.notice}")
    for where, raw in _parts(decoded.text, name=source.name):
        try:
            yield make_document(_record.decode(raw), where=where)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            yield InputError(f"{where}: {explain(error)}")
        except InputError as error:
            yield error


def _parts(text: str, *, name: str) -> list[tuple[str, msgspec.Raw | str]]:
    """The documents as raw JSON, each with the words that say where it stands."""
    if not text.lstrip().startswith("["):
        return [(name, text)]
    try:
        parts = msgspec.json.decode(text, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InputError(f"{name}: {explain(error)}") from None
    if not parts:
        raise InputError(f"{name}: an empty list; nothing to read")
    return [(f"{name}, document {number}", part) for number, part in enumerate(parts, 1)]
