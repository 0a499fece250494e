"""What the rules of the grammar compute: one small function for each action named in ``date_rules.tsv``.

Each takes the mention's slots and the point of reference and gives an interval; ``NoReferenceError`` says that the
publication date, or an earlier date in the text, would be needed, ValueError that there is no such date.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from marsad.lang.dates import calendars
from marsad.lang.dates.calendars import DAY, Span
from marsad.lang.dates.mention import TimeMention

Slots = Mapping[str, str]
_RECENT = {"hour": ("day", 1), "day": ("day", 7), "week": ("month", 1), "month": ("month", 3), "year": ("year", 3)}
# Which expression of an apposition ("yesterday, Tuesday 2 November") says the day: the lowest first.
_TRUST = {"numdate": 0, "date": 0, "hijri": 1, "weekday": 2, "deictic": 3}


class NoReferenceError(Exception):
    """The expression is relative to a date that is not known."""


class Anchor(Protocol):
    """An interval already resolved."""

    @property
    def start(self) -> date:
        """First day."""

    @property
    def end(self) -> date:
        """Last day."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What an expression is relative to; ``future`` reads undirected ones (on Tuesday, in March) as still to come."""

    published: date | None
    anchor: Anchor | None
    future: bool
    lang: str

    @property
    def today(self) -> date:
        """The publication date, or NoReferenceError."""
        if self.published is None:
            raise NoReferenceError
        return self.published

    @property
    def earlier(self) -> Anchor:
        """The earlier date in the text, or NoReferenceError."""
        if self.anchor is None:
            raise NoReferenceError
        return self.anchor

    def cut(self, span: Span) -> Span:
        """The past part of a period that holds the publication date (the part to come for a plan)."""
        start, end = span
        if self.published is None or not start <= self.published <= end:
            return span
        return (self.published, end) if self.future else (start, self.published)


Action = Callable[[Slots, tuple[TimeMention, ...], Reference], Span]


def span_of(mention: TimeMention, ref: Reference) -> Span:
    """The interval of a mention: first and last day."""
    return ACTIONS[mention.action](dict(mention.slots), mention.parts, ref)


