"""What is compared of a claim: a node, made once for each claim and kept beside it."""

import zlib
from datetime import date
from functools import lru_cache

import msgspec

from marsad.lang.stems import words
from marsad.lang.text import fold, normalise
from marsad.link.events import families, makes_incident, role
from marsad.model import Claim, Document, Party, Place, Role

_REACH_BACK = 3
_LONG = 31
_SHORTEST = 3
_EXACT, _DISTRICT, _COUNTRY = 2, 3, 6


class Side(msgspec.Struct, frozen=True, array_like=True):
    """A party as it is compared: ``name`` is the lexicon's id where it is ``known``, else what it is called.

    ``kind`` is the ACLED inter code.
    """

    name: str
    known: bool
    kind: str
    country: str


class Node(msgspec.Struct, frozen=True, array_like=True):
    """A claim as it is compared. Days are proleptic ordinals, both inside; places are degrees and kilometres.

    ``role``: what it is to an incident; ``speaks``: it can make one; ``span``: days that it covers, 0 if not told.
    ``dated``: the text gives the days; else they are those before publication.
    """

    claim: str
    document: str
    lang: str
    event: str
    family: str
    role: Role
    speaks: bool
    span: int
    published: int
    sentence: int
    dated: bool
    first: int
    last: int
    site: str
    site_name: str
    lat: float
    lon: float
    radius: float
    precision: int
    country: str
    admin1: str
    actors: tuple[Side, ...]
    targets: tuple[Side, ...]
    killed: tuple[tuple[int, int], ...]
    injured: tuple[tuple[int, int], ...]
    counted: tuple[tuple[str, int], ...]
    words: frozenset[int]
    main_sentence: int


def make_node(claim: Claim, document: Document, *, main: bool = False) -> Node:
    """The features of a claim of this document; ``main``: the document's main claim, which its title tells of too."""
    family = families()[claim.event]
    dated, first, last = _days(claim, document.published)
    place = claim.place
    return Node(
        claim=claim.id,
        document=document.id,
        lang=document.lang or "",
        event=claim.event,
        family=family.family,
        role=role(claim.factuality, claim.scope),
        speaks=makes_incident(claim.event, claim.factuality, claim.scope),
        span=(claim.time.end - claim.time.start).days + 1 if claim.time else 0,
        published=document.published.toordinal() if document.published else 0,
        sentence=claim.evidence_spans[0][0] if claim.evidence_spans else 0,
        dated=dated,
        first=first,
        last=last,
        site=(place.gazetteer_id or "") if place else "",
        site_name=fold(place.name) if place else "",
        lat=place.lat if place and place.lat is not None else 0.0,
        lon=place.lon if place and place.lon is not None else 0.0,
        radius=_radius(place),
        precision=place.precision if place and place.lat is not None else 0,
        country=(place.country or "") if place else "",
        admin1=(place.admin1 or "") if place else "",
        actors=_sides(claim.actors),
        targets=_sides(claim.targets),
        killed=_bounds(claim, "killed"),
        injured=_bounds(claim, "injured"),
        counted=tuple(
            (q.of, q.low) for q in claim.quantities if q.low is not None and q.of not in ("killed", "injured")
        ),
        words=_words(claim, document.title if main else ""),
        main_sentence=_checksum(claim.evidence[0]) if claim.evidence else 0,
    )


def _words(claim: Claim, title: str) -> frozenset[int]:
    """Checksums of the stems of the main sentence, and of the title, that have three letters and more."""
    told = normalise(f"{title} {claim.evidence[0] if claim.evidence else ''}").text
    found = (stems.best for _, stems in words(told))
    return frozenset(_checksum(stem) for stem in found if len(stem) >= _SHORTEST and not stem.isdigit())


@lru_cache(maxsize=65536)
def _checksum(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _days(claim: Claim, published: date | None) -> tuple[bool, int, int]:
    if claim.time is not None and (claim.time.end - claim.time.start).days < _LONG:
        return not claim.time.from_publication, claim.time.start.toordinal(), claim.time.end.toordinal()
    if claim.time is not None:
        return False, _back(claim.time.end), claim.time.end.toordinal()
    if published is None:
        return False, 0, 0
    return False, _back(published), published.toordinal()


def _back(day: date) -> int:
    """Some days before a day, but not before the first of the calendar."""
    return max(1, day.toordinal() - _REACH_BACK)


def _radius(place: Place | None) -> float:
    return place.radius_km or 0.0 if place else 0.0


def _sides(parties: tuple[Party, ...]) -> tuple[Side, ...]:
    return tuple(Side(p.actor_id or p.name.lower(), bool(p.actor_id), p.kind, p.country or "") for p in parties)


def _bounds(claim: Claim, of: str) -> tuple[tuple[int, int], ...]:
    """Counted figures of this kind as (low, high), an open end standing for the other; noughts left out.

    "No civilian was killed" is said of the very strike in which others count six.
    """
    found = []
    for quantity in claim.quantities:
        low, high = quantity.low, quantity.high
        if quantity.of != of or (low is None and high is None):
            continue
        low = high if low is None else low
        high = low if high is None else high
        if low is not None and high:
            found.append((low, high))
    return tuple(found)
