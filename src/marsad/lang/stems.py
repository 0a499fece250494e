"""Words as search and linking compare them: folded, without clitics and endings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from marsad.lang.ar.clitics import readings
from marsad.lang.text import Span, fold, tokens
from marsad.lang.wordlist import dictionary
from marsad.tables import Row, read

_SHORTEST = 3  # letters that a stem has at least once something was taken off
_LONGEST = 40  # characters of a word that count
_TABLE = "lang/data/stems.tsv"
_CUT = {ord(mark): None for mark in ".,'-/:"}


@dataclass(frozen=True, slots=True)
class Stems:
    """A word's ``best`` stem, and ``others`` where its first letters may be attached particles («لحلب»: حلب)."""

    best: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ending:
    ending: str
    becomes: str
    left: int


def words(normalised: str) -> Iterator[tuple[Span, Stems]]:
    """The words of folded text, with their places in it."""
    for start, end in tokens(normalised, 0, len(normalised)):
        found = stems(normalised[start:end])
        if found is not None:
            yield (start, end), found


@lru_cache(maxsize=1 << 18)
def stems(word: str) -> Stems | None:
    """The stems of a folded word; ``None`` for what has no letter or digit."""
    word = word.translate(_CUT)[:_LONGEST]
    if not any(map(str.isalnum, word)):
        return None
    if not _arabic(word):
        return Stems(_without_ending(word, "latin"))
    best, cuts = word, []
    for _, _, article, stem, pronoun, _ in readings(word):
        if pronoun or len(stem) < _SHORTEST:
            continue
        if article and best == word:
            best = stem
        cuts.append(stem)
    best = _without_ending(best, "arabic")
    others = {_without_ending(cut, "arabic") for cut in cuts} - {best}
    return Stems(best, tuple(sorted(others)))


def asked(word: str) -> frozenset[str]:
    """The stems that a word of a query stands for: more than its best one only where it is no word in itself."""
    found = stems(fold(word))
    if found is None:
        return frozenset()
    if not found.others or word in dictionary("ar"):
        return frozenset((found.best,))
    return frozenset((found.best, *found.others))


def _arabic(word: str) -> bool:
    return any("\u0620" <= letter <= "\u06ff" for letter in word)


def _without_ending(word: str, script: str) -> str:
    for rule in _endings()[script]:
        if word.endswith(rule.ending) and len(word) - len(rule.ending) >= rule.left:
            return word[: len(word) - len(rule.ending)] + rule.becomes
    return word


@lru_cache(maxsize=1)
def _endings() -> dict[str, Sequence[_Ending]]:
    """The endings of each script in the order of the table; DataError where a line does not hold."""
    found: dict[str, list[_Ending]] = {"arabic": [], "latin": []}
    for row in read(_TABLE, columns=("script", "ending", "becomes", "left", "example")):
        found[row.one_of("script", found)].append(_ending(row))
    return {script: tuple(rules) for script, rules in found.items()}


def _ending(row: Row) -> _Ending:
    if not row["left"].isdecimal() or int(row["left"]) < 1:
        raise row.fail(f"left is {row['left']!r}, not a number of letters")
    if fold(row["ending"]) != row["ending"] or not row["ending"]:
        raise row.fail(f"ending is {row['ending']!r}; write it folded: {fold(row['ending'])!r}")
    return _Ending(row["ending"], row["becomes"], int(row["left"]))


def examples() -> list[tuple[Row, str, str]]:
    """The examples of the table: the line, and two words that must come out the same."""
    rows = read(_TABLE, columns=("script", "ending", "becomes", "left", "example"))
    return [(row, *row["example"].split(" ", 1)) for row in rows]  # type: ignore[misc]
