"""Whether it happened: the cues of negation, modality, intention and fear that govern a predicate."""

from functools import cache

from marsad.extract.draft import Draft
from marsad.extract.events import harm_of_unit
from marsad.lang.base import Unit
from marsad.tables import read

VALUES = {"asserted", "denied", "planned", "possible", "drop", "void"}
_REACH = 24
_PARTICLE_REACH = 6
_IFS = {"condition", "unless"}
_UNREAL = {"counterfactual", "lawla"}

Cue = tuple[str, str]


@cache
def table() -> dict[str, str]:
    """What each cue, cue by event, or cue over another yields."""
    rows = read("extract/data/factuality.tsv", columns=("cue", "factuality", "note"))
    return {row["cue"]: row.one_of("factuality", VALUES) for row in rows}


def judge(draft: Draft) -> tuple[str, str]:
    """(factuality or ``drop``, why) of a draft."""
    chain = _chain(draft)
    if not chain:
        return "asserted", "plain"
    values = table()
    inner = chain[-1][0]
    verdict = values.get(f"{inner}:{draft.event}") or values[inner]
    for outer, _ in reversed(chain[:-1]):
        pair = f"{outer}>{inner}"
        combined = values.get(f"{pair}:{draft.event}") or values.get(pair) or values.get(f"{outer}:{draft.event}")
        if combined is None:  # began to, claimed to: what stands inside keeps its own verdict
            combined = verdict if values[outer] in ("asserted", "void") else values[outer]
        if combined != "void":
            verdict = combined
        inner = outer
    return ("asserted" if verdict == "void" else verdict), " > ".join(source for _, source in chain)


def _chain(draft: Draft) -> list[Cue]:
    """The cues that govern a predicate, outermost first, its own form last."""
    units, position = draft.sentence.units, draft.predicate.unit
    chain: list[Cue] = []
    inside = {token for u in units if u.cue is not None for token in u.cue.tail}
    for at, unit in enumerate(units):
        if unit.cue is None or (at == position and unit.event is not None) or unit.start in inside:
            continue
        cue = _read(draft, at, unit)
        if cue and cue in table() and _governs(units, at, position, draft):
            chain.append((cue, unit.cue.entry.source))
    form = _by_form(draft)
    if form is not None and not (
        form[0] in ("purpose", "infinitive")
        and chain
        and chain[-1][0] in ("succeed", "purpose", "plan", "attempt", "fail", "order", "permit")
    ):
        chain.append(form)
    return chain


def _read(draft: Draft, at: int, unit: Unit) -> str:
    """The cue of a unit, or "" where its surroundings make it another word."""
    assert unit.cue is not None
    cue, units = unit.cue.entry.value, draft.sentence.units
    if unit.speech is not None and unit.speech.entry.value == "source_anon":
        return ""
    own = draft.predicate.unit
    if cue == "request" and draft.predicate.nominal and at < own < len(units) - 1 and units[own + 1].cat == "R":
        return ""  # «إلى رفع الحصار الذي تفرضه»: what is spoken of goes on
    if cue in ("qad", "ma"):
        verb = next((u for u in units[at + 1 : at + 3] if u.cat == "V"), None)
        wanted = "present" if cue == "qad" else "past"
        if verb is None or verb.feature.tense != wanted:
            return ""
        if (
            cue == "ma"
            and verb.event is not None
            and at
            and units[at - 1].cat == ","
            and verb.event.entry.value in ("light", "kill", "injure")
        ):
            return ""  # «قصف، ما أسفر عن»: which led to
        if cue == "ma" and at and units[at - 1].cat not in ("S", '"', ":", ","):
            return ""
    if cue == "without" and at + 1 < len(units) and units[at + 1].number is not None:
        return ""
    if cue in ("had_inversion", "should_inversion") and at != 0:
        return ""
    if cue == "question_inversion" and (at != 0 or draft.sentence.words[-1] not in ("?", "؟")):
        return ""
    if cue == "infinitive":
        return (
            "infinitive"
            if units[draft.predicate.unit].feature.tense == "base" and draft.predicate.unit - at <= 2
            else ""
        )
    return cue


