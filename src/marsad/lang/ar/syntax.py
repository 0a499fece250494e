"""Arabic predicates with their grammatical relations.

A verb has its subject and object; a verbal noun takes its agent or patient as a genitive, the rest by prepositions; a
light verb hands what it has to the event noun it carries.
"""

from marsad.lang.ar.phrases import counts, phrases, phrases_after
from marsad.lang.ar.units import verbal
from marsad.lang.ar.verbs import left_of_verb, right_of_verb
from marsad.lang.base import Phrase, Predicate, Sentence, Unit
from marsad.lang.units import build


def parse(sentence: Sentence) -> None:
    """Fill units, phrases and predicates."""
    sentence.units = build(sentence, verbal)
    sentence.phrases = phrases(sentence.units)
    sentence.predicates = predicates(sentence)


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
            left_of_verb(sentence, predicate)
            right_of_verb(sentence, predicate, starts)
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


def _nominal_relations(sentence: Sentence, predicate: Predicate, starts: dict[int, Phrase]) -> None:
    """Genitive, modifiers and prepositional phrases of an event noun."""
    own = starts.get(predicate.unit)
    after = predicate.unit
    if own is not None:
        predicate.modifiers = own.units[1:]
        after = own.last - 1
    last: list[Phrase] | None = None
    for phrase in phrases_after(sentence, after, starts):
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
    return nouns.get(behind.first) if behind.first <= phrase.last + 1 and behind.relation != "for" else None


def _resolve_light(sentence: Sentence, found: list[Predicate]) -> list[Predicate]:
    """Give each light verb's relations to the event noun it carries; the verb stays only for senses of its own."""
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
