"""Who did it to whom: the grammatical relations of a predicate read through its frame."""

from collections.abc import Iterable

from marsad.extract import doers, needs
from marsad.extract.draft import Draft, Mention, Reading
from marsad.extract.parties import ARMED, HARMED, THINGS, mentions, owned_by, states
from marsad.lang.base import Phrase, Predicate, Sentence

_TARGETS = HARMED | ARMED | THINGS | {"speaker"}
_ON = {"علي", "ضد", "on", "against", "at"}
_TROOPS = {"combatant", "force", "aircraft"}
_MOVERS = {"move", "flee"}
_ABOVE, _BEHIND, _NEXT = 16, 6, 2
_AIMS = {"purpose", "attempt"}
_LEADING = {"go_on", "plan", "attempt", "succeed", "fail", "threat", "pledge", "imminent"}
_GROUND = {"territory", "road", "area", "front"}
_TAKING = {"capture", "seize", "government_regains_territory", "non_state_overtakes_territory", "base_established"}
_TOOLS = {"vehicle", "weapon", "position"}
_SIDES = ARMED | {"other", "civilian", "person", "man", "prisoner"}


def assign(reading: Reading, draft: Draft) -> None:
    """Fill ``actors`` and ``targets`` of a draft from its predicate."""
    predicate, sentence = draft.predicate, draft.sentence
    frame = predicate.match.entry.frame
    read = _Reader(reading, sentence)
    _FRAMES.get(frame, _transitive)(draft, predicate, read)
    if predicate.match.entry.value in ("capture", "seize"):
        draft.targets += [m for m in read.related(predicate, "from") if m.group in ARMED]
    told = predicate.subject or predicate.genitive or draft.actors or draft.targets
    if frame in _MOVERS and predicate.nominal and not told:
        _mover_before(draft, predicate, read)
    _adjectives(draft, predicate, reading, sentence)
    if not draft.actors:
        _ascribed(draft, predicate, read)
    if not draft.actors:
        _above(draft, predicate, read)
    if not draft.actors:
        draft.actors += doers.inferred(reading, draft)
    doers.own_arms(reading, draft)
    _only_fitting(draft, frame)


