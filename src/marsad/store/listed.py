"""Incidents as lists, maps and timelines show them, from columns alone: no incident is opened for it."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, case, func, select

from marsad.assess.rules import GRADES
from marsad.lang.text import fold
from marsad.store.incidents import Filter, conditions
from marsad.store.lists import Facet, IncidentRow, Page, Points, Range
from marsad.store.schema import claims, documents, inbox, incidents, members
from marsad.store.session import Session

ORDERS = ("start", "killed", "injured", "civilians", "grade", "event", "country", "documents", "unreviewed")
"""What incidents can be ordered by, upwards, or with a minus before it downwards."""

_table = incidents.c
_shown = [column for column in _table if column.name not in ("actors", "words")]
_parties = msgspec.json.Decoder(tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]).decode


def page(
    db: Session, chosen: Filter, *, order: str, offset: int, limit: int, without: Collection[str] = ()
) -> Page[IncidentRow]:
    """Incidents in an order, those without what they are ordered by last; ties by day, the latest first, then id."""
    where = but(db, chosen, without)
    total = int(db.value(select(func.count()).select_from(incidents).where(*where)))
    keys = _ordered(order).where(*where).offset(offset).limit(limit)
    ids = [id_ for (id_,) in db.rows(keys)]
    found = rows(db, ids)
    return Page(rows=tuple(found[id_] for id_ in ids), total=total, offset=offset, limit=limit)


def rows(db: Session, ids: Sequence[str]) -> dict[str, IncidentRow]:
    """The rows of these incidents, by id."""
    unreviewed = dict(db.rows(_unreviewed.where(db.among(members.c.incident, ids))))
    found = db.rows(select(*_shown).where(db.among(_table.id, ids)))
    return {row.id: _row(row, unreviewed.get(row.id, 0)) for row in found}


# Summed and not chosen by its state: SQLite would take the index of states and go through all that are open.
_unreviewed = (
    select(members.c.incident, func.sum(case((inbox.c.state == "open", 1), else_=0)).label("open"))
    .select_from(members.join(inbox, inbox.c.claim == members.c.claim))
    .group_by(members.c.incident)
)


def _ordered(order: str) -> Select[Any]:
    """The ids of incidents in this order."""
    name = order.removeprefix("-")
    chosen = select(_table.id)
    key: ColumnElement[Any]
    if name in ("killed", "injured", "civilians"):
        key = func.coalesce(_table[f"{name}_best"], _table[f"{name}_low"])
    elif name == "grade":
        key = case({grade: n for n, grade in enumerate(GRADES)}, value=_table.grade)
    elif name == "unreviewed":
        counted = _unreviewed.subquery()
        chosen = chosen.select_from(incidents.outerjoin(counted, counted.c.incident == _table.id))
        key = counted.c.open
    elif name in ("start", "event", "country", "documents"):
        key = _table[name]
    else:
        raise ValueError(f"{order!r} is no order of incidents")
    turned = key.desc() if order.startswith("-") else key.asc()
    return chosen.order_by(turned.nulls_last(), _table.start.desc().nulls_last(), _table.id)


def _row(row: Any, unreviewed: int) -> IncidentRow:
    actors, targets = _parties(row.parties)
    return IncidentRow(
        id=row.id,
        event=row.event,
        title_en=row.title_en,
        title_ar=row.title_ar,
        start=date.fromisoformat(row.start) if row.start else None,
        end=date.fromisoformat(row.end) if row.end else None,
        date_precision=row.date_precision,
        country=row.country,
        place=row.place,
        lat=row.lat,
        lon=row.lon,
        radius_km=row.radius_km,
        precision=row.precision,
        grade=row.grade,
        killed=Range(low=row.killed_low, best=row.killed_best, high=row.killed_high, known=row.killed_known),
        injured=Range(low=row.injured_low, best=row.injured_best, high=row.injured_high, known=row.injured_known),
        civilians=Range(
            low=row.civilians_low, best=row.civilians_best, high=row.civilians_high, known=row.civilians_known
        ),
        documents=row.documents,
        lineages=row.lineages,
        claims=row.claims,
        actors=actors,
        targets=targets,
        unreviewed=unreviewed,
    )


def but(db: Session, chosen: Filter, without: Collection[str]) -> list[ColumnElement[bool]]:
    """The conditions of a filter, and that an incident is none of those ``without``."""
    found = conditions(db, chosen)
    return [*found, ~db.among(_table.id, sorted(without))] if without else found


def touched(db: Session, held: Collection[str]) -> list[str]:
    """The incidents that have a claim of one of these documents, in the order of their ids."""
    joined = documents.join(claims, claims.c.document == documents.c.n).join(members, members.c.claim == claims.c.n)
    chosen = select(members.c.incident).select_from(joined).where(db.among(documents.c.id, sorted(held)))
    return sorted({id_ for (id_,) in db.rows(chosen)}) if held else []


def points(db: Session, chosen: Filter, without: Collection[str] = ()) -> Points:
    """All incidents that have a place on the map, in the order of their days, as columns."""
    best = func.coalesce(_table.killed_best, _table.killed_low)
    columns = (
        _table.id, _table.lat, _table.lon, _table.radius_km, _table.precision, func.coalesce(_table.start, ""),
        _table.event, _table.grade, _table.country, best, _table.killed_known, _table.title_en, _table.title_ar,
    )  # fmt: skip
    placed = (_table.lat.is_not(None), _table.lon.is_not(None))
    ordered = select(*columns).where(*but(db, chosen, without), *placed).order_by(_table.start.nulls_last(), _table.id)
    found = db.packed(ordered)
    names = (field.name for field in fields(Points))
    return Points(**dict(zip(names, zip(*found, strict=True), strict=True))) if found else Points()


def unplaced(db: Session, chosen: Filter, without: Collection[str] = ()) -> int:
    """How many incidents have no place on the map."""
    nowhere = _table.lat.is_(None) | _table.lon.is_(None)
    return int(db.value(select(func.count()).select_from(incidents).where(*but(db, chosen, without), nowhere)))


def holding(db: Session, name: str) -> set[str]:
    """The incidents in whose title, place or sides all words of a name stand, perhaps apart from each other."""
    words = fold(name).split()
    wanted = (_table.words.contains(word, autoescape=True) for word in words)
    return {id_ for (id_,) in db.rows(select(_table.id).where(*wanted))} if words else set()


def facets(db: Session, chosen: Filter, without: Collection[str] = ()) -> dict[str, tuple[Facet, ...]]:
    """Events, grades, countries and actors, each with the number of incidents that meet all other conditions."""
    asked = {"event": chosen.event, "grade": chosen.grade, "country": chosen.country and chosen.country.upper()}
    loose = replace(chosen, event=None, grade=None, country=None)
    columns = [_table[name] for name in asked]
    groups = db.packed(select(*columns, func.count()).where(*but(db, loose, without)).group_by(*columns))
    found = {name: facet(groups, list(asked.values()), n) for n, name in enumerate(asked)}
    return found | {"actor": _actors(db, replace(chosen, actor=None), without)}


def facet(groups: Iterable[Sequence[Any]], asked: Sequence[str | None], own: int) -> tuple[Facet, ...]:
    """The values in cell ``own`` of groups, a count behind each, that have in all other cells what is asked for."""
    counts: Counter[str] = Counter()
    for *cells, count in groups:
        if all(
            n == own or want is None or cell == want for n, (cell, want) in enumerate(zip(cells, asked, strict=True))
        ):
            counts[cells[own] or ""] += count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Facet(value=value, name="", count=count) for value, count in ordered)


def _actors(db: Session, chosen: Filter, without: Collection[str], *, most: int = 40) -> tuple[Facet, ...]:
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    grouped = select(_table.parties, func.count()).where(*but(db, chosen, without)).group_by(_table.parties)
    for parties, count in db.packed(grouped):
        actors = dict(_parties(parties)[0])
        names |= actors
        counts.update(dict.fromkeys(actors, count))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return tuple(Facet(value=key, name=names[key], count=count) for key, count in ordered)


def actors_of(parties: str | None) -> Iterable[tuple[str, str]]:
    """The actors in a cell of ``parties``, by key and name; one empty key where there is none."""
    return _parties(parties or "[[],[]]")[0] or (("", ""),)
