"""The claims of current documents as the inbox lists them, worked out from each claim and what people made of it."""

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, func, select

from marsad.assess.doubt import doubts, score
from marsad.model import Claim
from marsad.store import search
from marsad.store.schema import claims, documents, inbox, members, revised, writes
from marsad.store.session import Session, number, uncollected

_decode = msgspec.json.Decoder(Claim).decode
_CHUNK = 2_000


def settle(db: Session, ids: Iterable[str]) -> None:
    """List these claims anew; those that no current document makes are left out."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _CHUNK):
        _settle(db, db.among(claims.c.id, wanted[start : start + _CHUNK]))
    changed(db)


def settle_missing(db: Session) -> None:
    """List the claims of current documents that are not listed, as after all were cleared."""
    joined = claims.join(documents, documents.c.n == claims.c.document).outerjoin(inbox, inbox.c.claim == claims.c.n)
    missing = select(claims.c.n).select_from(joined).where(documents.c.current, inbox.c.claim.is_(None))
    numbers = [n for (n,) in db.rows(missing.order_by(claims.c.n))]
    for start in range(0, len(numbers), _CHUNK):
        _settle(db, db.among(claims.c.n, numbers[start : start + _CHUNK]))
    changed(db)


def leave(db: Session, numbers: Iterable[int]) -> None:
    """Take the claims of documents, by number, out of the list."""
    gone = [n for (n,) in db.rows(select(inbox.c.claim).where(db.among(inbox.c.document, numbers)))]
    db.delete(inbox.c.claim, gone)
    if gone:
        search.drop_claims(db, gone)


def clear(db: Session) -> None:
    """Empty the list."""
    db.run(delete(inbox))
    search.clear_claims(db)


def reindex(db: Session) -> None:
    """Make the index of the claims in the list anew, as in a restored record."""
    search.clear_claims(db)
    numbers = [n for (n,) in db.rows(select(inbox.c.claim).order_by(inbox.c.claim))]
    for start in range(0, len(numbers), _CHUNK):
        which = db.among(claims.c.n, numbers[start : start + _CHUNK])
        rows = db.rows(select(*_columns).select_from(_standing).where(which).order_by(claims.c.n))
        search.index_claims(db, [(row.n, words(_decode(row.record))) for row in rows])


def changed(db: Session) -> None:
    """Note that lists may show something else from now on."""
    db.run(delete(writes))
    db.insert(writes, [(secrets.token_hex(8),)])


def stamp(db: Session) -> str:
    """A word that is another after every change to what lists show; "" before the first."""
    return str(db.value(select(writes.c.stamp)) or "")


_standing = (
    claims.join(documents, documents.c.n == claims.c.document)
    .outerjoin(revised, revised.c.claim == claims.c.n)
    .outerjoin(members, members.c.claim == claims.c.n)
)
_columns = (
    claims.c.n,
    claims.c.document,
    func.coalesce(revised.c.record, claims.c.record).label("record"),
    func.coalesce(revised.c.state, "open").label("state"),
    documents.c.published,
    documents.c.lang,
    documents.c.source,
    func.coalesce(members.c.dissents, False).label("dissents"),
)


def _settle(db: Session, which: ColumnElement[bool]) -> None:
    chosen = select(*_columns).select_from(_standing).where(documents.c.current, which).order_by(claims.c.n)
    found = db.rows(chosen)
    numbers = [row.n for row in found]
    known = dict(db.rows(select(inbox.c.claim, inbox.c.said).where(db.among(inbox.c.claim, numbers))))
    db.delete(inbox.c.claim, numbers)
    rows, said = [], []
    with uncollected():
        for row in found:
            claim = _decode(row.record)
            told = words(claim)
            rows.append(_row(row, claim, number(told)))
            if known.get(row.n) != rows[-1][-1]:
                said.append((row.n, told))
        db.insert(inbox, rows)
        if said:
            search.index_claims(db, said)


def _row(row: Any, claim: Claim, said: int) -> tuple[Any, ...]:
    reasons = doubts(claim, dissents=bool(row.dissents))
    return (
        row.n,
        row.document,
        row.state,
        score(reasons),
        row.published or "",
        claim.event,
        claim.factuality,
        row.lang or "",
        (claim.place.country or "") if claim.place else "",
        row.source,
        claim.time.start.isoformat() if claim.time else "",
        " ".join(reason.code for reason in reasons),
        said,
    )


def words(claim: Claim) -> str:
    """What a claim is found by: its evidence, and the names of its places and parties."""
    return "\n".join(dict.fromkeys([*claim.evidence, *_names(claim)]))


def _names(claim: Claim) -> Iterator[str]:
    for place in (claim.place, claim.destination):
        if place:
            yield from (place.name, place.text)
    for party in (*claim.actors, *claim.targets):
        yield party.name
