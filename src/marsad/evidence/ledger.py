"""The ledger: one line for each thing that was done, each bound to the line before it; it only ever grows.

    ledger.jsonl    the entries
    head.json       how many entries are acknowledged, the hash of the last, and the length of the file up to there
    lock            held by whoever writes

An entry is acknowledged when its line, and then the head that counts it, are safe on disk. What stands after the
acknowledged part was written by a run that was stopped: whole entries are kept, the rest of a torn one is cut off.

    body = SHA-256 of the canonical JSON of the entry without ``hash`` and ``prev``
    hash = SHA-256 of "marsad-ledger-1\n" + prev + "\n" + body + "\n"
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.evidence.canonical import decode, encode, sha256
from marsad.evidence.files import fault, locked, sync_folder, write, write_all
from marsad.version import __version__

FORMAT = "marsad-ledger-1"
GENESIS = "0" * 64
SOFTWARE = f"marsad {__version__}"
WAIT = 30.0
"""How long a writer waits for another, in seconds."""

KINDS = frozenset(
    (
        "opening capture reading decision grade export disclosure deletion withholding review account "
        "signature timestamp recovery"
    ).split()
)
_FIELDS = ("at", "kind", "salt", "seq", "software", "what", "who", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done; ``at`` is UTC, ``salt`` keeps what is said from being guessed from its hash."""

    seq: int
    at: str
    kind: str
    who: str
    what: dict[str, Any]
    why: str
    software: str
    salt: str
    prev: str
    hash: str

    def line(self) -> bytes:
        """The entry as it stands in the ledger, without the end of the line."""
        return encode({**self._said(), "hash": self.hash, "prev": self.prev})

    def body(self) -> str:
        """The hash of all that the entry says."""
        return sha256(encode(self._said()))

    def _said(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _FIELDS}


def link(prev: str, body: str) -> str:
    """The hash of an entry, from that of the one before it and that of what it says."""
    return sha256(f"{FORMAT}\n{prev}\n{body}\n".encode())


def entry_of(line: bytes) -> Entry:
    """The entry of a line; ValueError where it is none, is written otherwise than Marsad does, or its hash is wrong."""
    try:
        entry = Entry(**decode(line))
    except TypeError:
        raise ValueError("it is no entry") from None
    texts = (getattr(entry, name) for name in Entry.__dataclass_fields__ if name not in ("seq", "what"))
    if type(entry.seq) is not int or not isinstance(entry.what, dict) or not all(isinstance(t, str) for t in texts):
        raise ValueError("it is no entry")
    if link(entry.prev, entry.body()) != entry.hash:
        raise ValueError("it was altered: its hash is not that of what it says")
    return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of what is acknowledged."""

    entries: int = 0
    hash: str = GENESIS
    size: int = 0

    def encoded(self) -> bytes:
        """As it stands in ``head.json``."""
        return encode({"entries": self.entries, "format": FORMAT, "hash": self.hash, "size": self.size}) + b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is to be entered."""

    kind: str
    who: str
    what: dict[str, Any] = field(default_factory=dict)
    why: str = ""


