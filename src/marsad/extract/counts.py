"""Counted things in a sentence: «12 قتيلا مدنيا»، "three of the soldiers": how many, of what kind, and their parts."""

from dataclasses import dataclass

from marsad.extract.parties import THINGS
from marsad.extract.small_words import bare_word, word
from marsad.lang.base import Sentence, Unit
from marsad.lang.number_words import lexicon
from marsad.lang.numbers import Number

Bounds = tuple[int | None, int | None]

WHOM = {
    "child": "children", "woman": "women", "civilian": "civilians", "journalist": "civilians", "medic": "civilians",
    "aidworker": "civilians", "elderly": "civilians", "combatant": "combatants", "force": "combatants",
    "commander": "combatants",
}  # fmt: skip
HARMED = {"dead": "killed", "hurt": "injured"}
_ARMED_KINDS = ("1", "2", "3", "8")
_OBJECTS = THINGS | {"weapon", "aircraft"}
_INSIDE = {"N", "A", "E", '"', "D", "(", ")"}
_OF = {"from", "of"}
_MARKS = {'"', "(", ")", "D"}
_OTHERS: dict[str, Bounds] = {"other": (1, None), "another": (1, 1), "two-more": (2, 2)}
_LONGEST = 7


@dataclass(slots=True)
class Count:
    """Units ``first:last`` that count something; ``of`` is what the noun itself says was done, or "";
    ``among`` what was done to those of whom it counts some («تسعة من القتلى»)."""

    first: int
    last: int
    low: int | None
    high: int | None
    whom: str
    of: str = ""
    number: Number | None = None
    definite: bool = False
    bare: bool = False
    thing: str = ""
    group: str = ""
    part: bool = False
    among: str = ""

    @property
    def people(self) -> bool:
        """Whether it counts people, or may."""
        return self.thing in ("", "?")


def counts(sentence: Sentence, lang: str) -> list[Count]:
    """All counts of a sentence in order, found once; parts of a total are marked ``part``."""
    if sentence.counts is None:
        sentence.counts = _find(sentence, lang)
    return sentence.counts


def _find(sentence: Sentence, lang: str) -> list[Count]:
    units = sentence.units
    found: list[Count] = []
    at = 0
    while at < len(units):
        made = _count(units, at, lang) if _opens(units, at, lang) else None
        if made is None:
            at += 1
        else:
            found.append(made)
            at = made.last
    _mark_parts(units, found, lang)
    return found


def _opens(units: list[Unit], at: int, lang: str) -> bool:
    if not _may_open(units[at], lang):
        return False
    party = units[at].party
    one = party is not None and party.entry.value in HARMED and party.feature.number == "sg"
    return not (one and any(u.relation == "between" for u in units[max(0, at - 2) : at]))  # «بين قتيل وجريح»


def _unbounded(units: list[Unit], at: int, lang: str) -> bool:
    """«عدد كبير من الجنود»: whether what is counted is many, which gives no bounds."""
    owned = any(u.relation in _OF for u in units[max(0, at - 2) : at])
    return owned and any(word(u, lang) == "many" for u in units[max(0, at - 3) : at])


def _may_open(unit: Unit, lang: str) -> bool:
    if unit.number is not None:
        return not unit.number.percent and not unit.number.year
    if unit.cat == "N" and unit.party is not None:
        return True
    if unit.cat == "E":
        return unit.party is not None and unit.party.entry.value in HARMED and unit.party.feature.number != "sg"
    if unit.nation is not None and unit.nation.feature.number in ("du", "pl") and not unit.det:
        return True
    kind = word(unit, lang)
    return (unit.cat in ("N", "A", "X", "D") and kind == "one") or (unit.event is None and kind in _OTHERS)


