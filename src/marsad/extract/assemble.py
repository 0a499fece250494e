"""Drafts into claims: the same event told again is one claim with more evidence."""

import hashlib
from collections import Counter
from dataclasses import replace

from marsad.extract import echoes, figures, reasons, scope, sides, when, where
from marsad.extract.draft import Draft, Figure, Mention, Reading, Voice, When
from marsad.extract.events import VIOLENT
from marsad.extract.parties import HARMED
from marsad.model import Claim, Party, Period, Place, Quantity, Speaker

_AROUND = 4
_FINE, _COARSE = 0.05, 0.6  # degrees
_AUTHORED = {"air_drone_strike", "shelling_missile", "suicide_bomb"}
_MONTHS, _MONTH = 60, 27
_TOLD_BEFORE, _LEAD = 6, 3
_BEFORE = 300
_CROWDS = {"riot", "protest", "siege", "abduction", "armed_clash"}
_REST = {"others", "other", "another"}
_INHERIT = figures.STRIKES | {"casualties", "grenade"}


def assemble(reading: Reading, drafts: list[Draft]) -> list[Claim]:
    """Claims of a document, in the order of their triggers."""
    _unify(drafts)
    echoes.settle(drafts, alike=_alike, against=lambda a, b: _against(a.actors, b.actors))
    kept = merge(drafts)
    _carry_over(reading, kept)
    _same_hand(kept)
    sides.supply(reading, kept)
    for draft in kept:
        scope.reconsider(draft)
        _tidy(draft)
    return _apart([_claim(reading, draft) for draft in kept])


def _unify(drafts: list[Draft]) -> None:
    """«انفجار» told first, the bomber only later: a vague explosion is the suicide bombing told near it."""
    bombings = [d for d in drafts if d.event == "suicide_bomb" and d.factuality == "asserted"]
    for draft in drafts:
        if not (draft.vague and draft.event == "remote_explosive" and draft.factuality == "asserted"):
            continue
        for bombing in bombings:
            near = abs(bombing.sentence.index - draft.sentence.index) <= _AROUND
            if near and _alike(bombing, draft):
                draft.event = "suicide_bomb"
                draft.why["event"] += f"; told as a suicide bombing in sentence {bombing.sentence.index + 1}"
                break


def _alike(a: Draft, b: Draft) -> bool:
    """Whether place and time let two drafts be one event."""
    apart = (
        a.place is not None
        and b.place is not None
        and a.place.precision < 5
        and b.place.precision < 5
        and not _near(a.place, b.place)
    )
    return not apart and not _times_against(a, b)


def _times_against(a: Draft, b: Draft) -> bool:
    return bool(
        a.own_time and b.own_time and a.time and b.time and (a.time.last < b.time.first or b.time.last < a.time.first)
    )


def _tidy(draft: Draft) -> None:
    """One party for each known actor, no «آخرون» beside those they complete, none on both sides but in a clash."""
    if draft.event in VIOLENT and draft.event not in _CROWDS:
        draft.actors[:] = [a for a in draft.actors if a.group != "civilian"]  # they are harmed
    for parties in (draft.actors, draft.targets):
        merged: dict[str, Mention] = {}
        for mention in parties:
            known = merged.get(mention.key) if mention.actor else None
            if known is None:
                merged[mention.key if mention.actor else f"{mention.start}"] = mention
            else:
                known.also = (*known.also, (mention.start, mention.end), *mention.also)
        parties[:] = list(merged.values())
    people = [t for t in draft.targets if t.group in HARMED and t.name not in _REST]
    if people:
        draft.targets[:] = [t for t in draft.targets if t.name not in _REST]
    if draft.event not in ("armed_clash", "agreement"):
        keys = {a.start for a in draft.actors}
        draft.targets[:] = [t for t in draft.targets if t.start not in keys]


def _carry_over(reading: Reading, kept: list[Draft]) -> None:
    """A claim without a place or time of its own has those of the claim before, else the next one's place."""
    place = next((d.place for d in kept if d.own_place), None)
    time: When | None = when.dateline(reading)
    dated: Draft | None = None
    for draft in kept:
        if draft.own_place:
            finer = None if draft.spread else where.refined(reading, draft)
            if finer is not None:
                draft.place = finer
                draft.why["place"] = draft.why.get("place", "") + "; told more exactly in the sentences that follow"
            place = draft.place
        elif draft.place is None:
            _inherit(reading, draft, place)
        if draft.own_time:
            if when.carries(draft):
                time, dated = draft.time, draft
        elif draft.time is None and time is not None and _dates_too(dated, draft):
            draft.time = time
            draft.why["time"] = time.rule if dated is None else "carried over from the claim before"


