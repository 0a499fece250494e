"""Dates as pages print them: ISO, day first, names of months in Arabic and English, the Hijri calendar."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from marsad import tables

# The names of months are those of the date grammar: one table for both.
_GRAMMARS = ("lang/ar/data/dates.tsv", "lang/en/data/dates.tsv")
_KINDS = {"month": False, "month-weak": False, "hmonth": True}
_DIGITS = {ord(a): str(n) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, a in enumerate(digits)}
_FOLD = str.maketrans("أإآٱىیکة", "اااايیكه") | _DIGITS | {0xA0: " ", 0x640: None, ord("ی"): "ي"}
_FOLD |= dict.fromkeys([*range(0x64B, 0x653), 0x670, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x61C, 0xFEFF])
_FOLD |= dict.fromkeys(range(0x2066, 0x206A))
_GREGORIAN = range(1980, 2100)
_HIJRI = range(1400, 1525)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day that a text names, and where in the folded text it stands."""

    day: date
    start: int
    end: int
    hijri: bool = False


def levelled(text: str) -> str:
    """Text with its digits and letter variants levelled, and without diacritics, tatweel and invisible characters."""
    return text.translate(_FOLD)


def folded(text: str) -> str:
    """Text as the tables of pages are compared with: ``levelled``, in lower case, single blanks."""
    return re.sub(r"\s+", " ", levelled(text)).strip().lower()


def stamps(text: str) -> list[Stamp]:
    """The full dates (day, month and year) in ``folded`` text, in order; Hijri ones only where there is no other."""
    found: list[Stamp] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            stamp = _read(match)
            if stamp and not any(s.start < stamp.end and stamp.start < s.end for s in found):
                found.append(stamp)
    gregorian = [s for s in found if not s.hijri]
    return sorted(gregorian or found, key=lambda s: s.start)


@cache
def _months() -> dict[str, tuple[int, bool]]:
    """The number of each month's name, and whether it is of the Hijri calendar."""
    months: dict[str, tuple[int, bool]] = {}
    for path in _GRAMMARS:
        for row in tables.read(path, columns=("words", "class", "value", "weak")):
            if row["class"] in _KINDS:
                for name in row["words"].split(" | "):
                    months.setdefault(folded(name).rstrip("."), (int(row["value"]), _KINDS[row["class"]]))
    return months


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    month = rf"(?P<month>{names})\b\.?(?:\s*[/\-–(|]\s*(?:{names})\b\s*\)?)?"
    day, year, gap = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})", r"[\s,،.\-–/]*"
    mark = r"\s*[-/.]\s*"
    return (
        re.compile(rf"(?<![\d/.-]){year}{mark}(?P<number>\d{{1,2}}){mark}{day}(?!\d)"),
        re.compile(rf"(?<![\d/.-]){day}{mark}(?P<number>\d{{1,2}}){mark}{year}(?!\d)"),
        re.compile(
            rf"(?<!\d){day}(?:st|nd|rd|th)?{gap}(?:من |of )?(?:شهر )?{month}{gap}(?:من )?(?:عام |سنه )?{year}(?!\d)"
        ),
        re.compile(rf"\b{month}{gap}{day}(?:st|nd|rd|th)?{gap}{year}(?![\d:])"),
    )


def _read(match: re.Match[str]) -> Stamp | None:
    parts = match.groupdict()
    day, year = int(parts["day"]), int(parts["year"])
    if parts.get("month"):
        month, hijri = _months()[parts["month"]]
    else:
        month, hijri = int(parts["number"]), year in _HIJRI
        if month > 12 >= day:  # month first, as American software prints it
            day, month = month, day
    made = _day(year, month, day, hijri=hijri)
    return Stamp(made, match.start(), match.end(), hijri) if made else None


def _day(year: int, month: int, day: int, *, hijri: bool) -> date | None:
    try:
        if hijri and year in _HIJRI:
            from hijridate import Hijri

            return Hijri(year, month, day).to_gregorian()
        return date(year, month, day) if year in _GREGORIAN and not hijri else None
    except (ValueError, OverflowError):
        return None
