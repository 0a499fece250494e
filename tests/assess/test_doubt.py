"""How unsure the program is of a claim: rules with points, consequence first."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from marsad import tables
from marsad.assess import doubt
from marsad.assess.doubt import doubts, explained, rules, score
from marsad.errors import DataError
from marsad.model import Claim, Party, Period, Place, Quantity, Speaker

DAY = date(2016, 7, 24)
ALEPPO = Place(name="Aleppo", text="حلب", lat=36.2021, lon=37.1343, country="SY", precision=1)
KILLED = Quantity(of="killed", whom="civilians", low=5, high=5, text="خمسة")


def claim(**changes: Any) -> Claim:
    """A claim of which nothing is in doubt, but for what is changed."""
    plain = Claim(
        id="c",
        document="d",
        event="air_drone_strike",
        factuality="asserted",
        scope="single",
        trigger="غارة",
        trigger_span=(0, 4),
        actors=(Party(name="Syrian Air Force", texts=("الطيران السوري",)),),
        targets=(Party(name="civilians", texts=("مدنيون",)),),
        place=ALEPPO,
        time=Period(text="أمس", start=DAY, end=DAY),
        quantities=(KILLED,),
        attribution=(Speaker(text="الدفاع المدني", name="civil defence", anonymous=False),),
        evidence=("قتل خمسة مدنيين في غارة جوية على حي سكني في حلب أمس.",),
    )
    return replace(plain, **changes)


def codes(**changes: Any) -> set[str]:
    return {reason.code for reason in doubts(claim(**changes))}


def test_a_claim_that_says_all_is_in_no_doubt() -> None:
    assert doubts(claim()) == ()
    assert score(()) == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"place": None}, "no_place"),
        ({"place": replace(ALEPPO, precision=4)}, "vague_place"),
        ({"time": None}, "no_time"),
        ({"time": Period(text="", start=DAY, end=DAY, from_publication=True)}, "published_time"),
        ({"time": Period(text="هذا الشهر", start=DAY, end=DAY, date_precision=4)}, "vague_time"),
        ({"actors": ()}, "no_actor"),
        ({"targets": ()}, "no_target"),
        ({"factuality": "denied"}, "denied"),
        ({"factuality": "planned"}, "planned"),
        ({"factuality": "possible"}, "possible"),
        ({"event": "casualties", "quantities": ()}, "no_figure"),
        ({"quantities": (replace(KILLED, high=None),)}, "open_figure"),
        ({"quantities": (replace(KILLED, low=120, high=120),)}, "large_figure"),
        ({"quantities": (KILLED, replace(KILLED, low=7, high=7))}, "many_figures"),
        ({"scope": "cumulative"}, "cumulative"),
        ({"attribution": (Speaker(text="مصدر", name="", anonymous=True),)}, "anonymous"),
        ({"attribution": ()}, "no_speaker"),
        ({"evidence": ("غارة.",)}, "short_evidence"),
    ],
)
def test_each_rule_has_its_reason_in_both_languages(changes: dict[str, Any], code: str) -> None:
    (reason,) = doubts(claim(**changes))
    assert reason.code == code
    assert reason.points > 0
    assert reason.en
    assert reason.ar


def test_a_figure_apart_from_all_others_is_in_doubt() -> None:
    assert [reason.code for reason in doubts(claim(), dissents=True)] == ["dissents"]


def test_a_name_that_several_towns_of_a_country_have_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubt, "_called", lambda text, country: ((36.2, 37.1), (35.0, 40.0), (33.5, 36.3)))
    assert codes() == {"namesakes"}


def test_rules_hold_for_their_events_only() -> None:
    assert codes(event="agreement", actors=(), targets=(), quantities=()) == set()
    assert "no_actor" in codes(event="arrests", actors=())


def test_what_would_change_a_casualty_figure_weighs_more() -> None:
    for rule in rules().values():
        assert rule.harm >= rule.points
    with_figure, without = doubts(claim(place=None)), doubts(claim(place=None, quantities=()))
    assert score(with_figure) > score(without)


def test_points_are_added_up_to_a_hundred_and_the_weightiest_come_first() -> None:
    found = doubts(
        claim(
            event="casualties", place=None, time=None, targets=(), factuality="possible", scope="cumulative",
            quantities=(), attribution=(), evidence=("قتلى.",),
        ),
        dissents=True,
    )  # fmt: skip
    assert [reason.points for reason in found] == sorted((reason.points for reason in found), reverse=True)
    assert sum(reason.points for reason in found) > 100
    assert score(found) == 100


def test_reasons_come_back_from_their_codes() -> None:
    found = doubts(claim(place=None, actors=()))
    assert explained([reason.code for reason in found], harm=True) == found
    assert explained(["gone"], harm=True) == ()


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[str, str], None]]:
    """Changes a passage of doubt.tsv for this test."""
    text = Path(str(tables.files("marsad").joinpath("assess/data/doubt.tsv"))).read_text(encoding="utf-8")

    def change(old: str, new: str) -> None:
        assert old in text
        path = tmp_path / "assess" / "data" / "doubt.tsv"
        path.parent.mkdir(parents=True)
        path.write_text(text.replace(old, new), encoding="utf-8")
        families = doubt.families()
        monkeypatch.setattr(doubt, "families", lambda: families)
        monkeypatch.setattr(tables, "files", lambda _: tmp_path)
        rules.cache_clear()

    yield change
    rules.cache_clear()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("no_place\t14", "no_plaice\t14", "code is 'no_plaice'"),
        ("no_place\t14", "no_place\tmany", "whole numbers"),
        ("no_time\t12", "no_place\t12", "a second time"),
        ("50\t\ta large", "\t\ta large", "whole numbers"),
        ("casualties\tpeople were", "casulties\tpeople were", "casulties: no event"),
        ("\tلم يُقرأ قائل", "\t", "the words are missing"),
    ],
)
def test_a_table_that_does_not_hold_is_told(table: Callable[[str, str], None], old: str, new: str, reason: str) -> None:
    table(old, new)
    with pytest.raises(DataError, match=reason):
        rules()
