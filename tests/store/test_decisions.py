"""Decisions are added to, never changed."""

from marsad.store import Store, decisions, links


def test_decisions_are_kept_in_order_and_survive_clearing(store: Store) -> None:
    with store.writing() as db:
        made = decisions.append(
            db, verb="merge", about=("i1", "i2"), who="ليلى", because="same mosque", at="2026-01-02T03:04:05Z"
        )
        assert (made.seq, made.at, made.about, made.undone) == (1, "2026-01-02T03:04:05Z", ("i1", "i2"), False)
        decisions.append(db, verb="grade", about=["i1"], value="fair", who="a")
        links.clear(db)
    with store.reading() as db:
        assert [(d.seq, d.verb, d.who, d.value, d.because) for d in decisions.all(db)] == [
            (1, "merge", "ليلى", "", "same mosque"),
            (2, "grade", "a", "fair", ""),
        ]


def test_what_was_undone_says_so_until_the_undo_is_undone(store: Store) -> None:
    with store.writing() as db:
        for verb, about in (("merge", ("i1", "i2")), ("split", ("i1", "c")), ("undo", ("2",))):
            decisions.append(db, verb=verb, about=about, who="a")
        assert [d.undone for d in decisions.all(db)] == [False, True, False]
        decisions.append(db, verb="undo", about=("3",), who="a")
        assert [d.undone for d in decisions.all(db)] == [False, False, True, False]
