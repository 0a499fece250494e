"""What a check found."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that does not hold: where, what, and the number of the entry that it belongs to, where it has one."""

    place: str
    what: str
    entry: int | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


@dataclass(slots=True, kw_only=True)
class Report:
    """What was checked, and what does not hold; ``problems`` begin with those of the chain itself."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    entries: int = 0
    files: int = 0
    bytes: int = 0
    documents: int = 0
    claims: int = 0
    head: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    @property
    def first(self) -> Problem | None:
        """The first broken link."""
        return self.problems[0] if self.problems else None

    def add(self, place: object, what: str, entry: int | None = None) -> None:
        """Something that does not hold."""
        self.problems.append(Problem(place=str(place), what=what, entry=entry))

    def settle(self, start: int) -> None:
        """Put the problems from number ``start`` on in the order of the ledger; what belongs to no entry comes last."""
        rest = sorted(self.problems[start:], key=lambda one: one.entry if one.entry is not None else 1 << 62)
        self.problems[start:] = rest
