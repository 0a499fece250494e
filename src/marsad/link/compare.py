"""Two claims compared field by field, never by the likeness of their wording.

Each field gives a level (``same``, ``near``, ``differs`` ...), and each level its weight in bits: the logarithm of how
much oftener it is seen between claims of one happening than between others (Fellegi and Sunter, "A Theory for Record
Linkage", 1969). The weights are data (data/weights.tsv); what is added up is shown by ``marsad why``.
"""

from dataclasses import dataclass
from functools import cache

from marsad.geocode.gazetteer import distance_km
from marsad.link.events import kin
from marsad.link.features import Node, Side
from marsad.tables import read

Levels = tuple[str, ...]
Bounds = tuple[tuple[int, int], ...]
FIELDS = ("event", "time", "place", "actors", "targets", "killed", "injured", "counted", "wording", "document")
_COLUMNS = ("field", "level", "bits", "means")
_FAR_DEGREES, _KM_PER_DEGREE = 2.0, 111.0
_SITE_KM, _NEAR_KM, _AREA_KM = 3.0, 25.0, 80.0
_APART_DAYS = 3
_DISTRICT, _PROVINCE, _COUNTRY = 3, 4, 6
_MANY = 5
_EITHER_WAY = "armed_clash"
_ARMED = {"1", "2", "3", "4", "8"}
_FEW_WORDS = 5
_SHARED = ((0.6, "most"), (0.4, "much"), (0.25, "some"), (0.12, "little"))


@cache
def weights() -> dict[tuple[str, str], float]:
    """Bits for each (field, level); DataError where a line does not hold."""
    found: dict[tuple[str, str], float] = {}
    for row in read("link/data/weights.tsv", columns=_COLUMNS):
        row.one_of("field", (*FIELDS, "join"))
        try:
            found[row["field"], row["level"]] = float(row["bits"])
        except ValueError:
            raise row.fail(f"bits is {row['bits']!r}, not a number") from None
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """The bits for and against, and the levels that gave them, in the order of ``FIELDS``."""

    bits: float
    levels: Levels


def compare(a: Node, b: Node) -> Comparison:
    """How much speaks for one happening; the order of the two does not matter."""
    levels = compared(a, b)
    table = weights()
    return Comparison(sum(table[pair] for pair in zip(FIELDS, levels, strict=True)), levels)


def compared(a: Node, b: Node) -> Levels:
    """The level of each field."""
    return (
        _event(a, b),
        _time(a, b),
        _place(a, b),
        *_parties(a, b),
        _figures(a, b, a.killed, b.killed),
        _figures(a, b, a.injured, b.injured),
        _counted(a, b),
        _wording(a, b),
        "one" if a.document == b.document else "two",
    )


def _event(a: Node, b: Node) -> str:
    if a.event == b.event:
        return "same"
    return "kin" if kin(a.event, b.event) else "other"


def _time(a: Node, b: Node) -> str:
    if a.main_sentence == b.main_sentence and a.main_sentence:
        return "repeats"
    if not (a.first and b.first):
        return "unknown"
    gap = max(a.first, b.first) - min(a.last, b.last)
    if gap > 0:
        if not (a.dated and b.dated):
            gap -= 1
        return "near" if gap <= 1 else "apart" if gap <= _APART_DAYS else "far"
    if a.dated and b.dated:
        return "same" if a.last - a.first <= 1 and b.last - b.first <= 1 else "overlaps"
    return "may be" if a.dated or b.dated else "unknown"


def _place(a: Node, b: Node) -> str:
    if not a.precision or not b.precision:
        if a.country and b.country and a.country != b.country:
            return "other country"
        return "unknown"
    coarse = max(a.precision, b.precision)
    if coarse >= _PROVINCE:
        return _region(a, b)
    if a.site == b.site and a.site:
        return "same"
    away = _distance_km(a, b)
    if away <= _SITE_KM:
        return "same"
    if away <= _NEAR_KM:
        return "near"
    if coarse == _DISTRICT and away <= _AREA_KM and a.country == b.country:
        return "holds"
    return "apart" if a.country == b.country else "far off"


