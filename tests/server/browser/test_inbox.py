"""The inbox as people use it: search in Arabic, walk and decide by keyboard alone, both languages, both widths."""

from playwright.sync_api import expect

from tests.browser import EACH, Eyes, Lang, Width, faults, spills
from tests.server.running import Workbench


@EACH
def test_it_has_no_serious_fault_and_does_not_spill(eyes: Eyes, workbench: Workbench, lang: Lang, width: Width) -> None:
    page = eyes.open(workbench, "reviewer", lang=lang, width=width)
    for path in ("/inbox", "/inbox?text=%22&country=Nowhere&state=any", "/inbox?state=rejected", "/documents"):
        page.goto(path)
        assert faults(page) == []
        assert spills(page) == 0


@EACH
def test_search_in_arabic_keeps_the_filter_in_the_address(
    eyes: Eyes, workbench: Workbench, lang: Lang, width: Width
) -> None:
    page = eyes.open(workbench, "viewer", lang=lang, width=width)
    page.goto("/inbox")
    everything = page.locator("[data-row]").count()
    if width == "phone":
        page.locator("[data-filters] > summary").click()
    page.locator("#f-text").fill("القصفِ")
    page.locator("#f-text").press("Enter")
    page.wait_for_url("**/inbox?*text=*")
    assert 0 < page.locator("[data-row]").count() < everything
    expect(page.locator(".chip")).to_contain_text("القصفِ")
    quote = page.locator("[data-row] blockquote").first
    assert quote.evaluate("one => getComputedStyle(one).direction") == "rtl"
    page.locator(".chip a").click()
    expect(page.locator("[data-row]")).to_have_count(everything)


def test_by_keyboard_alone(eyes: Eyes, own: Workbench) -> None:
    page = eyes.open(own, "reviewer")
    page.goto("/inbox?document=kunduz-2015-10-04")
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(8)
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = rows.nth(1).locator("a.title").get_attribute("href")
    assert second == page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(rows).to_have_count(7)
    expect(rows.first.locator("a.title")).to_be_focused()
    assert rows.first.locator("a.title").get_attribute("href") == second
    page.keyboard.press("r")
    expect(rows).to_have_count(6)
    states = sorted(one.state for one in own.record.reviewed_in("kunduz-2015-10-04") if one.state != "open")
    assert states == ["accepted", "rejected"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    expect(page.locator("#claim")).to_be_visible()
    page.goto("/inbox")
    page.keyboard.press("/")
    expect(page.locator("#f-text")).to_be_focused()
