"""What exported chats share: a message becomes a Document, with what is no one's words left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from marsad import tables
from marsad.capture.base import Item, Notice, Record, document_id, make_document
from marsad.capture.furniture import clean
from marsad.capture.stamps import folded, levelled
from marsad.errors import InputError

FEWEST_WORDS = 4
"""A message of fewer words says nothing that can be a claim; it is counted, not read."""

_KINDS = ("left_out", "service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a chat; ``key`` tells it from the others of the same chat, ``where`` is its place in the file."""

    key: str
    text: str
    published: date | None
    where: str
    about: dict[str, str] = field(default_factory=dict)


@cache
def _table() -> dict[str, re.Pattern[str]]:
    patterns: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for row in tables.read("capture/data/chats.tsv", columns=("kind", "pattern", "example")):
        kind = row.one_of("kind", _KINDS)
        try:
            pattern = re.compile(levelled(row["pattern"]))
        except re.error as error:
            raise row.fail(f"pattern: {error}") from None
        example = folded(row["example"])
        if not (pattern.fullmatch(example) if kind == "left_out" else pattern.search(example)):
            raise row.fail(f"the pattern does not match its example {row['example']!r}")
        patterns[kind].append(pattern.pattern)
    return {kind: re.compile("|".join(f"(?:{pattern})" for pattern in found)) for kind, found in patterns.items()}


def by_program(line: str) -> bool:
    """Whether a line was written by the program, not by a person."""
    return bool(_table()["service"].search(folded(line)))


def documents(messages: Iterable[Message], *, chat: str, name: str, derived: str) -> Iterator[Item]:
    """A document for each message that says something; a notice of how many were left out."""
    empty = short = 0
    for message in messages:
        text = "" if _table()["left_out"].fullmatch(folded(message.text)) else message.text
        text = "\n".join(clean(text.split("\n"), title="").lines).strip()
        if not text:
            empty += 1
        elif len(re.findall(r"[^\W\d_]{2,}", text)) < FEWEST_WORDS:
            short += 1
        else:
            yield _document(message, text, chat=chat, derived=derived)
    if empty:
        yield Notice(f"{name}: {empty} messages without text left out")
    if short:
        yield Notice(f"{name}: {short} messages of fewer than {FEWEST_WORDS} words left out")


def _document(message: Message, text: str, *, chat: str, derived: str) -> Item:
    identity = document_id(f"{chat}\n{message.key}\n{text}")
    about = {key: value for key, value in message.about.items() if value}
    try:
        document = make_document(Record(text=text, id=identity, source=chat), where=message.where)
    except InputError as error:
        return error
    return replace(document, published=message.published, derived=derived, about=about)
