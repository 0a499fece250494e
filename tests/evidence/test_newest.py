"""The ledger from its end."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import InputError
from marsad.evidence import Evidence
from marsad.evidence import newest as module
from marsad.evidence.ledger import Said
from marsad.evidence.newest import Wanted, newest


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """A ledger of 61 entries, of two kinds and by three people."""
    made = Evidence.create(tmp_path_factory.mktemp("newest") / "e")
    made.ledger.append(
        Said(
            kind=("grade", "decision")[n % 2],
            who=("Huda", "ليلى", 'a "b"')[n % 3],
            what={"about": [f"claim-{n}"], "kind": "decision"},
            why="غارة على السوق" if n == 7 else "",
        )
        for n in range(60)
    )
    return made


def seqs(evidence: Evidence, wanted: Wanted, *, limit: int = 1000, before: int | None = None) -> list[int]:
    return [entry.seq for entry in newest(evidence.ledger, wanted, limit=limit, before=before).entries]


def test_the_newest_come_first(evidence: Evidence) -> None:
    assert seqs(evidence, Wanted()) == list(range(61, 0, -1))


@pytest.mark.parametrize("block", [1, 7, 300, 5_000, 1 << 20])
@pytest.mark.parametrize("limit", [1, 7, 61])
def test_part_by_part_nothing_is_left_out_or_told_twice(
    evidence: Evidence, limit: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BLOCK", block)
    found: list[int] = []
    before: int | None = None
    while True:
        part = newest(evidence.ledger, Wanted(kind="decision"), limit=limit, before=before)
        found += [entry.seq for entry in part.entries]
        before = part.older
        if before is None:
            break
    assert found == [n for n in range(61, 1, -1) if n % 2]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(who="Huda"), list(range(59, 1, -3))),
        (Wanted(who="ليلى", kind="grade"), list(range(60, 1, -6))),
        (Wanted(who='a "b"'), list(range(61, 1, -3))),
        (Wanted(text="CLAIM-59"), [61]),
        (Wanted(text="على السوق"), [9]),
        (Wanted(kind="opening"), [1]),
        (Wanted(text="claim-", kind="capture"), []),
        (Wanted(since=date(2020, 1, 1), kind="opening"), [1]),
        (Wanted(since=date.today() + timedelta(days=2)), []),
        (Wanted(until=date(2020, 1, 1)), []),
    ],
)
def test_only_what_is_asked_for(evidence: Evidence, wanted: Wanted, expected: list[int]) -> None:
    assert seqs(evidence, wanted) == expected


@given(before=st.integers(min_value=-5, max_value=40_000))
def test_wherever_one_begins_only_whole_entries_are_given(evidence: Evidence, before: int) -> None:
    found = seqs(evidence, Wanted(), before=before)
    assert found == list(range(len(found), 0, -1))


def test_a_damaged_entry_is_told(tmp_path: Path) -> None:
    made = Evidence.create(tmp_path / "e")
    data = made.ledger.path.read_bytes()
    made.ledger.path.write_bytes(data.replace(b'"who":"marsad"', b'"who":"nobody"'))
    with pytest.raises(InputError, match="altered"):
        newest(made.ledger, Wanted())
