"""Arabic parts of speech by form and position."""

from marsad.lang.base import Match, Sentence, Unit
from marsad.lang.units import PUNCTUATION


def guess_tag(word: str) -> tuple[str, str, str, bool]:
    """(category, conjunction, preposition, article) of a word that no lexicon knows."""
    if word in PUNCTUATION:
        return PUNCTUATION[word], "", "", False
    if not word[:1].isalpha():
        return "N", "", "", False
    conj = word[0] if word[0] in "وف" and word[1:3] in ("ال", "لل", "با") and len(word) > 5 else ""
    rest = word[len(conj) :]
    for written, prep in (("بال", "ب"), ("لل", "ل"), ("كال", "ك"), ("ال", "")):
        if rest.startswith(written) and len(rest) > len(written) + 1:
            return "N", conj, prep, True
    if rest.endswith("وا") and len(rest) > 4:
        return "V", conj, "", False
    if (rest[0] == "ي" and len(rest) > 3 and not rest.endswith(("ه", "ي", "ات", "ا"))) or rest[:2] == "سي" and len(rest) > 4:
        return "V", conj, "", False
    return "N", conj, "", False


def verbal(unit: Unit, verb: Match, before: list[Unit], sentence: Sentence) -> bool:
    """Whether a form that may be verb or verbal noun (قصف، قتل) stands where a verb stands."""
    del verb, sentence
    if unit.prep or unit.det or not before:
        return not before and not unit.prep and not unit.det
    last = before[-1]
    if last.cat == "E":
        return bool(unit.pron) and not last.det
    if last.cat in ("P", "D"):
        return False
    if last.cat == "V":
        return bool(unit.conj)
    if last.cat == "N":
        return last.det or bool(unit.conj) or last.actor is not None
    return True
