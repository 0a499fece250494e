"""Calendar arithmetic: months, weeks, seasons, parts of a period, Hijri dates. Intervals have both ends inside."""

from calendar import monthrange
from datetime import date, timedelta

from hijridate import Hijri

Span = tuple[date, date]
DAY = timedelta(days=1)
# First day of the week: Sunday in Arabic reports, Monday in English ones (date.weekday numbers).
WEEK_START = {"ar": 6, "en": 0}
# First and last month and day of the parts of a year.
_YEAR_PARTS = {
    "start": (1, 1, 2, 28),
    "early": (1, 1, 4, 30),
    "mid": (5, 16, 8, 15),
    "late": (9, 1, 12, 31),
    "end": (12, 1, 12, 31),
}


def month(year: int, number: int) -> Span:
    """A calendar month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def add_months(day: date, count: int) -> date:
    """The same day ``count`` months on, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + count
    year, number = divmod(index, 12)
    return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))


def unit(name: str, day: date, count: int, *, lang: str) -> Span:
    """The calendar day, week, weekend, month or year ``count`` units after the one that holds ``day``."""
    if name in ("day", "hour"):
        return day + count * DAY, day + count * DAY
    if name in ("week", "weekend"):
        start = day - (day.weekday() - WEEK_START[lang]) % 7 * DAY + 7 * count * DAY
        if name == "week":
            return start, start + 6 * DAY
        saturday = day - (day.weekday() - 5) % 7 * DAY + 7 * (count + 1) * DAY
        return (saturday, saturday + DAY) if lang == "en" else (saturday - DAY, saturday)
    if name == "month":
        moved = add_months(day.replace(day=1), count)
        return month(moved.year, moved.month)
    return date(day.year + count, 1, 1), date(day.year + count, 12, 31)


def back(name: str, day: date, count: int) -> date:
    """The day ``count`` units (hour, day, week, month, year) before ``day``; after it if negative."""
    if name in ("month", "year"):
        return add_months(day, -count * (12 if name == "year" else 1))
    if name == "hour":
        return day - (-(-abs(count) // 24)) * DAY * (1 if count > 0 else -1)
    return day - count * (7 if name in ("week", "weekend") else 1) * DAY


def part(name: str, span: Span) -> Span:
    """A part (start, early, mid, late, end) of a month, year or other period."""
    start, end = span
    length = (end - start).days + 1
    if 360 < length < 370:
        first_month, first_day, last_month, last_day = _YEAR_PARTS[name]
        return date(start.year, first_month, first_day), date(start.year, last_month, last_day)
    third = 10 if 28 <= length <= 31 else round(length / 3)
    first, second = start + third * DAY, start + 2 * third * DAY
    if name in ("start", "early"):
        return start, first - DAY
    return (first, second - DAY) if name == "mid" else (second, end)


def season(year: int, number: int) -> Span:
    """Spring 1 to winter 4 in the northern hemisphere; the winter of a year begins the December before it."""
    if number == 4:
        return date(year - 1, 12, 1), date(year, 3, 1) - DAY
    return date(year, 3 * number, 1), month(year, 3 * number + 2)[1]


def fraction(year: int, parts: int, number: int) -> Span:
    """The ``number``th half (2), third (3) or quarter (4) of a year."""
    if not 1 <= number <= parts:
        raise ValueError(f"no {number}. of {parts} parts")
    months = 12 // parts
    return date(year, months * (number - 1) + 1, 1), month(year, months * number)[1]


def hijri(year: int, number: int, day: int | None) -> Span:
    """A Hijri month, or one day of it (Umm al-Qura, 1343-1500 AH); ValueError or OverflowError outside."""
    first = Hijri(year, number, day or 1)
    last = day or first.month_length()
    end = Hijri(year, number, last)
    return date(*first.to_gregorian().timetuple()[:3]), date(*end.to_gregorian().timetuple()[:3])