class Ledger:
    """The ledger of one evidence folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ledger.jsonl"
        self.head_path = folder / "head.json"
        self.lock_path = folder / "lock"

    def create(self, said: Said) -> None:
        """Begin it with a first entry."""
        self.path.touch(mode=0o644)
        self._write_head(Head())
        self.append([said], wait=0)

    def head(self) -> Head:
        """The end of what is acknowledged; InputError where that cannot be told."""
        try:
            data = self.head_path.read_bytes()
        except OSError as error:
            raise fault(self.head_path, error) from error
        try:
            found = decode(data.removesuffix(b"\n"))
            head = Head(entries=int(found["entries"]), hash=str(found["hash"]), size=int(found["size"]))
        except (ValueError, KeyError, TypeError):
            head = None
        if head is None or head.encoded() != data:
            raise InputError(f"{self.head_path}: it was altered or is damaged; restore the evidence folder from a copy")
        return head

    def append(self, said: Iterable[Said], *, wait: float = WAIT) -> list[Entry]:
        """Enter what was done; when this returns, it is safe on disk. InputError, and nothing entered, if it cannot."""
        wanted = list(said)
        for one in wanted:
            if one.kind not in KINDS:
                raise ValueError(f"{one.kind!r} is no kind of entry")
        if not wanted:
            return []
        with locked(self.lock_path, wait=wait):
            head, left = self._recovered()
            entries = _chained(head, [*left, *wanted])
            try:
                self._write(head, b"".join(entry.line() + b"\n" for entry in entries), entries[-1])
            except OSError as error:
                raise fault(self.path.parent, error) from error
        return entries[len(left) :]

    def _write(self, head: Head, data: bytes, last: Entry) -> None:
        """Write lines after the head, then the head that counts them; on a fault the lines are taken back."""
        descriptor = os.open(self.path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            os.ftruncate(descriptor, head.size)
            os.lseek(descriptor, head.size, os.SEEK_SET)
            try:
                write_all(descriptor, data)
                os.fsync(descriptor)
                self._write_head(Head(entries=last.seq, hash=last.hash, size=head.size + len(data)))
            except OSError:
                with suppress(OSError, InputError):
                    if self.head() == head:
                        os.ftruncate(descriptor, head.size)
                        os.fsync(descriptor)
                raise
        finally:
            os.close(descriptor)

    def _write_head(self, head: Head) -> None:
        write(self.head_path, head.encoded(), mode=0o644)
        sync_folder(self.head_path.parent)

    def _recovered(self) -> tuple[Head, list[Said]]:
        """Where to go on, and what must be said of a torn end; InputError where acknowledged entries are gone."""
        head = self.head()
        size = self.path.stat().st_size
        if size < head.size or not self._ends_with(head):
            raise InputError(
                f"{self.path}: its end is not the one that was acknowledged; nothing is written to it. "
                "See marsad verify, and restore the evidence folder from a copy"
            )
        if size == head.size:
            return head, []
        with self.path.open("rb") as stream:
            stream.seek(head.size)
            tail = stream.read()
        for entry in whole_entries(tail, head):
            head = Head(entries=entry.seq, hash=entry.hash, size=head.size + len(entry.line()) + 1)
        torn = tail[len(tail) - (size - head.size) :]
        return head, [_recovery(torn)] if torn else []

    def _ends_with(self, head: Head) -> bool:
        """Whether the last acknowledged entry is whole and where it should be."""
        if head.size == 0:
            return head == Head()
        with self.path.open("rb") as stream:
            line = _last_line(stream.fileno(), head.size)
        try:
            entry = entry_of(line)
        except ValueError:
            return False
        return (entry.seq, entry.hash) == (head.entries, head.hash)

    def entries(self) -> Iterator[Entry]:
        """All entries up to the head, whole ones after it too; InputError at the first that is damaged."""
        head = self.head()
        try:
            with self.path.open("rb") as stream:
                read = 0
                while read < head.size:
                    line = stream.readline()
                    read += len(line)
                    try:
                        yield entry_of(line.removesuffix(b"\n"))
                    except ValueError as error:
                        raise InputError(f"{self.path}: the entry at byte {read - len(line)}: {error}") from error
                yield from whole_entries(stream.read(), head)
        except OSError as error:
            raise fault(self.path, error) from error

    def of_kinds(self, *kinds: str, start: int = 0, end: int | None = None) -> Iterator[Entry]:
        """The entries of some kinds, in order, of the lines from byte ``start`` to ``end``; the others are not looked
        at, so this is quick and checks only these."""
        marks = [f'"kind":"{kind}"'.encode() for kind in kinds]
        try:
            with self.path.open("rb") as stream:
                stream.seek(start)
                place = start
                for line in stream:
                    if end is not None and place >= end:
                        break
                    place += len(line)
                    if not line.endswith(b"\n") or not any(mark in line for mark in marks):
                        continue
                    try:
                        entry = entry_of(line.removesuffix(b"\n"))
                    except ValueError as error:
                        raise InputError(f"{self.path}: the entry at byte {place - len(line)}: {error}") from error
                    if entry.kind in kinds:
                        yield entry
        except OSError as error:
            raise fault(self.path, error) from error


def whole_entries(tail: bytes, head: Head) -> Iterator[Entry]:
    """The entries that follow ``head`` in the bytes after it, up to the first that is not whole."""
    seq, prev = head.entries, head.hash
    for line in tail.splitlines(keepends=True):
        try:
            entry = entry_of(line.removesuffix(b"\n"))
        except ValueError:
            return
        if not line.endswith(b"\n") or (entry.seq, entry.prev) != (seq + 1, prev):
            return
        yield entry
        seq, prev = entry.seq, entry.hash


def _last_line(descriptor: int, end: int) -> bytes:
    """The line that ends at byte ``end``, without its end."""
    block = 4096
    while True:
        start = max(0, end - block)
        os.lseek(descriptor, start, os.SEEK_SET)
        data = os.read(descriptor, end - start)
        if start == 0 or data.rstrip(b"\n").count(b"\n"):
            return data.removesuffix(b"\n").rpartition(b"\n")[2]
        block *= 4


def _recovery(torn: bytes) -> Said:
    return Said(
        kind="recovery",
        who="marsad",
        what={"bytes": len(torn), "sha256": sha256(torn)},
        why="a run was stopped while it wrote; what it had not finished was cut off, nothing acknowledged was in it",
    )


def _chained(head: Head, said: Iterable[Said]) -> list[Entry]:
    entries: list[Entry] = []
    seq, prev = head.entries, head.hash
    for one in said:
        seq += 1
        at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        salt = secrets.token_hex(16)
        entry = Entry(**_fields(one), seq=seq, at=at, software=SOFTWARE, salt=salt, prev=prev, hash="")
        hashed = link(prev, entry.body())
        entries.append(Entry(**_fields(one), seq=seq, at=at, software=SOFTWARE, salt=salt, prev=prev, hash=hashed))
        prev = hashed
    return entries


def _fields(said: Said) -> dict[str, Any]:
    """What is entered, as it comes back when the line is read."""
    clean: dict[str, Any] = decode(encode({"kind": said.kind, "who": said.who, "what": said.what, "why": said.why}))
    return clean
