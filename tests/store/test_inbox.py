"""The inbox: worked out from claims and what people made of them, in the order of doubt."""

from dataclasses import replace
from datetime import date

import pytest

from marsad.model import Claim, Estimate, Figure
from marsad.store import Store, claimed, documents, inbox, incidents, links
from marsad.store.claimed import neighbours, page
from marsad.store.documents import Linkable, Stored
from marsad.store.incidents import Filter
from marsad.store.lists import InboxFilter
from marsad.store.schema import claims as claim_table
from marsad.store.schema import revised
from tests.store.samples import ALEPPO, claim, incident, reading

ALL = InboxFilter(state=None)


def told(claim: Claim, **changes: object) -> Linkable:
    """A claim to put, changed."""
    return Linkable(claim=replace(claim, **changes), node=b"n", seed=f"i-{claim.id}")  # type: ignore[arg-type]


@pytest.fixture
def several(store: Store) -> list[Stored]:
    """Three documents with claims of several kinds; the second has no place and is in English."""
    first = reading("d1")
    second = reading("d2")
    second = replace(
        second,
        document=replace(second.document, lang="en", source="Paper", published=date(2016, 8, 1)),
        claims=(
            told(claim("d2-0", "d2", place=None), evidence=("Troops moved to the crossing on Monday evening.",)),
            told(claim("d2-1", "d2"), event="movement", factuality="possible", quantities=(), destination=ALEPPO),
        ),
    )
    third = replace(reading("d3"), document=replace(reading("d3").document, published=None), claims=())
    with store.writing() as db:
        documents.put(db, [first, second, third])
        inbox.settle(db, ["d1-0", "d1-1", "d2-0", "d2-1"])
    return [first, second, third]


def decide(store: Store, id: str, state: str, record: str | None = None) -> None:
    """Have in the record what a person made of a claim."""
    with store.writing() as db:
        n = db.value(claim_table.select().with_only_columns(claim_table.c.n).where(claim_table.c.id == id))
        db.insert(revised, [(n, state, False, record)])
        inbox.settle(db, [id])


def ids(store: Store, chosen: InboxFilter = ALL, **page_of: int) -> list[str]:
    with store.reading() as db:
        return [row.claim for row in page(db, chosen, offset=page_of.get("offset", 0), limit=page_of.get("limit", 50))]


def test_the_most_doubtful_comes_first(store: Store, several: list[Stored]) -> None:
    with store.reading() as db:
        found = page(db, ALL, offset=0, limit=10)
    assert [row.claim for row in found] == ["d2-0", "d1-0", "d1-1", "d2-1"]
    doubts = [row.doubt for row in found]
    assert doubts == sorted(doubts, reverse=True)
    assert found.total == 4
    first = found.rows[0]
    assert "no_place" in {reason.code for reason in first.reasons}
    assert (first.document, first.lang, first.source, first.published) == ("d2", "en", "Paper", date(2016, 8, 1))
    assert (first.state, first.place, first.country, first.incident) == ("open", "", None, None)


def test_pages_follow_each_other(store: Store, several: list[Stored]) -> None:
    assert ids(store, limit=3) + ids(store, offset=3, limit=3) == ids(store)
    assert ids(store, offset=10) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"lang": "en"}, ["d2-0", "d2-1"]),
        ({"event": "movement"}, ["d2-1"]),
        ({"factuality": "possible"}, ["d2-1"]),
        ({"country": "sy"}, ["d1-0", "d1-1", "d2-1"]),
        ({"source": "وكالة"}, ["d1-0", "d1-1"]),
        ({"since": date(2016, 8, 1)}, ["d2-0", "d2-1"]),
        ({"until": date(2016, 7, 31)}, ["d1-0", "d1-1"]),
        ({"document": "d1"}, ["d1-0", "d1-1"]),
        ({"document": "gone"}, []),
        ({"text": "سوق"}, ["d1-0", "d1-1", "d2-1"]),
        ({"text": "crossing troop"}, ["d2-0"]),
        ({"text": '"moved to the crossing"'}, ["d2-0"]),
        ({"text": '"crossing the moved"'}, []),
        ({"text": "aleppo"}, ["d1-0", "d1-1", "d2-1"]),
        ({"state": "open"}, ["d2-0", "d1-0", "d1-1", "d2-1"]),
        ({"state": "rejected"}, []),
        ({"order": "published"}, ["d2-0", "d2-1", "d1-0", "d1-1"]),
        ({"order": "new"}, ["d2-0", "d2-1", "d1-0", "d1-1"]),
        ({"order": "text"}, ["d1-0", "d1-1", "d2-0", "d2-1"]),
    ],
)
def test_a_filter_finds(store: Store, several: list[Stored], wanted: dict[str, object], found: list[str]) -> None:
    assert ids(store, replace(ALL, **wanted)) == found  # type: ignore[arg-type]


def test_what_a_person_decided_is_its_state(store: Store, several: list[Stored]) -> None:
    decide(store, "d2-0", "accepted")
    assert ids(store, InboxFilter()) == ["d1-0", "d1-1", "d2-1"]
    assert ids(store, InboxFilter(state="accepted")) == ["d2-0"]


