"""What a group of claims amounts to before it is assessed: event, days, place and sides by the votes of its reports."""

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from marsad.link.compare import FIELDS, compare, weights
from marsad.link.features import Node
from marsad.link.resolve import Group
from marsad.model import Case, Claim, Party, Period, Place, Report

_Kind = TypeVar("_Kind", bound=Hashable)
_MAIN = 2.0
_EXACTNESS = {1: 3.0, 2: 3.0, 3: 2.0, 4: 1.5, 5: 1.0, 6: 0.7, 7: 1.0}
_SHARE, _MOST = 0.25, 4
_LOOK = 24


def incident_id(claim: str) -> str:
    """The id of the incident that this claim founds."""
    return "i" + hashlib.sha256(claim.encode()).hexdigest()[:12]


def order(report: Report) -> tuple[date, str, tuple[int, int], str]:
    """Reports in the order of their days, documents and texts; those without a day last."""
    return report.published or date.max, report.claim.document, report.claim.trigger_span, report.claim.id


def make_case(reports: Iterable[Report], *, made_by: Sequence[str], reasons: Mapping[str, str]) -> Case:
    """The case of these reports; ``made_by``: the claims that make it, the first of which gives it its id."""
    ordered = tuple(sorted(reports, key=order))
    makers = frozenset(made_by)
    telling = [report for report in ordered if report.claim.id in makers]
    when = _when(telling)
    return Case(
        id=incident_id(telling[0].claim.id),
        event=_most(telling, lambda claim: claim.event) or telling[0].claim.event,
        reports=ordered,
        start=when.start if when else None,
        end=when.end if when else None,
        date_precision=when.date_precision if when else 5,
        place=_where(telling),
        actors=_sides(telling, lambda claim: claim.actors),
        targets=_sides(telling, lambda claim: claim.targets),
        reasons=dict(reasons),
    )


def why_joined(group: Group, nodes: Mapping[str, Node], *, decided: Mapping[str, str], first: str) -> dict[str, str]:
    """For each claim of a group, the comparison that speaks most for it, or the decision that put it there."""
    everyone = group.made_by + group.attached
    return {claim: decided.get(claim) or _joined_by(claim, everyone, group.made_by, nodes, first) for claim in everyone}


def _joined_by(
    claim: str, everyone: Sequence[str], makers: Sequence[str], nodes: Mapping[str, Node], first: str
) -> str:
    if claim == first:
        return "the first report"
    others = [other for other in makers if other != claim] or [other for other in everyone if other != claim]
    compared = [(compare(nodes[claim], nodes[other]), other) for other in others[:_LOOK]]
    best, other = max(compared, key=lambda pair: (pair[0].bits, pair[1]))
    table = weights()
    told = [
        f"{field} {level} {table[field, level]:+.1f}"
        for field, level in zip(FIELDS, best.levels, strict=True)
        if table[field, level]
    ]
    return f"with claim {other} of {nodes[other].document}, {best.bits:+.1f} bits: {', '.join(told)}"


def _weight(report: Report) -> float:
    return _MAIN if report.main else 1.0


def _most(reports: Iterable[Report], of: Callable[[Claim], _Kind | None]) -> _Kind | None:
    """What most reports say; each has one vote, the main claim of its document two, and ties go to the first."""
    votes: Counter[_Kind] = Counter()
    for report in reports:
        kind = of(report.claim)
        if kind is not None:
            votes[kind] += _weight(report)  # type: ignore[assignment]
    best = max(votes.values(), default=0)
    return next((kind for kind, n in votes.items() if n == best), None)


def _when(reports: Sequence[Report]) -> Period | None:
    """The days that most reports give; those dated by their publication only count where no text gives a day."""
    for periods in (
        [r for r in reports if r.claim.time and not r.claim.time.from_publication],
        [r for r in reports if r.claim.time],
    ):
        best = _most(periods, lambda claim: (claim.time.start, claim.time.end) if claim.time else None)
        if best:
            return next(
                r.claim.time for r in periods if r.claim.time and (r.claim.time.start, r.claim.time.end) == best
            )
    return None


def _where(reports: Sequence[Report]) -> Place | None:
    """The place that most reports give, exact ones before vague ones, and no more exactly than most of those do."""
    votes: Counter[str] = Counter()
    places: dict[str, list[Place]] = {}
    for report in reports:
        place = report.claim.place
        if place is not None:
            votes[_site(place)] += _weight(report) * _EXACTNESS[place.precision]  # type: ignore[assignment]
            places.setdefault(_site(place), []).append(place)
    if not votes:
        return None
    best = max(votes.values())
    site = next(site for site, n in votes.items() if n == best)
    counts = Counter(place.precision for place in places[site])
    precision = max(counts, key=lambda p: (counts[p], p))
    return replace(next(place for place in places[site] if place.precision == precision), span=None)


def _site(place: Place) -> str:
    return place.gazetteer_id or place.name


def _sides(reports: Sequence[Report], of: Callable[[Claim], tuple[Party, ...]]) -> tuple[Party, ...]:
    """The parties that a quarter of the reports that name any name, at most four, most often named first."""
    votes: Counter[str] = Counter()
    parties: dict[str, Party] = {}
    naming = 0.0
    for report in reports:
        found = of(report.claim)
        naming += _weight(report) if found else 0.0
        for party in {_called(p): p for p in found}.values():
            votes[_called(party)] += _weight(report)  # type: ignore[assignment]
            parties.setdefault(_called(party), replace(party, spans=()))
    first = {name: n for n, name in enumerate(parties)}
    chosen = [name for name in sorted(votes, key=lambda n: (-votes[n], first[n])) if votes[name] >= _SHARE * naming]
    return tuple(parties[name] for name in chosen[:_MOST])


def _called(party: Party) -> str:
    return party.actor_id or party.name.lower()
