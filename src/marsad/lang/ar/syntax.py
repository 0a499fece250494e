"""Arabic phrases and grammatical relations, from the order of units.

Verbs come before or after their subject; after a verb the first bare phrase is the subject unless one stands before it,
the second the object. A verbal noun takes its agent or patient as a genitive, the rest by prepositions.
"""

from marsad.lang.ar.units import verbal
from marsad.lang.base import Phrase, Predicate, Sentence, Unit
from marsad.lang.units import build

_NOMINAL = {"N", "A", "E"}
_STOP_LEFT = {"S", "M", ":", "R"}
_REACH = 14
_SHARED = 24
_STRIKING = {"strike", "target", "kill", "injure"}
_QUOTED = 4
_HARMED = {
    "civilian",
    "child",
    "woman",
    "elderly",
    "journalist",
    "medic",
    "aidworker",
    "building",
    "position",
    "vehicle",
    "prisoner",
}
_ACTING = {"combatant", "force", "state", "official", "commander", "aircraft", "weapon", "media"}


def parse(sentence: Sentence) -> None:
    """Fill units, phrases and predicates."""
    sentence.units = build(sentence, verbal)
    sentence.phrases = phrases(sentence.units)
    sentence.predicates = predicates(sentence)


def phrases(units: list[Unit]) -> list[Phrase]:
    """Noun phrases in order, each with the relation of the preposition before it or of the event noun it hangs on."""
    found: list[Phrase] = []
    current: Phrase | None = None
    relation = ""
    for position, unit in enumerate(units):
        if unit.cat == "D" or (unit.cat == '"' and _inside_quotes(units, position)):
            continue
        if unit.cat not in _NOMINAL:
            current = None
            relation = unit.relation if unit.cat == "P" else ""
            continue
        before = current.units[-1] if current else None
        if current is None or before is None or _breaks(before, unit, current):
            joined = bool(unit.conj) and before is not None
            kind = unit.relation or relation
            if joined and current is not None and not unit.relation:
                kind = current.relation
            elif before is not None and before.cat == "E" and not unit.relation and not unit.conj:
                kind = "gen"
            elif before is not None and current is not None and counts(current) and unit.cat == "E":
                kind = kind or current.relation
            current = Phrase(unit.start, unit.end, position, position + 1, kind, [unit], joined, len(found))
            found.append(current)
            relation = ""
        else:
            current.units.append(unit)
            current.end, current.last = unit.end, position + 1
    return found


def _inside_quotes(units: list[Unit], position: int) -> bool:
    """Whether a quotation mark belongs to a quoted name of a few words («الفتح المبين»), not to quoted speech."""
    around = units[max(0, position - _QUOTED) : position + _QUOTED + 1]
    return sum(u.cat == '"' for u in around) >= 2 and all(u.cat != "V" for u in around)


def counts(phrase: Phrase) -> bool:
    """Whether a phrase only counts or classes the event noun behind it (سلسلة غارات، أكثر من 360 غارة)."""
    return len(phrase.units) <= 2 and all(
        not (u.actor or u.party or u.place or u.nation or u.det or u.pron) for u in phrase.units
    )


def _breaks(before: Unit, unit: Unit, current: Phrase) -> bool:
    """Whether ``unit`` begins a new phrase after ``before``."""
    if unit.cat == "A" and unit.conj and not unit.prep and before.cat in ("A", "E") and not unit.actor:
        return False
    if unit.conj or unit.prep:
        return True
    if unit.place is not None and (before.det or before.actor is not None or before.nation is not None):
        return True
    if unit.cat == "E" or (before.cat == "E" and not _modifies(before, unit)):
        return True
    if unit.cat == "A":
        return False
    if current.units[0].cat == "E":
        return not _modifies(before, unit)
    if unit.number is not None:
        return (
            before.number is None
            and before.feature.number != "du"
            and unit.form.norm[:4] not in ("اثنا", "اثني", "اثنت")
        )
    if before.number is not None:
        return False
    heads = bool(unit.actor or unit.party)
    if before.place is not None and heads and not unit.det:
        return True
    if before.actor is not None:
        noun = unit.word is not None and unit.word.entry.value == "N"  # «حزب العمال النار»
        return heads or noun or not unit.det
    if before.det and unit.det and _patient(before, unit):
        return True
    if before.det or before.pron:
        return not unit.det and (heads or unit.place is None)
    if before.party is not None:
        word = before.form.norm
        if word.endswith("ي") and before.feature.number == "sg" and unit.cat == "N" and unit.det:
            return True
        if word.endswith(("ون", "ين", "ا")) and len(word) > 4:
            return heads or unit.det
        return heads and not unit.det and unit.actor is None and before.party.entry.value not in ("force", "combatant")
    return False


