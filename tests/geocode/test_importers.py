"""Bigger gazetteers: read, packed, found, and refused with file and line."""

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from marsad.errors import InputError
from marsad.geocode.gazetteer import Gazetteer, distance_km
from marsad.geocode.importers import import_file
from marsad.geocode.names import key, without_noun
from marsad.geocode.packed import Layer
from marsad.geocode.resolve import find_places, resolve_document
from marsad.lang.text import normalise, tokens
from tests.support import ROOT

WOF = ROOT.parent / "shared" / "data" / "gazetteer_wof.jsonl.gz"
DUMP = "\t".join(
    ["1", "Qaryat Mithal", "Qaryat Mithal", "قرية مثال,Mithal,MTL", "35.5", "36.7", "P", "PPL", "SY", "", "12"]
    + ["", "", "", "900", "", "", "Asia/Damascus", "2020-01-01"]
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("MARSAD_CACHE", str(tmp_path / "cache"))
    return tmp_path


def test_geonames_dump(cache: Path) -> None:
    path = cache / "SY.txt"
    path.write_text(DUMP + "\n" + DUMP.replace("PPL", "HTL").replace("\tP\t", "\tS\t") + "\n", encoding="utf-8")
    layer = import_file(path, format="geonames")
    assert layer.meta["places"] == 1
    found = layer.find(key("مثال"))[0]
    assert (found.id, found.admin1, found.kind) == ("geonames:1", "Idlib", "village")


def test_csv_with_all_columns(cache: Path) -> None:
    path = cache / "mine.csv"
    header = "name,lat,lon,country,name_ar,alternates,kind,admin1,id\n"
    path.write_text(header + "Tell One,35.1,36.1,sy,تل واحد,Tal One|Tel One,mountain,Hama,x:1\n", encoding="utf-8")
    layer = import_file(path, format="csv")
    assert layer.find(key("Tel One"))[0] == layer.find(key("تل واحد"))[0]
    assert layer.record(0).kind == "mountain"
    assert import_file(path, format="csv").folder == layer.folder


def test_imported_places_are_used_at_the_next_opening(cache: Path) -> None:
    path = cache / "sites.csv"
    path.write_text("name,lat,lon,country,name_ar\nZubrin,34.0,36.5,LB,زبرينة\n", encoding="utf-8")
    layer = import_file(path, format="csv")
    assert Gazetteer([layer]).lookup("زبرينه")[0].name_en == "Zubrin"


@pytest.mark.parametrize(
    ("format", "text", "says"),
    [
        ("geonames", "a\tb\n", "line 1: 2 columns"),
        ("geonames", DUMP.replace("35.5", "north"), "line 1"),
        ("wof", '{"id": 1}\n', "line 1: not a place"),
        ("wof", "{\n", "line 1: not a place"),
        ("csv", "name,lat\n", "lacks lon, country"),
        ("csv", "name,lat,lon,country\nA,x,1,SY\n", "line 2"),
        ("csv", "name,lat,lon,country,kind\nA,1,1,SY,hut\n", "kind is 'hut'"),
        ("shapefile", "", "unknown gazetteer format"),
    ],
)
def test_what_cannot_be_read_is_named(format: str, text: str, says: str, cache: Path) -> None:
    path = cache / "bad.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(says)):
        import_file(path, format=format)
    assert not list((cache / "cache").rglob("meta.json"))


def test_a_missing_file_is_named(cache: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        import_file(cache / "nowhere.csv", format="csv")


@pytest.fixture(scope="module")
def wof(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Layer]:
    """The Who's On First sample, imported into a cache of its own."""
    if not WOF.is_file():
        pytest.skip("the Who's On First sample is not beside the project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARSAD_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield import_file(WOF, format="wof")


def sample(size: int) -> list[tuple[dict[str, Any], str]]:
    """Villages and quarters with the Arabic name of their province, of names that are unique in it."""
    with gzip.open(WOF, "rt", encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    pool, seen = [], Counter[tuple[int, str]]()
    for row in rows.values():
        region = rows.get(row.get("parent"))
        while region and region["type"] != "region":
            region = rows.get(region.get("parent"))
        if row["type"] in ("locality", "neighbourhood") and row.get("ar") and region and region.get("ar"):
            seen.update({(region["id"], key(name).removeprefix("ال")) for name in row["ar"]})
            pool.append((row, region))
    unique = [
        (row, region["ar"][0])
        for row, region in pool
        if seen[region["id"], key(row["ar"][0]).removeprefix("ال")] == 1 and re.fullmatch("[ء-ي ]{3,}", row["ar"][0])
    ]
    return random.Random(20260101).sample(unique, size)


def test_300_villages_resolve_with_their_province_beside_them(wof: Layer, gazetteer: Gazetteer) -> None:
    opened = Gazetteer([*gazetteer.layers, wof])
    lost = []
    for row, province in sample(300):
        noun = "قرية" if row["type"] == "locality" else "حي"
        text = normalise(f"قصف على {noun} {without_noun(row['ar'][0])} في محافظة {province}").text
        words = [text[start:end] for start, end in tokens(text, 0, len(text))]
        found = resolve_document([find_places(words, "ar", opened)], gazetteer=opened)[0]
        spot = found[0].place if found and found[0] else None
        known = spot is not None and spot.lat is not None and spot.lon is not None
        if not known or distance_km((spot.lat, spot.lon), (row["lat"], row["lon"])) > 6:
            lost.append(text)
    assert len(lost) <= 15, "\n".join(lost)
