"""What an id on the command line means: an incident, a document, a claim or a total."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.cli.output import say
from marsad.errors import InputError
from marsad.export.screen import plain
from marsad.model import Claim, Decision, Document, Incident, Total

if TYPE_CHECKING:
    from marsad.record import Record, Reviewed
    from marsad.store import Session
    from marsad.store.documents import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A document with its claims, or those of them that were asked for, and the incident of each that is in one;
    ``versions`` are all of the document's, ``old`` is the one shown where the claims are of a version that no longer
    counts, else 0; ``reviewed`` is what people made of each claim."""

    document: Document
    claims: tuple[Claim, ...]
    incidents: dict[str, Incident]
    versions: tuple["Listed", ...]
    old: int = 0
    reviewed: Mapping[str, "Reviewed"] = field(default_factory=dict)

    def decided(self, claim: str) -> list[Decision]:
        """What people decided about a claim that is shown, in order."""
        return list(self.reviewed[claim].decisions) if claim in self.reviewed else []

    def out(self, claim: str) -> str:
        """Why a claim takes no part; "" where it does."""
        if claim in self.reviewed and self.reviewed[claim].state == "rejected":
            return "rejected, see what people decided"
        return self.replaced

    @property
    def replaced(self) -> str:
        """That the claims no longer count, and why; "" where they do."""
        if not self.old:
            return ""
        current = next((one.version for one in self.versions if one.current), None)
        became = f"has a newer one, {current}, and only its claims count" if current else "was withdrawn"
        return f"read in version {self.old} of the document, which {became}"


def look_up(record: "Record", identity: str) -> Incident | Total | Reported:
    """What the record has under this id; InputError where it has nothing."""
    from marsad.store import claims, documents, incidents, totals

    with record.store.reading() as db:
        document = documents.get(db, identity)
        if total := totals.get(db, [identity]).get(identity):
            return next(one for one in record.totals(totals.Filter(campaign=total.campaign)) if one.id == identity)
        found = [one.claim for one in record.reviewed([identity]).values()] if document is None else []
        if document is not None or found:
            return _reported(record, db, document or documents.get(db, found[0].document), found)
        if earlier := claims.earlier(db, [identity]).get(identity):
            return _of_old_version(db, *earlier)
        resolved = incidents.resolve(db, identity)
        if resolved is None:
            raise InputError(
                f"{plain(identity)}: the record has no incident, document, claim or total of this id; "
                "marsad incidents lists incidents, marsad search finds documents"
            )
        if resolved != identity:
            say(f"{identity} is part of {resolved} now")
        return incidents.get(db, [resolved])[resolved]


def _reported(record: "Record", db: "Session", document: Document | None, found: list[Claim]) -> Reported:
    """A current document with these of its claims, else with all; those that were rejected too."""
    from marsad.store import documents, incidents

    assert document is not None
    reviewed = {one.claim.id: one for one in record.reviewed_in(document.id)}
    shown = found or [one.claim for one in reviewed.values()]
    held = incidents.of_claims(db, [claim.id for claim in shown])
    whole = incidents.get(db, list(set(held.values())))
    places = {claim: whole[incident] for claim, incident in held.items()}
    versions = tuple(documents.listing(db, [document.id]))
    return Reported(document=document, claims=tuple(shown), incidents=places, versions=versions, reviewed=reviewed)


def _of_old_version(db: "Session", identity: str, number: int, claim: Claim) -> Reported:
    """A claim that only an earlier version of its document makes."""
    from marsad.store import documents

    document = documents.get(db, identity, number)
    if document is None:
        raise InputError(f"{plain(identity)}: version {number} is not in the record; restore a backup")
    versions = tuple(documents.listing(db, [identity]))
    return Reported(document=document, claims=(claim,), incidents={}, versions=versions, old=number)


def version(record: "Record", identity: str, number: int) -> Document:
    """One version of a document; InputError where there is none."""
    from marsad.store import documents

    with record.store.reading() as db:
        found = documents.get(db, identity, number)
        known = [str(listed.version) for listed in documents.listing(db, [identity])]
    if found is not None:
        return found
    if not known:
        raise InputError(f"{plain(identity)}: no document of this id; --version is for documents")
    raise InputError(f"{plain(identity)}: no version {number}; it has {', '.join(known)}")
