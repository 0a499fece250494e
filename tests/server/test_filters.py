"""Filters as addresses hold them."""

from datetime import date

import pytest

from marsad.server.filters import asking


def test_every_field_is_understood_as_on_the_command_line() -> None:
    found = asking(
        {
            "country": "سوريا",
            "from": "2016-06-01",
            "to": "2016-06-30",
            "event": "air-drone strike",
            "actor": "الجيش السوري",
            "near": "35.9, 36.6",
            "km": "10",
            "grade": "fair",
            "text": "مستشفى",
            "order": "-killed",
        }
    )
    chosen = found.chosen
    assert not found.errors
    assert (chosen.country, chosen.event, chosen.grade, chosen.text) == ("SY", "air_drone_strike", "fair", "مستشفى")
    assert (chosen.since, chosen.until) == (date(2016, 6, 1), date(2016, 6, 30))
    assert (chosen.near, chosen.actor) == ((35.9, 36.6, 10.0), "syrian-army")
    assert "order" not in found.query


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("country", "Atlantis"),
        ("from", "yesterday"),
        ("to", "2016-13-01"),
        ("event", "picnic"),
        ("near", "Nowhereville"),
        ("near", "99,0"),
        ("km", "-3"),
        ("km", "nan"),
        ("km", "12"),
        ("grade", "perfect"),
        ("text", "«»"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_at_its_field_and_asks_for_nothing(field: str, value: str) -> None:
    found = asking({field: value})
    assert list(found.errors) == [field]
    assert found.values == {field: value}
    assert all(getattr(found.chosen, name) is None for name in found.chosen.__dataclass_fields__)


def test_days_the_wrong_way_round_are_told_at_the_last() -> None:
    found = asking({"from": "2016-06-30", "to": "2016-06-01"})
    assert list(found.errors) == ["to"]
    assert found.chosen.since == date(2016, 6, 30)


def test_empty_fields_ask_for_nothing() -> None:
    found = asking({"country": " ", "text": "", "near": ""})
    assert not found.values
    assert not found.errors
