"""Marks in an article: the segments join to the text exactly, and every mark covers exactly its words."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.server.marks import KINDS, Mark, of_claim, segments
from tests.server.claims import CLAIM

TEXTS = st.text(alphabet="ab \nقصف🕊\u0301", min_size=0, max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark], list[int]]:
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    pairs = st.tuples(ends, ends, st.sampled_from(KINDS), st.integers(1, 4))
    marks = [Mark(kind=k, start=min(a, b), end=max(a, b), claim=n) for a, b, k, n in draw(st.lists(pairs, max_size=9))]
    return text, marks, draw(st.lists(ends, max_size=4))


@given(marked())
def test_segments_join_to_the_text_and_cover_each_mark_exactly(case: tuple[str, list[Mark], list[int]]) -> None:
    text, marks, cuts = case
    found = segments(0, len(text), marks, cuts=cuts)
    assert "".join(text[s.start : s.end] for s in found) == text
    assert all(s.start < s.end for s in found)
    for mark in marks:
        covered = [p for s in found if mark in s.marks for p in range(s.start, s.end)]
        assert covered == list(range(mark.start, mark.end))
        assert [s.start for s in found if mark in s.opens] == ([mark.start] if mark.end > mark.start else [])
    assert {cut for cut in cuts if 0 < cut < len(text)} <= {s.start for s in found}


def test_a_part_of_a_text_takes_the_marks_that_reach_over_its_ends() -> None:
    found = segments(10, 20, [Mark(kind="evidence", start=5, end=15), Mark(kind="time", start=18, end=30)])
    assert [(s.start, s.end, [m.kind for m in s.marks]) for s in found] == [
        (10, 15, ["evidence"]),
        (15, 18, []),
        (18, 20, ["time"]),
    ]


def test_wider_marks_stand_outside_narrower_ones() -> None:
    found = segments(0, 9, [Mark(kind="figure", start=2, end=4), Mark(kind="evidence", start=0, end=9)])
    assert [m.kind for m in found[1].marks] == ["evidence", "figure"]


def test_every_field_of_a_claim_that_has_words_is_marked() -> None:
    marks = of_claim(CLAIM, 3, cues=[(0, 5)])
    assert {mark.kind for mark in marks} == {
        "evidence", "trigger", "actor", "target", "place", "time", "figure", "speaker", "factuality",
    }  # fmt: skip
    assert {mark.claim for mark in marks} == {3}
