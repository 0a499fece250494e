"""Incidents, documents and sources as lists show them, from columns alone."""

from dataclasses import replace
from datetime import date

import pytest

from marsad.model import Assessment, Estimate, Incident, Party, Place
from marsad.store import Store, documents, inbox, incidents, listed, sources
from marsad.store.incidents import Filter
from marsad.store.lists import DocumentFilter, IncidentRow, Points, Range, Series, Step
from marsad.store.timeline import timeline
from tests.store.samples import ALEPPO, claim, incident, reading

IDLIB = Place(name="Idlib", text="إدلب", lat=35.9306, lon=36.6339, country="SY", precision=4, radius_km=40.0)
ARMY = Party(name="Army", texts=("Army",), actor_id="army")


def killed(made: Incident, low: int | None, best: int | None, high: int | None, *, known: str = "counted") -> Incident:
    """The incident with these figures of the killed, all of them civilians."""
    estimates = tuple(
        Estimate(of="killed", whom=whom, known=known, low=low, best=best, high=high)  # type: ignore[arg-type]
        for whom in ("all", "civilians")
    )
    return replace(made, assessment=replace(made.assessment, estimates=estimates))


@pytest.fixture
def several(store: Store) -> list[Incident]:
    """Four incidents, of which the last has no day and no place; the first has two claims of one document."""
    clash = incident("i2", claim("d2-0", "d2"), event="armed_clash", place=IDLIB, start=date(2016, 8, 20), grade=None)
    clash = replace(clash, case=replace(clash.case, actors=(ARMY, *clash.case.actors)))
    made = [
        killed(incident("i1", claim("d1-0", "d1"), claim("d1-1", "d1"), start=date(2016, 7, 1)), 3, 5, 9),
        killed(clash, 1, None, None, known="unknown"),
        incident("i3", claim("d3-0", "d3"), grade="weak", start=date(2016, 7, 3), actor="Navy"),
        incident("i4", claim("d4-0", "d4"), place=None, start=None, end=None),
    ]
    with store.writing() as db:
        documents.put(db, [reading(f"d{n}") for n in range(1, 5)])
        incidents.replace(db, [], made)
        inbox.settle(db, [f"d{n}-{k}" for n in range(1, 5) for k in range(2)])
    return made


def ids(store: Store, order: str = "-start", chosen: Filter | None = None) -> list[str]:
    with store.reading() as db:
        return [row.id for row in listed.page(db, chosen or Filter(), order=order, offset=0, limit=50)]


def test_a_row_says_what_its_incident_says(store: Store, several: list[Incident]) -> None:
    with store.reading() as db:
        row = listed.rows(db, ["i1"])["i1"]
    assert row == IncidentRow(
        id="i1",
        event="air_drone_strike",
        title_en="Air strike i1",
        title_ar="غارة جوية في حلب",
        start=date(2016, 7, 1),
        end=date(2016, 7, 24),
        date_precision=5,
        country="SY",
        place="Aleppo",
        lat=36.2021,
        lon=37.1343,
        radius_km=None,
        precision=1,
        grade="fair",
        killed=Range(low=3, best=5, high=9, known="counted"),
        injured=Range(),
        civilians=Range(low=3, best=5, high=9, known="counted"),
        documents=1,
        lineages=1,
        claims=2,
        actors=(("syrian-air-force", "Syrian Air Force"),),
        targets=(("Faction", "Faction"),),
        unreviewed=2,
    )


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("-start", ["i2", "i3", "i1", "i4"]),
        ("start", ["i1", "i3", "i2", "i4"]),
        ("-killed", ["i1", "i2", "i3", "i4"]),
        ("killed", ["i2", "i1", "i3", "i4"]),
        ("grade", ["i1", "i4", "i3", "i2"]),
        ("-event", ["i2", "i3", "i1", "i4"]),
        ("-unreviewed", ["i1", "i2", "i3", "i4"]),
        ("-documents", ["i2", "i3", "i1", "i4"]),
    ],
)
def test_orders_put_what_lacks_it_last(store: Store, several: list[Incident], order: str, found: list[str]) -> None:
    assert ids(store, order) == found


