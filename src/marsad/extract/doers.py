"""Who did it, where no phrase of the event's own names the doer: announcers, seats of government, sides told before."""

from collections.abc import Iterator
from functools import cache

from marsad.extract.draft import Draft, Mention, Reading
from marsad.extract.needs import CIVIL
from marsad.extract.parties import ARMED, mentions, whole
from marsad.lang.base import Phrase, Unit
from marsad.lang.text import fold
from marsad.tables import read

_REACH = 16
_TELLING = {"say", "claim"}
_FORCES = {"force", "combatant", "commander", "aircraft"}
_ARMS = {"aircraft", "weapon", "vehicle", "combatant", "force"}
_ITS = frozenset({"its", "their", "his"})
_OWN_DEEDS = {"disrupted_weapons_use", "arrests", "armed_clash", "capture", "seize", "destroy"}
_STRUCK = {
    "strike",
    "target",
    "assault",
    "explosion",
    "air_drone_strike",
    "shelling_missile",
    "attack",
    "remote_explosive",
}
_REGULAR, _IRREGULAR = {"1", "8"}, {"2", "3", "4"}
_MINISTRIES = ("defence", "defense", "interior")


def inferred(reading: Reading, draft: Draft) -> list[Mention]:
    """The doer of an event whose own phrases name none; often none."""
    if draft.predicate.match.entry.frame in ("none", "flee", "explode"):
        return []
    found = _seat(reading, draft)
    if not draft.predicate.nominal:
        return found or _speaker(reading, draft)
    if found:
        return found
    return _announcer(reading, draft) or _side(reading, draft)


def own_arms(reading: Reading, draft: Draft) -> None:
    """«أقر التحالف بأن طائراته قتلت», "Russia said its warplanes": the arms of a named party act for it."""
    for mention in draft.actors:
        if mention.group not in _ARMS or mention.actor or mention.country or not _possessed(draft, mention):
            continue
        owner = _owner(reading, draft)
        if owner is not None:
            mention.actor, mention.country, mention.kind = owner.actor, owner.country, owner.kind or mention.kind
            mention.name = f"{mention.name} of {owner.name}"
            mention.also = (*mention.also, (mention.start, mention.end), (owner.start, owner.end))
            draft.why["actors"] = f"«{mention.text}» are those of «{owner.text}»"


def _possessed(draft: Draft, mention: Mention) -> bool:
    """Whether a pronoun says whose a party is: «طائراته», "its jets"."""
    sentence = draft.sentence
    at = next((i for i, (start, end) in enumerate(sentence.spans) if start <= mention.start < end), 0)
    unit = next((u for u in sentence.units if u.start <= at < u.end), None)
    return bool(unit is not None and unit.pron) or bool(_ITS & set(sentence.words[max(0, at - 1) : at + 1]))


def _owner(reading: Reading, draft: Draft) -> Mention | None:
    """Who speaks of its arms, else the named armed party told last before in the sentence."""
    units, at = draft.sentence.units, draft.predicate.unit
    for i in range(at - 1, max(-1, at - _REACH), -1):
        if units[i].cat == "V" and units[i].speech is not None:
            told = [m for m in _all(reading, draft, reading.pack.subject(draft.sentence, i)) if _named(m)]
            if told:
                return told[0]
    before = [p for p in draft.sentence.phrases if p.last <= at and not p.relation]
    return next((m for m in reversed(_all(reading, draft, before)) if _named(m)), None)


def _named(mention: Mention) -> bool:
    return mention.group in ARMED and bool(mention.actor or mention.country)


@cache
def _seats(lang: str) -> dict[str, tuple[str, str]]:
    """(country, English name) by the folded name of the capital that stands for its government."""
    columns = ("country", "name_en", "name_ar", "adj_en", "adj_ar", "capital_en", "capital_ar")
    found: dict[str, tuple[str, str]] = {}
    for row in read("lang/data/nationalities.tsv", columns=columns):
        for name in row[f"capital_{lang}"].split("|"):
            if name.strip():
                found[fold(name.strip())] = (row["country"], row["name_en"].partition("|")[0].strip())
    return found


