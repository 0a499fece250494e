"""Adding documents: files and addresses, read in the background, bounded."""

import json
import time
import zipfile
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from marsad.server import jobs
from marsad.server.pages.add import _shown
from marsad.server.settings import Limits, Settings
from tests.server.running import Workbench, copied, run

ARTICLE = "A strike hit the market of Saraqib on 4 May 2018. Five civilians were killed, medics said.\n"


def article(n: int) -> dict[str, Any]:
    return {
        "id": f"given-{n}",
        "text": ARTICLE.replace("Five", str(n + 5)),
        "published": "2018-05-05",
        "title": "<b>x</b>",
    }


def given(*names: str, content: bytes = ARTICLE.encode()) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (name, content)) for name in names]


def followed(client: httpx.Client, sent: httpx.Response) -> str:
    """The page of the job once it is over."""
    assert sent.status_code == 303, sent.text
    there = sent.headers["location"]
    last: dict[str, Any] = {}
    with client.stream("GET", f"{there}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("data: "):
                last = json.loads(line.removeprefix("data: "))
    assert last["state"] == "done"
    return client.get(there).text


def test_files_are_read_into_the_record(own: Workbench) -> None:
    editor = own.client("editor")
    lines = "\n".join(json.dumps(article(n)) for n in range(12)).encode()
    page = followed(editor, editor.post("/add/files", files=given("news.jsonl", content=lines)))
    assert "new 12," in page
    assert own.record.document("given-3").text == article(3)["text"]
    assert "news.jsonl" in editor.get("/add").text
    entries = editor.get("/api/documents/given-3").json()
    assert entries["title"] == "<b>x</b>"


def test_what_was_received_is_in_the_ledger_under_the_name_of_who_added_it(own: Workbench) -> None:
    editor = own.client("editor")
    followed(editor, editor.post("/add/files", files=given("one.txt"), data={"published": "2018-05-05"}))
    log = own.client("admin").get("/audit", params={"kind": "capture", "who": "Demo editor"}).text
    assert "one.txt" in log


def test_a_form_without_script_proves_itself_before_anything_is_done(own: Workbench) -> None:
    client = own.client("editor")
    token = client.headers.pop("X-CSRF-Token")
    assert client.post("/add/files", files=given("one.txt")).status_code == 403
    assert client.post("/add/files", files=given("one.txt"), data={"csrf": "no"}).status_code == 403
    assert "one.txt" not in client.get("/add").text
    page = followed(client, client.post("/add/files", files=given("one.txt"), data={"csrf": token}))
    assert "new 1," in page


def test_a_fault_in_one_is_told_and_the_rest_goes_on(own: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = own.client("editor")
    files = [
        *given("broken.pdf", content=b"%PDF-1.4 nothing of the kind"),
        *given("program.exe", content=b"MZ"),
        *given("empty.txt", content=b""),
        *given("good.txt"),
    ]
    page = followed(editor, editor.post("/add/files", files=files))
    assert "new 1," in page
    assert "Not read: 3" in page
    for name in ("broken.pdf", "program.exe", "empty.txt"):
        assert name in page


def test_a_zip_bomb_is_told_and_nothing_more(own: Workbench) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 900_000_000)
        archive.writestr("[Content_Types].xml", b"<a/>")
    editor = own.client("editor")
    page = followed(editor, editor.post("/add/files", files=given("bomb.docx", content=packed.getvalue())))
    assert "Not read: 1" in page


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/passwd.txt", "..\\..\\x.txt", "C:\\x.txt", "a\x00b.txt", "~/.ssh/x.txt"]
)
def test_a_name_is_never_a_path(own: Workbench, name: str) -> None:
    shown = _shown(name)
    assert not set(shown) & set("/\\\0")
    editor = own.client("editor")
    page = followed(editor, editor.post("/add/files", files=given(name)))
    assert "new 1," in page
    assert "etc/" not in page


