"""What exporters ask before they write: names that are withheld in every spelling, documents that are withheld."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from marsad.evidence.withholding import MARK, Withheld
from marsad.lang.text import normalise
from marsad.link.title import titles
from marsad.model import Case, Claim, Document, Incident, Party, Place, Report, Span, Total

Value = TypeVar("Value")

_ATTACHED = "(?:(?:[وف])?(?:[بلك])?)"
_SAID = frozenset({"evidence", "text", "texts", "trigger", "name", "names"})
"""Fields of a claim that hold words of its document."""


def find_name(text: str, name: str) -> Iterator[Span]:
    """The places of a name in a text, in any spelling of Arabic, with what is attached before it or without."""
    wanted = [re.escape(word) for word in normalise(name).text.split()]
    if not wanted:
        return
    folded = normalise(text)
    words = r"[\s_\-]+".join(wanted)
    for match in re.finditer(rf"(?<!\w){_ATTACHED}({words})(?!\w)", folded.text):
        yield folded.original(*match.span(1))


def redacted(value: Value, withheld: Withheld) -> Value:
    """The same value (text, list, dict, or noun of the model, whatever is in it) without what is withheld.

    A withheld name becomes ``MARK`` wherever it stands. A withheld document has neither title nor text nor source, and
    its claims none of its words, nor what an incident or a total has of them: sides, place, titles, who gives a figure
    and in what words. Ids stay, so that it can be told what was left out; numbers too: a range is the record's own.
    """
    return _redacted(value, withheld) if withheld else value


def _redacted(value: Any, withheld: Withheld) -> Any:
    if isinstance(value, str):
        return withheld.redact(value, find_name)
    if isinstance(value, dict):
        return {key: _redacted(item, withheld) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_redacted(item, withheld) for item in value)
    if isinstance(value, Document) and withheld.hides(value.id):
        return replace(value, text=MARK, title=MARK, source="", derived="")
    if isinstance(value, Claim) and withheld.hides(value.document):
        return replace(_wordless(value), why={})
    if isinstance(value, Incident):
        value = _untold(value, withheld)
    elif isinstance(value, Total):
        open_ = _open(value.reports, withheld)
        if len(open_) < len(value.reports):
            value = replace(value, **_derived(value, open_))
    elif isinstance(value, Report) and withheld.hides(value.claim.document):
        value = replace(value, source=MARK)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _redacted(getattr(value, f.name), withheld) for f in fields(value)}
        return replace(value, **changed)
    return value


def _open(reports: Sequence[Report], withheld: Withheld) -> list[Claim]:
    """The claims that are not withheld."""
    return [report.claim for report in reports if not withheld.hides(report.claim.document)]


def _derived(value: Case | Total, open_: Sequence[Claim]) -> dict[str, Any]:
    """The place and the sides of a case or total, with the words alone that claims which are not withheld give."""
    places = [place for claim in open_ for place in (claim.place, claim.destination) if place]
    parties = [party for claim in open_ for party in (*claim.actors, *claim.targets)]
    return {
        "place": value.place and _told_place(value.place, places),
        "actors": tuple(_told_party(party, parties) for party in value.actors),
        "targets": tuple(_told_party(party, parties) for party in value.targets),
    }


def _told_place(place: Place, told: Collection[Place]) -> Place:
    name = place.name if any(place.name == one.name for one in told) else MARK
    text = place.text if any(place.text == one.text for one in told) else place.text and MARK
    return replace(place, name=name, text=text)


def _told_party(party: Party, told: Collection[Party]) -> Party:
    names = {one.name.lower() for one in told}
    texts = {text for one in told for text in one.texts}
    kept = tuple(text for text in party.texts if text in texts)
    return replace(party, name=party.name if party.name.lower() in names else MARK, texts=kept)


def _untold(incident: Incident, withheld: Withheld) -> Incident:
    """An incident without what claims of withheld documents alone gave it; the claims themselves are still whole."""
    case = incident.case
    open_ = _open(case.reports, withheld)
    if len(open_) == len(case.reports):
        return incident
    hidden = {report.claim.id for report in case.reports} - {claim.id for claim in open_}
    reasons = {claim: MARK if claim in hidden else why for claim, why in case.reasons.items()}
    told = replace(case, reasons=reasons, **_derived(case, open_))
    estimates = tuple(
        replace(
            one,
            figures=tuple(
                replace(figure, text=figure.text and MARK, said_by=figure.said_by and MARK)
                if figure.claim in hidden
                else figure
                for figure in one.figures
            ),
        )
        for one in incident.assessment.estimates
    )
    lost = _words(case) - _words(told)
    title_en, title_ar = incident.title_en, incident.title_ar
    if case.place and told.place and MARK not in title_en:
        bare = titles(told, incident.assessment.estimate("killed"), arabic_place="")
        title_en = bare[0] if told.place.name != case.place.name else title_en
        own = {r.claim.place.text for r in case.reports if r.claim.place} - {c.place.text for c in open_ if c.place}
        title_ar = bare[1] if told.place.name != case.place.name or own & set(title_ar.split("، ")) else title_ar
    return Incident(
        case=told,
        assessment=replace(
            incident.assessment,
            estimates=estimates,
            acled=_coded(incident.assessment.acled, lost),
            ucdp=_coded(incident.assessment.ucdp, lost),
        ),
        title_en=title_en,
        title_ar=title_ar,
    )


def _words(case: Case) -> set[str]:
    """Names and wordings of its sides and its place."""
    sides = {text for party in (*case.actors, *case.targets) for text in (party.name, *party.texts)}
    return (sides | ({case.place.name, case.place.text} if case.place else set())) - {""}


def _coded(row: dict[str, str | int | None], lost: Collection[str]) -> dict[str, str | int | None]:
    """Columns of a code book, with ``MARK`` for what has a word that is ``lost``."""
    either = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(lost)))})(?!\w)")
    named = {key for key, value in row.items() if lost and isinstance(value, str) and either.search(value)}
    return {key: MARK if key in named else value for key, value in row.items()}


def _wordless(value: Any) -> Any:
    """A claim, or a part of one, with ``MARK`` for each word of its document."""
    if isinstance(value, tuple):
        return tuple(_wordless(item) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {f.name: _marked(f.name, getattr(value, f.name)) for f in fields(value)}
    return replace(value, **changed)


def _marked(name: str, value: Any) -> Any:
    if name not in _SAID:
        return _wordless(value)
    return tuple(MARK for _ in value) if isinstance(value, tuple) else MARK if value else value
