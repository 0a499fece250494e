"""What people decided: added to, never changed."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Row, select

from marsad.capture.base import now
from marsad.model import Decision
from marsad.store.schema import decisions
from marsad.store.session import Session


def append(
    db: Session, *, verb: str, about: Sequence[str], who: str, value: str = "", because: str = "", at: str = ""
) -> Decision:
    """Add a decision and return it; ``at`` is the time in UTC, by default now.

    An ``undo`` is about the ``seq``, as text, of the decisions that it takes back.
    """
    seq = db.next_number(decisions.c.seq)
    row = (seq, at or now(), who, verb, msgspec.json.encode(list(about)).decode(), value, because)
    db.insert(decisions, [row])
    return next(decision for decision in all(db) if decision.seq == seq)


def all(db: Session) -> list[Decision]:
    """Every decision in the order in which they were made; those that a later ``undo`` took back say so.

    An undo that was itself undone takes nothing back.
    """
    rows = db.rows(select(decisions).order_by(decisions.c.seq))
    undone: set[str] = set()
    for row in reversed(rows):
        if row.verb == "undo" and str(row.seq) not in undone:
            undone.update(msgspec.json.decode(row.about))
    return [_decision(row, undone=str(row.seq) in undone) for row in rows]


def _decision(row: Row[Any], *, undone: bool) -> Decision:
    return Decision(
        seq=row.seq,
        at=row.at,
        who=row.who,
        verb=row.verb,
        about=tuple(msgspec.json.decode(row.about)),
        value=row.value,
        because=row.because,
        undone=undone,
    )
