"""Which of the places of a name is meant, and why.

Containers, adjectives, the document's country, nearness to its other places, kind and size are weighed:

    sentences = [find_places(words, "ar", gazetteer), ...]
    resolved = resolve_document(sentences, gazetteer=gazetteer, actor_countries={"SY": 2.0})
    resolved[0][0].place, resolved[0][0].why
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from marsad.geocode.gazetteer import SETTLEMENTS, Candidate, Gazetteer, distance_km
from marsad.geocode.mentions import Offset, PlaceMention, find_places
from marsad.geocode.placing import place, province
from marsad.geocode.precision import codes
from marsad.geocode.vocabulary import capitals
from marsad.geocode.weigh import FACILITIES, Context, context_of, reach_of, score
from marsad.model import Place

__all__ = ["Context", "Offset", "PlaceMention", "Resolved", "context_of", "find_places", "resolve", "resolve_document"]

_SMALL, _METROPOLIS = 50_000, 1_000_000
_UNITS = frozenset({"adm1", "adm2", "country", "region"})
_LATELY = 300  # places back that «المدينة» may mean
_POINTS_TO: dict[str, tuple[str, ...]] = {
    "city": ("city", "town", "village"),
    "town": ("town", "village", "city"),
    "village": ("village", "town"),
    "quarter": ("quarter",),
    "adm1": ("adm1", "city"),
    "adm2": ("adm2", "town"),
    "camp": ("camp", "base"),
    "airport": ("airport", "base"),
    "region": ("region", "adm1"),
    "countryside": ("adm1", "city"),
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A placed mention: the model's Place, the gazetteer record behind it, and why it was chosen."""

    place: Place
    candidate: Candidate
    why: str
    score: float = 0.0
    anaphor: bool = False
    head: str = ""


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
    scored = [(*score(c, mention, outer, context), c) for c in mention.candidates]
    points, why, best = max(scored, key=lambda s: (s[0], s[2].population, s[2].id))
    return best, points, why


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
    stated = [(mentions[m], c[0]) for m in mention.containers if (c := chosen.get(m)) is not None]
    if found is None and mention.anaphor:
        return _pointed(mention, context, gazetteer, history)
    if found is None:
        return _unknown(mention, stated, history, gazetteer)
    candidate, points, why = found
    outer = [c for _, c in stated]
    if mention.weak and not _supported(mention, candidate, outer, context):
        return None
    if _named_after(mention, candidate, outer, context):
        return _facility(mention, stated, history, gazetteer)
    if _elsewhere(mention, candidate, outer, context):
        return _unknown(mention, stated, history, gazetteer) if mention.head or stated else None
    other = chosen.get(mention.partner) if mention.partner is not None else None
    if mention.head == "adm1" and candidate.kind in SETTLEMENTS:
        candidate = province(candidate, gazetteer) or candidate
    spot = place(mention, candidate, gazetteer=gazetteer, partner=other[0] if other else None)
    if len(mention.candidates) == 1:
        why = "the only place of this name in the gazetteer" + (f"; {why}" if why else "")
    return Resolved(spot, candidate, why, points, head=mention.head)


def _supported(mention: PlaceMention, candidate: Candidate, outer: list[Candidate], context: Context) -> bool:
    """Whether the document bears out a name that is also a common word: it is about the country, or places near it."""
    if mention.country or mention.head or any(c.country == candidate.country for c in outer):
        return True
    if context.share(candidate.country) >= 0.3 or (not context.countries and candidate.id.startswith("marsad:")):
        return True
    return any(distance_km((candidate.lat, candidate.lon), point[:2]) < 80 for point in context.points)


def _elsewhere(mention: PlaceMention, candidate: Candidate, outer: list[Candidate], context: Context) -> bool:
    """Whether a small place lies outside all that is stated, or in a country that the document hardly speaks of."""
    if mention.country or candidate.kind not in SETTLEMENTS | {"camp"}:
        return False
    if candidate.population >= (_METROPOLIS if outer and mention.stated else _SMALL):
        return False
    if any(c.country for c in outer):
        return _outside(candidate, outer)
    if context.share(context.focus) < 0.5 or context.share(candidate.country) >= 0.15 or not candidate.country:
        return False
    return all(distance_km((candidate.lat, candidate.lon), p[:2]) > 250 for p in context.points if p[3] != mention.name)


def _outside(candidate: Candidate, outer: list[Candidate]) -> bool:
    """Whether a place lies in another country than all that is stated, or far from the town that is."""
    inner = outer[0]
    apart = distance_km((candidate.lat, candidate.lon), (inner.lat, inner.lon))
    beyond = inner.kind in SETTLEMENTS and apart > 1.5 * reach_of(inner)
    return candidate.country not in {c.country for c in outer if c.country} or beyond


