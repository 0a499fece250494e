"""Which of the places of a name is meant, and why.

Containers, adjectives, the document's country, nearness to its other places, kind and size are weighed:

    sentences = [find_places(words, "ar", gazetteer), ...]
    resolved = resolve_document(sentences, gazetteer=gazetteer, actor_countries={"SY": 2.0})
    resolved[0][0].place, resolved[0][0].why
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log10

from marsad.geocode.gazetteer import SETTLEMENTS, Candidate, Gazetteer, distance_km
from marsad.geocode.mentions import Offset, PlaceMention, find_places
from marsad.geocode.placing import place, province
from marsad.geocode.precision import codes
from marsad.geocode.vocabulary import capitals
from marsad.model import Place

__all__ = ["Context", "Offset", "PlaceMention", "Resolved", "context_of", "find_places", "resolve", "resolve_document"]

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
_POINTS_TO: dict[str, tuple[str, ...]] = {
    "city": ("city", "town", "village"),
    "town": ("town", "village", "city"),
    "village": ("village", "town"),
    "quarter": ("quarter",),
    "adm1": ("adm1", "city"),
    "adm2": ("adm2", "town"),
    "camp": ("camp", "base"),
    "airport": ("airport", "base"),
    "area": ("quarter", "region", "village", "town", "adm2", "city"),
    "region": ("region", "adm1"),
    "countryside": ("adm1", "city"),
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


@dataclass(frozen=True, slots=True)
class Resolved:
    """A placed mention: the model's Place, the gazetteer record behind it, and why it was chosen."""

    place: Place
    candidate: Candidate
    why: str
    score: float = 0.0
    anaphor: bool = False


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
    return Context(votes, tuple(points))


def _dominant(mention: PlaceMention) -> bool:
    """Whether the first candidate is so much larger than those of other countries that it is hardly ambiguous."""
    first = mention.candidates[0] if mention.candidates else None
    others = [c.population for c in mention.candidates if first and c.country != first.country]
    return first is not None and first.population >= 20 * max(others, default=0)


def resolve_document(
    sentences: Sequence[Sequence[PlaceMention]],
    *,
    gazetteer: Gazetteer,
    actor_countries: Mapping[str, float] | None = None,
    dateline: str = "",
) -> list[list[Resolved | None]]:
    """Every mention of a document placed, sentence by sentence; None where nothing can be told."""
    context = context_of(sentences, actor_countries=actor_countries, dateline=dateline)
    history: list[Resolved] = []
    return [resolve(mentions, context, gazetteer=gazetteer, history=history) for mentions in sentences]


def resolve(
    mentions: Sequence[PlaceMention], context: Context, *, gazetteer: Gazetteer, history: list[Resolved] | None = None
) -> list[Resolved | None]:
    """The mentions of one sentence placed; ``history`` (places so far, in order) is what «المدينة» points back to.

    It grows.
    """
    history = [] if history is None else history
    chosen: dict[int, tuple[Candidate, float, str] | None] = {}
    for n in _outermost_first(mentions):
        outer = [c[0] for m in mentions[n].containers if (c := chosen.get(m)) is not None]
        chosen[n] = _choose(mentions[n], outer, context) if mentions[n].candidates else None
    results: list[Resolved | None] = []
    for n, mention in enumerate(mentions):
        result = _result(n, mentions, chosen, context, gazetteer, history)
        results.append(result)
        if result is not None and not (mention.anaphor and mention.head in ("country", "capital")):
            history.append(result)
    return results


def _outermost_first(mentions: Sequence[PlaceMention]) -> list[int]:
    return sorted(range(len(mentions)), key=lambda n: (len(mentions[n].containers), -n))


def _choose(mention: PlaceMention, outer: list[Candidate], context: Context) -> tuple[Candidate, float, str]:
    scored = [(*_score(c, mention, outer, context), c) for c in mention.candidates]
    score, why, best = max(scored, key=lambda s: (s[0], s[2].population, s[2].id))
    return best, score, why


def _score(c: Candidate, mention: PlaceMention, outer: list[Candidate], context: Context) -> tuple[float, str]:
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
    reach = max(container.radius_km, 75.0 if container.kind == "city" else 30.0)
    if apart <= reach:
        return 6.0, f"stated in {container.name_en}, {apart:.0f} km from its middle"
    return (-1.0 if apart < 2 * reach else -4.0), f"{apart:.0f} km from {container.name_en}"


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


