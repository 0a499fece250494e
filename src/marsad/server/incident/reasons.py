"""Reasons that the record keeps as English sentences, in the reader's language and taken apart where that helps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from marsad.assess.rules import FACTS
from marsad.server import words
from marsad.server.names import Said

_JOIN = re.compile(r"with claim (\S+) of (.+), ([+-]\d+(?:\.\d+)?) bits: (.*)", re.DOTALL)
_FIELD = re.compile(r"(\w+) (.+) ([+-]\d+(?:\.\d+)?)")
_DECISION = re.compile(r"decision (\d+) by (.*?) \((\w+)\)(?:: (.*))?", re.DOTALL)
_FACTS = re.compile(r"\((\w+ \d+(?:, \w+ \d+)*)\)\Z")
_BEFORE = re.compile(r"(.*) \((?:(\w+) by rule (.+)|no grade by rule)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Weight:
    """What one field says for (positive bits) or against two claims being one happening."""

    field: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Why a claim is in its incident: the first report, a decision of people, or the comparison that says most."""

    kind: str
    text: str = ""
    claim: str = ""
    document: str = ""
    bits: float = 0.0
    weights: tuple[Weight, ...] = ()
    decision: int = 0
    who: str = ""
    verb: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why a grade: ``facts`` that were counted; of one that a person set, the reason and the grade by rule before."""

    facts: tuple[tuple[str, int], ...] = ()
    because: str = ""
    before: str = ""
    before_rule: str = ""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """For each sentence of ``words/reasons.tsv`` its pattern and its key."""
    found = []
    for key, told in words.words().items():
        if key.startswith("reason."):
            parts = re.split(r"\{(\w+)\}", told["en"])
            named = "".join(f"(?P<{part}>.+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
            found.append((re.compile(named, re.DOTALL), key))
    return tuple(found)


def tell(sentence: str, lang: str) -> Said:
    """A sentence of the record in a language; in English, as it is, where there are no other words for it."""
    if lang != "en":
        for pattern, key in _patterns():
            if match := pattern.fullmatch(sentence):
                return Said(
                    words.say(key, lang, **{name: _apart(told) for name, told in match.groupdict().items()}), lang
                )
    return Said(sentence, "en")


def _apart(told: str) -> str:
    """A day or name of another script, kept in its own order between Arabic words."""
    return told if told.isdecimal() else f"\u2068{told}\u2069"


def joined(reason: str) -> Joined:
    """Why a claim was joined, taken apart; ``text`` alone where it is of no known form."""
    if reason == "the first report":
        return Joined(kind="first", text=reason)
    if match := _JOIN.fullmatch(reason):
        claim, document, bits, fields = match.groups()
        return Joined(
            kind="compared", text=reason, claim=claim, document=document, bits=float(bits), weights=_weights(fields)
        )
    if match := _DECISION.fullmatch(reason):
        seq, who, verb, because = match.groups()
        return Joined(kind="decided", text=reason, decision=int(seq), who=who, verb=verb, because=because or "")
    return Joined(kind="told", text=reason)


def _weights(fields: str) -> tuple[Weight, ...]:
    found = (_FIELD.fullmatch(part.strip()) for part in fields.split(","))
    return tuple(Weight(m[1], m[2].replace(" ", "_"), float(m[3])) for m in found if m)


def grounds(why: str, *, rule: str) -> Grounds:
    """The facts behind a grade, or what a person said of it."""
    if rule == "person":
        match = _BEFORE.fullmatch(why)
        return Grounds(because=match[1], before=match[2] or "", before_rule=match[3] or "") if match else Grounds()
    match = _FACTS.search(why)
    pairs: Iterable[list[str]] = (part.split() for part in match[1].split(", ")) if match else ()
    return Grounds(facts=tuple((fact, int(count)) for fact, count in pairs if fact in FACTS))
