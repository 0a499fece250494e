"""``--format table``: for reading on a screen, each article and under it its claims."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.text import Text

from marsad.export import words
from marsad.export.page import INDENT, Page, marked
from marsad.export.screen import isolate
from marsad.model import Claim, Document

_COLOURS = {"asserted": "green", "denied": "red", "planned": "yellow", "possible": "cyan"}


class TableWriter:
    """Writes to a stream of any kind; ``colour`` only where the stream is a terminal."""

    def __init__(self, stream: TextIO, *, explain: bool, colour: bool) -> None:
        self._explain, self._page = explain, Page(stream, colour=colour)

    def write(self, document: Document, claims: Sequence[Claim]) -> None:
        """The article's title and date, then its claims, numbered."""
        heading(self._page, document)
        if document.published is None:
            self._page.lines(
                "relative dates («yesterday», «\u2068أمس\u2069») are left open: give the day with --published",
                style="yellow",
            )
        if not claims:
            self._page.line(" " * INDENT + "no claims", style="dim")
        for number, claim in enumerate(claims, 1):
            write_claim(self._page, f"{number:>{INDENT - 1}} ", claim, document, explain=self._explain)
        self._page.line()

    def close(self) -> None:
        """Nothing stands at the end of a table."""


def open_writer(stream: TextIO, *, explain: bool, colour: bool) -> TableWriter:
    """A writer for people."""
    return TableWriter(stream, explain=explain, colour=colour)


def heading(page: Page, document: Document) -> None:
    """The title of a document, and the day, language, source and id."""
    page.lines(isolate(document.title or document.text.strip()[:70] + "…"), style="bold")
    published = document.published.isoformat() if document.published else "no date of publication"
    facts = [published, document.lang or "", isolate(document.source), isolate(document.id)]
    page.lines(" · ".join(fact for fact in facts if fact), style="dim")


def write_claim(page: Page, before: str, claim: Claim, document: Document, *, explain: bool = False) -> None:
    """A claim with its fields and its main sentence; ``before`` is its number."""
    head = Text(before)
    head.append(claim.event, style="bold")
    head.append(" · ")
    head.append(claim.factuality, style=_COLOURS.get(claim.factuality, ""))
    head.append(f" · {claim.scope}")
    page.text(head)
    reasons = dict(claim.why) if explain else {}
    _reasons(page, reasons, "event", "factuality", "scope")
    for label, value, fields in _facts(claim):
        page.field(label, value)
        _reasons(page, reasons, *fields)
    page.sentence("text", marked(claim, document), lang=document.lang)
    _reasons(page, reasons, *list(reasons))


def _reasons(page: Page, reasons: dict[str, str], *fields: str) -> None:
    """Below a field, why it has its value; what has been printed is taken from ``reasons``."""
    for field in fields:
        if field in reasons:
            page.reason(f"{field}: {reasons.pop(field)}")


def _facts(claim: Claim) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The labelled fields of a claim that say something, each with the fields of the record it shows."""
    if claim.actors or claim.targets:
        yield "who", words.doing(claim.actors, claim.targets), ("actors", "targets", "coreference")
    if claim.place:
        yield "where", words.place(claim.place), ("place",)
    if claim.destination:
        yield "to", words.place(claim.destination), ("destination",)
    if claim.time:
        yield "when", words.period(claim.time), ("time",)
    if claim.quantities:
        yield "how many", " · ".join(words.quantity(one) for one in claim.quantities), ("quantities",)
    if claim.attribution:
        yield "says", words.speakers(claim.attribution), ("attribution",)
