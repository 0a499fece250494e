"""``Evidence``: the archive and the ledger of one record, behind one door."""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from marsad.errors import InputError
from marsad.evidence import seal
from marsad.evidence.archive import Archive
from marsad.evidence.canonical import decode, encode, sha256
from marsad.evidence.files import fault, sync_folder
from marsad.evidence.ledger import FORMAT, WAIT, Entry, Ledger, Said
from marsad.evidence.withholding import Withheld, withheld
from marsad.model import Captured, Document

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_WITHHOLDING = ("withholding", "deletion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A capture that is safe: the SHA-256 of its bytes and that of its record, and its entry."""

    content: str
    capture: str
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document that was read from kept bytes: ``capture`` is the record of the capture, ``claims`` their number."""

    document: Document
    content: str
    capture: str
    claims: int


class Evidence:
    """What was received and what was done; all that a method returns from is safe on disk."""

    def __init__(self, folder: Path, *, wait: float = WAIT) -> None:
        self.folder = folder
        self.archive = Archive(folder)
        self.ledger = Ledger(folder)
        self._wait = wait
        self._withholding = Withholding(self.ledger)

    @classmethod
    def create(cls, folder: Path | str, *, who: str = "marsad", wait: float = WAIT) -> Self:
        """Make an empty evidence folder; InputError where there is something already."""
        folder = Path(folder)
        part = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}.part")
        if folder.exists():
            raise InputError(f"{folder}: there is something already; give another folder")
        try:
            part.mkdir()
            made = cls(part)
            made.archive.create()
            made.ledger.create(Said(kind="opening", who=who, what={"format": FORMAT}))
            part.rename(folder)
            sync_folder(folder.parent)
        except OSError as error:
            raise fault(folder, error) from error
        return cls(folder, wait=wait)

    @classmethod
    def open(cls, folder: Path | str, *, wait: float = WAIT) -> Self:
        """Open an evidence folder, also one that can only be read; InputError where there is none."""
        found = cls(Path(folder), wait=wait)
        if not (found.ledger.path.is_file() and found.archive.folder.is_dir()):
            raise InputError(f"{folder}: no evidence folder; one has ledger.jsonl and archive/ in it")
        return found

    # What comes in

    def put(self, captured: Captured) -> str:
        """Keep bytes as received, with their record; returns their SHA-256. ``capture`` enters it in the ledger too."""
        return self.archive.put(captured)[0]

    def capture(self, received: Iterable[Captured], *, who: str, why: str = "") -> list[Kept]:
        """Keep what was received and enter it; many at once are quicker, as they share one entry to disk."""
        self.archive.sweep()
        held = [(one, *self.archive.put(one)) for one in received]
        entries = self._append(
            Said(
                kind="capture",
                who=who,
                why=why,
                what={"bytes": len(one.content), "capture": capture, "content": content, "url": one.url},
            )
            for one, content, capture in held
        )
        kept = zip(held, entries, strict=True)
        return [Kept(content=content, capture=capture, entry=entry) for (_, content, capture), entry in kept]

    def reading(self, read: Iterable[Read], *, who: str) -> list[Entry]:
        """Enter what was read: which text (by its SHA-256) came from which bytes, how, and how many claims it makes."""
        return self._append(
            Said(
                kind="reading",
                who=who,
                what={
                    "capture": one.capture,
                    "claims": one.claims,
                    "content": one.content,
                    "derived": one.document.derived,
                    "document": one.document.id,
                    "text": text_hash(one.document.text),
                },
            )
            for one in read
        )

    def left_unread(self, content: str, capture: str, *, who: str, why: str) -> Entry:
        """Enter that a capture gives no document, and why: it is a feed, or a page without an article."""
        what = {"capture": capture, "claims": 0, "content": content, "derived": "", "document": "", "text": ""}
        return self.entry("reading", who=who, why=why, what=what)

    def entry(self, kind: str, *, who: str, what: dict[str, Any], why: str = "") -> Entry:
        """Enter anything else that was done; ``kind`` is one of ``ledger.KINDS``."""
        return self._append([Said(kind=kind, who=who, what=what, why=why)])[0]

    def _append(self, said: Iterable[Said]) -> list[Entry]:
        return self.ledger.append(said, wait=self._wait)

    # What is there

    def entries(self) -> Iterator[Entry]:
        """The ledger in order; InputError at the first entry that is damaged."""
        return self.ledger.entries()

    def captures(self) -> dict[str, list[str]]:
        """For the SHA-256 of bytes, the records of their captures, the first first."""
        found: dict[str, list[str]] = {}
        for entry in self.ledger.of_kinds("capture"):
            found.setdefault(entry.what["content"], []).append(entry.what["capture"])
        return found

    def pending(self, held: Callable[[Collection[str]], Collection[str]]) -> list[tuple[str, str]]:
        """Captures, as content and record, that a stopped run left unread, or whose documents the record does not have.

        ``held`` is given ids of documents and returns those of them that the record has.
        """
        captures: dict[str, str] = {}
        read: dict[str, set[str]] = {}
        for entry in self.ledger.of_kinds("capture", "reading"):
            if entry.kind == "capture":
                captures.setdefault(entry.what["capture"], entry.what["content"])
            else:
                read.setdefault(entry.what["capture"], set()).add(entry.what["document"])
        known = set(held({document for documents in read.values() for document in documents if document})) | {""}
        return [
            (content, capture)
            for capture, content in captures.items()
            if not read.get(capture, set()) or read[capture] - known
            if self.archive.has(content)
        ]

    # What must not leave the house

    def withheld(self) -> Withheld:
        """All that is withheld now."""
        return withheld(self._withholding.entries(), self._name, self.archive.has)

    def _name(self, name: str) -> str:
        return str(decode(self.archive.read_side(name, "name"))["name"])

    def withhold_document(self, document: str, *, content: Iterable[str] = (), who: str, why: str) -> Entry:
        """Withhold a document, and the bytes it was taken from, from all exports."""
        _reason(why)
        return self.entry("withholding", who=who, why=why, what={"content": sorted(content), "document": document})

    def withhold_name(self, name: str, *, who: str, why: str) -> Entry:
        """Withhold a person's name; the ledger has only a hash of it that cannot be guessed from a list of names."""
        name = name.strip()
        _reason(why)
        if not name:
            raise InputError("the name is empty; give the name as it is written")
        if name in why:
            raise InputError("the reason has the name in it, and the ledger is shown to others; word it without")
        held = self.archive.put_side(encode({"name": name, "salt": secrets.token_hex(16)}), "name")
        return self.entry("withholding", who=who, why=why, what={"name": held})

    def release(self, entry: int, *, who: str, why: str) -> Entry:
        """Withhold no longer what entry number ``entry`` withholds; InputError where it withholds nothing now."""
        _reason(why)
        now = self.withheld()
        if entry not in now.names and entry not in {stone.entry for stone in now.documents.values()}:
            raise InputError(f"entry {entry} withholds nothing now; marsad withhold --list shows what is withheld")
        return self.entry("withholding", who=who, why=why, what={"lifts": entry})

    def erase(self, content: str, *, document: str = "", who: str, why: str) -> Entry:
        """Take bytes out of the archive for good; the ledger keeps their hash, who, when and why."""
        _reason(why)
        if not self.archive.has(content):
            raise InputError(f"{content}: the archive has no such bytes; marsad withhold --list shows what was erased")
        size = self.archive.path(content).stat().st_size
        made = self.entry("deletion", who=who, why=why, what={"bytes": size, "content": content, "document": document})
        self.archive.remove(content)
        return made

    # Seals

    def sign(self, key: Path, *, who: str, why: str = "") -> Entry:
        """Sign the head with the Ed25519 private key of a PEM file."""
        head = self.ledger.head()
        return self.entry("signature", who=who, why=why, what=seal.signature(key, head.entries, head.hash))

    def timestamp(
        self, ask: Callable[[bytes], bytes], *, who: str, roots: "tuple[Certificate, ...]" = (), why: str = ""
    ) -> Entry:
        """Have the head timestamped; ``ask`` sends a request (RFC 3161) to an authority and returns its answer."""
        head = self.ledger.head()
        answer = ask(seal.timestamp_request(head.entries, head.hash))
        return self.add_timestamp(answer, of=head.entries, hash=head.hash, who=who, roots=roots, why=why)

    def add_timestamp(
        self,
        answer: bytes,
        *,
        of: int,
        hash: str,
        who: str,
        roots: "tuple[Certificate, ...]" = (),
        why: str = "",
    ) -> Entry:
        """Keep an authority's answer about the head at entry ``of``; InputError where it is about something else."""
        stamp = seal.read_timestamp(answer, of, hash, roots=roots)
        token = self.archive.put_side(answer, "tsr")
        what = {"authority": stamp.authority, "hash": hash, "of": of, "time": stamp.at, "token": token}
        return self.entry("timestamp", who=who, why=why, what=what)


class Withholding:
    """The entries of a ledger that withhold, release or erase: read once, and later only what has come behind."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._found: list[Entry] = []
        self._read = 0
        self._lock = Lock()

    def entries(self) -> list[Entry]:
        """All of them as of now, in order."""
        size = self._ledger.head().size
        with self._lock:
            if size < self._read:  # another ledger has been put in the place of this one
                self._found, self._read = [], 0
            if size > self._read:
                self._found.extend(self._ledger.of_kinds(*_WITHHOLDING, start=self._read, end=size))
                self._read = size
            return [*self._found, *self._ledger.of_kinds(*_WITHHOLDING, start=self._read)]


def text_hash(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return sha256(text.encode("utf-8", "surrogatepass"))


def _reason(why: str) -> None:
    if not why.strip():
        raise InputError("what is withheld or erased needs a reason, which stays in the ledger")