def _count(units: list[Unit], at: int, lang: str) -> Count | None:
    """The count that opens at unit ``at``: its words run on to the next conjunction, preposition or verb."""
    last = _end(units, at, lang)
    inside = [u for u in units[at:last] if u.cat not in _MARKS or word(u, lang) in _OTHERS]
    number = next((u.number for u in inside if u.number is not None), None)
    parties = [u for u in inside if u.party is not None]
    of, last = _of(units, inside, last)
    if number is not None and not of:
        of, last = between(units, last)
    if number is not None and number.modifier in ("min", "max") and last < len(units) and units[last].cat == "X":
        last += not units[last].conj  # «42 جنديا على الأقل»
    tail, last_tail = _complement(units, last)
    if number is not None and not of:
        of, last_tail = between(units, last_tail)
    head = next((u for u in parties if word(u, lang) not in _OTHERS), None)
    among, kind, last_tail = _of_the_harmed(units, tail, last_tail)
    if number is not None and not tail:
        kind, last_tail = _of_those(units, last, last_tail)
    named = inside[::-1] if lang == "en" else inside  # an English head stands last
    whom, known = _whom(named, [*tail, *kind])
    one = any(word(u, lang) == "one" for u in inside[:1])
    others = next((_OTHERS[word(u, lang)] for u in inside if word(u, lang) in _OTHERS), None)
    bounds = (1, 1) if one else (number.low, number.high) if number is not None else _by_form(head, inside, others)
    if bounds is None:
        return None
    bounds = (None, None) if _unbounded(units, at, lang) else bounds
    measured = number is not None and any(bare_word(u, lang) == "measure" for u in inside)
    thing = "measure" if measured or _qualifies(units, at, lang) else _thing(named, known)
    if one and not known and thing in ("", "?") and not inside[0].pron:
        thing = "event"  # «إحدى الغارات»
    if not of and number is None and head is not None and head.party is not None and head.party.entry.value == "victim":
        of = "casualties"
    definite = head is not None and number is None and (head.det or bool(head.pron))
    nouns = [u for u in parties if _class(u) not in (*HARMED, "victim") and word(u, lang) not in _OTHERS]
    group = next((u.party.entry.value for u in (*parties, *tail) if u.party is not None), "")
    bare = whom == "unspecified" and not nouns
    last = max(last, last_tail)
    return Count(at, last, *bounds, whom, of, number, definite, bare, thing, group, among=among)


def _end(units: list[Unit], at: int, lang: str) -> int:
    last, seen = at + 1, units[at].number is not None
    while last < len(units) and last - at < _LONGEST:
        unit = units[last]
        if (
            unit.cat not in _INSIDE
            or unit.conj
            or unit.prep
            or unit.relation
            or unit.time is not None
            or unit.place is not None
        ):
            break
        if unit.number is not None and (
            seen
            or (unit.number.low, unit.number.high) not in ((2, 2), (1, 1))
            or (last > at + 1 and word(units[last - 1], lang) not in _OTHERS)  # «عسكريين آخرين اثنين»
        ):
            break
        if unit.event is not None and unit.party is None or unit.cue is not None or word(unit, lang) == "article":
            break
        if unit.cat == "N" and unit.party is not None and units[last - 1].det and not unit.det:
            break
        seen = seen or unit.number is not None
        last += 1
    while last > at + 1 and units[last - 1].cat in ('"', "D", "("):
        last -= 1
    return last


def _of(units: list[Unit], inside: list[Unit], last: int) -> tuple[str, int]:
    """What the nouns say was done, "casualties" for «قتيل وجريح»; and the end behind a second such noun."""
    of = next(
        (HARMED[u.party.entry.value] for u in inside if u.party is not None and u.party.entry.value in HARMED), ""
    )
    if of and inside[-1].party is not None and last < len(units):
        after = units[last]
        second = HARMED.get(after.party.entry.value, "") if after.party is not None else ""
        counted = any(u.number is not None for u in inside)
        if (
            after.conj
            and second
            and second != of
            and counted
            and (last + 1 >= len(units) or units[last + 1].number is None)
        ):
            return "casualties", last + 1
    return of, last


