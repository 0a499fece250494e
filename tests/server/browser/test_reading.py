"""The reading page as people use it: decide, correct and add by keyboard alone or by mouse; what is private hidden."""

import re

from playwright.sync_api import Page, expect

from marsad.server.shown import link
from tests.browser import EACH, Eyes, Lang, Width, faults, spills
from tests.server.claims import HOSTILE, OTHER, add
from tests.server.running import Workbench

KUNDUZ = "kunduz-2015-10-04"
ALEPPO = "aleppo-2016-12-16"


def opened(page: Page, own: Workbench, document: str = KUNDUZ, number: int = 1) -> str:
    """Go to a claim by its number; returns its id."""
    claim = own.record.reviewed_in(document)[number - 1].claim.id
    page.goto(link("documents", document, claim=claim))
    return claim


def state(own: Workbench, claim: str) -> str:
    return own.record.reviewed([claim])[claim].state


@EACH
def test_it_has_no_serious_fault_and_does_not_spill(eyes: Eyes, own: Workbench, lang: Lang, width: Width) -> None:
    add(own.record, HOSTILE, OTHER)
    page = eyes.open(own, "reviewer", lang=lang, width=width)
    for document in (KUNDUZ, ALEPPO, HOSTILE.id, OTHER.id):
        opened(page, own, document, 1)
        assert spills(page) == 0
        page.locator("#correct > summary").click()
        for more in page.locator("#correct .more > summary").all():
            more.click()
        page.locator("#add > summary").click()
        assert faults(page) == []
        assert spills(page) == 0
    page.goto(link("documents", KUNDUZ))
    assert faults(page) == []


@EACH
def test_what_is_private_or_graphic_is_covered(eyes: Eyes, own: Workbench, lang: Lang, width: Width) -> None:
    add(own.record, HOSTILE, OTHER)
    page = eyes.open(own, "reviewer", lang=lang, width=width)
    opened(page, own, OTHER.id)
    text = page.locator("#text")
    expect(text.locator(".masked-name")).not_to_have_count(0)
    expect(text.get_by_text("أشلاء")).to_be_hidden()
    text.locator(".cover > summary").click()
    expect(text.get_by_text("أشلاء")).to_be_visible()
    assert "محمد" not in page.content()
    page.locator(".guard form button").click()
    expect(text.get_by_text("محمد").first).to_be_visible()
    page.locator(".guard form button").click()
    assert "محمد" not in page.content()


def test_a_claim_is_decided_corrected_and_taken_back_by_keyboard_alone(eyes: Eyes, own: Workbench) -> None:
    page = eyes.open(own, "reviewer")
    claim = opened(page, own)
    page.keyboard.press("a")
    page.wait_for_url("**done=accept**")
    assert state(own, claim) == "accepted"
    page.keyboard.press("r")
    page.wait_for_url("**done=reject**")
    assert state(own, claim) == "rejected"
    page.keyboard.press("u")
    page.wait_for_url("**done=undo**")
    assert state(own, claim) == "accepted"
    page.keyboard.press("c")
    expect(page.locator("#e-event")).to_be_focused()
    page.keyboard.type("Shelling")
    page.locator("#e-quantities\\.0\\.low").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("24")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=correct**")
    after = own.record.reviewed([claim])[claim]
    assert (after.state, after.claim.event, after.claim.quantities[0].low) == ("corrected", "shelling_missile", 24)
    expect(page.locator("#claim .was").first).to_be_visible()
    page.evaluate("window.stays = true")  # the next claim comes into the page, which stays
    page.keyboard.press("j")
    page.wait_for_url(f"**claim={own.record.reviewed_in(KUNDUZ)[1].claim.id}*")
    assert page.evaluate("window.stays")
    page.keyboard.press("k")
    page.wait_for_url(f"**claim={claim}*")


def test_next_and_previous_to_check_follow_the_filter_of_the_inbox(eyes: Eyes, own: Workbench) -> None:
    page = eyes.open(own, "reviewer", lang="ar")
    page.goto("/inbox?lang=ar&factuality=denied")
    hrefs = [row.get_attribute("href") or "" for row in page.locator("[data-row] a.title").all()]
    claims = [href.split("claim=")[1].split("&")[0] for href in hrefs]
    page.goto(hrefs[0])
    page.keyboard.press("n")
    page.wait_for_url(f"**claim={claims[1]}*")
    page.keyboard.press("p")
    page.wait_for_url(f"**claim={claims[0]}*")
    page.keyboard.press("b")
    page.wait_for_url("**/inbox?lang=ar&factuality=denied")


