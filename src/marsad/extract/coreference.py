"""Who «التنظيم», «المدينة» or a verb without a subject speak of, from what was named before."""

from marsad.extract.draft import Draft, Mention, Reading
from marsad.extract.parties import ARMED, mentions
from marsad.lang.base import Sentence

_BACK = 6


class Memory:
    """The parties named so far in a document, latest last."""

    def __init__(self) -> None:
        self.named: list[tuple[str, Mention]] = []
        self.subjects: list[Mention] = []

    def hear(self, reading: Reading, sentence: Sentence) -> None:
        """Remember the parties of a sentence by the first word of each name."""
        for phrase in sentence.phrases:
            for mention in mentions(reading, sentence, phrase):
                if mention.actor is not None:
                    for unit in phrase.units[:2]:
                        for stem in unit.form.stems:
                            if len(stem) > 2:
                                self.named.append((stem, mention))

    def definite(self, mention: Mention, head_stems: frozenset[str]) -> Mention | None:
        """The last named party whose name begins with the head of a definite description."""
        for stem, earlier in reversed(self.named[-60:]):
            if stem in head_stems and earlier.start < mention.start:
                return earlier
        return None


def resolve(reading: Reading, memory: Memory, draft: Draft) -> None:
    """Name definite descriptions in a draft, and give a verb without a subject the last one."""
    for mentioned in (*draft.actors, *draft.targets):
        if (
            mentioned.actor is None
            and mentioned.definite
            and mentioned.country is None
            and mentioned.group in ("force", "state")
        ):
            earlier = memory.definite(mentioned, _stems(draft.sentence, mentioned))
            if earlier is not None:
                mentioned.actor, mentioned.name = earlier.actor, earlier.name
                mentioned.kind, mentioned.country = earlier.kind, earlier.country
                draft.why["coreference"] = f"{mentioned.text} = {earlier.text}"
    possessed = (
        draft.predicate.nominal
        and bool(draft.sentence.units[draft.predicate.unit].pron)
        and draft.predicate.match.entry.frame in ("mutual", "on", "move")
    )
    if not draft.actors and possessed:
        owner = _named_before(reading, draft)
        if owner is not None:
            draft.actors.append(owner)
            draft.why["actors"] = f"the pronoun speaks of «{owner.text}»"
    if not draft.actors and draft.predicate.pronoun_subject and not draft.predicate.nominal:
        subject = _last_subject(reading, draft)
        if subject is not None:
            draft.actors.append(subject)
            draft.why["actors"] = f"subject carried over from «{subject.text}»"


def _stems(sentence: Sentence, mention: Mention) -> frozenset[str]:
    for (start, end), form in zip(sentence.spans, sentence.forms, strict=True):
        if start <= mention.start < end:
            return form.stems
    return frozenset()


def _last_subject(reading: Reading, draft: Draft) -> Mention | None:
    for earlier in reversed(reading.drafts[-_BACK:]):
        if earlier.sentence.index < draft.sentence.index - 1:
            break
        if earlier.actors:
            return earlier.actors[0]
    return None


def _named_before(reading: Reading, draft: Draft) -> Mention | None:
    """The nearest armed party named before the predicate in its sentence."""
    for phrase in reversed([p for p in draft.sentence.phrases if p.last <= draft.predicate.unit]):
        for mention in mentions(reading, draft.sentence, phrase):
            if mention.group in ARMED:
                return mention
    return None
