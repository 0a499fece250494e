"""When: the time expression of a claim's clause, else of its sentence, else what the text has set before."""

from marsad.extract.draft import Draft, Reading, When
from marsad.lang import dates
from marsad.lang.base import Sentence, TimeSpan

_LOOSE = {"in", "month-year", "stretch", "early-late"}
_FAR = 40


def assign(reading: Reading, draft: Draft) -> None:
    """Give a draft the time that stands with its predicate."""
    sentence = draft.sentence
    best: tuple[int, TimeSpan] | None = None
    for span in sentence.times:
        distance = _distance(sentence, draft, span)
        if best is None or distance < best[0]:
            best = (distance, span)
    if best is not None and best[0] < _FAR:
        when = resolve(reading, sentence, best[1])
        if when is not None:
            draft.time, draft.own_time = when, True
            draft.why["time"] = when.rule


def _distance(sentence: Sentence, draft: Draft, span: TimeSpan) -> int:
    """Units between, with a price for each clause boundary and each other event passed."""
    position = draft.predicate.unit
    at = next((i for i, u in enumerate(sentence.units) if u.start >= span.first), len(sentence.units))
    low, high = sorted((at, position))
    price = high - low
    for unit in sentence.units[low + 1 : high]:
        if unit.cat in ("S", "M", "C", "R"):
            price += 6
        elif unit.cat == "V" and (unit.conj or unit.speech):
            price += 8
        elif unit.event is not None:
            price += 3
        elif unit.speech is not None:
            price += 8
    return price


def resolve(reading: Reading, sentence: Sentence, span: TimeSpan) -> When | None:
    """A time expression as an interval, or None where it needs a date that is not known."""
    anchor = _anchor(reading)
    interval = dates.resolve(span.mention, published=reading.document.published, anchor=anchor)
    if interval is None:
        return None
    start, end = sentence.spans[span.first][0], sentence.spans[span.last - 1][1]
    return When(
        start, end, interval.start, interval.end, interval.date_precision, interval.time_precision,
        interval.from_publication, interval.rule,
    )  # fmt: skip


def _anchor(reading: Reading) -> dates.Interval | None:
    for earlier in reversed(reading.drafts):
        if earlier.time is not None:
            time = earlier.time
            return dates.Interval(time.first, time.last, time.date_precision, time.time_precision, time.rule, False)
    return None


def cumulative(draft: Draft) -> bool:
    """Whether the claim's time is a stretch over which events add up rather than one occurrence."""
    if draft.time is None or draft.time.rule in _LOOSE or draft.time.rule.startswith("ago-"):
        return False
    return (draft.time.last - draft.time.first).days >= 6
