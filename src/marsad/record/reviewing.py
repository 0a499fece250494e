"""What people have made of claims and incidents, as pages show it beside what the program read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marsad.errors import InputError
from marsad.model import Claim, Decision
from marsad.record import seen
from marsad.record.deciding import concerned, effect
from marsad.record.revisions import State
from marsad.store import Session, Store, claims, decisions, documents, incidents
from marsad.store.claims import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A claim of a current document as it stands, and as the program ``read`` it (None where a person added it), with
    all decisions about it, in order, those taken back too; ``revision`` is for ``seen`` of the verbs."""

    claim: Claim
    read: Claim | None
    state: State
    decisions: tuple[Decision, ...]
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody made of an incident, in English and Arabic (one may be ""); ``seq`` is the decision's number."""

    en: str
    ar: str
    who: str
    at: str
    because: str
    seq: int


class Reviews:
    """What ``Record`` tells of decisions; names and documents that are withheld are in it."""

    store: Store

    def reviewed(self, ids: Iterable[str]) -> dict[str, Reviewed]:
        """Claims of current documents by id, rejected ones too; those that there are none of are left out."""
        with self.store.reading() as db:
            return {one.claim.id: one for one in _reviewed(db, list(claims.kept(db, sorted(set(ids))).values()))}

    def reviewed_in(self, document: str) -> list[Reviewed]:
        """All claims of a document in the order of the text, rejected and added ones too; InputError where none."""
        with self.store.reading() as db:
            if documents.get(db, document) is None:
                raise InputError(f"{document}: no document of this id in the record; marsad search finds documents")
            kept = claims.kept_of_documents(db, [document])[document]
            found = {one.claim.id: one for one in _reviewed(db, kept)}
        read = [one.claim for one in found.values() if one.read is not None]
        added = [one.claim for one in found.values() if one.read is None]
        return [found[claim.id] for claim in claims.placed(read, added)]

    def revision(self, id: str) -> str:
        """What an incident, a claim, a document or a source is now, for ``seen`` of the verbs; opaque."""
        with self.store.reading() as db:
            return seen.revision(db, id)

    def assessment(self, incident: str) -> Written | None:
        """What was written about an incident last, if that was not taken back; InputError where it is none."""
        with self.store.reading() as db:
            current = incidents.resolve(db, incident)
            if current is None:
                raise InputError(f"{incident}: no incident of this id; marsad incidents lists them")
            here = incidents.claims_of(db, [current])[current]
            found = [one for one in decisions.concerning(db, here, ("assess",)) if not one.undone]
            there = claims.ranks(db, sorted({claim for one in found for claim in one.about}))
        of_here = [one for one in found if next((claim for claim in one.about if claim in there), "") in here]
        last = of_here[-1] if of_here else None
        if last is None:
            return None
        text = last.content
        return Written(en=text["en"], ar=text["ar"], who=last.who, at=last.at, because=last.because, seq=last.seq)

    def decisions(self, id: str | None = None) -> list[Decision]:
        """All decisions, or those about an incident, a claim, a document or a source, in the order in which they were
        made, with what took them back; InputError where there is nothing of this id."""
        with self.store.reading() as db:
            return decisions.all(db) if id is None else seen.told_of(db, seen.about(db, id))

    def effects(self, found: Sequence[Decision]) -> dict[int, str]:
        """Whether each decision, by its number, bears on what is current: ``all``, ``part`` or ``none``."""
        named = sorted({claim for decision in found for claim in concerned(decision)})
        with self.store.reading() as db:
            current, there = set(claims.ranks(db, named)), claims.there(db, named)
        return {decision.seq: effect(decision, current, there) for decision in found}


def _reviewed(db: Session, kept: Sequence[Kept]) -> list[Reviewed]:
    ids = {one.claim.id for one in kept}
    told: dict[str, list[Decision]] = {}
    for decision in decisions.concerning(db, ids):
        for id_ in ids & concerned(decision):
            told.setdefault(id_, []).append(decision)
    last = decisions.last(db)
    return [
        Reviewed(
            claim=one.claim,
            read=None if one.added else one.first,
            state=one.state or "open",  # type: ignore[arg-type]
            decisions=tuple(told.get(one.claim.id, ())),
            revision=f"{last}.{seen.of_claim(one.claim, told.get(one.claim.id, ()))}",
        )
        for one in kept
    ]
