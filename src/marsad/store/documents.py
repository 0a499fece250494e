"""Documents, each with its versions, and the claims of the current one."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, Literal

import msgspec
from sqlalchemy import Row, func, select, update

from marsad.capture.base import now
from marsad.errors import InputError
from marsad.model import Claim, Document
from marsad.store import links, search
from marsad.store.links import Left
from marsad.store.schema import claim_keys, claims, documents, nodes, print_hashes, prints
from marsad.store.session import Session, number, uncollected

Outcome = Literal["new", "changed", "same"]
_CHUNK = 500
_NOT_LISTED = {"n", "sha", "text", "captured", "derived", "about"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkable:
    """A claim and what linking needs of it, made by the layers above.

    ``rank`` is 0 for the main claim of its document, ``node`` its features in a form that only linking knows, ``keys``
    its blocks, ``seed`` the id of the incident that it would found.
    """

    claim: Claim
    rank: int = 0
    node: bytes = b""
    keys: tuple[str, ...] = ()
    seed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A document on its way into the record, with its claims in the order of its text and its hashes (63 bits)."""

    document: Document
    claims: tuple[Linkable, ...] = ()
    hashes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What putting documents did: an outcome for each, in order, and what earlier versions left behind them."""

    outcomes: list[Outcome] = field(default_factory=list)
    left: Left = field(default_factory=Left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One version of a document as the record lists it; ``added`` is the time in UTC."""

    id: str
    version: int
    current: bool
    added: str
    published: date | None
    lang: str | None
    source: str
    title: str


def sha(document: Document) -> str:
    """SHA-256 of all that makes a version: text, title, day of publication, source and language."""
    parts = (document.text, document.title, document.published, document.source, document.lang)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def put(db: Session, readings: Sequence[Stored]) -> Change:
    """Add documents with their claims; of several with one id in ``readings`` the last is current in the end.

    One whose text, title, day, source and language are those of its current version changes nothing. A different one
    becomes the current version; what was derived from the old one is dropped, and told in ``left``.
    """
    change = Change()
    with uncollected():
        for batch in _without_repeats(readings):
            _put(db, batch, change)
    return change


def _without_repeats(readings: Sequence[Stored]) -> Iterator[list[Stored]]:
    """Runs of ``readings`` in each of which an id stands once."""
    batch: list[Stored] = []
    seen: set[str] = set()
    for reading in readings:
        if reading.document.id in seen:
            yield batch
            batch, seen = [], set()
        seen.add(reading.document.id)
        batch.append(reading)
    if batch:
        yield batch


def _put(db: Session, batch: Sequence[Stored], change: Change) -> None:
    known = _versions(db, [reading.document.id for reading in batch])
    added: list[tuple[Stored, str, int]] = []
    gone: list[int] = []
    for reading in batch:
        _check(reading.document)
        digest = sha(reading.document)
        version, current, current_sha = known.get(reading.document.id, (0, None, ""))
        if current_sha == digest:
            change.outcomes.append("same")
            continue
        change.outcomes.append("changed" if version else "new")
        added.append((reading, digest, version + 1))
        if current is not None:
            gone.append(current)
    change.left.add(_retire(db, gone))
    _add(db, added)


def _check(document: Document) -> None:
    for name in ("id", "text", "title", "source", "lang"):
        if "\0" in (getattr(document, name) or ""):
            raise InputError(f"{document.called}: its {name} holds a NUL character, which no database keeps; remove it")


def _versions(db: Session, ids: Sequence[str]) -> dict[str, tuple[int, int | None, str]]:
    """For each known id: the highest version, and number and SHA of the current one (None and "" if withdrawn)."""
    found: dict[str, tuple[int, int | None, str]] = {}
    columns = (documents.c.id, documents.c.version, documents.c.n, documents.c.sha, documents.c.current)
    for id_, version, n, digest, current in db.rows(select(*columns).where(db.among(documents.c.id, ids))):
        highest, kept, kept_sha = found.get(id_, (0, None, ""))
        found[id_] = (max(highest, version), n if current else kept, digest if current else kept_sha)
    return found


def _add(db: Session, added: Sequence[tuple[Stored, str, int]]) -> None:
    """Write documents, claims and what is looked up in them, table by table."""
    if not added:
        return
    first, at = db.next_number(documents.c.n), now()
    numbered = [(n, reading) for n, (reading, _, _) in enumerate(added, first)]
    db.insert(documents, [_row(n, r.document, d, v, at) for n, (r, d, v) in enumerate(added, first)])
    db.insert(prints, [(n, r.document.id, None, array("q", r.hashes).tobytes()) for n, r in numbered])
    db.insert(print_hashes, _by_value((value, n) for n, reading in numbered for value in set(reading.hashes)))
    search.index(db, [(n, r.document) for n, r in numbered])
    start = db.next_number(claims.c.n)
    held = [(n, linkable) for n, reading in numbered for linkable in reading.claims]
    encode = msgspec.json.encode
    db.insert(claims, [(c, h.claim.id, n, h.seed, encode(h.claim).decode()) for c, (n, h) in enumerate(held, start)])
    _link(db, [(c, linkable) for c, (_, linkable) in enumerate(held, start)])


def _row(n: int, document: Document, digest: str, version: int, at: str) -> tuple[Any, ...]:
    published = document.published.isoformat() if document.published else None
    about = msgspec.json.encode(document.about).decode() if document.about else None
    return (
        n, document.id, version, True, digest, at, published, document.lang, document.source, document.title,
        document.text, document.captured, document.derived or None, about,
    )  # fmt: skip


