"""Text made to stall a reader: crowded sentences are cut, and the work done grows with length and no faster."""

import sys
from types import FrameType

import pytest

from marsad.extract.analyse import analyse
from marsad.model import Document
from marsad.pipeline import _find, read_document

CROWDED = {
    "ar": ["قصف ", "قصف، ", "قصف 5 ", "قصف حلب، ", "قصف\n", "قصف المدينة. في حلب. "],
    "en": ["shelling ", "shelling, ", "shelling 5 ", "shelling Aleppo, ", "shelling of the city. In Aleppo. "],
}
CASES = [(lang, word) for lang, words in CROWDED.items() for word in words]
PLACES = ("ar", "قصف" + " في حلب" * 250 + ". ")


def steps(text: str, lang: str) -> int:
    """Calls of functions that reading a text takes, comprehensions among them."""
    count = 0

    def tick(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        read_document(Document(id="t", text=text, lang=lang))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(("lang", "word"), [*CASES, PLACES])
def test_four_times_the_text_takes_about_four_times_the_steps(lang: str, word: str) -> None:
    size = 3000
    text = word * (4 * size // len(word) + 1)
    steps(text[:size], lang)
    once, fourfold = steps(text[:size], lang), steps(text[: 4 * size], lang)
    assert fourfold < 8 * once  # sixteen, were it quadratic


@pytest.mark.parametrize(("lang", "word"), CASES)
def test_a_sentence_of_hundreds_of_events_is_cut(lang: str, word: str) -> None:
    text = word * 400
    reading = analyse(Document(id="t", text=text, lang=lang), lang, _find)
    told = [sum(m.entry.kind == "event" for m in s.matches) for s in reading.sentences]
    assert max(told) <= 64  # 32 words, of which some are two lines of the lexicon
    assert [s.index for s in reading.sentences] == list(range(len(reading.sentences)))
    assert reading.sentences[-1].end >= len(text.rstrip(" ,،.\n"))


def test_what_a_crowded_sentence_tells_at_its_end_is_still_read() -> None:
    text = "قصف، " * 100 + "قتل ثلاثة مدنيين في غارة جوية على حلب."
    claims = read_document(Document(id="t", text=text, lang="ar"))
    assert any(q.of == "killed" and q.low == 3 for c in claims for q in c.quantities)
