"""Any change to archive or ledger is found, and the first broken link is named."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import InputError
from marsad.evidence import Evidence, Trust, verify
from marsad.evidence.ledger import Said
from marsad.evidence.quotes import check_record
from marsad.evidence.report import Report
from marsad.model import Document
from tests.evidence.support import PERSON, captured, claim, filled, story, text_of


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An evidence folder with everything in it that there can be, but seals (test_seal)."""
    evidence, kept = filled(tmp_path_factory.mktemp("whole") / "e", 12)
    evidence.withhold_name(PERSON, who="t", why="a witness")
    evidence.withhold_document("one", content=[kept[1].content], who="t", why="asked for")
    evidence.erase(kept[2].content, who="t", why="the law")
    evidence.entry("decision", who="t", what={"verb": "merge", "about": ["a", "b"]}, why="the same")
    evidence.capture([captured(50, status=None)], who="t")
    report, _ = verify(evidence)
    assert report.problems == []
    return evidence.folder


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def flipped(path: Path, bit: int) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_copy_verifies_where_it_is_and_nothing_is_written(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "copy")
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files(tmp_path / "copy")}
    report, _ = verify(Evidence.open(tmp_path / "copy"))
    assert report.holds
    assert report.entries == 18
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files(tmp_path / "copy")} == before


def test_any_flipped_bit_anywhere_is_found(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "e")
    chance = random.Random(5)
    paths = files(tmp_path / "e")
    sizes = [path.stat().st_size for path in paths]
    for _ in range(400):
        path = chance.choices(paths, sizes)[0]
        data = path.read_bytes()
        flipped(path, chance.randrange(len(data) * 8))
        report, _ = verify(Evidence.open(tmp_path / "e"))
        assert not report.holds, path
        path.write_bytes(data)


def test_every_bit_of_the_head_counts(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "e")
    path = tmp_path / "e" / "head.json"
    data = path.read_bytes()
    for bit in range(len(data) * 8):
        flipped(path, bit)
        assert not verify(Evidence.open(tmp_path / "e"))[0].holds, bit
        path.write_bytes(data)


@given(number=st.integers(1, 18), place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_the_first_broken_entry_is_named(whole: Path, number: int, place: float, bit: int) -> None:
    ledger = whole / "ledger.jsonl"
    data = ledger.read_bytes()
    lines = data.splitlines(keepends=True)
    start = sum(map(len, lines[: number - 1]))
    try:
        flipped(ledger, (start + int(place * len(lines[number - 1]))) * 8 + bit)
        first = verify(Evidence.open(whole))[0].first
    finally:
        ledger.write_bytes(data)
    assert first is not None
    assert first.entry == number


def rechained(folder: Path, change: Callable[[list[bytes]], list[bytes]]) -> Report:
    ledger = folder / "ledger.jsonl"
    ledger.write_bytes(b"".join(change(ledger.read_bytes().splitlines(keepends=True))))
    return verify(Evidence.open(folder))[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: [*lines[:4], *lines[5:]], "entry 6: entries were taken out"),
        (lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]], "entries were taken out, put in or moved"),
        (lambda lines: [*lines[:5], lines[4], *lines[5:]], "entries were taken out, put in or moved"),
        (lambda lines: lines[:-1], "cut short"),
    ],
)
def test_entries_cannot_be_taken_out_put_in_or_moved(
    whole: Path, tmp_path: Path, change: Callable[[list[bytes]], list[bytes]], said: str
) -> None:
    shutil.copytree(whole, tmp_path / "e")
    report = rechained(tmp_path / "e", change)
    assert any(said in problem.what for problem in report.problems)


def test_a_ledger_forged_from_the_middle_on_does_not_fit_the_head(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 4)
    forger, _ = filled(tmp_path / "forged", 4)
    lines = evidence.ledger.path.read_bytes().splitlines(keepends=True)
    other = forger.ledger.path.read_bytes().splitlines(keepends=True)
    evidence.ledger.path.write_bytes(b"".join([*lines[:2], *other[2:]]))
    first = verify(evidence)[0].first
    assert first is not None
    assert "does not follow the entry before it" in first.what


def test_a_ledger_cut_short_with_its_head_is_found_by_one_who_knows_the_head(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 2)
    earlier = (evidence.ledger.path.read_bytes(), evidence.ledger.head_path.read_bytes())
    evidence.capture([captured(9)], who="t")
    trust = Trust(heads=frozenset({evidence.ledger.head().hash}))
    assert verify(evidence, trust=trust)[0].holds
    evidence.ledger.path.write_bytes(earlier[0])
    evidence.ledger.head_path.write_bytes(earlier[1])
    assert verify(evidence)[0].holds
    assert "that you know is not in it" in str(verify(evidence, trust=trust)[0].first)


