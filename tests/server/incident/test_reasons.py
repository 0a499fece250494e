"""Reasons of the record in the reader's language: each sentence that the program can give has its Arabic."""

import pytest

from marsad.assess.rules import FACTS, grades, strikes
from marsad.link.compare import FIELDS, weights
from marsad.record import Record
from marsad.server.incident.reasons import grounds, joined, tell
from marsad.server.words import words
from tests.server.running import Workbench


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("nobody gives a figure", "لا أحد يذكر عددا"),
        ("what 2 of 3 lineages say last", "آخر ما تقوله 2 من 3 سلالات"),
        ("by the count of 2016-05-02 of the same speaker", "بإحصاء يوم \u20682016-05-02\u2069 للمتحدث نفسه"),
    ],
)
def test_a_sentence_is_told_in_arabic_with_its_numbers(english: str, arabic: str) -> None:
    assert tell(english, "ar").text == arabic
    assert (tell(english, "en").text, tell(english, "en").lang) == (english, "en")


def test_a_sentence_that_nobody_translated_is_told_as_it_is() -> None:
    found = tell("a reason of tomorrow", "ar")
    assert (found.text, found.lang) == ("a reason of tomorrow", "en")


def test_a_join_is_taken_apart() -> None:
    found = joined(
        "with claim ab of doc, of, commas, +10.8 bits: event same +1.2, place same region +2.5, time far -99.0"
    )
    assert (found.claim, found.document, found.bits) == ("ab", "doc, of, commas", 10.8)
    assert [(one.field, one.level, one.bits) for one in found.weights][1] == ("place", "same_region", 2.5)


def test_a_decision_that_joined_is_told_with_who_and_why() -> None:
    found = joined("decision 12 by Rana (merge): the same raid (as told)")
    assert (found.decision, found.who, found.verb, found.because) == (12, "Rana", "merge", "the same raid (as told)")


def test_a_grade_is_told_with_its_facts_or_with_what_it_was_before() -> None:
    assert grounds("two voices (harm 2, armed 1)", rule="corroborated").facts == (("harm", 2), ("armed", 1))
    set_ = grounds("the army (twice) said so (weak by rule single)", rule="person")
    assert (set_.because, set_.before, set_.before_rule) == ("the army (twice) said so", "weak", "single")
    assert grounds("because (no grade by rule)", rule="person").because == "because"


def test_every_field_level_rule_and_fact_has_its_words() -> None:
    wanted = {f"join.{field}" for field in FIELDS}
    wanted |= {f"level.{level.replace(' ', '_')}" for field, level in weights() if field != "join"}
    wanted |= {f"grade_rule.{rule.name}" for rule in grades()} | {
        f"strike_rule.{rule.name}" for rule in strikes().rules
    }
    wanted |= {f"fact.{fact}" for fact in FACTS}
    assert wanted <= words().keys()


def test_every_reason_of_the_samples_has_its_arabic(workbench: Workbench) -> None:
    with Record.open(workbench.db) as record:
        found = list(record.incidents())
    told = [e.rule for one in found for e in one.assessment.estimates]
    told += [f.why for one in found for e in one.assessment.estimates for f in e.figures if f.why]
    assert told
    assert {sentence for sentence in told if tell(sentence, "ar").lang != "ar"} == set()
    assert {joined(why).kind for one in found for why in one.case.reasons.values()} <= {"first", "compared"}
