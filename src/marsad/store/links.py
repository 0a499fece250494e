"""Edges between claims that linking found, and taking claims out of everything that was derived from them."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, delete, or_, select

from marsad.store import inbox, revised
from marsad.store.schema import (
    claim_keys,
    claims,
    edges,
    incident_records,
    incident_sources,
    incidents,
    members,
    nodes,
    pairs,
    print_hashes,
    prints,
    total_members,
    totals,
)
from marsad.store.session import Session, uncollected

Edge = tuple[str, str, float, str]
"""Two claims by id, the score of the join and its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What claims and documents that went have left behind, and must be derived anew: ids.

    ``claims`` went; ``neighbours`` had an edge with one of them and are still there; ``incidents`` and ``totals`` held
    one; ``documents`` shared passages with a document that went, ``lineages`` are those it was in.
    """

    claims: set[str] = field(default_factory=set)
    neighbours: set[str] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)
    totals: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    lineages: set[str] = field(default_factory=set)

    def add(self, other: "Left") -> None:
        """Take in what another step left; what has gone by now is no neighbour."""
        self.claims.update(other.claims)
        self.neighbours.update(other.neighbours)
        self.neighbours.difference_update(other.claims)
        self.incidents.update(other.incidents)
        self.totals.update(other.totals)
        self.documents.update(other.documents)
        self.lineages.update(other.lineages)


def put_edges(db: Session, found: Iterable[Edge]) -> None:
    """Add edges between current claims; each pair once, in either order, and only once ever."""
    listed = list(found)
    numbers = _numbers(db, list({claim for a, b, _, _ in listed for claim in (a, b)}))
    with uncollected():
        numbered = ((numbers[a], numbers[b], score, why) for a, b, score, why in listed)
        rows = [(a, b, score, why) if a < b else (b, a, score, why) for a, b, score, why in numbered]
        rows.sort()
        db.insert(edges, rows)


def edges_of(db: Session, claims: Sequence[str]) -> list[Edge]:
    """Edges with at least one end in ``claims``, each once."""
    numbers = list(_numbers(db, claims).values())
    touching = select(edges).where(or_(db.among(edges.c.a, numbers), db.among(edges.c.b, numbers)))
    return _named(db, db.rows(touching))


def edges_among(db: Session, claims: Sequence[str]) -> list[Edge]:
    """Edges with both ends in ``claims``."""
    numbers = list(_numbers(db, claims).values())
    inside = set(numbers)
    rows = db.rows(select(edges).where(db.among(edges.c.a, numbers)))
    return _named(db, [row for row in rows if row[1] in inside])


def _named(db: Session, rows: Sequence[Any]) -> list[Edge]:
    """Edges with ids in place of numbers, the smaller id first, in order."""
    ids = _ids(db, list({n for row in rows for n in (row[0], row[1])}))
    named = ((ids[a], ids[b], score, why) for a, b, score, why in rows)
    return sorted((a, b, score, why) if a <= b else (b, a, score, why) for a, b, score, why in named)


def drop(db: Session, claims: Sequence[str]) -> None:
    """Remove all edges of these claims."""
    numbers = list(_numbers(db, claims).values())
    db.delete(edges.c.a, numbers)
    db.delete(edges.c.b, numbers)


def clear(db: Session) -> None:
    """Remove all that is derived: hashes, copies, lineages, nodes, keys, edges, incidents, totals, what people made of
    claims.

    Documents, claims as they were read, decisions and the index of search stay.
    """
    inbox.clear(db)
    held = (incident_records, incident_sources, members, incidents)
    for table in (total_members, totals, *held, edges, claim_keys, nodes, pairs, print_hashes, prints):
        db.run(delete(table))
    revised.clear(db)


def leave(db: Session, documents: Sequence[int]) -> Left:
    """Take documents, by number, out of everything derived; tells what they leave behind."""
    left = Left()
    _leave_copies(db, documents, left)
    inbox.leave(db, documents)
    _leave_claims(db, db.among(claims.c.document, documents), left)
    revised.leave(db, documents)
    return left


def leave_claims(db: Session, ids: Sequence[str]) -> Left:
    """Take current claims out of everything derived; tells what they leave behind."""
    left = Left()
    if ids:
        _leave_claims(db, db.among(nodes.c.id, ids), left)
    return left


def _leave_claims(db: Session, chosen: ColumnElement[bool], left: Left) -> None:
    joined = claims.join(nodes, nodes.c.claim == claims.c.n)
    rows = db.rows(select(nodes.c.claim, nodes.c.id, nodes.c.blocks).select_from(joined).where(chosen))
    if not rows:
        return
    gone = [row.claim for row in rows]
    left.claims.update(row.id for row in rows)
    left.neighbours.update(_across(db, (edges.c.a, edges.c.b), gone, nodes.c.claim, nodes.c.id))
    left.neighbours.difference_update(left.claims)
    left.incidents.update(id_ for (id_,) in db.rows(select(members.c.incident).where(db.among(members.c.claim, gone))))
    held = select(total_members.c.total).where(db.among(total_members.c.claim, gone))
    left.totals.update(id_ for (id_,) in db.rows(held))
    for column in (edges.c.a, edges.c.b, members.c.claim, total_members.c.claim, nodes.c.claim):
        db.delete(column, gone)
    keys = [(key, row.claim) for row in rows for key in _ints(row.blocks)]
    _delete_pairs(db, claim_keys.c.key, claim_keys.c.claim, keys)


def _leave_copies(db: Session, documents: Sequence[int], left: Left) -> None:
    chosen = select(prints).where(db.among(prints.c.document, documents))
    rows = db.rows(chosen)
    left.lineages.update(row.lineage for row in rows if row.lineage is not None)
    left.documents.update(_across(db, (pairs.c.a, pairs.c.b), documents, prints.c.document, prints.c.id))
    left.documents.difference_update(row.id for row in rows)
    for column in (pairs.c.a, pairs.c.b, prints.c.document):
        db.delete(column, documents)
    gone = [(value, row.document) for row in rows for value in set(_ints(row.hashes))]
    _delete_pairs(db, print_hashes.c.hash, print_hashes.c.document, gone)


def _across(
    db: Session, ends: tuple[Column[Any], Column[Any]], gone: Sequence[int], number: Column[Any], id_: Column[Any]
) -> set[str]:
    """The ids at the other ends of the pairs that touch ``gone``."""
    near, far = ends
    others = {n for (n,) in db.rows(select(far).where(db.among(near, gone)))}
    others |= {n for (n,) in db.rows(select(near).where(db.among(far, gone)))}
    return {text for (text,) in db.rows(select(id_).where(db.among(number, list(others))))}


def _delete_pairs(db: Session, first: Column[Any], second: Column[Any], gone: Sequence[tuple[int, int]]) -> None:
    """Delete rows by their primary key of two columns."""
    table = f'"{first.table.name}"'
    if not gone:
        return
    if db.postgres:
        firsts, seconds = [a for a, _ in gone], [b for _, b in gone]
        listed = "SELECT * FROM unnest(CAST(%s AS bigint[]), CAST(%s AS bigint[]))"
        db.connection.exec_driver_sql(
            f'DELETE FROM {table} WHERE ("{first.name}", "{second.name}") IN ({listed})', (firsts, seconds)
        )
        return
    where = f'"{first.name}" = ? AND "{second.name}" = ?'
    db.connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where}", list(gone))


def _ints(packed: bytes) -> list[int]:
    return array("q", packed).tolist()


def _numbers(db: Session, ids: Sequence[str]) -> dict[str, int]:
    return dict(db.rows(select(nodes.c.id, nodes.c.claim).where(db.among(nodes.c.id, ids))))


def _ids(db: Session, numbers: Sequence[int]) -> dict[int, str]:
    return {n: id_ for id_, n in db.rows(select(nodes.c.id, nodes.c.claim).where(db.among(nodes.c.claim, numbers)))}
