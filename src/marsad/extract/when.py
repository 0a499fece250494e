"""When: the time that stands with a claim's predicate; one beside a verb of speech dates the statement only."""

from datetime import timedelta
from functools import cache

from marsad.extract.draft import Draft, Reading, When
from marsad.lang import dates
from marsad.lang.base import Sentence, TimeSpan, Unit
from marsad.lang.text import fold
from marsad.tables import read

STATES = {"control", "support", "base_established", "siege", "change_to_group"}
_LOCAL = {"now", "still", "so_far"}
_HARM = {"kill", "injure", "missing"}
_FAR = 22
_STEP = 2
_STATED = 6
_DATED = 8
_NEAR = 5
_REACH = 10
_OPENING = 40
_BESIDE = 3
_BEHIND = "behind"
_LEAD = 1
_STATEMENT = "dates the statement, the event a day before at most"
_WALL = {"S": 14, "M": 10, "R": 8, ":": 8, "C": 5}
_DAY = timedelta(days=1)


def assign(reading: Reading, draft: Draft) -> None:
    """Give a draft the time that stands with its predicate, or the day of the statement and the day before."""
    sentence = draft.sentence
    best: tuple[int, When] | None = None
    for span in sentence.times:
        at = _unit_at(sentence, span)
        if span.mention.rule.startswith(_BEHIND):
            if _next_event(sentence.units, at) == draft.predicate.unit:
                best = _behind(reading, sentence, span, draft)
                break
            continue
        occasion = _occasion(reading, sentence.units, at, draft)
        if occasion == "other":
            continue
        stated = occasion == "statement" or _of_statement(sentence.units, at, draft)
        price = _price(sentence.units, at, draft, stated=stated, dated=_calendar(span.mention))
        if not stated and _calendar(span.mention) and not _recalled(sentence.units, at, draft):
            price -= _DATED
        if price >= _limit(draft, span) or (best is not None and price >= best[0]) or (stated and not _datable(draft)):
            continue
        when = resolve(reading, sentence, span, future=draft.factuality == "planned")
        if when is None or not _fits(reading, draft, when) or _is_dateline(reading, sentence, span, when):
            continue
        best = (price, _of_announcement(when) if stated else when)
    if best is not None:
        draft.time, draft.own_time = best[1], True
        draft.why["time"] = best[1].rule


def _next_event(units: list[Unit], at: int) -> int:
    """The unit of the event that is the complement of «بعد يومين على», "two days after"; -1 if it is not named next."""
    for index in range(at + 1, min(at + 1 + _BESIDE, len(units))):
        if units[index].event is not None:
            return index
    return -1


def _behind(reading: Reading, sentence: Sentence, span: TimeSpan, draft: Draft) -> tuple[int, When] | None:
    """The day of an event from that of the one told after it («قصفت أمس … بعد يومين على هجوم»)."""
    lasting = draft.predicate.nominal and draft.sentence.units[draft.predicate.unit].feature.number == "pl"
    if lasting:  # «بعد ثلاثة أيام من الاشتباكات»
        return None
    day = next((s for s in sentence.times if s is not span and s.mention.kind in ("day", "night")), None)
    base = resolve(reading, sentence, day) if day is not None else None
    when = resolve(reading, sentence, span, anchor=_interval(base) if base is not None else None)
    return (0, when) if when is not None else None


@cache
def occasions(lang: str) -> dict[str, str]:
    """What data/occasions.tsv says of a folded noun; DataError where a line does not hold."""
    rows = read("extract/data/occasions.tsv", columns=("lang", "word", "is", "example"))
    return {fold(row["word"]): row.one_of("is", ("statement", "other")) for row in rows if row["lang"] == lang}


def _occasion(reading: Reading, units: list[Unit], at: int, draft: Draft) -> str:
    """What the noun right before a time is («جلسات المحاكمة أمس»), unless it is the event itself."""
    known = occasions(reading.lang)
    for index in range(at - 1, max(-1, at - 1 - _BESIDE), -1):
        unit = units[index]
        if unit.cat not in ("N", "A", "P", "E", "(") or index == draft.predicate.unit:
            return ""
        norm = unit.form.norm
        found = next((known[n] for n in (norm, *unit.form.stems) if n in known), "")
        if found:
            return found
    return ""


