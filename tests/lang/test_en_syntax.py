"""English syntax: readings of a word, phrases, who did what to whom; and the lexicons' own examples."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from marsad.extract.analyse import analyse
from marsad.extract.events import ABSTRACT, EVENTS, rules
from marsad.lang.base import PlaceSpan, Predicate
from marsad.lang.base import Sentence as Analysed
from marsad.lang.en.inflect import noun_forms, verb_forms
from marsad.model import Document
from marsad.pipeline import read_document
from marsad.tables import read

EVENT_ROWS = read("lang/en/data/events.tsv", columns=("word", "pos", "event", "frame", "example"))
TRAP_ROWS = read("lang/en/data/traps.tsv", columns=("word", "kills", "scope", "example"))


def _nowhere(words: Sequence[str], lang: str, **kwargs: Any) -> Sequence[PlaceSpan]:
    del words, lang, kwargs
    return []


def _sentence(text: str) -> Analysed:
    document = Document(id="t", text=text, lang="en", published=date(2020, 5, 1), title="")
    return analyse(document, "en", _nowhere).sentences[0]


def _predicate(sentence: Analysed, word: str) -> Predicate:
    return next(p for p in sentence.predicates if word in sentence.words[p.start : p.end])


def _words(sentence: Analysed, phrases: Sequence[Any]) -> list[str]:
    return [" ".join(sentence.words[p.start : p.end]) for p in phrases]


def _events(text: str) -> set[str]:
    return {
        c.event for c in read_document(Document(id="t", text=text, lang="en", published=date(2020, 5, 1), title=""))
    }


@pytest.mark.parametrize(
    ("text", "word", "subject", "object_"),
    [
        ("Rebels shelled the village at dawn.", "shelled", ["rebels"], ["village"]),
        ("The village was shelled by rebels.", "shelled", [], ["village"]),
        ("Rebels who shelled the village fled.", "shelled", ["rebels"], ["village"]),
        ("The army stormed the camp and arrested ten men.", "arrested", ["army"], ["ten men"]),
        ("A blast hit the market, killing two traders.", "killing", ["blast"], ["two traders"]),
        ("A clerk accused the militia of shelling the port.", "shelling", ["militia"], ["port"]),
        ("Soldiers and policemen attacked the camp.", "attacked", ["soldiers", "policemen"], ["camp"]),
        ("Gunmen, a witness said, abducted a nurse.", "abducted", ["gunmen"], ["nurse"]),
        ("The town which rebels seized is empty.", "seized", ["rebels"], ["town"]),
    ],
)
def test_subject_and_object(text: str, word: str, subject: list[str], object_: list[str]) -> None:
    sentence = _sentence(text)
    predicate = _predicate(sentence, word)
    assert _words(sentence, predicate.subject) == subject
    assert _words(sentence, predicate.object) == object_


def test_passive_has_an_agent() -> None:
    sentence = _sentence("The bridge was bombed by government warplanes on Monday.")
    predicate = _predicate(sentence, "bombed")
    assert predicate.voice == "passive"
    assert _words(sentence, predicate.agent) == ["government warplanes"]


def test_reduced_relative_is_passive() -> None:
    sentence = _sentence("Ten people wounded in the raid were taken to a clinic.")
    predicate = _predicate(sentence, "wounded")
    assert predicate.voice == "passive"
    assert _words(sentence, predicate.object) == ["ten people"]


def test_light_verb_gives_its_subject_to_the_noun() -> None:
    sentence = _sentence("The army launched an attack on the base.")
    predicate = _predicate(sentence, "attack")
    assert predicate.light is not None
    assert _words(sentence, predicate.subject) == ["army"]
    assert [p.relation for p in predicate.obliques] == ["on"]


@pytest.mark.parametrize(
    ("text", "word", "nominal"),
    [
        ("The rebel attacks went on.", "attacks", True),
        ("Rebels attack the town every night.", "attack", False),
        ("The artillery shelling of the port went on.", "shelling", True),
        ("They were shelling the port.", "shelling", False),
        ("The army wants to raid the camp.", "raid", False),
        ("A raid on the camp failed.", "raid", True),
    ],
)
def test_verb_or_noun(text: str, word: str, nominal: bool) -> None:
    sentence = _sentence(text)
    assert any(p.nominal is nominal and word in sentence.words[p.start : p.end] for p in sentence.predicates)


def test_hyphen_compounds_name_no_party() -> None:
    sentence = _sentence("Jets bombed the rebel-held suburb.")
    held = next(u for u in sentence.units if u.form.norm == "rebel")
    assert held.cat == "A"
    assert held.party is None


def test_headline_in_title_case_is_marked() -> None:
    assert _sentence("Dozens Of Gunmen Killed As Army Storms Northern Camp Near Border").headline
    assert not _sentence("Dozens of gunmen were killed as the Army stormed a camp near the border.").headline


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("shoot [shot shot]", {"shoot", "shoots", "shooting", "shot"}),
        ("storm", {"storm", "storms", "storming", "stormed"}),
        ("control", {"control", "controls", "controlling", "controlled"}),
        ("carry", {"carry", "carries", "carrying", "carried"}),
        ("stage", {"stage", "stages", "staging", "staged"}),
    ],
)
def test_verb_forms(word: str, forms: set[str]) -> None:
    assert set(verb_forms(word)) == forms


def test_noun_forms() -> None:
    assert set(noun_forms("child children")) == {"child", "children"}
    assert set(noun_forms("clash")) == {"clash", "clashes"}


def test_bad_verb_notation() -> None:
    with pytest.raises(ValueError, match="brackets"):
        verb_forms("shoot shot")


def _wanted(cell: str) -> set[str]:
    wanted: set[str] = set()
    for sense in cell.split("/"):
        event = sense.partition("?")[0]
        if event in rules():
            wanted |= {rule.result for rule in rules()[event]} | ({"control"} if event == "capture" else set())
        else:
            wanted |= EVENTS if event in ABSTRACT else {event}
    return wanted


def test_event_examples() -> None:
    missed = []
    for row in EVENT_ROWS:
        got = _events(row["example"])
        if not got or (row["frame"] != "harm" and not got & _wanted(row["event"])):
            missed.append(f"{row.line} {row['word']}: {got} in {row['example']}")
    assert not missed, missed


def test_trap_examples() -> None:
    sprung = [
        f"{row.line} {row['word']}: {row['example']}"
        for row in TRAP_ROWS
        if row["kills"] == "*" and _events(row["example"])
    ]
    assert not sprung, sprung
