"""Arabic parts of speech by form and position."""

from marsad.lang.base import Match, Sentence, Unit
from marsad.lang.units import PUNCTUATION
from marsad.lang.wordlist import dictionary


def guess_tag(word: str) -> tuple[str, str, str, bool]:
    """(category, conjunction, preposition, article) of a word that no lexicon knows."""
    if word in PUNCTUATION:
        return PUNCTUATION[word], "", "", False
    if not word[:1].isalpha():
        return "N", "", "", False
    conj = word[0] if word[0] in "وف" and word[1:3] in ("ال", "لل", "با") and len(word) > 5 else ""
    rest = word[len(conj) :]
    if not conj and word[0] in "وفبلك" and len(word) > 4 and not is_word(word):
        conj, prep, rest = _split(word)
        if prep:
            return "N", conj, prep, False
    for written, prep in (("بال", "ب"), ("لل", "ل"), ("كال", "ك"), ("ال", "")):
        if rest.startswith(written) and len(rest) > len(written) + 1:
            return "N", conj, prep, True
    if rest.endswith("وا") and len(rest) > 4:
        return "V", conj, "", False
    if (
        (rest[0] == "ي" and len(rest) > 3 and not rest.endswith(("ه", "ي", "ات", "ا")))
        or rest[:2] == "سي"
        and len(rest) > 4
    ):
        return "V", conj, "", False
    return "N", conj, "", False


def _split(word: str) -> tuple[str, str, str]:
    """(conjunction, preposition, rest) of a word that no dictionary has whole but one has without them."""
    conj = word[0] if word[0] in "وف" else ""
    rest = word[len(conj) :]
    if conj and is_word(rest):
        return conj, "", rest
    if rest[0] in "بلك" and len(rest) > 3 and is_word(rest[1:]):
        return conj, rest[0], rest[1:]
    return "", "", word


def is_word(folded: str) -> bool:
    """Whether simplemma's Arabic list has the word in one of the spellings that fold to it."""
    words = dictionary("ar")
    spellings = [folded]
    if folded[-1] in "هي":
        spellings.append(folded[:-1] + ("ة" if folded[-1] == "ه" else "ى"))
    spellings += ["أ" + s[1:] for s in spellings if s[0] == "ا"]
    return any(s in words for s in spellings)


def verbal(unit: Unit, verb: Match, before: list[Unit], sentence: Sentence) -> bool:
    """Whether a form that may be verb or verbal noun (قصف، قتل) stands where a verb stands."""
    if verb.entry.kind == "word" and verb.feature.voice == "passive":  # «تزويد» is seldom «was provided»
        return False
    if unit.prep or unit.det or not before:
        return not before and not unit.prep and not unit.det
    last = before[-1]
    if last.cat == "E":
        return bool(unit.pron) and not last.det
    if last.speech is not None and sentence.words[last.end - 1].endswith("ما"):
        return True  # «بحسب ما ذكر»
    if last.cat in ("P", "D"):
        return False
    if last.cat == "V":
        return bool(unit.conj)
    if last.cat == "N":
        return bool(unit.conj) or ((last.det or last.actor is not None) and not _told_of(before))
    return True


def _told_of(before: list[Unit]) -> bool:
    """«دانت المنظمة قصف»: whether a verb and its subject stand right before, but no relative («التي دخلت البلدة»)."""
    at = len(before) - 1
    while at > 0 and before[at].cat in ("N", "A", "T") and not before[at].conj:
        at -= 1
    verb = before[at]
    return verb.cat == "V" and (at == 0 or before[at - 1].cat != "R")
