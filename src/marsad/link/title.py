"""What an incident is called, in English and Arabic, from its fields alone."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from marsad.model import Case, Estimate
from marsad.tables import read

_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS_AR = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
_SIDES_AR = {
    "northern": ("شمال", "الشمالي"), "southern": ("جنوب", "الجنوبي"),
    "eastern": ("شرق", "الشرقي"), "western": ("غرب", "الغربي"),
    "north-eastern": ("شمال شرق", "الشمالي الشرقي"), "north-western": ("شمال غرب", "الشمالي الغربي"),
    "south-eastern": ("جنوب شرق", "الجنوبي الشرقي"), "south-western": ("جنوب غرب", "الجنوبي الغربي"),
}  # fmt: skip
_BETWEEN = re.compile("between (.+) and (.+)")
_PART = re.compile(f"(?:({'|'.join(_SIDES_AR)}) )?(.+?)( countryside)?")


@cache
def _names() -> dict[str, tuple[str, str]]:
    return {row["event"]: (row["en"], row["ar"]) for row in read("link/data/titles.tsv", columns=("event", "en", "ar"))}


def titles(case: Case, killed: Estimate | None, *, arabic_place: str) -> tuple[str, str]:
    """The English and the Arabic title; ``arabic_place`` is the place's Arabic name, "" if it is not known."""
    english, arabic = _names()[case.event]
    place_en = case.place.name if case.place else ""
    place_ar = arabic_place or place_en
    days_en, days_ar = _days(case, _MONTHS_EN), _days(case, _MONTHS_AR)
    english = ", ".join(part for part in (english, place_en, days_en) if part)
    arabic = "، ".join(part for part in (arabic, place_ar, days_ar) if part)
    count = _count(killed)
    return (f"{english}: {count} killed", f"{arabic}: عدد القتلى {count}") if count else (english, arabic)


def arabic_place(name: str, known: Callable[[str], str]) -> str:
    """A place's Arabic name by its English one, "" if that is not known; ``known`` gives the gazetteer's, or "".

    Names that are made when a text is placed ("between X and Y", "northern X countryside") are made in Arabic too: the
    wording of a text may be «شمال البلاد», or only the first of two names.
    """
    if whole := known(name):
        return whole
    if both := _BETWEEN.fullmatch(name):
        first, second = known(both[1]), known(both[2])
        return f"بين {first} و{second}" if first and second else ""
    part = _PART.fullmatch(name)
    base = known(part[2]) if part and (part[1] or part[3]) else ""
    if part is None or not base:
        return ""
    noun, adjective = _SIDES_AR[part[1]] if part[1] else ("", "")
    return f"ريف {base} {adjective}".strip() if part[3] else f"{noun} {base}"


def is_made(name: str) -> bool:
    """Whether an English name is one that ``arabic_place`` would make of its parts."""
    part = _PART.fullmatch(name)
    return bool(_BETWEEN.fullmatch(name) or (part and (part[1] or part[3])))


def _days(case: Case, months: tuple[str, ...]) -> str:
    start, end = case.start, case.end
    if start is None or end is None:
        return ""
    if start == end:
        return _day(start, months)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end, months)}"
    return f"{_day(start, months)} – {_day(end, months)}"


def _day(day: date, months: tuple[str, ...]) -> str:
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _count(killed: Estimate | None) -> str:
    if killed is None or killed.known != "counted" or not killed.low:
        return ""
    if killed.high is None:
        return f"{killed.low}+"
    return str(killed.low) if killed.low == killed.high else f"{killed.low}–{killed.high}"
