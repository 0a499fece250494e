"""Shared hashes, pairs and lineages of documents."""

from dataclasses import replace

from marsad.store import Store, copies, documents
from tests.store.samples import reading


def test_documents_that_share_hashes_are_counted(store: Store) -> None:
    alone = replace(reading("d3"), hashes=(2**63 - 1, 77))
    with store.writing() as db:
        documents.put(
            db, [replace(reading("d1"), hashes=(5, 6, 6, 2**63 - 1)), replace(reading("d2"), hashes=(6, 5)), alone]
        )
        assert copies.sharing(db, ["d1", "d2", "d9"]) == {"d1": {"d2": 2, "d3": 1}, "d2": {"d1": 2}}
        assert copies.hashes_of(db, ["d1"]) == {"d1": [5, 6, 2**63 - 1]}
        documents.put(db, [replace(reading("d2", "another text"), hashes=(9,))])
        assert copies.sharing(db, ["d1", "d2"]) == {"d1": {"d3": 1}, "d2": {}}


def test_pairs_and_lineages(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading(id_) for id_ in ("d1", "d2", "d3")])
        copies.put_pairs(db, [("d2", "d1", 0.75), ("d2", "d3", 1.0)])
        copies.set_lineages(db, {"d2": "d1", "d1": "d1"})
    with store.reading() as db:
        assert copies.pairs_of(db, ["d1"]) == [("d1", "d2", 0.75)]
        assert copies.pairs_of(db, ["d2", "d3"]) == [("d1", "d2", 0.75), ("d2", "d3", 1.0)]
        assert copies.lineages_of(db, ["d1", "d2", "d3", "d9"]) == {"d1": "d1", "d2": "d1", "d3": "d3"}
        assert copies.in_lineages(db, ["d1", "d3"]) == {"d1": ["d1", "d2"], "d3": []}
