"""How many: numbers in digits and words, vague counts and the words that open or join their bounds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from marsad.lang.number_parts import Part, looks_like_year, phrase_end, read_number
from marsad.lang.number_words import Lexicon, lexicon

__all__ = ["Number", "find", "looks_like_year"]

_REACH = 4  # words that may stand between a number and a modifier after it: «20 مدنيا على الاقل»
_CHANGE_REACH = 4
_STOPS = frozenset('.,،؛;:()"!?؟-')


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A count at ``words[start:end]``, its modifiers included; bounds are inclusive, ``None`` is open.

    ``modifier`` is "" (exact), "about", "min", "max", "range" or "vague"; ``percent`` and ``year`` (a bare 1900-2099)
    mark what seldom counts people; ``head`` is the token after the bare number, where its noun stands.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    exact: bool = True
    modifier: str = ""
    percent: bool = False
    year: bool = False
    head: int = 0


def find(words: Sequence[str], lang: str) -> list[Number]:
    """The counts among the folded tokens of one sentence, in order; dates, times, names of arms and prices left out."""
    lex = lexicon(lang)
    heads = [i for i, word in enumerate(words) if word in lex.heads or word[-1:].isdecimal()]
    if not heads:
        return []
    parts: list[Part] = []
    percents: set[int] = set()
    position = 0
    for i in heads:
        if i < position:
            continue
        position, part = read_number(words, i, lex)
        if part is None:
            if parts and _shares_month(words, parts[-1], i, lex):
                parts.pop()
            continue
        if (end := phrase_end(words, part.end, lex.sets["percent"])) or words[i - 1 : i] == ["%"]:
            part = replace(part, end=end or part.end)
            percents.add(part.start)
            position = part.end
        parts.append(part)
    numbers = _ranges(words, parts, percents, lex)
    for k, number in enumerate(numbers):
        numbers[k] = _opened_before(words, number, numbers[k - 1].end if k else 0, lex)
    for k, number in enumerate(numbers):
        ceiling = numbers[k + 1].start if k + 1 < len(numbers) else len(words)
        numbers[k] = _opened_after(words, number, ceiling, lex)
    return numbers


def _shares_month(words: Sequence[str], part: Part, i: int, lex: Lexicon) -> bool:
    """Whether a day of the month at ``i``, which is no count, makes one of ``part`` too: «بين 8 و12 يوليو»."""
    linked = i - part.end == 1 and any(words[part.end] in lex.sets[kind] for kind in ("join", "to", "or"))
    return part.digits and part.low <= 31 and (linked or words[part.end : i] == ["-"]) and words[i].isdecimal()


def _ranges(words: Sequence[str], parts: list[Part], percents: set[int], lex: Lexicon) -> list[Number]:
    """Numbers, with neighbours that make a range put together: «بين 30 و40», "20 to 30 thousand", 30-40."""
    numbers: list[Number] = []
    skip = -1
    for k, part in enumerate(parts):
        if k == skip:
            continue
        following = parts[k + 1] if k + 1 < len(parts) else None
        pair = _range(words, part, following, lex) if following else None
        if following and pair:
            low, high, start = pair
            skip = k + 1
            if not (looks_like_year(words[part.start]) and looks_like_year(words[following.start])):
                percent = part.start in percents or following.start in percents
                numbers.append(_number(start, following.end, low, high, "range", percent=percent))
            continue
        modifier = "" if part.low == part.high else "vague"
        year = part.digits and looks_like_year(words[part.start])
        percent = part.start in percents
        numbers.append(_number(part.start, part.end, part.low, part.high, modifier, percent=percent, year=year))
    return numbers


def _number(
    start: int, end: int, low: int, high: int, modifier: str, *, percent: bool = False, year: bool = False
) -> Number:
    exact = not modifier
    return Number(
        start=start, end=end, low=low, high=high, exact=exact, modifier=modifier, percent=percent, year=year, head=end
    )


def _range(words: Sequence[str], first: Part, second: Part, lex: Lexicon) -> tuple[int, int, int] | None:
    """Low, high and start of the range that two neighbours make, if they do."""
    gap = words[first.end : second.start]
    low = first.low
    if second.scale > 1 and first.scale == 1 and low <= second.high // second.scale:
        low *= second.scale
    if low >= second.high or len(gap) > 1:
        return None
    between = _between(words, first.start, lex)
    if between is not None and ((gap and gap[0] in lex.sets["join"]) or (not gap and second.joined)):
        return low, second.high, between
    if not gap:
        return None
    start = first.start if between is None else between
    if start and words[start - 1] in lex.sets["from"] and gap[0] in lex.sets["to"]:
        start -= 1
    if gap[0] in lex.sets["to"]:
        changed = any(word in lex.sets["change"] for word in words[max(0, start - _CHANGE_REACH) : start])
        return None if changed else (low, second.high, start)
    if gap[0] == "-" or (gap[0] in lex.sets["or"] and second.high <= 2 * low + 1):
        return low, second.high, start
    return None


def _between(words: Sequence[str], start: int, lex: Lexicon) -> int | None:
    """Where «بين» or «ما بين» before ``start`` begins, if it stands there."""
    for phrase, kind in lex.before.get(words[start - 1], ()) if start else ():
        if kind == "between" and tuple(words[max(0, start - len(phrase)) : start]) == phrase:
            return start - len(phrase)
    return None


def _opened_before(words: Sequence[str], number: Number, floor: int, lex: Lexicon) -> Number:
    """The number with the bounds that the phrases directly before it give, back to ``floor``."""
    first = lex.values.get(words[number.start])
    if first and first[1]:  # «على الاقل وخمسة»: what stands before «و» belongs to another
        return number
    while number.start > floor:
        edge = number.start
        if edge - 1 > floor and words[edge - 1] in lex.sets["prefix"]:
            edge -= 1
        found = None
        for phrase, kind in lex.before.get(words[edge - 1], ()):
            start = edge - len(phrase)
            if kind != "between" and start >= floor and tuple(words[start:edge]) == phrase:
                found = _bounded(replace(number, start=start), kind)
                break
        if found is None:
            break
        number = found
    return number


def _opened_after(words: Sequence[str], number: Number, ceiling: int, lex: Lexicon) -> Number:
    """The number with the bound that a phrase after it gives, at once or after its noun, before ``ceiling``."""
    for i in range(number.end, min(number.end + _REACH + 1, ceiling)):
        for phrase, kind in lex.after.get(words[i], ()):
            end = i + len(phrase)
            if tuple(words[i:end]) == phrase and end <= ceiling:
                return _bounded(replace(number, end=end) if i == number.end else number, kind)
        if words[i] in _STOPS:
            break
    return number


def _bounded(number: Number, kind: str) -> Number:
    """Open the bound that a modifier opens; "about" leaves both as they are (codebook, Quantities).

    The modifier nearest to the number wins: "up to more than 130" is more than 130.
    """
    if number.modifier in ("min", "max"):
        return number
    if kind == "min":
        return replace(number, high=None, exact=False, modifier="min", year=False)
    if kind == "max":
        return replace(number, low=None, exact=False, modifier="max")
    return replace(number, exact=False, modifier=number.modifier or "about", year=False)
