"""What one statement of a total says, and how far two of them say the same (data/totals.tsv)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from marsad.assess.rules import counting, values, whole
from marsad.assess.sides import sides_of, speakers
from marsad.model import Party, Quantity, Report

_POINTS = frozenset(
    "least telling plain near vague again lineage period apart country abroad side against speaker".split()
)
_WHOLE = frozenset("slack window same_origin smallest".split())
_FIGURES = frozenset(
    "killed injured casualties missing abducted detained displaced strikes fighters weapons other".split()
)
EVERYBODY = (None, "unspecified")
"""Values of ``whom`` that leave open who it was."""
_STATES = ("1", "8")
_HUGE = 10_000
"""From here on even a round number of people or attacks is telling, within one country and week."""
_EDITION = 3
"""Days before publication in which a period of a day or two may be only the day of the announcement."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The values of ``totals.tsv``: ``figures`` in the order in which they lead, points and days by name."""

    figures: tuple[str, ...]
    points: dict[str, float]
    slack: int
    window: int
    same_origin: int
    smallest: int


@dataclass(frozen=True, slots=True)
class Saying:
    """A report's figures, each by what and whom it counts, with its bounds, and when and about whom it speaks.

    ``first`` and ``last`` are proleptic days, 0 where unknown; ``day`` is that of publication, else ``last``.
    ``brief``: the period is a day or two just before publication, which may be only the day of the announcement.
    """

    report: Report
    figures: tuple[Quantity, ...]
    first: int
    last: int
    day: int
    brief: bool
    country: str
    sides: frozenset[str]
    struck: frozenset[str]
    speakers: frozenset[str]

    @property
    def order(self) -> tuple[int, str, str]:
        """By day of publication, then document, then claim."""
        return self.day, self.report.claim.document, self.report.claim.id

    @property
    def running(self) -> bool:
        """Whether the period goes on until publication."""
        return self.last >= self.day - rules().slack

    @property
    def closed(self) -> bool:
        """Whether the period is known and was over when it was told."""
        return bool(self.last) and not self.brief and not self.running


@cache
def rules(path: str = "assess/data/totals.tsv") -> Rules:
    """The values of ``totals.tsv``; DataError."""
    rows = values(path, known=_POINTS | _WHOLE | {"figures"})
    points: dict[str, float] = {}
    for name in sorted(_POINTS):
        try:
            points[name] = float(rows[name]["value"])
        except ValueError:
            raise rows[name].fail(f"value is {rows[name]['value']!r}, not a number") from None
    figures = tuple(rows["figures"]["value"].split())
    if unknown := sorted(set(figures) - _FIGURES):
        raise rows["figures"].fail(f"{', '.join(unknown)}: no quantity of the codebook")
    numbers = {name: whole(rows[name]) for name in _WHOLE}
    return Rules(figures=figures, points=points, **numbers)


def saying(report: Report) -> Saying | None:
    """What a report says of a total; ``None``: it gives no figure, or it denies or plans."""
    claim = report.claim
    figures = tuple(q for q in claim.quantities if _counts(q))
    if report.role != "totals" or claim.factuality in ("denied", "planned") or not figures:
        return None
    published = report.published.toordinal() if report.published else 0
    first = claim.time.start.toordinal() if claim.time else 0
    last = claim.time.end.toordinal() if claim.time else 0
    return Saying(
        report=report,
        figures=tuple(sorted(figures, key=_rank)),
        first=first,
        last=last,
        day=published or last,
        brief=bool(last) and last - first <= 1 and 0 <= published - last <= _EDITION,
        country=(claim.place.country or "") if claim.place else "",
        sides=doers(claim.actors),
        struck=sides_of(claim.targets),
        speakers=speakers(claim),
    )


def doers(parties: Iterable[Party]) -> frozenset[str]:
    """The named sides of parties, with the state behind each army, and behind the coalition that it leads."""
    parties = tuple(parties)
    states = {f"state:{p.country}" for p in parties if p.country and (p.kind in _STATES or _is_country(p))}
    return sides_of(parties) | states


def _is_country(party: Party) -> bool:
    """Whether it is a country by its name, which stands for its state."""
    return not party.kind and party.actor_id is None


def vague(quantity: Quantity) -> bool:
    """Whether the bounds are a word such as "dozens" rather than a count."""
    return (quantity.low, quantity.high) in counting().vague


def anchor(quantity: Quantity) -> int:
    """The number that the words give: the lower bound, or where that is open the upper."""
    return quantity.low if quantity.low is not None else quantity.high or 0


