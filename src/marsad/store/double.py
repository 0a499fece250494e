"""Documents reviewed by two people, blind to each other: added to, never changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, or_, select

from marsad.capture.base import now
from marsad.store.schema import batch_documents, batches, judgements
from marsad.store.session import Session

Act = Literal["accept", "reject", "correct", "add", "retract", "hand_in", "settle", "close"]
"""``retract`` takes a reviewer's own judgement back; ``settle`` and ``close`` are the adjudicator's."""
ENDS: tuple[Act, ...] = ("hand_in", "close")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Documents given to two reviewers: ``how`` tells, for people, how they were picked; ``documents`` are in order."""

    n: int
    at: str
    who: str
    name: str
    how: str
    reviewers: tuple[str, str]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one person did in a batch: ``about`` is a claim, or "+" and a number for one that was added.

    ``value`` is JSON: the fields of a ``correct`` or ``add``; of a ``settle`` what it came to.
    """

    seq: int
    at: str
    who: str
    batch: int
    document: str
    verb: Act
    about: str = ""
    value: str = ""
    because: str = ""


def assign(db: Session, *, who: str, name: str, how: str, reviewers: tuple[str, str], documents: Sequence[str]) -> int:
    """Keep a new batch; returns its number."""
    n = db.next_number(batches.c.n)
    db.insert(batches, [(n, now(), who, name, how, *reviewers)])
    db.insert(batch_documents, [(n, document, place) for place, document in enumerate(documents)])
    return n


def find(db: Session, *, reviewer: str | None = None, number: int | None = None) -> list[Batch]:
    """Batches, the newest first: those of a reviewer, the one of a number, or all."""
    chosen = select(batches).order_by(batches.c.n.desc())
    if reviewer is not None:
        chosen = chosen.where(or_(batches.c.first == reviewer, batches.c.second == reviewer))
    if number is not None:
        chosen = chosen.where(batches.c.n == number)
    rows = db.rows(chosen)
    held: dict[int, list[str]] = {row.n: [] for row in rows}
    listed = select(batch_documents.c.batch, batch_documents.c.document).where(
        db.among(batch_documents.c.batch, list(held))
    )
    for n, document in db.rows(listed.order_by(batch_documents.c.batch, batch_documents.c.place)):
        held[n].append(document)
    return [_batch(row, held[row.n]) for row in rows]


def of_document(db: Session, document: str) -> list[Batch]:
    """The batches in which a document is, the newest first."""
    numbers = db.rows(select(batch_documents.c.batch).where(batch_documents.c.document == document))
    return [batch for (n,) in sorted(numbers, reverse=True) for batch in find(db, number=n)]


def append(
    db: Session, batch: int, document: str, verb: Act, *, who: str, about: str = "", value: str = "", because: str = ""
) -> Judgement:
    """Add what somebody did and return it."""
    seq = db.next_number(judgements.c.seq)
    made = Judgement(
        seq=seq, at=now(), who=who, batch=batch, document=document, verb=verb, about=about, value=value, because=because
    )
    db.insert(judgements, [(seq, made.at, who, batch, document, verb, about, value, because)])
    return made


def told(
    db: Session, numbers: Collection[int], *, document: str | None = None, verbs: Collection[Act] = ()
) -> list[Judgement]:
    """What was done in some batches, in order; in one document only, or of some kinds only, if these are given."""
    chosen = select(judgements).where(db.among(judgements.c.batch, list(numbers))).order_by(judgements.c.seq)
    if document is not None:
        chosen = chosen.where(judgements.c.document == document)
    if verbs:
        chosen = chosen.where(judgements.c.verb.in_(list(verbs)))
    return [Judgement(**row._mapping) for row in db.rows(chosen)]


def last_handed_in(db: Session) -> int:
    """The number of the last review that was handed in; 0 where there is none."""
    chosen = select(func.coalesce(func.max(judgements.c.seq), 0)).where(judgements.c.verb == "hand_in")
    return int(db.value(chosen))


def _batch(row: Any, documents: Sequence[str]) -> Batch:
    return Batch(
        n=row.n,
        at=row.at,
        who=row.who,
        name=row.name,
        how=row.how,
        reviewers=(row.first, row.second),
        documents=tuple(documents),
    )
