"""Which event a predicate names: the lexicon's word, refined by the means, the target and the actor beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from marsad.extract.draft import Draft, Mention, Reading
from marsad.extract.parties import ARMED, CIVILIANS, THINGS, mentions
from marsad.lang.base import Match, Phrase, Predicate, Sentence, Unit
from marsad.lang.text import tokens
from marsad.tables import read

ABSTRACT = {
    "strike",
    "seize",
    "destroy",
    "target",
    "massacre",
    "explosion",
    "assault",
    "fire",
    "kill",
    "injure",
    "missing",
    "capture",
    "war",
    "light",
}
HARM = {"kill": "killed", "injure": "injured", "missing": "missing"}


def harm_of(match: Match) -> str | None:
    """What a word of harm counts (killed, injured, missing, casualties); None for other events."""
    if match.entry.value == "casualties" and match.entry.frame == "harm":
        return "casualties"
    return HARM.get(match.entry.value)


def harm_of_unit(unit: Unit) -> bool:
    """Whether a unit is a word of harm."""
    return unit.event is not None and harm_of(unit.event) is not None


EVENTS = frozenset(
    "armed_clash government_regains_territory non_state_overtakes_territory air_drone_strike "
    "shelling_missile suicide_bomb remote_explosive grenade chemical_weapon attack abduction "
    "sexual_violence protest riot agreement arrests change_to_group disrupted_weapons_use "
    "base_established looting_destruction nonviolent_transfer movement displacement casualties siege "
    "surveillance support control".split()
)
VIOLENT = frozenset(
    "armed_clash air_drone_strike shelling_missile suicide_bomb remote_explosive grenade chemical_weapon attack "
    "government_regains_territory non_state_overtakes_territory abduction riot protest siege arrests".split()
)
_NEAR = 12
_DESTROYED = {"strike", "target", "destroy", "assault"}
_ATTACKS = frozenset({"armed_clash", "attack"})
_BY_TARGET = {
    "assault": _ATTACKS,
    "fire": _ATTACKS,
    "target": _ATTACKS,
    "massacre": _ATTACKS,
    "war": frozenset({"armed_clash", "casualties"}),
    "capture": frozenset({"government_regains_territory", "non_state_overtakes_territory"}),
}
_STRIKES = {"air_drone_strike": "air", "shelling_missile": "shell"}
_BOMBS = {"suicide_bomb": "suicide", "remote_explosive": "ied"}
_OFFICIALS = {"official", "state"}
_LOOSE = {"bomb", "bombing", "blast", "explosion"}
_CARRIERS = set("bus;minibus;ambulance;aid convoy;taxi;ferry;train;ship;vessel;boat;passenger bus".split(";"))
_AFOOT = {"force", "combatant", "commander"}
_REGULAR, _IRREGULAR = {"1", "8"}, {"2", "3", "4"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of refine.tsv."""

    means: str
    target: str
    actor: frozenset[str]
    result: str
    source: str


@cache
def rules() -> dict[str, list[Rule]]:
    """Refinements by abstract event."""
    table: dict[str, list[Rule]] = {}
    for row in read("extract/data/refine.tsv", columns=("event", "means", "target", "actor", "result")):
        row.one_of("event", ABSTRACT)
        row.one_of("result", EVENTS)
        actor = frozenset() if row["actor"] == "*" else frozenset(row["actor"].split(","))
        table.setdefault(row["event"], []).append(
            Rule(row["means"], row["target"], actor, row["result"], f"refine.tsv:{row.line}")
        )
    return table


def means(sentence: Sentence, predicate: Predicate) -> list[str]:
    """Weapon classes named with a predicate, nearest first: in its own phrases, then in its clause."""
    units = sentence.units
    left, right = predicate.clause
    first, last = units[left].start, units[min(right, len(units)) - 1].end
    struck = predicate.match.entry.value in _DESTROYED and not predicate.nominal
    own = predicate.object if struck else predicate.genitive if predicate.match.entry.value == "destroy" else []
    people = {m.start for m in sentence.matches if m.entry.kind == "party" and m.entry.value in ARMED}
    fallen = _fallen(sentence, predicate) if people else []
    found = []
    for match in sentence.matches:
        if match.entry.kind != "weapon" or any(p.start <= match.start < p.end for p in own):
            continue  # what is struck, not what strikes it
        if match.start in people and any(p.start <= match.start < p.end for p in fallen):
            continue
        if first <= match.start < last:
            distance = min(abs(match.start - predicate.start), abs(match.start - predicate.end))
            if distance <= _NEAR:
                found.append((distance, match.entry.value))
    return [value for _, value in sorted(found)]


