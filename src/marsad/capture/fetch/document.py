"""What was fetched becomes a document, the same for one address and for a feed."""

from dataclasses import replace

from marsad.capture.base import document_id
from marsad.errors import InputError
from marsad.model import Captured, Document

_SUFFIXES = {  # of what is no page
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


def document_from(captured: Captured) -> Document:
    """The document that a page, a PDF or another file holds, called after its address; InputError where there is none.

    So a page that is corrected becomes a new version of the same document.
    """
    return replace(_text_of(captured), id=document_id(captured.url))


def _text_of(captured: Captured) -> Document:
    from marsad.capture.fetch.content import charset, plain
    from marsad.capture.page import document_of
    from marsad.capture.sources import read_bytes

    content = plain(captured)
    if captured.media_type not in _SUFFIXES:
        return document_of(content, url=captured.url, declared=charset(captured))
    for item in read_bytes(content, name=captured.url, suffix=_SUFFIXES[captured.media_type]):
        if isinstance(item, InputError):
            raise item
        if isinstance(item, Document):
            return item
    raise InputError(f"{captured.url}: nothing to read in it")
