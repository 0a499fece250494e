"""Patterns of ``date_rules.tsv`` compiled to regular expressions over symbols, one character a word.

A symbol stands for a set of word classes, or for a kind of mention found at an earlier level.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from marsad.errors import DataError
from marsad.lang.dates.mention import KINDS
from marsad.lang.text import fold
from marsad.tables import Row

UNKNOWN = "\ue000"
# {slot:class}  [class]  <part:kind>  ...  ( | ) ? * +  word
ITEM = re.compile(
    r"\{(?P<slot>\w+)(?::(?P<cls>[\w-]+))?\}|\[(?P<quiet>[\w-]+)\]|<(?P<part>\w+)(?::(?P<kind>\w+))?>"
    r"|(?P<gap>\.\.\.)|(?P<op>[()|?*+])|(?P<word>[^\s()|?*+{}\[\]<>]+)"
)
_KINDS = {"any": ("day", "night", "period", "bare"), "when": ("day", "night", "period", "bare", "point")}


@dataclass(slots=True)
class Word:
    """What a word or fixed phrase is: its classes with their values, and its symbol."""

    values: dict[str, str] = field(default_factory=dict)
    symbol: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled line; ``needs`` are sets of symbols of each of which a sentence must hold one."""

    name: str
    kind: str
    action: str
    regex: re.Pattern[str]
    classes: Mapping[str, str]
    fixed: tuple[tuple[str, str], ...]
    needs: tuple[frozenset[str], ...]


class Symbols:
    """One character for every distinct set of classes, and for every kind of mention."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.kinds = {kind: chr(0xE001 + i) for i, kind in enumerate(KINDS)}
        self.by_class: dict[str, str] = defaultdict(str)
        taken: dict[frozenset[str], str] = {}
        for word in words:
            key = frozenset(word.values)
            if key not in taken:
                taken[key] = chr(0xE100 + len(taken))
                for name in key:
                    self.by_class[name] += taken[key]
            word.symbol = taken[key]
        stops = set(self.by_class["stop"])
        self.gap = UNKNOWN + "".join(symbol for symbol in taken.values() if symbol not in stops)

    def of(self, item: re.Match[str], row: Row) -> str:
        """The symbols that an item of a pattern allows; DataError for a class without words."""
        if item["part"]:
            kind = item["kind"] or item["part"]
            if kind not in self.kinds and kind not in _KINDS:
                raise row.fail(f"no kind of mention is called {kind!r}")
            return "".join(self.kinds[name] for name in _KINDS.get(kind, (kind,)))
        name = item["cls"] or item["slot"] or item["quiet"] or "=" + fold(item["word"])
        if name not in self.by_class:
            raise row.fail(f"no word has the class {name!r}")
        return self.by_class[name]


def compile_rule(row: Row, symbols: Symbols) -> Rule:
    """The rule of one line; raises DataError."""
    out: list[str] = []
    classes: dict[str, str] = {}
    for item in ITEM.finditer(row["pattern"]):
        if item["op"]:
            out.append(item["op"].replace("(", "(?:"))
        elif item["gap"]:
            out.append(f"[{symbols.gap}]{{1,12}}?")
        elif item["part"]:
            out.append(f"(?P<part_{item['part']}>[{symbols.of(item, row)}])")
        else:
            group = item["slot"]
            while group in classes:  # a slot may stand in several alternatives
                group += "_"
            if group:
                classes[group] = item["cls"] or item["slot"]
            out.append(f"(?P<{group}>[{symbols.of(item, row)}])" if group else f"[{symbols.of(item, row)}]")
    try:
        regex = re.compile("".join(out))
    except re.error as error:
        raise DataError(row.file, row.line, f"pattern: {error}") from error
    if regex.match(""):
        raise row.fail("the pattern matches nothing at all")
    pairs = tuple((key, value) for key, _, value in (pair.partition("=") for pair in row["slots"].split()))
    return Rule(row["name"], row["kind"], row["action"], regex, classes, pairs, _needs(row, symbols))


def _needs(row: Row, symbols: Symbols) -> tuple[frozenset[str], ...]:
    """For every obligatory item or group at the top of a pattern, the symbols that may stand there."""
    needs: list[set[str]] = []
    depth, group = 0, set[str]()
    for item in ITEM.finditer(row["pattern"]):
        op = item["op"]
        depth += (op == "(") - (op == ")")
        if op == "|" and depth == 0:
            raise row.fail("alternatives must stand in ( )")
        if op in ("?", "*"):
            if depth == 0:
                needs.pop()
        elif not op or op == "(":
            group |= set() if op else set(symbols.gap if item["gap"] else symbols.of(item, row))
        if depth == 0 and (not op or op == ")"):
            needs.append(group)
            group = set()
    return tuple(frozenset(need) for need in needs)
