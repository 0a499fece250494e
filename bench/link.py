"""How fast claims become incidents, and how that grows: generated claims of known incidents, on one core.

    python bench/link.py [--claims 100000]

Incidents come twenty a day, as in a busy war, each told by some five claims of different documents, with the noise of
real reporting: days and places off or vague, figures that grow, parties left out. The documents are put into a record,
stored, linked and assessed in one go; then a thousand claims of days that it knows are added to it.
"""

import argparse
import math
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from marsad.model import Claim, Document, Party, Period, Place, Quantity
from marsad.record import Record

_FIRST = date(2014, 1, 1)
_A_DAY = 20
_EVENTS = ("air_drone_strike", "shelling_missile", "armed_clash", "remote_explosive", "attack", "arrests", "abduction")
_ACTORS = [
    Party(name=f"Force {n}", texts=(f"Force {n}",), kind=str(n % 4 + 1), actor_id=f"force-{n}") for n in range(12)
]
_HIT = [
    Party(name=name, texts=(name,), kind=kind)
    for name, kind in (
        ("civilian", "7"),
        ("house", ""),
        ("market", ""),
        ("soldier", "1"),
        ("gunman", "2"),
        ("child", "7"),
    )
]
_COUNTRIES = {
    "SY": (33.0, 36.5, 36.0, 41.0),
    "IQ": (31.0, 36.5, 41.0, 47.0),
    "YE": (13.0, 17.0, 43.0, 49.0),
    "LY": (27.0, 32.5, 10.0, 24.0),
}
_WORDS = [f"word{n}" for n in range(4000)]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and its claims."""

    document: Document
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class _Truth:
    """An incident as it was."""

    number: int
    event: str
    day: date
    place: Place
    actor: Party
    target: Party
    killed: int
    words: tuple[str, ...]


def incidents(count: int, *, seed: int = 7) -> Iterator[_Truth]:
    """Incidents day after day, spread over the towns of four countries."""
    rnd = random.Random(seed)
    towns = [_town(rnd, n) for n in range(400)]
    for number in range(count):
        yield _Truth(
            number=number,
            event=rnd.choice(_EVENTS),
            day=_FIRST + timedelta(days=number // _A_DAY),
            place=rnd.choice(towns),
            actor=rnd.choice(_ACTORS),
            target=rnd.choice(_HIT),
            killed=min(int(rnd.expovariate(0.2)), 90),
            words=tuple(rnd.sample(_WORDS, 24)),
        )


def _town(rnd: random.Random, n: int) -> Place:
    country = rnd.choice(list(_COUNTRIES))
    south, north, west, east = _COUNTRIES[country]
    lat, lon = rnd.uniform(south, north), rnd.uniform(west, east)
    return Place(
        name=f"Town {n}", text=f"Town {n}", lat=lat, lon=lon, country=country, precision=1, radius_km=3.0,
        admin1=f"Province {int(lat)} {int(lon)}", gazetteer_id=f"bench:{n}",
    )  # fmt: skip


def readings(truths: Iterator[_Truth], *, per_incident: int = 5, seed: int = 8) -> Iterator[Reading]:
    """Documents of two claims each, of different incidents of the day."""
    rnd = random.Random(seed)
    by_day: dict[date, list[_Truth]] = defaultdict(list)
    for truth in truths:
        by_day[truth.day].append(truth)
    for day, found in by_day.items():
        told = [truth for truth in found for _ in range(per_incident)]
        rnd.shuffle(told)
        for n in range(0, len(told), 2):
            yield _document(rnd, f"d{day.isoformat()}-{n}", told[n : n + 2])


def _document(rnd: random.Random, name: str, truths: list[_Truth]) -> Reading:
    published = truths[0].day + timedelta(days=rnd.choice((0, 0, 1, 1, 2)))
    sentences = [" ".join(rnd.sample(truth.words, 16) + rnd.sample(_WORDS, 8)) for truth in truths]
    document = Document(
        id=name, text=". ".join(sentences), lang="en", published=published, source=f"Paper {rnd.randrange(40)}"
    )
    claims = tuple(
        _claim(rnd, document, truth, s, n) for n, (truth, s) in enumerate(zip(truths, sentences, strict=True))
    )
    return Reading(document, claims)


def _claim(rnd: random.Random, document: Document, truth: _Truth, sentence: str, n: int) -> Claim:
    assert document.published is not None
    day = truth.day + timedelta(days=rnd.choice((0, 0, 0, 0, 1)))
    killed = max(0, truth.killed + rnd.choice((0, 0, 0, 1, 2)))
    return Claim(
        id=f"{document.id}-{n}",
        document=document.id,
        event=truth.event,
        factuality=rnd.choices(("asserted", "denied", "possible"), (94, 3, 3))[0],
        scope="single",
        trigger=sentence[:5],
        trigger_span=(n, n + 5),
        actors=(truth.actor,) if rnd.random() < 0.7 else (),
        targets=(truth.target,) if rnd.random() < 0.8 else (),
        place=_told(rnd, truth.place),
        time=Period(text="day", start=day, end=day) if rnd.random() < 0.85 else None,
        quantities=(Quantity(of="killed", whom="civilians", low=killed, high=killed, text="n"),) if killed else (),
        evidence=(sentence,),
        evidence_spans=((0, len(sentence)),),
    )


def _told(rnd: random.Random, place: Place) -> Place | None:
    """The place as a report gives it: nine in ten exactly, the rest as its province or country."""
    vague = rnd.random()
    if vague < 0.9:
        return place
    if vague < 0.96:
        return replace(
            place, name=place.admin1 or "", precision=4, radius_km=60.0, gazetteer_id=f"bench:{place.admin1}"
        )
    return replace(
        place, name=place.country or "", precision=6, radius_km=400.0, admin1=None, gazetteer_id=place.country
    )


def timed(count: int, url: str) -> tuple[float, float, int]:
    """Seconds to link ``count`` claims in one go, then to add a thousand more; and how many incidents there are."""
    base = list(readings(incidents(count // 5)))
    later = [again(reading) for reading in readings(incidents(200, seed=99), seed=98)]
    with Record.create(url) as record:
        started = time.perf_counter()
        record.add(base)
        linked = time.perf_counter() - started
        started = time.perf_counter()
        record.add(later)
        return linked, time.perf_counter() - started, sum(1 for _ in record.incidents())


def again(reading: Reading) -> Reading:
    """The same reading under another id, so that it meets the incidents that are there."""
    document = replace(reading.document, id=f"later-{reading.document.id}")
    claims = tuple(replace(c, id=f"later-{c.id}", document=document.id) for c in reading.claims)
    return Reading(document, claims)


def main() -> None:
    """Print the times, and the exponent by which they grow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    args = parser.parse_args()
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for count in (args.claims // 10, args.claims):
            linked, added, found = timed(count, str(Path(folder) / f"{count}.db"))
            times.append(linked)
            told = f"{count:>9,} claims of {count // 5:,} incidents"
            print(f"{told}  {linked:6.1f} s, {found:,} found; 1,000 more {added:5.2f} s")
    print(f"growth n^{math.log10(times[1] / times[0]):.2f}")


if __name__ == "__main__":
    main()
