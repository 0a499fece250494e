"""An article on the page: its pieces are its text, what is hidden is not in them, graphic sentences are apart."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.evidence.withholding import Withheld
from marsad.server.guards import find
from marsad.server.marks import KINDS, Mark, of_claim
from marsad.server.reading.article import Hidden, hidden, paragraphs
from tests.server.claims import CLAIM, TEXT

ENDS = st.integers(0, 40)
PAIRS = st.tuples(ENDS, ENDS).map(lambda pair: (min(pair), max(pair)))


@given(
    st.text(alphabet="ab \n\rقصف🕊\u0301", min_size=40, max_size=60),
    st.lists(st.tuples(PAIRS, st.sampled_from(KINDS)), max_size=8),
    st.lists(PAIRS, max_size=3),
    st.lists(PAIRS, max_size=3),
)
def test_pieces_are_the_text_without_ends_of_lines_and_cover_each_mark(
    text: str,
    given_marks: list[tuple[tuple[int, int], str]],
    private: list[tuple[int, int]],
    graphic: list[tuple[int, int]],
) -> None:
    marks = [Mark(kind=kind, start=s, end=e) for (s, e), kind in given_marks]
    masked, done = [], 0
    for start, end in sorted(private):
        if start >= done and end > start and "\n" not in text[start:end]:
            masked.append(Hidden(start=start, end=end, kind="name"))
            done = end
    made = paragraphs(text, marks, masked, [span for span in graphic if span[1] > span[0]])
    pieces = [piece for line in made for run in line for piece in run.pieces]
    assert [line for line in text.split("\n") if line.strip()] == [
        "".join(text[p.start : p.end] for run in line for p in run.pieces) for line in made
    ]
    shown = {p for piece in pieces for p in range(piece.start, piece.end)}
    hidden_places = {p for one in masked for p in range(one.start, one.end)}
    for piece in pieces:
        assert piece.text == ("" if piece.private else text[piece.start : piece.end])
        assert bool(piece.private) == bool(set(range(piece.start, piece.end)) & hidden_places)
    for mark in marks:
        covered = {p for piece in pieces if mark in piece.marks for p in range(piece.start, piece.end)}
        assert covered >= set(range(mark.start, mark.end)) & shown
        assert covered - set(range(mark.start, mark.end)) <= hidden_places


def test_what_is_private_is_not_in_the_pieces_and_graphic_sentences_stand_apart() -> None:
    guarded = find(TEXT, "en")
    masked = hidden(TEXT, guarded, Withheld(), shown=False)
    made = paragraphs(TEXT, of_claim(CLAIM, 1), masked, guarded.graphic)
    said = "".join(piece.text for line in made for run in line for piece in run.pieces)
    assert "Yyyyyy" not in said
    assert "0555" not in said
    assert [run.graphic for run in made[1]] == [False, True]
    assert "".join(piece.text for piece in made[1][1].pieces).strip() == "Charred bodies lay in the street."


def test_withheld_names_stay_hidden_where_personal_data_is_shown() -> None:
    guarded = find(TEXT, "en")
    masked = hidden(TEXT, guarded, Withheld(names={1: "Xxxx Yyyyyy"}), shown=True)
    assert {one.kind for one in masked} == {"withheld"}
    assert [TEXT[one.start : one.end] for one in masked] == ["Xxxx Yyyyyy"] * 2
    both = hidden(TEXT, guarded, Withheld(names={1: "Yyyyyy"}), shown=False)
    assert [one.kind for one in both] == ["withheld", "number", "withheld"]


def test_the_label_of_a_mark_stands_where_it_ends() -> None:
    made = paragraphs(TEXT, of_claim(CLAIM, 1), [], [])
    ends = [(mark.kind, piece.text) for run in made[0] for piece in run.pieces for mark in piece.ends]
    assert ("trigger", "bombed") in ends
    assert ("target", "12 people") in ends
    assert [kind for kind, _ in ends].count("target") == 1