def _fallen(sentence: Sentence, predicate: Predicate) -> list[Phrase]:
    """«a strike killed eight militants»: those killed by what a noun names are not its means."""
    told = [p for p in sentence.predicates if p.match.entry.frame == "harm" and not p.nominal]
    by = [p for p in told if any(s.first <= predicate.unit < s.last for s in p.subject)] if predicate.nominal else []
    return [phrase for p in by for phrase in p.object]


def refine(reading: Reading, draft: Draft) -> tuple[str, str]:
    """(event, rule) for a draft whose lexicon event is abstract."""
    event = draft.event
    entry = draft.predicate.match.entry
    if event == "capture" and entry.frame == "hold" and draft.predicate.tense == "present":
        return "control", f"{entry.source} in the present"
    if event == "war":
        fought = any(m.group in ARMED for m in (*draft.actors, *draft.targets)) or _told_anew(draft)
        return (
            "armed_clash" if fought else "casualties"
        ), f"{entry.source} {'between sides' if fought else 'as a whole'}"
    if event not in rules():
        return event, entry.source
    near = _means(reading, draft, event)
    if event == "destroy" and not near and _weapons(draft.predicate):
        return "disrupted_weapons_use", f"{entry.source} of weapons"
    groups, kinds = _struck(draft), _kinds(reading, draft, event)
    for rule in rules()[event]:
        if (
            rule.means != "*"
            and rule.means != (near[0] if near else "")
            and not (rule.means == "suicide" and "suicide" in near)
        ):
            continue
        if rule.target != "*" and rule.target != groups:
            continue
        if rule.actor and not rule.actor & (kinds | {m.country for m in draft.actors if m.country}):
            continue
        draft.vague = rule.means == "*" or (event == "explosion" and rule.means == "ied" and _loose(draft))
        return rule.result, f"{entry.source} + {rule.source}"
    return event, entry.source


def _loose(draft: Draft) -> bool:
    """Whether an explosion is called by no more than general words (bomb, blast)."""
    bombs = [m for m in draft.sentence.matches if m.entry.kind == "weapon" and m.entry.value == "ied"]
    return all(m.entry.source.split(" ", 1)[-1] in _LOOSE for m in bombs)


def _weapons(predicate: Predicate) -> bool:
    """Whether what is destroyed are missiles, bombs or aircraft."""
    heads = [p.head.party for p in (*predicate.object, *predicate.genitive)]
    return any(h is not None and h.entry.value in ("weapon", "aircraft") for h in heads)


def reconsider(reading: Reading, draft: Draft) -> None:
    """Refine anew what was left open: an attack by the people it harmed, a taking by its taker."""
    lexical = draft.predicate.match.entry.value
    if draft.harm or draft.event not in _BY_TARGET.get(lexical, ()):
        return
    draft.event = lexical
    draft.event, draft.why["event"] = refine(reading, draft)


def _told_anew(draft: Draft) -> bool:
    """«in a civil war»: a war that is the statement itself, against "the war", "Syria's war" and wars with a toll."""
    unit, units = draft.sentence.units[draft.predicate.unit], draft.sentence.units
    before = units[draft.predicate.unit - 3 : draft.predicate.unit] if draft.predicate.unit > 2 else []
    named = any(u.place is not None or u.nation is not None or u.form.norm == "'s" for u in before)
    return not (draft.figures or unit.det or unit.pron or named)


def empty(draft: Draft) -> bool:
    """Whether a war spoken of in general, or a death without anyone who died, tells nothing."""
    if draft.harm and draft.predicate.match.entry.value in HARM and not draft.targets and not draft.figures:
        return True
    return draft.predicate.match.entry.value == "war" and draft.event == "casualties" and not draft.figures


