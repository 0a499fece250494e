"""The article, day and title of the pages in ``tests/pages``: floors that the extraction holds."""

import re
from collections import Counter
from functools import cache

from marsad.capture.page import document_of
from marsad.model import Document
from tests.pages.render import Page, pages

TEXT_FLOOR, UNSEEN_FLOOR, DATE_FLOOR, TITLE_FLOOR, WORST_FLOOR = 0.97, 0.94, 0.97, 0.96, 0.85


def f1(found: str, true: str) -> float:
    """The harmonic mean of precision and recall of words, each as often as it occurs."""
    ours, theirs = Counter(re.findall(r"\w+", found)), Counter(re.findall(r"\w+", true))
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


@cache
def read() -> list[tuple[Page, Document]]:
    return [(page, document_of(page.html, url=page.url)) for page in pages()]


def test_the_set_is_as_large_and_varied_as_it_should_be() -> None:
    skeletons = {page.name.split("-")[0] for page in pages()}
    assert len(pages()) >= 60
    assert len(skeletons) >= 25
    assert len({page.html for page in pages()}) == len(pages())


def test_text() -> None:
    scores = {page.name: f1(document.text, page.text) for page, document in read()}
    assert sum(scores.values()) / len(scores) >= TEXT_FLOOR
    assert {name: score for name, score in scores.items() if score < WORST_FLOOR} == {}


def test_text_of_layouts_for_which_nothing_was_changed() -> None:
    scores = [f1(document.text, page.text) for page, document in read() if page.unseen]
    assert len(scores) >= 12
    assert sum(scores) / len(scores) >= UNSEEN_FLOOR


def test_day() -> None:
    wrong = {page.name: document.published for page, document in read() if document.published != page.published}
    assert len(wrong) <= (1 - DATE_FLOOR) * len(pages()), wrong


def test_title() -> None:
    titled = [(page, document) for page, document in read() if page.title]
    wrong = {page.name: document.title for page, document in titled if document.title != page.title}
    assert len(wrong) <= (1 - TITLE_FLOOR) * len(titled), wrong
