"""An article as a page shows it: paragraphs of pieces, each with its marks, its place in the text and its guards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marsad.evidence.withholding import Withheld
from marsad.export.withheld import find_name
from marsad.model import Span
from marsad.server.guards import Guarded, Private
from marsad.server.marks import Mark, Segment, segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words that stand under the same marks; ``private`` (name, number, email, handle, withheld) ones have no text.

    ``ends`` are the marks whose last words these are, where their labels stand.
    """

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()
    private: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Pieces of a paragraph that are shown at once, or a graphic passage that is not."""

    pieces: tuple[Piece, ...]
    graphic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Words that are not in the page, in code points; ``kind`` says why."""

    start: int
    end: int
    kind: str


def hidden(
    text: str, guarded: Guarded, withheld: Withheld, *, shown: bool, more: Sequence[Private] = ()
) -> list[Hidden]:
    """What to leave out of a text: withheld names always, what is private (``more`` too) unless it is ``shown``."""
    found = [
        Hidden(start=s, end=e, kind="withheld") for name in withheld.names.values() for s, e in find_name(text, name)
    ]
    if not shown:
        known = (one for one in (*guarded.private, *more) if one.start < len(text) and one.end > 0)
        found += [Hidden(start=max(0, o.start), end=min(len(text), o.end), kind=o.kind) for o in known]
    kept: list[Hidden] = []
    for one in sorted(found, key=lambda h: (h.start, h.kind != "withheld", -h.end)):
        if kept and one.start < kept[-1].end:
            last = kept.pop()
            kind = "withheld" if "withheld" in (one.kind, last.kind) else last.kind
            kept.append(Hidden(start=last.start, end=max(last.end, one.end), kind=kind))
        else:
            kept.append(one)
    return kept


def paragraphs(text: str, marks: Sequence[Mark], masked: Sequence[Hidden], graphic: Sequence[Span]) -> list[list[Run]]:
    """The lines of a text that are not blank, as runs of pieces; together the pieces are the text without line ends."""
    lines = list(_lines(text))
    edges = {edge for line in lines for edge in line}
    edges |= {edge for span in graphic for edge in span} | {edge for one in masked for edge in (one.start, one.end)}
    found = iter(_pieces(text, segments(0, len(text), marks, cuts=edges), masked))
    piece = next(found, None)
    made: list[list[Run]] = []
    for start, end in lines:
        inside: list[Piece] = []
        while piece is not None and piece.start < end:
            if piece.end > start:
                inside.append(piece)
            piece = next(found, None)
        if inside:
            made.append(list(_runs(inside, graphic)))
    return made


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _pieces(text: str, cut: Sequence[Segment], masked: Sequence[Hidden]) -> Iterator[Piece]:
    """A piece for each segment; those of one masked stretch are one piece under all its marks."""
    at, covered = iter(masked), list[Segment]()
    now = next(at, None)
    for segment in cut:
        while now is not None and now.end <= segment.start:
            now = next(at, None)
        if now is None or segment.end <= now.start:
            yield _piece(segment.start, segment.end, text[segment.start : segment.end], segment.marks)
            continue
        covered.append(segment)
        if segment.end == now.end:
            marks = tuple(dict.fromkeys(mark for one in covered for mark in one.marks))
            yield _piece(now.start, now.end, "", marks, private=now.kind)
            covered = []


def _piece(start: int, end: int, text: str, marks: tuple[Mark, ...], *, private: str = "") -> Piece:
    ends = tuple(mark for mark in marks if start < mark.end <= end)
    return Piece(start=start, end=end, text=text, marks=marks, ends=ends, private=private)


def _runs(pieces: Sequence[Piece], graphic: Sequence[Span]) -> Iterator[Run]:
    """Pieces side by side, those of one graphic passage in a run of their own."""
    inside: list[Piece] = []
    passage: Span | None = None
    for piece in pieces:
        there = next((span for span in graphic if span[0] < piece.end and piece.start < span[1]), None)
        if there != passage and inside:
            yield Run(pieces=tuple(inside), graphic=passage is not None)
            inside = []
        passage = there
        inside.append(piece)
    yield Run(pieces=tuple(inside), graphic=passage is not None)
