"""Claims of current documents as people left them, and what linking keeps of them.

A claim that a person rejected is none of them; ``kept`` and ``kept_of_documents`` have it too.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, func, or_, select

from marsad.model import Claim
from marsad.store.schema import claim_keys, claims, documents, nodes, revised
from marsad.store.session import Session, number, uncollected

_decode = msgspec.json.Decoder(Claim).decode
_CHUNK = 5_000
_linked = claims.join(nodes, nodes.c.claim == claims.c.n).outerjoin(revised, revised.c.claim == claims.c.n)
_made = claims.join(documents, documents.c.n == claims.c.document).outerjoin(revised, revised.c.claim == claims.c.n)
_record = func.coalesce(revised.c.record, claims.c.record)
_REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A claim of a current document with what people made of it: ``first`` is as it was read, or as a person ``added``
    it, ``claim`` as it stands now; ``n`` is its number, ``state`` "" where nobody decided anything."""

    n: int
    first: Claim
    claim: Claim
    state: str = ""
    added: bool = False

    @classmethod
    def of(cls, row: Row[Any]) -> "Kept":
        """Of a row of ``_KEPT``."""
        first = _decode(row.first)
        now = first if row.record is None else _decode(row.record)
        return cls(n=row.n, first=first, claim=now, state=row.state or "", added=bool(row.added))


_KEPT = select(
    claims.c.n, documents.c.id.label("document"), claims.c.record.label("first"),
    revised.c.record, revised.c.state, revised.c.added,
).select_from(_made).where(documents.c.current).order_by(claims.c.n)  # fmt: skip


def get(db: Session, ids: Sequence[str]) -> dict[str, Claim]:
    """Current claims by id; those that there are none of are left out."""
    found: dict[str, Claim] = {}
    for start in range(0, len(ids), _CHUNK):
        chosen = db.among(nodes.c.id, ids[start : start + _CHUNK])
        rows = db.rows(select(nodes.c.id, _record).select_from(_linked).where(chosen))
        with uncollected():
            found.update((id_, _decode(record)) for id_, record in rows)
    return found


def earlier(db: Session, ids: Sequence[str]) -> dict[str, tuple[str, int, Claim]]:
    """Claims that no current document makes, by id: the document, its last version that made it, and the claim."""
    joined = claims.join(documents, documents.c.n == claims.c.document)
    columns = select(claims.c.id, documents.c.id, documents.c.version, claims.c.record).select_from(joined)
    rows = db.rows(columns.where(db.among(claims.c.id, ids)).order_by(documents.c.version))
    current = there(db, ids)
    return {id_: (document, version, _decode(record)) for id_, document, version, record in rows if id_ not in current}


def of_documents(db: Session, ids: Sequence[str]) -> dict[str, list[Claim]]:
    """The claims of current documents in the order of the text, by the document's id; an empty list where none."""
    read: dict[str, list[Claim]] = {id_: [] for id_ in ids}
    added: dict[str, list[Claim]] = {}
    chosen = select(documents.c.id, _record, revised.c.added).select_from(_made).order_by(claims.c.n)
    for start in range(0, len(ids), _CHUNK):
        wanted = db.among(documents.c.id, ids[start : start + _CHUNK])
        with uncollected():
            for id_, record, by_hand in db.rows(chosen.where(documents.c.current, wanted, _takes_part())):
                (added.setdefault(id_, []) if by_hand else read[id_]).append(_decode(record))
    return read | {id_: placed(read[id_], found) for id_, found in added.items()}


def placed(read: Sequence[Claim], added: Sequence[Claim]) -> list[Claim]:
    """Claims as they were read, in their order, and among them by their triggers those that people added."""
    ordered = sorted(added, key=lambda claim: (claim.trigger_span, claim.id))
    return list(merge(read, ordered, key=lambda claim: claim.trigger_span))


def kept(db: Session, ids: Sequence[str]) -> dict[str, Kept]:
    """Claims of current documents by id, rejected ones too, with what people made of them."""
    found: dict[str, Kept] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = db.rows(_KEPT.where(db.among(claims.c.id, ids[start : start + _CHUNK])))
        found.update((one.claim.id, one) for one in map(Kept.of, rows))
    return found


