"""Folding text for matching without losing where each character came from; sentences and tokens of folded text."""

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from marsad.tables import read

Span = tuple[int, int]

_LETTER = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3"
_MARKS = "\u0640\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u0300-\u036f"
_HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_COMPATIBLE = (
    "\u0130\u00aa\u00b2\u00b3\u00b9\u00ba\u00bc-\u00be\u2070-\u209c\u2100-\u214f\u2150-\u218b\u2460-\u24ff"
    "\u3200-\u33ff\ufb00-\ufdff\ufe10-\ufe6f\ufe70-\ufefc\uff01-\uffee\U0001d400-\U0001d7ff"
)
_SPECIAL = re.compile(f"[{_MARKS}{_HIDDEN}]+|[{_COMPATIBLE}]")
_MARK = re.compile(f"[{_MARKS}]*")
# Spellings pulled apart to slip past filters: «قـ ـصـ ـف», «قـ.ـصف», «ق ص ف», «ق.ص.ف».
_SPACED = re.compile(f"\u0640[ .·•*_|/-]{{1,3}}\u0640|[ .*_-][{_LETTER}][ .*_-][{_LETTER}](?![{_LETTER}])")
_UNJOINED = "اأإآدذرزوةى"
_SPACED_SPECIAL = re.compile(
    f"(?<=[{_LETTER}])\u0640+[ .·•*_|/-]{{1,3}}\u0640+(?=[{_LETTER}])"
    f"|(?<=\u0640[{_UNJOINED}]) (?=[{_LETTER}](?:[ \u0640]|$))|(?<= [{_UNJOINED}]) (?=[{_LETTER}]\u0640)"
    f"|(?P<run>(?<![{_LETTER}\u0640])[{_LETTER}]([ .*_-])[{_LETTER}](?:\\2[{_LETTER}])+(?![{_LETTER}\u0640]))"
    f"|{_SPECIAL.pattern}"
)


