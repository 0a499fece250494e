"""Deaths and injuries: gathered from a sentence, then joined to the event that caused them."""

from dataclasses import dataclass, field

from marsad.extract import events, figures
from marsad.extract.draft import Draft, Figure, Mention, Reading
from marsad.extract.events import VIOLENT, harm_of
from marsad.extract.parties import mentions
from marsad.lang.base import Phrase, Predicate, Sentence

_CAUSES = {"cause", "in", "instrument", "during", "by"}
_DEAD = {"dead": "killed", "hurt": "injured"}
_AMONG = "among"


@dataclass(slots=True)
class Harm:
    """People killed, injured or missing as one part of a sentence tells it."""

    of: str
    unit: int
    predicate: Predicate | None
    victims: list[Mention] = field(default_factory=list)
    agents: list[Mention] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


def gather(reading: Reading, sentence: Sentence, predicates: list[Predicate]) -> list[Harm]:
    """Harm told in a sentence: by verbs and verbal nouns (قُتل، مقتل) and by nouns of victims (قتلى، جرحى)."""
    found: list[Harm] = []
    used: set[int] = set()
    for predicate in predicates:
        of = harm_of(predicate.match)
        if of is None:
            continue
        harm = Harm(of, predicate.unit, predicate)
        victims, agents = _sides(predicate)
        for phrase in victims:
            used.add(phrase.index)
            _victim(reading, sentence, phrase, harm)
        for phrase in agents:
            harm.agents += mentions(reading, sentence, phrase)
        found.append(harm)
    for phrase in sentence.phrases:
        party = next((u for u in phrase.units if u.party and u.party.entry.value in _DEAD), None)
        if party is not None and party.party is not None and phrase.index not in used:
            harm = Harm(_DEAD[party.party.entry.value], phrase.first, None)
            _victim(reading, sentence, phrase, harm)
            if harm.figures:
                found.append(harm)
    _others(found)
    return found


def _sides(predicate: Predicate) -> tuple[list[Phrase], list[Phrase]]:
    """(victims, agents) of a predicate of harm."""
    if predicate.nominal:
        return predicate.genitive or predicate.subject[:1], predicate.agent
    if predicate.object and predicate.subject:
        return predicate.object, predicate.subject + predicate.agent
    return predicate.object or predicate.subject, predicate.agent


def _victim(reading: Reading, sentence: Sentence, phrase: Phrase, harm: Harm) -> None:
    named = mentions(reading, sentence, phrase)
    for mention in named:
        if mention.group not in ("dead", "hurt"):
            harm.victims.append(mention)
        figure = figures.of_mention(mention, harm.of)
        if figure is not None:
            harm.figures.append(figure)
    number = figures.number_in(phrase)
    if not named and number is not None:
        harm.figures.append(figures.of_number(number, harm.of, "unspecified", sentence))
    _breakdown(reading, sentence, phrase, harm)


def _breakdown(reading: Reading, sentence: Sentence, phrase: Phrase, harm: Harm) -> None:
    """«بينهم ثلاثة أطفال وامرأة»: the parts of a total."""
    inside = False
    for later in sentence.phrases[phrase.index + 1 : phrase.index + 5]:
        if later.relation == _AMONG:
            inside = True
        elif not (inside and later.joined):
            if inside or any(u.cat in ("V", "S", "M") for u in sentence.units[phrase.last : later.first]):
                return
            continue
        for mention in mentions(reading, sentence, later):
            figure = figures.of_mention(mention, harm.of)
            if figure is not None:
                harm.figures.append(figure)
                harm.victims.append(mention)


def _others(found: list[Harm]) -> None:
    """«وإصابة ثلاثة آخرين»: others are of the kind told just before."""
    before: str | None = None
    for harm in found:
        for figure in harm.figures:
            if figure.whom == "unspecified" and before in ("civilians", "combatants") and figure.of == "injured":
                figure.whom = before
        first = next((f.whom for f in harm.figures), None)
        before = first or before


def join(harm: Harm, drafts: list[Draft], sentence: Sentence) -> Draft | None:
    """The draft of the same sentence that caused the harm, or None."""
    able = [d for d in drafts if d.event in VIOLENT and d.sentence is sentence and not d.harm]
    if not able:
        return None
    after = [d for d in able if d.predicate.unit > harm.unit]
    for draft in sorted(after, key=lambda d: d.predicate.unit):
        if any(u.cat == "S" or (u.cat == "V" and u.conj and not events.harm_of_unit(u)) for u in sentence.units[harm.unit + 1 : draft.predicate.unit]):
            break
        if _caused(sentence, draft):
            return draft
    before = [d for d in able if d.predicate.unit < harm.unit]
    if before:
        return max(before, key=lambda d: d.predicate.unit)
    return after[0] if after and after[0].predicate.unit - harm.unit <= 8 else None


def _caused(sentence: Sentence, draft: Draft) -> bool:
    """Whether the draft's event stands behind a word of cause: في انفجار، جراء القصف."""
    unit = sentence.units[draft.predicate.unit]
    if unit.relation in _CAUSES:
        return True
    for before in reversed(sentence.units[max(0, draft.predicate.unit - 3) : draft.predicate.unit]):
        if before.cat == "P":
            return before.relation in _CAUSES
        if before.cat not in ("N", "A", '"'):
            return False
    return False


def give(harm: Harm, draft: Draft) -> None:
    """Add the harm's figures and victims to the draft."""
    for figure in harm.figures:
        if all((f.of, f.start) != (figure.of, figure.start) for f in draft.figures):
            draft.figures.append(figure)
    for victim in harm.victims:
        if all(victim.start != t.start for t in draft.targets):
            draft.targets.append(victim)
    if not draft.actors:
        draft.actors += harm.agents
