"""The frame of every page: header, keys, language, light and dark, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser import EACH, Eyes, Lang, Width, faults, spills
from tests.server.running import Workbench


@EACH
def test_the_frame_has_no_fault_and_fits(workbench: Workbench, eyes: Eyes, lang: Lang, width: Width) -> None:
    page = eyes.open(workbench, lang=lang, width=width)
    page.goto("/account")
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    assert spills(page) == 0
    assert not faults(page)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_dark_has_no_fault_either(workbench: Workbench, eyes: Eyes, lang: Lang) -> None:
    page = eyes.open(workbench, lang=lang, color_scheme="dark")
    page.goto("/account")
    assert not faults(page)


def test_question_mark_shows_the_keys_and_escape_hides_them(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/account")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Timeline")
    assert not faults(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_keys_lead_to_pages_and_can_be_turned_off(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/account")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/map")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.goto("/account")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_keys_are_letters_while_one_writes(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/account")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("g m?")
    expect(page.get_by_role("searchbox")).to_have_value("g m?")


def test_the_language_is_switched_in_the_header(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/timeline?by=year")
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    assert page.url.endswith("/timeline?by=year")


def test_the_menu_of_a_phone_opens_and_leads_on(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench, width="phone")
    page.goto("/account")
    expect(page.get_by_role("link", name="Timeline")).to_be_hidden()
    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("link", name="Timeline").tap()
    page.wait_for_url("**/timeline")


def test_the_first_stop_of_the_tab_key_skips_to_the_content(workbench: Workbench, eyes: Eyes) -> None:
    page = eyes.open(workbench)
    page.goto("/account")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
