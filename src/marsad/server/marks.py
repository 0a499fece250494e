"""Words of an article marked in place: overlapping marks cut into segments that lie side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from marsad.model import Claim, Span

KINDS = (
    "evidence", "trigger", "actor", "target", "place", "destination", "time", "figure", "speaker", "factuality",
    "other",
)  # fmt: skip
"""What a mark says its words are; ``other`` is the trigger of a claim that is not the one looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words, in code points, and what they are; ``claim`` is the number of the claim in its document, from 1."""

    kind: str
    start: int
    end: int
    claim: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch that the same marks cover from end to end, the widest first; ``opens`` are those that begin here."""

    start: int
    end: int
    marks: tuple[Mark, ...] = ()

    @property
    def opens(self) -> tuple[Mark, ...]:
        """The marks whose first words these are."""
        return tuple(mark for mark in self.marks if mark.start == self.start)


def segments(start: int, end: int, marks: Iterable[Mark], *, cuts: Iterable[int] = ()) -> list[Segment]:
    """``[start, end)`` cut wherever a mark begins or ends, and at ``cuts``; in order, without gap, overlap or blank.

    A mark that reaches over either end counts as far as it lies inside.
    """
    inside = [mark for mark in set(marks) if mark.start < end and mark.end > start and mark.end > mark.start]
    begins: dict[int, list[Mark]] = {}
    for mark in inside:
        begins.setdefault(max(mark.start, start), []).append(mark)
    bounds = {start, end, *(cut for cut in cuts if start < cut < end), *begins, *(min(m.end, end) for m in inside)}
    found: list[Segment] = []
    open_: list[Mark] = []
    for left, right in pairwise(sorted(bounds)):
        open_ = [mark for mark in open_ if mark.end > left] + begins.get(left, [])
        open_.sort(key=_widest_first)
        found.append(Segment(start=left, end=right, marks=tuple(open_)))
    return found


def _widest_first(mark: Mark) -> tuple[int, int, int, int]:
    return mark.start, -mark.end, KINDS.index(mark.kind), mark.claim


def of_claim(claim: Claim, number: int, cues: Iterable[Span] = ()) -> list[Mark]:
    """All that a claim rests on, each field as its own kind of mark; ``cues`` are those of its factuality."""
    spans: list[tuple[str, Span | None]] = [("trigger", claim.trigger_span)]
    spans += [("evidence", span) for span in claim.evidence_spans]
    spans += [("actor", span) for party in claim.actors for span in party.spans]
    spans += [("target", span) for party in claim.targets for span in party.spans]
    spans += [("place", claim.place.span if claim.place else None)]
    spans += [("destination", claim.destination.span if claim.destination else None)]
    spans += [("time", claim.time.span if claim.time else None)]
    spans += [("figure", quantity.span) for quantity in claim.quantities]
    spans += [("speaker", speaker.span) for speaker in claim.attribution]
    spans += [("factuality", span) for span in cues]
    return _widest(Mark(kind=kind, start=span[0], end=span[1], claim=number) for kind, span in spans if span)


def _widest(marks: Iterable[Mark]) -> list[Mark]:
    """Without those that lie inside another of their kind, as the parts of a wording do."""
    kept: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=_widest_first):
        same = kept.setdefault(mark.kind, [])
        if not same or mark.end > same[-1].end:
            same.append(mark)
    return [mark for same in kept.values() for mark in same]


def of_other(claim: Claim, number: int) -> Mark:
    """A claim that is not looked at: only its trigger."""
    return Mark(kind="other", start=claim.trigger_span[0], end=claim.trigger_span[1], claim=number)
