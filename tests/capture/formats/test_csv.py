"""Tables: one document a row, with the columns the user names."""

import io
from datetime import date

import pytest

from marsad.capture.base import Item, Notice, Source
from marsad.capture.formats.csv import columns_of, read
from marsad.errors import InputError
from marsad.model import Document

TEXT = "قصفت طائرات مواقع في المدينة."


def rows(data: str | bytes, **columns: str) -> list[Item]:
    data = data.encode() if isinstance(data, str) else data
    return list(read(Source("a.csv", io.BytesIO(data), columns)))


def test_columns_by_their_own_names_and_by_a_map() -> None:
    plain = rows(f"ID,Text,Published,more\n7,{TEXT},2016-06-21,x\n")
    assert plain == [Document(id="7", text=TEXT, published=date(2016, 6, 21))]
    mapped = rows(
        f'date;body;site\n٢١ حزيران ٢٠١٦;"{TEXT}\nثم ""عادت"".";الموقع\n', text="body", published="date", source="site"
    )
    assert isinstance(mapped[0], Document)
    assert (mapped[0].text, mapped[0].published, mapped[0].source) == (
        f'{TEXT}\nثم "عادت".',
        date(2016, 6, 21),
        "الموقع",
    )


def test_a_day_of_arabic_spreadsheets_is_day_first() -> None:
    (document,) = rows(f"text\tpublished\n{TEXT}\t5/6/2016\n")
    assert isinstance(document, Document)
    assert document.published == date(2016, 6, 5)


def test_windows_1256_is_read_with_a_notice() -> None:
    notice, document = rows(f"text,title\n{TEXT},عنوان\n".encode("cp1256"))
    assert isinstance(notice, Notice)
    assert "cp1256" in notice.message
    assert isinstance(document, Document)
    assert (document.text, document.title) == (TEXT, "عنوان")


@pytest.mark.parametrize(
    ("data", "columns", "words"),
    [
        ("", {}, "the file is empty"),
        ("a,b\n1,2\n", {}, "no column is called text, only a, b; say --columns text=COLUMN"),
        ("a,b\n1,2\n", {"text": "body"}, "no column 'body' for text; it has a, b"),
        ('text\n"open', {}, "no CSV from here on"),
        ("text\n" + "x" * 2_000_010, {}, "no CSV from here on"),
    ],
)
def test_what_cannot_be_read_is_named(data: str, columns: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=r"^a\.csv") as raised:
        rows(data, **columns)
    assert words in str(raised.value)


def test_a_bad_row_does_not_lose_the_others() -> None:
    bad, day, good = rows(f"text,published\n ,2016-01-01\n{TEXT},sometime\n{TEXT},\n")
    assert "a.csv, line 2: the text is empty" in str(bad)
    assert "a.csv, line 3: published is 'sometime'" in str(day)
    assert isinstance(good, Document)


def test_the_map_of_the_command_line() -> None:
    assert columns_of("text=body, published=Date") == {"text": "body", "published": "Date"}
    for wrong in ("text", "text=", "colour=x", "=x"):
        with pytest.raises(InputError, match="KEY=COLUMN"):
            columns_of(wrong)
