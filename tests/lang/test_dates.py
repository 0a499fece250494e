"""The date grammar: the golden table of expressions, references, precision, and that nothing breaks it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import tables
from marsad.lang.dates import Interval, find, resolve
from marsad.lang.dates.grammar import load
from marsad.lang.text import fold

GOLDEN = Path(__file__).parents[1] / "golden" / "dates.tsv"
LINES = [line for line in GOLDEN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
CASES = [tuple(line.split("\t")) for line in LINES[1:]]
PUBLISHED = date(2015, 7, 22)
ANCHOR = Interval(date(2015, 7, 10), date(2015, 7, 10), 1, 1, "date", False)


def _only(
    text: str, lang: str, *, published: date | None = PUBLISHED, anchor: Interval | None = None
) -> Interval | None:
    mentions = find(fold(text), lang)
    assert len(mentions) == 1, mentions
    return resolve(mentions[0], published=published, anchor=anchor)


def test_golden_table_is_large_enough() -> None:
    assert len(CASES) >= 170


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[2]}")
def test_golden(case: tuple[str, ...]) -> None:
    lang, published, text, start, end, *precision = case
    day = date.fromisoformat(published)
    found = [found for mention in find(fold(text), lang) if (found := resolve(mention, published=day))]
    if start == "-":
        assert not found
        return
    assert [(str(i.start), str(i.end), str(i.date_precision)) for i in found] == [(start, end, precision[0])]


@pytest.mark.parametrize(
    ("lang", "text", "start"),
    [
        ("ar", "وفي اليوم التالي", "2015-07-11"),
        ("ar", "في اليوم ذاته", "2015-07-10"),
        ("ar", "قبل ذلك بيومين", "2015-07-08"),
        ("ar", "بعد ثلاثة أيام", "2015-07-13"),
        ("en", "The next day they left", "2015-07-11"),
        ("en", "later that day", "2015-07-10"),
        ("en", "a day earlier", "2015-07-09"),
        ("en", "two days later", "2015-07-12"),
    ],
)
def test_anchored(lang: str, text: str, start: str) -> None:
    found = _only(text, lang, anchor=ANCHOR)
    assert found is not None
    assert found.start == found.end == date.fromisoformat(start)
    assert _only(text, lang) is None


def test_since_then_runs_from_the_anchor() -> None:
    found = _only("since then hundreds have fled", "en", anchor=ANCHOR)
    assert found is not None
    assert (found.start, found.end) == (ANCHOR.start, PUBLISHED)


@pytest.mark.parametrize(
    ("lang", "text"), [("ar", "أمس"), ("ar", "في 12 مايو"), ("en", "on Tuesday"), ("en", "in March")]
)
def test_relative_needs_publication(lang: str, text: str) -> None:
    assert _only(text, lang, published=None) is None


def test_absolute_needs_no_publication() -> None:
    found = _only("في 12 مايو 2015", "ar", published=None)
    assert found is not None
    assert found.start == date(2015, 5, 12)


def test_plans_look_forward() -> None:
    (mention,) = find("on tuesday", "en")
    found = resolve(mention, published=PUBLISHED, future=True)
    assert found is not None
    assert found.start == date(2015, 7, 28)


def test_dated_only_by_publication_says_so() -> None:
    found = [_only(text, "en") for text in ("they are now in the town", "the town is still held", "so far it held")]
    assert all(interval is not None and interval.from_publication for interval in found)
    yesterday = _only("yesterday", "en")
    assert yesterday is not None
    assert not yesterday.from_publication


def test_no_such_day() -> None:
    assert _only("في 31 فبراير 2015", "ar") is None


def test_since_keeps_the_date_of_the_event_inside() -> None:
    text = "since the war began in 2011"
    (mention,) = find(text, "en")
    (part,) = mention.parts
    assert (mention.kind, text[part.start : part.end]) == ("since", "2011")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_examples_of_the_rules(lang: str) -> None:
    columns = ("name", "level", "kind", "action", "slots", "pattern", "example")
    for row in tables.read(f"lang/{lang}/data/date_rules.tsv", columns=columns):
        assert row["example"], row
        if row["kind"] not in ("skip", "bare"):
            assert find(fold(row["example"]), lang), f"{row.file}, line {row.line}"


VOCABULARY = {lang: sorted(word for word in load(lang).words if not word.startswith("#")) for lang in ("ar", "en")}


@given(st.sampled_from(["ar", "en"]), st.data(), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_words_of_the_grammar_in_any_order(lang: str, data: st.DataObject, published: date) -> None:
    words = data.draw(st.lists(st.sampled_from(VOCABULARY[lang]), max_size=12))
    _check(" ".join(words), lang, published)


@given(st.sampled_from(["ar", "en"]), st.text(), st.dates())
def test_any_text(lang: str, text: str, published: date) -> None:
    _check(fold(text), lang, published)


def _check(text: str, lang: str, published: date) -> None:
    end = 0
    for mention in find(text, lang):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        for anchor in (None, ANCHOR):
            found = resolve(mention, published=published, anchor=anchor)
            assert found is None or found.start <= found.end
