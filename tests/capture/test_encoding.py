"""Bytes in whatever encoding they come."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.capture.encoding import decode
from marsad.errors import InputError

ARABIC = "قال مصدر طبي إن ثلاثة مدنيين قتلوا في غارة جوية على أطراف المدينة مساء أمس الثلاثاء.\nوأضاف أن آخرين أصيبوا."
ENGLISH = "Three people were killed in an air strike near the town, a doctor said."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6"]
)
@pytest.mark.parametrize("text", [ARABIC, ARABIC[:30], ENGLISH], ids=["arabic", "short", "english"])
def test_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), name="a.txt").text == text


def test_byte_order_mark_of_the_other_end() -> None:
    assert decode(b"\xfe\xff" + ARABIC.encode("utf-16-be"), name="a.txt").text == ARABIC


def test_code_pages_are_told() -> None:
    found = decode(ARABIC.encode("cp1256"), name="a.txt")
    assert found.encoding == "cp1256"
    assert "cp1256" in found.notice


def test_western_letters_and_curly_quotes() -> None:
    text = "The “ceasefire” near Château-Thierry was the mayor’s idea, Müller said; the Škoda was left. Jörg agreed."
    assert decode(text.encode("cp1252"), name="a.txt").text == text


def test_mixed_lines() -> None:
    first, second = ARABIC.split("\n")
    found = decode(first.encode() + b"\n" + second.encode("cp1256"), name="a.txt")
    assert found.text == ARABIC
    assert "line 2" in found.notice


def test_one_damaged_byte_spoils_only_itself() -> None:
    data = ARABIC.encode()
    found = decode(data[:-4] + data[-3:], name="a.txt")
    assert found.text.count("\ufffd") == 1
    assert found.text.startswith(ARABIC[:-5])


def test_damaged_utf16() -> None:
    found = decode(ARABIC.encode("utf-16") + b"\x00", name="a.txt")
    assert found.text.startswith(ARABIC)
    assert "damaged" in found.notice


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 \xc7\xe1", "a PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x7fELF" + b"\x00\x01\x02\x03\xff\xfe" * 500, "binary"),
        (b"text \x00 with \x00 many \x00 NUL \x00 bytes", "binary"),
    ],
)
def test_what_is_no_text(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        decode(data, name="folder/a.txt")
    assert str(caught.value).startswith("folder/a.txt: ")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_an_input_error(data: bytes) -> None:
    with suppress(InputError):
        decode(data, name="a").text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_utf8_is_left_as_it_is(text: str) -> None:
    with suppress(InputError):  # a text may begin like a PDF
        assert decode(text.encode(), name="a").text == text.removeprefix("\ufeff")