def _seat(reading: Reading, draft: Draft) -> list[Mention]:
    """«أرسلت أنقرة مدرعات», "Moscow struck": a capital as the subject of what only a state does."""
    for phrase in draft.predicate.subject:
        if phrase.relation or len(phrase.units) > 1 or phrase.units[0].place is None:
            continue
        words = " ".join(draft.sentence.words[phrase.start : phrase.end]).removeprefix(phrase.units[0].conj)
        seat = _seats(reading.lang).get(words)
        if seat is not None:
            start, end = whole(draft.sentence, phrase)
            country, name = seat
            text = reading.quote(start, end)
            return [Mention(start, end, text, name, "state", "1", None, country, definite=True, head=country)]
    return []


def _announcer(reading: Reading, draft: Draft) -> list[Mention]:
    """«أعلن الجيش اعتراض صاروخ»: a force that announces a deed, with nothing but its name between, did it itself."""
    units, at = draft.sentence.units, draft.predicate.unit
    if units[at].relation or units[at].prep:
        return []
    verb = next((i for i in _leftwards(units, at) if units[i].cat == "V"), None)
    if verb is None or units[verb].speech is None or units[verb].speech.entry.value not in _TELLING:  # type: ignore[union-attr]
        return []
    between = [p for p in draft.sentence.phrases if verb < p.first < at]
    if any(p.relation not in ("", "gen", "instrument", "for") for p in between):
        return []
    subjects = reading.pack.subject(draft.sentence, verb)
    told = [m for p in subjects for m in mentions(reading, draft.sentence, p) if _forces(m)]
    return told[:1] if told and _its_deed(draft, told[0]) else []


def _speaker(reading: Reading, draft: Draft) -> list[Mention]:
    """«قال الجيش إنه استهدف»: a verb whose subject is the pronoun of the speaker."""
    units, at = draft.sentence.units, draft.predicate.unit
    if not draft.predicate.pronoun_subject:
        return []
    for i in range(at - 1, max(-1, at - _REACH), -1):
        if units[i].cat in ("S", ":", "R"):
            return []
        if units[i].cat == "V" and units[i].speech is not None:
            told = _all(reading, draft, reading.pack.subject(draft.sentence, i))
            return [m for m in told if _forces(m)][:1]
    return []


def _forces(mention: Mention) -> bool:
    """Whether a party commands arms: a force, or a ministry of defence or the interior."""
    actor = mention.actor or ""
    armed = not actor.endswith(CIVIL) or any(word in actor for word in _MINISTRIES)
    if mention.group in _FORCES:
        return armed
    if mention.group == "state":
        return any(word in f"{actor} {mention.name}".lower() for word in _MINISTRIES)
    return mention.group == "official" and bool(actor) and armed


def _its_deed(draft: Draft, announcer: Mention) -> bool:
    """Whether what is announced is the announcer's own: it would not strike its own side."""
    value = draft.predicate.match.entry.value
    theirs = {m.kind for m in draft.targets if m.kind}
    enemies = bool(theirs & (_IRREGULAR if announcer.kind in _REGULAR else _REGULAR)) and not theirs & {announcer.kind}
    if value in _OWN_DEEDS:
        return not theirs or announcer.kind not in theirs or enemies
    if value in _STRUCK:
        return enemies or (announcer.kind in _IRREGULAR and announcer.kind not in theirs)
    return value == "kill" and enemies


def _side(reading: Reading, draft: Draft) -> list[Mention]:
    """«سيطر الثوار على البلدة بعد معارك مع الجيش»: of fighting with someone, the one who does what is told before."""
    predicate, units = draft.predicate, draft.sentence.units
    if predicate.match.entry.frame != "mutual" or not any(p.relation in ("with", "on") for p in predicate.obliques):
        return []
    for at in range(predicate.unit - 1, max(-1, predicate.unit - _REACH), -1):
        if units[at].cat in ("S", ":", "M"):
            return []
        if units[at].cat == "V":
            subject = reading.pack.subject(draft.sentence, at)
            sides = [m for m in _all(reading, draft, subject) if m.group in ARMED]
            keys = {m.key for m in draft.targets}
            return [] if units[at].speech is not None else [m for m in sides if m.key not in keys]
    return []


def _all(reading: Reading, draft: Draft, phrases: list[Phrase]) -> list[Mention]:
    return [m for phrase in phrases for m in mentions(reading, draft.sentence, phrase)]


def _leftwards(units: list[Unit], at: int) -> Iterator[int]:
    """Units before ``at``, nearest first, to the end of the clause."""
    for i in range(at - 1, max(-1, at - _REACH), -1):
        if units[i].cat in ("S", ":", "M", "R", "C", "E"):
            return
        yield i