def _means(reading: Reading, draft: Draft, event: str) -> list[str]:
    """Weapon classes: those named beside the event, else of who did it, of the event told before, of the headline."""
    near = means(draft.sentence, draft.predicate)
    if (
        event in ("strike", "target", "assault", "massacre", "destroy")
        and any(m.group == "aircraft" for m in draft.actors)
        and "suicide" not in near
    ):
        return ["air"]
    if event == "explosion" and any(
        u.pron and u.party is not None and u.party.entry.value == "vehicle"
        for p in draft.predicate.object
        for u in p.units
    ):
        return ["suicide"]  # «فجر سيارته»
    if near:
        return near
    unit = draft.sentence.units[draft.predicate.unit]
    if event == "strike":
        by = _of_doers(draft) or _of_irregulars(draft) or _of_tellers(reading, draft)
        return by or _means_before(reading, draft, _STRIKES) or _means_of_title(reading)
    if event == "target" and not draft.targets:
        return _means_before(reading, draft, _STRIKES)
    if (
        event in ("assault", "explosion", "massacre")
        and draft.predicate.nominal
        and not draft.targets
        and unit.det
        and unit.feature.number != "pl"
    ):
        return _means_before(reading, draft, _STRIKES | _BOMBS)
    return []


def _struck(draft: Draft) -> str:
    """Whom the violence was meant for or fell on: ``armed``, ``civilians`` (their houses too) or nothing known."""
    own = [m for m in draft.targets if m.group in ARMED or m.group in THINGS]
    if any(m.group in ARMED and m.group not in _OFFICIALS or m.group == "position" for m in own):
        return "armed"
    groups = {m.group for m in draft.targets}
    if any(m.name in _CARRIERS for m in draft.targets):
        return "civilians"
    if groups & (CIVILIANS | {"building"} | _OFFICIALS) or (groups == {"other"} and draft.event == "kill"):
        return "civilians"
    hurt = [f.whom for f in draft.figures if f.of in ("killed", "injured", "casualties")]
    if hurt:
        return "armed" if "combatants" in hurt else "civilians"
    return "thing" if groups else ""


def _kinds(reading: Reading, draft: Draft, event: str) -> set[str]:
    """ACLED inter codes of the actors; of a taking without a known taker, the side opposed to the one that lost it."""
    kinds = {m.kind for m in draft.actors if m.kind}
    if event in ("capture", "seize") and kinds:
        return {next(m.kind for m in draft.actors if m.kind)}  # "the rebels and their allies"
    if kinds or event not in ("capture", "seize"):
        return kinds
    lost = {m.kind for m in (*_losers(reading, draft), *draft.targets) if m.kind and m.group in ARMED}
    if lost & _REGULAR:
        return {"2"}
    if lost & _IRREGULAR:
        return {"1"}
    return {"2"} if any(m.group == "combatant" for m in draft.actors) else set()


def _losers(reading: Reading, draft: Draft) -> list[Mention]:
    """Those from whom a place was taken: «من التنظيم», «من قبضة المسلحين»."""
    found: list[Mention] = []
    phrases = draft.sentence.phrases
    for phrase in draft.predicate.obliques:
        if phrase.relation == "from":
            found += mentions(reading, draft.sentence, phrase)
            if phrase.index + 1 < len(phrases) and phrases[phrase.index + 1].relation == "gen":
                found += mentions(reading, draft.sentence, phrases[phrase.index + 1])
    return found


def _of_irregulars(draft: Draft) -> list[str]:
    """Those who have no aircraft bombard with shells and rockets."""
    kinds = {m.kind for m in draft.actors if m.kind}
    return ["shell"] if kinds and kinds <= _IRREGULAR else []


def _of_doers(draft: Draft) -> list[str]:
    """Coalitions strike from the air; gunmen who hit a place do so on foot, and so does an army that raids one."""
    if any("coalition" in m.name.lower() for m in draft.actors):
        return ["air"]
    word_of = draft.predicate.match.entry.source.split(" ", 1)[-1]
    groups = {m.group for m in draft.actors}
    if word_of == "raid":
        return ["ground"] if groups & _AFOOT else ["air"]
    if draft.predicate.nominal or word_of.split(" ")[0] not in ("hit", "strike"):
        return []
    return ["ground"] if groups == {"combatant"} else []


