"""Totals of campaigns, as they were worked out last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Select, func, or_, select

from marsad.model import Total
from marsad.store.parties import named, names
from marsad.store.schema import nodes, total_members, totals
from marsad.store.session import Session, uncollected

_decode = msgspec.json.Decoder(Total).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which totals; a field that is None asks for nothing. Days are inclusive, and a total overlaps them."""

    country: str | None = None
    since: date | None = None
    until: date | None = None
    event: str | None = None
    actor: str | None = None
    campaign: str | None = None


def replace(db: Session, removed: Sequence[str], added: Sequence[Total]) -> None:
    """Take totals out by id, and put others in."""
    db.delete(total_members.c.total, removed)
    db.delete(totals.c.id, removed)
    db.insert(totals, [_row(total) for total in added])
    wanted = list({report.claim.id for total in added for report in total.reports})
    rows = db.rows(select(nodes.c.id, nodes.c.claim).where(db.among(nodes.c.id, wanted)))
    numbers = dict(rows)
    db.insert(total_members, sorted({(numbers[r.claim.id], total.id) for total in added for r in total.reports}))


def _row(total: Total) -> tuple[Any, ...]:
    return (
        total.id,
        total.campaign,
        total.event,
        total.start.isoformat() if total.start else None,
        total.end.isoformat() if total.end else None,
        total.place.country if total.place else None,
        names(total.actors + total.targets),
        msgspec.json.encode(total).decode(),
    )


def get(db: Session, ids: Sequence[str]) -> dict[str, Total]:
    """Totals by id; those that there are none of are left out."""
    rows = db.rows(select(totals.c.id, totals.c.record).where(db.among(totals.c.id, ids)))
    with uncollected():
        return {id_: _decode(record) for id_, record in rows}


def of_claims(db: Session, claims: Sequence[str]) -> dict[str, list[str]]:
    """The ids of the totals of these claims; claims of none are left out."""
    joined = total_members.join(nodes, nodes.c.claim == total_members.c.claim)
    chosen = select(nodes.c.id, total_members.c.total).select_from(joined).order_by(total_members.c.total)
    found: dict[str, list[str]] = {}
    for claim, total in db.rows(chosen.where(db.among(nodes.c.id, claims))):
        found.setdefault(claim, []).append(total)
    return found


def find(db: Session, chosen: Filter) -> Iterator[Total]:
    """Totals by campaign, then the day they end on, then id."""
    statement = _where(db, select(totals.c.record), chosen)
    order = (totals.c.campaign, func.coalesce(totals.c.end, "9999"), totals.c.id)
    for (record,) in db.rows(statement.order_by(*order)):
        yield _decode(record)


def page(db: Session, chosen: Filter, *, offset: int, limit: int) -> tuple[list[Total], int]:
    """Some totals in the order of ``find``, and how many there are in all."""
    count = int(db.value(_where(db, select(func.count()).select_from(totals), chosen)))
    order = (totals.c.campaign, func.coalesce(totals.c.end, "9999"), totals.c.id)
    chosen_ids = _where(db, select(totals.c.id), chosen).order_by(*order).offset(offset).limit(limit)
    ids = [id_ for (id_,) in db.rows(chosen_ids)]
    found = get(db, ids)
    return [found[id_] for id_ in ids], count


def spans(db: Session, campaigns: Sequence[str]) -> list[Total]:
    """All totals of campaigns with nothing but their days, for ``assess.totals.succession``."""
    columns = (totals.c.id, totals.c.campaign, totals.c.start, totals.c.end)
    return [
        Total(
            id=row.id, campaign=row.campaign, event="", reports=(), of="", whom=None, low=None, high=None,
            start=_day(row.start), end=_day(row.end),
        )
        for row in db.rows(select(*columns).where(db.among(totals.c.campaign, campaigns)))
    ]  # fmt: skip


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _where(db: Session, statement: Select[Any], chosen: Filter) -> Select[Any]:
    if chosen.country:
        statement = statement.where(totals.c.country == chosen.country.upper())
    if chosen.event:
        statement = statement.where(totals.c.event == chosen.event)
    if chosen.campaign:
        statement = statement.where(totals.c.campaign == chosen.campaign)
    if chosen.since:
        statement = statement.where(func.coalesce(totals.c.end, totals.c.start) >= chosen.since.isoformat())
    if chosen.until:
        statement = statement.where(func.coalesce(totals.c.start, totals.c.end) <= chosen.until.isoformat())
    if chosen.actor:
        statement = statement.where(or_(*(totals.c.actors.contains(n, autoescape=True) for n in named(chosen.actor))))
    return statement
