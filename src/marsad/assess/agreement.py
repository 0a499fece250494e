"""How far reviewers agree beyond chance: percent agreement, Cohen's kappa and Krippendorff's alpha (docs/review.md).

J. Cohen, "A Coefficient of Agreement for Nominal Scales", 1960 (with a difference other than equality: his weighted
kappa, 1968); of more than two reviewers the mean of the pairs' kappas (R. J. Light 1971). K. Krippendorff, "Computing
Krippendorff's Alpha-Reliability", 2011. What cannot be said is ``None`` with the reason, never 0 or 1.
"""

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, Literal

from marsad.tables import read

Difference = Callable[[Any, Any], float]
"""How far two values are apart: 0 where they are the same, never less."""

Undefined = Literal["", "nothing", "no_variation", "not_for_numbers"]
"""Why a coefficient cannot be said: no unit has two reviews, or all reviews hold the one value."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What reviewers said of one thing, by reviewer; who is not named said nothing. ``group``: its document."""

    said: Mapping[str, Hashable]
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Agreement over ``units`` that two or more reviewed, of ``groups`` documents; ``percent`` is a share of 1.

    ``low`` and ``high`` bound alpha where documents are drawn anew. A ``None`` has its reason in ``*_undefined``.
    """

    units: int
    reviewers: int
    groups: int
    percent: float | None
    kappa: float | None
    kappa_undefined: Undefined
    alpha: float | None
    alpha_undefined: Undefined
    low: float | None = None
    high: float | None = None

    @property
    def few(self) -> bool:
        """Whether there are too few units to say much."""
        return self.units < rules()["least_units"]

    @property
    def level(self) -> Literal["", "reliable", "tentative", "low"]:
        """What alpha allows, by Krippendorff's limits; "" where it cannot be said."""
        if self.alpha is None or self.few:
            return ""
        if self.alpha >= rules()["reliable"]:
            return "reliable"
        return "tentative" if self.alpha >= rules()["tentative"] else "low"


@cache
def rules() -> Mapping[str, float]:
    """The numbers of data/agreement.tsv by name; DataError where a line does not hold."""
    names = (
        "same_place_km", "least_units", "least_groups", "resamples", "seed", "interval", "reliable", "tentative",
    )  # fmt: skip
    found: dict[str, float] = {}
    for row in read("assess/data/agreement.tsv", columns=("rule", "value", "reason")):
        row.one_of("rule", names)
        try:
            found[row["rule"]] = float(row["value"])
        except ValueError:
            raise row.fail(f"value is {row['value']!r}, not a number") from None
    assert found.keys() == set(names), "assess/data/agreement.tsv needs every rule"
    return found


def nominal(a: Hashable, b: Hashable) -> float:
    """Codes are the same or not."""
    return 0.0 if a == b else 1.0


def interval(a: float, b: float) -> float:
    """Krippendorff's difference of numbers on a scale of equal steps."""
    return float(a - b) ** 2


def ratio(a: float, b: float) -> float:
    """Krippendorff's difference of counts: 3 against 4 is farther apart than 300 against 301."""
    return 0.0 if a == b else ((a - b) / (a + b)) ** 2


def measure(units: Iterable[Unit], *, difference: Difference = nominal, numbers: bool = False) -> Measured:
    """All that can be said of these units; for ``numbers`` there is no kappa, for equality is no fair measure there."""
    paired = [unit for unit in units if len(unit.said) > 1]
    table = _Table(paired, difference)
    kappa, alpha = None if numbers else table.kappa(), table.alpha(list(table.groups.values()))
    low, high = table.bounds() if alpha is not None else (None, None)
    undefined: Undefined = "no_variation" if paired else "nothing"
    return Measured(
        units=len(paired),
        reviewers=len({who for unit in paired for who in unit.said}),
        groups=len(table.groups),
        percent=percent(paired, difference=difference),
        kappa=kappa,
        kappa_undefined="" if kappa is not None else "not_for_numbers" if numbers and paired else undefined,
        alpha=alpha,
        alpha_undefined="" if alpha is not None else undefined,
        low=low,
        high=high,
    )


