"""Full-text search over Arabic and English, with what was found shown in the original text.

The index is filled with stems made here, so SQLite (FTS5) and PostgreSQL (tsvector) find the same documents; only the
scores by which they are put in order are each database's own (BM25, ts_rank).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, cast, column, delete, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from marsad.errors import InputError
from marsad.lang.stems import Stems, asked, stems, words
from marsad.lang.text import Normalised, Span, normalise, tokens
from marsad.model import Document
from marsad.store.schema import documents
from marsad.store.session import Session

_AROUND = 90  # characters shown on either side of what was found
_CHUNK = 200
_SAYINGS = table("sayings", column("rowid", Integer), column("claim", Integer), column("words"))
_VECTOR = 400_000  # bytes of stems in one tsvector, which may have a million with their places


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document found: ``snippet`` is cut from its original text, ``marks`` are the words found, as spans in it."""

    document: str
    title: str
    published: date | None
    source: str
    snippet: str
    marks: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Query:
    """Phrases that must all be there, most of one word: for each word the stems that it stands for."""

    phrases: tuple[tuple[frozenset[str], ...], ...]

    @classmethod
    def parse(cls, query: str) -> "Query":
        """Words, and phrases in quotation marks of any kind; InputError where nothing is left to look for."""
        phrases: list[tuple[frozenset[str], ...]] = []
        folded = normalise(query)
        for number, part in enumerate(_quoted(folded.text)):
            found = [asked(folded.source[slice(*folded.original(a, b))]) for (a, b), _ in _words(folded, part)]
            phrases.extend([tuple(found)] if number % 2 else [(one,) for one in found])
        phrases = [phrase for phrase in phrases if phrase]
        if not phrases:
            raise InputError(f"{query!r}: nothing to search for; give a word, or a phrase in quotation marks")
        return cls(tuple(phrases))

    @property
    def words(self) -> list[frozenset[str]]:
        """All its words."""
        return [word for phrase in self.phrases for word in phrase]

    @property
    def plain(self) -> bool:
        """Whether it has no phrase, so that the index alone answers it."""
        return all(len(phrase) == 1 for phrase in self.phrases)

    def found(self, normalised: str) -> list[Span]:
        """Where its phrases stand in folded text, in order; nothing unless all of them do."""
        there = list(words(normalised))
        places: list[Span] = []
        for phrase in self.phrases:
            here = [i for i in range(len(there) - len(phrase) + 1) if _stands(phrase, there[i : i + len(phrase)])]
            if not here:
                return []
            places.extend((there[i][0][0], there[i + len(phrase) - 1][0][1]) for i in here)
        return sorted(set(places))


