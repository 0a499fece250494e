"""Revisions: what somebody saw when they began to decide, and whether it is still so when they have decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256

import msgspec

from marsad.errors import Conflict, InputError
from marsad.model import Claim, Decision, Verb
from marsad.record.deciding import OF_CLAIMS, concerned
from marsad.store import Session, claims, decisions, documents, incidents

_ABOUT_CLAIMS: tuple[Verb, ...] = (*OF_CLAIMS, "credibility")

Seen = str | Mapping[str, str] | None
"""The revision that somebody saw of what they decide about; or by id, of several things."""


def revision(db: Session, id: str) -> str:
    """What an incident, a document, a claim or a source is now: the number of the last decision, and a digest."""
    return f"{decisions.last(db)}.{_digest(db, id)}"


def check(db: Session, seen: Seen, id: str) -> None:
    """Conflict where ``id``, or what ``seen`` names, has changed since; nothing where no revision is given."""
    if seen is None:
        return
    for named, was in ({id: seen} if isinstance(seen, str) else seen).items():
        number, _, digest = was.partition(".")
        if not number.isdigit() or not digest:
            raise InputError(f"{was!r}: no revision; give what Record.revision told of {named}")
        if digest != _digest(db, named):
            raise Conflict(named, seen=was, now=revision(db, named), since=_since(db, int(number[:18]), named))


def about(db: Session, id: str) -> set[str]:
    """The claims, source or document that an id stands for, as decisions name them; InputError where it is none."""
    if current := incidents.resolve(db, id):
        return set(incidents.claims_of(db, [current])[current])
    if documents.get(db, id) is not None:
        return claims.ever_of(db, id) | {id}
    if (
        claims.there(db, [id])
        or claims.earlier(db, [id])
        or decisions.concerning(db, [id])
        or documents.has_source(db, id)
    ):
        return {id}
    raise InputError(f"{id}: the record has no incident, claim, document or source of this name")


def told_of(db: Session, ids: Collection[str]) -> list[Decision]:
    """Decisions that concern these, and those that took them back, in order."""
    found = decisions.concerning(db, ids)
    numbers = {str(decision.seq) for decision in found}
    undos = decisions.of_verb(db, "undo") if found else []
    for undo in undos:  # in order, so that one that takes back an undo comes after it
        if numbers & set(undo.about):
            numbers.add(str(undo.seq))
            found.append(undo)
    return sorted(found, key=lambda decision: decision.seq)


def _since(db: Session, number: int, id: str) -> tuple[Decision, ...]:
    try:
        ids = about(db, id)
    except InputError:
        ids = {id}
    return tuple(decision for decision in told_of(db, ids) if decision.seq > number)


def _digest(db: Session, id: str) -> str:
    if current := incidents.resolve(db, id):
        told: Sequence[object] = (current, incidents.get(db, [current])[current])
        found = decisions.concerning(db, incidents.claims_of(db, [current])[current])
    elif (document := documents.get(db, id)) is not None:
        kept = claims.kept_of_documents(db, [id])[id]
        told = (document, [one.claim for one in kept])
        found = decisions.concerning(db, [id, *(one.claim.id for one in kept)], _ABOUT_CLAIMS)
    elif kept_claim := claims.kept(db, [id]).get(id):
        return of_claim(kept_claim.claim, decisions.concerning(db, [id], _ABOUT_CLAIMS))
    else:
        told, found = (), decisions.concerning(db, [id])
    return _hashed(told, found)


def of_claim(claim: Claim, found: Iterable[Decision]) -> str:
    """The digest of a claim and of those decisions that say what it is."""
    return _hashed((claim,), [decision for decision in found if decision.verb in _ABOUT_CLAIMS])


def _hashed(told: Sequence[object], found: Iterable[Decision]) -> str:
    standing = [(decision.seq, decision.undone) for decision in found]
    return sha256(msgspec.json.encode((told, standing))).hexdigest()[:16]


def touched(decision: Decision, db: Session) -> set[str]:
    """The claims whose incidents a decision, or taking it back, may change."""
    if decision.verb != "source":
        return concerned(decision)
    ids = [one.id for one in documents.listing(db) if one.current and one.source == decision.about[0]]
    return {claim.id for held in claims.of_documents(db, ids).values() for claim in held}
