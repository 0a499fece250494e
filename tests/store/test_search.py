"""Full-text search finds words however they are written, and shows them in the original."""

import pytest

from marsad.errors import InputError
from marsad.lang.stems import examples, stems
from marsad.lang.text import fold
from marsad.model import Document
from marsad.store import Store, documents, search
from marsad.store.documents import Stored

TEXTS = {
    "raid": "شنّت الطائراتُ غاراتٍ على مدينة إدلب أمس، وقُتل خمسة مدنيين في المستشفى.",
    "clitics": "وصلت التعزيزات لحلب، وبإدلب سُمع قصف عنيف.",
    "english": 'Coalition strikes hit two houses; the "Casualty figures" of Sana\'a are unclear.',
    "city": "عاد الهدوء إلى المدينة، وللمدنيين طريق آمن.",
    "long": "مقدمة. " * 400 + "ثم انفجرت عبوة ناسفة قرب الجسر.\n" + "خاتمة. " * 400,
}


@pytest.fixture(autouse=True)
def several(store: Store) -> None:
    """Documents with these texts."""
    with store.writing() as db:
        stored = [Document(id=id_, text=text, title=f"Title of {id_}", source="وكالة") for id_, text in TEXTS.items()]
        documents.put(db, [Stored(document=document) for document in stored])


def found(store: Store, query: str, limit: int = 20) -> list[str]:
    with store.reading() as db:
        return sorted(hit.document for hit in search.find(db, query, limit))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("ادلب", ["clitics", "raid"]),
        ("إدلب", ["clitics", "raid"]),
        ("أدلب", ["clitics", "raid"]),
        ("إِدْلِب", ["clitics", "raid"]),
        ("وبإدلب", ["clitics", "raid"]),
        ("حلب", ["clitics"]),
        ("لحلب", ["clitics"]),
        ("مستشفي", ["raid"]),
        ("المستشفى", ["raid"]),
        ("مدينه", ["city", "raid"]),
        ("المدينة", ["city", "raid"]),
        ("غارة", ["raid"]),
        ("مدني", ["city", "raid"]),
        ("strike", ["english"]),
        ("STRIKES", ["english"]),
        ("casualties", ["english"]),
        ("Sana'a", ["english"]),
        ("title", ["city", "clitics", "english", "long", "raid"]),
        ("ادلب قصف", ["clitics"]),
        ("قصف مدنيين", []),
        ("كلمة", []),
    ],
)
def test_a_word_is_found_as_it_is_written_elsewhere(store: Store, query: str, ids: list[str]) -> None:
    assert found(store, query) == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ('"غارات على مدينة"', ["raid"]),
        ("«مدينة إدلب»", ["raid"]),
        ("“على ادلب”", []),
        ('"two houses" casualty', ["english"]),
        ('"houses two"', []),
        ('"التعزيزات حلب"', ["clitics"]),
        ('"title of raid"', ["raid"]),
        ('"two houses', ["english"]),
    ],
)
def test_a_phrase_is_found_as_a_phrase(store: Store, query: str, ids: list[str]) -> None:
    assert found(store, query) == ids


def test_what_is_shown_is_the_original(store: Store) -> None:
    with store.reading() as db:
        (hit,) = search.find(db, "مدنيون غاره")
        assert hit.snippet in TEXTS["raid"]
        assert [hit.snippet[a:b] for a, b in hit.marks] == ["غاراتٍ", "مدنيين"]
        assert (hit.title, hit.source, hit.published) == ("Title of raid", "وكالة", None)
        (hit,) = search.find(db, '"عبوة ناسفة"')
        assert [hit.snippet[a:b] for a, b in hit.marks] == ["عبوة ناسفة"]
        assert len(hit.snippet) < 400
        (hit,) = search.find(db, '"title of city"')
        assert (hit.marks, TEXTS["city"].startswith(hit.snippet[:20])) == ((), True)


def test_the_best_come_first_and_no_more_than_asked_for(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [Stored(document=Document(id="all", text="جسر جسر جسر قرب الجسر", title="الجسر"))])
    with store.reading() as db:
        assert [hit.document for hit in search.find(db, "جسر")] == ["all", "long"]
        assert [hit.document for hit in search.find(db, "جسر", 1)] == ["all"]


def test_only_current_versions_are_found(store: Store) -> None:
    with store.writing() as db:
        documents.put(db, [Stored(document=Document(id="city", text="نص آخر عن الجسر"))])
        documents.withdraw(db, ["raid"])
    assert found(store, "مدينة") == []
    assert found(store, "جسر") == ["city", "long"]
    with store.writing() as db:
        documents.reindex(db)
    assert found(store, "مدينة") == []
    assert found(store, "جسر") == ["city", "long"]


@pytest.mark.parametrize("query", ["", "  ", '""', "؟!", "-*()"])
def test_nothing_to_search_for_is_said(store: Store, query: str) -> None:
    with pytest.raises(InputError, match="nothing to search for"):
        found(store, query)


@pytest.mark.parametrize(
    "query", ["NOT", "a OR b", "near(", "title:x", "'; drop table documents", "\\ a & | ! <->", "x*"]
)
def test_marks_of_a_query_language_are_only_text(store: Store, query: str) -> None:
    assert found(store, query) == [] or query.startswith("title")


def test_a_document_too_long_for_one_vector_is_found_by_all_its_parts(store: Store) -> None:
    letters = str.maketrans("0123456789", "بجدسصطعفقر")
    text = " ".join(f"ش{n}ذ".translate(letters) for n in range(60_000))
    with store.writing() as db:
        documents.put(db, [Stored(document=Document(id="book", text=text + " النهاية", title="كتاب"))])
    assert found(store, "شبذ") == found(store, "شصجسدبذ") == ["book"]
    assert found(store, "نهاية") == ["book"]


def test_each_line_of_the_table_of_endings_does_what_its_example_says() -> None:
    for row, one, other in examples():
        first, second = stems(fold(one)), stems(fold(other))
        assert first is not None
        assert second is not None
        assert first.best == second.best, f"stems.tsv, line {row.line}"
