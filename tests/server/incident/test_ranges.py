"""Ranges as they are drawn: one scale for all groups, what is not a number visibly so."""

from marsad.assess import Register, assess
from marsad.model import Assessment, Quantity
from marsad.server.incident.ranges import Range, scales
from tests.assess.made import case, claim, killed, report


def drawn(*told: tuple[Quantity, ...]) -> dict[str, Range]:
    made = case(*(report(claim(f"d{n}", *quantities)) for n, quantities in enumerate(told)))
    return {one.estimate.whom: one for one in scales(assess(made, Register()))[0].ranges}


def test_low_best_and_high_lie_on_one_scale_with_the_groups() -> None:
    found = drawn((killed(10),), (killed(20),), (killed(20), killed(5, whom="children")))
    whole, children = found["all"], found["children"]
    assert (whole.low, whole.best, whole.high) == ("50.00%", "100.00%", "100.00%")
    assert children.low == "25.00%"
    assert whole.width == "50.00%"


def test_nothing_reported_is_no_bar_and_zero_is_a_mark_at_nought() -> None:
    assert drawn(())["all"].low == ""
    zero = drawn((killed(0),))["all"]
    assert (zero.estimate.known, zero.low) == ("zero", "0.00%")


def test_what_nobody_counts_has_bounds_and_no_best() -> None:
    found = drawn((killed(20, 99),))["all"]
    assert found.estimate.known == "unknown"
    assert (found.low, found.best, found.high) == ("20.20%", "", "100.00%")


def test_an_end_that_nobody_knows_is_open() -> None:
    found = drawn((killed(1, None),))["all"]
    assert found.open
    assert found.high == "100.00%"


def test_a_figure_that_would_dwarf_the_range_lies_beyond_the_scale() -> None:
    found = drawn((killed(10),), (killed(10),), (killed(10),), (killed(10),), (killed(900),))["all"]
    assert [one.beyond for one in found.figures] == [False, True]
    assert [one.use for one in found.apart] == ["dissents"]


def test_ticks_are_round_numbers_within_the_scale() -> None:
    made = case(report(claim("a", killed(37))))
    ticks = scales(assess(made, Register()))[0].ticks
    assert [number for number, _ in ticks] == [0, 10, 20, 30]


def test_an_assessment_of_nothing_has_both_scales() -> None:
    assert [(scale.of, scale.ticks) for scale in scales(Assessment())] == [("killed", ()), ("injured", ())]
