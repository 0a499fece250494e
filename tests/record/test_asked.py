"""Conditions as a user writes them; what cannot be used names its field."""

from datetime import date

import pytest

from marsad.record import asked
from marsad.record.asked import Asked


def test_countries_by_name_in_either_language_and_by_code() -> None:
    assert [asked.country_code(value) for value in ("Syria", "سوريا", "sy", None)] == ["SY", "SY", "SY", None]


def test_circles_round_a_point_and_a_place() -> None:
    point = asked.circle("35.86, 36.80", None)
    assert point is not None
    assert (point.near, point.told) == ((35.86, 36.8, 25.0), "")
    place = asked.circle("Saraqib", 10)
    assert place is not None
    assert place.km == 10
    assert place.told.startswith("near Saraqib, town in Idlib, SY")
    assert asked.circle(None, 5) is None


def test_events_and_actors() -> None:
    assert asked.event_name("Air-drone strike") == "air_drone_strike"
    assert asked.actor_name("some faction") == "some faction"
    assert asked.actor_name("Islamic State") == "islamic-state"
    assert asked.event_name(None) is asked.actor_name(None) is None


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: asked.country_code("Atlantis"), "country"),
        (lambda: asked.circle("Xyzzyplugh", None), "near"),
        (lambda: asked.circle("Aleppo", None, country="IQ"), "near"),
        (lambda: asked.circle("95,200", None), "near"),
        (lambda: asked.circle("Aleppo", float("nan")), "km"),
        (lambda: asked.event_name("coronation"), "event"),
        (lambda: asked.actor_name("  "), "actor"),
        (lambda: asked.in_order(date(2016, 2, 1), date(2016, 1, 1)), "until"),
    ],
)
def test_what_cannot_be_used_names_its_field(call: object, field: str) -> None:
    with pytest.raises(Asked) as told:
        call()  # type: ignore[operator]
    assert told.value.field == field
    assert str(told.value)
