"""What people decided: added to, never changed."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Row, delete, func, select

from marsad.capture.base import now
from marsad.model import Decision, Verb
from marsad.store.schema import concerns, decisions
from marsad.store.session import Session

_decode = msgspec.json.Decoder(list[str]).decode


def append(
    db: Session,
    *,
    verb: Verb,
    about: Sequence[str],
    who: str,
    value: str = "",
    because: str = "",
    at: str = "",
    concerned: Collection[str] = (),
) -> Decision:
    """Add a decision and return it; ``at`` is the time in UTC, by default now.

    ``concerned`` are the claims, source and document by which ``concerning`` finds it. An ``undo`` is about the
    ``seq``, as text, of the decisions that it takes back, and concerns nothing.
    """
    seq = db.next_number(decisions.c.seq)
    row = (seq, at or now(), who, verb, msgspec.json.encode(list(about)).decode(), value, because)
    db.insert(decisions, [row])
    db.insert(concerns, [(named, seq) for named in sorted(set(concerned))])
    return Decision(seq=seq, at=row[1], who=who, verb=verb, about=tuple(about), value=value, because=because)


def all(db: Session) -> list[Decision]:
    """Every decision in the order in which they were made; those that a later ``undo`` took back say so.

    An undo that was itself undone takes nothing back.
    """
    return _told(db, db.rows(select(decisions).order_by(decisions.c.seq)))


def concerning(db: Session, ids: Collection[str], verbs: Sequence[Verb] = ()) -> list[Decision]:
    """Decisions that name one of these claims, sources or documents, in order; only those of ``verbs``, if any."""
    named = select(concerns.c.seq).where(db.among(concerns.c.about, ids))
    chosen = select(decisions).where(decisions.c.seq.in_(named)).order_by(decisions.c.seq)
    if verbs:
        chosen = chosen.where(decisions.c.verb.in_(verbs))
    return _told(db, db.rows(chosen))


def of_verb(db: Session, verb: Verb) -> list[Decision]:
    """Decisions of one kind, in order."""
    return _told(db, db.rows(select(decisions).where(decisions.c.verb == verb).order_by(decisions.c.seq)))


def get(db: Session, seq: int) -> Decision | None:
    """The decision of this number."""
    found = _told(db, db.rows(select(decisions).where(decisions.c.seq == seq)))
    return found[0] if found else None


def last_standing(db: Session) -> Decision | None:
    """The last decision that was not taken back, other than an undo."""
    back = [int(number) for number in _undone(db)]
    chosen = select(decisions).where(decisions.c.verb != "undo", ~db.among(decisions.c.seq, back))
    rows = db.rows(chosen.order_by(decisions.c.seq.desc()).limit(1))
    return _told(db, rows)[0] if rows else None


def last(db: Session) -> int:
    """The number of the last decision; 0 where there is none."""
    return int(db.value(select(func.coalesce(func.max(decisions.c.seq), 0))))


def file(db: Session, found: Iterable[tuple[int, Collection[str]]]) -> None:
    """Make the index of ``concerning`` anew: what each decision, by its number, concerns."""
    db.run(delete(concerns))
    db.insert(concerns, sorted({(named, seq) for seq, ids in found for named in ids}))


def _told(db: Session, rows: Sequence[Row[Any]]) -> list[Decision]:
    undone = _undone(db) if rows else frozenset()
    return [
        Decision(
            seq=row.seq,
            at=row.at,
            who=row.who,
            verb=row.verb,
            about=tuple(_decode(row.about)),
            value=row.value,
            because=row.because,
            undone=str(row.seq) in undone,
        )
        for row in rows
    ]


def _undone(db: Session) -> Collection[str]:
    """The numbers, as text, of the decisions that were taken back."""
    undos = select(decisions.c.seq, decisions.c.about).where(decisions.c.verb == "undo")
    undone: set[str] = set()
    for seq, about in db.rows(undos.order_by(decisions.c.seq.desc())):
        if str(seq) not in undone:
            undone.update(_decode(about))
    return undone
