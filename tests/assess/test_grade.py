"""Airwars' grade and strike status, each with the rule that gave it."""

import pytest

from marsad.assess import Register, assess, decided
from marsad.errors import InputError
from marsad.model import Assessment, Case, Claim, Party, Quantity
from tests.assess.made import (
    AIR_FORCE,
    ARMY,
    CIVILIANS,
    DRONE,
    GUNMEN,
    HOUTHIS,
    RUSSIA,
    SOLDIERS,
    case,
    claim,
    killed,
    report,
)  # fmt: skip

DEAD = killed(5, whom="civilians")


def told(
    document: str, *parties: Party, by: tuple[str, ...] = (), figure: Quantity | None = DEAD, hit: Party = CIVILIANS
) -> Claim:
    return claim(document, *([figure] if figure else []), actors=parties, targets=[hit], by=by)


def graded(made: Case, register: Register | None = None) -> tuple[str | None, str]:
    found = assess(made, register or Register())
    return found.grade, found.grade_rule


def status(made: Case) -> tuple[str | None, str]:
    found = assess(made, Register())
    return found.strike_status, found.strike_rule


def test_one_voice_is_weak() -> None:
    assert graded(case(report(told("d1", AIR_FORCE)))) == ("weak", "single")


def test_two_voices_and_an_armed_actor_are_fair() -> None:
    made = case(report(told("d1", AIR_FORCE)), report(told("d2")))
    assert graded(made) == ("fair", "corroborated")
    assert graded(case(report(told("d1", DRONE)), report(told("d2")))) == ("fair", "corroborated")


def test_several_voices_without_an_actor_stay_weak() -> None:
    assert graded(case(report(told("d1")), report(told("d2")))) == ("weak", "no-actor")


def test_copies_are_one_voice() -> None:
    copies = [report(told(f"d{n}", AIR_FORCE), lineage="wire") for n in range(3)]
    assert graded(case(*copies)) == ("weak", "single")


def test_lineages_that_quote_only_the_same_speaker_are_one_voice() -> None:
    same = [report(told(f"d{n}", AIR_FORCE, by=("Syrian Observatory for Human Rights",))) for n in range(3)]
    assert graded(case(*same)) == ("weak", "single")
    assert graded(case(*same, report(told("own", AIR_FORCE)))) == ("fair", "corroborated")


def test_an_admission_confirms() -> None:
    owned = report(told("d2", AIR_FORCE, by=("Turkish army",)))
    assert graded(case(report(told("d1", AIR_FORCE)), owned)) == ("confirmed", "admitted")


def test_a_side_quoted_among_others_admits_nothing() -> None:
    among = report(told("d2", AIR_FORCE, by=("Turkish army", "Reuters")))
    assert graded(case(report(told("d1", AIR_FORCE)), among)) == ("fair", "corroborated")


def test_an_admission_that_is_also_denied_confirms_nothing() -> None:
    owned = report(told("d2", AIR_FORCE, by=("Turkish army",)))
    denied = report(claim("d3", actors=[AIR_FORCE], by=["Turkish army"]), role="denies")
    assert graded(case(report(told("d1", AIR_FORCE)), owned, denied)) == ("fair", "corroborated")


def test_rival_claims_are_contested() -> None:
    made = case(report(told("d1", AIR_FORCE)), report(told("d2", RUSSIA)))
    assert graded(made) == ("contested", "rivals")


def test_sides_said_to_have_struck_together_are_no_rivals() -> None:
    both = report(told("d3", AIR_FORCE, RUSSIA))
    made = case(report(told("d1", AIR_FORCE)), report(told("d2", RUSSIA)), both)
    assert graded(made) == ("fair", "corroborated")


def test_civilians_hit_in_a_fight_are_contested() -> None:
    clash = claim("d1", DEAD, actors=[HOUTHIS], targets=[ARMY, CIVILIANS], event="armed_clash")
    assert graded(case(report(clash), event="armed_clash")) == ("contested", "rivals")


def test_people_said_to_be_combatants_are_discounted() -> None:
    people = report(told("d1", AIR_FORCE, figure=killed(5)))
    fighters = [report(told(f"f{n}", AIR_FORCE, figure=killed(5, whom="combatants"), hit=SOLDIERS)) for n in range(2)]
    assert graded(case(people, *fighters)) == ("discounted", "combatants")


def test_no_harm_to_civilians_no_grade() -> None:
    fighters = report(told("d1", AIR_FORCE, figure=killed(5, whom="combatants"), hit=SOLDIERS))
    found = assess(case(fighters), Register())
    assert (found.grade, found.grade_rule) == (None, "")
    assert found.grade_why == "nobody tells of harm to civilians"
    assert graded(case(report(told("d1", AIR_FORCE, figure=killed(0, whom="civilians"))))) == (None, "")


def test_doubted_voices_do_not_count() -> None:
    made = case(report(told("d1", AIR_FORCE)), report(told("d2", AIR_FORCE)))
    assert graded(made, Register(claims={"d2-0": "5"})) == ("weak", "single")
    assert graded(made, Register(sources={"paper of d1": "E", "paper of d2": "E"})) == ("weak", "doubted")


def test_the_reason_tells_the_facts() -> None:
    found = assess(case(report(told("d1", AIR_FORCE)), report(told("d2"))), Register())
    assert found.grade_why.endswith("(harm 2, armed 1)")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([told("d1", AIR_FORCE, by=("Turkish army",))], ("declared-strike", "declared")),
        ([told("d1", AIR_FORCE), told("d2", RUSSIA)], ("contested-strike", "rivals")),
        ([told("d1", AIR_FORCE), told("d2", AIR_FORCE)], ("likely-strike", "attributed")),
        ([told("d1", AIR_FORCE)], ("single-source-claim", "single")),
        ([told("d1"), told("d2")], ("likely-strike", "reported")),
    ],
)
def test_strike_status(claims: list[Claim], expected: tuple[str, str]) -> None:
    assert status(case(*map(report, claims))) == expected


def test_a_denied_strike_is_contested() -> None:
    denied = report(claim("d2", actors=[AIR_FORCE], by=["Turkish army"]), role="denies")
    assert status(case(report(told("d1", AIR_FORCE)), denied)) == ("contested-strike", "denied")


def test_what_is_no_strike_has_no_status() -> None:
    assert status(case(report(told("d1", GUNMEN)), event="attack")) == (None, "")


def test_a_person_outranks_the_rules() -> None:
    made = assess(case(report(told("d1", AIR_FORCE))), Register())
    found = decided(made, code="fair", who="salma", because="I saw the hospital list")
    assert (found.grade, found.grade_rule, found.grade_by) == ("fair", "person", "salma")
    assert found.grade_why == "I saw the hospital list (weak by rule single)"
    ungraded = decided(Assessment(), code="weak", who="salma", because="seen")
    assert ungraded.grade_why == "seen (no grade by rule)"


def test_a_grade_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="'good' is no grade; give one of confirmed, fair, weak"):
        decided(Assessment(), code="good", who="salma", because="")
