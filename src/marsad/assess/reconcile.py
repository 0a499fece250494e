"""What the incidents of a total's period, place and side sum to."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from marsad.assess.saying import doers
from marsad.assess.sides import sides_of
from marsad.errors import DataError
from marsad.geocode.gazetteer import distance_km
from marsad.link.events import families
from marsad.model import Incident, Place, Total
from marsad.tables import read

_SUMMED = {"killed": ("killed",), "injured": ("injured",), "casualties": ("killed", "injured")}
_TOWN, _PROVINCE, _REGION = 2, 4, 5
_AROUND = 25.0
"""Kilometres round a town within which incidents are counted to it, where its own radius is smaller."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    """A sum in the making: ``high`` is ``None`` once one part has no end."""

    low: int = 0
    high: int | None = 0

    def plus(self, other: "_Bounds") -> "_Bounds":
        high = None if self.high is None or other.high is None else self.high + other.high
        return _Bounds(self.low + other.low, high)


@cache
def _counted() -> dict[str, frozenset[str]]:
    """The rows of ``total_events.tsv``; DataError for an event that is not of the codebook."""
    path = "assess/data/total_events.tsv"
    found: dict[str, frozenset[str]] = {}
    for row in read(path, columns=("event", "counts")):
        found[row.one_of("event", families())] = names = frozenset(row["counts"].split())
        if unknown := sorted(names - families().keys() - {"*"}):
            raise DataError(path, row.line, f"counts has {', '.join(unknown)}, no event of the codebook")
    return found


def counted(event: str) -> frozenset[str]:
    """The events of incidents that are summed beside a total of this event; ``*`` for all violence."""
    return _counted().get(event, frozenset((event,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summand:
    """What totals ask of an incident: ``start`` as an ordinal, its sides, those struck, how many strikes it stands for,
    and by kind and group ("killed civilians") the bounds of those of whom anything is said."""

    id: str
    event: str
    start: int | None
    place: Place | None
    doers: tuple[str, ...]
    struck: tuple[str, ...]
    strikes: tuple[int, int]
    people: dict[str, tuple[int, int | None]]

    @classmethod
    def of(cls, incident: Incident) -> "Summand":
        """Of an incident with all its reports."""
        case = incident.case
        return cls(
            id=incident.id,
            event=case.event,
            start=case.start.toordinal() if case.start else None,
            place=case.place,
            doers=tuple(sorted(doers(case.actors))),
            struck=tuple(sorted(sides_of(case.targets))),
            strikes=_strikes(incident),
            people={
                f"{estimate.of} {estimate.whom}": (estimate.low or 0, estimate.high)
                for estimate in incident.assessment.estimates
                if estimate.known != "none_reported"
            },
        )


def reconcile(totals: Iterable[Total], incidents: Iterable[Summand]) -> list[Total]:
    """The totals in their order, each with the incidents of its period, place and side, and the bounds of their sum.

    A total of attacks counts incidents, or the strikes told of in them; one of the killed or injured adds up their
    estimates. ``summed_high`` is ``None`` where one of them has no end; both are ``None`` where the total is of
    something that incidents do not count, or says neither where nor by whom. Each total stands for itself.
    """
    by_country: dict[str, list[Summand]] = defaultdict(list)
    for incident in incidents:
        if incident.start is not None:
            by_country[_country(incident.place)].append(incident)
    indexes = {country: _Index(found) for country, found in by_country.items()}
    everywhere = _Index([one for found in by_country.values() for one in found])
    return [_reconciled(total, indexes, everywhere) for total in totals]


Summing = tuple[str, frozenset[str], int, int]
"""Which incidents a total counts: a country, or "" for any, events, first and last day as ordinals."""


def summing(total: Total) -> Summing | None:
    """Among which incidents those are that a total counts; ``None`` where it is of something that incidents do not
    count, or says neither where nor by whom."""
    country = _country(total.place)
    if (total.of != "strikes" and total.of not in _SUMMED) or not (country or doers(total.actors)) or total.end is None:
        return None
    events = counted(total.event)
    if "*" in events:
        violence = families()["casualties"].family
        events |= {name for name, kind in families().items() if kind.family == violence}
    return country, events - {"*"}, total.start.toordinal() if total.start else 0, total.end.toordinal()


class _Index:
    """Incidents by their first day."""

    def __init__(self, incidents: Iterable[Summand]) -> None:
        self._incidents = sorted(incidents, key=lambda one: (one.start, one.id))
        self._days = [one.start or 0 for one in self._incidents]

    def between(self, first: int, last: int) -> Sequence[Summand]:
        """Incidents that begin on these days, both inside."""
        return self._incidents[bisect_left(self._days, first) : bisect_right(self._days, last)]


def _reconciled(total: Total, indexes: dict[str, _Index], everywhere: _Index) -> Total:
    wanted = summing(total)
    if wanted is None:
        return replace(total, summed_low=None, summed_high=None, incidents=())
    country, events, first, last = wanted
    index = indexes.get(country, _Index(())) if country else everywhere
    sides, struck = doers(total.actors), sides_of(total.targets)
    summed, ids = _Bounds(), []
    for incident in index.between(first, last):
        if incident.event not in events or not _belongs(incident, total, sides, struck):
            continue
        part = _Bounds(*incident.strikes) if total.of == "strikes" else _people(incident, total)
        if part is not None:
            summed = summed.plus(part)
            ids.append(incident.id)
    return replace(total, summed_low=summed.low, summed_high=summed.high, incidents=tuple(ids))


def _belongs(incident: Summand, total: Total, sides: frozenset[str], struck: frozenset[str]) -> bool:
    """Whether an incident is one of those that the total counts, by side, side struck and place."""
    if sides and sides.isdisjoint(incident.doers):
        return False
    if struck and incident.struck and struck.isdisjoint(incident.struck):
        return False
    return total.place is None or _inside(incident.place, total.place)


def _inside(place: Place | None, area: Place) -> bool:
    """Whether a place lies in the area of a total, of whose country it is."""
    if area.precision > _REGION or place is None or area.country is None:
        return True
    if place.precision > _REGION:
        return False
    if _TOWN < area.precision <= _PROVINCE and area.admin1 and place.admin1:
        return area.admin1 == place.admin1
    reach = max(_AROUND, area.radius_km or 0.0)
    distance = _distance(place, area)
    if distance is None or (area.precision == _REGION and area.radius_km is None):
        return area.precision > _TOWN
    return distance <= reach


def _distance(a: Place, b: Place) -> float | None:
    """Kilometres between two places along the great circle, ``None`` where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return distance_km((a.lat, a.lon), (b.lat, b.lon))


def _strikes(incident: Incident) -> tuple[int, int]:
    """The attacks that an incident stands for: those told of in it, else one."""
    told = [q for r in incident.case.reports if r.role == "reports" for q in r.claim.quantities if q.of == "strikes"]
    lows = [q.low for q in told if q.low]
    highs = [q.high if q.high is not None else q.low for q in told if q.high or q.low]
    return min(lows, default=1), max((h for h in highs if h is not None), default=1)


def _people(incident: Summand, total: Total) -> _Bounds | None:
    """The killed or injured of an incident; ``None`` where nothing is said of the people whom the total counts."""
    whom = total.whom if total.whom and total.whom != "unspecified" else "all"
    found = [incident.people.get(f"{of} {whom}") for of in _SUMMED[total.of]]
    known = [_Bounds(*bounds) for bounds in found if bounds]
    if not known:
        return None
    summed = _Bounds()
    for bounds in known:
        summed = summed.plus(bounds)
    return summed


def _country(place: Place | None) -> str:
    return place.country or "" if place else ""
