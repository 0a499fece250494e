"""The place tables hold together: provinces named exist, kinds have codes, coordinates lie in the country's reach."""

from collections import Counter

from marsad.geocode.build import names_in_use, own_entries, theatre
from marsad.geocode.gazetteer import Gazetteer, distance_km
from marsad.geocode.packed import KINDS
from marsad.geocode.plausible import Plausibility
from marsad.geocode.precision import table
from marsad.geocode.vocabulary import capitals, vocabulary

PLACES = [entry.place for entry in own_entries()]
CONFLICTS = "SY IQ YE LY SD SS PS IL LB SO AF PK ML NE BF NG TD EG TR UA".split()
SITES = {"base", "airport", "port", "crossing", "camp", "dam", "site"}


def test_every_kind_has_codes() -> None:
    assert set(KINDS) <= set(table())


def test_provinces_named_exist() -> None:
    provinces = {(place.country, place.name_en) for place in PLACES if place.kind == "adm1"}
    told = {place.country for place in PLACES if place.kind == "adm1"}
    lost = {(p.country, p.admin1, p.name_en) for p in PLACES if p.admin1 and p.country in told} - {
        (p.country, p.admin1, p.name_en) for p in PLACES if (p.country, p.admin1) in provinces
    }
    assert not lost


def test_places_lie_near_their_province() -> None:
    middle = {(p.country, p.name_en): p for p in PLACES if p.kind == "adm1"}
    far = [
        (place.name_en, place.admin1)
        for place in PLACES
        if place.kind not in ("adm1", "country", "region", "line")
        and (unit := middle.get((place.country, place.admin1))) is not None
        and distance_km((place.lat, place.lon), (unit.lat, unit.lon)) > 2.5 * unit.radius_km + 40
    ]
    assert not far


def test_what_the_project_promises_is_there() -> None:
    kinds = Counter(place.kind for place in PLACES)
    countries = {place.country for place in PLACES if place.kind == "country"}
    assert sum(kinds[kind] for kind in SITES) >= 300
    assert kinds["country"] >= 195
    assert kinds["sea"] >= 10
    for country in CONFLICTS:
        assert country in countries
        if country != "TR":
            assert sum(p.kind == "adm1" and p.country == country for p in PLACES) >= 2, country
        assert country in theatre()


def test_ids_are_unique() -> None:
    assert max(Counter(place.id for place in PLACES).values()) == 1


def test_word_tables_load() -> None:
    assert vocabulary("ar").get("ومدينه", "head")
    assert vocabulary("en").get("north", "direction")
    assert capitals()["SY"] == "Damascus"
    assert Plausibility().stop_phrase(["الشرق", "الاوسط"], 0) == 2


def test_arabic_names_are_those_in_use() -> None:
    gazetteer = Gazetteer.open()
    shown = {
        name: gazetteer.lookup(name)[0].name_ar for name in ("jerusalem", "istanbul", "ankara", "tehran", "moscow")
    }
    assert shown == {
        "jerusalem": "القدس", "istanbul": "إسطنبول", "ankara": "أنقرة", "tehran": "طهران", "moscow": "موسكو",
    }  # fmt: skip
    assert all(name == " ".join(name.split()) for name in names_in_use().values())
