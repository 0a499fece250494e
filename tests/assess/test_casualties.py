"""Low, best and high over many reports, and what each figure is used for."""

import random

from marsad.assess import Register, assess
from marsad.model import Assessment, Case, Estimate, Report
from tests.assess.made import AIR_FORCE, ARMY, CIVILIANS, GUNMEN, SOLDIERS, case, claim, killed, report


def estimate(made: Case, whom: str = "all", register: Register | None = None) -> Estimate:
    found = assess(made, register or Register()).estimate("killed", whom)
    assert found is not None
    return found


def range_of(found: Estimate) -> tuple[int | None, int | None, int | None]:
    return found.low, found.best, found.high


def uses(found: Estimate) -> dict[str, str]:
    return {f.claim: f.use for f in found.figures}


def papers(*figures: int) -> list[Report]:
    return [report(claim(f"d{n}", killed(figure))) for n, figure in enumerate(figures)]


def test_sources_that_differ_make_a_range_with_the_claims_behind_it() -> None:
    found = estimate(case(*papers(12, 15, 15)))
    assert range_of(found) == (12, 15, 15)
    assert found.low_claims == ("d0-0",)
    assert found.best_claims == found.high_claims == ("d1-0", "d2-0")
    assert found.known == "counted"


def test_copies_are_one_voice_for_the_best_figure() -> None:
    copies = [report(claim(f"c{n}", killed(40)), lineage="wire") for n in range(4)]
    found = estimate(case(*copies, *papers(30, 30)))
    assert range_of(found) == (30, 30, 40)


def test_a_later_count_of_a_lineage_supersedes_the_earlier_one() -> None:
    first = report(claim("d1", killed(8)), lineage="wire", day=1)
    second = report(claim("d2", killed(15)), lineage="wire", day=2)
    found = estimate(case(first, second))
    assert range_of(found) == (15, 15, 15)
    assert uses(found) == {"d1-0": "superseded", "d2-0": "counts"}


def test_a_later_count_of_a_speaker_supersedes_the_earlier_one() -> None:
    first = report(claim("d1", killed(8), by=["Civil Defence"]), day=1)
    second = report(claim("d2", killed(15), by=["Civil Defence"]), day=2)
    assert range_of(estimate(case(first, second))) == (15, 15, 15)


def test_other_voices_are_not_superseded() -> None:
    first = report(claim("d1", killed(8)), day=1)
    second = report(claim("d2", killed(15)), day=2)
    assert range_of(estimate(case(first, second))) == (8, 15, 15)


def test_a_later_word_on_a_part_supersedes_nothing() -> None:
    first = report(claim("d1", killed(40)), lineage="wire", day=1)
    second = report(claim("d2", killed(3)), lineage="wire", day=2)
    assert uses(estimate(case(first, second)))["d1-0"] == "counts"


def test_a_misread_figure_of_one_document_of_ten_dissents() -> None:
    found = estimate(case(*papers(12, 13, 12, 12, 14, 12, 13, 12, 12, 260)))
    assert range_of(found) == (12, 12, 14)
    assert uses(found)["d9-0"] == "dissents"
    assert "9 other lineages say 12 to 14" in next(f.why for f in found.figures if f.claim == "d9-0")


def test_of_three_nobody_can_say_which_is_wrong() -> None:
    assert range_of(estimate(case(*papers(12, 12, 260)))) == (12, 12, 260)


def test_what_a_side_itself_says_is_no_misreading() -> None:
    own = report(claim("d9", killed(60), actors=[GUNMEN], by=["Turkish army"]))
    assert range_of(estimate(case(*papers(2, 2, 2, 2), own))) == (2, 2, 60)


def test_parts_of_a_documents_figure_bound_nothing() -> None:
    whole = report(claim("d1", killed(30), n=0))
    part = report(claim("d1", killed(4), n=1))
    found = estimate(case(whole, part))
    assert range_of(found) == (30, 30, 30)
    assert uses(found)["d1-1"] == "part"


def test_one_victim_told_of_by_itself_is_no_count_of_the_dead() -> None:
    named = report(claim("d2", killed(1, whom="combatants")))
    assert range_of(estimate(case(*papers(35), named))) == (35, 35, 35)


def test_the_dead_of_the_other_side_are_added_for_the_upper_bound() -> None:
    ours = report(claim("d1", killed(3, whom="combatants"), targets=[SOLDIERS], n=0))
    theirs = report(claim("d1", killed(2, whom="combatants"), targets=[GUNMEN], n=1))
    found = estimate(case(ours, theirs))
    assert (found.low, found.high) == (3, 5)
    assert found.high_claims == ("d1-0", "d1-1")


def test_another_papers_dead_of_the_other_side_are_added_too() -> None:
    theirs = [report(claim(f"d{n}", killed(9, whom="combatants"), targets=[GUNMEN])) for n in range(2)]
    ours = report(claim("d7", killed(4, whom="combatants"), targets=[SOLDIERS]))
    found = estimate(case(*theirs, ours))
    assert range_of(found) == (9, 9, 13)
    assert uses(found)["d7-0"] == "part"


