"""What every reader shares: the raw source it is given, the items it yields, and how a record becomes a Document."""

import hashlib
import logging
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO, Protocol

import msgspec

from marsad.errors import InputError
from marsad.model import Document

MAX_CHARACTERS = 2_000_000
"""The longest document that is read, in code points: some 300 times a long article."""

MAX_BYTES = 4 * MAX_CHARACTERS + 4
"""The most bytes that such a document can take in any of the encodings that are read."""

HEAD = 4096
"""How many bytes a format is recognised by."""

_TOO_LONG = "longer than any article; split it into documents, one a line of a .jsonl file"
_BROKEN = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about an input that was read all the same."""

    message: str


Item = Document | InputError | Notice
"""What a reader yields: a document, or what is wrong with one, in the order of the input."""


@dataclass(frozen=True, slots=True)
class Source:
    """An open file (or standard input) and the name by which messages call it.

    ``columns``: which column of a table holds which key of a document (``{"text": "body"}``).
    """

    name: str
    stream: BinaryIO
    columns: Mapping[str, str] = field(default_factory=dict)

    def whole(self, *, limit: int, because: str = _TOO_LONG) -> bytes:
        """All its bytes; InputError when there are more than ``limit``, ``because`` of what, and the remedy."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(f"{self.name}: more than {limit // 1_000_000} MB, {because}")
        return data


class Format(Protocol):
    """What a module in ``capture/formats`` provides.

    A format that shares a suffix with a plainer one (a chat that is a .json file) is a ``Guest``.
    """

    SUFFIXES: tuple[str, ...]

    def read(self, source: Source) -> Iterator[Item]:
        """The documents of ``source``, and an InputError for each that cannot be used."""
        ...


class Guest(Protocol):
    """A format among the files of plainer ones, known by how it begins."""

    AMONG: tuple[str, ...]

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins so is of this format."""
        ...

    def read(self, source: Source) -> Iterator[Item]:
        """As ``Format.read``."""
        ...


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it stands in a .jsonl or .json file; keys that are not named here are left alone."""

    text: str
    id: str | int | None = None
    lang: str | None = None
    published: str | None = None
    title: str | None = None
    source: str | None = None


def quiet(package: str) -> None:
    """What a package logs is shown only where the user has set up logging; what matters of it our own errors tell."""
    logger = logging.getLogger(package)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def document_id(text: str) -> str:
    """The id of a document that was given none: the first 16 hexadecimal digits of its text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def now() -> str:
    """The time in UTC, to the second, as ISO 8601."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def parse_date(value: str) -> date:
    """The day of an ISO date or date with time; ValueError for anything else."""
    value = value.strip()
    return date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value).date()


def make_document(record: Record, *, where: str) -> Document:
    """The Document of a record; InputError (with ``where``) for a text empty or too long, or a date unreadable."""
    text = _whole(record.text)
    if not text.strip():
        raise InputError(f"{where}: the text is empty; nothing to read")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"{where}: a text of {len(text):,} characters, longer than any article "
            f"(at most {MAX_CHARACTERS:,}); split it into documents"
        )
    given = "" if record.id is None else _whole(str(record.id)).strip()
    return Document(
        id=given or document_id(text),
        text=text,
        lang=(record.lang or "").strip().lower() or None,
        published=_published(record.published, where=where),
        title=_whole(record.title or ""),
        source=_whole(record.source or ""),
        origin=where,
    )


def _published(value: str | None, *, where: str) -> date | None:
    if value is None or not value.strip():
        return None
    try:
        return parse_date(value)
    except ValueError:
        raise InputError(f"{where}: published is {value[:40]!r}; write it as YYYY-MM-DD") from None


def _whole(text: str) -> str:
    """Half characters, which no encoding writes, and NUL, which no database keeps, become U+FFFD, one for one."""
    return _BROKEN.sub("\ufffd", text)
