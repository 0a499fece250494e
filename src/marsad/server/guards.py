"""What is covered until a reader asks for it: graphic passages, and what would tell who a private person is.

Names are found by the words beside them (``server/data/personal.tsv``), never by guessing at every name: public
actors, whom the record is about, stay readable.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from marsad.lang.text import Normalised, normalise, sentences, tokens
from marsad.model import Document, Span
from marsad.tables import read

MASK = "●●●●"
"""Stands for masked words in a line of text."""
COVER = "●"
"""Stands for one masked character where offsets must still fit."""

Kind = Literal["name", "number", "email", "handle"]
_KINDS = {"named", "before", "after", "part", "prefix", "given", "number", "end", "not"}
_LANGUAGES = ("ar", "en")
_GAP = r"[ \t\u00a0().\-]{0,2}"
_NUMBER = re.compile(rf"(?<![\w.,/:\-])(?:\+|00)?\(?\d(?:{_GAP}\d){{6,14}}(?!\w)")
_PAPER = re.compile(r"(?<!\w)[A-Z]{0,2}\d{5,}(?!\w)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@/.])@\w{2,40}")
_CUE_REACH = 24
"""How many characters before a number the word may stand that says what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """Words that tell who somebody is, in code points."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """What a text holds that is not shown at once: ``private`` in order and apart, ``graphic`` sentences, and the
    private ``names`` as they are written."""

    private: tuple[Private, ...] = ()
    graphic: tuple[Span, ...] = ()
    names: tuple[str, ...] = ()

    def places_in(self, text: str) -> list[Private]:
        """What is private in another text about the same things (a field of a claim): the same names, any number."""
        found = _numbers(text, normalise(text))
        if self.names:
            folded = _Folded(text, "")
            spans = [folded.span(at, to) for at, to in _again(folded, self.names)]
            found += [Private(start=start, end=end, kind="name") for start, end in spans]
        return list(_apart(found))

    def clean(self, text: str) -> str:
        """Another text about the same things with ``MASK`` for what is private in it."""
        parts, done = [], 0
        for one in self.places_in(text):
            parts += [text[done : one.start], MASK]
            done = one.end
        return "".join([*parts, text[done:]])

    def cover(self, text: str) -> str:
        """Another text about the same things with ``COVER`` for each character of what is private in it."""
        return _covered(text, self.places_in(text))

    def covered(self, text: str) -> str:
        """The text in which this was found, with ``COVER`` for each character of what is private in it."""
        return _covered(text, self.private)


def _covered(text: str, private: Sequence[Private]) -> str:
    for one in private:
        text = text[: one.start] + COVER * (one.end - one.start) + text[one.end :]
    return text


def of_document(document: Document, public: Collection[Span] = ()) -> Guarded:
    """What a document holds; names that reach into ``public`` (the places of known actors) are left readable."""
    return find(document.text, document.lang or "", tuple(sorted(public)))


@lru_cache(maxsize=256)
def find(text: str, lang: str, public: tuple[Span, ...] = ()) -> Guarded:
    """What a text in a language holds; both languages are looked for, since articles quote across them."""
    folded = _Folded(text, lang)
    found = [one for one in _names(folded) if not _touches(folded.span(*one), public)]
    names = tuple(sorted({text[slice(*folded.span(*one))] for one in found}))
    spans = {folded.span(*one) for one in _again(folded, names)}
    private = [Private(start=s, end=e, kind="name") for s, e in spans if not _touches((s, e), public)]
    private += _numbers(text, folded.normalised)
    return Guarded(private=_apart(private), graphic=_graphic(folded), names=names)


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _apart(found: Sequence[Private]) -> tuple[Private, ...]:
    """In order, without those that lie in or reach into the one before."""
    kept: list[Private] = []
    for one in sorted(found, key=lambda p: (p.start, -p.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


class _Folded:
    """A text as folded words with the way back to the original."""

    def __init__(self, text: str, lang: str) -> None:
        self.lang = "ar" if lang == "ar" else "en"
        self.source = text
        self.normalised = normalise(text)
        self.places = tokens(self.normalised.text, 0, len(self.normalised.text))
        self.words = [self.normalised.text[start:end] for start, end in self.places]

    def span(self, first: int, last: int) -> Span:
        """Where the words ``first:last`` stand in the original."""
        return self.normalised.original(self.places[first][0], self.places[last - 1][1])

    def capital(self, at: int) -> bool:
        """Whether a word begins with a capital letter in the original."""
        return self.source[self.normalised.original(*self.places[at])[0]].isupper()

    def joined(self, at: int) -> bool:
        """Whether nothing but a blank within the line stands between a word and the one before."""
        return self.normalised.text[self.places[at - 1][1] : self.places[at][0]] in (" ", "")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The table by kind: phrases by their first word, and single words; ``tells`` are the first words of all that tell
    of a name."""

    phrases: dict[tuple[str, str], dict[str, list[tuple[str, ...]]]]
    words: dict[str, frozenset[str]]
    tells: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    """The words of ``personal.tsv``; DataError for a kind or language that there is none of."""
    phrases: dict[tuple[str, str], dict[str, list[tuple[str, ...]]]] = {}
    words: dict[str, set[str]] = {}
    for row in read("server/data/personal.tsv", columns=("kind", "lang", "word", "example")):
        kind, lang = row.one_of("kind", _KINDS), row.one_of("lang", _LANGUAGES)
        phrase = _phrase(row["word"])
        phrases.setdefault((kind, lang), {}).setdefault(phrase[0], []).append(phrase)
        words.setdefault(kind, set()).add(phrase[0])
    tells = frozenset().union(*(words.get(kind, ()) for kind in ("named", "before", "after")))
    return _Lexicon(phrases, {kind: frozenset(found) for kind, found in words.items()}, tells)


