"""A place mention: what one sentence says of a place, before it is known which place is meant."""

from dataclasses import dataclass, field

from marsad.geocode.packed import Candidate

OPENERS, CLOSERS = frozenset('"(«['), frozenset('")»]')


@dataclass(frozen=True, slots=True)
class Offset:
    """How the event lies to the named place: bearing in degrees (None: unknown), km (None: not stated)."""

    bearing: float | None = None
    km: float | None = None
    near: float = 0.0
    inside: bool = False
    along: bool = False
    over: bool = False


@dataclass(slots=True)
class PlaceMention:
    """A place named in a sentence, as token ranges: ``start:end`` with its nouns and directions, ``core`` the name.

    ``head``: kind that the noun before or after it states ("" for none) · ``prefix``: proclitic on the first token ·
    ``countryside``: «ريف X», «X وريفها» · ``side``: bearing of a part («ريف حلب الشمالي», "northern Syria") ·
    ``country``: of an adjective beside it («الرقة السورية») · ``containers``: indexes (in the sentence's list) of
    mentions stated to contain it · ``partner``: the other end of «بين X وY» · ``anaphor``: no name, a noun that
    points back («المدينة», «البلاد») · ``unknown``: a name the gazetteer lacks, after a noun such as «قرية» ·
    ``stated``: by "in", «في» or a comma, not by "to" · ``weak``: the name is also a common word; it stands only in a
    document about its country.
    """

    start: int
    end: int
    core: tuple[int, int]
    name: str
    candidates: tuple[Candidate, ...]
    head: str = ""
    prefix: str = ""
    loose: bool = False
    countryside: bool = False
    side: float | None = None
    offset: Offset = field(default_factory=Offset)
    country: str = ""
    containers: list[int] = field(default_factory=list)
    partner: int | None = None
    anaphor: bool = False
    unknown: bool = False
    weak: bool = False
    stated: bool = False
