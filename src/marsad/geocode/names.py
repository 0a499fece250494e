"""Name keys: how a place name is written in the index, and how a word of a text is turned into the same form."""

import re
import unicodedata
from functools import lru_cache

from marsad.lang.text import fold

ARTICLES = frozenset("al el ar as ash at ad adh az an ez es er et ed en ul ud ath eth".split())
"""Romanised forms of the Arabic article; left out of keys (``Deir ez-Zor`` is ``deir zor``)."""

DASHES = frozenset("- – — ‐ ‑ _".split())

_TOKENS = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"['`’‘ʿʾʻʼ′\"]")
_ARABIC = re.compile(r"[ء-ي]")
_CODE = re.compile(r"^[A-Z0-9]{2,4}$")
_DIGRAPHS = (("kh", "x"), ("gh", "g"), ("sh", "S"), ("dh", "d"), ("th", "t"), ("ch", "S"), ("dj", "j"), ("ph", "f"))


def is_arabic(word: str) -> bool:
    """Whether the word has an Arabic letter."""
    return _ARABIC.search(word) is not None


@lru_cache(maxsize=1 << 15)
def bare(word: str) -> str:
    """A folded word without apostrophes and Latin diacritics: the form used inside keys."""
    word = _MARKS.sub("", word)
    if word.isascii() or is_arabic(word):
        return word
    flat = unicodedata.normalize("NFKD", word)
    return (
        "".join(c for c in flat if not unicodedata.combining(c)).replace("ı", "i").replace("ø", "o").replace("ł", "l")
    )


def key_tokens(name: str) -> list[str]:
    """The tokens of a name's key: folded, no punctuation, romanised articles left out (unless nothing else is left)."""
    flat = _MARKS.sub("", fold(name))
    tokens = [bare(token) for token in _TOKENS.findall(flat)]
    kept = [token for token in tokens if token not in ARTICLES]
    return kept or tokens


def key(name: str) -> str:
    """The index key of a name, "" if it has no letter."""
    tokens = key_tokens(name)
    return " ".join(tokens) if any(not token.isdigit() for token in tokens) else ""


@lru_cache(maxsize=1 << 14)
def skeleton(word: str) -> str:
    """The consonants of a romanised word, its variants merged (``Misurata``, ``Misratah`` -> ``msrt``)."""
    for pair, letter in _DIGRAPHS:
        word = word.replace(pair, letter)
    word = word.replace("q", "k").replace("c", "k").replace("z", "d").replace("v", "w").replace("p", "b")
    head = "a" if word[:1] in "aeiou" else ""
    tail = re.sub(r"h$", "", word)
    return head + re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyw]", "", tail))


def skeleton_key(tokens: list[str]) -> str:
    """The key under which a name's skeleton stands, "" if it has too few consonants to tell names apart."""
    if any(not token.isascii() or token.isdigit() for token in tokens):
        return ""
    parts = [skeleton(token) for token in tokens]
    enough = sum(map(len, parts)) >= (4 if len(parts) == 1 else 5) and min(map(len, parts)) >= 2
    return "~" + " ".join(parts) if enough else ""


def usable(name: str) -> bool:
    """Whether an alternate name of a gazetteer is worth a key.

    Arabic letters, or a capitalised Latin name that is no code.
    """
    if not 2 < len(name) < 60:
        return False
    if is_arabic(name):
        return all(c in " -'()" or "ء" <= c <= "ۓ" or "ً" <= c <= "ٟ" or c in "‌‏‎" for c in name)
    if _CODE.match(name) or any(ord(c) > 0x24F and c not in "ʿʾʻʼ’‘" and not 0x1E00 <= ord(c) <= 0x1EFF for c in name):
        return False
    return name[0].isupper() or name[:3] in ("al-", "el-", "ad-", "ar-", "as-", "az-", "at-")


_NOUNS = (
    "قرية ",
    "قريه ",
    "مدينة ",
    "مدينه ",
    "بلدة ",
    "بلده ",
    "ناحية ",
    "حي ",
    "مديرية ",
    "محافظة ",
    "قضاء ",
    "شعبية ",
)


def without_noun(name: str) -> str:
    """An Arabic name of a foreign gazetteer without «قرية», «مدينة» and the like before it, which texts write or
    leave out.
    """
    for noun in _NOUNS:
        if name.startswith(noun):
            return name[len(noun) :].strip()
    return name


PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")


@lru_cache(maxsize=1 << 15)
def arabic_forms(word: str) -> tuple[tuple[str, str, bool], ...]:
    """The readings of a folded Arabic word as (proclitic, name, loose), plainest first; loose.

    ال added or taken off.
    """
    strict: list[tuple[str, str, bool]] = []
    loose: list[tuple[str, str, bool]] = []
    for clitic in PROCLITICS:
        if not word.startswith(clitic) or len(word) - len(clitic) < 2:
            continue
        rest = word[len(clitic) :]
        if clitic in ("ل", "ول", "فل") and rest.startswith("ل"):
            strict.append((clitic, "ا" + rest if rest.startswith("ل") else rest, False))
        strict.append((clitic, rest, False))
        if rest.startswith("ال") and len(rest) > 4:
            loose.append((clitic, rest[2:], True))
        elif len(rest) > 2:
            loose.append((clitic, "ال" + rest, True))
    return tuple(strict + loose)
