"""What readers of Arabic and English call parties, places and countries."""

from marsad.model import Party, Place
from marsad.server.names import Names

ARABIC, ENGLISH = Names("ar"), Names("en")
KUNDUZ = Place(name="Kunduz", text="قندز", lat=36.73, lon=68.86, country="AF", precision=1)


def test_an_actor_of_the_lexicon_has_its_name_in_the_readers_language() -> None:
    taliban = Party(name="Taliban", texts=("the movement",), actor_id="taliban")
    assert (ARABIC.party(taliban).lang, ENGLISH.party(taliban).text) == ("ar", "Taliban")
    assert ARABIC.actor(("taliban", "Taliban")) == ARABIC.party(taliban)


def test_a_party_that_nobody_knows_keeps_its_name_and_says_in_which_language() -> None:
    gunmen = Party(name="gunman", texts=("مسلحون",))
    assert (ARABIC.party(gunmen).text, ARABIC.party(gunmen).lang) == ("gunman", "en")


def test_places_and_countries_are_named_by_the_gazetteer() -> None:
    assert ARABIC.place(KUNDUZ).text == "قندوز"
    assert ENGLISH.place(KUNDUZ).text == "Kunduz"
    assert ARABIC.spot("western Aleppo countryside", "SY").text == "ريف حلب الغربي"
    assert (ARABIC.country("AF"), ENGLISH.country("AF"), ENGLISH.country("ZZ")) == ("أفغانستان", "Afghanistan", "ZZ")


def test_a_place_of_no_gazetteer_keeps_its_name() -> None:
    assert (ARABIC.spot("Nowhereville", "SY").text, ARABIC.spot("Nowhereville", "SY").lang) == ("Nowhereville", "en")