def kept_of_documents(db: Session, ids: Sequence[str]) -> dict[str, list[Kept]]:
    """The claims of current documents by the document's id, rejected ones too; those that were read in the order of
    the text, then those that were added."""
    found: dict[str, list[Kept]] = {id_: [] for id_ in ids}
    with uncollected():
        for row in db.rows(_KEPT.where(db.among(documents.c.id, ids))):
            found[row.document].append(Kept.of(row))
    return found


def there(db: Session, ids: Sequence[str]) -> set[str]:
    """Which of these claims a current document makes, rejected ones among them."""
    chosen = select(claims.c.id).select_from(_made).where(documents.c.current, db.among(claims.c.id, ids))
    return {id_ for (id_,) in db.rows(chosen)}


def founder(db: Session, incident: str) -> str | None:
    """The claim of a current document that would found the incident of this id."""
    found = select(claims.c.id).select_from(_made).where(documents.c.current, claims.c.seed == incident)
    founding: str | None = db.value(found)
    return founding


def _takes_part() -> ColumnElement[bool]:
    return or_(revised.c.state.is_(None), revised.c.state != _REJECTED)


def ever_of(db: Session, document: str) -> set[str]:
    """The ids of the claims of all versions of a document."""
    joined = claims.join(documents, documents.c.n == claims.c.document)
    return {id_ for (id_,) in db.rows(select(claims.c.id).select_from(joined).where(documents.c.id == document))}


def nodes_of(db: Session, ids: Sequence[str]) -> dict[str, bytes]:
    """The features of current claims, by id."""
    return dict(db.rows(select(nodes.c.id, nodes.c.node).where(db.among(nodes.c.id, ids))))


def ranks(db: Session, ids: Sequence[str]) -> dict[str, int]:
    """The rank of current claims in their documents, by id: 0 for the main one."""
    return dict(db.rows(select(nodes.c.id, nodes.c.rank).where(db.among(nodes.c.id, ids))))


def keys_of(db: Session, ids: Sequence[str]) -> dict[str, list[int]]:
    """The numbers of the keys of current claims, by id, for ``by_numbers``."""
    rows = db.rows(select(nodes.c.id, nodes.c.blocks).where(db.among(nodes.c.id, ids)))
    return {id_: array("q", keys).tolist() for id_, keys in rows}


def by_keys(db: Session, keys: Sequence[str]) -> list[tuple[str, str]]:
    """(key, claim id) for each current claim with one of ``keys``, in no order."""
    texts = {number(key): key for key in keys}
    found = by_numbers(db, list(texts))
    with uncollected():
        return [(texts[key], id_) for key, id_ in found]


def by_numbers(db: Session, numbers: Sequence[int]) -> list[tuple[int, str]]:
    """``by_keys``, for keys given as their numbers."""
    joined = claim_keys.join(nodes, nodes.c.claim == claim_keys.c.claim)
    chosen = select(claim_keys.c.key, nodes.c.id).select_from(joined)
    with uncollected():
        return [(key, id_) for key, id_ in db.rows(chosen.where(db.among(claim_keys.c.key, numbers)))]


def ids(db: Session) -> list[str]:
    """The ids of all current claims, in their order."""
    return [id_ for (id_,) in db.rows(select(nodes.c.id).order_by(nodes.c.id))]


def current(db: Session) -> Iterator[Claim]:
    """All claims of current documents in the order of their numbers, a few at a time in memory."""
    chosen = select(claims.c.n, _record).select_from(_made).where(documents.c.current, _takes_part())
    last = 0
    while rows := db.rows(chosen.where(claims.c.n > last).order_by(claims.c.n).limit(_CHUNK)):
        last = rows[-1][0]
        with uncollected():
            batch = [_decode(record) for _, record in rows]
        yield from batch


def count(db: Session) -> int:
    """How many claims current documents make."""
    chosen = select(func.count()).select_from(_made).where(documents.c.current, _takes_part())
    return int(db.value(chosen))
