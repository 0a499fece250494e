"""English phrases and grammatical relations, from the order of units: subject, verb, object; «by» for the passive agent."""

from marsad.lang.base import Match, Phrase, Predicate, Sentence, Unit
from marsad.lang.units import build

_INSIDE = {"N", "A", "E", "D", '"', "-"}
_DETERMINED = {"D", "A", "P"}
_AUXILIARIES = frozenset("is are was were be been being get got gets getting".split())
_MODALS = frozenset("will would may might could can shall should must".split())
_HAVE = frozenset("has have had having".split())
_REACH = 14


def parse(sentence: Sentence) -> None:
    """Fill units, phrases and predicates."""
    sentence.units = build(sentence, verbal)
    sentence.phrases = phrases(sentence.units)
    sentence.predicates = predicates(sentence)


def verbal(unit: Unit, verb: Match, before: list[Unit], sentence: Sentence) -> bool:
    """Whether a form that may be verb or noun (attack, raids, shelling) stands where a verb stands."""
    tense = verb.feature.tense
    last = next((u for u in reversed(before) if u.cat not in ('"', "X")), None)
    if last is None:
        return tense == "ing" and False
    word = last.form.norm
    if tense in ("past", "pp"):
        return last.cat not in ("D",) or unit.event is not None
    if tense == "ing":
        return word in _AUXILIARIES or last.cat == ","
    if word in ("to",) or word in _MODALS or word in ("not", "n't", "did", "do", "does"):
        return True
    if tense == "present":
        return word in ("who", "which", "that", "it", "he", "she", "they", "we") or (last.cat == "N" and last.actor is not None and _object_follows(unit, sentence))
    return word in ("they", "we", "who", "i", "you")


def _object_follows(unit: Unit, sentence: Sentence) -> bool:
    after = sentence.words[unit.end : unit.end + 1]
    return bool(after) and after[0] in ("the", "a", "an", "its", "their", "several", "two", "three")


def phrases(units: list[Unit]) -> list[Phrase]:
    """Noun phrases in order, each with the relation of the preposition before it."""
    found: list[Phrase] = []
    current: Phrase | None = None
    relation = ""
    joined = False
    for position, unit in enumerate(units):
        if unit.cat in ('"', "-"):
            continue
        if unit.cat == "D":
            current = None
            continue
        if unit.cat not in ("N", "A", "E"):
            if unit.form.norm == "and" and current is not None:
                joined, relation = True, current.relation
            else:
                joined = False
                relation = unit.relation if unit.cat == "P" else ""
            current = None
            continue
        if current is not None and not _breaks(current.units[-1], unit):
            current.units.append(unit)
            current.end, current.last = unit.end, position + 1
            continue
        kind = "gen" if relation == "of" else relation
        if unit.cat == "A" and position + 1 < len(units) and units[position + 1].cat not in ("N", "E", "A", "-", '"'):
            kind = kind or "predicative"
        current = Phrase(unit.start, unit.end, position, position + 1, kind, [unit], joined, len(found))
        found.append(current)
        relation, joined = "", False
    return [p for p in found if p.relation != "predicative" or any(u.actor or u.party for u in p.units)]


def _breaks(before: Unit, unit: Unit) -> bool:
    """Whether ``unit`` begins a new phrase: after an event noun, or a number after a noun."""
    if before.cat == "E":
        return unit.cat != "E" or True
    return unit.number is not None and before.cat == "N" and before.number is None


def predicates(sentence: Sentence) -> list[Predicate]:
    """Event words with their relations; light verbs pass theirs on to the event noun they carry."""
    units = sentence.units
    found: list[Predicate] = []
    for position, unit in enumerate(units):
        if unit.event is None or unit.cat not in ("V", "E"):
            continue
        nominal = unit.cat == "E"
        predicate = Predicate(position, unit.start, unit.end, unit.event, nominal, unit.feature.tense)
        _clause(units, predicate)
        if nominal:
            _noun(sentence, predicate)
        else:
            _verb(sentence, predicate)
        found.append(predicate)
    return _resolve_light(found)


def _clause(units: list[Unit], predicate: Predicate) -> None:
    left = predicate.unit
    while left > 0 and units[left - 1].cat not in ("S", "M", ":"):
        left -= 1
    right = predicate.unit + 1
    while right < len(units) and units[right].cat not in ("S", "M"):
        right += 1
    predicate.clause = (left, right)


def _verb(sentence: Sentence, predicate: Predicate) -> None:
    """Voice, then subject before and object after; the subject of a passive is its object."""
    units, at = sentence.units, predicate.unit
    words = [u.form.norm for u in units[max(0, at - 4) : at]]
    auxiliary = _auxiliary(units, at)
    before = _before(sentence, at)
    bare, by, obliques = _after(sentence, at)
    reduced = predicate.tense in ("past", "pp") and not auxiliary and _is_reduced(sentence, at, before, bare)
    if auxiliary == "be" and predicate.tense in ("past", "pp") or reduced:
        predicate.voice = "passive"
        predicate.object.extend(before)
        predicate.agent.extend(by)
        predicate.obliques.extend(obliques)
    else:
        predicate.subject.extend(before)
        predicate.object.extend(bare)
        predicate.obliques.extend(obliques + by)
        predicate.pronoun_subject = not before
    if any(w in ("will", "'ll") for w in words) or (len(words) > 0 and words[-1] == "to" and predicate.tense == "base"):
        predicate.tense = "future"


