"""The words around place names (data/place_words.tsv, data/demonyms.tsv), folded and with their clitics."""

from dataclasses import dataclass, replace
from functools import lru_cache

from marsad.lang.text import fold
from marsad.tables import Row, read

ROLES = frozenset(
    "head near inside direction side unit distance between link along over whole first function pointing person "
    "troop".split()
)
_CLITICS = ("", "و", "ب", "ل", "ف", "ك", "وب", "ول", "فب", "فل")


@dataclass(frozen=True, slots=True)
class Word:
    """What a word says about the place beside it; ``prefix`` is the proclitic, ``definite`` whether it has ال."""

    role: str
    value: str
    prefix: str = ""
    definite: bool = False

    @property
    def number(self) -> float:
        """The value as a number (degrees or km), 0 where there is none."""
        return float(self.value) if self.value else 0.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All forms of one language: ``words[form]`` are its roles; ``nations[form]`` the country of an adjective.

    ``heads`` and ``pointers`` are the forms that may vouch for a name behind them, and that may point back to a place.
    """

    words: dict[str, tuple[Word, ...]]
    nations: dict[str, str]
    heads: frozenset[str] = frozenset()
    pointers: frozenset[str] = frozenset()

    def get(self, form: str, *roles: str) -> Word | None:
        """The form's first reading with one of these roles."""
        for word in self.words.get(form, ()):
            if word.role in roles:
                return word
        return None

    def of_role(self, *roles: str) -> frozenset[str]:
        """All forms with a reading of one of these roles."""
        return frozenset(form for form, words in self.words.items() if any(word.role in roles for word in words))


@lru_cache(maxsize=4)
def vocabulary(lang: str) -> Vocabulary:
    """The vocabulary of "ar" or "en"; DataError where a line does not hold."""
    words: dict[str, tuple[Word, ...]] = {}
    for row in read("geocode/data/place_words.tsv", columns=("word", "lang", "role", "value", "note")):
        row.one_of("role", ROLES)
        if row.one_of("lang", ("ar", "en")) == lang:
            for form, word in _forms(row):
                words[form] = words.get(form, ()) + (word,)
    made = Vocabulary(words, _nations(lang))
    return replace(made, heads=made.of_role("head"), pointers=made.of_role("pointing", "head", "side"))


def _forms(row: Row) -> list[tuple[str, Word]]:
    role, value, word = row["role"], row["value"], fold(row["word"]).replace("_", " ")
    if row["lang"] == "en" or role in ("first", "function", "person", "troop"):
        return [(word, Word(role, value))]
    forms = [(clitic + word, Word(role, value, clitic, word.startswith("ال"))) for clitic in _CLITICS]
    if word.startswith("ال"):
        forms += [("لل" + word[2:], Word(role, value, "ل", True)), ("ولل" + word[2:], Word(role, value, "ول", True))]
    elif role in ("head", "direction", "unit"):
        forms += [(f"{clitic}ال{word}", Word(role, value, clitic, True)) for clitic in _CLITICS]
        forms += [("لل" + word, Word(role, value, "ل", True)), ("ولل" + word, Word(role, value, "ول", True))]
    return forms


def _nations(lang: str) -> dict[str, str]:
    nations: dict[str, str] = {}
    for row in _demonyms():
        for adjective in filter(None, row["adjective_ar" if lang == "ar" else "adjective_en"].split("|")):
            word = fold(adjective)
            forms = [word] if lang == "en" else [f"ال{word}", f"ال{word}ه", f"ال{word}تين", f"{word}ه", word]
            for form in forms:
                nations.setdefault(form, row["country"])
    return nations


@lru_cache(maxsize=1)
def _demonyms() -> tuple[Row, ...]:
    return tuple(read("geocode/data/demonyms.tsv", columns=("country", "adjective_ar", "adjective_en", "capital")))


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """English name of the capital by country code."""
    return {row["country"]: row["capital"] for row in _demonyms() if row["capital"]}
