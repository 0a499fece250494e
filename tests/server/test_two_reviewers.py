"""Two who work on one incident or claim at once never lose each other's change; a correction shows everywhere."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from marsad.model import Incident
from marsad.server.demo import person
from tests.server.form import Form
from tests.server.running import Workbench

ONE, OTHER = "editor", "admin"


def form(client: httpx.Client, path: str, action: str) -> Form:
    """A form of a page as it stands now."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return form_in(answer, action)


def form_in(answer: httpx.Response, action: str) -> Form:
    found = Form(action)
    found.feed(answer.text)
    assert found.action, f"there is no form for {action}"
    return found


def send(client: httpx.Client, one: Form, **changes: object) -> httpx.Response:
    return client.post(one.action, data={**one.fields, **changes})


def incident(workbench: Workbench) -> Incident:
    """One that several documents report."""
    return next(one for one in workbench.record.incidents() if len({r.claim.document for r in one.case.reports}) > 1)


def as_reader(client: httpx.Client, path: str) -> str:
    """A page without the tokens that differ from one session to the next."""
    return client.get(path).text.replace(client.headers["X-CSRF-Token"], "")


CHANGES = {
    "grade": ({"code": "weak", "because": "one voice only"}, {"code": "fair", "because": "two voices"}),
    "assess": ({"en": "First reading", "ar": ""}, {"en": "", "ar": "قراءة ثانية"}),
}


@pytest.mark.parametrize("verb", CHANGES)
def test_the_second_of_two_is_told_and_nothing_is_lost(own: Workbench, verb: str) -> None:
    path = f"/incidents/{incident(own).id}"
    one, other = own.client(ONE), own.client(OTHER)
    mine, theirs = CHANGES[verb]
    before = form(one, path, f"/{verb}"), form(other, path, f"/{verb}")
    assert send(one, before[0], **mine).status_code == 303
    answer = send(other, before[1], **theirs)
    assert answer.status_code == 409
    for told in (person(ONE), *(text for text in (*mine.values(), *theirs.values()) if text not in ("weak", "fair"))):
        assert told in answer.text  # both what the other did and what one wanted oneself
    assert [d.who for d in own.record.decisions()] == [person(ONE)]

    again = form_in(answer, f"/{verb}")
    assert send(other, again, **theirs).status_code == 303
    assert [(d.who, d.undone) for d in own.record.decisions()] == [(person(ONE), False), (person(OTHER), False)]


def test_a_claim_that_another_decided_on_is_not_decided_again_unseen(own: Workbench) -> None:
    claim = incident(own).case.reports[0].claim.id
    one, other = own.client("reviewer"), own.client(OTHER)
    path = one.get(f"/claims/{claim}").headers["location"]
    correcting, rejecting = form(one, path, "/correct"), form(other, path, "/accept")
    assert send(one, correcting, event="riot", because="a crowd").status_code == 303
    answer = other.post(f"/claims/{claim}/reject", data={**rejecting.fields, "because": "not in the text"})
    assert answer.status_code == 409
    for told in (person("reviewer"), "a crowd", "not in the text"):
        assert told in answer.text
    (now,) = own.record.reviewed([claim]).values()
    assert (now.state, now.claim.event) == ("corrected", "riot")


def test_taking_a_claim_out_of_an_incident_that_another_changed_is_a_conflict(own: Workbench) -> None:
    found = incident(own)
    path, moved = f"/incidents/{found.id}", found.case.reports[-1].claim.id
    one, other = own.client(ONE), own.client(OTHER)
    splitting, grading = form(one, path, "/split"), form(other, path, "/grade")
    assert send(other, grading, code="weak", because="one voice").status_code == 303
    assert send(one, splitting, claim=moved).status_code == 409
    assert moved in {r.claim.id for r in own.record.incident(found.id).case.reports}


def test_of_many_at_once_one_is_kept_and_all_others_are_told(own: Workbench) -> None:
    path = f"/incidents/{incident(own).id}"
    clients = [own.client(role) for role in (ONE, OTHER) * 4]
    forms = [form(client, path, "/grade") for client in clients]

    def grade(n: int) -> int:
        return send(clients[n], forms[n], code="weak", because=f"reason {n}").status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        statuses = list(pool.map(grade, range(len(clients))))
    assert sorted(statuses) == [303] + [409] * (len(clients) - 1)
    (kept,) = own.record.decisions()
    assert kept.because == f"reason {statuses.index(303)}"


