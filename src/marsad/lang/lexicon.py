"""One index over all lexicons of a language: folded word form -> the entries that may begin there."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from marsad.lang.base import Entry, Feature, Match, Pattern, Sentence
from marsad.lang.text import fold
from marsad.tables import Row, read

ACTOR_COLUMNS = (
    "id",
    "kind",
    "countries",
    "name_en",
    "name_ar",
    "aliases_en",
    "aliases_ar",
    "hostile_ar",
    "hostile_en",
    "note",
)
EVENT_COLUMNS = ("word", "pos", "event", "frame", "example")
FRAMES = {"transitive", "on", "mutual", "undergo", "explode", "hold", "move", "flee", "harm", "give", "none"}
SCOPES = {"phrase", "clause", "sentence", "article"}
CUE_SCOPES = {"complement", "clause", "left", "word"}
SPEECH_KINDS = {
    "say",
    "accuse",
    "deny",
    "claim",
    "according",
    "source_anon",
    "source_inst",
    "continue",
    "impersonal",
    "outlet",
    "mute",
}
POS = {"verb", "masdar", "noun", "part", "particle", "phrase", "prep", "adj"}
WEAPONS = {"air", "shell", "suicide", "ied", "grenade", "chemical", "ground", "unarmed"}
NEEDS = set("armed troops weapon aircraft civilian people harmed place military building doer".split())
ASIDES = ("trap", "weapon")
GAP = 5
_PASSED = frozenset("\"-'()")
_STOPS = frozenset(".،,;؛")

Inflect = Callable[[str, str], dict[str, Feature]]


@dataclass(frozen=True, slots=True)
class Actor:
    """A named party of the actor lexicon; ``kind`` is ACLED's inter code."""

    id: str
    name: str
    kind: str
    countries: tuple[str, ...]
    note: str = ""
    ambiguous: frozenset[str] = frozenset()

    @classmethod
    def of(cls, row: Row) -> "Actor":
        """The actor of a line of actors.tsv."""
        shared = next((n for n in row["note"].split(";") if n.strip().startswith("ambiguous:")), "")
        names = frozenset(part.strip() for part in shared.partition(":")[2].split("|") if part.strip())
        return cls(
            row["id"],
            row["name_en"],
            row["kind"],
            tuple(row["countries"].replace(" ", "").split(",")),
            row["note"],
            names,
        )


@dataclass(frozen=True, slots=True)
class PartyClass:
    """A generic head: its class, ACLED inter code and plain English name."""

    name: str
    kind: str


