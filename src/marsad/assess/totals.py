"""Totals of campaigns: cumulative claims that say the same become one Total, and totals succeed one another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from marsad.assess.reconcile import counted
from marsad.assess.saying import (
    EVERYBODY,
    Saying,
    about,
    agreement,
    common,
    day_of,
    doers,
    rules,
    saying,
    together,
    vague,
    weighed,
)
from marsad.assess.sides import sides_of
from marsad.model import Party, Place, Quantity, Report, Total

_Value = TypeVar("_Value")
_Pair = tuple[Saying, Saying]


def block_keys(report: Report) -> tuple[str, ...]:
    """Where statements that may say the same meet; empty where the report gives no total.

    Two reports that share no key are never one total; the lineage has no part in it. To bring a record up to date it
    is enough to call ``statements`` with all reports that are reached from the new ones over shared keys, again and
    again until no more are found.
    """
    one = saying(report)
    return _keys(one) if one else ()


def statements(reports: Iterable[Report]) -> list[Total]:
    """The totals that reports give, by campaign and day; the order of the reports makes no difference.

    Statements are joined where figures, period, place, side and speaker agree (data/totals.tsv), best agreement first.
    """
    sayings = sorted((one for r in reports if (one := saying(r))), key=lambda one: one.order)
    groups = _Groups(sayings)
    least = rules().points["least"]
    scored = ((agreement(a, b), a, b) for a, b in _candidates(sayings))
    agreed = [(-score, a.order, b.order, a, b) for score, a, b in scored if score >= least]
    for *_, a, b in sorted(agreed, key=lambda entry: entry[:3]):
        groups.join(a, b)
    return sorted(map(_total, groups.all()), key=_chronicle)


def why_one(total: Total) -> dict[str, str]:
    """For each claim of a total, the statement that speaks most for its being one of them, and in what."""
    sayings = [one for report in total.reports if (one := saying(report))]
    reasons: dict[str, str] = {}
    for n, one in enumerate(sayings):
        others = [(agreement(one, other), other) for other in sayings if other is not one]
        points, best = max(others, key=lambda pair: (pair[0], pair[1].report.claim.id), default=(0.0, one))
        if n == 0 or best is one or not (found := weighed(one, best)):
            reasons[one.report.claim.id] = "the first statement" if others else "the one statement"
            continue
        told = ", ".join(f"{name} {worth:+g}" for name, worth in found)
        claim = best.report.claim
        needed = f"{rules().points['least']:g} make one"
        reasons[one.report.claim.id] = (
            f"with claim {claim.id} of {claim.document}, {points:+g} points, {needed}: {told}"
        )
    return reasons


def succession(totals: Iterable[Total]) -> list[Total]:
    """The totals, each with the one that it succeeds: the last of its campaign with the same beginning, or, of counts
    for days, weeks or months, the last of that length. All totals of a campaign must be given together."""
    campaigns: dict[str, list[Total]] = defaultdict(list)
    for total in sorted(totals, key=_chronicle):
        earlier = campaigns[total.campaign]
        before = next((t for t in reversed(earlier) if _succeeds(total, t)), None)
        earlier.append(replace(total, previous=before.id if before else None))
    return [total for name in sorted(campaigns) for total in campaigns[name]]


def _keys(one: Saying) -> tuple[str, ...]:
    """For each figure its rounded number, with the stretches of days near the publication and near the period's end.

    Two stretches each, so that days no farther apart than a stretch is long share one.
    """
    stretches: tuple[str, ...] = _stretches("published", one.day, rules().window)
    if one.closed:
        stretches += _stretches("until", one.last, rules().slack + 1)
    return tuple(sorted({f"{_number(q)} {stretch}" for q in one.figures for stretch in stretches}))


def _stretches(name: str, day: int, length: int) -> tuple[str, str]:
    return f"{name} {day // length}", f"{name} {day // length + 1}"


def _number(quantity: Quantity) -> str:
    if vague(quantity):
        return f"{quantity.of} {quantity.low}-{quantity.high}"
    return f"{quantity.of} {about(quantity)}"


def _candidates(sayings: Sequence[Saying]) -> Iterator[_Pair]:
    """Pairs that share a key and may be one statement by their days, once each."""
    blocks: dict[str, list[Saying]] = defaultdict(list)
    for one in sayings:
        for key in _keys(one):
            blocks[key].append(one)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        for a, b in combinations(blocks[key], 2):
            name = a.report.claim.id, b.report.claim.id
            if name not in seen and together(a, b):
                seen.add(name)
                yield a, b


class _Groups:
    """Statements in groups, joined two by two."""

    def __init__(self, sayings: Sequence[Saying]) -> None:
        self._group = {one.report.claim.id: [one] for one in sayings}

    def join(self, a: Saying, b: Saying) -> None:
        """Make one group of two, unless some were published too far apart or most share no figure: a statement that
        gives two totals holds them both, and must not make them one."""
        ours, theirs = self._group[a.report.claim.id], self._group[b.report.claim.id]
        if ours is theirs or not all(together(x, y) for x in ours for y in theirs):
            return
        alike = sum(bool(common(x, y)[1]) for x in ours for y in theirs)
        if alike * 2 < len(ours) * len(theirs):
            return
        ours.extend(theirs)
        for one in theirs:
            self._group[one.report.claim.id] = ours

    def all(self) -> list[list[Saying]]:
        """The groups, each in the order of its statements."""
        unique = {id(group): group for group in self._group.values()}.values()
        return [sorted(group, key=lambda one: one.order) for group in unique]


def _total(group: Sequence[Saying]) -> Total:
    """One Total of statements that say the same: each field is what most lineages give that give its figure."""
    of, whom, low, high = _figure(group)
    core = [one for one in group if any((q.of, q.low, q.high) == (of, low, high) for q in one.figures)]
    lasting = [one for one in core if one.last and not one.brief] or [one for one in core if one.last]
    first, last = _most([((one.first, one.last), one) for one in lasting]) or (0, core[0].day)
    event = _most([(one.report.claim.event, one) for one in core]) or group[0].report.claim.event
    actors = _parties([(one.report.claim.actors, one) for one in core])
    targets = _parties([(one.report.claim.targets, one) for one in core])
    place = _place(core)
    return Total(
        id=f"t{group[0].report.claim.id[:12]}",
        campaign=_campaign(of, whom, event, actors, targets, place),
        event=event,
        reports=tuple(one.report for one in group),
        of=of,
        whom=whom,
        low=low,
        high=high,
        start=day_of(first),
        end=day_of(last),
        place=place,
        actors=actors,
        targets=targets,
    )


def _figure(group: Sequence[Saying]) -> tuple[str, str | None, int | None, int | None]:
    """The leading figure (of, whom, low, high): of those that at least half as many lineages give as the best known,
    the first by kind; of the most exact group of people that is named for it."""
    given = [(q, one) for one in group for q in one.figures]
    support = _support([((q.of, q.low, q.high), one) for q, one in given])
    most = max(lineages for lineages, _ in support.values())
    words = {(q.of, q.low, q.high) for q, _ in given if vague(q)}
    order = rules().figures
    known = [figure for figure in support if support[figure][0] * 2 >= most]
    of, low, high = min(known, key=lambda f: (f in words, order.index(f[0]), *(-n for n in support[f])))
    people = [(q.whom, one) for q, one in given if (q.of, q.low, q.high) == (of, low, high)]
    return of, _most([(w, one) for w, one in people if w not in EVERYBODY]) or people[0][0], low, high


def _support(votes: Iterable[tuple[_Value, Saying]]) -> dict[_Value, tuple[int, int]]:
    """For each value the lineages and the reports that give it."""
    voters: dict[_Value, tuple[set[str], set[str]]] = {}
    for value, one in votes:
        lineages, claims = voters.setdefault(value, (set(), set()))
        lineages.add(one.report.lineage)
        claims.add(one.report.claim.id)
    return {value: (len(lineages), len(claims)) for value, (lineages, claims) in voters.items()}


def _most(votes: Sequence[tuple[_Value, Saying]]) -> _Value | None:
    """The value that most lineages give, then most reports, then the first."""
    support = _support(votes)
    return max(support, key=support.__getitem__, default=None)


def _place(group: Sequence[Saying]) -> Place | None:
    """The place that most lineages give, in the country that most give; of equals the coarser."""
    placed = [(one.report.claim.place, one) for one in group if one.report.claim.place]
    country = _most([(place.country, one) for place, one in placed])
    there = [(place, one) for place, one in placed if place.country == country]
    support = _support([(_spot(place), one) for place, one in there])
    best = max(support, key=lambda spot: (*support[spot], spot[0]), default=None)
    return next((place for place, _ in there if _spot(place) == best), None)


def _spot(place: Place) -> tuple[int, str]:
    return place.precision, place.gazetteer_id or place.name


def _parties(votes: Sequence[tuple[tuple[Party, ...], Saying]]) -> tuple[Party, ...]:
    """The parties that at least half of the lineages name which name any."""
    named = [(parties, one) for parties, one in votes if parties]
    lineages = len({one.report.lineage for _, one in named})
    support = _support([(party.actor_id or party.name, one) for parties, one in named for party in parties])
    first: dict[str, Party] = {}
    for parties, _ in named:
        for party in parties:
            first.setdefault(party.actor_id or party.name, party)
    return tuple(party for name, party in first.items() if support[name][0] * 2 >= lineages)


def _campaign(
    of: str, whom: str | None, event: str, actors: Sequence[Party], targets: Sequence[Party], place: Place | None
) -> str:
    """What totals must have in common to be of one campaign: what is counted, of whom, by whom, in which country.

    Where fighters of a named side are counted whom a named side killed or took, the two sides are enough: the place of
    such a campaign is told now as a region, now as a country, and the war is the same.
    """
    kind = "violence" if "*" in counted(event) else event
    people = "all" if whom is None or whom in EVERYBODY else whom
    sides = doers(actors)
    side = min((s for s in sides if s.startswith("state:")), default=min(sides, default=""))
    against = min(sides_of(targets), default="") if people == "combatants" else ""
    country = (place.country or "") if place and not (side and against) else ""
    return " | ".join((kind, of, people, side, against, country))


def _chronicle(total: Total) -> tuple[str, int, str]:
    return total.campaign, total.end.toordinal() if total.end else 0, total.id


def _succeeds(later: Total, earlier: Total) -> bool:
    """Whether one count goes on from the other: from the same beginning, or for the next stretch of that length."""
    if later.end is None or earlier.end is None or earlier.end >= later.end:
        return False
    if later.start is None or earlier.start is None:
        return later.start is earlier.start
    if abs((later.start - earlier.start).days) <= rules().same_origin and later.start < earlier.end:
        return True
    lengths = sorted((t.end - t.start).days + 1 for t in (later, earlier) if t.end and t.start)
    return later.start >= earlier.end and lengths[1] <= 2 * lengths[0]
