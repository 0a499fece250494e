"""English inflection: regular verb and noun forms, irregular ones as the lexicon gives them."""

import re

from marsad.lang.base import Feature
from marsad.lang.text import fold

_BRACKET = re.compile(r"^(\S+)\s*(?:\[(.+)\])?$")
_VOWELS = "aeiou"
_DOUBLING = tuple(
    "cap kidnap commit permit admit occur rebel defer equip control patrol expel compel repel propel refer pummel "
    "travel cancel prefer omit submit transfer deter".split()
)
_NOMINAL = ("masdar", "noun", "part", "adj")


def inflections(word: str, pos: str) -> dict[str, Feature]:
    """Folded forms of a lexicon word: ``shoot [shot shot]``, ``bomb``, ``child children``."""
    if pos == "verb":
        return verb_forms(word)
    if pos in ("tail", "trap"):
        forms = verb_forms(word) if word.isalpha() and len(word) > 3 else {}
        return forms | noun_forms(word) | {fold(word): Feature()}
    if pos == "nisba":
        folded = fold(word)
        return {folded: Feature(), folded + "s": Feature(number="pl")}
    if pos in _NOMINAL:
        return noun_forms(word)
    return {fold(word.replace("[", " ").split()[0]): Feature()}


def verb_forms(word: str) -> dict[str, Feature]:
    """Base, third person, past, past participle and -ing form of a verb; ValueError where the notation is off."""
    found = _BRACKET.match(word.strip())
    if found is None:
        raise ValueError(f"a verb is written as its base, irregular past and participle in brackets, not {word!r}")
    base = fold(found[1])
    irregular = [fold(p) for p in (found[2] or "").replace(",", " ").split()]
    past = irregular[0] if irregular else _suffixed(base, "ed")
    participle = irregular[-1] if irregular else past
    forms = {base: Feature("base"), _plural(base): Feature("present", "3s"), _suffixed(base, "ing"): Feature("ing")}
    forms[participle] = Feature("past" if participle == past else "pp")
    forms.setdefault(past, Feature("past"))
    if past == participle:
        forms[past] = Feature("past")
    return forms


def noun_forms(word: str) -> dict[str, Feature]:
    """Singular and plural of a noun; an irregular plural stands behind the singular."""
    parts = [fold(p) for p in word.replace("[", " ").replace("]", " ").split()]
    if not parts:
        return {}
    singular, plurals = parts[0], parts[1:] or [_plural(parts[0])]
    return {p: Feature(number="pl") for p in plurals} | {singular: Feature(number="sg")}


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith("o") and word[-2:-1] not in _VOWELS:
        return word + "es"
    return word + "s"


def _suffixed(base: str, suffix: str) -> str:
    if base.endswith("e") and suffix == "ed":
        return base + "d"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + suffix
    if base.endswith("y") and suffix == "ed" and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ied"
    short = len(base) <= 4 and re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", base)
    if short or base.endswith(_DOUBLING):
        return base + base[-1] + suffix
    return base + suffix