def _phrase(word: str) -> tuple[str, ...]:
    folded = normalise(word.replace("_", " ")).text
    return tuple(folded[start:end] for start, end in tokens(folded, 0, len(folded)))


def _phrases_at(folded: _Folded, kind: str, lang: str, at: int) -> Iterator[int]:
    """Where phrases of a kind that begin at a word end."""
    table = _lexicon().phrases.get((kind, lang), {})
    first = folded.words[at]
    forms = {first, first[1:]} if lang == "ar" and first[:1] in ("و", "ف") else {first}
    for form in forms:
        for phrase in table.get(form, ()):
            if tuple(folded.words[at + 1 : at + len(phrase)]) == phrase[1:]:
                yield at + len(phrase)


def _names(folded: _Folded) -> Iterator[tuple[int, int]]:
    """Names, as ranges of words, told by what stands before or behind them."""
    tells = _lexicon().tells
    for at, word in enumerate(folded.words):
        if word not in tells and word[1:] not in tells and word != ",":
            continue
        for lang, run in (("en", _latin), ("ar", _arabic)):
            for end in (*_phrases_at(folded, "named", lang, at), *_before(folded, lang, at)):
                stop = run(folded, end)
                if stop > end:
                    yield end, stop
            for _ in _phrases_at(folded, "after", lang, at):
                yield from _behind(folded, lang, at)
        if word == "," and _aged(folded, at):
            yield from _ending_at(folded, at)


def _before(folded: _Folded, lang: str, at: int) -> Iterator[int]:
    """Ends of words for victims and witnesses; in Arabic only where a given name follows, for many follow these."""
    known = _lexicon().words
    if any(True for _ in _phrases_at(folded, "not", lang, at)):
        return
    for end in _phrases_at(folded, "before", lang, at):
        if lang == "en" or (end < len(folded.words) and folded.words[end] in known["given"] | known["part"]):
            yield end


def _latin(folded: _Folded, at: int) -> int:
    """The end of the run of capitalised words at ``at``, hyphens and parts of names within."""
    known = _lexicon().words
    end = at
    while end < len(folded.words) and end - at < 7 and (end == at or folded.joined(end)):
        word = folded.words[end]
        if word[0].isascii() and folded.capital(end) and word not in known["end"]:
            end += 1
        elif (goal := _led_to(folded, end, word == "-" and end > at)) > end:
            end = goal
        else:
            break
    return end


def _led_to(folded: _Folded, at: int, hyphen: bool) -> int:
    """The end of the capitalised word that parts of a name ("al-", "abu al-", "bin") or a hyphen lead to, else at."""
    known = _lexicon().words
    goal = at + hyphen
    while goal + 1 < len(folded.words) and folded.joined(goal + 1):
        prefix = folded.words[goal + 1] == "-" and folded.words[goal] in known["part"] | known["prefix"]
        if not prefix and folded.words[goal] not in known["part"]:
            break
        goal += 1 + prefix
    return goal + 1 if at < goal < len(folded.words) and folded.capital(goal) and folded.joined(goal) else at


def _arabic(folded: _Folded, at: int) -> int:
    """The end of the name at ``at``: two words, a third that has the article; «أبو», «عبد», «بن» go with the next."""
    known = _lexicon().words
    end, names = at, 0
    while end < len(folded.words) and names < 3 and (end == at or folded.joined(end)):
        word = folded.words[end]
        if not "\u0620" <= word[0] <= "\u064a" or word in known["end"]:
            break
        if names == 2 and not word.startswith("ال"):
            break
        names += word not in known["part"]
        end += 1
    return end


def _behind(folded: _Folded, lang: str, at: int) -> Iterator[tuple[int, int]]:
    """The name before an apposition: "X, a resident", "X, 34, a resident", «X، وهو نازح»."""
    comma = at - 1
    while comma > 0 and folded.words[comma] not in ",،" and at - comma < 4:
        comma -= 1
    if comma <= 0 or folded.words[comma] not in ",،":
        return
    if lang == "en":
        if comma > 2 and folded.words[comma - 1].isdigit() and folded.words[comma - 2] == ",":
            comma -= 2
        yield from _ending_at(folded, comma)
        return
    known = _lexicon().words
    for first in range(max(0, comma - 4), comma):
        if folded.words[first] in known["given"] | known["part"]:
            yield first, comma
            return


