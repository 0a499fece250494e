"""Double review over real requests: given, reviewed blindly, settled, measured."""

import re

import httpx
import pytest

from marsad.server.demo import person
from tests.server.form import Form
from tests.server.running import Workbench

FIRST, SECOND, THIRD = "reviewer", "admin", "editor"
"""The roles of the two reviewers, and of the editor who settles."""


def give(workbench: Workbench, *, size: int = 2) -> int:
    """Give a sample to the two reviewers over the form; the number of the batch."""
    answer = workbench.client(THIRD).post(
        "/review/new",
        data={"first": person(FIRST), "second": person(SECOND), "size": size, "seed": 7, "called": "Week 1"},
    )
    assert answer.status_code == 303, answer.text
    found = re.fullmatch(r"/review/(\d+)\?done=assigned", answer.headers["location"])
    assert found is not None
    return int(found[1])


def document(workbench: Workbench, batch: int, place: int = 1) -> str:
    return workbench.record.double.batch(batch).documents[place - 1]


def judge(client: httpx.Client, batch: int, claim: str, verb: str, *, place: int = 1, **more: str) -> httpx.Response:
    return client.post(f"/review/{batch}/{place}/judge", data={"claim": claim, "verb": verb, **more})


def claims(workbench: Workbench, batch: int) -> list[str]:
    """The claims of the first document."""
    return [one.claim.id for one in workbench.record.reviewed_in(document(workbench, batch))]


def correct(client: httpx.Client, batch: int, claim: str, **changes: str) -> httpx.Response:
    """Send the correction form of a claim as the page gives it, with some fields changed."""
    form = Form("correct")
    form.feed(client.get(f"/review/{batch}/1?claim={claim}").text)
    return client.post(form.action, data=form.fields | changes)


def without_tokens(page: str) -> str:
    return re.sub(r"[0-9a-f]{64}", "", page)


def finish(workbench: Workbench, role: str, batch: int) -> None:
    """Accept what is open in the first document, and hand it in."""
    client, who = workbench.client(role), person(role)
    for one in workbench.record.double.work(batch, document(workbench, batch), who=who).claims:
        if one.state == "open":
            assert judge(client, batch, one.claim.id, "accept").status_code == 303
    assert client.post(f"/review/{batch}/1/hand-in").headers["location"] == "/review?done=handed_in"


def test_a_sample_is_given_to_two_who_find_it(own: Workbench) -> None:
    batch = give(own)
    for role in (FIRST, SECOND):
        assert f"/review/{batch}/1" in own.client(role).get("/review").text
    assert f'href="/review/{batch}/1"' not in own.client(THIRD).get("/review").text
    assert "Week 1" in own.client(THIRD).get("/review").text
    assert own.client(THIRD).get(f"/review/{batch}").status_code == 200


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"first": person(FIRST), "second": person(FIRST), "size": 2, "seed": 1}, "two different"),
        ({"first": "nobody", "second": person(FIRST), "size": 2, "seed": 1}, "wrong-first"),
        ({"first": person(FIRST), "second": person(SECOND), "size": 0, "seed": 1}, "wrong-size"),
        ({"first": person(FIRST), "second": person(SECOND), "size": 2, "seed": "x"}, "wrong-seed"),
        ({"first": person(FIRST), "second": person(SECOND), "size": 2, "seed": 1, "from": "soon"}, "wrong-from"),
        ({"first": person(FIRST), "second": person(SECOND), "document": "nothing"}, "no document of this id"),
        ({"first": person(FIRST), "second": person("viewer"), "size": 2, "seed": 1}, "wrong-second"),
    ],
)
def test_what_cannot_be_given_is_told_in_the_form(own: Workbench, given: dict[str, str], told: str) -> None:
    answer = own.client(THIRD).post("/review/new", data=given)
    assert answer.status_code == 400
    assert told in answer.text
    assert own.record.double.progress() == []


