"""Double review: blind, without effect until it is adjudicated, then decisions like any other."""

from collections.abc import Callable, Iterator

import pytest

from marsad.errors import Conflict, InputError
from marsad.model import Document
from marsad.record import Record
from marsad.record.double import sample
from tests.record.test_record import read

TEXT = (
    "Gunmen attacked a market in Idlib on Monday and killed three civilians, police said. "
    "An air strike hit a school in Saraqib on Tuesday. "
    "Protesters marched in Homs on Wednesday."
)
REVIEWERS = ("lina", "omar")


@pytest.fixture
def record(url: str) -> Iterator[Record]:
    with Record.open(url) as opened:
        from datetime import date

        document = Document(
            id="d1", text=TEXT, lang="en", published=date(2020, 3, 5), title="Attack in Idlib", source="A"
        )
        other = Document(id="d2", text="A bomb exploded in Aleppo on Monday.", lang="en", published=date(2020, 3, 5))
        opened.add([read(document), read(other)])
        yield opened


@pytest.fixture
def batch(record: Record) -> int:
    return record.double.assign(["d1", "d2"], REVIEWERS, who="sara").n


def ids(record: Record, document: str = "d1") -> list[str]:
    return [one.claim.id for one in record.reviewed_in(document)]


def events(record: Record) -> dict[str, str]:
    return {one.claim.id: one.claim.event for one in record.reviewed_in("d1") if one.state != "rejected"}


def hand_in(
    record: Record, batch: int, who: str, *, document: str = "d1", then: Callable[[], object] = lambda: None
) -> None:
    """Accept what is open, and hand in."""
    then()
    for one in record.double.work(batch, document, who=who).claims:
        if one.state == "open":
            record.double.judge(batch, document, one.claim.id, "accept", who=who)
    record.double.hand_in(batch, document, who=who)


def correct(record: Record, batch: int, who: str, claim: str, **fields: object) -> None:
    record.double.judge(batch, "d1", claim, "correct", given=fields, who=who)


def reject(record: Record, batch: int, who: str, claim: str) -> None:
    record.double.judge(batch, "d1", claim, "reject", who=who)


def test_each_sees_only_their_own_work_and_none_of_the_decisions_of_others(record: Record, batch: int) -> None:
    first, second, *_ = ids(record)
    record.correct(first, {"event": "abduction"}, who="earlier")
    record.reject(second, who="earlier")
    record.add_claim("d1", {"event": "siege", "trigger": "marched"}, who="earlier")
    correct(record, batch, "lina", first, event="riot")
    record.double.add(batch, "d1", {"event": "siege", "trigger": "market"}, who="lina")

    mine = record.double.work(batch, "d1", who="omar")
    assert {one.state for one in mine.claims} == {"open"}
    assert [one.claim.event for one in mine.claims] == [claim.event for claim in read(record.document("d1")).claims]
    assert "lina" not in repr((mine.claims, mine.seen, mine.because))
    theirs = record.double.work(batch, "d1", who="lina")
    assert [one.state for one in theirs.claims].count("open") == len(mine.claims) - 1
    assert {one.claim.event for one in theirs.claims if one.state != "open"} == {"riot", "siege"}


def test_reviews_have_no_effect_until_they_are_settled(record: Record, batch: int) -> None:
    before = (events(record), [i.id for i in record.incidents()], record.decisions())
    for who in REVIEWERS:
        hand_in(record, batch, who, then=lambda who=who: reject(record, batch, who, ids(record)[0]))
    assert (events(record), [i.id for i in record.incidents()], record.decisions()) == before
    record.settling.settle_agreed(batch, "d1", who="sara")
    assert ids(record)[0] not in events(record)
    (rejected,) = [d for d in record.decisions() if d.verb == "reject"]
    assert (rejected.who, rejected.about) == ("sara", (ids(record)[0],))
    assert all(name in rejected.because for name in REVIEWERS)


def test_what_they_differ_in_is_settled_field_by_field(record: Record, batch: int) -> None:
    claim = ids(record)[0]
    hand_in(record, batch, "lina", then=lambda: correct(record, batch, "lina", claim, event="riot", actors=[]))
    hand_in(record, batch, "omar", then=lambda: correct(record, batch, "omar", claim, event="abduction", actors=[]))
    case = record.settling.case(batch, "d1", who="sara")
    disputed = [pair for pair in case.open if not pair.agreed]
    assert [(pair.key, pair.differing) for pair in disputed] == [(claim, ("event",))]
    with pytest.raises(InputError, match="differ in event"):
        record.settling.settle(batch, "d1", claim, who="sara")
    made = record.settling.settle(
        batch, "d1", claim, chosen={"event": "second"}, who="sara", because="as the text says"
    )
    assert made is not None
    assert (made.verb, made.who) == ("correct", "sara")
    assert made.because == f"double review {batch} (lina, omar): as the text says"
    (now,) = record.reviewed([claim]).values()
    assert (now.claim.event, now.claim.actors) == ("abduction", ())  # the side that both took out is out


