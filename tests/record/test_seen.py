"""Revisions: who decides on what has changed since they looked at it is told, and nothing is written."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from marsad.errors import Conflict, InputError
from marsad.record import Record
from tests.record.test_record import market, readings
from tests.record.test_reviewing import of, record

__all__ = ["record"]


def test_who_looked_before_another_decided_is_told_and_writes_nothing(record: Record) -> None:
    claim = of(record, "sar-wire")
    seen = record.reviewed([claim.id])[claim.id].revision
    assert seen.partition(".")[2] == record.revision(claim.id).partition(".")[2]
    made = record.correct(claim.id, {"event": "attack"}, who="layla", seen=seen)
    with pytest.raises(Conflict, match="by layla") as caught:
        record.reject(claim.id, who="omar", seen=seen)
    assert (caught.value.id, caught.value.seen, caught.value.since) == (claim.id, seen, (made,))
    assert record.decisions() == [made]
    record.reject(claim.id, who="omar", seen=caught.value.now)


def test_decisions_about_other_things_are_no_conflict(record: Record) -> None:
    found, claim = market(record), of(record, "sar-wire")
    other = next(i for i in record.incidents() if i.id != found.id)
    seen, of_claim = record.revision(found.id), record.revision(claim.id)
    source, document = record.revision("Wire"), record.revision("sar-wire")
    record.grade(other.id, "confirmed", who="a", because="seen")
    record.grade(found.id, "confirmed", who="a", because="seen", seen=seen)
    record.accept(claim.id, who="a", seen=of_claim)
    with pytest.raises(Conflict):
        record.assess(found.id, en="So.", ar="", who="b", seen=seen)
    with pytest.raises(Conflict):
        record.merge(other.id, found.id, who="b", seen={found.id: seen})
    record.source("Wire", "B", who="a", seen=source)
    with pytest.raises(Conflict):
        record.source("Wire", "C", who="b", seen=source)
    assert record.revision("sar-wire") != document
    with pytest.raises(InputError, match="no revision"):
        record.accept(claim.id, who="a", seen="x")


def test_an_incident_that_documents_changed_is_a_conflict_too(url: str) -> None:
    late = [r for r in readings() if r.document.id == "sar-ar-2"]
    with Record.open(url) as record:
        record.add([r for r in readings() if r.document.id != "sar-ar-2"])
        found = market(record)
        seen = record.revision(found.id)
        record.add(late)
        with pytest.raises(Conflict, match="documents that came in") as caught:
            record.split(found.id, [found.case.reports[0].claim.id], who="a", seen=seen)
        assert caught.value.since == ()


def test_of_many_who_saw_the_same_and_decide_at_once_one_is_heard(record: Record, url: str) -> None:
    found, many = market(record), 6
    seen, ready = record.revision(found.id), Barrier(many)

    def decide(number: int) -> str:
        with Record.open(url) as own:
            ready.wait()
            try:
                own.assess(found.id, en=f"As {number} sees it.", ar="", who=f"reviewer {number}", seen=seen)
            except Conflict as conflict:
                return f"{[one.who for one in conflict.since]}"
        return "written"

    with ThreadPoolExecutor(many) as pool:
        told = list(pool.map(decide, range(many)))
    written = record.assessment(found.id)
    assert written is not None
    assert sorted(told) == sorted(["written", *[f"['{written.who}']"] * (many - 1)])
    assert len(record.decisions(found.id)) == 1