def _region(a: Node, b: Node) -> str:
    """Where at least one of the two is a province, a vague region or a country."""
    if a.site and a.site == b.site:
        return "same region" if a.precision < _COUNTRY else "same country"
    if a.country and b.country and a.country != b.country:
        return "other country"
    if _COUNTRY in (a.precision, b.precision):
        return "same country" if a.country and a.country == b.country else "unknown"
    if a.admin1 and b.admin1 and a.admin1 == b.admin1:
        return "holds"
    away = _distance_km(a, b)
    return "may hold" if away <= a.radius + b.radius + _NEAR_KM else "apart"


def _distance_km(a: Node, b: Node) -> float:
    """Great-circle distance; far points are told apart by their latitude alone."""
    if abs(a.lat - b.lat) > _FAR_DEGREES:
        return _KM_PER_DEGREE * abs(a.lat - b.lat)
    return distance_km((a.lat, a.lon), (b.lat, b.lon))


def _parties(a: Node, b: Node) -> tuple[str, str]:
    actors, targets = _side(a.actors, b.actors), _side(a.targets, b.targets)
    if a.event == b.event == _EITHER_WAY and "same" not in (actors, targets):
        crossed = _side(a.actors, b.targets), _side(a.targets, b.actors)
        if "same" in crossed:
            return crossed
    return actors, targets


def _side(a: tuple[Side, ...], b: tuple[Side, ...]) -> str:
    if not a or not b:
        return "unknown"
    shared = {s.name: s.known for s in a if s.name in {t.name for t in b}}
    if shared:
        return "same" if any(shared.values()) else "alike"
    return "kin" if any(_kin(x, y) for x in a for y in b) else "differs"


def _kin(a: Side, b: Side) -> bool:
    """One may be named for the other: armed men of one country, or both of one kind and one of them of no country."""
    if not a.kind or not b.kind:
        return not (a.country and b.country and a.country != b.country)
    if a.country and b.country:
        return a.country == b.country and (a.kind == b.kind or {a.kind, b.kind} <= {"1", "8"})
    return a.kind == b.kind or (a.kind in _ARMED and b.kind in _ARMED and not (a.country or b.country))


def _figures(a: Node, b: Node, mine: Bounds, its: Bounds) -> str:
    """The best agreement of two figures; a toll may rise from an earlier report to a later one."""
    if not mine or not its:
        return "unknown"
    shared = max((low for low, _ in set(mine) & set(its)), default=0)
    if shared:
        return "same" if shared >= _MANY else "same few"
    if any(_close(x, y) for x in mine for y in its):
        return "close"
    if a.published == b.published:
        return "differs"
    earlier, later = (mine, its) if a.published < b.published else (its, mine)
    return "rises" if max(high for _, high in earlier) < max(high for _, high in later) else "differs"


def _close(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether the figures are within a half of each other, or two apart."""
    high, low = max(a[0], b[0]), min(a[1], b[1])
    return high <= max(low * 1.5, low + 2)


def _counted(a: Node, b: Node) -> str:
    if not a.counted or not b.counted:
        return "unknown"
    if set(a.counted) & set(b.counted):
        return "same"
    return "differs" if {of for of, _ in a.counted} & {of for of, _ in b.counted} else "unknown"


def _wording(a: Node, b: Node) -> str:
    """How many of the fewer words the main sentences of two documents of one language share."""
    fewer = min(len(a.words), len(b.words))
    if fewer < _FEW_WORDS or a.document == b.document or a.lang != b.lang:
        return "unknown"
    shared = len(a.words & b.words)
    for least, level in _SHARED:
        if shared >= least * fewer:
            return level
    return "none"
