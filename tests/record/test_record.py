"""The record as programs use it: the same from every order of arrival, and people's decisions kept."""

import io
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pytest

from marsad.capture import read_paths
from marsad.errors import InputError
from marsad.export.incidents.record import record as incident_record
from marsad.export.record import encode
from marsad.export.totals.record import record as total_record
from marsad.model import Claim, Document, Incident
from marsad.pipeline import read_document
from marsad.record import Record
from tests.cli.support import MARKET, REPORTS
from tests.support import ROOT


@dataclass(frozen=True)
class Reading:
    document: Document
    claims: tuple[Claim, ...]


def read(document: Document) -> Reading:
    return Reading(document, tuple(read_document(document)))


@cache
def readings() -> tuple[Reading, ...]:
    paths = [str(REPORTS), str(ROOT / "src" / "marsad" / "samples")]
    return tuple(read(item) for item in read_paths(paths, stdin=io.BytesIO()) if isinstance(item, Document))


@pytest.fixture
def record(url: str) -> Iterator[Record]:
    with Record.open(url) as opened:
        yield opened


@pytest.fixture
def filled(record: Record) -> Record:
    record.add(readings())
    return record


def told(record: Record) -> list[dict[str, object]]:
    """All that is derived, as it is exported."""
    found = [*map(incident_record, record.incidents()), *map(total_record, record.totals())]
    return [*(json.loads(encode(one)) for one in found), {"lineages": record.lineages()}]


def market(record: Record) -> Incident:
    (found,) = [i for i in record.incidents() if any(r.main and r.claim.document in MARKET for r in i.case.reports)]
    return found


# The same record from every order


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_arrival_does_not_matter(record: Record, filled_once: list[dict[str, object]], seed: int) -> None:
    shuffled = list(readings())
    random.Random(seed).shuffle(shuffled)
    size = (1, 2, 3, 4, 5, 6, 7, 9, 11, len(shuffled))[seed]
    for start in range(0, len(shuffled), size):
        record.add(shuffled[start : start + size])
    assert told(record) == filled_once


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    with Record.create(str(tmp_path_factory.mktemp("whole") / "marsad.db")) as whole:
        whole.add(readings())
        found = told(whole)
    assert len(found) > 20
    return found


def test_relinking_gives_the_same(filled: Record) -> None:
    before = told(filled)
    assert filled.relink() == len(list(filled.incidents()))
    assert told(filled) == before


def test_the_same_documents_again_change_nothing(filled: Record) -> None:
    before = told(filled)
    added = filled.add(readings())
    assert (added.new, added.changed, added.same) == (0, 0, len(readings()))
    assert told(filled) == before


def test_a_new_version_leaves_no_trace_of_the_old_one(filled: Record, url: str) -> None:
    old = readings()[0]
    later = read(replace(old.document, text=old.document.text.replace("five", "nine")))
    assert filled.add([later]).changed == 1
    changed = told(filled)
    assert market(filled).assessment.estimate("killed").high == 9  # type: ignore[union-attr]
    filled.relink()
    assert told(filled) == changed
    assert filled.add([old]).changed == 1
    killed = market(filled).assessment.estimate("killed")
    assert killed is not None
    assert killed.high == 7


# What makes an incident, and what does not


def test_reports_in_two_languages_are_one_incident_and_copies_one_lineage(filled: Record) -> None:
    found = market(filled)
    assert {r.claim.document for r in found.case.reports} >= MARKET
    assert {"sar-wire", "sar-wire-2"} <= {d for members in filled.lineages() for d in members}
    lineages = {r.claim.document: r.lineage for r in found.case.reports}
    assert lineages["sar-wire"] == lineages["sar-wire-2"] == "sar-wire"


def test_no_incident_without_a_claim_that_reports_it(filled: Record) -> None:
    for incident in filled.incidents():
        assert any(r.claim.factuality == "asserted" and r.claim.scope == "single" for r in incident.case.reports)


def test_every_claim_is_in_one_incident_at_most_and_every_incident_has_its_reasons(filled: Record) -> None:
    claims = [r.claim.id for i in filled.incidents() for r in i.case.reports]
    assert len(claims) == len(set(claims))
    for incident in filled.incidents():
        assert set(incident.case.reasons) == {r.claim.id for r in incident.case.reports}


def test_an_old_id_leads_to_the_incident_it_grew_into(record: Record) -> None:
    followed = [r for r in readings() if r.document.id in MARKET]
    record.add([r for r in followed if r.document.published == date(2019, 6, 22)])
    before = {i.id for i in record.incidents() if any(r.main for r in i.case.reports)}
    record.add(followed)
    assert {record.incident(id).id for id in before} == {market(record).id}


# Decisions


