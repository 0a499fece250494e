"""Where: the place in the phrases of a predicate, else the nearest in its clause and sentence that no one else owns."""

from dataclasses import dataclass, replace

from marsad.extract.draft import Draft, Reading
from marsad.lang.base import Phrase, Sentence, Unit
from marsad.model import Place

_PRICE = {"in": 0, "near": 0, "on": 0, "gen": 1, "between": 0, "instrument": 0, "": 2, "to": 2, "from": 3, "for": 3, "about": 4, "by": 8, "with": 4}
_FAR = 36
_OWN, _BACK, _ORIGIN, _OWNER, _SPEAKER = 6, 2, 8, 5, 6
_WALL = {"S": 8, "M": 8, "C": 5, ":": 6, "R": 3, '"': 1}
_JOINED, _EVENT, _TOLL, _SPEECH = 4, 3, 1, 5
_HARM = {"kill", "injure", "missing", "light"}
_PEOPLE = {
    "force", "combatant", "state", "official", "commander", "person", "civilian", "dead", "hurt", "man", "journalist", "medic", "prisoner", "media",
}  # fmt: skip
_LEAVING = {"movement", "displacement", "nonviolent_transfer", "government_regains_territory", "non_state_overtakes_territory", "abduction"}
_MOVING = {"movement", "displacement"}
_APART = 10.0
_TOWN = 4
_SPREAD = {
    "air_drone_strike", "shelling_missile", "armed_clash", "control", "government_regains_territory", "non_state_overtakes_territory",
    "remote_explosive", "attack", "siege", "protest", "suicide_bomb", "movement", "arrests", "looting_destruction",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """A place of the sentence with the price of taking it: the lower, the nearer to the predicate."""

    price: int
    at: int
    place: Place
    relation: str


def assign(reading: Reading, draft: Draft) -> None:
    """Give a draft its place (and, for movements, its destination) from its own sentence."""
    ranked = sorted(_ranked(reading, draft), key=lambda found: found.price)
    near = [found for found in ranked if found.price < _FAR]
    if draft.event in _MOVING:
        _directed(reading, draft, near)
    elif near:
        _take(reading, draft, near[0])


def _take(reading: Reading, draft: Draft, found: _Found) -> None:
    sentence = draft.sentence
    reason = reading.reasons.get((sentence.index, sentence.units[found.at].place.start), "")
    draft.place, draft.own_place = found.place, True
    draft.why["place"] = f"named in sentence {sentence.index + 1}" + (f"; {reason}" if reason else "")


def _directed(reading: Reading, draft: Draft, near: list[_Found]) -> None:
    """Origin by «من», destination by «إلى»; a destination alone is the place too."""
    to = next((f for f in near if f.relation == "to"), None)
    origin = next((f for f in near if f.relation == "from"), None)
    at = next((f for f in near if f.relation in ("in", "near", "gen", "on", "", "between")), None)
    draft.destination = to.place if to else None
    chosen = origin or at or to
    if chosen is not None:
        _take(reading, draft, chosen)


def _ranked(reading: Reading, draft: Draft) -> list[_Found]:
    sentence, predicate = draft.sentence, draft.predicate
    containers = {sentence.places[c].start for p in sentence.places for c in p.containers if reading.places.get((sentence.index, p.start))}
    own = {u.start for p in (*predicate.obliques, *predicate.object, *predicate.genitive) for u in p.units}
    found: list[_Found] = []
    for at, unit in enumerate(sentence.units):
        if unit.place is None or unit.actor is not None or unit.place.start in containers:
            continue
        place = reading.places.get((sentence.index, unit.place.start))
        if place is None:
            continue
        relation = _relation(sentence, at)
        price = _distance(sentence.units, predicate.unit, at) + _PRICE.get(relation, 4)
        price -= _OWN if unit.start in own else 0
        price += _BACK if at < predicate.unit else 0
        price += _owner(sentence, draft, at, relation)
        found.append(_Found(price, at, place, relation))
    return found


def _owner(sentence: Sentence, draft: Draft, at: int, relation: str) -> int:
    """What it costs that the place says whose the people are («مقاتلون من مصراتة», «مجلس ثوار بنغازي») or where a speaker is."""
    before = sentence.units[at - 1] if at else None
    if before is not None and before.cat == "P" and at > 1:
        before = sentence.units[at - 2]
    person = before is not None and before.event is None and (before.actor is not None or _people(before))
    price = 0
    if relation == "from":
        price += _ORIGIN if person or draft.event not in _LEAVING else 0
    elif person and relation in ("gen", "", "instrument"):
        price += _OWNER
    if before is not None and before.speech is not None and before.event is None:
        price += _SPEAKER
    return price


def _people(unit: Unit) -> bool:
    return unit.party is not None and unit.party.entry.value in _PEOPLE


def _relation(sentence: Sentence, at: int) -> str:
    for phrase in sentence.phrases:
        if phrase.first <= at < phrase.last:
            return phrase.relation
    return ""


def _distance(units: list[Unit], position: int, at: int) -> int:
    """Half the units between, with a price for each clause boundary, verb and other event passed; deaths belong to their event."""
    low, high = sorted((position, at))
    price = (high - low) // 2
    for unit in units[low + 1 : high]:
        if unit.cat in _WALL:
            price += _WALL[unit.cat]
        elif unit.cat == "V" and unit.conj:
            price += _JOINED
        elif unit.event is not None:
            price += _TOLL if unit.event.entry.value in _HARM else _EVENT
        elif unit.speech is not None:
            price += _SPEECH
    return price


def split(reading: Reading, draft: Draft) -> list[Draft]:
    """One draft for each town of a coordinated list («سلمى وجورين»); places within 10 km and quarters stay one."""
    if draft.place is None or draft.event not in _SPREAD or draft.place.precision > _TOWN:
        return [draft]
    listed = _listed(reading, draft)
    if len(listed) < 2 or _joint(draft):
        return [draft]
    made, taken = [draft], [draft.place]
    for place in listed:
        if all(far(place, other) for other in taken):
            taken.append(place)
            made.append(_copy(draft, place))
    return made


def _copy(draft: Draft, place: Place) -> Draft:
    other = replace(draft, place=place, figures=[], why=dict(draft.why), evidence=list(draft.evidence))
    other.actors, other.targets, other.voices = list(draft.actors), list(draft.targets), list(draft.voices)
    return other


def _joint(draft: Draft) -> bool:
    """Whether the draft holds a figure for all places together."""
    return False


def _listed(reading: Reading, draft: Draft) -> list[Place]:
    """The draft's place and those joined to its phrase."""
    sentence = draft.sentence
    units = sentence.units
    at = next((i for i, u in enumerate(units) if u.place is not None and reading.places.get((sentence.index, u.place.start)) is draft.place), None)
    here = next((p for p in sentence.phrases if at is not None and p.first <= at < p.last), None)
    if here is None or draft.place is None:
        return []
    listed = [draft.place]
    for phrase in sentence.phrases[here.index + 1 :]:
        place = _place_of(reading, sentence, phrase)
        if not phrase.joined and place is not None and phrase.relation in ("in", "near") and place.precision > listed[-1].precision:
            continue
        if not phrase.joined or place is None:
            break
        listed.append(place)
    return listed


def _place_of(reading: Reading, sentence: Sentence, phrase: Phrase) -> Place | None:
    for unit in phrase.units:
        if unit.place is not None:
            return reading.places.get((sentence.index, unit.place.start))
    return None


def far(a: Place, b: Place) -> bool:
    """Whether two places are over 10 km apart, as far as can be told."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return a.name != b.name
    return abs(a.lat - b.lat) + abs(a.lon - b.lon) > 0.12