def test_neither_sees_anything_of_the_other_nor_of_earlier_decisions(own: Workbench) -> None:
    batch = give(own)
    claim = claims(own, batch)[0]
    before = own.client(SECOND).get(f"/review/{batch}/1?claim={claim}").text
    own.record.reject(claim, who="Earlier", because="earlier reason")
    first = own.client(FIRST)
    judge(first, batch, claim, "reject", because="secret reason")
    assert "secret reason" in first.get(f"/review/{batch}/1?claim={claim}").text
    after = own.client(SECOND).get(f"/review/{batch}/1?claim={claim}").text
    assert without_tokens(after) == without_tokens(before)
    finish(own, FIRST, batch)
    for path in ("/review", f"/review/{batch}", "/review/agreement", f"/review/{batch}/1?claim={claim}"):
        text = own.client(SECOND).get(path).text
        assert "secret reason" not in text
        assert "</bdi> 1/2" not in text
    assert "</bdi> 1/2" in own.client(THIRD).get("/review").text  # the editor, who is neither of the two, follows both


def test_nobody_else_opens_a_review_and_nobody_settles_before_both_are_in(own: Workbench) -> None:
    batch = give(own)
    assert own.client(THIRD).get(f"/review/{batch}/1").status_code == 404
    assert own.client(THIRD).get(f"/review/{batch}/1/settle").status_code == 404
    finish(own, FIRST, batch)
    assert own.client(THIRD).get(f"/review/{batch}/1/settle").status_code == 404
    finish(own, SECOND, batch)
    assert own.client(THIRD).get(f"/review/{batch}/1/settle").status_code == 200
    assert own.client(SECOND).get(f"/review/{batch}/1/settle").status_code == 404
    assert own.client(FIRST).get(f"/review/{batch}/1/settle").status_code == 403


def test_the_way_from_two_reviews_to_decisions(own: Workbench) -> None:
    batch = give(own)
    disputed, *rest = claims(own, batch)
    answer = correct(own.client(FIRST), batch, disputed, event="riot")
    assert answer.headers["location"].endswith("done=correct"), answer.text
    finish(own, FIRST, batch)
    finish(own, SECOND, batch)
    assert own.record.decisions() == []
    editor = own.client(THIRD)
    editor.post(f"/review/{batch}/1/settle/agreed")
    assert sorted(d.about[0] for d in own.record.decisions()) == sorted(rest)
    missing = editor.post(f"/review/{batch}/1/settle", data={"claim": disputed})
    assert missing.status_code == 400
    assert "differ in event" in missing.text
    answer = editor.post(f"/review/{batch}/1/settle", data={"claim": disputed, "event": "first", "because": "a riot"})
    assert answer.headers["location"] == f"/review/{batch}?done=closed"
    (now,) = own.record.reviewed([disputed]).values()
    assert now.claim.event == "riot"
    assert now.decisions[-1].who == person(THIRD)
    for told in (person(FIRST), person(SECOND), "a riot"):
        assert told in now.decisions[-1].because
    assert own.client(THIRD).get(f"/review/{batch}/1/settle").status_code == 200


def test_what_is_not_judged_cannot_be_handed_in_and_the_page_says_so_in_its_language(own: Workbench) -> None:
    batch = give(own)
    answer = own.client(FIRST).post(f"/review/{batch}/1/hand-in", headers={"accept-language": "ar"})
    assert answer.status_code == 400
    assert "احكم على كل ادعاء أولا" in answer.text
    assert not own.record.double.work(batch, document(own, batch), who=person(FIRST)).handed_in


def test_a_missed_claim_is_added_in_a_review(own: Workbench) -> None:
    batch = give(own)
    text = own.record.document(document(own, batch)).text
    first = own.client(FIRST)
    answer = first.post(
        f"/review/{batch}/1/add", data={"trigger.text": text[:12], "trigger.span": "0-12", "event": "siege"}
    )
    assert answer.status_code == 303, answer.text
    assert "edit=1" in answer.headers["location"]
    assert first.get(answer.headers["location"]).status_code == 200
    assert (
        len(own.record.double.work(batch, document(own, batch), who=person(FIRST)).claims)
        == len(claims(own, batch)) + 1
    )
    refused = first.post(f"/review/{batch}/1/add", data={"trigger.text": "no such words", "event": "siege"})
    assert refused.status_code == 400


