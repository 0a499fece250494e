"""What one claim says of the killed: totals, parts, sums, words that are no count."""

from dataclasses import replace

from marsad.assess.rules import counting
from marsad.assess.statements import counts
from marsad.model import Claim, Party
from tests.assess.made import claim, killed, told


def bounds(made: Claim) -> dict[str, tuple[int, int | None]]:
    return {whom: (c.low, c.high) for whom, c in counts(made, "killed", counting()).items()}


def test_a_total_and_its_parts() -> None:
    found = bounds(claim("d", killed(51), killed(8, whom="children"), killed(12, whom="combatants")))
    assert found["all"] == (51, 51)
    assert found["children"] == found["civilians"] == (8, 8)
    assert found["unspecified"] == (31, 31)


def test_parts_without_a_total_are_added() -> None:
    found = bounds(claim("d", killed(22, whom="civilians"), killed(3, whom="combatants")))
    assert found == {"civilians": (22, 22), "combatants": (3, 3), "all": (25, 25)}


def test_women_and_children_are_civilians() -> None:
    assert bounds(claim("d", killed(3, whom="women"), killed(4, whom="children")))["civilians"] == (7, 7)


def test_children_among_the_civilians_are_not_counted_twice() -> None:
    assert bounds(claim("d", killed(9, whom="civilians"), killed(4, whom="children")))["all"] == (9, 9)


def test_figures_side_by_side_are_different_people() -> None:
    made = told("قتل ضابط ومجندان", ("ضابط", "combatants", 1, 1), ("مجندان", "combatants", 2, 2))
    assert bounds(made)["all"] == (3, 3)


def test_the_dead_of_two_sides_are_bounded_below_by_those_of_one() -> None:
    def sides(first: Party, second: Party) -> tuple[int, int | None]:
        text = "قتل 42 من هؤلاء و9 من أولئك"
        made = told(text, ("42 من هؤلاء", "combatants", 42, 42), ("9 من أولئك", "combatants", 9, 9))
        spans = [q.span for q in made.quantities]
        hit = [replace(party, spans=(span,)) for party, span in zip((first, second), spans, strict=True) if span]
        return bounds(replace(made, event="armed_clash", targets=tuple(hit)))["all"]

    houthis, fighters = Party(name="Houthi", texts=(), kind="2"), Party(name="resistance fighter", texts=(), kind="2")
    soldiers, police = Party(name="soldier", texts=(), kind="1"), Party(name="police", texts=(), kind="1")
    assert sides(houthis, fighters) == (42, 51)
    assert sides(soldiers, fighters) == (42, 51)
    assert sides(soldiers, police) == (51, 51)
    assert sides(houthis, houthis) == (51, 51)


def test_a_figure_behind_a_word_of_parts_is_a_part() -> None:
    made = told("قتل 52 مسلحا بينهم قياديان", ("52 مسلحا", "combatants", 52, 52), ("قياديان", "combatants", 2, 2))
    assert bounds(made)["all"] == (52, 52)
    english = told("52 fighters, including 2 leaders", ("52 fighters", "combatants", 52, 52), ("2", "combatants", 2, 2))
    assert bounds(english)["all"] == (52, 52)


def test_two_counts_far_apart_are_two_tellings() -> None:
    made = claim("d", killed(15), killed(9))
    assert bounds(made)["all"] == (9, 15)


def test_a_far_smaller_figure_far_apart_is_a_part() -> None:
    assert bounds(claim("d", killed(30), killed(2)))["all"] == (30, 30)


def test_people_of_unknown_status_beside_a_soldier_are_no_total_of_him() -> None:
    made = told("قتل جندي وثلاثة أشخاص", ("جندي", "combatants", 1, 1), ("ثلاثة أشخاص", "unspecified", 3, 3))
    assert bounds(made)["all"] == (4, 4)


def test_a_smaller_figure_of_unknown_status_is_another_telling() -> None:
    made = claim("d", killed(20, whom="civilians"), killed(15))
    assert bounds(made)["all"] == (15, 20)


def test_others_are_beside_those_told_before() -> None:
    made = told("قتل 5 جنود و10 آخرون", ("5 جنود", "combatants", 5, 5), ("10 آخرون", "unspecified", 10, 10))
    assert bounds(made)["all"] == (15, 15)


def test_others_told_first_are_the_total_of_what_follows() -> None:
    made = told("أصيب 30 آخرون بينهم 4 أطفال", ("30 آخرون", "unspecified", 30, 30), ("4 أطفال", "children", 4, 4))
    assert bounds(made)["all"] == (30, 30)


def test_at_least_bounds_no_further_than_it_says() -> None:
    assert bounds(claim("d", killed(15, None)))["all"] == (15, 15)


def test_words_beside_a_count_are_left_out_and_alone_bound_widely() -> None:
    assert bounds(claim("d", killed(20, 99), killed(31)))["all"] == (31, 31)
    assert bounds(claim("d", killed(20, 99)))["all"] == (20, 99)
    assert not counts(claim("d", killed(20, 99)), "killed", counting())["all"].exact


def test_no_civilian_killed_does_not_say_that_nobody_was() -> None:
    assert bounds(claim("d", killed(0, whom="civilians"))) == {"civilians": (0, 0)}
    assert bounds(claim("d", killed(0)))["all"] == (0, 0)


def test_killed_and_injured_in_one_figure_are_some_of_each_or_none() -> None:
    assert bounds(claim("d", killed(33, of="casualties")))["all"] == (1, None)
    assert bounds(claim("d", killed(0, of="casualties")))["all"] == (0, 0)


def test_no_figure_no_count() -> None:
    assert bounds(claim("d")) == {}
    assert bounds(claim("d", killed(4, of="injured"))) == {}
