"""Of a withheld document no word and no source can be read or found, by whatever way one asks."""

from dataclasses import replace

import httpx
import pytest

from marsad.model import Party, Speaker
from marsad.store.incidents import Filter
from tests.record.test_lists import MOSUL, reading
from tests.server.running import Workbench

SECRET = "Zarqun"


@pytest.fixture
def told(own: Workbench) -> tuple[Workbench, httpx.Client, str]:
    """A workbench, a client, and the incident that a withheld document alone tells of."""
    said = reading(
        "secret",
        source=f"{SECRET} Agency",
        evidence=(f"Aircraft struck a market in {SECRET}.",),
        evidence_spans=((0, 10),),
        place=replace(MOSUL, name=f"{SECRET} market", text=f"market of {SECRET}"),
        actors=(Party(name=f"{SECRET} brigade", texts=(f"brigade of {SECRET}",)),),
        attribution=(Speaker(text=f"{SECRET} witness", name=f"{SECRET} witness", anonymous=False),),
    )
    said.document = replace(said.document, title=f"News of {SECRET}", text=f"Strike on {SECRET}. {said.document.text}")
    own.record.add([said])
    (incident,) = own.record.incidents(Filter(text=SECRET))
    evidence = own.record.custody.evidence
    assert evidence
    client = own.client("editor")
    assert SECRET in client.get(f"/incidents/{incident.id}").text
    evidence.withhold_document("secret", who="tester", why="the witness is in danger")
    return own, client, incident.id


def test_no_word_of_it_is_shown(told: tuple[Workbench, httpx.Client, str]) -> None:
    own, client, incident = told
    one = f"/incidents/{incident}", f"/api/incidents/{incident}", f"/api/incidents/{incident}/claims"
    lists = "/incidents?limit=500", "/api/incidents?limit=500", "/api/claims?limit=500", "/api/documents?limit=500"
    files = "/export/incidents.jsonl", "/export/incidents.csv", "/export/incidents.geojson", "/map/points"
    for path in (*one, *lists, *files, "/api/sources", "/sources", "/inbox", "/documents", "/timeline", "/review"):
        found = client.get(path, follow_redirects=True)
        assert found.status_code == 200, path
        at = found.text.find(SECRET)
        assert at < 0, (path, found.text[max(0, at - 300) : at + 50])
    assert SECRET not in repr(own.record.incident(incident))
    assert SECRET not in repr([own.record.lists.facets(), own.record.lists.timeline(split="actor", most=100)])


def test_its_words_and_its_source_find_nothing(told: tuple[Workbench, httpx.Client, str]) -> None:
    own, client, incident = told
    source = f"{SECRET} Agency"
    for path in ("incidents", "claims", "documents"):
        assert client.get(f"/api/{path}", params={"text": SECRET}).json()["total"] == 0, path
    for path in ("claims", "documents"):
        assert client.get(f"/api/{path}", params={"source": source}).json()["total"] == 0, path
    for path in ("incidents", "inbox", "documents"):
        found = client.get(f"/{path}", params={"text": SECRET, "state": ""}, follow_redirects=True)
        assert "secret" not in found.text.replace(f"text={SECRET}", ""), path
        assert incident not in found.text, path
    assert client.get("/api/search", params={"q": SECRET}).json() == []
    assert incident not in client.get("/search", params={"q": SECRET}).text
    assert not list(own.record.incidents(Filter(text=SECRET)))
    assert own.record.lists.incidents(Filter(actor=SECRET)).total == 0
    assert own.record.lists.timeline(Filter(text=SECRET)).starts == ()
    assert not any(own.record.lists.facets(Filter(text=SECRET)).values())
    assert source not in {one.source for one in own.record.lists.sources()}