def _quoted(folded: str) -> Iterator[Span]:
    """Spans outside and inside quotation marks, in turn."""
    start = 0
    while (end := folded.find('"', start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(folded)


def _words(folded: Normalised, part: Span) -> list[tuple[Span, Stems]]:
    offset = part[0]
    return [((a + offset, b + offset), found) for (a, b), found in words(folded.text[slice(*part)])]


def _stands(phrase: Sequence[frozenset[str]], there: Sequence[tuple[Span, Stems]]) -> bool:
    return all(
        found.best in wanted or not wanted.isdisjoint(found.others)
        for wanted, (_, found) in zip(phrase, there, strict=True)
    )


def index(db: Session, numbered: Iterable[tuple[int, Document]]) -> None:
    """Make documents findable, each with the number of its version."""
    if db.postgres:
        vectors = [(n, vector) for n, document in numbered for vector in _vectors(document)]
        db.insert_into("searchable", ("document", "words"), vectors)
        return
    rows = []
    for n, document in numbered:
        best, others = _stemmed(document.text)
        title, more = _stemmed(document.title)
        rows.append((n, " ".join(title + more), " ".join(best), " ".join(others)))
    db.insert_into("searchable", ("rowid", "title", "body", "others"), rows)


def _stemmed(text: str) -> tuple[list[str], list[str]]:
    """Best stems in the order of the text, and all the others."""
    folded = normalise(text).text
    found = [stems(folded[start:end]) for start, end in tokens(folded, 0, len(folded))]
    return [one.best for one in found if one], [other for one in found if one for other in one.others]


def _vectors(document: Document) -> Iterator[str]:
    """The document as text of PostgreSQL's tsvector; more than one where it is very long."""
    best, others = _stemmed(document.text)
    title, more = _stemmed(document.title)
    weights = [(stem, "A") for stem in title + more] + [(stem, "C") for stem in best] + [(stem, "D") for stem in others]
    places: dict[str, list[str]] = {}
    size = 0
    for stem, weight in weights:
        held = places.setdefault(stem, [])
        size += len(stem.encode()) + 8 if not held else 0
        if len(held) < 64:
            held.append(f"{len(held) + 1}{weight}")
        if size > _VECTOR:
            yield _vector(places)
            places, size = {}, 0
    yield _vector(places)


def _vector(places: dict[str, list[str]]) -> str:
    return " ".join(f"'{stem}':{','.join(held)}" for stem, held in places.items())


def clear(db: Session) -> None:
    """Empty the index of documents."""
    delete = "DELETE FROM searchable" if db.postgres else "INSERT INTO searchable (searchable) VALUES ('delete-all')"
    db.run(text(delete))


def clear_claims(db: Session) -> None:
    """Empty the index of claims."""
    db.run(text("DELETE FROM sayings"))


def index_claims(db: Session, numbered: Sequence[tuple[int, str]]) -> None:
    """Make claims findable by these words, each with its number, in the place of those they had."""
    drop_claims(db, [n for n, _ in numbered])
    if db.postgres:
        db.insert_into("sayings", ("claim", "words"), [(n, _vector(_places(text))) for n, text in numbered])
        return
    rows = [(n, " ".join([*best, *others])) for n, text in numbered for best, others in (_stemmed(text),)]
    db.insert_into("sayings", ("rowid", "words"), rows)


def _places(text: str) -> dict[str, list[str]]:
    best, others = _stemmed(text)
    return {stem: ["1C"] for stem in [*best, *others]}


def drop_claims(db: Session, numbers: Sequence[int]) -> None:
    """Take claims, by number, out of the index."""
    db.run(delete(_SAYINGS).where(db.among(_SAYINGS.c.claim if db.postgres else _SAYINGS.c.rowid, numbers)))


def claims_with(db: Session, word: frozenset[str]) -> Select[Any]:
    """A selection of the numbers of the claims that have a word of a query."""
    wanted = _either(db, word)
    if db.postgres:
        return select(_SAYINGS.c.claim).where(_SAYINGS.c.words.op("@@")(cast(wanted, TSQUERY)))
    return select(_SAYINGS.c.rowid).where(literal_column("sayings").op("MATCH")(wanted))


def _either(db: Session, word: frozenset[str]) -> str:
    """One of the stems of a word, as the index is asked."""
    quote, either = ("'", " | ") if db.postgres else ('"', " OR ")
    return "(" + either.join(f"{quote}{stem}{quote}" for stem in sorted(word)) + ")"


def find(db: Session, query: str, limit: int = 20) -> list[Hit]:
    """At most ``limit`` current documents with all words and phrases of ``query``, best first."""
    parsed = Query.parse(query)
    ranked = _ranked(db, parsed)
    hits: list[Hit] = []
    for start in range(0, len(ranked), _CHUNK):
        chunk = ranked[start : start + _CHUNK]
        rows = {row.n: row for row in db.rows(documents.select().where(db.among(documents.c.n, [n for n, _ in chunk])))}
        for n, score in chunk:
            hit = _hit(rows[n], parsed, score)
            if hit is not None:
                hits.append(hit)
            if len(hits) == limit:
                return hits
    return hits


def numbers(db: Session, query: Query) -> list[int]:
    """The numbers of all current documents with all words and phrases of a query, best first."""
    ranked = [n for n, _ in _ranked(db, query)]
    if query.plain:
        return ranked
    there: set[int] = set()
    for start in range(0, len(ranked), _CHUNK):
        rows = db.rows(documents.select().where(db.among(documents.c.n, ranked[start : start + _CHUNK])))
        there.update(row.n for row in rows if _hit(row, query, 0.0) is not None)
    return [n for n in ranked if n in there]


_FTS5 = text(
    "SELECT d.n, -bm25(searchable, 4.0, 1.0, 0.5) AS score"
    " FROM searchable JOIN documents AS d ON d.n = searchable.rowid"
    " WHERE searchable MATCH :wanted AND d.current ORDER BY round(score, 6) DESC, d.published DESC, d.id"
)
_TSVECTOR = text(
    "SELECT d.n, max(ts_rank(s.words, CAST(:wanted AS tsquery))) AS score"
    " FROM searchable AS s JOIN documents AS d ON d.n = s.document"
    " WHERE s.words @@ CAST(:wanted AS tsquery) AND d.current"
    " GROUP BY d.n ORDER BY round(max(ts_rank(s.words, CAST(:wanted AS tsquery)))::numeric, 6) DESC,"
    " d.published DESC NULLS LAST, d.id"
)


def _ranked(db: Session, query: Query) -> list[tuple[int, float]]:
    """The numbers of the documents that have all words, with their scores, best first."""
    wanted = (" & " if db.postgres else " AND ").join(_either(db, word) for word in query.words)
    return [(n, float(score)) for n, score in db.rows((_TSVECTOR if db.postgres else _FTS5).bindparams(wanted=wanted))]


def _hit(row: Any, query: Query, score: float) -> Hit | None:
    """The hit with its snippet; ``None`` where the words are there but not in the phrases."""
    body, title = normalise(row.text), normalise(row.title)
    places = query.found(body.text)
    if not places and not query.plain and not query.found(title.text):
        together = query.found(f"{title.text}\n{body.text}")
        if not together:
            return None
    if not places:
        loose = Query(tuple((word,) for word in query.words))
        places = sorted({span for word in loose.phrases for span in Query((word,)).found(body.text)})
    snippet, marks = _snippet(body, places)
    published = date.fromisoformat(row.published) if row.published else None
    return Hit(
        document=row.id,
        title=row.title,
        published=published,
        source=row.source,
        snippet=snippet,
        marks=marks,
        score=round(score, 6),
    )


def _snippet(body: Normalised, places: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """The stretch of the original text with most of what was found, its words whole and its lines joined."""
    spans = [body.original(start, end) for start, end in places] or [(0, 0)]
    first = _thickest(spans)
    start = _word_edge(body.source, max(0, first[0] - _AROUND), -1)
    end = _word_edge(body.source, min(len(body.source), first[1] + 2 * _AROUND), 1)
    shown = body.source[start:end].replace("\n", " ").replace("\r", " ")
    inside = tuple((a - start, b - start) for a, b in spans if start <= a < b <= end)
    return shown, inside


def _thickest(spans: Sequence[Span]) -> Span:
    """The first span behind which the most others begin, as near as they are shown."""
    best, most, end = spans[0], 0, 0
    for number, span in enumerate(spans):
        while end < len(spans) and spans[end][0] - span[0] < 2 * _AROUND:
            end += 1
        if end - number > most:
            best, most = span, end - number
    return best


def _word_edge(text: str, place: int, step: int) -> int:
    """The nearest place, in this direction and not far, where no word is cut."""
    for _ in range(20):
        if place in (0, len(text)) or text[place - 1].isspace() or text[place].isspace():
            break
        place += step
    return place


def letters(word: frozenset[str]) -> str:
    """What a folded text must have to hold a word of a query: not all of a stem, for "casualty" is "casualties" too."""
    shortest = min(sorted(word), key=len)
    return shortest[:-1] if shortest.isascii() and len(shortest) > 3 else shortest
