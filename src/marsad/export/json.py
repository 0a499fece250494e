"""``--format json``: a list with one object a document, of the form of the gold files."""

from collections.abc import Sequence
from typing import TextIO

from marsad.export.record import document_record, encode, record
from marsad.model import Claim, Document


class JsonWriter:
    """``[{"id", "lang", "published", "title", "source", "text", "claims": [...]}, ...]``, an object a line."""

    def __init__(self, stream: TextIO, *, explain: bool) -> None:
        self._stream, self._explain, self._before = stream, explain, "["

    def write(self, document: Document, claims: Sequence[Claim]) -> None:
        """The document with its text (the offsets count in it) and its claims."""
        found = document_record(document)
        found["claims"] = [record(claim, explain=self._explain) for claim in claims]
        self._stream.write(f"{self._before}\n{encode(found)}")
        self._before = ","

    def close(self) -> None:
        """The end of the list; ``[]`` when nothing was read."""
        self._stream.write("[]\n" if self._before == "[" else "\n]\n")


def open_writer(stream: TextIO, *, explain: bool, colour: bool) -> JsonWriter:
    """A writer of documents with their claims; colour has no meaning here."""
    return JsonWriter(stream, explain=explain)
