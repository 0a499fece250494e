"""Reading one number, in digits or words, from where it begins in a sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.lang.number_words import Lexicon

_DATE_REACH = 4  # words back from a year in which a month makes it part of a date
_DIGITS = re.compile(r"([وفبلك]{0,2})(\d{1,3}(?:[,.]\d{3})+|\d+)(?:[.,](\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Part:
    """A number read so far: value bounds, tokens, the scale it ended with and whether it began with «و»."""

    start: int
    end: int
    low: int
    high: int
    scale: int = 1
    joined: bool = False
    digits: bool = False


def looks_like_year(word: str) -> bool:
    """Whether a token is four bare digits between 1900 and 2099."""
    return len(word) == 4 and word.isdecimal() and "1900" <= word <= "2099"


def read_number(words: Sequence[str], i: int, lex: Lexicon) -> tuple[int, Part | None]:
    """The number at token ``i``, and where to read on."""
    word = words[i]
    for phrase, kind, value in lex.phrases.get(word, ()):
        if tuple(words[i : i + len(phrase)]) == phrase:
            end = i + len(phrase)
            if kind == "not":
                return end, None
            low, _, high = value.partition("-")
            return end, Part(i, end, int(low), int(high or low), joined=word[0] == "و" and word[1:] in lex.heads)
    if word in lex.sets["ordinal"]:
        follows = i + 1 < len(words) and (words[i + 1] in lex.sets["teen"] or words[i + 1].startswith("و"))
        return (i + 2 if follows else i + 1), None
    part = _half(words, i, lex) or _count(words, i, lex)
    if part is None:
        return i + 1, None
    return part.end, None if _other(words, part, lex) else part


def _half(words: Sequence[str], i: int, lex: Lexicon) -> Part | None:
    """«نصف مليون», "half a million": half of the scale that follows."""
    divisor = lex.halves.get(words[i])
    if divisor is None:
        return None
    after = i + 1 + (i + 1 < len(words) and words[i + 1] in lex.sets["article"])
    scale = lex.scales.get(words[after]) if after < len(words) else None
    return None if scale is None or scale < 1000 else Part(i, after + 1, scale // divisor, scale // divisor, scale)


def _count(words: Sequence[str], i: int, lex: Lexicon) -> Part | None:
    """A cardinal of groups with falling scales: «3 الاف و500», «مليون ومئتا الف», "two thousand and five"."""
    group = _group(words, i, lex)
    if group is None:
        return None
    value, end, decimal, joined = group
    half, divisor = _half_more(words, end, lex)
    if end < half < len(words) and value < 1000 and words[half] in lex.scales:
        value, end = value + 1 / divisor, half
    scaled = _scaled(words, value, decimal, end, lex)
    if scaled is None:
        return None
    total, end, last = scaled
    first_scale, digits = last, words[i][-1:].isdecimal()
    rest = last if last > 1 else _thousand_of(total)
    while rest >= 1000:
        following = _joined_group(words, end, lex)
        more = following and _scaled(words, following[0], following[1], following[2], lex)
        if not more or more[0] >= rest or more[0] <= 0:
            break
        total, end, rest = total + more[0], more[1], more[2]
        first_scale, digits = 1, False
    start = i - (i > 0 and words[i - 1] in lex.sets["article"])
    return Part(start, end, total, total, first_scale, joined, digits and first_scale == 1)


def _half_more(words: Sequence[str], start: int, lex: Lexicon) -> tuple[int, int]:
    """End and divisor of «ونصف المليون», "and a half" at ``start``; ``start`` and 1 if it does not stand there."""
    apart = start < len(words) and words[start] in lex.sets["join"]
    i = start + apart
    i += apart and i < len(words) and words[i] in lex.sets["article"]
    divisor = (lex.halves if apart else lex.joined_halves).get(words[i]) if i < len(words) else None
    if divisor is None:
        return start, 1
    return i + 1 + (i + 1 < len(words) and words[i + 1] in lex.sets["half_of"]), divisor


def _thousand_of(value: int) -> int:
    """The scale that a whole word such as «الفان» carries within it; 1 for a number under 1000."""
    return next((scale for scale in (10**9, 10**6, 1000) if value >= scale and value % scale == 0), 1)


def _scaled(words: Sequence[str], value: float, decimal: bool, end: int, lex: Lexicon) -> tuple[int, int, int] | None:
    """Value, end and scale after the scales that follow; None for a decimal without a scale or percent sign."""
    scale = 1
    while end < len(words) and (factor := lex.scales.get(words[end])) and factor > 1 and value * scale < 10**12:
        if factor == 100 and value * scale >= 100:
            break
        scale *= factor
        end += 1
    unit = scale if scale > 1 else _thousand_of(round(value))
    half, divisor = _half_more(words, end, lex)
    if unit >= 1000 and half > end:
        return round(value * scale) + unit // divisor, half, scale
    if decimal and scale == 1 and not phrase_end(words, end, lex.sets["percent"]):
        return None
    return round(value * scale), end, scale


def _joined_group(words: Sequence[str], i: int, lex: Lexicon) -> tuple[float, bool, int] | None:
    """The group that goes on a number at ``i``: after «و»/"and", written to «و», or at once."""
    if i >= len(words):
        return None
    apart = words[i] in lex.sets["join"]
    group = _group(words, i + apart, lex) if i + apart < len(words) else None
    if group is None:
        return None
    value, end, decimal, joined = group
    digits = words[i + apart][-1:].isdecimal()
    return (value, decimal, end) if apart or joined or not digits else None


def _group(words: Sequence[str], i: int, lex: Lexicon) -> tuple[float, int, bool, bool] | None:
    """A number under 1000 in words, or one in digits: value, end, whether decimal, whether begun with «و»."""
    word = words[i]
    if word[-1:].isdecimal():
        return _digits(words, i)
    entry = lex.values.get(word)
    if entry is None or (_scale(word, lex) is not None and not _before_noun(words, i + 1, lex)):
        return _scale_alone(words, i, lex)
    value, joined = entry
    end = i + 1
    if value < 100:
        value, end = _tens(words, value, end, lex)
    if value < 0:  # a unit that does not stand alone: «احد عشر», «احدى وعشرين»
        return None
    if value < 100 and end < len(words) and lex.scales.get(words[end]) == 100:
        value, end = value * 100, end + 1
    if value in range(100, 1000, 100):
        value, end = _below_hundred(words, value, end, lex)
    return value, end, False, joined


def _scale(word: str, lex: Lexicon) -> int | None:
    return lex.scales.get(word) or lex.joined_scales.get(word)


def _before_noun(words: Sequence[str], i: int, lex: Lexicon) -> bool:
    """Whether a noun may stand at ``i``, as it must behind the dual «ألفا» (2000): else it is «ألفاً», one thousand."""
    if i >= len(words):
        return False
    word = words[i]
    plural_verb = word.endswith(("وا", "ون")) and word not in lex.heads
    return word[:1].isalpha() and word[0] != "و" and not plural_verb and word not in lex.sets["no_noun"]


def _scale_alone(words: Sequence[str], i: int, lex: Lexicon) -> tuple[float, int, bool, bool] | None:
    """«الف», «وألف», "a hundred": a scale that counts once."""
    word = words[i]
    scale = _scale(word, lex)
    if scale is None:
        return None
    joined = word not in lex.scales and word[0] == "و"
    if scale == 100:
        value, end = _below_hundred(words, 100, i + 1, lex)
        return value, end, False, joined
    return scale, i + 1, False, joined


def _below_hundred(words: Sequence[str], value: int, end: int, lex: Lexicon) -> tuple[int, int]:
    """Add tens and units to whole hundreds: «مئة وخمسة وعشرين», "one hundred and five"."""
    place = end + (end < len(words) and words[end] in lex.sets["join"])
    entry = lex.values.get(words[place]) if place < len(words) else None
    if entry is None or not (place > end or entry[1] or lex.sets["article"]):
        return value, end
    more, more_end = _tens(words, entry[0], place + 1, lex) if entry[0] < 100 else (0, end)
    again = more_end < len(words) and lex.scales.get(words[more_end]) == 100
    return (value + more, more_end) if more > 0 and not again else (value, end)


def _tens(words: Sequence[str], value: int, end: int, lex: Lexicon) -> tuple[int, int]:
    """Unit and ten in either order: «ثلاثة عشر», «خمسة وعشرين», "twenty-five"."""
    if end >= len(words):
        return value, end
    if value < 10:
        if words[end] in lex.sets["teen"] and (value < 0 or value > 2):
            return abs(value) + 10, end + 1
        place = end + (words[end] in lex.sets["join"])
        entry = lex.values.get(words[place]) if place < len(words) else None
        if entry and entry[0] in range(20, 100, 10) and (entry[1] or place > end) and lex.sets["teen"]:
            return abs(value) + entry[0], place + 1
    elif value in range(20, 100, 10):
        place = end + (words[end] == "-")
        entry = lex.values.get(words[place]) if place < len(words) else None
        if entry and 0 < entry[0] < 10 and not entry[1]:
            return value + entry[0], place + 1
    return value, end


def _digits(words: Sequence[str], i: int) -> tuple[float, int, bool, bool] | None:
    """A numeral: «1,200», «1.200», «12.5», «12 000»; None for dates, times, telephone numbers and names such as m23."""
    match = _DIGITS.fullmatch(words[i])
    if match is None:
        return None
    clitic, whole, part = match.groups()
    bare = whole.replace(",", "").replace(".", "")
    if len(bare) > 12 or (bare == whole and len(bare) > 7) or (len(bare) > 1 and bare[0] == "0"):
        return None
    if (i > 0 and words[i - 1] == "+") or (
        words[i + 1 : i + 2] == ["+"] and "".join(words[i + 2 : i + 3])[:1].isdecimal()
    ):
        return None
    if part is None and len(bare) <= 3 and words[i + 1 : i + 2] == ["000"]:
        return int(bare) * 1000, i + 2, False, clitic.startswith("و")
    value = float(f"{bare}.{part}") if part else int(bare)
    return value, i + 1, part is not None, clitic.startswith("و")


def _other(words: Sequence[str], part: Part, lex: Lexicon) -> bool:
    """Whether the number is part of a date, a time, a name, a price, a list mark, an ordinal or a fraction."""
    before = words[part.start - 1] if part.start else ""
    if before == "." and part.start > 1 and words[part.start - 2] in lex.sets["month"]:
        before = words[part.start - 2]
    after = words[part.end] if part.end < len(words) else ""
    if after == "-" and part.end + 1 < len(words) and not part.digits:
        after = words[part.end + 1]
    if after in lex.sets["fraction"] or (after in lex.sets["ordinal"] and not part.digits and part.low >= 20):
        return True
    if before in lex.sets["money"] or after in lex.sets["clock"]:
        return True
    if not part.digits:
        return False
    if looks_like_year(words[part.start]):
        dated = any(word in lex.sets["month"] for word in words[max(0, part.start - _DATE_REACH) : part.start])
        return dated or before in lex.sets["year"]
    if part.low <= 31 and (before in lex.sets["month"] or _month_after(words, part.end, lex)):
        return True
    if before == "-" and part.start > 1 and words[part.start - 2] in lex.sets["label"]:
        return True
    if before in lex.sets["label"]:
        return True
    listed = part.start == 0 and part.low < 100 and after in (".", ")", "-")
    return listed and not "".join(words[part.end + 1 : part.end + 2])[:1].isdecimal()


def _month_after(words: Sequence[str], i: int, lex: Lexicon) -> bool:
    """Whether a month follows at ``i``: «8 يوليو», «8 من يوليو», «8 من شهر يوليو»."""
    following = words[i : i + 3]
    while len(following) > 1 and (following[0] in lex.sets["from"] or following[0] in lex.sets["month_word"]):
        following = following[1:]
    return bool(following) and following[0] in lex.sets["month"]


def phrase_end(words: Sequence[str], i: int, phrases: frozenset[str]) -> int:
    """End of the phrase of one or two words at ``i``, 0 if none stands there."""
    if i < len(words) and words[i] in phrases:
        return i + 1
    return i + 2 if i + 1 < len(words) and f"{words[i]} {words[i + 1]}" in phrases else 0