def test_one_papers_civilians_may_be_the_others_fighters() -> None:
    civil = report(claim("d1", killed(5, whom="civilians"), targets=[CIVILIANS]))
    armed = report(claim("d2", killed(7, whom="combatants"), targets=[GUNMEN]))
    assert range_of(estimate(case(civil, armed))) == (5, 5, 7)


def test_nothing_said_none_and_some_are_three_things() -> None:
    assert estimate(case(report(claim("d1")))).known == "none_reported"
    none = estimate(case(report(claim("d1", killed(0)))))
    assert (none.known, none.low, none.high) == ("zero", 0, 0)
    some = estimate(case(report(claim("d1", killed(1, None)))))
    assert (some.known, some.low, some.best, some.high) == ("unknown", 1, None, None)
    dozens = estimate(case(report(claim("d1", killed(20, 99)))))
    assert (dozens.known, dozens.low, dozens.best, dozens.high) == ("unknown", 20, None, 99)


def test_a_word_bounds_nothing_where_others_count() -> None:
    found = estimate(case(*papers(180), report(claim("v", killed(20, 99)))))
    assert range_of(found) == (180, 180, 180)
    assert uses(found)["v-0"] == "vague"


def test_who_denies_all_harm_dissents_from_those_who_count() -> None:
    denial = report(claim("n", killed(0), by=["Turkish army"]), role="denies")
    found = estimate(case(*papers(11), denial))
    assert range_of(found) == (11, 11, 11)
    assert uses(found)["n-0"] == "dissents"


def test_a_denied_event_gives_no_figure_but_nought() -> None:
    assert estimate(case(report(claim("n", killed(9)), role="denies"))).known == "none_reported"


def test_totals_plans_and_suppositions_give_no_figure() -> None:
    others = [report(claim(role, killed(900)), role=role) for role in ("totals", "plans", "supposes")]
    assert range_of(estimate(case(*papers(7), *others))) == (7, 7, 7)


def test_what_the_side_that_did_it_concedes_is_kept_apart_and_counts() -> None:
    told = report(claim("d1", killed(20, whom="civilians"), actors=[AIR_FORCE], targets=[CIVILIANS]))
    owned = report(claim("d2", killed(5, whom="civilians"), actors=[AIR_FORCE], by=["Turkish army"]))
    found = estimate(case(told, owned))
    assert (found.low, found.high) == (5, 20)
    assert uses(found)["d2-0"] == "conceded"


def test_a_boast_of_killed_fighters_concedes_nothing() -> None:
    boast = report(claim("d1", killed(50, whom="combatants"), actors=[AIR_FORCE], by=["Turkish army"]))
    assert uses(estimate(case(boast)))["d1-0"] == "counts"


def test_what_a_person_doubts_bounds_nothing_and_is_shown() -> None:
    made = case(*papers(12, 90))
    by_claim = estimate(made, register=Register(claims={"d1-0": "5"}))
    by_source = estimate(made, register=Register(sources={"paper of d1": "E"}))
    assert range_of(by_claim) == range_of(by_source) == (12, 12, 12)
    assert uses(by_claim)["d1-0"] == uses(by_source)["d1-0"] == "doubted"
    assert range_of(estimate(made, register=Register(sources={"paper of d1": "D"}))) == (12, 12, 90)


def test_where_every_figure_is_doubted_nothing_is_known() -> None:
    found = estimate(case(*papers(12)), register=Register(claims={"d0-0": "5"}))
    assert (found.known, found.low, found.high) == ("unknown", None, None)


def test_groups_have_their_own_ranges() -> None:
    made = case(
        report(claim("d1", killed(10), killed(4, whom="children"))),
        report(claim("d2", killed(6, whom="children"), killed(1, whom="combatants"))),
    )
    assert range_of(estimate(made, "children")) == (4, 4, 6)
    assert (estimate(made).low, estimate(made).high) == (7, 10)
    assert assess(made, Register()).estimate("killed", "women") is None


def test_the_order_of_reports_changes_nothing() -> None:
    days = (1, 2, 2, 3, 4, 4)
    reports = [
        report(claim(f"d{n}", killed(v), by=["Reuters"] if n % 2 else []), lineage=f"l{n % 4}", day=day)
        for n, (v, day) in enumerate(zip((8, 15, 14, 20, 3, 1), days, strict=True))
    ]
    expected = _figures(assess(case(*reports), Register()))
    shuffled = random.Random(7)
    for _ in range(20):
        shuffled.shuffle(reports)
        assert _figures(assess(case(*reports), Register())) == expected


def _figures(found: Assessment) -> list[tuple[object, ...]]:
    return [
        (e.of, e.whom, e.low, e.best, e.high, e.low_claims, e.best_claims, e.high_claims, sorted(uses(e).items()))
        for e in found.estimates
    ]


def test_a_report_without_a_day_is_the_earliest() -> None:
    undated = report(claim("d1", killed(8)), lineage="wire", day=None)
    dated = report(claim("d2", killed(12)), lineage="wire", day=1)
    assert range_of(estimate(case(undated, dated))) == (12, 12, 12)


def test_the_army_of_its_own_losses_concedes_nothing() -> None:
    own = report(claim("d1", killed(3, whom="combatants"), actors=[GUNMEN], targets=[SOLDIERS], by=["Turkish army"]))
    assert uses(estimate(case(own, actors=[GUNMEN], targets=[ARMY])))["d1-0"] == "counts"
