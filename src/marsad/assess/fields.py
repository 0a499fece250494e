"""What reviewers are compared in: a field of a claim at a time, each brought into a form that can be the same."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from marsad.assess.agreement import Difference, Measured, Unit, measure, nominal, ratio, rules
from marsad.geocode.gazetteer import distance_km
from marsad.lang.text import fold
from marsad.model import Claim, Party, Place, Quantity, Speaker

Verdict = Literal["accepted", "corrected", "rejected", "added"]
COMPARED = (
    "verdict", "event", "factuality", "scope", "place", "time", "actors", "targets", "quantities", "numbers",
    "attribution",
)  # fmt: skip
"""What agreement is told of, in this order."""

_KM_PER_DEGREE = 111.0
_Where = tuple[str, float | None, float | None, int, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one reviewer made of a claim: the verdict, the claim as this reviewer leaves it, and the reason given."""

    verdict: Verdict
    claim: Claim
    because: str = ""


def agreement(judged: Iterable[tuple[str, Mapping[str, Judged]]]) -> dict[str, Measured]:
    """Agreement per field, from (document, judgement by reviewer) for each claim.

    A verdict is on a claim that the program read; the fields are those of claims that a reviewer kept or added.
    """
    units: dict[str, list[Unit]] = {field: [] for field in COMPARED}
    for document, by in judged:
        read = {who: one.verdict for who, one in by.items() if one.verdict != "added"}
        kept = {who: one.claim for who, one in by.items() if one.verdict != "rejected"}
        units["verdict"].append(Unit(read, document))
        for field in units.keys() & FORMS.keys():
            units[field].append(Unit({who: FORMS[field](claim) for who, claim in kept.items()}, document))
        units["numbers"].extend(Unit(said, document) for said in _numbers(kept))
    return {field: measure(units[field], difference=_apart(field), numbers=field == "numbers") for field in COMPARED}


def same(field: str, a: Claim, b: Claim) -> bool:
    """Whether two claims say the same in a field of ``FORMS``."""
    form = FORMS[field]
    return _apart(field)(form(a), form(b)) == 0


def _apart(field: str) -> Difference:
    if field == "numbers":
        return ratio
    return _places_apart if field in ("place", "destination") else nominal


def _place(place: Place | None) -> _Where | None:
    if place is None:
        return None
    return place.gazetteer_id or "", place.lat, place.lon, place.precision, fold(place.name or place.text)


def _places_apart(a: _Where | None, b: _Where | None) -> float:
    """0 for the same entry of the gazetteer, or centres close by at the same precision, or, unplaced, the same name."""
    if a is None or b is None or a == b:
        return float(a != b)
    if a[0] and a[0] == b[0]:
        return 0.0
    if a[3] != b[3]:
        return 1.0
    if a[1] is None or a[2] is None or b[1] is None or b[2] is None:
        return float(a[4] != b[4])
    most = rules()["same_place_km"]
    if abs(a[1] - b[1]) * _KM_PER_DEGREE > most:  # too far north or south, whatever the longitude
        return 1.0
    return float(distance_km((a[1], a[2]), (b[1], b[2])) > most)


def _parties(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.actor_id or fold(party.name) for party in parties)


def _speakers(speakers: Iterable[Speaker]) -> frozenset[str]:
    return frozenset(fold(speaker.name or speaker.text) for speaker in speakers)


def _time(claim: Claim) -> Hashable:
    return (claim.time.start, claim.time.end) if claim.time else None


def _quantities(claim: Claim) -> Hashable:
    return frozenset((one.of, one.whom or "", one.low, one.high) for one in claim.quantities)


FORMS: Mapping[str, Callable[[Claim], Hashable]] = {
    "event": lambda claim: claim.event,
    "factuality": lambda claim: claim.factuality,
    "scope": lambda claim: claim.scope,
    "place": lambda claim: _place(claim.place),
    "destination": lambda claim: _place(claim.destination),
    "time": _time,
    "actors": lambda claim: _parties(claim.actors),
    "targets": lambda claim: _parties(claim.targets),
    "quantities": _quantities,
    "attribution": lambda claim: _speakers(claim.attribution),
}
"""By field, the form of a claim's value that is the same where two reviewers mean the same."""


def _numbers(kept: Mapping[str, Claim]) -> list[dict[str, Hashable]]:
    """For each kind and group counted, the number that each reviewer gives."""
    found: dict[tuple[str, str], dict[str, Hashable]] = {}
    for who, claim in kept.items():
        for one in sorted(claim.quantities, key=lambda q: _number(q) or 0):
            if (number := _number(one)) is not None:
                found.setdefault((one.of, one.whom or ""), {})[who] = number
    return list(found.values())


def _number(one: Quantity) -> float | None:
    """The middle of a range, or the bound that is there; None where there is none."""
    bounds = [bound for bound in (one.low, one.high) if bound is not None]
    return sum(bounds) / len(bounds) if bounds else None
