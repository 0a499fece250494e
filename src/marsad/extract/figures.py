"""How many: strikes, people taken or driven out, fighters, weapons and things that counts give an event."""

from marsad.extract.counts import WHOM, Count, counts
from marsad.extract.draft import Draft, Figure, Mention, Reading
from marsad.extract.parties import CIVILIANS
from marsad.extract.small_words import words
from marsad.lang.base import Phrase, Sentence, Unit
from marsad.lang.text import fold

_OF_EVENT = {"abduction": "abducted", "arrests": "detained", "displacement": "displaced"}
_FIGHTING = {"movement", "control", "surveillance", "change_to_group", "support", "base_established"}
_TAKEN = {"government_regains_territory", "non_state_overtakes_territory", "nonviolent_transfer"}
_CROWDS = {"protest", "riot"}
_DAMAGE = {"looting_destruction", "disrupted_weapons_use"}
STRIKES = {
    "air_drone_strike",
    "shelling_missile",
    "suicide_bomb",
    "remote_explosive",
    "attack",
    "armed_clash",
    "chemical_weapon",
}
_HARM = {"killed", "injured", "casualties", "missing"}

__all__ = ["STRIKES", "WHOM", "extent_of", "harmed", "is_civilian", "of_event", "whom"]


def whom(mention: Mention | None) -> str:
    """The codebook's ``whom`` of a party."""
    return WHOM.get(mention.group, "unspecified") if mention else "unspecified"


def extent_of(sentence: Sentence, count: Count) -> tuple[int, int]:
    """Folded offsets of a count without its attached conjunction and preposition."""
    first = sentence.units[count.first]
    start = sentence.spans[first.start][0] + len(first.conj) + (len(first.prep) if not first.det else 0)
    return start, sentence.spans[sentence.units[count.last - 1].end - 1][1]


def of_event(reading: Reading, draft: Draft) -> None:
    """Figures that belong to the event itself: strikes, people taken or driven out, fighters moved, things lost."""
    if draft.factuality == "denied" or draft.harm:
        return
    event, predicate = draft.event, draft.predicate
    own = [*predicate.subject, *predicate.object, *predicate.genitive]
    if event in _OF_EVENT or event in _FIGHTING or event in _DAMAGE:
        for count in _within(counts(draft.sentence, reading.lang), own):
            if not _acts(draft, count):
                _counted(draft, count)
    elif event in _TAKEN:
        for count in _within(counts(draft.sentence, reading.lang), [*own, *predicate.obliques]):
            if count.number is not None and count.thing not in ("", "measure", "event", "kind"):
                _add(draft, count, "other", None)
    elif event == "attack" and draft.factuality == "asserted" and _deadly(reading, draft):
        for count in _within(counts(draft.sentence, reading.lang), [*predicate.object, *predicate.genitive]):
            if count.people and not count.part and not _acts(draft, count):
                _add(draft, count, "killed", count.whom)
    elif event in _CROWDS:
        for count in _within(counts(draft.sentence, reading.lang), own):
            if count.people and count.number is not None:
                _add(draft, count, "other", count.whom)
    if event in STRIKES and not draft.factuality.startswith("p"):
        _weapons(reading, draft)
    if predicate.nominal and event in STRIKES:
        _strikes(draft)


def _deadly(reading: Reading, draft: Draft) -> bool:
    """Whether the event's word itself says that its victims died (اغتال، أعدم)."""
    return words(reading.lang).get(fold(draft.predicate.match.entry.source.split(" ")[1])) == "deadly"


def _acts(draft: Draft, count: Count) -> bool:
    """Whether a count names those who took, drove out or killed the others."""
    if draft.event not in _OF_EVENT and draft.event != "attack":
        return False
    start, end = extent_of(draft.sentence, count)
    return any(a.start < end and start < a.end for a in draft.actors)


def _weapons(reading: Reading, draft: Draft) -> None:
    """Bombs and shells counted beside the event's word: «بصاروخين», «انفجار عبوتين»."""
    predicate = draft.predicate
    thrown = [] if predicate.match.entry.value in ("strike", "target") and not predicate.nominal else predicate.object
    phrases = [
        *predicate.subject,
        *thrown,
        *predicate.genitive,
        *(p for p in predicate.obliques if p.relation in ("instrument", "by", "")),
    ]
    for count in _within(counts(draft.sentence, reading.lang), phrases):
        if count.thing == "weapon" and (count.number is not None or count.low == 2):
            _add(draft, count, "weapons", None)