def _by_form(draft: Draft) -> Cue | None:
    """What a verb's tense or an attached ل says."""
    predicate, units = draft.predicate, draft.sentence.units
    unit = units[predicate.unit]
    if unit.cat == "V" and unit.prep == "ل" and predicate.tense == "past":
        return (
            ("counterfactual", "ل + perfect")
            if any(u.cue is not None and u.cue.entry.value in _UNREAL for u in units)
            else None
        )
    if predicate.end - predicate.start > 1 and draft.sentence.words[predicate.end - 1].endswith("كم"):
        return "summon", "said to those addressed"  # «أخلوا منازلكم»
    if predicate.tense == "future":
        return "future", "future tense"
    if unit.cat == "V" and unit.prep == "ل":
        return "purpose", "ل + imperfect"
    if (
        predicate.nominal
        and unit.prep == "ل"
        and (not unit.det or predicate.match.entry.frame in ("hold", "move"))
        and predicate.light is None
        and unit.event
        and unit.event.entry.pos == "masdar"
    ):
        before = units[predicate.unit - 1] if predicate.unit else None
        if before is not None and before.cat in ("N", "A", "V", "E", "T", ",", '"'):
            return "purpose", "ل + verbal noun"
    if draft.sentence.words[-1] in ("?", "؟"):
        return "question", "question"
    return None


def _governs(units: list[Unit], at: int, position: int, draft: Draft) -> bool:
    """Whether the cue at unit ``at`` governs the predicate at unit ``position``."""
    cue = units[at].cue
    assert cue is not None
    scope = cue.entry.scope
    if scope == "left":
        return position < at and at - position <= _REACH and not _barrier(units, position, at, soft=False)
    if at >= position:
        return (
            scope == "clause"
            and not units[at].conj  # «، ويرجح أنه», «وليس»: a clause of its own
            and at - position <= _REACH
            and not _barrier(units, position, at, soft=True)
            and not _aside(units, position, at, draft)
        )
    if position - at > _REACH or (cue.entry.value in _IFS and _main_clause(units, at, position)):
        return False
    if cue.entry.value in ("neg", "neg_result", "without") and _circumstance(units, at, position):
        return False
    if cue.entry.pos == "particle" and cue.entry.value in ("neg", "ma", "qad") or scope == "word":
        return _next_word(units, at, position, draft)
    if cue.entry.value == "without":
        return _next_word(units, at, position, draft)
    return not _barrier(units, at, position, soft=scope != "clause")


def _main_clause(units: list[Unit], at: int, position: int) -> bool:
    """Whether a condition ended before the predicate, which has a cue of its own: «if they enter, we will strike»."""
    if any(u.cat not in ("X", "T", "D", '"', "P") for u in units[:at]):
        return False
    comma = next((i for i in range(at + 1, position) if units[i].cat == ","), None)
    if comma is None or not any(u.cat == "V" for u in units[at:comma]):
        return False
    return any(u.cue is not None for u in units[comma:position])


def _aside(units: list[Unit], position: int, at: int, draft: Draft) -> bool:
    """Whether the predicate is in a relative clause that ends before the cue: «التي عطلها الخبراء كانت ستنفجر لو»."""
    left = draft.predicate.clause[0]
    relative = left > 0 and units[left - 1].cat == "R"
    return relative and any(u.cat == "V" for u in units[position + 1 : at])


def _circumstance(units: list[Unit], at: int, position: int) -> bool:
    """Whether the event is only where or why a denied harm did not happen: «لم يقتل أحد في القصف»."""
    if units[position].cat != "E" or units[position].event is None or harm_of_unit(units[position]):
        return False
    harmed = next((i for i in range(at, position) if harm_of_unit(units[i])), None)
    return harmed is not None and any(u.relation in ("in", "cause", "during") for u in units[harmed + 1 : position + 1])


def _next_word(units: list[Unit], at: int, position: int, draft: Draft) -> bool:
    """A particle governs the next verb or event noun; through a light verb or a cue, what that one carries."""
    for unit in units[at + 1 : position]:
        if unit.cat == "V":
            light = draft.predicate.light
            if light is not None and light.start == unit.start or unit.cue is not None:
                continue
            return False
        if unit.cat in ("S", "C") or (unit.cat == "R" and unit.cue is None):
            return False
        if unit.cat == "E" and not (unit.start == units[position].start - 1 and not unit.det):
            return False  # but «دون تحقيق تقدم», the event of an event
        if unit.cat == "M" and unit.cue is None and units[at].cue is not None and position - at > _PARTICLE_REACH:
            return False
    return position - at <= _PARTICLE_REACH + 3


def _barrier(units: list[Unit], low: int, high: int, *, soft: bool) -> bool:
    """Whether something between two units ends what a cue governs: a stop, a joined clause, a relative clause."""
    for unit in units[low + 1 : high]:
        if unit.cat in ("S", "C") or unit.relation == "despite":
            return True
        if unit.cat == "V" and unit.conj and not unit.prep:
            return True
        if soft and unit.cat == "R":
            return True
    return units[high].cat == "V" and bool(units[high].conj) and not units[high].prep
