"""Which report repeats which: wire copies, shared leads, one post on several sites, marked translations.

Texts are compared by the containment of their shingles (Broder 1997, "On the resemblance and containment of
documents"); candidates come from a sample of the shingles' hashes, FracMinHash (Irber et al. 2022, "Lightweight
compositional analysis of metagenomes with FracMinHash and minimum metagenome covers").
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from typing import Literal

from marsad.errors import DataError
from marsad.lang.text import Normalised, normalise
from marsad.link.translations import names_itself, names_original
from marsad.model import Document, Span
from marsad.tables import read

_WORD = re.compile(r"[^\W_]+")
_NAMES = 1 << 62
"""Hashes from here on are of names, those below of shingles."""
_TRANSLATION = (1 << 63) - 1
"""Stands among the hashes of a text that names its original."""
_PLACES = 8
"""In how many places of the other text a shingle is looked up: keeps a text of one word, repeated, linear."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of data/copies.tsv, where each is explained."""

    shingle: int
    copy: float
    shared: float
    least: int
    passage: int
    scale: int
    floor: int
    worth: float
    title: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The same words in both texts: ``a`` and ``b`` are spans of the original texts, in code points."""

    a: Span
    b: Span
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What two documents have in common; ``containment`` is the common part of the shorter one, 0 to 1.

    ``kind``: ``copy`` and ``translation`` make one lineage, ``shared`` passages are only shown.
    """

    a: str
    b: str
    kind: Literal["copy", "translation", "shared"]
    containment: float
    passages: tuple[Passage, ...] = ()

    @property
    def joins(self) -> bool:
        """Whether the two are one lineage."""
        return self.kind != "shared"


@cache
def rules() -> Rules:
    """The settings, checked; DataError names the line."""
    kinds: dict[str, type[int] | type[float]] = dict.fromkeys(Rules.__dataclass_fields__, int)
    kinds |= dict.fromkeys(("copy", "shared", "worth"), float)
    found: dict[str, float] = {}
    row = None
    for row in read("link/data/copies.tsv", columns=("setting", "value")):
        kind = kinds[row.one_of("setting", kinds)]
        try:
            found[row["setting"]] = kind(row["value"])
        except ValueError:
            raise row.fail(f"{row['setting']} is {row['value']!r}, not a number") from None
        if found[row["setting"]] <= 0 or (kind is float and found[row["setting"]] > 1):
            raise row.fail(f"{row['setting']} is {row['value']}, out of range")
    if missing := sorted(kinds.keys() - found.keys()):
        raise DataError("link/data/copies.tsv", row.line if row else 1, f"no line for {', '.join(missing)}")
    return Rules(**found)  # type: ignore[arg-type]