class _Reader:
    """Mentions of phrases, and of the phrases in a given relation."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading, self.sentence = reading, sentence
        self.taken: set[int] = set()

    def __call__(self, phrases: Iterable[Phrase]) -> list[Mention]:
        found: list[Mention] = []
        for phrase in phrases:
            if phrase.index in self.taken:
                continue
            owner = owned_by(self.sentence, phrase)
            if owner is not None:
                self.taken.add(owner.index)
            named = mentions(self.reading, self.sentence, phrase)
            if named:
                self.taken.add(phrase.index)
            found += [m for m in named if all(m.start != other.start for other in found)]
        return found

    def related(self, predicate: Predicate, *relations: str) -> list[Mention]:
        """Mentions of the obliques in one of the relations."""
        return self(p for p in predicate.obliques if p.relation in relations)


def _transitive(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    """Subject does, object has it done; of a verbal noun the genitive is either, by its kind and what follows."""
    on = read.related(predicate, "on")
    if not predicate.nominal:
        draft.actors += read(predicate.subject) + read(predicate.agent)
        draft.targets += read(predicate.object) + on
        return
    genitive, subject = read(predicate.genitive), read(predicate.subject)
    if read.sentence.words[predicate.end - 1] in _ON:  # القبض على، attack on
        on, genitive = on + genitive, []
    doer = _doer(predicate, read, bool(on))
    own_end = next((p.last for p in read.sentence.phrases if p.first <= predicate.unit < p.last), predicate.unit + 1)
    far = _BEHIND if genitive and genitive[0].group in ARMED else _NEXT  # «قصف المتمردين في اليمن لمناطق سكنية»
    near = [p for p in predicate.obliques if p.relation == "for" and p.first - own_end <= far]
    rest = read(predicate.object) + on + read(near)
    acts = bool(genitive) and genitive[0].group in ARMED and not subject and not predicate.agent
    directed = bool(predicate.object) or any(p.relation in ("on", "for") for p in predicate.obliques)
    if acts and (rest or directed or predicate.match.entry.frame == "on" or genitive[0].group == "aircraft"):
        draft.actors += genitive
        draft.targets += rest
    else:
        draft.actors += subject
        draft.targets += genitive + rest
    draft.actors += doer + read(predicate.agent)


def _doer(predicate: Predicate, read: "_Reader", directed: bool) -> list[Mention]:
    """«قصف للطيران على», «غارات من الطيران»: the agent by a preposition right behind its event noun."""
    if not predicate.obliques or predicate.genitive:
        return []
    first = predicate.obliques[0]
    if first.relation not in ("for", "from"):
        return []
    fits = read([first])
    strike = predicate.match.entry.value in ("strike", "air_drone_strike", "shelling_missile", "assault")
    if (
        fits
        and fits[0].group in ARMED
        and (directed or fits[0].group == "aircraft" or strike or predicate.match.entry.frame == "on")
    ):
        return fits
    read.taken.discard(first.index)
    return []


def _mutual(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    sides = read(predicate.subject) + read.related(predicate, "between") + read(predicate.genitive)
    other = read(predicate.object) + read.related(predicate, "with", "on")
    if draft.event == "agreement":
        draft.actors += sides + other
    elif other:
        draft.actors += sides
        draft.targets += other
    elif len(sides) == 1 and sides[0].grammatical == "du":
        draft.actors += sides
        draft.targets += sides
    else:
        draft.actors += sides[:1]
        draft.targets += sides[1:]


def _harm(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    subject, patient = read(predicate.subject), read(predicate.object)
    if predicate.nominal:
        draft.targets += read(predicate.genitive)
        draft.actors += read(predicate.agent)
    elif patient:
        draft.actors += subject
        draft.targets += patient
    else:
        draft.targets += subject
    draft.actors += read(predicate.agent)


def _undergo(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    draft.targets += read(predicate.subject) + read(predicate.object)
    by = read(predicate.genitive) if predicate.nominal else read.related(predicate, "from")
    draft.actors += read(predicate.agent) + by + _behind_tail(draft, predicate, read)


def _hold(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    draft.actors += read(predicate.subject) + read(predicate.agent)
    if predicate.voice == "passive" and not draft.actors:  # "troops are stationed in"
        draft.actors += [m for m in read(predicate.object) if m.group in ARMED]
    if predicate.nominal:
        draft.actors += [m for m in read(predicate.genitive) if m.group in ARMED]
    if predicate.match.entry.pos == "part" and not draft.actors:  # «مقاتلون متمركزون في الجبل»
        described = [p for p in read.sentence.phrases if p.last == predicate.unit]
        draft.actors += [m for m in read(described) if m.group in ARMED]


def _explode(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    draft.targets += [m for m in read.related(predicate, "near", "in", "on") if m.group in _TARGETS]
    draft.actors += read(predicate.agent)


def _move(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    draft.actors += read(predicate.subject) + read(predicate.genitive)
    if not predicate.nominal and not draft.actors:
        draft.actors += read(predicate.object)


def _flee(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    driven = read(predicate.object)
    if predicate.nominal or not any(m.group in HARMED for m in driven):
        driven = read(predicate.subject) + read(predicate.genitive) + driven
    draft.targets += driven  # "shelling sent families fleeing": not the shelling


def _give(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    draft.actors += read(predicate.subject) + (read(predicate.genitive) if predicate.nominal else [])
    draft.targets += read(predicate.object) + read.related(predicate, "for", "to")
    if not draft.targets:
        given = (p for p in predicate.obliques if p.relation == "for")
        draft.targets += [m for p in given for m in states(read.reading, read.sentence, p)]


_FRAMES = {
    "mutual": _mutual, "undergo": _undergo, "hold": _hold, "harm": _harm, "explode": _explode, "move": _move,
    "flee": _flee, "give": _give,
}  # fmt: skip


def _mover_before(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    """«حشدت القوات بهدف التقدم», «دعت السكان إلى الخروج»: the nearest party before in the clause."""
    units = draft.sentence.units
    for phrase in reversed([p for p in draft.sentence.phrases if 0 <= predicate.unit - p.last <= _ABOVE]):
        if any(u.cat in ("S", "R", ":") for u in units[phrase.last : predicate.unit]):
            return
        named = mentions(read.reading, draft.sentence, phrase)
        found = [m for m in named if m.group in _TROOPS or m.name in needs.names("people")]
        if found:
            (draft.actors if predicate.match.entry.frame == "move" else draft.targets).append(found[0])
            return


def _above(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    """The doer that a verb above an event noun names.

    «رد الجيش برشقات», «تبنى التنظيم التفجير», «شنت القوات هجوما لاستعادة», «اتهم الجيش المسلحين بقصف».
    """
    if not predicate.nominal or predicate.match.entry.frame in ("harm", "flee", "none"):
        return
    units = draft.sentence.units
    carried = units[predicate.unit].relation == "instrument"
    aimed = units[predicate.unit].relation == "for"
    claimed = False
    for at in range(predicate.unit - 1, max(-1, predicate.unit - _ABOVE), -1):
        unit = units[at]
        if unit.cat in ("S", ":", "M", "R"):
            return
        claimed = claimed or (unit.speech is not None and unit.speech.entry.value == "claim")
        cue = unit.cue.entry.value if unit.cue is not None else ""
        aimed = aimed or cue in _AIMS
        if unit.cat != "V":
            continue
        accuses = carried and unit.speech is not None and unit.speech.entry.value == "accuse"
        if accuses:
            draft.actors += _accused(draft, read, at, predicate.unit)
        entry = unit.event.entry if unit.event is not None else None
        carries = entry is not None and entry.value == "light" and entry.frame == "transitive"
        if accuses:
            pass
        elif claimed or cue in _LEADING or aimed or carries or (carried and unit.speech is None and unit.event is None):
            subjects = read(read.reading.pack.subject(draft.sentence, at))
            draft.actors += [m for m in subjects if m.group in ARMED]
        if draft.actors or not aimed:
            return


def _behind_tail(draft: Draft, predicate: Predicate, read: _Reader) -> list[Mention]:
    """«سقطت المدينة بيد المسلحين», «تخضع لسيطرة المعارضة»: the holder right behind a phrase's last word."""
    tail = predicate.match.tail
    if not tail:
        return []
    behind = next((p for p in draft.sentence.phrases if tail[-1] < p.start <= tail[-1] + 2), None)
    return [m for m in read([behind] if behind else []) if m.group in ARMED]


