"""The claim record and its JSON formats."""

import io
import json
from datetime import date

import pytest

from marsad.export.base import exporters
from marsad.export.record import encode, parse, record
from marsad.model import Claim, Document, Period, Place
from marsad.pipeline import read_document
from tests.support import ROOT

TEXT = "قتل ثلاثة مدنيين على الأقل أمس في غارة شنها الطيران السوري على إدلب بحسب مصدر طبي."
DOCUMENT = Document(id="d", text=TEXT, lang="ar", published=date(2016, 6, 21), title="t")


def written(form: str, *documents: Document, explain: bool = False) -> str:
    stream = io.StringIO()
    writer = exporters()[form].open_writer(stream, explain=explain, colour=False)
    for document in documents:
        writer.write(document, read_document(document, explain=explain))
    writer.close()
    return stream.getvalue()


def test_formats_are_found() -> None:
    assert list(exporters()) == ["json", "jsonl", "table"]


def test_the_keys_and_their_order() -> None:
    (claim,) = read_document(DOCUMENT)
    assert list(record(claim)) == [
        *("document", "id", "event", "factuality", "scope", "trigger", "trigger_span", "actors", "targets"),
        *("place", "destination", "time", "quantities", "attribution", "evidence", "evidence_spans"),
    ]


def test_every_key_is_documented() -> None:
    page = (ROOT / "docs" / "claim-record.md").read_text(encoding="utf-8")
    found = json.loads(encode(record(read_document(DOCUMENT)[0], explain=True)))
    parts = [found, found["actors"][0], found["place"], found["time"], found["quantities"][0], found["attribution"][0]]
    assert [key for part in parts for key in part if f"`{key}`" not in page] == []


def test_jsonl_is_one_record_a_line_and_reads_back() -> None:
    lines = written("jsonl", DOCUMENT, Document(id="e", text="لا شيء هنا", lang="ar")).splitlines()
    assert len(lines) == 1
    assert [parse(lines[0])] == read_document(DOCUMENT)
    found = json.loads(lines[0])
    assert found["time"]["start"] == "2016-06-20"
    assert DOCUMENT.text[slice(*found["trigger_span"])] == found["trigger"]
    assert "غارة" in lines[0]
    assert "why" not in found


def test_explain_adds_why() -> None:
    why = json.loads(written("jsonl", DOCUMENT, explain=True))["why"]
    assert {"event", "factuality", "actors", "targets", "place", "time", "quantities", "attribution"} <= set(why)
    assert why["event"].startswith("events.tsv:")


@pytest.mark.parametrize("number", [0, 1, 3])
def test_json_is_a_list_of_documents(number: int) -> None:
    found = json.loads(written("json", *[DOCUMENT] * number))
    assert len(found) == number
    for item in found:
        assert list(item) == ["id", "lang", "published", "title", "source", "text", "claims"]
        assert item["published"] == "2016-06-21"
        assert item["claims"][0]["trigger"] == "غارة"


def test_open_bounds_and_points_are_null() -> None:
    place = Place(name="x", text="x", lat=None, lon=None, country=None, precision=5)
    time = Period(text="", start=date(1, 1, 1), end=date(9999, 12, 31))
    claim = Claim(
        id="i",
        document="d",
        event="attack",
        factuality="possible",
        scope="single",
        trigger="t",
        trigger_span=(0, 1),
        place=place,
        time=time,
    )
    found = json.loads(encode(record(claim)))
    assert (found["place"]["lat"], found["destination"], found["time"]["start"]) == (None, None, "0001-01-01")
    assert parse(encode(record(claim))) == claim
