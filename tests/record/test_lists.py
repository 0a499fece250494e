"""Lists over a whole record: they say what incidents, totals and the register say, and obey what is withheld."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from marsad.assess import statistics
from marsad.assess.reconcile import Summand, reconcile
from marsad.assess.sources import Register
from marsad.assess.totals import succession
from marsad.evidence.withholding import MARK
from marsad.model import Claim, Document, Party, Period, Place, Quantity
from marsad.record import Record
from marsad.store import totals as kept_totals
from marsad.store.incidents import Filter
from marsad.store.lists import DocumentFilter, InboxFilter

MOSUL = Place(name="Mosul", text="الموصل", lat=36.34, lon=43.13, country="IQ", precision=1, admin1="Nineveh")
COALITION = Party(name="US-led coalition", texts=("التحالف",), kind="8", actor_id="us-led-coalition", country="US")
DAY = date(2016, 10, 10)


class Reading:
    """A document and its claims."""

    def __init__(self, document: Document, claims: tuple[Claim, ...]) -> None:
        self.document, self.claims = document, claims


def reading(id: str, *, day: date = DAY, killed: int = 4, source: str = "Paper A", **changes: object) -> Reading:
    """A report of a strike with so many killed, published the day after."""
    text = f"Coalition aircraft struck a market in Mosul, killing {killed} civilians, said {id}."
    document = Document(
        id=id, text=text, lang="en", published=day + timedelta(days=1), source=source, title=f"News {id}"
    )
    claim = Claim(
        id=f"{id:x>12}-claim",
        document=id,
        event="air_drone_strike",
        factuality="asserted",
        scope="single",
        trigger="struck",
        trigger_span=(19, 25),
        actors=(COALITION,),
        targets=(Party(name="civilian", texts=("civilians",), kind="7"),),
        place=MOSUL,
        time=Period(text="", start=day, end=day),
        quantities=(Quantity(of="killed", whom="civilians", low=killed, high=killed, text=str(killed)),),
        evidence=(text,),
        evidence_spans=((0, len(text)),),
    )
    return Reading(document, (replace(claim, **changes),))  # type: ignore[arg-type]


def total(id: str, killed: int, *, start: date, end: date) -> Reading:
    """A report of so many killed in strikes over some days."""
    time = Period(text="", start=start, end=end, date_precision=4)
    return reading(id, day=end, killed=killed, scope="cumulative", event="casualties", time=time)


@pytest.fixture
def record(url: str) -> Iterator[Record]:
    """Strikes of three days told by several papers, one of them a copy; totals of a month; a movement."""
    with Record.open(url) as opened:
        opened.add(
            [
                *(reading(f"first-{n}", day=DAY + timedelta(days=9 * n), killed=5 + n) for n in range(3)),
                *(reading(f"second-{n}", source="Paper B", killed=5) for n in range(3)),
                reading("third", source="Paper C", killed=90),
                total("october", 40, start=date(2016, 10, 1), end=date(2016, 10, 31)),
                total("november", 70, start=date(2016, 10, 1), end=date(2016, 11, 30)),
                reading("moving", event="movement", quantities=(), destination=MOSUL),
            ]
        )
        yield opened


def test_sources_stand_as_all_incidents_would_tell(record: Record) -> None:
    found = {one.source: one for one in record.lists.sources()}
    for one in statistics(record.incidents(), Register()):
        assert replace(found[one.source], documents=0) == replace(one, documents=0)
    assert {source: one.documents for source, one in found.items()} == {"Paper A": 6, "Paper B": 3, "Paper C": 1}


def test_the_reliability_of_a_source_is_in_the_register(record: Record) -> None:
    record.source("Paper B", "C", who="a person")
    assert {one.source: one.reliability for one in record.lists.sources()} == {
        "Paper A": None,
        "Paper B": "C",
        "Paper C": None,
    }


def test_totals_are_reconciled_page_by_page_as_all_at_once(record: Record) -> None:
    with record.store.reading() as db:
        whole = list(kept_totals.find(db, kept_totals.Filter()))
    every = reconcile(succession(whole), [Summand.of(incident) for incident in record.incidents()])
    pages = [record.lists.totals(offset=n, limit=1) for n in range(len(every))]
    assert [one for page in pages for one in page] == every == record.totals()
    assert {page.total for page in pages} == {len(every)}
    assert any(one.incidents and one.summed_low for one in every)
    assert any(one.previous for one in every)


def test_rows_say_what_incidents_say(record: Record) -> None:
    rows = {row.id: row for row in record.lists.incidents()}
    for incident in record.incidents():
        row, killed = rows.pop(incident.id), incident.assessment.estimate("killed")
        assert killed is not None
        assert (row.killed.low, row.killed.best, row.killed.high) == (killed.low, killed.best, killed.high)
        assert (row.title_en, row.start, row.grade) == (
            incident.title_en,
            incident.case.start,
            incident.assessment.grade,
        )
        assert row.claims == len(incident.case.reports)
    assert rows == {}
    assert record.lists.incident_rows(["gone"]) == {}


def test_lists_are_what_relinking_makes_of_them(record: Record) -> None:
    claim = record.lists.inbox().rows[0].claim
    record.accept(claim, who="a person")

    def lists() -> list[object]:
        found = record.lists
        return [
            found.incidents(), found.points(), found.timeline(split="actor"), found.statements(), found.sources(),
            found.inbox(InboxFilter(state=None)), found.facets(Filter()), found.facets(InboxFilter()), found.totals(),
            found.documents(),
        ]  # fmt: skip

    before, stamp = lists(), record.lists.stamp()
    record.relink()
    assert record.lists.stamp() != stamp
    assert lists() == before


def test_a_decision_shows_in_all_lists_at_once(record: Record) -> None:
    lists = record.lists
    row = next(row for row in lists.inbox() if row.document == "third")
    assert lists.documents(DocumentFilter(state="done")).total == 0
    before = lists.timeline(by="year").series["*"].killed_high
    record.reject(row.claim, who="a person")
    assert row.claim not in {one.claim for one in lists.inbox()}
    assert [one.claim for one in lists.inbox(InboxFilter(state="rejected"))] == [row.claim]
    assert [one.id for one in lists.documents(DocumentFilter(state="done"))] == ["third"]
    assert {one.source: one.incidents for one in lists.sources()}["Paper C"] == 0
    assert lists.timeline(by="year").series["*"].killed_high < before
    record.undo(who="a person")
    assert row.claim in {one.claim for one in lists.inbox()}
    assert lists.timeline(by="year").series["*"].killed_high == before


def test_what_a_person_corrects_is_listed_as_corrected(record: Record) -> None:
    row = next(row for row in record.lists.inbox() if row.document == "moving")
    record.correct(row.claim, {"factuality": "denied"}, who="a person")
    (corrected,) = record.lists.inbox(InboxFilter(state="corrected"))
    assert (corrected.claim, corrected.factuality) == (row.claim, "denied")
    assert corrected.doubt > row.doubt
    assert [one.factuality for one in record.lists.statements()] == ["denied"]


@pytest.fixture
def withholding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The like of ``record`` with evidence beside it."""
    with Record.create(str(tmp_path_factory.mktemp("held") / "marsad.db")) as opened:
        opened.add([reading("first"), reading("moving", event="movement", quantities=(), destination=MOSUL)])
        yield opened


