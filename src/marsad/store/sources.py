"""Sources and documents as lists show them, counted by the database."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, exists, func, select

from marsad.assess import Standing
from marsad.store import search
from marsad.store.lists import DocumentFilter, DocumentRow, Page
from marsad.store.schema import documents, inbox, incident_sources, members
from marsad.store.session import Session

_table = documents.c


def standings(db: Session, reliability: Mapping[str, str], held_back: Collection[str] = ()) -> list[Standing]:
    """Every source of a current document by name, as ``assess.sources.statistics`` would count it; those of which all
    documents are ``held_back`` are left out."""
    shown = [_table.current, *([~db.among(_table.id, sorted(held_back))] if held_back else [])]
    held = db.rows(select(_table.source, func.count()).where(*shown).group_by(_table.source))
    part = incident_sources.c
    counts = (func.count(), func.sum(cast(part.first, Integer)), func.sum(cast(part.contradicted, Integer)))
    told = {row[0]: row[1:] for row in db.rows(select(part.source, *counts).group_by(part.source))}
    joined = members.join(inbox, inbox.c.claim == members.c.claim)
    repeated = select(inbox.c.source, func.count(inbox.c.document.distinct())).select_from(joined)
    repeats = dict(db.rows(repeated.where(members.c.repeats).group_by(inbox.c.source)))
    standing = []
    for source, count in sorted((row[0], row[1]) for row in held):
        incidents, first, contradicted = told.get(source, (0, 0, 0))
        standing.append(
            Standing(
                source=source, documents=count, incidents=incidents, first=first, repeats=repeats.get(source, 0),
                contradicted=contradicted, reliability=reliability.get(source),
            )
        )  # fmt: skip
    return standing


def page(
    db: Session, chosen: DocumentFilter, *, offset: int, limit: int, held_back: Collection[str] = ()
) -> Page[DocumentRow]:
    """Current documents in an order, with how far each has been checked; text and source of those ``held_back`` are
    not looked through."""
    where = _where(db, chosen)
    if held_back and (chosen.text is not None or chosen.source is not None):
        where.append(~db.among(_table.id, sorted(held_back)))
    total = int(db.value(select(func.count()).select_from(documents).where(*where)))
    order = [_table.published.desc().nulls_last()] if chosen.order == "published" else []
    keys = select(_table.n).where(*where).order_by(*order, _table.n.desc()).offset(offset).limit(limit)
    numbers = [n for (n,) in db.rows(keys)]
    columns = (_table.n, _table.id, _table.title, _table.source, _table.lang, _table.published, _table.added)
    rows = {row.n: row for row in db.rows(select(*columns, _table.version).where(db.among(_table.n, numbers)))}
    counted = select(inbox.c.document, func.count(), func.sum(case((inbox.c.state == "open", 1), else_=0)))
    counts = {n: (every, open_) for n, every, open_ in db.rows(_of(db, counted, numbers))}
    found = tuple(_row(rows[n], *counts.get(n, (0, 0))) for n in numbers)
    return Page(rows=found, total=total, offset=offset, limit=limit)


def _of(db: Session, counted: Select[Any], numbers: list[int]) -> Select[Any]:
    return counted.where(db.among(inbox.c.document, numbers)).group_by(inbox.c.document)


def _row(row: Any, every: int, open_: int) -> DocumentRow:
    return DocumentRow(
        id=row.id,
        title=row.title,
        source=row.source,
        lang=row.lang or "",
        published=date.fromisoformat(row.published) if row.published else None,
        added=row.added,
        version=row.version,
        claims=every,
        open=open_,
        reviewed=every - open_,
    )


def _where(db: Session, chosen: DocumentFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_table.current]
    if chosen.lang is not None:
        found.append(_table.lang == chosen.lang)
    if chosen.source is not None:
        found.append(_table.source == chosen.source)
    if chosen.since:
        found.append(_table.published >= chosen.since.isoformat())
    if chosen.until:
        found.append(_table.published <= chosen.until.isoformat())
    if chosen.state is not None:
        found.append(_in_state(chosen.state))
    if chosen.text is not None:
        found.append(db.among(_table.n, search.numbers(db, search.Query.parse(chosen.text))))
    return found


def _in_state(state: str) -> ColumnElement[bool]:
    every = exists().where(inbox.c.document == _table.n)
    open_ = every.where(inbox.c.state == "open")
    if state == "open":
        return open_
    return ~every if state == "empty" else and_(every, ~open_)
