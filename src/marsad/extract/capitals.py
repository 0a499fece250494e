"""«the Yemeni capital», «العاصمة اليمنية»: a capital told by its country's adjective, to be looked up by name."""

from functools import cache

from marsad.lang.base import Sentence
from marsad.lang.text import fold
from marsad.tables import read

_CAPITAL = {"ar": "العاصمه", "en": "capital"}
_BESIDE = {"ar": 1, "en": -1}


@cache
def _names(lang: str) -> dict[str, str]:
    """Folded name of the capital by country code; only names of one word."""
    columns = ("country", "name_en", "name_ar", "adj_en", "adj_ar", "capital_en", "capital_ar")
    rows = read("lang/data/nationalities.tsv", columns=columns)
    found = {row["country"]: fold(row[f"capital_{lang}"].partition("|")[0].strip()) for row in rows}
    return {country: name for country, name in found.items() if name and " " not in name}


def named(sentence: Sentence, lang: str) -> tuple[list[str], set[int]]:
    """The sentence's words with such capitals by their names, and the tokens so replaced."""
    words, replaced = list(sentence.words), set[int]()
    nations = {m.start: m.entry.value for m in sentence.matches if m.entry.kind == "nation" and m.end == m.start + 1}
    capital, names = _CAPITAL.get(lang, ""), _names(lang)
    for at, word in enumerate(sentence.words):
        name = names.get(nations.get(at + _BESIDE.get(lang, 0), ""))
        around = sentence.words[at + 1 : at + 3]
        if word == capital and name and name not in around and not _named_next(sentence, at, lang):
            words[at] = name
            replaced.add(at)
    return words, replaced


def _named_next(sentence: Sentence, at: int, lang: str) -> bool:
    """Whether the capital's name follows: «the Somali capital Mogadishu»."""
    return lang == "en" and at + 1 < len(sentence.surface) and sentence.surface[at + 1][:1].isupper()
