"""``marsad init``, ``add`` and ``incidents``, over both databases."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import MARKET, REPORTS, Call, lines, market

# init and add


def test_from_nothing_to_incidents(marsad: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MARSAD_DB", raising=False)
    found = marsad("init")
    assert found.exit_code == 0
    assert "marsad add" in found.output
    assert lines(marsad("incidents")) == []
    found = marsad("add", REPORTS)
    assert found.exit_code == 0
    assert re.match(r"9 documents: 9 new, 0 changed, 0 same; \d+ claims\n", found.stdout)
    assert (tmp_path / "marsad.db").exists()
    assert len(lines(marsad("incidents"))) >= 3


@pytest.mark.parametrize(
    "args", [["incidents"], ["add", REPORTS], ["show", "x"], ["undo"], ["relink"], ["search", "x"]]
)
def test_without_a_record_the_remedy_is_told(marsad: Call, tmp_path: Path, args: list[object]) -> None:
    found = marsad(*args, "--db", tmp_path / "none.db")
    assert found.exit_code == 1
    assert "marsad init" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_second_init_is_refused(record: Call) -> None:
    found = record("init")
    assert found.exit_code == 1
    assert "there is a record already" in found.stderr


def test_the_same_again_changes_nothing(record: Call) -> None:
    before = record("incidents").stdout
    found = record("add", REPORTS)
    assert found.stdout.startswith("9 documents: 0 new, 0 changed, 9 same; ")
    assert record("incidents").stdout == before


def test_a_changed_document_is_a_new_version(record: Call, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in REPORTS.read_text(encoding="utf-8").splitlines()]
    (row,) = [row for row in rows if row["id"] == "taiz-en"]
    row["text"] = row["text"].replace("two civilians", "three civilians")
    path = tmp_path / "later.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    assert record("add", path).stdout.startswith("1 document: 0 new, 1 changed, 0 same; ")
    (taiz,) = [one for one in lines(record("incidents")) if {"id": "taiz-en", "main": True} in one["documents"]]
    assert taiz["killed"]["high"] == 3
    assert "three civilians" in record("show", "taiz-en").stdout
    assert "versions 1 of " in record("show", "taiz-en", "--format", "table").stdout
    (first,) = lines(record("show", "taiz-en", "--version", 1))
    assert "two civilians" in first["text"]
    assert "two civilians" in record("show", "taiz-en", "--version", 1, "--format", "table").stdout
    assert "it has 1, 2" in record("show", "taiz-en", "--version", 3).stderr


def test_one_by_one_or_all_at_once_is_the_same_record(record: Call, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert record("init", "--db", other).exit_code == 0
    for line in reversed(REPORTS.read_text(encoding="utf-8").splitlines()):
        assert record("add", "-", "--db", other, stdin=line.encode()).exit_code == 0
    assert record("incidents", "--db", other).stdout == record("incidents").stdout
    assert record("totals", "--db", other).stdout == record("totals").stdout


def test_what_cannot_be_read_is_named_and_the_rest_is_added(record: Call, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text(
        '{"text": ""}\n{"id": "fr", "text": "Les avions ont bombardé la ville pendant la nuit."}\n', "utf-8"
    )
    article = tmp_path / "a.txt"
    article.write_text("Gunmen killed three civilians near Mosul on Monday.", encoding="utf-8")
    found = record("add", path, article)
    assert found.exit_code == 1
    assert "line 1: the text is empty" in found.stderr
    assert "line 2: document fr: language fr is not supported" in found.stderr
    assert "1 document without a day of publication" in found.stderr
    assert found.stdout.startswith("1 document: 1 new, 0 changed, 0 same; 1 claim; 2 not read")


def test_jobs_give_the_same_record(record: Call, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert record("init", "--db", other).exit_code == 0
    assert record("add", REPORTS, "--jobs", 2, "--db", other).exit_code == 0
    assert record("incidents", "--db", other).stdout == record("incidents").stdout


# incidents


def test_reports_of_one_strike_are_one_incident(record: Call) -> None:
    found = market(record)
    assert {d["id"] for d in found["documents"]} == MARKET
    assert found["event"] == "air_drone_strike"
    assert found["place"]["country"] == "SY"
    assert found["title"]["en"]
    assert found["title"]["ar"]
    assert found["killed"]["low"] <= 5 <= found["killed"]["high"]
    roles = {claim["document"]: claim["role"] for claim in found["claims"]}
    assert roles["sar-denial"] == "denies"
    (wire,) = [lineage for lineage in found["lineages"] if "sar-wire" in lineage["documents"]]
    assert wire["documents"] == ["sar-wire", "sar-wire-2"]


def test_a_total_makes_no_incident(record: Call) -> None:
    assert [one for one in lines(record("incidents")) if "sirte-total" in str(one["documents"])] == []
    (total,) = lines(record("totals"))
    assert (total["low"], total["documents"]) == (360, [{"id": "sirte-total", "main": True}])


@pytest.mark.parametrize(
    ("args", "countries"),
    [
        (["--country", "YE"], {"YE"}),
        (["--country", "yemen"], {"YE"}),
        (["--country", "اليمن"], {"YE"}),
        (["--from", "2019-01-01"], {"SY"}),
        (["--to", "2018-12-31"], {"YE", "IQ"}),
        (["--from", "2018-03-04", "--to", "2018-03-04"], {"YE"}),
        (["--event", "shelling_missile"], {"YE"}),
        (["--event", "Shelling-missile"], {"YE"}),
        (["--actor", "Houthis"], {"YE"}),
        (["--actor", "الحوثيون"], {"YE"}),
        (["--near", "إدلب", "--km", 30], {"SY"}),
        (["--near", "35.86,36.80"], {"SY"}),
        (["--near", "35.86, 36.80", "--km", 1], {"SY"}),
        (["--near", "Aden"], set()),
        (["--text", "سراقب"], {"SY"}),
        (["--country", "SY", "--event", "shelling_missile"], set()),
    ],
)
def test_options_narrow_the_list(record: Call, args: list[object], countries: set[str]) -> None:
    assert {one["place"]["country"] for one in lines(record("incidents", *args))} == countries


def test_the_grade_narrows_the_list(record: Call) -> None:
    grade = market(record)["grade"]
    assert market(record)["id"] in {one["id"] for one in lines(record("incidents", "--grade", grade))}
    for other in {"confirmed", "fair", "weak", "contested", "discounted"} - {grade}:
        assert market(record)["id"] not in {one["id"] for one in lines(record("incidents", "--grade", other))}


def test_near_says_which_place_was_taken(record: Call) -> None:
    found = record("incidents", "--near", "Saraqib", "--km", 10)
    assert "near Saraqib, town in Idlib, SY (35.864, 36.803), within 10 km" in found.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--country", "Atlantis"], "no country is called 'Atlantis'"),
        (["--country", "ZZ"], "no country is called 'ZZ'"),
        (["--near", "Xyzzyplugh"], "no place called 'Xyzzyplugh'"),
        (["--near", "95,200"], "no point"),
        (["--km", "5"], "add --near PLACE"),
        (["--event", "earthquake"], "air_drone_strike"),
        (["--km", "nan", "--near", "Saraqib"], "nan is no distance"),
        (["--from", "June"], "YYYY-MM-DD"),
        (["--from", "2019-01-02", "--to", "2019-01-01"], "turn them round"),
        (["--actor", " "], "the name is empty"),
        (["--grade", "good"], "confirmed"),
        (["--format", "xml"], "geojson"),
    ],
)
def test_what_an_option_cannot_be(record: Call, args: list[object], told: str) -> None:
    found = record("incidents", *args)
    assert found.exit_code == 2
    assert told in found.stderr


def test_every_format(record: Call, tmp_path: Path) -> None:
    number = len(lines(record("incidents")))
    assert len(json.loads(record("incidents", "--format", "geojson").stdout)["features"]) == number
    path = tmp_path / "out.csv"
    assert record("incidents", "--format", "csv", "--output", path).stdout == ""
    assert len(list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))) == number
    assert market(record)["id"] in record("incidents", "--format", "table").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are another matter there")
@pytest.mark.parametrize("plain", [False, True])
def test_on_a_terminal_there_is_a_table(record: Call, plain: bool) -> None:
    import pty

    parent, child = pty.openpty()
    environment = {**os.environ, **({"NO_COLOR": "1"} if plain else {})}
    command = [sys.executable, "-m", "marsad", "incidents", "--country", "YE"]
    process = subprocess.run(command, stdout=child, stderr=subprocess.PIPE, env=environment, check=False, timeout=60)
    shown = os.read(parent, 100_000).decode()
    os.close(parent)
    os.close(child)
    assert process.returncode == 0
    assert process.stderr == b"marsad: 1 incident\n"
    assert "shelling_missile" in shown
    assert "تعز" in shown
    assert ("\x1b[1m" in shown) is not plain
