"""Decisions about single claims: they take effect at once, everywhere, and stay whatever is worked out anew."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from marsad.errors import InputError
from marsad.link.case import incident_id
from marsad.model import Claim, Document, Estimate, Incident
from marsad.record import Record
from marsad.store import claims
from tests.record.test_record import Reading, market, read, readings, told

SOUK = Document(
    id="souk",
    lang="ar",
    published=date(2019, 6, 23),
    source="Paper",
    text="قتل سبعة مدنيين يوم الخميس 20 حزيران في غارة جوية على سوق بلدة سراقب. وقال سكان إن المسعفين وصلوا متأخرين.",
)
SOUTH = "Shelling killed three people in Homs on Monday, residents said. A convoy left Hama in the evening."


@pytest.fixture
def record(url: str) -> Iterator[Record]:
    with Record.open(url) as opened:
        opened.add(readings())
        yield opened


def of(record: Record, document: str, event: str = "air_drone_strike") -> Claim:
    """The one claim of this event in a document."""
    (found,) = [o.claim for o in record.reviewed_in(document) if o.claim.event == event]
    return found


def killed(incident: Incident) -> Estimate:
    found = incident.assessment.estimate("killed")
    assert found is not None
    return found


def steady(record: Record) -> list[dict[str, object]]:
    """All that is derived, which relinking does not change."""
    before = told(record)
    record.relink()
    assert told(record) == before
    return before


# Accept and reject


def test_what_was_accepted_is_as_it_was_and_says_so(record: Record) -> None:
    before, claim = told(record), of(record, "sar-wire")
    assert record.reviewed([claim.id])[claim.id].state == "open"
    made = record.accept(claim.id, who="tester", because="as the text has it")
    found = record.reviewed([claim.id])[claim.id]
    assert (found.state, found.read, found.decisions) == ("accepted", claim, (made,))
    assert steady(record) == before


def test_a_rejected_claim_takes_no_part_and_can_still_be_seen(record: Record) -> None:
    before, found = told(record), market(record)
    claim = of(record, "sar-ar-2")
    assert claim.id in killed(found).high_claims
    record.reject(claim.id, who="tester")
    after = market(record)
    assert claim.id not in {r.claim.id for r in after.case.reports}
    assert killed(after).high != killed(found).high
    assert record.claims([claim.id]) == {}
    seen = record.reviewed([claim.id])[claim.id]
    assert (seen.state, seen.claim) == ("rejected", claim)
    assert claim.id in [one.claim.id for one in record.reviewed_in("sar-ar-2")]
    steady(record)
    record.accept(claim.id, who="tester")
    assert told(record) == before


def test_the_last_claim_of_an_incident_rejected_takes_the_incident_with_it(record: Record) -> None:
    alone = next(i for i in record.incidents() if len(i.case.reports) == 1)
    claim = alone.case.reports[0].claim.id
    record.reject(claim, who="tester")
    with pytest.raises(InputError, match=f"no incident any more.*{claim}"):
        record.incident(alone.id)
    assert [d.verb for d in record.decisions(claim)] == ["reject"]
    steady(record)
    record.undo(who="tester")
    assert record.incident(alone.id) == alone


# Correct


def test_a_correction_shows_in_figures_at_once_and_survives_relinking(record: Record) -> None:
    before, claim = told(record), of(record, "sar-ar-2")
    high = killed(market(record)).high
    given = [{"of": "killed", "whom": "civilians", "low": 9, "high": 9, "text": q.text, "span": q.span}
             for q in claim.quantities if q.of == "killed"][:1]  # fmt: skip
    record.correct(claim.id, {"quantities": given}, who="tester", because="nine by the hospital")
    assert (high, killed(market(record)).high) == (7, 9)
    (there,) = [r.claim for r in market(record).case.reports if r.claim.id == claim.id]
    assert [q.low for q in there.quantities] == [9]
    found = record.reviewed([claim.id])[claim.id]
    assert (found.state, found.read, found.claim) == ("corrected", claim, there)
    steady(record)
    record.undo(who="tester")
    assert told(record) == before


def test_a_corrected_place_takes_the_claim_to_another_incident(record: Record) -> None:
    found, claim = market(record), of(record, "sar-ar-2")
    record.correct(
        claim.id, {"place": {"name": "Homs", "lat": 34.73, "lon": 36.71, "country": "SY", "precision": 1}}, who="t"
    )
    assert claim.id not in {r.claim.id for r in record.incident(found.id).case.reports}
    steady(record)
    record.correct(claim.id, {"factuality": "planned"}, who="t")
    assert all(r.claim.id != claim.id or r.role == "plans" for i in record.incidents() for r in i.case.reports)
    assert record.reviewed([claim.id])[claim.id].claim.place is not None
    assert record.reviewed([claim.id])[claim.id].claim.place.name == "Homs"  # type: ignore[union-attr]
    steady(record)


def test_a_correction_to_a_total_shows_among_totals(record: Record) -> None:
    total = next(iter(record.totals()))
    claim = total.reports[0].claim
    quantity = {"of": total.of, "whom": total.whom, "low": 123_456, "high": None}
    record.correct(claim.id, {"quantities": [quantity]}, who="t")
    assert 123_456 in [one.low for one in record.totals()]
    steady(record)
    record.reject(claim.id, who="t")
    assert 123_456 not in [one.low for one in record.totals()]
    steady(record)


def test_corrections_of_different_fields_stand_together_and_the_later_of_one_field(record: Record) -> None:
    claim = of(record, "sar-wire")
    record.correct(claim.id, {"event": "shelling_missile"}, who="one")
    second = record.correct(claim.id, {"scope": "cumulative"}, who="two")
    record.correct(claim.id, {"event": "attack"}, who="three")
    now = record.reviewed([claim.id])[claim.id].claim
    assert (now.event, now.scope) == ("attack", "cumulative")
    record.undo(who="two", seq=second.seq)
    now = record.reviewed([claim.id])[claim.id].claim
    assert (now.event, now.scope) == ("attack", "single")
    steady(record)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "no field"),
        ({"id": "x"}, "id: not a field"),
        ({"event": "air_drone_strike"}, "says this already"),
        ({"event": "party"}, "event: 'party' is none"),
        ({"trigger": "no such words"}, "trigger: «no such words» does not stand"),
    ],
)
def test_what_cannot_be_so_is_said_and_leaves_no_decision(
    record: Record, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        record.correct(of(record, "sar-wire").id, changes, who="tester")
    assert record.decisions() == []
    for attempt in (
        lambda: record.accept("nothing", who="tester"),
        lambda: record.reject("nothing", who="tester"),
        lambda: record.correct("nothing", {"scope": "single"}, who="tester"),
        lambda: record.accept(of(record, "sar-wire").id, who="nul\0"),
    ):
        with pytest.raises(InputError):
            attempt()
    assert record.decisions() == []


# Add


def test_a_claim_that_a_person_adds_counts_like_any_other(record: Record) -> None:
    record.add([read(replace(SOUK, text="Nothing of note."))])
    record.add([Reading(SOUK, ())])
    before = told(record)
    fields = {
        "event": "air_drone_strike",
        "trigger": "غارة جوية",
        "place": {
            "text": "بلدة سراقب",
            "name": "Saraqib",
            "lat": 35.864,
            "lon": 36.803,
            "country": "SY",
            "precision": 1,
        },
        "time": {"text": "يوم الخميس 20 حزيران", "start": "2019-06-20"},
        "quantities": [{"of": "killed", "whom": "civilians", "low": 7, "high": 7, "text": "سبعة مدنيين"}],
    }
    made = record.add_claim("souk", fields, who="tester")
    (id_,) = made.about
    (found,) = record.reviewed_in("souk")
    assert (found.claim.id, found.state, found.read) == (id_, "added", None)
    assert found.claim.evidence == (SOUK.text.partition(" وقال")[0],)
    assert id_[0] == "p"
    assert id_ in {r.claim.id for r in market(record).case.reports}
    steady(record)
    with pytest.raises(InputError, match="added already"):
        record.add_claim("souk", fields, who="another")
    record.correct(id_, {"factuality": "possible"}, who="tester")
    assert record.reviewed([id_])[id_].state == "added"
    steady(record)
    record.undo(who="tester", seq=made.seq)
    assert record.reviewed_in("souk") == []
    assert record.effects(record.decisions())[made.seq + 1] == "none"
    assert steady(record) == before


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"event": "attack"}, "trigger"),
        ({"trigger": "غارة"}, "event"),
        ({"event": "attack", "trigger_span": [4, 2]}, "trigger: 4 to 2"),
        ({"event": "attack", "trigger_span": [0, 3], "evidence": ["وقال سكان"]}, "none of the sentences"),
        ({"event": "attack", "trigger_span": [0, 3], "evidence": []}, "no claim without evidence"),
    ],
)
def test_what_cannot_be_added(record: Record, fields: dict[str, object], message: str) -> None:
    record.add([Reading(SOUK, ())])
    with pytest.raises(InputError, match=message):
        record.add_claim("souk", fields, who="tester")
    with pytest.raises(InputError, match="no document"):
        record.add_claim("nothing", fields, who="tester")


def test_added_claims_follow_their_words_into_a_new_version_or_are_told_as_lost(record: Record) -> None:
    record.add([Reading(SOUK, ())])
    made = record.add_claim("souk", {"event": "air_drone_strike", "trigger": "غارة جوية"}, who="tester")
    (id_,) = made.about
    later = "وكالة - " + SOUK.text + " وأغلق السوق."
    record.add([Reading(replace(SOUK, text=later), ())])
    claim = record.reviewed([id_])[id_].claim
    assert (claim.trigger, later[slice(*claim.trigger_span)]) == ("غارة جوية", "غارة جوية")
    assert [later[a:b] for a, b in claim.evidence_spans] == list(claim.evidence)
    steady(record)
    record.add([Reading(replace(SOUK, text="سحبت الصحيفة الخبر."), ())])
    assert record.reviewed([id_]) == {}
    assert record.effects(record.decisions())[made.seq] == "none"
    steady(record)
    record.add([Reading(SOUK, ())])
    assert record.reviewed([id_])[id_].claim.evidence == (SOUK.text.partition(" وقال")[0],)
    assert record.effects(record.decisions())[made.seq] == "all"


def test_a_correction_stands_while_its_claim_does(record: Record) -> None:
    claim = of(record, "sar-wire")
    made = record.correct(claim.id, {"event": "shelling_missile"}, who="tester")
    before = told(record)
    old = next(r for r in readings() if r.document.id == "sar-wire")
    longer = read(replace(old.document, text=old.document.text + " Shops stayed closed."))
    record.add([longer])
    assert record.reviewed([claim.id])[claim.id].claim.event == "shelling_missile"
    other = read(replace(old.document, text="Reports said: " + old.document.text))
    record.add([other])
    assert record.effects(record.decisions())[made.seq] == "none"
    steady(record)
    record.add([old])
    assert told(record) == before


# Move


def test_moved_claims_stay_where_they_were_put(record: Record) -> None:
    before, found = told(record), market(record)
    goal = next(i for i in record.incidents() if i.id != found.id and i.case.event == "shelling_missile")
    moved = [r.claim.id for r in found.case.reports if r.claim.document == "sar-ar-2"]
    made = record.move(moved, goal.id, who="tester", because="another raid")
    assert set(moved) <= {r.claim.id for r in record.incident(goal.id).case.reports}
    assert not set(moved) & {r.claim.id for r in record.incident(found.id).case.reports}
    assert "another raid" in record.incident(goal.id).case.reasons[moved[0]]
    assert made in record.decisions(found.id)
    assert made in record.decisions(goal.id)
    steady(record)
    record.add(readings())
    with pytest.raises(InputError, match=r"in incident .* already"):
        record.move(moved, goal.id, who="tester")
    with pytest.raises(InputError, match="no claim that takes part"):
        record.move(["nothing"], goal.id, who="tester")
    with pytest.raises(InputError, match="name the claims"):
        record.move([], goal.id, who="tester")
    record.undo(who="tester")
    assert told(record) == before


def test_a_later_move_back_outweighs_the_first(record: Record) -> None:
    found = market(record)
    goal = next(i for i in record.incidents() if i.id != found.id and i.case.event == "shelling_missile")
    moved = [r.claim.id for r in found.case.reports if r.claim.document == "sar-ar-2"]
    record.move(moved, goal.id, who="tester")
    record.move(moved, found.id, who="editor")
    assert {r.claim.id for r in record.incident(found.id).case.reports} == {r.claim.id for r in found.case.reports}
    assert {r.claim.id for r in record.incident(goal.id).case.reports} == {r.claim.id for r in goal.case.reports}
    steady(record)


# Assess


def test_what_was_written_last_stands_and_goes_with_its_incident(record: Record) -> None:
    found = market(record)
    assert record.assessment(found.id) is None
    record.assess(found.id, en="Likely one strike.", ar="", who="one")
    second = record.assess(found.id, en=" Two strikes. ", ar="غارتان.", who="two", because="later footage")
    written = record.assessment(found.id)
    assert written is not None
    assert (written.en, written.ar, written.who, written.seq) == ("Two strikes.", "غارتان.", "two", second.seq)
    record.relink()
    assert record.assessment(found.id) == written
    other = next(i for i in record.incidents() if i.id != found.id)
    record.merge(other.id, found.id, who="editor")
    assert record.assessment(other.id) == written
    record.undo(who="two", seq=second.seq)
    assert record.assessment(found.id).en == "Likely one strike."  # type: ignore[union-attr]
    with pytest.raises(InputError, match="empty"):
        record.assess(found.id, en=" ", ar="", who="one")


def test_a_decision_about_an_incident_outlives_the_claim_it_is_called_after(record: Record) -> None:
    found = market(record)
    other = next(i for i in record.incidents() if i.id != found.id and i.case.event == "shelling_missile")
    record.merge(found.id, other.id, who="editor")
    record.grade(found.id, "confirmed", who="editor", because="admitted")
    record.assess(found.id, en="One day of raids.", ar="", who="editor")
    whole = {r.claim.id for r in record.incident(found.id).case.reports}
    founder = next(r.claim.id for r in found.case.reports if incident_id(r.claim.id) == found.id)
    record.reject(founder, who="tester")
    (left,) = [i for i in record.incidents() if whole & {r.claim.id for r in i.case.reports}]
    assert {r.claim.id for r in left.case.reports} == whole - {founder}
    assert left.assessment.grade == "confirmed"
    assert record.assessment(left.id).en == "One day of raids."  # type: ignore[union-attr]
    steady(record)
    record.undo(who="tester")
    assert {r.claim.id for r in record.incident(found.id).case.reports} == whole
    steady(record)


# Undo


def test_an_undo_of_one_decision_leaves_later_ones(record: Record) -> None:
    one, other = of(record, "sar-wire"), of(record, "sar-ar-2")
    first = record.reject(one.id, who="a")
    record.reject(other.id, who="b")
    assert record.undo(who="a", seq=first.seq) == first
    assert (record.reviewed([one.id])[one.id].state, record.reviewed([other.id])[other.id].state) == (
        "open",
        "rejected",
    )
    with pytest.raises(InputError, match="taken back already"):
        record.undo(who="a", seq=first.seq)
    with pytest.raises(InputError, match="no decision of this number"):
        record.undo(who="a", seq=99)
    back = record.decisions()[-1]
    record.undo(who="a", seq=back.seq)
    assert record.reviewed([one.id])[one.id].state == "rejected"
    assert [d.verb for d in record.decisions(one.id)] == ["reject", "undo", "undo"]
    steady(record)


def test_claims_that_take_no_part_are_compared_with_none(record: Record) -> None:
    claim = of(record, "sar-wire")
    record.reject(claim.id, who="a")
    with record.store.reading() as db:
        assert claims.nodes_of(db, [claim.id]) == {}
        assert claim.id not in claims.ids(db)
        assert claims.there(db, [claim.id]) == {claim.id}
        assert claims.earlier(db, [claim.id]) == {}