def _auxiliary(units: list[Unit], at: int) -> str:
    for unit in reversed(units[max(0, at - 4) : at]):
        word = unit.form.norm
        if word in _AUXILIARIES:
            return "be"
        if word in _HAVE:
            return "have"
        if unit.cat not in ("X", "V", "B", '"', "T"):
            return ""
    return ""


def _is_reduced(sentence: Sentence, at: int, before: list[Phrase], bare: list[Phrase]) -> bool:
    """«people killed in the raid», «areas controlled by rebels»: a participle behind its noun."""
    if not before or bare:
        return False
    follower = sentence.units[at + 1] if at + 1 < len(sentence.units) else None
    return follower is None or follower.cat in ("P", "T", "S", ",")


def _before(sentence: Sentence, at: int) -> list[Phrase]:
    """The bare phrase before a verb with those joined to it; through «who» the antecedent."""
    units, ends = sentence.units, {p.last - 1: p for p in sentence.phrases}
    place, found = at - 1, []
    limit = max(0, at - _REACH)
    while place >= limit:
        unit = units[place]
        phrase = ends.get(place)
        if phrase is not None:
            if not phrase.relation:
                found.append(phrase)
                if not phrase.joined:
                    return list(reversed(found))
            elif phrase.relation not in ("gen", "in", "at", "on", "near", "from", "with", "among", "between", "during") or (found and not phrase.joined):
                return list(reversed(found)) or [phrase]
            place = phrase.first - 1
            continue
        if unit.cat in ("S", ":", "M", "C") and unit.form.norm != "and":
            break
        if unit.cat == "V" and place != at - 1 and unit.event is None and found:
            break
        place -= 1
    return list(reversed(found))


def _after(sentence: Sentence, at: int) -> tuple[list[Phrase], list[Phrase], list[Phrase]]:
    """(bare, by, oblique) phrases after unit ``at`` to the end of its clause."""
    units, starts = sentence.units, {p.first: p for p in sentence.phrases}
    bare: list[Phrase] = []
    by: list[Phrase] = []
    obliques: list[Phrase] = []
    last: list[Phrase] | None = None
    place = at + 1
    while place < len(units):
        unit = units[place]
        if unit.cat in ("S", ":", "M") or (unit.cat == "V" and place > at + 2) or unit.cat == "R":
            break
        if unit.cat == "," and place + 1 < len(units) and units[place + 1].cat not in ("P", "T", "N", "A", "D", "E"):
            break
        phrase = starts.get(place)
        if phrase is None:
            place += 1
            continue
        if phrase.joined and last is not None:
            last.append(phrase)
        else:
            last = _slot(phrase, bare, by, obliques)
            if last is None:
                break
            last.append(phrase)
        place = phrase.last
    return bare, by, obliques


def _slot(phrase: Phrase, bare: list[Phrase], by: list[Phrase], obliques: list[Phrase]) -> list[Phrase] | None:
    if phrase.relation == "by":
        return by
    if phrase.relation:
        return obliques
    return bare if not bare and not obliques else None


def _noun(sentence: Sentence, predicate: Predicate) -> None:
    """Words before an event noun modify it; «of» gives its genitive, «by» its agent."""
    own = next((p for p in sentence.phrases if p.first <= predicate.unit < p.last), None)
    after = predicate.unit
    if own is not None:
        predicate.modifiers = [u for u in own.units if u.start < predicate.start]
        after = own.last - 1
    bare, by, obliques = _after(sentence, after)
    predicate.agent.extend(by)
    predicate.genitive.extend(p for p in obliques if p.relation == "gen")
    predicate.obliques.extend(p for p in obliques if p.relation != "gen")


def _resolve_light(found: list[Predicate]) -> list[Predicate]:
    kept = [p for p in found if p.match.entry.value != "light"]
    for verb in found:
        if verb.match.entry.value != "light":
            continue
        carried = (*verb.object, *verb.subject, *verb.obliques)
        noun = next((p for p in kept if p.nominal and any(q.first <= p.unit < q.last for q in carried)), None)
        if noun is None or noun.light is not None:
            continue
        noun.light, noun.tense, noun.clause = verb.match, verb.tense, verb.clause
        own = [p for p in verb.subject if not p.first <= noun.unit < p.last]
        if verb.match.entry.frame == "undergo":
            noun.object.extend(own)
        else:
            noun.subject = [*own, *noun.subject]
        noun.agent.extend(verb.agent)
        noun.obliques.extend(p for p in verb.obliques if not p.first <= noun.unit < p.last and p not in noun.obliques)
    return kept


def subject(sentence: Sentence, unit: int) -> list[Phrase]:
    """The subject of the verb at ``unit``."""
    if unit not in sentence.subjects:
        sentence.subjects[unit] = _before(sentence, unit)
    return sentence.subjects[unit]
