"""A web page becomes a Document: the article's text by trafilatura, and what the page says of it.

trafilatura: Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and Extraction",
ACL 2021. Around it are steps of our own: encodings that pages misstate, furniture by table, dates as Arabic pages print
them, the title repeated as first line.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from marsad.capture.base import Record, make_document, quiet
from marsad.capture.furniture import ENDS, SENTENCE, Cleaned, clean, keep_first_post, prune
from marsad.capture.language import identify
from marsad.capture.markup import MISSING, decoded, tree_of
from marsad.capture.meta import said_of
from marsad.capture.visible import shown
from marsad.errors import InputError
from marsad.model import Document

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BREAKING = frozenset(
    "p div br li ul ol tr td th table h1 h2 h3 h4 h5 h6 blockquote article section header pre dd dt".split()
)
_TOO_LITTLE = 0.5
_MOST_ABOVE = 6
_SHORTEST = 15  # characters


def document_of(html: bytes, *, url: str, declared: str | None = None, origin: str = "") -> Document:
    """The article of a page; ``declared`` is the charset that the response named, ``url`` its address, if it is known.

    ``origin`` is what messages call it (else its address). Raises InputError for a page that is empty, too large, no
    text, or without an article.
    """
    name = origin or url
    read = decoded(html, name=name, declared=declared)
    tree = tree_of(read.text, name=name)
    keep_first_post(tree)
    said = said_of(tree, url=url)
    published = said.published or shown(tree, title=said.title, url=said.url)
    prune(tree)
    article = _article(tree, title=said.title)
    text = "\n".join(article.lines).strip()
    if len(text) < _SHORTEST:
        raise InputError(f"{name}: no article found in this page; save its text as .txt")
    document = make_document(Record(text=text, title=said.title, source=said.outlet), where=name)
    lang = identify(text) or said.lang.split("-")[0] or None
    about = {"author": said.author} if said.author else {}
    return replace(
        document,
        lang=lang,
        published=published,
        derived=f"trafilatura {_version()}, {read.encoding}",
        about={**article.notes, **about, "url": said.url} if said.url else {**article.notes, **about},
    )


def _article(tree: "HtmlElement", *, title: str) -> Cleaned:
    """The article's lines: as trafilatura finds them, or all that is left where it finds less than half."""
    left = clean(_lines(tree), title=title)
    found = clean(_extracted(tree), title=title)
    if _size(found) < _TOO_LITTLE * _size(left):
        return left
    return Cleaned(_lead(left.lines, found.lines) + found.lines, {**left.notes, **found.notes})


def _lead(left: list[str], found: list[str]) -> list[str]:
    """The sentences between headline and article that trafilatura takes for a teaser: in news they are the lead."""
    first = next((number for number, line in enumerate(left) if found and line == found[0]), 0)
    return (
        [line for line in left[:first] if len(line) > SENTENCE and line.endswith(ENDS)] if first <= _MOST_ABOVE else []
    )


def _extracted(tree: "HtmlElement") -> list[str]:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise InputError(MISSING) from None

    from copy import deepcopy

    quiet("trafilatura")
    result = bare_extraction(deepcopy(tree), fast=True, include_comments=False, favor_precision=True)
    text = "" if result is None else (result.get("text") if isinstance(result, dict) else result.text)
    return [line.strip() for line in (text or "").split("\n")]


def _lines(tree: "HtmlElement") -> list[str]:
    """All text of the tree, a line for each block."""
    parts: list[str] = []
    body = tree.find("body")
    for event, element in _walk(tree if body is None else body):
        if element.tag in _BREAKING:
            parts.append("\n")
        if event == "start" and element.text:
            parts.append(re.sub(r"\s+", " ", element.text))
        elif event == "end" and element.tail:
            parts.append(re.sub(r"\s+", " ", element.tail))
    return [line.strip() for line in "".join(parts).split("\n") if line.strip()]


def _walk(tree: "HtmlElement") -> "Iterator[tuple[str, HtmlElement]]":
    from lxml import etree

    yield from etree.iterwalk(tree, events=("start", "end"))


def _size(article: Cleaned) -> int:
    return sum(map(len, article.lines))


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("trafilatura")
