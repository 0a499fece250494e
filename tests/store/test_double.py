"""Batches of documents for two reviewers: kept in order, never changed."""

from marsad.store import Store, double


def batch(store: Store, *documents: str, reviewers: tuple[str, str] = ("lina", "omar"), name: str = "") -> int:
    with store.writing() as db:
        return double.assign(db, who="sara", name=name, how="{}", reviewers=reviewers, documents=documents)


def test_batches_come_back_as_they_were_given(store: Store) -> None:
    first, second = batch(store, "b", "a", "c", name="أول دفعة"), batch(store, "d", reviewers=("omar", "zahra"))
    with store.reading() as db:
        assert [one.n for one in double.find(db)] == [second, first]
        (found,) = double.find(db, number=first)
        assert (found.documents, found.reviewers, found.name) == (("b", "a", "c"), ("lina", "omar"), "أول دفعة")
        assert [one.n for one in double.find(db, reviewer="zahra")] == [second]
        assert [one.n for one in double.find(db, reviewer="omar")] == [second, first]
        assert double.find(db, reviewer="sara") == []
        assert [one.n for one in double.of_document(db, "d")] == [second]


def test_what_was_done_is_told_in_order(store: Store) -> None:
    number, other = batch(store, "a", "b"), batch(store, "a")
    with store.writing() as db:
        double.append(db, number, "a", "accept", who="lina", about="c1", because="كما في النص")
        double.append(db, number, "b", "reject", who="omar", about="c2")
        double.append(db, other, "a", "hand_in", who="lina", value="[]")
    with store.reading() as db:
        assert [(one.verb, one.who, one.about) for one in double.told(db, [number])] == [
            ("accept", "lina", "c1"),
            ("reject", "omar", "c2"),
        ]
        assert [one.verb for one in double.told(db, [number, other], document="a")] == ["accept", "hand_in"]
        assert [one.batch for one in double.told(db, [number, other], verbs=("hand_in",))] == [other]
        assert double.last_handed_in(db) == 3
        assert double.told(db, [number])[0].because == "كما في النص"
