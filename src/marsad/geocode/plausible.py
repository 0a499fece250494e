"""Whether a word that is written like a place name means a place.

Most words of a language are also the name of some village. A name is ``strong`` where it is no dictionary word, or
belongs to a country, a province or a city of note; ``weak`` where it needs a sign of place beside it (``mentions``)
and a document about its country (``resolve``); ``stop`` where only a noun such as مدينة or "town of" before it makes it
a place (data/stop_names.tsv).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import marisa_trie

from marsad.geocode.build import common_words, theatre
from marsad.geocode.names import is_arabic, key
from marsad.geocode.packed import Candidate
from marsad.lang.text import fold
from marsad.tables import read

Strength = Literal["strong", "weak", "stop"]
REASONS = ("word", "person", "family", "organisation", "time", "region", "weak")
_SOLID_KINDS = frozenset({"country", "sea", "adm1", "city", "region", "line"})


class Plausibility:
    """The stop list and the dictionary, asked once for each form of a word."""

    def __init__(self) -> None:
        self._stop, self._weak, self._phrases = _lists()
        self._common: marisa_trie.Trie = common_words()

    def judge(self, surface: str, name: str, candidates: Sequence[Candidate], *, prefix: str, loose: bool) -> Strength:
        """How much the form speaks for a place.

        ``name`` is ``surface`` without its proclitic, with ال added or off if loose.
        """
        if name in self._stop or surface in self._stop or (loose and name.removeprefix("ال") in self._stop):
            return "stop"
        common = name in self._common or surface in self._common
        short = len(name.removeprefix("ال")) <= (3 if is_arabic(name) else 2)
        solid = name not in self._weak and any(map(_solid, candidates))
        if loose:
            return "stop" if short or (common and not solid) else "weak" if common or not solid else "strong"
        if prefix:
            if solid:
                return "strong"
            return "stop" if short else "weak" if common or not any(map(known, candidates)) else "strong"
        if solid:
            return "strong"
        return "weak" if common or short or name in self._weak or not any(map(known, candidates)) else "strong"

    def is_common(self, word: str) -> bool:
        """Whether a folded word is in the dictionary of ordinary words."""
        return word in self._common

    def opens_phrase(self, word: str) -> bool:
        """Whether a phrase that only looks like a place begins with this word."""
        return word in self._phrases

    def stop_phrase(self, words: Sequence[str], i: int) -> int:
        """The end of a phrase at ``i`` that only looks like a place (a paper, an organisation), or 0."""
        for phrase in self._phrases.get(words[i], ()):
            if tuple(words[i : i + len(phrase)]) == phrase:
                return i + len(phrase)
        return 0


def known(place: Candidate) -> bool:
    """Whether a name of this place can be trusted by itself: it is in our tables or has a thousand people."""
    return place.population >= 1000 or place.id.startswith("marsad:")


def _solid(place: Candidate) -> bool:
    """A place of note, so that its name is read as the place even if it is also a word."""
    if place.id.startswith("marsad:"):
        return place.kind in _SOLID_KINDS
    return not place.alternate and place.population >= (200_000 if place.country in theatre() else 1_000_000)


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str], dict[str, list[tuple[str, ...]]]]:
    """Names that need a noun before them, names that are never solid, and phrases by first word that are never
    places.
    """
    single: dict[str, set[str]] = {"stop": set(), "weak": set()}
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for row in read("geocode/data/stop_names.tsv", columns=("word", "why")):
        why = row.one_of("why", REASONS)
        words = tuple(fold(row["word"]).split())
        if len(words) > 1:
            phrases.setdefault(words[0], []).append(words)
        else:
            single["weak" if why == "weak" else "stop"].add(key(words[0]) or words[0])
    return frozenset(single["stop"]), frozenset(single["weak"]), phrases
