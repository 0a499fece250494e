"""Incidents as they were linked and assessed last, and the ways to find them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import msgspec
from sqlalchemy import ColumnElement, and_, func, or_, select, text

from marsad.assess.reconcile import Summand, Summing
from marsad.assess.sources import dissenting, parts_of
from marsad.lang.text import fold
from marsad.model import Estimate, Incident
from marsad.store import search
from marsad.store.distance import box, kilometres
from marsad.store.parties import named, names
from marsad.store.schema import claims, documents, incident_records, incident_sources, incidents, members, nodes
from marsad.store.session import Session, uncollected

_decode = msgspec.json.Decoder(Incident).decode
_summand = msgspec.json.Decoder(Summand).decode
_CHUNK = 500
_GAPS = re.compile(r"[\s\"'()\[\],.:;/-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which incidents; a field that is None asks for nothing.

    ``since`` and ``until`` are inclusive, and an incident overlaps them; ``actor`` is an id or part of a name; ``near``
    is latitude and longitude in degrees and kilometres; ``text`` is searched for as documents are.
    """

    country: str | None = None
    since: date | None = None
    until: date | None = None
    event: str | None = None
    actor: str | None = None
    near: tuple[float, float, float] | None = None
    grade: str | None = None
    text: str | None = None


def replace(db: Session, removed: Sequence[str], added: Sequence[Incident]) -> None:
    """Take incidents out by id, and put others in; a claim is in one incident at most."""
    for column in (members.c.incident, incident_sources.c.incident, incident_records.c.incident, incidents.c.id):
        db.delete(column, removed)
    ordered = sorted(added, key=lambda i: i.id)
    with uncollected():
        db.insert(incidents, [_row(incident) for incident in ordered])
        db.insert(incident_records, [_whole(incident) for incident in ordered])
        db.insert(incident_sources, [row for incident in ordered for row in _sources(incident)])
    wanted = [report.claim.id for incident in added for report in incident.case.reports]
    rows = db.rows(select(nodes.c.id, nodes.c.claim).where(db.among(nodes.c.id, wanted)))
    numbers = dict(rows)
    db.insert(members, sorted((numbers[claim], *row) for incident in added for claim, *row in _members(incident)))


def _row(incident: Incident) -> tuple[Any, ...]:
    case, place = incident.case, incident.case.place
    either = case.event == "armed_clash"  # its sides may stand either way
    parties = [[(p.actor_id or p.name, p.name) for p in side] for side in (case.actors, case.targets)]
    return (
        case.id,
        case.event,
        case.start.isoformat() if case.start else None,
        case.end.isoformat() if case.end else None,
        place.country if place else None,
        place.lat if place else None,
        place.lon if place else None,
        incident.assessment.grade,
        names(case.actors + case.targets if either else case.actors),
        " ".join(["", *_GAPS.split(_words(incident))]),
        incident.title_en,
        incident.title_ar,
        case.date_precision,
        place.name if place else "",
        place.precision if place else None,
        place.radius_km if place else None,
        *_bounds(incident.assessment.estimate("killed")),
        *_bounds(incident.assessment.estimate("injured")),
        *_bounds(incident.assessment.estimate("killed", "civilians")),
        len({report.claim.document for report in case.reports}),
        len({report.lineage for report in case.reports}),
        len(case.reports),
        msgspec.json.encode(parties).decode(),
    )


def _bounds(estimate: Estimate | None) -> tuple[str, int | None, int | None, int | None]:
    if estimate is None:
        return "none_reported", None, None, None
    return estimate.known, estimate.low, estimate.best, estimate.high


def _whole(incident: Incident) -> tuple[str, str, str]:
    encode = msgspec.json.encode
    return incident.id, encode(incident).decode(), encode(Summand.of(incident)).decode()


def _sources(incident: Incident) -> list[tuple[str, str, bool, bool]]:
    parts = sorted(parts_of(incident).items())
    return [(incident.id, source, part.first, part.contradicted) for source, part in parts]


def _members(incident: Incident) -> Iterator[tuple[str, str, bool, bool]]:
    """Each claim, its incident, whether its document repeats an earlier one here, and whether its figure dissents."""
    repeating = {document for part in parts_of(incident).values() for document in part.repeats}
    apart = dissenting(incident)
    for report in incident.case.reports:
        yield report.claim.id, incident.id, report.claim.document in repeating, report.claim.id in apart


