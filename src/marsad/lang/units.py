"""Units of a sentence: its tokens and phrases with a category each."""

from typing import Protocol

from marsad.lang.base import Form, Match, PlaceSpan, Sentence, Unit, by_start
from marsad.lang.lexicon import ASIDES

PUNCTUATION = {
    ".": "S", "!": "S", "؟": "S", "?": "S", "؛": "S", ";": "S", "…": "S",
    "،": ",", ",": ",", ":": ":", '"': '"', "«": '"', "»": '"', "'": '"', "(": "(", ")": ")", "[": "(", "]": ")",
    "-": "-", "/": "-",
}  # fmt: skip
_CATS = {
    "CONJ": "C", "PREP": "P", "REL": "R", "COMP": "M", "NEG": "X", "PRON": "X", "DEM": "D", "ADV": "X", "TEMP": "X",
    "V": "V", "ADJ": "A", "N": "N", "INTJ": "X", "DET": "D", "AUX": "B", "TO": "O",
}  # fmt: skip
_ATTACHED = {"ب": "instrument", "ل": "for", "ك": "like"}
_BUILT = {"site", "street"}
_NOMINAL_POS = ("masdar", "noun", "part", "adj")


class Verbal(Protocol):
    """Decides whether a form that may be verb or noun stands where a verb stands."""

    def __call__(self, unit: Unit, verb: Match, before: list[Unit], sentence: Sentence) -> bool:
        """Whether it is the verb."""


def build(sentence: Sentence, verbal: Verbal) -> list[Unit]:
    """Units in order: lexicon matches, times, places and numbers as one unit each, the rest word by word."""
    starts = by_start(m for m in sentence.matches if m.entry.kind not in ASIDES)
    times = {t.first: t for t in sentence.times}
    places = {p.start: p for p in sentence.places}
    numbers = {n.start: n for n in sentence.numbers}
    units: list[Unit] = []
    token, count = 0, len(sentence.forms)
    while token < count:
        form = sentence.forms[token]
        here = starts.get(token, [])
        place = places.get(token)
        if place is not None and any(
            m.entry.kind in ("actor", "event") and m.end >= place.end and m.feature.person != "3fp" for m in here
        ):
            place = None
        if token in times:
            unit = Unit("T", token, times[token].last, form, time=times[token], conj=form.conj)
        elif place is not None:
            unit = Unit("N", token, place.end, form, place=place, conj=form.conj, prep=form.prep, det=not place.head)
            unit.party = _facility(sentence, place)
        elif token in numbers and not any(m.entry.kind == "actor" for m in here):
            unit = Unit(
                "N", token, numbers[token].end, form, number=numbers[token], conj=form.conj or _joined(form.norm)
            )
            unit.prep = form.prep if form.prep in _ATTACHED else ""
        elif here:
            unit = _from_matches(here, form, units, sentence, verbal)
        else:
            unit = Unit(form.tag, token, token + 1, form, conj=form.conj, prep=form.prep, det=form.det)
        if unit.party is not None:
            before = next((u for u in reversed(units[-2:]) if u.cat not in ('"', "(", ")")), None)
            if before is not None and _adjective(unit, before):
                unit.party, unit.cat = None, "E" if unit.event is not None else "A"
        if unit.prep:
            unit.relation = "in" if unit.place is not None and unit.prep == "ب" else _ATTACHED.get(unit.prep, "")
        units.append(unit)
        token = max(unit.end, token + 1)
    return units


def _facility(sentence: Sentence, place: PlaceSpan) -> Match | None:
    """The hospital of «مستشفى القدس»: a building whose noun the place's name has taken in."""
    if place.head not in _BUILT:
        return None
    inside = (m for m in sentence.matches if m.entry.kind == "party" and place.start <= m.start < place.end)
    return next((m for m in inside if m.entry.value == "building" and m.start != place.core[0]), None)


def _joined(norm: str) -> str:
    """The conjunction written to a number word: وخمسة, but not واحد."""
    return "و" if norm[:1] == "و" and len(norm) > 2 and norm[:4] != "واحد" else ""


