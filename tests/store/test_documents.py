"""Documents and their versions."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.errors import InputError
from marsad.model import Document
from marsad.store import Store, claims, copies, documents, incidents, links
from marsad.store.documents import Stored
from tests.store.samples import claim, incident, reading


def test_a_document_comes_back_as_it_was(store: Store) -> None:
    given = reading("d1")
    with store.writing() as db:
        assert documents.put(db, [given]).outcomes == ["new"]
    with store.reading() as db:
        assert documents.get(db, "d1") == given.document
        assert documents.get(db, "d2") is None
        assert documents.of(db, ["d1", "d2"]) == {"d1": given.document}
        assert list(documents.current(db)) == [given.document]


def test_the_same_document_again_changes_nothing(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading("d1"), reading("d2")])
    with store.writing() as db:
        change = documents.put(db, [reading("d1"), reading("d3"), reading("d2")])
        assert change.outcomes == ["same", "new", "same"]
        assert change.left == links.Left()
        assert [(listed.id, listed.version) for listed in documents.listing(db)] == [("d1", 1), ("d2", 1), ("d3", 1)]
        assert claims.count(db) == 6


@pytest.mark.parametrize("field", ["text", "title", "source", "published", "lang"])
def test_a_change_to_any_part_is_a_new_version_and_the_old_one_stays(store: Store, field: str) -> None:
    first = reading("d1")
    changed = replace(first.document, **{field: None if field == "published" else "other"})
    with store.writing() as db:
        documents.put(db, [first])
        assert documents.put(db, [replace(first, document=changed)]).outcomes == ["changed"]
    with store.reading() as db:
        assert documents.get(db, "d1") == changed
        assert documents.get(db, "d1", 1) == first.document
        assert documents.get(db, "d1", 2) == changed
        assert documents.get(db, "d1", 3) is None
        listed = [(one.version, one.current) for one in documents.listing(db, ["d1"])]
        assert listed == [(1, False), (2, True)]
        assert documents.count(db) == 1


def test_an_old_version_leaves_everything_and_what_it_leaves_is_told(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading("d1"), reading("d2"), reading("d3")])
        links.put_edges(db, [("d1-0", "d2-0", 1.0, "same place"), ("d2-1", "d3-1", 0.5, "")])
        copies.put_pairs(db, [("d1", "d2", 0.9), ("d2", "d3", 0.8)])
        copies.set_lineages(db, {"d1": "d1", "d2": "d1"})
        incidents.replace(db, [], [incident("i1", claim("d1-0", "d1"), claim("d2-0", "d2"))])
        change = documents.put(db, [reading("d1", "another text", claims=1)])
        assert change.outcomes == ["changed"]
        assert change.left == links.Left(
            claims={"d1-0", "d1-1"}, neighbours={"d2-0"}, incidents={"i1"}, documents={"d2"}, lineages={"d1"}
        )
        assert links.edges_of(db, ["d1-0", "d2-0"]) == []
        assert copies.pairs_of(db, ["d1", "d2"]) == [("d2", "d3", 0.8)]
        assert incidents.of_claims(db, ["d1-0", "d2-0"]) == {"d2-0": "i1"}
        assert sorted(claims.by_keys(db, ["block"])) == [
            ("block", id_) for id_ in ("d1-0", "d2-0", "d2-1", "d3-0", "d3-1")
        ]
        assert claims.of_documents(db, ["d1"]) == {"d1": [claim("d1-0", "d1")]}


def test_two_versions_in_one_batch_are_as_two_batches(store: Store) -> None:
    with store.writing() as db:
        change = documents.put(db, [reading("d1", "one"), reading("d1", "two"), reading("d1", "two"), reading("d2")])
        assert change.outcomes == ["new", "changed", "same", "new"]
        found = documents.get(db, "d1")
        assert found is not None
        assert found.text == "two"


def test_a_withdrawn_document_leaves_a_tombstone_and_can_come_back(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading("d1"), reading("d2")])
        assert documents.withdraw(db, ["d1", "d9"]).claims == {"d1-0", "d1-1"}
        assert documents.get(db, "d1") is None
        assert documents.get(db, "d1", 1) == reading("d1").document
        assert set(claims.get(db, ["d1-0", "d2-0"])) == {"d2-0"}
        assert documents.withdraw(db, ["d1"]) == links.Left()
        assert documents.put(db, [reading("d1")]).outcomes == ["changed"]
        assert documents.get(db, "d1") == reading("d1").document


def test_nothing_of_a_failed_transaction_stays(store: Store) -> None:
    def fail() -> None:
        with store.writing() as db:
            documents.put(db, [reading("d1")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.reading() as db:
        assert documents.count(db) == 0


def test_a_view_does_not_change_while_others_write(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading("d1")])
    with store.reading() as view:
        with store.writing() as db:
            documents.put(db, [reading("d2")])
        assert documents.count(view) == 1
    with store.reading() as view:
        assert documents.count(view) == 2


def test_a_nul_character_is_refused_by_name(store: Store) -> None:
    with pytest.raises(InputError, match="document d1: its text holds a NUL"), store.writing() as db:
        documents.put(db, [reading("d1", "a\0b")])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    title=st.text("\\\t\r\n'\"%:؛ء"),
)
def test_any_text_comes_back(store: Store, text: str, title: str) -> None:
    document = Document(id=f"x{text}", text=text, title=title)
    with store.writing() as db:
        documents.put(db, [Stored(document=document)])
        assert documents.get(db, document.id) == document


def test_damage_to_a_text_is_noticed(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading("d1"), reading("d2")])
        assert documents.damaged(db) == []
        db.connection.exec_driver_sql("UPDATE documents SET text = 'other' WHERE id = 'd2'")
        assert documents.damaged(db) == ["d2"]