@EACH
def test_a_claim_is_added_by_keyboard_alone(eyes: Eyes, own: Workbench, lang: Lang, width: Width) -> None:
    page = eyes.open(own, "reviewer", lang=lang, width=width)
    document, wanted = (ALEPPO, "إجلاء المدنيين") if lang == "ar" else (KUNDUZ, "air strike")
    opened(page, own, document)
    page.keyboard.press("s")
    expect(page.locator("#text")).to_be_focused()
    first = wanted.split()[0]
    onward, back = ("ArrowLeft", "ArrowRight") if lang == "ar" else ("ArrowRight", "ArrowLeft")
    page.keyboard.press(onward)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    for _ in range(30):
        if page.evaluate("getSelection().toString().trim()") == first:
            break
        page.keyboard.press(back)
    page.keyboard.press(f"Shift+{onward}")
    expect(page.locator("[data-picked]")).to_have_text(wanted)
    page.keyboard.press("Enter")
    expect(page.locator("#a-trigger")).to_have_value(wanted)
    expect(page.locator("#a-event")).to_be_focused()
    page.locator("#a-event").select_option("riot")
    page.locator("#a-because").press("Enter")
    page.wait_for_url("**done=add**")
    made = next(one.claim for one in own.record.reviewed_in(document) if one.state == "added")
    text = own.record.document(document).text
    assert made.trigger == wanted == text[slice(*made.trigger_span)]
    assert wanted in made.evidence[0]
    expect(page.locator("#correct")).to_have_attribute("open", "")


def test_a_claim_is_added_by_mouse_past_words_that_are_masked(eyes: Eyes, own: Workbench) -> None:
    add(own.record, HOSTILE)
    page = eyes.open(own, "reviewer")
    page.goto(link("documents", HOSTILE.id))
    words = page.locator("#text").get_by_text("said rockets might be")
    words.scroll_into_view_if_needed()
    box = words.bounding_box()
    assert box
    words.dblclick(position={"x": box["width"] - 24, "y": box["height"] / 2})
    expect(page.locator("[data-picked]")).to_have_text(re.compile(r"^(might|be|rockets)$"))
    picked = page.locator("[data-picked]").inner_text()
    page.locator("[data-add-claim]").click()
    page.locator("#add form button:not([type=button])").click()
    page.wait_for_url("**done=add**")
    made = next(one.claim for one in own.record.reviewed_in(HOSTILE.id) if one.state == "added")
    assert made.trigger == picked == HOSTILE.text[slice(*made.trigger_span)]
    assert made.evidence[0] == HOSTILE.text.split("\n")[-1]
    assert "Yyyyyy" not in page.content()


def test_words_are_taken_from_the_article_into_a_field(eyes: Eyes, own: Workbench) -> None:
    page = eyes.open(own, "reviewer")
    claim = opened(page, own)
    page.keyboard.press("c")
    page.locator("#correct fieldset").nth(1).locator(".more > summary").click()
    box = page.locator("#correct fieldset").nth(1).locator(".entry").last
    box.locator("[data-take]").click()
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("ArrowRight")
    picked = page.evaluate("getSelection().toString().trim()")
    page.keyboard.press("Enter")
    expect(box.locator("[data-words-text]")).to_have_value(picked)
    expect(box.locator("[data-words-text]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**done=correct**")
    actors = own.record.reviewed([claim])[claim].claim.actors
    assert actors[-1].texts == (picked,)


def test_escape_leaves_the_picking_of_words(eyes: Eyes, own: Workbench) -> None:
    page = eyes.open(own, "reviewer")
    claim = opened(page, own)
    page.keyboard.press("s")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator("#text")).not_to_be_focused()
    page.keyboard.press("a")
    page.wait_for_url("**done=accept**")
    assert state(own, claim) == "accepted"


def test_the_claim_stays_at_hand_on_a_phone(eyes: Eyes, own: Workbench) -> None:
    page = eyes.open(own, "reviewer", lang="ar", width="phone")
    claim = opened(page, own, ALEPPO, 6)
    button = page.locator("#decide .good")
    expect(button).to_be_in_viewport()
    page.mouse.wheel(0, 4000)
    expect(button).to_be_in_viewport()
    button.click()
    page.wait_for_url("**done=accept**")
    assert state(own, claim) == "accepted"
    assert page.locator("#text .paragraph").first.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.locator("#text").evaluate("one => getComputedStyle(one).fontFamily").startswith('"Marsad Text"')


def test_a_viewer_reads_and_has_nothing_to_press(eyes: Eyes, own: Workbench) -> None:
    page = eyes.open(own, "viewer")
    opened(page, own)
    expect(page.locator("#text mark.part-trigger").first).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)