def test_ones_own_work_in_another_window_is_a_conflict_that_shows_only_that(own: Workbench) -> None:
    batch = give(own)
    claim = claims(own, batch)[0]
    own.record.reject(claim, who="Earlier", because="earlier reason")
    first = own.client(FIRST)
    assert judge(first, batch, claim, "reject", seen="0").status_code == 303
    answer = judge(first, batch, claim, "accept", seen="0", because="typed here")
    assert answer.status_code == 409
    assert "another window" in answer.text
    assert "typed here" in answer.text
    assert "Earlier" not in answer.text


def test_what_another_settled_in_the_meantime_is_said(own: Workbench) -> None:
    batch = give(own)
    claim = claims(own, batch)[0]
    judge(own.client(FIRST), batch, claim, "reject")
    finish(own, FIRST, batch)
    finish(own, SECOND, batch)
    own.record.settling.settle(batch, document(own, batch), claim, verdict="keep", who="Another editor")
    answer = own.client(THIRD).post(f"/review/{batch}/1/settle", data={"claim": claim, "verdict": "reject"})
    assert answer.status_code == 409
    assert "Another editor" in answer.text
    assert own.record.reviewed([claim])[claim].state == "accepted"


def test_agreement_is_shown_with_what_cannot_be_said_as_such(own: Workbench) -> None:
    batch = give(own)
    editor = own.client(THIRD)
    assert "Nothing has been handed in by both yet" in editor.get("/review/agreement").text
    judge(own.client(FIRST), batch, claims(own, batch)[0], "reject")
    finish(own, FIRST, batch)
    finish(own, SECOND, batch)
    for path in ("/review/agreement", f"/review/agreement?batch={batch}", "/review/agreement?batch="):
        answer = editor.get(path)
        assert answer.status_code == 200, answer.text
        assert "cannot be said" in answer.text
        assert "too few to say" in answer.text
    assert editor.get("/review/agreement?batch=x").status_code == 422
    assert "اتفاق تام" in editor.get("/review/agreement", headers={"accept-language": "ar"}).text


def test_with_no_other_editor_one_of_the_two_settles_and_is_told(own: Workbench) -> None:
    from marsad.store import accounts

    batch = give(own)
    finish(own, FIRST, batch)
    finish(own, SECOND, batch)
    with own.record.store.writing() as db:
        accounts.set_role(db, person(THIRD), "viewer")
    answer = own.client(SECOND).get(f"/review/{batch}/1/settle")
    assert answer.status_code == 200
    assert "Nobody but the two reviewers" in answer.text
    assert own.client(SECOND).post(f"/review/{batch}/1/settle/agreed").status_code == 303


def test_the_page_of_a_document_leads_its_blind_reviewers_to_their_review_until_they_are_done(own: Workbench) -> None:
    batch = give(own)
    path = f"/documents/{document(own, batch)}"
    first = own.client(FIRST)
    assert first.get(path).headers["location"] == f"/review/{batch}/1"
    assert own.client(THIRD).get(path).status_code == 200
    finish(own, FIRST, batch)
    assert first.get(path).status_code == 200


def test_a_blind_reviewer_decides_nothing_beside_the_review(own: Workbench) -> None:
    batch = give(own)
    claim = claims(own, batch)[0]
    first, there = own.client(FIRST), f"/review/{batch}/1"
    for answer in (
        first.post(f"/claims/{claim}/accept", data={"back": ""}),
        first.post(f"/claims/{claim}/reject", data={}),
        first.post(f"/documents/{document(own, batch)}/add", data={"event": "attack"}),
    ):
        assert (answer.status_code, answer.headers["location"]) == (303, there)
    assert own.record.reviewed([claim])[claim].state == "open"


def test_one_document_is_given_from_its_page(own: Workbench) -> None:
    editor, wanted = own.client(THIRD), next(iter(own.record.lists.documents().rows)).id
    assert f"/review/new?document={wanted}" in editor.get(f"/documents/{wanted}").text
    assert f'name="document" value="{wanted}"' in editor.get(f"/review/new?document={wanted}").text
    answer = editor.post("/review/new", data={"first": person(FIRST), "second": person(SECOND), "document": wanted})
    assert answer.status_code == 303, answer.text
    assert own.record.double.batch(1).documents == (wanted,)
    assert editor.get("/review/1").status_code == 200
