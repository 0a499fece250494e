"""How many: numbers and grammatical number of phrases, as quantities of what an event did."""

from marsad.extract.draft import Draft, Figure, Mention
from marsad.extract.parties import CIVILIANS
from marsad.lang.base import Phrase, Sentence
from marsad.lang.numbers import Number

_WHOM = {
    "child": "children", "woman": "women", "civilian": "civilians", "journalist": "civilians", "medic": "civilians",
    "aidworker": "civilians", "elderly": "civilians", "combatant": "combatants", "force": "combatants", "commander": "combatants",
    "aircraft": "combatants",
}  # fmt: skip
_OF_EVENT = {"abduction": "abducted", "arrests": "detained", "displacement": "displaced"}
_FIGHTING = {"movement", "control", "surveillance", "change_to_group", "support", "base_established"}


def whom(mention: Mention | None) -> str:
    """The codebook's ``whom`` of a party."""
    return _WHOM.get(mention.group, "unspecified") if mention else "unspecified"


def count(mention: Mention) -> tuple[int | None, int | None] | None:
    """Bounds of a phrase: its number, else one, two or an open plural by its grammatical number."""
    if mention.number is not None:
        return mention.number.low, mention.number.high
    if mention.grammatical == "du":
        return 2, 2
    if mention.grammatical == "sg" and mention.group not in ("force", "state") and not mention.definite:
        return 1, 1
    if mention.grammatical == "pl" and not mention.definite:
        return 1, None
    return None


def of_mention(mention: Mention, of: str) -> Figure | None:
    """The figure that a harmed party carries, if its words give one."""
    bounds = count(mention)
    if bounds is None:
        return None
    return Figure(of, whom(mention), bounds[0], bounds[1], mention.start, mention.end)


def of_number(number: Number, of: str, who: str | None, sentence: Sentence) -> Figure:
    """A bare number as a figure."""
    start, end = sentence.spans[number.start][0], sentence.spans[number.end - 1][1]
    return Figure(of, who, number.low, number.high, start, end)


def of_event(draft: Draft) -> None:
    """Figures that belong to the event itself: strikes counted, people taken or driven out, fighters moved, weapons."""
    event = draft.event
    if event in _OF_EVENT:
        for target in draft.targets:
            figure = of_mention(target, _OF_EVENT[event])
            if figure is not None:
                _add(draft, figure)
    elif event in _FIGHTING:
        for actor in draft.actors:
            if actor.number is not None and actor.group in ("combatant", "force"):
                figure = of_mention(actor, "fighters")
                if figure is not None:
                    _add(draft, figure)
    if draft.predicate.nominal and event in STRIKES:
        _strikes(draft)


STRIKES = {"air_drone_strike", "shelling_missile", "suicide_bomb", "remote_explosive", "attack", "armed_clash", "chemical_weapon"}


def _strikes(draft: Draft) -> None:
    sentence, predicate = draft.sentence, draft.predicate
    unit = sentence.units[predicate.unit]
    before = sentence.units[predicate.unit - 1] if predicate.unit else None
    if before is not None and before.number is not None and not unit.prep:
        _add(draft, of_number(before.number, "strikes", None, sentence))
    elif unit.feature.number == "du":
        start, end = sentence.spans[unit.start][0], sentence.spans[unit.end - 1][1]
        _add(draft, Figure("strikes", None, 2, 2, start, end))


def number_in(phrase: Phrase) -> Number | None:
    """The number a phrase holds."""
    return next((u.number for u in phrase.units if u.number is not None), None)


def harmed(figure: Figure) -> bool:
    """Whether a figure counts people harmed."""
    return figure.of in ("killed", "injured", "casualties", "missing")


def is_civilian(mention: Mention) -> bool:
    """Whether a party is made of civilians."""
    return mention.group in CIVILIANS


def _add(draft: Draft, figure: Figure) -> None:
    if all((f.start, f.of) != (figure.start, figure.of) for f in draft.figures):
        draft.figures.append(figure)
