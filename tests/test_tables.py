"""Lexicon files that do not hold to their schema are refused with file, line and reason."""

from pathlib import Path

import pytest

import marsad
from marsad import tables
from marsad.errors import DataError
from marsad.lang import pack


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path)
    return tmp_path / "words.tsv"


def test_wrong_columns(table: Path) -> None:
    table.write_text("# about\nword\ttag\nقصف\tV\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"words\.tsv, line 2: columns are word, tag; expected word, event"):
        tables.read("words.tsv", columns=("word", "event"))


def test_too_many_cells(table: Path) -> None:
    table.write_text("word\ttag\nقصف\tV\textra\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"words\.tsv, line 2: 3 cells for 2 columns"):
        tables.read("words.tsv", columns=("word", "tag"))


def test_unknown_value_names_what_is_allowed(table: Path) -> None:
    table.write_text("word\ttag\nقصف\tX\n", encoding="utf-8")
    (row,) = tables.read("words.tsv", columns=("word", "tag"))
    with pytest.raises(DataError, match="line 2: tag is 'X', not one of N, V"):
        row.one_of("tag", {"N", "V"})


def test_clitics_are_cut_by_the_lexicon_never_blindly() -> None:
    arabic = pack("ar")
    for word, original in (("لبنان", "لبنان"), ("والي", "والي"), ("بلده", "بلدة"), ("كتايب", "كتائب")):
        form = arabic.as_written(word, original)
        assert (form.prep, form.conj) == ("", ""), word
    assert arabic.as_written("والي", "وإلى").conj == "و"
    cut = arabic.form("وبالمدفعيه")
    assert (cut.conj, cut.prep, cut.det) == ("و", "ب", True)
    owned = arabic.form("غاراتها")
    assert owned.pron == "ها"
    assert any(h.pattern.entry.kind == "event" for h in owned.single)


def test_an_unsupported_language_says_what_to_do() -> None:
    with pytest.raises(marsad.InputError, match="--lang"):
        pack("xx")
