"""``--format csv``: one incident a row, as RFC 4180 has it, and safe to open in a spreadsheet."""

import csv
import re
from typing import TextIO

from marsad.export.incidents.flat import SEPARATOR, Value, row
from marsad.model import Assessment, Case, Incident

_FORMULA = re.compile(r"[\s\"']*[=+\-@＝＋－＠]|[\t\r\n]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
COLUMNS = tuple(
    row(Incident(case=Case(id="", event="", reports=()), assessment=Assessment(), title_en="", title_ar=""))
)


class CsvWriter:
    """A header, then a row for each incident; lines end in CR LF, text is quoted, what is not known is empty."""

    def __init__(self, stream: TextIO) -> None:
        self._rows = csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
        self._rows.writerow(COLUMNS)

    def write(self, one: Incident) -> None:
        """The next incident."""
        self._rows.writerow([_cell(value) for value in row(one).values()])

    def close(self) -> None:
        """Nothing stands at the end of CSV."""


def open_writer(stream: TextIO, *, colour: bool) -> CsvWriter:
    """A writer of rows; colour has no meaning here."""
    return CsvWriter(stream)


def _cell(value: Value) -> Value:
    """A number as it is; text that a spreadsheet would take for a formula with an apostrophe before it (OWASP)."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    return SEPARATOR.join(harmless(part) for part in value.split(SEPARATOR))


def harmless(text: str) -> str:
    """``text`` without control characters, and with an apostrophe before it if it begins as a formula does."""
    text = _CONTROLS.sub("", text)
    return f"'{text}" if _FORMULA.match(text) else text
