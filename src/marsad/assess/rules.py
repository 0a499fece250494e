"""The rules of assessing, read once from the tables in ``assess/data``."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from marsad.tables import Row, read

_COLUMNS = ("rule", "value", "reason")
_RULE_COLUMNS = ("code", "rule", "when", "why")
FACTS = frozenset("harm stated combatants named armed rivals admitted declared denied voices told".split())
GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
STATUSES = ("declared-strike", "likely-strike", "contested-strike", "single-source-claim")
_TESTS: tuple[tuple[str, Callable[[int, int], bool]], ...] = (
    (">=", operator.ge),
    ("<=", operator.le),
    ("=", operator.eq),
)


@dataclass(frozen=True, slots=True)
class Counting:
    """How figures are weighed against each other: the values of ``casualties.tsv``."""

    vague: frozenset[tuple[int, int]]
    part_below: float
    single_beside: int
    sum_within: int
    outlier_times: float
    outlier_by: int
    outlier_others: int
    doubted_sources: frozenset[str]
    doubted_claims: frozenset[str]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a fact: ``harm>=2``."""

    fact: str
    sign: str
    number: int
    test: Callable[[int, int], bool]

    def holds(self, facts: Mapping[str, int]) -> bool:
        """Whether the facts meet it."""
        return self.test(facts[self.fact], self.number)

    def __str__(self) -> str:
        return f"{self.fact}{self.sign}{self.number}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of ``grades.tsv`` or ``strikes.tsv``: what holds when, and why."""

    code: str
    name: str
    when: tuple[Condition, ...]
    why: str


def values(path: str, *, known: frozenset[str]) -> dict[str, Row]:
    """The lines of a table of settings by their names; DataError where one is unknown, twice there or missing."""
    found: dict[str, Row] = {}
    row = None
    for row in read(path, columns=_COLUMNS):
        name = row.one_of("rule", known)
        if name in found:
            raise row.fail(f"rule {name!r} stands here a second time")
        found[name] = row
    missing = sorted(known - set(found))
    if row is not None and missing:
        raise row.fail(f"the table ends here without {', '.join(missing)}")
    return found


def number(row: Row) -> float:
    """The value of a setting as a number above nought; else DataError."""
    try:
        value = float(row["value"])
    except ValueError:
        raise row.fail(f"value is {row['value']!r}, not a number") from None
    if not value > 0 or value == float("inf"):
        raise row.fail(f"value is {row['value']!r}; it must be above 0")
    return value


def whole(row: Row) -> int:
    """The value of a setting as a whole number; else DataError."""
    value = number(row)
    if value != int(value):
        raise row.fail(f"value is {row['value']!r}, not a whole number")
    return int(value)


@cache
def counting(path: str = "assess/data/casualties.tsv") -> Counting:
    """The values of ``casualties.tsv``; DataError."""
    names = frozenset(Counting.__dataclass_fields__) - {"vague"} | {"vague_bounds"}
    rows = values(path, known=names)
    return Counting(
        vague=frozenset(_bounds(rows["vague_bounds"], word) for word in rows["vague_bounds"]["value"].split()),
        part_below=number(rows["part_below"]),
        single_beside=whole(rows["single_beside"]),
        sum_within=whole(rows["sum_within"]),
        outlier_times=number(rows["outlier_times"]),
        outlier_by=whole(rows["outlier_by"]),
        outlier_others=whole(rows["outlier_others"]),
        doubted_sources=_codes(rows["doubted_sources"], "ABCDEF"),
        doubted_claims=_codes(rows["doubted_claims"], "123456"),
    )


def _bounds(row: Row, word: str) -> tuple[int, int]:
    low, dash, high = word.partition("-")
    if not (dash and low.isdecimal() and high.isdecimal() and int(low) < int(high)):
        raise row.fail(f"{word!r} is no pair of bounds such as 20-99")
    return int(low), int(high)


def _codes(row: Row, allowed: str) -> frozenset[str]:
    words = row["value"].split()
    for word in words:
        if len(word) != 1 or word not in allowed:
            raise row.fail(f"{word!r} is not one of {', '.join(allowed)}")
    return frozenset(words)


@cache
def grades(path: str = "assess/data/grades.tsv") -> tuple[Rule, ...]:
    """The rules of civilian harm grading in their order; DataError."""
    return tuple(_rule(row, GRADES) for row in read(path, columns=_RULE_COLUMNS))


@dataclass(frozen=True, slots=True)
class Strikes:
    """``strikes.tsv``: the events that are strikes, the things that only the armed have, the rules in order."""

    events: frozenset[str]
    weapons: frozenset[str]
    rules: tuple[Rule, ...]


@cache
def strikes(path: str = "assess/data/strikes.tsv") -> Strikes:
    """The lines of ``strikes.tsv``; DataError."""
    rows = read(path, columns=_RULE_COLUMNS)
    return Strikes(
        events=frozenset(row["rule"] for row in rows if row["code"] == "event"),
        weapons=frozenset(row["rule"] for row in rows if row["code"] == "weapon"),
        rules=tuple(_rule(row, STATUSES) for row in rows if row["code"] not in ("event", "weapon")),
    )


def _rule(row: Row, codes: tuple[str, ...]) -> Rule:
    if not row["rule"]:
        raise row.fail("a rule needs a name, which `why` prints")
    return Rule(
        row.one_of("code", codes), row["rule"], tuple(_condition(row, word) for word in row["when"].split()), row["why"]
    )


def _condition(row: Row, word: str) -> Condition:
    sign, test = next((pair for pair in _TESTS if pair[0] in word), _TESTS[-1])
    fact, _, value = word.partition(sign)
    if fact not in FACTS:
        raise row.fail(f"{fact!r} is not one of the facts {', '.join(sorted(FACTS))}")
    if not value.isdecimal():
        raise row.fail(f"condition {word!r} is not of the form fact>=number")
    return Condition(fact, sign, int(value), test)


def first(rules: tuple[Rule, ...], facts: Mapping[str, int]) -> Rule | None:
    """The first rule of which all conditions hold."""
    return next((rule for rule in rules if all(c.holds(facts) for c in rule.when)), None)
