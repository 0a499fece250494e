"""Draw docs/img/read.svg: what ``marsad read`` prints for one sample article, as it looks on a terminal.

    python tools/picture.py [--sample sirte-2016-08-02] [--lines 40]

A line of the terminal is one SVG text element, so that the reader's browser shapes and orders Arabic as it should.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from rich.style import Style
from rich.text import Text

from marsad.batch.local import Order, Reading, read_all
from marsad.capture import read_paths
from marsad.export.table import open_writer
from marsad.model import Document

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "img" / "read.svg"
COLOURS = {1: "#f08a8a", 2: "#7fd18b", 3: "#e8cf7a", 5: "#f2a4ec", 6: "#79cfe0"}  # by number of the ANSI colour
HEIGHT, WIDTH, MARGIN = 21, 1000, 24


def main() -> int:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", default="sirte-2016-08-02", help="a file of src/marsad/samples")
    parser.add_argument("--lines", type=int, default=40, help="how many lines at most; whole claims are kept")
    args = parser.parse_args()
    path = ROOT / "src" / "marsad" / "samples" / f"{args.sample}.json"
    text = "\n".join(shortened(printed(path).splitlines(), limit=args.lines))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(svg(f"$ marsad read {path.name}\n\n{text}"), encoding="utf-8")
    print(PICTURE.relative_to(ROOT))
    return 0


def printed(path: Path) -> str:
    """The table of one file, with its colours."""
    stream = io.StringIO()
    writer = open_writer(stream, explain=False, colour=True)
    items = [item for item in read_paths([str(path)], stdin=io.BytesIO()) if isinstance(item, Document)]
    for result in read_all(items, Order(), jobs=1):
        if not isinstance(result, Reading):
            raise SystemExit(str(result))
        writer.write(result.document, result.claims)
    return stream.getvalue()


def shortened(lines: list[str], *, limit: int) -> list[str]:
    """At most ``limit`` lines, cut before a claim."""
    if len(lines) <= limit:
        return lines
    heads = [number for number, line in enumerate(lines) if Text.from_ansi(line).plain[:4].strip().isdigit()]
    return [*lines[: max((n for n in heads if n <= limit), default=limit)], "    ..."]


def svg(ansi: str) -> str:
    """Terminal text with colours as an SVG picture."""
    lines = [Text.from_ansi(line) for line in ansi.splitlines()]
    height = 2 * MARGIN + HEIGHT * len(lines)
    rows = (
        f'<text xml:space="preserve" x="{MARGIN}" y="{MARGIN + HEIGHT * number + 15}">{"".join(spans(line))}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14" fill="#d8dde3">\n'
        "<style>text { white-space: pre }</style>\n"
        f'<rect width="{WIDTH}" height="{height}" rx="10" fill="#14181d"/>\n' + "\n".join(rows) + "\n</svg>\n"
    )


def spans(line: Text) -> Iterator[str]:
    """The differently styled parts of a line; positions are left to the renderer."""
    for part in line.divide(sorted({edge for span in line.spans for edge in (span.start, span.end)})):
        style = next((s.style for s in part.spans if isinstance(s.style, Style)), Style())
        number = style.color.number if style.color else None
        colour = COLOURS.get(number if number is not None else -1, "#8b949e" if style.dim else "")
        attributes = (f' fill="{colour}"' if colour else "") + (' font-weight="bold"' if style.bold else "")
        yield f"<tspan{attributes}>{escape(part.plain)}</tspan>" if attributes else escape(part.plain)


if __name__ == "__main__":
    sys.exit(main())
