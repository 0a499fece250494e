"""Two claims compared: what speaks for one happening, and what against."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.link.compare import FIELDS, compare, compared, weights
from tests.link.made import AIR_FORCE, ARIHA, DAY, IDLIB, MOSUL, SARAQIB, node

LEAST = weights()["join", "least"]
NEXT = DAY + timedelta(days=1)
LATER = DAY + timedelta(days=9)


def level(field: str, a: object, b: object) -> str:
    return compared(a, b)[FIELDS.index(field)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"killed": 5}, {"killed": 5}),
        ({"killed": 5}, {"killed": 7}),
        ({"killed": 5}, {"event": "shelling_missile", "killed": 5}),
        ({"killed": 12}, {"place": IDLIB, "killed": 12}),
        ({"killed": 12}, {"place": None, "killed": 12}),
        ({}, {"actors": (), "targets": ()}),
        ({}, {"day": None}),
    ],
)
def test_reports_of_one_incident_come_together(one: dict[str, object], other: dict[str, object]) -> None:
    assert compare(node("a", **one), node("b", **other)).bits >= LEAST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"place": MOSUL}),
        ({"killed": 5}, {"place": MOSUL, "killed": 5}),
        ({}, {"day": LATER}),
        ({"killed": 5}, {"day": LATER, "killed": 5}),
        ({}, {"day": DAY + timedelta(days=3)}),
        ({"killed": 3}, {"event": "remote_explosive", "actors": (), "targets": (), "killed": 30}),
        ({"actors": (), "targets": ()}, {"place": ARIHA, "actors": (), "targets": (), "event": "remote_explosive"}),
    ],
)
def test_different_incidents_stay_apart(one: dict[str, object], other: dict[str, object]) -> None:
    assert compare(node("a", **one), node("b", **other)).bits < LEAST


def test_wording_alone_never_joins() -> None:
    sentence = "هز انفجار عنيف وسط المدينة صباحا وشوهدت سيارات الاسعاف تتجه نحو السوق القديم وسط هلع الاهالي"
    nowhere = {"place": None, "day": None, "actors": (), "targets": (), "sentence": sentence}
    a, b = node("a", **nowhere), node("b", **nowhere)
    assert level("wording", a, b) == "most"
    assert weights()["wording", "most"] + weights()["event", "same"] < LEAST + 1
    denied = node("c", **(nowhere | {"place": MOSUL, "day": LATER}))
    assert compare(node("d", **(nowhere | {"place": SARAQIB, "day": DAY})), denied).bits < LEAST


def test_the_same_sentence_again_is_dated_by_the_first() -> None:
    sentence = "قتل ثلاثة من رجال الشرطة اليوم في هجوم على حاجز قرب المدينة بحسب مصدر أمني"
    a = node("a", sentence=sentence, killed=3)
    b = node("b", sentence=sentence, killed=3, day=LATER, published=LATER)
    assert level("time", a, b) == "repeats"
    assert compare(a, b).bits >= LEAST


def test_the_sides_of_a_clash_may_stand_either_way() -> None:
    a = node("a", event="armed_clash", actors=(AIR_FORCE,), targets=())
    b = node("b", event="armed_clash", actors=(), targets=(AIR_FORCE,))
    assert "same" in (level("actors", a, b), level("targets", a, b))


@pytest.mark.parametrize(
    ("place", "expected"), [(SARAQIB, "same"), (ARIHA, "near"), (IDLIB, "holds"), (MOSUL, "far off"), (None, "unknown")]
)
def test_places(place: object, expected: str) -> None:
    assert level("place", node("a"), node("b", place=place)) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [(5, 5, "same"), (2, 2, "same few"), (5, 7, "close"), (3, 30, "differs"), (None, 5, "unknown"), (0, 6, "unknown")],
)
def test_figures(a: int | None, b: int | None, expected: str) -> None:
    assert level("killed", node("a", killed=a), node("b", killed=b)) == expected


def test_a_rising_toll_joins_and_a_falling_one_does_not() -> None:
    first, day_after = node("a", killed=12), node("b", killed=64, published=NEXT)
    assert level("killed", first, day_after) == "rises"
    assert compare(first, day_after).bits >= LEAST
    assert level("killed", node("c", killed=64), node("d", killed=12, published=NEXT)) == "differs"


@given(st.data())
def test_the_order_of_the_two_does_not_matter(data: st.DataObject) -> None:
    def drawn(name: str) -> object:
        return node(
            name,
            event=data.draw(st.sampled_from(["air_drone_strike", "armed_clash", "attack", "casualties"])),
            place=data.draw(st.sampled_from([SARAQIB, ARIHA, IDLIB, MOSUL, None])),
            day=data.draw(st.sampled_from([DAY, NEXT, LATER, None])),
            killed=data.draw(st.sampled_from([None, 1, 5, 50])),
            actors=data.draw(st.sampled_from([(), (AIR_FORCE,)])),
            targets=data.draw(st.sampled_from([(), (AIR_FORCE,)])),
        )

    a, b = drawn("a"), drawn("b")
    assert compare(a, b) == compare(b, a)  # type: ignore[arg-type]


def test_every_level_has_its_weight_and_levels_are_in_order() -> None:
    table = weights()
    assert {field for field, _ in table} == {*FIELDS, "join"}
    for field, levels in (
        ("killed", ("same", "same few", "close", "unknown", "rises", "differs")),
        ("wording", ("most", "much", "some", "little", "none")),
        ("time", ("same", "overlaps", "near", "apart", "far")),
        ("event", ("same", "kin", "other")),
    ):
        assert all(table[field, a] >= table[field, b] for a, b in pairwise(levels)), field


def test_two_languages_are_not_compared_by_their_words() -> None:
    arabic = "قتل خمسة مدنيين في غارة جوية على سوق في بلدة سراقب بحسب مصدر طبي في المدينة"
    english = "An air strike killed five civilians at a market in the town of Saraqib, a medical source said"
    a, b = node("a", sentence=arabic, lang="ar"), node("b", sentence=english, lang="en")
    assert level("wording", a, b) == "unknown"
    assert level("wording", a, node("c", sentence=arabic[:30] + "اخرى" + arabic[30:], lang="ar")) == "most"
