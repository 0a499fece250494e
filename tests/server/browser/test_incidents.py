"""The lists in a browser: incidents, sources, totals, search."""

from playwright.sync_api import expect

from tests.browser import EACH, Eyes, Lang, Width, faults, spills
from tests.server.pages.story import kunduz
from tests.server.running import Workbench

PAGES = (
    "/incidents",
    "/incidents?country=Atlantis&near=nowhere&from=x",
    "/incidents?country=SY&from=1999-01-01&to=1999-02-01",
    "/sources",
    "/sources/one?name=Marsad+sample",
    "/totals",
    "/search",
    "/search?q=مستشفى",
)


@EACH
def test_no_list_has_a_fault_and_all_fit(workbench: Workbench, eyes: Eyes, lang: Lang, width: Width) -> None:
    page = eyes.open(workbench, lang=lang, width=width)
    total = workbench.record.totals()[0].id
    for address in (*PAGES, f"/totals/{total}"):
        page.goto(address)
        assert spills(page) == 0, address
        assert not faults(page), address


@EACH
def test_filters_stand_in_the_address_and_are_taken_off_one_by_one(
    workbench: Workbench, eyes: Eyes, lang: Lang, width: Width
) -> None:
    page = eyes.open(workbench, lang=lang, width=width)
    page.goto("/incidents")
    if not page.locator("#f-country").is_visible():
        page.locator(".filters summary").click()
    page.locator("#f-country").fill("أفغانستان")
    page.locator("#f-event").select_option("air_drone_strike")
    page.locator("#f-country").press("Enter")
    page.wait_for_url("**country=**")
    assert "event=air_drone_strike" in page.url
    row = kunduz(workbench)
    expect(page.locator("main table")).to_contain_text(row.title_ar if lang == "ar" else row.title_en)
    expect(page.locator(".chips li")).to_have_count(2)
    page.locator(".chips a").last.click()
    page.wait_for_url(lambda url: "event=" not in url)
    expect(page.locator(".chips li")).to_have_count(1)


def test_a_heading_sorts_and_an_incident_opens_by_keyboard(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, "viewer")
    page.goto("/incidents?country=AF")
    page.get_by_role("link", name="Killed", exact=True).press("Enter")
    page.wait_for_url("**order=-killed**")
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Killed")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/incidents/{kunduz(workbench).id}")


def test_a_source_is_judged_by_keyboard_and_the_judgement_taken_back(own: Workbench, eyes: Eyes) -> None:
    page = eyes.open(own)
    page.goto("/sources")
    page.get_by_role("link", name="Marsad sample").press("Enter")
    page.get_by_role("radio", name="B Usually reliable").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("ten years of work")
    page.keyboard.press("Enter")
    expect(page.locator(".admiralty")).to_contain_text("Usually reliable")
    assert not faults(page)
    page.get_by_role("button", name="Take back").press("Enter")
    expect(page.locator(".admiralty")).to_have_count(0)


def test_a_viewer_does_not_judge(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, "viewer")
    page.goto("/sources/one?name=Marsad+sample")
    expect(page.locator("main form")).to_have_count(0)


def test_a_total_leads_to_its_incidents(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, "viewer")
    page.goto("/totals?country=SD")
    page.locator("a.title").first.click()
    page.wait_for_url("**/totals/t*")
    page.get_by_role("link", name="Kabkabiya").click()
    page.wait_for_url("**/incidents/i*")


@EACH
def test_search_finds_forms_of_a_word_and_marks_them(
    workbench: Workbench, eyes: Eyes, lang: Lang, width: Width
) -> None:
    page = eyes.open(workbench, "viewer", lang=lang, width=width)
    page.goto("/search")
    page.locator("#search-q").fill("مستشفى")
    page.locator("#search-q").press("Enter")
    page.wait_for_url("**q=**")
    expect(page.locator("mark").first).to_be_visible()
    marked = page.locator("mark").all_text_contents()
    assert "المستشفيات" in marked
    row = kunduz(workbench)
    page.get_by_role("link", name=row.title_ar if lang == "ar" else row.title_en).click()
    page.wait_for_url(f"**/incidents/{row.id}")