def _inherit(reading: Reading, draft: Draft, place: Place | None) -> None:
    """A total over months is of the country; what happened once, where the claim before did."""
    total = draft.scope == "cumulative" and (draft.time is None or (draft.time.last - draft.time.first).days > _MONTHS)
    if total or scope.of_war(draft):
        draft.place = where.whole_country(reading, draft) or place
        draft.why["place"] = "a total without a place: the country"
    elif place is not None:
        draft.place = place
        draft.why["place"] = "carried over from the claim before"


def _dates_too(dated: Draft | None, draft: Draft) -> bool:
    """Whether the time told last is that of a claim without one: something that happened, in a sentence of its own."""
    if draft.factuality == "planned" or draft.scope != "single" or draft.predicate.tense in ("present", "future"):
        return False
    if draft.event in when.STATES or (dated is not None and draft.event not in _INHERIT and draft.event != dated.event):
        return False
    return dated is None or 0 < draft.sentence.index - dated.sentence.index <= _TOLD_BEFORE


def _same_hand(kept: list[Draft]) -> None:
    """A strike without an author is that of the one side which the document names for strikes of its kind."""
    told: dict[str, list[Draft]] = {}
    for draft in kept:
        if draft.actors and draft.factuality == "asserted":
            told.setdefault(draft.event, []).append(draft)
    for draft in kept:
        others = told.get(draft.event, [])
        if draft.actors or draft.event not in _AUTHORED:
            continue
        if others and len({m.country or m.key for d in others for m in d.actors}) == 1:
            draft.actors = [others[0].actors[0]]
            draft.why["actors"] = "as for the other strikes of the document"


