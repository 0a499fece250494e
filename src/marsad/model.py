"""The nouns of the record, frozen: what every other part passes on.

Offsets are code points into ``Document.text``: ``text[start:end]`` is the quote, always.
Field names are those of the codebook (docs/codebook.md); a claim record is ``Claim`` as JSON.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Factuality = Literal["asserted", "denied", "planned", "possible"]
Scope = Literal["single", "cumulative"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One published text. ``id`` is the caller's, or made from the text's SHA-256 where there is none.

    ``origin`` is the file and line it was read from, for messages only.
    """

    id: str
    text: str
    lang: str | None = None
    published: date | None = None
    title: str = ""
    source: str = ""
    origin: str = field(default="", compare=False, repr=False)

    @property
    def called(self) -> str:
        """How messages name it."""
        return f"{self.origin}: document {self.id}" if self.origin else f"document {self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who did it or had it done to them: ``texts`` are the wordings in the document, ``spans`` their places."""

    name: str
    texts: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    kind: str = ""
    actor_id: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where, no more exactly than the text says; ``precision``: UCDP's ``where_prec``, 1 (exact) to 7 (sea or air)."""

    name: str
    text: str
    lat: float | None
    lon: float | None
    country: str | None
    precision: int
    span: Span | None = None
    geo_precision: int | None = None
    accuracy: str | None = None
    radius_km: float | None = None
    admin1: str | None = None
    gazetteer_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """When: both ends inside the interval; ``date_precision`` is UCDP's 1-5, ``time_precision`` ACLED's 1-3."""

    text: str
    start: date
    end: date
    span: Span | None = None
    date_precision: int = 1
    time_precision: int = 1
    from_publication: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How many: bounds are inclusive, ``None`` is open."""

    of: str
    whom: str | None
    low: int | None
    high: int | None
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who says so."""

    text: str
    name: str
    anonymous: bool
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One source saying, in one document, that an event happened, did not, is planned or might (docs/codebook.md)."""

    id: str
    document: str
    event: str
    factuality: Factuality
    scope: Scope
    trigger: str
    trigger_span: Span
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    place: Place | None = None
    destination: Place | None = None
    time: Period | None = None
    quantities: tuple[Quantity, ...] = ()
    attribution: tuple[Speaker, ...] = ()
    evidence: tuple[str, ...] = ()
    evidence_spans: tuple[Span, ...] = ()
    why: dict[str, str] = field(default_factory=dict)
