"""When: the time that stands with a claim's predicate; one beside a verb of speech dates the statement only."""

from datetime import timedelta

from marsad.extract.draft import Draft, Reading, When
from marsad.lang import dates
from marsad.lang.base import Sentence, TimeSpan, Unit

STATES = {"control", "support", "base_established", "siege", "change_to_group"}
_LOCAL = {"now", "still", "so_far"}
_HARM = {"kill", "injure", "missing"}
_FAR = 22
_STEP = 2
_STATED = 6
_NEAR = 5
_REACH = 10
_OPENING = 40
_WALL = {"S": 14, "M": 10, "R": 8, ":": 8, "C": 5}
_DAY = timedelta(days=1)


def assign(reading: Reading, draft: Draft) -> None:
    """Give a draft the time that stands with its predicate, or the day of the statement and the day before."""
    sentence = draft.sentence
    best: tuple[int, When] | None = None
    for span in sentence.times:
        at = _unit_at(sentence, span)
        stated = _of_statement(sentence.units, at, draft)
        price = _price(sentence.units, at, draft, stated=stated)
        if price >= _limit(draft, span) or (best is not None and price >= best[0]) or (stated and not _datable(draft)):
            continue
        when = resolve(reading, sentence, span, future=draft.factuality == "planned")
        if when is None or not _fits(reading, draft, when) or _is_dateline(reading, sentence, span, when):
            continue
        best = (price, _of_announcement(when) if stated else when)
    if best is not None:
        draft.time, draft.own_time = best[1], True
        draft.why["time"] = best[1].rule


def _limit(draft: Draft, span: TimeSpan) -> int:
    """How far a time may stand: what holds now, and the time of a state, only in the same clause."""
    if span.mention.kind in _LOCAL:
        return _NEAR + 4 * _leads(draft.sentence.units, _unit_at(draft.sentence, span))
    if span.mention.kind == "duration" and draft.factuality == "planned":
        return 0
    return _FAR // 2 if draft.event in STATES or draft.factuality == "planned" else _FAR


def _unit_at(sentence: Sentence, span: TimeSpan) -> int:
    return next((i for i, u in enumerate(sentence.units) if u.end > span.first), len(sentence.units) - 1)


def _price(units: list[Unit], at: int, draft: Draft, *, stated: bool) -> int:
    """Units between, and a price for each clause boundary and event; a leading time reaches over joined verbs."""
    position = draft.predicate.unit
    low, high = sorted((at, position))
    leading = at < position and _leads(units, at)
    price = (high - low) // _STEP + (_STATED if stated else 0)
    if high == position and units[position].cat == "V" and units[position].conj and not leading:
        price += 4
    for unit in units[low + 1 : high]:
        if unit.cat in _WALL:
            price += 0 if stated and unit.cat in ("M", ":") else _WALL[unit.cat]
        elif unit.speech is not None:
            price += 0 if stated else 10 if unit.cat == "V" else 5
        elif unit.cat == "V" and unit.conj:
            price += 2 if leading else 8
        elif unit.event is not None:
            price += 1 if leading or unit.event.entry.value in _HARM else 3
        elif unit.cat == "V":
            price += 2
    return price


def _leads(units: list[Unit], at: int) -> bool:
    """Whether nothing but small words stand between the start of the clause and the time."""
    for unit in reversed(units[:at]):
        if unit.cat in ("S", ":", "M"):
            return True
        if unit.cat in ("V", "E", "R") or unit.event is not None:
            return False
    return True


def _of_statement(units: list[Unit], at: int, draft: Draft) -> bool:
    """Whether the time stands with a verb of speech («قال أمس إن», "said on Monday") other than the event."""
    if at == draft.predicate.unit:
        return False
    for unit in reversed(units[max(0, at - _REACH) : at]):
        if unit.speech is not None and unit.event is None and unit.cat != "X":
            return True
        if unit.cat in ("V", "E", "S", "M", "R", ":") or unit.event is not None:
            break
    else:
        if at == 0 or at > _REACH:
            return _before_speech(units, at)
    return _before_speech(units, at) or _governs_clause(units, at, draft)


def _before_speech(units: list[Unit], at: int) -> bool:
    """«وأمس قال …»."""
    after = next((u for u in units[at + 1 : at + 3] if u.cat not in (",", "X")), None)
    return after is not None and after.cat == "V" and after.speech is not None and after.event is None


