"""What people decided, as linking and assessment need it; the latest decision stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

from marsad.assess import Register
from marsad.link.resolve import Decided
from marsad.model import Decision


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions that stand: which claims belong together or apart, grades by claim, and the register of sources."""

    decided: Decided = field(default_factory=Decided)
    reasons: dict[str, str] = field(default_factory=dict)
    grades: dict[str, Decision] = field(default_factory=dict)
    register: Register = field(default_factory=Register)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> "Decisions":
        """Decisions in the order of their numbers; those undone are left out."""
        standing = [decision for decision in sorted(decisions, key=lambda d: d.seq) if not decision.undone]
        together: list[tuple[str, str]] = []
        apart: set[frozenset[str]] = set()
        reasons: dict[str, str] = {}
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
            if decision.verb in ("merge", "split"):
                reasons.update(dict.fromkeys(moved, told(decision)))
        return cls(
            decided=Decided(together=tuple(together), apart=frozenset(apart)),
            reasons=reasons,
            grades={decision.about[0]: decision for decision in standing if decision.verb == "grade"},
            register=Register.of(standing),
        )

    def beside(self, claims: Sequence[str]) -> set[str]:
        """Claims that a decision puts together with one of these."""
        wanted = set(claims)
        return {other for pair in self.decided.together if wanted & set(pair) for other in pair} - wanted

    def grade(self, claims: Iterable[str]) -> Decision | None:
        """The last grade that a person set for the incident of these claims."""
        found = [self.grades[claim] for claim in claims if claim in self.grades]
        return max(found, key=lambda d: d.seq, default=None)


def told(decision: Decision) -> str:
    """A decision in a few words."""
    because = f": {decision.because}" if decision.because else ""
    return f"decision {decision.seq} by {decision.who} ({decision.verb}){because}"
