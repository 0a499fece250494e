"""The reading page: every word escaped, private words out of the page, and each decision of a reviewer kept."""

import re
from html import unescape
from urllib.parse import quote

import httpx

from marsad.model import Document
from marsad.server.reading.touched import touched
from marsad.server.shown import link
from tests.server.claims import HOSTILE, OTHER, add
from tests.server.running import Workbench

KUNDUZ = "kunduz-2015-10-04"


def first(own: Workbench, document: str = KUNDUZ) -> str:
    """The first claim of a document."""
    return own.record.reviewed_in(document)[0].claim.id


def form_of(page: str, action: str) -> dict[str, str]:
    """What a browser would send of a form of the page."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert found, action
    fields = {}
    for tag in re.findall(r"<input[^>]*>", found[1]):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") != "checkbox" or " checked" in tag:
            fields[unescape(attributes["name"])] = unescape(attributes.get("value", ""))
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', found[1], re.DOTALL):
        codes = re.findall(r'<option value="([^"]*)"', options)
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        fields[name] = chosen[0] if chosen else codes[0]
    return fields


def test_injected_markup_stays_text_and_private_words_are_not_in_the_page(own: Workbench) -> None:
    add(own.record, HOSTILE, OTHER)
    for role in ("viewer", "admin"):
        for claim in ("", first(own, HOSTILE.id), first(own, "own-arabic")):
            for document in (HOSTILE.id, "own-arabic"):
                page = own.client(role).get(link("documents", document, claim=claim))
                assert page.status_code == 200
                assert "<script>alert" not in page.text
                assert "<img" not in page.text
                assert "<b>Hit" not in page.text
                assert document == "own-arabic" or "&lt;b&gt;Hit" in page.text
                for word in ("Yyyyyy", "0555", "محمد", "٠٩٥٥"):
                    assert word not in page.text, (role, word)


def test_a_reviewer_sees_personal_data_when_asked_and_the_ledger_says_so(own: Workbench) -> None:
    add(own.record, HOSTILE)
    client, path = own.client("reviewer"), link("documents", HOSTILE.id)
    assert own.client("viewer").post(f"{path}/personal").status_code == 403
    answer = client.post(f"{path}/personal", data={"why": "to ask a witness"})
    assert answer.status_code == 303
    assert "Yyyyyy" in client.get(answer.headers["location"]).text
    assert "Yyyyyy" not in own.client("editor").get(path).text
    assert own.record.custody.evidence is not None
    entry = list(own.record.custody.evidence.ledger.entries())[-1]
    assert (entry.kind, entry.what, entry.why) == ("disclosure", {"document": HOSTILE.id}, "to ask a witness")
    client.post(f"{path}/personal", data={"hide": "1"})
    assert "Yyyyyy" not in client.get(path).text


def test_the_other_language_of_a_report_stands_beside_it(own: Workbench) -> None:
    add(own.record, HOSTILE, OTHER)
    page = own.client("viewer").get(link("documents", HOSTILE.id)).text
    assert "The same report in Arabic" in page
    assert 'href="/documents/own-arabic"' in page


def test_withheld_documents_and_names_are_never_shown(own: Workbench) -> None:
    add(own.record, HOSTILE, OTHER)
    evidence = own.record.custody.evidence
    assert evidence is not None
    evidence.withhold_name("وزارة الدفاع", who="tests", why="asked for")
    evidence.withhold_document(KUNDUZ, who="tests", why="asked for")
    client = own.client("admin")
    claim = own.record.reviewed_in("own-arabic")[-1].claim.id
    client.post("/documents/own-arabic/personal")
    assert "وزارة الدفاع" not in client.get(link("documents", "own-arabic", claim=claim)).text
    page = client.get(f"/documents/{KUNDUZ}?claim={first(own)}").text
    assert "This document is withheld" in page
    assert "Medecins" not in page


def test_accept_reject_undo_and_credibility(own: Workbench) -> None:
    client, claim = own.client("reviewer"), first(own)
    for verb, state in (("accept", "accepted"), ("reject", "rejected")):
        page = client.get(f"/documents/{KUNDUZ}?claim={claim}").text
        answer = client.post(
            f"/claims/{claim}/{verb}", data=form_of(page, f"/claims/{claim}/accept") | {"because": "so"}
        )
        assert answer.status_code == 303, answer.text
        assert f"done={verb}" in answer.headers["location"]
        assert own.record.reviewed([claim])[claim].state == state
    last = own.record.reviewed([claim])[claim].decisions[-1]
    assert (last.verb, last.because) == ("reject", "so")
    client.post(f"/claims/{claim}/undo", data={"seq": str(last.seq)})
    assert own.record.reviewed([claim])[claim].state == "accepted"
    client.post(f"/claims/{claim}/credibility", data={"code": "3"})
    page = client.get(f"/documents/{KUNDUZ}?claim={claim}").text
    assert "Possibly true" in page
    assert own.client("viewer").post(f"/claims/{claim}/accept").status_code == 403


def test_only_decisions_about_this_claim_are_taken_back_here(own: Workbench) -> None:
    claims = [one.claim.id for one in own.record.reviewed_in(KUNDUZ)]
    made = own.record.reject(claims[1], who="tests")
    answer = own.client("reviewer").post(f"/claims/{claims[0]}/undo", data={"seq": str(made.seq)})
    assert answer.status_code == 400
    assert own.record.reviewed([claims[1]])[claims[1]].state == "rejected"


def test_what_somebody_else_decided_meanwhile_is_not_lost(own: Workbench) -> None:
    client, claim = own.client("reviewer"), first(own)
    form = form_of(client.get(f"/documents/{KUNDUZ}?claim={claim}").text, f"/claims/{claim}/accept")
    own.record.reject(claim, who="somebody else")
    assert client.post(f"/claims/{claim}/accept", data=form).status_code == 409
    assert own.record.reviewed([claim])[claim].state == "rejected"


def test_a_form_left_as_it_is_changes_nothing_and_a_changed_one_only_its_fields(own: Workbench) -> None:
    add(own.record, HOSTILE, OTHER)
    client = own.client("reviewer")
    for document in (KUNDUZ, "aleppo-2016-12-16", HOSTILE.id, "own-arabic"):
        for one in own.record.reviewed_in(document):
            claim = one.claim
            action = f"/claims/{claim.id}/correct"
            form = form_of(client.get(link("documents", document, claim=claim.id)).text, action)
            assert touched(form) == frozenset()
            unchanged = client.post(action, data=form)
            assert unchanged.status_code == 400, unchanged.headers
            assert "nothing was changed" in unchanged.text
            assert client.post(action, data=form | {"factuality": "possible"}).status_code in (303, 400)
            after = own.record.reviewed([claim.id])[claim.id].claim
            assert after.factuality == "possible"
            assert (after.actors, after.targets, after.place, after.time) == (
                claim.actors, claim.targets, claim.place, claim.time,
            )  # fmt: skip
            assert (after.quantities, after.attribution, after.evidence) == (
                claim.quantities, claim.attribution, claim.evidence,
            )  # fmt: skip


def test_a_correction_shows_beside_what_the_program_read(own: Workbench) -> None:
    client, claim = own.client("reviewer"), first(own)
    action = f"/claims/{claim}/correct"
    form = form_of(client.get(f"/documents/{KUNDUZ}?claim={claim}").text, action)
    wrong = client.post(action, data=form | {"quantities.0.low": "lots", "because": "kept"})
    assert wrong.status_code == 400
    assert 'value="lots"' in wrong.text
    assert 'value="kept"' in wrong.text
    done = client.post(action, data=form | {"quantities.0.low": "24", "quantities.0.high": "24", "place.name": "Kabul"})
    assert done.status_code == 303, done.text
    page = client.get(done.headers["location"]).text
    assert "The program read:" in page
    after = own.record.reviewed([claim])[claim].claim
    assert (after.quantities[0].low, after.quantities[0].high) == (24, 24)
    assert after.place is not None
    assert (after.place.name, after.place.country) == ("Kabul", "AF")


def test_a_claim_is_added_on_words_of_the_article(own: Workbench) -> None:
    client = own.client("reviewer")
    text = own.record.document(KUNDUZ).text
    start = text.index("sporadic clashes")
    fields = {"event": "riot", "factuality": "possible", "scope": "single", "trigger.span": f"{start}-{start + 8}"}
    done = client.post(f"/documents/{KUNDUZ}/add", data=fields | {"trigger.text": "sporadic"})
    assert done.status_code == 303, done.text
    assert "edit=1" in done.headers["location"]
    made = next(one for one in own.record.reviewed_in(KUNDUZ) if one.state == "added")
    assert made.claim.trigger == "sporadic"
    assert made.claim.evidence[0].startswith("Government forces said")
    wrong = client.post(f"/documents/{KUNDUZ}/add", data=fields | {"trigger.span": "", "trigger.text": "not there"})
    assert wrong.status_code == 400
    assert "not there" in wrong.text
    beyond = client.post(f"/documents/{KUNDUZ}/add", data=fields | {"trigger.span": "999999-9999999"})
    assert beyond.status_code == 400


def test_older_versions_are_read_without_claims(own: Workbench) -> None:
    add(own.record, Document(id="twice", text="Jets bombed Aleppo.", lang="en", title="First"))
    add(own.record, Document(id="twice", text="Jets bombed Idlib on Monday.", lang="en", title="Second"))
    client = own.client("viewer")
    assert "Version 2" in client.get("/documents/twice").text
    older = client.get("/documents/twice?version=1").text
    assert "older text" in older
    assert "Aleppo" in older
    assert client.get("/documents/twice?version=9").status_code == 404


def test_what_is_not_there_is_said(viewer: httpx.Client) -> None:
    assert viewer.get("/documents/nothing").status_code == 404
    assert viewer.get("/claims/nothing").status_code in (400, 404)
    assert viewer.get(f"/documents/{KUNDUZ}?claim=nothing").status_code == 200


def test_a_claim_leads_to_its_document(own: Workbench) -> None:
    add(own.record, HOSTILE)
    claim = first(own, HOSTILE.id)
    answer = own.client("viewer").get(f"/claims/{claim}?inbox=lang%3Den")
    assert answer.headers["location"].startswith(f"/documents/{quote(HOSTILE.id, safe='')}?")
    assert "inbox=lang%3Den" in answer.headers["location"]


def test_a_correction_made_all_the_same_keeps_what_somebody_else_corrected(own: Workbench) -> None:
    client, claim = own.client("reviewer"), first(own)
    action = f"/claims/{claim}/correct"
    form = form_of(client.get(f"/documents/{KUNDUZ}?claim={claim}").text, action) | {"factuality": "possible"}
    own.record.correct(claim, {"actors": [], "quantities": []}, who="somebody else")
    conflict = client.post(action, data=form)
    assert conflict.status_code == 409
    assert "factuality" in conflict.text
    assert "Possible" in conflict.text
    again = client.post(action, data=form_of(conflict.text, action))
    assert again.status_code == 303, again.text
    after = own.record.reviewed([claim])[claim].claim
    assert (after.factuality, after.actors, after.quantities) == ("possible", (), ())
