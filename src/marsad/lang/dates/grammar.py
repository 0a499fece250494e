"""The date grammar of one language: word classes and rules, compiled to regular expressions over word symbols.

Every word of a sentence becomes one character that stands for the set of classes it belongs to; a rule is a regular
expression over those characters, so its cost is that of a pattern over some thirty characters.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from marsad import tables
from marsad.lang.dates.actions import ACTIONS
from marsad.lang.dates.mention import KINDS
from marsad.lang.dates.rules import ITEM, Rule, Symbols, Word, compile_rule
from marsad.lang.text import fold

_COLUMNS = ("name", "level", "kind", "action", "slots", "pattern", "example")
TOKEN = re.compile(
    r"(?P<numdate>\d{4}([-/.])\d{1,2}\2\d{1,2}(?!\d)|\d{1,2}([/.-])\d{1,2}\3\d{4}(?!\d))|(?P<clock>\d{1,2}:\d\d)"
    r"|(?P<decade>\d{4}(?=s\b))s|(?P<nth>\d{1,2}(?=st\b|nd\b|rd\b|th\b))..|(?P<other>\d+(?:[.,]\d+)+)|(?P<num>\d+)"
    r"|(?P<word>[^\W\d_]+)|[^\w\s]"
)
_CLASSES = {
    "month": (1, 12), "month-weak": (1, 12), "hmonth": (1, 12), "weekday": (0, 6), "num": (0, 1000),
    "the-num": (1, 100), "ord": (1, 31), "deictic": (-3, 3), "season": (1, 4), "the-season": (1, 4),
    "decade": (1900, 2100), "shift": (-2, 2), "fraction": (2, 4), "few": (0, 0),
}  # fmt: skip
Spelt = tuple[str, ...]
_CLITICS = {"ar": ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل"), "en": ("",)}


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything ``find`` needs for one language; ``splits`` maps written words to clitics and word."""

    lang: str
    words: Mapping[str, Word]
    phrases: Mapping[Spelt, list[tuple[Spelt, Word]]]
    splits: Mapping[str, Spelt]
    kinds: Mapping[str, str]
    passes: tuple[tuple[Rule, ...], ...]
    triggers: frozenset[str]


@cache
def load(lang: str) -> Grammar:
    """The grammar of ``lang``; raises DataError where a data file is wrong."""
    words, long, strong = _vocabulary(lang)
    rows = tables.read(f"lang/{lang}/data/date_rules.tsv", columns=_COLUMNS)
    for row in rows:
        row.one_of("kind", KINDS)
        row.one_of("action", ACTIONS)
        row.one_of("level", ("1", "2", "3", "4"))
        for item in ITEM.finditer(row["pattern"]):
            if item["word"]:
                words.setdefault(fold(item["word"]), Word()).values["=" + fold(item["word"])] = ""
    numbers = {str(n): Word(_number(n)) for n in range(2201)}
    tokens = {"#numdate": Word({"numdate": ""}), "#clock": Word({"clock": ""}), "#decade": Word({"decade": ""})}
    nths = {f"#{n}": Word({"nth": str(n), "dom": str(n), "ord": str(n)}) for n in range(1, 32)}
    words = {**numbers, **tokens, **nths, **words}
    symbols = Symbols([*words.values(), *long.values()])
    passes = tuple(tuple(compile_rule(row, symbols) for row in rows if row["level"] == level) for level in "1234")
    splits = _splits(lang, words)
    return Grammar(lang, words, _phrases(long, splits), splits, symbols.kinds, passes, _triggers(strong, splits))


def _triggers(strong: set[str], splits: Mapping[str, Spelt]) -> frozenset[str]:
    """Written forms without one of which a sentence holds no time; years among them."""
    years = {*map(str, range(1900, 2041)), *map(str, range(1400, 1460))}
    return frozenset(strong | years | {form for form, split in splits.items() if split[-1] in strong})


def _vocabulary(lang: str) -> tuple[dict[str, Word], dict[Spelt, Word], set[str]]:
    """Words, phrases, and the words one of which every time holds."""
    words: dict[str, Word] = {}
    long: dict[Spelt, Word] = defaultdict(Word)
    telling: list[Spelt] = []
    for row in tables.read(f"lang/{lang}/data/dates.tsv", columns=("words", "class", "value", "weak")):
        low, high = _CLASSES.get(row["class"], (None, None))
        if low is not None and high is not None and not _within(row["value"], low, high):
            raise row.fail(f"value {row['value']!r} of class {row['class']} is not a number from {low} to {high}")
        for form in (fold(form.strip()) for form in row["words"].split(" | ")):
            spelt = tuple(match.group() for match in TOKEN.finditer(form))
            word = long[spelt] if len(spelt) > 1 else words.setdefault(form, Word())
            word.values[row["class"]] = row["value"]
            if row["class"] == "ord":
                word.values["dom"] = row["value"]
            if not row["weak"]:
                telling.append(spelt)
    strong = {spelt[0] for spelt in telling if len(spelt) == 1}
    for spelt in telling:
        if strong.isdisjoint(spelt):  # a phrase tells by its longest word, a rare one if it has one
            strong.add(max(spelt, key=lambda part: (part not in words, len(part))))
    for part in (part for spelt in long for part in spelt):
        words.setdefault(part, Word({"in-phrase": ""}))
    return words, long, strong


def _phrases(long: Mapping[Spelt, Word], splits: Mapping[str, Spelt]) -> dict[Spelt, list[tuple[Spelt, Word]]]:
    """Fixed phrases by their first two words, the longest first, split as the words of a sentence are."""
    phrases: dict[Spelt, list[tuple[Spelt, Word]]] = defaultdict(list)
    for spelt, word in long.items():
        flat = tuple(part for form in spelt for part in splits.get(form, (form,)))
        phrases[flat[:2]].append((flat, word))
        phrases[flat[:2]].sort(key=lambda pair: -len(pair[0]))
    return phrases


def _within(value: str, low: int, high: int) -> bool:
    return value.lstrip("-").isdigit() and low <= int(value) <= high


def _number(n: int) -> dict[str, str]:
    values = {"num": str(n)}
    if 1 <= n <= 31:
        values["dom"] = str(n)
    if 1900 <= n <= 2040:
        values = {"year": str(n)}
    if 1400 <= n <= 1459:
        values["hyear"] = str(n)
    return values


def _splits(lang: str, words: Mapping[str, Word]) -> dict[str, Spelt]:
    """Written forms with attached particles (وبالأمس) to particles and word (و، ب، الامس)."""
    splits: dict[str, Spelt] = {}
    for word, entry in words.items():
        if not word.isalpha() or len(word) < 3 or "month-weak" in entry.values:
            continue
        for clitics in _CLITICS[lang][1:]:
            splits.setdefault(clitics + word, (*clitics, word))
            if word.startswith("ال") and clitics.endswith("ل"):
                splits.setdefault(clitics + word[1:], (*clitics, word))
    return {form: parts for form, parts in splits.items() if form not in words}
