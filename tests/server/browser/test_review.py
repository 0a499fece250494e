"""Double review by keyboard alone: given, reviewed by two, settled, and how far they agree."""

from playwright.sync_api import Locator, Page, expect

from marsad.server.demo import person
from tests.browser import EACH, Eyes, Lang, Width, faults, spills
from tests.server.running import Workbench

WORDS = {
    "en": {
        "give": "Give them",
        "save": "Save the correction",
        "take": "Take this",
        "event": "Event",
        "keep": "It is: keep it",
    },
    "ar": {"give": "إسناد", "save": "حفظ التصحيح", "take": "أخذ هذا", "event": "نوع الحدث", "keep": "نعم: يبقى"},
}


def fine(page: Page) -> None:
    """Nothing on the page keeps anybody out, and nothing spills over its side."""
    assert not faults(page)
    assert spills(page) == 0


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus."""
    for _ in range(150):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {wanted}")


def give(page: Page, words: dict[str, str]) -> None:
    """Give one document to two reviewers."""
    page.goto("/review")
    fine(page)
    page.keyboard.press("n")
    page.wait_for_url("**/review/new")
    fine(page)
    for field, typed in (("first", person("reviewer")), ("second", person("admin"))):
        tab_to(page, page.locator(f"#f-{field}"))
        page.keyboard.type(typed)
    tab_to(page, page.locator("#f-size"))
    page.keyboard.press("Control+a")
    page.keyboard.type("1")
    tab_to(page, page.get_by_role("button", name=words["give"], exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/1?done=assigned")
    fine(page)


def begin(page: Page) -> None:
    """Open the first document that was given."""
    page.goto("/review")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/1/1")
    fine(page)


def accept_the_rest(page: Page) -> None:
    """Accept what is open, claim by claim, and hand in."""
    while page.locator("progress").evaluate("bar => bar.value < bar.max"):
        with page.expect_navigation():
            page.keyboard.press("a")
    page.keyboard.press("h")
    page.wait_for_url("**/review?done=handed_in")
    fine(page)


def correct_the_event(page: Page, words: dict[str, str]) -> None:
    page.keyboard.press("c")
    event = page.locator("#correct select[name=event]")
    tab_to(page, event)
    page.keyboard.press("End")
    fine(page)
    tab_to(page, page.get_by_role("button", name=words["save"]))
    page.keyboard.press("Enter")
    page.wait_for_url("**done=correct")


@EACH
def test_two_review_and_a_third_settles(own: Workbench, eyes: Eyes, lang: Lang, width: Width) -> None:
    words = WORDS[lang]
    editor = eyes.open(own, "editor", lang=lang, width=width)
    give(editor, words)

    first = eyes.open(own, "reviewer", lang=lang, width=width)
    begin(first)
    with first.expect_navigation():
        first.keyboard.press("r")
    accept_the_rest(first)

    second = eyes.open(own, "admin", lang=lang, width=width)
    begin(second)
    expect(second.locator("progress")).to_have_js_property("value", 0)  # nothing of the other's is here
    correct_the_event(second, words)
    second.keyboard.press("j")
    second.wait_for_url("**claim=*")
    accept_the_rest(second)

    editor.goto("/review/1")
    fine(editor)
    tab_to(editor, editor.locator("tbody .button.first"))
    editor.keyboard.press("Enter")
    editor.wait_for_url("**/review/1/1/settle")
    fine(editor)
    editor.keyboard.press("a")
    editor.wait_for_url("**done=agreed")
    tab_to(editor, editor.locator("input[name=verdict]").first)
    editor.keyboard.press("Space")
    expect(editor.get_by_role("radio", name=words["keep"])).to_be_checked()
    tab_to(editor, editor.get_by_role("button", name=words["take"]))
    editor.keyboard.press("Enter")
    editor.wait_for_url("**/review/1?done=closed")
    fine(editor)
    (document,) = own.record.double.batch(1).documents
    assert {one.state for one in own.record.reviewed_in(document)} <= {"accepted", "corrected"}
    assert {d.who for d in own.record.decisions()} == {person("editor")}

    editor.goto("/review")
    editor.keyboard.press("v")
    editor.wait_for_url("**/review/agreement")
    expect(editor.locator("tbody tr")).to_have_count(11)
    fine(editor)


def test_a_missed_claim_is_added_by_picking_its_words_with_keys(own: Workbench, eyes: Eyes) -> None:
    documents = [row.id for row in own.record.lists.documents().rows if row.claims]
    batch = own.record.double.assign(documents[:1], (person("reviewer"), person("admin")), who=person("editor")).n
    page = eyes.open(own, "reviewer")
    page.goto(f"/review/{batch}/1")
    page.keyboard.press("s")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#a-trigger")).not_to_have_value("")
    picked = page.locator("#a-trigger").input_value()
    tab_to(page, page.locator("#add button.first"))
    page.keyboard.press("Enter")
    page.wait_for_url("**done=add**")
    work = own.record.double.work(batch, documents[0], who=person("reviewer"))
    assert [one.claim.trigger for one in work.claims if one.added] == [picked]
    assert own.record.decisions() == []
