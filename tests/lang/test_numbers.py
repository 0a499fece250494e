"""Numbers against the golden table, and what must hold for any words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.lang.numbers import Number, find, looks_like_year
from marsad.lang.text import normalise, tokens

_TABLE = Path(__file__).parents[1] / "golden" / "numbers.tsv"
_ROWS = [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"][1:]
_WORDS = sorted({word for _, text, _ in _ROWS for word in normalise(text).text.split()})


def _words(text: str) -> list[str]:
    folded = normalise(text).text
    return [folded[start:end] for start, end in tokens(folded, 0, len(folded))]


def _written(number: Number) -> str:
    low, high = ("*" if bound is None else str(bound) for bound in (number.low, number.high))
    return f"{low}..{high}{'%' if number.percent else ''}"


def test_the_table_is_large_enough() -> None:
    assert len(_ROWS) >= 120


@pytest.mark.parametrize(("lang", "text", "expected"), _ROWS, ids=[row[1] for row in _ROWS])
def test_golden(lang: str, text: str, expected: str) -> None:
    assert " ".join(map(_written, find(_words(text), lang))) == expected.strip("-")


def test_spans_take_in_the_modifiers_and_head_stands_before_the_noun() -> None:
    words = _words("قتل أكثر من 30 جنديا")
    (number,) = find(words, "ar")
    assert words[number.start : number.end] == ["اكثر", "من", "30"]
    assert words[number.head] == "جنديا"
    assert (number.exact, number.modifier) == (False, "min")


def test_modifiers_are_named() -> None:
    named = {"12 men": "", "about 12 men": "about", "up to 12 men": "max", "dozens": "vague", "2 to 12 men": "range"}
    assert {text: find(_words(text), "en")[0].modifier for text in named} == named


def test_a_bare_year_is_marked() -> None:
    (number,) = find(_words("كأس 2015"), "ar")
    assert number.year
    (number,) = find(_words("أكثر من 2015 رجلا"), "ar")
    assert not number.year
    assert looks_like_year("1948")
    assert not looks_like_year("2100")


@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=6), max_size=25), st.sampled_from(["ar", "en"]))
def test_any_words(words: list[str], lang: str) -> None:
    end = 0
    for number in find(words, lang):
        assert end <= number.start < number.end <= len(words)
        assert number.start < number.head <= number.end
        assert number.low is not None or number.high is not None
        if number.low is not None and number.high is not None:
            assert 0 <= number.low <= number.high
        end = number.end