def _aged(folded: _Folded, comma: int) -> bool:
    """Whether a comma is followed by an age and another comma, as papers write of private persons: "X, 34, said"."""
    words = folded.words[comma + 1 : comma + 3]
    return len(words) == 2 and words[0].isdigit() and len(words[0]) <= 2 and words[1] == ","


def _ending_at(folded: _Folded, end: int) -> Iterator[tuple[int, int]]:
    """The run of at least two capitalised words that ends there."""
    for start in range(max(0, end - 6), end - 1):
        if _latin(folded, start) == end and folded.capital(start):
            yield start, end
            return


def _again(folded: _Folded, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Every place of the names, and of a Latin family name alone, with و before them or not."""
    wanted: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        phrase = _phrase(name)
        family = phrase[-1:] if len(phrase) > 1 and phrase[-1].isascii() and len(phrase[-1]) > 3 else ()
        whole = phrase[-3:] if family and phrase[-2] == "-" and len(phrase) > 3 else ()
        for one in filter(None, (phrase, whole, family)):
            wanted.setdefault(one[0], []).append(one)
    for at, word in enumerate(folded.words):
        for form in {word, word[1:]} if word[:1] in ("و", "ف", "ل", "ب") else {word}:
            for phrase in wanted.get(form, ()):
                if tuple(folded.words[at + 1 : at + len(phrase)]) == phrase[1:]:
                    yield at, at + len(phrase)


def _numbers(text: str, normalised: Normalised) -> list[Private]:
    """Telephone and identity numbers, addresses of e-mail, and handles."""
    found = [Private(start=m.start(), end=m.end(), kind="email") for m in _EMAIL.finditer(text)]
    found += [Private(start=m.start(), end=m.end(), kind="handle") for m in _HANDLE.finditer(text)]
    if any(map(str.isdigit, text)):
        for pattern, telling in ((_NUMBER, _telephone), (_PAPER, _never)):
            for match in pattern.finditer(text):
                if telling(match.group()) or _cued(text, match.start()):
                    found.append(Private(start=match.start(), end=match.end(), kind="number"))
    return list(_apart(found))


def _telephone(number: str) -> bool:
    """Whether a number is written as only telephone numbers are."""
    digits = [c for c in normalise(number).text if c.isdigit()]
    return number[0] == "+" or digits[:2] == ["0", "0"] or (digits[0] == "0" and len(digits) >= 9)


def _never(number: str) -> bool:
    return False


def _cued(text: str, start: int) -> bool:
    """Whether a word that says what a number is stands shortly before it."""
    before = _Folded(text[max(0, start - _CUE_REACH) : start], "")
    return any(
        True for at in range(len(before.words)) for lang in _LANGUAGES for _ in _phrases_at(before, "number", lang, at)
    )


@cache
def _graphic_words() -> dict[str, list[tuple[tuple[str, bool], ...]]]:
    """The phrases of ``graphic.tsv`` by the first three letters: each word, and whether it stands for any ending."""
    found: dict[str, list[tuple[tuple[str, bool], ...]]] = {}
    for row in read("server/data/graphic.tsv", columns=("lang", "word", "example")):
        row.one_of("lang", _LANGUAGES)
        words = [part for piece in row["word"].split("_") for part in _graphic_parts(piece)]
        found.setdefault(words[0][0][:3], []).append(tuple(words))
    return found


def _graphic_parts(piece: str) -> list[tuple[str, bool]]:
    parts = [(word, False) for word in _phrase(piece.rstrip("*"))]
    return [*parts[:-1], (parts[-1][0], True)] if piece.endswith("*") else parts


def _graphic(folded: _Folded) -> tuple[Span, ...]:
    """The sentences that hold a graphic word, in order."""
    hits = [at for at in range(len(folded.words)) if _graphic_at(folded, at)]
    if not hits:
        return ()
    starts = [folded.places[at][0] for at in hits]
    found = []
    for start, end in sentences(folded.normalised.text, folded.lang):
        if any(start <= place < end for place in starts):
            found.append(folded.normalised.original(start, end))
    return tuple(found)


def _graphic_at(folded: _Folded, at: int) -> bool:
    table = _graphic_words()
    for form in _forms(folded.words[at]):
        for phrase in table.get(form[:3], ()):
            words = (form, *folded.words[at + 1 : at + len(phrase)])
            if len(words) == len(phrase) and all(map(_is, words, phrase)):
                return True
    return False


def _is(word: str, wanted: tuple[str, bool]) -> bool:
    return any(form.startswith(wanted[0]) if wanted[1] else form == wanted[0] for form in _forms(word))


def _forms(word: str) -> set[str]:
    """A word with and without what Arabic writes to it: و ف, ب ل ك, ال."""
    forms = {word}
    if word[0] not in "وفبلكا":
        return forms
    if word[:1] in ("و", "ف"):
        forms.add(word[1:])
    for form in tuple(forms):
        if form[:1] in ("ب", "ل", "ك"):
            forms |= {form[1:], form[2:]} if form.startswith("لل") else {form[1:]}
    return forms | {form[2:] for form in forms if form.startswith("ال")} - {""}
