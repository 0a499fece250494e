"""The inbox and the list of documents: what is least sure first, filters in the address, nothing private shown."""

import re
from urllib.parse import quote

import httpx
import pytest

from marsad.server.pages.inbox import asked
from tests.server.claims import ARABIC, HOSTILE, OTHER, add
from tests.server.running import Workbench


def rows(page: httpx.Response) -> list[str]:
    assert page.status_code == 200, page.text
    return page.text.split("data-row>")[1:]


def test_the_inbox_leads(viewer: httpx.Client) -> None:
    answer = viewer.get("/")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/inbox"


def test_claims_come_with_their_sentence_the_reasons_and_a_link_that_keeps_the_filter(viewer: httpx.Client) -> None:
    found = rows(viewer.get("/inbox?lang=ar&factuality=denied"))
    assert found
    for row in found:
        assert 'lang="ar"' in row
        assert "factuality-denied" in row
        assert '<mark class="part-trigger' in row
        assert re.search(r'href="/documents/[^"]*claim=[^"]*inbox=lang%3Dar%26factuality%3Ddenied', row)


def test_each_filter_narrows_the_list(viewer: httpx.Client) -> None:
    everything = len(rows(viewer.get("/inbox")))
    for query in (
        "event=air_drone_strike",
        "country=Syria",
        "country=سوريا",
        "from=2017-01-01",
        "to=2015-12-31",
        "lang=en",
    ):
        assert 0 < len(rows(viewer.get(f"/inbox?{query}"))) < everything, query
    assert len(rows(viewer.get("/inbox?document=kunduz-2015-10-04"))) == 8
    assert "Nothing to check" in viewer.get("/inbox?state=rejected").text


def test_arabic_is_found_in_another_spelling(viewer: httpx.Client) -> None:
    plain, spelt = (rows(viewer.get(f"/inbox?text={quote(word)}")) for word in ("غارات", "الغاراتِ"))
    assert plain
    assert len(plain) == len(spelt)


@pytest.mark.parametrize(
    ("query", "field"),
    [("country=Nowhereland", "country"), ("from=soon", "from"), ("from=2020-01-02&to=2020-01-01", "to"),
     ("event=party", "event"), ("text=%22", "text")],
)  # fmt: skip
def test_what_cannot_be_used_is_said_at_its_field(viewer: httpx.Client, query: str, field: str) -> None:
    page = viewer.get(f"/inbox?{query}")
    assert page.status_code == 200
    assert f'id="wrong-{field}"' in page.text


def test_a_filter_in_error_asks_for_nothing() -> None:
    made = asked({"lang": "fr", "state": "open", "order": "doubt", "from": "x"})
    assert set(made.errors) == {"lang", "from"}
    assert made.chosen.lang is None
    assert made.chosen.state == "open"
    assert asked({"state": "any"}).chosen.state is None


def test_nothing_private_is_in_the_list_and_graphic_sentences_are_covered(own: Workbench) -> None:
    add(own.record, HOSTILE, OTHER)
    client = own.client("admin")
    for path in ("/inbox?state=any&document=" + quote(HOSTILE.id), "/inbox?document=own-arabic", "/documents"):
        page = client.get(path).text
        assert "Yyyyyy" not in page
        assert "محمد" not in page
        assert "0555" not in page
        assert "<b>Hit" not in page
    assert ARABIC.split()[1] in client.get("/inbox?document=own-arabic").text
    assert '<details class="cover">' in client.get("/inbox?document=own-arabic").text


def test_a_reviewer_decides_in_the_list_what_is_open_and_a_viewer_does_not(own: Workbench) -> None:
    page = own.client("viewer").get("/inbox?document=kunduz-2015-10-04").text
    assert 'class="quick"' not in page
    client = own.client("reviewer")
    first, *_ = re.findall(r'action="/claims/([^/"]+)/accept"', client.get("/inbox?document=kunduz-2015-10-04").text)
    answer = client.post(f"/claims/{first}/reject", data={"back": "document=kunduz-2015-10-04"})
    assert answer.headers["location"] == "/inbox?document=kunduz-2015-10-04"
    assert own.record.reviewed([first])[first].state == "rejected"
    again = client.post(f"/claims/{first}/accept", data={"back": ""})
    assert "done=changed" in again.headers["location"]
    assert own.record.reviewed([first])[first].state == "rejected"
    assert own.client("viewer").post(f"/claims/{first}/accept", data={"back": ""}).status_code == 403


def test_the_way_back_to_the_list_leads_nowhere_else(own: Workbench) -> None:
    client = own.client("reviewer")
    first, *_ = re.findall(r'action="/claims/([^/"]+)/accept"', client.get("/inbox").text)
    answer = client.post(f"/claims/{first}/accept", data={"back": "//elsewhere.example/\r\nX: y"})
    assert answer.headers["location"].startswith("/inbox?")
    assert "X" not in answer.headers


def test_documents_say_how_much_is_open(own: Workbench) -> None:
    client = own.client("reviewer")
    assert "8 of 8 to check" in client.get("/documents?text=Kunduz&lang=en").text
    for one in own.record.reviewed_in("kunduz-2015-10-04"):
        own.record.accept(one.claim.id, who="tests")
    assert "all 8 checked" in client.get("/documents?state=done").text
    assert "kunduz-2015-10-04" not in client.get("/documents?state=open").text
    assert 'id="wrong-text"' in client.get("/documents?text=%22").text