def _patient(before: Unit, unit: Unit) -> bool:
    """«هاجم المسلحون الجيش», «قطع المقاتلون الطريق»: a definite head that cannot describe the definite head before it."""
    if before.party is None or unit.party is None or before.party.entry.value not in ("combatant", "force"):
        return False
    kind = unit.party.entry.value
    people = kind == "civilian" and unit.party.entry.data.name in ("civilian", "resident", "residents")
    return people or kind in ("building", "position") or (kind == "force" and before.party.entry.value == "combatant" and before.party.feature.number == "pl")


def _modifies(before: Unit, unit: Unit) -> bool:
    """Whether an adjective stands with an event noun (غارة جوية أمريكية), alike in definiteness."""
    if unit.conj or unit.prep:
        return False
    if unit.cat == "A" or unit.nation is not None:
        return True
    nisba = unit.form.norm.endswith(("ي", "يه", "يا")) and not (unit.party or unit.actor or unit.place)
    return nisba and unit.cat == "N" and unit.det == before.det


def predicates(sentence: Sentence) -> list[Predicate]:
    """Event words with their relations; light verbs pass theirs on to the event noun they carry."""
    units = sentence.units
    starts = {p.first: p for p in sentence.phrases}
    found: list[Predicate] = []
    for position, unit in enumerate(units):
        if unit.event is None or unit.cat not in ("V", "E"):
            continue
        nominal = unit.cat == "E"
        predicate = Predicate(
            position, unit.start, unit.end, unit.event, nominal, unit.feature.tense, unit.feature.voice
        )
        predicate.pronoun_object = bool(unit.pron) and not nominal
        _clause(units, predicate)
        if nominal:
            _nominal_relations(sentence, predicate, starts)
        else:
            _left_of_verb(sentence, predicate)
            _right_of_verb(sentence, predicate, starts)
        found.append(predicate)
    return _resolve_light(sentence, found)


def _clause(units: list[Unit], predicate: Predicate) -> None:
    """The units of the predicate's own clause: back to a stop, complementiser or joined verb, on to the next."""
    left = predicate.unit
    while left > 0 and units[left - 1].cat not in ("S", "M", "R", ":"):
        if units[left].cat == "V" and units[left].conj and left != predicate.unit:
            break
        left -= 1
    right = predicate.unit + 1
    while right < len(units) and units[right].cat not in ("S", "M"):
        if (
            units[right].cat in ("V", "C")
            and (units[right].conj or units[right].cat == "C")
            and right > predicate.unit + 1
        ):
            break
        right += 1
    predicate.clause = (left, right)


def _left_of_verb(sentence: Sentence, predicate: Predicate) -> None:
    """A subject that stands before its verb, or the antecedent of a relative clause."""
    units = sentence.units
    at = predicate.unit - 1
    if units[predicate.unit].conj:
        return
    while at >= 0 and units[at].cat in ("X", "B"):
        at -= 1
    relative = at >= 0 and units[at].cat == "R"
    if relative:
        at -= 1
        if at >= 0 and units[at].cat == ",":
            at -= 1
    candidates = _phrases_before(sentence, at, stop_at_comma=relative)
    if not candidates:
        return
    nearest = candidates[0]
    indefinite = not nearest.units[-1].det and nearest.last == at + 1 and not nearest.units[0].actor
    if at >= 0 and units[at].cat == "," and predicate.match.entry.value in _STRIKING:
        noun = next((p for p in candidates if p.units[0].cat == "E"), None)  # «14 غارة بالقنابل، استهدفت مناطق»
        if noun is not None and units[predicate.unit].feature.person in ("3fs", "3ms"):
            (predicate.object if predicate.pronoun_object else predicate.subject).append(noun)
            return
    event = indefinite and nearest.units[0].cat == "E"
    if relative or event or (indefinite and nearest.relation and nearest.units[0].cat == "N"):
        chosen = _antecedent(candidates, people=units[predicate.unit].feature.person == "3mp")
        (predicate.object if predicate.pronoun_object else predicate.subject).append(chosen)
        return
    bare = [p for p in candidates if not p.relation]
    if bare:
        chosen = bare[-1]
        if len(bare) > 1 and counts(chosen) and bare[-2].units[0].cat == "E" and bare[-2].first == chosen.last:
            chosen = bare[-2]
        (predicate.object if predicate.pronoun_object and indefinite else predicate.subject).append(chosen)
        predicate.subject.extend(
            p
            for p in sentence.phrases[chosen.index + 1 :]
            if p.joined and not p.relation and p.end <= units[predicate.unit].start
        )