def about(quantity: Quantity) -> int:
    """The anchor, rounded to two figures."""
    value = anchor(quantity)
    step: int = 10 ** max(0, len(str(value)) - 2)
    return (value + step // 2) // step * step


def common(a: Saying, b: Saying) -> tuple[float, str]:
    """The points for the figures that both give, with the best kind of agreement; "" where they share none."""
    points = rules().points
    kinds = [kind for x in a.figures if (kind := max((_alike(x, y) for y in b.figures), key=_worth))]
    best = max(kinds, key=_worth, default="")
    if not best or (best == "vague" and a.report.lineage != b.report.lineage):
        return 0.0, ""
    further = min(2, sum(kind in ("telling", "plain") for kind in kinds) - (best in ("telling", "plain")))
    return points[best] + further * points["again"], best


def agreement(a: Saying, b: Saying) -> float:
    """The points of two statements; below ``least`` they are two."""
    found = weighed(a, b)
    return sum(points for _, points in found) if found else float("-inf")


def weighed(a: Saying, b: Saying) -> list[tuple[str, float]]:
    """What speaks for two statements being one, and what against: name and points; empty where they cannot be one."""
    points = rules().points
    figures, kind = common(a, b)
    if not kind or not together(a, b):
        return []
    found = [(f"figures {kind}", figures)]
    copies = a.report.lineage == b.report.lineage and a.report.claim.document != b.report.claim.document
    if copies:
        found.append(("lineage", points["lineage"]))
    if period := _period(a, b):
        found.append(("period", period))
    if a.country and b.country and not (copies and a.country != b.country):
        name = "country" if a.country == b.country else "abroad"
        found.append((name, points[name]))
    if a.sides and b.sides:
        name = "against" if a.sides.isdisjoint(b.sides) else "side"
        found.append((name, points[name]))
    if a.struck and b.struck and a.struck.isdisjoint(b.struck):
        found.append(("against", points["against"]))
    if not a.speakers.isdisjoint(b.speakers):
        found.append(("speaker", points["speaker"]))
    return found


def together(a: Saying, b: Saying) -> bool:
    """Whether two statements may be one by their days: published about the same time, or both of a period over by then;
    and are not told by one document of two countries."""
    if a.report.claim.document == b.report.claim.document and a.country and b.country and a.country != b.country:
        return False
    if abs(a.day - b.day) <= rules().window:
        return True
    return a.closed and b.closed and abs(a.last - b.last) <= rules().slack


def same_people(a: str | None, b: str | None) -> bool:
    """Whether two groups may be the same people: the unspecified may be any."""
    return a == b or a in EVERYBODY or b in EVERYBODY


def day_of(ordinal: int) -> date | None:
    """The day of a number of days; ``None`` for 0."""
    return date.fromordinal(ordinal) if ordinal else None


def _counts(quantity: Quantity) -> bool:
    """Whether a figure can be a total: of a kind that is summed, and at least ``smallest``."""
    return quantity.of in rules().figures and anchor(quantity) >= rules().smallest


def _rank(quantity: Quantity) -> tuple[bool, int]:
    return vague(quantity), rules().figures.index(quantity.of)


def _alike(a: Quantity, b: Quantity) -> str:
    """How two figures agree: ``telling``, ``plain``, ``near``, ``vague``, or "" where they do not."""
    if a.of != b.of or not same_people(a.whom, b.whom):
        return ""
    if vague(a) or vague(b):
        return "vague" if (a.low, a.high) == (b.low, b.high) else ""
    value = anchor(a)
    if value == anchor(b):
        return "telling" if value >= _HUGE or (value >= 100 and len(str(value).rstrip("0")) > 1) else "plain"
    return "near" if value >= 100 and anchor(b) >= 100 and about(a) == about(b) else ""


def _worth(kind: str) -> float:
    return rules().points[kind] if kind else float("-inf")


def _period(a: Saying, b: Saying) -> float:
    """Points for the periods; a lasting one and a day just before publication say nothing of each other, nor do two
    that last until now and begin apart, of which one may be the longer look back."""
    rule = rules()
    if not a.last or not b.last or a.brief != b.brief:
        return 0.0
    if not a.brief and a.running and b.running:
        return rule.points["period"] if abs(a.first - b.first) <= rule.same_origin else 0.0
    return rule.points["period" if abs(a.last - b.last) <= rule.slack else "apart"]