def test_a_withheld_document_gives_no_words(withholding: Record) -> None:
    record, evidence = withholding, withholding.custody.evidence
    assert evidence is not None
    stamp = record.lists.stamp()
    entry = evidence.withhold_document("moving", who="a person", why="a witness asked for it")
    assert record.lists.stamp() != stamp
    row = next(row for row in record.lists.inbox() if row.document == "moving")
    assert (row.title, row.source, row.evidence, row.trigger, row.place) == (MARK, "", MARK, MARK, MARK)
    (statement,) = record.lists.statements()
    assert (statement.evidence, statement.actors, statement.source) == (MARK, ((MARK, MARK),), "")
    assert statement.place is not None
    assert statement.place.name == MARK
    assert {row.title for row in record.lists.documents()} == {"News first", MARK}
    evidence.release(entry.seq, who="a person", why="the witness agreed")
    assert {row.title for row in record.lists.documents()} == {"News first", "News moving"}


def test_a_withheld_name_stands_nowhere(withholding: Record) -> None:
    record, evidence = withholding, withholding.custody.evidence
    assert evidence is not None
    lists = record.lists
    assert "Mosul" in repr([lists.points(), lists.incidents(), lists.inbox(), lists.statements()])
    evidence.withhold_name("Mosul", who="a person", why="a place of refuge")
    shown = repr(
        [lists.points(), lists.incidents(), lists.inbox(), lists.statements(), lists.facets(), lists.documents()]
    )
    assert "Mosul" not in shown
    assert MARK in shown


def test_answers_are_kept_until_the_record_changes(record: Record) -> None:
    first = record.lists.points()
    assert record.lists.points() is first
    record.add([reading("later", day=DAY + timedelta(days=90))])
    assert len(record.lists.points()) == len(first) + 1