class Lexicon:
    """Patterns by the folded form of their first word."""

    def __init__(self, code: str, inflect: Inflect) -> None:
        self.code = code
        self.inflect = inflect
        self.heads: dict[str, list[Pattern]] = {}
        self.asides: dict[str, list[Pattern]] = {}
        self.actors: dict[str, Actor] = {}
        self._tails: dict[str, frozenset[str]] = {}
        self._load()

    def _load(self) -> None:
        data = f"lang/{self.code}/data"
        for row in read(f"{data}/events.tsv", columns=EVENT_COLUMNS):
            row.one_of("frame", FRAMES)
            senses = _senses(row)
            wanted = senses if any(needs for _, needs in senses) else ()
            self._add(
                row, Entry("event", senses[0][0], row.one_of("pos", POS), _source(row), row["frame"], data=wanted)
            )
        for row in read(f"{data}/parties.tsv", columns=("word", "class", "kind", "name_en")):
            party = PartyClass(row["name_en"], row["kind"])
            self._add(row, Entry("party", row["class"], "noun", _source(row), data=party))
        for row in read(f"{data}/cues.tsv", columns=("word", "pos", "cue", "scope", "example")):
            pos, scope = row.one_of("pos", POS), row.one_of("scope", CUE_SCOPES)
            self._add(row, Entry("cue", row["cue"], pos, _source(row), scope=scope))
        for row in read(f"{data}/speech.tsv", columns=("word", "pos", "kind", "example")):
            self._add(row, Entry("speech", row.one_of("kind", SPEECH_KINDS), row.one_of("pos", POS), _source(row)))
        for row in read(f"{data}/words.tsv", columns=("word", "tag")):
            pos = {"V": "verb", "AUX": "verb", "ADJ": "adj", "N": "noun"}.get(row["tag"], "particle")
            self._add(row, Entry("word", row["tag"], pos, _source(row)))
        for row in read(f"{data}/preps.tsv", columns=("word", "relation")):
            self._add(row, Entry("prep", row["relation"], "particle", _source(row)))
        for row in read(f"{data}/traps.tsv", columns=("word", "kills", "scope", "example")):
            scope = row.one_of("scope", SCOPES)
            self._add(row, Entry("trap", row["kills"], "trap", _source(row), scope=scope), into=self.asides)
        for row in read(f"{data}/weapons.tsv", columns=("word", "class")):
            self._add(row, Entry("weapon", row.one_of("class", WEAPONS), "noun", _source(row)), into=self.asides)
        self._load_actors()

    def _load_actors(self) -> None:
        for row in read("lang/data/actors.tsv", columns=ACTOR_COLUMNS):
            actor = Actor.of(row)
            self.actors[actor.id] = actor
            entry = Entry("actor", actor.id, "noun", _source(row, actor.id), data=actor)
            names = " | ".join(
                row[c] for c in (f"name_{self.code}", f"aliases_{self.code}", f"hostile_{self.code}") if row[c]
            )
            for name in dict.fromkeys(part.strip() for part in names.split("|")):
                if name:
                    self._add_name(name, entry, ambiguous=name in actor.ambiguous)
        columns = ("country", "name_en", "name_ar", "adj_en", "adj_ar", "capital_en", "capital_ar")
        for row in read("lang/data/nationalities.tsv", columns=columns):
            for adjective in row[f"adj_{self.code}"].split("|"):
                if adjective.strip():
                    name = row["name_en"].split("|")[0].strip()
                    entry = Entry("nation", row["country"], "adj", _source(row, row["country"]), data=name)
                    for form, feature in self.inflect(adjective.strip(), "nisba").items():
                        if feature.state == "accusative":  # روسيا is the country
                            continue
                        self._put(form, Pattern(entry, feature), self.heads)

    def _add_name(self, name: str, entry: Entry, *, ambiguous: bool) -> None:
        words = split_words(name)
        if self.code == "en" and len(words) > 1 and words[0] in ("al", "the", "el"):
            words = words[1:]
        if not words:
            return
        cased = self.code == "en" and name.upper() == name and len(name) <= 6
        first, *rest = words
        definite = self.code == "ar" and first.startswith("ال") and len(first) > 4
        first = first.removeprefix("ال") if definite else first
        feature = Feature(state="definite") if definite and not rest else Feature()
        tail = tuple(frozenset((w, w.removeprefix("ال"))) for w in rest)
        self._put(first, Pattern(entry, feature, tail, cased=cased, ambiguous=ambiguous), self.heads)

    def _add(self, row: Row, entry: Entry, *, into: dict[str, list[Pattern]] | None = None) -> None:
        """Index a line: ``_`` joins a fixed phrase, `` + `` the words that must follow with a gap, spaces part forms of
        a word (in particles and set phrases: whole alternatives)."""
        first, *rest = (part.strip() for part in row["word"].split(" + "))
        closed = entry.pos in ("particle", "phrase", "prep")
        for phrase in first.split() if closed else (first,):
            head, *fixed = phrase.split("_")
            words = [word for part in (*fixed, *rest) for word in part.split("_")]
            exact = entry.kind in ("prep", "word")  # «في مواجهة» but not «في مواجهات»
            tail = tuple(frozenset((fold(word),)) if exact else self._tail(word) for word in words)
            try:
                forms = self.inflect(head, entry.pos)
            except ValueError as error:
                raise row.fail(str(error)) from error
            for form, feature in forms.items():
                self._put(form, Pattern(entry, feature, tail, GAP if rest else 0), self.heads if into is None else into)

    def _tail(self, word: str) -> frozenset[str]:
        found = self._tails.get(word)
        if found is None:
            found = frozenset(form for alternative in word.split() for form in self.inflect(alternative, "tail"))
            self._tails[word] = found
        return found

    def _put(self, form: str, pattern: Pattern, index: dict[str, list[Pattern]]) -> None:
        index.setdefault(form, []).append(pattern)

    def match(self, sentence: Sentence) -> list[Match]:
        """All entries found in the sentence; of overlapping ones the longest, of equal ones every kind; cues apart."""
        found: list[Match] = []
        for start, form in enumerate(sentence.forms):
            for hit in form.single:
                if not hit.pattern.cased or sentence.surface[start].isupper():
                    found.append(Match(start, start + 1, hit.pattern.entry, hit.pattern.feature, hit))
            if form.leads or form.gapped:
                found += _phrases(sentence, start)
        return _longest(found)