def _link(db: Session, numbered: Iterable[tuple[int, Linkable]]) -> None:
    rows: list[tuple[Any, ...]] = []
    keys: list[tuple[int, int]] = []
    numbered_once = cache(number)
    for n, linkable in numbered:
        values = [numbered_once(key) for key in set(linkable.keys)]
        keys.extend([(value, n) for value in values])
        rows.append((n, linkable.claim.id, linkable.rank, linkable.node, array("q", values).tobytes()))
    db.insert(nodes, rows)
    db.insert(claim_keys, _by_value(keys))


def relink(db: Session, linkables: Iterable[Linkable]) -> None:
    """Put rank, node and keys of current claims anew; the old ones must be gone (links.clear)."""
    batch = list(linkables)
    numbers = _numbers(db, [linkable.claim.id for linkable in batch])
    _link(db, [(numbers[linkable.claim.id], linkable) for linkable in batch])


def reprint(db: Session, hashes: Mapping[str, Sequence[int]]) -> None:
    """Put the hashes of current documents anew, by id; the old ones must be gone (links.clear)."""
    columns = select(documents.c.id, documents.c.n).where(documents.c.current, db.among(documents.c.id, hashes))
    numbers = dict(db.rows(columns))
    db.insert(prints, [(numbers[id_], id_, None, array("q", values).tobytes()) for id_, values in hashes.items()])
    db.insert(print_hashes, _by_value((value, numbers[id_]) for id_, values in hashes.items() for value in set(values)))


def _by_value(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In the order of the table, for the sake of speed."""
    return sorted(found, key=itemgetter(0))


def _numbers(db: Session, ids: Sequence[str]) -> dict[str, int]:
    """The numbers of current claims, by id."""
    joined = claims.join(documents, documents.c.n == claims.c.document)
    chosen = select(claims.c.id, claims.c.n).select_from(joined)
    return dict(db.rows(chosen.where(documents.c.current, db.among(claims.c.id, ids))))


def withdraw(db: Session, ids: Sequence[str]) -> Left:
    """Take documents out of the record: every version stays, none is current; what they leave behind is told."""
    return _retire(db, [n for _, n, _ in _versions(db, ids).values() if n is not None])


def _retire(db: Session, numbers: Sequence[int]) -> Left:
    if not numbers:
        return Left()
    left = links.leave(db, numbers)
    db.run(update(documents).where(db.among(documents.c.n, numbers)).values(current=False))
    return left


def get(db: Session, id: str, version: int | None = None) -> Document | None:
    """One document, in its current version or the one asked for."""
    chosen = documents.c.current if version is None else documents.c.version == version
    rows = db.rows(select(documents).where(documents.c.id == id, chosen))
    return _document(rows[0]) if rows else None


def of(db: Session, ids: Sequence[str]) -> dict[str, Document]:
    """Current documents by id; those that there are none of are left out."""
    rows = db.rows(select(documents).where(documents.c.current, db.among(documents.c.id, ids)))
    return {row.id: _document(row) for row in rows}


def current(db: Session) -> Iterator[Document]:
    """All current documents in the order of their ids, a few at a time in memory."""
    ids = [id_ for (id_,) in db.rows(select(documents.c.id).where(documents.c.current).order_by(documents.c.id))]
    for start in range(0, len(ids), _CHUNK):
        found = of(db, ids[start : start + _CHUNK])
        yield from (found[id_] for id_ in ids[start : start + _CHUNK])


def reindex(db: Session) -> None:
    """Make the index of search anew from current documents, as after a change to its stems."""
    search.clear(db)
    numbers = [n for (n,) in db.rows(select(documents.c.n).where(documents.c.current).order_by(documents.c.n))]
    for start in range(0, len(numbers), _CHUNK):
        rows = db.rows(select(documents).where(db.among(documents.c.n, numbers[start : start + _CHUNK])))
        search.index(db, [(row.n, _document(row)) for row in rows])


def damaged(db: Session) -> list[str]:
    """The ids of documents of which a version is no longer what was added, by its SHA-256."""
    found: set[str] = set()
    last = 0
    chosen = select(documents).order_by(documents.c.n).limit(_CHUNK)
    while rows := db.rows(chosen.where(documents.c.n > last)):
        found.update(row.id for row in rows if sha(_document(row)) != row.sha)
        last = rows[-1].n
    return sorted(found)


def count(db: Session) -> int:
    """How many documents are current."""
    return int(db.value(select(func.count()).select_from(documents).where(documents.c.current)))


def has_source(db: Session, name: str) -> bool:
    """Whether a current document is from this source."""
    chosen = select(documents.c.n).where(documents.c.current, documents.c.source == name).limit(1)
    return db.value(chosen) is not None


def listing(db: Session, ids: Sequence[str] | None = None) -> list[Listed]:
    """Every version of every document (or of those with these ids), without texts, by id and version."""
    columns = [column for column in documents.c if column.name not in _NOT_LISTED]
    chosen = select(*columns).order_by(documents.c.id, documents.c.version)
    if ids is not None:
        chosen = chosen.where(db.among(documents.c.id, ids))
    return [
        Listed(
            id=row.id,
            version=row.version,
            current=bool(row.current),
            added=row.added,
            published=_day(row.published),
            lang=row.lang,
            source=row.source,
            title=row.title,
        )
        for row in db.rows(chosen)
    ]


def _document(row: Row[Any]) -> Document:
    return Document(
        id=row.id,
        text=row.text,
        lang=row.lang,
        published=_day(row.published),
        title=row.title,
        source=row.source,
        captured=row.captured,
        derived=row.derived or "",
        about=msgspec.json.decode(row.about) if row.about else {},
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
