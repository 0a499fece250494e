"""The commands about evidence, on a real record with real evidence beside it."""

import io
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import Result

from marsad.capture import read_paths
from marsad.evidence import Evidence
from marsad.model import Captured, Claim, Document
from marsad.pipeline import read_document
from marsad.record import Record
from tests.cli.support import MARKET, REPORTS, market
from tests.evidence.authority import serving

Call = Callable[..., Result]


@dataclass(frozen=True)
class Reading:
    document: Document
    claims: tuple[Claim, ...]


@pytest.fixture
def kept(tmp_path: Path, marsad: Call, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Calls ``marsad`` with a record of REPORTS that has its evidence beside it."""
    url = tmp_path / "marsad.db"
    monkeypatch.setenv("MARSAD_DB", str(url))
    monkeypatch.setenv("MARSAD_USER", "tester")
    content = REPORTS.read_bytes()
    received = Captured(url="reports.jsonl", at="2026-11-22T10:00:00Z", content=content, software="marsad test")
    found = [one for one in read_paths([str(REPORTS)], stdin=io.BytesIO()) if isinstance(one, Document)]
    with Record.create(str(url)) as record:
        kept = record.received(received, who="tester")
        record.add([Reading(replace(one, captured=kept), tuple(read_document(one))) for one in found], who="tester")
    return marsad


def good(found: Result) -> str:
    assert found.exit_code == 0, found.output
    return found.output


def test_a_record_and_its_evidence_hold(kept: Call) -> None:
    assert "holds: 11 entries, 2 files, 9 documents" in good(kept("verify"))


def test_a_copy_of_the_folder_holds_by_itself(kept: Call, tmp_path: Path) -> None:
    (tmp_path / "marsad.evidence").rename(tmp_path / "copy")
    assert "holds: 11 entries, 2 files" in good(kept("verify", tmp_path / "copy"))
    assert "no evidence folder" in kept("verify").output


def test_the_first_broken_link_is_named(kept: Call, tmp_path: Path) -> None:
    ledger = tmp_path / "marsad.evidence" / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"document":"sar-ar-1"', b'"document":"sar-ar-7"', 1))
    found = kept("verify")
    assert found.exit_code == 1
    assert "DOES NOT HOLD" in found.output
    assert "first broken link: ledger.jsonl, line " in found.output


def test_a_text_changed_in_the_database_is_found(kept: Call, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "marsad.db") as database:
        database.execute("UPDATE documents SET text = replace(text, 'killed five', 'killed nine')")
    found = kept("verify")
    assert found.exit_code == 1
    assert "document sar-wire: its text in the record is not one that was ever read" in found.output


def test_a_bundle_is_written_entered_and_checked(kept: Call, tmp_path: Path) -> None:
    found = market(kept)
    output = tmp_path / "incident.wacz"
    assert "the evidence of" in good(kept("bundle", found["id"], "-o", output, "--because", "asked for"))
    (tmp_path / "marsad.db").unlink()
    assert "holds: " in good(kept("verify", output))
    last = list(Evidence.open(tmp_path / "marsad.evidence").entries())[-1]
    assert (last.kind, last.who, last.why, last.what["incident"]) == ("export", "tester", "asked for", found["id"])
    output.write_bytes(output.read_bytes().replace(b"Saraqib", b"Saraqip", 1))
    assert kept("verify", output).exit_code == 1


def test_what_is_withheld_is_left_out_until_it_is_released(kept: Call, tmp_path: Path) -> None:
    assert "say why" in kept("withhold", "sar-wire").output
    good(kept("withhold", "sar-wire", "--because", "the source asked"))
    good(kept("withhold", "--name", "Saraqib", "--because", "only for this test"))
    listed = good(kept("withhold", "--list"))
    assert "document\tsar-wire" in listed
    assert "name\tSaraqib" in listed
    incident = market(kept)["id"]
    good(kept("bundle", incident, "-o", tmp_path / "a.wacz"))
    assert "holds: " in good(kept("verify", tmp_path / "a.wacz"))
    assert b"Saraqib" not in (tmp_path / "a.wacz").read_bytes()
    entries = [line.split("\t")[0] for line in listed.splitlines() if "\t" in line]
    for entry in entries:
        good(kept("withhold", "--release", entry, "--because", "has consented"))
    assert "nothing is withheld" in good(kept("withhold", "--list"))
    assert "holds" in good(kept("verify"))


def test_erased_bytes_are_told(kept: Call) -> None:
    assert "is erased" in good(kept("withhold", "sar-wire", "--erase", "--because", "by order of a court"))
    told = good(kept("verify"))
    assert "files were erased" in told
    assert "holds" in told


def test_the_ledger_is_sealed(kept: Call, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    public = good(kept("seal", "--new-key", key)).split()[-1]
    assert public in good(kept("seal", "--key", key))
    with serving() as running:
        assert "timestamped" in good(kept("seal", "--tsa", running.url))
        good(kept("seal", "--request", tmp_path / "head.tsq"))
        (tmp_path / "head.tsr").write_bytes(running.authority.answer((tmp_path / "head.tsq").read_bytes()))
        (tmp_path / "root.pem").write_bytes(running.authority.root)
    assert "timestamped" in good(kept("seal", "--answer", tmp_path / "head.tsr", "--tsa-root", tmp_path / "root.pem"))
    told = good(kept("verify", "--key", public, "--tsa-root", tmp_path / "root.pem"))
    assert "note" not in told
    bundle = tmp_path / "a.wacz"
    good(kept("bundle", market(kept)["id"], "-o", bundle, "--key", key))
    assert "holds" in good(kept("verify", bundle, "--key", public))


def test_an_authority_that_refuses_or_is_not_there_is_told(kept: Call) -> None:
    with serving(refuse=True) as running:
        assert "the authority refused: rejection not today" in kept("seal", "--tsa", running.url).output
    assert "no answer" in kept("seal", "--tsa", running.url).output
    assert "begins with https://" in kept("seal", "--tsa", "file:///etc/hostname").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["withhold"], "say what to withhold"),
        (["withhold", "a", "--list"], "say what to withhold"),
        (["seal"], "say how to seal"),
        (["verify", "--key", "abc"], "64 hexadecimal digits are a public key"),
        (["bundle", "i000000000000", "-o", "x.wacz"], "no incident of this id"),
        (["verify", "none.wacz"], "No such file"),
    ],
)
def test_what_cannot_be_done_is_told(kept: Call, arguments: list[str], said: str) -> None:
    found = kept(*arguments)
    assert found.exit_code == 1
    assert said in found.output


def test_a_record_on_a_server_needs_its_folder_named(marsad: Call) -> None:
    found = marsad("seal", "--db", "postgresql://me@localhost/x", "--key", "k")
    assert "has its evidence in a folder that you name" in found.output


def test_the_market_is_the_incident_of_these_tests(kept: Call) -> None:
    assert {document["id"] for document in market(kept)["documents"]} <= MARKET


def test_what_is_withheld_stays_out_of_lists_and_exports(kept: Call) -> None:
    before = good(kept("incidents", "--format", "jsonl"))
    assert "سراقب" in before
    good(kept("withhold", "--name", "سراقب", "--because", "people there are at risk"))
    after = good(kept("incidents", "--format", "jsonl"))
    assert "سراقب" not in after
    assert "محجوب" in after
    assert "سراقب" not in good(kept("search", "قتل", "--format", "jsonl"))
    good(kept("withhold", "sar-ar-1", "--because", "the author asked for it"))
    assert "sar-ar-1" not in good(kept("search", "قتل", "--format", "jsonl"))


def test_what_is_written_to_a_file_is_entered_in_the_ledger(kept: Call, tmp_path: Path) -> None:
    before = len(list(Evidence.open(tmp_path / "marsad.evidence").entries()))
    good(kept("incidents", "--format", "jsonl"))
    good(kept("incidents", "--format", "csv", "--output", tmp_path / "all.csv"))
    (entry,) = list(Evidence.open(tmp_path / "marsad.evidence").entries())[before:]
    assert (entry.kind, entry.who, entry.what["what"]) == ("export", "tester", "incidents")
    assert entry.what["count"] == len(good(kept("incidents", "--format", "jsonl")).splitlines())
    assert "holds" in good(kept("verify"))