def _deictic(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    day = ref.today + int(slots["deictic"]) * DAY
    return day, day


def _weekday(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """The last such day up to publication; with last, next, this: before it, after it, in its week."""
    wanted, shift = int(slots["weekday"]), slots.get("shift")
    since = (ref.today.weekday() - wanted) % 7
    day = ref.today - since * DAY
    if shift in ("-1", "-2"):
        day -= (7 if since == 0 else 0) * DAY + (7 if shift == "-2" else 0) * DAY
    elif shift in ("1", "2") or (ref.future and since):
        day += 7 * int(shift or 1) * DAY
    elif shift == "0":
        start, _ = calendars.unit("week", ref.today, 0, lang=ref.lang)
        day = start + (wanted - start.weekday()) % 7 * DAY
    return day, day


def _date(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """A day of a month; without a year the nearest, up to two weeks after publication."""
    number, shift = int(slots["dom"]), slots.get("shift")
    if "month" not in slots:
        start, _ = calendars.unit("month", ref.today, int(shift or 0), lang=ref.lang)
        return start.replace(day=number), start.replace(day=number)
    if "year" in slots:
        day = date(int(slots["year"]), int(slots["month"]), number)
        return day, day
    latest = {"1": 366, "0": 183, "-1": -1}.get(shift or "", 366 if ref.future else 14)
    days = [found for year in (-8, -4, -1, 0, 1) if (found := _on(ref.today.year + year, int(slots["month"]), number))]
    day = max(found for found in days if (found - ref.today).days <= latest)
    return day, day


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dates(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """From one day of a month to another of the same."""
    _, end = _date({**slots, "dom": slots["last"]}, parts, ref)
    return end.replace(day=int(slots["dom"])), end


def _numdate(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """12/5/2015: day first; month first only where the day cannot be, or an English date would lie in the future."""
    a, b, c = (int(n) for n in slots["numdate"].replace("/", "-").replace(".", "-").split("-"))
    if a > 31:
        return (date(a, b, c),) * 2
    orders = [found for found in (_on(c, b, a), _on(c, a, b) if ref.lang == "en" else None) if found]
    if not orders:
        raise ValueError("no such date")
    past = [found for found in orders if ref.published is None or found <= ref.published]
    return ((past or orders)[0],) * 2


def _month(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """A month; without a year the last that has begun by publication (the next to begin, for a plan)."""
    number, shift = int(slots["month"]), slots.get("shift")
    if "year" in slots:
        year = int(slots["year"])
    else:
        year, now = ref.today.year, ref.today.month
        if shift in ("1", "2") or (shift is None and ref.future):
            year += number < now or (number == now and shift is not None)
        elif shift != "0":
            year -= number > now or (number == now and shift == "-1")
    return _part(slots, calendars.month(year, number), ref)


def _part(slots: Slots, span: Span, ref: Reference) -> Span:
    return ref.cut(calendars.part(slots["part"], span) if "part" in slots else span)


def _year(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    year = int(slots["year"])
    return _part(slots, (date(year, 1, 1), date(year, 12, 31)), ref)


def _years(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    first, last = int(slots["year"]), int(slots["last"])
    if last < first:
        raise ValueError("years out of order")
    return ref.cut((date(first, 1, 1), date(last, 12, 31)))


def _unit(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """Last, this or next week, month or year of the calendar, or a part of it."""
    span = calendars.unit(slots["unit"], ref.today, int(slots.get("shift") or 0), lang=ref.lang)
    if slots["unit"] == "weekend" and span[0] > ref.today and not ref.future and slots.get("shift") == "0":
        span = calendars.unit("weekend", ref.today, -1, lang=ref.lang)
    return _part(slots, span, ref)


def _earlier(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """Earlier this month: up to publication; later this month: from it."""
    start, end = calendars.unit(slots["unit"], ref.today, 0, lang=ref.lang)
    return (ref.today, end) if slots.get("side") == "later" else (start, ref.today)


def _ago(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """Three days ago; weeks, months and a year give or take half a unit; two years ago is a calendar year."""
    name, count = slots["unit"], int(slots.get("n") or 1)
    if slots.get("few") is not None:
        return _recent(slots, parts, ref)
    day = calendars.back(name, ref.today, count)
    if name == "hour":
        return ref.today - count // 24 * DAY, ref.today - count // 24 * DAY
    if name == "year" and count > 1:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    slack = {"day": 0, "week": 3, "weekend": 3, "month": 15, "year": 30}[name]
    return day - slack * DAY, min(day + slack * DAY, ref.today)


def _rolling(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """The past (or coming) n units, counted from the publication date."""
    count = int(slots.get("n") or 1)
    if int(slots.get("shift") or -1) > 0:
        return ref.today, calendars.back(slots["unit"], ref.today, -count)
    return calendars.back(slots["unit"], ref.today, count), ref.today


def _duration(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """Over two days: as many, the last of them that of publication."""
    start, end = _rolling(slots, parts, ref)
    return (start + DAY, end) if slots["unit"] == "day" and start < end else (start, end)


def _recent(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """Recent days one week, weeks one month, months three months (the codebook's settled cases)."""
    name, count = _RECENT[slots["unit"]]
    return _rolling({**slots, "unit": name, "n": str(count)}, parts, ref)


def _span(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """A fixed stretch before or after publication: value such as ``-1 month`` or ``0 day``."""
    count, name = slots["span"].replace("_", " ").split()
    other = calendars.back(name, ref.today, -int(count))
    return min(other, ref.today), max(other, ref.today)


def _decade(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    first = int(slots["decade"].rstrip("s"))
    start, end = {"start": (0, 3), "early": (0, 3), "mid": (3, 6), "late": (6, 9), "end": (6, 9)}.get(
        slots.get("part", ""), (0, 9)
    )
    return date(first + start, 1, 1), date(first + end, 12, 31)


def _season(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    number, shift = int(slots["season"]), slots.get("shift")
    if "year" in slots:
        return ref.cut(calendars.season(int(slots["year"]), number))
    spans = [calendars.season(ref.today.year + year, number) for year in (-2, -1, 0, 1, 2)]
    if shift == "1" or (ref.future and shift is None):
        return next(span for span in spans if span[0] > ref.today)
    if shift == "0":
        return ref.cut(min(spans, key=lambda span: max(span[0] - ref.today, ref.today - span[1])))
    past = [span for span in spans if (span[1] if shift == "-1" else span[0]) <= ref.today]
    return ref.cut(past[-1])


def _fraction(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    year = int(slots["year"]) if "year" in slots else ref.today.year + int(slots.get("shift") or 0)
    return ref.cut(calendars.fraction(year, int(slots["fraction"]), int(slots["ord"])))


def _hijri(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """A Hijri month or day; without a year the last that has begun by publication."""
    number = int(slots["hmonth"])
    day = int(slots["dom"]) if "dom" in slots else None
    if "hyear" in slots:
        return ref.cut(calendars.hijri(int(slots["hyear"]), number, day))
    guess = int((ref.today.year - 622) * 33 / 32)
    spans = [calendars.hijri(year, number, day) for year in range(guess - 2, guess + 4)]
    if slots.get("shift") == "1" or (ref.future and "shift" not in slots):
        return next(span for span in spans if span[0] > ref.today)
    return ref.cut([span for span in spans if span[0 if slots.get("shift") != "-1" else 1] <= ref.today][-1])


def _streak(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """For the third day in a row: three days, the last that of publication."""
    count, name = int(slots["ord"]), slots["unit"]
    start = calendars.back(name, ref.today, count)
    return start + DAY, ref.today


def _anchored(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """The next day, two days later, the same week: counted from the earlier date."""
    name, count = slots.get("unit", "day"), int(slots["move"]) * int(slots.get("n") or 1)
    if name not in ("day", "hour"):
        return calendars.unit(name, ref.earlier.start, count, lang=ref.lang)
    if count == 0:
        return ref.earlier.start, ref.earlier.end
    day = calendars.back("day", ref.earlier.end if count > 0 else ref.earlier.start, -count)
    return day, day


def _since_anchor(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    return min(ref.earlier.start, ref.today), ref.today


def _since(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """From the start of a date to the publication date; the date itself if it is still to come."""
    start, end = span_of(parts[0], ref)
    return (start, end) if start > ref.today else (start, ref.today)


def _since_ago(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    return _recent(slots, parts, ref) if slots.get("few") is not None else _rolling(slots, parts, ref)


def _until(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """By or until a date: from the publication date if it is still to come, else that date."""
    start, end = span_of(parts[0], ref)
    return (ref.published, end) if ref.published and ref.published < end else (start, end)


def _between(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """From one date to another; the first takes its year and month from the second."""
    _, end = span_of(parts[-1], ref)
    later = Reference(end, ref.anchor, False, ref.lang) if parts[0].action in ("date", "weekday", "month") else ref
    start, _ = span_of(parts[0], later)
    if start > end:
        raise ValueError("the range ends before it begins")
    return start, end


def _apposed(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """Yesterday, Tuesday 2 November: the full date counts most, then the weekday nearest to the deictic."""
    ranked = sorted(parts, key=lambda part: _TRUST.get(part.action, 4))
    best, last = ranked[0], ranked[-1]
    if best.action != "weekday" or last.action != "deictic":
        return span_of(best, ref)
    day, _ = span_of(last, ref)
    ahead = (int(dict(best.slots)["weekday"]) - day.weekday() + 3) % 7 - 3
    return day + ahead * DAY, day + ahead * DAY


def _night(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """The night of a day lies on two; the eve (ليلة with a weekday) ends on it."""
    start, end = span_of(parts[0], ref)
    if slots.get("night") == "eve" and parts[0].action in ("weekday", "date", "apposed"):
        return start - DAY, end
    after = end + DAY
    return start, end if ref.published == end and not ref.future else after


def _night_between(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    """The night from one weekday to the next."""
    _, end = _weekday(slots, parts, ref)
    return end - DAY, end


def _inner(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    return span_of(parts[0], ref)


def _nothing(slots: Slots, parts: tuple[TimeMention, ...], ref: Reference) -> Span:
    raise NoReferenceError


ACTIONS: Mapping[str, Action] = {
    "deictic": _deictic, "weekday": _weekday, "date": _date, "dates": _dates, "numdate": _numdate, "month": _month,
    "year": _year, "years": _years, "unit": _unit, "earlier": _earlier, "ago": _ago, "rolling": _rolling,
    "duration": _duration, "recent": _recent, "span": _span, "decade": _decade, "season": _season,
    "fraction": _fraction, "hijri": _hijri, "streak": _streak, "anchored": _anchored, "since_anchor": _since_anchor,
    "since": _since, "since_ago": _since_ago, "until": _until, "between": _between, "apposed": _apposed,
    "night": _night, "night_between": _night_between, "inner": _inner, "nothing": _nothing,
}  # fmt: skip
