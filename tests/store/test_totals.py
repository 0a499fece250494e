"""Totals of campaigns: kept, replaced, found."""

from datetime import date

import pytest

from marsad.store import Store, documents, totals
from marsad.store.totals import Filter
from tests.store.samples import claim, reading, total


@pytest.fixture(autouse=True)
def several(store: Store) -> None:
    """Three totals of two campaigns."""
    with store.writing() as db:
        documents.put(db, [reading("d1"), reading("d2")])
        totals.replace(
            db,
            [],
            [
                total("t1", claim("d1-0", "d1"), claim("d2-0", "d2")),
                total("t2", claim("d1-0", "d1"), end=date(2016, 1, 1)),
                total("t3", claim("d1-1", "d1"), campaign="iq", event="air_drone_strike"),
            ],
        )


def test_totals_come_back_and_are_replaced(store: Store) -> None:
    with store.writing() as db:
        assert totals.get(db, ["t2", "t9"]) == {"t2": total("t2", claim("d1-0", "d1"), end=date(2016, 1, 1))}
        assert totals.of_claims(db, ["d1-0", "d2-1"]) == {"d1-0": ["t1", "t2"]}
        totals.replace(db, ["t1"], [total("t1", claim("d2-1", "d2"))])
        assert totals.of_claims(db, ["d1-0", "d2-0", "d2-1"]) == {"d1-0": ["t2"], "d2-1": ["t1"]}


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({}, ["t3", "t2", "t1"]),
        ({"campaign": "iq"}, ["t3"]),
        ({"event": "casualties"}, ["t2", "t1"]),
        ({"since": date(2016, 2, 1)}, ["t3", "t1"]),
        ({"until": date(2015, 7, 1)}, []),
        ({"country": "SY", "actor": "air force", "event": "casualties"}, ["t2", "t1"]),
        ({"actor": "نحن"}, []),
    ],
)
def test_a_filter_finds_totals_by_campaign_and_day(store: Store, wanted: dict[str, object], ids: list[str]) -> None:
    with store.reading() as db:
        assert [one.id for one in totals.find(db, Filter(**wanted))] == ids  # type: ignore[arg-type]


def test_a_total_whose_claim_went_is_told(store: Store) -> None:
    with store.writing() as db:
        assert documents.put(db, [reading("d2", "another text")]).left.totals == {"t1"}
