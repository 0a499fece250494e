"""Where: the place named in the phrases of a predicate, else in its clause, its sentence, or told before."""

from dataclasses import replace

from marsad.extract.draft import Draft, Reading
from marsad.lang.base import Phrase, Sentence, Unit
from marsad.model import Place

_PRICE = {"in": 0, "near": 0, "on": 0, "gen": 1, "between": 0, "instrument": 0, "": 2, "to": 2, "from": 3, "for": 3, "about": 4, "by": 8, "with": 4}
_FAR = 26
_SPREAD = {"air_drone_strike", "shelling_missile", "armed_clash", "control", "government_regains_territory", "non_state_overtakes_territory", "remote_explosive", "attack", "siege", "protest"}


def assign(reading: Reading, draft: Draft) -> None:
    """Give a draft its place (and, for movements, its destination) from its own sentence."""
    sentence = draft.sentence
    ranked = sorted(_ranked(reading, draft), key=lambda r: r[0])
    if draft.event in ("movement", "displacement"):
        _directed(draft, ranked)
    if draft.place is None and ranked and ranked[0][0] < _FAR:
        draft.place = ranked[0][1]
        draft.own_place = True
        draft.why["place"] = f"named in sentence {sentence.index + 1}"


def split(reading: Reading, draft: Draft) -> list[Draft]:
    """One draft for each town of a coordinated list («سلمى وجورين»); places within 10 km and quarters stay one."""
    if draft.place is None or draft.event not in _SPREAD or draft.place.precision > 4:
        return [draft]
    phrases = draft.sentence.phrases
    units = draft.sentence.units
    at = next((i for i, u in enumerate(units) if u.place is not None and reading.places.get((draft.sentence.index, u.place.start)) is draft.place), None)
    here = next((p for p in phrases if at is not None and p.first <= at < p.last), None)
    if here is None:
        return [draft]
    made, taken = [draft], [draft.place]
    for phrase in phrases[here.index + 1 :]:
        place = _place_of(reading, draft, phrase)
        if not phrase.joined and place is not None and phrase.relation in ("in", "near") and _contains(place, taken[-1]):
            continue
        if not phrase.joined or place is None:
            break
        if all(far(place, other) for other in taken):
            taken.append(place)
            other = replace(draft, place=place, figures=[], why=dict(draft.why), evidence=list(draft.evidence))
            other.actors, other.targets, other.voices = list(draft.actors), list(draft.targets), list(draft.voices)
            made.append(other)
    return made


def _place_of(reading: Reading, draft: Draft, phrase: Phrase) -> Place | None:
    for unit in phrase.units:
        if unit.place is not None:
            return reading.places.get((draft.sentence.index, unit.place.start))
    return None


def _contains(outer: Place, inner: Place) -> bool:
    return outer.precision > inner.precision


def far(a: Place, b: Place) -> bool:
    """Whether two places are over 10 km apart, as far as can be told."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return a.name != b.name
    return abs(a.lat - b.lat) + abs(a.lon - b.lon) > 0.12


def _ranked(reading: Reading, draft: Draft) -> list[tuple[int, Place, str]]:
    sentence, found = draft.sentence, []
    position = draft.predicate.unit
    containers = {sentence.places[c].start for p in sentence.places for c in p.containers if reading.places.get((sentence.index, p.start))}
    own = {u.start for p in (*draft.predicate.obliques, *draft.predicate.object, *draft.predicate.genitive) for u in p.units}
    for at, unit in enumerate(sentence.units):
        if unit.place is None or unit.actor is not None or unit.place.start in containers:
            continue
        place = reading.places.get((sentence.index, unit.place.start))
        if place is None:
            continue
        relation = _relation(sentence, at)
        price = _distance(sentence.units, position, at) + _PRICE.get(relation, 4)
        price -= 6 if unit.start in own else 0
        price += 2 if at < position else 0
        found.append((price, place, relation))
    return found


def _relation(sentence: Sentence, at: int) -> str:
    for phrase in sentence.phrases:
        if phrase.first <= at < phrase.last:
            return phrase.relation
    return ""


def _distance(units: list[Unit], position: int, at: int) -> int:
    low, high = sorted((position, at))
    price = (high - low) // 2
    for unit in units[low + 1 : high]:
        if unit.cat in ("S", "M", "C"):
            price += 6
        elif unit.cat == "R":
            price += 3
        elif unit.cat == "V" and unit.conj:
            price += 5
        elif unit.event is not None:
            price += 4
        elif unit.speech is not None:
            price += 6
    return price


def _directed(draft: Draft, ranked: list[tuple[int, Place, str]]) -> None:
    """Origin by «من», destination by «إلى»; a destination alone is the place too."""
    near = [r for r in ranked if r[0] < _FAR]
    to = next((p for _, p, relation in near if relation == "to"), None)
    origin = next((p for _, p, relation in near if relation == "from"), None)
    at = next((p for _, p, relation in near if relation in ("in", "near", "gen", "on", "")), None)
    draft.destination = to
    draft.place = origin or at or to
    draft.own_place = draft.place is not None
    if draft.place is not None:
        draft.why["place"] = "named with the movement"
