"""Which encoding a text is in: UTF-8 and UTF-16 by their form, the Arabic code pages by how often letters occur.

Arabic news sites of the 2000s and old archives are in Windows-1256, some in ISO-8859-6. General detectors choose among
a hundred encodings and are often wrong on short Arabic texts; the question here is only which of three, so each is
scored by the frequency of the letters it gives.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cache

from marsad.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
)
_CODE_PAGES = ("cp1256", "iso8859-6", "cp1252")
_HEAD = 65_536
_HIGH = bytes(range(128, 256))
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13} | {127})
# Letters of Arabic news prose in thousandths, rounded.
_LETTERS = "اليمونتربةعدفسهقأحكجصشطخىإضزذثئغءظؤآ"
_MOST = (153, 117, 75, 66, 53, 50, 47, 46, 35, 34, 33, 30, 25, 24, 24, 22, 19, 18, 18, 14)
_FREQUENCY = dict(zip(_LETTERS, _MOST + (10, 10, 9, 8, 8, 8, 7, 6, 6, 6, 4, 4, 3, 2, 1, 1), strict=True))
_RARE = 0.2
_PLAIN = set("،؛؟ـًٌٍَُِّْ“”‘’…–—«»•")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what to tell the user if that was not plain sailing."""

    text: str
    encoding: str
    notice: str = ""


def decode(data: bytes, *, name: str) -> Decoded:
    """The text of ``data``, its byte-order mark left off; InputError (with ``name``) when it is no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict_or_replaced(data, encoding)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{name}: this is {what}, not text; save its text as UTF-8 .txt")
    controls = _controls(data[:_HEAD])
    if controls > max(2, min(len(data), _HEAD) // 100) or b"\0" in data:
        wide = _wide(data)
        if wide is None and controls > 2:
            raise InputError(f"{name}: binary data, not text; save its text as UTF-8 .txt")
        if wide is not None:
            return wide
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if re.search(rb"[\xc2-\xf4][\x80-\xbf]", data) and _any_utf8_line(data):
        return _mixed(data)
    nearly = _nearly_utf8(data)
    if nearly is not None:
        return nearly
    encoding = _code_page(data)
    return Decoded(data.decode(encoding, "replace"), encoding, f"read as {encoding}; convert it to UTF-8 to be sure")


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few damaged places, such as a file cut in the middle of a letter."""
    found = _strict_or_replaced(data, "utf-8")
    high = len(data) - len(data.translate(None, _HIGH))
    return found if found.text.count("\ufffd") * 10 <= high else None


def _strict_or_replaced(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, f"damaged {encoding} at byte {error.start}; unreadable parts became \ufffd")


def _controls(data: bytes) -> int:
    """How many bytes no text has: NUL and control codes other than tab, line and page ends."""
    return len(data) - len(data.translate(None, _CONTROL))


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a byte-order mark, if in one byte order nearly all characters are usual ones."""
    even = data[: len(data) & ~1]
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _plausible(even[:_HEAD], encoding))
    return _strict_or_replaced(even, best) if _plausible(even[:_HEAD], best) >= 0.9 else None


def _plausible(data: bytes, encoding: str) -> float:
    text = data.decode(encoding, "replace")
    usual = sum(c.isspace() or 32 <= ord(c) < 127 or 0x600 <= ord(c) < 0x700 or 0x2010 <= ord(c) < 0x2030 for c in text)
    return usual / max(1, len(text))


def _any_utf8_line(data: bytes) -> bool:
    return any(not line.isascii() and _is_utf8(line) for line in data.split(b"\n"))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mixed(data: bytes) -> Decoded:
    """Line by line: UTF-8 where that holds or nearly holds, else the likeliest code page."""
    out: list[str] = []
    first = 0
    for number, line in enumerate(data.split(b"\n"), 1):
        if _is_utf8(line):
            out.append(line.decode("utf-8"))
            continue
        first = first or number
        replaced = line.decode("utf-8", "replace")
        high = sum(byte > 127 for byte in line)
        nearly = replaced.count("\ufffd") * 10 <= high
        out.append(replaced if nearly else line.decode(_code_page(line), "replace"))
    return Decoded("\n".join(out), "mixed", f"line {first} is not UTF-8 as others are; read line by line")


def _code_page(data: bytes) -> str:
    """The single-byte encoding whose letters are likeliest."""
    first = re.search(rb"[\x80-\xff]", data)  # a page may have long scripts before its first Arabic letter
    start = max(0, first.start() - 100) if first else 0
    head = data[start : start + _HEAD]
    return max(_CODE_PAGES, key=lambda encoding: _score(head, encoding))


@cache
def _weights(encoding: str) -> tuple[float, ...]:
    """For each byte above 127 the log-free weight (0 to 135) of the character it gives, below 0 where it gives none."""
    weights: list[float] = []
    for byte in range(128, 256):
        char = bytes([byte]).decode(encoding, "replace")
        if char == "\ufffd":
            weights.append(-100)
        elif char in _PLAIN:
            weights.append(5)
        else:
            weights.append(_FREQUENCY.get(char, _RARE))
    return tuple(weights)


def _score(data: bytes, encoding: str) -> float:
    """The mean weight of the bytes above 127; for Western letters, whether they stand within Latin words."""
    counts = [data.count(byte) for byte in range(128, 256)]
    total = max(1, sum(counts))
    if encoding == "cp1252":
        return 60 * len(re.findall(rb"(?<=[A-Za-z])[\xc0-\xff](?![\xc0-\xff])|[\x91-\x97]", data)) / total
    return sum(n * w for n, w in zip(counts, _weights(encoding), strict=True)) / total
