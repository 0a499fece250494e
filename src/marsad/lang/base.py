"""What a language pack provides, and the analysis that every later stage reads.

A pack turns one folded sentence into tokens, lexicon matches, units, noun phrases and predicates with their
grammatical relations. What those mean for a claim is decided in ``marsad.extract``, for all languages alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from marsad.lang.dates import TimeMention
from marsad.lang.numbers import Number


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon: ``kind`` is its table, ``value`` what the line says, ``source`` file, line and word."""

    kind: str
    value: str
    pos: str
    source: str
    frame: str = ""
    scope: str = ""
    data: Any = None


@dataclass(frozen=True, slots=True)
class Feature:
    """Inflection of a matched form; empty strings where it makes no difference."""

    tense: str = ""
    person: str = ""
    voice: str = ""
    number: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """An entry's first word form with the words that must follow, sets of forms with up to ``gap`` words between."""

    entry: Entry
    feature: Feature = Feature()
    tail: tuple[frozenset[str], ...] = ()
    gap: int = 0
    cased: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern found under one reading of a word: the clitics that the reading strips."""

    pattern: Pattern
    conj: str = ""
    prep: str = ""
    det: bool = False
    pron: str = ""


@dataclass(slots=True)
class Form:
    """All that the lexicons know of one folded word; made once and shared by every token of that form.

    ``single`` are the hits of one word, ``longer`` those of phrases; ``leads``
    and ``gapped`` the second words of phrases, at once behind the first or with a gap, and
    ``seconds`` their index, made when it is first asked for. ``spelt``: the letters of the
    original tell words apart that fold to this one.
    """

    norm: str
    stems: frozenset[str]
    hits: tuple[Hit, ...]
    tag: str
    conj: str = ""
    prep: str = ""
    det: bool = False
    pron: str = ""
    known: bool = False
    spelt: bool = False
    single: tuple[Hit, ...] = ()
    longer: tuple[Hit, ...] = ()
    leads: frozenset[str] = frozenset()
    gapped: frozenset[str] = frozenset()
    seconds: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.single = tuple(h for h in self.hits if not h.pattern.tail)
        if len(self.single) < len(self.hits):
            self.longer = tuple(h for h in self.hits if h.pattern.tail)
            self.leads = self.leads.union(*(h.pattern.tail[0] for h in self.longer if not h.pattern.gap))
            self.gapped = self.gapped.union(*(h.pattern.tail[0] for h in self.longer if h.pattern.gap))

    def followed(self, stems: frozenset[str]) -> list[Hit]:
        """The phrases whose second word may be one of ``stems``, in the order of ``hits``."""
        if not self.seconds:
            for number, hit in enumerate(self.longer):
                for second in hit.pattern.tail[0]:
                    self.seconds.setdefault(second, []).append(number)
        numbers = {number for stem in stems for number in self.seconds.get(stem, ())}
        return [self.longer[number] for number in sorted(numbers)]


@dataclass(slots=True)
class Match:
    """A lexicon entry found at tokens ``start:end``; ``tail`` are the later words of a phrase with gaps."""

    start: int
    end: int
    entry: Entry
    feature: Feature
    hit: Hit
    tail: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression at tokens ``first:last``."""

    first: int
    last: int
    mention: TimeMention


@dataclass(slots=True)
class Unit:
    """A token, or the tokens of a phrase, with what was found there.

    ``cat`` is one of V (verb), E (event noun), N (nominal), A (adjective), P (preposition), C (conjunction),
    R (relative), M (complementiser), X (particle), T (time), S (strong stop), ``,``, ``:``, ``"``, ``(``, ``)``.
    """

    cat: str
    start: int
    end: int
    form: Form
    event: Match | None = None
    party: Match | None = None
    actor: Match | None = None
    nation: Match | None = None
    cue: Match | None = None
    speech: Match | None = None
    word: Match | None = None
    number: Number | None = None
    place: Any = None
    time: TimeSpan | None = None
    feature: Feature = Feature()
    relation: str = ""
    conj: str = ""
    prep: str = ""
    det: bool = False
    pron: str = ""


@dataclass(slots=True)
class Phrase:
    """A noun phrase: tokens ``start:end``, units ``first:last``; ``relation`` is how its preposition governs it."""

    start: int
    end: int
    first: int
    last: int
    relation: str = ""
    units: list[Unit] = field(default_factory=list)
    joined: bool = False
    index: int = 0

    @property
    def head(self) -> Unit:
        """The unit that names what the phrase is about: a party if it holds one, else its first."""
        for unit in self.units:
            if unit.actor or unit.party:
                return unit
        return self.units[0]


@dataclass(slots=True)
class Predicate:
    """An event word with its grammatical relations."""

    unit: int
    start: int
    end: int
    match: Match
    nominal: bool
    tense: str = ""
    voice: str = ""
    subject: list[Phrase] = field(default_factory=list)
    object: list[Phrase] = field(default_factory=list)
    agent: list[Phrase] = field(default_factory=list)
    genitive: list[Phrase] = field(default_factory=list)
    obliques: list[Phrase] = field(default_factory=list)
    modifiers: list[Unit] = field(default_factory=list)
    light: Match | None = None
    pronoun_subject: bool = False
    pronoun_object: bool = False
    clause: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Sentence:
    """One sentence under analysis: folded offsets ``start:end`` and parallel lists for its tokens."""

    index: int
    start: int
    end: int
    spans: list[tuple[int, int]]
    words: list[str]
    forms: list[Form]
    surface: list[str]
    matches: list[Match] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    times: list[TimeSpan] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    predicates: list[Predicate] = field(default_factory=list)
    subjects: dict[int, list[Phrase]] = field(default_factory=dict)
    parsed: bool = False
    headline: bool = False
    counts: list[Any] | None = None


class PlaceSpan(Protocol):
    """A place name at tokens ``start:end``, with its candidates; ``partner``: the other end of «بين X وY»."""

    partner: int | None
    candidates: Any

    @property
    def start(self) -> int:
        """First token."""

    @property
    def end(self) -> int:
        """Token behind the last."""

    @property
    def core(self) -> tuple[int, int]:
        """Tokens of the name alone."""

    @property
    def head(self) -> str:
        """Kind of place that a noun beside the name states, or ""."""

    @property
    def containers(self) -> list[int]:
        """Indexes, among the sentence's places, of those stated to contain it."""


class PlaceFinder(Protocol):
    """Finds the place names among the folded words of a sentence."""

    def __call__(
        self, words: Sequence[str], lang: str, *, capitalised: Sequence[bool] | None, taken: Iterable[tuple[int, int]]
    ) -> Sequence[PlaceSpan]:
        """Place names in order, not overlapping one another nor the ``taken`` token ranges."""


class Pack(Protocol):
    """What a language provides; ``marsad.lang.pack(code)`` finds it by its folder."""

    code: str
    lexicon: Any

    def form(self, word: str) -> Form:
        """The analysis of one folded word, cached."""

    def as_written(self, word: str, original: str) -> Form:
        """The analysis of a folded word whose form is ``spelt``, by its letters in the original."""

    def parse(self, sentence: Sentence) -> None:
        """Fill ``units``, ``phrases`` and ``predicates`` of a sentence that has matches, numbers, times and places."""

    def subject(self, sentence: Sentence, unit: int) -> list[Phrase]:
        """The subject of the verb at a unit, event or not; through joined verbs that of the first."""


def by_start(matches: Iterable[Match]) -> dict[int, list[Match]]:
    """Matches grouped by their first token."""
    grouped: dict[int, list[Match]] = {}
    for match in matches:
        grouped.setdefault(match.start, []).append(match)
    return grouped
