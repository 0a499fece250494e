"""What was fetched becomes a document, whoever fetched it."""

import pytest

from marsad.capture.base import document_id
from marsad.capture.fetch.document import document_from
from marsad.errors import InputError
from marsad.model import Captured

URL = "https://agency.example/reports/1"
TEXT = "قتل ثلاثة مدنيين في قصف على بلدة سراقب."


def received(content: bytes, media_type: str) -> Captured:
    return Captured(url=URL, at="2026-11-22T10:00:00Z", content=content, media_type=media_type, status=200)


def test_a_plain_text_is_one_text_called_after_its_address() -> None:
    found = document_from(received(TEXT.encode(), "text/plain"))
    assert (found.id, found.text) == (document_id(URL), TEXT)
    braces = document_from(received(b'{"text": "no JSON was promised"}', "text/plain"))
    assert braces.text.startswith("{")


def test_what_holds_nothing_is_said() -> None:
    with pytest.raises(InputError, match=r"agency\.example"):
        document_from(received(b" \n", "text/plain"))