def _named_after(mention: PlaceMention, candidate: Candidate, outer: list[Candidate], context: Context) -> bool:
    """Whether a facility is only called like a place: «مستشفى القدس في حلب», "Jaffa Street"; not «جامعة الموصل»."""
    if mention.head not in FACILITIES or candidate.kind not in SETTLEMENTS | _UNITS:
        return False
    if mention.head == "street":
        return True
    if outer:
        province_of = outer[0].kind == "adm1" and candidate.admin1 not in ("", outer[0].name_en)
        return _outside(candidate, outer) or (province_of and candidate.country == outer[0].country)
    return context.share(context.focus) >= 0.5 and context.share(candidate.country) < 0.3


def _facility(
    mention: PlaceMention, stated: list[tuple[PlaceMention, Candidate]], history: list[Resolved], gazetteer: Gazetteer
) -> Resolved | None:
    """A hospital, school or street the gazetteer lacks: the town stated, else the last place named."""
    found = _unknown(mention, stated, history, gazetteer)
    if found is None or not stated:
        return found
    at = place(stated[0][0], stated[0][1], gazetteer=gazetteer)
    where = replace(found.place, name=at.name, gazetteer_id=at.gazetteer_id)
    why = f"«{mention.name}» is the name of a facility; it lies in {at.name}, stated"
    return Resolved(where, found.candidate, why)


def _pointed(mention: PlaceMention, context: Context, gazetteer: Gazetteer, history: list[Resolved]) -> Resolved | None:
    """What a noun without a name points back to: «المدينة» the last city, «البلاد» the document's country."""
    country = mention.country or context.focus
    if mention.head == "area" and mention.side is not None:
        mention = replace(mention, head="country")
    if mention.head in ("country", "capital"):
        name = capitals().get(country, "") if mention.head == "capital" else ""
        wanted = {"country"} if mention.head == "country" else {"city"}
        pool = gazetteer.lookup(name) if name else gazetteer.country(country)
        candidate = next((c for c in pool if c.country == country and c.kind in wanted), None)
        why = f"«{mention.name}»: of {country}, the document's country"
    else:
        candidate = _antecedent(mention, history)
        why = f"«{mention.name}» points back to {candidate.name_en}" if candidate else ""
        if candidate and mention.head in ("adm1", "countryside"):
            candidate = province(candidate, gazetteer) or candidate
    if candidate is None:
        return None
    return Resolved(place(mention, candidate, gazetteer=gazetteer), candidate, why, 0.0, anaphor=True)


def _antecedent(mention: PlaceMention, history: list[Resolved]) -> Candidate | None:
    """The place before that a noun means: of its kind, not a mere container, often named, lately, with that noun."""
    kinds = _POINTS_TO.get(mention.head, ())
    exact = 2 if mention.head in ("city", "town", "village", "quarter", "camp", "airport") else 4
    pool = [r for r in history[-_LATELY:] if r.candidate.kind in kinds and r.place.precision <= exact and not _vague(r)]
    if not pool:
        return None
    counts = Counter(r.candidate.id for r in pool)
    lately = {r.candidate.id: n for n, r in enumerate(pool)}
    said = {r.candidate.id for r in pool if r.head == mention.head}

    def weight(r: Resolved) -> tuple[float, int]:
        near = 2.0 / (len(pool) - lately[r.candidate.id])
        return min(counts[r.candidate.id], 4) * 0.5 + near + 1.5 * (r.candidate.id in said), lately[r.candidate.id]

    return max(pool, key=weight).candidate


def _vague(resolved: Resolved) -> bool:
    return resolved.candidate.id.endswith("#unknown")


def _unknown(
    mention: PlaceMention, stated: list[tuple[PlaceMention, Candidate]], history: list[Resolved], gazetteer: Gazetteer
) -> Resolved | None:
    """A name the gazetteer lacks: at its stated container, else in the surroundings of the last place named."""
    if stated:
        base, least = stated[0][1], codes("unknown_in")
        at = place(stated[0][0], base, gazetteer=gazetteer)
    else:
        last = next((r for r in reversed(history) if r.candidate.kind != "country"), None)
        if last is None:
            return None
        base, at, least = last.candidate, last.place, codes("unknown_near")
    coarser = at.precision > least.ucdp
    spot = replace(
        at, name=mention.name, text=mention.name, gazetteer_id=None, precision=max(at.precision, least.ucdp),
        geo_precision=at.geo_precision if coarser else least.acled, accuracy=at.accuracy if coarser else least.accuracy,
        radius_km=max(at.radius_km or 0.0, least.radius_km),
    )  # fmt: skip
    candidate = replace(base, id=f"{base.id}#unknown", kind=mention.head if mention.head in SETTLEMENTS else base.kind)
    how = "stated" if stated else "the last place named"
    return Resolved(spot, candidate, f"«{mention.name}» is not in the gazetteer; placed by {at.name}, {how}")
