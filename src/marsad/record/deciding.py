"""What people decided, as linking and assessment need it; the latest decision stands."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

from marsad.assess import Register
from marsad.link.resolve import Decided
from marsad.model import Decision


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions that stand: which claims belong together or apart, grades by claim, and the register of sources.

    ``told``: by claim, the merges and splits that put it where it is, the latest first; not those outweighed later.
    """

    decided: Decided = field(default_factory=Decided)
    told: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    grades: dict[str, Decision] = field(default_factory=dict)
    register: Register = field(default_factory=Register)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> "Decisions":
        """Decisions in the order of their numbers; those undone are left out."""
        standing = [decision for decision in sorted(decisions, key=lambda d: d.seq) if not decision.undone]
        together: list[tuple[str, str]] = []
        apart: set[frozenset[str]] = set()
        for decision in standing:
            moved, rest = decision.about, tuple(decision.value.split())
            if decision.verb == "merge":
                apart -= {frozenset(pair) for pair in combinations((*moved, *rest), 2)}
                together.append((moved[0], moved[1]))
            elif decision.verb == "split":
                parted = {frozenset(pair) for pair in product(moved, rest)}
                together = [pair for pair in together if frozenset(pair) not in parted]
                apart |= parted
                together.extend(pairwise(moved))
        return cls(
            decided=Decided(together=tuple(together), apart=frozenset(apart)),
            told=_told(standing, set(together), apart),
            grades={decision.about[0]: decision for decision in standing if decision.verb == "grade"},
            register=Register.of(standing),
        )

    def reasons(self, claims: Collection[str]) -> dict[str, str]:
        """Of the claims of one incident those that a person put there, with the decision; a merge counts while the
        claim that it named with this one is here too."""
        everyone, found = set(claims), dict[str, str]()
        for claim in everyone & self.told.keys():
            here = (d for d in self.told[claim] if d.verb == "split" or everyone.issuperset(d.about))
            if decision := next(here, None):
                found[claim] = told(decision)
        return found

    def beside(self, claims: Sequence[str]) -> set[str]:
        """Claims that a decision puts together with one of these."""
        wanted = set(claims)
        return {other for pair in self.decided.together if wanted & set(pair) for other in pair} - wanted

    def grade(self, claims: Iterable[str]) -> Decision | None:
        """The last grade that a person set for the incident of these claims."""
        found = [self.grades[claim] for claim in claims if claim in self.grades]
        return max(found, key=lambda d: d.seq, default=None)


def _told(
    standing: Sequence[Decision], together: Set[tuple[str, str]], apart: Set[frozenset[str]]
) -> dict[str, tuple[Decision, ...]]:
    found: dict[str, tuple[Decision, ...]] = {}
    for decision in standing:
        moved = decision.about
        if decision.verb == "merge":
            holds = (moved[0], moved[1]) in together
        elif decision.verb == "split":
            holds = any(frozenset(pair) in apart for pair in product(moved, decision.value.split()))
        else:
            continue
        if holds:
            found |= {claim: (decision, *found.get(claim, ())) for claim in moved}
    return found


def concerned(decision: Decision) -> set[str]:
    """The claims, or the source, that a decision is about; of a merge or split those on either side."""
    sides = decision.value.split() if decision.verb in ("merge", "split") else []
    return {*decision.about, *sides}


def effect(decision: Decision, current: Collection[str]) -> str:
    """How much a decision still bears on, of the claims in ``current``: ``all``, ``part`` or ``none``."""
    moved = [claim in current for claim in decision.about]
    if decision.undone:
        return "none"
    if decision.verb == "split":
        if not any(moved) or not any(claim in current for claim in decision.value.split()):
            return "none"
        return "all" if all(moved) else "part"
    return "all" if decision.verb in ("source", "undo") or all(moved) else "none"


def told(decision: Decision) -> str:
    """A decision in a few words."""
    because = f": {decision.because}" if decision.because else ""
    return f"decision {decision.seq} by {decision.who} ({decision.verb}){because}"
