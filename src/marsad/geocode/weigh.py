"""What a document says about where it is, and how much speaks for each place of a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log10

from marsad.geocode.gazetteer import SETTLEMENTS, Candidate, distance_km
from marsad.geocode.mention import PlaceMention

FACILITIES = frozenset({"site", "street"})
_POINTS = 400  # certain places of a document by which others are weighed
_FITS: dict[str, frozenset[str]] = {
    "city": frozenset({"city", "town", "village"}),
    "capital": frozenset({"city"}),
    "town": frozenset({"town", "village", "city"}),
    "village": frozenset({"village", "town"}),
    "quarter": frozenset({"quarter"}),
    "adm1": frozenset({"adm1"}),
    "adm2": frozenset({"adm2"}),
    "area": frozenset({"quarter", "region", "town", "village", "adm2", "site", "base"}),
    "region": frozenset({"region", "mountain"}),
    "camp": frozenset({"camp", "base"}),
    "airport": frozenset({"airport", "base"}),
    "base": frozenset({"base", "airport", "camp"}),
    "crossing": frozenset({"crossing"}),
    "port": frozenset({"port"}),
    "dam": frozenset({"dam"}),
    "mountain": frozenset({"mountain", "region"}),
    "line": frozenset({"line"}),
    "sea": frozenset({"sea"}),
    "country": frozenset({"country"}),
    "site": frozenset({"site", "base", "airport", "quarter"}),
    "street": frozenset({"site", "quarter"}),
    "front": frozenset({"quarter", "village", "town", "region"}),
}


@dataclass(frozen=True, slots=True)
class Context:
    """What the document tells.

    Weight by country, and its certain places as (lat, lon, English name, name in the text).
    """

    countries: Mapping[str, float] = field(default_factory=dict)
    points: tuple[tuple[float, float, str, str], ...] = ()

    @property
    def focus(self) -> str:
        """The country with most weight, "" if there is none."""
        return max(self.countries, key=lambda c: (self.countries[c], c), default="")

    def share(self, country: str) -> float:
        """The country's part of all weight, 0 to 1."""
        total = sum(self.countries.values())
        return self.countries.get(country, 0.0) / total if total else 0.0


def context_of(
    sentences: Sequence[Sequence[PlaceMention]],
    *,
    actor_countries: Mapping[str, float] | None = None,
    dateline: str = "",
) -> Context:
    """Votes of all mentions: 1 for a name of one country, shared by size for an ambiguous one.

    Actors' countries are given.
    """
    votes: dict[str, float] = {}
    points: list[tuple[float, float, str, str]] = []
    for mention in (mention for sentence in sentences for mention in sentence):
        if mention.head in FACILITIES and mention.containers:
            continue  # called like a place, or within what is stated and votes for itself
        if mention.country:
            votes[mention.country] = votes.get(mention.country, 0.0) + 1.0
        countries = {c.country for c in mention.candidates if c.country}
        if len(countries) == 1 or _dominant(mention):
            first = mention.candidates[0]
            weight = 0.5 if first.kind == "country" or mention.loose else 1.0
            votes[first.country] = votes.get(first.country, 0.0) + weight
            if first.kind not in ("country", "sea") and len(mention.candidates) <= 4:
                points.append((first.lat, first.lon, first.name_en, mention.name))
        elif countries:
            total = sum(log10(c.population + 10) for c in mention.candidates)
            for c in mention.candidates:
                votes[c.country] = votes.get(c.country, 0.0) + 0.25 * log10(c.population + 10) / total
    for country, weight in (actor_countries or {}).items():
        votes[country] = votes.get(country, 0.0) + 0.5 * weight
    if dateline:
        votes[dateline] = votes.get(dateline, 0.0) + 0.5
    return Context(votes, tuple(dict.fromkeys(points))[:_POINTS])


def _dominant(mention: PlaceMention) -> bool:
    """Whether the first candidate is so much larger than those of other countries that it is hardly ambiguous."""
    first = mention.candidates[0] if mention.candidates else None
    others = [c.population for c in mention.candidates if first and c.country != first.country]
    return first is not None and first.population >= 20 * max(others, default=0)


