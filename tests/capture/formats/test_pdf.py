"""PDF files: their text in the order of reading; loops, damage and scans are errors."""

import io
import zlib

import pytest

from marsad.capture.base import Item, Source
from marsad.capture.formats import pdf
from marsad.capture.pdftext import logical
from marsad.errors import InputError
from marsad.model import Document

TEXT = "قصفت الطائرات الحربية مواقع في المدينة القديمة وقتل 12 شخصا"
CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap end end"""


def drawn(*lines: str, content: bytes | None = None, info: bytes = b"", tree: bytes = b"") -> bytes:
    """A PDF of one page that draws ``lines``, its font without outlines, its letters named by a table."""
    draw = content
    if draw is None:
        shown = (f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td".encode() for line in lines)
        draw = b"BT /F1 12 Tf 50 700 Td " + b" ".join(shown) + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        tree or b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
        b"/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(CMAP), CMAP),
        info or b"<< >>",
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R /Info 8 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def items(data: bytes) -> list[Item]:
    return list(pdf.read(Source("a.pdf", io.BytesIO(data))))


def test_text_and_what_the_file_says_of_itself() -> None:
    (document,) = items(drawn("Shelling hit the old city", info=b"<< /Title (A report) /Author (Monitoring room) >>"))
    assert isinstance(document, Document)
    assert document.text.strip() == "Shelling hit the old city"
    assert (document.title, document.about["author"], document.published) == ("A report", "Monitoring room", None)
    assert document.derived.startswith("pypdf")


@pytest.mark.parametrize("line", [TEXT, TEXT[::-1].replace("21", "12")], ids=["as read", "as drawn"])
def test_arabic_is_in_the_order_of_reading(line: str) -> None:
    (document,) = items(drawn(line))
    assert isinstance(document, Document)
    assert document.text.strip() == TEXT


def test_drawn_forms_become_letters() -> None:
    assert logical("ﻗﺼﻒ ﺍﻟﻤﺪﻳﻨﺔ") == "قصف المدينة"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.4 and no more", "cannot be read"),
        (drawn(), "without text, perhaps a scan"),
        (drawn("x", tree=b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"), ""),
        (drawn("x", tree=b"<< /Type /Pages /Kids [3 0 R 2 0 R 2 0 R] /Count 100000000 >>"), ""),
    ],
    ids=["empty", "cut", "scan", "its own parent", "tree that loops"],
)
def test_what_cannot_be_read_is_named(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=r"^a\.pdf: ") as raised:
        items(data)
    assert words in str(raised.value)


def test_a_stream_that_unpacks_to_gigabytes_ends_its_process_only() -> None:
    bomb = zlib.compress(b" " * 400_000_000)
    data = drawn("x").replace(b"4 0 obj\n<< /Length", b"4 0 obj\n<< /Filter /FlateDecode /Length")
    start, end = data.index(b"stream\n") + 7, data.index(b"\nendstream")
    with pytest.raises(InputError, match=r"^a\.pdf: "):
        items(data[:start] + bomb + data[end:])


def test_one_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(InputError, match=r"takes more than 0\.05 seconds"):
        pdf._extracted(drawn("x"), name="a.pdf", seconds=0.05)