def _result(
    n: int,
    mentions: Sequence[PlaceMention],
    chosen: Mapping[int, tuple[Candidate, float, str] | None],
    context: Context,
    gazetteer: Gazetteer,
    history: list[Resolved],
) -> Resolved | None:
    mention = mentions[n]
    found = chosen.get(n)
    if found is None:
        outer = [c[0] for m in mention.containers if (c := chosen.get(m)) is not None]
        return _pointed(mention, context, gazetteer, history) if mention.anaphor else _unknown(mention, outer, history)
    candidate, score, why = found
    outer = [c[0] for m in mention.containers if (c := chosen.get(m)) is not None]
    if mention.weak and not _supported(mention, candidate, outer, context):
        return None
    if _elsewhere(mention, candidate, outer, context) or _street_named_after(mention, candidate):
        return _unknown(mention, outer, history) if mention.head else None
    other = chosen.get(mention.partner) if mention.partner is not None else None
    if mention.head == "adm1" and candidate.kind in SETTLEMENTS:
        candidate = province(candidate, gazetteer) or candidate
    spot = place(mention, candidate, gazetteer=gazetteer, partner=other[0] if other else None)
    if len(mention.candidates) == 1:
        why = "the only place of this name in the gazetteer" + (f"; {why}" if why else "")
    return Resolved(spot, candidate, why, score)


def _supported(mention: PlaceMention, candidate: Candidate, outer: list[Candidate], context: Context) -> bool:
    """Whether the document bears out a name that is also a common word: it is about the country, or places near it."""
    if mention.country or mention.head or any(c.country == candidate.country for c in outer):
        return True
    if context.share(candidate.country) >= 0.3 or (not context.countries and candidate.id.startswith("marsad:")):
        return True
    return any(distance_km((candidate.lat, candidate.lon), point[:2]) < 80 for point in context.points)


def _elsewhere(mention: PlaceMention, candidate: Candidate, outer: list[Candidate], context: Context) -> bool:
    """Whether a small place lies outside all that is stated, or in a country that the document hardly speaks of."""
    if candidate.population >= 50_000 or mention.country or candidate.kind not in SETTLEMENTS | {"camp"}:
        return False
    stated = {c.country for c in outer if c.country}
    if stated:
        return candidate.country not in stated
    if context.share(context.focus) < 0.5 or context.share(candidate.country) >= 0.15 or not candidate.country:
        return False
    return all(distance_km((candidate.lat, candidate.lon), p[:2]) > 250 for p in context.points if p[3] != mention.name)


def _street_named_after(mention: PlaceMention, candidate: Candidate) -> bool:
    return mention.head == "street" and candidate.kind not in ("site", "quarter", "line")


def _pointed(mention: PlaceMention, context: Context, gazetteer: Gazetteer, history: list[Resolved]) -> Resolved | None:
    """What a noun without a name points back to: «المدينة» the last city, «البلاد» the document's country."""
    country = mention.country or context.focus
    if mention.head in ("country", "capital"):
        name = capitals().get(country, "") if mention.head == "capital" else ""
        wanted = {"country"} if mention.head == "country" else {"city"}
        pool = gazetteer.lookup(name) if name else gazetteer.country(country)
        candidate = next((c for c in pool if c.country == country and c.kind in wanted), None)
        why = f"«{mention.name}»: of {country}, the document's country"
    else:
        kinds = _POINTS_TO.get(mention.head, ())
        back = next((r for r in reversed(history) if r.candidate.kind in kinds and not _vague(r)), None)
        candidate = back.candidate if back else None
        why = f"«{mention.name}» points back to {candidate.name_en}" if candidate else ""
        if candidate and mention.head in ("adm1", "countryside"):
            candidate = province(candidate, gazetteer) or candidate
    if candidate is None:
        return None
    return Resolved(place(mention, candidate, gazetteer=gazetteer), candidate, why, 0.0, anaphor=True)


def _vague(resolved: Resolved) -> bool:
    return resolved.candidate.id.endswith("#unknown")


def _unknown(mention: PlaceMention, outer: list[Candidate], history: list[Resolved]) -> Resolved | None:
    """A name the gazetteer lacks: at its container or the last place named, with that one's precision and no more."""
    base = outer[0] if outer else next((r.candidate for r in reversed(history) if r.candidate.kind != "country"), None)
    if base is None:
        return None
    found, ours = codes(base.kind), codes("unknown_in")
    coarser = found if found.ucdp > ours.ucdp else ours
    spot = Place(
        name=mention.name, text=mention.name, lat=base.lat, lon=base.lon, country=base.country or None,
        precision=coarser.ucdp,
        geo_precision=coarser.acled, accuracy=coarser.accuracy, radius_km=max(base.radius_km, ours.radius_km),
        admin1=(base.name_en if base.kind == "adm1" else base.admin1) or None, gazetteer_id=None,
    )  # fmt: skip
    candidate = replace(base, id=f"{base.id}#unknown", kind=mention.head if mention.head in SETTLEMENTS else base.kind)
    return Resolved(spot, candidate, f"«{mention.name}» is not in the gazetteer; placed by {base.name_en}")
