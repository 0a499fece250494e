"""The list of incidents, the register of sources, totals and search."""

import html
import re

import httpx
import pytest

from tests.server.pages.story import kunduz
from tests.server.running import Workbench


def test_the_address_chooses_sorts_and_pages(workbench: Workbench, viewer: httpx.Client) -> None:
    told = viewer.get("/incidents", params={"country": "Afghanistan", "from": "2015-10-01", "order": "start"}).text
    assert kunduz(workbench).title_en in told
    assert "Khan Shaykhun" not in told
    assert 'value="Afghanistan"' in told
    days = re.findall(r'<tr data-row>.*?datetime="(\d{4}-\d\d-\d\d)"', told, re.DOTALL)
    assert days == sorted(days)
    page = viewer.get("/incidents", params={"limit": "25", "offset": "25"}).text
    assert "26 to" in page


def test_the_same_filter_goes_to_map_timeline_and_files(viewer: httpx.Client) -> None:
    told = html.unescape(viewer.get("/incidents", params={"near": "قندوز", "km": "20"}).text)
    query = "near=%D9%82%D9%86%D8%AF%D9%88%D8%B2&km=20"
    for address in (
        "/map",
        "/timeline",
        "/export/incidents.csv",
        "/export/incidents.jsonl",
        "/export/incidents.geojson",
    ):
        assert f'href="{address}?{query}"' in told


@pytest.mark.parametrize("query", ["country=Atlantis", "from=x", "near=nowhereville", "km=5", "grade=x", "text=!!!"])
def test_what_cannot_be_used_is_told_at_its_field(viewer: httpx.Client, query: str) -> None:
    answer = viewer.get(f"/incidents?{query}")
    assert answer.status_code == 200
    assert f'id="wrong-{query.partition("=")[0]}"' in answer.text


@pytest.mark.parametrize("query", ["order=x", "offset=-1", "offset=1e9", "limit=7", "order=--start"])
def test_nonsense_in_the_address_does_no_harm(viewer: httpx.Client, query: str) -> None:
    assert viewer.get(f"/incidents?{query}").status_code == 200


def test_none_found_says_so(viewer: httpx.Client) -> None:
    assert "No incident matches" in viewer.get("/incidents?country=SY&from=1999-01-01&to=1999-02-01").text


def test_an_editor_sets_a_code_and_takes_it_back(own: Workbench) -> None:
    editor, viewer = own.client("editor"), own.client("viewer")
    name = own.record.lists.sources()[0].source
    one = {"name": name}
    assert "not judged" in viewer.get("/sources").text
    assert viewer.post("/sources", data=one | {"code": "B"}).status_code == 403
    editor.post("/sources", data=one | {"code": "B", "because": "ten years of work"})
    assert "Usually reliable" in viewer.get("/sources").text
    assert "ten years of work" in viewer.get("/sources/one", params=one).text
    editor.post("/sources/undo", data=one | {"seq": "1"})
    assert "Usually reliable" not in viewer.get("/sources").text
    assert editor.post("/sources", data=one | {"code": "Z"}).status_code == 400


def test_two_who_judge_one_source_see_each_other(own: Workbench) -> None:
    editor = own.client("editor")
    name = own.record.lists.sources()[0].source
    seen = own.record.revision(name)
    first, second = ({"name": name, "code": code, "because": code, "seen": seen} for code in "BE")
    assert editor.post("/sources", data=first).status_code == 303
    answer = editor.post("/sources", data=second)
    assert answer.status_code == 409
    assert own.record.lists.sources()[0].reliability == "B"


def test_a_source_that_is_not_there_is_not_found(viewer: httpx.Client) -> None:
    assert viewer.get("/sources/one", params={"name": "Nobody's paper"}).status_code == 404


def test_totals_stand_beside_their_incidents(workbench: Workbench, viewer: httpx.Client) -> None:
    told = viewer.get("/totals", params={"country": "SD"}).text
    assert "97+" in told
    assert "94+" in told
    total = next(one for one in workbench.record.totals() if one.low == 97)
    page = viewer.get(f"/totals/{total.id}").text
    assert "Kabkabiya" in page
    assert "Who says so" in page
    assert viewer.get("/totals/t000000000000").status_code == 404


def test_search_understands_arabic_and_marks_what_it_found(viewer: httpx.Client) -> None:
    told = viewer.get("/search", params={"q": "مستشفى"}).text
    assert "<mark>المستشفى</mark>" in told
    assert "<mark>المستشفيات</mark>" in told
    assert "Air or drone strike, Kunduz" in told


def test_search_for_nothing_is_told(viewer: httpx.Client) -> None:
    assert "What can be sought" in viewer.get("/search").text
    assert "No document holds" in viewer.get("/search", params={"q": "zzzz"}).text
    assert 'id="wrong-q"' in viewer.get("/search", params={"q": "«»"}).text
