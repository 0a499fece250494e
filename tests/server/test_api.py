"""The API: what it gives, and that no request makes it fail."""

import re
from contextlib import suppress
from html import unescape
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error

from marsad.export.incidents.record import record as incident_record
from tests.server.claims import HOSTILE, OTHER, add
from tests.server.running import Workbench

SHORT = settings(
    max_examples=12,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    deadline=None,
    database=None,
)


def test_it_describes_itself_to_who_is_signed_in(nobody: httpx.Client, viewer: httpx.Client) -> None:
    assert nobody.get("/api/openapi.json").status_code == 401
    paths = viewer.get("/api/openapi.json").json()["paths"]
    assert all(path.startswith("/api/") for path in paths)
    assert len(paths) >= 13


def test_incidents_are_listed_and_each_is_the_one_of_the_record(workbench: Workbench, viewer: httpx.Client) -> None:
    found = viewer.get("/api/incidents", params={"country": "سوريا", "limit": 3}).json()
    assert 0 < len(found["rows"]) <= 3 <= found["total"]
    assert {row["country"] for row in found["rows"]} == {"SY"}
    one = viewer.get(f"/api/incidents/{found['rows'][0]['id']}").json()
    record = incident_record(workbench.record.incident(one["id"]))
    assert set(one) == set(record)
    assert one["title"] == record["title"]
    claims = viewer.get(f"/api/incidents/{one['id']}/claims").json()
    assert {claim["id"] for claim in claims} == {claim["id"] for claim in one["claims"]}


def test_claims_and_documents_are_listed_and_given(viewer: httpx.Client) -> None:
    row = viewer.get("/api/claims", params={"limit": 1}).json()["rows"][0]
    claim = viewer.get(f"/api/claims/{row['claim']}").json()
    assert claim["document"] == row["document"]
    document = viewer.get(f"/api/documents/{row['document']}").json()
    start, end = claim["trigger_span"]
    assert document["text"][start:end] == claim["trigger"]
    assert viewer.get("/api/documents", params={"lang": "ar"}).json()["total"] > 3


def test_points_timeline_totals_sources_and_search(viewer: httpx.Client) -> None:
    points = viewer.get("/api/points").json()
    assert len(points["ids"]) == len(points["lat"]) == len(points["radius_km"]) > 3
    timeline = viewer.get("/api/timeline", params={"by": "year", "split": "event"}).json()
    assert timeline["starts"]
    assert viewer.get("/api/sources").json()[0]["source"] == "Marsad sample"
    assert viewer.get("/api/search", params={"q": "مستشفى"}).json()
    assert viewer.get("/api/totals").json()["total"] >= 0
    assert viewer.get("/api/statements").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["country=nowhere", "from=x", "to=2020-01-01&from=2021-01-01", "km=5", "near=0,0&km=nan", "grade=best",
     "event=none", "text=%22%22", "limit=0", "limit=501", "offset=-1", "order=random"],
)  # fmt: skip
def test_a_filter_that_cannot_be_used_is_told(viewer: httpx.Client, query: str) -> None:
    found = viewer.get(f"/api/incidents?{query}")
    assert found.status_code == 422
    assert found.json()["detail"]


def test_what_is_withheld_is_given_nowhere(own: Workbench) -> None:
    client = own.client("viewer")
    row = client.get("/api/claims", params={"limit": 1}).json()["rows"][0]
    document = client.get(f"/api/documents/{row['document']}").json()
    assert own.record.custody.evidence
    own.record.custody.evidence.withhold_document(document["id"], who="tester", why="the witness is in danger")
    words = document["text"][:60], document["title"]
    held = f"/api/documents/{document['id']}", f"/api/claims/{row['claim']}", f"/api/incidents/{row['incident']}/claims"
    lists = "/api/claims?limit=500", "/api/documents?limit=500", f"/api/search?q={document['title']}"
    files = "/export/incidents.jsonl", "/export/incidents.csv", "/export/incidents.geojson"
    for path in (*held, *lists, *files):
        found = client.get(path).text
        assert not any(said in found for said in words), path
    assert row["evidence"] not in client.get(held[1]).text


