"""What `marsad why` prints of an assessment."""

from marsad.assess import Register, assess, decided, explain
from tests.assess.made import AIR_FORCE, CIVILIANS, case, claim, killed, report


def test_every_figure_and_rule_is_named() -> None:
    early = report(claim("d1", killed(8), actors=[AIR_FORCE], targets=[CIVILIANS]), lineage="wire", day=1)
    late = report(claim("d2", killed(15, None), by=["Reuters"], targets=[CIVILIANS]), lineage="wire", day=2)
    made = case(early, late, actors=[AIR_FORCE], targets=[CIVILIANS])
    found = assess(made, Register())
    lines = explain(made, found)
    assert lines[0] == "killed (all): counted, 15 (the one count); from d2-0"
    assert "  d1-0 [superseded] 8 «8 unspecified» (paper of d1, 2016-05-01): by the count of 2016-05-02" in lines[1]
    assert lines[2].startswith("  d2-0 [bounds] 15 «15 unspecified», says Reuters (paper of d2, 2016-05-02)")
    text = "\n".join(lines)
    assert "injured (all): none reported; nobody gives a figure" in text
    assert "grade weak, rule single: one voice alone (harm 1)" in text
    assert "strike status single-source-claim, rule single" in text
    assert "ACLED: event_type Explosions/Remote violence" in text
    assert "UCDP: type_of_violence 3" in text


def test_a_person_is_named() -> None:
    made = case(report(claim("d1", killed(8, 99), targets=[CIVILIANS])))
    found = decided(assess(made, Register()), code="fair", who="salma", because="seen")
    assert "grade fair, set by salma, rule person: seen (weak by rule single)" in explain(made, found)
    assert any(line.startswith("  d1-0 [bounds] 8-99 ") for line in explain(made, found))


def test_no_grade_says_why() -> None:
    made = case(report(claim("d1", killed(1, None, whom="combatants"))))
    assert "no grade: nobody tells of harm to civilians" in explain(made, assess(made, Register()))
    assert "killed (all): unknown, 1 to open (words, no count); from d1-0" in explain(made, assess(made, Register()))


def test_each_bound_names_its_claims_and_one_list_serves_both() -> None:
    made = case(
        report(claim("d1", killed(8), targets=[CIVILIANS])), report(claim("d2", killed(9), targets=[CIVILIANS]))
    )
    lines = explain(made, assess(made, Register()))
    assert lines[0].startswith("killed (all): counted, 8 to 9, best ")
    assert lines[0].endswith("; low from d1-0, high from d2-0")
    assert not any("high from d1-0" in line and "low from d1-0" in line for line in lines)