def test_a_document_is_settled_when_the_last_of_its_claims_is(record: Record, batch: int) -> None:
    hand_in(record, batch, "lina", then=lambda: reject(record, batch, "lina", ids(record)[0]))
    hand_in(record, batch, "omar")
    (progress,) = record.double.progress()
    assert (progress.both, progress.ready, progress.closed) == (1, ("d1",), frozenset())
    assert record.settling.settle_agreed(batch, "d1", who="sara") == len(ids(record)) - 1
    record.settling.settle(batch, "d1", ids(record)[0], verdict="keep", who="sara")
    (progress,) = record.double.progress()
    assert (progress.ready, progress.closed) == ((), frozenset({"d1"}))
    assert {one.state for one in record.reviewed_in("d1")} == {"accepted"}


def test_a_missed_claim_that_one_or_both_found_is_added_or_left_out(record: Record, batch: int) -> None:
    def add(who: str, trigger: str) -> None:
        record.double.add(batch, "d1", {"event": "siege", "trigger": trigger}, who=who)

    hand_in(record, batch, "lina", then=lambda: (add("lina", "market"), add("lina", "school")))
    hand_in(record, batch, "omar", then=lambda: add("omar", "market"))
    case = record.settling.case(batch, "d1", who="sara")
    both, alone = [pair for pair in case.pairs if pair.read is None]
    assert (both.claim.trigger, both.agreed, alone.claim.trigger, alone.agreed) == ("market", True, "school", False)
    assert record.settling.settle(batch, "d1", alone.key, verdict="reject", who="sara") is None
    made = record.settling.settle(batch, "d1", both.key, who="sara")
    assert made is not None
    assert made.verb == "add"
    assert [one.claim.trigger for one in record.reviewed_in("d1") if one.state == "added"] == ["market"]


def test_a_review_can_be_taken_up_again_and_taken_back_until_it_is_handed_in(record: Record, batch: int) -> None:
    claim = ids(record)[0]
    correct(record, batch, "lina", claim, event="riot")
    record.double.judge(batch, "d1", claim, "retract", who="lina")
    work = record.double.work(batch, "d1", who="lina")
    assert (work.claims[0].state, work.open) == ("open", len(work.claims))
    with pytest.raises(InputError, match="not judged yet"):
        record.double.hand_in(batch, "d1", who="lina")
    hand_in(record, batch, "lina")
    for again in (lambda: reject(record, batch, "lina", claim), lambda: record.double.hand_in(batch, "d1", who="lina")):
        with pytest.raises(InputError, match="handed this review in"):
            again()


def test_an_added_claim_can_be_taken_out_and_no_claim_is_added_twice(record: Record, batch: int) -> None:
    given = {"event": "siege", "trigger": "market"}
    made = record.double.add(batch, "d1", given, who="lina")
    with pytest.raises(InputError, match="already"):
        record.double.add(batch, "d1", given, who="lina")
    record.double.judge(batch, "d1", made, "retract", who="lina")
    assert made not in record.double.work(batch, "d1", who="lina").seen
    assert record.double.add(batch, "d1", given, who="lina") == made


def test_ones_own_work_in_two_windows_is_not_overwritten(record: Record, batch: int) -> None:
    claim = ids(record)[0]
    seen = record.double.work(batch, "d1", who="lina").seen[claim]
    record.double.judge(batch, "d1", claim, "reject", who="lina", seen=seen)
    with pytest.raises(Conflict) as told:
        record.double.judge(batch, "d1", claim, "accept", who="lina", seen=seen)
    assert [decision.verb for decision in told.value.since] == ["reject"]
    record.double.judge(batch, "d1", claim, "accept", who="lina", seen=told.value.now)
    record.double.judge(batch, "d1", claim, "accept", who="omar", seen="0")  # another's work is no conflict


def test_two_adjudicators_at_once_do_not_overwrite_each_other(record: Record, batch: int) -> None:
    claim = ids(record)[0]
    hand_in(record, batch, "lina", then=lambda: reject(record, batch, "lina", claim))
    hand_in(record, batch, "omar")
    seen = record.settling.case(batch, "d1", who="sara").seen[claim]
    record.settling.settle(batch, "d1", claim, verdict="keep", who="sara", seen=seen)
    with pytest.raises(Conflict) as told:
        record.settling.settle(batch, "d1", claim, verdict="reject", who="noor", seen=seen)
    assert [decision.who for decision in told.value.since] == ["sara"]
    assert record.reviewed([claim])[claim].state == "accepted"