def summands(db: Session, wanted: Iterable[Summing]) -> list[Summand]:
    """What totals sum of incidents, of all that one of them may count."""
    spans: dict[tuple[str, frozenset[str]], tuple[int, int]] = {}
    for country, events, first, last in wanted:
        least, most = spans.get((country, events), (first, last))
        spans[country, events] = min(least, first), max(most, last)
    joined = incident_records.join(incidents, incidents.c.id == incident_records.c.incident)
    found: dict[str, str] = {}
    for (country, events), (first, last) in spans.items():
        since, until = (date.fromordinal(max(1, day)).isoformat() for day in (first, last))
        where = [incidents.c.start >= since, incidents.c.start <= until, incidents.c.event.in_(sorted(events))]
        if country:
            where.append(incidents.c.country == country)
        found |= dict(db.rows(select(incidents.c.id, incident_records.c.summand).select_from(joined).where(*where)))
    with uncollected():
        return [_summand(summand) for summand in found.values()]


def get(db: Session, ids: Sequence[str]) -> dict[str, Incident]:
    """Incidents by id; those that there are none of are left out."""
    table = incident_records.c
    rows = db.rows(select(table.incident, table.record).where(db.among(table.incident, ids)))
    with uncollected():
        return {id_: _decode(record) for id_, record in rows}


def of_claims(db: Session, claims: Sequence[str]) -> dict[str, str]:
    """The ids of the incidents of these claims, by claim; claims of none are left out."""
    joined = members.join(nodes, nodes.c.claim == members.c.claim)
    chosen = select(nodes.c.id, members.c.incident).select_from(joined)
    return dict(db.rows(chosen.where(db.among(nodes.c.id, claims))))


