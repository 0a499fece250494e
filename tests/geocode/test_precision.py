"""Codes and computed points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.geocode.gazetteer import distance_km
from marsad.geocode.precision import codes, move, table


def test_codes_follow_the_codebook() -> None:
    wanted = {"city": 1, "near": 2, "offset": 2, "adm2": 3, "adm1": 4, "region": 5, "line": 5, "country": 6, "sea": 7}
    assert {case: codes(case).ucdp for case in wanted} == wanted
    assert all(row.acled in (1, 2, 3) for row in table().values())
    assert codes("no such case") == codes("region")


def test_accuracy_is_an_airwars_word() -> None:
    allowed = {
        "province_governorate", "district", "subdistrict", "city", "town", "village", "neighbourhood_area", "street",
        "nearby_landmark",
    }  # fmt: skip
    assert {row.accuracy for row in table().values()} <= allowed


@given(st.floats(-70, 70), st.floats(-179, 179), st.floats(0, 359), st.floats(0.5, 500))
def test_a_moved_point_is_as_far_away_as_said(lat: float, lon: float, bearing: float, km: float) -> None:
    assert distance_km((lat, lon), move(lat, lon, bearing=bearing, km=km)) == pytest.approx(km, rel=0.01, abs=0.01)


def test_north_is_up() -> None:
    assert move(31.2, 16.6, bearing=0, km=111)[0] == pytest.approx(32.2, abs=0.01)
    assert move(31.2, 16.6, bearing=90, km=50)[1] > 17.0
