"""Adding bigger gazetteers: GeoNames dumps, Who's On First extracts (JSON lines), CSV.

Each becomes a layer in the cache folder.
"""

import csv
import gzip
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from marsad.errors import InputError
from marsad.geocode.build import RADII, AdminFinder, cache_folder, name_keys, slug
from marsad.geocode.names import is_arabic, usable, without_noun
from marsad.geocode.packed import FORMAT, KINDS, Candidate, Entry, Layer, write

_GEONAMES_CODES = {
    "ADM1": "adm1", "ADM2": "adm2", "ADM3": "adm2", "PCLI": "country", "PPLX": "quarter", "AIRP": "airport",
    "AIRB": "base",
    "AIRF": "airport", "INSM": "base", "MILB": "base", "PRT": "port", "HBR": "port", "DAM": "dam", "MT": "mountain",
    "MTS": "mountain",
    "OILF": "site", "CMPRF": "camp", "RGN": "region", "VAL": "region", "WAD": "line", "ISL": "region", "SEA": "sea",
    "GULF": "sea",
}  # fmt: skip
_WOF_TYPES = {"region": "adm1", "county": "adm2", "localadmin": "adm2", "neighbourhood": "quarter",
"campus": "site"} | {
    "country": "country", "macrohood": "quarter", "borough": "quarter", "locality": ""
}  # fmt: skip
_CSV_COLUMNS = ("name", "lat", "lon", "country")


def import_file(path: Path, *, format: str) -> Layer:
    """Read ``path`` ("geonames", "wof" or "csv") into a layer of its own, used from the next ``Gazetteer.open()`` on.

    Importing the same file again replaces nothing and costs nothing. Raises InputError naming the line that cannot be
    read.
    """
    reader = READERS.get(format)
    if reader is None:
        raise InputError(f"unknown gazetteer format {format!r}; known: {', '.join(sorted(READERS))}")
    if not path.is_file():
        raise InputError(f"no such file: {path}")
    folder = cache_folder() / f"import-{slug(path.name.split('.')[0]) or format}-{_digest(path)}"
    if not (folder / "meta.json").is_file():
        write(_sound(reader(path), path), folder=folder, meta={"source": format, "file": path.name})
    return Layer(folder)


def _digest(path: Path) -> str:
    digest = hashlib.sha256(str(FORMAT).encode())
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:10]


def _sound(entries: Iterator[Entry], path: Path) -> Iterator[Entry]:
    """The entries as they are; InputError for the first that cannot be a place on Earth."""
    for number, entry in enumerate(entries, 1):
        place = entry.place
        wrong = [
            what
            for what, holds in (
                ("lat", isinstance(place.lat, float | int) and abs(place.lat) <= 90),
                ("lon", isinstance(place.lon, float | int) and abs(place.lon) <= 180),
                ("population", 0 <= place.population < 1 << 32),
                ("country", isinstance(place.country, str) and len(place.country.encode()) in (0, 2)),
                ("name", bool(place.name_en) and "\t" not in f"{place.id}{place.name_en}{place.name_ar}{place.admin1}"),
            )
            if not holds
        ]
        if wrong:
            raise InputError(f"{path}, place {number} ({place.name_en!r}): {', '.join(wrong)} cannot be right")
        yield entry


@contextmanager
def _open(path: Path) -> Iterator[TextIO]:
    """The text of a plain, gzipped or (first member) zipped file; InputError where it is none."""
    try:
        with _opened(path) as text:
            yield text
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from error
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, csv.Error) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as text:
            yield text
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive, archive.open(_member(archive, path)) as raw:
            yield io.TextIOWrapper(raw, encoding="utf-8")
    else:
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield text


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    names = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
    if not names:
        raise InputError(f"{path}: no .txt member in the archive")
    return names[0]


def wof_entries(path: Path) -> Iterator[Entry]:
    """Who's On First places, one JSON object a line: id, cc, type, name, ar, alt, lat, lon, pop, gn, parent."""
    rows = list(_json_lines(path))
    regions = {row["id"]: row for row in rows if row.get("type") == "region"}
    finder = AdminFinder()
    for row in rows:  # countries and the units of our tables are better there
        if row["type"] in ("region", "country") and (
            row["type"] == "country" or _unit_name(row, finder) != row["name"]
        ):
            continue
        parent = regions.get(row.get("parent"))
        admin1 = _unit_name(parent, finder) if parent else finder.find(row["cc"], row["lat"], row["lon"], "")
        population = int(row.get("pop") or 0)
        kind = _WOF_TYPES.get(row["type"], "") or _settlement(population)
        arabic = [without_noun(name) for name in row.get("ar", []) if usable(name)]
        names = [row["name"], *arabic, *map(without_noun, filter(usable, row.get("alt", [])))]
        place = Candidate(
            id=f"wof:{row['id']}", name_en=row["name"], name_ar=arabic[0] if arabic else "", lat=row["lat"],
            lon=row["lon"],
            country=row["cc"], admin1=admin1, kind=kind, population=population, radius_km=RADII[kind],
        )  # fmt: skip
        yield Entry(place, name_keys(names, main={row["name"], *arabic}, skeletons=False))


