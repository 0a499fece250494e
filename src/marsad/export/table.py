"""``--format table``: for reading on a screen, each article and under it its claims."""

from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from typing import TextIO

from rich.console import Console
from rich.text import Text

from marsad.export.screen import MARK, UNMARK, isolate, isolate_quotes, mark, sentence_lines, wrap
from marsad.model import Claim, Document, Party, Period, Place, Quantity, Speaker

PRECISION = {
    1: "the place itself",
    2: "within about 25 km",
    3: "district",
    4: "province",
    5: "line or vague region",
    6: "country",
    7: "sea or air",
}
_COLOURS = {"asserted": "green", "denied": "red", "planned": "yellow", "possible": "cyan"}
_LABEL = 10
_INDENT = 4
_AROUND = 400


class TableWriter:
    """Writes to a stream of any kind; ``colour`` only where the stream is a terminal."""

    def __init__(self, stream: TextIO, *, explain: bool, colour: bool) -> None:
        self._explain = explain
        self._width = max(40, min(get_terminal_size((100, 24)).columns, 120))
        self._console = Console(
            file=stream,
            force_terminal=colour,
            no_color=not colour,
            color_system="standard" if colour else None,
            width=10_000,
        )

    def write(self, document: Document, claims: Sequence[Claim]) -> None:
        """The article's title and date, then its claims, numbered."""
        self._heading(document)
        if not claims:
            self._line(" " * _INDENT + "no claims", style="dim")
        for number, claim in enumerate(claims, 1):
            self._claim(number, claim, document)
        self._line("")

    def close(self) -> None:
        """Nothing stands at the end of a table."""

    def _heading(self, document: Document) -> None:
        title = document.title or document.text.strip()[:70] + "…"
        self._lines(isolate(title), style="bold")
        published = document.published.isoformat() if document.published else "no date of publication"
        facts = [published, document.lang or "", isolate(document.source), isolate(document.id)]
        self._lines(" · ".join(fact for fact in facts if fact), style="dim")
        if document.published is None:
            self._lines(
                "relative dates («yesterday», «\u2068أمس\u2069») are left open: give the day with --published",
                style="yellow",
            )

    def _claim(self, number: int, claim: Claim, document: Document) -> None:
        head = Text(f"{number:>{_INDENT - 1}} ")
        head.append(claim.event, style="bold")
        head.append(" · ")
        head.append(claim.factuality, style=_COLOURS.get(claim.factuality, ""))
        head.append(f" · {claim.scope}")
        self._console.print(head, soft_wrap=True)
        reasons = dict(claim.why) if self._explain else {}
        self._reasons(reasons, "event", "factuality", "scope")
        for label, value, fields in _facts(claim):
            self._labelled(label, wrap(value, width=self._room))
            self._reasons(reasons, *fields)
        right_to_left = document.lang == "ar"
        self._labelled("text", sentence_lines(_marked(claim, document), width=self._room, right_to_left=right_to_left))
        self._reasons(reasons, *list(reasons))

    def _reasons(self, reasons: dict[str, str], *fields: str) -> None:
        """Below a field, why it has its value; what has been printed is taken from ``reasons``."""
        for field in fields:
            if field in reasons:
                lines = wrap(isolate_quotes(f"{field}: {reasons.pop(field)}"), width=self._room - 2)
                self._labelled("", [f"{'  ' if n else '└ '}{line}" for n, line in enumerate(lines)], style="dim")

    @property
    def _room(self) -> int:
        return self._width - _INDENT - _LABEL

    def _labelled(self, label: str, lines: list[str], *, style: str = "") -> None:
        inside = False
        for number, line in enumerate(lines):
            out = Text(" " * _INDENT)
            out.append(f"{label if number == 0 else '':<{_LABEL}}", style="dim")
            inside = _append_marked(out, line, style=style, inside=inside)
            self._console.print(out, soft_wrap=True)

    def _lines(self, text: str, *, style: str) -> None:
        for line in wrap(text, width=self._width):
            self._line(line, style=style)

    def _line(self, text: str, *, style: str = "") -> None:
        self._console.print(Text(text, style=style), soft_wrap=True)


