"""Which documents repeat which: copies of new documents are found, and lineages brought up to date."""

from collections.abc import Iterable, Iterator, Sequence, Set

from marsad.link.copies import Copy, compare, likely, lineages
from marsad.model import Document
from marsad.store import Session, copies, documents
from marsad.store.links import Left

_FEWEST = 2
_CHUNK = 500


def settle(db: Session, new: Sequence[str], left: Left) -> set[str]:
    """Find the copies of new documents and put all that they touch into lineages.

    Returns the documents whose lineage is another than before, new ones among them.
    """
    for start in range(0, len(new), _CHUNK):
        found = candidates(db, new[start : start + _CHUNK], done=set(new[:start]))
        texts = documents.of(db, sorted({document for pair in found for document in pair}))
        compared = (compare(texts[a], texts[b]) for a, b in found)
        copies.put_pairs(db, [(c.a, c.b, c.containment) for c in compared if c is not None and c.joins])
    joined = sorted({d for members in copies.in_lineages(db, sorted(left.lineages)).values() for d in members})
    touched, pairs = _reached(db, {*new, *left.documents, *joined})
    before = copies.lineages_of(db, sorted(touched))
    after = lineages(pairs, list(documents.of(db, sorted(touched)).values()))
    changed = {document: lineage for document, lineage in after.items() if before.get(document) != lineage}
    copies.set_lineages(db, changed)
    return set(changed) | set(new)


def candidates(db: Session, ids: Sequence[str], *, done: Set[str] = frozenset()) -> list[tuple[str, str]]:
    """Pairs of current documents worth comparing, one of each among ``ids`` and none among ``done``."""
    sharing = copies.sharing(db, ids)
    found = {
        (min(document, other), max(document, other))
        for document, shared in sharing.items()
        for other, count in shared.items()
        if count >= _FEWEST and other not in done
    }
    hashes = copies.hashes_of(db, sorted({document for pair in found for document in pair}))
    return sorted((a, b) for a, b in found if likely(hashes[a], hashes[b]))


def passages(db: Session, document: Document) -> Iterator[Copy]:
    """What this document has in common with others in the record, most first; passages are its spans first."""
    found = candidates(db, [document.id])
    texts = documents.of(db, sorted({one for pair in found for one in pair}))
    others = [a if b == document.id else b for a, b in found]
    compared = [copy for other in others if (copy := compare(document, texts[other]))]
    yield from sorted(compared, key=lambda c: (-c.containment, c.b))


def _reached(db: Session, start: Iterable[str]) -> tuple[set[str], list[tuple[str, str]]]:
    """All documents that pairs lead to, and the pairs."""
    known, frontier = set(start), sorted(start)
    pairs: set[tuple[str, str]] = set()
    while frontier:
        found = {(a, b) for a, b, _ in copies.pairs_of(db, frontier)}
        pairs |= found
        frontier = sorted({document for pair in found for document in pair} - known)
        known.update(frontier)
    return known, sorted(pairs)


def all_lineages(db: Session) -> list[list[str]]:
    """Current documents that repeat each other, in lists by lineage, each sorted; what stands alone is left out."""
    ids = [listed.id for listed in documents.listing(db) if listed.current]
    members: dict[str, list[str]] = {}
    for document, lineage in sorted(copies.lineages_of(db, ids).items()):
        members.setdefault(lineage, []).append(document)
    return [found for _, found in sorted(members.items()) if len(found) > 1]
