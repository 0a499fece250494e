"""Agreement: the worked examples of the literature, sums written out by hand, and what cannot be said."""

from itertools import permutations

import pytest

from marsad.assess.agreement import Unit, interval, measure, nominal, percent, ratio, rules

# Cohen 1960, table 1: 200 judgements of two judges in three categories; kappa = (.70 - .41) / (1 - .41).
COHEN = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]

# Krippendorff 2011: four observers, twelve units, missing data ("." where an observer said nothing).
OBSERVERS = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}


def of(observers: dict[str, str]) -> list[Unit]:
    """Units from a row of values for each observer; numbers where they are numbers."""
    rows = {who: said.split() for who, said in observers.items()}
    columns = zip(*rows.values(), strict=True)
    value = {True: int, False: str}
    return [
        Unit({who: value[v.isdigit()](v) for who, v in zip(rows, column, strict=True) if v != "."}, str(number))
        for number, column in enumerate(columns)
    ]


def table(counts: list[list[int]]) -> list[Unit]:
    """Units of two reviewers from how often the first said the row's category and the second the column's."""
    return [
        Unit({"a": str(i), "b": str(j)}, f"{i} {j} {n}")
        for i, row in enumerate(counts)
        for j, count in enumerate(row)
        for n in range(count)
    ]


def by_hand(units: list[Unit], difference) -> float:
    """Krippendorff's alpha by its definition: mean differences within units against those between all values."""
    within, values = 0.0, []
    for unit in units:
        said = list(unit.said.values())
        if len(said) > 1:
            within += sum(difference(a, b) for a, b in permutations(said, 2)) / (len(said) - 1)
            values += said
    between = sum(difference(a, b) for a, b in permutations(values, 2)) / (len(values) - 1)
    return 1 - within / between


def test_cohens_own_example():
    found = measure(table(COHEN))
    assert found.percent == pytest.approx(0.70)
    assert found.kappa == pytest.approx((0.70 - 0.41) / (1 - 0.41))
    assert found.kappa == pytest.approx(0.492, abs=5e-4)
    assert (found.units, found.reviewers) == (200, 2)


@pytest.mark.parametrize(("difference", "told"), [(nominal, 0.743), (interval, 0.849), (ratio, 0.797)])
def test_krippendorffs_own_example_with_missing_values(difference, told):
    units = of(OBSERVERS)
    found = measure(units, difference=difference)
    assert found.alpha == pytest.approx(told, abs=5e-4)
    assert found.alpha == pytest.approx(by_hand(units, difference))
    assert (found.units, found.reviewers) == (11, 4)  # the last unit has one value, which pairs with none


def test_krippendorffs_example_of_two_observers():
    """Krippendorff 2011, B: binary data, ten units: alpha 0.095; C: nominal data, twelve units: 0.692."""
    assert measure(of({"A": "0 1 0 0 0 0 0 0 1 0", "B": "1 1 1 0 0 1 0 0 0 0"})).alpha == pytest.approx(0.095, abs=5e-4)
    ben_gerry = {"Ben": "a a b b d c c c e d d a", "Gerry": "b a b b b c c c e d d d"}
    assert measure(of(ben_gerry)).alpha == pytest.approx(0.692, abs=5e-4)


def test_alpha_by_hand_for_two_units():
    """Values 1 1 | 1 2: within (0 + 0 + 1 + 1) / 4 = 1/2; between, of 12 ordered pairs 6 differ, 1/2: alpha 0."""
    assert measure(of({"a": "1 1", "b": "1 2"})).alpha == pytest.approx(0)


def test_less_than_chance_is_below_zero():
    found = measure(of({"a": "x y x y", "b": "y x y x"}))
    assert found.percent == 0
    assert found.kappa == pytest.approx(-1)
    assert found.alpha is not None
    assert found.alpha < 0


def test_nothing_reviewed_is_said_as_such():
    for units in ([], of({"a": "x . y", "b": ". x ."})):
        found = measure(units)
        assert (found.units, found.percent, found.kappa, found.alpha) == (0, None, None, None)
        assert (found.kappa_undefined, found.alpha_undefined) == ("nothing", "nothing")
        assert percent(units) is None


def test_one_value_alone_gives_no_coefficient_though_all_agree():
    found = measure(of({"a": "x x x", "b": "x x x"}))
    assert found.percent == 1
    assert (found.kappa, found.alpha) == (None, None)
    assert (found.kappa_undefined, found.alpha_undefined) == ("no_variation", "no_variation")
    assert found.level == ""
    assert (found.low, found.high) == (None, None)


def test_numbers_have_alpha_and_no_kappa():
    found = measure(of({"a": "3 300 12", "b": "4 301 12"}), difference=ratio, numbers=True)
    assert (found.kappa, found.kappa_undefined) == (None, "not_for_numbers")
    assert found.alpha == pytest.approx(by_hand(of({"a": "3 300 12", "b": "4 301 12"}), ratio))


def test_ratio_counts_how_many_times_and_not_how_many():
    assert ratio(3, 4) == pytest.approx(1 / 49)
    assert ratio(300, 301) < ratio(3, 4) < interval(3, 4) == interval(300, 301)
    assert ratio(0, 0) == 0
    assert ratio(0, 5) == 1


def test_of_three_reviewers_kappa_is_the_mean_of_the_pairs():
    rows = {"a": "x y x y", "b": "x y y y", "c": "x x x y"}
    pairs = [measure(of({one: rows[one], other: rows[other]})).kappa for one, other in ("ab", "ac", "bc")]
    by_hand = [(0.75 - 0.5) / 0.5, (0.75 - 0.5) / 0.5, (0.5 - 0.375) / 0.625]
    assert pairs == pytest.approx(by_hand)
    assert measure(of(rows)).kappa == pytest.approx(sum(by_hand) / 3)


def test_percent_of_three_reviewers_is_the_share_of_pairs():
    assert percent(of({"a": "x", "b": "x", "c": "y"})) == pytest.approx(1 / 3)


def test_few_units_are_called_few_and_get_no_word():
    assert measure(of({"a": "x y x", "b": "x y x"})).few
    whole = measure(table([[40, 0], [0, 40]]))
    assert not whole.few
    assert (whole.alpha, whole.level) == (pytest.approx(1), "reliable")
    assert measure(table([[40, 5], [5, 40]])).level == "tentative"
    assert measure(table(COHEN)).level == "low"


def test_the_interval_holds_alpha_and_is_always_the_same():
    one, again = measure(table(COHEN)), measure(table(COHEN))
    assert (one.low, one.high) == (again.low, again.high)
    assert one.low is not None
    assert one.high is not None
    assert one.alpha is not None
    assert one.low < one.alpha < one.high


def test_documents_are_drawn_and_not_claims():
    units = table(COHEN)
    assert measure([Unit(unit.said, "one") for unit in units]).low is None
    few = int(rules()["least_groups"])
    groups = measure([Unit(unit.said, str(n % few)) for n, unit in enumerate(units)])
    assert groups.groups == few
    assert groups.low is not None


def test_draws_that_mostly_lack_variation_give_no_interval():
    """One document of nine holds the only other value: 0.35 of the draws miss it."""
    units = [Unit({"a": "x", "b": "x"}, str(n)) for n in range(8)] + [Unit({"a": "x", "b": "y"}, "8")]
    found = measure(units)
    assert found.alpha == pytest.approx(0)
    assert (found.low, found.high) == (None, None)
