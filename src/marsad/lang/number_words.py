"""The table of number words (``lang/<code>/data/numbers.tsv``), indexed for the walk of marsad.lang.numbers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from marsad.lang.text import fold
from marsad.tables import Row, read

Phrase = tuple[str, ...]

KINDS = (
    "number",
    "one",
    "teen",
    "scale",
    "half",
    "no_noun",
    "vague",
    "not",
    "min_before",
    "max_before",
    "about_before",
    "min_after",
    "max_after",
    "about_after",
    "between",
    "from",
    "to",
    "join",
    "or",
    "article",
    "prefix",
    "proclitic",
    "definite",
    "ordinal",
    "fraction",
    "month",
    "month_word",
    "year",
    "label",
    "clock",
    "money",
    "change",
    "percent",
)
_MODIFIERS = ("min", "max", "about")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The table of a language, indexed for one walk; every key is folded."""

    values: dict[str, tuple[int, bool]]
    scales: dict[str, int]
    joined_scales: dict[str, int]
    halves: dict[str, int]
    joined_halves: dict[str, int]
    phrases: dict[str, list[tuple[Phrase, str, str]]]
    before: dict[str, list[tuple[Phrase, str]]]
    after: dict[str, list[tuple[Phrase, str]]]
    sets: dict[str, frozenset[str]]
    heads: frozenset[str]


@lru_cache(maxsize=8)
def lexicon(lang: str) -> Lexicon:
    """Read and check ``lang/<lang>/data/numbers.tsv``; raises DataError."""
    rows = read(f"lang/{lang}/data/numbers.tsv", columns=("word", "kind", "value"))
    by_kind: dict[str, list[tuple[Phrase, Row]]] = {kind: [] for kind in KINDS}
    for row in rows:
        phrase = tuple(fold(word) for word in row["word"].split("_"))
        by_kind[row.one_of("kind", KINDS)].append((phrase, row))
    clitic = tuple(phrase[0] for phrase, _ in by_kind["proclitic"])
    phrases = _phrases(by_kind, clitic)
    blocked = {phrase[0] for phrase, _ in by_kind["not"] if len(phrase) == 1}
    values, scales, joined_scales = _values(by_kind, clitic, blocked)
    sets = {kind: frozenset(" ".join(phrase) for phrase, _ in by_kind[kind]) for kind in KINDS}
    halves = {phrase[0]: _integer(row) for phrase, row in by_kind["half"]}
    for kind in ("ordinal", "year", "month", "label"):
        sets[kind] |= {_attached(prefix, word) for prefix in clitic for word in sets[kind]}
    joined_halves = {prefix + word: value for word, value in halves.items() for prefix in clitic}
    sets["half_of"] = frozenset(article + word for article in sets["definite"] for word in scales)
    before = _modifiers(by_kind, "before", clitic, last=True)
    return Lexicon(
        values=values,
        scales=scales,
        joined_scales=joined_scales,
        halves=halves,
        joined_halves=joined_halves,
        phrases=phrases,
        before=before,
        after=_modifiers(by_kind, "after", (), last=False),
        sets=sets,
        heads=frozenset([*values, *scales, *joined_scales, *phrases, *halves, *sets["ordinal"]]),
    )


def _values(
    by_kind: dict[str, list[tuple[Phrase, Row]]], clitics: Iterable[str], blocked: set[str]
) -> tuple[dict[str, tuple[int, bool]], dict[str, int], dict[str, int]]:
    """Surface forms of number words (value, whether written to «و»; units of teens negative) and of scales."""
    values: dict[str, tuple[int, bool]] = {}
    for kind, sign in (("one", -1), ("number", 1)):
        for (word, *more), row in by_kind[kind]:
            if more:
                continue
            value = _integer(row)
            articles = [phrase[0] for phrase, _ in by_kind["definite"]] if kind == "number" and 3 <= value <= 10 else []
            definite = [article + word for article in articles]
            for form in (word, *definite):
                for prefix in ("", *clitics):
                    spelled = prefix + form if prefix != "ل" or form == word else "ل" + form[1:]
                    if spelled not in blocked:
                        values[spelled] = (sign * value, prefix.startswith("و"))
    scales = {phrase[0]: _integer(row) for phrase, row in by_kind["scale"]}
    joined = {prefix + word: value for word, value in scales.items() for prefix in clitics}
    return values, scales, {word: value for word, value in joined.items() if word not in blocked}


def _phrases(
    by_kind: dict[str, list[tuple[Phrase, Row]]], clitics: Iterable[str]
) -> dict[str, list[tuple[Phrase, str, str]]]:
    """Vague counts, fixed phrases and what is no number, by first word, longest first."""
    found: dict[str, list[tuple[Phrase, str, str]]] = {}
    for kind in ("not", "vague", "number"):
        for phrase, row in by_kind[kind]:
            if kind == "number" and len(phrase) == 1:
                continue
            if kind == "vague" and not re.fullmatch(r"\d+-\d+", row["value"]):
                raise row.fail(f"value is {row['value']!r}, not low-high")
            for prefix in ("",) if kind == "not" else ("", *clitics):
                first = _attached(prefix, phrase[0])
                found.setdefault(first, []).append(((first, *phrase[1:]), kind, row["value"]))
    for entries in found.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[1] != "not"))
    return found


def _attached(prefix: str, word: str) -> str:
    """A proclitic written to a word: ل swallows the alef of ال."""
    return prefix + word[1:] if prefix.endswith("ل") and word.startswith("ال") and len(word) > 5 else prefix + word


def _modifiers(
    by_kind: dict[str, list[tuple[Phrase, Row]]], side: str, clitics: Iterable[str], *, last: bool
) -> dict[str, list[tuple[Phrase, str]]]:
    """Phrases that open bounds, by their last or first word, longest first."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    kinds = [(f"{name}_{side}", name) for name in _MODIFIERS] + ([("between", "between")] if last else [])
    for kind, name in kinds:
        for phrase, _ in by_kind[kind]:
            for prefix in ("", *clitics):
                form = (_attached(prefix, phrase[0]), *phrase[1:])
                found.setdefault(form[-1 if last else 0], []).append((form, name))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def _integer(row: Row) -> int:
    """The value of a row as a whole number; DataError otherwise."""
    if not row["value"].isdecimal():
        raise row.fail(f"value is {row['value']!r}, not a whole number")
    return int(row["value"])