def _governs_clause(units: list[Unit], at: int, draft: Draft) -> bool:
    """A verb before the time whose complement («أن …») begins behind it, before the predicate."""
    for index in range(at + 1, min(at + 7, draft.predicate.unit)):
        if units[index].cat in ("V", "E", "S"):
            return False
        if units[index].cat == "M":
            return True
    return False


def _datable(draft: Draft) -> bool:
    """Whether a dated announcement dates the event: told as having happened, once."""
    return (
        draft.factuality in ("asserted", "denied") and draft.event not in STATES and draft.predicate.tense != "future"
    )


def _of_announcement(when: When) -> When:
    """The day of the statement and the day before."""
    if when.first != when.last:
        return when
    return When(
        when.start,
        when.end,
        when.first - _DAY,
        when.last,
        2,
        2,
        when.from_publication,
        f"{when.rule}: dates the statement, the event a day before at most",
        "day",
    )


def _fits(reading: Reading, draft: Draft, when: When) -> bool:
    """A plan lies ahead, what happened does not."""
    published = reading.document.published
    if published is None:
        return True
    if draft.factuality == "planned":
        return when.last >= published
    return when.first < published or when.last <= published or draft.event == "agreement"


def resolve(reading: Reading, sentence: Sentence, span: TimeSpan, *, future: bool = False) -> When | None:
    """A time expression as an interval, or None where it needs a date that is not known."""
    mention = span.mention
    anchor = _anchor(reading)
    interval = dates.resolve(mention, published=reading.document.published, anchor=anchor, future=future)
    if interval is None:
        return None
    first = interval.start
    if mention.kind == "so_far":
        first = min([first, *(d.time.first for d in reading.drafts if d.time is not None and d.time.kind == "since")])
    start, end = sentence.spans[span.first][0], sentence.spans[span.last - 1][1]
    return When(
        start, end, first, interval.end, interval.date_precision, interval.time_precision,
        interval.from_publication, interval.rule, mention.kind,
    )  # fmt: skip


def _anchor(reading: Reading) -> dates.Interval | None:
    for earlier in reversed(reading.drafts):
        if earlier.time is not None:
            time = earlier.time
            return dates.Interval(time.first, time.last, time.date_precision, time.time_precision, time.rule, False)
    return None


def dateline(reading: Reading) -> When | None:
    """The date of publication that stands at the head of a text, as that day and the day before."""
    for sentence in reading.sentences[:3]:
        for span in sentence.times or _head_times(reading, sentence):
            when = resolve(reading, sentence, span)
            if when is not None and _is_dateline(reading, sentence, span, when):
                told = _of_announcement(when)
                told.from_publication, told.rule = True, "the date of publication at the head of the text"
                return told
    return None


def _head_times(reading: Reading, sentence: Sentence) -> list[TimeSpan]:
    """Times of a sentence that was not parsed for want of an event."""
    found: list[TimeSpan] = []
    for mention in dates.find(reading.text.text[sentence.start : sentence.end], reading.lang):
        low, high = mention.start + sentence.start, mention.end + sentence.start
        inside = [i for i, (a, b) in enumerate(sentence.spans) if a < high and b > low]
        if inside:
            found.append(TimeSpan(inside[0], inside[-1] + 1, mention))
    return found


def _is_dateline(reading: Reading, sentence: Sentence, span: TimeSpan, when: When) -> bool:
    """A full date with its year that is the day of publication, at the head of the text and under no preposition."""
    if (
        sentence.index > 2
        or when.first != reading.document.published
        or when.last != when.first
        or span.mention.rule.startswith("in")
    ):
        return False
    tokens = sum(len(s.spans) for s in reading.sentences[: sentence.index]) + span.first
    return tokens < _OPENING and _has_year(span.mention)


def _has_year(mention: dates.TimeMention) -> bool:
    return (
        mention.action == "numdate"
        or any(k in ("year", "hyear") for k, _ in mention.slots)
        or any(map(_has_year, mention.parts))
    )


def carries(draft: Draft) -> bool:
    """Whether a draft's time may be that of what the next sentences tell: a day or two, not «until now» nor «since»."""
    time = draft.time
    return (
        time is not None
        and (time.last - time.first).days <= 2
        and time.kind not in (*_LOCAL, "since", "until", "future", "duration")
    )