def test_an_order_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="no order"):
        ids(store, "words")


def test_pages_and_filters(store: Store, several: list[Incident]) -> None:
    with store.reading() as db:
        second = listed.page(db, Filter(), order="start", offset=1, limit=2)
        assert ([row.id for row in second], second.total) == (["i3", "i2"], 4)
        none = listed.page(db, Filter(country="IQ"), order="start", offset=0, limit=2)
        assert (none.rows, none.total) == ((), 0)
    assert ids(store, chosen=Filter(actor="army")) == ["i2"]
    assert ids(store, chosen=Filter(text="idlib")) == ["i2"]
    assert ids(store, chosen=Filter(near=(36.2, 37.1, 10.0))) == ["i3", "i1"]


def test_points_are_columns_of_one_length(store: Store, several: list[Incident]) -> None:
    with store.reading() as db:
        found = listed.points(db, Filter())
        assert listed.points(db, Filter(country="IQ")) == Points()
        assert (listed.unplaced(db, Filter()), listed.unplaced(db, Filter(country="SY"))) == (1, 0)
    assert found.ids == ("i1", "i3", "i2")
    assert found.day == ("2016-07-01", "2016-07-03", "2016-08-20")
    assert (found.lat[2], found.lon[2], found.radius_km[2], found.precision[2]) == (35.9306, 36.6339, 40.0, 4)
    assert found.killed_best == (5, None, 1)
    assert found.killed_known == ("counted", "none_reported", "unknown")
    assert found.title_ar[0] == "غارة جوية في حلب"
    assert len(found) == 3


def test_a_name_is_found_in_titles_and_sides(store: Store, several: list[Incident]) -> None:
    with store.reading() as db:
        assert listed.holding(db, "Navy") == {"i3"}
        assert listed.holding(db, "حَلب") == {"i1", "i2", "i3", "i4"}
        assert listed.holding(db, " ") == set()


def test_facets_of_incidents(store: Store, several: list[Incident]) -> None:
    with store.reading() as db:
        found = listed.facets(db, Filter(grade="fair"))
    counts = {name: {one.value: one.count for one in values} for name, values in found.items()}
    assert counts["grade"] == {"fair": 2, "weak": 1, "": 1}
    assert counts["event"] == {"air_drone_strike": 2}
    assert counts["country"] == {"SY": 1, "": 1}
    assert {one.value: one.name for one in found["actor"]} == {"syrian-air-force": "Syrian Air Force"}


def test_a_timeline_has_every_step_and_what_is_not_known(store: Store, several: list[Incident]) -> None:
    with store.reading() as db:
        found = timeline(db, Filter(), by="month", split=None, most=8)
    assert (found.starts, found.undated, found.by) == ((date(2016, 7, 1), date(2016, 8, 1)), 1, "month")
    assert found.series == {
        "*": Series(
            events=(2, 1), killed_low=(3, None), killed_best=(5, None), killed_high=(9, None),
            injured_low=(None, None), injured_best=(None, None), injured_high=(None, None), civilians_best=(5, None),
            killed_counted=(1, 0), injured_counted=(0, 0), civilians_counted=(1, 0), injured_unknown=(0, 0),
            unknown=(0, 1),
        )
    }  # fmt: skip


