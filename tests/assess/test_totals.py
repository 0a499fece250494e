"""Totals of campaigns: which statements are one, how totals follow each other, and what incidents sum to."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from marsad import tables
from marsad.assess import reconcile as sums
from marsad.assess.reconcile import Summand, counted
from marsad.assess.saying import rules
from marsad.assess.totals import block_keys, statements, succession
from marsad.errors import DataError
from marsad.model import (
    Assessment,
    Case,
    Claim,
    Estimate,
    Incident,
    Party,
    Period,
    Place,
    Quantity,
    Report,
    Speaker,
    Total,
)

COALITION = Party(name="US-led coalition", texts=("التحالف",), kind="8", actor_id="us-led-coalition", country="US")
AMERICANS = Party(name="United States", texts=("الجيش الأمريكي",), kind="1", country="US")
RUSSIANS = Party(name="Russian air force", texts=("الطيران الروسي",), kind="1", country="RU")
ISIS = Party(name="Islamic State", texts=("التنظيم",), kind="2", actor_id="islamic-state", country="IQ")
IRAQ = Place(name="Iraq", text="العراق", lat=33.0, lon=44.0, country="IQ", precision=6)
SYRIA = replace(IRAQ, name="Syria", text="سوريا", lat=35.0, lon=38.0, country="SY")
MOSUL = Place(
    name="Mosul", text="الموصل", lat=36.34, lon=43.13, country="IQ", precision=1, admin1="Nineveh", radius_km=12
)
RAMADI = Place(
    name="Ramadi", text="الرمادي", lat=33.42, lon=43.3, country="IQ", precision=1, admin1="Anbar", radius_km=8
)
DAY = date(2016, 10, 20)


def figure(of: str, low: int | None, high: int | None = -1, whom: str | None = None) -> Quantity:
    return Quantity(of=of, whom=whom, low=low, high=low if high == -1 else high, text=str(low))


def report(name: str, *figures: Quantity, published: date | None = DAY, lineage: str = "", **claim: Any) -> Report:
    defaults: dict[str, Any] = {
        "event": "air_drone_strike",
        "factuality": "asserted",
        "scope": "cumulative",
        "trigger": "غارة",
        "trigger_span": (0, 4),
        "place": IRAQ,
        "quantities": figures,
    }
    said = Claim(id=f"{name:0>16}", document=f"doc-{name}", **{**defaults, **claim})
    return Report(claim=said, role="totals", lineage=lineage or f"doc-{name}", published=published)


def period(start: date, end: date) -> Period:
    return Period(text="", start=start, end=end)


def grouped(totals: Sequence[Total]) -> list[list[str]]:
    return sorted([r.claim.document[-1] for r in total.reports] for total in totals)


def test_the_same_strikes_told_by_two_papers_in_their_own_names_are_one_total() -> None:
    yesterday = period(DAY - timedelta(days=1), DAY)
    a = report("a", figure("strikes", 20), actors=(COALITION,), time=yesterday, place=RAMADI)
    b = report("b", figure("strikes", 20), actors=(AMERICANS,), time=yesterday, place=IRAQ)
    (total,) = statements([b, a])
    assert (total.of, total.low, total.high) == ("strikes", 20, 20)
    assert (total.start, total.end) == (yesterday.start, yesterday.end)
    assert [r.claim.document for r in total.reports] == ["doc-a", "doc-b"]
    assert total.id == "t000000000000"
    assert total.place == IRAQ  # of two places told equally often the coarser: never more exact than what is known


def test_the_counts_of_two_days_are_two_totals() -> None:
    first = report("a", figure("strikes", 20), actors=(COALITION,), time=period(DAY, DAY), published=DAY)
    later = DAY + timedelta(days=3)
    second = report("b", figure("strikes", 20), actors=(COALITION,), time=period(later, later), published=later)
    assert grouped(statements([first, second])) == [["a"], ["b"]]


def test_telling_figures_join_where_the_place_was_misread() -> None:
    counts = (figure("killed", 263, whom="combatants"), figure("injured", 410, whom="combatants"))
    both: dict[str, Any] = {"targets": (ISIS,), "time": period(date(2016, 10, 1), DAY)}
    reports = [
        report("a", *counts, actors=(AMERICANS,), place=SYRIA, **both),
        report("b", *counts, actors=(AMERICANS,), place=IRAQ, **both),
        report("c", *counts, actors=(COALITION,), place=IRAQ, **both),
    ]
    (total,) = statements(reports)
    assert (total.of, total.whom, total.low) == ("killed", "combatants", 263)
    assert total.place == IRAQ


def test_the_same_number_told_of_two_countries_is_two_totals() -> None:
    day = period(DAY, DAY)
    said = [
        report("a", figure("strikes", 17), actors=(COALITION,), place=IRAQ, time=day),
        report("b", figure("strikes", 17), actors=(AMERICANS,), place=IRAQ, time=day),
        report("c", figure("strikes", 17), actors=(COALITION,), place=SYRIA, time=day),
        report("d", figure("strikes", 17), actors=(AMERICANS,), place=SYRIA, time=day),
    ]
    said[2] = replace(said[2], claim=replace(said[2].claim, document="doc-a"), lineage="doc-a")
    pairs = {frozenset("ab"), frozenset("cd")}
    assert {frozenset(r.claim.id[-1] for r in total.reports) for total in statements(said)} == pairs
    said[3] = replace(said[3], claim=replace(said[3].claim, document="doc-b"))
    copies = [replace(r, lineage="doc-a") for r in said]
    assert {frozenset(r.claim.id[-1] for r in total.reports) for total in statements(copies)} == pairs


def test_a_country_misread_in_one_of_two_copies_does_not_part_them() -> None:
    time = period(date(2016, 10, 1), DAY)
    both = [
        report(n, figure("killed", 60), time=time, place=p, lineage="doc-a") for n, p in (("a", IRAQ), ("b", SYRIA))
    ]
    assert grouped(statements(both)) == [["a", "b"]]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (figure("killed", 1592, whom="civilians"), figure("killed", 1592, whom="combatants")),
        (figure("killed", 1592), figure("injured", 1592)),
        (figure("killed", 1592), figure("killed", 1892)),
        (figure("killed", 20, 99), figure("killed", 20, 99)),
    ],
    ids=["other people", "other harm", "other number", "a vague word in two texts"],
)
def test_figures_that_do_not_agree_keep_totals_apart(ours: Quantity, theirs: Quantity) -> None:
    speakers = (Speaker(text="الأمم المتحدة", name="United Nations", anonymous=False),)
    both = [report(name, q, actors=(AMERICANS,), attribution=speakers) for name, q in (("a", ours), ("b", theirs))]
    assert grouped(statements(both)) == [["a"], ["b"]]


def test_a_rounded_figure_joins_what_else_agrees() -> None:
    half_year = period(date(2016, 1, 1), date(2016, 6, 30))
    exact = report("a", figure("killed", 1592, whom="civilians"), event="casualties", time=half_year)
    rounded = report("b", figure("killed", 1600), event="casualties", time=half_year, actors=(AMERICANS,))
    assert len(statements([exact, rounded])) == 2
    named = (Speaker(text="", name="United Nations", anonymous=False),)
    said = [replace(r, claim=replace(r.claim, attribution=named)) for r in (exact, rounded)]
    said[1] = replace(said[1], lineage=said[0].lineage)
    (total,) = statements(said)
    assert total.whom == "civilians"


def test_two_sides_that_each_boast_of_the_same_round_number_are_two_totals() -> None:
    both = [
        report("a", figure("killed", 100), actors=(AMERICANS,)),
        report("b", figure("killed", 100), actors=(RUSSIANS,)),
    ]
    assert grouped(statements(both)) == [["a"], ["b"]]


def test_a_past_period_is_the_same_total_whenever_it_is_told_again() -> None:
    half_year = period(date(2016, 1, 1), date(2016, 6, 30))
    days = (date(2016, 8, 5), date(2016, 11, 20), date(2017, 3, 1))
    again = [report(n, figure("killed", 1592), time=half_year, published=d) for n, d in zip("abc", days, strict=True)]
    assert grouped(statements(again)) == [["a", "b", "c"]]
    running = [
        report(n, figure("killed", 1592), time=period(date(2016, 1, 1), d), published=d)
        for n, d in zip("abc", days, strict=True)
    ]
    assert grouped(statements(running)) == [["a"], ["b"], ["c"]]


def test_a_text_that_gives_two_totals_does_not_make_them_one() -> None:
    first, second = figure("killed", 263), figure("killed", 417)
    texts = [("a", (first,)), ("b", (first,)), ("c", (first, second)), ("d", (second,)), ("e", (second,))]
    found = grouped(statements([report(name, *q, actors=(AMERICANS,)) for name, q in texts]))
    assert not any({"a", "d"} <= set(group) for group in found)
    assert ["a", "b", "c"] in found


def test_what_gives_no_total_is_left_out() -> None:
    denied = report("a", figure("killed", 0, 0), factuality="denied")
    plural = report("b", figure("killed", 1, None))
    planned = report("c", figure("strikes", 40), factuality="planned")
    single = replace(report("d", figure("strikes", 40), scope="single"), role="reports")
    assert statements([denied, plural, planned, single, report("e")]) == []
    assert block_keys(denied) == block_keys(plural) == block_keys(single) == ()


def test_a_vague_word_makes_one_total_of_copies_whose_keys_were_made_before_they_were_known_as_such() -> None:
    dozens = figure("killed", 20, 99)
    both = [report(name, dozens, actors=(AMERICANS,)) for name in "ab"]
    copies = [replace(r, lineage="doc-a") for r in both]
    assert [block_keys(r) for r in both] == [block_keys(r) for r in copies]
    assert grouped(statements(copies)) == [["a", "b"]]


def many(seed: int, *, days: int = 30) -> list[Report]:
    draw = random.Random(seed)
    found = []
    for n in range(120):
        day = DAY + timedelta(days=draw.randrange(days))
        figures = [figure(draw.choice(("killed", "strikes")), draw.choice((20, 20, 60, 263, 1592, 1600)))]
        figures += [figure("injured", draw.choice((20, 60, 410)))] * draw.randrange(2)
        time = draw.choice(
            (None, period(day, day), period(date(2016, 8, 1), day), period(DAY, DAY + timedelta(days=4)))
        )
        place, lineage = draw.choice((None, IRAQ, SYRIA, MOSUL)), f"doc-{draw.randrange(60)}"
        actors = draw.choice(((), (COALITION,), (AMERICANS,), (RUSSIANS,)))
        found.append(report(f"{n}", *figures, published=day, place=place, time=time, lineage=lineage, actors=actors))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_makes_no_difference(seed: int) -> None:
    reports = many(seed)
    expected = succession(statements(reports))
    random.Random(seed).shuffle(reports)
    assert succession(statements(reports)) == expected


def test_the_reports_reached_over_shared_keys_give_the_same_totals_as_all_reports() -> None:
    reports = many(9, days=600)
    everything = statements(reports)
    keys, reached = set(block_keys(reports[7])), [reports[7]]
    while (more := [r for r in reports if keys & set(block_keys(r))]) != reached:
        reached = more
        keys.update(*map(block_keys, reached))
    assert len(reached) < len(reports)
    inside = {r.claim.id for r in reached}
    assert statements(reached) == [t for t in everything if t.reports[0].claim.id in inside]


def test_a_growing_count_succeeds_itself_and_daily_counts_follow_each_other() -> None:
    since = date(2016, 8, 1)
    grows = [
        report(n, figure("strikes", c, None), actors=(COALITION,), time=period(since, day), published=day)
        for n, c, day in (("a", 260, date(2016, 9, 1)), ("b", 360, date(2016, 10, 1)), ("c", 500, date(2016, 12, 1)))
    ]
    daily = [
        report(n, figure("strikes", c), actors=(AMERICANS,), time=period(day, day), published=day)
        for n, c, day in (("d", 12, date(2016, 9, 20)), ("e", 15, date(2016, 10, 4)))
    ]
    totals = {t.reports[0].claim.document[-1]: t for t in succession(statements(grows + daily))}
    assert {t.campaign for t in totals.values()} == {"air_drone_strike | strikes | all | state:US |  | IQ"}
    before = {name: total.previous for name, total in totals.items()}
    ids = {name: total.id for name, total in totals.items()}
    assert before == {"a": None, "b": ids["a"], "c": ids["b"], "d": None, "e": ids["d"]}


def incident(
    name: str, day: date, *, place: Place | None = MOSUL, killed: Estimate | None = None, **case: Any
) -> Incident:
    told = {"event": "air_drone_strike", "actors": (COALITION,), "reports": (), **case}
    found = Case(id=name, start=day, end=day, place=place, **told)
    estimates = (killed,) if killed else ()
    return Incident(case=found, assessment=Assessment(estimates=estimates), title_en="", title_ar="")


def killed(low: int | None, high: int | None, *, whom: str = "all", known: Any = "counted") -> Estimate:
    return Estimate(of="killed", whom=whom, known=known, low=low, best=low, high=high)


def reconcile(totals: Sequence[Total], incidents: Sequence[Incident]) -> list[Total]:
    return sums.reconcile(totals, map(Summand.of, incidents))


def october(*figures: Quantity, **claim: Any) -> Total:
    time = period(date(2016, 10, 1), date(2016, 10, 31))
    (total,) = statements([report("a", *figures, **{"actors": (AMERICANS,), "time": time, **claim})])
    return total


def test_a_total_of_strikes_stands_beside_the_incidents_of_its_month_side_and_country() -> None:
    told = replace(report("z", figure("strikes", 3, 5), scope="single"), role="reports")
    incidents = [
        incident("i1", date(2016, 10, 1)),
        incident("i2", date(2016, 10, 31), reports=(told,)),
        incident("i3", date(2016, 11, 1)),
        incident("i4", date(2016, 10, 5), place=SYRIA),
        incident("i5", date(2016, 10, 5), actors=(RUSSIANS,)),
        incident("i6", date(2016, 10, 5), event="armed_clash"),
        incident("i7", date(2016, 10, 5), place=None),
    ]
    (total,) = reconcile([october(figure("strikes", 360, None))], incidents)
    assert (total.incidents, total.summed_low, total.summed_high) == (("i1", "i2"), 4, 6)


def test_a_total_of_the_killed_adds_up_the_estimates_of_the_people_it_counts() -> None:
    incidents = [
        incident("i1", date(2016, 10, 2), killed=killed(3, 5)),
        incident("i2", date(2016, 10, 3), killed=killed(4, 4, whom="civilians")),
        incident("i3", date(2016, 10, 4), killed=killed(None, None, known="none_reported")),
        incident("i4", date(2016, 10, 5), killed=killed(0, 0, known="zero")),
    ]
    (everybody,) = reconcile([october(figure("killed", 40))], incidents)
    assert (everybody.incidents, everybody.summed_low, everybody.summed_high) == (("i1", "i4"), 3, 5)
    (civilians,) = reconcile([october(figure("killed", 40, whom="civilians"))], incidents)
    assert (civilians.incidents, civilians.summed_low, civilians.summed_high) == (("i2",), 4, 4)
    unknown = incident("i5", date(2016, 10, 6), killed=killed(1, None, known="unknown"))
    (open_end,) = reconcile([everybody], [*incidents, unknown])
    assert (open_end.summed_low, open_end.summed_high) == (4, None)


def test_a_war_s_total_counts_all_violence_and_a_town_s_only_what_is_near() -> None:
    incidents = [
        incident("i1", date(2016, 10, 2), killed=killed(3, 3)),
        incident("i2", date(2016, 10, 2), event="suicide_bomb", actors=(ISIS,), killed=killed(10, 10)),
        incident("i3", date(2016, 10, 2), event="protest", killed=killed(1, 1)),
        incident("i4", date(2016, 10, 2), place=RAMADI, killed=killed(100, 100)),
        incident("i5", date(2016, 10, 2), place=IRAQ, killed=killed(1000, 1000)),
    ]
    war = {"event": "casualties", "actors": ()}
    (country,) = reconcile([october(figure("killed", 2000), **war)], incidents)
    assert country.incidents == ("i1", "i2", "i4", "i5")
    (town,) = reconcile([october(figure("killed", 40), place=MOSUL, **war)], incidents)
    assert (town.incidents, town.summed_low) == (("i1", "i2"), 13)


def test_nothing_is_summed_where_it_would_mean_nothing() -> None:
    incidents = [incident("i1", date(2016, 10, 2), killed=killed(3, 3))]
    for total in (october(figure("displaced", 5000)), october(figure("killed", 40), place=None, actors=())):
        (found,) = reconcile([total], incidents)
        assert (found.summed_low, found.summed_high, found.incidents) == (None, None, ())
    (none,) = reconcile([october(figure("killed", 40))], [])
    assert (none.summed_low, none.summed_high) == (0, 0)


def test_rules_that_do_not_hold_are_refused_with_their_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert counted("casualties") == {"*"}
    assert counted("chemical_weapon") == {"chemical_weapon"}
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path)
    whole = files("marsad").joinpath("assess/data/totals.tsv").read_text(encoding="utf-8")
    for old, new, reason in (
        ("telling\t3", "telling\ta lot", "not a number"),
        ("least\t4", "leased\t4", "not one of"),
        ("figures\tkilled", "figures\tkillings", "killings: no quantity"),
    ):
        assert old in whole
        (tmp_path / "totals.tsv").write_text(whole.replace(old, new), encoding="utf-8")
        with pytest.raises(DataError, match=rf"totals\.tsv, line \d+.*{reason}"):
            rules("totals.tsv")
    folder = tmp_path / "assess" / "data"
    folder.mkdir(parents=True)
    (folder / "total_events.tsv").write_text("event\tcounts\nsiege\tfights\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"line 2: counts has fights"):
        sums._counted.__wrapped__()
