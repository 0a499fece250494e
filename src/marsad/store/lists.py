"""The rows of lists: what a page shows of incidents, claims and documents without opening each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeVar

from marsad.assess.doubt import Reason
from marsad.model import Factuality, Known, Place

Row = TypeVar("Row")
State = Literal["open", "accepted", "corrected", "rejected", "added"]
Step = Literal["day", "week", "month", "year"]
Split = Literal["actor", "event", "grade"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """Some rows of a list: ``total`` is how many there are in all, ``offset`` how many come before these."""

    rows: tuple[Row, ...]
    total: int
    offset: int = 0
    limit: int = 0

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A figure of an incident; ``None`` is not known, or no end."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    known: Known = "none_reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident in a list: ``precision`` is UCDP's where_prec (``None`` without a place), ``civilians`` are those
    killed, ``actors`` and ``targets`` are (id or else name, name); ``unreviewed`` claims are open."""

    id: str
    event: str
    title_en: str
    title_ar: str
    start: date | None
    end: date | None
    date_precision: int
    country: str | None
    place: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: int | None
    grade: str | None
    killed: Range
    injured: Range
    civilians: Range
    documents: int
    lineages: int
    claims: int
    actors: tuple[tuple[str, str], ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    unreviewed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Incidents for a map, as columns of one length, in the order of their days; ``day`` is ISO 8601 or "".

    ``killed_best`` is ``None`` where nothing is known or said; ``killed_known`` tells which.
    """

    ids: tuple[str, ...] = ()
    lat: tuple[float, ...] = ()
    lon: tuple[float, ...] = ()
    radius_km: tuple[float | None, ...] = ()
    precision: tuple[int, ...] = ()
    day: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    grade: tuple[str | None, ...] = ()
    country: tuple[str | None, ...] = ()
    killed_best: tuple[int | None, ...] = ()
    killed_known: tuple[Known, ...] = ()
    title_en: tuple[str, ...] = ()
    title_ar: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What happened in each step of a timeline, as columns of its length.

    An open upper bound counts as the best figure, and that as the low one; ``unknown`` incidents have killed whom
    nobody counts, so the sums are at least what they say. Sums are None where no incident of the step has a counted
    figure: ``killed_counted`` and ``injured_counted`` have one, "zero" being one.
    """

    events: tuple[int, ...]
    killed_low: tuple[int | None, ...]
    killed_best: tuple[int | None, ...]
    killed_high: tuple[int | None, ...]
    injured_low: tuple[int | None, ...]
    injured_best: tuple[int | None, ...]
    injured_high: tuple[int | None, ...]
    civilians_best: tuple[int | None, ...]
    killed_counted: tuple[int, ...]
    injured_counted: tuple[int, ...]
    civilians_counted: tuple[int, ...]
    injured_unknown: tuple[int, ...]
    unknown: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Incidents by the first day of each step, every step from the first to the last; ``series`` by key.

    Keys are ids of actors (or their names), events or grades, "" where there is none, ``*`` for all that are not shown
    by themselves or where nothing splits them; ``names`` says how actors are called. ``undated`` stand in no step.
    """

    by: Step
    starts: tuple[date, ...] = ()
    series: dict[str, Series] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    undated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A report of movement or control: what its source says, not what is so."""

    claim: str
    document: str
    source: str
    published: date | None
    lang: str
    factuality: Factuality
    event: str
    actors: tuple[tuple[str, str], ...]
    place: Place | None
    destination: Place | None
    day: date | None
    evidence: str
    incident: str | None = None
    end: date | None = None
    date_precision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """Which claims; a field that is None asks for nothing. ``since`` and ``until`` are days of publication, inclusive.

    ``text`` is searched for in evidence and names as documents are searched; ``document`` is an id.
    """

    state: State | None = "open"
    lang: str | None = None
    event: str | None = None
    factuality: str | None = None
    country: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    document: str | None = None
    order: Literal["doubt", "new", "published", "text"] = "doubt"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """A claim to check: ``doubt`` from 0 to 100 and the reasons for it, the weightiest first."""

    claim: str
    document: str
    title: str
    source: str
    published: date | None
    lang: str
    event: str
    factuality: Factuality
    evidence: str
    trigger: str
    day: date | None
    place: str
    country: str | None
    doubt: int
    reasons: tuple[Reason, ...]
    state: State
    incident: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """Which documents; a field that is None asks for nothing. ``state``: ``open`` has claims to check, ``done`` none
    any more, ``empty`` never had any."""

    state: Literal["open", "done", "empty"] | None = None
    lang: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    order: Literal["new", "published"] = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A current document: ``added`` is the time in UTC; ``claims`` in all, of which some are open, some reviewed."""

    id: str
    title: str
    source: str
    lang: str
    published: date | None
    added: str
    version: int
    claims: int
    open: int
    reviewed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One value of a field, how it is called (or ""), and how many rows have it under the other conditions."""

    value: str
    name: str
    count: int
