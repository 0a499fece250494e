"""From a document to analysed sentences."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from marsad.extract import capitals
from marsad.extract.context import silent
from marsad.extract.counts import HARMED
from marsad.extract.draft import Reading
from marsad.lang import dates, numbers
from marsad.lang import pack as find_pack
from marsad.lang.base import Form, Match, PlaceFinder, PlaceSpan, Sentence, TimeSpan
from marsad.lang.lexicon import ASIDES
from marsad.lang.text import normalise, sentences, tokens
from marsad.model import Document, Span

_TRIGGERS = {"event"}
_LINE = re.compile(r"[^\n]+")
_CLOSING = frozenset('.!?؟"»:,،؛;)')
_COMMAS = frozenset(",،;؛")
_LONG = 22
_CROWD = 32  # event words of one sentence; the fullest of 25,000 sentences of the news has 24


def analyse(document: Document, lang: str, finder: PlaceFinder) -> Reading:
    """Fold, split and match a document; only sentences that may hold a claim or a speaker are parsed."""
    pack = find_pack(lang)
    text = normalise(document.text)
    reading = Reading(document, lang, pack, text, [], normalise(document.title).text)
    bare = _headlines(text.text)
    for start, end in sentences(text.text, lang):
        for sentence in _pieces(reading, _sentence(reading, len(reading.sentences), start, end)):
            sentence.headline = _inside(sentence.start, bare)
            reading.sentences.append(sentence)
    if silent(reading.sentences):
        return reading
    for sentence in reading.sentences:
        _mark(reading, sentence, finder)
    _disambiguate(reading)
    for sentence in reading.sentences:
        if sentence.parsed:
            reading.pack.parse(sentence)
    return reading


def _pieces(reading: Reading, sentence: Sentence) -> list[Sentence]:
    """The sentence; what tells of hundreds of events is a list, and is cut at a comma so that time stays linear."""
    told = sorted({m.start for m in sentence.matches if m.entry.kind in _TRIGGERS})
    if len(told) <= _CROWD:
        return [sentence]
    cuts = [sentence.start]
    first = 0
    while len(told) - first > _CROWD:
        half, whole = told[first + _CROWD // 2], told[first + _CROWD]
        commas = (at + 1 for at in range(whole - 1, half, -1) if sentence.words[at] in _COMMAS)
        cut = next(commas, whole)
        cuts.append(sentence.spans[cut][0])
        first = bisect_left(told, cut)
    ends = [*cuts[1:], sentence.end]
    return [_sentence(reading, sentence.index + n, *span) for n, span in enumerate(zip(cuts, ends, strict=True))]


def _inside(place: int, stretches: list[Span]) -> bool:
    """Whether a place lies in one of the stretches, which are in order."""
    at = bisect_right(stretches, place, key=lambda stretch: stretch[0]) - 1
    return at >= 0 and place < stretches[at][1]


def _sentence(reading: Reading, index: int, start: int, end: int) -> Sentence:
    text = reading.text.text
    spans = tokens(text, start, end)
    words = [text[a:b] for a, b in spans]
    form = reading.pack.form
    forms: list[Form] = [form(w) for w in words]
    for at, found in enumerate(forms):
        if found.spelt:
            forms[at] = reading.pack.as_written(found.norm, reading.quote(*spans[at]))
    sentence = Sentence(index, start, end, spans, words, forms, words)
    if any(f.hits for f in forms):
        sentence.surface = [reading.quote(a, b) for a, b in spans] if reading.lang == "en" else words
        sentence.matches = reading.pack.lexicon.match(sentence)
    return sentence


def _has_event(sentence: Sentence) -> bool:
    return any(
        m.entry.kind in _TRIGGERS or (m.entry.kind == "party" and m.entry.value in HARMED) for m in sentence.matches
    )


def _mark(reading: Reading, sentence: Sentence, finder: PlaceFinder) -> None:
    """Numbers, times, places, then units, phrases and predicates."""
    lang = reading.lang
    taken = [(m.start, m.end) for m in sentence.matches if m.entry.kind == "actor"]
    words, replaced = capitals.named(sentence, lang)
    upper = [w[:1].isupper() or i in replaced for i, w in enumerate(sentence.surface)] if lang == "en" else None
    found = finder(words, lang, capitalised=upper, taken=taken)
    sentence.places = _kept(sentence, found)
    sentence.parsed = _has_event(sentence) or any(m.entry.kind == "speech" for m in sentence.matches)
    if not sentence.parsed:
        return
    sentence.numbers = [n for n in numbers.find(sentence.words, lang) if not n.percent and not n.year]
    sentence.times = _times(sentence, reading.text.text[sentence.start : sentence.end], lang)
    dated = {i for t in sentence.times for i in range(t.first, t.last)}
    sentence.numbers = [n for n in sentence.numbers if not dated & set(range(n.start, n.end))]
    sentence.matches = [
        m
        for m in sentence.matches
        if m.entry.kind in ASIDES or m.entry.kind == "event" or not dated & set(range(m.start, m.end))
    ]


def _disambiguate(reading: Reading) -> None:
    """Names of several actors, or that are common words, count where the document has the country or another name."""
    countries: Counter[str] = Counter()
    named: set[str] = set()
    for sentence in reading.sentences:
        for match in sentence.matches:
            if match.entry.kind == "nation":
                countries[match.entry.value] += 1
            elif match.entry.kind == "actor" and not match.hit.pattern.ambiguous:
                countries[match.entry.data.countries[0]] += 2
                named.add(match.entry.value)
        countries.update(p.candidates[0].country for p in sentence.places if p.candidates)
    for sentence in reading.sentences:
        best: dict[tuple[int, int], tuple[int, Match]] = {}
        for match in sentence.matches:
            if match.entry.kind == "actor":
                weight = 1000 * (match.entry.value in named) + max(countries[c] for c in match.entry.data.countries)
                weight += 500 * (not match.hit.pattern.ambiguous) + countries[match.entry.data.countries[0]]
                here = best.get((match.start, match.end))
                if weight and (here is None or weight > here[0]):
                    best[match.start, match.end] = (weight, match)
        chosen = {id(m) for _, m in best.values()}
        sentence.matches = [m for m in sentence.matches if m.entry.kind != "actor" or id(m) in chosen]


def _times(sentence: Sentence, text: str, lang: str) -> list[TimeSpan]:
    found: list[TimeSpan] = []
    for mention in dates.find(text, lang):
        low, high = mention.start + sentence.start, mention.end + sentence.start
        inside = [i for i, (a, b) in enumerate(sentence.spans) if a < high and b > low]
        if inside:
            found.append(TimeSpan(inside[0], inside[-1] + 1, mention))
    return found


def _headlines(text: str) -> list[Span]:
    """Lines that are no running text: short and without a closing mark, in a text whose other lines have one."""
    found: list[Span] = []
    closed = False
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if not line:
            continue
        if line[-1] in _CLOSING:
            closed = True
        elif line[0] not in "-\u2022*" and line.count(" ") < _LONG:
            found.append(match.span())
    return found if closed else []


def _kept(sentence: Sentence, found: Sequence[PlaceSpan]) -> list[PlaceSpan]:
    """The places that are no ordinary words, their links to one another renumbered."""
    stay: list[int] = []
    for n, place in enumerate(found):
        listed = n - 1 in stay and found[n - 1].end == place.start  # «صنعاء وصعدة»
        if not _ordinary(sentence, place, listed=listed):
            stay.append(n)
            _drop_verbs(sentence, place)
    if len(stay) == len(found):
        return list(found)
    number = {old: new for new, old in enumerate(stay)}
    for old in stay:
        place = found[old]
        place.containers[:] = [number[c] for c in place.containers if c in number]
        place.partner = number.get(place.partner) if place.partner is not None else None
    return [found[n] for n in stay]


def _ordinary(sentence: Sentence, place: PlaceSpan, *, listed: bool = False) -> bool:
    """Whether a one-word name without a noun such as «بلدة» is a word of the lexicons; ``listed``: behind a place."""
    first, last = place.core
    if last - first != 1 or (place.head and place.candidates):
        return False
    covering = [
        m for m in sentence.matches if m.start <= first < m.end and m.entry.kind not in (*ASIDES, "prep", "nation")
    ]
    if listed and all(m.hit.pron for m in covering):
        return False
    if _governed(sentence, place):
        kind = place.candidates[0].kind if place.candidates else ""
        covering = [m for m in covering if m.entry.pos not in ("verb", "adj") and kind != "city"]
    return bool(covering)


def _drop_verbs(sentence: Sentence, place: PlaceSpan) -> None:
    """Where the place stands no verb does («معارك تدمر»)."""
    first, last = place.core
    if last - first == 1 and not (place.head and place.candidates) and _governed(sentence, place):
        sentence.matches = [m for m in sentence.matches if m.start != first or m.entry.pos != "verb"]


def _governed(sentence: Sentence, place: PlaceSpan) -> bool:
    """Whether a noun must stand there: in a longer name, behind a preposition or a bare event noun («معارك القصير»)."""
    at = place.core[0]
    if place.start < at or sentence.forms[at].prep:
        return True
    before = [m for m in sentence.matches if m.end == at]
    nominal = {"masdar", "noun"}
    return any(
        m.entry.kind == "prep" or (m.entry.kind == "event" and m.entry.pos in nominal and not m.hit.det) for m in before
    )
