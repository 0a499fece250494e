"""Word files: paragraphs and tables in order; bombs and damage are errors."""

import io
import zipfile
from datetime import datetime

import pytest
from docx import Document as new_word

from marsad.capture.base import Item, Source
from marsad.capture.formats.docx import read
from marsad.errors import InputError
from marsad.model import Document

FIRST, LAST = "قصفت طائرات مواقع في المدينة.", "ولم ترد تقارير عن إصابات."


def items(data: bytes) -> list[Item]:
    return list(read(Source("a.docx", io.BytesIO(data))))


def word() -> bytes:
    document = new_word()
    document.core_properties.title = "عنوان التقرير"
    document.core_properties.author = "غرفة الرصد"
    document.core_properties.created = datetime(2019, 4, 2, 8, 0)
    document.add_paragraph(FIRST)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("المكان", "القتلى", "حلب", "3"), strict=True):
        cell.text = text
    document.add_paragraph(LAST)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_paragraphs_and_tables_in_order() -> None:
    (document,) = items(word())
    assert isinstance(document, Document)
    assert document.text.split("\n") == [FIRST, "المكان | القتلى", "حلب | 3", LAST]
    assert document.title == "عنوان التقرير"
    assert document.published is None  # the day a file was made is not the day of publication
    assert document.about["author"] == "غرفة الرصد"
    assert document.about["created"].startswith("2019-04-02")
    assert document.derived.startswith("python-docx")


def changed(body: bytes | None, *, extra: tuple[str, bytes] | None = None) -> bytes:
    """The file with another body, or another member beside."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, body if body is not None and name == "word/document.xml" else data)
        if extra:
            new.writestr(*extra)
    return out.getvalue()


XML = b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"PK\3\4 and no more", "a damaged archive"),
        (word()[:2000], "a damaged archive"),
        (changed(XML % (b"x" * 40_000_000)), "longer than any article"),
        (changed(None, extra=("word/media/a.bin", b"\0" * 140_000_000)), "unpacks to more than"),
        (changed(XML % (b"<w:p>" * 100_000)), "cannot be read"),
        (changed(b'<!DOCTYPE a [<!ENTITY b "ccc">]>' + XML % b"&b;"), ""),
        (changed(b"<broken"), "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=r"^a\.docx: ") as raised:
        items(data)
    assert words in str(raised.value)


def test_another_zip_is_no_word_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(InputError, match="no Word file"):
        items(out.getvalue())
