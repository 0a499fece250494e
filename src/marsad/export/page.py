"""Lines for people on a stream: headings, labelled fields, sentences with their trigger in brackets."""

import re
from collections.abc import Iterable
from shutil import get_terminal_size
from typing import TextIO

from rich.console import Console
from rich.text import Text

from marsad.export.screen import MARK, UNMARK, isolate_quotes, mark, sentence_lines, wrap
from marsad.model import Claim, Document

INDENT = 4
LABEL = 10
_AROUND = 400


class Page:
    """Writes to a stream of any kind; ``colour`` only where the stream is a terminal."""

    def __init__(self, stream: TextIO, *, colour: bool) -> None:
        self.width = max(40, min(get_terminal_size((100, 24)).columns, 120))
        self._console = Console(
            file=stream,
            force_terminal=colour,
            no_color=not colour,
            color_system="standard" if colour else None,
            width=10_000,
        )

    @property
    def room(self) -> int:
        """Cells that a labelled value may take on a line."""
        return self.width - INDENT - LABEL

    def text(self, text: Text) -> None:
        """One line, its styles given."""
        self._console.print(text, soft_wrap=True)

    def line(self, text: str = "", *, style: str = "") -> None:
        """One line as it is."""
        self.text(Text(text, style=style))

    def lines(self, text: str, *, style: str = "", indent: int = 0) -> None:
        """``text`` broken at the width; made plain and isolated by the caller."""
        for line in wrap(text, width=self.width - indent):
            self.line(" " * indent + line, style=style)

    def labelled(self, label: str, lines: Iterable[str], *, style: str = "") -> None:
        """A field: its label before the first of ``lines``, MARK and UNMARK shown as brackets."""
        inside = False
        for number, line in enumerate(lines):
            out = Text(" " * INDENT)
            out.append(f"{label if number == 0 else '':<{LABEL}}", style="dim")
            inside = _append_marked(out, line, style=style, inside=inside)
            self.text(out)

    def field(self, label: str, value: str) -> None:
        """A field of words, isolated by the caller, broken at the width."""
        self.labelled(label, wrap(value, width=self.room))

    def reason(self, text: str) -> None:
        """Below a field, why it is so; ``text`` may hold anything."""
        lines = wrap(isolate_quotes(text), width=self.room - 2)
        self.labelled("", [f"{'  ' if n else '└ '}{line}" for n, line in enumerate(lines)], style="dim")

    def sentence(self, label: str, text: str, *, lang: str | None) -> None:
        """A sentence, Arabic aligned at the right."""
        self.labelled(label, sentence_lines(text, width=self.room, right_to_left=lang == "ar"))


def marked(claim: Claim, document: Document) -> str:
    """The main sentence with its trigger marked, cut to what stands around the trigger where it is very long."""
    start, end = claim.evidence_spans[0] if claim.evidence_spans else claim.trigger_span
    first, last = claim.trigger_span
    left, right = max(start, first - _AROUND), min(end, last + _AROUND)
    text = mark(document.text[left:right], [(first - left, last - left)])
    return f"{'…' * (left > start)}{text}{'…' * (right < end)}"


def _append_marked(out: Text, line: str, *, style: str, inside: bool) -> bool:
    """Append ``line``, its trigger in brackets and bold; returns whether the trigger goes on in the next line.

    Letters of one style go in together: a colour code between two Arabic letters would part them.
    """
    for part in re.split(f"([{MARK}{UNMARK}])", line):
        if part == MARK:
            inside = True
            out.append("[", style="bold magenta")
        elif part == UNMARK:
            inside = False
            out.append("]", style="bold magenta")
        elif part:
            out.append(part, style="bold magenta" if inside else style)
    return inside
