"""Who says so: speech verbs with their subjects, «بحسب» phrases, chains of one source quoting another."""

from dataclasses import dataclass

from marsad.extract.draft import Draft, Reading, Voice
from marsad.extract.parties import whole
from marsad.lang.base import Phrase, Sentence, Unit

_SOURCES = {"source_anon", "source_inst"}
_SAYING = {"say", "accuse", "deny", "claim", "continue"}
_STOPS = {"S", "M", ":", "V", "R"}


@dataclass(slots=True)
class Frame:
    """A stretch of a sentence that a speaker vouches for: units ``first:last``."""

    first: int
    last: int
    voices: list[Voice]
    quoted: bool = False


def frames(reading: Reading, sentence: Sentence, before: list[Voice]) -> list[Frame]:
    """Speech frames of a sentence; ``before`` are the voices of the sentence before, for «وأضاف»."""
    found: list[Frame] = []
    units = sentence.units
    for at, unit in enumerate(units):
        if unit.speech is None:
            continue
        kind = unit.speech.entry.value
        if kind in _SAYING and (unit.cat == "V" or unit.speech.entry.pos == "part"):
            told = found[-1].voices if found else before
            if unit.speech.entry.pos == "part":
                if told:
                    found.append(Frame(at, len(units), list(told)))
                continue
            voices = _subject(reading, sentence, at)
            voices += [v for v in _cited(reading, sentence, at) if v not in voices]
            if not voices and (kind == "continue" or unit.conj or not _has_subject_before(units, at)):
                voices = list(told)
            if voices:
                found.append(Frame(_reach_left(units, at), len(units), voices))
        elif kind == "according":
            voices = _after(reading, sentence, unit.end, at)
            if voices:
                found.append(Frame(0, len(units), voices))
    return found


def attribute(draft: Draft, found: list[Frame]) -> None:
    """Give a draft the voices of the frames that hold it, nearest speaker first."""
    position = draft.predicate.unit
    holding = [f for f in found if f.first <= position < f.last]
    holding.sort(key=lambda f: -f.first)
    for frame in holding:
        for voice in frame.voices:
            if all(voice.start != v.start for v in draft.voices):
                draft.voices.append(voice)
    if draft.voices:
        draft.why["attribution"] = "speech frame"


def _reach_left(units: list[Unit], at: int) -> int:
    """A verb of saying governs what follows; behind a closing quote or comma also what stands before."""
    for back in range(at - 1, max(-1, at - 3), -1):
        if units[back].cat in ('"', ","):
            return 0
        if units[back].cat in ("S", ":"):
            break
    return at


def _has_subject_before(units: list[Unit], at: int) -> bool:
    return at > 0 and units[at - 1].cat == "N"


def _subject(reading: Reading, sentence: Sentence, at: int) -> list[Voice]:
    """The subject of a verb of saying: the bare phrase after it, else the one before."""
    units = sentence.units
    after: list[Phrase] = []
    for phrase in sentence.phrases:
        if phrase.first > at:
            between = units[at + 1 : phrase.first]
            if any(u.cat in _STOPS or u.cat == "," for u in between):
                break
            if not phrase.relation and not (after and not phrase.joined):
                after.append(phrase)
    if after and not _is_content(sentence, after[0]):
        return [_voice(reading, sentence, p) for p in after]
    if units[at].conj:
        return []
    for phrase in reversed([p for p in sentence.phrases if p.last <= at]):
        between = units[phrase.last : at]
        if any(u.cat in ("S", "V", ":", "M", "R") for u in between):
            break
        if not phrase.relation and not _is_content(sentence, phrase):
            return [_voice(reading, sentence, phrase)]
    return []


def _is_content(sentence: Sentence, phrase: Phrase) -> bool:
    """An event noun or a figure is what was said, not who said it."""
    head = phrase.units[0]
    speaker = any(u.speech is not None or u.actor is not None for u in phrase.units)
    if speaker:
        return head.cat == "E"
    return head.cat == "E" or head.number is not None or bool(head.party and head.party.entry.value in ("dead", "hurt"))


def _cited(reading: Reading, sentence: Sentence, at: int) -> list[Voice]:
    """«نقلت الوكالة عن مسؤول»: the one quoted, behind عن."""
    for phrase in sentence.phrases:
        if phrase.first <= at:
            continue
        if any(u.cat in ("S", "M", ":") for u in sentence.units[at + 1 : phrase.first]):
            break
        if phrase.relation == "about" and any(u.speech and u.speech.entry.value in _SOURCES or u.actor for u in phrase.units):
            return [_voice(reading, sentence, phrase)]
    return []


def _after(reading: Reading, sentence: Sentence, token: int, at: int) -> list[Voice]:
    """Speakers behind «بحسب», joined ones included."""
    found: list[Voice] = []
    for phrase in sentence.phrases:
        if phrase.start < token:
            continue
        if phrase.first - at > 4 and not found:
            break
        if found and not phrase.joined:
            break
        if phrase.units[0].cat == "E":
            break
        found.append(_voice(reading, sentence, phrase))
    return found


def _voice(reading: Reading, sentence: Sentence, phrase: Phrase) -> Voice:
    start, end = whole(sentence, phrase)
    return Voice(start, end, _anonymous(phrase), _name(phrase))


def _name(phrase: Phrase) -> str:
    return next((u.actor.entry.data.name for u in phrase.units if u.actor), "")


def _anonymous(phrase: Phrase) -> bool:
    """A source by its role alone: «مصدر», "officials", "residents"."""
    kinds = {u.speech.entry.value for u in phrase.units if u.speech}
    return "source_anon" in kinds and not phrase.units[0].actor
