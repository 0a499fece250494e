"""Folding, its way back, sentences and tokens."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.lang.text import fold, normalise, sentences, tokens

_AWKWARD = "ـ َٰ\u0640\u200c\u200f\u202b\ufeff\u00ad\u00a0ﷲﻻﷺﹰİßΣςﬁ½²①٠۱،؛؟«»“”’–…أإآٱةىؤئکیگقصف .\n\"'1a\ud800\U0001d7d8"
_texts = st.text() | st.text(alphabet=_AWKWARD) | st.text(alphabet=" ـ.قصفابن")

_FOLDED = [
    ("أَخْبَرَ", "اخبر"),
    ("إلى آخرِ القريـــة", "الي اخر القريه"),
    ("مسؤول طوارئ", "مسوول طواري"),
    ("١٢٣ ۴۵۶", "123 456"),
    ("١٢٫٥", "12.5"),
    ("کردی", "كردي"),
    ("ﻗﺼﻒ", "قصف"),
    ("ﷲ", "الله"),
    ("ﻻ", "لا"),
    ("\u200fقصف\u202c\ufeff", "قصف"),
    ("قصف\u00a0جوي", "قصف جوي"),
    ("“قصف”", '"قصف"'),
    ("«قصف»", '"قصف"'),
    ("Sana’a", "sana'a"),
    ("2014–2016", "2014-2016"),
    ("İdlib Ñandú", "idlib nandu"),
    ("قـ ـصـ ـف", "قصف"),
    ("قـ.ـصف", "قصف"),
    ("ق ص ف المدينة", "قصف المدينه"),
    ("ق.ص.ف", "قصف"),
    ("جـ ـر ا حـ ـه.. مـ ـقـ ـتـ ـل رجل", "جراحه.. مقتل رجل"),
    ("بـ 12 و 15", "ب 12 و 15"),
    ("رجل و بنت", "رجل و بنت"),
]


@pytest.mark.parametrize(("text", "folded"), _FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_nothing_removed_costs_no_offsets() -> None:
    plain = normalise("قال أحمد إنّ")
    assert plain.offsets is not None
    assert normalise("قال أحمد إن 12 – 15").offsets is None


def test_original_takes_the_marks_of_its_letters() -> None:
    text = "قُتِلَ شهيدًا"
    folded = normalise(text)
    start = folded.text.index("شهيدا")
    first, last = folded.original(start, start + 5)
    assert text[first:last] == "شهيدًا"
    first, last = folded.original(0, 3)
    assert text[first:last] == "قُتِلَ"


def test_original_of_a_spaced_out_word() -> None:
    text = "بعد قـ ـصـ ـف القرية"
    folded = normalise(text)
    start = folded.text.index("قصف")
    first, last = folded.original(start, start + 3)
    assert text[first:last] == "قـ ـصـ ـف"


@given(_texts)
def test_offsets_quote(text: str) -> None:
    folded = normalise(text)
    ends = []
    for i, letter in enumerate(folded.text):
        start, end = folded.original(i, i + 1)
        assert 0 <= start < end <= len(text)
        assert letter in normalise(text[start:end]).text or letter in normalise(text[start : end + 1]).text
        ends.append(start)
    assert ends == sorted(ends)
    assert folded.original(0, 0)[0] <= folded.original(0, len(folded.text))[1] <= len(text)


@given(_texts)
def test_fold_is_normalise_stripped_and_settles(text: str) -> None:
    assert fold(text) == normalise(text).text.strip()
    assert len(normalise(text).text) <= 18 * len(text)


@given(_texts, st.sampled_from(["ar", "en"]))
def test_sentences_and_tokens_of_anything(text: str, lang: str) -> None:
    folded = normalise(text).text
    last = 0
    for start, end in sentences(folded, lang):
        assert last <= start < end <= len(folded)
        assert folded[start:end] == folded[start:end].strip()
        assert "\n" not in folded[start:end]
        covered = "".join(folded[a:b] for a, b in tokens(folded, start, end))
        assert covered == "".join(folded[start:end].split())
        last = end


@pytest.mark.parametrize(
    "unit",
    ["a", ". ", '"', "ـ ", "ق ", "a.", "1.", "\n", "a'", "قـ ", "قـ ـ", '".', "(a ", "april ", "short url 1 ", "«د. "],
)
def test_linear(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.perf_counter()
        folded = normalise(text).text
        for lang in ("ar", "en"):
            sentences(folded, lang)
        tokens(folded, 0, len(folded))
        return time.perf_counter() - start

    seconds(1000)
    assert seconds(200_000) < 40 * seconds(20_000) + 0.5


_SENTENCES = [
    ("ar", "وصل الوفد. وقال رئيسه نعم", ["وصل الوفد.", "وقال رئيسه نعم"]),
    ("ar", "وصل الوفد إلى المدينة.وقال رئيسه نعم.", ["وصل الوفد إلى المدينة.", "وقال رئيسه نعم."]),
    ("ar", "من هم؟ لا نعرف! حسنا", ["من هم؟", "لا نعرف!", "حسنا"]),
    ("ar", "سطر أول\nسطر ثان\n\n سطر ثالث ", ["سطر أول", "سطر ثان", "سطر ثالث"]),
    ("ar", "قصف.. ثم هدوء", ["قصف.. ثم هدوء"]),
    ("ar", "قصف… ثم هدوء", ["قصف…", "ثم هدوء"]),
    ("ar", "بلغ 12.5 كيلومترا عند 5.30 مساء.", ["بلغ 12.5 كيلومترا عند 5.30 مساء."]),
    ("ar", "قال د. سالم و أ. ليلى نعم.", ["قال د. سالم و أ. ليلى نعم."]),
    ("ar", "قال «انتهى الأمر.» ثم خرج", ["قال «انتهى الأمر.»", "ثم خرج"]),
    ("ar", 'قال "انتهى الأمر". ثم خرج', ['قال "انتهى الأمر".', "ثم خرج"]),
    ("ar", "هدأ القتال؛ وعاد الناس، ونام الجميع.", ["هدأ القتال؛ وعاد الناس، ونام الجميع."]),
    ("ar", "الحصيلة: • جريح • قتيل", ["الحصيلة:", "• جريح", "• قتيل"]),
    ("ar", "انتهى عام 2016. وبدأ عام", ["انتهى عام 2016.", "وبدأ عام"]),
    ("ar", "1. أول البنود", ["1. أول البنود"]),
    ("ar", "انظر https://example.org/a.b?c=1 الآن. نعم", ["انظر https://example.org/a.b?c=1 الآن.", "نعم"]),
    ("en", "He left. She stayed.", ["He left.", "She stayed."]),
    ("en", "Gen. Black and J. Smith met Mr. Green.", ["Gen. Black and J. Smith met Mr. Green."]),
    ("en", "The U.S.-led force left the U.S. base.", ["The U.S.-led force left the U.S. base."]),
    ("en", "They left the U.S. The road was long.", ["They left the U.S.", "The road was long."]),
    ("en", "On Jan. 25 the town fell. See No. 5 now.", ["On Jan. 25 the town fell.", "See No. 5 now."]),
    ("en", 'He said "it is over." She left.', ['He said "it is over."', "She left."]),
    ("en", "It hit the town (in the north.) Then it ended.", ["It hit the town (in the north.)", "Then it ended."]),
    ("en", "About 3.5 million at 5.30 p.m. on Friday.", ["About 3.5 million at 5.30 p.m. on Friday."]),
    ("en", "Visit news.example.com today. Thanks.", ["Visit news.example.com today.", "Thanks."]),
    ("en", "They left the town.Then they came back.", ["They left the town.", "Then they came back."]),
    ("en", "BEIRUT (Reuters) - Two men left.", ["BEIRUT (Reuters) -", "Two men left."]),
    ("en", "Published June 20 2016 Two men left.", ["Published June 20 2016", "Two men left."]),
    ("en", "They left on June 20 2016 with two men.", ["They left on June 20 2016 with two men."]),
    ("en", "", []),
    ("en", " \n . \n", []),
]


@pytest.mark.parametrize(("lang", "text", "expected"), _SENTENCES)
def test_sentences(lang: str, text: str, expected: list[str]) -> None:
    folded = normalise(text)
    spans = [folded.original(start, end) for start, end in sentences(folded.text, lang)]
    assert [text[start:end] for start, end in spans] == expected


_TOKENS = [
    ("قصف المدينة، وقُتل 12.", "قصف|المدينه|،|وقتل|12|."),
    ("و15 جريحا بـ20% 5:30", "و|15|جريحا|ب|20|%|5:30"),
    ("1,200 1.200 12.5 15/7/2016", "1,200|1.200|12.5|15/7/2016"),
    ("al-Qaeda's U.S.-led M23", "al|-|qaeda|'s|u.s.|-|led|m23"),
    ("couldn't Sana’a 15th 20km", "couldn't|sana'a|15th|20|km"),
    ("(T.N.T).", "(|t.n.t|)|."),
    ("قصف.. هدوء", "قصف|.|.|هدوء"),
]


@pytest.mark.parametrize(("text", "expected"), _TOKENS)
def test_tokens(text: str, expected: str) -> None:
    folded = normalise(text).text
    assert "|".join(folded[start:end] for start, end in tokens(folded, 0, len(folded))) == expected