def open_writer(stream: TextIO, *, explain: bool, colour: bool) -> TableWriter:
    """A writer for people."""
    return TableWriter(stream, explain=explain, colour=colour)


def _append_marked(out: Text, line: str, *, style: str, inside: bool) -> bool:
    """Append ``line``, its trigger in brackets and bold; returns whether the trigger goes on in the next line."""
    for char in line:
        if char == MARK:
            inside = True
            out.append("[", style="bold magenta")
        elif char == UNMARK:
            inside = False
            out.append("]", style="bold magenta")
        else:
            out.append(char, style="bold magenta" if inside else style)
    return inside


def _facts(claim: Claim) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The labelled fields of a claim that say something, each with the fields of the record it shows."""
    if claim.actors or claim.targets:
        targets = f" → {_parties(claim.targets)}" if claim.targets else ""
        yield "who", f"{_parties(claim.actors) or 'not said'}{targets}", ("actors", "targets", "coreference")
    if claim.place:
        yield "where", _place(claim.place), ("place",)
    if claim.destination:
        yield "to", _place(claim.destination), ("destination",)
    if claim.time:
        yield "when", _time(claim.time), ("time",)
    if claim.quantities:
        yield "how many", " · ".join(_quantity(quantity) for quantity in claim.quantities), ("quantities",)
    if claim.attribution:
        yield "says", " ← ".join(_speaker(speaker) for speaker in claim.attribution), ("attribution",)


def _parties(parties: tuple[Party, ...]) -> str:
    return ", ".join(_party(party) for party in parties)


def _party(party: Party) -> str:
    """The name; beside the kind of someone not named, as "gunmen", the wording of the text."""
    wording = party.texts[0] if party.texts else ""
    if not party.name or party.actor_id or wording in ("", party.name):
        return isolate(party.name or wording)
    return f"{isolate(party.name)} ({isolate(wording)})"


def _place(place: Place) -> str:
    name = isolate(place.name or place.text)
    facts = [place.country or "", _point(place), PRECISION.get(place.precision, "")]
    return f"{name} ({'; '.join(fact for fact in facts if fact)})"


def _point(place: Place) -> str:
    """Latitude and longitude with no more digits than the radius bears out, and the radius."""
    if place.lat is None or place.lon is None:
        return ""
    radius = place.radius_km or 0.0
    digits = 3 if radius < 2 else 2 if radius < 20 else 1
    return f"{place.lat:.{digits}f}, {place.lon:.{digits}f}{f' ± {radius:g} km' if radius else ''}"


def _time(time: Period) -> str:
    days = time.start.isoformat() if time.start == time.end else f"{time.start.isoformat()} to {time.end.isoformat()}"
    wording = "only the day of publication is known" if time.from_publication else isolate(time.text)
    return f"{days} ({wording})" if wording else days


def _quantity(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        number = "a number not given"
    elif low == high:
        number = f"{low:,}"
    elif high is None:
        number = f"at least {low:,}"
    else:
        number = f"at most {high:,}" if low is None else f"{low:,} to {high:,}"
    whom = f" {quantity.whom}" if quantity.whom and quantity.whom != "unspecified" else ""
    return f"{quantity.of} {number}{whom}"


def _speaker(speaker: Speaker) -> str:
    name = isolate(speaker.name or speaker.text)
    return f"{name} (anonymous)" if speaker.anonymous else name


def _marked(claim: Claim, document: Document) -> str:
    """The main sentence with its trigger marked, cut to what stands around the trigger where it is very long."""
    start, end = claim.evidence_spans[0] if claim.evidence_spans else claim.trigger_span
    first, last = claim.trigger_span
    left, right = max(start, first - _AROUND), min(end, last + _AROUND)
    text = mark(document.text[left:first], document.text[first:last], document.text[last:right])
    return f"{'…' * (left > start)}{text}{'…' * (right < end)}"
