"""Subject and object of Arabic verbs.

Verbs come before or after their subject; after a verb the first bare phrase is the subject unless one stands before it,
the second the object.
"""

from marsad.lang.ar.phrases import counts, phrases_after, phrases_before
from marsad.lang.base import Phrase, Predicate, Sentence, Unit

_SHARED = 24
_STRIKING = {"strike", "target", "kill", "injure"}
_HARMED = {
    "civilian", "child", "woman", "elderly", "journalist", "medic", "aidworker", "building", "position", "vehicle",
    "prisoner",
}  # fmt: skip
_ACTING = {"combatant", "force", "state", "official", "commander", "aircraft", "weapon", "media"}


def left_of_verb(sentence: Sentence, predicate: Predicate) -> None:
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
    candidates = phrases_before(sentence, at, stop_at_comma=relative)
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
    left_of_verb(sentence, verb)
    right_of_verb(sentence, verb, {p.first: p for p in sentence.phrases})
    sentence.subjects[unit] = verb.subject
    return verb.subject


def right_of_verb(sentence: Sentence, predicate: Predicate, starts: dict[int, Phrase]) -> None:
    """Phrases after the verb: bare ones are subject and object in turn, the rest obliques."""
    units = sentence.units
    bare = _behind(sentence, predicate, starts)
    if units[predicate.unit].conj and not predicate.subject and (len(bare) < 2 or predicate.pronoun_object):
        _join_subject(sentence, predicate, bare)
        return
    feature = units[predicate.unit].feature
    if feature.voice == "passive":
        predicate.object.extend(bare[0] if bare else predicate.subject)
        predicate.subject = []
        return
    _instead_of_antecedent(predicate, bare)
    _active(units, predicate, bare)


def _behind(sentence: Sentence, predicate: Predicate, starts: dict[int, Phrase]) -> list[list[Phrase]]:
    """The bare phrases after a verb with those joined to them; the others go to its agent or its obliques."""
    bare: list[list[Phrase]] = []
    last: list[Phrase] | None = None
    closed = False
    for phrase in phrases_after(sentence, predicate.unit, starts, skip=not predicate.subject):
        if closed and phrase.relation in ("by", "gen"):
            continue  # of the event noun before it
        if (
            predicate.match.entry.frame == "harm"
            and phrase.start in predicate.match.tail
            and (phrase.units[0].pron or phrase.units[0].cat == "E")
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
    return bare


def _active(units: list[Unit], predicate: Predicate, bare: list[list[Phrase]]) -> None:
    """Subject and object of an active verb out of the bare phrases behind it."""
    plural = units[predicate.unit].feature.person in ("3mp", "1p", "1s", "2mp")
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


def _instead_of_antecedent(predicate: Predicate, bare: list[list[Phrase]]) -> None:
    """«منطقة يسيطر عليها المسلحون»: a phrase that acts, behind the verb, replaces one before it that does not."""
    before = predicate.subject
    if before and bare and _acts(bare[0][0]) and not any(_acts(p) or p.units[0].cat == "E" for p in before):
        predicate.subject = []
        if predicate.match.entry.frame == "transitive" and len(bare) == 1:
            predicate.object.extend(before)


def _join_subject(sentence: Sentence, predicate: Predicate, bare: list[list[Phrase]]) -> None:
    """A joined verb with one phrase behind it: its own subject if that can act, else the object."""
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
    """Whether two verbs may share a subject: gender and number agree, but a verb before its subject is singular."""
    one, two = first.feature.person, second.feature.person
    return (
        not one
        or not two
        or one == two
        or two[:1] == "3"
        and one[:1] == "3"
        and (two[-1] == "p" or one[-1] == "p" or one[1:2] == two[1:2])
    )


def _resumes(units: list[Unit], verb: int) -> bool:
    """Whether the subject is the pronoun of «إنه», «أنها» before the verb, alike in gender and number."""
    at = verb - 1
    while at >= 0 and units[at].cat in ("X", "B"):
        at -= 1
    if at < 0 or units[at].cat != "M":
        return False
    ending = next((e for e in ("هم", "ها", "ه") if units[at].form.norm.endswith(e)), "")
    return units[verb].feature.person == {"هم": "3mp", "ها": "3fs", "ه": "3ms"}.get(ending, "-")


def _attribute(phrase: Phrase) -> bool:
    """Whether a phrase is a participle with the article, which describes the noun before it («القوات المتمركزة»)."""
    first = phrase.units[0]
    return first.cat == "E" and first.det and first.event is not None and first.event.entry.pos == "part"


def _acts(phrase: Phrase) -> bool:
    """Whether a phrase names someone who acts rather than someone or something harmed."""
    head = phrase.head
    if head.actor is not None:
        return True
    return head.party is not None and head.party.entry.value in _ACTING


def _suffers(phrase: Phrase) -> bool:
    """Whether a phrase names people or things that have violence done to them rather than do it."""
    head = phrase.head
    return head.actor is None and head.party is not None and head.party.entry.value in _HARMED


def _names(phrase: Phrase) -> bool:
    """Whether a phrase names a party, a place, a number of something or an event rather than a manner (دوليا)."""
    return any(u.actor or u.party or u.place or u.number or u.event for u in phrase.units)
