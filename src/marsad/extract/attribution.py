"""Who says so: frames of speech over a sentence, chains of one source quoting another, what carries over."""

import re
from dataclasses import dataclass, field, replace

from marsad.extract.draft import Draft, Reading, Voice
from marsad.extract.speakers import SOURCES, Speakers, is_outlet, pronoun
from marsad.lang.base import Entry, Sentence, Unit
from marsad.lang.text import fold

_SAYING = {"say", "accuse", "deny", "claim", "continue"}
_BULLETS = ("-", "\u2022", "*", "\u25cf", "\u2013")
_MORE = {"another", "كما"}
_DEFINITE = ("ال", "the ")
_SHORT = 5
_LEAD = 2
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Frame:
    """A stretch of a sentence that a speaker vouches for, units ``first:last``; a ``fresh`` one ends those before."""

    first: int
    last: int
    voices: list[Voice]
    fresh: bool = False
    whole: bool = False
    source: str = "carried over from the sentence before"


@dataclass(slots=True)
class Memory:
    """What carries over from sentence to sentence: the last speakers, and whom each of them told."""

    voices: list[Voice] = field(default_factory=list)
    outlets: list[tuple[frozenset[str], Voice | None]] = field(default_factory=list)
    heard: list[tuple[frozenset[str], Voice]] = field(default_factory=list)
    sentence: int = -1


def frames(reading: Reading, sentence: Sentence, memory: Memory) -> list[Frame]:
    """Speech frames of a sentence; ``memory`` holds the speakers of those before, and learns the new ones."""
    found: list[Frame] = []
    speakers = Speakers(reading, sentence)
    for at, unit in enumerate(sentence.units):
        if unit.speech is not None or unit.cue is not None:
            frame = _frame(speakers, at, found, memory)
            if frame is not None:
                entry = unit.speech or unit.cue
                frame.source = entry.entry.source if entry is not None else ""
                found.append(frame)
    _bound(found, sentence.units)
    if not found and _carries(reading, sentence, memory):
        found.append(Frame(0, len(sentence.units), list(memory.voices)))
        memory.sentence = sentence.index
        return found
    _remember(reading, sentence, found, memory)
    return found


def attribute(draft: Draft, found: list[Frame]) -> None:
    """Give a draft the voices of the frames that hold it, nearest speaker first."""
    position = draft.predicate.unit
    holding = [f for f in found if f.first <= position < f.last]
    holding.sort(key=lambda f: (f.whole, -f.first))
    for frame in holding:
        for voice in frame.voices:
            if all(voice.start != v.start and (not voice.name or voice.name != v.name) for v in draft.voices):
                draft.voices.append(voice)
    if draft.voices:
        draft.why["attribution"] = "; ".join(dict.fromkeys(frame.source for frame in holding if frame.voices))


def opening(drafts: list[Draft]) -> None:
    """What the opening sentence tells plainly has the source that the next sentences give for the same event."""
    body = [d for d in drafts if not d.sentence.headline]
    for draft in body:
        if draft.sentence is not body[0].sentence:
            break
        if draft.voices or draft.factuality != "asserted":
            continue
        for later in body:
            if 0 < later.sentence.index - draft.sentence.index <= _LEAD and later.event == draft.event and later.voices:
                draft.voices = list(later.voices)
                draft.why["attribution"] = "source of the same event in the next sentences"
                break


def _frame(speakers: Speakers, at: int, found: list[Frame], memory: Memory) -> Frame | None:
    """The frame that a unit of speech opens, if it does."""
    units = speakers.units
    unit = units[at]
    entry = unit.speech.entry if unit.speech is not None else _within(speakers.sentence, unit)
    if entry is None:
        return None
    kind, pos = entry.value, entry.pos
    told = found[-1].voices if found else memory.voices
    if kind in SOURCES and unit.cat == "N" and _closes(units, at):
        voices = speakers.ending(at)
        return Frame(at, len(units), voices, whole=True) if voices else None
    if kind == "impersonal":
        return Frame(at, len(units), [], fresh=True)
    if kind == "according":
        voices = speakers.governed(at)
        return Frame(at, len(units), _known(speakers, voices, memory), whole=True) if voices else None
    if kind not in _SAYING:
        return None
    if kind == "continue" and at + 1 < len(units) and units[at + 1].form.norm == "to":
        return None
    if pos == "part":
        return Frame(at, len(units), list(told)) if told else None
    if _negated(units, at):
        return None
    stands = pronoun(units, at) if not speakers.verb_first else None
    if stands is not None:
        return Frame(at, len(units), _pronoun(speakers, stands, told), whole=_postposed(speakers, at)) if told else None
    if unit.cat == "V" or unit.speech is None:
        return _verb(speakers, at, told, memory)
    return None


