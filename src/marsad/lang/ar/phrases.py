"""Arabic noun phrases, from the order of units: where each begins and ends, and which lie before and behind a word."""

from marsad.lang.base import Phrase, Sentence, Unit

_NOMINAL = {"N", "A", "E"}
_REACH = 14
_QUOTED = 4


def phrases(units: list[Unit]) -> list[Phrase]:
    """Noun phrases in order, each with the relation of the preposition before it or of the event noun it hangs on."""
    found: list[Phrase] = []
    current: Phrase | None = None
    relation = ""
    for position, unit in enumerate(units):
        if unit.cat == "D" or (unit.cat == '"' and inside_quotes(units, position)):
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


def inside_quotes(units: list[Unit], position: int) -> bool:
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
            and unit.form.norm[:4] not in ("اثنا", "اثني", "اثنت", "واحد")
        )
    if before.number is not None:
        return False
    return _new_head(before, unit)


def _new_head(before: Unit, unit: Unit) -> bool:
    """Whether a noun behind a noun is the head of a phrase of its own rather than its genitive or attribute."""
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
    """«هاجم المسلحون الجيش», «قطع المقاتلون الطريق»: a definite head that cannot describe the one before it."""
    if before.party is None or unit.party is None or before.party.entry.value not in ("combatant", "force"):
        return False
    kind = unit.party.entry.value
    people = kind == "civilian" and unit.party.entry.data.name in ("civilian", "resident", "residents")
    return (
        people
        or kind in ("building", "position")
        or (kind == "force" and before.party.entry.value == "combatant" and before.party.feature.number == "pl")
    )


def _modifies(before: Unit, unit: Unit) -> bool:
    """Whether an adjective stands with an event noun (غارة جوية أمريكية), alike in definiteness."""
    if unit.conj or unit.prep:
        return False
    if unit.cat == "A" or unit.nation is not None:
        return True
    nisba = unit.form.norm.endswith(("ي", "يه", "يا")) and not (unit.party or unit.actor or unit.place)
    return nisba and unit.cat == "N" and unit.det == before.det


def phrases_before(sentence: Sentence, unit: int, *, stop_at_comma: bool) -> list[Phrase]:
    """Phrases from unit ``unit`` leftwards to the start of the clause, nearest first."""
    units = sentence.units
    found: list[Phrase] = []
    at = unit
    ends = {p.last - 1: p for p in sentence.phrases}
    while at >= 0 and unit - at < _REACH:
        cat = units[at].cat
        if cat in ("S", "M", ":", "R", "V", "C") or (cat == "," and stop_at_comma and found):
            break
        if cat == '"' and not inside_quotes(units, at):
            break
        phrase = ends.get(at)
        if phrase is not None:
            found.append(phrase)
            at = phrase.first
            if units[at].conj and not phrase.joined:
                break
        at -= 1
    return found


def phrases_after(sentence: Sentence, unit: int, starts: dict[int, Phrase], *, skip: bool = False) -> list[Phrase]:
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
