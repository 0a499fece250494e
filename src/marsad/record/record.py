"""``Record``: the whole of it behind one door, as the command line and other programs use it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from marsad.assess import Standing, statistics
from marsad.assess.reconcile import reconcile
from marsad.assess.rules import GRADES
from marsad.assess.sources import credibility, reliability
from marsad.assess.totals import succession
from marsad.errors import InputError
from marsad.export.withheld import redacted
from marsad.link.case import incident_id
from marsad.link.copies import Copy
from marsad.model import Captured, Claim, Decision, Document, Incident, Total
from marsad.record import derive, repeats
from marsad.record.custody import Custody
from marsad.record.deciding import Decisions, concerned, effect
from marsad.record.derive import Fresh
from marsad.record.prepare import prepare
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


class Record:
    """Documents, incidents and decisions in one database; open it with ``with``.

    What it tells is a function of its current documents and the decisions that stand, whatever the order in which they
    came; ``relink`` makes all of it anew with the same result.
    """

    def __init__(self, store: Store, url: str, custody: Custody) -> None:
        self.store = store
        self.custody = custody
        self._url = url

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
                self._follow(db, list(fresh.values()), change.left)
                self.custody.read([(r.document, len(r.claims)) for r in fresh.values()], who=who)
        counts = {outcome: change.outcomes.count(outcome) for outcome in ("new", "changed", "same")}
        return Added(**counts, claims=sum(len(reading.claims) for reading in fresh.values()))

    def relink(self, progress: Callable[[int], None] = lambda done: None) -> int:
        """Make all that is derived anew; returns the number of incidents. ``progress`` is given documents done."""
        with self.store.writing() as db:
            links.clear(db)
            stored: list[Stored] = []
            left = documents.current(db)
            while batch := list(islice(left, _CHUNK)):
                held = claims.of_documents(db, [document.id for document in batch])
                stored.extend(prepare(document, held[document.id]) for document in batch)
                progress(len(batch))
            documents.reprint(db, {reading.document.id: reading.hashes for reading in stored})
            documents.relink(db, [linkable for reading in stored for linkable in reading.claims])
            return self._follow(db, stored, Left(), alone=True)

    def _follow(self, db: Session, stored: Sequence[Stored], left: Left, *, alone: bool = False) -> int:
        """Derive what follows from these documents, which are in the store already."""
        with uncollected():
            return self._derived(db, stored, left, alone=alone)

    def _derived(self, db: Session, stored: Sequence[Stored], left: Left, *, alone: bool) -> int:
        standing = Decisions.of(decisions.all(db))
        fresh = Fresh.of(linkable for reading in stored for linkable in reading.claims)
        moved = repeats.settle(db, [reading.document.id for reading in stored], left)
        derive.find_edges(db, fresh, alone=alone)
        touched = set(fresh.nodes) | left.neighbours | self._standing_in(db, left.incidents)
        touched |= {claim.id for held in claims.of_documents(db, sorted(moved)).values() for claim in held}
        derive.settle_totals(db, touched | self._held_by(db, left.totals), left)
        return derive.settle_incidents(db, touched, standing, left, fresh)

    def _standing_in(self, db: Session, ids: Iterable[str]) -> set[str]:
        return {claim for held in incidents.claims_of(db, sorted(ids)).values() for claim in held}

    def _held_by(self, db: Session, ids: Iterable[str]) -> set[str]:
        return {report.claim.id for total in kept_totals.get(db, sorted(ids)).values() for report in total.reports}

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
            found = search.find(db, query, limit=limit)
        return [redacted(hit, hidden) for hit in found if not hidden.hides(hit.document)]

    # Incidents and totals

    def incidents(self, chosen: incidents.Filter | None = None) -> Iterator[Incident]:
        """Incidents by the day they began on, without what is withheld."""
        hidden = self.custody.withheld()
        with self.store.reading() as db:
            yield from (redacted(found, hidden) for found in incidents.find(db, chosen or incidents.Filter()))

    def incident(self, id: str) -> Incident:
        """The incident of this id, or the one that now holds what was called so; InputError where there is none."""
        with self.store.reading() as db:
            return _known_incident(db, id)

    def totals(self, chosen: kept_totals.Filter | None = None) -> list[Total]:
        """Totals with the one that each succeeds, beside what incidents of the same side, place and days sum to."""
        chosen = chosen or kept_totals.Filter()
        with self.store.reading() as db:
            wanted = list(kept_totals.find(db, chosen))
            campaigns = {total.campaign for total in wanted}
            whole = [total for total in kept_totals.find(db, kept_totals.Filter()) if total.campaign in campaigns]
            shown = {total.id for total in wanted}
            followed = [total for total in succession(whole) if total.id in shown]
            settled = reconcile(followed, incidents.find(db, incidents.Filter())) if followed else []
        hidden = self.custody.withheld()
        return [redacted(total, hidden) for total in settled]

    def sources(self) -> list[Standing]:
        """The register: each source with its code and how it stands in the record."""
        with self.store.reading() as db:
            register = Decisions.of(decisions.all(db)).register
            held = Counter(listed.source for listed in documents.listing(db) if listed.current)
            found = {one.source: one for one in statistics(incidents.find(db, incidents.Filter()), register)}
        silent = Standing(source="", documents=0, incidents=0, first=0, repeats=0, contradicted=0)
        return [
            replace(found.get(name, silent), source=name, documents=count, reliability=register.sources.get(name))
            for name, count in sorted(held.items())
        ]

    # Decisions

    def decisions(self, id: str | None = None) -> list[Decision]:
        """All decisions, or those about an incident, a claim, a document or a source, in the order in which they were
        made, with what took them back; InputError where there is nothing of this id."""
        with self.store.reading() as db:
            found = decisions.all(db)
            if id is None:
                return found
            held = self._about(db, id, found)
            chosen = [d for d in found if d.verb != "undo" and held & concerned(d)]
            numbers = {str(decision.seq) for decision in chosen}
            return [d for d in found if d in chosen or (d.verb == "undo" and numbers & set(d.about))]

    def _about(self, db: Session, id: str, found: Sequence[Decision]) -> set[str]:
        """The claims, or the source, that an id on the command line stands for."""
        if current := incidents.resolve(db, id):
            return set(incidents.claims_of(db, [current])[current])
        if documents.get(db, id) is not None:
            return claims.ever_of(db, id)
        known = claims.get(db, [id]) or claims.earlier(db, [id])
        if known or any(id in d.about for d in found) or any(one.source == id for one in documents.listing(db)):
            return {id}
        raise InputError(f"{id}: the record has no incident, claim, document or source of this name")

    def effects(self, found: Sequence[Decision]) -> dict[int, str]:
        """Whether each decision, by its number, bears on what is current: ``all``, ``part`` or ``none``."""
        named = {claim for decision in found for claim in concerned(decision)}
        with self.store.reading() as db:
            current = set(claims.ranks(db, sorted(named)))
        return {decision.seq: effect(decision, current) for decision in found}

    def merge(self, first: str, second: str, *, who: str, because: str = "") -> Decision:
        """Make two incidents one, and keep it so; InputError where they are one."""
        with self.store.writing() as db:
            one, other = _known_incident(db, first), _known_incident(db, second)
            if one.id == other.id:
                raise InputError(f"{first} and {second}: these are one incident already, {one.id}")
            founders = (_founder(one), _founder(other))
            rest = sorted(self._standing_in(db, [one.id, other.id]) - set(founders))
            return self._decide(db, "merge", founders, value=" ".join(rest), who=who, because=because)

    def split(self, incident: str, moved: Sequence[str], *, who: str, because: str = "") -> Decision:
        """Take claims out of an incident into one of their own, and keep it so; InputError where that cannot be."""
        with self.store.writing() as db:
            found = _known_incident(db, incident)
            held = set(incidents.claims_of(db, [found.id])[found.id])
            for claim in moved:
                if claim not in held:
                    raise InputError(f"{claim}: no claim of incident {found.id}; marsad show {found.id} lists them")
            rest = sorted(held - set(moved))
            if not rest:
                raise InputError(f"{found.id}: these are all its claims; name only those that belong elsewhere")
            about = tuple(dict.fromkeys(moved))
            return self._decide(db, "split", about, value=" ".join(rest), who=who, because=because)

    def grade(self, incident: str, code: str, *, who: str, because: str) -> Decision:
        """Set the grade of an incident, above the rules; InputError where the code is none."""
        with self.store.writing() as db:
            found = _known_incident(db, incident)
            if code not in GRADES:
                raise InputError(f"{code!r} is no grade; give one of {', '.join(GRADES)}")
            return self._decide(db, "grade", (_founder(found),), value=code, who=who, because=because)

    def source(self, name: str, code: str, *, who: str, because: str = "") -> Decision:
        """Set the reliability of a source (A to F, "" takes it back); InputError where the code or source is none."""
        with self.store.writing() as db:
            known = {listed.source for listed in documents.listing(db) if listed.current}
            if name not in known:
                raise InputError(f"{name!r}: no document is from this source; marsad sources lists them")
            return self._decide(db, "source", (name,), value=code and reliability(code), who=who, because=because)

    def credibility(self, claim: str, code: str, *, who: str, because: str = "") -> Decision:
        """Set the credibility of a claim (1 to 6, "" takes it back); InputError where the code or claim is none."""
        with self.store.writing() as db:
            if not claims.get(db, [claim]):
                raise InputError(f"{claim}: no claim of a current document; marsad show lists those of an incident")
            return self._decide(db, "credibility", (claim,), value=code and credibility(code), who=who, because=because)

    def undo(self, *, who: str, because: str = "") -> Decision:
        """Take back the last decision that stands; InputError where there is none. Returns what was taken back."""
        with self.store.writing() as db:
            found = [d for d in decisions.all(db) if not d.undone and d.verb != "undo"]
            if not found:
                raise InputError("there is no decision to undo; marsad decisions lists all that were made")
            last = found[-1]
            self._decide(db, "undo", (str(last.seq),), who=who, because=because, again=last)
            return last

    def _decide(
        self,
        db: Session,
        verb: str,
        about: Sequence[str],
        *,
        who: str,
        value: str = "",
        because: str = "",
        again: Decision | None = None,
    ) -> Decision:
        """Keep a decision and bring what it touches up to date; ``again``: the decision that it takes back."""
        made = decisions.append(db, verb=verb, about=about, value=value, who=who, because=because)
        moved = again or made
        touched = concerned(moved)
        if moved.verb == "source":
            ids = [listed.id for listed in documents.listing(db) if listed.current and listed.source == moved.about[0]]
            touched = {claim.id for held in claims.of_documents(db, ids).values() for claim in held}
        derive.settle_incidents(db, touched, Decisions.of(decisions.all(db)), Left(), Fresh())
        self.custody.decided(made)
        return made

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


def _known_incident(db: Session, id: str) -> Incident:
    current = incidents.resolve(db, id)
    if current is None:
        raise InputError(f"{id}: no incident of this id; marsad incidents lists them")
    return incidents.get(db, [current])[current]


def _founder(incident: Incident) -> str:
    """The claim that an incident is called after."""
    return next(r.claim.id for r in incident.case.reports if incident_id(r.claim.id) == incident.id)
