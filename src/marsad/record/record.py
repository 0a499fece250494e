"""``Record``: the whole of it behind one door, as the command line and other programs use it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from marsad.assess import Standing
from marsad.errors import InputError
from marsad.export.withheld import redacted
from marsad.link.copies import Copy
from marsad.model import Captured, Claim, Document, Incident, Total
from marsad.record import derive, repeats
from marsad.record.custody import Custody
from marsad.record.deciding import concerned
from marsad.record.derive import Fresh
from marsad.record.double import Double
from marsad.record.lists import Lists, missed, settled
from marsad.record.prepare import prepare
from marsad.record.renewing import renew, restored
from marsad.record.reviewing import Reviews
from marsad.record.settling import Settling
from marsad.record.verbs import Verbs, known_incident
from marsad.store import Session, Store, backup, claims, decisions, documents, incidents, links, search
from marsad.store import totals as kept_totals
from marsad.store.documents import Stored
from marsad.store.links import Left
from marsad.store.search import Hit
from marsad.store.session import uncollected

_CHUNK = 200


class Reading(Protocol):
    """A document, its language settled, and its claims."""

    @property
    def document(self) -> Document:
        """What was read."""
        ...

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What it says."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding documents came to; ``claims`` are those of new and changed documents."""

    new: int = 0
    changed: int = 0
    same: int = 0
    claims: int = 0


