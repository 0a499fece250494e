"""What people decided, as linking and assessment need it; the latest decision stands."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

import msgspec

from marsad.assess import Register
from marsad.link.resolve import Decided
from marsad.model import Decision, Verb

OF_INCIDENTS: tuple[Verb, ...] = ("merge", "split", "move", "grade", "credibility")
"""Decisions about claims on which incidents, their figures and grades depend."""

OF_CLAIMS: tuple[Verb, ...] = ("accept", "reject", "correct", "add")
"""Decisions on which it depends what a claim says, and whether it takes part."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions that stand: which claims belong together or apart, grades by claim, and the register of sources.

    ``told``: by claim, the merges, splits and moves that put it where it is, the latest first; not those outweighed
    later.
    """

    decided: Decided = field(default_factory=Decided)
    told: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    grades: dict[str, Decision] = field(default_factory=dict)
    register: Register = field(default_factory=Register)

    @classmethod
    def of(cls, decisions: Iterable[Decision], there: Collection[str] | None = None) -> "Decisions":
        """Decisions in the order of their numbers; those undone are left out. ``there`` are the claims that take part,
        all if None: an incident that was decided about is the one that holds the first of its claims that is there."""
        standing = [decision for decision in sorted(decisions, key=lambda d: d.seq) if not decision.undone]
        together: list[tuple[str, str]] = []
        apart: set[frozenset[str]] = set()
        told: list[tuple[Decision, list[tuple[str, str]]]] = []
        for decision in standing:
            joined, parted = _pairs(decision, there)
            together = [pair for pair in together if frozenset(pair) not in parted]
            apart = (apart | parted) - _allowed(decision)
            together.extend(joined)
            told.append((decision, joined))
        grades = {_anchor(decision.about, there): decision for decision in standing if decision.verb == "grade"}
        return cls(
            decided=Decided(together=tuple(together), apart=frozenset(apart)),
            told=_told(told, set(together), apart),
            grades=grades,
            register=Register.of(standing),
        )

    def reasons(self, claims: Collection[str]) -> dict[str, str]:
        """Of the claims of one incident those that a person put there, with the decision; a merge counts while the
        claim that it named with this one is here too."""
        everyone, found = set(claims), dict[str, str]()
        for claim in everyone & self.told.keys():
            here = (d for d in self.told[claim] if _holds(d, everyone))
            if decision := next(here, None):
                found[claim] = told(decision)
        return found

    def grade(self, claims: Iterable[str]) -> Decision | None:
        """The last grade that a person set for the incident of these claims."""
        found = [self.grades[claim] for claim in claims if claim in self.grades]
        return max(found, key=lambda d: d.seq, default=None)


def _pairs(decision: Decision, there: Collection[str] | None) -> tuple[list[tuple[str, str]], set[frozenset[str]]]:
    """Pairs of claims that a decision puts together, and those that it puts apart."""
    moved, sides = decision.about, decision.content
    if decision.verb == "merge":
        first, second = sides.get("first", moved[:1]), sides.get("second", moved[1:])
        return [(_anchor(first, there), _anchor(second, there))], set()
    if decision.verb == "split":
        return list(pairwise(moved)), {frozenset(pair) for pair in product(moved, decision.value.split())}
    if decision.verb == "move":
        goal = _anchor(sides["to"], there)
        return [(claim, goal) for claim in moved], {frozenset(pair) for pair in product(moved, sides["from"])}
    return [], set()


def _allowed(decision: Decision) -> set[frozenset[str]]:
    """Pairs of claims that a decision allows to stand together, whatever was decided before."""
    if decision.verb == "merge":
        return {frozenset(pair) for pair in combinations(sorted(concerned(decision)), 2)}
    if decision.verb == "move":
        return {frozenset(pair) for pair in product(decision.about, decision.content["to"])}
    return set()


def _anchor(claims: Sequence[str], there: Collection[str] | None) -> str:
    """The claim that an incident goes by: the first that takes part, else the first."""
    return next((claim for claim in claims if there is None or claim in there), claims[0])


def _told(
    standing: Iterable[tuple[Decision, Sequence[tuple[str, str]]]],
    together: Set[tuple[str, str]],
    apart: Set[frozenset[str]],
) -> dict[str, tuple[Decision, ...]]:
    found: dict[str, tuple[Decision, ...]] = {}
    for decision, joined in standing:
        if decision.verb == "split":
            moved = set(decision.about)
            holds = any(frozenset(pair) in apart for pair in product(moved, decision.value.split()))
        else:
            moved = {claim for pair in joined for claim in (pair if decision.verb == "merge" else pair[:1])}
            holds = any(pair in together for pair in joined)
        if holds:
            found |= {claim: (decision, *found.get(claim, ())) for claim in moved}
    return found


def _holds(decision: Decision, claims: Set[str]) -> bool:
    """Whether a decision about where a claim stands explains why it stands with these."""
    if decision.verb == "merge":
        sides = decision.content or {"first": decision.about[:1], "second": decision.about[1:]}
        return all(claims & set(side) for side in sides.values())
    return decision.verb == "split" or bool(claims & set(decision.content["to"]))


def packed(value: object) -> str:
    """A decision's ``value`` as JSON, the same for the same content."""
    return msgspec.json.encode(value, order="sorted").decode()


def concerned(decision: Decision) -> set[str]:
    """The claims, or the source, that a decision is about; of a merge, split or move those on either side, of a claim
    that was added its document too; of an undo nothing."""
    if decision.verb == "undo":
        return set()
    if decision.verb == "add":
        return {*decision.about, decision.content["document"]}
    if decision.verb in ("merge", "move") and decision.content:
        return {*decision.about, *(claim for side in decision.content.values() for claim in side)}
    return {*decision.about, *(decision.value.split() if decision.verb in ("merge", "split") else ())}


def effect(decision: Decision, current: Collection[str], there: Collection[str]) -> str:
    """How much a decision still bears on: ``all``, ``part`` or ``none``; of the claims that it names those ``current``
    take part, those ``there`` are in a current document, rejected ones too."""
    moved = [claim in current for claim in decision.about]
    if decision.undone:
        return "none"
    if decision.verb in ("source", "undo"):
        return "all"
    if decision.verb in OF_CLAIMS:
        return "all" if decision.about[0] in there else "none"
    if decision.verb == "merge":
        sides = decision.content or {"first": decision.about[:1], "second": decision.about[1:]}
        return "all" if all(any(claim in current for claim in side) for side in sides.values()) else "none"
    if decision.verb in ("split", "move"):
        others = decision.value.split() if decision.verb == "split" else decision.content["to"]
        if not any(moved) or not any(claim in current for claim in others):
            return "none"
        return "all" if all(moved) else "part"
    return "all" if any(moved) else "none"


def told(decision: Decision) -> str:
    """A decision in a few words."""
    because = f": {decision.because}" if decision.because else ""
    return f"decision {decision.seq} by {decision.who} ({decision.verb}){because}"
