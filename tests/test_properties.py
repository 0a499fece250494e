"""What holds for every text: quotes are quotes, nothing raises, and time grows with length and no faster."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import marsad
from marsad.export.record import encode, parse, record
from marsad.model import Claim

# Words of every kind that reading handles, so that random sequences of them reach deep into it.
PIECES = (
    "قصفت", "قُتل", "غارات", "لم", "قد", "سوف", "نفى", "قال", "بحسب", "إن", "أن", "الجيش السوري", "تنظيم الدولة",
    "مسلحون", "ثلاثة مدنيين", "على", "في", "سراقب", "ريف إدلب", "بين", "و", "التي", "أمس", "يوم الثلاثاء",
    "منذ أغسطس", "٣٠", "30 إلى 40", "عشرات", "المدينة", "من قبل", "«", "»", "،", ".", ":", "\n", "bombed", "killed",
    "air strikes", "did not", "may", "said", "that", "the army", "rebels", "three civilians", "in", "near", "Aleppo",
    "20 km east of", "between", "and", "who", "yesterday", "since 2014", "at least", "dozens", "they", "the city",
    "by", '"', "(", ")", ",", "-", "\u200f", "\u202e", "\u2067", "\u200d", "\u200b", "ـ", "\u064e", "\ufeff",
    "\u0000", "\ud800", "😀", "ﷺ", "ﻗﺼﻒ", "قـ ـصـ ـف", "é", "İ", "ß", "½", "²", "١٢/٣/٢٠١٦", "1,200", "u.s.", "..",
)  # fmt: skip
MIXED = st.lists(st.sampled_from(PIECES), max_size=40).flatmap(
    lambda parts: st.sampled_from([" ".join(parts), "".join(parts), "\u200f ".join(parts)])
)
ANY = st.text(max_size=300) | st.text(st.characters(codec=None), max_size=60)
DAYS = st.sampled_from([None, "2016-06-21", "0001-01-01", "9999-12-31"])
LANGS = st.sampled_from(["ar", "en"])


def quotes(claim: Claim) -> list[tuple[str, tuple[int, int]]]:
    """Every wording of a claim with its span; a party has as many spans as its wordings stand in places."""
    found = [(claim.trigger, claim.trigger_span), *zip(claim.evidence, claim.evidence_spans, strict=True)]
    for part in (claim.place, claim.destination, claim.time, *claim.quantities, *claim.attribution):
        if part is not None and part.span is not None:
            found.append((part.text, part.span))
    return found


def check(text: str, claims: list[Claim]) -> None:
    """Every offset quotes, every wording of a party stands at one of its spans, and a record is read back the same."""
    for claim in claims:
        assert [(quote, span) for quote, span in quotes(claim) if text[slice(*span)] != quote] == []
        for party in (*claim.actors, *claim.targets):
            assert {text[slice(*span)] for span in party.spans} == set(party.texts)
        assert claim.evidence
        start, end = claim.evidence_spans[0]
        assert start <= claim.trigger_span[0] < claim.trigger_span[1] <= end
        if "\ud800" not in text:
            assert json.loads(encode(record(claim, explain=True)))["why"]["event"]
            assert parse(encode(record(claim, explain=True))) == claim
    assert len({claim.id for claim in claims}) == len(claims)


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(MIXED, LANGS, DAYS)
def test_offsets_always_quote_the_text(text: str, lang: str, published: str | None) -> None:
    check(text, marsad.read(text, lang=lang, published=published))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(ANY, LANGS, DAYS)
def test_no_text_makes_reading_raise(text: str, lang: str, published: str | None) -> None:
    check(text, marsad.read(text, lang=lang, published=published))


@given(ANY)
def test_without_a_language_a_text_is_read_or_refused(text: str) -> None:
    with suppress(marsad.InputError):
        check(text, marsad.read(text))


UNITS = {
    "ar one sentence": ("ar", "قال مصدر طبي إن ثلاثة مدنيين قتلوا أمس في قصف مدفعي على بلدة سراقب بريف إدلب و"),
    "ar sentences": ("ar", "قال مصدر طبي إن ثلاثة مدنيين قتلوا أمس في قصف مدفعي على بلدة سراقب بريف إدلب. "),
    "en one sentence": (
        "en",
        "Warplanes bombed Saraqib in Idlib on Tuesday, killing three civilians, a doctor said, and ",
    ),
    "en sentences": ("en", "Warplanes bombed Saraqib in Idlib on Tuesday, killing three civilians, a doctor said. "),
    "one word": ("ar", "قصف "),
    "one letter": ("en", "a"),
    "open quotes": ("ar", 'قصف " ( « '),
    "stops": ("en", "killed 3. "),
}


@pytest.mark.parametrize("name", UNITS)
def test_time_is_linear_in_length(name: str) -> None:
    lang, unit = UNITS[name]

    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        started = time.process_time()
        marsad.read(text, lang=lang, published="2016-06-21")
        return time.process_time() - started

    seconds(2_000)
    short = min(seconds(15_000) for _ in range(3))
    # 8 times as long if it is linear, 64 if quadratic; one of three runs may be free of what else the machine does
    assert any(seconds(120_000) < 24 * max(short, 0.02) for _ in range(3))


def test_a_million_characters_without_a_stop() -> None:
    text = ("قصف مدفعي على القرى و" * 50_000)[:1_000_000]
    started = time.process_time()
    claims = marsad.read(text, lang="ar", published="2016-06-21")
    assert time.process_time() - started < 90
    check(text, claims)
