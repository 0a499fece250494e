"""Voices: lineages of copies, what each says beside what is settled."""

from dataclasses import replace
from datetime import date

from marsad.assess import Register, assess
from marsad.model import Case, Incident, Period, Place
from marsad.server.incident.voices import counts, voices
from tests.assess.made import AIR_FORCE, ARMY, CIVILIANS, GUNMEN, HOUTHIS, RUSSIA, case, claim, killed, report


def incident(made: Case) -> Incident:
    return Incident(case=made, assessment=assess(made, Register()), title_en="Strike", title_ar="غارة")


def test_copies_are_folded_into_the_voice_of_their_lineage() -> None:
    made = case(
        report(claim("a", killed(5)), lineage="a", day=1),
        report(claim("b", killed(5)), lineage="a", day=2),
        report(claim("c", killed(6)), day=3),
    )
    found = voices(incident(made))
    assert [voice.lineage for voice in found] == ["a", "c"]
    assert [telling.claim.document for copy in found[0].copies for telling in copy] == ["b"]
    assert found[0].claims == ["a-0", "b-0"]


def test_the_main_claim_that_reports_stands_for_its_document() -> None:
    denial = replace(claim("a", n=0), trigger_span=(0, 3))
    strike = replace(claim("a", n=1), trigger_span=(9, 12))
    made = case(report(denial, role="denies", main=False), report(strike, main=True))
    assert voices(incident(made))[0].first.claim.id == "a-1"


def test_those_that_only_deny_plan_or_total_come_last() -> None:
    made = case(
        report(claim("a"), role="denies", day=1), report(claim("b"), day=2), report(claim("c"), role="totals", day=3)
    )
    found = voices(incident(made))
    assert [voice.first.claim.document for voice in found] == ["b", "a", "c"]
    assert [voice.cells["happened"].mark for voice in found] == ["agrees", "denies", "totals"]
    assert [voice.apart for voice in found] == [False, True, True]


def test_a_voice_that_reports_and_denies_agrees_in_part() -> None:
    made = case(report(claim("a", n=0)), report(claim("a", n=1), role="denies"))
    assert voices(incident(made))[0].cells["happened"].mark == "partly"


def test_a_place_agrees_where_it_may_be_the_same_and_differs_elsewhere() -> None:
    town = Place(name="Town", text="", lat=15.0, lon=44.0, country="YE", precision=1)
    near = replace(town, name="Quarter of the town", lat=15.01)
    province = replace(town, name="Province", lat=15.4, precision=4, radius_km=80.0)
    country = replace(town, name="Yemen", precision=6, lat=15.6, lon=47.6, radius_km=450.0)
    elsewhere = replace(town, name="Port", lat=13.0)
    said = [town, near, province, country, elsewhere, None]
    made = case(*(report(replace(claim(f"d{n}"), place=place)) for n, place in enumerate(said)))
    found = [voice.cells["place"] for voice in voices(incident(made))]
    assert [cell.mark for cell in found] == ["agrees", "agrees", "agrees", "agrees", "differs", "silent"]
    assert found[4].said == "Port"


def test_a_day_of_publication_alone_says_nothing_of_the_time() -> None:
    first, later = date(2016, 5, 1), date(2016, 5, 9)
    said = [
        Period(text="Sunday", start=first, end=first),
        Period(text="this week", start=date(2016, 4, 28), end=first),
        Period(text="on the 9th", start=later, end=later),
        Period(text="", start=first, end=first, from_publication=True),
    ]
    made = case(*(report(replace(claim(f"d{n}"), time=time)) for n, time in enumerate(said)))
    assert [voice.cells["time"].mark for voice in voices(incident(made))] == ["agrees", "agrees", "differs", "silent"]


def test_an_army_and_its_air_force_are_one_side_and_another_state_is_not() -> None:
    said = [ARMY, AIR_FORCE, RUSSIA, GUNMEN]
    made = case(*(report(claim(f"d{n}", actors=[party])) for n, party in enumerate(said)), actors=[ARMY])
    found = [voice.cells["actors"] for voice in voices(incident(made))]
    assert [cell.mark for cell in found] == ["agrees", "agrees", "differs", "differs"]
    assert found[2].said == "Russian air force"


def test_figures_agree_with_the_best_and_a_dissenting_one_differs() -> None:
    made = case(*(report(claim(f"d{n}", killed(number))) for n, number in enumerate((5, 5, 5, 5, 100))))
    found = [voice.cells["killed"] for voice in voices(incident(made))]
    assert [cell.mark for cell in found] == ["agrees"] * 4 + ["differs"]
    assert (found[4].low, found[4].high) == (100, 100)
    assert {voice.cells["injured"].mark for voice in voices(incident(made))} == {"silent"}


def test_marks_are_counted_by_field() -> None:
    made = case(
        report(claim("a", targets=[CIVILIANS])),
        report(claim("b", targets=[HOUTHIS])),
        report(claim("c")),
        targets=[CIVILIANS],
    )
    assert counts(voices(incident(made)))["targets"] == {"agrees": 1, "differs": 1, "silent": 1}


def test_a_word_beside_a_count_of_the_same_voice_is_not_its_figure() -> None:
    counted, dozens = claim("a", killed(25), n=0), claim("a", killed(20, 99), n=1)
    made = case(report(counted), report(dozens, main=False), report(claim("b", killed(25))))
    cell = voices(incident(made))[0].cells["killed"]
    assert (cell.mark, cell.low, cell.high) == ("agrees", 25, 25)
