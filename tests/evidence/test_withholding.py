"""What is withheld stays in the house, with its hash and reason told, and the chain as it was."""

from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.evidence import Evidence, verify
from marsad.evidence.withholding import MARK, plain_find
from tests.evidence.support import PERSON, filled


def test_a_document_is_withheld_until_it_is_released(tmp_path: Path) -> None:
    evidence, kept = filled(tmp_path / "e", 3)
    entry = evidence.withhold_document("one", content=[kept[0].content], who="editor", why="the witness is in danger")
    now = evidence.withheld()
    stone = now.hides("one")
    assert stone is not None
    assert (stone.entry, stone.who, stone.why) == (entry.seq, "editor", "the witness is in danger")
    assert stone.content == (kept[0].content,)
    assert now.hides("two") is None
    assert now.holds_back(kept[0].content) == stone
    assert now.holds_back(kept[1].content) is None
    assert evidence.archive.has(kept[0].content)
    evidence.release(entry.seq, who="editor", why="has consented")
    assert not evidence.withheld()
    assert verify(evidence)[0].holds
    with pytest.raises(InputError, match="withholds nothing now"):
        evidence.release(entry.seq, who="editor", why="again")


def test_a_name_is_not_in_the_ledger(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 1)
    entry = evidence.withhold_name(PERSON, who="editor", why="a minor")
    assert PERSON.encode() not in evidence.ledger.path.read_bytes()
    assert PERSON.encode("ascii", "backslashreplace") not in evidence.ledger.path.read_bytes()
    now = evidence.withheld()
    assert now.names == {entry.seq: PERSON}
    assert now.redact(f"قال {PERSON} إن", plain_find) == f"قال {MARK} إن"
    assert PERSON not in repr(now)
    evidence.withhold_name(PERSON, who="editor", why="a minor")
    first, second = [e.what["name"] for e in evidence.entries() if e.kind == "withholding"]
    assert first != second
    assert verify(evidence)[0].holds


def test_what_is_erased_leaves_a_tombstone(tmp_path: Path) -> None:
    evidence, kept = filled(tmp_path / "e", 2)
    entry = evidence.erase(kept[0].content, document="one", who="editor", why="by order of a court")
    assert not evidence.archive.has(kept[0].content)
    report, _ = verify(evidence)
    assert report.holds
    assert "1 files were erased" in report.notes[0]
    stone = evidence.withheld().hides("one")
    assert stone is not None
    assert (stone.entry, stone.erased, stone.content) == (entry.seq, True, (kept[0].content,))
    with pytest.raises(InputError, match="the archive has no such bytes"):
        evidence.erase(kept[0].content, who="editor", why="again")


def test_bytes_that_go_without_an_entry_are_missed(tmp_path: Path) -> None:
    evidence, kept = filled(tmp_path / "e", 2)
    evidence.archive.remove(kept[0].content)
    assert not verify(evidence)[0].holds


@pytest.mark.parametrize("why", ["", "  "])
def test_there_must_be_a_reason(tmp_path: Path, why: str) -> None:
    evidence, kept = filled(tmp_path / "e", 1)
    with pytest.raises(InputError, match="needs a reason"):
        evidence.withhold_document("one", who="t", why=why)
    with pytest.raises(InputError, match="needs a reason"):
        evidence.withhold_name("x y", who="t", why=why)
    with pytest.raises(InputError, match="needs a reason"):
        evidence.erase(kept[0].content, who="t", why=why)


def test_the_reason_may_not_tell_the_name(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 1)
    with pytest.raises(InputError, match="word it without"):
        evidence.withhold_name(PERSON, who="t", why=f"{PERSON} is a minor")


def test_what_another_process_withholds_shows_at_once(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 2)
    assert not evidence.withheld()
    other = Evidence.open(tmp_path / "e")
    first = other.withhold_document("one", who="editor", why="the witness is in danger")
    assert set(evidence.withheld().documents) == {"one"}
    other.withhold_document("two", who="editor", why="the witness is in danger")
    assert set(evidence.withheld().documents) == {"one", "two"}
    other.release(first.seq, who="editor", why="has consented")
    assert set(evidence.withheld().documents) == {"two"}
    assert evidence.withheld() == Evidence.open(tmp_path / "e").withheld()


def test_a_folder_put_in_the_place_of_another_is_read_anew(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 3)
    evidence.withhold_document("one", who="editor", why="the witness is in danger")
    assert evidence.withheld()
    (tmp_path / "e").rename(tmp_path / "old")
    filled(tmp_path / "e", 1)
    assert not evidence.withheld()
