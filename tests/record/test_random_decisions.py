"""Whatever people decide and take back, in whatever order documents come: the record is what relinking makes of it."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.export.record import encode
from marsad.model import Decision
from marsad.record import Record
from tests.record.test_record import Reading, read, readings, told

Act = Callable[[Record, random.Random], Decision]


def whole(record: Record) -> list[object]:
    """All that is derived, what people made of each claim, and what lists show of it."""
    found: list[object] = list(told(record))
    found += [*record.lists.inbox(limit=10_000).rows, *record.lists.incidents(limit=10_000).rows]
    for reading in readings():
        for one in record.reviewed_in(reading.document.id):
            found.append((encode(one.claim), encode(one.read), one.state, [d.seq for d in one.decisions]))
    return found


def some_claim(record: Record, chance: random.Random) -> str:
    claims = [one.claim.id for r in readings()[:12] for one in record.reviewed_in(r.document.id)]
    return chance.choice(claims)


def correct(record: Record, chance: random.Random) -> Decision:
    id_ = some_claim(record, chance)
    claim = record.reviewed([id_])[id_].claim
    given: dict[str, object] = {
        "event": chance.choice(("attack", "casualties", "air_drone_strike")),
        "factuality": chance.choice(("asserted", "possible", "denied")),
        "scope": chance.choice(("single", "cumulative")),
        "quantities": [{"of": "killed", "whom": "civilians", "low": chance.randint(0, 9), "high": 40}],
        "place": None,
        "time": {"start": "2019-06-22"},
    }
    names = chance.sample(sorted(given), chance.randint(1, 3))
    return record.correct(claim.id, {name: given[name] for name in names}, who="tester")


def add(record: Record, chance: random.Random) -> Decision:
    document = chance.choice(readings()[:12]).document
    start = chance.randrange(len(document.text) - 8)
    fields = {"event": "air_drone_strike", "trigger_span": [start, start + 5]}
    return record.add_claim(document.id, fields, who="tester")


def two(record: Record, chance: random.Random) -> tuple[str, str]:
    one, other = chance.sample([incident.id for incident in record.incidents()], 2)
    return one, other


def move(record: Record, chance: random.Random) -> Decision:
    one, other = two(record, chance)
    claims = [r.claim.id for r in record.incident(one).case.reports]
    return record.move(chance.sample(claims, chance.randint(1, len(claims))), other, who="tester")


def split(record: Record, chance: random.Random) -> Decision:
    found = chance.choice([i for i in record.incidents() if len(i.case.reports) > 1])
    claims = [r.claim.id for r in found.case.reports]
    return record.split(found.id, chance.sample(claims, chance.randint(1, len(claims) - 1)), who="tester")


def take_back(record: Record, chance: random.Random) -> Decision:
    return record.undo(who="tester", seq=chance.choice(record.decisions()).seq)


def code(record: Record, chance: random.Random) -> Decision:
    source = chance.choice([one.source for one in record.sources() if one.source])
    return record.source(source, chance.choice("BEF"), who="tester")


ACTS: tuple[Act, ...] = (
    correct, correct, add, move, split, code, take_back, take_back,
    lambda record, chance: record.accept(some_claim(record, chance), who="tester"),
    lambda record, chance: record.reject(some_claim(record, chance), who="tester"),
    lambda record, chance: record.merge(*two(record, chance), who="tester"),
    lambda record, chance: record.credibility(some_claim(record, chance), "5", who="tester"),
    lambda record, chance: record.grade(two(record, chance)[0], "confirmed", who="tester", because="seen"),
    lambda record, chance: record.assess(two(record, chance)[0], en="So it was.", ar="هكذا كان.", who="tester"),
)  # fmt: skip


def decide(record: Record, chance: random.Random, *, many: int) -> int:
    made = 0
    for _ in range(many):
        try:
            chance.choice(ACTS)(record, chance)
        except (InputError, IndexError):  # the first act may be to take back, or there is nothing to split
            continue
        made += 1
    return made


@pytest.mark.parametrize("seed", range(3))
def test_what_is_derived_is_what_relinking_makes_of_it(url: str, seed: int) -> None:
    chance = random.Random(seed)
    with Record.open(url) as record:
        record.add(readings())
        for _ in range(3):
            assert decide(record, chance, many=12) > 3
            before = whole(record)
            record.relink()
            assert whole(record) == before
        record.add(readings())
        assert whole(record) == before


@pytest.mark.parametrize("seed", range(3, 5))
def test_decisions_and_documents_in_any_order(url: str, tmp_path: Path, seed: int) -> None:
    """Documents that change and change back, or come late, find the decisions that were made about them."""
    chance = random.Random(seed)
    changed = {
        r.document.id: read(replace(r.document, text="Correction to an earlier report.\n" + r.document.text))
        for r in readings()[:12]
    }
    with Record.open(url) as record:
        record.add(readings())
        assert decide(record, chance, many=20) > 5
        before = whole(record)
        other: list[Reading] = [changed[id_] for id_ in chance.sample(sorted(changed), 6)]
        record.add(other)
        between = whole(record)
        record.relink()
        assert whole(record) == between
        shuffled = list(readings())
        chance.shuffle(shuffled)
        for start in range(0, len(shuffled), 7):
            record.add(shuffled[start : start + 7])
        assert whole(record) == before
        record.backup(tmp_path / "record.gz")
    with Record.open(url) as again:
        assert whole(again) == before
    Record.restore(tmp_path / "record.gz", str(tmp_path / "restored.db"))
    with Record.open(str(tmp_path / "restored.db")) as restored:
        assert whole(restored) == before
        restored.relink()
        assert whole(restored) == before