def hashes(document: Document) -> tuple[int, ...]:
    """The document's entries in the index of copies: sorted, 63 bits each, the same in every process.

    A sample of the shingles of its text, and two for each name that ties a translation to its original: its own title
    and link, and those of the originals it names. Documents that share fewer than two are nothing to each other; of
    the rest ``likely`` tells which are worth ``compare``. Linear in the text.
    """
    rule = rules()
    originals = names_original(document, least=rule.title)
    names = names_itself(document, least=rule.title) | originals
    words = _WORD.findall(normalise(document.text).text)
    found = sorted(map(_hash, set(_shingles(words, rule.shingle))))
    kept = [h for n, h in enumerate(found) if n < rule.floor or h < _NAMES // rule.scale]
    marks = [_NAMES + _hash(f"{n} {name}") for name in names for n in (1, 2)] + [_TRANSLATION] * bool(originals)
    return tuple(sorted({*kept, *marks}))


def likely(ours: Collection[int], theirs: Collection[int]) -> bool:
    """Whether two documents with these ``hashes`` are worth ``compare``: enough of a sample, or a name."""
    rule = rules()
    shared = set(ours).intersection(theirs)
    named = any(_NAMES <= h < _TRANSLATION for h in shared)
    if named and (_TRANSLATION in ours or _TRANSLATION in theirs):
        return True
    fewer = min(sum(h < _NAMES for h in ours), sum(h < _NAMES for h in theirs))
    return sum(h < _NAMES for h in shared) >= max(2.0, rule.worth * fewer)


def compare(a: Document, b: Document) -> Copy | None:
    """What two documents have in common, with the passages in both original texts; ``None``: not worth showing."""
    rule = rules()
    ours, theirs = _Words.of(a.text, rule.shingle), _Words.of(b.text, rule.shingle)
    first, second = set(ours.shingles), set(theirs.shingles)
    common = len(first & second)
    containment = common / (min(len(first), len(second)) or 1)
    enough = common >= rule.least
    kind: Literal["copy", "translation", "shared"]
    if enough and containment >= rule.copy:
        kind = "copy"
    elif _translates(a, b, rule):
        kind = "translation"
    elif enough and containment >= rule.shared:
        kind = "shared"
    else:
        return None
    passages = _passages(ours, theirs, rule)
    return Copy(a=a.id, b=b.id, kind=kind, containment=round(containment, 3), passages=passages)


def lineages(pairs: Iterable[tuple[str, str]], documents: Collection[Document]) -> dict[str, str]:
    """Each document's lineage: the id of the first document, by day and id, that it is joined with by pairs.

    Undated documents come last. A pair with a document that is not among ``documents`` is left out.
    """
    days = {d.id: (d.published or date.max, d.id) for d in documents}
    parent = {name: name for name in days}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b in pairs:
        if a in parent and b in parent:
            older, younger = sorted((root(a), root(b)), key=days.__getitem__)
            parent[younger] = older
    return {name: root(name) for name in days}


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words with their spans in its folded form, and the shingle that begins at each word."""

    text: Normalised
    spans: list[Span]
    words: list[str]
    shingles: list[str]

    @classmethod
    def of(cls, text: str, size: int) -> "_Words":
        folded = normalise(text)
        spans = [match.span() for match in _WORD.finditer(folded.text)]
        words = [folded.text[start:end] for start, end in spans]
        return cls(folded, spans, words, _shingles(words, size))

    def original(self, first: int, count: int) -> Span:
        """The span of ``count`` words from ``first`` in the original text."""
        return self.text.original(self.spans[first][0], self.spans[first + count - 1][1])


def _shingles(words: list[str], size: int) -> list[str]:
    """Runs of ``size`` words in the order of the text; one of all words where there are fewer; none of none."""
    if len(words) <= size:
        return [" ".join(words)] if words else []
    return [" ".join(run) for run in zip(*(words[i:] for i in range(size)), strict=False)]


def _hash(shingle: str) -> int:
    return int.from_bytes(blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") % _NAMES


def _translates(a: Document, b: Document, rule: Rules) -> bool:
    """Whether one says it is a translation of the other, or both of the same original."""
    for_a, for_b = names_original(a, least=rule.title), names_original(b, least=rule.title)
    if not for_a and not for_b:
        return False
    own_a, own_b = names_itself(a, least=rule.title), names_itself(b, least=rule.title)
    return not for_a.isdisjoint(own_b | for_b) or not for_b.isdisjoint(own_a)


def _passages(ours: _Words, theirs: _Words, rule: Rules) -> tuple[Passage, ...]:
    """The passages of at least ``rule.passage`` words that both have, in the order of the first text."""
    places: dict[str, list[int]] = {}
    for place, shingle in enumerate(theirs.shingles):
        found = places.setdefault(shingle, [])
        if len(found) < _PLACES:
            found.append(place)
    passages: list[Passage] = []
    here = 0
    while here < len(ours.shingles):
        length, there = max(
            ((_run(ours.words, here, theirs.words, place), -place) for place in places.get(ours.shingles[here], ())),
            default=(0, 0),
        )
        if length >= rule.passage:
            spans = ours.original(here, length), theirs.original(-there, length)
            passages.append(Passage(a=spans[0], b=spans[1], words=length))
        here += max(1, length - rule.shingle + 1)
    return tuple(passages)


def _run(ours: list[str], here: int, theirs: list[str], there: int) -> int:
    """How many words are the same from these two places on."""
    end = min(len(ours) - here, len(theirs) - there)
    return next((n for n in range(end) if ours[here + n] != theirs[there + n]), end)
