"""What one claim says of the killed, or the injured: its figures put together into one for each harmed group.

A claim may tell a total and its parts ("51 killed, 8 of them children"), parts without a total ("22 civilians and 3
soldiers"), the same twice, or two counts of which one is older.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from marsad.assess.rules import Counting
from marsad.assess.sides import ARMED, STATE
from marsad.extract.small_words import words
from marsad.lang.text import fold
from marsad.model import Claim, Quantity

OF = ("killed", "injured")
KINDS = ("children", "women", "men")
GROUPS = ("civilians", *KINDS, "combatants", "unspecified")
_STATUS = frozenset(GROUPS[:-1])
_FIGHTS = frozenset(("armed_clash", "government_regains_territory", "non_state_overtakes_territory", "casualties"))
_AND = frozenset(("و", "and"))


@dataclass(slots=True)
class Count:
    """How many: bounds inclusive; ``exact`` where somebody counted, ``best`` what the words themselves say, ``at`` the
    place where they begin, or -1."""

    low: int
    high: int | None
    best: int
    text: str
    exact: bool = True
    at: int = -1

    def plus(self, other: "Count") -> "Count":
        """Both together: different people."""
        high = self.high + other.high if self.high is not None and other.high is not None else None
        text = self.text if other.text in self.text else f"{self.text} + {other.text}"
        both = self.exact and other.exact
        return Count(self.low + other.low, high, self.best + other.best, text, both, min(self.at, other.at))

    def facing(self, other: "Count") -> "Count":
        """The dead of two sides: one side's alone bound below, for many tell only of those; both sides' above."""
        both = self.plus(other)
        return Count(max(self.low, other.low), both.high, both.best, both.text, both.exact, both.at)


def counts(claim: Claim, of: str, rules: Counting) -> dict[str, Count]:
    """Figures of a claim for ``all`` and each group of which it tells; empty where it tells of none."""
    if not claim.quantities:
        return {}
    told = [q for q in claim.quantities if q.of == of and (q.low is not None or q.high is not None)]
    if not told:
        return _together(claim)
    counted = [q for q in told if _exact(q, rules)]
    groups: dict[str, list[Quantity]] = {}
    for quantity in counted or told:
        whom = quantity.whom if quantity.whom in GROUPS else "unspecified"
        groups.setdefault(whom or "unspecified", []).append(quantity)
    found = {whom: _combine(claim, each, rules) for whom, each in groups.items()}
    return _totals(found, joined=_joined(claim, counted or told), rules=rules)


def _together(claim: Claim) -> dict[str, Count]:
    """Killed and injured told in one figure: none of either, or some of each."""
    joint = [q for q in claim.quantities if q.of == "casualties"]
    if not joint:
        return {}
    text = joint[0].text
    if all(q.high == 0 for q in joint):
        return {"all": Count(0, 0, 0, text)}
    return {"all": Count(1, None, 1, text, exact=False)}


def _exact(quantity: Quantity, rules: Counting) -> bool:
    """Whether it is a count, not "dozens" nor a bare plural."""
    low, high = quantity.low, quantity.high
    if low is None:
        return False
    return (low, high) not in rules.vague and not (high is None and low <= 1)


def _count(quantity: Quantity, rules: Counting) -> Count:
    low, high = quantity.low, quantity.high
    exact = _exact(quantity, rules)
    if exact and high is None:
        high = low  # "at least 15" bounds no further than 15: who knows of more says so
    low = 0 if low is None else low
    return Count(low, high, low, quantity.text, exact, quantity.span[0] if quantity.span else -1)


def _combine(claim: Claim, told: Sequence[Quantity], rules: Counting) -> Count:
    """Several figures of one group in one claim: added, a part left out, or an older count that widens the bounds."""
    first, *rest = told
    total, before = _count(first, rules), first
    for quantity in rest:
        more = _count(quantity, rules)
        gap = _gap(claim, before, quantity)
        between = fold(gap).split() if gap is not None else []
        if _says(between, "part"):
            continue
        if _opposed(claim, before, quantity):
            total, before = total.facing(more), quantity
        elif gap is not None and len(gap) <= rules.sum_within:
            total, before = total.plus(more), quantity
        else:
            total = _widened(total, more, rules)
    return total


def _opposed(claim: Claim, a: Quantity, b: Quantity) -> bool:
    """Whether two figures of a fight are of men of its two sides: a state's and others, or of groups named apart."""
    if claim.event not in _FIGHTS or not (a.whom == b.whom == "combatants"):
        return False
    (names, state), (others, of_state) = _men(claim, a), _men(claim, b)
    if not names or not others or names & others:
        return False
    return state != of_state or not state


