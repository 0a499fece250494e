"""Decisions about single claims on the command line: listed, shown, explained, taken back, and verified."""

import json
import os
from pathlib import Path

import pytest

from marsad.record import Record
from tests.cli.support import REPORTS, Call, lines


def one_line(text: str) -> str:
    return " ".join(text.split())


def decide(url: str) -> tuple[str, str, str]:
    """A claim corrected, one rejected and one added; an incident assessed, a claim moved into it: the ids of claims."""
    with Record.open(url) as record:
        (corrected,) = [one.claim.id for one in record.reviewed_in("sar-ar-2") if one.claim.scope == "single"][:1]
        (rejected,) = [one.claim.id for one in record.reviewed_in("sar-ar-1")][:1]
        text = record.document("sar-wire").text
        record.correct(corrected, {"event": "attack", "place": None}, who="ليلى", because="no aircraft")
        record.reject(rejected, who="omar", because="misread")
        made = record.add_claim("sar-wire", {"event": "casualties", "trigger": text.split(".")[1].strip()}, who="omar")
        goal = next(i for i in record.incidents() if all(r.claim.id != corrected for r in i.case.reports))
        record.move([corrected], goal.id, who="omar", because="another day")
        record.assess(goal.id, en="One raid,\nor two.", ar="غارة أو غارتان.", who="ليلى")
    return corrected, rejected, made.about[0]


def test_decisions_read_well_and_are_objects_for_programs(record: Call) -> None:
    corrected, rejected, added = decide(os.environ["MARSAD_DB"])
    told = [
        line.partition(" · ")[2].partition(" · ")[2]
        for line in record("decisions", "--format", "table").stdout.splitlines()
    ]
    assert told[0] == f"⁨ليلى⁩ · correct {corrected}: event to attack, place to none, because no aircraft"
    assert told[1] == f"omar · reject {rejected}, because misread"
    assert told[2].startswith(f"omar · add {added} to sar-wire: casualties, ")
    assert told[3].startswith(f"omar · move {corrected} to i")
    assert told[4].startswith("⁨ليلى⁩ · assess i")
    assert told[4].endswith("One raid, or two. / ⁨غارة أو غارتان.⁩")
    found = lines(record("decisions"))
    assert found[0]["value"] == {"event": "attack", "place": None}
    assert found[2]["value"]["document"] == "sar-wire"
    assert found[4]["value"] == {"en": "One raid,\nor two.", "ar": "غارة أو غارتان."}
    assert [one["effect"] for one in found] == ["all"] * 5
    assert [one["verb"] for one in lines(record("decisions", "sar-wire"))] == ["add"]


def test_show_and_why_tell_what_people_made_of_claims(record: Call) -> None:
    corrected, rejected, added = decide(os.environ["MARSAD_DB"])
    shown = one_line(record("show", corrected, "--format", "table").stdout)
    assert "attack · asserted" in shown
    assert "people decided: 1 · 20" in shown
    assert "correct" in shown
    shown = one_line(record("show", "sar-ar-1", "--format", "table").stdout)
    assert "incident none: rejected, see what people decided" in shown
    assert "because misread" in shown
    assert rejected not in [one["id"] for one in lines(record("show", "sar-ar-1"))]
    assert [one["id"] for one in lines(record("show", rejected))] == [rejected]
    assert [one["event"] for one in lines(record("show", added))] == ["casualties"]
    assert "event: decision 1 by ⁨ليلى⁩ (correct)" in one_line(record("why", corrected).stdout)
    goal = next(one["id"] for one in lines(record("incidents")) if corrected in [c["id"] for c in one["claims"]])
    shown = record("show", goal, "--format", "table").stdout
    assert "assessed" in shown
    assert "One raid," in shown
    assert "غارة أو غارتان." in shown
    assert "another day" in record("why", goal).stdout


def test_one_decision_is_taken_back_by_its_number(record: Call) -> None:
    _, rejected, _ = decide(os.environ["MARSAD_DB"])

    def told() -> set[str]:
        return {claim["id"] for one in lines(record("incidents")) for claim in one["claims"]}

    assert rejected not in told()
    assert "reject" in record("undo", "2").stdout
    assert rejected in told()
    assert [one["undone"] for one in lines(record("decisions"))][:3] == [False, True, False]
    for number in ("2", "99"):
        found = record("undo", number)
        assert found.exit_code == 1
        assert number in found.stderr


def test_corrections_are_entered_in_the_ledger_and_verified(
    tmp_path: Path, marsad: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_DB", str(tmp_path / "marsad.db"))
    assert marsad("init").exit_code == 0
    assert marsad("add", REPORTS).exit_code == 0
    decide(str(tmp_path / "marsad.db"))
    found = marsad("verify")
    assert found.exit_code == 0, found.output
    ledger = (tmp_path / "marsad.evidence" / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    verbs = [entry["what"]["verb"] for entry in map(json.loads, ledger) if entry["kind"] == "decision"]
    assert verbs == ["correct", "reject", "add", "move", "assess"]
    with Record.open(str(tmp_path / "marsad.db")) as record, record.store.writing() as db:
        db.connection.exec_driver_sql(
            'UPDATE revised SET record = replace(record, \'"trigger":"\', \'"trigger":"not \') WHERE record IS NOT NULL'
        )
    found = marsad("verify")
    assert found.exit_code == 1
    assert "its quote is not at its place: «not " in found.stdout