def claims_of(db: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    """The claims in these incidents, by incident, in the order of their ids."""
    joined = members.join(nodes, nodes.c.claim == members.c.claim)
    chosen = select(members.c.incident, nodes.c.id).select_from(joined).order_by(nodes.c.id)
    found: dict[str, list[str]] = {}
    for incident, claim in db.rows(chosen.where(db.among(members.c.incident, ids))):
        found.setdefault(incident, []).append(claim)
    return found


def ids(db: Session) -> list[str]:
    """The ids of all incidents, in order."""
    return [id_ for (id_,) in db.rows(select(incidents.c.id).order_by(incidents.c.id))]


def count(db: Session) -> int:
    """How many incidents there are."""
    return int(db.value(select(func.count()).select_from(incidents)))


def resolve(db: Session, id: str) -> str | None:
    """The incident that is called this now, or that holds what once was called so.

    An incident is called after a claim: where that claim is in another incident by now, that one; where its document
    has a newer version without it, the incident of that version's main claim. Where the claim is still there and in no
    incident (a person rejected it, or made of it what makes none), there is none.
    """
    if db.value(select(incidents.c.id).where(incidents.c.id == id)):
        return id
    seeded = select(claims.c.n).where(claims.c.seed == id)
    found = select(members.c.incident).where(members.c.claim.in_(seeded)).order_by(members.c.incident)
    held: str | None = db.value(found)
    if held is not None:
        return held
    said = select(claims.c.document).where(claims.c.seed == id)
    if db.value(select(documents.c.n).where(documents.c.current, documents.c.n.in_(said))) is not None:
        return None
    once = select(documents.c.id).where(documents.c.n.in_(said))
    joined = (
        members.join(nodes, nodes.c.claim == members.c.claim)
        .join(claims, claims.c.n == nodes.c.claim)
        .join(documents, documents.c.n == claims.c.document)
    )
    newer = select(members.c.incident).select_from(joined).where(documents.c.current, documents.c.id.in_(once))
    later: str | None = db.value(newer.order_by(nodes.c.rank, members.c.incident))
    return later


def renew(db: Session) -> None:
    """Put every incident anew as it is, as after a change to what is kept of it."""
    known = ids(db)
    for start in range(0, len(known), _CHUNK):
        batch = known[start : start + _CHUNK]
        replace(db, batch, list(get(db, batch).values()))


def find(db: Session, chosen: Filter) -> Iterator[Incident]:
    """The incidents that a filter asks for, by the day they began on (those without one last), then id."""
    columns = select(incidents.c.id).where(*conditions(db, chosen))
    rows = db.rows(columns.order_by(func.coalesce(incidents.c.start, "9999"), incidents.c.id))
    wanted = [id_ for (id_,) in rows]
    for start in range(0, len(wanted), _CHUNK):
        found = get(db, wanted[start : start + _CHUNK])
        yield from (found[id_] for id_ in wanted[start : start + _CHUNK])


def conditions(db: Session, chosen: Filter) -> list[ColumnElement[bool]]:
    """What a filter asks of the columns of incidents; what no column tells is looked up here."""
    table = incidents.c
    found: list[ColumnElement[bool]] = []
    if chosen.country:
        found.append(table.country == chosen.country.upper())
    if chosen.event:
        found.append(table.event == chosen.event)
    if chosen.grade:
        found.append(table.grade == chosen.grade)
    if chosen.since:
        found.append(func.coalesce(table.end, table.start) >= chosen.since.isoformat())
    if chosen.until:
        found.append(func.coalesce(table.start, table.end) <= chosen.until.isoformat())
    if chosen.actor:
        found.append(or_(*(table.actors.contains(name, autoescape=True) for name in named(chosen.actor))))
    if chosen.near:
        found.append(_near(db, chosen.near))
    if chosen.text is not None:
        found.append(_telling(db, search.Query.parse(chosen.text)))
    return found


def _near(db: Session, near: tuple[float, float, float]) -> ColumnElement[bool]:
    """PostGIS measures; of what SQLite finds in the box around we measure each."""
    lat, lon, km = near
    if db.postgres:
        within = text("ST_DWithin(spot, ST_MakePoint(:lon, :lat)::geography, :metres, false)")
        return cast(ColumnElement[bool], within.bindparams(lon=lon, lat=lat, metres=km * 1000))
    around = box(lat, lon, km)
    there: ColumnElement[bool] = incidents.c.lat.is_not(None)
    if around is not None:
        south, north, west, east = around
        there = and_(incidents.c.lat.between(south, north), incidents.c.lon.between(west, east))
    rows = db.rows(select(incidents.c.id, incidents.c.lat, incidents.c.lon).where(there))
    return db.among(incidents.c.id, [row.id for row in rows if kilometres((row.lat, row.lon), near[:2]) <= km])


def _words(incident: Incident) -> str:
    """What an incident is called, and where and whom it concerns: folded, a line each."""
    case = incident.case
    lines = [incident.title_en, incident.title_ar, *((case.place.name, case.place.text) if case.place else ())]
    return "\n".join(dict.fromkeys([*map(fold, lines), names(case.actors + case.targets)]))


def _telling(db: Session, query: search.Query) -> ColumnElement[bool]:
    """Incidents of which each word is told, in the evidence of a claim or in the names of them, their place and sides.

    Where words must stand together, what has them all is looked through.
    """
    words = []
    for word in query.words:
        said = select(members.c.incident).where(members.c.claim.in_(search.claims_with(db, word)))
        words.append(or_(_called(search.letters(word)), incidents.c.id.in_(said)))  # the quicker one first
    if query.plain:
        return and_(*words)
    wanted = [id_ for (id_,) in db.rows(select(incidents.c.id).where(*words))]
    together: list[str] = []
    for start in range(0, len(wanted), _CHUNK):
        found = get(db, wanted[start : start + _CHUNK])
        together.extend(id_ for id_, incident in found.items() if _tells(incident, query))
    return db.among(incidents.c.id, together)


def _called(letters: str) -> ColumnElement[bool]:
    """Whether a word of what an incident is called begins with these; in Arabic, whether one has them anywhere."""
    return incidents.c.words.contains(f" {letters}" if letters.isascii() else letters, autoescape=True)


def _tells(incident: Incident, query: search.Query) -> bool:
    evidence = [text for report in incident.case.reports for text in report.claim.evidence]
    return bool(query.found("\n".join([_words(incident), *map(fold, evidence)])))
