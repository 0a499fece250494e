"""The nouns of the record, frozen: what every other part passes on.

Offsets are code points into ``Document.text``: ``text[start:end]`` is the quote, always.
Field names are those of the codebook (docs/codebook.md); a claim record is ``Claim`` as JSON.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Factuality = Literal["asserted", "denied", "planned", "possible"]
Scope = Literal["single", "cumulative"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One published text. ``id`` is the caller's, or made from the text's SHA-256 where there is none.

    ``origin`` is the file and line it was read from, for messages only. ``captured`` is the SHA-256 of the bytes as
    received, ``derived`` how the text was taken from them. ``about`` is what a page, file or message says of it beside:
    ``author``, ``outlet``, ``translated_from``, ``disclaimer``, ``url``, ``forwarded_from``, ``media``,
    ``archived``, ``created``.
    """

    id: str
    text: str
    lang: str | None = None
    published: date | None = None
    title: str = ""
    source: str = ""
    origin: str = field(default="", compare=False, repr=False)
    captured: str | None = field(default=None, compare=False)
    derived: str = field(default="", compare=False)
    about: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def called(self) -> str:
        """How messages name it."""
        return f"{self.origin}: document {self.id}" if self.origin else f"document {self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What was received, as it was received: ``at`` is the time in UTC, headers in their order."""

    url: str
    at: str
    content: bytes = field(repr=False)
    media_type: str = ""
    status: int | None = None
    request_headers: tuple[tuple[str, str], ...] = ()
    response_headers: tuple[tuple[str, str], ...] = ()
    software: str = ""


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


Role = Literal["reports", "denies", "plans", "supposes", "totals"]
"""What a claim is to its incident: only one that reports can make an incident."""

Known = Literal["counted", "unknown", "zero", "none_reported"]
"""How much is known of a figure: a number, some but not how many, said to be none, nothing said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A claim in its setting: the document that makes it, and the lineage of copies to which that belongs."""

    claim: Claim
    role: Role
    lineage: str
    published: date | None = None
    source: str = ""
    lang: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What claims were joined into, before it is assessed; reports by day of publication, then document, then claim.

    ``id`` comes from the first claim that reports, so that it stays as later reports join.
    """

    id: str
    event: str
    reports: tuple[Report, ...]
    start: date | None = None
    end: date | None = None
    date_precision: int = 5
    place: Place | None = None
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)
    """For each claim, by its id: why it was joined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one claim says of one harmed group; bounds are inclusive, ``None`` is open.

    ``use``: ``counts`` gives a bound, ``part`` of a larger figure of its document, ``vague`` where others count,
    ``superseded`` by a later count of its lineage or speaker, ``dissents`` from the rest, ``doubted`` by a person,
    ``conceded`` by a belligerent (kept apart, and counted too).
    """

    claim: str
    lineage: str
    low: int | None
    high: int | None
    text: str
    said_by: str = ""
    published: date | None = None
    use: Literal["counts", "part", "vague", "superseded", "dissents", "doubted", "conceded"] = "counts"
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Killed or injured of one harmed group: ``whom`` is ``all``, or a ``whom`` of the codebook; each bound with the
    ids of the claims behind it. ``None`` is not known, or no end."""

    of: Literal["killed", "injured"]
    whom: str
    known: Known
    low: int | None = None
    best: int | None = None
    high: int | None = None
    low_claims: tuple[str, ...] = ()
    best_claims: tuple[str, ...] = ()
    high_claims: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the claims of an incident amount to, each part with the rule that gave it.

    ``grade`` and ``strike_status`` are codes of Airwars; ``acled`` and ``ucdp`` hold columns of those code books;
    ``ohchr`` has a row for each group of the killed, by cause, status, sex and age (SDG indicator 16.1.2).
    """

    estimates: tuple[Estimate, ...] = ()
    grade: str | None = None
    grade_rule: str = ""
    grade_why: str = ""
    grade_by: str = ""
    strike_status: str | None = None
    strike_rule: str = ""
    acled: dict[str, str | int | None] = field(default_factory=dict)
    ucdp: dict[str, str | int | None] = field(default_factory=dict)
    ohchr: tuple[dict[str, str | int | None], ...] = ()

    def estimate(self, of: str, whom: str = "all") -> Estimate | None:
        """The estimate of this kind and group, if one was made."""
        return next((e for e in self.estimates if e.of == of and e.whom == whom), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One happening, as all its reports tell it together."""

    case: Case
    assessment: Assessment
    title_en: str
    title_ar: str

    @property
    def id(self) -> str:
        """Stable as the incident grows."""
        return self.case.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One statement of a campaign's total (cumulative claims that say the same): never an incident.

    ``summed`` is what the incidents of the same actors, place and period add up to, as low and high bounds;
    ``previous`` the total that this one succeeds.
    """

    id: str
    campaign: str
    event: str
    reports: tuple[Report, ...]
    of: str
    whom: str | None
    low: int | None
    high: int | None
    start: date | None = None
    end: date | None = None
    place: Place | None = None
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    summed_low: int | None = None
    summed_high: int | None = None
    incidents: tuple[str, ...] = ()
    previous: str | None = None


Verb = Literal[
    "merge", "split", "move", "grade", "assess", "source", "credibility", "accept", "reject", "correct", "add", "undo"
]
"""What a person can decide: about incidents, a source, a claim, an earlier decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided; ``undone`` where a later ``undo`` took it back. Never changed, never deleted.

    ``about`` are claims, of an incident all that it had, the one it is called after first; a source; or the numbers of
    decisions. ``value`` is JSON for ``merge``, ``move``, ``assess``, ``correct`` and ``add``: their ``content``.
    """

    seq: int
    at: str
    who: str
    verb: Verb
    about: tuple[str, ...]
    value: str = ""
    because: str = ""
    undone: bool = False

    @property
    def content(self) -> dict[str, Any]:
        """What it says beside what it is about; empty where ``value`` is no JSON.

        ``merge``: the claims of the ``first`` and ``second`` incident; ``move``: those of the incident that the moved
        ones went ``to``, and of those they came ``from``; the one that an incident is called after is first.
        ``assess``: ``en`` and ``ar``; ``correct``: fields of the claim; ``add``: the claim.
        """
        found: dict[str, Any] = json.loads(self.value) if self.value.startswith("{") else {}
        return found
