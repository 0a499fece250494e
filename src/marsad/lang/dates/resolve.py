"""From a time expression to an interval of days, with its precision and the rule that gave it."""

from dataclasses import dataclass
from datetime import date

from marsad.lang.dates.actions import NoReferenceError, Reference, span_of
from marsad.lang.dates.mention import TimeMention

_UNDATED = ("now", "still", "so_far")
# Longest interval in days for each code; "one week back" is eight, both ends inside.
# UCDP GED date_prec: 1 day, 2 two to six days, 3 a week, 4 a month, 5 longer.
_UCDP = ((1, 1), (6, 2), (8, 3), (31, 4))
# ACLED time_precision: 1 day, 2 within a week, 3 within a month or more.
_ACLED = ((1, 1), (8, 2))


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from ``start`` to ``end``, both inside; ``from_publication`` where only the publication date says so."""

    start: date
    end: date
    date_precision: int
    time_precision: int
    rule: str
    from_publication: bool


def resolve(
    mention: TimeMention, *, published: date | None, anchor: Interval | None = None, future: bool = False
) -> Interval | None:
    """The interval of ``mention``, or None where it needs a date that is not known, or there is no such date.

    ``anchor`` is an earlier date in the text, for "the next day"; ``future`` reads undirected expressions ("on
    Tuesday", "in March") as still to come, for plans.
    """
    try:
        start, end = span_of(mention, Reference(published, anchor, future, mention.lang))
    except (NoReferenceError, ValueError, OverflowError):
        return None
    if start > end:
        return None
    date_precision, time_precision = precisions((end - start).days + 1)
    return Interval(
        start=start,
        end=end,
        date_precision=date_precision,
        time_precision=time_precision,
        rule=mention.rule,
        from_publication=mention.kind in _UNDATED,
    )


def precisions(days: int) -> tuple[int, int]:
    """How exact an interval of so many days is: UCDP's ``date_prec`` and ACLED's ``time_precision``."""
    return _code(days, _UCDP, 5), _code(days, _ACLED, 3)


def _code(days: int, limits: tuple[tuple[int, int], ...], last: int) -> int:
    return next((code for limit, code in limits if days <= limit), last)
