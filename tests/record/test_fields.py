"""What a person may give the fields of a claim, and what is said where it cannot be so."""

from datetime import date

import pytest

from marsad.errors import InputError
from marsad.export.record import encode, parse
from marsad.geocode.precision import table
from marsad.link.events import families
from marsad.model import Document
from marsad.pipeline import read_document
from marsad.record.fields import FIELDS, checked, codes
from tests.record.test_record import readings

TEXT = "قصفت طائرات سوقا في بلدة سراقب يوم الخميس. وقتل خمسة مدنيين، وقال طبيب إن طائرات عادت ليلا."
PAPER = Document(id="d", text=TEXT, lang="ar", published=date(2019, 6, 21), source="Paper")


def span(words: str, *, nth: int = 0) -> list[int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def test_the_codes_are_those_of_the_codebook_and_of_what_the_program_gives() -> None:
    assert codes("event") == tuple(families())
    assert {one.accuracy for one in table().values()} <= set(codes("place.accuracy"))
    assert codes("no such field") == ()
    for reading in readings():
        for claim in reading.claims:
            assert claim.factuality in codes("factuality")
            assert claim.scope in codes("scope")
            assert {q.of for q in claim.quantities} <= set(codes("quantities.of"))
            assert {q.whom for q in claim.quantities if q.whom} <= set(codes("quantities.whom"))
            assert {p.kind for p in claim.actors + claim.targets if p.kind} <= set(codes("party.kind"))


@pytest.mark.parametrize("number", range(len(readings())))
def test_whatever_the_program_reads_passes_and_stays_as_it_is(number: int) -> None:
    reading = readings()[number]
    for claim in reading.claims:
        given = {name: getattr(claim, name) for name in FIELDS}
        found = checked(reading.document, given)
        assert parse(encode({"id": claim.id, "document": claim.document, **found})) == claim


def test_words_bring_their_places_and_places_their_words() -> None:
    found = checked(PAPER, {"trigger": "قصفت", "evidence_spans": [span(TEXT.split(". ")[1])]})
    assert found["trigger_span"] == span("قصفت")
    assert found["evidence"] == [TEXT.split(". ")[1]]
    one = {"text": "خمسة مدنيين", "of": "killed", "whom": "civilians", "low": 5, "high": 5}
    assert checked(PAPER, {"quantities": [one]})["quantities"] == [{**one, "span": span("خمسة مدنيين")}]
    assert checked(PAPER, {"attribution": [{"text": "طبيب", "anonymous": True}]})["attribution"] == [
        {"text": "طبيب", "name": "طبيب", "anonymous": True, "span": span("طبيب")}
    ]


def test_words_that_stand_twice_are_sought_in_the_evidence() -> None:
    with pytest.raises(InputError, match="stands at 2 places in the document; give its span"):
        checked(PAPER, {"actors": [{"texts": ["طائرات"]}]})
    near = [(0, TEXT.index("."))]
    (party,) = checked(PAPER, {"actors": [{"texts": ["طائرات"]}]}, near=near)["actors"]
    assert party["spans"] == [span("طائرات")]
    (party,) = checked(PAPER, {"actors": [{"spans": [span("طائرات", nth=1)]}]})["actors"]
    assert (party["texts"], party["name"]) == (["طائرات"], "طائرات")


def test_the_lexicon_the_gazetteer_and_the_calendar_fill_in_what_they_know() -> None:
    (actor,) = checked(PAPER, {"actors": [{"spans": [span("طائرات")], "actor_id": "syrian-air-force"}]})["actors"]
    assert (actor["name"], actor["kind"], actor["country"]) == ("Syrian air force", "1", "SY")
    (read,) = read_document(PAPER)[:1]
    assert read.place is not None
    given = {"text": "سراقب", "gazetteer_id": read.place.gazetteer_id}
    place = checked(PAPER, {"place": given})["place"]
    assert (place["name"], place["lat"], place["country"], place["precision"]) == ("Saraqib", read.place.lat, "SY", 1)
    time = checked(PAPER, {"time": {"start": "2019-06-01", "end": "2019-06-30"}})["time"]
    assert (time["date_precision"], time["time_precision"], time["text"]) == (4, 3, "")
    assert checked(PAPER, {"time": {"start": "2019-06-01"}})["time"]["end"] == "2019-06-01"
    assert checked(PAPER, {"time": None, "place": None}) == {"time": None, "place": None}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "no field was given"),
        ({"why": {}}, "why: not a field of a claim that can be corrected"),
        ({"event": 7}, r"event: expected `str`, got `int`"),
        ({"factuality": "certain"}, "factuality: 'certain' is none of its codes; give one of asserted, denied"),
        ({"scope": None}, "scope: expected `str`"),
        ({"trigger": ""}, "trigger: give the words"),
        ({"trigger_span": [5, 5]}, "trigger: 5 to 5 is no place in a text of"),
        ({"trigger_span": [5, 999]}, "trigger: 5 to 999"),
        ({"trigger_span": [-1, 4]}, "trigger_span"),
        ({"trigger": "طائرات", "trigger_span": [0, 4]}, "trigger: at 0 to 4 the document says «قصفت»"),
        ({"evidence": []}, "no claim without evidence"),
        ({"evidence": ["قصفت"], "evidence_spans": [[0, 4], [5, 9]]}, "1 sentences but 2 spans"),
        ({"actors": [{"name": "someone"}]}, r"actors\[0\]: give at least one wording"),
        ({"actors": [{"texts": ["قصفت"], "actor_id": "nobody"}]}, r"actors\[0\].actor_id: 'nobody' is not in"),
        ({"actors": [{"texts": ["قصفت"], "kind": "9"}]}, r"actors\[0\].kind: '9' is none"),
        ({"targets": [{"texts": ["قصفت"], "country": "Syria"}]}, "no country; give two capital letters"),
        ({"targets": [{"texts": ["قصفت"], "colour": "red"}]}, r"targets\[0\]: object contains unknown field"),
        ({"targets": "people"}, "targets: expected `array`"),
        ({"place": {"name": "X"}}, "place.precision: say how exact"),
        ({"place": {"precision": 1}}, "place.name: give the place's name"),
        ({"place": {"name": "X", "precision": 8}}, "place.precision: expected `int` <= 7"),
        ({"place": {"name": "X", "precision": 1, "lat": 91.0, "lon": 0.0}}, "place.lat: expected `float` <= 90"),
        ({"place": {"name": "X", "precision": 1, "lat": float("nan"), "lon": 0.0}}, "place.lat: "),
        ({"place": {"name": "X", "precision": 1, "lat": 1.0}}, "place: give both lat and lon"),
        ({"place": {"name": "X", "precision": 1, "accuracy": "perfect"}}, "place.accuracy: 'perfect'"),
        ({"place": {"name": "X", "precision": 1, "gazetteer_id": "none:such"}}, "the gazetteer has no place"),
        ({"place": {}}, "place.name"),
        ({"time": {}}, "time: object missing required field `start`"),
        ({"time": {"start": "2019-02-30"}}, "time.start: invalid"),
        ({"time": {"start": "2019-02-03", "end": "2019-02-01"}}, "time: it ends on 2019-02-01, before"),
        ({"quantities": [{"of": "hurt"}]}, r"quantities\[0\].of: 'hurt' is none of its codes"),
        ({"quantities": [{"of": "killed", "whom": "men"}]}, r"quantities\[0\].whom: 'men'"),
        ({"quantities": [{"of": "killed", "low": 5, "high": 4}]}, "its highest number, 4, is below its lowest, 5"),
        ({"quantities": [{"of": "killed", "low": -1}]}, r"quantities\[0\].low: expected `int` >= 0"),
        ({"quantities": [{"of": "killed", "low": 10**12}]}, "low: expected `int` <= 1000000000"),
        ({"quantities": [{"of": "killed", "low": True}]}, "low: expected `int"),
        ({"attribution": [{"name": "X"}]}, r"attribution\[0\].text: give the words"),
        ({"place": {"name": "a\0b", "precision": 1}}, "place: it holds a NUL"),
        ({"place": {"name": "\ud800", "precision": 1}}, "place: "),
        ({"place": {"name": "x" * 5000, "precision": 1}}, "place.name: expected `str` of length <= 2000"),
    ],
)  # fmt: skip
def test_what_cannot_be_names_its_field(given: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        checked(PAPER, given)
