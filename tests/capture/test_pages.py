"""The article, day and title of the pages in ``tests/pages``: floors that the extraction holds."""

import random
import re
from collections import Counter
from functools import cache

from marsad.capture.page import document_of
from marsad.errors import InputError
from marsad.model import Document
from tests.pages.render import Page, pages

DAMAGE = (b"", b"<", b">", b'"', b"\0", b"\xd9", b"</div>", b"<table>", b"<svg>", b"&#0;", b"<frameset>", b"<br><br>")
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


def test_damaged_pages_are_read_or_refused_and_nothing_else() -> None:
    chance = random.Random(5)
    for _ in range(300):
        html = bytearray(chance.choice(pages()).html)
        for _ in range(chance.randint(1, 30)):
            place = chance.randrange(len(html))
            html[place : place + chance.choice((0, 1, 40))] = chance.choice(DAMAGE)
        try:
            assert document_of(bytes(html), url="", origin="a.html").text.strip()
        except InputError:
            continue
