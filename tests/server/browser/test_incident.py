"""The page of an incident in a browser: by mouse and by keyboard, in both languages, at both widths."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import EACH, Eyes, Lang, Width, faults, spills
from tests.server.pages.story import claims_of, kunduz, other
from tests.server.running import Workbench

WORDS = {
    "en": {"write": "Write an assessment", "keep": "Keep", "grade": "Set the grade", "set": "Set", "back": "Take back"},
    "ar": {"write": "كتابة تقييم", "keep": "حفظ", "grade": "تحديد التقدير", "set": "حفظ", "back": "تراجع"},
}


def reach(page: Page, goal: Locator, *, most: int = 400) -> None:
    """Press Tab until the goal has the focus, as somebody does who has no mouse."""
    goal.wait_for(state="attached")
    for _ in range(most):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the tab key does not lead there")


@EACH
def test_it_has_no_fault_and_fits_folded_and_unfolded(
    workbench: Workbench, eyes: Eyes, lang: Lang, width: Width
) -> None:
    page = eyes.open(workbench, lang=lang, width=width)
    page.goto(f"/incidents/{kunduz(workbench).id}")
    assert spills(page) == 0
    assert not faults(page)
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert spills(page) == 0
    assert not faults(page)


def test_dark_has_no_fault_either(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, color_scheme="dark")
    page.goto(f"/incidents/{kunduz(workbench).id}")
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert not faults(page)


def test_a_range_opens_to_its_rule_its_claims_and_every_figure(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, "viewer")
    page.goto(f"/incidents/{kunduz(workbench).id}")
    row = page.locator("#figures details.range-row").first
    reach(page, row.locator("summary"))
    page.keyboard.press("Enter")
    expect(row).to_contain_text("what all lineages say last")
    expect(row.locator("tbody tr")).not_to_have_count(0)
    claim = row.locator("a.claim-id").first
    claim.click()
    page.wait_for_url("**/documents/**")


def test_what_is_none_zero_and_unknown_is_told_apart(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, "viewer")
    page.goto(f"/incidents/{kunduz(workbench).id}")
    civilians = page.locator("#figures .scale").nth(1).locator("details.range-row", has_text="Civilians")
    expect(civilians).to_contain_text("nobody counts")
    page.goto(f"/incidents/{other(workbench).id}")
    expect(page.locator("#figures details.range-row").first).to_contain_text("none reported")


@EACH
def test_an_assessment_is_written_and_taken_back_by_keyboard(
    own: Workbench, eyes: Eyes, lang: Lang, width: Width
) -> None:
    page, words = eyes.open(own, lang=lang, width=width), WORDS[lang]
    page.goto(f"/incidents/{kunduz(own).id}")
    part = page.locator("#assessment")
    reach(page, part.get_by_text(words["write"]))
    page.keyboard.press("Enter")
    reach(page, part.locator("textarea[name=ar]"))
    page.keyboard.type("أصابت الضربة المستشفى.")
    reach(page, part.locator("textarea[name=en]"))
    page.keyboard.type("The strike hit the hospital.")
    reach(page, part.get_by_role("button", name=words["keep"]))
    page.keyboard.press("Enter")
    page.wait_for_url("**done=assess**")
    expect(part.locator(".written")).to_have_count(2)
    expect(part.locator(".written[lang=ar]")).to_have_attribute("dir", "rtl")
    assert not faults(page)
    reach(page, page.get_by_role("status").get_by_role("button", name=words["back"]))
    page.keyboard.press("Enter")
    page.wait_for_url("**done=undo**")
    expect(part.locator(".written")).to_have_count(0)


def test_a_grade_is_set_by_keyboard_and_taken_back_in_the_history(own: Workbench, eyes: Eyes) -> None:
    page = eyes.open(own)
    page.goto(f"/incidents/{kunduz(own).id}")
    part = page.locator("#decide")
    reach(page, part.get_by_text("Set the grade"))
    page.keyboard.press("Enter")
    reach(page, part.locator("input[name=code]:checked"))
    page.keyboard.press("ArrowUp")
    reach(page, part.locator("#grade-because"))
    page.keyboard.type("the command says so itself")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=grade**")
    expect(page.locator("#grade")).to_contain_text("Confirmed")
    expect(page.locator("#grade")).to_contain_text("the command says so itself")
    reach(page, page.locator("#history").get_by_role("button", name="Take back"))
    page.keyboard.press("Enter")
    page.wait_for_url("**done=undo**")
    expect(page.locator("#grade")).to_contain_text("Fair")
    expect(page.locator("#history .effect-undone")).to_have_count(1)


def test_a_near_incident_is_merged_and_parted_again(own: Workbench, eyes: Eyes) -> None:
    page, two = eyes.open(own), other(own)
    page.goto(f"/incidents/{kunduz(own).id}")
    page.locator("#merge summary").click()
    page.locator(f"#others input[value={two.id}]").check()
    page.locator("#merge-because").fill("told as one raid")
    page.get_by_role("button", name="Merge", exact=True).click()
    page.wait_for_url("**done=merge**")
    expect(page.locator("#history")).to_contain_text("told as one raid")
    merged = page.url
    page.goto(f"/incidents/{two.id}")
    assert page.url.split("?")[0] == merged.split("?")[0]
    page.goto(merged)
    page.get_by_role("status").get_by_role("button", name="Take back").click()
    page.wait_for_url("**done=undo**")
    page.goto(f"/incidents/{two.id}")
    expect(page.locator("h1")).to_have_text(two.title_en)


def test_the_other_incident_is_found_by_its_words_without_leaving(own: Workbench, eyes: Eyes) -> None:
    page = eyes.open(own)
    page.goto(f"/incidents/{kunduz(own).id}")
    page.locator("#merge summary").click()
    page.locator("#others-words").fill("مقديشو")
    page.locator("#others-words").press("Enter")
    expect(page.locator("#others")).to_contain_text("Mogadishu")
    assert "others=" not in page.url


@EACH
def test_claims_are_chosen_and_split_off(own: Workbench, eyes: Eyes, lang: Lang, width: Width) -> None:
    page, row = eyes.open(own, lang=lang, width=width), kunduz(own)
    page.goto(f"/incidents/{row.id}")
    bar = page.locator("#pick")
    box = page.locator("[data-pick-claim]:visible").last
    claim = str(box.get_attribute("value"))
    reach(page, box)
    page.keyboard.press("Space")
    expect(bar).to_have_attribute("data-chosen", "1")
    bar.locator("#pick-because").fill("another raid")
    bar.locator("button[formaction$='/split']").click()
    page.wait_for_url("**done=split**")
    assert claim not in claims_of(own, row.id)
    page.locator(".flash a").click()
    expect(page.locator("article.voice")).to_have_count(1)


def test_claims_are_moved_to_another_incident_by_its_id(own: Workbench, eyes: Eyes) -> None:
    page, row, goal = eyes.open(own), kunduz(own), other(own)
    page.goto(f"/incidents/{row.id}")
    box = page.locator("[data-pick-claim]:visible").last
    claim = str(box.get_attribute("value"))
    box.check()
    page.locator("#pick-to").fill(goal.id)
    page.locator("#pick button[formaction$='/move']").click()
    page.wait_for_url("**done=move**")
    assert claim in claims_of(own, goal.id)


def test_the_credibility_of_a_claim_is_set(own: Workbench, eyes: Eyes) -> None:
    page = eyes.open(own)
    page.goto(f"/incidents/{kunduz(own).id}")
    telling = page.locator(".telling").first
    telling.get_by_text("Why it is here").click()
    telling.get_by_label("Credibility of this claim").select_option("2")
    telling.get_by_label("Because").fill("seen on pictures")
    telling.get_by_role("button", name="Set").click()
    page.wait_for_url("**done=credibility**")
    expect(page.locator(".telling").first).to_contain_text("credibility 2")


@EACH
def test_the_second_of_two_who_write_decides_with_both_texts_before_them(
    own: Workbench, eyes: Eyes, lang: Lang, width: Width
) -> None:
    eyes.expect("409")
    address = f"/incidents/{kunduz(own).id}"
    first, second = (eyes.open(own, role, lang=lang, width=width) for role in ("editor", "admin"))
    for page, text in ((first, "The first text"), (second, "The second text")):
        page.goto(address)
        page.locator("#assessment summary").first.click()
        page.locator("#assess-en").fill(text)
    for page in (first, second):
        page.locator("#assessment form button").click()
    expect(second.locator(".conflict")).to_contain_text("The first text")
    expect(second.locator(".conflict textarea[name=en]")).to_have_value("The second text")
    assert spills(second) == 0
    assert not faults(second)
    again = second.locator(".conflict-do button")
    reach(second, again)
    second.keyboard.press("Enter")
    second.wait_for_url(re.compile("done=assess"))
    expect(second.locator("#assessment .written")).to_have_text("The second text")
    second.locator("#history summary").last.click()
    expect(second.locator("#history")).to_contain_text("The first text")


def test_dropping_it_goes_back_and_changes_nothing(own: Workbench, eyes: Eyes) -> None:
    eyes.expect("409")
    row = kunduz(own)
    page = eyes.open(own)
    page.goto(f"/incidents/{row.id}")
    own.record.grade(row.id, "weak", who="somebody", because="only one heard it")
    page.locator("#decide").get_by_text("Set the grade").click()
    page.locator("#decide input[value=confirmed]").check()
    page.locator("#grade-because").fill("the command says so")
    page.locator("#decide form button").first.click()
    expect(page.locator(".conflict")).to_contain_text("only one heard it")
    page.locator(".conflict-do a").click()
    expect(page.locator("#grade")).to_contain_text("Weak")


def test_a_viewer_sees_everything_and_no_form(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, "viewer")
    page.goto(f"/incidents/{kunduz(workbench).id}")
    expect(page.locator("article.voice")).not_to_have_count(0)
    expect(page.locator(".incident form")).to_have_count(0)


def test_the_small_map_draws_an_area_and_words_say_the_same(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, "viewer")
    page.goto(f"/incidents/{kunduz(workbench).id}")
    page.locator("#where").scroll_into_view_if_needed()
    expect(page.locator("[data-small-map]")).to_have_attribute("data-drawn", "1")
    expect(page.locator("#where")).to_contain_text("within 5 km")


def test_it_is_read_without_scripts_too(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, java_script_enabled=False)
    page.goto(f"/incidents/{kunduz(workbench).id}")
    page.locator("#merge summary").click()
    page.locator("#others-words").fill("Mogadishu")
    page.locator("#others-words").press("Enter")
    page.wait_for_url("**others=Mogadishu**")
    expect(page.locator("#others")).to_contain_text("Mogadishu")


def test_single_keys_open_what_there_is_to_do(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto(f"/incidents/{kunduz(workbench).id}")
    page.keyboard.press("m")
    expect(page.locator("#others-words")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    expect(page.locator("#assess-ar")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("article.voice").first).to_be_focused()
