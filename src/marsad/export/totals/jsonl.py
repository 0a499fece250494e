"""``--format jsonl``: one total a line."""

from typing import TextIO

from marsad.export.record import encode
from marsad.export.totals.record import record
from marsad.model import Total


class JsonlWriter:
    """A line for each total."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, one: Total) -> None:
        """The next total."""
        self._stream.write(encode(record(one)) + "\n")

    def close(self) -> None:
        """Nothing stands at the end of JSON lines."""


def open_writer(stream: TextIO, *, colour: bool) -> JsonlWriter:
    """A writer of totals; colour has no meaning here."""
    return JsonlWriter(stream)
