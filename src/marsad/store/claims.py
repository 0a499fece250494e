"""Claims of current documents, and what linking keeps of them."""

from array import array
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import func, select

from marsad.model import Claim
from marsad.store.schema import claim_keys, claims, documents, nodes
from marsad.store.session import Session, number, uncollected

_decode = msgspec.json.Decoder(Claim).decode
_CHUNK = 5_000
_linked = claims.join(nodes, nodes.c.claim == claims.c.n)


def get(db: Session, ids: Sequence[str]) -> dict[str, Claim]:
    """Current claims by id; those that there are none of are left out."""
    found: dict[str, Claim] = {}
    for start in range(0, len(ids), _CHUNK):
        chosen = db.among(nodes.c.id, ids[start : start + _CHUNK])
        rows = db.rows(select(nodes.c.id, claims.c.record).select_from(_linked).where(chosen))
        with uncollected():
            found.update((id_, _decode(record)) for id_, record in rows)
    return found


def earlier(db: Session, ids: Sequence[str]) -> dict[str, tuple[str, int, Claim]]:
    """Claims that no current document makes, by id: the document, its last version that made it, and the claim."""
    joined = claims.join(documents, documents.c.n == claims.c.document)
    columns = select(claims.c.id, documents.c.id, documents.c.version, claims.c.record).select_from(joined)
    rows = db.rows(columns.where(db.among(claims.c.id, ids)).order_by(documents.c.version))
    current = nodes_of(db, ids)
    return {id_: (document, version, _decode(record)) for id_, document, version, record in rows if id_ not in current}


def of_documents(db: Session, ids: Sequence[str]) -> dict[str, list[Claim]]:
    """The claims of current documents in the order of the text, by the document's id; an empty list where none."""
    found: dict[str, list[Claim]] = {id_: [] for id_ in ids}
    joined = claims.join(documents, documents.c.n == claims.c.document)
    chosen = select(documents.c.id, claims.c.record).select_from(joined).order_by(claims.c.n)
    for start in range(0, len(ids), _CHUNK):
        wanted = db.among(documents.c.id, ids[start : start + _CHUNK])
        with uncollected():
            for id_, record in db.rows(chosen.where(documents.c.current, wanted)):
                found[id_].append(_decode(record))
    return found


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
    joined = claims.join(documents, documents.c.n == claims.c.document)
    chosen = select(claims.c.n, claims.c.record).select_from(joined).where(documents.c.current).order_by(claims.c.n)
    last = 0
    while rows := db.rows(chosen.where(claims.c.n > last).limit(_CHUNK)):
        last = rows[-1].n
        with uncollected():
            batch = [_decode(record) for _, record in rows]
        yield from batch


def count(db: Session) -> int:
    """How many claims current documents make."""
    joined = claims.join(documents, documents.c.n == claims.c.document)
    return int(db.value(select(func.count()).select_from(joined).where(documents.c.current)))