def test_a_decision_made_elsewhere_in_between_is_a_conflict(record: Record, batch: int) -> None:
    claim = ids(record)[0]
    hand_in(record, batch, "lina", then=lambda: reject(record, batch, "lina", claim))
    hand_in(record, batch, "omar")
    seen = record.settling.case(batch, "d1", who="sara").seen[claim]
    record.correct(claim, {"event": "riot"}, who="noor")
    with pytest.raises(Conflict):
        record.settling.settle(batch, "d1", claim, verdict="reject", who="sara", seen=seen)
    assert not record.settling.case(batch, "d1", who="sara").settled


def test_who_may_do_what(record: Record, batch: int) -> None:
    with pytest.raises(InputError, match="not given to noor"):
        record.double.work(batch, "d1", who="noor")
    with pytest.raises(InputError, match="not both"):
        record.settling.case(batch, "d1", who="sara")
    hand_in(record, batch, "lina")
    with pytest.raises(InputError, match="not both"):
        record.settling.case(batch, "d1", who="sara")
    hand_in(record, batch, "omar")
    with pytest.raises(InputError, match="somebody else"):
        record.settling.case(batch, "d1", who="lina")
    assert record.settling.case(batch, "d1", who="lina", alone=True).pairs


def test_who_reviews_blindly_is_told_so_until_they_have_handed_in(record: Record, batch: int) -> None:
    assert record.double.blind("d1", "lina") == (batch, 1)
    assert record.double.blind("d1", "sara") is None
    assert record.double.blind("d2", "lina") == (batch, 2)
    hand_in(record, batch, "lina")
    assert record.double.blind("d1", "lina") is None
    assert record.double.blind("d1", "omar") == (batch, 1)


def test_what_cannot_be_assigned(record: Record) -> None:
    for given, reviewers, wrong in (
        (["d1"], ("lina", "lina"), "two different"),
        (["d1"], ("lina", ""), "both reviewers"),
        ([], REVIEWERS, "no document"),
        (["d1", "nothing"], REVIEWERS, "nothing: no document"),
    ):
        with pytest.raises(InputError, match=wrong):
            record.double.assign(given, reviewers, who="sara")
    assert record.double.progress() == []


def test_a_sample_is_the_same_for_the_same_seed_whatever_the_order() -> None:
    listed = [f"d{n}" for n in range(100)]
    drawn = sample(listed, size=10, seed=7)
    assert len(set(drawn)) == 10
    assert sample(reversed(listed), size=10, seed=7) == drawn
    assert sample(listed, size=10, seed=8) != drawn
    assert sorted(sample(listed, size=500, seed=1)) == sorted(listed)


def test_a_document_that_changed_is_settled_as_far_as_its_claims_are_there(record: Record, batch: int) -> None:
    for who in REVIEWERS:
        hand_in(record, batch, who)
    document = Document(id="d1", text=TEXT.replace("Protesters marched in Homs on Wednesday.", ""), lang="en")
    record.add([read(document)])
    case = record.settling.case(batch, "d1", who="sara")
    assert case.gone
    record.settling.settle_agreed(batch, "d1", who="sara")
    (progress,) = record.double.progress()
    assert progress.closed == {"d1"}
    assert case.gone.isdisjoint(d.about[0] for d in record.decisions())


def test_agreement_is_of_what_was_handed_in_by_both(record: Record, batch: int) -> None:
    assert record.settling.agreement([batch]).fields["event"].alpha_undefined == "nothing"
    hand_in(record, batch, "lina", then=lambda: correct(record, batch, "lina", ids(record)[0], event="riot"))
    assert record.settling.agreement([batch]).claims == 0
    hand_in(
        record,
        batch,
        "omar",
        then=lambda: record.double.add(batch, "d1", {"event": "siege", "trigger": "market"}, who="omar"),
    )
    hand_in(record, batch, "omar", document="d2")
    found = record.settling.agreement([batch])
    many = len(ids(record))
    assert (found.documents, found.claims) == (1, many + 1)
    assert found.fields["event"].units == found.fields["verdict"].units == many
    assert found.fields["event"].percent == pytest.approx((many - 1) / many)
    assert (found.added_by_both, found.added_by_one, found.added) == (0, 1, 0)
    record.settling.settle_agreed(batch, "d1", who="sara")
    assert record.settling.agreement([batch]).fields == found.fields  # what was settled is not what they agreed on


def test_the_ledger_tells_of_assignments_and_of_what_was_handed_in(tmp_path) -> None:
    path = str(tmp_path / "marsad.db")
    with Record.create(path) as record:
        record.add([read(Document(id="d1", text="A bomb exploded in Aleppo on Monday.", lang="en"))])
        batch = record.double.assign(["d1"], REVIEWERS, who="sara").n
        for who in REVIEWERS:
            hand_in(record, batch, who)
        record.settling.settle_agreed(batch, "d1", who="sara")
        assert record.custody.evidence is not None
        told = [(one.kind, one.who) for one in record.custody.evidence.ledger.of_kinds("review", "decision")]
    assert told == [("review", "sara"), ("review", "lina"), ("review", "omar"), ("decision", "sara")]
