"""Arabic clitics: the readings of a written word as conjunction + preposition + article + stem + pronoun."""

from collections.abc import Iterator

PRONOUNS = ("هما", "كما", "هم", "هن", "ها", "نا", "كم", "ه", "ك")
CONJUNCTIONS = ("و", "ف")
_ARTICLES = (("بال", "ب"), ("كال", "ك"), ("لل", "ل"), ("ال", ""))
_PREPOSITIONS = ("ب", "ل", "ك")
_SHORTEST = 2

Reading = tuple[str, str, bool, str, str, int]


def readings(word: str) -> Iterator[Reading]:
    """(conjunction, preposition, article, stem, pronoun, letters stripped) for every cut of ``word``, whole first."""
    for conj, rest in _fronts(word):
        for prep, det, stem in _prepositions(rest):
            cost = len(word) - len(stem) - (2 if det and prep != "ل" else 0)
            yield conj, prep, det, stem, "", cost
            if not det:
                for pron in PRONOUNS:
                    if stem.endswith(pron) and len(stem) - len(pron) >= _SHORTEST:
                        for base in _bases(stem[: -len(pron)]):
                            yield conj, prep, det, base, pron, cost + len(pron)


def _fronts(word: str) -> Iterator[tuple[str, str]]:
    yield "", word
    if len(word) > _SHORTEST and word[0] in CONJUNCTIONS:
        yield word[0], word[1:]


def _prepositions(rest: str) -> Iterator[tuple[str, bool, str]]:
    yield "", False, rest
    for written, prep in _ARTICLES:
        if rest.startswith(written) and len(rest) - len(written) >= _SHORTEST:
            yield prep, True, rest[len(written) :]
            if written == "لل":
                yield prep, True, "ل" + rest[len(written) :]
    if rest[:1] in _PREPOSITIONS and len(rest) > _SHORTEST:
        yield rest[0], False, rest[1:]


def _bases(stem: str) -> Iterator[str]:
    """What a stem before a pronoun may be when it stands alone: غارت- غاره, قصفو- قصفوا, نفا- نفي."""
    yield stem
    if stem.endswith("ت"):
        yield stem[:-1] + "ه"
    elif stem.endswith("و"):
        yield stem + "ا"
    elif stem.endswith("ا"):
        yield stem[:-1] + "ي"