@pytest.mark.parametrize(("known", "told"), [("none_reported", None), ("unknown", None), ("zero", 0)])
def test_a_sum_to_which_nobody_gives_a_figure_is_not_zero(store: Store, known: str, told: int | None) -> None:
    bound = 0 if known == "zero" else None
    one = killed(incident("i1", claim("d1-0", "d1"), start=date(2016, 7, 1)), bound, bound, bound, known=known)
    with store.writing() as db:
        documents.put(db, [reading("d1")])
        incidents.replace(db, [], [one])
    with store.reading() as db:
        found = timeline(db, Filter(), by="year", split=None, most=8).series["*"]
    assert (found.killed_low, found.killed_best, found.killed_high) == ((told,), (told,), (told,))
    assert (found.injured_best, found.unknown) == ((None,), (int(known == "unknown"),))


@pytest.mark.parametrize(
    ("by", "starts"),
    [("day", 51), ("week", 8), ("month", 2), ("year", 1)],
)
def test_steps_of_a_timeline(store: Store, several: list[Incident], by: Step, starts: int) -> None:
    with store.reading() as db:
        found = timeline(db, Filter(), by=by, split=None, most=8)
    assert len(found.starts) == starts
    assert sum(found.series["*"].events) == 3


def test_a_timeline_split_by_actor_counts_an_incident_for_each(store: Store, several: list[Incident]) -> None:
    with store.reading() as db:
        found = timeline(db, Filter(), by="year", split="actor", most=8)
        few = timeline(db, Filter(), by="year", split="actor", most=1)
        graded = timeline(db, Filter(), by="year", split="grade", most=8)
        none = timeline(db, Filter(country="IQ"), by="day", split="event", most=8)
    assert {key: series.events for key, series in found.series.items()} == {
        "syrian-air-force": (2,),
        "army": (1,),
        "navy": (1,),
    }
    assert found.names == {"syrian-air-force": "Syrian Air Force", "army": "Army", "navy": "Navy"}
    assert {key: series.events for key, series in few.series.items()} == {"syrian-air-force": (2,), "*": (2,)}
    assert {key: series.events for key, series in graded.series.items()} == {"": (1,), "fair": (1,), "weak": (1,)}
    assert (none.starts, none.series, none.undated) == ((), {}, 0)


def test_a_day_misread_by_a_century_makes_longer_steps(store: Store, several: list[Incident]) -> None:
    with store.writing() as db:
        incidents.replace(db, ["i3"], [incident("i3", claim("d3-0", "d3"), start=date(1916, 7, 3))])
    with store.reading() as db:
        assert timeline(db, Filter(), by="day", split=None, most=8).by == "month"


def test_documents_by_how_far_they_are_checked(store: Store, several: list[Incident]) -> None:
    with store.writing() as db:
        documents.put(db, [replace(reading("d9", "نص بلا وقائع"), claims=())])

    def found(**wanted: object) -> list[str]:
        with store.reading() as db:
            return [row.id for row in sources.page(db, DocumentFilter(**wanted), offset=0, limit=10)]  # type: ignore[arg-type]

    assert found() == ["d9", "d4", "d3", "d2", "d1"]
    assert found(state="open") == ["d4", "d3", "d2", "d1"]
    assert found(state="empty") == ["d9"]
    assert found(state="done") == []
    assert found(text="نص") == ["d9"]
    assert found(text='"بلا وقائع"') == ["d9"]
    assert found(lang="en") == found(source="Paper") == found(since=date(2017, 1, 1)) == []
    assert found(until=date(2017, 1, 1), order="published") == ["d9", "d4", "d3", "d2", "d1"]
    with store.reading() as db:
        row = sources.page(db, DocumentFilter(), offset=4, limit=1).rows[0]
    assert (row.id, row.claims, row.open, row.reviewed, row.version) == ("d1", 2, 2, 0, 1)


def test_an_incident_without_an_assessment_is_listed(store: Store, several: list[Incident]) -> None:
    bare = replace(several[3], assessment=Assessment(), case=replace(several[3].case, place=ALEPPO, id="i5"))
    with store.writing() as db:
        incidents.replace(db, ["i4"], [bare])
    with store.reading() as db:
        assert listed.rows(db, ["i5"])["i5"].killed == Range()
