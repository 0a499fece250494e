"""Who says so: frames of speech, chains, what carries over and what does not."""

from collections.abc import Iterable, Sequence

import pytest

from marsad.extract import attribution
from marsad.extract.analyse import analyse
from marsad.extract.draft import Reading
from marsad.lang.base import PlaceSpan
from marsad.model import Document


def _no_places(
    words: Sequence[str], lang: str, *, capitalised: Sequence[bool] | None, taken: Iterable[tuple[int, int]]
) -> Sequence[PlaceSpan]:
    return []


def _speakers(text: str, word: str, *, lang: str = "ar", title: str = "") -> list[str]:
    """Speakers of the unit that begins with ``word``, nearest first."""
    reading: Reading = analyse(Document(id="d", text=text, lang=lang, title=title), lang, _no_places)
    memory = attribution.Memory()
    for sentence in reading.sentences:
        if not sentence.parsed:
            continue
        found = attribution.frames(reading, sentence, memory)
        for position, unit in enumerate(sentence.units):
            if reading.quote(sentence.spans[unit.start][0], sentence.spans[unit.end - 1][1]).startswith(word):
                holding = sorted((f for f in found if f.first <= position < f.last), key=lambda f: (f.whole, -f.first))
                return list(dict.fromkeys(reading.quote(v.start, v.end) for f in holding for v in f.voices))
    raise AssertionError(f"no unit {word!r}")


@pytest.mark.parametrize(
    ("text", "word", "speakers"),
    [
        ("قالت مصادر محلية إن القصف دمر ستة منازل.", "القصف", ["مصادر محلية"]),
        ("مصادر محلية قالت إن القصف دمر ستة منازل.", "القصف", ["مصادر محلية"]),
        ("قصفت الطائرات سوقا، بحسب الشرطة.", "قصفت", ["الشرطة"]),
        ("قصفت الطائرات سوقا، حسبما أفاد ناشطون.", "قصفت", ["ناشطون"]),
        ("وكان مصدر عسكري قد صرح بأن القصف مستمر.", "القصف", ["مصدر عسكري"]),
        ("قال مصدر أمني لوكالة فرانس برس إن القصف مستمر.", "القصف", ["مصدر أمني", "وكالة فرانس برس"]),
        ("نقلت وكالة فرانس برس عن مصدر أمني أن القصف مستمر.", "القصف", ["مصدر أمني", "وكالة فرانس برس"]),
        ("أعلنت الشرطة هدوء الحي، وقال ناشطون إن القصف مستمر.", "القصف", ["ناشطون"]),
        ("قالت الشرطة إن الحي هادئ. وأضافت أن القصف توقف.", "القصف", ["الشرطة"]),
        ("قالت الشرطة إن الحي هادئ. يذكر أن القصف بدأ أمس.", "القصف", []),
        ("قالت الشرطة إن الحي هادئ. وبدأ القصف فجرا.", "القصف", []),
        ("أكدت النتائج أن القصف دمر الجسر.", "القصف", []),
        ("لم تعلن الشرطة وقوع قصف.", "قصف", []),
    ],
)
def test_arabic(text: str, word: str, speakers: list[str]) -> None:
    assert _speakers(text, word) == speakers


@pytest.mark.parametrize(
    ("text", "word", "speakers"),
    [
        ("Police said an airstrike hit the market.", "airstrike", ["Police"]),
        ("An airstrike hit the market, the ministry said.", "airstrike", ["ministry"]),
        ("An airstrike hit the market, said the ministry.", "airstrike", ["ministry"]),
        ("An airstrike hit the market a resident said on Monday.", "airstrike", ["resident"]),
        ("According to residents, an airstrike hit the market.", "airstrike", ["residents"]),
        ("A source at the port told Reuters that an airstrike hit it.", "airstrike", ["source at the port", "Reuters"]),
        ("Police closed the road. An airstrike hit the market.", "airstrike", []),
        ("The ministry said the road was open. It said an airstrike hit the market.", "airstrike", ["It"]),
        ("The ministry said the road was open. An airstrike hit the market.", "airstrike", []),
    ],
)
def test_english(text: str, word: str, speakers: list[str]) -> None:
    assert _speakers(text, word, lang="en") == speakers


def test_publisher_is_not_listed() -> None:
    text = "قالت شبكة المدينة إن القصف مستمر."
    assert _speakers(text, "القصف") == ["شبكة المدينة"]
    assert _speakers(text, "القصف", title="قصف على الحي - شبكة المدينة") == []