def test_what_is_withheld_is_on_no_page(own: Workbench) -> None:
    client = own.client("editor")
    row = client.get("/api/claims", params={"limit": 1}).json()["rows"][0]
    document = client.get(f"/api/documents/{row['document']}").json()
    assert own.record.custody.evidence
    own.record.custody.evidence.withhold_document(document["id"], who="tester", why="the witness is in danger")
    said = [" ".join(words.split()) for words in (document["text"][:60], row["evidence"], document["title"])]
    names = "inbox", "documents", "incidents", "map", "timeline", "totals", "sources", "search?q=market", "review"
    one = f"documents/{document['id']}", f"claims/{row['claim']}", f"incidents/{row['incident']}"
    for path in (*names, *one, "map/points", "map/statements"):
        found = client.get(f"/{path}", follow_redirects=True)
        assert found.status_code in (200, 404), path
        told = " ".join(unescape(re.sub(r"<[^>]*>", "", found.text)).split())
        assert not [words for words in said if words in told], path


def test_private_names_and_numbers_are_given_to_no_program(own: Workbench) -> None:
    add(own.record, HOSTILE, OTHER)
    client = own.client("admin")
    rows = client.get("/api/claims", params={"limit": 500}).json()["rows"]
    mine = [row for row in rows if row["document"] in (HOSTILE.id, OTHER.id)]
    ids = {row["incident"] for row in mine if row["incident"]}
    assert len(mine) > 2
    assert ids
    lists = ["/api/claims?limit=500", "/api/documents?limit=500", "/api/search?q=Aleppo", "/api/search?q=غارة"]
    lists += ["/api/search?q=Yyyyyy", "/api/statements"]
    ones = [f"/api/documents/{quote(one.id)}" for one in (HOSTILE, OTHER)]
    ones += [f"/api/claims/{row['claim']}" for row in mine]
    ones += [path for id in ids for path in (f"/api/incidents/{id}", f"/api/incidents/{id}/claims")]
    for path in (*lists, *ones):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not [said for said in ("Yyyyyy", "0555 000", "صصصص", "٠٩٥٥٠") if said in answer.text], path
    document = client.get(ones[0]).json()
    assert len(document["text"]) == len(HOSTILE.text)
    assert "resident ●●●●●●●●●●● said" in document["text"]
    for row in mine:
        claim = client.get(f"/api/claims/{row['claim']}").json()
        text = client.get(f"/api/documents/{quote(row['document'])}").json()["text"]
        for said, span in zip(claim["evidence"], claim["evidence_spans"], strict=True):
            assert text[slice(*span)] == said


# Files to take along


@pytest.mark.parametrize(("form", "start"), [("csv", '"id"'), ("jsonl", '{"id"'), ("geojson", "{")])
def test_the_list_is_taken_along_by_its_filter_and_entered_in_the_ledger(own: Workbench, form: str, start: str) -> None:
    client = own.client("viewer")
    found = client.get(f"/export/incidents.{form}", params={"country": "SY"})
    assert found.status_code == 200
    assert found.headers["content-disposition"].endswith(f'.{form}"')
    assert found.text.startswith(start)
    wanted = client.get("/api/incidents", params={"country": "SY"}).json()
    assert all(row["id"] in found.text for row in wanted["rows"])
    evidence = own.record.custody.evidence
    assert evidence
    entry = list(evidence.entries())[-1]
    assert (entry.kind, entry.who, entry.what["count"]) == ("export", "Demo viewer", wanted["total"])


@pytest.mark.parametrize("path", ["/export/incidents.table", "/export/incidents.exe"])
def test_a_form_that_is_not_given_is_not_there(viewer: httpx.Client, path: str) -> None:
    assert viewer.get(path).status_code == 404


def test_a_file_is_not_made_of_a_filter_that_cannot_be_used(viewer: httpx.Client) -> None:
    assert viewer.get("/export/incidents.csv", params={"country": "nowhere"}).status_code == 422


# Whatever is sent


@pytest.fixture(scope="module")
def schema(workbench: Workbench) -> Any:
    return schemathesis.openapi.from_dict(workbench.app.openapi())


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("role", [None, "editor"])
def test_no_request_makes_it_fail(workbench: Workbench, schema: Any, role: str | None, mode: GenerationMode) -> None:
    """Requests made from the description, as it says and otherwise, by Schemathesis: none is met by a fault of ours."""
    client = workbench.client(role)
    sent: list[int] = []
    for result in schema.get_all_operations():

        @settings(SHORT)
        @given(case=result.ok().as_strategy(generation_mode=mode))
        def send(case: Any) -> None:
            answer = case.call(base_url=workbench.url, headers=dict(client.headers), cookies=dict(client.cookies))
            case.validate_response(answer, checks=[not_a_server_error])
            sent.append(answer.status_code)

        with suppress(Unsatisfiable):  # nothing can be asked wrongly of what takes no values
            send()
    assert len(sent) > 50
    if role is None:  # 400: what the door turns away whoever asks, such as a NUL in the address
        assert {401} <= set(sent) <= {400, 401}
    else:
        assert 200 in sent