def test_a_merge_is_kept_whatever_comes_and_undone_on_demand(filled: Record) -> None:
    before = told(filled)
    others = [i for i in filled.incidents() if i.id != market(filled).id]
    one, other = market(filled), others[-1]
    filled.merge(one.id, other.id, who="tester", because="the same convoy")
    joined = filled.incident(one.id)
    assert filled.incident(other.id).id == joined.id
    assert any("the same convoy" in why for why in joined.case.reasons.values())
    merged = told(filled)
    filled.relink()
    assert told(filled) == merged
    assert filled.undo(who="tester").verb == "merge"
    assert told(filled) == before
    with pytest.raises(InputError, match="no decision to undo"):
        filled.undo(who="tester")


def test_a_split_is_kept_and_later_reports_join_either_part(record: Record) -> None:
    record.add([r for r in readings() if r.document.id != "sar-ar-2"])
    found = market(record)
    moved = [r.claim.id for r in found.case.reports if r.claim.document == "sar-ar-1"]
    record.split(found.id, moved, who="tester", because="another market")
    parts = [{r.claim.id for r in i.case.reports} for i in record.incidents()]
    assert set(moved) in parts
    assert {r.claim.id for r in found.case.reports} - set(moved) in parts
    apart = told(record)
    record.relink()
    assert told(record) == apart
    record.add(readings())
    assert len({record.incident(i.id).id for i in record.incidents()}) == len(list(record.incidents()))


def test_the_later_decision_stands(filled: Record) -> None:
    found = market(filled)
    moved = [r.claim.id for r in found.case.reports if r.claim.document == "sar-ar-1"]
    filled.split(found.id, moved, who="tester")
    claims = {r.claim.id for r in found.case.reports}
    one, other = (i.id for i in filled.incidents() if claims & {r.claim.id for r in i.case.reports})
    filled.merge(one, other, who="editor")
    assert {r.claim.id for r in filled.incident(found.id).case.reports} == claims


def test_a_grade_by_a_person_outranks_the_rules_and_survives(filled: Record) -> None:
    found = market(filled)
    filled.grade(found.id, "confirmed", who="tester", because="the ministry admits it")
    for _ in range(2):
        again = filled.incident(found.id).assessment
        assert (again.grade, again.grade_by) == ("confirmed", "tester")
        assert "the ministry admits it" in again.grade_why
        filled.relink()
    with pytest.raises(InputError, match="no grade"):
        filled.grade(found.id, "certain", who="tester", because="")


def test_codes_of_sources_and_claims_are_a_persons_and_take_effect_at_once(filled: Record) -> None:
    found = market(filled)
    (late,) = {r.claim.id for r in found.case.reports if r.claim.document == "sar-ar-2" and r.role == "reports"}
    before = found.assessment.estimate("killed")
    filled.credibility(late, "5", who="tester", because="misread")
    after = filled.incident(found.id).assessment.estimate("killed")
    assert before is not None
    assert after is not None
    assert after.high != before.high
    filled.credibility(late, "", who="tester")
    assert filled.incident(found.id).assessment.estimate("killed") == before
    with pytest.raises(InputError):
        filled.source("no such paper", "A", who="tester")
    with pytest.raises(InputError):
        filled.credibility(late, "9", who="tester")


def test_what_cannot_be_decided_is_said_and_leaves_no_decision(filled: Record) -> None:
    found = market(filled)
    everything = [r.claim.id for r in found.case.reports]
    for attempt in (
        lambda: filled.merge(found.id, found.id, who="tester"),
        lambda: filled.merge(found.id, "i000000000000", who="tester"),
        lambda: filled.split(found.id, everything, who="tester"),
        lambda: filled.split(found.id, ["no-claim"], who="tester"),
    ):
        with pytest.raises(InputError):
            attempt()
    assert filled.decisions() == []


def test_a_document_of_the_first_or_last_day_of_the_calendar_is_taken(record: Record) -> None:
    text = "Shelling killed 14 civilians in Hama yesterday, residents said. Shelling killed two in Homs, they said."
    days = (date.min, date.max)
    added = [read(Document(id=f"d{n}", text=text, lang="en", published=day)) for n, day in enumerate(days)]
    assert record.add(added).new == 2
    assert {r.claim.document for i in record.incidents() for r in i.case.reports} == {"d0", "d1"}


def test_arabic_titles_have_arabic_names_for_places_that_an_english_text_makes_of_others(record: Record) -> None:
    text = "An air strike by Russian warplanes in the southern countryside of Idlib killed six people on Tuesday."
    record.add([read(Document(id="en", text=text, lang="en", published=date(2017, 3, 9)))])
    (found,) = record.incidents()
    assert "، ريف إدلب الجنوبي، 7 مارس 2017" in found.title_ar
