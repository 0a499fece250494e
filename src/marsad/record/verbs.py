"""What a person can decide about incidents, sources and claims: each verb checks, is kept, and takes effect at once."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from marsad.assess.rules import GRADES, counting
from marsad.assess.sources import credibility, reliability
from marsad.errors import InputError
from marsad.lang.text import normalise, sentences
from marsad.link.case import incident_id
from marsad.model import Claim, Decision, Document, Incident, Verb
from marsad.record import derive
from marsad.record.custody import Custody
from marsad.record.deciding import OF_CLAIMS, concerned, packed
from marsad.record.derive import Fresh
from marsad.record.fields import checked
from marsad.record.renewing import renew
from marsad.record.seen import Seen, check, touched
from marsad.store import Session, Store, claims, decisions, documents, inbox, incidents
from marsad.store.claims import Kept
from marsad.store.links import Left

_TAKEN_UP = {"factuality": "asserted", "scope": "single"}


class Verbs:
    """The verbs of ``Record``: ``who`` decides, ``because`` is their reason.

    ``seen`` is what ``Record.revision`` told of the incident, claim or source when they looked at it (or a mapping of
    several ids to what it told): Conflict where it has changed.
    """

    store: Store
    custody: Custody

    # Incidents

    def merge(self, first: str, second: str, *, who: str, because: str = "", seen: Seen = None) -> Decision:
        """Make two incidents one, and keep it so; InputError where they are one. A single ``seen`` is of the first."""
        with self.store.writing() as db:
            check(db, seen, first)
            one, other = known_incident(db, first), known_incident(db, second)
            if one.id == other.id:
                raise InputError(f"{first} and {second}: these are one incident already, {one.id}")
            founders = (_claims(one)[0], _claims(other)[0])
            sides = {"first": _claims(one), "second": _claims(other)}
            return self._decide(db, "merge", founders, value=packed(sides), who=who, because=because)

    def split(self, incident: str, moved: Sequence[str], *, who: str, because: str = "", seen: Seen = None) -> Decision:
        """Take claims out of an incident into one of their own, and keep it so; InputError where that cannot be."""
        with self.store.writing() as db:
            check(db, seen, incident)
            found = known_incident(db, incident)
            held = _standing_in(db, found.id)
            for claim in moved:
                if claim not in held:
                    raise InputError(f"{claim}: no claim of incident {found.id}; marsad show {found.id} lists them")
            rest = sorted(held - set(moved))
            if not rest:
                raise InputError(f"{found.id}: these are all its claims; name only those that belong elsewhere")
            if not moved:
                raise InputError(f"{found.id}: name the claims that belong elsewhere")
            about = tuple(dict.fromkeys(moved))
            return self._decide(db, "split", about, value=" ".join(rest), who=who, because=because)

    def move(self, moved: Sequence[str], to: str, *, who: str, because: str = "", seen: Seen = None) -> Decision:
        """Put claims from where they are into another incident, and keep it so; InputError where that cannot be.

        A single ``seen`` is of the incident that the first of them is in.
        """
        with self.store.writing() as db:
            about = tuple(dict.fromkeys(moved))
            there = claims.ranks(db, about)
            for claim in about:
                if claim not in there:
                    raise InputError(
                        f"{claim}: no claim that takes part in the record; marsad show lists an incident's"
                    )
            if not about:
                raise InputError(f"{to}: name the claims that belong to it")
            held = incidents.of_claims(db, about)
            check(db, seen, held.get(about[0], about[0]))
            goal = known_incident(db, to)
            if inside := [claim for claim in about if held.get(claim) == goal.id]:
                raise InputError(f"{inside[0]}: this claim is in incident {goal.id} already")
            left = {claim for id in sorted(set(held.values())) for claim in _standing_in(db, id)} - set(about)
            sides = {"to": _claims(goal), "from": sorted(left)}
            return self._decide(db, "move", about, value=packed(sides), who=who, because=because)

    def grade(self, incident: str, code: str, *, who: str, because: str, seen: Seen = None) -> Decision:
        """Set the grade of an incident, above the rules; InputError where the code is none."""
        with self.store.writing() as db:
            check(db, seen, incident)
            found = known_incident(db, incident)
            if code not in GRADES:
                raise InputError(f"{code!r} is no grade; give one of {', '.join(GRADES)}")
            return self._decide(db, "grade", _claims(found), value=code, who=who, because=because)

    def assess(self, incident: str, *, en: str, ar: str, who: str, because: str = "", seen: Seen = None) -> Decision:
        """Write what one makes of an incident, in English, Arabic or both; the last that was written stands."""
        with self.store.writing() as db:
            check(db, seen, incident)
            found = known_incident(db, incident)
            text = {"en": en.strip(), "ar": ar.strip()}
            if not any(text.values()):
                raise InputError(f"{found.id}: the assessment is empty; write it in English, in Arabic, or in both")
            return self._decide(db, "assess", _claims(found), value=packed(text), who=who, because=because)

    # Sources

    def source(self, name: str, code: str, *, who: str, because: str = "", seen: Seen = None) -> Decision:
        """Set the reliability of a source (A to F, "" takes it back); InputError where the code or source is none."""
        with self.store.writing() as db:
            check(db, seen, name)
            if not documents.has_source(db, name):
                raise InputError(f"{name!r}: no document is from this source; marsad sources lists them")
            return self._decide(db, "source", (name,), value=code and reliability(code), who=who, because=because)

    # Claims

    def credibility(self, claim: str, code: str, *, who: str, because: str = "", seen: Seen = None) -> Decision:
        """Set the credibility of a claim (1 to 6, "" takes it back); InputError where the code or claim is none."""
        with self.store.writing() as db:
            check(db, seen, claim)
            if not claims.get(db, [claim]):
                raise InputError(f"{claim}: no claim of a current document; marsad show lists those of an incident")
            return self._decide(db, "credibility", (claim,), value=code and credibility(code), who=who, because=because)

    def accept(self, claim: str, *, who: str, because: str = "", seen: Seen = None) -> Decision:
        """Say that a claim is right as it stands; one that was rejected takes part again."""
        with self.store.writing() as db:
            check(db, seen, claim)
            _known_claim(db, claim)
            return self._decide(db, "accept", (claim,), who=who, because=because)

    def reject(self, claim: str, *, who: str, because: str = "", seen: Seen = None) -> Decision:
        """Say that a claim is not in its text: it takes part in nothing any more, and can still be seen."""
        with self.store.writing() as db:
            check(db, seen, claim)
            _known_claim(db, claim)
            return self._decide(db, "reject", (claim,), who=who, because=because)

    def correct(
        self, claim: str, changes: Mapping[str, object], *, who: str, because: str = "", seen: Seen = None
    ) -> Decision:
        """Put fields of a claim (docs/claim-record.md) in the place of its own, each whole; a claim that was rejected
        takes part again. InputError names the field that cannot be so, or says that nothing would change."""
        with self.store.writing() as db:
            check(db, seen, claim)
            now = _known_claim(db, claim).claim
            given = checked(_document(db, now.document), changes, near=now.evidence_spans)
            plain = _plain(now)
            given = {name: value for name, value in given.items() if plain[name] != value}
            if not given:
                raise InputError(f"{claim}: it says this already; accept it where it is right")
            return self._decide(db, "correct", (claim,), value=packed(given), who=who, because=because)

    def add_claim(self, document: str, fields: Mapping[str, object], *, who: str, because: str = "") -> Decision:
        """Add a claim that a person found: ``event`` and ``trigger`` or ``trigger_span`` at least. The sentence around
        the trigger is its evidence where none is given. The decision is about the new claim's id."""
        with self.store.writing() as db:
            found = _document(db, document)
            claim = whole(found, fields)
            if claim.id in claims.there(db, [claim.id]):
                raise InputError(f"{claim.id}: this very claim was added already")
            return self._decide(db, "add", (claim.id,), value=packed(_plain(claim)), who=who, because=because)

    # Taking back

    def undo(self, *, who: str, because: str = "", seq: int | None = None) -> Decision:
        """Take back the last decision that stands, or the one of number ``seq``, which may be an undo; InputError where
        there is none. Returns what was taken back."""
        with self.store.writing() as db:
            found = decisions.last_standing(db) if seq is None else decisions.get(db, seq)
            if found is None and seq is None:
                raise InputError("there is no decision to undo; marsad decisions lists all that were made")
            if found is None:
                raise InputError(f"{seq}: no decision of this number; marsad decisions lists them")
            if found.undone:
                raise InputError(f"{seq}: this decision was taken back already")
            self._decide(db, "undo", (str(found.seq),), who=who, because=because)
            return found

    def _decide(
        self, db: Session, verb: Verb, about: Sequence[str], *, who: str, value: str = "", because: str = ""
    ) -> Decision:
        """Keep a decision and bring what it touches up to date."""
        if "\0" in who + because + value:
            raise InputError("a name or reason holds a NUL character, which no database keeps; remove it")
        draft = Decision(seq=0, at="", who=who, verb=verb, about=tuple(about), value=value)
        made = decisions.append(
            db, verb=verb, about=about, value=value, who=who, because=because, concerned=concerned(draft)
        )
        moved = made
        while moved.verb == "undo":
            back = decisions.get(db, int(moved.about[0]))
            assert back is not None
            moved = back
        _follow(db, moved)
        inbox.changed(db)
        self.custody.decided(made)
        return made


