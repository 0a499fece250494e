"""Incidents and their harm over time, summed by the database day by day and put into steps here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, get_args

from sqlalchemy import ColumnElement, case, func, literal, select

from marsad.store.incidents import Filter
from marsad.store.listed import actors_of, but
from marsad.store.lists import Series, Split, Step, Timeline
from marsad.store.schema import incidents
from marsad.store.session import Session

_STEPS: tuple[Step, ...] = get_args(Step)
_LONGEST = 4_000  # steps; more would be no picture, and a day misread by a century makes them
_REST = "*"
_COLUMNS = tuple(field.name for field in fields(Series))
_table = incidents.c


def timeline(
    db: Session, chosen: Filter, *, by: Step, split: Split | None, most: int, without: Collection[str] = ()
) -> Timeline:
    """The timeline of a filter; where it would have thousands of steps, in the next longer ones (``by`` tells)."""
    groups = _groups(db, but(db, chosen, without), split)
    undated = select(func.count()).select_from(incidents).where(*but(db, chosen, without), _table.start.is_(None))
    missing = int(db.value(undated))
    if not groups:
        return Timeline(by=by, undated=missing)
    days = [date.fromisoformat(day) for day, *_ in groups]
    for step in _STEPS[_STEPS.index(by) :]:
        starts = _starts(min(days), max(days), step)
        if len(starts) <= _LONGEST:
            break
    places = {start: n for n, start in enumerate(starts)}
    sums: dict[str, list[list[int]]] = defaultdict(lambda: [[0] * len(starts) for _ in _COLUMNS])
    names: dict[str, str] = {}
    for day, (_, cell, *counts) in zip(days, groups, strict=True):
        place = places[_start(day, step)]
        for key, name in actors_of(cell) if split == "actor" else (((cell or "") if split else _REST, ""),):
            names[key] = name
            for column, count in zip(sums[key], counts, strict=True):
                column[place] += count
    shown = _shown(sums, most)
    kept = {key: name for key, name in names.items() if name and key in shown}
    series = {key: _series(columns) for key, columns in shown.items()}
    return Timeline(by=step, starts=tuple(starts), series=series, names=kept, undated=missing)


def _groups(db: Session, where: list[ColumnElement[bool]], split: Split | None) -> list[list[Any]]:
    """For each day and cell of what splits them: the columns of ``Series``, summed."""
    cells = {"actor": _table.parties, "event": _table.event, "grade": _table.grade}
    cell: ColumnElement[Any] = cells[split] if split else literal(_REST)
    sums = [func.count(), *(_sum(of, *bounds) for of in ("killed", "injured") for bounds in _BOUNDS)]
    sums.append(_sum("civilians", "best", "low"))
    sums += [_known(of, "counted", "zero") for of in ("killed", "injured", "civilians")]
    sums += [_known("injured", "unknown"), _known("killed", "unknown")]
    day = _table.start.is_not(None)
    grouped = select(_table.start, cell.label("cell"), *sums).where(*where, day)
    keys = [_table.start, cell] if split else [_table.start]
    return db.packed(grouped.group_by(*keys).order_by(_table.start))


_BOUNDS = (("low",), ("best", "low"), ("high", "best", "low"))


def _sum(of: str, *bounds: str) -> ColumnElement[Any]:
    """The sum of the first of some bounds that is known."""
    return func.sum(func.coalesce(*(_table[f"{of}_{bound}"] for bound in bounds), 0))


def _known(of: str, *known: str) -> ColumnElement[Any]:
    """How many incidents have a figure of which this is known."""
    return func.sum(case((_table[f"{of}_known"].in_(known), 1), else_=0))


def _series(columns: Sequence[Sequence[int]]) -> Series:
    """Columns as a series; a sum to which no incident gave a counted figure is None, for that is not zero."""
    found: dict[str, Sequence[int]] = dict(zip(_COLUMNS, columns, strict=True))

    def told(name: str) -> tuple[Any, ...]:
        counted = found.get(f"{name.partition('_')[0]}_counted", ())
        if not name.endswith(("_low", "_best", "_high")):
            return tuple(found[name])
        return tuple(value if n else None for value, n in zip(found[name], counted, strict=True))

    return Series(**{name: told(name) for name in _COLUMNS})


def _starts(first: date, last: date, step: Step) -> list[date]:
    """The first days of all steps from one day to another; no more of them than a little over what is shown."""
    found = [_start(first, step)]
    while found[-1] < _start(last, step) and len(found) <= _LONGEST:
        found.append(_next(found[-1], step))
    return found


def _start(day: date, step: Step) -> date:
    if step == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return day if step == "day" else day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def _next(start: date, step: Step) -> date:
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[step]
    return _start(start + timedelta(days=days), step)


def _shown(sums: dict[str, list[list[int]]], most: int) -> dict[str, list[list[int]]]:
    """The largest series by their incidents, the others summed up."""
    ordered = sorted(sums, key=lambda key: (-sum(sums[key][0]), key))
    shown = {key: sums[key] for key in ordered[:most]}
    if rest := ordered[most:]:
        shown[_REST] = [_added(sums[key][n] for key in rest) for n in range(len(_COLUMNS))]
    return shown


def _added(columns: Iterable[Sequence[int]]) -> list[int]:
    return [sum(cells) for cells in zip(*columns, strict=True)]
