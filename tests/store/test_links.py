"""Claims, their keys and the edges between them."""

from itertools import pairwise

from marsad.store import Store, claims, documents, incidents, links, search, totals
from tests.store.samples import claim, incident, reading, total


def test_claims_come_back_as_they_were(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading("d2"), reading("d1", claims=3), reading("d3", claims=0)])
    with store.reading() as db:
        assert claims.get(db, ["d1-1", "nothing"]) == {"d1-1": claim("d1-1", "d1")}
        found = claims.of_documents(db, ["d1", "d3", "d9"])
        assert [c.id for c in found["d1"]] == ["d1-0", "d1-1", "d1-2"]
        assert found["d3"] == found["d9"] == []
        assert claims.ids(db) == ["d1-0", "d1-1", "d1-2", "d2-0", "d2-1"]
        assert {c.id for c in claims.current(db)} == set(claims.ids(db))
        assert claims.nodes_of(db, ["d1-1"]) == {"d1-1": b"\x00\x01d1\x01"}
        assert claims.ranks(db, ["d1-2", "d2-0"]) == {"d1-2": 2, "d2-0": 0}


def test_claims_are_found_by_key(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading("d1"), reading("d2", keys=("other", "other"))])
        assert sorted(claims.by_keys(db, ["block", "own:d2-0", "nothing"])) == [
            ("block", "d1-0"),
            ("block", "d1-1"),
            ("own:d2-0", "d2-0"),
        ]
        assert claims.by_keys(db, []) == []
        held = claims.keys_of(db, ["d2-1"])["d2-1"]
        assert sorted(id_ for _, id_ in claims.by_numbers(db, held)) == ["d2-0", "d2-1", "d2-1"]


def test_edges_have_no_direction(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading("d1"), reading("d2"), reading("d3")])
        links.put_edges(
            db, [("d3-0", "d1-0", 2.5, "قرب\tالمكان\\"), ("d1-0", "d2-0", 0.1, ""), ("d2-1", "d3-1", -1.0, "x")]
        )
    with store.writing() as db:
        far, near = ("d1-0", "d3-0", 2.5, "قرب\tالمكان\\"), ("d1-0", "d2-0", 0.1, "")
        assert links.edges_of(db, ["d1-0"]) == [near, far]
        assert links.edges_of(db, ["d3-0", "d1-0"]) == [near, far]
        assert links.edges_among(db, ["d1-0", "d3-0", "d2-1"]) == [far]
        assert links.edges_among(db, ["d3-0", "d1-0"]) == [far]
        links.drop(db, ["d3-0"])
        assert links.edges_of(db, ["d1-0", "d2-0", "d3-0", "d3-1"]) == [near, ("d2-1", "d3-1", -1.0, "x")]


def test_clearing_leaves_what_was_given_and_all_can_be_put_anew(store: Store) -> None:
    given = [reading("d1"), reading("d2")]
    with store.writing() as db:
        documents.put(db, given)
        links.put_edges(db, [("d1-0", "d2-0", 1.0, "")])
        incidents.replace(db, [], [incident("i1", claim("d1-0", "d1"))])
        totals.replace(db, [], [total("t1", claim("d1-1", "d1"))])
        links.clear(db)
        assert (incidents.count(db), claims.by_keys(db, ["block"])) == (0, [])
        assert totals.get(db, ["t1"]) == {}
        assert [c.id for c in claims.current(db)] == ["d1-0", "d1-1", "d2-0", "d2-1"]
        documents.relink(db, [linkable for one in given for linkable in one.claims])
        documents.reprint(db, {one.document.id: one.hashes for one in given})
        documents.reindex(db)
        assert len(claims.by_keys(db, ["block"])) == 4
        assert claims.ranks(db, ["d1-1"]) == {"d1-1": 1}
        assert [hit.document for hit in search.find(db, "d1")] == ["d1"]
        assert documents.put(db, given).outcomes == ["same", "same"]


def test_many_at_once(store: Store) -> None:
    given = [reading(f"d{n:04}", claims=3) for n in range(700)]
    with store.writing() as db:
        documents.put(db, given)
        ids = [linkable.claim.id for one in given for linkable in one.claims]
        links.put_edges(db, [(a, b, 0.5, "") for a, b in pairwise(ids)])
        assert len(claims.get(db, ids)) == 2100
        assert len(claims.by_keys(db, ["block"])) == 2100
        assert len(links.edges_of(db, ids)) == 2099
        assert len(documents.withdraw(db, [one.document.id for one in given[:600]]).claims) == 1800
        assert len(links.edges_of(db, ids)) == 299