def _one_to_one() -> dict[int, str]:
    """Folds that replace one character by one character, applied after lower-casing."""
    pairs = dict(zip("أإآٱؤئىةکڪگیےېہھەۀۂۃپچژڤڨ", "ااااويي" + "هكككيييههههههبجزفق", strict=True))
    pairs |= dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2, strict=True))
    pairs |= dict.fromkeys("“”„‟″«»‹›❝❞〝〞", '"') | dict.fromkeys("‘’‚‛′`´ʼʾʿ", "'")
    pairs |= dict.fromkeys("‐‑‒–—―−", "-") | {"٪": "%", "٫": ".", "٬": ",", "۔": ".", "ς": "σ", "ı": "i"}
    pairs |= dict.fromkeys(map(chr, (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)), "\n")
    controls = [*range(9), 9, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA1)]
    spaces = [*controls, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
    pairs |= dict.fromkeys(map(chr, spaces), " ")
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            pairs[chr(code)] = base.lower()
    return {ord(old): new for old, new in pairs.items()}


_FOLDS = _one_to_one()


@dataclass(frozen=True, slots=True)
class Normalised:
    """Folded text with its way back: ``offsets[i]`` is where folded character i stood (None: nothing moved)."""

    text: str
    source: str = field(repr=False)
    offsets: "array[int] | None" = field(default=None, repr=False)

    def original(self, start: int, end: int) -> Span:
        """The code points of the source from which ``text[start:end]`` came, with the marks on its last letter."""
        if self.offsets is None:
            return start, end
        size = len(self.offsets)
        first = self.offsets[start] if start < size else len(self.source)
        if end <= start:
            return first, first
        last = self.offsets[min(end, size) - 1] + 1
        limit = self.offsets[end] if end < size else len(self.source)
        mark = _MARK.match(self.source, last, max(last, limit))
        return first, mark.end() if mark else last


def normalise(text: str) -> Normalised:
    """Fold ``text``; never raises, linear in its length.

    Goes: diacritics, tatweel, zero-width and bidi controls, gaps of spaced-out spellings. Changes: presentation and
    full-width forms (NFKC), alef, ya, waw and ta marbuta variants, Persian and Latin accented letters, digits, quotes,
    dashes and white space to their plain form, capitals to lower case.
    """
    special = _SPACED_SPECIAL if _SPACED.search(text) else _SPECIAL
    if not special.search(text):
        return Normalised(_fold_characters(text), text)
    places = array("I", range(len(text)))
    pieces: list[str] = []
    offsets = array("I")
    position = 0
    for match in special.finditer(text):
        start, end = match.span()
        pieces.append(text[position:start])
        offsets += places[position:start]
        for letter, place in _replacement(match):
            pieces.append(letter)
            offsets.append(place)
        position = end
    pieces.append(text[position:])
    offsets += places[position:]
    return Normalised(_fold_characters("".join(pieces)), text, offsets)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """One word or phrase folded as ``normalise`` does, without white space at its ends."""
    return normalise(word).text.strip()


def _fold_characters(text: str) -> str:
    return text.lower().translate(_FOLDS)


def _replacement(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """What stays of a special stretch: the letters of a spaced-out word, or a character's compatible form."""
    text, start = match.group(), match.start()
    if match.lastgroup == "run":
        yield from ((letter, start + i) for i, letter in enumerate(text) if i % 2 == 0)
    elif len(text) == 1:
        for letter in _compatible(text):
            yield letter, start


@lru_cache(maxsize=4096)
def _compatible(character: str) -> str:
    """NFKC of a presentation form or the like, without marks; the empty string for what is only removed."""
    if _SPECIAL.fullmatch(character) is None or re.fullmatch(f"[{_MARKS}{_HIDDEN}]", character):
        return ""
    if character == "\u0130":
        return "i"
    form = unicodedata.normalize("NFKC", character).lower()
    return re.sub(f"[{_MARKS}{_HIDDEN}]", "", form).strip()


_BREAK = re.compile(r"\n|[.!?؟…]+|[•▪●■◼◾►]|\"")
_BULLETS = "\n•▪●■◼◾►"
_LONGEST = 2000  # characters; one sentence in ten thousand of the news is longer, and those are lists
_CLOSERS = re.compile(r"[')\]}]*")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:com|net|org|info|gov|edu|co|tv|news)(?:[/.]|$)")
_INITIALS = re.compile(r"(?:[a-z]\.)*[a-z]$")
# Words that open a sentence and never continue a phrase after an abbreviation such as "u.s.".
_OPENERS = re.compile(r" +(?:the|he|she|they|it|we|this|these|there)\b")


@lru_cache(maxsize=8)
def _abbreviations(lang: str) -> dict[str, str]:
    """Abbreviations written with a full stop, each with what must follow: ``any`` or ``digit``."""
    rows = read(f"lang/{lang}/data/abbreviations.tsv", columns=("word", "before", "example"))
    return {fold(row["word"]).rstrip("."): row.one_of("before", ("any", "digit")) for row in rows}


@lru_cache(maxsize=8)
def _datelines(lang: str) -> re.Pattern[str] | None:
    """One pattern for the datelines and page furniture after which a sentence begins with no mark between."""
    rows = read(f"lang/{lang}/data/datelines.tsv", columns=("pattern", "example"))
    for row in rows:
        try:
            matches = re.search(row["pattern"], fold(row["example"]))
        except re.error as error:
            raise row.fail(f"pattern: {error}") from error
        if matches is None:
            raise row.fail("the example does not match the pattern")
    return re.compile("|".join(row["pattern"] for row in rows)) if rows else None


def sentences(normalised: str, lang: str) -> list[Span]:
    """Spans of the sentences of folded text, without white space or marks of their neighbours at their ends.

    They end at a new line, at . ! ? ؟ … (and the closing quote after it), before a list bullet and after a dateline;
    not inside a number, an address or an abbreviation, nor at «..», which Arabic papers use as a dash.
    """
    spans: list[Span] = []
    start, quoted = 0, False
    for match in _BREAK.finditer(normalised):
        begin, end = match.span()
        mark = normalised[begin]
        if begin < start:
            continue
        if mark == '"':
            quoted = _opens(normalised, begin, quoted)
            continue
        if mark in _BULLETS:
            end, quoted = begin, False
        elif _goes_on(normalised, start, begin, end, lang):
            continue
        else:
            end, quoted = _closed(normalised, end, quoted)
        _add(spans, normalised, start, end, lang)
        start = end
    _add(spans, normalised, start, len(normalised), lang)
    return spans


def _closed(text: str, end: int, quoted: bool) -> tuple[int, bool]:
    """Where a sentence ends whose stop ends at ``end``: after the marks that close it; and whether a quote is open."""
    closers = _CLOSERS.match(text, end)
    end = closers.end() if closers else end
    quote = end + (text[end : end + 1] == " ")
    if text[quote : quote + 1] == '"' and quoted and (quote == end or not text[quote + 1 : quote + 2].isalnum()):
        return quote + 1, False
    return end, quoted


def _add(spans: list[Span], text: str, start: int, end: int, lang: str) -> None:
    """Append the stretch, parted after its datelines."""
    pattern = _datelines(lang)
    for match in pattern.finditer(text, start, end) if pattern else ():
        _add_trimmed(spans, text, start, match.end())
        start = match.end()
    _add_trimmed(spans, text, start, end)


def _add_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    """Append the span without white space, if a letter or digit is in it; cut at ``_LONGEST``, to stay linear."""
    start = end - len(text[start:end].lstrip(" \n/|"))
    end = start + len(text[start:end].rstrip())
    while end - start > _LONGEST:
        half, whole = start + _LONGEST // 2, start + _LONGEST
        cut = max(text.rfind(mark, half, whole) for mark in "،,;") + 1 or text.rfind(" ", half, whole) + 1 or whole
        _add_trimmed(spans, text, start, cut)
        start = cut + (text[cut : cut + 1] == " ")
    if any(map(str.isalnum, text[start:end])):
        spans.append((start, end))


def _opens(text: str, place: int, quoted: bool) -> bool:
    """Whether the straight quote at ``place`` opens a quotation, by the white space around it."""
    before = place == 0 or text[place - 1] in " \n(["
    after = place + 1 >= len(text) or text[place + 1] in " \n.,،؛:;)]"
    return not quoted if before == after else before


def _goes_on(text: str, start: int, begin: int, end: int, lang: str) -> bool:
    """Whether the sentence from ``start`` goes on after the stop at ``text[begin:end]``."""
    stop = text[begin:end]
    if stop == "..":
        return True
    following = text[end : end + 1]
    word = _word_before(text, start, begin)
    if stop != ".":
        return "://" in word and following.isalnum()
    if following.isdigit() and (not word or word[-1].isdigit()):
        return True
    if following and not following.isspace() and following not in "\"')]}/":
        return _joined(text, word, begin, end)
    if word.isdigit() and not text[start : begin - len(word)].strip():
        return True
    if _INITIALS.match(word):
        return not _OPENERS.match(text, end)
    rule = _abbreviations(lang).get(word)
    if rule == "digit":
        return text[end : end + 2].strip().isdigit()
    return rule == "any" or (len(word) == 1 and word.isalpha() and not _after_number(text, start, begin))


def _word_before(text: str, start: int, end: int) -> str:
    """The word that ends at ``end`` (at most 40 characters of it), without an opening bracket or quote."""
    tail = text[max(start, end - 40) : end]
    return tail[max(tail.rfind(" "), tail.rfind("\n")) + 1 :].lstrip("\"'([{-")


def _after_number(text: str, start: int, end: int) -> bool:
    """Whether the single letter before ``end`` stands after a year, as in «2016 م.»."""
    return text[max(start, end - 3) : end - 1].strip().isdigit()


def _joined(text: str, word: str, begin: int, end: int) -> bool:
    """Whether a full stop with no space after it stands inside one word, such as an address or "u.s.-led"."""
    if len(word) < 2 or not word[-1].isalnum() or not text[end].isalnum() or not text[end + 1 : end + 2].isalpha():
        return True
    tail = text[end : end + 40].split(" ", 1)[0].split("\n", 1)[0]
    return _ADDRESS.search(f"{word}.{tail}") is not None


_TOKEN = re.compile(
    r"\d+(?:[.,/:]\d+)*(?:(?:st|nd|rd|th|s)\b)?"
    r"|(?:[a-z]\.)+[a-z]\b\.?"
    r"|[a-z][a-z0-9]*(?:'(?!s\b)[a-z]+)*"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|'s\b|\S"
)


def tokens(normalised: str, start: int, end: int) -> list[Span]:
    """Spans of words, numbers and single punctuation marks in ``normalised[start:end]``.

    One token: «1,200», «12.5», «15/7/2016», "5:30", "15th", "u.s.", "m23", "couldn't", "sana'a". A hyphen and a
    possessive 's stand alone; digits written to an Arabic letter («و15») are a token of their own.
    """
    return [match.span() for match in _TOKEN.finditer(normalised, start, end)]
