"""What incidents are called."""

import pytest

from marsad.link.title import arabic_place

KNOWN = {"Aleppo": "حلب", "Idlib": "إدلب", "Turkey": "تركيا", "northern Iraq": "شمال العراق"}


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("Aleppo", "حلب"),
        ("northern Iraq", "شمال العراق"),
        ("south-eastern Turkey", "جنوب شرق تركيا"),
        ("between Aleppo and Idlib", "بين حلب وإدلب"),
        ("Idlib countryside", "ريف إدلب"),
        ("southern Idlib countryside", "ريف إدلب الجنوبي"),
        ("between Aleppo and Nowhere", ""),
        ("Nowhere countryside", ""),
        ("Nowhere", ""),
    ],
)
def test_a_place_that_a_text_made_of_others_has_an_arabic_name(english: str, arabic: str) -> None:
    assert arabic_place(english, lambda name: KNOWN.get(name, "")) == arabic
