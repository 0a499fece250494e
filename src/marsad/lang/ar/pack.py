"""The Arabic pack: word forms with their clitics, and units of a sentence."""

from collections.abc import Callable
from functools import cache

from marsad.lang.ar import inflect
from marsad.lang.ar.clitics import readings
from marsad.lang.ar.syntax import parse
from marsad.lang.ar.units import guess_tag
from marsad.lang.ar.verbs import subject
from marsad.lang.base import Feature, Form, Hit, Pattern, Phrase, Sentence
from marsad.lang.lexicon import ASIDES, Lexicon
from marsad.lang.text import fold

_SPELT = {"والي", "وادي", "قوي"}  # the governor and و + إلى, the valley and و + أدى, strong and forces
_CACHED = 500_000
_NO_PRONOUN = {"actor", "nation"}


class ArabicPack:
    """Forms are analysed once and kept; ``parse`` fills a sentence."""

    code = "ar"

    def __init__(self) -> None:
        self.lexicon = Lexicon("ar", inflections)
        self._forms: dict[str, Form] = {}
        self._written: dict[tuple[str, str], Form] = {}

    def form(self, word: str) -> Form:
        """The analysis of one folded word, cached."""
        found = self._forms.get(word)
        if found is None:
            found = self._analyse(word)
            if len(self._forms) < _CACHED:
                self._forms[word] = found
        return found

    def as_written(self, word: str, original: str) -> Form:
        """The analysis by the last letter: ة is no pronoun («لقوة»), ي without a hamza ends a noun («والي»)."""
        if "ة" in original[-2:]:
            return self._kept(word, "ة", lambda: self._analyse(word, pronouns=False))
        if word in _SPELT and original.endswith("ي") and "إ" not in original and "أ" not in original:
            return self._kept(word, "ي", lambda: Form(word, frozenset((word,)), (), "N"))
        return self.form(word)

    def _kept(self, word: str, ending: str, made: Callable[[], Form]) -> Form:
        found = self._written.get((word, ending))
        if found is None:
            found = made()
            if len(self._written) < _CACHED:
                self._written[word, ending] = found
        return found

    def parse(self, sentence: Sentence) -> None:
        """Fill units, phrases and predicates."""
        parse(sentence)

    def subject(self, sentence: Sentence, unit: int) -> list[Phrase]:
        """The subject of a verb."""
        return subject(sentence, unit)

    def _analyse(self, word: str, *, pronouns: bool = True) -> Form:
        heads = self.lexicon.heads
        stems: set[str] = set()
        hits: list[tuple[int, Hit]] = []
        for conj, prep, det, stem, pron, cost in readings(word):
            if pron and not pronouns:
                continue
            stems.add(stem)
            for pattern in heads.get(stem, ()):
                if _allowed(pattern, prep, det, pron):
                    hits.append((cost, Hit(pattern, conj, prep, det, pron)))
            for pattern in self.lexicon.asides.get(stem, ()):
                if _allowed(pattern, prep, det, pron):
                    hits.append((-1, Hit(pattern, conj, prep, det, pron)))
        hits = _closed_first(hits)
        best = min((c for c, h in hits if c >= 0), default=0)
        kept = tuple(h for c, h in hits if c == best or c < 0 or (h.pattern.tail and c <= best + 3))
        first = next((h for h in kept if h.pattern.entry.kind not in ASIDES and not h.pattern.tail), None)
        tag, conj, prep, det = guess_tag(word)
        form = Form(word, frozenset(stems), kept, tag, conj, prep, det)
        if first is not None:
            form.conj, form.prep, form.det, form.pron, form.known = first.conj, first.prep, first.det, first.pron, True
        form.spelt = word in _SPELT or (pronouns and any(h.pron == "ه" for h in kept))
        return form


def _closed_first(hits: list[tuple[int, Hit]]) -> list[tuple[int, Hit]]:
    """«وفي» is و + في, not the verb وفى: a particle behind a conjunction is likelier than a plain verb or noun."""
    plain = [(c, h) for c, h in hits if c == 0]
    if not plain or any(h.pattern.entry.kind not in ("word", "speech") for _, h in plain):
        return hits
    joined = [(c, h) for c, h in hits if c == 1 and h.conj and h.pattern.entry.pos == "particle" and not h.pattern.tail]
    return [(c, h) for c, h in hits if c != 0] if joined else hits


def _allowed(pattern: Pattern, prep: str, det: bool, pron: str) -> bool:
    entry = pattern.entry
    if entry.kind in ("word", "prep", "cue", "speech") and entry.pos in ("particle", "prep", "phrase"):
        return not det and not (prep and entry.kind == "prep")
    if pattern.feature.state == "pronoun" and not pron:
        return False
    if det and pattern.feature.state == "construct":
        return False
    if pattern.feature.state == "definite" and not det:
        return False
    if entry.pos == "verb":
        return not det and (not prep or (prep == "ل" and pattern.feature.tense in ("present", "past")))
    return not (pron and entry.kind in _NO_PRONOUN)


_feature = cache(Feature)
"""The one feature of its values: a lexicon has a hundred thousand forms and some sixty features."""


def inflections(word: str, pos: str) -> dict[str, Feature]:
    """Folded forms of a lexicon word: verbs by both principal parts, nouns with plurals, the rest as written.

    Raises ValueError for a verb without its two principal parts.
    """
    if pos == "trap" and _is_verb(word):
        pos = "verb"
    if pos == "verb":
        parts = word.split()
        if len(parts) != 2:
            raise ValueError(f"a verb needs its perfect and its imperfect, not {word!r}")
        verbs = inflect.verb_forms(parts[0], parts[1]).items()
        return {
            f: _feature(v.tense, v.person, v.voice, "", "pronoun" if v.pronoun else "")
            for f, v in verbs
            if v.person != "3fp"  # hardly in news, and عدن is a city
            and not (v.person == "3md" and v.tense == "past" and len(f) == 4)  # فجرا, قصفا are nouns
        }
    if pos in ("masdar", "noun", "adj", "nisba", "part", "tail", "trap"):
        forms = {form: _feature("", "", "", n.number, n.state) for form, n in inflect.noun_forms(word).items()}
        return {fold(p): Feature(number="sg") for p in word.split()[:1]} | forms
    return {fold(p): Feature() for p in word.split()}


def _is_verb(word: str) -> bool:
    """Whether a trap is written as a verb: a perfect and an imperfect (سيطر يسيطر)."""
    parts = word.split()
    return len(parts) == 2 and parts[1].startswith("ي") and not parts[0].startswith("ي")
