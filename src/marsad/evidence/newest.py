"""The ledger from its end: the newest entries that are as asked for, without reading all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from marsad.errors import InputError
from marsad.evidence.canonical import encode
from marsad.evidence.files import fault
from marsad.evidence.ledger import Entry, Ledger, entry_of

_BLOCK = 1 << 20
_DAY = slice(7, 17)  # of a line, which begins {"at":"2026-11-22T... as its keys are sorted


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries; what is empty asks for nothing. ``text`` stands anywhere in the entry, in any case."""

    kind: str = ""
    who: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None

    def marks(self) -> list[bytes]:
        """What the line of such an entry has in it, as it is written there, for lines in small letters (ASCII)."""
        found = [b'"kind":' + encode(self.kind)] if self.kind else []
        found += [b'"who":' + encode(self.who)] if self.who else []
        found += [encode(self.text)[1:-1]] if self.text else []
        return [mark.lower() for mark in found]

    def takes(self, entry: Entry) -> bool:
        """Whether an entry with these marks is one, not one that only speaks of it."""
        return self.kind in ("", entry.kind) and (not self.who or self.who.lower() == entry.who.lower())


@dataclass(frozen=True, slots=True)
class Part:
    """Entries, the newest first; ``older`` is where those before them end, in bytes, None where there are none."""

    entries: tuple[Entry, ...]
    older: int | None


def newest(ledger: Ledger, wanted: Wanted, *, before: int | None = None, limit: int = 100) -> Part:
    """The newest entries that are as asked for, of those that end ``before`` this byte; InputError for damaged ones."""
    end = ledger.head().size
    end = end if before is None else max(0, min(before, end))
    found: list[Entry] = []
    try:
        with ledger.path.open("rb") as stream:
            for start, line in _backwards(stream, end, wanted.marks()):
                day = line[_DAY].decode("ascii", "replace")
                if wanted.since and day < wanted.since.isoformat():
                    return Part(tuple(found), None)
                if wanted.until and day > wanted.until.isoformat():
                    continue
                entry = _entry(ledger, line, start)
                if not wanted.takes(entry):
                    continue
                found.append(entry)
                if len(found) == limit:
                    return Part(tuple(found), start or None)
    except OSError as error:
        raise fault(ledger.path, error) from error
    return Part(tuple(found), None)


def _entry(ledger: Ledger, line: bytes, start: int) -> Entry:
    try:
        return entry_of(line)
    except ValueError as error:
        raise InputError(f"{ledger.path}: the entry at byte {start}: {error}") from error


def _backwards(stream: BinaryIO, end: int, marks: list[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines before byte ``end`` that have all the marks, the last first, each with the byte it begins at.

    Of what stands between the last newline and ``end``, which is no whole line, nothing is given.
    """
    rest = b""
    while end > 0:
        start = max(0, end - _BLOCK)
        stream.seek(start)
        data = stream.read(end - start) + rest
        cut = 0 if start == 0 else data.find(b"\n") + 1
        if start and not cut:
            rest, end = data, start
            continue
        rest, end = data[:cut], start
        small = data.lower() if marks else b""
        if all(small.find(mark, cut) >= 0 for mark in marks):
            yield from _lines(data, small, cut, start, marks)


def _lines(data: bytes, small: bytes, first: int, offset: int, marks: list[bytes]) -> Iterator[tuple[int, bytes]]:
    stop = data.rfind(b"\n")
    while stop > first:
        start = data.rfind(b"\n", first, stop) + 1 or first
        if all(small.find(mark, start, stop) >= 0 for mark in marks):
            yield offset + start, data[start:stop]
        stop = start - 1
