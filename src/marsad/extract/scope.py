"""One occurrence or many added up: by the stretch of time, the event's number, and words such as «بانتظام»."""

from functools import cache

from marsad.extract.draft import Draft, Reading
from marsad.lang.base import Sentence
from marsad.lang.text import fold
from marsad.tables import read

_LONG = 6
_DAYS = 1
_REACH = 12
_FEW = 3
_CONTINUOUS = {
    "siege", "control", "surveillance", "base_established", "support", "change_to_group", "agreement",
    "government_regains_territory", "non_state_overtakes_territory",
}  # fmt: skip
_COUNTRY, _MANY = 6, 12
_COUNTED = {
    "air_drone_strike", "shelling_missile", "armed_clash", "attack", "remote_explosive", "suicide_bomb", "casualties",
    "abduction", "displacement", "arrests", "protest", "looting_destruction",
}  # fmt: skip
_ONCE = {"suicide_bomb", "remote_explosive"}
_WARS = {"war", "conflict", "uprising", "insurgency", "violence"}
_TOLLS = {"casualties": 1000, "displacement": 1_000_000}
_ADDING = {"since", "so_far", "duration"}


@cache
def words(lang: str) -> dict[str, list[tuple[str, ...]]]:
    """Phrases of data/scope.tsv by their first word; DataError where a line does not hold."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in read("extract/data/scope.tsv", columns=("lang", "word", "example")):
        if row["lang"] == lang:
            phrase = tuple(fold(part) for part in row["word"].split("_"))
            found.setdefault(phrase[0], []).append(phrase)
    return found


def assign(reading: Reading, draft: Draft) -> None:
    """Set a draft's scope, with its reason."""
    if draft.event in _CONTINUOUS or draft.factuality == "planned":
        return
    reason = _stretch(draft) or _said(reading, draft)
    if reason:
        draft.scope, draft.why["scope"] = "cumulative", reason


def reconsider(draft: Draft) -> None:
    """Once place and time are settled: many raids, or undated attacks over a whole country, are a total."""
    if draft.scope == "cumulative" or draft.event not in _COUNTED or draft.factuality == "planned":
        return
    unit = draft.sentence.units[draft.predicate.unit]
    plural = draft.predicate.nominal and unit.feature.number == "pl"
    days = (draft.time.last - draft.time.first).days if draft.time else None
    country = draft.place is not None and draft.place.precision == _COUNTRY
    undated = days is None or days >= _LONG
    told = draft.predicate.match.entry.pos == "noun" and bool(draft.figures)
    once = draft.predicate.nominal and not plural and (told or draft.event in _ONCE)
    several = plural and (days is None or days > _DAYS)
    raids = max((f.low or 0 for f in draft.figures if f.of == "strikes"), default=0)
    toll = max((f.low or 0 for f in draft.figures if f.of in ("killed", "displaced")), default=0)
    if toll >= _TOLLS.get(draft.event, 0) > 0:
        draft.scope, draft.why["scope"] = "cumulative", "a war's toll"
    elif raids >= _MANY:
        draft.scope, draft.why["scope"] = "cumulative", f"{raids} counted together"
    elif country and (several or (undated and not once)):
        draft.scope, draft.why["scope"] = "cumulative", "over a country, of no one day"
    elif plural and days is not None and days >= _LONG:
        draft.scope, draft.why["scope"] = "cumulative", f"several over {days + 1} days"


def of_war(draft: Draft) -> bool:
    """«the war has killed»: deaths of a war as a whole, or as many as only a war has."""
    deaths = max((f.low or 0 for f in draft.figures if f.of == "killed"), default=0)
    heads = [p.units[0].form.norm for p in draft.predicate.subject]
    return deaths >= _TOLLS["casualties"] or any(h in _WARS for h in heads)


def _stretch(draft: Draft) -> str:
    """A week or more over which events add up; a single event told of «in July» stays one."""
    time = draft.time
    days = (time.last - time.first).days if time is not None else 0
    if time is None or time.kind == "day":  # «قبل شهرين» is one day, though it is not known which
        return ""
    if days < _LONG:
        return ""
    unit = draft.sentence.units[draft.predicate.unit]
    if time.kind not in _ADDING and (unit.feature.number != "pl" or _few(draft) or draft.event == "movement"):
        countable = draft.predicate.nominal and (draft.predicate.match.entry.pos == "noun" or draft.event in _ONCE)
        if countable or not draft.predicate.nominal or draft.event == "movement":
            return ""
    return f"{time.kind or time.rule}: {(time.last - time.first).days + 1} days"


def _few(draft: Draft) -> bool:
    """«تفجيران», "two blasts"."""
    position = draft.predicate.unit
    number = draft.sentence.units[position - 1].number if position else None
    return number is not None and number.high is not None and number.high <= _FEW


def _said(reading: Reading, draft: Draft) -> str:
    """A word of number or habit beside the predicate."""
    sentence, known = draft.sentence, words(reading.lang)
    first, last = _clause(sentence, draft)
    for at in range(first, last):
        word = sentence.words[at]
        for phrase in known.get(word, known.get(word.removeprefix("و"), ())):
            if tuple(sentence.words[at + 1 : at + len(phrase)]) == phrase[1:]:
                return f"«{' '.join(phrase)}»"
    return ""


def _clause(sentence: Sentence, draft: Draft) -> tuple[int, int]:
    """Tokens around the predicate, up to a stop or a complementiser."""
    units, position = sentence.units, draft.predicate.unit
    left, right = position, position + 1
    while left > 0 and position - left < _REACH and units[left - 1].cat not in ("S", "M", ":", "R"):
        left -= 1
    while right < len(units) and right - position < _REACH and units[right].cat not in ("S", "M", ":", "R"):
        right += 1
    return units[left].start, units[right - 1].end