def _limit(draft: Draft, span: TimeSpan) -> int:
    """How far a time may stand: what holds now, and the time of a state, only in the same clause."""
    if span.mention.kind in _LOCAL:
        return _NEAR + 4 * _leads(draft.sentence.units, _unit_at(draft.sentence, span))
    if span.mention.kind == "duration" and draft.factuality == "planned":
        return 0
    return _FAR // 2 if draft.event in STATES or draft.factuality == "planned" else _FAR


def _unit_at(sentence: Sentence, span: TimeSpan) -> int:
    return next((i for i, u in enumerate(sentence.units) if u.end > span.first), len(sentence.units) - 1)


def _price(units: list[Unit], at: int, draft: Draft, *, stated: bool, dated: bool) -> int:
    """Units between, and a price for each clause boundary and event; a leading time reaches over joined verbs, a date
    out of the relative clause that describes the event."""
    position = draft.predicate.unit
    low, high = sorted((at, position))
    leading = at < position and _leads(units, at)
    relative = _own_relative(units, position) if at > position and dated else -1
    price = (high - low) // _STEP + (_STATED if stated else 0)
    if high == position and units[position].cat == "V" and units[position].conj and not leading:
        price += 4
    for index, unit in enumerate(units[low + 1 : high], low + 1):
        if index == relative:
            continue
        if unit.cat in _WALL:
            price += 0 if stated and unit.cat in ("M", ":") else _WALL[unit.cat]
        elif unit.speech is not None:
            price += 0 if stated else 10 if unit.cat == "V" else 5
        elif unit.cat == "V" and unit.conj:
            price += 2 if leading else 6 if relative >= 0 else 8
        elif unit.event is not None:
            price += 1 if leading or unit.event.entry.value in _HARM else 3
        elif unit.cat == "V":
            price += 2
    return price


def _recalled(units: list[Unit], at: int, draft: Draft) -> bool:
    """Whether the event stands in a relative clause behind the time («وجه في 14 مايو الاتهام … الذي استهدف»)."""
    return any(unit.cat == "R" for unit in units[at + 1 : draft.predicate.unit])


def _own_relative(units: list[Unit], position: int) -> int:
    """Where the relative clause that describes the predicate begins («التفجير الذي …»), -1 without one."""
    for index in range(position + 1, min(position + 4, len(units))):
        if units[index].cat == "R":
            return index
        if units[index].cat != "A":
            return -1
    return -1


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
        f"{when.rule}: {_STATEMENT}",
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


def resolve(
    reading: Reading, sentence: Sentence, span: TimeSpan, *, future: bool = False, anchor: dates.Interval | None = None
) -> When | None:
    """A time expression as an interval, or None where it needs a date that is not known; ``anchor``: an earlier one."""
    mention = span.mention
    anchor = anchor or _anchor(reading)
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
            return _interval(earlier.time)
    return None


def _interval(time: When) -> dates.Interval:
    return dates.Interval(time.first, time.last, time.date_precision, time.time_precision, time.rule, False)


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


def _calendar(mention: dates.TimeMention) -> bool:
    """A day with its month: what is dated so is rarely the statement."""
    return mention.action in ("date", "numdate") or any(map(_calendar, mention.parts))


def _has_year(mention: dates.TimeMention) -> bool:
    return (
        mention.action == "numdate"
        or any(k in ("year", "hyear") for k, _ in mention.slots)
        or any(map(_has_year, mention.parts))
    )


def carries(draft: Draft) -> bool:
    """Whether a draft's time may be that of what the next sentences tell: a day or two, not «until now» nor «since»,
    and the day of a statement only where the text opens with it."""
    time = draft.time
    return (
        time is not None
        and not (time.rule.endswith(_STATEMENT) and draft.sentence.index > _LEAD)
        and (time.last - time.first).days <= 2
        and time.kind not in (*_LOCAL, "since", "until", "future", "duration")
    )
