"""Incidents as they were linked and assessed last, and the ways to find them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text

from marsad.lang.text import fold
from marsad.model import Incident
from marsad.store import search
from marsad.store.distance import box, kilometres
from marsad.store.parties import named, names
from marsad.store.schema import claims, documents, incidents, members, nodes
from marsad.store.session import Session, uncollected

_decode = msgspec.json.Decoder(Incident).decode
_CHUNK = 500


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
    db.delete(members.c.incident, removed)
    db.delete(incidents.c.id, removed)
    db.insert(incidents, [_row(incident) for incident in sorted(added, key=lambda i: i.id)])
    wanted = [report.claim.id for incident in added for report in incident.case.reports]
    rows = db.rows(select(nodes.c.id, nodes.c.claim).where(db.among(nodes.c.id, wanted)))
    numbers = dict(rows)
    db.insert(members, sorted((numbers[r.claim.id], incident.id) for incident in added for r in incident.case.reports))


def _row(incident: Incident) -> tuple[Any, ...]:
    case, place = incident.case, incident.case.place
    either = case.event == "armed_clash"  # its sides may stand either way
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
        _words(incident),
        msgspec.json.encode(incident).decode(),
    )


def get(db: Session, ids: Sequence[str]) -> dict[str, Incident]:
    """Incidents by id; those that there are none of are left out."""
    rows = db.rows(select(incidents.c.id, incidents.c.record).where(db.among(incidents.c.id, ids)))
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


def of_documents(db: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    """The ids of the incidents of current documents, by document, in order; documents of none are left out."""
    joined = members.join(claims, claims.c.n == members.c.claim).join(documents, documents.c.n == claims.c.document)
    chosen = select(documents.c.id, members.c.incident).select_from(joined).distinct()
    found: dict[str, list[str]] = {}
    wanted = db.among(documents.c.id, ids)
    for document, incident in db.rows(chosen.where(documents.c.current, wanted).order_by(members.c.incident)):
        found.setdefault(document, []).append(incident)
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
    has a newer version, the incident of that version's main claim.
    """
    if db.value(select(incidents.c.id).where(incidents.c.id == id)):
        return id
    seeded = select(claims.c.n).where(claims.c.seed == id)
    found = select(members.c.incident).where(members.c.claim.in_(seeded)).order_by(members.c.incident)
    held: str | None = db.value(found)
    if held is not None:
        return held
    once = select(documents.c.id).where(documents.c.n.in_(select(claims.c.document).where(claims.c.seed == id)))
    joined = (
        members.join(nodes, nodes.c.claim == members.c.claim)
        .join(claims, claims.c.n == nodes.c.claim)
        .join(documents, documents.c.n == claims.c.document)
    )
    newer = select(members.c.incident).select_from(joined).where(documents.c.current, documents.c.id.in_(once))
    later: str | None = db.value(newer.order_by(nodes.c.rank, members.c.incident))
    return later


def find(db: Session, chosen: Filter) -> Iterator[Incident]:
    """The incidents that a filter asks for, by the day they began on (those without one last), then id."""
    query = search.Query.parse(chosen.text) if chosen.text is not None else None
    columns = select(incidents.c.id, incidents.c.lat, incidents.c.lon)
    if query is not None:
        columns = columns.where(_perhaps(db, query))
    statement = _where(db, columns, chosen).order_by(func.coalesce(incidents.c.start, "9999"), incidents.c.id)
    wanted = [id_ for id_, lat, lon in db.rows(statement) if chosen.near is None or _within(lat, lon, chosen.near)]
    for start in range(0, len(wanted), _CHUNK):
        found = get(db, wanted[start : start + _CHUNK])
        ordered = (found[id_] for id_ in wanted[start : start + _CHUNK])
        yield from (incident for incident in ordered if query is None or _tells(incident, query))


def _where(db: Session, statement: Select[Any], chosen: Filter) -> Select[Any]:
    table = incidents.c
    if chosen.country:
        statement = statement.where(table.country == chosen.country.upper())
    if chosen.event:
        statement = statement.where(table.event == chosen.event)
    if chosen.grade:
        statement = statement.where(table.grade == chosen.grade)
    if chosen.since:
        statement = statement.where(func.coalesce(table.end, table.start) >= chosen.since.isoformat())
    if chosen.until:
        statement = statement.where(func.coalesce(table.start, table.end) <= chosen.until.isoformat())
    if chosen.actor:
        statement = statement.where(or_(*(table.actors.contains(n, autoescape=True) for n in named(chosen.actor))))
    if chosen.near:
        statement = _nearby(db, statement, chosen.near)
    return statement


def _nearby(db: Session, statement: Select[Any], near: tuple[float, float, float]) -> Select[Any]:
    """PostGIS measures; SQLite takes the box around, and ``_within`` measures."""
    lat, lon, km = near
    if db.postgres:
        within = text("ST_DWithin(spot, ST_MakePoint(:lon, :lat)::geography, :metres, false)")
        return statement.where(within.bindparams(lon=lon, lat=lat, metres=km * 1000))
    around = box(lat, lon, km)
    if around is None:
        return statement.where(incidents.c.lat.is_not(None))
    south, north, west, east = around
    return statement.where(incidents.c.lat.between(south, north), incidents.c.lon.between(west, east))


def _within(lat: float | None, lon: float | None, near: tuple[float, float, float]) -> bool:
    return lat is not None and lon is not None and kilometres((lat, lon), near[:2]) <= near[2]


def _words(incident: Incident) -> str:
    """What an incident is called, and where and whom it concerns: folded, a line each."""
    case = incident.case
    lines = [incident.title_en, incident.title_ar, *((case.place.name, case.place.text) if case.place else ())]
    return "\n".join(dict.fromkeys([*map(fold, lines), names(case.actors + case.targets)]))


def _perhaps(db: Session, query: search.Query) -> ColumnElement[bool]:
    """Incidents whose documents or names have each word; whether that is told of the incident, ``_tells`` says."""
    words = []
    for word in query.words:
        there = of_documents(db, search.matching(db, word)).values()
        said = db.among(incidents.c.id, list({id_ for found in there for id_ in found}))
        words.append(or_(said, incidents.c.words.contains(search.letters(word), autoescape=True)))
    return and_(*words)


def _tells(incident: Incident, query: search.Query) -> bool:
    evidence = [text for report in incident.case.reports for text in report.claim.evidence]
    return bool(query.found("\n".join([_words(incident), *map(fold, evidence)])))