def _of_tellers(reading: Reading, draft: Draft) -> list[str]:
    """ "A strike killed eight, the coalition said": of a strike without an author it tells as of its own."""
    units = draft.sentence.units
    if draft.actors or not any(u.speech is not None for u in units):
        return []
    verbs = [i for i, u in enumerate(units) if u.speech is not None and u.cat == "V" and u.event is None]
    told = [p for i in verbs for p in reading.pack.subject(draft.sentence, i)]
    told += [p for p in draft.sentence.phrases if _according(units[max(0, p.first - 2) : p.first])]
    named = [m.name.lower() for p in told for m in mentions(reading, draft.sentence, p)]
    return ["air"] if any("coalition" in name for name in named) else []


def _according(before: list[Unit]) -> bool:
    return any(u.speech is not None and u.speech.entry.value == "according" for u in before)


def _means_before(reading: Reading, draft: Draft, told: dict[str, str]) -> list[str]:
    """The means of the last strike told before, for «القصف» said again; not where another did it."""
    actors = {m.key for m in draft.actors}
    for earlier in reversed(reading.drafts[-6:]):
        if earlier.event in told and (not actors or not earlier.actors or actors & {m.key for m in earlier.actors}):
            return [told[earlier.event]]
    return []


def _means_of_title(reading: Reading) -> list[str]:
    """The means that the headline names."""
    for start, end in tokens(reading.title, 0, len(reading.title)):
        for hit in reading.pack.form(reading.title[start:end]).hits:
            if hit.pattern.entry.kind == "weapon" and not hit.pattern.tail:
                return [hit.pattern.entry.value]
    return []


def trapped(sentence: Sentence, match: Match, article: frozenset[str]) -> str | None:
    """The trap that takes the event from a word, or None: false friends of sport, politics, weather, courts."""
    for trap in sentence.matches:
        entry = trap.entry
        if entry.kind != "trap" or not _kills(entry.value, match) or _named(sentence, trap):
            continue
        if entry.scope == "phrase" and (not _within(trap, match) or _apart(sentence, trap)):
            continue
        if entry.scope == "clause" and not _same_clause(sentence, trap, match):
            continue
        if entry.scope == "article" and entry.source not in article:
            continue
        return entry.source
    return None


def _named(sentence: Sentence, trap: Match) -> bool:
    """Whether a trap's word is part of a party's name: «عملية بركان الغضب» is no volcano."""
    names = [m for m in sentence.matches if m.entry.kind == "actor" and m.end - m.start > 1]
    return any(m.start <= trap.start < m.end for m in names)


def _apart(sentence: Sentence, trap: Match) -> bool:
    """Whether two words only meet: «أعلن الجيش تحرير» is no «جيش تحرير», as a noun with the article rules none."""
    pattern = trap.hit.pattern
    return bool(trap.hit.det and pattern.tail and not pattern.gap and not sentence.forms[trap.start + 1].det)


def _kills(kills: str, match: Match) -> bool:
    return kills == "*" or match.entry.value in [k.strip() for k in kills.split(",")]


def _within(trap: Match, match: Match) -> bool:
    tokens = set(range(trap.start, trap.end)) | set(trap.tail)
    return match.start in tokens or bool(tokens & set(match.tail))


def _same_clause(sentence: Sentence, trap: Match, match: Match) -> bool:
    low, high = sorted((trap.start, match.start))
    ends = ("S", ":") if match.start < trap.start else ("S", ":", "R")  # «محاكمة المتهمين بالتفجير الذي أودى بحياة 27»
    return high - low <= _NEAR and not any(u.cat in ends for u in sentence.units if low < u.start < high)


def topical_traps(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Article-wide traps in force: those whose subject (value of kills and scope) is met at least three times."""
    counts: dict[str, list[str]] = {}
    for sentence in sentences:
        for match in sentence.matches:
            if match.entry.kind == "trap" and match.entry.scope == "article":
                counts.setdefault(match.entry.value, []).append(match.entry.source)
    return frozenset(source for sources in counts.values() if len(sources) >= 3 for source in sources)
