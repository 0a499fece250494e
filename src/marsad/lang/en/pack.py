"""The English pack: word forms, and units of a sentence."""

from marsad.lang.base import Form, Hit, Phrase, Sentence
from marsad.lang.en.inflect import inflections
from marsad.lang.en.syntax import parse, subject
from marsad.lang.lexicon import ASIDES, Lexicon
from marsad.lang.units import PUNCTUATION


class EnglishPack:
    """Forms are analysed once and kept; ``parse`` fills a sentence."""

    code = "en"

    def __init__(self) -> None:
        self.lexicon = Lexicon("en", inflections)
        self._forms: dict[str, Form] = {}

    def form(self, word: str) -> Form:
        """The analysis of one folded word, cached."""
        found = self._forms.get(word)
        if found is None:
            found = self._analyse(word)
            if len(self._forms) < 500_000:
                self._forms[word] = found
        return found

    def as_written(self, word: str, original: str) -> Form:
        """The analysis of a word; English folds no two words together."""
        return self.form(word)

    def parse(self, sentence: Sentence) -> None:
        """Fill units, phrases and predicates."""
        parse(sentence)

    def subject(self, sentence: Sentence, unit: int) -> list[Phrase]:
        """The subject of a verb."""
        return subject(sentence, unit)

    def _analyse(self, word: str) -> Form:
        bare = word.removesuffix("'s").removesuffix("'") or word
        stems = {word, bare}
        hits = [Hit(p) for stem in (word, bare)[: len(stems)] for p in self.lexicon.heads.get(stem, ())]
        hits += [Hit(p) for stem in stems for p in self.lexicon.asides.get(stem, ())]
        known = any(h.pattern.entry.kind not in ASIDES and not h.pattern.tail for h in hits)
        return Form(word, frozenset(stems), tuple(hits), _guess(word), known=known)


def _guess(word: str) -> str:
    """The category of a word that no lexicon knows."""
    if word in PUNCTUATION:
        return PUNCTUATION[word]
    if word.endswith("ly") and len(word) > 4:
        return "X"
    if word.endswith(("ic", "ous", "ful", "less", "able", "ible", "ive", "ish")) and len(word) > 5:
        return "A"
    if word.endswith("al") and len(word) > 6:
        return "A"
    return "N"
