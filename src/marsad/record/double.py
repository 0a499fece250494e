"""Double review: two people judge the claims of a document without seeing each other's work, a third settles it.

Until then nothing of it bears on the record: what a reviewer makes of a claim is kept beside it, and becomes a decision
like any other when an adjudicator takes it. What two people handed in is also what agreement is measured on.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from marsad.assess.fields import Judged
from marsad.errors import Conflict, InputError
from marsad.evidence.canonical import sha256
from marsad.model import Claim, Decision, Document
from marsad.record.custody import Custody
from marsad.record.deciding import packed
from marsad.record.fields import checked
from marsad.record.revisions import Revised, apply, revise
from marsad.record.verbs import whole
from marsad.store import Session, Store, claims, documents, double
from marsad.store.double import ENDS, Act, Batch, Judgement

HANDED_IN: tuple[Act, ...] = ("hand_in",)
_JUDGED: tuple[Act, ...] = ("accept", "reject", "correct", "add")
_decode = msgspec.json.Decoder(list[Judged]).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a batch is, by document: who handed it in, and whether it is settled."""

    batch: Batch
    handed_in: Mapping[str, frozenset[str]]
    closed: frozenset[str]

    def done_by(self, who: str) -> int:
        """How many documents one reviewer handed in."""
        return sum(who in names for names in self.handed_in.values())

    @property
    def ready(self) -> tuple[str, ...]:
        """Documents that both handed in and nobody settled, in order."""
        return tuple(d for d in self.batch.documents if len(self.handed_in[d]) == 2 and d not in self.closed)

    @property
    def both(self) -> int:
        """How many documents both handed in."""
        return sum(len(names) == 2 for names in self.handed_in.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One reviewer's own review of a document: each claim as this reviewer leaves it, "open" where not judged yet.

    ``seen`` and ``because`` are by claim; nothing of anybody else's is in it, nor what was decided on these claims.
    """

    batch: Batch
    document: Document
    claims: tuple[Revised, ...]
    seen: Mapping[str, str]
    because: Mapping[str, str]
    handed_in: bool

    @property
    def open(self) -> int:
        """How many claims are not judged yet."""
        return sum(one.state == "open" for one in self.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A document that was given to a reviewer: ``place`` is its number in the batch, from 1, ``judged`` counts what
    this reviewer has judged or added so far."""

    batch: Batch
    place: int
    document: str
    judged: int
    handed_in: bool


def sample(ids: Iterable[str], *, size: int, seed: int) -> list[str]:
    """``size`` of the documents, or all if there are fewer, drawn without putting back; the same for the same seed."""
    listed = sorted(set(ids))
    return random.Random(seed).sample(listed, min(size, len(listed)))


class Double:
    """Double review over one record."""

    def __init__(self, store: Store, custody: Custody) -> None:
        self.store, self.custody = store, custody

    def assign(
        self, ids: Sequence[str], reviewers: tuple[str, str], *, who: str, name: str = "", how: str = ""
    ) -> Batch:
        """Give documents to two reviewers; ``how`` tells how they were picked. InputError where that cannot be."""
        listed = tuple(dict.fromkeys(ids))
        if reviewers[0] == reviewers[1]:
            raise InputError(f"{reviewers[0]}: a double review needs two different reviewers")
        if not all(reviewers):
            raise InputError("name both reviewers")
        if not listed:
            raise InputError("no document was chosen; name at least one, or choose another filter")
        with self.store.writing() as db:
            known = documents.of(db, list(listed))
            if missing := [id_ for id_ in listed if id_ not in known]:
                raise InputError(f"{missing[0]}: no document of this id in the record")
            number = double.assign(db, who=who, name=name, how=how, reviewers=reviewers, documents=listed)
            (batch,) = double.find(db, number=number)
        told = {"act": "assign", "batch": number, "documents": len(listed), "reviewers": list(reviewers)}
        self.custody.reviewed(told, who=who)
        return batch

    # What a list shows

    def batch(self, number: int) -> Batch:
        """The batch of a number; InputError where there is none."""
        with self.store.reading() as db:
            return known(db, number)

    def progress(self, *, reviewer: str | None = None, number: int | None = None) -> list[Progress]:
        """How far batches are, the newest first: those of a reviewer, one, or all."""
        with self.store.reading() as db:
            found = double.find(db, reviewer=reviewer, number=number)
            ends = double.told(db, [batch.n for batch in found], verbs=ENDS)
        by: dict[tuple[int, str], set[str]] = {}
        for one in ends:
            by.setdefault((one.batch, one.document), set()).add(one.who if one.verb == "hand_in" else "")
        return [_progress(batch, by) for batch in found]

    def tasks(self, who: str) -> list[Task]:
        """What was given to a reviewer, the newest batch first, its documents in order."""
        with self.store.reading() as db:
            found = double.find(db, reviewer=who)
            own = [one for one in double.told(db, [batch.n for batch in found]) if one.who == who]
        handed = {(one.batch, one.document) for one in own if one.verb == "hand_in"}
        judged: dict[tuple[int, str], dict[str, Act]] = {}
        for one in own:
            if one.verb in (*_JUDGED, "retract"):
                judged.setdefault((one.batch, one.document), {})[one.about] = one.verb
        return [
            Task(
                batch=batch,
                place=place,
                document=document,
                judged=sum(verb != "retract" for verb in judged.get((batch.n, document), {}).values()),
                handed_in=(batch.n, document) in handed,
            )
            for batch in found
            for place, document in enumerate(batch.documents, 1)
        ]

    def blind(self, document: str, who: str) -> tuple[int, int] | None:
        """The batch, and the place in it, in which somebody still reviews a document blindly, and so should not see it
        elsewhere."""
        with self.store.reading() as db:
            mine = [batch for batch in double.of_document(db, document) if who in batch.reviewers]
            ends = double.told(db, [batch.n for batch in mine], document=document, verbs=HANDED_IN)
        done = {one.batch for one in ends if one.who == who}
        return next(((one.n, one.documents.index(document) + 1) for one in mine if one.n not in done), None)

    # A reviewer's own work

    def work(self, number: int, document: str, *, who: str) -> Work:
        """What a reviewer made of a document so far; InputError where it was not given to this reviewer."""
        with self.store.reading() as db:
            return _work(db, self._mine(db, number, document, who), document, who)

    def judge(
        self,
        number: int,
        document: str,
        about: str,
        verb: Act,
        *,
        who: str,
        given: Mapping[str, object] | None = None,
        because: str = "",
        seen: str | None = None,
    ) -> Work:
        """Accept, reject, correct (``given``: whole fields in JSON form) or retract what was said of a claim.

        Conflict where this reviewer's own work on the claim, in another window, is not what was ``seen``.
        """
        with self.store.writing() as db:
            work = _open(_work(db, self._mine(db, number, document, who), document, who))
            one = next((one for one in work.claims if one.claim.id == about), None)
            if one is None:
                raise InputError(f"{about}: no claim of this document; look at it again")
            if seen is not None and seen != work.seen[about]:
                raise _changed(db, work, about, seen, who)
            value = ""
            if verb == "correct":
                fields = checked(work.document, given or {}, near=one.claim.evidence_spans)
                if apply(work.document, one.claim, fields) is None:
                    raise InputError(f"{about}: its words no longer stand in the document; look at it again")
                value = packed(fields)
            elif verb not in ("accept", "reject", "retract"):
                raise InputError(f"{verb!r}: accept, reject, correct or retract a claim")
            double.append(db, number, document, verb, who=who, about=about, value=value, because=because)
            return _work(db, work.batch, document, who)

    def add(self, number: int, document: str, given: Mapping[str, object], *, who: str, because: str = "") -> str:
        """Add a claim that the program missed, its fields in JSON form; returns its id within this review."""
        with self.store.writing() as db:
            work = _open(_work(db, self._mine(db, number, document, who), document, who))
            made = whole(work.document, given)
            if made.id in work.seen:
                raise InputError(f"{made.id}: you have added this very claim already")
            value = packed(msgspec.to_builtins(made))
            double.append(db, number, document, "add", who=who, about=made.id, value=value, because=because)
            return made.id

    def hand_in(self, number: int, document: str, *, who: str) -> None:
        """Hand in the review of a document, after which it stays as it is; InputError while a claim is not judged.

        What is handed in is kept as it is now, whatever becomes of the document; its SHA-256 goes into the ledger.
        """
        with self.store.writing() as db:
            work = _open(_work(db, self._mine(db, number, document, who), document, who))
            if work.open:
                raise InputError(f"{document}: {work.open} claims are not judged yet; accept, reject or correct each")
            value = msgspec.json.encode(_judged(work), order="sorted").decode()
            double.append(db, number, document, "hand_in", who=who, value=value)
            given = handed(db, work.batch, document)
            if len(given) == 2 and not any(given.values()):  # nothing to settle
                double.append(db, number, document, "close", who=who)
        told = {"act": "hand_in", "batch": number, "document": document, "sha256": sha256(value.encode())}
        self.custody.reviewed(told, who=who)

    def _mine(self, db: Session, number: int, document: str, who: str) -> Batch:
        batch = known(db, number)
        if who not in batch.reviewers or document not in batch.documents:
            raise InputError(f"{document}: this document was not given to {who} in batch {number}")
        if self.custody.withheld().hides(document):
            raise InputError(f"{document}: this document is withheld")
        return batch


def known(db: Session, number: int) -> Batch:
    """The batch of a number; InputError where there is none."""
    found = double.find(db, number=number)
    if not found:
        raise InputError(f"{number}: no double review of this number")
    return found[0]


def _progress(batch: Batch, ends: Mapping[tuple[int, str], set[str]]) -> Progress:
    by = {document: frozenset(ends.get((batch.n, document), ())) for document in batch.documents}
    return Progress(
        batch=batch,
        handed_in={document: names - {""} for document, names in by.items()},
        closed=frozenset(document for document, names in by.items() if "" in names),
    )


def handed(db: Session, batch: Batch, document: str) -> dict[str, list[Judged]]:
    """What each reviewer who handed a document in made of its claims."""
    ends = double.told(db, [batch.n], document=document, verbs=HANDED_IN)
    return {one.who: _decode(one.value) for one in ends}


def handed_in(db: Session, numbers: Sequence[int]) -> dict[tuple[int, str], dict[str, list[Judged]]]:
    """By batch and document, what each reviewer handed in."""
    found: dict[tuple[int, str], dict[str, list[Judged]]] = {}
    for one in double.told(db, numbers, verbs=HANDED_IN):
        found.setdefault((one.batch, one.document), {})[one.who] = _decode(one.value)
    return found


def read_in(db: Session, document: str) -> list[Claim]:
    """The claims of a current document as the program read them, whatever people made of them since."""
    return [one.first for one in claims.kept_of_documents(db, [document])[document] if not one.added]


def _work(db: Session, batch: Batch, document: str, who: str) -> Work:
    found = documents.get(db, document)
    if found is None:
        raise InputError(f"{document}: no document of this id in the record; an editor may have withdrawn it")
    own = [one for one in double.told(db, [batch.n], document=document) if one.who == who]
    said = [one for one in own if one.verb in (*_JUDGED, "retract")]
    last = {one.about: one for one in said}
    revised = revise(found, read_in(db, document), [_decision(one) for one in _standing(said)])
    ordered = claims.placed(
        [one.claim for one in revised.values() if not one.added], [one.claim for one in revised.values() if one.added]
    )
    return Work(
        batch=batch,
        document=found,
        claims=tuple(revised[claim.id] for claim in ordered),
        seen={id_: str(last[id_].seq) if id_ in last else "0" for id_ in revised},
        because={id_: last[id_].because if id_ in last else "" for id_ in revised},
        handed_in=any(one.verb == "hand_in" for one in own),
    )


def _open(work: Work) -> Work:
    if work.handed_in:
        raise InputError(f"{work.document.id}: you have handed this review in; it can no longer be changed")
    return work


def _standing(said: Sequence[Judgement]) -> list[Judgement]:
    """Without what was taken back: of each claim what came after the last ``retract``."""
    back = {one.about: one.seq for one in said if one.verb == "retract"}
    return [one for one in said if one.seq > back.get(one.about, 0)]


def _decision(one: Judgement) -> Decision:
    """A judgement as a decision would be, to work out with what it makes of claims; it never enters the record."""
    verb: Any = "undo" if one.verb == "retract" else one.verb
    return Decision(
        seq=one.seq, at=one.at, who=one.who, verb=verb, about=(one.about,), value=one.value, because=one.because
    )


def _changed(db: Session, work: Work, about: str, seen: str, who: str) -> Conflict:
    own = double.told(db, [work.batch.n], document=work.document.id, verbs=(*_JUDGED, "retract"))
    since = [one for one in own if one.who == who and one.about == about and one.seq > int(seen or 0)]
    return Conflict(about, seen=seen, now=work.seen[about], since=tuple(_decision(one) for one in since))


def _judged(work: Work) -> list[Judged]:
    return [Judged(one.state, one.claim, work.because[one.claim.id]) for one in work.claims if one.state != "open"]
