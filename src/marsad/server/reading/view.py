"""All that the reading page shows of one document, gathered from the record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from marsad.assess.doubt import Reason, doubts
from marsad.errors import InputError
from marsad.evidence.withholding import MARK as WITHHELD
from marsad.evidence.withholding import Tombstone
from marsad.export.withheld import find_name
from marsad.model import Claim, Document, Span
from marsad.record import Record, Reviewed
from marsad.server.guards import Guarded, find, of_document
from marsad.server.marks import Mark, of_claim, of_other
from marsad.server.reading.article import Hidden, Run, hidden, paragraphs
from marsad.server.reading.cues import cues
from marsad.store import copies, documents, incidents
from marsad.store.documents import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A claim with its number in the document, from 1, and the incident that holds it."""

    number: int
    reviewed: Reviewed
    incident: str | None = None

    @property
    def claim(self) -> Claim:
        """As it stands now."""
        return self.reviewed.claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The same report in the other language."""

    document: Document
    paragraphs: Sequence[Sequence[Run]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A document for a reader; ``clean`` takes what is private and withheld out of words about it.

    ``personal`` counts what may be asked for; ``reasons`` are those to doubt the claim that is looked at.
    """

    document: Document
    version: Listed
    versions: tuple[Listed, ...]
    withheld: Tombstone | None = None
    paragraphs: Sequence[Sequence[Run]] = ()
    claims: tuple[Numbered, ...] = ()
    active: Numbered | None = None
    reasons: tuple[Reason, ...] = ()
    guarded: Guarded = field(default_factory=Guarded)
    personal: int = 0
    shown: bool = False
    clean: Callable[[str], str] = str
    beside: Beside | None = None

    @property
    def title(self) -> str:
        """Without what is private or withheld."""
        return self.clean(self.document.title) or self.document.id

    @property
    def open(self) -> int:
        """How many claims nobody has looked at."""
        return sum(one.reviewed.state == "open" for one in self.claims)

    def after(self, by: int) -> Numbered | None:
        """The claim so many after the active one; the first, where none is active and ``by`` leads onward."""
        if self.active is None:
            return self.claims[0] if self.claims and by > 0 else None
        at = self.active.number - 1 + by
        return self.claims[at] if 0 <= at < len(self.claims) else None

    def graphic(self, spans: Sequence[Span]) -> bool:
        """Whether any of these places lies in a graphic passage."""
        return any(a < end and start < b for a, b in self.guarded.graphic for start, end in spans)


def view(
    record: Record,
    id: str,
    *,
    claim: str = "",
    number: int = 0,
    version: int | None = None,
    shown: bool = False,
    reviewed: Sequence[Reviewed] | None = None,
) -> View:
    """What there is to show of a document, looking at the claim of this id or number.

    InputError where there is no such document, or no such version of it.
    """
    found, chosen, versions = _found(record, id, version)
    hidden_by = record.custody.withheld()
    if stone := hidden_by.hides(id):
        bare = replace(found, text="", title=WITHHELD, source="", about={})
        return View(document=bare, version=chosen, versions=versions, withheld=stone)
    numbered = _numbered(record, id, reviewed) if chosen.current else ()
    active = next((one for one in numbered if one.claim.id == claim or one.number == number), None)
    public = [span for one in numbered for span in _public(one.claim)]
    guarded = of_document(found, public)
    masked = hidden(found.text, guarded, hidden_by, shown=shown)

    def clean(text: str) -> str:
        return hidden_by.redact(text if shown else guarded.clean(text), find_name)

    return View(
        document=found,
        version=chosen,
        versions=versions,
        paragraphs=paragraphs(found.text, marks(numbered, active, found), masked, guarded.graphic),
        claims=numbered,
        active=active,
        reasons=doubts(active.claim) if active and active.reviewed.read else (),
        guarded=guarded,
        personal=len(guarded.private),
        shown=shown,
        clean=clean,
        beside=_beside(record, found),
    )


def _found(record: Record, id: str, version: int | None) -> tuple[Document, Listed, tuple[Listed, ...]]:
    """A document in its current version or the one asked for, and all its versions; InputError where there is none."""
    with record.store.reading() as db:
        versions = tuple(documents.listing(db, [id]))
        chosen = next((v for v in versions if (v.current if version is None else v.version == version)), None)
        found = documents.get(db, id, chosen.version) if chosen else None
    if chosen is None or found is None:
        raise InputError(
            f"{id}: the record has no document of this id" + (f" and version {version}" if version else "")
        )
    return found, chosen, versions


def marks(numbered: Sequence[Numbered], active: Numbered | None, document: Document) -> list[Mark]:
    """Every word of the active claim, and the triggers of the others, rejected ones left out."""
    found = [
        of_other(one.claim, one.number) for one in numbered if one is not active and one.reviewed.state != "rejected"
    ]
    if active:
        found += of_claim(active.claim, active.number, cues(active.reviewed.read or active.claim, document))
    return found


def _numbered(record: Record, id: str, own: Sequence[Reviewed] | None) -> tuple[Numbered, ...]:
    """The claims of a document; those of a review of one's ``own``, if given, with nothing that others made of them."""
    if own is not None:
        return tuple(Numbered(number=number, reviewed=one) for number, one in enumerate(own, 1))
    reviewed = record.reviewed_in(id)
    with record.store.reading() as db:
        held = incidents.of_claims(db, [one.claim.id for one in reviewed])
    return tuple(
        Numbered(number=number, reviewed=one, incident=held.get(one.claim.id)) for number, one in enumerate(reviewed, 1)
    )


def _public(claim: Claim) -> list[Span]:
    """Where the known actors stand in the text: they are what the record is about."""
    return [span for party in (*claim.actors, *claim.targets) if party.actor_id for span in party.spans]


def _beside(record: Record, document: Document) -> Beside | None:
    """The same report in the other language: the text that this one names, or one of its lineage."""
    with record.store.reading() as db:
        lineages = copies.lineages_of(db, [document.id])
        members = [d for held in copies.in_lineages(db, sorted(lineages.values())).values() for d in held]
        named = document.about.get("translated_from", "")
        there = [one for one in documents.listing(db, [named, *members]) if one.current and one.id != document.id]
        other = next((one.id for one in there if one.lang in ("ar", "en") and one.lang != document.lang), None)
        found = documents.get(db, other) if other else None
    hidden_by = record.custody.withheld()
    if found is None or hidden_by.hides(found.id):
        return None
    guarded = find(found.text, found.lang or "")
    masked: list[Hidden] = hidden(found.text, guarded, hidden_by, shown=False)
    clean = replace(found, title=hidden_by.redact(guarded.clean(found.title), find_name))
    return Beside(document=clean, paragraphs=paragraphs(found.text, [], masked, guarded.graphic))