def _phrases(sentence: Sentence, start: int) -> Iterator[Match]:
    """The phrases that begin at a token: found by their second word, then followed to the end."""
    form, forms = sentence.forms[start], sentence.forms
    tried: set[int] = set()
    last = min(len(forms), start + 2 + (GAP if form.gapped else 2))
    near = True
    for here in range(start + 1, last):
        norm = forms[here].norm
        stems = forms[here].stems
        if not form.gapped.isdisjoint(stems) or (near and not form.leads.isdisjoint(stems)):
            for hit in form.followed(stems):
                pattern = hit.pattern
                if not (near or pattern.gap) or id(hit) in tried:
                    continue
                tried.add(id(hit))
                tail = _follow(sentence, start, pattern)
                if tail is not None and not (pattern.cased and not sentence.surface[start].isupper()):
                    end = start + 1 if pattern.gap else tail[-1] + 1
                    yield Match(start, end, pattern.entry, pattern.feature, hit, tail)
        if norm in _STOPS:
            return
        near = near and norm in _PASSED


def _follow(sentence: Sentence, start: int, pattern: Pattern) -> tuple[int, ...] | None:
    """Tokens of the words that must follow, or None; quotes and hyphens between contiguous words are passed over."""
    tail: list[int] = []
    at, forms, count = start + 1, sentence.forms, len(sentence.forms)
    for wanted in pattern.tail:
        for offset in range(pattern.gap + 1 if pattern.gap else 3):
            here = at + offset
            if here >= count:
                return None
            if not wanted.isdisjoint(forms[here].stems):
                tail.append(here)
                at = here + 1
                break
            if not pattern.gap and forms[here].norm not in _PASSED:
                return None
            if forms[here].norm in _STOPS:
                return None
        else:
            return None
    return tuple(tail)


def _longest(found: list[Match]) -> list[Match]:
    found.sort(key=lambda m: (-(m.end - m.start), -len(m.tail), m.start))
    owners: dict[bool, dict[int, tuple[int, int]]] = {True: {}, False: {}}
    kept = []
    for match in found:
        if match.entry.kind in ASIDES:
            kept.append(match)
            continue
        span, owner = (match.start, match.end), owners[match.entry.kind == "cue"]
        if match.end - match.start == 1:
            if owner.setdefault(match.start, span) != span:
                continue
        elif any(owner.get(i, span) != span for i in range(match.start, match.end)):
            continue
        else:
            owner.update(dict.fromkeys(range(match.start, match.end), span))
        kept.append(match)
    kept.sort(key=lambda m: m.start)
    return kept


def _senses(row: Row) -> list[tuple[str, frozenset[str]]]:
    """Events of a line, each with what must stand beside it: ``movement?troops/displacement?people``."""
    senses = []
    for sense in row["event"].split("/"):
        event, _, need = sense.partition("?")
        needs = frozenset(need.split(",")) if need else frozenset()
        if needs - NEEDS:
            raise row.fail(f"after ? stands {need!r}: not of {', '.join(sorted(NEEDS))}")
        senses.append((event, needs))
    return senses


def split_words(name: str) -> list[str]:
    """Folded words of a name, hyphens and quotation marks left out."""
    return [w for w in fold(name).replace("-", " ").replace('"', " ").split() if w]


def _source(row: Row, name: str = "") -> str:
    return f"{row.file.rsplit('/', 1)[-1]}:{row.line} {name or row['word']}"


def entries(matches: Iterable[Match], kind: str) -> list[Match]:
    """The matches of one kind."""
    return [m for m in matches if m.entry.kind == kind]
