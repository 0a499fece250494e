"""``marsad read``, from the arguments to what is printed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from marsad import pipeline
from marsad.model import Claim, Document

Call = Callable[..., Result]
TEXT = "قال مصدر طبي إن غارة جوية أصابت منزلا في مدينة إدلب أمس. كما قصفت المدفعية بلدة سراقب."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_help_teaches(marsad: Call) -> None:
    for args in (["--help"], ["read", "-h"]):
        found = marsad(*args)
        assert found.exit_code == 0
        assert "marsad read article.txt" in found.output


def test_version(marsad: Call) -> None:
    assert marsad("--version").output.startswith("marsad ")


def test_not_on_a_terminal_it_prints_jsonl(marsad: Call, article: Path) -> None:
    found = marsad("read", article)
    assert found.exit_code == 0
    claims = [json.loads(line) for line in found.stdout.splitlines()]
    assert [(c["event"], c["trigger"], c["place"]["name"]) for c in claims] == [
        ("air_drone_strike", "غارة جوية", "Idlib"),
        ("shelling_missile", "قصفت", "Saraqib"),
    ]
    assert claims[0]["time"] is None
    assert found.stderr.startswith("marsad: note: 1 of 1 documents without a day of publication")
    assert marsad("read", article, "--published", "2016-06-21").stderr == ""


def test_formats(marsad: Call, article: Path) -> None:
    assert len(json.loads(marsad("read", article, "--format", "json").stdout)[0]["claims"]) == 2
    assert "[غارة جوية]" in marsad("read", article, "--format", "table").stdout


def test_published_and_lang_go_before_the_documents_own(marsad: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT, "published": "2001-01-01", "lang": "en"}), encoding="utf-8")
    (own,) = json.loads(marsad("read", path, "--format", "json").stdout)
    assert (own["published"], own["lang"], own["claims"]) == ("2001-01-01", "en", [])
    (found,) = json.loads(marsad("read", path, "--published", "2016-06-21", "--lang", "ar", "--format", "json").stdout)
    assert (found["published"], found["lang"]) == ("2016-06-21", "ar")
    assert found["claims"][0]["time"]["start"] == "2016-06-20"


@pytest.mark.parametrize("value", ["yesterday", "2016-13-01", "21-06-2016", ""])
def test_a_day_that_is_none(marsad: Call, article: Path, value: str) -> None:
    found = marsad("read", article, "--published", value)
    assert found.exit_code == 2
    assert "YYYY-MM-DD" in found.stderr


def test_standard_input(marsad: Call) -> None:
    for content in (TEXT.encode(), TEXT.encode("cp1256"), json.dumps({"text": TEXT})):
        found = marsad("read", "-", stdin=content).stdout
        assert [json.loads(line)["trigger"] for line in found.splitlines()] == ["غارة جوية", "قصفت"]


def test_no_path_is_a_usage_error(marsad: Call) -> None:
    assert marsad("read").exit_code == 2


def test_what_cannot_be_read_is_named_and_the_rest_is_read(marsad: Call, article: Path, tmp_path: Path) -> None:
    other = tmp_path / "b.jsonl"
    other.write_text('{"text": 1}\n{"text": "Les avions ont bombardé la ville pendant la nuit.", "id": "fr"}\n')
    found = marsad("read", tmp_path / "none.txt", other, article)
    assert found.exit_code == 1
    assert len(found.stdout.splitlines()) == 2
    lines = found.stderr.splitlines()
    assert lines[0] == f"marsad: error: {tmp_path}/none.txt: cannot be read: No such file or directory"
    assert f"{other}, line 1: " in lines[1]
    assert f"{other}, line 2: document fr: language fr is not supported" in lines[2]
    assert lines[3].startswith("marsad: note: 1 of 1 documents without a day of publication")
    assert lines[4] == "marsad: 1 documents read, 2 claims, 3 not read"


def test_a_notice_is_no_error(marsad: Call, article: Path) -> None:
    found = marsad("read", article, article)
    assert found.exit_code == 0
    assert f"note: {article}: document " in found.stderr


def test_explain(marsad: Call, article: Path) -> None:
    first, *_ = marsad("read", article, "--explain").stdout.splitlines()
    assert json.loads(first)["why"]["event"].startswith("events.tsv:")
    assert "why" not in json.loads(marsad("read", article).stdout.splitlines()[0])


def test_output_takes_its_name_only_when_all_is_written(marsad: Call, article: Path, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    found = marsad("read", article, "-o", path)
    assert found.exit_code == 0
    assert found.stdout == ""
    assert path.read_text(encoding="utf-8") == marsad("read", article).stdout
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".part"] == []


def test_output_that_cannot_be_written(marsad: Call, article: Path, tmp_path: Path) -> None:
    found = marsad("read", article, "-o", tmp_path / "none" / "claims.jsonl")
    assert found.exit_code == 1
    assert "cannot be written" in found.stderr


def test_a_fault_in_the_reader_stops_no_batch(marsad: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No document is known that brings the engine down, so here it is made to fail on one and reads the other."""
    read_document = pipeline.read_document

    def faulty(document: Document, *, explain: bool = False) -> list[Claim]:
        if document.id == "bad":
            raise ZeroDivisionError("division by zero")
        return read_document(document, explain=explain)

    monkeypatch.setattr(pipeline, "read_document", faulty)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"id": i, "text": f"{TEXT} ({i})"}) for i in ("bad", "good")))
    found = marsad("read", path)
    assert found.exit_code == 1
    assert f"{path}, line 1: document bad: a fault in Marsad, please report it: ZeroDivisionError" in found.stderr
    assert [json.loads(line)["document"] for line in found.stdout.splitlines()] == ["good", "good"]


def test_colour_codes_in_names_do_not_reach_the_terminal(marsad: Call, tmp_path: Path) -> None:
    assert "\x1b" not in marsad("read", tmp_path / "\x1b[31mred.txt").stderr
