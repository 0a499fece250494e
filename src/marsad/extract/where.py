"""Where: the place in the phrases of a predicate, else the nearest in its clause and sentence that no one else owns."""

from collections import Counter
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from marsad.extract.draft import Draft, Reading
from marsad.lang.base import Predicate, Sentence, Unit
from marsad.model import Place

_PRICE = {
    "in": 0,
    "near": 0,
    "on": 0,
    "gen": 1,
    "between": 0,
    "instrument": 0,
    "": 2,
    "to": 2,
    "from": 3,
    "for": 3,
    "about": 4,
    "by": 8,
    "with": 4,
}
_FAR = 36
_OWN, _OTHERS, _BACK, _OWNER, _SPEAKER = 6, 1, 2, 5, 6
_WALL = {"S": 8, "M": 8, "C": 5, ":": 6, "R": 3, '"': 1}
_STATE = 10
_JOINED, _EVENT, _TOLL, _SPEECH = 4, 3, 1, 5
_HARM = {"kill", "injure", "missing", "light"}
_PEOPLE = {
    "force", "combatant", "state", "official", "commander", "person", "civilian", "dead", "hurt", "man", "journalist",
    "medic", "prisoner", "media",
}  # fmt: skip
_STRIKES = {"air_drone_strike", "shelling_missile"}
_LEAVING = {
    "movement",
    "displacement",
    "nonviolent_transfer",
    "government_regains_territory",
    "non_state_overtakes_territory",
    "abduction",
}
_MOVING = {"movement", "displacement"}
_MANY = 6
_THERE = {"in", "near", "on"}
_TOWN, _REGION, _COUNTRY = 4, 5, 6
_LEAD = 2
_AROUND_KM, _DEGREE_KM = 200.0, 111.2
_SPREAD = {
    "air_drone_strike", "shelling_missile", "armed_clash", "control", "government_regains_territory",
    "non_state_overtakes_territory", "remote_explosive", "attack", "siege", "protest", "suicide_bomb", "movement",
    "arrests", "looting_destruction",
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
    containers = {
        sentence.places[c].start
        for p in sentence.places
        for c in p.containers
        if reading.places.get((sentence.index, p.start))
    }
    own = _own(predicate)
    others = set[int]().union(*(_own(p) for p in sentence.predicates if p is not predicate)) - own
    found: list[_Found] = []
    for at, unit in enumerate(sentence.units):
        if unit.place is None or unit.actor is not None or unit.place.start in containers:
            continue
        place = reading.places.get((sentence.index, unit.place.start))
        if place is None:
            continue
        launched = draft.event in _STRIKES and _launched(sentence, at)
        relation = "from" if launched else _relation(sentence, at)
        if relation == "by" or _speaks(draft, at, relation) or (relation == "from" and _foreign(sentence, draft, at)):
            continue
        price = _distance(sentence.units, predicate.unit, at) + _PRICE.get(relation, 4)
        price -= _OWN if unit.start in own else 0
        price += _OTHERS if unit.start in others else 0
        price += _BACK if at < predicate.unit else 0
        price += _owner(sentence, draft, at, relation)
        if place.precision == _COUNTRY and any(p.first <= at < p.last and not p.relation for p in predicate.subject):
            price += _STATE
        found.append(_Found(price, at, place, relation))
    return found


def _own(predicate: Predicate) -> set[int]:
    """The first tokens of the units in a predicate's own phrases."""
    return {u.start for p in (*predicate.obliques, *predicate.object, *predicate.genitive) for u in p.units}


def _speaks(draft: Draft, at: int, relation: str) -> bool:
    """«بحسب أنقرة», "Moscow said", "Russia, an ally of Damascus, condemned": who says it, and what is said of them."""
    units = draft.sentence.units
    before = units[at - 1] if at else None
    told = before.speech if before is not None else None
    if before is not None and told is not None and told.entry.value == "according":
        return True
    if before is not None and told is not None and before.cat == "V" and before.event is None and not relation:
        return True
    if relation in _THERE:
        return False
    verb = next((n for n, u in enumerate(units) if u.cat == "V"), 0)
    return at < verb < draft.predicate.unit and units[verb].speech is not None and units[verb].event is None


def _foreign(sentence: Sentence, draft: Draft, at: int) -> bool:
    """Whether «من X» says where people come from («مقاتلون من مصراتة») rather than what was left or taken."""
    return draft.event not in _LEAVING or (draft.event not in _MOVING and _after_people(sentence, at))


def _launched(sentence: Sentence, at: int) -> bool:
    """Whether a place tells where the base or the position lies from which one set out («من قاعدة في X جنوب Y»)."""
    units = sentence.units
    base = next((n for n in range(at - 1, -1, -1) if units[n].cat not in ("P", ",") and units[n].place is None), -1)
    party = units[base].party if base >= 0 else None
    if party is None or party.entry.value != "position" or _relation(sentence, base) != "from":
        return False
    source = next((u for u in reversed(units[:base]) if u.cat != "P"), None)
    return source is not None and source.cat not in ("A", "T") and source.party is None


def _after_people(sentence: Sentence, at: int) -> bool:
    before = sentence.units[at - 1] if at else None
    if before is not None and before.cat == "P" and at > 1:
        before = sentence.units[at - 2]
    return before is not None and before.event is None and (before.actor is not None or _people(before))


def _owner(sentence: Sentence, draft: Draft, at: int, relation: str) -> int:
    """What it costs to say whose people they are («مجلس ثوار بنغازي»), where a speaker is, or which country acts."""
    price = 0
    units = sentence.units
    if _after_people(sentence, at):
        inside = any(p.first < at < p.last for p in sentence.phrases)
        price += _OWNER if relation == "gen" or (inside and relation in ("", "instrument")) else 0
        after = next((u for u in units[at + 1 : at + 4] if u.cat not in (",", "X", "T")), None)
        price += _SPEAKER if after is not None and after.cat == "V" and after.speech is not None else 0
    before = units[at - 1] if at else None
    if before is not None and before.speech is not None and before.event is None:
        price += _SPEAKER
    begins = sentence.spans[units[at].start][0]
    if any(p.first == at and not p.relation for p in draft.predicate.subject) or any(
        m.group == "state" and m.start <= begins < m.end for m in draft.targets
    ):
        price += _OWNER
    return price


def _people(unit: Unit) -> bool:
    return unit.party is not None and unit.party.entry.value in _PEOPLE


def _relation(sentence: Sentence, at: int) -> str:
    for phrase in sentence.phrases:
        if phrase.first <= at < phrase.last:
            return phrase.relation
    return ""


def _distance(units: list[Unit], position: int, at: int) -> int:
    """Half the units between, with a price for each clause boundary and event passed; deaths belong to their event."""
    low, high = sorted((position, at))
    price = (high - low) // 2
    for unit in units[low + 1 : high]:
        if unit.cat in _WALL:
            price += _WALL[unit.cat]
        elif unit.cat == "V" and unit.conj:
            price += _JOINED
        elif unit.event is not None:
            price += _TOLL if unit.event.entry.value in _HARM else _EVENT
        elif unit.speech is not None and not unit.speech.entry.value.startswith("source_"):
            price += _SPEECH
    return price


def split(reading: Reading, draft: Draft) -> list[Draft]:
    """One draft for each town of a coordinated list («سلمى وجورين»); places within 10 km and quarters stay one."""
    if draft.place is None or draft.event not in _SPREAD:
        return [draft]
    if draft.place.precision > _TOWN:
        return _abroad(reading, draft)
    listed = [place for place in _listed(reading, draft) if far(place, draft.place)]
    if listed and (draft.figures or len(listed) > _MANY):
        draft.place, draft.spread = covering([draft.place, *listed]), True
        draft.why["place"] = f"{draft.why.get('place', '')}; the place that holds all of a list with one figure"
        return [draft]
    made, taken = [draft], [draft.place]
    for place in listed:
        if all(far(place, other) for other in taken):
            taken.append(place)
            made.append(_copy(draft, place))
    return made


def _abroad(reading: Reading, draft: Draft) -> list[Draft]:
    """One draft for each country of «مواقع للتنظيم في سوريا ومخيمات للحزب في شمال العراق», if no figure is for both."""
    sentence, first = draft.sentence, draft.place
    at = next((i for i, u in enumerate(sentence.units) if _at(reading, sentence, u) is first), None)
    if at is None or first is None or draft.figures or draft.event not in _STRIKES:
        return [draft]
    joined = False
    for unit in sentence.units[at + 1 :]:
        if unit.cat in ("V", "E", "S", "R", "M", ":"):
            break
        joined = joined or bool(unit.conj) or _conjunction(unit)
        place = _at(reading, sentence, unit)
        if place is not None and joined and place.precision > _TOWN and place.country not in (None, first.country):
            other = _copy(draft, place)
            begins = sentence.spans[sentence.units[at].start][0]
            later = [t for t in draft.targets if t.start > begins]
            if later and len(later) < len(draft.targets):
                other.targets, draft.targets = later, [t for t in draft.targets if t.start < begins]
            return [draft, other]
    return [draft]


def covering(places: list[Place]) -> Place:
    """The first of the places, no more exact than what holds them all: their province, else their country."""
    first = places[0]
    same = len({p.admin1 for p in places}) == 1 and first.admin1 is not None
    precision = 4 if same else 6 if len({p.country for p in places}) == 1 else 5
    return replace(first, precision=max(first.precision, precision), geo_precision=3, accuracy="province_governorate")


def _copy(draft: Draft, place: Place) -> Draft:
    other = replace(draft, place=place, figures=[], why=dict(draft.why), evidence=list(draft.evidence))
    other.actors, other.targets, other.voices = list(draft.actors), list(draft.targets), list(draft.voices)
    return other


def _listed(reading: Reading, draft: Draft) -> list[Place]:
    """The draft's place and those joined to it by «و» or commas, over places that contain them."""
    sentence, listed = draft.sentence, [draft.place] if draft.place else []
    at = next((i for i, u in enumerate(sentence.units) if _at(reading, sentence, u) is draft.place), None)
    if at is None or not listed:
        return []
    joined = False
    for unit in sentence.units[at + 1 :]:
        place = _at(reading, sentence, unit)
        if place is not None and (joined or sentence.words[unit.start][0] == "و") and unit.relation in ("", "in"):
            if place.precision > _TOWN:
                break
            listed.append(place)
        elif place is not None and place.precision <= listed[-1].precision or place is None and not _links(unit):
            break
        joined = place is None and (unit.cat == "D" and joined or unit.cat == "," or _conjunction(unit))
    return listed


def _conjunction(unit: Unit) -> bool:
    return unit.cat == "C" or (unit.word is not None and unit.word.entry.value == "CONJ")


def _links(unit: Unit) -> bool:
    return unit.cat in (",", "P", "(", ")", "D") or _conjunction(unit)


def _at(reading: Reading, sentence: Sentence, unit: Unit) -> Place | None:
    return reading.places.get((sentence.index, unit.place.start)) if unit.place is not None else None


def _within(inner: Place, outer: Place) -> bool:
    """Whether a place may lie in a region: its point is within twice the region's radius of the region's middle."""
    if outer.precision != _REGION or inner.lat is None or inner.lon is None or outer.lat is None or outer.lon is None:
        return True
    east = (inner.lon - outer.lon) * cos(radians(outer.lat))
    return hypot(inner.lat - outer.lat, east) * _DEGREE_KM <= max(_AROUND_KM, 2 * (outer.radius_km or 0.0))


def far(a: Place, b: Place) -> bool:
    """Whether two places are over 10 km apart, as far as can be told."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return a.name != b.name
    return abs(a.lat - b.lat) + abs(a.lon - b.lon) > 0.12


def whole_country(reading: Reading, draft: Draft) -> Place | None:
    """The country that a sentence without a place speaks of («الحرب السورية»), else the one the document is about."""
    nations = [u.nation for u in draft.sentence.units if u.nation is not None]
    counted = Counter(p.country for p in reading.places.values() if p.country)
    named = [n for n in nations if n.entry.value in counted]
    if not counted and not named:
        return None
    code = max((n.entry.value for n in named), key=lambda c: counted[c]) if named else counted.most_common(1)[0][0]
    for place in reading.places.values():
        if place.country == code and place.precision == _COUNTRY:
            return place
    name = next((str(n.entry.data) for n in named if n.entry.value == code), str(code))
    return Place(name=name, text=name, lat=None, lon=None, country=code, precision=_COUNTRY, geo_precision=3)


def _several(draft: Draft) -> bool:
    """«تسع ضربات»: not all of them where the next sentence names a town."""
    return any(f.of == "strikes" and (f.low or 0) > 1 for f in draft.figures)


def refined(reading: Reading, draft: Draft) -> Place | None:
    """For a single event placed no better than a region: the first exact place in it that is named next."""
    place, index = draft.place, draft.sentence.index
    if place is None or place.precision < _REGION or index > _LEAD or draft.event not in _SPREAD - {"control"}:
        return None
    if draft.factuality != "asserted" or draft.scope != "single" or draft.predicate.tense == "present":
        return None
    if _several(draft):
        return None
    following = reading.sentences[index : index + 4]
    return _exact(reading, following, place, finest=2) or _exact(reading, following, place, finest=_TOWN)


def _exact(reading: Reading, sentences: list[Sentence], place: Place, *, finest: int) -> Place | None:
    """The first place that the sentences name in ``place``, no vaguer than ``finest``."""
    for sentence in sentences:
        for mention in sentence.places:
            found = reading.places.get((sentence.index, mention.start))
            if found is None or found.precision > finest or found.country != place.country:
                continue
            if _within(found, place):
                return found
    return None