def test_names_and_texts_with_markup_stay_text(own: Workbench) -> None:
    editor = own.client("editor")
    page = followed(editor, editor.post("/add/files", files=given("<img src=x onerror=alert(1)>.exe", content=b"MZ")))
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_an_article_with_markup_is_text_on_every_page(own: Workbench) -> None:
    editor = own.client("editor")
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)> {{ 7 * 7 }}"
    text = f"{ARTICLE}{bad} A strike hit a hospital in {bad} Saraqib on 4 May 2018 and killed 3 civilians {bad}."
    one = {"id": f"x{bad}", "text": text, "published": "2018-05-05", "title": f"Market {bad}", "source": f"Wire {bad}"}
    followed(editor, editor.post("/add/files", files=given("bad.jsonl", content=json.dumps(one).encode())))
    (row,) = editor.get("/api/documents", params={"text": "alert"}).json()["rows"]
    incident = next(r for r in editor.get("/api/claims?limit=500").json()["rows"] if r["document"] == row["id"])
    names = "inbox", "documents", "incidents", "sources", "totals", "search?q=alert", "timeline", "review", "add"
    pages = *names, f"documents/{quote(row['id'], safe='')}", f"incidents/{incident['incident']}", "map"
    shown = [editor.get(f"/{path}", follow_redirects=True) for path in pages]
    shown.append(own.client("admin").get("/audit"))
    assert [page.status_code for page in shown] == [200] * len(shown)
    for page in shown:
        for live in ("<script>alert", "<img src=x", "<svg onload", " 49 "):
            assert live not in page.text, page.url
    assert sum("&lt;script&gt;alert" in page.text for page in shown) >= 4


def test_uploads_are_bounded(samples: Path, tmp_path: Path) -> None:
    limits = replace(Limits(), file=2_000, upload=5_000, files=3)
    with ExitStack() as stack:
        editor = run(Settings(url=str(copied(samples, tmp_path / "small")), limits=limits), stack).client("editor")
        assert editor.post("/add/files", files=given("one.txt", content=b"x" * 3_000)).status_code == 413
        assert editor.post("/add/files", files=given("one.txt", content=b"x" * 9_000)).status_code == 413
        assert editor.post("/add/files", files=given(*"abcd")).status_code == 400
        assert editor.post("/add/files", data={"published": "2018-05-05"}, files={"other": b""}).status_code == 400
        boundary = {"Content-Type": "multipart/form-data; boundary=x"}
        stream = (b"x" * 1_000 for _ in range(9))
        assert editor.post("/add/files", content=stream, headers=boundary).status_code in (400, 413)


def test_what_takes_too_long_is_refused(samples: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        limits = replace(Limits(), upload_seconds=0.2)
        editor = run(Settings(url=str(copied(samples, tmp_path / "slow")), limits=limits), stack).client("editor")

        def slowly() -> Any:
            yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
            time.sleep(1)
            yield b"late\r\n--x--\r\n"

        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        assert editor.post("/add/files", content=slowly(), headers=headers).status_code == 408


def test_it_can_be_stopped_and_keeps_what_was_read(own: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_BATCH", 2)
    editor = own.client("editor")
    lines = "\n".join(json.dumps(article(n)) for n in range(400)).encode()
    sent = editor.post("/add/files", files=given("many.jsonl", content=lines))
    job = own.app.state.jobs.all()[0]
    while job.done == 0:
        time.sleep(0.01)
    assert editor.post(f"{sent.headers['location']}/stop").status_code == 303
    followed(editor, sent)
    assert job.state == "stopped"
    assert 0 < job.done < 400
    assert own.record.document("given-0").id == "given-0"


def test_nothing_is_left_of_what_was_uploaded(own: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    editor = own.client("editor")
    followed(editor, editor.post("/add/files", files=given("one.txt")))
    own.app.state.jobs.close()
    assert list(folder.iterdir()) == []


# Addresses


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "/etc/passwd", "-", "ftp://x.example/", "https://x\x00y", "x"]
)
def test_what_is_no_address_of_the_web_is_refused(own: Workbench, address: str) -> None:
    """An address is never a path on this machine."""
    assert own.client("editor").post("/add/addresses", data={"addresses": address}).status_code == 400


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/x", "http://localhost/x", "http://169.254.169.254/latest"])
def test_an_address_of_this_machine_or_network_is_not_fetched(own: Workbench, address: str) -> None:
    editor = own.client("editor")
    page = followed(editor, editor.post("/add/addresses", data={"addresses": address}))
    assert "Not read: 1" in page


def test_so_many_addresses_at_once(own: Workbench) -> None:
    many = "\n".join(f"https://example.org/{n}" for n in range(51))
    assert own.client("editor").post("/add/addresses", data={"addresses": many}).status_code == 400


@pytest.mark.parametrize("more", [{"published": "yesterday"}, {"lang": "xx"}])
def test_a_day_or_language_that_is_none_is_refused(own: Workbench, more: dict[str, str]) -> None:
    assert own.client("editor").post("/add/files", files=given("one.txt"), data=more).status_code == 400
