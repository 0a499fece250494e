"""Guards: what is private or graphic is found in both languages, and what the record is about stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.server.guards import MASK, find
from marsad.tables import Row, read

PERSONAL = read("server/data/personal.tsv", columns=("kind", "lang", "word", "example"))
GRAPHIC = read("server/data/graphic.tsv", columns=("lang", "word", "example"))


def masked(text: str, lang: str = "en", public: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [text[one.start : one.end] for one in find(text, lang, public).private]


@pytest.mark.parametrize("row", [row for row in PERSONAL if row["example"]], ids=lambda row: row["word"])
def test_each_line_masks_what_its_example_names(row: Row) -> None:
    found = masked(row["example"], row["lang"])
    if row["kind"] == "number":
        assert len(found) == 1
        assert sum(c.isdigit() for c in found[0]) >= 8
    else:
        assert len(found) == 1
        assert found[0].split()[-1] in ("Yyyy", "صصصص")
        assert len(found[0].split()) == 2


def test_lines_of_names_without_an_example_have_none() -> None:
    assert {row["kind"] for row in PERSONAL if not row["example"]} == {"part", "prefix", "given", "end", "not"}


@pytest.mark.parametrize("row", GRAPHIC, ids=lambda row: row["word"])
def test_each_graphic_word_covers_the_sentence_of_its_example(row: Row) -> None:
    text = f"A plain line.\n{row['example']}\nسطر عادي." if row["lang"] == "en" else f"سطر عادي.\n{row['example']}"
    (span,) = find(text, row["lang"]).graphic
    assert text[slice(*span)].rstrip(".") == row["example"].rstrip(".")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call +963 955 000 111 or (0555) 000-1111.", ["+963 955 000 111", "(0555) 000-1111"]),
        ("اتصلوا على ٠٩٥٥٠٠٠١١١ أو 0096395500011.", ["٠٩٥٥٠٠٠١١١", "0096395500011"]),
        ("Write to someone@example.org or @some_one.", ["someone@example.org", "@some_one"]),
        ("It was 2015-10-03; 1,200,000 fled, 2011-2016, 12.30.2015, at 36.7300, 68.8600.", []),
        ("Between 100 and 200 were killed in 2016 and 2017 of 1000000 people.", []),
    ],
)
def test_numbers_and_addresses(text: str, found: list[str]) -> None:
    assert masked(text) == found


def test_a_name_once_told_is_masked_wherever_it_stands() -> None:
    text = "Resident Xxxx Al-Yyyyy saw it. Later Xxxx Al-Yyyyy left, and Yyyyy said so."
    assert masked(text) == ["Xxxx Al-Yyyyy", "Xxxx Al-Yyyyy", "Yyyyy"]
    text = "قالت السيدة مريم صصصص إنها رأت القصف. وغادرت مريم صصصص البلدة."
    assert masked(text, "ar") == ["مريم صصصص", "مريم صصصص"]
    assert masked("Xxxx Yyyy, 34, lost his house.") == ["Xxxx Yyyy"]
    assert masked("أصيب الطفل أبو سسسس في القصف", "ar") == ["أبو سسسس"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Resident Xxxx al-Yyyyy saw it. Then al-Yyyyy left.", ["Xxxx al-Yyyyy", "al-Yyyyy"]),
        ("Resident Xxxx El-Yyyyy saw it.", ["Xxxx El-Yyyyy"]),
        ("Witness Abd ar-Xxxxxx ash-Yyyyy of Aleppo saw it.", ["Abd ar-Xxxxxx ash-Yyyyy"]),
        ("Resident abu al-Yyyyy saw it.", ["abu al-Yyyyy"]),
        ("Xxxx al-Yyyyy, a resident, saw it.", ["Xxxx al-Yyyyy"]),
        ("Resident Xxxx Yyyyy-Zzzzz saw it.", ["Xxxx Yyyyy-Zzzzz"]),
        ("اعتُقل المدعو سسسس الصصصص في منزله.", ["سسسس الصصصص"]),
        ("Resident Xxxx Yyyyy at Aleppo saw it.", ["Xxxx Yyyyy"]),
    ],
)
def test_names_of_joined_parts_are_masked_whole(text: str, found: list[str]) -> None:
    assert masked(text) == found


def test_a_cover_is_as_long_as_what_it_covers() -> None:
    text = "Resident Xxxx Yyyy saw it: 0555 000 111."
    guarded = find(text, "en")
    assert guarded.covered(text) == "Resident ●●●●●●●●● saw it: ●●●●●●●●●●●●."
    assert guarded.cover("Xxxx Yyyy said") == "●●●●●●●●● said"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("الطفل الذي أصيب في القصف نقل إلى المستشفى، والشاب السوري معه.", "ar"),
        ("سقطت قذائف على حي السيدة زينب جنوب دمشق.", "ar"),
        ("A resident of Aleppo said the Syrian army had shelled the town. Witnesses said so.", "en"),
        ("The Taliban captured Kunduz last Monday, the first provincial capital they had taken since 2001.", "en"),
        ("Doctors Without Borders said, a resident said.", "en"),
    ],
)
def test_ordinary_sentences_are_left_alone(text: str, lang: str) -> None:
    assert masked(text, lang) == []


def test_known_actors_stay_readable() -> None:
    text = "A man named Xxxx Yyyy commands them."
    assert masked(text, public=((12, 21),)) == []


def test_fields_of_claims_are_cleaned_of_what_their_document_masks() -> None:
    guarded = find("Resident Xxxx Yyyy saw it.", "en")
    assert guarded.clean("Xxxx Yyyy (resident), 0555 000 1111") == f"{MASK} (resident), {MASK}"
    assert guarded.clean("three residents") == "three residents"


@given(st.text(alphabet="aA .,،@+0955\nقالالطفلمحمد\u0651", max_size=80))
def test_what_is_found_lies_in_the_text_in_order_and_apart(text: str) -> None:
    for lang in ("ar", "en"):
        guarded = find(text, lang)
        done = 0
        for one in guarded.private:
            assert done <= one.start < one.end <= len(text)
            done = one.end
