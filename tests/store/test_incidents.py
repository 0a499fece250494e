"""Incidents: kept, replaced, found."""

from dataclasses import replace
from datetime import date

import pytest

from marsad.model import Incident, Place
from marsad.store import Store, documents, inbox, incidents
from marsad.store.distance import box, kilometres
from marsad.store.incidents import Filter
from tests.store.samples import ALEPPO, claim, incident, reading

IDLIB = Place(name="Idlib", text="إدلب", lat=35.9306, lon=36.6339, country="SY", precision=1)  # some 55 km from Aleppo
SUVA = Place(name="Suva", text="سوفا", lat=-18.14, lon=178.44, country="FJ", precision=1)


def found(store: Store, **wanted: object) -> list[str]:
    with store.reading() as db:
        return [one.id for one in incidents.find(db, Filter(**wanted))]  # type: ignore[arg-type]


@pytest.fixture
def several(store: Store) -> list[Incident]:
    """Five incidents that differ in what a filter asks for."""
    made = [
        incident("i1", claim("d1-0", "d1")),
        incident("i2", claim("d2-0", "d2"), event="armed_clash", place=IDLIB, start=date(2016, 7, 20), grade=None),
        incident(
            "i3", claim("d3-0", "d3"), place=SUVA, start=date(2016, 1, 1), end=date(2016, 1, 3), actor="Navy 100%"
        ),
        incident("i4", claim("d4-0", "d4"), place=None, start=None, end=None, grade="weak", actor="Navy 1000"),
        incident("i5", claim("d5-0", "d5"), start=date(2016, 7, 24), end=None),
    ]
    with store.writing() as db:
        documents.put(db, [reading(f"d{n}") for n in range(1, 6)])
        incidents.replace(db, [], made)
        inbox.settle(db, [f"d{n}-0" for n in range(1, 6)])
    return made


def test_an_incident_comes_back_as_it_was(store: Store, several: list[Incident]) -> None:
    with store.reading() as db:
        assert incidents.get(db, ["i1", "i9"]) == {"i1": several[0]}
        assert incidents.ids(db) == ["i1", "i2", "i3", "i4", "i5"]
        assert sorted(incidents.find(db, Filter()), key=lambda i: i.id) == several


def test_they_come_in_the_order_of_their_days_and_those_without_last(store: Store, several: list[Incident]) -> None:
    assert found(store) == ["i3", "i2", "i1", "i5", "i4"]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"country": "fj"}, ["i3"]),
        ({"event": "armed_clash"}, ["i2"]),
        ({"grade": "weak"}, ["i4"]),
        ({"since": date(2016, 7, 24)}, ["i2", "i1", "i5"]),
        ({"since": date(2016, 1, 3), "until": date(2016, 7, 20)}, ["i3", "i2"]),
        ({"until": date(2015, 1, 1)}, []),
        ({"actor": "navy 100%"}, ["i3"]),
        ({"actor": "navy"}, ["i3", "i4"]),
        ({"actor": "navy-1000"}, ["i4"]),
        ({"actor": "الفَصيل"}, ["i2"]),
        ({"near": (36.2, 37.1, 10.0)}, ["i1", "i5"]),
        ({"near": (36.2, 37.1, 70.0)}, ["i2", "i1", "i5"]),
        ({"near": (-18.0, -179.9, 250.0)}, ["i3"]),
        ({"near": (36.2, 37.1, 70.0), "event": "armed_clash"}, ["i2"]),
        ({"text": "إدلب"}, ["i2"]),
        ({"text": "strike i4"}, ["i4"]),
        ({"text": '"غارة جوية" سوق idlib'}, ["i2"]),
        ({"text": "مدرسة"}, []),
    ],
)
def test_a_filter_finds(store: Store, several: list[Incident], wanted: dict[str, object], ids: list[str]) -> None:
    assert found(store, **wanted) == ids


def test_words_of_a_document_that_are_not_of_the_incident_do_not_find_it(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading("d1", "استهدفت غارة جوية سوقاً في المدينة. وأعلن عن محادثات في جنيف.")])
        incidents.replace(db, [], [incident("i1", claim("d1-0", "d1"))])
        inbox.settle(db, ["d1-0"])
    assert found(store, text="جنيف") == []
    assert found(store, text="سوق") == ["i1"]


def test_replacing_moves_claims(store: Store, several: list[Incident]) -> None:
    with store.writing() as db:
        joined = incident("i1", claim("d1-0", "d1"), claim("d2-0", "d2"), claim("d1-1", "d1"))
        incidents.replace(db, ["i1", "i2"], [joined])
        assert incidents.of_claims(db, ["d1-0", "d2-0", "d2-1"]) == {"d1-0": "i1", "d2-0": "i1"}
        assert incidents.claims_of(db, ["i1"]) == {"i1": ["d1-0", "d1-1", "d2-0"]}
        assert incidents.count(db) == 4


def test_every_name_an_incident_ever_had_leads_to_it(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [reading("d1"), reading("d2")])
        incidents.replace(db, [], [incident("i-d1-0", claim("d1-0", "d1"), claim("d2-1", "d2"))])
        assert incidents.resolve(db, "i-d1-0") == "i-d1-0"
        assert incidents.resolve(db, "i-d2-1") == "i-d1-0"
        assert incidents.resolve(db, "i-nothing") is None
        changed = reading("d2", "another text", claims=1)
        new = replace(changed.claims[0], claim=claim("new", "d2"), seed="i-new")
        left = documents.put(db, [replace(changed, claims=(new,))]).left
        incidents.replace(db, list(left.incidents), [incident("i-new", claim("new", "d2"))])
        assert incidents.resolve(db, "i-d2-1") == "i-new"
        assert incidents.resolve(db, "i-d1-0") is None


def test_distances() -> None:
    assert kilometres((ALEPPO.lat or 0, ALEPPO.lon or 0), (IDLIB.lat or 0, IDLIB.lon or 0)) == pytest.approx(
        54.2, abs=0.5
    )
    assert kilometres((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.1)
    assert box(36, 37, 111.2) == pytest.approx((35, 37, 35.764, 38.236), abs=0.01)
    assert box(89.5, 0, 100) is None
    assert box(0, 179.9, 100) is None