def _complement(units: list[Unit], last: int) -> tuple[list[Unit], int]:
    """The people of whom the counted are some: «من عناصر الشرطة», "of the soldiers"."""
    at = last
    if at >= len(units) or units[at].relation not in _OF or units[at].conj:
        return [], last
    at += 1
    tail: list[Unit] = []
    while (
        at < len(units)
        and len(tail) < _LONGEST
        and units[at].cat in _INSIDE
        and not units[at].prep
        and not (units[at].conj and tail)
    ):
        if units[at].place is not None or units[at].event is not None or units[at].number is not None:
            break
        tail.append(units[at])
        at += 1
    if not any(u.party is not None or u.actor is not None for u in tail):
        return [], last
    if at < len(units) and _joins(units[at], tail):
        return [*tail, units[at]], at + 1
    return tail, at


def _joins(unit: Unit, tail: list[Unit]) -> bool:
    """«من المدنيين ورجال الأمن»: whether a plural goes on the list of those of whom some are counted."""
    plural = unit.party is not None and unit.party.feature.number == "pl" and not unit.form.norm.endswith("ون")
    return unit.cat == "N" and bool(unit.conj) and not unit.prep and (plural or unit.actor is not None)


def _of_the_harmed(units: list[Unit], tail: list[Unit], last: int) -> tuple[str, list[Unit], int]:
    """«تسعة من القتلى هم من المدنيين»: what was done to them, the people they are said to be, and where that ends."""
    among = next((HARMED[u.party.entry.value] for u in tail if u.det and u.party and u.party.entry.value in HARMED), "")
    at = last
    while among and at < len(units) and (units[at].cat in ("B", "X") or units[at].relation in _OF):
        at += 1
    kind = units[at : at + 1]
    if at == last or not kind or kind[0].party is None or kind[0].cat != "N":
        return among, [], last
    return among, kind, at + 1


def _of_those(units: list[Unit], last: int, end: int) -> tuple[list[Unit], int]:
    """ "three of those killed were women": the people they are said to be, and where that ends."""
    cats = [u.cat for u in units[last : last + 5]]
    told = cats == ["P", "D", "V", "B", "N"] and units[last].relation in _OF and units[last + 2].event is not None
    kind = units[last + 4 : last + 5] if told else []
    return (kind, last + 5) if kind and kind[0].party is not None else ([], end)


def _whom(inside: list[Unit], tail: list[Unit]) -> tuple[str, bool]:
    """(whom, whether a noun of people says so): the head's class, else that of those it is one of."""
    known = bool(tail) or any(u.party is not None and u.party.entry.value not in _OBJECTS for u in inside)
    if tail and tail[-1].conj and len({WHOM.get(_class(u)) for u in tail if _class(u)}) > 1:
        return "unspecified", True  # some of each
    for unit in (*inside, *tail):
        kind = _class(unit)
        if kind in WHOM:
            return WHOM[kind], True
    return "unspecified", known


def kind_of(unit: Unit) -> str:
    """The codebook's ``whom`` of those a noun names, or ""."""
    return WHOM.get(_class(unit), "") if unit.cat == "N" else ""


def _class(unit: Unit) -> str:
    if unit.party is not None:
        tribe = unit.party.entry.value == "force" and unit.party.entry.data.kind == "4"
        return "" if tribe else unit.party.entry.value
    if unit.actor is not None:
        return "force" if unit.actor.entry.data.kind in _ARMED_KINDS else ""
    return ""


def _by_form(head: Unit | None, inside: list[Unit], others: Bounds | None) -> Bounds | None:
    """One, two or an open plural by grammatical number."""
    if head is None or head.party is None:
        nation = next((u.nation for u in inside if u.nation is not None), None)
        if nation is not None and nation.feature.number == "du":
            return 2, 2
        return others or ((1, None) if nation is not None and nation.feature.number == "pl" else None)
    group, form = head.party.entry.value, head.party.feature.number
    if group == "victim" and head.pron:
        return None
    if form == "du" or _governs(head, inside):
        return 2, 2
    if others is not None:
        return (1, None) if form == "pl" and others == (1, 1) else others
    if group in ("force", "state"):
        return None
    if form == "sg":
        return 1, 1
    return (1, None) if form == "pl" else None


def _governs(head: Unit, inside: list[Unit]) -> bool:
    """«ضابطا شرطة»: what looks like an accusative is a dual where a force stands in the genitive behind it."""
    behind = inside[inside.index(head) + 1 :][:1]
    return bool(behind) and head.feature.state == "accusative" and _class(behind[0]) == "force"


