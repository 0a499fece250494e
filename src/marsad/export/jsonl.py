"""``--format jsonl``: one claim record a line."""

from collections.abc import Sequence
from typing import TextIO

from marsad.export.record import encode, record
from marsad.model import Claim, Document


class JsonlWriter:
    """A line for each claim; a document without claims leaves nothing."""

    def __init__(self, stream: TextIO, *, explain: bool) -> None:
        self._stream, self._explain = stream, explain

    def write(self, document: Document, claims: Sequence[Claim]) -> None:
        """The document's claims, in order."""
        for claim in claims:
            self._stream.write(encode(record(claim, explain=self._explain)) + "\n")

    def close(self) -> None:
        """Nothing stands at the end of JSON lines."""


def open_writer(stream: TextIO, *, explain: bool, colour: bool) -> JsonlWriter:
    """A writer of claim records; colour has no meaning here."""
    return JsonlWriter(stream, explain=explain)