def test_two_claims_of_one_document_do_not_get_into_each_others_way(own: Workbench) -> None:
    document = incident(own).case.reports[0].claim.document
    first, second, *_ = [one.claim.id for one in own.record.reviewed_in(document)]
    one, other = own.client("reviewer"), own.client(OTHER)
    forms = [
        form(client, client.get(f"/claims/{claim}").headers["location"], "/accept")
        for client, claim in ((one, first), (other, second))
    ]
    assert send(one, forms[0]).status_code == 303
    assert send(other, forms[1]).status_code == 303
    assert {d.about[0]: d.who for d in own.record.decisions()} == {first: person("reviewer"), second: person(OTHER)}


def killed(workbench: Workbench, id: str) -> tuple[int | None, int | None]:
    estimate = workbench.record.incident(id).assessment.estimate("killed")
    assert estimate is not None
    return estimate.low, estimate.high


def test_a_correction_shows_at_once_everywhere_and_after_relinking(own: Workbench) -> None:
    """A corrected figure: incident page, list, figures, files and API tell the new one; a rejection takes it out."""
    found = next(one for one in own.record.incidents() if (e := one.assessment.estimate("killed")) and e.high_claims)
    high = found.assessment.estimate("killed")
    assert high is not None
    claim = own.record.claims([high.high_claims[0]])[high.high_claims[0]]
    at = next(n for n, q in enumerate(claim.quantities) if q.of == "killed")
    reviewer = own.client("reviewer")
    path = reviewer.get(f"/claims/{claim.id}").headers["location"]
    answer = send(
        reviewer,
        form(reviewer, path, "/correct"),
        **{f"quantities.{at}.low": "7777", f"quantities.{at}.high": "7777", "because": "as the text says"},
    )
    assert answer.status_code == 303, answer.text

    assert killed(own, found.id)[1] == 7777
    shown = {
        "page": lambda: as_reader(reviewer, f"/incidents/{found.id}"),
        "list": lambda: as_reader(reviewer, "/incidents"),
        "csv": lambda: reviewer.get("/export/incidents.csv").text,
        "jsonl": lambda: reviewer.get("/export/incidents.jsonl").text,
        "api": lambda: reviewer.get(f"/api/incidents/{found.id}").text,
    }
    told = {name: read() for name, read in shown.items()}
    for name, text in told.items():
        assert "7777" in text.replace(",", ""), name
    own.record.relink()
    assert {name: read() for name, read in shown.items()} == told

    send(reviewer, form(reviewer, path, "/accept"))  # nothing is lost by what comes after
    assert reviewer.post(f"/claims/{claim.id}/reject", data={"because": "another incident"}).status_code == 303
    for name, read in shown.items():
        if name not in ("page", "api"):  # the incident may be gone with its claim
            assert "7777" not in read().replace(",", ""), name
    before = reviewer.get("/export/incidents.csv").text
    own.record.relink()
    assert reviewer.get("/export/incidents.csv").text == before


def test_what_was_settled_in_a_double_review_shows_like_any_correction(own: Workbench) -> None:
    found = incident(own)
    claim = found.case.reports[0].claim
    batch = own.record.double.assign([claim.document], (person("reviewer"), person(OTHER)), who=person(ONE)).n
    for who in (person("reviewer"), person(OTHER)):
        own.record.double.judge(batch, claim.document, claim.id, "correct", given={"event": "riot"}, who=who)
        for one in own.record.double.work(batch, claim.document, who=who).claims:
            if one.state == "open":
                own.record.double.judge(batch, claim.document, one.claim.id, "accept", who=who)
        own.record.double.hand_in(batch, claim.document, who=who)
    editor = own.client(ONE)
    before = editor.get("/export/incidents.jsonl").text
    assert f'"{claim.id}"' in before
    assert editor.post(f"/review/{batch}/1/settle/agreed").status_code == 303
    assert own.record.claims([claim.id])[claim.id].event == "riot"
    after = editor.get("/export/incidents.jsonl").text
    assert after != before
    own.record.relink()
    assert editor.get("/export/incidents.jsonl").text == after
