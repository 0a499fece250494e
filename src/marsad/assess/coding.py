"""ACLED's and UCDP GED's fields of an incident, from its event, sides and estimates; conventions in ``coding.tsv``.

ACLED: codebook of 2023. UCDP GED: codebook version 24.1 (Sundberg and Melander 2013).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from marsad.assess.rules import values, whole
from marsad.assess.sides import ARMED, CIVIL, STATE, side_of, sides_of
from marsad.model import Case, Estimate, Party
from marsad.tables import Row, read

_FIELDS = ("event_type", "sub_event_type", "disorder_type")
_STATES, _GROUPS = frozenset("18"), frozenset("234")
_CIVILIAN_TARGETING = "Civilian targeting"
Fields = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Coding:
    """The conventions of ``coding.tsv`` and the events of ``acled.tsv``."""

    unknown: int
    dozens: int
    hundreds: int
    time_precision: tuple[int, ...]
    unclear_from: int
    events: dict[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of an incident as coders write them; ``inter``: ACLED's kind of each, 1 to 8."""

    a: Party | None
    b: Party | None
    inter: tuple[int | None, int | None]
    keys: tuple[str, str]


@cache
def coding() -> Coding:
    """Both tables, read once; DataError."""
    known = frozenset(
        "acled_unknown_fatalities acled_dozens acled_hundreds acled_time_precision ucdp_unclear_from".split()
    )
    rows = values("assess/data/coding.tsv", known=known)
    return Coding(
        unknown=whole(rows["acled_unknown_fatalities"]),
        dozens=whole(rows["acled_dozens"]),
        hundreds=whole(rows["acled_hundreds"]),
        time_precision=_steps(rows["acled_time_precision"]),
        unclear_from=whole(rows["ucdp_unclear_from"]),
        events={
            row["event"]: (row["event_type"], row["sub_event_type"], row["disorder_type"])
            for row in read("assess/data/acled.tsv", columns=("event", *_FIELDS))
        },
    )


def _steps(row: Row) -> tuple[int, ...]:
    steps = tuple(int(word) for word in row["value"].split() if word in ("1", "2", "3"))
    if len(steps) != 5:
        raise row.fail("five codes from 1 to 3 are needed, one for each date_prec")
    return steps


def two_sides(case: Case) -> Sides:
    """Side a: the first armed actor, else the first actor; side b: the first armed party hit, else another actor on
    another side, else the civilians."""
    country = case.place.country if case.place else None
    a = _first_armed(case.actors) or next(iter(case.actors), None)
    own = side_of(a) if a else ""
    rest = [p for p in case.actors if p is not a and p.kind in ARMED and side_of(p) != own]
    b = _first_armed(case.targets) or next(iter(rest), None)
    b = b or next((p for p in case.targets if p.kind in CIVIL), None) or next(iter(case.targets), None)
    return Sides(a, b, (_inter(a, country), _inter(b, country)), (own, side_of(b) if b else ""))


def _first_armed(parties: Sequence[Party]) -> Party | None:
    armed = [p for p in parties if p.kind in ARMED]
    return next((p for p in armed if p.actor_id or p.country), None) or next(iter(armed), None)


def _inter(party: Party | None, country: str | None) -> int | None:
    """ACLED's kind; state forces outside their own country are external forces."""
    if party is None or not party.kind:
        return None
    abroad = party.kind == STATE and party.country and country and party.country != country
    return 8 if abroad else int(party.kind)


def acled(case: Case, sides: Sides, killed: Estimate) -> Fields:
    """ACLED's columns that follow from what is known; None where ACLED has no code or nothing is known."""
    rules = coding()
    kinds = rules.events.get(case.event, ("", "", ""))
    one, two = sides.inter
    lower, upper = sorted((one or 0, two or 0))
    # ACLED writes the lower code first, and the sole actor's code with a nought behind it.
    interaction = int(f"{lower}{upper}") if lower else upper * 10 or None
    return {
        **{name: kind or None for name, kind in zip(_FIELDS, kinds, strict=True)},
        "inter1": one,
        "inter2": two,
        "interaction": interaction,
        "civilian_targeting": _CIVILIAN_TARGETING if _one_sided(case, sides) else None,
        "time_precision": rules.time_precision[min(max(case.date_precision, 1), 5) - 1],
        "geo_precision": case.place.geo_precision if case.place else None,
        "fatalities": _fatalities(killed, rules),
    }


def _fatalities(killed: Estimate, rules: Coding) -> int | None:
    if killed.known == "none_reported" or killed.known == "zero":
        return 0
    if killed.best is not None:
        return killed.best
    low = killed.low or 0
    return rules.hundreds if low >= 200 else rules.dozens if low >= 20 else rules.unknown


def _one_sided(case: Case, sides: Sides) -> bool:
    """Whether civilians are the only ones hit: armed parties hit, or harmed, make it no targeting of civilians."""
    hit = [p.kind for p in case.targets if p.kind]
    return bool(hit) and all(kind in CIVIL for kind in hit) and (sides.inter[1] == 7 or case.event == "attack")


def ucdp(case: Case, sides: Sides, estimates: Sequence[Estimate], voices: int) -> Fields:
    """UCDP GED's columns that follow from what is known; the deaths by side add up to ``best``."""
    rules = coding()
    by_group = {e.whom: e for e in estimates if e.of == "killed"}
    total = by_group["all"]
    best = total.best if total.best is not None else total.low
    deaths = _deaths(case, sides, by_group, best or 0)
    return {
        "type_of_violence": _type(sides),
        "side_a": sides.a.name if sides.a else None,
        "side_b": sides.b.name if sides.b else None,
        "event_clarity": 2 if case.date_precision >= rules.unclear_from else 1,
        "where_prec": case.place.precision if case.place else None,
        "date_prec": case.date_precision,
        **deaths,
        "best": best,
        "low": total.low,
        "high": total.high,
        "number_of_sources": voices,
    }


def _type(sides: Sides) -> int | None:
    """1 a state against the organised, 2 the organised among themselves, 3 anyone organised against civilians."""
    one, two = (str(code or "") for code in sides.inter)
    if one not in ARMED:
        return None
    if two in CIVIL:
        return 3
    if two not in ARMED:
        return None
    return 1 if one in _STATES or two in _STATES else 2


def _deaths(case: Case, sides: Sides, by_group: dict[str, Estimate], best: int) -> Fields:
    """Civilians first, then combatants of the side that the best figure tells of; the rest is unknown."""
    civil = min(_best(by_group.get("civilians")), best)
    armed = min(_best(by_group.get("combatants")), best - civil)
    found: dict[str, int] = {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": civil}
    side = _dead_side(case, sides, by_group.get("combatants"))
    if side and armed:
        found[side] = armed
    return {**found, "deaths_unknown": best - sum(found.values())}


def _best(estimate: Estimate | None) -> int:
    if estimate is None:
        return 0
    return estimate.best if estimate.best is not None else estimate.low or 0


def _dead_side(case: Case, sides: Sides, estimate: Estimate | None) -> str:
    """``deaths_a`` or ``deaths_b`` where all claims behind the best figure say that one side's fighters died."""
    if estimate is None:
        return ""
    behind = set(estimate.best_claims)
    hit = frozenset().union(*(sides_of(r.claim.targets) for r in case.reports if r.claim.id in behind))
    a, b = (bool(key) and key in hit for key in sides.keys)
    if a == b:
        return ""
    return "deaths_a" if a else "deaths_b"
