"""Checks an evidence folder, or a copy of it, without a network and without writing: every bit of it is looked at."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.evidence import seal
from marsad.evidence.archive import captured_of, expected_hash
from marsad.evidence.canonical import decode, sha256
from marsad.evidence.folder import Evidence
from marsad.evidence.ledger import GENESIS, Entry, Head, entry_of, whole_entries
from marsad.evidence.report import Report

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_NEEDED = {
    "capture": {"content": "hash", "capture": "hash", "url": "text", "bytes": "number"},
    "reading": {"document": "text", "content": "hash", "capture": "hash", "text": "text", "derived": "text"},
    "deletion": {"content": "hash"},
    "signature": {"of": "number", "hash": "hash", "key": "hash", "signature": "text"},
    "timestamp": {"of": "number", "hash": "hash", "token": "hash", "time": "text"},
}
"""What an entry of a kind must say, and of what form, for the rest to be checked."""

_HASH = re.compile("[0-9a-f]{64}")


def malformed(entry: Entry) -> str | None:
    """What an entry does not say that one of its kind must; None where it is in order."""
    needed = _NEEDED.get(entry.kind, {})
    if entry.kind == "withholding" and "name" in entry.what:
        needed = {"name": "hash"}
    for name, form in needed.items():
        value = entry.what.get(name)
        good = type(value) is int if form == "number" else isinstance(value, str)
        if not good or form == "hash" and not _HASH.fullmatch(str(value)):
            return f"a {entry.kind} that does not say its {name}"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What the one who checks knows otherwise: public keys (hexadecimal), certificates of timestamp authorities, and
    heads of the ledger that were written down earlier."""

    keys: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    roots: "tuple[Certificate, ...]" = ()


@dataclass(slots=True)
class Walked:
    """What the ledger speaks of, gathered while it is read."""

    hashes: list[str] = field(default_factory=list)
    contents: dict[str, int] = field(default_factory=dict)
    captures: dict[str, tuple[int, str]] = field(default_factory=dict)
    sides: dict[str, int] = field(default_factory=dict)
    erased: dict[str, int] = field(default_factory=dict)
    readings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    seals: list[Entry] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        """Remember what an entry speaks of."""
        what = entry.what
        if entry.kind == "capture":
            self.contents.setdefault(what["content"], entry.seq)
            self.captures.setdefault(what["capture"], (entry.seq, what["content"]))
            self.erased.pop(what["content"], None)
        elif entry.kind == "reading":
            self.readings.setdefault(what["document"], []).append(what)
        elif entry.kind == "deletion":
            self.erased[what["content"]] = entry.seq
        elif entry.kind in ("signature", "timestamp"):
            self.seals.append(entry)
            if entry.kind == "timestamp":
                self.sides.setdefault(what["token"], entry.seq)
        elif entry.kind == "withholding" and "name" in what:
            self.sides.setdefault(what["name"], entry.seq)


def verify(evidence: Evidence, *, trust: Trust | None = None) -> tuple[Report, Walked]:
    """Check head, chain, archive and seals; never raises for what is damaged, all of it is in the report."""
    report, walked = Report(), Walked()
    of_chain = 0
    try:
        _check_ledger(evidence, report, walked)
        of_chain = len(report.problems)
        _check_archive(evidence, report, walked)
    except OSError as error:
        report.add(error.filename or evidence.folder, f"it cannot be read: {error.strerror}")
    hashes = dict(enumerate(walked.hashes, 1))
    check_seals(walked.seals, hashes, evidence.archive.read_side, report, trust=trust or Trust())
    report.settle(of_chain)
    return report, walked


# The ledger


def _check_ledger(evidence: Evidence, report: Report, walked: Walked) -> None:
    path = evidence.ledger.path
    try:
        head = evidence.ledger.head()  # before the ledger's length, which may grow meanwhile
    except InputError as error:
        report.add(evidence.ledger.head_path, str(error).partition(": ")[2], 0)
        head = Head(size=path.stat().st_size)
    size = path.stat().st_size
    with path.open("rb") as stream:
        chain = Chain(report, walked, path.name)
        while chain.read < min(head.size, size):
            chain.follow(stream.readline())
        if not report.problems or head.entries:
            _check_head(chain, head, size)
        _check_tail(chain, stream.read(), head, report)
    report.entries, report.head = len(walked.hashes), chain.prev or ""


def _check_head(chain: "Chain", head: Head, size: int) -> None:
    if size < head.size:
        missing = head.entries - len(chain.walked.hashes)
        what = f"it is cut short: it has {size:,} bytes, {head.size:,} were acknowledged ({missing:,} entries are gone)"
    elif chain.read != head.size:
        what = f"the acknowledged part should end at byte {head.size:,}, and no entry ends there"
    elif (len(chain.walked.hashes), chain.prev) != (head.entries, head.hash):
        what = f"its last entry is not the one that was acknowledged, number {head.entries:,} ({head.hash[:16]}…)"
    else:
        return
    chain.report.add(chain.name, what, head.entries)


def _check_tail(chain: "Chain", tail: bytes, head: Head, report: Report) -> None:
    """What a stopped run wrote after the acknowledged part is no damage."""
    left = len(tail)
    for entry in whole_entries(tail, head):
        line = entry.line() + b"\n"
        chain.follow(line)
        left -= len(line)
    if left != len(tail):
        report.notes.append("a run was stopped between writing and acknowledging its last entries; they are whole")
    if left:
        report.notes.append(f"a run was stopped while it wrote an entry: {left:,} bytes, cut off by the next entry")