def _antecedent(candidates: list[Phrase], *, people: bool) -> Phrase:
    """The phrase a relative clause speaks of: the nearest, or the bare one whose genitive the nearest is."""
    nearest = candidates[0]
    if people and not (nearest.head.party or nearest.head.actor):
        return next((p for p in candidates if p.head.party or p.head.actor), nearest)
    arms = nearest.head.party is not None and nearest.head.party.entry.value in ("weapon", "aircraft")
    if nearest.relation == "gen" and len(candidates) > 1 and candidates[1].units[0].cat == "E" and not arms:
        return candidates[1]
    return nearest


def _phrases_before(sentence: Sentence, unit: int, *, stop_at_comma: bool) -> list[Phrase]:
    """Phrases from unit ``unit`` leftwards to the start of the clause, nearest first."""
    units = sentence.units
    found: list[Phrase] = []
    at = unit
    ends = {p.last - 1: p for p in sentence.phrases}
    while at >= 0 and unit - at < _REACH:
        cat = units[at].cat
        if cat in ("S", "M", ":", "R", "V", "C") or (cat == "," and stop_at_comma and found):
            break
        if cat == '"' and not _inside_quotes(units, at):
            break
        phrase = ends.get(at)
        if phrase is not None:
            found.append(phrase)
            at = phrase.first
            if units[at].conj and not phrase.joined:
                break
        at -= 1
    return found


def _instead_of_antecedent(predicate: Predicate, bare: list[list[Phrase]]) -> None:
    """«منطقة يسيطر عليها المسلحون»: a phrase behind the verb that acts takes the place of one before it that does not."""
    before = predicate.subject
    if before and bare and _acts(bare[0][0]) and not any(_acts(p) or p.units[0].cat == "E" for p in before):
        predicate.subject = []
        if predicate.match.entry.frame == "transitive" and len(bare) == 1:
            predicate.object.extend(before)


def _suffers(phrase: Phrase) -> bool:
    """Whether a phrase names people or things that have violence done to them rather than do it."""
    head = phrase.head
    return head.actor is None and head.party is not None and head.party.entry.value in _HARMED


def _names(phrase: Phrase) -> bool:
    """Whether a phrase names a party, a place, a number of something or an event rather than a manner (دوليا)."""
    return any(u.actor or u.party or u.place or u.number or u.event for u in phrase.units)


def _join_subject(sentence: Sentence, predicate: Predicate, bare: list[list[Phrase]]) -> None:
    """A joined verb with one phrase behind it: its own subject if that can act, else the object beside a shared subject."""
    feature = sentence.units[predicate.unit].feature
    if feature.voice == "passive":
        predicate.object.extend(bare[0] if bare else [])
    elif (
        bare
        and feature.person[1:] != "mp"
        and (_acts(bare[0][0]) or predicate.match.entry.frame in ("harm", "explode", "none", "move", "flee"))
    ):
        predicate.subject.extend(bare[0])
    else:
        _shared_subject(sentence, predicate)
        if bare:
            predicate.object.extend(bare[0])


def _share(sentence: Sentence, predicate: Predicate) -> bool:
    """Give a joined verb the subject of the one before it; whether there was one."""
    _shared_subject(sentence, predicate)
    return bool(predicate.subject)


def _acts(phrase: Phrase) -> bool:
    """Whether a phrase names someone who acts rather than someone or something harmed."""
    head = phrase.head
    if head.actor is not None:
        return True
    return head.party is not None and head.party.entry.value in _ACTING


def _shared_subject(sentence: Sentence, predicate: Predicate) -> None:
    """A joined verb without a subject of its own (ردت القوات واستهدفت) has that of the verb before it."""
    for at in range(predicate.unit - 1, max(-1, predicate.unit - _SHARED), -1):
        unit = sentence.units[at]
        if unit.cat in ("S", "M", ":"):
            break
        if unit.cat == "V":
            if _agree(unit, sentence.units[predicate.unit]):
                predicate.subject.extend(subject(sentence, at))
            break
    predicate.pronoun_subject = not predicate.subject


