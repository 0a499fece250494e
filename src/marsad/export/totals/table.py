"""``--format table``: totals for reading, those of a campaign under one another as they succeed each other."""

from typing import TextIO

from marsad.export import words
from marsad.export.page import Page
from marsad.export.screen import isolate
from marsad.export.totals.record import gap
from marsad.model import Total

_SHOWN = 6


class TableWriter:
    """A heading for each campaign, and under it each total beside the sum of its incidents."""

    def __init__(self, stream: TextIO, *, colour: bool) -> None:
        self._page, self._campaign, self._started, self._where = Page(stream, colour=colour), "", False, ""

    def write(self, one: Total) -> None:
        """The next total; those of a campaign are expected to follow each other."""
        page = self._page
        if not self._started or one.campaign != self._campaign:
            if self._started:
                page.line()
            page.lines(_campaign(one), style="bold")
            self._campaign, self._started, self._where = one.campaign, True, _where(one)
        whom = f" {one.whom}" if one.whom and one.whom != "unspecified" else ""
        page.line(f"  {one.id} · {one.of} {words.bounds(one.low, one.high)}{whom}")
        if one.start or one.end:
            page.field("period", words.days(one.start, one.end))
        if _where(one) != self._where:
            page.field("where", _where(one))
        page.field("incidents", f"{_sum(one)}; {_gap(one)}")
        if one.incidents:
            more = len(one.incidents) - _SHOWN
            page.field("", f"{', '.join(one.incidents[:_SHOWN])}{f' and {more} more' if more > 0 else ''}")
        page.field("said by", _said_by(one))
        if one.previous:
            page.field("succeeds", one.previous)

    def close(self) -> None:
        """A line where there is nothing to show."""
        if not self._started:
            self._page.line("no totals")


def open_writer(stream: TextIO, *, colour: bool) -> TableWriter:
    """A writer for people."""
    return TableWriter(stream, colour=colour)


def _campaign(one: Total) -> str:
    return f"{one.event} · {words.doing(one.actors, one.targets) or 'side not said'} · {_where(one)}"


def _where(one: Total) -> str:
    return isolate(one.place.name or one.place.text) if one.place else "place not told"


def _sum(one: Total) -> str:
    if not one.incidents:
        return "none of that period, place and side is in the record"
    return f"{len(one.incidents)} in the record, which sum to {words.bounds(one.summed_low, one.summed_high)}"


def _gap(one: Total) -> str:
    least, most = gap(one)
    if not one.incidents or least is None:
        return "the gap cannot be told"
    if least > 0:
        return f"{least:,}{'' if most == least else ' or more'} not accounted for"
    if most is not None and most < 0:
        return f"the incidents sum to {-most:,} more than the total"
    return "the total is within what they sum to"


def _said_by(one: Total) -> str:
    """The speakers, or where the text names none the source; then the documents."""
    speakers = {isolate(s.name or s.text) for r in one.reports for s in r.claim.attribution[:1]}
    sources = {isolate(r.source) for r in one.reports if r.source and not r.claim.attribution}
    pages = ", ".join(dict.fromkeys(isolate(r.claim.document) for r in one.reports))
    return f"{', '.join(sorted(speakers | sources)) or 'not told'} (in {pages})"
