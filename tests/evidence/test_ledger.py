"""The ledger: what is in it stays, in order, each entry bound to the one before it."""

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import InputError
from marsad.evidence import Evidence, Read, verify
from marsad.evidence.canonical import decode, encode
from marsad.evidence.files import locked
from marsad.evidence.ledger import GENESIS, KINDS, Entry, entry_of, link
from marsad.evidence.proof import check_proof, prove
from marsad.model import Document
from tests.evidence.support import captured, filled

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values)
def test_the_canonical_form_can_be_made_with_any_json_library(value: object) -> None:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
    assert encode(value) == plain
    assert decode(plain) == value


@given(json_values.filter(lambda value: isinstance(value, dict | list) and value))
def test_what_is_written_otherwise_is_refused(value: object) -> None:
    with pytest.raises((ValueError, msgspec.DecodeError)):
        decode(json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8"))


def test_half_characters_are_written_as_escapes() -> None:
    assert encode({"url": "file-\udc80"}) == b'{"url":"file-\\\\udc80"}'


@given(
    st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.text(), st.dictionaries(st.text(), json_values)), max_size=6)
)
def test_what_was_entered_is_read_back(said: list[tuple[str, str, dict[str, object]]]) -> None:
    with TemporaryDirectory() as folder:
        evidence = Evidence.create(Path(folder) / "e")
        for kind, who, what in said:
            evidence.entry(kind, who=who, what=what)
        entries = list(evidence.entries())
        clean = [(kind, decode(encode(who)), decode(encode(what))) for kind, who, what in said]
        assert [(e.kind, e.who, e.what) for e in entries[1:]] == clean
        assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
        for before, entry in zip([None, *entries], entries, strict=False):
            assert entry.prev == (before.hash if before else GENESIS)
            assert entry.hash == link(entry.prev, entry.body())
            assert entry_of(entry.line()) == entry


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    evidence = Evidence.create(tmp_path / "e")
    with pytest.raises(ValueError, match="no kind of entry"):
        evidence.entry("gossip", who="t", what={})


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    evidence = Evidence.create(tmp_path / "e")
    late = Evidence.open(tmp_path / "e", wait=0.2)
    with locked(evidence.ledger.lock_path, wait=0), pytest.raises(InputError, match=r"another Marsad has been writing"):
        late.entry("decision", who="t", what={})
    assert late.entry("decision", who="t", what={}).seq == 2


def test_there_is_nothing_to_open_and_nothing_is_made_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no evidence folder"):
        Evidence.open(tmp_path / "none")
    Evidence.create(tmp_path / "e")
    with pytest.raises(InputError, match="there is something already"):
        Evidence.create(tmp_path / "e")


# The end that a stopped run leaves


def torn(evidence: Evidence, tail: bytes) -> None:
    with evidence.ledger.path.open("ab") as stream:
        stream.write(tail)


def following(evidence: Evidence) -> Entry:
    """The next entry, as a run writes it that is stopped before it acknowledges it."""
    head = evidence.ledger.head_path.read_bytes()
    size = evidence.ledger.path.stat().st_size
    entry = evidence.entry("decision", who="t", what={"value": "ok"})
    evidence.ledger.head_path.write_bytes(head)
    with evidence.ledger.path.open("r+b") as stream:
        stream.truncate(size)
    return entry


@pytest.mark.parametrize("cut", range(0, 300, 23))
def test_a_torn_entry_is_cut_off_and_told(tmp_path: Path, cut: int) -> None:
    evidence, _ = filled(tmp_path / "e", 3)
    before = list(evidence.entries())
    tail = following(evidence).line()[: cut + 1]
    torn(evidence, tail)
    report, _ = verify(evidence)
    assert report.holds
    assert any("was stopped while it wrote an entry" in note for note in report.notes)
    assert list(evidence.entries()) == before
    evidence.capture([captured(9)], who="t")
    after = list(evidence.entries())
    assert after[: len(before)] == before
    assert [entry.kind for entry in after[len(before) :]] == ["recovery", "capture"]
    assert after[len(before)].what["bytes"] == len(tail)
    report, _ = verify(evidence)
    assert (report.problems, report.notes) == ([], [])


def test_a_whole_entry_that_was_not_acknowledged_is_kept(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 3)
    entry = following(evidence)
    torn(evidence, entry.line() + b"\n" + b'{"at":')
    assert verify(evidence)[0].holds
    assert list(evidence.entries())[-1] == entry
    evidence.capture([captured(9)], who="t")
    assert [e.kind for e in evidence.entries()][-3:] == ["decision", "recovery", "capture"]
    assert verify(evidence)[0].holds


def test_nothing_is_written_after_acknowledged_entries_are_gone(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 3)
    lines = evidence.ledger.path.read_bytes().splitlines(keepends=True)
    evidence.ledger.path.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(InputError, match="its end is not the one that was acknowledged"):
        evidence.capture([captured(9)], who="t")
    first = verify(evidence)[0].first
    assert first is not None
    assert "cut short" in first.what


def test_what_a_stopped_run_left_unread_is_found_again(tmp_path: Path) -> None:
    evidence, kept = filled(tmp_path / "e", 4)
    for number, one in enumerate(kept[:2]):
        document = Document(id=f"d{number}", text="text")
        read = Read(document=document, content=one.content, capture=one.capture, claims=0)
        evidence.reading([read], who="t")
    evidence.left_unread(kept[2].content, kept[2].capture, who="t", why="a feed")
    left = evidence.pending(lambda ids: {"d0"} & set(ids))
    assert left == [(kept[1].content, kept[1].capture), (kept[3].content, kept[3].capture)]
    assert evidence.pending(lambda ids: ids) == left[1:]


# The proof of a part


@given(st.sets(st.integers(1, 9)), st.data())
def test_a_proof_shows_its_entries_and_hides_the_rest(shown: set[int], data: st.DataObject) -> None:
    entries = list(LONG)
    lines = prove(entries, lambda entry: entry.seq in shown)
    if not shown:
        assert lines == []
        return
    proof = check_proof(lines)
    assert [entry.seq for entry in proof.entries] == sorted(shown)
    assert (proof.last, proof.head) == (entries[-1].seq, entries[-1].hash)
    hidden = [entry for entry in entries if entry.seq not in shown]
    assert not any(entry.what["value"].encode() in b"".join(lines) for entry in hidden)
    number = data.draw(st.integers(0, len(lines) - 1))
    bit = data.draw(st.integers(0, len(lines[number]) * 8 - 1))
    broken = bytearray(lines[number])
    broken[bit // 8] ^= 1 << bit % 8
    changed = [*lines[:number], bytes(broken), *lines[number + 1 :]]
    with suppress(ValueError):
        assert check_proof(changed).head != proof.head


def _long() -> list[Entry]:
    entries: list[Entry] = []
    prev = GENESIS
    for seq in range(1, 10):
        told = {"at": "2026-11-22T10:00:00.000000Z", "software": "t", "salt": f"{seq:032x}", "who": "t", "why": ""}
        what = {"value": f"only in {seq:03}"}
        entry = Entry(seq=seq, kind="decision", what=what, prev=prev, hash="", **told)
        entries.append(replace(entry, hash=link(entry.prev, entry.body())))
        prev = entries[-1].hash
    return entries


LONG = _long()