def _agree(first: Unit, second: Unit) -> bool:
    """Whether two verbs may share a subject: gender and number do not contradict (a verb before its subject is singular)."""
    one, two = first.feature.person, second.feature.person
    return (
        not one
        or not two
        or one == two
        or two[:1] == "3"
        and one[:1] == "3"
        and (two[-1] == "p" or one[-1] == "p" or one[1:2] == two[1:2])
    )


def subject(sentence: Sentence, unit: int) -> list[Phrase]:
    """The subject of the verb at ``unit``; through joined verbs that of the first."""
    known = sentence.subjects.get(unit)
    if known is not None:
        return known
    sentence.subjects[unit] = []
    here = sentence.units[unit]
    entry = next((m for m in (here.event, here.word, here.speech, here.cue) if m is not None), None)
    if here.cat != "V" or entry is None:
        return []
    verb = Predicate(unit, here.start, here.end, entry, False, here.feature.tense, here.feature.voice)
    verb.pronoun_object = bool(here.pron)
    _left_of_verb(sentence, verb)
    _right_of_verb(sentence, verb, {p.first: p for p in sentence.phrases})
    sentence.subjects[unit] = verb.subject
    return verb.subject


def _right_of_verb(sentence: Sentence, predicate: Predicate, starts: dict[int, Phrase]) -> None:
    """Phrases after the verb: bare ones are subject and object in turn, the rest obliques."""
    units = sentence.units
    bare: list[list[Phrase]] = []
    last: list[Phrase] | None = None
    closed = False
    for phrase in _phrases_after(sentence, predicate.unit, starts, skip=not predicate.subject):
        if closed and phrase.relation in ("by", "gen"):
            continue  # of the event noun before it
        if predicate.match.entry.frame == "harm" and phrase.start in predicate.match.tail and (
            phrase.units[0].pron or phrase.units[0].cat == "E"
        ):
            continue  # «لقي الرجل مصرعه»
        if _attribute(phrase):
            continue
        closed = closed or (phrase.units[0].cat == "E" and bool(phrase.relation))
        if phrase.joined and last is not None:
            last.append(phrase)
            continue
        if phrase.relation:
            last = predicate.agent if phrase.relation == "by" else predicate.obliques
            last.append(phrase)
        else:
            last = [phrase]
            bare.append(last)
    if units[predicate.unit].conj and not predicate.subject and (len(bare) < 2 or predicate.pronoun_object):
        _join_subject(sentence, predicate, bare)
        return
    feature = units[predicate.unit].feature
    plural = feature.person in ("3mp", "1p", "1s", "2mp")
    if feature.voice == "passive":
        predicate.object.extend(bare[0] if bare else predicate.subject)
        predicate.subject = []
        return
    _instead_of_antecedent(predicate, bare)
    if len(bare) == 1 and not predicate.subject and _resumes(units, predicate.unit):
        predicate.object.extend(bare[0])
        predicate.pronoun_subject = True
        return
    if bare and not predicate.subject and not (plural and predicate.pronoun_object):
        if plural:
            predicate.object.extend(bare[0])
            predicate.pronoun_subject = True
            return
        if len(bare) == 1 and _suffers(bare[0][0]) and predicate.match.entry.frame in ("transitive", "on"):
            predicate.pronoun_subject = True
        else:
            predicate.subject.extend(bare.pop(0))
    if bare:
        predicate.object.extend(next((group for group in bare if _names(group[0])), bare[0]))
    elif not predicate.subject:
        predicate.pronoun_subject = True
    elif predicate.agent and not predicate.object and predicate.match.entry.frame != "harm":  # أعدم رجال على يد مسلحين
        predicate.object, predicate.subject = predicate.subject, []


def _attribute(phrase: Phrase) -> bool:
    """Whether a phrase is a participle with the article, which describes the noun before it («القوات المتمركزة»)."""
    first = phrase.units[0]
    return first.cat == "E" and first.det and first.event is not None and first.event.entry.pos == "part"


def _resumes(units: list[Unit], verb: int) -> bool:
    """Whether the subject is the pronoun of «إنه», «أنها» before the verb, alike in gender and number."""
    at = verb - 1
    while at >= 0 and units[at].cat in ("X", "B"):
        at -= 1
    if at < 0 or units[at].cat != "M":
        return False
    ending = next((e for e in ("هم", "ها", "ه") if units[at].form.norm.endswith(e)), "")
    return units[verb].feature.person == {"هم": "3mp", "ها": "3fs", "ه": "3ms"}.get(ending, "-")


