"""Passages cut where words were found."""

from marsad.server.guards import MASK, Private
from marsad.server.pages.search import cut


def test_what_was_found_is_told_apart_and_nothing_is_lost() -> None:
    text = "a hospital and a school"
    parts = cut(text, ((2, 10), (17, 23)))
    assert parts == (("a ", False), ("hospital", True), (" and a ", False), ("school", True))
    assert "".join(words for words, _ in parts) == text


def test_marks_that_overlap_or_repeat_give_no_word_twice() -> None:
    assert "".join(words for words, _ in cut("market", ((0, 6), (0, 6), (3, 6)))) == "market"


def test_what_is_private_is_masked_even_where_it_was_sought() -> None:
    parts = cut("resident Xxxx said", ((9, 13), (14, 18)), [Private(start=9, end=13, kind="name")])
    assert parts == (("resident ", False), (MASK, False), (" ", False), ("said", True))
