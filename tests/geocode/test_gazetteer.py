"""Names to candidates: articles, clitics, letters, hyphens, romanisations; what is not taken for a place."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.geocode import build
from marsad.geocode.gazetteer import Gazetteer, distance_km
from marsad.geocode.names import arabic_forms, key, skeleton_key, usable
from marsad.geocode.packed import KINDS, Candidate, Entry, Layer, write


@pytest.mark.parametrize(
    ("name", "country"),
    [("سرت", "LY"), ("خرطوم", "SD"), ("الخرطوم", "SD"), ("Misurata", "LY"), ("Misratah", "LY"), ("deir ez-zor", "SY")]
    + [("طرابلس", "LY"), ("الرقه", "SY"), ("Sana'a", "YE"), ("Maarat al-Nu'man", "SY"), ("Ninawa", "IQ")],
)
def test_lookup_finds_the_place(name: str, country: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup(name)[0].country == country


def test_lookup_offers_all_places_of_a_name(gazetteer: Gazetteer) -> None:
    assert {"LY", "LB"} <= {place.country for place in gazetteer.lookup("طرابلس")}
    assert {"SY", "KW"} <= {place.country for place in gazetteer.lookup("الرقة")}
    assert gazetteer.lookup("لا مكان كهذا") == ()
    assert gazetteer.lookup("") == gazetteer.lookup("12") == ()


@pytest.mark.parametrize(
    ("words", "at", "end", "prefix"),
    [
        ("قصف بسرت امس", 1, 2, "ب"),
        ("وصل لدرنه", 1, 2, "ل"),
        ("سرت والرقه", 1, 2, "و"),
        ("في دير الزور وحلب", 1, 3, ""),
        ("in deir - ez - zor today", 1, 6, ""),
        ("in al - bab today", 1, 4, ""),
    ],
)
def test_match_takes_the_whole_name_and_its_clitic(
    words: str, at: int, end: int, prefix: str, gazetteer: Gazetteer
) -> None:
    best = gazetteer.match(words.split(), at)[0]
    assert (best.end, best.prefix) == (end, prefix)


@pytest.mark.parametrize(
    "word", ["القدم", "خطاب", "الحرب", "الشهر", "امس", "احمد", "علي", "كبيره", "بحركه", "of", "most"]
)
def test_common_words_are_no_places_by_themselves(word: str, gazetteer: Gazetteer) -> None:
    assert [m for m in gazetteer.match(["قال", word, "ان"], 1) if not m.weak] == []


def test_a_noun_vouches_for_a_common_word(gazetteer: Gazetteer) -> None:
    assert gazetteer.match(["بلده", "خطاب"], 1)[0].candidates[0].country == "SY"


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويء abz-'", max_size=30))
def test_match_never_fails_and_stays_inside(text: str) -> None:
    words = text.split() or ["x"]
    opened = _opened()
    for i in range(len(words)):
        assert all(i <= m.start < m.end <= len(words) for m in opened.match(words, i))


_CACHE: list[Gazetteer] = []


def _opened() -> Gazetteer:
    if not _CACHE:
        _CACHE.append(Gazetteer.open())
    return _CACHE[0]


def test_keys_leave_out_articles_and_marks() -> None:
    assert key("Deir ez-Zor") == key("Deir al Zor") == "deir zor"
    assert key("Sana‘a") == key("Sana'a") == "sanaa"
    assert key("مُحافظة الأنبار") == "محافظه الانبار"
    assert key("1,200") == key("") == ""
    assert skeleton_key(["misurata"]) == skeleton_key(["misratah"]) != ""
    assert not usable("SRX")
    assert usable("Sirte")


def test_readings_of_an_arabic_word() -> None:
    forms = arabic_forms("للخرطوم")
    assert ("ل", "الخرطوم", False) in forms
    assert forms[0] == ("", "للخرطوم", False)


def place(name: str, **changes: object) -> Candidate:
    """A village of nowhere."""
    plain = {"id": f"t:{name}", "name_en": name, "name_ar": "", "lat": 1.5, "lon": 2.5, "country": "SY", "admin1": ""}
    return Candidate(**(plain | {"kind": "village", "population": 0, "radius_km": 1.5} | changes))  # type: ignore[arg-type]


def test_a_layer_is_read_back_as_written(tmp_path: Path) -> None:
    places = [place(f"Place{n}", kind=kind, name_ar="قرية", admin1="Idlib") for n, kind in enumerate(KINDS)]
    write([Entry(p, {p.name_en.lower(): 0, "shared": 1 << 31}) for p in places], folder=tmp_path / "a", meta={"x": 1})
    layer = Layer(tmp_path / "a")
    assert [layer.record(n) for n in range(len(places))] == places
    assert layer.find("place3") == [places[3]]
    assert all(p.alternate for p in layer.find("shared"))
    assert layer.find("nothing") == []
    assert layer.meta["places"] == len(places)


def test_two_writers_at_once_leave_one_whole_layer(tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def run() -> None:
        try:
            write((Entry(place(f"P{n}"), {f"p{n}": 0}) for n in range(500)), folder=tmp_path / "a", meta={})
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert Layer(tmp_path / "a").meta["places"] == 500
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_own_layer_is_built_where_the_cache_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MARSAD_CACHE", str(tmp_path))
    opened: Callable[..., Layer] = build.own_layer
    assert opened(progress=True).find("سيغونيلا")[0].country == "IT"
    assert "building" in capsys.readouterr().err
    opened(progress=True)
    assert capsys.readouterr().err == ""


def test_distance() -> None:
    assert distance_km((33.51, 36.29), (36.2, 37.16)) == pytest.approx(310, abs=5)
