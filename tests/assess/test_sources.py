"""The register of people's codes, and what the record shows of each source."""

from typing import Literal

import pytest

from marsad.assess import Register, assess, statistics
from marsad.errors import InputError
from marsad.model import Case, Decision, Incident
from tests.assess.made import case, claim, killed, report


def decision(
    seq: int, verb: Literal["source", "credibility", "grade"], about: str, value: str, *, undone: bool = False
) -> Decision:
    at = "2016-05-01T00:00:00Z"
    return Decision(seq=seq, at=at, who="salma", verb=verb, about=(about,), value=value, undone=undone)


def incident(made: Case) -> Incident:
    return Incident(case=made, assessment=assess(made, Register()), title_en="", title_ar="")


def test_the_last_decision_stands() -> None:
    found = Register.of(
        [
            decision(4, "credibility", "c1", "2"),
            decision(2, "source", "Wire", "B"),
            decision(3, "source", "Wire", "E", undone=True),
            decision(1, "source", "Wire", "C"),
            decision(5, "source", "Daily", "D"),
            decision(6, "source", "Daily", ""),
            decision(7, "grade", "i1", "fair"),
        ]
    )
    assert dict(found.sources) == {"Wire": "B"}
    assert dict(found.claims) == {"c1": "2"}
    assert not found.empty
    assert Register().empty


def test_codes_that_are_none_are_refused_with_the_list() -> None:
    with pytest.raises(InputError, match=r"'G' is no reliability of a source; give one of A \(completely reliable\)"):
        Register.of([decision(1, "source", "Wire", "G")])
    with pytest.raises(InputError, match=r"'A' is no credibility of a claim; give one of 1 \(confirmed"):
        Register.of([decision(1, "credibility", "c1", "A")])


def test_what_the_record_shows_of_each_source() -> None:
    first = case(
        report(claim("d1", killed(10)), day=1, source="Wire", lineage="w"),
        report(claim("d2", killed(10)), day=2, source="Daily", lineage="w"),
        report(claim("d3", killed(11)), day=2, source="Herald"),
    )
    second = case(
        *(report(claim(f"e{n}", killed(10)), day=3, source=f"Paper {n}") for n in range(4)),
        report(claim("e9", killed(300)), day=3, source="Daily"),
    )
    incidents = [incident(first), incident(second)]
    found = {s.source: s for s in statistics(incidents, Register(sources={"Daily": "C"}))}
    assert (found["Wire"].documents, found["Wire"].incidents, found["Wire"].first, found["Wire"].repeats) == (
        1,
        1,
        1,
        0,
    )
    daily = found["Daily"]
    assert (daily.documents, daily.incidents, daily.first, daily.repeats, daily.contradicted) == (2, 2, 0, 1, 1)
    assert daily.reliability == "C"
    assert found["Herald"].reliability is None
    assert statistics(reversed(incidents), Register()) == statistics(incidents, Register())


def test_a_code_that_a_person_gave_does_not_show_in_the_statistics() -> None:
    made = case(*(report(claim(f"e{n}", killed(10)), source=f"Paper {n}") for n in range(2)))
    register = Register(sources={"Paper 0": "E"})
    one = Incident(case=made, assessment=assess(made, register), title_en="", title_ar="")
    assert [s.contradicted for s in statistics([one], register)] == [0, 0]