def score(c: Candidate, said: PlaceMention | None, outer: list[Candidate], context: Context) -> tuple[float, str]:
    """How much speaks for a candidate, and the reasons that weigh most; ``said`` is None for a name by itself."""
    mention = said or PlaceMention(0, 1, (0, 1), c.name_en, (c,))
    parts: list[tuple[float, str]] = [(0.45 * log10(c.population + 10), f"size {c.population}")]
    parts.append((-0.7 * (c.alternate and c.population < 50_000), "an alternate name of it"))
    parts.append(_kind_score(c, mention))
    if c.kind == "city" and c.population >= 1_000_000 and not mention.head and not outer:
        parts.append((1.0, "a city of over a million"))
    if mention.country:
        parts.append((7.0 if c.country == mention.country else -7.0, f"stated country {mention.country}"))
    for container in outer:
        parts.append(_container_score(c, container))
    share = context.share(c.country)
    parts.append((5.0 * share, f"the document is about {c.country} ({share:.0%})"))
    near = _nearness(c, mention.name, context)
    if near:
        parts.append(near)
    reasons = [text for value, text in sorted(parts, key=lambda part: -abs(part[0])) if abs(value) >= 0.75]
    return sum(value for value, _ in parts), "; ".join(reasons)


def _kind_score(c: Candidate, mention: PlaceMention) -> tuple[float, str]:
    head = mention.head
    if mention.countryside:
        return (2.5 if c.kind in ("adm1", "city") else 0.0), "countryside of a province"
    if not head:
        bonus = {
            "country": 1.0,
            "adm1": -1.2,
            "adm2": -1.0,
            "region": 0.5,
            "sea": 1.5,
            "camp": -0.3,
            "quarter": -1.5 if mention.containers else -3.0,
        }.get(c.kind, 0.0)
        return bonus, f"no noun beside it, {c.kind} read first" if bonus > 0 else f"no noun says {c.kind}"
    fits = _FITS.get(head)
    if fits is None:
        return 0.0, ""
    if c.kind in fits:
        exact = 4.0 if c.kind == head or head == "area" else 3.0
        return exact, f"«{head}» is said of it"
    lenient = head in ("adm1", "adm2") and c.kind in SETTLEMENTS
    return (0.5 if lenient else -2.5), f"said to be {head}, is {c.kind}"


def _container_score(c: Candidate, container: Candidate) -> tuple[float, str]:
    if c.id == container.id:
        return -3.0, "its own container"
    if container.kind == "country":
        return (7.0 if c.country == container.country else -7.0), f"stated in {container.name_en}"
    if c.country != container.country and container.country:
        return -6.0, f"not in {container.name_en}"
    apart = distance_km((c.lat, c.lon), (container.lat, container.lon))
    if container.kind == "adm1" and c.admin1:
        if c.admin1 == container.name_en:
            return 7.0, f"stated in {container.name_en}"
        return (1.0 if apart < container.radius_km else -3.0), f"beside {container.name_en}"
    reach = reach_of(container)
    if apart <= reach:
        return 6.0, f"stated in {container.name_en}, {apart:.0f} km from its middle"
    return (-1.0 if apart < 2 * reach else -4.0), f"{apart:.0f} km from {container.name_en}"


def reach_of(container: Candidate) -> float:
    """Within how many km of its middle a place stated to lie in the container may be; seats stand for provinces."""
    seat = container.kind == "city" and container.admin1.split(" ")[0] == container.name_en.split(" ")[0]
    return max(container.radius_km, 75.0 if seat else 35.0)


def _nearness(c: Candidate, text: str, context: Context) -> tuple[float, str] | None:
    here = (c.lat, c.lon)
    others = [
        (distance_km(here, (lat, lon)), name)
        for lat, lon, name, said in context.points
        if said != text and name != c.name_en
    ]
    if not others or c.kind in ("country", "sea"):
        return None
    apart, name = min(others)
    value = 2.0 if apart < 40 else 1.2 if apart < 120 else 0.5 if apart < 350 else 0.0
    return (value, f"{apart:.0f} km from {name}, also named") if value else None
