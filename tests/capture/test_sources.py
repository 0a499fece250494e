"""From paths to documents, and what is said of those that cannot be read."""

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from marsad.capture import Notice, read_paths
from marsad.capture.base import MAX_CHARACTERS, Item, document_id
from marsad.capture.sources import read_bytes, readers
from marsad.errors import InputError
from marsad.model import Document

TEXT = "قصفت طائرات مواقع في المدينة."


def read(*paths: object, stdin: bytes = b"") -> list[Item]:
    return list(read_paths([str(path) for path in paths], stdin=io.BytesIO(stdin)))


def errors(items: list[Item]) -> list[str]:
    return [str(item) for item in items if isinstance(item, InputError)]


def documents(items: list[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def notices(items: list[Item]) -> list[str]:
    return [item.message for item in items if isinstance(item, Notice)]


def test_a_text_is_read_without_what_other_formats_need(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    heavy = {"trafilatura", "lxml", "pypdf", "docx", "warcio", "httpx", "sqlalchemy", "cryptography"}
    program = (
        "import io, sys; from marsad.capture import read_paths;"
        f"print(len(list(read_paths(sys.argv[1:], stdin=io.BytesIO()))), sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "1 []"


@pytest.mark.parametrize("package", ["lxml", "trafilatura"])
def test_what_is_not_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>{TEXT * 3}</p>", encoding="utf-8")
    monkeypatch.setitem(sys.modules, package, None)
    (message,) = errors(read(path))
    assert "pip install 'marsad[web]'" in message


def test_a_page_from_standard_input() -> None:
    page = f"<!DOCTYPE html><html><head><title>عنوان طويل للخبر هنا</title></head><body><p>{TEXT * 4}</p></body></html>"
    (document,) = documents(read("-", stdin=page.encode()))
    assert document.text == TEXT * 4


def test_bytes_are_read_as_a_file_of_their_suffix() -> None:
    (document,) = list(read_bytes(f"text\n{TEXT}\n".encode(), name="http://example.org/a", suffix=".csv"))
    assert isinstance(document, Document)
    assert (document.text, document.origin) == (TEXT, "http://example.org/a, line 2")


def test_readers_are_found_by_suffix() -> None:
    assert {".txt", ".jsonl", ".json", ".csv", ".html", ".pdf", ".docx", ".warc", ".warc.gz", ".wacz"} <= set(readers())


def test_text_is_kept_whole(tmp_path: Path) -> None:
    text = f"Title\r\n\r\n  {TEXT}\n"
    path = tmp_path / "a.TXT"
    path.write_bytes(text.encode())
    assert read(path) == [Document(id=document_id(text), text=text)]


def test_jsonl(tmp_path: Path) -> None:
    lines = [
        {"id": 7, "lang": "AR", "published": "2016-06-21", "title": "t", "text": TEXT, "source": "s", "more": [1]},
        {"text": TEXT + "2", "published": "2016-06-21T23:10:00+03:00", "id": None},
        {"text": TEXT + "3", "published": None},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\ufeff" + "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    first, second, third = documents(read(path))
    assert first == Document(id="7", lang="ar", published=date(2016, 6, 21), title="t", text=TEXT, source="s")
    assert (second.id, second.published) == (document_id(TEXT + "2"), date(2016, 6, 21))
    assert third.published is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"text": "a', "not JSON"),
        (b"plain words", "not JSON"),
        (b'{"title": "a"}', "missing required field `text`"),
        (b'{"text": 5}', "Expected `str`, got `int`"),
        (b'{"text": null}', "got `null`"),
        (b'["a"]', "got `array`"),
        (b'{"text": "  "}', "the text is empty"),
        (b'{"text": "a", "published": "21/6/2016"}', "YYYY-MM-DD"),
        (b'{"text": "a", "published": "2016-02-31"}', "YYYY-MM-DD"),
        (b'{"text": "a", "published": 2016}', "published"),
        (b'{"text": "a", "id": [1]}', "id"),
        (b"[" * 100_000, "line 2"),
        (b"\xff\xfe\x00\x01\x02", "line 2"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(tmp_path: Path, line: bytes, words: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "one"}\n' + line + b'\n{"text": "three"}\n')
    items = read(path)
    assert [d.text for d in documents(items)] == ["one", "three"]
    (message,) = errors(items)
    assert message.startswith(f"{path}, line 2: ")
    assert words in message


def test_jsonl_in_other_encodings(tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT}, ensure_ascii=False) + "\n"
    for name, encoding in (("a", "utf-16"), ("b", "cp1256")):
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(line.encode(encoding))
        assert [d.text for d in documents(read(path))] == [TEXT]


def test_half_characters_become_replacement_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a \\ud83d b"}\n')
    items = read(path)
    for document in documents(items):
        document.text.encode()
    assert items


def test_json_document_and_list(tmp_path: Path) -> None:
    gold = {"id": "g", "lang": "ar", "text": TEXT, "claims": [{"event": "attack"}]}
    (tmp_path / "one.json").write_text(json.dumps(gold))
    (tmp_path / "two.json").write_text(json.dumps([{"text": "b"}, {"title": "no text"}, {"text": "c"}]))
    items = read(tmp_path)
    assert [d.text for d in documents(items)] == [TEXT, "b", "c"]
    (message,) = errors(items)
    assert message.startswith(f"{tmp_path}/two.json, document 2: Object missing required field `text`")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json"])
@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_empty_files(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (message,) = errors(read(path))
    assert message.startswith(str(path))
    assert "empty" in message


def test_folders_are_read_in_order_and_all_the_way_down(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("z.txt", "b/y.txt", "a.txt", ".git/hidden.txt", "b/picture.png"):
        (tmp_path / name).write_text(f"text of {name}")
    items = read(tmp_path)
    assert [d.text for d in documents(items)] == ["text of a.txt", "text of z.txt", "text of b/y.txt"]
    assert notices(items) == [f"{tmp_path}: 1 file of other kinds left out"]


def test_a_folder_without_anything_to_read(tmp_path: Path) -> None:
    assert "no file here" in errors(read(tmp_path))[0]


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.txt").write_text("good")
    items = read(tmp_path / "none.txt", tmp_path / "a.xlsx", "/dev/null", "bad\0name", tmp_path / "b.txt")
    messages = errors(items)
    assert "No such file" in messages[0]
    assert "no reader" in messages[1]
    assert ".jsonl" in messages[1]
    assert "not a file" in messages[2]
    assert len(messages) == 4
    assert [d.text for d in documents(items)] == ["good"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("secret")
    path.chmod(0)
    assert "Permission denied" in errors(read(path))[0]


def test_links_that_lead_nowhere_or_round(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "good.txt").write_text("good")
    items = read(tmp_path)
    assert [d.text for d in documents(items)] == ["good"]
    assert "loop.txt" in errors(items)[0]


def test_standard_input() -> None:
    assert documents(read("-", stdin=TEXT.encode()))[0].text == TEXT
    assert documents(read("-", stdin=b' \n{"text": "a"}\n{"text": "b"}'))[1].text == "b"
    assert documents(read("-", stdin=b'[{"text": "a"}]'))[0].text == "a"
    assert errors(read("-", stdin=b"")) == ["standard input: the file is empty; nothing to read"]


def test_a_pipe_by_its_path(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, TEXT.encode())
    os.close(write_end)
    assert documents(read(f"/dev/fd/{read_end}"))[0].text == TEXT
    os.close(read_end)


def test_fifty_megabytes_in_one_line(tmp_path: Path) -> None:
    big = b"a " * 25_000_000
    (tmp_path / "a.txt").write_bytes(big)
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "' + big + b'"}\n{"text": "after"}\n')
    items = read(tmp_path)
    assert [d.text for d in documents(items)] == ["after"]
    assert "a.txt: more than" in errors(items)[0]
    assert "b.jsonl, line 1: more than" in errors(items)[1]


def test_a_long_article_is_read_and_a_longer_one_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [{"text": "a" * MAX_CHARACTERS}, {"text": "a" * (MAX_CHARACTERS + 1)}]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    items = read(path)
    assert len(documents(items)) == 1
    assert "line 2: a text of 2,000,001 characters" in errors(items)[0]


def test_ids_that_come_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "x", "text": "a"}\n{"id": "x", "text": "a"}\n{"id": "x", "text": "b"}\n{"text": "c"}\n')
    items = read(path)
    assert [d.text for d in documents(items)] == ["a", "c"]
    assert notices(items) == [f"{path}, line 2: document x: the same text was read before; left out"]
    assert errors(items) == [f"{path}, line 3: document x: another text had this id; give each document its own"]