class Record(Verbs, Reviews):
    """Documents, incidents and decisions in one database; open it with ``with``.

    What it tells is a function of its current documents and the decisions that stand, whatever the order in which they
    came; ``relink`` makes all of it anew with the same result.
    """

    def __init__(self, store: Store, url: str, custody: Custody) -> None:
        self.store = store
        self.custody = custody
        self._url = url
        self.lists = Lists(store, custody)
        self.double = Double(store, custody)
        self.settling = Settling(self)

    @classmethod
    def create(cls, url: str) -> Self:
        """Make an empty record at a path or URL, and its evidence folder; InputError where there is one."""
        return cls(Store.create(url), url, Custody.create(url))

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the record at a path or URL, with its evidence folder if it has one; InputError where there is none."""
        return cls(Store.open(url), url, Custody.open(url))

    @property
    def name(self) -> str:
        """How messages call it: a path, or a URL without its password."""
        return self.store.name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.store.close()

    # Documents

    def received(self, captured: Captured, *, who: str) -> str | None:
        """Keep what was received as evidence, once; its SHA-256 for ``Document.captured``, None without evidence."""
        return self.custody.received(captured, who=who)

    def add(self, readings: Iterable[Reading], *, who: str = "marsad") -> Added:
        """Put documents and their claims, and all that follows from them, in one transaction: whole or not at all."""
        stored = [prepare(reading.document, reading.claims) for reading in readings]
        with self.store.writing() as db:
            change = documents.put(db, stored)
            fresh = {
                reading.document.id: reading
                for reading, outcome in zip(stored, change.outcomes, strict=True)
                if outcome != "same"
            }
            if fresh:
                renewed = renew(db, {id_: reading.document for id_, reading in fresh.items()})
                linkables = {one.claim.id: one for reading in fresh.values() for one in reading.claims}
                changed = [one for id_, one in linkables.items() if id_ not in renewed.left.claims]
                change.left.add(renewed.left)
                self._follow(db, Fresh.of([*changed, *renewed.fresh]), fresh, change.left)
                self.custody.read([(r.document, len(r.claims)) for r in fresh.values()], who=who)
        counts = {outcome: change.outcomes.count(outcome) for outcome in ("new", "changed", "same")}
        return Added(**counts, claims=sum(len(reading.claims) for reading in fresh.values()))

    def relink(self, progress: Callable[[int], None] = lambda done: None) -> int:
        """Make all that is derived anew; returns the number of incidents. ``progress`` is given documents done."""
        with self.store.writing() as db:
            links.clear(db)
            decisions.file(db, ((decision.seq, concerned(decision)) for decision in decisions.all(db)))
            stored: list[Stored] = []
            left = documents.current(db)
            while batch := {document.id: document for document in islice(left, _CHUNK)}:
                stored.extend(restored(db, batch))
                progress(len(batch))
            documents.reprint(db, {reading.document.id: reading.hashes for reading in stored})
            linkables = [linkable for reading in stored for linkable in reading.claims]
            documents.relink(db, linkables)
            ids = [reading.document.id for reading in stored]
            return self._follow(db, Fresh.of(linkables), ids, Left(), alone=True)

    def _follow(self, db: Session, fresh: Fresh, moved: Iterable[str], left: Left, *, alone: bool = False) -> int:
        """Derive what follows from fresh claims of documents, and where lineages moved."""
        with uncollected():
            lineages = repeats.settle(db, sorted(moved), left)
            return derive.follow(db, fresh, left, moved=lineages, alone=alone)

    def document(self, id: str) -> Document:
        """The current version of a document; InputError where there is none."""
        with self.store.reading() as db:
            return _known_document(db, id)

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """Current documents by id."""
        with self.store.reading() as db:
            return documents.of(db, sorted(set(ids)))

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Current claims by id."""
        with self.store.reading() as db:
            return claims.get(db, sorted(set(ids)))

    def copies(self, id: str) -> list[Copy]:
        """What a document has in common with others; InputError where there is no such document."""
        with self.store.reading() as db:
            return list(repeats.passages(db, _known_document(db, id)))

    def lineages(self) -> list[list[str]]:
        """Documents that repeat each other, in lists by lineage; what stands alone is left out."""
        with self.store.reading() as db:
            return repeats.all_lineages(db)

    def search(self, query: str, *, limit: int = 20) -> list[Hit]:
        """Documents that hold the words, best first, without those that are withheld."""
        hidden = self.custody.withheld()
        with self.store.reading() as db:
            found = search.find(db, query, limit=limit + len(hidden.documents))
        return [redacted(hit, hidden) for hit in found if not hidden.hides(hit.document)][:limit]

    # Incidents and totals

    def incidents(self, chosen: incidents.Filter | None = None) -> Iterator[Incident]:
        """Incidents by the day they began on, without what is withheld."""
        hidden = self.custody.withheld()
        wanted = chosen or incidents.Filter()
        with self.store.reading() as db:
            without = missed(db, wanted, hidden)
            yield from (redacted(found, hidden) for found in incidents.find(db, wanted) if found.id not in without)

    def incident(self, id: str) -> Incident:
        """The incident of this id, or the one that now holds what was called so, without what is withheld; InputError
        where there is none."""
        hidden = self.custody.withheld()
        with self.store.reading() as db:
            return redacted(known_incident(db, id), hidden)

    def totals(self, chosen: kept_totals.Filter | None = None) -> list[Total]:
        """Totals with the one that each succeeds, beside what incidents of the same side, place and days sum to."""
        hidden = self.custody.withheld()
        with self.store.reading() as db:
            found = settled(db, list(kept_totals.find(db, chosen or kept_totals.Filter())))
        return [redacted(total, hidden) for total in found]

    def sources(self) -> list[Standing]:
        """The register: each source with its code and how it stands in the record."""
        return self.lists.sources()

    # Backups

    def backup(self, path: Path, *, overwrite: bool = False) -> None:
        """Copy the record into one file while others may write; InputError where there is one already."""
        backup.backup(self._url, path, overwrite=overwrite)

    @classmethod
    def restore(cls, path: Path, url: str, *, overwrite: bool = False) -> None:
        """Make a record from a backup; InputError where there is a record already."""
        backup.restore(path, url, overwrite=overwrite)


def _known_document(db: Session, id: str) -> Document:
    found = documents.get(db, id)
    if found is None:
        raise InputError(f"{id}: no document of this id in the record; marsad search finds documents by their words")
    return found
