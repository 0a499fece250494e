"""Adjudication of double reviews, and how far those who reviewed agree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.assess.agreement import Measured
from marsad.assess.fields import Judged, agreement
from marsad.errors import Conflict, InputError
from marsad.model import Claim, Decision, Document
from marsad.record.deciding import packed
from marsad.record.double import handed, handed_in, known, read_in
from marsad.record.pairs import Pair, Source, Verdict, changes, fields, pairs
from marsad.record.seen import revision
from marsad.record.verbs import whole
from marsad.store import Session, documents, double
from marsad.store.double import Act, Batch, Judgement

if TYPE_CHECKING:
    from marsad.record.record import Record

_ENDINGS: tuple[Act, ...] = ("settle", "close")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A document that two reviewers handed in: ``settled`` are the pairs that were settled, by key.

    ``seen`` is what an adjudicator saw of each pair. ``gone`` are claims of pairs that the document no longer makes.
    """

    batch: Batch
    document: Document
    pairs: tuple[Pair, ...]
    settled: Mapping[str, Judgement]
    seen: Mapping[str, str]
    gone: frozenset[str]

    @property
    def open(self) -> tuple[Pair, ...]:
        """What is left to settle."""
        return tuple(pair for pair in self.pairs if pair.key not in self.settled)

    @property
    def agreed(self) -> tuple[Pair, ...]:
        """What is left where both agree."""
        return tuple(pair for pair in self.open if pair.agreed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement per field over ``documents`` that two people handed in; what both, or one alone, added as missed."""

    fields: Mapping[str, Measured]
    documents: int
    claims: int
    added_by_both: int
    added_by_one: int

    @property
    def added(self) -> float | None:
        """The share of what was added that both found: positive specific agreement, which is the F-measure (Hripcsak
        and Rothschild 2005), for nobody counts what neither found. None where nobody added anything."""
        all_of_both = 2 * self.added_by_both + self.added_by_one
        return 2 * self.added_by_both / all_of_both if all_of_both else None


class Settling:
    """Adjudication over one record."""

    def __init__(self, record: "Record") -> None:
        self.record = record
        self.store = record.store
        self._measured: dict[tuple[int, ...], tuple[int, Agreement]] = {}

    def case(self, number: int, document: str, *, who: str, alone: bool = False) -> Case:
        """Both reviews of a document, side by side; InputError until both are in, or where ``who`` may not see them.

        ``alone``: there is nobody else who could adjudicate, so one of the two reviewers may.
        """
        with self.store.reading() as db:
            return self._case(db, number, document, who=who, alone=alone)

    def _case(self, db: Session, number: int, document: str, *, who: str, alone: bool) -> Case:
        batch, found = known(db, number), documents.get(db, document)
        if document not in batch.documents or found is None:
            raise InputError(f"{document}: no document of batch {number}")
        if self.record.custody.withheld().hides(document):
            raise InputError(f"{document}: this document is withheld")
        if who in batch.reviewers and not alone:
            raise InputError(f"{document}: you are one of its two reviewers; somebody else must adjudicate")
        given = handed(db, batch, document)
        if len(given) < 2:
            raise InputError(f"{document}: not both reviewers have handed it in yet")
        first, second = (given[name] for name in batch.reviewers)
        read = {claim.id: claim for claim in read_in(db, document)}
        judged = {one.claim.id: one.claim for one in (*first, *second) if one.verdict != "added"}
        every = pairs({**judged, **read}.values(), first, second)
        told = double.told(db, [number], document=document, verbs=_ENDINGS[:1])
        return Case(
            batch=batch,
            document=found,
            pairs=tuple(every),
            settled={one.about: one for one in told},
            seen={pair.key: revision(db, pair.key) if pair.key in read else "" for pair in every},
            gone=frozenset(pair.key for pair in every if pair.read is not None and pair.key not in read),
        )

    def settle(
        self,
        number: int,
        document: str,
        key: str,
        *,
        who: str,
        verdict: Verdict = "",
        chosen: Mapping[str, Source] | None = None,
        because: str = "",
        seen: str | None = None,
        alone: bool = False,
    ) -> Decision | None:
        """Settle one claim and make it a decision of the record, which is returned; None where none is needed.

        ``verdict`` and ``chosen`` (by field) are needed where the two differ. Conflict where the claim was decided on,
        or settled, since it was ``seen``.
        """
        case = self.case(number, document, who=who, alone=alone)
        pair = next((pair for pair in case.pairs if pair.key == key), None)
        if pair is None:
            raise InputError(f"{key}: no claim of this review")
        self._must_be_open(case, key)
        outcome = pair.settled(verdict, chosen or {})
        decision = self._decide(case, pair, outcome, who=who, because=because, seen=seen or case.seen[key] or None)
        told = {"kept": outcome is not None, "chosen": dict(chosen or {}), "decision": decision and decision.seq}
        self._enter(case, key, packed(told), who=who, because=because)
        return decision

    def settle_agreed(self, number: int, document: str, *, who: str, alone: bool = False) -> int:
        """Take at once all that both agree on; returns how many claims that were."""
        agreed = self.case(number, document, who=who, alone=alone).agreed
        for pair in agreed:
            self.settle(number, document, pair.key, who=who, alone=alone)
        return len(agreed)

    def _must_be_open(self, case: Case, key: str) -> None:
        if (by := case.settled.get(key)) is not None:
            at = Decision(seq=by.seq, at=by.at, who=by.who, verb="accept", about=(key,), because=by.because)
            raise Conflict(key, seen="", now=str(by.seq), since=(at,))

    def _decide(
        self, case: Case, pair: Pair, outcome: Claim | None, *, who: str, because: str, seen: str | None
    ) -> Decision | None:
        """The decision of the record; None for a claim that was not to be added, or that the document makes no more."""
        reason = f"double review {case.batch.n} ({', '.join(case.batch.reviewers)})"
        reason += f": {because}" if because else ""
        if pair.read is None:
            return None if outcome is None else self._add(case.document, outcome, who=who, because=reason)
        now = self.record.reviewed([pair.key]).get(pair.key)
        if now is None:
            return None
        if outcome is None:
            return self.record.reject(pair.key, who=who, because=reason, seen=seen)
        if given := changes(outcome, now.claim):
            return self.record.correct(pair.key, given, who=who, because=reason, seen=seen)
        return self.record.accept(pair.key, who=who, because=reason, seen=seen)

    def _add(self, document: Document, claim: Claim, *, who: str, because: str) -> Decision:
        given = fields(claim)
        made = whole(document, given).id
        if self.record.reviewed([made]):  # the very claim was added in the meantime
            return self.record.accept(made, who=who, because=because)
        return self.record.add_claim(document.id, given, who=who, because=because)

    def _enter(self, case: Case, key: str, value: str, *, who: str, because: str) -> None:
        with self.store.writing() as db:
            told = double.told(db, [case.batch.n], document=case.document.id, verbs=_ENDINGS)
            settled = {one.about for one in told if one.verb == "settle"}
            if key not in settled:
                double.append(
                    db, case.batch.n, case.document.id, "settle", who=who, about=key, value=value, because=because
                )
            closed = any(one.verb == "close" for one in told)
            if not closed and settled | {key} >= {pair.key for pair in case.pairs}:
                double.append(db, case.batch.n, case.document.id, "close", who=who)

    def agreement(self, numbers: Collection[int]) -> Agreement:
        """How far reviewers agree over the documents of these batches that both handed in, as they handed them in."""
        with self.store.reading() as db:
            last, wanted = double.last_handed_in(db), tuple(sorted(numbers))
            at, found = self._measured.get(wanted, (-1, None))
            if found is None or at != last:
                found = _measured(db, wanted)
                self._measured[wanted] = (last, found)
        return found


def _measured(db: Session, numbers: Sequence[int]) -> Agreement:
    judged: list[tuple[str, dict[str, Judged]]] = []
    documents_, both, alone = 0, 0, 0
    for (_, document), given in handed_in(db, numbers).items():
        if len(given) < 2:
            continue
        documents_ += 1
        for pair in _pairs(given):
            judged.append((document, {who: side for who, side in zip(given, pair.sides, strict=True) if side}))
            if pair.read is None:
                both, alone = both + (None not in pair.sides), alone + (None in pair.sides)
    return Agreement(
        fields=agreement(judged), documents=documents_, claims=len(judged), added_by_both=both, added_by_one=alone
    )


def _pairs(given: Mapping[str, Sequence[Judged]]) -> list[Pair]:
    """What two handed in, side by side; of the claims only that they are the same matters here."""
    first, second = given.values()
    read = {one.claim.id: one.claim for one in (*first, *second) if one.verdict != "added"}
    return pairs(read.values(), first, second)
