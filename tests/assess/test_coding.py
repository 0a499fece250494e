"""ACLED's and UCDP GED's fields."""

import re
from collections.abc import Sequence

import pytest

from marsad.assess import Register, assess
from marsad.assess.coding import coding
from marsad.model import Assessment, Case, Party
from tests.assess.made import AIR_FORCE, ARMY, CIVILIANS, GUNMEN, HOUTHIS, SOLDIERS, case, claim, killed, report
from tests.support import ROOT

EVENT_TYPES = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    },
}  # fmt: skip


def made(
    actors: Sequence[Party], targets: Sequence[Party], event: str = "air_drone_strike", **where: int | str
) -> Case:
    one = claim("d1", killed(4, whom="civilians"), actors=actors, targets=targets, event=event)
    country, precision = str(where.get("country", "YE")), int(where.get("date_precision", 1))
    return case(report(one), event=event, actors=actors, targets=targets, country=country, date_precision=precision)


def assessed(*args: Sequence[Party], event: str = "air_drone_strike", **where: int | str) -> Assessment:
    return assess(made(args[0], args[1], event, **where), Register())


def test_every_event_of_the_codebook_has_acleds_codes_or_openly_none() -> None:
    codebook = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    section = codebook.split("## Event")[1].split("\n## ")[0]
    events = {name for row in re.findall(r"^\| (`.+?) \|", section, re.M) for name in re.findall(r"`(\w+)`", row)}
    events.discard("event")
    assert events <= set(coding().events)
    for name, (event_type, sub_event_type, disorder) in coding().events.items():
        if event_type:
            assert sub_event_type in EVENT_TYPES[event_type], name
            assert disorder in ("Political violence", "Demonstrations", "Strategic developments")


def test_acled_fields_of_a_strike_abroad_on_civilians() -> None:
    found = assessed([AIR_FORCE], [CIVILIANS], country="IQ").acled
    assert found == {
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "disorder_type": "Political violence",
        "inter1": 8,
        "inter2": 7,
        "interaction": 78,
        "civilian_targeting": "Civilian targeting",
        "time_precision": 1,
        "geo_precision": 1,
        "fatalities": 4,
    }


def test_state_forces_at_home_are_state_forces() -> None:
    found = assessed([ARMY], [GUNMEN], event="armed_clash", country="TR").acled
    assert (found["inter1"], found["inter2"], found["interaction"]) == (1, 3, 13)
    assert found["civilian_targeting"] is None


def test_a_sole_actor_and_no_actor() -> None:
    assert assessed([HOUTHIS], []).acled["interaction"] == 20
    assert assessed([], []).acled["interaction"] is None


@pytest.mark.parametrize(("low", "high", "fatalities"), [(20, 99, 12), (200, 999, 100), (1, None, 3), (0, 0, 0)])
def test_uncounted_deaths_follow_acleds_conventions(low: int, high: int | None, fatalities: int) -> None:
    one = report(claim("d1", killed(low, high)))
    assert assess(case(one), Register()).acled["fatalities"] == fatalities


def test_no_deaths_told_are_no_fatalities() -> None:
    assert assess(case(report(claim("d1"))), Register()).acled["fatalities"] == 0


@pytest.mark.parametrize(
    ("actors", "targets", "expected"),
    [
        ([ARMY], [HOUTHIS], 1),
        ([HOUTHIS], [SOLDIERS], 1),
        ([HOUTHIS], [GUNMEN], 2),
        ([HOUTHIS], [CIVILIANS], 3),
        ([ARMY, HOUTHIS], [], 1),
        ([], [CIVILIANS], None),
        ([HOUTHIS], [], None),
    ],
)
def test_type_of_violence(actors: list[Party], targets: list[Party], expected: int | None) -> None:
    assert assessed(actors, targets, event="armed_clash").ucdp["type_of_violence"] == expected


def test_ucdp_deaths_by_side_add_up_to_best() -> None:
    one = claim(
        "d1", killed(20), killed(6, whom="civilians"), killed(9, whom="combatants"), actors=[ARMY], targets=[HOUTHIS],
        event="armed_clash",
    )  # fmt: skip
    found = assess(case(report(one), event="armed_clash", actors=[ARMY], targets=[HOUTHIS]), Register()).ucdp
    deaths = [found[f"deaths_{of}"] for of in ("a", "b", "civilians", "unknown")]
    assert deaths == [0, 9, 6, 5]
    assert (found["best"], found["low"], found["high"]) == (20, 20, 20)
    assert (found["side_a"], found["side_b"], found["number_of_sources"]) == ("Turkish army", "Houthis", 1)


def test_clarity_and_precision() -> None:
    day, month = assessed([ARMY], [HOUTHIS]).ucdp, assessed([ARMY], [HOUTHIS], date_precision=4)
    assert (day["event_clarity"], day["date_prec"], day["where_prec"]) == (1, 1, 1)
    assert (month.ucdp["event_clarity"], month.ucdp["date_prec"], month.acled["time_precision"]) == (2, 4, 3)