def _unit_name(region: dict[str, Any], finder: AdminFinder) -> str:
    """Our English name of the region with one of its names, else the region's own."""
    return finder.named(region["cc"], [region["name"], *region.get("ar", []), *region.get("alt", [])]) or str(
        region["name"]
    )


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                row["id"], row["cc"], row["type"], row["name"], float(row["lat"]), float(row["lon"])
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(f"{path}, line {number}: not a place in JSON ({error!r})") from error
            yield row


def _settlement(population: int) -> str:
    return "city" if population >= 100_000 else "town" if population >= 10_000 else "village"


def geonames_entries(path: Path) -> Iterator[Entry]:
    """A GeoNames dump (``SY.txt``, ``SY.zip``, ``allCountries.txt``): 19 tab-separated columns."""
    finder = AdminFinder()
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != 19:
                raise InputError(f"{path}, line {number}: {len(cells)} columns; a GeoNames dump has 19")
            entry = _geonames_entry(cells, finder, where=f"{path}, line {number}")
            if entry is not None:
                yield entry


def _geonames_entry(cells: list[str], finder: AdminFinder, *, where: str) -> Entry | None:
    id_, name, _, alternates, lat, lon, group, code, country = cells[:9]
    kind = _GEONAMES_CODES.get(code, "")
    if group != "P" and not kind:
        return None
    try:
        point, population = (float(lat), float(lon)), int(cells[14] or 0)
    except ValueError as error:
        raise InputError(f"{where}: {error}") from error
    kind = kind or _settlement(population)
    names = [name, *map(without_noun, filter(usable, alternates.split(",")))]
    arabic = next(filter(is_arabic, names), "")
    place = Candidate(
        id=f"geonames:{id_}", name_en=name, name_ar=arabic, lat=point[0], lon=point[1], country=country,
        admin1=finder.find(country, *point, cells[10]), kind=kind, population=population, radius_km=RADII[kind],
    )  # fmt: skip
    return Entry(place, name_keys(names, main={name, arabic}, skeletons=population >= 5000))


def csv_entries(path: Path) -> Iterator[Entry]:
    """A CSV with a header: name, lat, lon, country.

    Optional name_ar, alternates (split by |), kind, population, admin1, id.
    """
    finder = AdminFinder()
    with _open(path) as lines:
        reader = csv.DictReader(lines)
        missing = [column for column in _CSV_COLUMNS if column not in (reader.fieldnames or [])]
        if missing:
            raise InputError(f"{path}: the header lacks {', '.join(missing)}")
        for row in reader:
            if any(not row[column] for column in _CSV_COLUMNS[:3]) or row["country"] is None:
                raise InputError(f"{path}, line {reader.line_num}: too few columns")
            yield _csv_entry(row, finder, where=f"{path}, line {reader.line_num}", stem=slug(path.stem))


def _csv_entry(row: dict[str, str], finder: AdminFinder, *, where: str, stem: str) -> Entry:
    try:
        lat, lon, population = float(row["lat"]), float(row["lon"]), int(row.get("population") or 0)
    except (ValueError, TypeError) as error:
        raise InputError(f"{where}: {error}") from error
    kind = row.get("kind") or _settlement(population)
    if kind not in KINDS:
        raise InputError(f"{where}: kind is {kind!r}, not one of {', '.join(KINDS)}")
    arabic = row.get("name_ar") or ""
    names = [row["name"], *filter(None, (arabic, *(row.get("alternates") or "").split("|")))]
    place = Candidate(
        id=row.get("id") or f"{stem}:{slug(row['name'])}", name_en=row["name"], name_ar=arabic, lat=lat, lon=lon,
        country=row["country"].upper(), admin1=row.get("admin1") or finder.find(row["country"].upper(), lat, lon,
        ""), kind=kind,
        population=population, radius_km=RADII[kind],
    )  # fmt: skip
    return Entry(place, name_keys(names, main=set(names)))


READERS: dict[str, Callable[[Path], Iterator[Entry]]] = {
    "geonames": geonames_entries,
    "wof": wof_entries,
    "csv": csv_entries,
}
