"""Forms of the reading page: what is left as it is stays so, masked or not; what is changed becomes a whole field."""

import pytest

from marsad.errors import InputError
from marsad.model import Claim
from marsad.record.fields import checked
from marsad.server.guards import MASK
from marsad.server.reading.forms import Asked, added
from tests.server.claims import CLAIM, DOCUMENT, TEXT, place_of


def filled(claim: Claim = CLAIM) -> dict[str, str]:
    """The form as the page fills it."""

    def spot(at: str, text: str, span: tuple[int, int] | None) -> dict[str, str]:
        return {f"{at}.text": text, f"{at}.span": f"{span[0]}-{span[1]}" if span else ""}

    form = {"event": claim.event, "factuality": claim.factuality, "scope": claim.scope}
    form |= spot("trigger", claim.trigger, claim.trigger_span)
    for field in ("actors", "targets"):
        for n, one in enumerate(getattr(claim, field)):
            at = f"{field}.{n}"
            form |= {f"{at}.name": one.name, f"{at}.kind": one.kind, f"{at}.country": one.country or ""}
            form |= spot(at, one.texts[0], one.spans[0])
    assert claim.place
    assert claim.time
    form |= spot("place", claim.place.text, claim.place.span)
    form |= {
        f"place.{part}": str(getattr(claim.place, part)) for part in ("name", "lat", "lon", "country", "precision")
    }
    form["place.radius_km"] = str(claim.place.radius_km)
    form |= spot("time", claim.time.text, claim.time.span) | {"time.start": "2016-06-17", "time.end": "2016-06-17"}
    form["time.date_precision"] = str(claim.time.date_precision)
    for n, figure in enumerate(claim.quantities):
        at = f"quantities.{n}"
        form |= spot(at, figure.text, figure.span) | {f"{at}.of": figure.of, f"{at}.whom": figure.whom or ""}
        form |= {f"{at}.low": str(figure.low), f"{at}.high": str(figure.high)}
    for n, speaker in enumerate(claim.attribution):
        at = f"attribution.{n}"
        form |= spot(at, speaker.text, speaker.span) | {f"{at}.name": speaker.name}
        form |= {f"{at}.anonymous": "1"} if speaker.anonymous else {}
    for n, (text, span) in enumerate(zip(claim.evidence, claim.evidence_spans, strict=True)):
        form |= spot(f"evidence.{n}", text, span)
    empty = {
        f"{at}.{part}": "" for at in ("actors.1", "targets.1", "attribution.1") for part in ("name", "text", "span")
    }
    return form | empty | {"quantities.1.of": "killed", "quantities.1.low": "", "evidence.1.text": ""}


def changes(**more: str) -> dict[str, object]:
    form = filled() | {key.replace("__", "."): value for key, value in more.items()}
    return Asked(form=form, claim=CLAIM, document=DOCUMENT, clean=str).changes()


def test_a_form_left_as_it_was_changes_nothing() -> None:
    assert changes() == {}


def test_what_was_masked_and_not_touched_stays_as_it_was() -> None:
    masked = filled() | {"attribution.0.name": MASK, "attribution.0.text": MASK}
    asked = Asked(form=masked, claim=CLAIM, document=DOCUMENT, clean=lambda text: MASK if "onitor" in text else text)
    assert asked.changes() == {}


def test_codes_and_figures() -> None:
    found = changes(event="shelling_missile", quantities__0__high="")
    assert found["event"] == "shelling_missile"
    assert found["quantities"] == [
        {
            "of": "killed",
            "whom": None,
            "low": 12,
            "high": None,
            "text": "12 people",
            "span": list(place_of("12 people")),
        }
    ]
    assert checked(DOCUMENT, found)
    with pytest.raises(InputError, match=r"quantities\[0\].low: .many. is no number"):
        changes(quantities__0__low="many")


def test_a_party_is_renamed_added_and_taken_out() -> None:
    found = changes(
        actors__0__name="Syrian army", targets__0__drop="1", targets__1__name="residents", targets__1__text="others"
    )
    assert found["actors"][0]["name"] == "Syrian army"  # type: ignore[index]
    assert found["actors"][0]["texts"] == ["jets"]  # type: ignore[index]
    assert [one["name"] for one in found["targets"]] == ["residents"]  # type: ignore[attr-defined]
    assert found["targets"][0]["spans"] == [list(place_of("others"))]  # type: ignore[index]
    assert set(checked(DOCUMENT, found)) == {"actors", "targets"}


def test_words_taken_from_the_article_go_by_their_place() -> None:
    start, end = place_of("Charred bodies")
    found = changes(targets__0__text="whatever was shown", targets__0__span=f"{start}-{end}")
    assert found["targets"][0]["texts"] == ["Charred bodies"]  # type: ignore[index]
    with pytest.raises(InputError, match="does not stand in the document"):
        changes(targets__0__text="nothing of this", targets__0__span="")


def test_a_place_of_another_name_lies_where_the_gazetteer_says() -> None:
    found = changes(place__name="Idlib")
    made = checked(DOCUMENT, found)["place"]
    assert (made["name"], made["country"]) == ("Idlib", "SY")
    assert 35.5 < made["lat"] < 36.5
    nowhere = checked(DOCUMENT, changes(place__name="Qqqqqq"))["place"]
    assert (nowhere["name"], nowhere["lat"], nowhere["gazetteer_id"]) == ("Qqqqqq", None, None)
    moved = checked(DOCUMENT, changes(place__lat="36.25", place__precision="2"))["place"]
    assert (moved["lat"], moved["precision"]) == (36.25, 2)
    assert changes(place__drop="1") == {"place": None}


def test_days_say_how_exact_they_are() -> None:
    made = checked(DOCUMENT, changes(time__start="2016-06-01", time__end="2016-06-10"))["time"]
    assert (made["start"], made["date_precision"]) == ("2016-06-01", 4)
    assert changes(time__drop="1") == {"time": None}


def test_trigger_and_evidence() -> None:
    found = changes(trigger__text="fled", trigger__span="", evidence__1__text="Charred bodies lay in the street.")
    assert found["trigger"] == "fled"
    assert found["trigger_span"] == list(place_of("fled"))
    assert found["evidence"] == [CLAIM.evidence[0], "Charred bodies lay in the street."]


def test_a_claim_to_add_has_the_sentence_round_its_words_as_evidence() -> None:
    made = added(
        {"trigger.text": "fled", "event": "displacement", "factuality": "asserted", "scope": "single"}, DOCUMENT
    )
    assert made["trigger_span"] == list(place_of("fled"))
    assert made["evidence"] == ["<b>Xxxx Yyyyyy</b> & others fled."]
    start, end = place_of("saw it")
    assert "saw it" in added({"trigger.span": f"{start}-{end}"}, DOCUMENT)["evidence"][0]
    assert TEXT[slice(*added({"trigger.span": f"{start}-{end}"}, DOCUMENT)["trigger_span"])] == "saw it"
    with pytest.raises(InputError, match="name the event"):
        added({"trigger.text": "nothing of this"}, DOCUMENT)