def merge(drafts: list[Draft]) -> list[Draft]:
    """Join drafts that tell the same event; the earlier one is kept and grows."""
    kept: list[Draft] = []
    body = [d for d in drafts if not d.sentence.headline]
    for draft in body or drafts:
        if draft.harm and draft.event in ("casualties", "kill"):
            earlier = _caused_before(kept, draft)
            if earlier is not None:
                _absorb(earlier, draft)
                continue
        same = next((k for k in reversed(kept[-_BEFORE:]) if _same(k, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            _absorb(same, draft)
    return kept


def _caused_before(kept: list[Draft], draft: Draft) -> Draft | None:
    """The event told before to which deaths without a cause belong; one at their place, if they name one."""
    if draft.scope == "cumulative" or scope.of_war(draft):
        return None
    reach = _TOLD_BEFORE if draft.own_place else _LEAD
    for earlier in reversed(kept):
        if draft.sentence.index - earlier.sentence.index > reach:
            return None
        if not _inherits(earlier):
            continue
        if not draft.own_place:  # what its sentence tells first, not what it recalls
            return next(k for k in kept if k.sentence is earlier.sentence and _inherits(k))
        there = earlier.place is not None and draft.place is not None and _near(earlier.place, draft.place)
        if there and not _times_against(earlier, draft):
            return earlier
    return None


def _inherits(draft: Draft) -> bool:
    return draft.event in _INHERIT and draft.factuality == "asserted"


def _same(a: Draft, b: Draft) -> bool:
    """Whether two drafts are one claim: same event and factuality, and no place, time, party or figure against it."""
    if (a.event, a.factuality, a.scope) != (b.event, b.factuality, b.scope) or len(a.evidence) >= _BEFORE:
        return False
    if a.place is not None and b.place is not None and not _near(a.place, b.place):
        return False
    if _times_against(a, b):
        return False
    if _against(a.actors, b.actors) or _figures_against(a, b):
        return False
    if _against(a.targets, b.targets) and a.sentence is not b.sentence and not _bare(b):
        return False
    placed = a.place is not None and b.place is not None
    close = a.sentence is b.sentence or b.sentence.index - a.evidence[-1] <= 1
    return placed or close or _said_again(b)


def _said_again(draft: Draft) -> bool:
    """«الهجوم», «قصفهم»: a noun that points back, or nothing that would tell it from what was told."""
    unit = draft.sentence.units[draft.predicate.unit]
    points = draft.predicate.nominal and (unit.det or bool(unit.pron))
    return points or (_bare(draft) and not draft.figures)


def _bare(draft: Draft) -> bool:
    """Said again with nothing new to tell it apart."""
    return draft.place is None and not draft.own_time


def _near(a: Place, b: Place) -> bool:
    if a.name == b.name:
        return True
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return False
    apart = max(abs(a.lat - b.lat), abs(a.lon - b.lon))
    if a.precision >= 4 or b.precision >= 4:
        return a.precision >= 4 and b.precision >= 4 and a.country == b.country and apart < _COARSE
    return apart < _FINE


def _against(a: list[Mention], b: list[Mention]) -> bool:
    """Both say who, and it cannot be the same: known parties with none shared, or unknown ones called differently.

    A party that is only described («المسلحون», "the group") may be the one that is named elsewhere.
    """
    if not a or not b:
        return False
    known, also = ({key for m in side for key in (m.actor, m.country) if key} for side in (a, b))
    if known and also:
        return not known & also
    return not known and not also and not {m.head for m in a} & {m.head for m in b}


def _figures_against(a: Draft, b: Draft) -> bool:
    mine = {(f.of, f.whom): (f.low, f.high) for f in a.figures}
    return (
        any(mine.get((f.of, f.whom), (f.low, f.high)) != (f.low, f.high) for f in b.figures)
        and a.sentence is not b.sentence
        and bool(b.own_place)
    )


def _absorb(a: Draft, b: Draft) -> None:
    for index in b.evidence:
        if index not in a.evidence:
            a.evidence.append(index)
    for mine, theirs in ((a.actors, b.actors), (a.targets, b.targets)):
        keys = {m.key for m in mine}
        mine.extend(m for m in theirs if m.key not in keys and not (b.harm and mine is a.actors))
    told = {(f.of, f.whom, f.low, f.high) for f in a.figures}
    a.figures.extend(f for f in b.figures if (f.of, f.whom, f.low, f.high) not in told)
    known = {v.name or v.start for v in a.voices}
    a.voices.extend(v for v in b.voices if (v.name or v.start) not in known)
    if a.place is None or (b.place is not None and b.place.precision < a.place.precision and a.place.precision >= 4):
        a.place, a.own_place = b.place or a.place, a.own_place or b.own_place
    vague = a.time is None and b.time is not None and (b.time.last - b.time.first).days >= _MONTH
    if vague and b.sentence is not a.sentence:
        return  # the month of an earlier operation, not the day of this one
    if a.time is None or (b.own_time and not a.own_time):
        a.time, a.own_time = b.time or a.time, a.own_time or b.own_time


def _apart(claims: list[Claim]) -> list[Claim]:
    """The claims, each with an id of its own: what is told again at one place in the text is numbered."""
    seen: Counter[str] = Counter()
    found = []
    for claim in claims:
        seen[claim.id] += 1
        again = _digest(f"{claim.id}\0{seen[claim.id]}") if seen[claim.id] > 1 else claim.id
        found.append(replace(claim, id=again))
    return found


def _digest(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _claim(reading: Reading, draft: Draft) -> Claim:
    sentences = [reading.sentences[i] for i in draft.evidence]
    spans = tuple(reading.span(s.start, s.end) for s in sentences)
    text = reading.document.text
    trigger_span = reading.span(draft.start, draft.end)
    told = (reading.document.id, draft.event, draft.factuality, draft.scope, str(trigger_span[0]))
    identity = "\0".join((*told, str(draft.place.span) if draft.place else ""))
    return Claim(
        id=_digest(identity),
        document=reading.document.id,
        event=draft.event,
        factuality=draft.factuality,  # type: ignore[arg-type]
        scope=draft.scope,  # type: ignore[arg-type]
        trigger=text[slice(*trigger_span)],
        trigger_span=trigger_span,
        actors=tuple(_party(reading, m) for m in draft.actors),
        targets=tuple(_party(reading, m) for m in draft.targets),
        place=draft.place,
        destination=draft.destination,
        time=_period(reading, draft.time),
        quantities=tuple(_quantity(reading, f) for f in figures.settle(draft.figures)),
        attribution=tuple(_speaker(reading, v) for v in draft.voices),
        evidence=tuple(text[a:b] for a, b in spans),
        evidence_spans=spans,
        why=reasons.complete(reading, draft),
    )


def _party(reading: Reading, mention: Mention) -> Party:
    spans = dict.fromkeys(reading.span(a, b) for a, b in ((mention.start, mention.end), *mention.also))
    text = reading.document.text
    return Party(
        name=mention.name or mention.text,
        texts=tuple(dict.fromkeys(text[a:b] for a, b in spans)),
        spans=tuple(spans),
        kind=mention.kind,
        actor_id=mention.actor,
        country=mention.country,
    )


def _period(reading: Reading, when: When | None) -> Period | None:
    if when is None:
        return None
    span = reading.span(when.start, when.end)
    return Period(
        text=reading.document.text[slice(*span)], start=when.first, end=when.last, span=span,
        date_precision=when.date_precision, time_precision=when.time_precision, from_publication=when.from_publication,
    )  # fmt: skip


def _quantity(reading: Reading, figure: Figure) -> Quantity:
    span = reading.span(figure.start, figure.end)
    return Quantity(
        of=figure.of,
        whom=figure.whom,
        low=figure.low,
        high=figure.high,
        text=reading.document.text[slice(*span)],
        span=span,
    )


def _speaker(reading: Reading, voice: Voice) -> Speaker:
    span = reading.span(voice.start, voice.end)
    text = reading.document.text[slice(*span)]
    return Speaker(text=text, name=voice.name or text, anonymous=voice.anonymous, span=span)
