"""Claims as lists show them: the inbox in its order, and statements of movement and control."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, func, or_, select

from marsad.assess.doubt import bears_on_figures, explained
from marsad.assess.stated import stated
from marsad.lang.text import fold
from marsad.model import Claim
from marsad.store import search
from marsad.store.distance import kilometres
from marsad.store.inbox import words
from marsad.store.incidents import Filter
from marsad.store.listed import facet
from marsad.store.lists import Facet, InboxFilter, InboxRow, Page, StatementRow
from marsad.store.parties import named, names
from marsad.store.schema import claims, documents, inbox, incidents, members, revised
from marsad.store.session import Session, uncollected

_decode = msgspec.json.Decoder(Claim).decode
_CHUNK = 2_000
_table = inbox.c
_told = (
    inbox.join(claims, claims.c.n == _table.claim)
    .join(documents, documents.c.n == _table.document)
    .outerjoin(revised, revised.c.claim == _table.claim)
    .outerjoin(members, members.c.claim == _table.claim)
)
_columns = (
    _table.claim, _table.doubt, _table.reasons, _table.state, documents.c.id, documents.c.title, documents.c.source,
    documents.c.published, _table.lang, members.c.incident,
    func.coalesce(revised.c.record, claims.c.record).label("record"),
)  # fmt: skip
_ORDERS: dict[str, tuple[tuple[ColumnElement[Any], bool], ...]] = {
    "doubt": ((_table.doubt, True), (_table.published, True), (_table.claim, False)),
    "published": ((_table.published, True), (_table.document, False), (_table.claim, False)),
    "new": ((_table.document, True), (_table.claim, False)),
    "text": ((_table.document, False), (_table.claim, False)),
}
"""For each order its columns, and whether downwards; no two claims are equal in all of them."""


def page(db: Session, chosen: InboxFilter, *, offset: int, limit: int) -> Page[InboxRow]:
    """The claims of a filter in its order."""
    where = _where(db, chosen)
    total = int(db.value(select(func.count()).select_from(inbox).where(*where)))
    ordered = select(_table.claim).where(*where).order_by(*_ordered(chosen.order))
    numbers = [n for (n,) in db.rows(ordered.offset(offset).limit(limit))]
    found = {row.claim: row for row in _whole(db, numbers)}
    rows = tuple(_row(found[n]) for n in numbers)
    return Page(rows=rows, total=total, offset=offset, limit=limit)


def _ordered(order: str, *, turned: bool = False) -> list[ColumnElement[Any]]:
    return [column.desc() if down != turned else column.asc() for column, down in _ORDERS[order]]


def _whole(db: Session, numbers: Sequence[int]) -> list[Any]:
    return db.rows(select(*_columns).select_from(_told).where(db.among(_table.claim, numbers)))


def _row(row: Any) -> InboxRow:
    claim = _decode(row.record)
    return InboxRow(
        claim=claim.id,
        document=row.id,
        title=row.title,
        source=row.source,
        published=_day(row.published),
        lang=row.lang,
        event=claim.event,
        factuality=claim.factuality,
        evidence=" … ".join(claim.evidence),
        trigger=claim.trigger,
        day=claim.time.start if claim.time else None,
        place=claim.place.name if claim.place else "",
        country=claim.place.country if claim.place else None,
        doubt=row.doubt,
        reasons=explained(row.reasons.split(), harm=bears_on_figures(claim)),
        state=row.state,
        incident=row.incident,
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _where(db: Session, chosen: InboxFilter) -> list[ColumnElement[bool]]:
    equal = {
        "state": chosen.state,
        "lang": chosen.lang,
        "event": chosen.event,
        "factuality": chosen.factuality,
        "country": chosen.country and chosen.country.upper(),
        "source": chosen.source,
    }
    found: list[ColumnElement[bool]] = [_table[name] == value for name, value in equal.items() if value is not None]
    if chosen.since:
        found.append(_table.published >= chosen.since.isoformat())
    if chosen.until:
        found.append(and_(_table.published <= chosen.until.isoformat(), _table.published != ""))
    if chosen.document is not None:
        there = select(documents.c.n).where(documents.c.id == chosen.document, documents.c.current)
        found.append(_table.document.in_(there))
    if chosen.text is not None:
        found.append(_telling(db, search.Query.parse(chosen.text)))
    return found


def _telling(db: Session, query: search.Query) -> ColumnElement[bool]:
    """Claims in whose evidence or names all words stand; where some must stand together, those with all are read."""
    having = and_(*(_table.claim.in_(search.claims_with(db, word)) for word in query.words))
    if query.plain:
        return having
    numbers = [n for (n,) in db.rows(select(_table.claim).where(having))]
    together: list[int] = []
    for start in range(0, len(numbers), _CHUNK):
        for row in _whole(db, numbers[start : start + _CHUNK]):
            if query.found(fold(words(_decode(row.record)))):
                together.append(row.claim)
    return db.among(_table.claim, together)


def neighbours(db: Session, claim: str, chosen: InboxFilter) -> tuple[str | None, str | None]:
    """The claims before and after one in the order of the filter, also where it does not choose that one itself."""
    order = _ORDERS[chosen.order]
    joined = inbox.join(claims, claims.c.n == _table.claim)
    here = db.rows(select(*(column for column, _ in order)).select_from(joined).where(claims.c.id == claim))
    if not here:
        return None, None
    where = _where(db, chosen)
    before, after = (
        db.value(
            select(claims.c.id)
            .select_from(joined)
            .where(*where, _beyond(order, here[0], turned=turned))
            .order_by(*_ordered(chosen.order, turned=turned))
            .limit(1)
        )
        for turned in (True, False)
    )
    return before, after


def _beyond(
    order: Sequence[tuple[ColumnElement[Any], bool]], here: Sequence[Any], *, turned: bool
) -> ColumnElement[bool]:
    """What comes after a row in an order, or before it where that is ``turned``."""
    (column, down), value = order[0], here[0]
    further: ColumnElement[bool] = column < value if down != turned else column > value
    if len(order) == 1:
        return further
    return or_(further, and_(column == value, _beyond(order[1:], here[1:], turned=turned)))


def facets(db: Session, chosen: InboxFilter) -> dict[str, tuple[Facet, ...]]:
    """States, languages, events, factualities, countries and sources, each with the number of claims that meet all
    other conditions."""
    asked = {
        "state": chosen.state,
        "lang": chosen.lang,
        "event": chosen.event,
        "factuality": chosen.factuality,
        "country": chosen.country and chosen.country.upper(),
    }
    columns = [_table[name] for name in asked]
    loose = replace(chosen, state=None, lang=None, event=None, factuality=None, country=None)
    groups = db.packed(select(*columns, func.count()).where(*_where(db, loose)).group_by(*columns))
    found = {name: facet(groups, list(asked.values()), n) for n, name in enumerate(asked)}
    where = _where(db, replace(chosen, source=None))
    sources = db.packed(select(_table.source, func.count()).where(*where).group_by(_table.source))
    return found | {"source": facet(sources, [None], 0)}


def statements(db: Session, chosen: Filter, *, offset: int, limit: int) -> Page[StatementRow]:
    """Statements of movement and control that take part, the latest day first; those without a day last."""
    where = _stating(db, chosen)
    ordered = select(_table.claim).where(*where).order_by(_table.day.desc(), _table.claim)
    if not (chosen.actor or chosen.near):
        total = int(db.value(select(func.count()).select_from(inbox).where(*where)))
        numbers = [n for (n,) in db.rows(ordered.offset(offset).limit(limit))]
        rows = _statements(db, numbers)
        return Page(rows=tuple(row for row, _ in rows), total=total, offset=offset, limit=limit)
    every = _statements(db, [n for (n,) in db.rows(ordered)])
    found = [row for row, claim in every if _concerns(claim, chosen)]
    return Page(rows=tuple(found[offset : offset + limit]), total=len(found), offset=offset, limit=limit)


def _stating(db: Session, chosen: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_table.event.in_(stated()), _table.state != "rejected"]
    if chosen.event:
        found.append(_table.event == chosen.event)
    if chosen.country:
        found.append(_table.country == chosen.country.upper())
    if chosen.since:
        found.append(_table.day >= chosen.since.isoformat())
    if chosen.until:
        found.append(and_(_table.day <= chosen.until.isoformat(), _table.day != ""))
    if chosen.grade:
        graded = members.join(incidents, incidents.c.id == members.c.incident)
        held = select(members.c.claim).select_from(graded).where(incidents.c.grade == chosen.grade)
        found.append(_table.claim.in_(held))
    if chosen.text is not None:
        found.append(_telling(db, search.Query.parse(chosen.text)))
    return found


def _statements(db: Session, numbers: Sequence[int]) -> list[tuple[StatementRow, Claim]]:
    found: dict[int, tuple[StatementRow, Claim]] = {}
    for start in range(0, len(numbers), _CHUNK):
        with uncollected():
            for row in _whole(db, numbers[start : start + _CHUNK]):
                claim = _decode(row.record)
                found[row.claim] = _statement(row, claim), claim
    return [found[n] for n in numbers]


def _statement(row: Any, claim: Claim) -> StatementRow:
    return StatementRow(
        claim=claim.id,
        document=row.id,
        source=row.source,
        published=_day(row.published),
        lang=row.lang,
        factuality=claim.factuality,
        event=claim.event,
        actors=tuple((party.actor_id or party.name, party.name) for party in claim.actors),
        place=claim.place,
        destination=claim.destination,
        day=claim.time.start if claim.time else None,
        evidence=" … ".join(claim.evidence),
        incident=row.incident,
        end=claim.time.end if claim.time else None,
        date_precision=claim.time.date_precision if claim.time else None,
    )


def _concerns(claim: Claim, chosen: Filter) -> bool:
    """Whether a claim names the actor, and lies in the circle, of a filter."""
    if chosen.actor and not any(name in names(claim.actors) for name in named(chosen.actor)):
        return False
    if not chosen.near:
        return True
    lat, lon, km = chosen.near
    places = [(one.lat, one.lon) for one in (claim.place, claim.destination) if one]
    return any(a is not None and o is not None and kilometres((a, o), (lat, lon)) <= km for a, o in places)
