"""What people made of single claims of current documents: derived from decisions, row by row."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import delete, select

from marsad.model import Claim
from marsad.store import search
from marsad.store.schema import claims, documents, inbox, revised
from marsad.store.session import Session

Row = tuple[int, str, bool, str | None]
"""The number of a claim, its state, whether a person added it, and its record where that is another than the first."""


def row(n: int, *, state: str, added: bool, first: Claim, now: Claim) -> Row:
    """The row of a claim."""
    return n, state, added, None if now == first else msgspec.json.encode(now).decode()


def put(db: Session, gone: Sequence[int], rows: Iterable[Row]) -> None:
    """Take out the rows of the claims of these numbers, and put others in."""
    db.delete(revised.c.claim, gone)
    db.insert(revised, sorted(rows))


def add(db: Session, found: Sequence[tuple[Claim, str]]) -> dict[str, int]:
    """Give claims that people added, each with its seed, a row in the current version of its document: their numbers
    by id."""
    if not found:
        return {}
    wanted = db.among(documents.c.id, sorted({claim.document for claim, _ in found}))
    numbers = dict(db.rows(select(documents.c.id, documents.c.n).where(documents.c.current, wanted)))
    numbered = list(enumerate(found, db.next_number(claims.c.n)))
    encode = msgspec.json.encode
    db.insert(claims, [(n, c.id, numbers[c.document], seed, encode(c).decode()) for n, (c, seed) in numbered])
    return {claim.id: n for n, (claim, _) in numbered}


def drop(db: Session, numbers: Sequence[int]) -> None:
    """Remove claims that people added; nothing that is derived from them may be left."""
    if not numbers:
        return
    search.drop_claims(db, numbers)
    db.delete(inbox.c.claim, numbers)
    db.delete(revised.c.claim, numbers)
    db.delete(claims.c.n, numbers)


def leave(db: Session, documents: Sequence[int]) -> None:
    """Take versions of documents, by number, out: no claim of theirs is revised, and those that were added go."""
    there = revised.join(claims, claims.c.n == revised.c.claim)
    rows = db.rows(
        select(revised.c.claim, revised.c.added).select_from(there).where(db.among(claims.c.document, documents))
    )
    db.delete(revised.c.claim, [row.claim for row in rows])
    drop(db, [row.claim for row in rows if row.added])


def clear(db: Session) -> None:
    """Remove all of it, and every claim that was added."""
    added = [n for (n,) in db.rows(select(revised.c.claim).where(revised.c.added))]
    db.run(delete(revised))
    drop(db, added)
