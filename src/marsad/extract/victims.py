"""Whom a word of harm harms by its grammar: the phrases that syntax gives it, the counts that stand together."""

from marsad.extract.counts import Count, joined
from marsad.extract.events import harm_of_unit
from marsad.extract.small_words import bare_word, words
from marsad.lang.base import Phrase, Predicate, Sentence, Unit

REACH = 12


def everyday(predicate: Predicate) -> bool:
    """«سقط»: a word that tells of harm only beside people who are counted."""
    entry = predicate.match.entry
    return entry.frame == "none" and bool(entry.data)


def run(counts: list[Count], units: list[Unit], lang: str) -> list[Count]:
    """The last of the counts with those that it is joined to: «جنديا وثمانية مقاولين قتلوا»."""
    first = len(counts) - 1
    while first and not counts[first].of and joined(units, counts[first - 1].last, counts[first].first, lang):
        first -= 1
    return counts[first:]


def tells_toll(sentence: Sentence, predicate: Predicate, lang: str) -> bool:
    """«حصيلة»: a noun that comes to a number, and names nobody."""
    around = sentence.units[max(0, predicate.unit - 1) : predicate.unit + 1]
    spelt = sentence.words[predicate.start : predicate.end]  # «death toll»
    named = any(bare_word(u, lang) == "toll" for u in around) or any(words(lang).get(w) == "toll" for w in spelt)
    return predicate.nominal and named


def takes_pronoun(predicate: Predicate) -> bool:
    """«أسروا ثمانية وقتلوهم»: whether a pronoun on the verb is all that says who was harmed."""
    return predicate.pronoun_object and not predicate.object and predicate.voice != "passive"


def sides(predicate: Predicate) -> tuple[list[Phrase], list[Phrase]]:
    """(victims, agents) of a predicate of harm."""
    if takes_pronoun(predicate):
        return [], predicate.subject + predicate.agent
    if predicate.nominal:
        return predicate.genitive or predicate.subject[:1], predicate.agent
    if predicate.subject and predicate.object and predicate.object[0].units[0].conj:
        return predicate.subject, predicate.agent
    if predicate.object and predicate.subject:
        if _dual(predicate.subject[-1], predicate.object[0]):
            return predicate.subject, predicate.agent
        return predicate.object, predicate.subject + predicate.agent
    return predicate.object or predicate.subject, predicate.agent


def _dual(before: Phrase, after: Phrase) -> bool:
    """«مدنيين اثنين», «قتلى مدنيين», «ضابطا شرطة»: two phrases of syntax that are one."""
    first = after.units[0]
    governed = before.units[-1].feature.state == "accusative" and first.party and first.party.entry.value == "force"
    return (
        before.last == after.first
        and not first.conj
        and bool(
            first.number is not None
            and before.units[0].number is None
            or before.units[-1].number is not None
            or governed
        )
    )


def object_behind(units: list[Unit], free: list[Count], predicate: Predicate) -> list[Count]:
    """The object behind a clause about the doer: «قتل انتحاري يشتبه بأنه من التنظيم 32 شخصا»."""
    doer = next((p for p in predicate.subject if p.first == predicate.unit + 1 and not p.units[0].det), None)
    if doer is None or predicate.nominal or doer.last >= len(units):
        return []
    verb = units[doer.last]
    behind = next((c for c in free if c.first > doer.last), None)
    if verb.cat != "V" or verb.conj or verb.event is not None or behind is None or behind.number is None:
        return []
    gap, head = units[doer.last + 1 : behind.first], units[behind.first]
    said = {i + 1 for i, u in enumerate(gap) if u.cat == "M"}  # «في أنه ينتمي»
    barred = len(gap) > REACH or any(
        u.cat in ("S", ":", "R", "E", "C") or (u.cat == "V" and i not in said) for i, u in enumerate(gap)
    )
    bare = bool(gap) and not (head.conj or head.prep or head.relation) and gap[-1].cat != "P"
    return [behind] if bare and not barred else []


def subject_behind(units: list[Unit], free: list[Count], predicate: Predicate) -> list[Count]:
    """The subject behind an adjunct with a clause of its own: «أصيب في الهجوم الذي استهدف مدرعة أربعة جنود»."""
    at = predicate.unit + 1
    if at >= len(units) or not (units[at].cat in ("P", "T") or units[at].prep):
        return []
    for count in free:
        gap = units[at : count.first]
        if count.first <= at or not any(u.cat == "R" for u in gap):
            continue
        told = any(u.cat in ("S", "M", ":", "C") or harm_of_unit(u) or (u.cat == "V" and u.conj) for u in gap)
        if told or len(gap) > REACH:
            return []
        head = units[count.first]
        bare = not (head.conj or head.prep or head.relation) and gap[-1].cat in ("N", "A", "E", "T", ",", '"')
        if bare and count.number is not None:
            return [count]
    return []
