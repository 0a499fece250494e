"""Two reviews of one document, put side by side: where they agree, where not, and what an adjudicator makes of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from msgspec import to_builtins

from marsad.assess.fields import FORMS, Judged, same
from marsad.errors import InputError
from marsad.model import Claim

FIELDS = (
    "event", "factuality", "scope", "trigger", "place", "destination", "time", "actors", "targets", "quantities",
    "attribution", "evidence",
)  # fmt: skip
"""What is compared and chosen, a field at a time."""

_WITH = {"trigger": "trigger_span", "evidence": "evidence_spans"}
Verdict = Literal["keep", "reject", ""]
Source = Literal["first", "second", "read"]
"""Whose value of a field is taken: that of a reviewer, or what the program read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What two reviewers made of one claim, in the order of their names in the batch; None where one said nothing.

    ``read`` is None for a claim that a reviewer added; ``key`` is then the id of the one that is there.
    """

    key: str
    read: Claim | None
    sides: tuple[Judged | None, Judged | None]

    @property
    def keeps(self) -> tuple[bool, bool]:
        """Which of the two would have the claim in the record."""
        first, second = self.sides
        return first is not None and first.verdict != "rejected", second is not None and second.verdict != "rejected"

    @property
    def verdict(self) -> Verdict:
        """What both hold of the claim as a whole; "" where they differ."""
        first, second = self.keeps
        if first != second:
            return ""
        return "keep" if first else "reject"

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields in which the two differ, if both keep the claim."""
        first, second = self.sides
        if first is None or second is None or not all(self.keeps):
            return ()
        return tuple(field for field in FIELDS if not _same(field, first.claim, second.claim))

    @property
    def agreed(self) -> bool:
        """Whether there is nothing to adjudicate."""
        return bool(self.verdict) and not self.differing

    @property
    def claim(self) -> Claim:
        """The claim as the first who keeps it leaves it; where neither does, as it was read."""
        kept = [side.claim for side, keeps in zip(self.sides, self.keeps, strict=True) if side and keeps]
        found: Claim = kept[0] if kept else self.read or next(side.claim for side in self.sides if side)
        if len(kept) == 2 and self.read is not None:
            for field in FIELDS:  # of two that mean the same, the one that the program read goes first
                if _whole(field, kept[1]) == _whole(field, self.read) and _same(field, kept[0], kept[1]):
                    found = take(field, kept[1], found)
        return found

    def settled(self, verdict: Verdict, chosen: Mapping[str, Source]) -> Claim | None:
        """The claim as the adjudicator leaves it, None for one that is rejected or left out.

        InputError where what the two differ in is not chosen, or something else is.
        """
        verdict = verdict or self.verdict
        if not verdict:
            raise InputError(f"{self.key}: the two differ over whether the claim holds; choose one of the two")
        if verdict == "reject":
            return None
        if self.verdict == "reject":
            raise InputError(f"{self.key}: both reviewers reject it; there is nothing to keep")
        missing = [field for field in self.differing if field not in chosen]
        if missing:
            raise InputError(f"{self.key}: the two differ in {', '.join(missing)}; choose one value for each")
        found = self.claim
        for field in self.differing:
            found = take(field, self._of(chosen[field]), found)
        return found

    def _of(self, source: Source) -> Claim:
        first, second = (side.claim if side else None for side in self.sides)
        found = {"first": first, "second": second, "read": self.read}.get(source)
        if found is None:
            raise InputError(f"{self.key}: {source!r} gives no value; choose first, second or read")
        return found


def _same(field: str, a: Claim, b: Claim) -> bool:
    return same(field, a, b) if field in FORMS else _whole(field, a) == _whole(field, b)


def _whole(field: str, claim: Claim) -> tuple[Any, ...]:
    return getattr(claim, field), getattr(claim, _WITH[field]) if field in _WITH else None


def take(field: str, source: Claim, goal: Claim) -> Claim:
    """The claim with a field, and where its words stand, from another one."""
    return replace(goal, **{name: getattr(source, name) for name in (field, _WITH.get(field, field))})


def changes(goal: Claim, now: Claim) -> dict[str, Any]:
    """What to correct in ``now`` so that it becomes ``goal``, as JSON."""
    return _given(goal, (field for field in FIELDS if _whole(field, goal) != _whole(field, now)))


def fields(claim: Claim) -> dict[str, Any]:
    """All fields of a claim that a person gives, as JSON."""
    return _given(claim, FIELDS)


def _given(claim: Claim, names: Iterable[str]) -> dict[str, Any]:
    with_spans = [name for field in names for name in dict.fromkeys((field, _WITH.get(field, field)))]
    return {name: to_builtins(getattr(claim, name)) for name in with_spans}


def pairs(read: Iterable[Claim], first: Sequence[Judged], second: Sequence[Judged]) -> list[Pair]:
    """Each claim that was read with what the two made of it, then what they added, in the order of the text."""
    one, other = ({j.claim.id: j for j in side if j.verdict != "added"} for side in (first, second))
    found = [
        Pair(key=claim.id, read=claim, sides=(one.get(claim.id), other.get(claim.id)))
        for claim in read
        if claim.id in one or claim.id in other
    ]
    added = _added([j for j in first if j.verdict == "added"], [j for j in second if j.verdict == "added"])
    return found + sorted(added, key=lambda pair: (pair.claim.trigger_span, pair.key))


def _added(first: list[Judged], second: list[Judged]) -> list[Pair]:
    """What both added is one where event and words are the same, else where only the words are."""
    found, left = [], list(second)
    for near in (_alike, _overlaps):
        for judged in list(first):
            match = next((other for other in left if near(judged.claim, other.claim)), None)
            if match is not None:
                found.append(Pair(key=judged.claim.id, read=None, sides=(judged, match)))
                first.remove(judged)
                left.remove(match)
    found += [Pair(key=judged.claim.id, read=None, sides=(judged, None)) for judged in first]
    return found + [Pair(key=judged.claim.id, read=None, sides=(None, judged)) for judged in left]


def _alike(a: Claim, b: Claim) -> bool:
    return a.event == b.event and _overlaps(a, b)


def _overlaps(a: Claim, b: Claim) -> bool:
    return a.trigger_span[0] < b.trigger_span[1] and b.trigger_span[0] < a.trigger_span[1]
