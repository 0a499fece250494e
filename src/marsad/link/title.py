"""What an incident is called, in English and Arabic, from its fields alone."""

from datetime import date
from functools import cache

from marsad.lang.tables import read
from marsad.model import Case, Estimate

_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS_AR = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip


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
