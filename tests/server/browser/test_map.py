"""The map: drawn without leaving this machine, its uncertainty as areas, by keyboard, and the same as a table."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import EACH, Eyes, Lang, Width, faults, spills
from tests.server.running import Workbench

LAYER = "[data-layer='{}']"


def drawn(page: Page) -> Page:
    """The page, once its map is drawn."""
    page.locator("#map[data-drawn]").wait_for(timeout=60_000)
    return page


@EACH
def test_the_map_has_no_fault_and_fits(workbench: Workbench, eyes: Eyes, lang: Lang, width: Width) -> None:
    page = eyes.open(workbench, lang=lang, width=width)
    page.goto("/map")
    drawn(page)
    assert spills(page) == 0
    assert not faults(page)


def test_as_many_are_drawn_as_have_a_place(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/map")
    placed = len(workbench.record.lists.points())
    assert placed
    assert drawn(page).locator("#map").get_attribute("data-drawn") == str(placed)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_is_in_the_middle_is_listed_by_key(workbench: Workbench, eyes: Eyes, lang: Lang) -> None:
    page = eyes.open(workbench, lang=lang)
    row = next(row for row in workbench.record.lists.incidents() if row.lat is not None)
    page.goto(f"/map#view=9/{row.lat:.3f}/{row.lon:.3f}")
    drawn(page)
    page.locator("#map canvas").focus()
    page.keyboard.press("Enter")
    title = row.title_ar if lang == "ar" else row.title_en
    expect(page.locator("#under").get_by_role("link", name=title).first).to_be_visible()
    expect(page.locator("#under a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/*")


def test_a_click_lists_and_a_tap_too(workbench: Workbench, eyes: Eyes) -> None:
    row = next(row for row in workbench.record.lists.incidents() if row.lat is not None)
    for width in ("desktop", "phone"):
        page = eyes.open(workbench, width=width)  # type: ignore[arg-type]
        page.goto(f"/map#view=9/{row.lat:.3f}/{row.lon:.3f}")
        drawn(page).locator("#map canvas").click()
        expect(page.locator("#under").get_by_role("link", name=row.title_en).first).to_be_visible()


def test_a_row_of_the_table_is_shown_on_the_map(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/map")
    before = drawn(page).url
    page.get_by_role("button", name="Show on the map").first.press("Enter")
    page.wait_for_url(lambda url: url != before and "#view=" in url)


def test_filters_stand_in_the_address_and_choose(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/map")
    page.get_by_label("Country").fill("Yemen")
    page.get_by_role("button", name="Show", exact=True).first.click()
    page.wait_for_url("**/map?*country=Yemen*")
    wanted = workbench.client("viewer").get("/map/points", params={"country": "Yemen"}).json()["id"]
    assert drawn(page).locator("#map").get_attribute("data-drawn") == str(len(wanted))
    assert len(wanted) < len(workbench.record.lists.points())


def test_layers_can_be_put_away(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    row = next(row for row in workbench.record.lists.incidents() if row.lat is not None)
    page.goto(f"/map#view=9/{row.lat:.3f}/{row.lon:.3f}")
    drawn(page)
    for layer in ("incidents", "areas", "statements"):
        page.locator(LAYER.format(layer)).uncheck()
    page.locator("#map canvas").click()
    expect(page.locator("#under")).to_contain_text("Nothing is drawn here")


def test_reported_control_and_movement_name_their_source(workbench: Workbench, eyes: Eyes) -> None:
    reports = workbench.client("viewer").get("/map/statements").json()["statements"]
    assert reports
    one = next(one for one in reports if one["from"] or one["to"])
    lon, lat = one["to"] or one["from"]
    page = eyes.open(workbench)
    page.goto(f"/map#view=9/{lat}/{lon}")
    drawn(page)
    page.locator(LAYER.format("incidents")).uncheck()
    page.locator("#map canvas").click()
    expect(page.locator("#under li").first).to_contain_text("reported by")
    expect(page.get_by_role("region", name="Reported movement and control")).to_be_visible()


def test_without_javascript_the_table_tells_the_same(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, java_script_enabled=False)
    page.goto("/map")
    title = workbench.record.lists.incidents().rows[0].title_en
    expect(page.get_by_role("region", name="The same as a table")).to_contain_text(title)


def test_dark_is_drawn_too(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, color_scheme="dark")
    page.goto("/map")
    assert not faults(drawn(page))
    page.emulate_media(color_scheme="light")
    assert not faults(drawn(page))


@EACH
def test_an_incident_shows_where_it_may_have_been(workbench: Workbench, eyes: Eyes, lang: Lang, width: Width) -> None:
    row = next(row for row in workbench.record.lists.incidents() if row.lat is not None)
    page = eyes.open(workbench, lang=lang, width=width)
    page.goto(f"/incidents/{row.id}")
    page.locator("[data-small-map][data-drawn]").wait_for(timeout=60_000)