def _thing(inside: list[Unit], known: bool) -> str:
    """What is counted where it is not people: its class, "event", or "?" for a noun that no lexicon knows."""
    for unit in inside:
        if unit.party is not None:
            return unit.party.entry.value if unit.party.entry.value in _OBJECTS else ""
        if unit.event is not None:
            return "event"
    return "?" if not known and any(u.cat == "N" and u.number is None and u.nation is None for u in inside) else ""


def _qualifies(units: list[Unit], at: int, lang: str) -> bool:
    """«الأشهر الستة», «أحياء عدة»: whether a number counts a time or a thing that stands before it."""
    number = units[at]
    if not at or number.number is None or number.conj or number.prep:
        return False
    before, norm = units[at - 1], number.form.norm
    if word(number, lang) == "behind":
        return before.cat in ("N", "A") and before.number is None and before.party is None
    if not norm.startswith("ال") or norm[2:] not in lexicon(lang).values:  # «ألف» has no article
        return False
    return before.cat in ("N", "E", "T") and (
        bare_word(before, lang) == "measure" or (before.cat == "E" and before.det)
    )


def between(units: list[Unit], last: int) -> tuple[str, int]:
    """«20 بين قتيل وجريح»: counted together."""
    at = next((i for i in range(last, len(units)) if units[i].cat not in (")", '"')), last)
    after = [HARMED.get(u.party.entry.value, "") if u.party is not None else "" for u in units[at + 1 : at + 3]]
    if at < len(units) and units[at].relation == "between" and len(after) == 2 and all(after) and after[0] != after[1]:
        return "casualties", at + 3
    return "", last


def _mark_parts(units: list[Unit], found: list[Count], lang: str) -> None:
    """Mark the parts of a total: «بينهم ثلاثة أطفال وامرأة»; «جميعهم مدنيون» says the kind of the total instead."""
    for index, count in enumerate(found):
        if not index:
            continue
        before = found[index - 1]
        gap = units[before.last : count.first]
        if before.of and before.definite and all(u.cat in ("B", "X") for u in gap) and _amid(units, before):
            count.among = before.of
            continue
        kind = next((k for k in (word(u, lang) for u in gap) if k in ("part", "all", "most")), "")
        if not kind and any(u.relation == "among" for u in gap):
            kind = "part"
        if any(u.cat in ("S", "V", "M") and word(u, lang) != "and" for u in gap) and not (
            kind and gap[-1].cat not in ("V", "M", "S")
        ):
            continue
        if kind == "part" and before.of and count.definite and count.number is None and count.high is None:
            _qualify_all(found, index)
        elif (
            kind == "part"
            or not kind
            and before.part
            and not count.of
            and joined(units, before.last, count.first, lang)
            and not any(u.cat == "E" for u in gap)
        ):
            count.part = True
        elif kind in ("all", "most") and before.number is not None and count.number is None:
            _qualify(before, count, kind)


def _amid(units: list[Unit], dead: Count) -> bool:
    """ "among the dead were two children"."""
    return any(u.relation == "among" for u in units[max(0, dead.first - 2) : dead.first + 1])


def joined(units: list[Unit], end: int, start: int, lang: str) -> bool:
    """Whether what starts at ``start`` is joined by "and" to what ends before ``end``, with at most a comma between."""
    gap = [u for u in units[end:start] if u.cat not in (",", "D", '"')]
    return (bool(units[start].conj) and not gap) or (len(gap) == 1 and word(gap[0], lang) == "and")


def _qualify_all(found: list[Count], index: int) -> None:
    """«قتلى وجرحى في صفوف المدنيين»: all of them are of that kind."""
    kind = found[index]
    kind.thing = "kind"
    for total in reversed(found[:index]):
        if not total.of or total.whom != "unspecified":
            return
        total.whom = kind.whom


def _qualify(total: Count, count: Count, kind: str) -> None:
    if kind == "all":
        total.whom = count.whom
        count.thing = "kind"
        return
    count.part = True
    count.low = total.low // 2 + 1 if total.low is not None else None
    count.high = total.high
