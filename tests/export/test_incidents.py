"""Incidents and totals in every format that they are written in."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.export import incidents, totals, words
from marsad.export.incidents.csv import COLUMNS, harmless
from marsad.export.incidents.detail import write_incident, write_reports
from marsad.export.incidents.flat import GROUPS, SEPARATOR
from marsad.export.incidents.record import record
from marsad.export.page import Page
from marsad.export.record import encode, parse
from marsad.export.screen import FSI, PDI, RLI
from marsad.model import Estimate, Incident, Known, Total
from tests.export.made import CLAIMS, DOCUMENTS, PLACE, claim, incident, reports, total
from tests.support import ROOT


def written(form: str, *found: Incident, colour: bool = False) -> str:
    stream = io.StringIO(newline="")
    writer = incidents.exporters()[form].open_writer(stream, colour=colour)
    for one in found:
        writer.write(one)
    writer.close()
    return stream.getvalue()


def totalled(form: str, *found: Total) -> str:
    stream = io.StringIO()
    writer = totals.exporters()[form].open_writer(stream, colour=False)
    for one in found:
        writer.write(one)
    writer.close()
    return stream.getvalue()


def row(found: Incident) -> dict[str, str]:
    (one,) = csv.DictReader(io.StringIO(written("csv", found), newline=""))
    return one


def shown(found: Incident) -> str:
    stream = io.StringIO()
    page = Page(stream, colour=False)
    write_incident(page, found)
    write_reports(page, found.case.reports, DOCUMENTS)
    return stream.getvalue()


def test_the_formats() -> None:
    assert list(incidents.exporters()) == ["csv", "geojson", "jsonl", "table"]
    assert list(totals.exporters()) == ["jsonl", "table"]


# jsonl


def test_the_record_has_what_the_page_promises() -> None:
    found = json.loads(written("jsonl", incident()))
    assert found["id"] == "i0123456789ab"
    assert found["title"] == {"en": "Air strike on Saraqib kills 3 to 5", "ar": "غارة على سراقب"}
    assert found["time"] == {"start": "2019-06-20", "end": "2019-06-20", "date_precision": 1}
    assert (found["place"]["precision"], found["place"]["radius_km"]) == (1, 3.0)
    assert found["documents"] == [{"id": "ar-1", "main": True}, {"id": "en-1", "main": False}]
    assert found["claims"][1] == {
        "id": "c2",
        "document": "en-1",
        "role": "reports",
        "main": False,
        "lineage": "en-1",
        "why": "same event, day and place as c1",
    }
    assert found["lineages"] == [{"id": "ar-1", "documents": ["ar-1"]}, {"id": "en-1", "documents": ["en-1"]}]
    assert (found["grade"], found["grade_rule"]) == ("fair", "two-lineages")
    assert found["acled"]["fatalities"] == 5


def test_each_bound_names_its_claims() -> None:
    killed = json.loads(written("jsonl", incident()))["killed"]
    assert {key: killed[key] for key in ("low", "best", "high", "known")} == {
        "low": 3,
        "best": 5,
        "high": 5,
        "known": "counted",
    }
    assert (killed["low_claims"], killed["best_claims"], killed["high_claims"]) == (["c1"], ["c2"], ["c2"])
    assert [figure["use"] for figure in killed["figures"]] == ["counts", "counts", "dissents"]
    assert killed["groups"]["children"]["best"] == 2


def test_none_reported_zero_and_unknown_stay_apart() -> None:
    def known(**changes: object) -> tuple[object, object]:
        found = json.loads(written("jsonl", incident(**changes)))["killed"]
        return found["known"], found["low"]

    zero = replace(incident().assessment.estimates[0], known="zero", low=0, best=0, high=0)
    assert known(estimates=()) == ("none_reported", None)
    assert known(estimates=(zero,)) == ("zero", 0)
    assert json.loads(written("jsonl", incident()))["injured"]["known"] == "unknown"
    assert [row(incident(estimates=e))["killed_known"] for e in ((), (zero,))] == ["none_reported", "zero"]
    assert [row(incident(estimates=e))["killed_low"] for e in ((), (zero,))] == ["", "0"]


def test_offsets_of_one_document_are_not_said_of_the_incident() -> None:
    found = json.loads(written("jsonl", incident()))
    assert "span" not in found["place"]
    assert "spans" not in found["actors"][0]


def test_evidence_gives_the_claims_back() -> None:
    found = json.loads(encode(record(incident(), evidence=True)))
    assert parse(json.dumps(found["claims"][0]["record"])) == CLAIMS[0]


def test_copies_share_a_lineage() -> None:
    both = tuple(replace(report, lineage="ar-1") for report in incident().case.reports)
    found = json.loads(written("jsonl", incident(reports=both)))
    assert found["lineages"] == [{"id": "ar-1", "documents": ["ar-1", "en-1"]}]


def test_every_key_is_documented() -> None:
    page = (ROOT / "docs" / "incident-record.md").read_text(encoding="utf-8")
    found = json.loads(encode(record(incident(), evidence=True)))
    parts = [found, found["time"], found["claims"][0], found["killed"], found["killed"]["figures"][0]]
    parts.append(json.loads(totalled("jsonl", total())))
    assert [key for part in parts for key in part if f"`{key}`" not in page] == []
    assert [name for name in GROUPS if f"`{name}`" not in page] == []


# csv


def test_csv_keeps_to_the_rfc() -> None:
    found = written("csv", incident(title_en='The "market", struck\ntwice'), incident())
    assert found.count("\r\n") == 3
    header, first, second = csv.reader(io.StringIO(found, newline=""))
    assert tuple(header) == COLUMNS
    assert len(first) == len(second) == len(COLUMNS)
    assert first[1] == 'The "market", struck\ntwice'
    assert written("csv") == written("csv", incident()).partition("\r\n")[0] + "\r\n"


def test_csv_has_figures_place_and_its_uncertainty() -> None:
    found = row(incident())
    wanted = {
        "killed_low": "3",
        "killed_best": "5",
        "killed_children_high": "2",
        "killed_children_known": "counted",
        "injured_known": "unknown",
        "injured_women_known": "none_reported",
        "lat": "35.864",
        "radius_km": "3.0",
        "precision": "1",
        "precision_means": "the place itself",
        "documents": f"ar-1{SEPARATOR}en-1",
        "number_of_lineages": "2",
        "acled_fatalities": "5",
        "ucdp_type_of_violence": "3",
    }
    assert {key: found[key] for key in wanted} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\n=1",
        '"=1',
        "'=1",
        "＝1",
        "\x00=1",
        "\x0b-1",
        "=cmd|'/c'!A0",
    ],
)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    cell = row(incident(title_en=text))["title_en"]
    assert cell[0] == "'"
    hidden = replace(incident().case.reports[0], source=text)
    assert row(incident(reports=(hidden,)))["sources"].startswith("'")


def test_a_list_cannot_hide_a_formula_behind_its_first_part() -> None:
    first, second = incident().case.reports
    found = row(incident(reports=(replace(first, source="A"), replace(second, source="=1+1"))))
    assert found["sources"].split(SEPARATOR) == ["'=1+1", "A"]


def test_numbers_stay_numbers() -> None:
    assert row(incident(place=replace(PLACE, lon=-4.5)))["lon"] == "-4.5"


@given(st.text())
def test_harmless_never_begins_as_a_formula(text: str) -> None:
    assert not harmless(text).lstrip(' \u00a0"').startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


# geojson


def test_geojson_never_hides_how_far_a_point_may_lie() -> None:
    wide = replace(PLACE, precision=4, radius_km=65.0, name="Idlib province")
    found = json.loads(written("geojson", incident(), incident(place=wide)))
    assert found["type"] == "FeatureCollection"
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [36.803, 35.864]}
    assert [f["properties"]["radius_km"] for f in found["features"]] == [3.0, 65.0]
    assert [f["properties"]["precision"] for f in found["features"]] == [1, 4]
    assert found["features"][1]["properties"]["precision_means"] == "province"


def test_without_a_place_there_is_no_point() -> None:
    nowhere = incident(place=None)
    pointless = incident(place=replace(PLACE, lat=None, lon=None))
    found = json.loads(written("geojson", nowhere, pointless))
    assert [f["geometry"] for f in found["features"]] == [None, None]
    assert found["features"][1]["properties"]["place"] == "Saraqib"


def test_no_incidents_are_a_collection_all_the_same() -> None:
    assert json.loads(written("geojson"))["features"] == []


# table


def test_the_table_shows_figures_titles_place_and_sides() -> None:
    lines = written("table", incident()).splitlines()
    assert lines[1].split() == ["i0123456789ab", "2019-06-20", "3-5", "?", "fair", "2", "in", "2", "air_drone_strike"]
    assert lines[2:4] == ["    Air strike on Saraqib kills 3 to 5", f"    {FSI}غارة على سراقب{PDI}"]
    assert "Saraqib (SY; 35.86, 36.80 ± 3 km; the place itself)" in lines[4]
    assert lines[0].index("killed") == lines[1].index("3-5")
    assert lines[0].index("event") == lines[1].index("air_drone_strike")


def test_colour_is_for_terminals() -> None:
    assert "\x1b[" not in written("table", incident())
    assert "\x1b[" in written("table", incident(), colour=True)


def test_an_empty_table_says_so() -> None:
    assert written("table") == "no incidents\n"


def test_lines_keep_to_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    long = incident(title_en="air strike " * 30, title_ar="غارة جوية " * 30)
    assert max(len(line) for line in shown(long).splitlines()) <= 62
    assert max(len(line) for line in written("table", long).splitlines()[2:]) <= 62


def test_a_title_cannot_give_the_terminal_orders() -> None:
    bad = incident(title_en="\x1b[31mred\u202e", title_ar="\x9b2J", grade_why="\x1b]0;x\x07")
    assert not set("\x1b\x07\x9b\u202e") & set(shown(bad) + written("table", bad))


# the page of one incident


def test_the_page_shows_every_report_with_its_sentences() -> None:
    found = shown(incident())
    for part in (
        "killed    3 to 5, best 5\n",
        "children: 2\n",
        f"dissents: 90 ({FSI}ثلاثة{PDI}) by state television, 2019-06-21, claim c2\n",
        "injured   some, which nobody counts\n",
        "grade     fair (rule two-lineages)\n",
        "strike    likely-strike\n",
        "2 claims (2 reports) in 2 documents of 2 lineages\n",
        "c1 · reports it\n",
        f"{RLI}قال مسعفون إن ثلاثة مدنيين قتلوا أمس في [غارة جوية] شنها",
        "an [air strike] on the market",
        "also      Two were children.\n",
    ):
        assert part in found


def test_a_copy_is_said_to_be_one() -> None:
    first, second = incident().case.reports
    assert "repeats ar-1, and counts with it" in shown(incident(reports=(first, replace(second, lineage="ar-1"))))


# totals


def test_a_total_stands_beside_what_its_incidents_sum_to() -> None:
    found = json.loads(totalled("jsonl", total()))
    assert (found["low"], found["high"], found["summed"]) == (360, None, {"low": 12, "high": 20})
    assert found["gap"] == {"low": 340, "high": None}
    assert found["previous"] == "t9"
    table = totalled("table", total())
    assert "strikes at least 360" in table
    assert "2 in the record, which sum to 12 to 20; 340 or more not accounted for" in table
    assert "i0123456789ab, i1123456789ab\n" in table
    assert "succeeds  t9" in table


def test_totals_of_a_campaign_stand_together() -> None:
    found = totalled("table", total(), total(id="t1", end=date(2019, 7, 1), low=400, previous="t0123456789ab"))
    assert found.count("Syrian air force") == 1
    assert totalled("table", total(), total(campaign="k2")).count("Syrian air force") == 2


def test_a_gap_that_cannot_be_told() -> None:
    assert "the gap cannot be told" in totalled("table", total(incidents=(), summed_low=None, summed_high=None))
    assert "sum to 5 more than the total" in totalled("table", total(low=5, high=5, summed_low=10, summed_high=10))
    assert "within what they sum to" in totalled("table", total(low=15, high=15))
    assert totalled("table") == "no totals\n"


def test_a_claim_whose_speaker_is_not_named_is_said_by_its_source() -> None:
    unsaid = reports(claim("c4", "en-1", "air strike", attribution=()))
    assert f"said by   {FSI}وكالة{PDI} (in en-1)" in totalled("table", total(reports=unsaid))


@pytest.mark.parametrize(
    ("known", "bounds", "column", "in_words"),
    [
        ("none_reported", (None, None), "-", "none reported"),
        ("zero", (0, 0), "0", "0 (said to be none)"),
        ("unknown", (None, None), "?", "some, which nobody counts"),
        ("unknown", (20, 99), "20-99?", "20 to 99, which nobody counts"),
        ("unknown", (2, None), "2+?", "at least 2, which nobody counts"),
        ("counted", (3, 3), "3", "3"),
        ("counted", (3, 5), "3-5", "3 to 5, best 4"),
        ("counted", (3, None), "3+", "at least 3, best 4"),
        ("counted", (None, 5), "0-5", "at most 5, best 4"),
    ],
)
def test_figures_in_a_column_and_in_words(
    known: Known, bounds: tuple[int | None, int | None], column: str, in_words: str
) -> None:
    low, high = bounds
    found = Estimate(of="killed", whom="all", known=known, low=low, best=4, high=high)
    assert words.short_estimate(found) == column
    assert words.estimate(found) == in_words
