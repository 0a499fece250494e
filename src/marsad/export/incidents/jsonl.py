"""``--format jsonl``: one incident record a line."""

from typing import TextIO

from marsad.export.incidents.record import record
from marsad.export.record import encode
from marsad.model import Incident


class JsonlWriter:
    """A line for each incident."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, one: Incident) -> None:
        """The next incident."""
        self._stream.write(encode(record(one)) + "\n")

    def close(self) -> None:
        """Nothing stands at the end of JSON lines."""


def open_writer(stream: TextIO, *, colour: bool) -> JsonlWriter:
    """A writer of incident records; colour has no meaning here."""
    return JsonlWriter(stream)
