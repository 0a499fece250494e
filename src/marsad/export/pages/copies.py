"""What documents have in common: the passages of one that stand in others."""

from collections.abc import Iterator, Mapping

from marsad.export.page import Page
from marsad.export.screen import plain
from marsad.export.table import heading
from marsad.link.copies import Copy
from marsad.model import Document

_KINDS = {"copy": "repeats the same report", "translation": "is a marked translation", "shared": "shares passages"}
_SHOWN = 600


def write_copies(page: Page, copies: list[Copy], documents: Mapping[str, Document], *, of: str) -> None:
    """The document ``of``, then each other that shares passages with it, and the passages as ``of`` has them."""
    document = documents[of]
    heading(page, document)
    if not copies:
        page.line("    no other document of the record shares passages with it", style="dim")
    for copy in copies:
        other = documents[copy.b if copy.a == of else copy.a]
        page.line()
        heading(page, other)
        counts = "counts with it" if copy.joins else "counts by itself"
        page.line(f"    {_KINDS[copy.kind]}, {copy.containment:.0%} of the shorter text; {counts}")
        for passage in copy.passages:
            start, end = passage.a if copy.a == of else passage.b
            text = plain(document.text[start : min(end, start + _SHOWN)])
            page.sentence(f"{passage.words} words", f"{text}{'…' * (end - start > _SHOWN)}", lang=document.lang)


def records(copies: list[Copy], documents: Mapping[str, Document], *, of: str) -> Iterator[dict[str, object]]:
    """One object for each other document: spans are code points in the text of each."""
    text = documents[of].text
    for copy in copies:
        turned = copy.a != of
        passages = []
        for passage in copy.passages:
            own, other = (passage.b, passage.a) if turned else (passage.a, passage.b)
            passages.append({"span": own, "other_span": other, "words": passage.words, "text": text[own[0] : own[1]]})
        yield {
            "document": of,
            "other": copy.a if turned else copy.b,
            "kind": copy.kind,
            "lineage": copy.joins,
            "containment": copy.containment,
            "passages": passages,
        }
