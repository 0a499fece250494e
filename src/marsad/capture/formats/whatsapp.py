"""A chat exported from WhatsApp as text, from Android or iPhone, whichever way the phone's country writes dates."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from marsad.capture.base import MAX_BYTES, Item, Notice, Source
from marsad.capture.chats import Message, by_program, documents
from marsad.capture.encoding import decode
from marsad.capture.stamps import levelled
from marsad.errors import InputError

AMONG = (".txt",)
MAX_FILE = 16 * MAX_BYTES
_HOUR = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?(?:[ap]\.?\s?m\.?|ص|م|صباحا|مساء))?"
_STAMP = re.compile(
    rf"^\s*\[?(\d{{1,4}})[/.\-](\d{{1,2}})[/.\-](\d{{2,4}})[,،]?\s+(?:at\s|في\s)?{_HOUR}(?:\]|\s+-)\s+(.*)$",
    re.I | re.S,
)
_SENDER = re.compile(r"^([^:\n]{1,80}?):\s(.*)$", re.S)
_NAMED = re.compile(r"^(?:WhatsApp Chat with|WhatsApp Chat -|محادثة واتساب مع|دردشة واتساب مع)\s*(.+)$", re.I)
_ORDERS = {"day first": (0, 1, 2), "month first": (1, 0, 2), "year first": (2, 1, 0)}


def recognises(head: bytes) -> bool:
    """Whether the first lines begin with a date and an hour, and at least one with a sender."""
    try:
        lines = decode(head[: head.rfind(b"\n")] if b"\n" in head else head, name="").text.split("\n")[:12]
    except InputError:
        return False
    found = [match for line in lines if (match := _STAMP.match(levelled(line)))]
    senders = sum(bool(_SENDER.match(match.group(4) + " ")) for match in found)
    return bool(lines) and bool(_STAMP.match(levelled(lines[0]))) and senders >= 1


def read(source: Source) -> Iterator[Item]:
    """A document for each message with text; the day by the order (day or month first) that all lines bear out."""
    decoded = decode(source.whole(limit=MAX_FILE), name=source.name)
    if decoded.notice:
        yield Notice(f"{source.name}: {decoded.notice}")
    lines = list(_entries(decoded.text))
    order, sure = _order([numbers for _, numbers, _ in lines])
    if not sure:
        yield Notice(f"{source.name}: the dates are read {order}; if that is wrong, give the day with --published")
    stem = Path(source.name).stem
    named = _NAMED.match(stem)
    chat = named.group(1) if named else "WhatsApp" if stem in ("_chat", "standard input") else stem
    yield from documents(_messages(lines, order, source.name), chat=chat, name=source.name, derived="WhatsApp export")


def _entries(text: str) -> Iterator[tuple[int, tuple[int, int, int], str]]:
    """Number of the line, the three numbers of the date, and what was written, lines that go on joined."""
    held: tuple[int, tuple[int, int, int], list[str]] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        match = _STAMP.match(levelled(line))
        if match is None:
            if held:
                held[2].append(line)
            continue
        if held:
            yield held[0], held[1], "\n".join(held[2])
        first, second, third = (int(part) for part in match.groups()[:3])
        held = (number, (first, second, third), [_after_stamp(line)])
    if held:
        yield held[0], held[1], "\n".join(held[2])


def _after_stamp(line: str) -> str:
    """What stands after the date and hour, in the letters of the export."""
    cut = re.search(r"\]\s|(?<=\s)-\s", line)
    return line[cut.end() :].lstrip("\u200e\u200f\u202a\u202b ") if cut else line


def _messages(lines: list[tuple[int, tuple[int, int, int], str]], order: str, name: str) -> Iterator[Message]:
    for number, numbers, text in lines:
        said = _SENDER.match(text)
        if said and not by_program(text):
            sender = said.group(1).strip("\u200e\u200f\u202a\u202b\u202c~ ")
            yield Message(
                key=f"{numbers}/{sender}",
                text=said.group(2).replace("\u200e", "").replace("\u200f", "").strip(),
                published=_day(numbers, order),
                where=f"{name}, line {number}",
                about={"author": sender},
            )


def _order(dates: list[tuple[int, int, int]]) -> tuple[str, bool]:
    """In which order day, month and year stand, and whether no other fits: all are dates, and time goes on."""
    fitting = []
    for order in _ORDERS:
        days = [_day(numbers, order) for numbers in dates]
        known = [day for day in days if day]
        if len(known) == len(days):
            back = sum(later < earlier for earlier, later in pairwise(known))
            fitting.append((back, order))
    best = min((back for back, _ in fitting), default=0)
    orders = [order for back, order in fitting if back == best]
    return (orders[0] if orders else "day first"), len(orders) == 1


def _day(numbers: tuple[int, int, int], order: str) -> date | None:
    if (numbers[0] > 31) != (order == "year first"):
        return None
    day, month, year = (numbers[place] for place in _ORDERS[order])
    try:
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return found if 2009 <= found.year <= 2100 else None
