"""The part of the ledger that concerns something, in a chain with the rest: what does not concern it is only a hash."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from marsad.evidence.canonical import decode, encode
from marsad.evidence.ledger import Entry, entry_of, link


def concerns(entry: Entry, ids: Collection[str]) -> bool:
    """Whether an entry speaks of one of these ids or hashes."""
    return any(value in ids for value in _strings(entry.what))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def prove(entries: Iterable[Entry], shown: Callable[[Entry], bool]) -> list[bytes]:
    """Lines from the first shown entry to the end of the ledger; those not shown have only their number and hash."""
    lines: list[bytes] = []
    for entry in entries:
        if shown(entry):
            lines.append(entry.line())
        elif lines:
            lines.append(encode({"body": entry.body(), "seq": entry.seq}))
    return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a proof shows: entries, and for every entry from the first on its hash by its number."""

    entries: tuple[Entry, ...]
    hashes: dict[int, str]
    last: int
    head: str


def check_proof(lines: Iterable[bytes]) -> Proof:
    """Follow the chain; ValueError, with the line's number, at the first that does not follow."""
    entries: list[Entry] = []
    hashes: dict[int, str] = {}
    seq, head = 0, ""
    for number, line in enumerate(lines, 1):
        try:
            found = _line(line)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
        if isinstance(found, Entry):
            at, prev = found.seq, found.prev
            entries.append(found)
        else:
            at, prev = found[0], head
        if hashes and (at != seq + 1 or prev != head) or not hashes and not isinstance(found, Entry):
            raise ValueError(f"line {number}: it does not follow the one before it")
        seq, head = at, found.hash if isinstance(found, Entry) else link(head, found[1])
        hashes[seq] = head
    if not hashes:
        raise ValueError("it is empty")
    return Proof(entries=tuple(entries), hashes=hashes, last=seq, head=head)


def _line(line: bytes) -> Entry | tuple[int, str]:
    """An entry, or the number and hash of one that is not shown."""
    found = decode(line)
    if isinstance(found, dict) and set(found) == {"body", "seq"}:
        return int(found["seq"]), str(found["body"])
    return entry_of(line)