def _follow(db: Session, moved: Decision) -> None:
    """Bring up to date what a decision, or taking it back, touches."""
    if moved.verb in OF_CLAIMS:
        kept = claims.kept(db, moved.about)
        names = [moved.content["document"]] if moved.verb == "add" else [one.claim.document for one in kept.values()]
        renewed = renew(db, documents.of(db, names))
        if renewed.fresh or renewed.left.claims:
            derive.follow(db, Fresh.of(renewed.fresh), renewed.left)
    elif moved.verb in ("merge", "split", "move"):
        derive.settle_incidents(db, touched(moved, db), Left(), Fresh())
    elif moved.verb in ("grade", "credibility") or (moved.verb == "source" and _doubted(db, moved.about[0])):
        derive.assess_anew(db, touched(moved, db))


def _doubted(db: Session, source: str) -> bool:
    """Whether a source has, or ever had, a code on which figures and grades depend."""
    given = {decision.value for decision in decisions.concerning(db, [source], ("source",))}
    return not given.isdisjoint(counting().doubted_sources)


def known_incident(db: Session, id: str) -> Incident:
    """The incident of this id, or that holds what was called so; InputError."""
    current = incidents.resolve(db, id)
    if current is None:
        if founder := claims.founder(db, id):
            raise InputError(f"{id}: no incident any more: a person took its claim {founder} out, or made it another")
        raise InputError(f"{id}: no incident of this id; marsad incidents lists them")
    return incidents.get(db, [current])[current]