def _within(found: list[Count], phrases: list[Phrase]) -> list[Count]:
    return [c for c in found if any(c.first < p.last and p.first < c.last for p in phrases)]


def _counted(draft: Draft, count: Count) -> None:
    event = draft.event
    if event in _OF_EVENT and count.people:
        if count.definite and event == "displacement":
            return
        plain = count.whom == "unspecified" and event != "arrests"
        _add(draft, count, _OF_EVENT[event], "civilians" if plain else count.whom)
    elif (
        event in _FIGHTING and count.people and count.number is not None and count.whom == "combatants" and count.group
    ):
        _add(draft, count, "fighters", "combatants")
    elif event in _FIGHTING and count.thing in ("vehicle", "aircraft") and count.number is not None:
        _add(draft, count, "other", None)
    elif event in _DAMAGE and count.thing and (count.number is not None or not count.definite):
        weapon = count.thing == "weapon" or (event == "disrupted_weapons_use" and count.thing == "aircraft")
        _add(draft, count, "weapons" if weapon else "other", None)


def _strikes(draft: Draft) -> None:
    sentence, predicate = draft.sentence, draft.predicate
    unit = sentence.units[predicate.unit]
    before = _number_before(sentence, predicate.unit)
    if before is not None and before.number is not None and not unit.prep:
        number = before.number
        start, end = sentence.spans[before.start][0], sentence.spans[unit.end - 1][1]
        of = "weapons" if _thrown(sentence, unit) else "strikes"
        _put(draft, Figure(of, None, number.low, number.high, start, end))
    elif unit.feature.number == "du" and unit.event is not None and unit.event.entry.pos != "adj":
        start, end = sentence.spans[unit.start][0], sentence.spans[unit.end - 1][1]
        _put(draft, Figure("strikes", None, 2, 2, start, end))


def _thrown(sentence: Sentence, unit: Unit) -> bool:
    """«two rockets landed», "three mortar shells": what is counted is weapons rather than strikes with them."""
    last = sentence.forms[unit.end - 1]
    verb = any(h.pattern.entry.pos == "verb" and h.pattern.feature.tense == "past" for h in last.hits)
    head = sentence.forms[max(unit.start, unit.end - 2)] if verb else last
    return any(h.pattern.entry.kind == "party" and h.pattern.entry.value == "weapon" for h in head.single)


def _number_before(sentence: Sentence, at: int) -> Unit | None:
    """The number before an event noun, with no more than its adjectives between: "ten Russian raids"."""
    for unit in reversed(sentence.units[max(0, at - 4) : at]):
        if unit.number is not None:
            return None if unit.number.percent or unit.number.year else unit
        if unit.conj or unit.prep or unit.party is not None or unit.event is not None or unit.place is not None:
            return None
        if not (unit.cat == "A" or unit.nation is not None or unit.actor is not None or unit.relation == "of"):
            return None
    return None


def harmed(figure: Figure) -> bool:
    """Whether a figure counts people harmed."""
    return figure.of in _HARM


def is_civilian(mention: Mention) -> bool:
    """Whether a party is made of civilians."""
    return mention.group in CIVILIANS


def _add(draft: Draft, count: Count, of: str, who: str | None) -> None:
    start, end = extent_of(draft.sentence, count)
    _put(draft, Figure(of, who, count.low, count.high, start, end))


def _put(draft: Draft, figure: Figure) -> None:
    bounded = figure.low is not None or figure.high is not None
    if bounded and all((f.start, f.of) != (figure.start, figure.of) for f in draft.figures):
        draft.figures.append(figure)


def settle(found: list[Figure]) -> list[Figure]:
    """Figures without the idle ones: "some killed" beside a number, a number of no kind beside it of a kind."""
    kept: list[Figure] = []
    for figure in found:
        same = [f for f in found if f is not figure and f.of == figure.of]
        vague = (figure.low, figure.high) == (1, None)
        if vague and any(
            (f.low, f.high) != (1, None) and (figure.whom == "unspecified" or f.whom == figure.whom) for f in same
        ):
            continue
        if figure.whom == "unspecified" and any(
            (f.low, f.high) == (figure.low, figure.high) and f.whom != "unspecified" for f in same
        ):
            continue
        kept.append(figure)
    return kept