def _within(sentence: Sentence, unit: Unit) -> Entry | None:
    """The verb of saying that ends a set phrase (كما أفادت, على ما أعلن)."""
    if unit.end - unit.start < 2 or unit.cat not in ("C", "X", "P"):
        return None
    entries = (h.pattern.entry for h in sentence.forms[unit.end - 1].hits)
    return next((e for e in entries if e.kind == "speech" and e.pos == "verb"), None)


def _verb(speakers: Speakers, at: int, told: list[Voice], memory: Memory) -> Frame | None:
    """The frame of a verb of saying."""
    units = speakers.units
    unit = units[at]
    going_on = unit.speech is not None and unit.speech.entry.value == "continue"
    if speakers.verb_first and at and units[at - 1].cat == "P" or (unit.event is not None and unit.event.tail):
        return None
    voices, other = speakers.subject(at)
    if unit.speech is not None and not voices and not other and (going_on or unit.conj or _linked(units, at)):
        voices = list(told)
    voices = _known(speakers, [*speakers.quoted(at), *voices], memory)
    if not voices:
        return None
    for voice in speakers.told(at):
        if all(voice.start != v.start for v in voices) and not _published_by(speakers.reading, voice):
            voices.append(voice)
            memory.outlets.append((_words(speakers.reading, voices[0]), voice))
    inverted = not speakers.verb_first and voices[0].start > speakers.sentence.spans[unit.start][0]
    whole = inverted or _postposed(speakers, at)
    last = len(units)
    if _relative(units, at) and speakers.complement(at + 1) is None:
        last = next((n for n in range(at, last) if units[n].cat == ","), last)
    return Frame(at, last, voices, fresh=not whole and _fresh(units, at), whole=whole)


def _pronoun(speakers: Speakers, unit: Unit, told: list[Voice]) -> list[Voice]:
    """«he said»: the pronoun, with the name of the one it stands for."""
    sentence = speakers.sentence
    start, end = sentence.spans[unit.start]
    first = told[0]
    name = first.name or speakers.reading.quote(first.start, first.end)
    return [Voice(start, end, first.anonymous, name), *told[1:]]


def _postposed(speakers: Speakers, at: int) -> bool:
    """Whether what was said stands before: nothing that could be said follows the verb and its subject."""
    units = speakers.units
    if at == 0:
        return False
    place = at + 1
    while place < len(units) and units[place].cat in ("T", "X", "N", "A", "D", '"', "(", ")"):
        named = units[place].cat in ("N", "A", "D", '"') and not _aside(units[place])
        if units[place].prep == "ب" if speakers.verb_first else named:
            break
        place += 1
    if place >= len(units) or units[place].cat in ("S", ","):
        return not (place < len(units) and speakers.complement(place) == place + 1)
    if speakers.verb_first:
        return False
    that = speakers.complement(place)
    return units[place].cat in ("P", "V") and (that is None or any(u.cat == "V" for u in units[place:that]))


def _negated(units: list[Unit], at: int) -> bool:
    """«لم تعلن أي جهة», "no group claimed": nobody says it."""
    return any(u.cue is not None and u.cue.entry.value == "neg" for u in units[max(0, at - 2) : at + 1])


def _closes(units: list[Unit], at: int) -> bool:
    """A form of both noun and verb behind a source, at the end of its sentence: «Reuters reports.»"""
    before = units[at - 1].speech if at else None
    if before is None or before.entry.value not in SOURCES or units[at].speech is None:
        return False
    verb = any(h.pattern.entry.kind == "speech" and h.pattern.entry.pos == "verb" for h in units[at].form.hits)
    return verb and (at + 1 == len(units) or units[at + 1].cat in ("S", "T"))


def _aside(unit: Unit) -> bool:
    """An agency told, or a set phrase of speech (on condition of anonymity)."""
    return is_outlet(unit) or (unit.speech is not None and unit.speech.entry.pos == "phrase")


def _fresh(units: list[Unit], at: int) -> bool:
    """Whether a verb opens a clause of its own: joined by و, or behind a comma or a conjunction."""
    if units[at].conj or at == 0:
        return True
    before = units[at - 1]
    return before.cat in (",", "S", "C") or (before.cat == "X" and at >= 2 and units[at - 2].cat in (",", "S"))