def _claims(incident: Incident) -> list[str]:
    """The claims of an incident, the one that it is called after first."""
    found = sorted(report.claim.id for report in incident.case.reports)
    return sorted(found, key=lambda claim: incident_id(claim) != incident.id)


def _standing_in(db: Session, id: str) -> set[str]:
    return set(incidents.claims_of(db, [id])[id])


def _document(db: Session, id: str) -> Document:
    found = documents.get(db, id)
    if found is None:
        raise InputError(f"{id}: no document of this id in the record; marsad search finds documents by their words")
    return found


def _known_claim(db: Session, id: str) -> Kept:
    found = claims.kept(db, [id]).get(id)
    if found is None:
        raise InputError(f"{id}: no claim of a current document; marsad show lists those of a document")
    return found


def _plain(value: Any) -> Any:
    """The value as JSON has it: lists for tuples, days as text."""
    return msgspec.json.decode(msgspec.json.encode(value))


def whole(document: Document, given: Mapping[str, object]) -> Claim:
    """A claim of these fields, with an id that only a claim of a person can have: p, and a digest of all it says."""
    for name, other in (("event", "event"), ("trigger", "trigger_span")):
        if name not in given and other not in given:
            raise InputError(f"{name}: a claim needs {'its words or their span' if name != other else 'a code'}")
    trigger = checked(document, {name: given[name] for name in ("trigger", "trigger_span") if name in given})
    start, end = trigger["trigger_span"]
    asked = {**_TAKEN_UP, **given, **trigger}
    if "evidence" not in given and "evidence_spans" not in given:
        asked["evidence_spans"] = [_around(document, start, end)]
    found = checked(document, asked)
    if not any(a <= start and end <= b for a, b in found["evidence_spans"]):
        raise InputError(f"trigger: «{trigger['trigger'][:80]}» stands in none of the sentences of evidence")
    whole = {"document": document.id, **found}
    id_ = "p" + hashlib.sha256(packed(whole).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return msgspec.convert({"id": id_, **whole}, Claim)


def _around(document: Document, start: int, end: int) -> tuple[int, int]:
    """The sentence, or sentences, in which these words stand."""
    folded = normalise(document.text)
    spans = [folded.original(a, b) for a, b in sentences(folded.text, document.lang or "ar")]
    first = max((a for a, b in spans if a <= start < b), default=start)
    return first, min((b for a, b in spans if a < end <= b), default=end)