def _men(claim: Claim, quantity: Quantity) -> tuple[set[str], bool]:
    """The armed parties that a figure counts, by what they are called, and whether they are a state's."""
    if quantity.span is None:
        return set(), False
    start, end = quantity.span
    found = [
        party
        for party in (*claim.targets, *claim.actors)
        if party.kind in ARMED and any(start <= a and b <= end for a, b in party.spans)
    ]
    return {p.actor_id or p.name for p in found}, any(p.kind == STATE for p in found)


def _widened(total: Count, other: Count, rules: Counting) -> Count:
    """A second telling of the same people widens the bounds; one far smaller tells of a part of them."""
    if total.high is None or other.high is None or not _comparable(total.high, other.high, rules):
        return total
    low, high = min(total.low, other.low), max(total.high, other.high)
    return Count(low, high, total.best, total.text, total.exact, total.at)


def _comparable(a: int, b: int, rules: Counting) -> bool:
    return min(a, b) >= rules.part_below * max(a, b)


def _gap(claim: Claim, a: Quantity, b: Quantity) -> str | None:
    """The words between two figures of one sentence, else None."""
    if a.span is None or b.span is None:
        return None
    start, end = min(a.span[1], b.span[1]), max(a.span[0], b.span[0])
    for text, (first, last) in zip(claim.evidence, claim.evidence_spans, strict=False):
        if first <= start and end <= last:
            return text[start - first : end - first] if start <= end else None
    return None


def _says(found: Sequence[str], kind: str) -> bool:
    """Whether a counting word of a kind is among folded words, in Arabic or English."""
    for lang in ("ar", "en"):
        known = words(lang)
        if any(known.get(w) == kind or (lang == "ar" and known.get(w[1:]) == kind and w[:1] == "و") for w in found):
            return True
    return False


def _joined(claim: Claim, told: Sequence[Quantity]) -> bool:
    """Whether people of unknown status stand beside others: «جندي وثلاثة أشخاص», "a soldier and three people"."""
    for a, b in pairwise(told):
        unknown = [q.whom not in _STATUS for q in (a, b)]
        named = [q.whom in ("civilians", "combatants") for q in (a, b)]
        if any(unknown) and any(named) and (gap := _gap(claim, a, b)) is not None and gap.strip(" ،,") in _AND:
            return True
    return False


def _totals(found: dict[str, Count], *, joined: bool, rules: Counting) -> dict[str, Count]:
    """The groups with ``all``, and with what the parts say of the civilians and of those of unknown status.

    ``joined``: those of unknown status stand beside the others, and are not the total of them.
    """
    people = _sum([found[k] for k in KINDS if k in found])
    civil = found.get("civilians")
    if people is not None and (civil is None or people.low > civil.low) and people.exact:
        civil = people
    known = _sum([c for c in (civil, found.get("combatants")) if c is not None])
    unspecified = found.get("unspecified")
    result = {whom: found[whom] for whom in found if whom != "unspecified"}
    if civil is not None:
        result["civilians"] = civil
    if unspecified is None:
        assert known is not None
        if known.high != 0:  # "no civilian was killed" does not say that nobody was
            result["all"] = known
    elif known is None:
        result["all"] = result["unspecified"] = unspecified
    elif joined or unspecified.at > known.at and _others(unspecified):
        result["all"], result["unspecified"] = known.plus(unspecified), unspecified
    elif unspecified.low < known.low:
        result["all"] = _widened(known, unspecified, rules)
    else:
        result["all"] = unspecified
        rest = _minus(unspecified, known)
        if rest is not None:
            result["unspecified"] = rest
    return result


def _sum(parts: Sequence[Count]) -> Count | None:
    if not parts:
        return None
    total = parts[0]
    for part in parts[1:]:
        total = total.plus(part)
    return total


def _minus(total: Count, part: Count) -> Count | None:
    """What is left of a total beside a part of it, or None where nothing need be left."""
    if total.high is None or part.high is None or total.high <= part.low:
        return None
    low, high = max(0, total.low - part.high), total.high - part.low
    return Count(low, high, max(0, total.best - part.best), total.text, total.exact and part.exact, total.at)


def _others(count: Count) -> bool:
    """«10 آخرين», "ten others": beside those told of before."""
    return _says(fold(count.text).split(), "other")