def percent(units: Iterable[Unit], *, difference: Difference = nominal) -> float | None:
    """The mean share of a unit's pairs of reviewers that say the same, of 1; None where no unit has two."""
    shares = []
    for unit in units:
        pairs = [difference(a, b) == 0 for a, b in combinations(unit.said.values(), 2)]
        if pairs:
            shares.append(sum(pairs) / len(pairs))
    return sum(shares) / len(shares) if shares else None


@dataclass(slots=True)
class _Group:
    """Of the units of one document: their differences, each unit's pairs weighed by 1 / (reviewers - 1), and the
    values, by number, that were said."""

    apart: float
    said: list[int]


class _Table:
    """What was said, each value by its number, kept by document so that documents can be drawn anew cheaply."""

    def __init__(self, paired: Sequence[Unit], difference: Difference) -> None:
        numbers: dict[Hashable, int] = {}
        self.groups: dict[str, _Group] = {}
        self._pairs: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for unit in paired:
            group = self.groups.setdefault(unit.group, _Group(0.0, []))
            said = list(unit.said.values())
            group.apart += 2 * sum(difference(a, b) for a, b in combinations(said, 2)) / (len(said) - 1)
            group.said.extend(numbers.setdefault(value, len(numbers)) for value in said)
            for a, b in combinations(sorted(unit.said), 2):
                self._pairs.setdefault((a, b), []).append((numbers[unit.said[a]], numbers[unit.said[b]]))
        self._like = _likeness(list(numbers), difference)

    def kappa(self) -> float | None:
        """Cohen's kappa of two reviewers, of more the mean over the pairs of whom it can be said; else None."""
        found = [kappa for said in self._pairs.values() if (kappa := self._kappa(said)) is not None]
        return sum(found) / len(found) if found else None

    def _kappa(self, said: Sequence[tuple[int, int]]) -> float | None:
        """1 - observed / expected difference; by chance each would say what they say, whatever the other does."""
        firsts, seconds = Counter(a for a, _ in said), Counter(b for _, b in said)
        like = sum(n * seconds[other] * s for value, n in firsts.items() for other, s in self._like[value].items())
        expected = 1 - like / len(said) ** 2
        if expected <= 1e-9:
            return None
        return 1 - sum(1 - self._like[a].get(b, 0.0) for a, b in said) / len(said) / expected

    def alpha(self, groups: Sequence[_Group]) -> float | None:
        """1 - observed / expected difference over these documents; None where all that was said is the same."""
        counts = [0] * len(self._like)
        for group in groups:
            for value in group.said:
                counts[value] += 1
        said = sum(counts)
        there = ((n, self._like[value]) for value, n in enumerate(counts) if n)
        like = sum(n * counts[other] * s for n, row in there for other, s in row.items())
        apart = said * said - like
        if apart <= 1e-9:
            return None
        return 1 - sum(group.apart for group in groups) * (said - 1) / apart

    def bounds(self) -> tuple[float | None, float | None]:
        """A percentile bootstrap of alpha over documents (C. A. Field and A. H. Welsh 2007); None where they are few,
        or where more draws lack variation than the interval leaves out."""
        rule, groups = rules(), list(self.groups.values())
        if len(groups) < rule["least_groups"]:
            return None, None
        drawing, draws = random.Random(int(rule["seed"])), int(rule["resamples"])
        found = sorted(a for _ in range(draws) if (a := self.alpha(drawing.choices(groups, k=len(groups)))) is not None)
        tail = (1 - rule["interval"]) / 2
        if len(found) < draws * rule["interval"]:
            return None, None
        last = len(found) - 1
        return found[round(tail * last)], found[round((1 - tail) * last)]


def _likeness(values: Sequence[Hashable], difference: Difference) -> list[dict[int, float]]:
    """For each value, by number, those that are not wholly different (1) from it, each with 1 - difference."""
    found = [{number: 1.0} for number in range(len(values))]
    if difference is nominal:
        return found
    for (one, a), (other, b) in combinations(enumerate(values), 2):
        if like := 1 - difference(a, b):
            found[one][other] = found[other][one] = like
    return found
