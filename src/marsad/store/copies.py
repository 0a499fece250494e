"""Which documents share passages, and the lineages they form."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import or_, select

from marsad.store.schema import pairs, print_hashes, prints
from marsad.store.session import Session, uncollected

Pair = tuple[str, str, float]
"""Two documents by id, and how much of the one is contained in the other, from 0 to 1."""

_CHUNK = 1_000


def sharing(db: Session, documents: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each of these current documents, by id: the other current documents with hashes of it, and how many."""
    found: dict[str, dict[str, int]] = {}
    for start in range(0, len(documents), _CHUNK):
        held = hashes_of(db, documents[start : start + _CHUNK])
        postings: dict[int, list[int]] = {}
        wanted = list({value for values in held.values() for value in values})
        with uncollected():
            for value, n in db.rows(select(print_hashes).where(db.among(print_hashes.c.hash, wanted))):
                postings.setdefault(value, []).append(n)
        counts = {id_: Counter(n for value in values for n in postings[value]) for id_, values in held.items()}
        ids = _ids(db, list({n for counted in counts.values() for n in counted}))
        for id_, counted in counts.items():
            found[id_] = {ids[n]: count for n, count in counted.items() if ids[n] != id_}
    return found


def hashes_of(db: Session, documents: Sequence[str]) -> dict[str, list[int]]:
    """The hashes of current documents, by id, in order, each once."""
    rows = db.rows(select(prints.c.id, prints.c.hashes).where(db.among(prints.c.id, documents)))
    return {id_: sorted(set(array("q", hashes))) for id_, hashes in rows}


def put_pairs(db: Session, found: Iterable[Pair]) -> None:
    """Add pairs of current documents; each once, in either order, and only once ever."""
    listed = list(found)
    numbers = _numbers(db, list({document for a, b, _ in listed for document in (a, b)}))
    rows = [(numbers[a], numbers[b], containment) for a, b, containment in listed]
    db.insert(pairs, sorted((min(a, b), max(a, b), containment) for a, b, containment in rows))


def pairs_of(db: Session, documents: Sequence[str]) -> list[Pair]:
    """Pairs with at least one end in ``documents``, the smaller id first, in order."""
    numbers = list(_numbers(db, documents).values())
    rows = db.rows(select(pairs).where(or_(db.among(pairs.c.a, numbers), db.among(pairs.c.b, numbers))))
    ids = _ids(db, list({n for row in rows for n in (row.a, row.b)}))
    return sorted((min(ids[a], ids[b]), max(ids[a], ids[b]), containment) for a, b, containment in rows)


def set_lineages(db: Session, found: Mapping[str, str]) -> None:
    """Put current documents into lineages: document id to lineage id."""
    db.update(prints.c.id, prints.c.lineage, list(found.items()))


def lineages_of(db: Session, documents: Sequence[str]) -> dict[str, str]:
    """The lineages of current documents, by id; one that was never put into any is its own."""
    rows = db.rows(select(prints.c.id, prints.c.lineage).where(db.among(prints.c.id, documents)))
    return {id_: id_ if lineage is None else lineage for id_, lineage in rows}


def in_lineages(db: Session, lineages: Sequence[str]) -> dict[str, list[str]]:
    """The current documents that were put into these lineages, in the order of their ids."""
    chosen = select(prints.c.lineage, prints.c.id).where(db.among(prints.c.lineage, lineages)).order_by(prints.c.id)
    found: dict[str, list[str]] = {lineage: [] for lineage in lineages}
    for lineage, id_ in db.rows(chosen):
        found[lineage].append(id_)
    return found


def _numbers(db: Session, ids: Sequence[str]) -> dict[str, int]:
    return dict(db.rows(select(prints.c.id, prints.c.document).where(db.among(prints.c.id, ids))))


def _ids(db: Session, numbers: Sequence[int]) -> dict[int, str]:
    rows = db.rows(select(prints.c.document, prints.c.id).where(db.among(prints.c.document, numbers)))
    return dict(rows)