class Chain:
    """Follows the ledger line by line; after a break it goes on from what the next line says of itself."""

    def __init__(self, report: Report, walked: Walked, name: str) -> None:
        self.report, self.walked, self.name = report, walked, name
        self.read, self.prev = 0, GENESIS
        self._known = True

    def follow(self, line: bytes) -> None:
        """Check the next line."""
        self.read += len(line)
        seq = len(self.walked.hashes) + 1
        try:
            entry = entry_of(line.removesuffix(b"\n"))
        except ValueError as error:
            self._break(seq, str(error))
            return
        if not line.endswith(b"\n"):
            self._break(seq, "its line does not end")
            return
        if entry.seq != seq:
            self._add(seq, f"it says that it is entry {entry.seq:,}: entries were taken out, put in or moved")
        elif self._known and entry.prev != self.prev:
            self._add(seq, "it does not follow the entry before it")
        self._take(entry, seq)

    def _take(self, entry: Entry, seq: int) -> None:
        self.walked.hashes.append(entry.hash)
        self.prev, self._known = entry.hash, True
        if wrong := malformed(entry):
            self._add(seq, wrong)
        else:
            self.walked.take(entry)

    def _break(self, seq: int, what: str) -> None:
        self._add(seq, what)
        self.walked.hashes.append("")
        self._known = False

    def _add(self, seq: int, what: str) -> None:
        self.report.add(f"{self.name}, line {seq:,}", what, seq)


# The archive


def _check_archive(evidence: Evidence, report: Report, walked: Walked) -> None:
    seen: set[str] = set()
    strays = 0
    for path in evidence.archive.files():
        name = f"{path.parent.name}/{path.name}"
        wanted = expected_hash(path)
        if wanted is None:
            report.add(f"archive/{name}", "nothing of this name belongs into the archive", None)
            continue
        entry = _entry_of(wanted, walked)
        seen.add(wanted)
        strays += entry is None
        data = path.read_bytes()
        report.files, report.bytes = report.files + 1, report.bytes + len(data)
        if sha256(data) != wanted:
            report.add(f"archive/{name}", "it was altered: its content has not the hash it is called after", entry)
        elif path.suffix == ".json":
            _check_record(path, data, report, entry)
    _check_missing(seen, report, walked)
    if strays:
        report.notes.append(f"{strays:,} files of the archive are in no entry: a run was stopped before that")
    if left := sum(1 for _ in evidence.archive.incoming.glob("*")):
        report.notes.append(f"{left:,} files in incoming/ are what stopped runs left unfinished; they are no evidence")


def _check_record(path: Path, data: bytes, report: Report, entry: int | None) -> None:
    try:
        captured_of(data, b"")
        content = decode(data)["content"]
    except ValueError as error:
        report.add(f"archive/{path.parent.name}/{path.name}", str(error), entry)
        return
    if not path.name.startswith(content):
        report.add(f"archive/{path.parent.name}/{path.name}", "it is the record of other bytes", entry)


def _entry_of(name: str, walked: Walked) -> int | None:
    """The entry that a file of the archive belongs to."""
    if name in walked.contents:
        return walked.contents[name]
    if name in walked.captures:
        return walked.captures[name][0]
    return walked.sides.get(name)


def _check_missing(seen: set[str], report: Report, walked: Walked) -> None:
    records = ((capture, entry, f"{content}.{capture}.json") for capture, (entry, content) in walked.captures.items())
    sides = ((name, entry, name) for name, entry in walked.sides.items())
    contents = ((name, entry, name) for name, entry in walked.contents.items() if name not in walked.erased)
    for name, entry, file in (*contents, *records, *sides):
        if name not in seen:
            report.add(f"archive/{file[:2]}/{file}", "it is missing", entry)
    if walked.erased:
        report.notes.append(f"{len(walked.erased):,} files were erased; the ledger says by whom, when and why")
    for name, entry in walked.erased.items():
        if name in seen:
            report.notes.append(f"archive/{name[:2]}/{name} is still there, though entry {entry:,} says it was erased")


# Signatures and timestamps


def check_seals(
    seals: Iterable[Entry],
    hashes: dict[int, str],
    read_side: Callable[[str, str], bytes],
    report: Report,
    *,
    trust: Trust,
) -> None:
    """Check every signature and timestamp; ``hashes`` are those of the entries by their number, as far as known."""
    unknown: set[str] = set()
    unchecked = 0
    for head in sorted(trust.heads - set(hashes.values())):
        report.add("ledger.jsonl", f"the head {head} that you know is not in it: it was made anew, or cut short")
    for entry in seals:
        what, place = entry.what, f"ledger.jsonl, line {entry.seq:,}"
        of = what["of"]
        if of >= entry.seq or hashes.get(of) != what["hash"]:
            report.add(place, f"its {entry.kind} is of another ledger: entry {of} does not have that hash", entry.seq)
        elif entry.kind == "signature":
            if wrong := seal.check_signature(what):
                report.add(place, wrong, entry.seq)
            elif what["key"] not in trust.keys:
                unknown.add(what["key"])
        else:
            unchecked += not trust.roots
            try:
                seal.read_timestamp(read_side(what["token"], "tsr"), of, what["hash"], roots=trust.roots)
            except InputError as error:
                report.add(place, str(error), entry.seq)
    for key in sorted(unknown):
        report.notes.append(f"signed with the key {key}: the signatures hold; whose key it is you must know (--key)")
    if unchecked:
        report.notes.append(
            f"{unchecked:,} timestamps are of this ledger; by an authority you trust? give --tsa-root to check"
        )
