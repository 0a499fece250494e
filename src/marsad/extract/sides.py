"""Sides that a claim leaves unsaid because the document has told them: whom the army fights, whose the siege is."""

from collections import Counter
from collections.abc import Iterable

from marsad.extract.draft import Draft, Mention, Reading
from marsad.extract.needs import CIVIL
from marsad.extract.parties import ARMED
from marsad.lang.base import Match, Sentence

_FOUGHT = {
    "armed_clash", "government_regains_territory", "non_state_overtakes_territory", "air_drone_strike",
    "shelling_missile", "siege", "suicide_bomb", "attack", "remote_explosive", "disrupted_weapons_use",
}  # fmt: skip
_DOERS = {"armed_clash", "government_regains_territory", "non_state_overtakes_territory", "siege", "suicide_bomb"}
_RAIDS = {
    "air_drone_strike"
}  # only of one told to have struck, and whether fighters or a quarter was hit is not supplied
_STRUCK = {"armed_clash", "government_regains_territory", "siege"}
_REGULAR, _IRREGULAR = {"1", "8"}, {"2", "3", "4"}
_ABLE = {"suicide_bomb": _IRREGULAR, "government_regains_territory": _REGULAR}
_MOSTLY = 0.6


def supply(reading: Reading, kept: list[Draft]) -> None:
    """Give claims of fighting the doer or the opponent that the document has told before, else tells throughout."""
    book = _Book(reading, kept)
    for draft in kept:
        for parties in (draft.actors, draft.targets):
            if any(m.name == "both sides" and not m.actor for m in parties):
                parties[:] = book.pair(draft) or parties
        if draft.event == "agreement" and not draft.actors:
            draft.actors += book.pair(draft)
        if draft.factuality != "asserted":
            continue
        if draft.event in _STRUCK and not draft.targets and draft.actors:
            _give(draft, draft.targets, book.against(draft.actors, draft), "targets")
        if draft.event in _DOERS and not draft.actors:
            usual = book.usual(draft) if draft.event != "armed_clash" else None
            _give(draft, draft.actors, book.against(draft.targets, draft) or usual, "actors")
        if draft.event in _RAIDS and not draft.actors:
            _give(draft, draft.actors, book.usual(draft), "actors")
        _named_forces(book, draft)


def _named_forces(book: "_Book", draft: Draft) -> None:
    """«غارة أمريكية» is also of the one armed force of that country which the document names."""
    for mention in draft.actors:
        if mention.actor or not mention.country or mention.kind in _IRREGULAR:
            continue
        forces = [m for m in book.first.values() if m.country == mention.country and m.kind in _REGULAR]
        if len(forces) == 1:
            mention.also = (*mention.also, (forces[0].start, forces[0].end))


def _give(draft: Draft, parties: list[Mention], found: Mention | None, field: str) -> None:
    if found is not None:
        parties.append(found)
        draft.why[field] = f"«{found.text}», the other side as the document tells it"


class _Book:
    """Who is against whom in a document, and how often each armed party is named."""

    def __init__(self, reading: Reading, kept: list[Draft]) -> None:
        self.pairs = [
            (d, a, t)
            for d in kept
            if d.event in _FOUGHT
            for a in _sides(d.actors)
            for t in _sides(d.targets)
            if a.key != t.key
        ]
        self.kept = kept
        self.named: Counter[str] = Counter()
        self.first: dict[str, Mention] = {}
        for sentence in reading.sentences:
            for match in sentence.matches:
                if match.entry.kind == "actor" and _fights(match):
                    mention = _mention(reading, sentence, match)
                    self.named[mention.key] += 1
                    self.first.setdefault(mention.key, mention)

    def against(self, side: list[Mention], draft: Draft) -> Mention | None:
        """The opponent of a side: the one last told before, else told later, else the only one of the other kind."""
        keys = {m.key for m in _sides(side)} | {m.country for m in _sides(side) if m.country and m.kind in _REGULAR}
        told = [(d, t) for d, a, t in self.pairs if _among(a, keys)] + [
            (d, a) for d, a, t in self.pairs if _among(t, keys)
        ]
        told = [(d, m) for d, m in told if not _among(m, keys)]
        if told:
            at = draft.sentence.index
            before = [p for p in told if p[0].sentence.index <= at]
            return max(before, key=lambda p: p[0].sentence.index)[1] if before else told[0][1]
        kinds = {m.kind for m in _sides(side) if m.kind}
        if kinds and kinds <= _REGULAR:
            return self.only(_IRREGULAR)
        return self.only(_REGULAR) if kinds and kinds <= _IRREGULAR else None

    def pair(self, draft: Draft) -> list[Mention]:
        """The two sides of the fighting told last before, else next."""
        at = draft.sentence.index
        told = [(d.sentence.index > at, abs(d.sentence.index - at), a, t) for d, a, t in self.pairs if d is not draft]
        return list(min(told, key=lambda p: p[:2])[2:]) if told else []

    def usual(self, draft: Draft) -> Mention | None:
        """Who bombs, who besieges: the one last told to have done so, else the only side that could."""
        at = draft.sentence.index
        done = [(abs(d.sentence.index - at), m) for d in self.kept if d.event == draft.event for m in _sides(d.actors)]
        if done:
            return min(done, key=lambda p: p[0])[1]
        return self.only(_ABLE[draft.event]) if draft.event in _ABLE else None

    def only(self, kinds: set[str]) -> Mention | None:
        """The party of some kinds that most of the namings of such parties name."""
        fitting = {key: n for key, n in self.named.items() if self.first[key].kind in kinds}
        if not fitting:
            return None
        best = max(fitting, key=lambda key: fitting[key])
        return self.first[best] if fitting[best] >= _MOSTLY * sum(fitting.values()) else None


def _among(mention: Mention, keys: set[str]) -> bool:
    return mention.key in keys or bool(mention.country and mention.kind in _REGULAR and mention.country in keys)


def _sides(parties: Iterable[Mention]) -> list[Mention]:
    """Named armed parties."""
    return [m for m in parties if m.group in ARMED and (m.actor or m.country)]


def _fights(match: Match) -> bool:
    actor = match.entry.data
    civil = actor.id.endswith(CIVIL) or {"speaker", "commander"} & set(actor.note.replace(":", ";").split("; "))
    return bool(actor.kind in _REGULAR | _IRREGULAR and not civil and not match.hit.pattern.ambiguous)


def _mention(reading: Reading, sentence: Sentence, match: Match) -> Mention:
    start, end = sentence.spans[match.start][0], sentence.spans[match.end - 1][1]
    start += len(match.hit.conj) + (
        len(match.hit.prep) if match.hit.prep and not (match.hit.prep == "ل" and match.hit.det) else 0
    )
    actor = match.entry.data
    kind = "1" if "pro-state" in actor.note else actor.kind
    text = reading.quote(start, end)
    return Mention(
        start, end, text, actor.name, "force", kind, actor.id, actor.countries[0], definite=True, head=actor.id
    )
