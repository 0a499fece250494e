"""Names are found in every spelling, and nothing that is withheld is left in what is exported."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evidence.withholding import MARK, Tombstone, Withheld
from marsad.export.incidents.record import record as incident_record
from marsad.export.record import encode
from marsad.export.withheld import find_name, redacted
from marsad.model import Assessment, Case, Claim, Document, Incident, Party, Report, Speaker

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
