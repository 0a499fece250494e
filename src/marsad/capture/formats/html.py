"""A ``.html`` file: a saved page, of which the article is read (``capture.page``)."""

import re
from collections.abc import Iterator

from marsad.capture.base import Item, Source
from marsad.capture.markup import MAX_PAGE
from marsad.capture.page import document_of

__all__ = ["MEDIA_TYPES", "SUFFIXES", "document_of", "read"]

SUFFIXES = (".html", ".htm", ".xhtml")
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
_SAVED = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[^\s>]{1,2000}) -->")


def read(source: Source) -> Iterator[Item]:
    """The article of the page, its address the one that the browser noted when it saved the page."""
    html = source.whole(limit=MAX_PAGE)
    saved = _SAVED.search(html[:4096])
    yield document_of(html, url=saved.group(1).decode("ascii", "replace") if saved else "", origin=source.name)
