"""Two reviews side by side: what both hold is taken, what they differ in must be chosen."""

from dataclasses import replace

import pytest

from marsad.assess.fields import Judged
from marsad.errors import InputError
from marsad.model import Claim, Place
from marsad.record.pairs import Pair, changes, pairs
from tests.assess.made import AIR_FORCE, ARMY, claim, killed

READ = claim("d1", killed(3), actors=(ARMY,), sentence="Three people were killed.")


def pair(first: Judged | None, second: Judged | None, read: Claim | None = READ) -> Pair:
    return Pair(key=READ.id, read=read, sides=(first, second))


def accepted(claim: Claim = READ) -> Judged:
    return Judged("accepted" if claim == READ else "corrected", claim)


def added(n: int, start: int, event: str = "attack") -> Judged:
    return Judged("added", replace(claim("d1", event=event, n=n), trigger_span=(start, start + 5)))


REJECTED = Judged("rejected", READ)
PROTEST = replace(READ, event="protest")
FOUR = replace(READ, quantities=(killed(4),))


def test_where_both_agree_there_is_nothing_to_choose():
    assert pair(accepted(), accepted()).agreed
    assert pair(accepted(), accepted()).settled("", {}) == READ
    assert pair(accepted(PROTEST), accepted(PROTEST)).settled("", {}) == PROTEST
    assert pair(REJECTED, REJECTED).agreed
    assert pair(REJECTED, REJECTED).settled("", {}) is None


def test_each_field_in_which_they_differ_is_chosen_and_no_other():
    found = pair(accepted(PROTEST), accepted(replace(FOUR, actors=(AIR_FORCE,))))
    assert found.differing == ("event", "actors", "quantities")
    with pytest.raises(InputError, match="event, quantities"):
        found.settled("", {"actors": "first"})
    settled = found.settled("", {"event": "second", "actors": "second", "quantities": "first"})
    assert settled == replace(READ, actors=(AIR_FORCE,))
    assert found.settled("", {"event": "read", "actors": "read", "quantities": "read"}) == READ


def test_what_both_correct_alike_is_taken_beside_what_is_chosen():
    found = pair(accepted(PROTEST), accepted(replace(FOUR, event="protest")))
    assert found.differing == ("quantities",)
    assert found.settled("", {"quantities": "second"}) == replace(FOUR, event="protest")


def test_over_the_verdict_one_is_chosen_and_then_the_fields_of_the_one_who_keeps_it():
    found = pair(REJECTED, accepted(PROTEST))
    assert (found.verdict, found.differing) == ("", ())
    with pytest.raises(InputError, match="whether the claim holds"):
        found.settled("", {})
    assert found.settled("keep", {}) == PROTEST
    assert found.settled("reject", {}) is None


def test_nobody_can_keep_what_both_reject():
    with pytest.raises(InputError, match="both reviewers reject"):
        pair(REJECTED, REJECTED).settled("keep", {})


def test_of_two_that_mean_the_same_what_the_program_read_goes_first():
    read = replace(READ, place=Place(name="Idlib", text="Idlib", lat=35.93, lon=36.63, country="SY", precision=1))
    moved = replace(read, place=Place(name="Idlib", text="Idlib", lat=35.931, lon=36.63, country="SY", precision=1))
    assert pair(Judged("corrected", moved), Judged("accepted", read), read).settled("", {}) == read


def test_claims_that_both_added_for_the_same_words_are_one():
    found = pairs([READ], [accepted(), added(1, 50), added(2, 10)], [REJECTED, added(3, 52), added(4, 90)])
    assert [(one.key, [side and side.claim.id for side in one.sides]) for one in found] == [
        ("d1-0", ["d1-0", "d1-0"]),
        ("d1-2", ["d1-2", None]),
        ("d1-1", ["d1-1", "d1-3"]),
        ("d1-4", [None, "d1-4"]),
    ]
    assert [one.verdict for one in found] == ["", "", "keep", ""]


def test_of_several_added_for_the_same_words_those_of_one_event_go_together():
    first = [added(1, 10, "attack"), added(2, 10, "arrests")]
    second = [added(3, 10, "arrests"), added(4, 10, "attack")]
    told = {one.key: one.sides[1].claim.id for one in pairs([], first, second) if one.sides[1]}
    assert told == {"d1-1": "d1-4", "d1-2": "d1-3"}


def test_changes_are_whole_fields_with_their_places():
    goal = replace(READ, event="protest", trigger="killed", trigger_span=(18, 24))
    assert changes(goal, READ) == {"event": "protest", "trigger": "killed", "trigger_span": (18, 24)}
    assert changes(READ, READ) == {}
