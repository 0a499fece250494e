"""The timeline: charts and the same as a table, a brush and its equal by keyboard, totals beside sums."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import EACH, Eyes, Lang, Width, faults, spills
from tests.server.running import Workbench


def drawn(page: Page) -> Page:
    """The page, once its charts are drawn."""
    page.locator("[data-timeline][data-drawn]").wait_for()
    return page


@EACH
@pytest.mark.parametrize("split", ["", "actor", "event", "grade"])
def test_the_timeline_has_no_fault_and_fits(
    workbench: Workbench, eyes: Eyes, lang: Lang, width: Width, split: str
) -> None:
    page = eyes.open(workbench, lang=lang, width=width)
    page.goto(f"/timeline?split={split}")
    drawn(page)
    assert page.locator("[data-chart] canvas").count() == (3 if split else 2)
    assert spills(page) == 0
    assert not faults(page)


def test_a_brush_sets_the_time_in_the_address(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/timeline?by=month")
    plot = drawn(page).locator("[data-chart='events'] .u-over")
    box = plot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 60, steps=5)
    page.mouse.up()
    page.wait_for_url("**from=*")
    query = parse_qs(urlsplit(page.url).query)
    assert query["from"][0] < query["to"][0]
    expect(page.get_by_label("From", exact=True)).to_have_value(query["from"][0])
    drawn(page).get_by_role("link", name="The whole time").click()
    page.wait_for_url(lambda url: "from=" not in url)


def test_the_fields_choose_a_time_by_keyboard(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/timeline")
    page.get_by_label("From", exact=True).fill("2015-10-01")
    page.get_by_label("To", exact=True).fill("2015-10-31")
    page.get_by_label("To", exact=True).press("Enter")
    page.wait_for_url("**from=2015-10-01*to=2015-10-31*")
    expect(page.locator("main table").first).to_contain_text("2015")
    expect(page.locator("main table").first).not_to_contain_text("2016")


def test_the_table_tells_what_the_chart_draws(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/timeline?by=year")
    drawn(page)
    told = [
        int(cell.replace(",", ""))
        for cell in page.locator("main table").first.locator("tbody td:nth-child(2)").all_inner_texts()
    ]
    found = workbench.record.lists.timeline(by="year")
    assert told == [events for events in found.series["*"].events if events]


def test_where_nobody_gives_a_figure_the_table_says_so(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/timeline?by=day")
    drawn(page)
    found = workbench.record.lists.timeline(by="day").series["*"]
    steps = [n for n, events in enumerate(found.events) if events][:24]
    shown = page.locator("main table").first.locator("tbody td:nth-child(3) [dir=ltr] > [aria-hidden]")
    assert shown.all_inner_texts() == ["?" if found.unknown[n] else "–" for n in steps if found.killed_low[n] is None]
    assert shown.count()


def test_ranges_run_from_low_to_high_in_arabic(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, lang="ar")
    page.goto("/incidents?order=-killed")
    row = page.locator("[data-row]").filter(has=page.locator("a.title bdi")).first
    for told in (row.locator("a.title bdi").last, row.locator(".range [aria-hidden]").first):
        expect(told).to_have_css("direction", "ltr")
        expect(told).to_have_css("unicode-bidi", "isolate")


def test_totals_stand_beside_what_incidents_add_up_to(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/timeline")
    expect(
        page.get_by_role("region", name="Totals of campaigns against incidents").last.locator("tbody tr")
    ).not_to_have_count(0)


def test_without_javascript_the_table_tells_the_same(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, java_script_enabled=False)
    page.goto("/timeline?by=month&split=event")
    expect(page.locator("main table tbody tr").first).to_be_visible()
