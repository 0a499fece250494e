"""The page of an incident: what it tells, what editors do there, two who do it at once."""

import re
from datetime import date

import httpx
import pytest

from marsad.cli import main
from marsad.server.guards import MASK
from marsad.store.incidents import Filter
from tests.server.pages.story import add, chatter, claims_of, kunduz, other, seen
from tests.server.running import Workbench


def test_it_tells_who_says_what_and_on_what_grounds(workbench: Workbench, viewer: httpx.Client) -> None:
    row = kunduz(workbench)
    told = viewer.get(f"/incidents/{row.id}").text
    assert row.title_en in told
    assert row.title_ar in told
    for words in ("Doctors Without Borders", "two or more independent voices", "corroborated", "superseded"):
        assert words in told
    for claim in claims_of(workbench, row.id):
        assert f"/claims/{claim}" in told


def test_arabic_tells_the_same_in_arabic(workbench: Workbench, viewer: httpx.Client) -> None:
    told = viewer.get(f"/incidents/{kunduz(workbench).id}", headers={"cookie": f"{_cookies(viewer)}; lang=ar"}).text
    assert '<html lang="ar" dir="rtl">' in told
    for words in ("آخر ما تقوله", "صوتان مستقلان", "قندوز", "الجيش الأميركي"):
        assert words in told