def _relative(units: list[Unit], at: int) -> bool:
    return at > 0 and units[at - 1].cat == "R"


def _linked(units: list[Unit], at: int) -> bool:
    """Behind a conjunction or relative, a verb without a subject has the speaker of before: «كما يقولون»."""
    return at > 0 and units[at - 1].cat in ("R", "C")


def _bound(found: list[Frame], units: list[Unit]) -> None:
    """A fresh frame ends those before it; one that reaches back does so to the last fresh one, or its own clause."""
    start = 0
    for number, frame in enumerate(found):
        if frame.fresh:
            start = frame.first
            for earlier in found[:number]:
                earlier.last = min(earlier.last, start)
        elif frame.whole:
            if any(not f.whole and f.voices for f in found[:number]):
                inside = range(start + 1, frame.first)
                start = max((n for n in inside if units[n].cat == "C" and units[n - 1].cat == ","), default=start)
                for earlier in found[:number]:
                    earlier.last = min(earlier.last, start) if earlier.first < start else earlier.last
            frame.first = start


def _carries(reading: Reading, sentence: Sentence, memory: Memory) -> bool:
    """Whether a sentence without a frame is still told by the last speakers: a quotation, a list, «another five»."""
    if not memory.voices or memory.sentence < 0:
        return False
    text = reading.text.text
    distance = sentence.index - memory.sentence
    between = text[reading.sentences[memory.sentence].start : sentence.start]
    opening = text[sentence.start : sentence.end].lstrip()[:1]
    if opening in _BULLETS or opening == '"':
        return distance <= 2
    if distance > 3 or "\n" in between.strip():
        return False
    if sentence.words[0] in _MORE:
        return distance == 1 or (sentence.words[0] == "another" and not memory.voices[0].anonymous)
    return between.count('"') % 2 == 1 and not between.rstrip().endswith('"')


def _remember(reading: Reading, sentence: Sentence, found: list[Frame], memory: Memory) -> None:
    if not found:
        return
    last = found[-1]
    memory.voices = list(last.voices)
    memory.sentence = sentence.index
    for frame in found:
        for voice in frame.voices:
            memory.heard.append((_words(reading, voice), voice))
        if frame.voices and _new(reading, frame.voices[0]) and len(frame.voices) == 1:
            memory.outlets.append((_words(reading, frame.voices[0]), None))


def _known(speakers: Speakers, voices: list[Voice], memory: Memory) -> list[Voice]:
    """«الوزارة» as named in full; who spoke to an agency before speaks to it still; the publisher left out."""
    reading = speakers.reading
    voices = [v for v in (_in_full(speakers, v, memory) for v in voices) if not _published_by(reading, v)]
    if len(voices) == 1 and not _new(reading, voices[0]):
        mine = _words(reading, voices[0])
        outlet = next((o for words, o in reversed(memory.outlets) if mine <= words or words <= mine), None)
        if outlet is not None:
            voices.append(outlet)
    return voices


def _in_full(speakers: Speakers, voice: Voice, memory: Memory) -> Voice:
    """A speaker heard before keeps the name he had; an institution by its head alone is given in full."""
    reading = speakers.reading
    mine = _words(reading, voice)
    known = None
    if not _new(reading, voice):
        known = next((v for w, v in reversed(memory.heard) if mine <= w or w <= mine), None)
    if known is None:
        return voice if voice.name else replace(voice, name=reading.quote(voice.start, voice.end))
    if len(mine) == 1 and not voice.anonymous and not voice.name:
        return replace(known)
    return replace(voice, name=known.name or voice.name)


def _new(reading: Reading, voice: Voice) -> bool:
    """A source without a name nor article is another than those heard before."""
    return voice.anonymous and not reading.text.text[voice.start : voice.end].startswith(_DEFINITE)


def _published_by(reading: Reading, voice: Voice) -> bool:
    """Whether the speaker is the outlet that published the document, named behind its title or as its source."""
    words = reading.text.text[voice.start : voice.end].split()
    for first in range(max(1, len(words) - 1)):
        name = " ".join(words[first:])
        if len(name) > _SHORT and any(f"{mark} {name}" in reading.title for mark in "-|"):
            return True
    return bool(reading.document.source) and fold(reading.document.source) == " ".join(words)


def _words(reading: Reading, voice: Voice) -> frozenset[str]:
    words = _WORD.findall(reading.text.text[voice.start : voice.end])
    return frozenset(w.removeprefix("ال") for w in words)
