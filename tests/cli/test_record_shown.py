"""What is asked of a record and decided in it, from ``show`` to ``restore``, over both databases."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.support import MARKET, Call, lines, market

# show and why


def test_show_prints_the_evidence(record: Call) -> None:
    found = record("show", market(record)["id"], "--format", "table").stdout
    assert "[غارة جوية]" in found
    assert "an [air strike] by the Syrian air force" in found
    assert "denies it" in found
    assert "repeats sar-wire, and counts with it" in found


def test_show_of_a_document_and_of_a_claim_leads_to_the_incident(record: Call) -> None:
    incident = market(record)
    claim = incident["claims"][0]
    for identity in (claim["document"], claim["id"]):
        found = record("show", identity, "--format", "table")
        assert claim["id"] in found.stdout
        assert incident["id"] in found.stdout
    assert [one["id"] for one in lines(record("show", claim["id"]))] == [claim["id"]]
    (total,) = lines(record("totals"))
    assert "360" in record("show", total["id"], "--format", "table").stdout


def test_show_as_json_holds_the_claim_records(record: Call) -> None:
    (found,) = lines(record("show", market(record)["id"]))
    assert all(claim["record"]["evidence"] for claim in found["claims"])


@pytest.mark.parametrize("command", ["show", "why", "grade", "copies"])
def test_an_id_that_is_nowhere(record: Call, command: str) -> None:
    found = record(command, "i000000000000")
    assert found.exit_code == 1
    assert "i000000000000" in found.stderr
    assert "marsad incidents" in found.stderr or "marsad search" in found.stderr


def test_why_gives_a_reason_for_each_join_and_each_figure(record: Call) -> None:
    incident = market(record)
    found = record("why", incident["id"]).stdout
    for claim in incident["claims"]:
        assert claim["id"] in found
    assert "no reason is kept" not in found
    assert "killed (all)" in found
    assert f"grade {incident['grade']}, rule {incident['grade_rule']}" in found


def test_why_of_a_claim_names_the_rules_it_was_read_by(record: Call) -> None:
    found = record("why", market(record)["claims"][0]["id"]).stdout
    assert "event: events.tsv" in found


def test_why_of_a_total_says_what_its_statements_have_in_common(record: Call, tmp_path: Path) -> None:
    again = {
        "id": "sirte-again",
        "published": "2016-12-07",
        "title": "360 strikes",
        "text": "US warplanes have carried out more than 360 air strikes in the Libyan city of Sirte since August, "
        "the US military said on Tuesday.",
    }
    path = tmp_path / "again.jsonl"
    path.write_text(json.dumps(again), encoding="utf-8")
    assert record("add", path).exit_code == 0
    (total,) = lines(record("totals"))
    found = " ".join(record("why", total["id"]).stdout.split())
    assert "└ the first statement" in found
    assert f"└ with claim {total['claims'][0]['id']} of sirte-total, +" in found
    assert "figures telling +" in found
    for claim in total["claims"]:
        assert claim["id"] in found


@pytest.fixture
def changed(record: Call, tmp_path: Path) -> Callable[[], str]:
    """Gives a document of the market another text, and returns the id of a claim that it no longer makes."""

    def change() -> str:
        (gone,) = [claim["id"] for claim in lines(record("show", "sar-ar-2"))]
        text = "قتل ثمانية مدنيين في غارة جوية شنها الطيران السوري يوم الخميس على سوق بلدة سراقب في ريف إدلب."
        path = tmp_path / "changed.jsonl"
        path.write_text(json.dumps({"id": "sar-ar-2", "published": "2019-06-22", "text": text}), encoding="utf-8")
        found = record("add", path)
        assert "1 changed" in found.stdout
        assert ("note: decision 1:" in found.stderr) == bool(lines(record("decisions")))
        return gone

    return change


def test_a_claim_of_an_old_version_is_shown_and_says_so(record: Call, changed: Callable[[], str]) -> None:
    gone = changed()
    for command in (["show", gone, "--format", "table"], ["why", gone]):
        found = " ".join(record(*command).stdout.split())
        assert "ارتفعت حصيلة قتلى" in found
        assert "read in version 1 of the document, which has a newer one, 2, and only its claims count" in found
    assert [one["id"] for one in lines(record("show", gone))] == [gone]
    assert "only its claims count" not in record("show", "sar-ar-2", "--format", "table").stdout


# decisions


def test_a_decision_whose_claim_went_with_an_old_version_says_so(record: Call, changed: Callable[[], str]) -> None:
    incident = market(record)["id"]
    (claim,) = [c["id"] for c in market(record)["claims"] if c["document"] == "sar-ar-2"]
    assert record("split", incident, claim, "--because", "another strike").exit_code == 0
    assert lines(record("decisions"))[0]["effect"] == "all"
    assert "no effect now" not in record("decisions", "--format", "table").stdout
    changed()
    assert lines(record("decisions"))[0]["effect"] == "none"
    assert "no effect now" in record("decisions", "--format", "table").stdout
    assert [d["seq"] for d in lines(record("decisions", "sar-ar-2"))] == [1]


def test_decisions_of_an_incident_are_those_on_either_side(record: Call) -> None:
    incident = market(record)["id"]
    (claim,) = [c["id"] for c in market(record)["claims"] if c["document"] == "sar-ar-2"]
    record("split", incident, claim, "--because", "another strike")
    assert [d["verb"] for d in lines(record("decisions", incident))] == ["split"]
    assert "another strike" in record("why", incident).stdout
    record("undo")
    assert [d["verb"] for d in lines(record("decisions", incident))] == ["split", "undo"]
    found = record("decisions", "nobody")
    assert found.exit_code == 1
    assert "nobody" in found.stderr


def test_a_split_says_where_both_parts_are(record: Call) -> None:
    incident = market(record)
    founder = incident["claims"][0]["id"]
    found = record("split", incident["id"], founder).stdout
    (rest,) = {one["id"] for one in lines(record("incidents")) if len(one["documents"]) == 4}
    assert found == f"1 claim split from {incident['id']}: now in {incident['id']}; the rest in {rest} (decision 1)\n"


def test_a_merge_that_a_split_outweighs_is_no_reason_any_more(record: Call) -> None:
    first, second, *_ = lines(record("incidents"))
    record("merge", first["id"], second["id"], "--because", "the same")
    assert "(merge): the same" in record("why", first["id"]).stdout
    record("split", first["id"], *(c["id"] for c in second["claims"]), "--because", "not the same")
    joins = record("why", first["id"]).stdout.partition("Why these figures")[0]
    assert "(merge): the same" not in joins
    assert "└ the first report" in joins


def test_merge_show_and_undo(record: Call) -> None:
    before = record("incidents").stdout
    first, second, *_ = [one["id"] for one in lines(record("incidents"))]
    found = record("merge", first, second, "--because", "one and the same")
    assert found.exit_code == 0, found.output
    merged = [one["id"] for one in lines(record("incidents"))]
    assert len(merged) == len(before.splitlines()) - 1
    (gone,) = {first, second} - set(merged)
    shown = record("show", gone, "--format", "table")
    assert f"{gone} is part of " in shown.stderr
    assert record("relink").exit_code == 0
    assert [one["id"] for one in lines(record("incidents"))] == merged
    (decision,) = lines(record("decisions"))
    assert (decision["who"], decision["verb"], decision["because"]) == ("tester", "merge", "one and the same")
    assert "one and the same" in record("why", first).stdout
    found = record("undo", "--by", "someone else")
    assert "taken back" in found.stdout
    assert record("incidents").stdout == before
    assert [d["verb"] for d in lines(record("decisions"))] == ["merge", "undo"]
    assert lines(record("decisions"))[0]["undone"] is True


def test_split_survives_relinking(record: Call) -> None:
    incident = market(record)
    (claim,) = [c["id"] for c in incident["claims"] if c["document"] == "sar-ar-2"]
    found = record("split", incident["id"], claim, "--because", "another strike", "--by", "a reviewer")
    assert found.exit_code == 0, found.output

    def apart() -> bool:
        found = [{d["id"] for d in one["documents"]} for one in lines(record("incidents"))]
        return {"sar-ar-2"} in found and MARKET - {"sar-ar-2"} in found

    assert apart()
    assert record("relink").exit_code == 0
    assert apart()


def test_nothing_to_undo(record: Call) -> None:
    found = record("undo")
    assert found.exit_code == 1
    assert "nothing" in found.stderr or "no decision" in found.stderr


def test_merging_an_incident_with_itself_is_refused(record: Call) -> None:
    identity = market(record)["id"]
    assert record("merge", identity, identity).exit_code == 1


def test_a_claim_that_is_not_in_the_incident_is_not_split(record: Call) -> None:
    found = record("split", market(record)["id"], "0" * 16)
    assert found.exit_code == 1
    assert "0" * 16 in found.stderr


def test_a_grade_that_a_person_sets(record: Call) -> None:
    identity = market(record)["id"]
    assert record("grade", identity).stdout.startswith(identity)
    assert record("grade", identity, "--set", "confirmed").exit_code == 2
    found = record("grade", identity, "--set", "confirmed", "--because", "admitted on 3 July")
    assert "confirmed" in found.stdout
    assert "tester" in found.stdout
    assert (market(record)["grade"], market(record)["grade_by"]) == ("confirmed", "tester")
    assert record("relink").exit_code == 0
    assert market(record)["grade"] == "confirmed"
    assert "admitted on 3 July" in record("why", identity).stdout


def test_the_register_of_sources(record: Call) -> None:
    before = {one["source"]: one for one in lines(record("sources"))}
    assert before["Wire"]["reliability"] is None
    assert before["Daily paper"]["repeats"] == 1
    assert record("sources", "Wire", "--set", "B").exit_code == 2
    assert record("sources", "--set", "B", "--because", "x").exit_code == 2
    (found,) = lines(record("sources", "Wire", "--set", "B", "--because", "visited in 2018"))
    assert (found["source"], found["reliability"]) == ("Wire", "B")
    assert "B     " in record("sources", "--format", "table").stdout
    (decision,) = lines(record("decisions", "Wire"))
    assert decision["because"] == "visited in 2018"


def test_the_credibility_of_a_claim(record: Call) -> None:
    claim = market(record)["claims"][0]["id"]
    found = record("credibility", claim, "--set", 2, "--because", "the crater is on video")
    assert "probably true" in found.stdout
    assert record("credibility", claim, "--set", 2).exit_code == 2
    assert record("credibility", "0" * 16, "--set", 2, "--because", "x").exit_code == 1
    (decision,) = lines(record("decisions", claim))
    assert (decision["verb"], decision["value"]) == ("credibility", "2")


def test_decisions_for_reading(record: Call) -> None:
    assert record("decisions", "--format", "table").stdout == "no decisions\n"
    record("sources", "Wire", "--set", "B", "--because", "visited")
    assert "tester · source Wire as B, because visited\n" in record("decisions", "--format", "table").stdout


# search, copies, backup


@pytest.mark.parametrize("words", [["ادلب"], ["إدلب"], ["بإدلب"], ["وإِدْلِب"], ["سراقب", "سوق"]])
def test_search_finds_arabic_in_every_spelling(record: Call, words: list[str]) -> None:
    assert {"sar-ar-1", "sar-ar-2"} <= {hit["document"] for hit in lines(record("search", *words))}


def test_search_for_reading(record: Call) -> None:
    found = record("search", "Sirte", "--format", "table").stdout
    assert "More than 360 strikes on Sirte" in found
    assert "sirte-total" in found
    assert record("search", "Xyzzyplugh", "--format", "table").stdout == "no documents\n"


def test_copies_shows_the_shared_passages(record: Call) -> None:
    found, denial = lines(record("copies", "sar-wire"))
    assert (denial["other"], denial["kind"], denial["lineage"]) == ("sar-denial", "shared", False)
    assert (found["other"], found["kind"], found["lineage"]) == ("sar-wire-2", "copy", True)
    assert found["passages"][0]["text"].startswith("Medics said an air strike")
    table = record("copies", "sar-wire-2", "--format", "table").stdout
    assert "repeats the same report, 100% of the shorter text; counts with it" in table
    assert "no other document" in record("copies", "taiz-en", "--format", "table").stdout


def test_backup_and_restore(record: Call, tmp_path: Path) -> None:
    record("sources", "Wire", "--set", "B", "--because", "visited")
    backup, other = tmp_path / "a.backup", tmp_path / "other.db"
    assert record("backup", backup).exit_code == 0
    assert record("restore", backup, "--db", other).exit_code == 0
    for args in (["incidents"], ["decisions"], ["totals"], ["sources"]):
        assert record(*args, "--db", other).stdout == record(*args).stdout
    assert {hit["document"] for hit in lines(record("search", "ادلب", "--db", other))} == {"sar-ar-1", "sar-ar-2"}
    found = record("restore", backup, "--db", other)
    assert found.exit_code == 1
    assert "--overwrite" in found.stderr
    assert record("restore", backup, "--db", other, "--overwrite").exit_code == 0
    assert "--overwrite" in record("backup", backup).stderr
    assert record("backup", backup, "--overwrite").exit_code == 0
    junk = tmp_path / "junk"
    junk.write_text("not a backup", encoding="utf-8")
    assert record("restore", junk, "--db", tmp_path / "third.db").exit_code == 1
    assert not (tmp_path / "third.db").exists()
