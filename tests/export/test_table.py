"""Claims on a screen."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.export.screen import FSI, PDI, RLI, RLM, isolate, plain, sentence_lines, wrap
from marsad.export.table import open_writer
from marsad.model import Document
from marsad.pipeline import read_document

ARABIC = "قتل ثلاثة مدنيين على الأقل أمس في غارة شنها الطيران السوري على إدلب بحسب مصدر طبي."


def shown(document: Document, *, explain: bool = False, colour: bool = False) -> str:
    stream = io.StringIO()
    open_writer(stream, explain=explain, colour=colour).write(document, read_document(document, explain=explain))
    return stream.getvalue()


def test_every_field_of_a_claim_is_shown() -> None:
    found = shown(Document(id="d", text=ARABIC, lang="ar", published=date(2016, 6, 21), title="عنوان", source="وكالة"))
    for part in (
        f"{FSI}عنوان{PDI}\n2016-06-21 · ar · {FSI}وكالة{PDI} · d\n",
        "  1 air_drone_strike · asserted · single\n",
        f"who       Syrian air force → civilian ({FSI}ثلاثة مدنيين{PDI})\n",
        "where     Idlib (SY; 35.93, 36.63 ± 4 km; the place itself)\n",
        f"when      2016-06-20 ({FSI}أمس{PDI})\n",
        "how many  killed at least 3 civilians\n",
        f"says      {FSI}مصدر طبي{PDI} (anonymous)\n",
        f"text      {RLI}قتل ثلاثة مدنيين على الأقل أمس في [غارة] شنها",
    ):
        assert part in found
    assert "\x1b" not in found


def test_no_date_of_publication_is_said() -> None:
    found = shown(Document(id="d", text=ARABIC, lang="ar"))
    assert "no date of publication" in found
    assert "--published" in found


def test_no_claims_is_said() -> None:
    assert "no claims" in shown(Document(id="d", text="Nothing happened.", lang="en"))


def test_explain_shows_the_reasons() -> None:
    document = Document(id="d", text=ARABIC, lang="ar")
    assert "└ event: " in shown(document, explain=True)
    assert "why" not in shown(document)


def test_colour_only_when_asked() -> None:
    assert "\x1b[" in shown(Document(id="d", text=ARABIC, lang="ar"), colour=True)


def test_lines_keep_to_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    found = shown(Document(id="d", text="Long words before an airstrike " * 30, lang="en", title="x " * 80))
    assert max(len(line) for line in found.splitlines()) <= 62


def test_a_very_long_sentence_is_cut_around_its_trigger() -> None:
    found = shown(Document(id="d", text="word " * 120 + "airstrike" + " word" * 120, lang="en"))
    sentence = found.partition("    text      ")[2]
    assert sentence.startswith("…")
    assert "word [airstrike] word" in sentence
    assert sentence.rstrip().endswith("…")
    assert len(sentence) < 1_200


def test_a_text_cannot_give_the_terminal_orders() -> None:
    text = "\x1b[31mred\x1b]0;title\x07 airstrike \u202eevil\u202c \x9b2J \ue000fake\ue001"
    found = shown(Document(id="\x1b[1mid", text=text, lang="en", title=text, source=text))
    assert not set("\x1b\x07\x9b\u202e\ue000") & set(found)
    assert found.count("[airstrike]") == 1


@given(st.text())
def test_plain_is_one_line_without_controls(text: str) -> None:
    found = plain(text)
    assert found.splitlines() in ([], [found])
    assert found.isprintable() or any(c in found for c in "\u200b\u200c\u200d\u00ad\ufeff") or not found.isascii()
    found.encode()


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(10, 80))
def test_wrapping_loses_no_words(text: str, width: int) -> None:
    assert "".join(wrap(text, width=width)).replace(" ", "") == "".join(text.split())


def test_isolates_only_where_letters_run_right_to_left() -> None:
    assert isolate("Idlib") == "Idlib"
    assert isolate("إدلب") == f"{FSI}إدلب{PDI}"
    assert all(
        line.lstrip()[0] == RLI and line[-1] == PDI for line in sentence_lines(ARABIC, width=30, right_to_left=True)
    )


def test_a_latin_name_does_not_draw_the_number_after_it_to_its_side() -> None:
    assert isolate("اشتباكات، Wari، 6 مارس") == f"{FSI}اشتباكات، Wari{RLM}، 6 مارس{PDI}"
    assert isolate("Clashes in حلب, 6 March") == f"{FSI}Clashes in حلب, 6 March{PDI}"