def _cookies(client: httpx.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def test_a_viewer_sees_no_form_and_may_change_nothing(workbench: Workbench, viewer: httpx.Client) -> None:
    row = kunduz(workbench)
    assert 'name="seen"' not in viewer.get(f"/incidents/{row.id}").text
    for verb in ("merge", "split", "move", "grade", "credibility", "assess", "undo"):
        assert viewer.post(f"/incidents/{row.id}/{verb}", data={"seq": "1"}).status_code == 403


def test_an_unknown_incident_is_not_found(viewer: httpx.Client) -> None:
    assert viewer.get("/incidents/i000000000000").status_code == 404


def test_an_id_of_before_leads_to_the_incident_of_now(own: Workbench) -> None:
    editor = own.client("editor")
    one, two = kunduz(own), other(own)
    made = editor.post(f"/incidents/{one.id}/merge", data={"other": two.id, "because": "told as one raid"})
    assert made.status_code == 303
    ids = {editor.get(f"/incidents/{id}", follow_redirects=True).url.path for id in (one.id, two.id)}
    assert len(ids) == 1
    history = editor.get(ids.pop()).text
    assert "merged two incidents" in history
    assert "told as one raid" in history


def test_claims_are_split_off_moved_and_put_back(own: Workbench) -> None:
    editor = own.client("editor")
    row = kunduz(own)
    claim = claims_of(own, row.id)[-1]
    done = editor.post(
        f"/incidents/{row.id}/split",
        data={"claim": claim, "because": "another raid", "seen": seen(editor, row.id, "split")},
    )
    assert claim not in claims_of(own, row.id)
    made = re.search(r"made=(\w+)", done.headers["location"])
    assert made is not None
    assert claims_of(own, made[1]) == [claim]
    editor.post(f"/incidents/{made[1]}/move", data={"claim": claim, "to": row.id})
    assert claim in claims_of(own, row.id)
    for seq in ("2", "1"):
        assert editor.post(f"/incidents/{row.id}/undo", data={"seq": seq}).status_code == 303
    assert claim in claims_of(own, row.id)


def test_a_grade_that_a_person_sets_goes_before_the_rule_and_is_taken_back(own: Workbench) -> None:
    editor = own.client("editor")
    row = kunduz(own)
    editor.post(f"/incidents/{row.id}/grade", data={"code": "confirmed", "because": "the command has said so"})
    told = editor.get(f"/incidents/{row.id}").text
    assert "a person set it, above the rules" in told
    assert "the command has said so" in told
    editor.post(f"/incidents/{row.id}/undo", data={"seq": "1"})
    assert own.record.incident(row.id).assessment.grade == row.grade


def test_the_credibility_of_a_claim_is_kept_with_its_reason(own: Workbench) -> None:
    editor = own.client("editor")
    row = kunduz(own)
    claim = claims_of(own, row.id)[0]
    editor.post(
        f"/incidents/{row.id}/credibility", data={"claim": claim, "code": "5", "because": "the sender was elsewhere"}
    )
    told = editor.get(f"/incidents/{row.id}").text
    assert "credibility 5" in told
    assert "the sender was elsewhere" in told
    assert "in doubt" in told


def test_an_assessment_is_shown_in_both_languages_and_the_older_one_is_in_the_history(own: Workbench) -> None:
    editor = own.client("editor")
    row = kunduz(own)
    for en, ar in (("First words", "كلمات أولى"), ("Second words", "كلمات ثانية")):
        editor.post(f"/incidents/{row.id}/assess", data={"en": en, "ar": ar})
    told = editor.get(f"/incidents/{row.id}").text
    for words in ("Second words", "كلمات ثانية", "First words", "كلمات أولى"):
        assert words in told


@pytest.mark.parametrize(
    ("verb", "data", "told"),
    [
        ("merge", {}, "No other incident is chosen"),
        ("merge", {"other_id": "nothing"}, "no incident of this id"),
        ("split", {}, "No claim is chosen"),
        ("move", {"claim": "x"}, "No incident is named"),
        ("grade", {"code": "fair"}, "needs a reason"),
        ("grade", {"code": "perfect", "because": "so"}, "no grade"),
        ("assess", {}, "is empty"),
    ],
)
def test_what_cannot_be_done_is_told_and_the_form_stays(
    workbench: Workbench, editor: httpx.Client, verb: str, data: dict[str, str], told: str
) -> None:
    answer = editor.post(f"/incidents/{kunduz(workbench).id}/{verb}", data=data | {"because": data.get("because", "")})
    assert answer.status_code == 400
    assert told in answer.text


def test_what_was_written_stays_in_the_form(workbench: Workbench, editor: httpx.Client) -> None:
    data = {"code": "perfect", "because": "a long reason"}
    answer = editor.post(f"/incidents/{kunduz(workbench).id}/grade", data=data)
    assert 'value="a long reason"' in answer.text


def test_the_second_of_two_who_write_loses_nothing(own: Workbench) -> None:
    first, second = own.client("editor"), own.client("admin")
    row = kunduz(own)
    opened = {client: seen(client, row.id, "assess") for client in (first, second)}
    first.post(f"/incidents/{row.id}/assess", data={"en": "What the first wrote", "seen": opened[first]})
    answer = second.post(
        f"/incidents/{row.id}/assess", data={"en": "What the second wrote", "ar": "كلام الثاني", "seen": opened[second]}
    )
    assert answer.status_code == 409
    for words in ("What the first wrote", "What the second wrote", "كلام الثاني", "Somebody else changed this"):
        assert words in answer.text
    assert (written := own.record.assessment(row.id)) is not None
    assert written.en == "What the first wrote"
    now = re.findall(r'name="seen" value="([^"]*)"', answer.text)[-1]
    again = {"en": "What the second wrote", "ar": "كلام الثاني", "seen": now}
    assert second.post(f"/incidents/{row.id}/assess", data=again).status_code == 303
    assert (written := own.record.assessment(row.id)) is not None
    assert written.ar == "كلام الثاني"


def test_a_split_after_a_merge_of_somebody_else_is_a_conflict_that_keeps_the_claims_chosen(own: Workbench) -> None:
    first, second = own.client("editor"), own.client("editor")
    row = kunduz(own)
    chosen = claims_of(own, row.id)[-2:]
    before = seen(second, row.id, "split")
    first.post(f"/incidents/{row.id}/merge", data={"other": other(own).id, "because": "one raid"})
    answer = second.post(f"/incidents/{row.id}/split", data={"claim": chosen, "seen": before})
    assert answer.status_code == 409
    assert "one raid" in answer.text
    for claim in chosen:
        assert f'name="claim" value="{claim}"' in answer.text


def test_markup_in_articles_and_decisions_stays_text(own: Workbench) -> None:
    evil = "<script>alert(1)</script>"
    add(own, f"An air strike killed 3 civilians in Aleppo on Friday, {evil} the paper said.", source=f"{evil} paper")
    editor = own.client("editor")
    row = own.record.lists.incidents(order="-start").rows
    one = next(each for each in row if each.country == "SY" and each.start and each.start.year == 2016)
    ids = [each.id for each in row if each.country == "SY"]
    editor.post(f"/incidents/{one.id}/assess", data={"en": evil, "because": evil})
    for address in [*(f"/incidents/{id}" for id in ids), "/sources", "/incidents", "/search?q=paper+strike"]:
        assert evil not in editor.get(address).text
    assert "&lt;script&gt;" in editor.get(f"/incidents/{one.id}").text


def test_many_voices_are_paged_and_all_are_counted(own: Workbench) -> None:
    texts = [
        f"{chatter(n)} An air strike on Saraqib killed 12 civilians on Sunday. {chatter(n + 1000)}" for n in range(45)
    ]
    add(own, *texts)
    viewer = own.client("viewer")
    row = own.record.lists.incidents(order="-documents").rows[0]
    assert row.lineages > 12
    first, last = (viewer.get(f"/incidents/{row.id}?voices={page}") for page in (1, 99))
    assert first.text.count('<article class="card voice') == 12
    assert f"All voices: {row.lineages}" in first.text
    assert 0 < last.text.count('<article class="card voice') <= 12


def test_every_figure_can_be_asked_for(own: Workbench) -> None:
    news = "An air strike on Saraqib killed 12 civilians on Sunday."
    add(own, *(f"{chatter(n)} {news} {chatter(n + 1000)}" for n in range(20)))
    viewer = own.client("viewer")
    row = own.record.lists.incidents(order="-documents").rows[0]
    told = viewer.get(f"/incidents/{row.id}").text
    more = re.search(r'href="([^"]*figures=1000[^"]*)"', told)
    assert more is not None
    assert viewer.get(more[1].replace("&amp;", "&")).text.count('<tr class="use-') > told.count('<tr class="use-')


def test_private_names_and_numbers_stay_masked(own: Workbench) -> None:
    text = "A strike on Saraqib killed five civilians on Sunday, resident Xxxx Yyyyyy said by phone from 0555 000 1111."
    add(own, text)
    viewer = own.client("viewer")
    row = own.record.lists.incidents(Filter(since=date(2016, 6, 1), until=date(2016, 6, 30))).rows[0]
    for address in (f"/incidents/{row.id}", "/search?q=Saraqib"):
        told = viewer.get(address).text
        assert MASK in told
        assert "Yyyyyy" not in told
        assert "0555" not in told


def test_a_withheld_article_gives_none_of_its_words(own: Workbench) -> None:
    row = kunduz(own)
    report = own.record.incident(row.id).case.reports[0]
    sentence = report.claim.evidence[0]
    viewer = own.client("viewer")
    assert sentence[:40] in viewer.get(f"/incidents/{row.id}").text
    document = report.claim.document
    main(["withhold", document, "--because", "asked", "--db", own.db], standalone_mode=False)
    told = viewer.get(f"/incidents/{row.id}").text
    assert sentence[:40] not in told
    assert "withheld" in told
