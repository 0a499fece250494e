"""A ``.wacz`` file (Web Archive Collection Zipped 1.1.1): the pages of the WARC files in it."""

from collections.abc import Iterator
from typing import BinaryIO, cast

from marsad.capture.base import Item, Source
from marsad.capture.bounded import opened_zip
from marsad.capture.formats import warc
from marsad.errors import InputError

SUFFIXES = (".wacz",)
MEDIA_TYPES = ("application/wacz", "application/x-wacz")
MAX_UNPACKED = 8_000_000_000


def read(source: Source) -> Iterator[Item]:
    """The documents of each WARC file in the archive, by name."""
    if not source.stream.seekable():
        raise InputError(f"{source.name}: a WACZ file is read from a file, not from a pipe")
    with opened_zip(source.stream, name=source.name, most=MAX_UNPACKED) as archive:
        names = sorted(name for name in archive.namelist() if name.lower().endswith(warc.SUFFIXES))
        if not names:
            raise InputError(f"{source.name}: no WARC file in it; is it a WACZ file?")
        for name in names:
            with archive.open(name) as member:
                yield from warc.read(Source(f"{source.name}, {name}", cast(BinaryIO, member)))
