"""What was destroyed, counted: «وتدمير ثلاثة منازل»."""

from marsad.extract import figures
from marsad.extract.counts import counts
from marsad.extract.draft import Draft, Figure, Reading
from marsad.extract.harm import Harm
from marsad.extract.small_words import words
from marsad.lang.text import fold


def ruined(reading: Reading, draft: Draft) -> Harm | None:
    """What a word of destroying counts as lost: «وتدمير ثلاثة منازل»; None where the draft's word is no such word."""
    word_of = draft.predicate.match.entry.source.split(" ")[1]
    if words(reading.lang).get(fold(word_of)) != "ruin":
        return None
    predicate, sentence = draft.predicate, draft.sentence
    phrases = [*predicate.object, *predicate.genitive] or predicate.subject
    harm = Harm("other", predicate.unit, predicate, last=predicate.unit + 1, victims=list(draft.targets))
    for count in counts(sentence, reading.lang):
        if (
            any(count.first < p.last and p.first < count.last for p in phrases)
            and (not count.people or count.thing)
            and not count.definite
            and (count.number or count.high)
        ):
            harm.figures.append(
                Figure(
                    "weapons" if count.thing == "weapon" else "other",
                    None,
                    count.low,
                    count.high,
                    *figures.extent_of(sentence, count),
                )
            )
            harm.last = max(harm.last, count.last)
    return harm