def test_a_corrected_claim_is_listed_and_found_as_it_is_now(store: Store, several: list[Stored]) -> None:
    now = '{"id":"d2-0","document":"d2","event":"attack","factuality":"asserted","scope":"single","trigger":"x",'
    now += '"trigger_span":[0,1],"evidence":["Shells fell on a bakery."]}'
    decide(store, "d2-0", "corrected", now)
    assert ids(store, replace(ALL, text="bakery")) == ["d2-0"]
    assert ids(store, replace(ALL, text="crossing")) == []
    assert ids(store, replace(ALL, event="attack")) == ["d2-0"]


def test_a_withdrawn_document_leaves_the_list(store: Store, several: list[Stored]) -> None:
    with store.writing() as db:
        documents.withdraw(db, ["d2"])
    assert ids(store) == ["d1-0", "d1-1"]
    assert ids(store, replace(ALL, text="crossing")) == []


def test_what_was_cleared_is_listed_anew_as_it_was(store: Store, several: list[Stored]) -> None:
    decide(store, "d1-0", "accepted")

    def listed() -> list[object]:
        with store.reading() as db:
            return [tuple(row) for row in db.rows(inbox.inbox.select().order_by(inbox.inbox.c.claim))]

    before = listed()
    with store.writing() as db:
        inbox.clear(db)
        inbox.settle_missing(db)
    assert listed() == before
    assert ids(store, replace(ALL, text="crossing")) == ["d2-0"]
    with store.writing() as db:
        inbox.reindex(db)
    assert ids(store, replace(ALL, text="crossing")) == ["d2-0"]


def test_a_figure_that_dissents_raises_the_doubt(store: Store, several: list[Stored]) -> None:
    made = incident("i1", claim("d1-1", "d1"))
    figure = Figure(claim="d1-1", lineage="d1", low=500, high=500, text="", use="dissents")
    apart = Estimate(of="killed", whom="all", known="counted", figures=(figure,))
    with store.writing() as db:
        incidents.replace(db, [], [replace(made, assessment=replace(made.assessment, estimates=(apart,)))])
        inbox.settle(db, ["d1-1"])
    with store.reading() as db:
        first = page(db, ALL, offset=0, limit=1).rows[0]
    assert (first.claim, first.incident, first.reasons[0].code) == ("d1-1", "i1", "dissents")


def test_the_stamp_changes_with_what_is_listed(store: Store, several: list[Stored]) -> None:
    def stamp() -> str:
        with store.reading() as db:
            return inbox.stamp(db)

    first = stamp()
    assert stamp() == first
    decide(store, "d1-0", "accepted")
    assert stamp() != first


@pytest.mark.parametrize("order", ["doubt", "new", "published", "text"])
def test_neighbours_stand_beside_a_claim_in_the_same_order(store: Store, several: list[Stored], order: str) -> None:
    chosen = replace(ALL, order=order)  # type: ignore[arg-type]
    listed = ids(store, chosen)
    with store.reading() as db:
        beside = [neighbours(db, one, chosen) for one in listed]
    assert beside == list(zip([None, *listed[:-1]], [*listed[1:], None], strict=True))


def test_neighbours_of_a_claim_that_is_no_longer_in_the_list(store: Store, several: list[Stored]) -> None:
    decide(store, "d1-0", "accepted")
    with store.reading() as db:
        assert neighbours(db, "d1-0", InboxFilter()) == ("d2-0", "d1-1")
        assert neighbours(db, "gone", InboxFilter()) == (None, None)


def test_facets_are_counted_under_the_other_conditions(store: Store, several: list[Stored]) -> None:
    with store.reading() as db:
        found = claimed.facets(db, InboxFilter(lang="en"))
    counts = {name: {one.value: one.count for one in values} for name, values in found.items()}
    assert counts["lang"] == {"ar": 2, "en": 2}
    assert counts["event"] == {"air_drone_strike": 1, "movement": 1}
    assert counts["country"] == {"": 1, "SY": 1}
    assert counts["source"] == {"Paper": 2}
    assert counts["state"] == {"open": 2}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["d2-1"]),
        ({"country": "sy"}, ["d2-1"]),
        ({"country": "IQ"}, []),
        ({"actor": "sy-air"}, ["d2-1"]),
        ({"actor": "navy"}, []),
        ({"near": (36.2, 37.1, 20.0)}, ["d2-1"]),
        ({"near": (30.0, 37.1, 20.0)}, []),
        ({"since": date(2016, 7, 24), "until": date(2016, 7, 24)}, ["d2-1"]),
        ({"since": date(2016, 7, 25)}, []),
        ({"event": "control"}, []),
        ({"text": "سوق"}, ["d2-1"]),
        ({"grade": "fair"}, []),
    ],
)
def test_statements_of_movement_are_found(
    store: Store, several: list[Stored], wanted: dict[str, object], found: list[str]
) -> None:
    with store.reading() as db:
        listed = claimed.statements(db, Filter(**wanted), offset=0, limit=10)  # type: ignore[arg-type]
    assert [row.claim for row in listed] == found
    assert listed.total == len(found)
    for row in listed:
        assert (row.factuality, row.source, row.place, row.destination) == ("possible", "Paper", ALEPPO, ALEPPO)


def test_a_rejected_statement_is_none(store: Store, several: list[Stored]) -> None:
    decide(store, "d2-1", "rejected")
    with store.reading() as db:
        assert claimed.statements(db, Filter(), offset=0, limit=10).total == 0


def test_clearing_all_that_is_derived_empties_the_inbox(store: Store, several: list[Stored]) -> None:
    with store.writing() as db:
        links.clear(db)
    assert ids(store) == []
