"""Signatures and timestamps of the ledger's head, with real keys and a real authority."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.evidence import Trust, seal, verify
from marsad.evidence.ledger import Said
from tests.evidence.authority import Authority
from tests.evidence.support import captured, filled


@pytest.fixture
def authority() -> Authority:
    return Authority()


def trusting(tmp_path: Path, authority: Authority) -> Trust:
    path = tmp_path / "root.pem"
    path.write_bytes(authority.root)
    return Trust(roots=seal.certificates(path))


def test_a_signature_is_checked_and_its_key_named(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 2)
    public = seal.make_key(tmp_path / "key.pem")
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    entry = evidence.sign(tmp_path / "key.pem", who="custodian")
    assert (entry.what["key"], entry.what["of"]) == (public, 3)
    report, _ = verify(evidence)
    assert report.holds
    assert public in report.notes[0]
    assert verify(evidence, trust=Trust(keys=frozenset({public})))[0].notes == []


def test_a_signature_of_something_else_is_found(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 2)
    seal.make_key(tmp_path / "key.pem")
    head = evidence.ledger.head()
    what = seal.signature(tmp_path / "key.pem", head.entries, head.hash)
    evidence.entry(
        "signature", who="t", what=what | {"signature": seal.signature(tmp_path / "key.pem", 9, "x")["signature"]}
    )
    evidence.entry("signature", who="t", what=what | {"of": 2})
    said = [problem.what for problem in verify(evidence)[0].problems]
    assert said == [
        "the signature is not that of this key over this head",
        "its signature is of another ledger: entry 2 does not have that hash",
    ]


def test_a_forger_who_makes_the_whole_chain_anew_cannot_sign_it(tmp_path: Path) -> None:
    public = seal.make_key(tmp_path / "key.pem")
    seal.make_key(tmp_path / "forged.pem")
    evidence, _ = filled(tmp_path / "e", 2)
    evidence.sign(tmp_path / "forged.pem", who="custodian")
    notes = verify(evidence, trust=Trust(keys=frozenset({public})))[0].notes
    assert any("whose key it is you must know" in note for note in notes)


def test_a_key_is_never_overwritten_and_must_be_one(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 1)
    path = tmp_path / "key.pem"
    seal.make_key(path)
    with pytest.raises(InputError, match="never overwritten"):
        seal.make_key(path)
    path.write_text("no key")
    with pytest.raises(InputError, match="no Ed25519 private key"):
        evidence.sign(path, who="t")
    with pytest.raises(InputError, match="No such file"):
        evidence.sign(tmp_path / "none.pem", who="t")


def test_a_timestamp_is_kept_and_checked(tmp_path: Path, authority: Authority) -> None:
    evidence, _ = filled(tmp_path / "e", 2)
    trust = trusting(tmp_path, authority)
    entry = evidence.timestamp(authority.answer, who="custodian", roots=trust.roots)
    assert (entry.what["of"], entry.what["authority"]) == (3, "CN=Test root")
    evidence.capture([captured(9)], who="t")
    report, _ = verify(evidence, trust=trust)
    assert (report.problems, report.notes) == ([], [])
    report, _ = verify(evidence)
    assert report.holds
    assert "give --tsa-root to check" in report.notes[0]


def test_a_timestamp_by_another_authority_is_told(tmp_path: Path, authority: Authority) -> None:
    evidence, _ = filled(tmp_path / "e", 2)
    trust = trusting(tmp_path, Authority("Another root"))
    with pytest.raises(InputError, match="not by an authority that you trust"):
        evidence.timestamp(authority.answer, who="t", roots=trust.roots)
    evidence.timestamp(authority.answer, who="t")
    first = verify(evidence, trust=trust)[0].first
    assert first is not None
    assert "not by an authority that you trust" in first.what


def test_a_timestamp_of_something_else_or_none_is_refused(tmp_path: Path, authority: Authority) -> None:
    evidence, _ = filled(tmp_path / "e", 2)
    head = evidence.ledger.head()
    other = authority.answer(seal.timestamp_request(head.entries, "0" * 64))
    with pytest.raises(InputError, match="something else than this head"):
        evidence.add_timestamp(other, of=head.entries, hash=head.hash, who="t")
    with pytest.raises(InputError, match="the authority refused"):
        evidence.timestamp(lambda query: authority.refusal(), who="t")
    with pytest.raises(InputError, match="no answer of a timestamp authority"):
        evidence.timestamp(lambda query: b"<html>", who="t")


def test_a_flipped_bit_in_a_timestamp_is_found(tmp_path: Path, authority: Authority) -> None:
    evidence, _ = filled(tmp_path / "e", 1)
    entry = evidence.timestamp(authority.answer, who="t")
    path = evidence.archive.side_path(entry.what["token"], "tsr")
    data = path.read_bytes()
    path.chmod(0o644)
    for bit in range(0, len(data) * 8, 401):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        assert not verify(evidence)[0].holds


def test_an_entry_that_speaks_of_a_later_head_is_refused(tmp_path: Path) -> None:
    evidence, _ = filled(tmp_path / "e", 1)
    seal.make_key(tmp_path / "key.pem")
    head = evidence.ledger.head()
    what = seal.signature(tmp_path / "key.pem", head.entries, head.hash) | {"of": 99}
    evidence.ledger.append([replace(Said(kind="signature", who="t"), what=what)])
    assert not verify(evidence)[0].holds
