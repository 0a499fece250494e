"""The compact file form of a gazetteer layer: a trie of names and fixed records, all memory-mapped.

A layer is a folder: ``names.marisa`` (key -> number), ``index.bin`` (number -> slice of postings), ``postings.bin``
(record numbers with a flag bit), ``records.bin`` (``RECORD`` structs), ``text.bin`` (ids and names), ``meta.json``.
"""

import json
import mmap
import shutil
import struct
import tempfile
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import marisa_trie

FORMAT = 6
RECORD = struct.Struct("<ffIfB2sIH")
KINDS = (
    "country adm1 adm2 city town village quarter region line base airport port crossing camp dam sea mountain site"
).split()
ALTERNATE = 1 << 31
_NUMBER = ALTERNATE - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name may mean. ``alternate``: the name is not its main one in the source."""

    id: str
    name_en: str
    name_ar: str
    lat: float
    lon: float
    country: str
    admin1: str
    kind: str
    population: int
    radius_km: float
    alternate: bool = False


@dataclass(slots=True)
class Entry:
    """A place on its way into a layer: its record and its keys, each with the flag bits."""

    place: Candidate
    keys: dict[str, int] = field(default_factory=dict)


def write(entries: Iterable[Entry], *, folder: Path, meta: dict[str, Any]) -> None:
    """Write a layer to ``folder`` at once: a reader sees the whole layer or none, and of two writers one wins."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _write_into(work, list(entries), meta)
        try:
            work.rename(folder)
        except OSError:
            if not (folder / "meta.json").is_file():
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write_into(work: Path, entries: list[Entry], meta: dict[str, Any]) -> None:
    by_key: dict[str, list[int]] = {}
    records, text = bytearray(), bytearray()
    for number, entry in enumerate(entries):
        place = entry.place
        line = "\t".join((place.id, place.name_en, place.name_ar, place.admin1)).encode()
        code = place.country.encode()[:2].ljust(2, b"-")
        records += RECORD.pack(
            place.lat, place.lon, place.population, place.radius_km, KINDS.index(place.kind), code, len(text), len(line)
        )
        text += line
        for key, flags in entry.keys.items():
            by_key.setdefault(key, []).append(number | flags)
    trie = marisa_trie.Trie(by_key.keys())
    ordered = sorted((trie[key], numbers) for key, numbers in by_key.items())
    index, postings = array("I", [0]), array("I")
    for _, numbers in ordered:
        postings.extend(numbers)
        index.append(len(postings))
    trie.save(str(work / "names.marisa"))
    for name, data in (
        ("index", index.tobytes()),
        ("postings", postings.tobytes()),
        ("records", records),
        ("text", text),
    ):
        (work / f"{name}.bin").write_bytes(data)
    meta = meta | {"format": FORMAT, "places": len(entries), "names": len(by_key)}
    (work / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")


class Layer:
    """One opened gazetteer layer; records are read from the map when asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        self.trie = marisa_trie.Trie()
        self.trie.mmap(str(folder / "names.marisa"))
        self._index = memoryview(_map(folder / "index.bin")).cast("I")
        self._postings = memoryview(_map(folder / "postings.bin")).cast("I")
        self._records = _map(folder / "records.bin")
        self._text = _map(folder / "text.bin")

    def find(self, key: str) -> list[Candidate]:
        """The places of exactly this key."""
        number = self.trie.get(key)
        if number is None:
            return []
        return [self._read(n) for n in self._postings[self._index[number] : self._index[number + 1]]]

    def begins(self, key: str) -> bool:
        """Whether a key begins with these letters."""
        return next(iter(self.trie.iterkeys(key)), None) is not None

    def starts(self, key: str) -> bool:
        """Whether a longer name goes on after this key."""
        return next(iter(self.trie.iterkeys(key + " ")), None) is not None

    def _read(self, posting: int) -> Candidate:
        place = self.record(posting & _NUMBER)
        return replace(place, alternate=True) if posting & ALTERNATE else place

    def record(self, number: int) -> Candidate:
        """The place with this record number."""
        lat, lon, population, radius, kind, code, start, length = RECORD.unpack_from(
            self._records, number * RECORD.size
        )
        id_, name_en, name_ar, admin1 = self._text[start : start + length].decode().split("\t")
        return Candidate(
            id=id_, name_en=name_en, name_ar=name_ar, lat=round(lat, 5), lon=round(lon, 5),
            country=code.decode().strip("-"),
            admin1=admin1, kind=KINDS[kind], population=population, radius_km=round(radius, 1),
        )  # fmt: skip


def _map(path: Path) -> mmap.mmap | bytes:
    if path.stat().st_size == 0:
        return b""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
