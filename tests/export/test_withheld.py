"""Names are found in every spelling, and nothing that is withheld is left in what is exported."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evidence.withholding import MARK, Tombstone, Withheld
from marsad.export.incidents.record import record as incident_record
from marsad.export.record import encode
from marsad.export.withheld import find_name, redacted
from marsad.model import (
    Assessment,
    Case,
    Claim,
    Document,
    Estimate,
    Figure,
    Incident,
    Party,
    Place,
    Report,
    Speaker,
)

NAME = "سليم الخياط"
STONE = Tombstone(entry=7, at="2026-11-22T10:00:00Z", who="editor", why="a witness", document="doc-1")
WITHHELD = Withheld(documents={"doc-1": STONE}, names={9: NAME, 10: "Salim Khayat"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قال سليم الخياط إنه رأى", ["سليم الخياط"]),
        ("قال سَليم الخَيّاط إنه رأى", ["سَليم الخَيّاط"]),
        ("وسليم الخياط ولسليم  الخياط", ["سليم الخياط", "سليم  الخياط"]),
        ("سليم_الخياط", ["سليم_الخياط"]),
        ("سليم وحده، والخياط وحده", []),
        ("مسليم الخياطين", []),
    ],
)
def test_a_name_is_found_in_every_spelling(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_name(text, NAME)] == found


def test_a_latin_name_is_found_whatever_its_capitals() -> None:
    text = "SALIM KHAYAT and Salim-Khayat, not Salim Khayatt"
    assert [text[start:end] for start, end in find_name(text, "Salim Khayat")] == ["SALIM KHAYAT", "Salim-Khayat"]


names = st.lists(st.sampled_from(["سليم", "الخياط", "محمد", "علي", "Omar"]), min_size=1, max_size=2).map(" ".join)


@given(st.lists(names, min_size=1, max_size=4), st.lists(names | st.sampled_from(["قال", "،", "و", "\n"])))
def test_no_withheld_name_is_left_however_names_overlap(held: list[str], words: list[str]) -> None:
    withheld = Withheld(names=dict(enumerate(held)))
    text = withheld.redact(" ".join(words), find_name)
    assert withheld.names_in(text, find_name) == []


def claim(document: str) -> Claim:
    return Claim(
        id=f"claim-{document}",
        document=document,
        event="arrests",
        factuality="asserted",
        scope="single",
        trigger="اعتقال",
        trigger_span=(0, 6),
        targets=(Party(name="Salim Khayat", texts=(NAME,), spans=((7, 18),)),),
        attribution=(Speaker(text="ناشطون", name="ناشطون", anonymous=True),),
        evidence=(f"اعتقال {NAME} من منزله",),
        evidence_spans=((0, 28),),
        why={"event": "اعتقال"},
    )


def incident() -> Incident:
    reports = tuple(Report(claim=claim(document), role="reports", lineage=document) for document in ("doc-1", "doc-2"))
    case = Case(id="i1", event="arrests", reports=reports, targets=reports[0].claim.targets)
    return Incident(case=case, assessment=Assessment(), title_en=f"Arrest of {NAME}", title_ar=f"اعتقال {NAME}")


def test_no_export_of_an_incident_has_what_is_withheld() -> None:
    shown = redacted(incident(), WITHHELD)
    told = encode(incident_record(shown, evidence=True))
    assert NAME not in told
    assert "Salim" not in told
    first, second = (report.claim for report in shown.case.reports)
    assert first.evidence == (MARK,)
    assert (first.trigger, first.attribution[0].text, first.why) == (MARK, MARK, {})
    assert second.evidence == (f"اعتقال {MARK} من منزله",)
    assert second.attribution[0].text == "ناشطون"
    assert (shown.id, second.evidence_spans, second.targets[0].spans) == ("i1", ((0, 28),), ((7, 18),))


def test_a_withheld_document_has_no_words_left() -> None:
    document = Document(id="doc-1", text="نص", title="عنوان", source="وكالة")
    assert redacted(document, WITHHELD) == Document(id="doc-1", text=MARK, title=MARK)
    other = replace(document, id="doc-2", text=f"قال {NAME}")
    assert redacted(other, WITHHELD) == replace(other, text=f"قال {MARK}")


def test_where_nothing_is_withheld_nothing_changes() -> None:
    made = incident()
    assert redacted(made, Withheld()) is made
    assert redacted({"a": [1, None, NAME]}, WITHHELD) == {"a": [1, None, MARK]}


def told(document: str, word: str) -> Report:
    """A claim of which each word holds ``word``."""
    own = replace(
        claim(document),
        actors=(
            Party(name=f"{word} brigade", texts=(f"the {word} brigade",)),
            Party(name="army", texts=(f"{word} army",)),
        ),
        targets=(),
        place=Place(name=f"{word} hill", text=f"at {word} hill", lat=1.0, lon=2.0, country="SY", precision=1),
    )
    return Report(claim=own, role="reports", lineage=document, source=f"{word} Agency", main=True)


def made(*reports: Report) -> Incident:
    """An incident with the sides and place of its first report."""
    first = reports[0].claim
    figures = tuple(
        Figure(claim=r.claim.id, lineage=r.lineage, low=n, high=n, text=r.source, said_by=r.source)
        for n, r in enumerate(reports, 3)
    )
    case = Case(
        id="i1", event="arrests", reports=reports, place=first.place, actors=first.actors,
        reasons={r.claim.id: f"because {r.source}" for r in reports},
    )  # fmt: skip
    estimate = Estimate(of="killed", whom="all", known="counted", low=3, best=3, high=4, figures=figures)
    title = first.place.name if first.place else ""
    return Incident(case=case, assessment=Assessment(estimates=(estimate,)), title_en=title, title_ar=title)


def test_an_incident_has_nothing_that_only_a_withheld_document_says() -> None:
    shown = redacted(made(told("doc-1", "Zarqun"), told("doc-2", "Known")), WITHHELD)
    assert "Zarqun" not in repr(shown)
    assert "Zarqun" not in encode(incident_record(shown, evidence=True))
    assert [(p.name, p.texts) for p in shown.case.actors] == [(MARK, ()), ("army", ())]
    assert shown.case.place
    assert (shown.case.place.name, shown.case.place.text, shown.case.place.lat) == (MARK, MARK, 1.0)
    assert [r.source for r in shown.case.reports] == [MARK, "Known Agency"]
    assert list(shown.case.reasons.values()) == [MARK, "because Known Agency"]
    (estimate,) = shown.assessment.estimates
    assert [(f.low, f.text, f.said_by) for f in estimate.figures] == [
        (3, MARK, MARK),
        (4, "Known Agency", "Known Agency"),
    ]
    assert redacted(shown, WITHHELD) == shown


def test_an_incident_keeps_what_another_document_says_too() -> None:
    whole = made(told("doc-1", "Known"), told("doc-2", "Known"))
    shown = redacted(whole, WITHHELD)
    assert (shown.case.actors, shown.case.place) == (whole.case.actors, whole.case.place)
    assert (shown.title_en, shown.title_ar) == (whole.title_en, whole.title_ar)