def _phrases_after(sentence: Sentence, unit: int, starts: dict[int, Phrase], *, skip: bool = False) -> list[Phrase]:
    """Phrases from after ``unit`` to the end of its clause; a comma ends it unless an adjunct stands behind.

    ``skip``: pass over a verb joined right behind, which shares what follows (قتل وجرح مدنيون).
    """
    units, found = sentence.units, []
    at = unit + 1
    if skip and at < len(units) and units[at].cat == "V" and units[at].conj:
        at += 1
    while at < len(units):
        here = units[at]
        if here.cat in ("S", "M", "V", "R", "C", ":"):
            break
        if here.cat == "," and not _continues(units, at):
            break
        phrase = starts.get(at)
        if phrase is not None:
            behind = units[at - 1].speech
            if behind is None or behind.entry.value != "according":  # who says so is no party of the verb
                found.append(phrase)
            at = phrase.last
        else:
            at += 1
    return found


def _continues(units: list[Unit], comma: int) -> bool:
    """Whether the clause goes on behind a comma: an adjunct follows, or one was set between commas."""
    if comma + 1 >= len(units):
        return False
    behind, before = units[comma + 1], units[comma - 1]
    return behind.cat in ("P", "T") or bool(behind.prep) or (before.cat == "T" and comma >= 2)


def _nominal_relations(sentence: Sentence, predicate: Predicate, starts: dict[int, Phrase]) -> None:
    """Genitive, modifiers and prepositional phrases of an event noun."""
    own = starts.get(predicate.unit)
    after = predicate.unit
    if own is not None:
        predicate.modifiers = own.units[1:]
        after = own.last - 1
    last: list[Phrase] | None = None
    for phrase in _phrases_after(sentence, after, starts):
        if phrase.joined and last is not None:
            last.append(phrase)
            continue
        if phrase.units[0].cat == "E" and phrase.joined:
            break
        if phrase.relation == "gen" and not predicate.genitive and phrase.first <= after + 2:
            last = predicate.genitive
        elif phrase.relation == "by":
            last = predicate.agent
        elif phrase.relation:
            last = predicate.obliques
        elif predicate.genitive:
            last = predicate.object
        elif own is not None and own.relation and phrase.first > after + 1:
            break  # «قتل في المعارك أمس خمسون»: of the verb
        else:
            last = predicate.subject
        last.append(phrase)
        if phrase.units[0].cat == "E" and phrase.relation not in ("gen",):
            break


def _counted(sentence: Sentence, phrase: Phrase, nouns: dict[int, Predicate]) -> Predicate | None:
    """The event noun right behind a phrase that counts it."""
    if phrase.index + 1 >= len(sentence.phrases) or not counts(phrase):
        return None
    behind = sentence.phrases[phrase.index + 1]
    return nouns.get(behind.first) if behind.first <= phrase.last + 1 else None


def _resolve_light(sentence: Sentence, found: list[Predicate]) -> list[Predicate]:
    """Give each light verb's relations to the event noun that it carries, and leave the verb out unless it has senses of its own."""
    kept = [p for p in found if p.match.entry.value != "light"]
    nouns = {p.unit: p for p in kept if p.nominal}
    lights = [p for p in found if p.match.entry.value == "light"]
    for verb in sorted(lights, key=lambda p: (not p.pronoun_object, p.match.entry.frame == "none")):
        carries = False
        for phrase in (*verb.subject, *verb.genitive, *verb.object, *verb.obliques):
            noun = nouns.get(phrase.first) or _counted(sentence, phrase, nouns)
            aim = phrase.relation == "for" and verb.match.entry.frame != "undergo"
            if noun is None or aim:
                continue
            carries = True
            if noun.light is None:
                noun.light, noun.tense, noun.clause = verb.match, verb.tense, verb.clause
            elif noun.subject or verb.match.entry.frame == "none":
                continue
            others = [p for p in (*verb.subject, *(verb.genitive if verb.nominal else ())) if p is not phrase]
            if verb.match.entry.frame == "undergo":
                noun.object.extend(others)
            else:
                noun.subject = [*others, *noun.subject] if others else noun.subject
                noun.pronoun_subject = verb.pronoun_subject and not others
            noun.agent.extend(verb.agent)
            noun.obliques.extend(p for p in verb.obliques if p is not phrase and p not in noun.obliques)
        if verb.match.entry.data and not carries:  # «صاروخ أطلقته الجماعة»: an event by itself beside a fitting noun
            kept.append(verb)
    kept.sort(key=lambda p: p.unit)
    return kept
