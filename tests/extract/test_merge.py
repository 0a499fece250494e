"""One claim or two: the same event told again is one claim with more evidence, another place or figure is another."""

import marsad


def test_told_again_is_one_claim_with_two_sentences() -> None:
    text = "قصفت طائرات حربية سوقا في معرة النعمان. وأدى القصف إلى مقتل تسعة مدنيين."
    (claim,) = marsad.read(text, published="2020-01-15")
    assert len(claim.evidence) == 2
    assert [(q.of, q.whom, q.low, q.high) for q in claim.quantities] == [("killed", "civilians", 9, 9)]


def test_two_towns_are_two_claims() -> None:
    claims = marsad.read("قصفت الطائرات مدينة إدلب ومدينة الرقة.", published="2020-01-15")
    assert sorted(c.place.name for c in claims if c.place) == ["Idlib", "Raqqa"]


def test_one_figure_for_two_towns_is_one_claim_at_what_holds_both() -> None:
    (claim,) = marsad.read("نفذت الطائرات 20 غارة على مدينة إدلب ومدينة الرقة.", published="2020-01-15")
    assert claim.place is not None
    assert claim.place.precision == 6


def test_a_headline_alone_adds_nothing() -> None:
    text = "قصف جوي على معرة النعمان\n\nقصفت طائرات حربية اليوم سوقا في معرة النعمان.\n"
    claims = marsad.read(text, published="2020-01-15")
    assert len(claims) == 1
    assert claims[0].evidence[0].endswith(".")


def test_nobody_hurt_is_a_denied_claim_beside_the_event() -> None:
    claims = marsad.read("سقط صاروخان على مطار البصرة دون وقوع إصابات.", published="2020-01-15")
    assert {(c.event, c.factuality) for c in claims} == {
        ("shelling_missile", "asserted"),
        ("shelling_missile", "denied"),
    }
    denied = next(c for c in claims if c.factuality == "denied")
    assert [(q.of, q.low, q.high) for q in denied.quantities] == [("casualties", 0, 0)]


def test_reading_twice_gives_the_same() -> None:
    text = "Gunmen killed two farmers in Baiji on Monday. The attack was claimed by the Islamic State."
    assert marsad.read(text, published="2020-01-15") == marsad.read(text, published="2020-01-15")
