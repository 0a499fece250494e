"""What a time expression is: where it stands, and what its rule read."""

from dataclasses import dataclass

KINDS = (
    "day", "night", "period", "point", "bare", "since", "until", "now", "still", "so_far", "future", "duration", "skip"
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time expression of one sentence: ``start`` and ``end`` are offsets in its folded text.

    ``kind`` is one of day, night (two days), period, point (from another event: needs an anchor), since, until, now,
    still, so_far, future, duration ("over two days": may be the length of something else). ``rule`` names the rule of
    the grammar, ``slots`` hold the values it read, ``parts`` the expressions inside.
    """

    start: int
    end: int
    kind: str
    rule: str
    action: str
    lang: str
    slots: tuple[tuple[str, str], ...] = ()
    parts: tuple["TimeMention", ...] = ()
