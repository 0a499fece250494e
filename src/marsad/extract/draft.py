"""The working forms of a claim while it is being put together, and the document they come from."""

from dataclasses import dataclass, field
from datetime import date

from marsad.lang.base import Pack, Predicate, Sentence
from marsad.lang.numbers import Number
from marsad.lang.text import Normalised
from marsad.model import Document, Place, Span


@dataclass(slots=True)
class Mention:
    """A party as one phrase names it; offsets are folded ones."""

    start: int
    end: int
    text: str
    name: str
    group: str
    kind: str = ""
    actor: str | None = None
    country: str | None = None
    number: Number | None = None
    grammatical: str = ""
    definite: bool = False
    also: tuple[tuple[int, int], ...] = ()
    head: str = ""

    @property
    def key(self) -> str:
        """What makes two mentions the same party."""
        return self.actor or f"{self.group}:{self.head}:{self.country or ''}"


@dataclass(slots=True)
class Figure:
    """A number of something, not yet bound to its claim."""

    of: str
    whom: str | None
    low: int | None
    high: int | None
    start: int
    end: int


@dataclass(slots=True)
class Voice:
    """A speaker as named in the text; offsets are folded ones."""

    start: int
    end: int
    anonymous: bool
    name: str = ""


@dataclass(slots=True)
class When:
    """A time, resolved or not yet."""

    start: int
    end: int
    first: date
    last: date
    date_precision: int
    time_precision: int
    from_publication: bool
    rule: str
    kind: str = ""


@dataclass(slots=True)
class Draft:
    """A claim in the making."""

    sentence: Sentence
    predicate: Predicate
    event: str
    start: int
    end: int
    factuality: str = "asserted"
    scope: str = "single"
    actors: list[Mention] = field(default_factory=list)
    targets: list[Mention] = field(default_factory=list)
    place: Place | None = None
    destination: Place | None = None
    time: When | None = None
    figures: list[Figure] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    evidence: list[int] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    harm: bool = False
    vague: bool = False
    spread: bool = False
    own_place: bool = False
    own_time: bool = False


@dataclass(slots=True)
class Reading:
    """A document under reading: its folded text, sentences, and what carries over from one to the next."""

    document: Document
    lang: str
    pack: Pack
    text: Normalised
    sentences: list[Sentence]
    title: str = ""
    drafts: list[Draft] = field(default_factory=list)
    places: dict[tuple[int, int], Place] = field(default_factory=dict)
    reasons: dict[tuple[int, int], str] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        """Original offsets of folded ones."""
        return self.text.original(start, end)

    def quote(self, start: int, end: int) -> str:
        """The original words at folded offsets."""
        begin, stop = self.text.original(start, end)
        return self.document.text[begin:stop]


def extent(sentence: Sentence, first: int, last: int) -> Span:
    """Folded offsets of tokens ``first:last``."""
    return sentence.spans[first][0], sentence.spans[last - 1][1]
