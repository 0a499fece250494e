"""Airwars' civilian harm grade and strike status, by the rules in ``grades.tsv`` and ``strikes.tsv``.

The codes and their meaning are those of Airwars' methodology (airwars.org/about/methodology); how they follow from
reports is written in the tables, over facts that are counted here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from marsad.assess.rules import GRADES, Condition, counting, first, grades, strikes
from marsad.assess.sides import ARMED, CIVIL, alone, sides_of, speakers, speaking
from marsad.assess.sources import Register
from marsad.assess.statements import KINDS
from marsad.errors import InputError
from marsad.model import Assessment, Case, Claim, Party, Report

_STATED = frozenset(("civilians", *KINDS))
_HARM = frozenset(("killed", "injured", "casualties"))
_FIGHTS = frozenset(("armed_clash", "government_regains_territory", "non_state_overtakes_territory"))


@dataclass(slots=True)
class Voice:
    """What one voice tells of: a lineage of copies, or several that quote the same named speakers only."""

    harm: bool = False
    stated: bool = False
    combatants: bool = False
    authors: set[str] = field(default_factory=set)


def authors(case: Case) -> frozenset[str]:
    """The named sides that reports say did it: the actors, not the ones hit."""
    return frozenset().union(*(sides_of(r.claim.actors) for r in case.reports if r.role == "reports"))


def facts(case: Case, register: Register, blamed: frozenset[str]) -> dict[str, int]:
    """The facts of ``grades.tsv``, by name."""
    rules = counting()
    reports = [r for r in case.reports if r.role == "reports"]
    sound = [r for r in reports if register.empty or not register.doubt(r, rules)]
    voices = _voices(sound)
    armed = any(p.kind in ARMED or _weapon(p) for r in sound for p in r.claim.actors)
    civil_harm = any(_tells(r.claim)[0] for r in reports)
    denied = _denied(case, blamed)
    return {
        "voices": len(voices),
        "harm": sum(v.harm for v in voices),
        "stated": sum(v.stated for v in voices),
        "combatants": sum(v.combatants and not v.harm for v in voices),
        "named": len(blamed),
        "armed": int(armed),
        "rivals": _rivals(case, sound, voices, blamed),
        "admitted": int(bool(_admitting(sound, blamed)) and not denied),
        "declared": int(any(speaking(r.claim) & sides_of(r.claim.actors) for r in sound)),
        "denied": int(denied),
        "told": int(civil_harm),
    }


def _weapon(party: Party) -> bool:
    """Aircraft, drones, tanks: nobody but the armed has them, whoever they are."""
    return not party.kind and not party.actor_id and party.name.split(" ")[-1] in strikes().weapons


def _voices(reports: Iterable[Report]) -> list[Voice]:
    """Lineages, those with one and the same set of named speakers as one."""
    quoted: dict[str, set[str]] = {}
    silent: set[str] = set()
    members: dict[str, list[Report]] = {}
    for report in reports:
        members.setdefault(report.lineage, []).append(report)
        names = speakers(report.claim)
        quoted.setdefault(report.lineage, set()).update(names)
        if not names:
            silent.add(report.lineage)
    found: dict[object, Voice] = {}
    for lineage, own in members.items():
        said_by = frozenset(quoted[lineage])
        key: object = said_by if said_by and lineage not in silent else lineage
        voice = found.setdefault(key, Voice())
        for report in own:
            harm, stated, combatants = _tells(report.claim)
            voice.harm |= harm
            voice.stated |= stated
            voice.combatants |= combatants
            voice.authors |= sides_of(report.claim.actors)
    return list(found.values())


def _tells(claim: Claim) -> tuple[bool, bool, bool]:
    """Whether a claim tells of harm to civilians, calls them so, tells of harm to combatants."""
    stated = combatants = people = False
    for quantity in claim.quantities:
        if quantity.of in _HARM and quantity.high != 0:
            stated |= quantity.whom in _STATED
            combatants |= quantity.whom == "combatants"
            people |= quantity.whom == "unspecified"
    harm = stated or people and any(p.kind in CIVIL for p in claim.targets)
    return harm, stated, combatants


def _denied(case: Case, blamed: frozenset[str]) -> bool:
    return any(r.role == "denies" and speaking(r.claim) & blamed for r in case.reports)


def _admitting(reports: Iterable[Report], blamed: frozenset[str]) -> frozenset[str]:
    """The sides that, in their own words and of nobody else, tell of civilians harmed by what they did."""
    return frozenset().union(
        *(
            alone(r.claim) & sides_of(r.claim.actors) & blamed
            for r in reports
            if _tells(r.claim)[1] and len(sides_of(r.claim.actors)) == 1
        )
    )


def _rivals(case: Case, reports: Iterable[Report], voices: list[Voice], blamed: frozenset[str]) -> int:
    """Camps blamed by different voices, those named together in one claim being one camp; in a fight, its sides."""
    if case.event in _FIGHTS:
        fighting = blamed.union(*(sides_of(r.claim.targets) for r in reports))
        return min(2, len(fighting)) if len(fighting) > 1 else 1 if blamed else 0
    camps = [v.authors for v in voices if v.authors]
    merged: list[set[str]] = []
    for camp in camps:
        touching = [m for m in merged if m & camp]
        merged = [m for m in merged if not m & camp] + [set().union(camp, *touching)]
    return len(merged)


def graded(assessment: Assessment, case: Case, told: Mapping[str, int]) -> Assessment:
    """The assessment with grade and strike status, each with its rule."""
    if told["told"]:
        rule = first(grades(), told)
        if rule is not None:
            because = _because(rule.when, told)
            assessment = replace(assessment, grade=rule.code, grade_rule=rule.name, grade_why=f"{rule.why}{because}")
    else:
        assessment = replace(assessment, grade_why="nobody tells of harm to civilians")
    if case.event in strikes().events:
        status = first(strikes().rules, told)
        if status is not None:
            assessment = replace(assessment, strike_status=status.code, strike_rule=status.name)
    return assessment


def _because(when: Iterable[Condition], told: Mapping[str, int]) -> str:
    seen = [f"{condition.fact} {told[condition.fact]}" for condition in when]
    return f" ({', '.join(seen)})" if seen else ""


def decided(assessment: Assessment, *, code: str, who: str, because: str) -> Assessment:
    """The assessment with the grade that a person set, which outranks the rules; InputError where it is no grade."""
    if code not in GRADES:
        raise InputError(f"{code!r} is no grade; give one of {', '.join(GRADES)}")
    was = f"{assessment.grade} by rule {assessment.grade_rule}" if assessment.grade else "no grade by rule"
    return replace(assessment, grade=code, grade_rule="person", grade_why=f"{because} ({was})", grade_by=who)