def test_what_is_missing_foreign_or_stray_in_the_archive_is_told(tmp_path: Path) -> None:
    evidence, kept = filled(tmp_path / "e", 3)
    evidence.archive.path(kept[1].content).unlink()
    report, _ = verify(evidence)
    assert [(p.entry, p.what) for p in report.problems] == [(kept[1].entry.seq, "it is missing")]
    (evidence.archive.folder / "notes.txt").write_text("x")
    assert "nothing of this name belongs" in verify(evidence)[0].problems[-1].what
    (evidence.archive.folder / "notes.txt").unlink()
    evidence.put(captured(1))
    evidence.put(captured(77))
    report, _ = verify(evidence)
    assert report.holds
    assert any("2 files of the archive are in no entry" in note for note in report.notes)


def test_bytes_are_kept_once_and_each_time_they_came_in(tmp_path: Path) -> None:
    evidence, (kept, _) = filled(tmp_path / "e", 2)
    again = captured(0)
    (second,) = evidence.capture([again], who="t")
    assert second.content == kept.content
    assert second.capture == kept.capture
    assert evidence.captures()[kept.content] == [kept.capture, kept.capture]
    assert evidence.archive.capture(kept.content, kept.capture) == again
    assert verify(evidence)[0].files == 4


def test_damaged_bytes_are_neither_read_nor_written_over(tmp_path: Path) -> None:
    evidence, (kept,) = filled(tmp_path / "e", 1)
    flipped(evidence.archive.path(kept.content), 3)
    with pytest.raises(InputError, match="altered since it was kept"):
        evidence.archive.read(kept.content)
    with pytest.raises(InputError, match="altered since it was kept"):
        evidence.capture([captured(0)], who="t")


# What the record says


def test_quotes_stand_in_the_archived_bytes(tmp_path: Path) -> None:
    evidence, _, documents = story(tmp_path / "e")
    report, walked = verify(evidence)
    check_record(evidence, walked, [(d, [claim(d)]) for d in documents.values()], text_of, report)
    assert (report.problems, report.notes, report.documents, report.claims) == ([], [], 3, 3)


def test_a_text_or_quote_that_was_changed_in_the_record_is_found(tmp_path: Path) -> None:
    evidence, _, documents = story(tmp_path / "e")
    changed = replace(documents["two"], text=documents["two"].text.replace("Three", "Thirty"))
    report, walked = verify(evidence)
    check_record(evidence, walked, [(changed, [claim(changed)])], text_of, report)
    said = [str(problem) for problem in report.problems]
    assert said[0] == "document two: its text in the record is not one that was ever read, by the ledger"
    assert said[1].startswith("document two, claim claim-two: its quote is not in the archived bytes: «Thirty")
    moved = replace(claim(documents["two"]), evidence_spans=((1, 60),))
    report = Report()
    check_record(evidence, walked, [(documents["two"], [moved])], text_of, report)
    assert "its quote is not at its place" in str(report.first)


def test_a_document_without_its_bytes_is_told(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 1)
    report, walked = verify(evidence)
    check_record(evidence, walked, [(Document(id="x", text="y"), [])], text_of, report)
    assert report.holds
    assert report.notes == ["1 documents are in the record without their bytes; their texts stand alone"]


def test_many_entries_at_once(tmp_path: Path) -> None:
    evidence = Evidence.create(tmp_path / "e")
    evidence.ledger.append(Said(kind="decision", who="t", what={"n": n}) for n in range(2000))
    report, _ = verify(evidence)
    assert (report.holds, report.entries) == (True, 2001)


@given(
    which=st.integers(0, 200),
    place=st.floats(0, 1),
    cut=st.integers(0, 40),
    put=st.binary(max_size=30) | st.just(b"\n"),
)
def test_whatever_is_done_to_a_file_the_check_tells_it(
    whole: Path, which: int, place: float, cut: int, put: bytes
) -> None:
    paths = files(whole)
    path = paths[which % len(paths)]
    data = path.read_bytes()
    start = int(place * len(data))
    changed = data[:start] + put + data[start + cut :]
    path.chmod(0o644)
    try:
        path.write_bytes(changed)
        report, _ = verify(Evidence.open(whole))
    finally:
        path.write_bytes(data)
    added = path.name == "ledger.jsonl" and changed.startswith(data)
    assert report.holds == (changed == data or added)
