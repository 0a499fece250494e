"""Text of unknown origin on a terminal: no control codes, right-to-left runs kept apart, lines broken by width."""

import re
import unicodedata
from collections.abc import Iterable

from rich.cells import cell_len

from marsad.model import Span

_LETTER = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_RIGHT_TO_LEFT = re.compile(_LETTER)
_RUN = re.compile(rf"(?<=«)[^»]*{_LETTER}[^»]*(?=»)|{_LETTER}(?:[^A-Za-z:;,()«»]*{_LETTER})?")
_BIDI_CONTROLS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LATIN_END = re.compile(r"(?<=[A-Za-z\u00c0-\u024f])(?=[،؛:,]? *\d|[،؛])")
RLI, FSI, PDI, RLM = "\u2067", "\u2068", "\u2069", "\u200f"
MARK, UNMARK = "\ue000", "\ue001"


def plain(text: str) -> str:
    """``text`` on one line without control, bidi, private-use or unpaired characters, which could change a terminal."""
    text = _BIDI_CONTROLS.sub("", text)
    kept = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Co", "Cs"})
    return re.sub(" +", " ", "".join(kept)).strip()


def isolate(text: str) -> str:
    """``text`` made plain and, where it has right-to-left letters, wrapped so that its neighbours stay in place.

    A Latin name in an Arabic line ends with a mark, or it would draw the comma and the number after it to its side.
    """
    text = plain(text)
    if is_right_to_left(text):
        text = _LATIN_END.sub(RLM, text)
    return f"{FSI}{text}{PDI}" if _RIGHT_TO_LEFT.search(text) else text


def isolate_quotes(text: str) -> str:
    """``text`` made plain, each run of right-to-left words in it an isolate of its own."""
    return _RUN.sub(lambda found: f"{FSI}{found.group()}{PDI}", plain(text))


def is_right_to_left(text: str) -> bool:
    """Whether most letters of ``text`` are written from right to left."""
    return 2 * len(_RIGHT_TO_LEFT.findall(text)) > sum(c.isalpha() for c in text)


def mark(text: str, spans: Iterable[Span]) -> str:
    """``text`` made plain, each of ``spans``, which are in order and apart, between MARK and UNMARK."""
    parts, done = [], 0
    for start, end in spans:
        parts += [_piece(text[done:start]), MARK, plain(text[start:end]), UNMARK]
        done = end
    return "".join([*parts, _piece(text[done:])]).strip()


def _piece(text: str) -> str:
    """A part of a sentence made plain, a blank at either end kept."""
    return f"{' ' * text[:1].isspace()}{plain(text)}{' ' * text[-1:].isspace()}" if text.strip() else " " * bool(text)


def wrap(text: str, *, width: int) -> list[str]:
    """Lines of at most ``width`` cells, broken at blanks; a longer word is cut."""
    lines, line, used = [], "", 0
    for word in text.split():
        size = cell_len(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = "", 0
        while size > width:
            lines.append(word[:width])
            word = word[width:]
            size = cell_len(word)
        line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return _closed([*lines, line] if line else lines)


def _closed(lines: list[str]) -> list[str]:
    """Lines of which each closes the isolate that it opens, as terminals order letters line by line."""
    closed, inside = [], False
    for line in lines:
        opened = f"{FSI}{line}" if inside else line
        inside = opened.rfind(FSI) > opened.rfind(PDI)
        closed.append(f"{opened}{PDI}" if inside else opened)
    return closed


def sentence_lines(text: str, *, width: int, right_to_left: bool) -> list[str]:
    """The lines of a sentence; those of a right-to-left one end below one another at the right.

    Each is an isolate of its own, as terminals order letters by the line.
    """
    lines = wrap(text, width=width)
    if not right_to_left:
        return lines
    widest = max((_shown(line) for line in lines), default=0)
    return [f"{' ' * (widest - _shown(line))}{RLI}{line}{PDI}" for line in lines]


def _shown(line: str) -> int:
    """Cells that a line takes on the screen, where the marks of its trigger are brackets."""
    return cell_len(line.replace(MARK, "[").replace(UNMARK, "]"))