def _ascribed(draft: Draft, predicate: Predicate, read: _Reader) -> None:
    """«هجوم نسبته السلطات إلى المتمردين»: the one an event noun is ascribed to behind it."""
    if not predicate.nominal:
        return
    units = draft.sentence.units
    for at in range(predicate.unit + 1, min(len(units), predicate.unit + _BEHIND)):
        unit = units[at]
        if (
            unit.speech is not None
            and unit.speech.entry.value == "accuse"
            and unit.cat == "V"
            and (
                unit.pron
                or unit.feature.voice == "passive"
                or units[at + 1 : at + 2]
                and units[at + 1].relation == "to"
            )
        ):
            to = next((p for p in draft.sentence.phrases if p.first > at and p.relation == "to"), None)
            draft.actors += [m for m in read([to] if to else []) if m.group in ARMED]
            return
        if unit.cat in ("S", "M", "C"):
            return


def _accused(draft: Draft, read: _Reader, verb: int, noun: int) -> list[Mention]:
    """The nearest armed party between a verb of accusing and what it accuses of."""
    between = [p for p in draft.sentence.phrases if verb < p.first < noun and p.relation in ("", "gen")]
    for phrase in reversed(between):
        named = [m for m in read([phrase]) if m.group in ARMED]
        if named:
            return named
    return []


def _adjectives(draft: Draft, predicate: Predicate, reading: Reading, sentence: Sentence) -> None:
    """«غارة أميركية»: the adjective of nationality names the actor where no other is named."""
    if draft.actors or predicate.match.entry.frame in ("harm", "flee", "undergo"):
        return
    for unit in predicate.modifiers:
        if unit.nation is not None:
            start, end = sentence.spans[unit.start][0], sentence.spans[unit.end - 1][1]
            country = unit.nation.entry.value
            draft.actors.append(
                Mention(
                    start,
                    end,
                    reading.quote(start, end),
                    str(unit.nation.entry.data),
                    "state",
                    "",
                    None,
                    country,
                    head=country,
                )
            )
            return


def _only_fitting(draft: Draft, frame: str) -> None:
    """Leave out what cannot act or be harmed: weapons, media, places as parties."""
    draft.actors[:] = _distinct(
        m for m in draft.actors if m.group in _SIDES or (m.group in _TOOLS and (m.actor or m.country))
    )
    draft.targets[:] = _distinct(
        m for m in draft.targets if (m.group in _TARGETS or m.group == "other") and (m.actor or m.name not in _GROUND)
    )
    if draft.predicate.match.entry.value in _TAKING:
        draft.targets[:] = [m for m in draft.targets if m.actor or m.country or m.group not in THINGS]
    if frame in ("transitive", "on", "harm", "give"):
        draft.targets[:] = [t for t in draft.targets if all(t.start != a.start for a in draft.actors)]


def _distinct(found: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in found:
        if all(mention.start != k.start for k in kept):
            kept.append(mention)
    return kept
