"""What of two reviewers' claims is held to be the same, field by field."""

from dataclasses import replace
from datetime import date

import pytest

from marsad.assess.fields import COMPARED, Judged, agreement, same
from marsad.model import Period, Place, Speaker
from tests.assess.made import AIR_FORCE, ARMY, HOUTHIS, claim, killed


def place(name: str, lat: float | None, lon: float | None, *, precision: int = 1, id: str | None = None) -> Place:
    return Place(name=name, text=name, lat=lat, lon=lon, country="SY", precision=precision, gazetteer_id=id)


PLAIN = claim("d1", killed(3), actors=(ARMY,), by=("Army",))


@pytest.mark.parametrize(
    ("one", "other", "held"),
    [
        (
            place("Idlib", 35.93, 36.63, id="g1"),
            place("Edlib", 36.5, 37.0, id="g1"),
            True,
        ),  # one entry of the gazetteer
        (place("Idlib", 35.93, 36.63), place("Idlib city", 35.94, 36.64), True),  # 1.4 km apart
        (place("Idlib", 35.93, 36.63), place("Saraqib", 35.86, 36.80), False),  # 17 km apart
        (place("Idlib", 35.93, 36.63), place("Idlib province", 35.93, 36.63, precision=4), False),
        (place("إدلب", None, None), place("ادلب", None, None), True),  # unplaced: the name as it is folded
        (place("Idlib", None, None), place("Homs", None, None), False),
        (None, place("Idlib", 35.93, 36.63), False),
        (None, None, True),
    ],
)
def test_places(one, other, held):
    assert same("place", replace(PLAIN, place=one), replace(PLAIN, place=other)) is held
    assert same("place", replace(PLAIN, place=other), replace(PLAIN, place=one)) is held


def test_sides_are_the_same_in_any_order_and_wording():
    two = replace(PLAIN, actors=(HOUTHIS, ARMY))
    assert same("actors", two, replace(PLAIN, actors=(replace(ARMY, texts=("القوات",)), HOUTHIS)))
    assert not same("actors", two, PLAIN)
    assert not same("actors", PLAIN, replace(PLAIN, actors=(AIR_FORCE,)))


def test_figures_speakers_and_days():
    assert same("quantities", PLAIN, replace(PLAIN, quantities=(replace(killed(3), text="three"),)))
    assert not same("quantities", PLAIN, replace(PLAIN, quantities=(killed(3, None),)))
    army = Speaker(text="the army", name="army", anonymous=False)
    assert same("attribution", PLAIN, replace(PLAIN, attribution=(army,)))
    day = Period(text="Monday", start=date(2020, 1, 6), end=date(2020, 1, 6))
    assert same("time", replace(PLAIN, time=day), replace(PLAIN, time=replace(day, text="")))
    assert not same("time", replace(PLAIN, time=day), PLAIN)


def test_agreement_of_two_reviewers_field_by_field():
    protest = replace(PLAIN, event="protest")
    found = agreement(
        [
            ("d1", {"lina": Judged("accepted", PLAIN), "omar": Judged("corrected", protest)}),
            ("d1", {"lina": Judged("accepted", PLAIN), "omar": Judged("accepted", PLAIN)}),
            ("d2", {"lina": Judged("rejected", PLAIN), "omar": Judged("accepted", PLAIN)}),
            ("d2", {"lina": Judged("added", protest), "omar": Judged("added", protest)}),
        ]
    )
    assert tuple(found) == COMPARED
    assert found["verdict"].units == 3  # what was added was not there to be judged
    assert found["verdict"].percent == pytest.approx(1 / 3)
    assert found["event"].units == 3  # a rejected claim has no fields
    assert found["event"].percent == pytest.approx(2 / 3)
    assert found["event"].kappa == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))  # 1 and 2 protests of 3: 2/9 + 2/9
    assert found["place"].alpha_undefined == "no_variation"  # neither names a place, ever
    assert found["numbers"].kappa is None


def test_numbers_compare_those_that_both_give():
    figures = [
        (killed(3), killed(4)),
        (killed(300), killed(301)),
        (killed(10, 20), killed(None, 15)),
        (killed(5), None),
    ]
    found = agreement(
        (
            f"d{n}",
            {
                "lina": Judged("accepted", replace(PLAIN, quantities=(one,))),
                "omar": Judged("corrected", replace(PLAIN, quantities=(other,) if other else ())),
            },
        )
        for n, (one, other) in enumerate(figures)
    )
    assert found["numbers"].units == 3
    assert found["numbers"].percent == pytest.approx(1 / 3)  # 10 to 20 is 15 in the middle
    assert found["numbers"].alpha is not None
    assert 0.9 < found["numbers"].alpha < 1
    assert found["quantities"].units == 4
    assert found["quantities"].percent == 0
