"""Which language a text is in: by script and common words where that is plain, else by py3langid."""

import re
from dataclasses import replace
from functools import cache
from pkgutil import iter_modules

from marsad.errors import InputError
from marsad.model import Document

_HEAD = 1_500
_FEW_WORDS = 12
_VARIETIES = frozenset("ary arz arb apc ajp acm aeb ars".split())  # spoken Arabic, as py3langid may call it
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06d5\ufb50-\ufdff\ufe70-\ufefc]")
_NOT_ARABIC = re.compile(
    r"[\u067e\u0686\u0698\u06af\u0679\u0688\u0691\u06ba\u06be\u06d2\u06d5\u06ce\u06c6\u067c\u0681\u0693\u06d0]"
)
_ARABIC_WORDS = re.compile(r"(?<!\w)(?:في|من|على|إلى|الى|أن|ان|عن|التي|الذي|مع|بعد|قال|هذا|هذه|ما|لا|كما|بين)(?!\w)")
_ENGLISH_WORDS = re.compile(
    r"\b(?:the|of|and|to|in|a|that|was|were|for|on|said|with|by|at|from|has|have|had|is|are|as|not|after|who|in|an)\b",
    re.I,
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"\w+")


@cache
def supported() -> tuple[str, ...]:
    """The languages Marsad reads: the folders of ``marsad/lang`` that are called by a language code."""
    from importlib.util import find_spec

    spec = find_spec("marsad.lang")
    places = list(spec.submodule_search_locations or []) if spec else []
    return tuple(sorted(module.name for module in iter_modules(places) if module.ispkg and len(module.name) <= 3))


def identify(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``; ``None`` when it has no letters to tell by."""
    head = text[:_HEAD]
    words = len(_WORD.findall(head)) or 1
    arabic, latin = len(_ARABIC.findall(head)), len(_LATIN.findall(head))
    letters = sum(c.isalpha() for c in head)
    if not letters:
        return None
    if arabic * 2 >= letters:
        foreign = len(_NOT_ARABIC.findall(head))
        if foreign * 100 < arabic and (words < 12 or len(_ARABIC_WORDS.findall(head)) * 20 >= words):
            return "ar"
    common = len(_ENGLISH_WORDS.findall(head)) * 6 >= words
    if latin * 2 >= letters and (common or (words < _FEW_WORDS and _mostly_english(head))):
        return "en"
    return _classify(head)


def settle(document: Document, *, lang: str | None = None) -> Document:
    """The document with its language: ``lang``, else its own, else detected; InputError when Marsad cannot read it."""
    found = lang or document.lang or identify(document.text)
    if found is None:
        raise InputError(f"{document.called}: no letters to tell the language by; use --lang")
    found = found.lower().split("-")[0].split("_")[0]
    if found not in supported():
        raise InputError(
            f"{document.called}: language {found} is not supported (only {', '.join(supported())}); "
            "if that is wrong, say which it is with --lang"
        )
    return document if found == document.lang else replace(document, lang=found)


def _mostly_english(text: str) -> bool:
    """Whether three in four words are in an English word list, names aside; for a line too short for py3langid."""
    from simplemma import is_known

    words = [w for w in _WORD.findall(text) if w[:1].isalpha()]
    plain = [w for w in words[1:] if w.islower()] or words
    return sum(is_known(w, lang="en") for w in plain) * 4 >= len(plain) * 3


def _classify(text: str) -> str:
    """py3langid's best guess; it is loaded only when script and common words do not settle it."""
    import py3langid

    language, _ = py3langid.classify(text)
    return "ar" if language in _VARIETIES else str(language)