def _adjective(unit: Unit, before: Unit) -> bool:
    """Whether a word for a person stands as an adjective behind its noun («عربة عسكرية»)."""
    adjective = unit.word is not None and unit.word.entry.value == "ADJ"
    if before.actor is not None and unit.det and unit.party is not None and unit.feature.number == "sg":
        return not unit.conj and not unit.prep and unit.party.entry.value == "combatant"
    adverb = unit.feature.state == "accusative" and unit.form.norm.endswith("يا")  # «هزيمة التنظيم عسكريا»
    if adjective and adverb and (before.det or before.actor is not None) and not unit.conj and not unit.prep:
        return True
    return (
        adjective
        and (before.cat in ("N", "A") or _event_noun(before) and unit.feature.number == "sg")
        and before.number is None
        and (before.party is None or before.party.entry.value not in ("dead", "hurt", "victim"))
        and before.det == unit.det
        and not unit.conj
        and not unit.prep
    )


def _event_noun(unit: Unit) -> bool:
    """«هجوم», which an adjective may follow, not «تحييد», which the people it is done to follow."""
    return unit.cat == "E" and unit.event is not None and unit.event.entry.pos == "noun"


def _from_matches(here: list[Match], form: Form, before: list[Unit], sentence: Sentence, verbal: Verbal) -> Unit:
    best, end = here[0], here[0].end
    if len(here) > 1:
        best = max((m for m in here if m.entry.kind != "cue"), key=lambda m: m.end, default=best)
        end = max(m.end for m in here)
    if best.end < end:
        end = min([end, *(m.start for m in sentence.matches if best.start < m.start < end and m.entry.kind == "event")])
    unit = Unit("N", best.start, end, form)
    hit = best.hit
    unit.conj, unit.prep, unit.det, unit.pron = hit.conj, hit.prep, hit.det, hit.pron
    verbs = [m for m in here if m.entry.pos == "verb"]
    as_verb = bool(verbs) and _as_verb(unit, here, verbs, before, sentence, verbal)
    rest = [m for m in here if m.entry.pos != "verb" and not (as_verb and m.entry.pos in _NOMINAL_POS)]
    for match in verbs + rest if as_verb else rest:
        _attach(unit, match)
    if unit.event and unit.party and unit.party.entry.value == "civilian" and before and before[-1].number is not None:
        unit.event = None  # «مئات الأسر» are families
    if as_verb:
        auxiliary = all(m.entry.value == "AUX" or m.entry.kind == "cue" for m in verbs)
        unit.cat = "B" if auxiliary else "V"
        unit.feature = verbs[0].feature
        event = next((m for m in verbs if m.entry.kind == "event"), None)
        unit.feature = event.feature if event else unit.feature
    elif unit.event:
        unit.cat, unit.feature = "E", unit.event.feature
    elif unit.actor or unit.party:
        unit.cat = "N"
        unit.feature = unit.party.feature if unit.party is not None else unit.feature
    elif unit.nation:
        unit.cat = "A"
    elif unit.relation:
        unit.cat = "P"
    elif unit.word:
        unit.cat = _CATS.get(unit.word.entry.value, "X")
    elif unit.speech:
        set_phrase = {"according": "P", "impersonal": "M"}.get(unit.speech.entry.value, "N")
        unit.cat = "X" if unit.speech.entry.pos == "part" else set_phrase
    elif unit.cue:
        unit.cat = "X" if unit.cue.entry.pos in ("particle", "phrase") else "N"
    return unit


def _as_verb(
    unit: Unit, here: list[Match], verbs: list[Match], before: list[Unit], sentence: Sentence, verbal: Verbal
) -> bool:
    """Whether a form with a verb among its readings is one: no particle, nor a noun but where verbs stand."""
    closed = any(m.entry.pos in ("particle", "prep") and m.end == unit.end for m in here)
    if closed and all(m.entry.kind in ("word", "event") and not m.tail for m in verbs):
        return False
    return not any(m.entry.pos in _NOMINAL_POS for m in here) or verbal(unit, verbs[0], before, sentence)


def _attach(unit: Unit, match: Match) -> None:
    kind = match.entry.kind
    if kind == "event":
        if unit.event is None or (
            unit.event.entry.value == "light" and (match.entry.value != "light" or match.entry.frame == "transitive")
        ):
            unit.event = match
    elif kind == "prep":
        unit.relation = match.entry.value
    elif getattr(unit, kind) is None:
        setattr(unit, kind, match)
