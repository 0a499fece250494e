"""A ``.txt`` file is one article, kept whole: no line of it is taken for a title."""

from collections.abc import Iterator

from marsad.capture.base import MAX_BYTES, Item, Notice, Record, Source, make_document
from marsad.capture.encoding import decode
from marsad.errors import InputError

SUFFIXES = (".txt",)


def read(source: Source) -> Iterator[Item]:
    """One document, in any encoding that ``capture.encoding`` knows."""
    data = source.whole(limit=MAX_BYTES)
    if not data.strip():
        raise InputError(f"{source.name}: the file is empty; nothing to read")
    decoded = decode(data, name=source.name)
    if decoded.notice:
        yield Notice(f"{source.name}: {decoded.notice}")
    yield make_document(Record(text=decoded.text), where=source.name)
