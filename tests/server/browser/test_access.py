"""Signing in, accounts, adding and the audit log in a browser, by keyboard alone."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from marsad.server.signing import Signing
from tests.browser import EACH, Eyes, Lang, Width, faults, spills
from tests.server.running import Workbench

PASSWORD = "olives under a slow rain"
PAGES = [(None, "/login"), ("admin", "/admin/accounts"), ("admin", "/audit"), ("editor", "/add"), ("viewer", "/add")]


@EACH
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_each_page_has_no_fault_and_fits(
    workbench: Workbench, eyes: Eyes, role: str | None, path: str, lang: Lang, width: Width
) -> None:
    eyes.expect("403")
    page = eyes.open(workbench, role, lang=lang, width=width)
    page.goto(path)
    assert spills(page) == 0
    assert not faults(page)


@EACH
def test_the_first_admin_is_made_signs_out_and_in_by_keyboard(
    own: Workbench, eyes: Eyes, lang: Lang, width: Width
) -> None:
    token = Signing(own.record, own.app.state.passwords, own.settings).first_link()
    page = eyes.open(own, None, lang=lang, width=width)
    page.goto(f"/setup?token={token}")
    assert not faults(page)
    page.locator("#f-name").focus()
    for text in ("سلمى", PASSWORD, PASSWORD):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox")
    page.goto("/account")
    expect(page.locator("main bdi").first).to_have_text("سلمى")
    page.evaluate("document.querySelector('form[action=\"/logout\"]').requestSubmit()")
    page.wait_for_url("**/login")
    page.keyboard.type("سلمى")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox")


def test_a_wrong_password_is_told_and_the_name_stays(own: Workbench, eyes: Eyes) -> None:
    eyes.expect("403")
    page = eyes.open(own, None)
    page.goto("/login?next=/account")
    page.keyboard.type("Huda")
    page.keyboard.press("Tab")
    page.keyboard.type("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#f-name")).to_have_value("Huda")
    assert not faults(page)


def test_an_admin_makes_an_account_and_is_given_its_link(own: Workbench, eyes: Eyes) -> None:
    page = eyes.open(own, "admin")
    page.goto("/admin/accounts")
    page.get_by_label("Name", exact=True).fill("<b>نور</b>")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    made = page.get_by_role("heading", name="The link for <b>نور</b>")
    expect(made).to_be_visible()
    expect(page.locator("input.secret")).to_have_value(re.compile(rf"{own.url}/setup\?token=\S{{20,}}"))
    assert not faults(page)


def test_files_are_added_while_their_progress_is_told(own: Workbench, eyes: Eyes, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("A strike hit the market of Saraqib on 4 May 2018. Five civilians were killed.", encoding="utf-8")
    page = eyes.open(own, "editor")
    page.goto("/add")
    page.get_by_label("Choose files").set_input_files(file)
    page.get_by_role("button", name="Add the files").press("Enter")
    expect(page.get_by_text("new 1,")).to_be_visible()
    assert not faults(page)
    _settled(page)
    page.get_by_role("main").get_by_role("link").first.press("Enter")
    page.wait_for_url("**/documents/**")


def test_the_log_is_filtered(own: Workbench, eyes: Eyes) -> None:
    own.client("viewer").get("/export/incidents.csv")
    page = eyes.open(own, "admin")
    page.goto("/audit")
    page.get_by_label("What kind").select_option("export")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**kind=export**")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Demo viewer")


def _settled(page: Page) -> None:
    """The page of the job is loaded anew at its end."""
    page.wait_for_load_state("load")
    time.sleep(0.3)
