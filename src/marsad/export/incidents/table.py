"""``--format table``: incidents for reading on a screen, a few lines each."""

from typing import TextIO

from rich.text import Text

from marsad.export import words
from marsad.export.incidents.record import documents, lineages
from marsad.export.page import Page
from marsad.export.screen import isolate
from marsad.model import Incident

COLOURS = {"confirmed": "red", "fair": "yellow", "weak": "cyan", "contested": "magenta", "discounted": "dim"}
_COLUMNS = (("id", 13), ("from", 10), ("killed", 9), ("injured", 9), ("grade", 10), ("reports", 9), ("event", 0))
_INDENT = 4


class TableWriter:
    """A line of figures under one another, then the titles, the place and who did it."""

    def __init__(self, stream: TextIO, *, colour: bool) -> None:
        self._page, self._started = Page(stream, colour=colour), False

    def write(self, one: Incident) -> None:
        """The next incident."""
        if not self._started:
            self._page.text(Text("  ".join(f"{name:<{width}}" for name, width in _COLUMNS), style="dim"))
            self._started = True
        self._page.text(_figures(one))
        titles(self._page, one)
        case = one.case
        until = f"until {case.end.isoformat()}" if case.end and case.end != case.start else ""
        where = words.place(case.place) if case.place else "place not told"
        facts = [where, until, words.doing(case.actors, case.targets)]
        self._page.lines(" · ".join(fact for fact in facts if fact), style="dim", indent=_INDENT)

    def close(self) -> None:
        """A line where there is nothing to show."""
        if not self._started:
            self._page.line("no incidents")


def open_writer(stream: TextIO, *, colour: bool) -> TableWriter:
    """A writer for people."""
    return TableWriter(stream, colour=colour)


def titles(page: Page, incident: Incident, *, indent: int = _INDENT) -> None:
    """The titles in both languages, a line or more each."""
    for title in dict.fromkeys((incident.title_en, incident.title_ar)):
        if title:
            page.lines(isolate(title), indent=indent)


def _figures(one: Incident) -> Text:
    """The line of figures; ``4 in 2`` are four documents in two lineages."""
    case, found = one.case, one.assessment
    reports = f"{len(documents(case.reports))} in {len(lineages(case.reports))}"
    cells = (
        (one.id, "bold"),
        (case.start.isoformat() if case.start else "-", ""),
        (words.short_estimate(found.estimate("killed")), ""),
        (words.short_estimate(found.estimate("injured")), ""),
        (found.grade or "-", COLOURS.get(found.grade or "", "")),
        (reports, ""),
        (case.event, ""),
    )
    line = Text()
    for (value, style), (_, width) in zip(cells, _COLUMNS, strict=True):
        line.append(f"{value:<{width}}", style=style)
        line.append("  " if width else "")
    return line
