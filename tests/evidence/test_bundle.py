"""A bundle: opens in players, proves where it came from, holds nothing that is withheld, and shows any change."""

import io
import json
import random
import re
import shutil
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from marsad.errors import InputError
from marsad.evidence import Evidence, Trust, package, seal, verify
from marsad.evidence.bundle import Material, bundle
from marsad.evidence.canonical import sha256
from marsad.evidence.folder import text_hash
from marsad.evidence.opened import verify_bundle
from marsad.evidence.warc import address, surt
from marsad.export.withheld import find_name
from marsad.model import Document, Incident
from tests.evidence.authority import Authority
from tests.evidence.support import PERSON, TEXTS, captured, story, text_of

Story = tuple[Evidence, Incident, dict[str, Document]]


@pytest.fixture
def told(tmp_path: Path) -> Story:
    return story(tmp_path / "e")


def made(told: Story, output: Path, *, key: Path | None = None) -> dict[str, bytes]:
    """The parts of the bundle of the story."""
    evidence, incident, documents = told
    record: dict[str, object] = {"id": incident.id, "title": {"en": incident.title_en}, "said": TEXTS["one"]}
    material = Material(incident=incident, record=record, documents=documents)
    bundle(evidence, material, output, who="editor", why="asked for", find=find_name, key=key)
    with zipfile.ZipFile(output) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_it_checks_by_itself_far_from_the_record(told: Story, tmp_path: Path) -> None:
    parts = made(told, tmp_path / "a.wacz")
    shutil.rmtree(told[0].folder)
    report = verify_bundle(tmp_path / "a.wacz", derive=text_of)
    assert report.problems == []
    assert (report.documents, report.claims) == (3, 3)
    assert next(iter(parts)) == "archive/data.warc.gz"
    assert set(parts) == {
        "archive/data.warc.gz",
        "indexes/index.cdx",
        "pages/pages.jsonl",
        "datapackage.json",
        "datapackage-digest.json",
        *(f"evidence/{name}.jsonl" for name in ("documents", "claims", "captures", "ledger")),
        "evidence/incident.json",
        "evidence/report.html",
    }


def test_it_is_what_players_expect(told: Story, tmp_path: Path) -> None:
    parts = made(told, tmp_path / "a.wacz")
    package = json.loads(parts["datapackage.json"])
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    for resource in package["resources"]:
        data = parts[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{sha256(data)}")
    digest = json.loads(parts["datapackage-digest.json"])
    assert digest == {"path": "datapackage.json", "hash": f"sha256:{sha256(parts['datapackage.json'])}"}
    pages = [json.loads(line) for line in parts["pages/pages.jsonl"].splitlines()]
    assert pages[0]["format"] == "json-pages-1.0"
    assert [page["url"] for page in pages[1:3]] == [
        "https://marsad.invalid/report.html",
        "https://news.example/100?lang=ar",
    ]
    with zipfile.ZipFile(tmp_path / "a.wacz") as packed:
        assert {info.compress_type for info in packed.infolist()} == {zipfile.ZIP_STORED}
    keys = []
    for line in parts["indexes/index.cdx"].decode().splitlines():
        key, stamp, fields = line.split(" ", 2)
        found = json.loads(fields)
        keys.append(f"{key} {stamp}")
        start, size = int(found["offset"]), int(found["length"])
        (record, *_) = ArchiveIterator(io.BytesIO(parts["archive/data.warc.gz"][start : start + size]))
        assert record.rec_headers.get_header("WARC-Target-URI") == found["url"]
        assert re.sub(r"\D", "", record.rec_headers.get_header("WARC-Date")) == stamp
    assert keys == sorted(keys)
    assert len(keys) == 4


def test_pages_are_as_they_were_received(told: Story, tmp_path: Path) -> None:
    parts = made(told, tmp_path / "a.wacz")
    with io.BytesIO(parts["archive/data.warc.gz"]) as stream:
        found = {
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI")): (
                record.http_headers.headers if record.http_headers else None,
                record.raw_stream.read(),
            )
            for record in ArchiveIterator(stream, check_digests="raise")
        }
    wanted = captured(100, text=TEXTS["one"])
    headers, body = found["response", wanted.url]
    assert (headers, body) == (list(wanted.response_headers), wanted.content)
    assert found["request", wanted.url][0] == list(wanted.request_headers)
    (file,) = [
        body for (kind, url), (_, body) in found.items() if kind == "resource" and url.endswith("/page%20102.html")
    ]
    assert file == captured(102, text=TEXTS["three"], status=None).content


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.News.example/A/b?z=1&a=2", "example,news)/a/b?a=2&z=1"),
        ("http://news.example:8080", "example,news:8080)/"),
        ("https://news.example/خبر", "example,news)/%d8%ae%d8%a8%d8%b1"),
        ("https://[broken/", "https%3A//%5Bbroken/"),
    ],
)
def test_keys_of_the_index(url: str, key: str) -> None:
    assert surt(url) == key


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://news.example/خبر?q=a b#x", "https://news.example/%D8%AE%D8%A8%D8%B1?q=a%20b#x"),
        ("https://مثال.example/1", "https://xn--mgbh0fb.example/1"),
        ("https://[broken/", "https://[broken/"),
        ("/home/me/files/خبر 1.html", "https://marsad.invalid/0123456789abcdef/%D8%AE%D8%A8%D8%B1%201.html"),
    ],
)
def test_addresses_are_those_that_browsers_ask_for(url: str, shown: str) -> None:
    assert address(replace(captured(1), url=url), "0123456789abcdef" * 4) == shown


def test_what_is_not_of_the_incident_is_only_a_hash(told: Story, tmp_path: Path) -> None:
    parts = made(told, tmp_path / "a.wacz")
    whole = b"".join(parts.values())
    assert b"news.example/150" not in whole
    assert b"another" not in whole
    lines = [json.loads(line) for line in parts["evidence/ledger.jsonl"].splitlines()]
    assert sum("body" in line for line in lines) == 3
    assert lines[-1]["kind"] == "export"


def test_any_flipped_bit_of_it_is_found(told: Story, tmp_path: Path) -> None:
    made(told, tmp_path / "a.wacz")
    data = (tmp_path / "a.wacz").read_bytes()
    chance = random.Random(5)
    for _ in range(300):
        bit = chance.randrange(len(data) * 8)
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        (tmp_path / "b.wacz").write_bytes(changed)
        assert not verify_bundle(tmp_path / "b.wacz").holds, bit


@pytest.mark.parametrize("path", ["evidence/documents.jsonl", "evidence/incident.json", "archive/data.warc.gz"])
def test_a_bundle_made_anew_with_other_content_is_not_the_one_in_the_ledger(
    told: Story, tmp_path: Path, path: str
) -> None:
    parts = made(told, tmp_path / "a.wacz")
    created = json.loads(parts["datapackage.json"])["created"]
    held = {name: data for name, data in parts.items() if not name.startswith("datapackage")}
    held[path] = held[path].replace(b"Three", b"Thirty") if path.endswith(".jsonl") else held[path] + b" "
    manifest = package.manifest(held, title="Air strike on a market", created=created)
    held |= {package.MANIFEST: manifest, package.DIGEST: package.digest(manifest)}
    (tmp_path / "b.wacz").write_bytes(package.pack(held, created=created))
    first = verify_bundle(tmp_path / "b.wacz").first
    assert first is not None
    assert (first.place, "is not the file that entry" in first.what) == (path, True)


def test_seals_go_with_it(told: Story, tmp_path: Path) -> None:
    evidence = told[0]
    public = seal.make_key(tmp_path / "key.pem")
    authority = Authority()
    (tmp_path / "root.pem").write_bytes(authority.root)
    evidence.timestamp(authority.answer, who="t")
    made(told, tmp_path / "a.wacz", key=tmp_path / "key.pem")
    trust = Trust(keys=frozenset({public}), roots=seal.certificates(tmp_path / "root.pem"))
    report = verify_bundle(tmp_path / "a.wacz", trust=trust)
    assert (report.problems, report.notes) == ([], [])
    other = Trust(roots=trust.roots)
    assert public in verify_bundle(tmp_path / "a.wacz", trust=other).notes[0]


def test_a_withheld_document_is_a_tombstone(told: Story, tmp_path: Path) -> None:
    evidence, _, documents = told
    content = documents["two"].captured or ""
    evidence.withhold_document("two", content=[content], who="editor", why="the source asked")
    parts = made(told, tmp_path / "a.wacz")
    report = verify_bundle(tmp_path / "a.wacz", derive=text_of)
    assert report.problems == []
    assert report.documents == 2
    (stone,) = [json.loads(line) for line in parts["evidence/withheld.jsonl"].splitlines()]
    assert (stone["document"], stone["content"], stone["why"]) == ("two", [content], "the source asked")
    unpacked = b"".join(
        record.raw_stream.read() for record in ArchiveIterator(io.BytesIO(parts["archive/data.warc.gz"]))
    )
    whole = b"".join(data for name, data in parts.items() if not name.startswith("archive/")) + unpacked
    assert TEXTS["two"].encode() not in whole
    assert b"news.example/101" not in whole
    assert content.encode() in parts["evidence/report.html"]
    assert verify(evidence)[0].holds


@pytest.mark.parametrize("name", [PERSON, "سَليم  الخيّاط"])
def test_a_withheld_name_is_nowhere_in_it(told: Story, tmp_path: Path, name: str) -> None:
    evidence, _, documents = told
    evidence.withhold_name(name, who="editor", why="a witness")
    parts = made(told, tmp_path / "a.wacz")
    report = verify_bundle(tmp_path / "a.wacz", derive=text_of)
    assert report.problems == []
    unpacked = b"".join(
        record.raw_stream.read() for record in ArchiveIterator(io.BytesIO(parts["archive/data.warc.gz"]))
    )
    whole = (b"".join(data for path, data in parts.items() if not path.startswith("archive/")) + unpacked).decode()
    assert PERSON not in whole
    assert "withheld · محجوب" in parts["evidence/documents.jsonl"].decode()
    (stone,) = [json.loads(line) for line in parts["evidence/withheld.jsonl"].splitlines()]
    assert stone["content"] == [documents["one"].captured]
    assert any("names are withheld" in note for note in report.notes)
    assert text_hash(TEXTS["one"]) not in whole


def test_what_is_damaged_or_unnamed_is_not_bundled(told: Story, tmp_path: Path) -> None:
    evidence, _, documents = told
    with pytest.raises(InputError, match=r"ends in \.wacz"):
        made(told, tmp_path / "a.zip")
    path = evidence.archive.path(documents["one"].captured or "")
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InputError, match="altered since it was kept"):
        made(told, tmp_path / "a.wacz")
    assert not (tmp_path / "a.wacz").exists()
    with pytest.raises(InputError, match="No such file"):
        verify_bundle(tmp_path / "none.wacz")


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + b"\0" * 18, b"no zip at all" * 100])
def test_what_is_no_bundle_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.wacz").write_bytes(data)
    assert not verify_bundle(tmp_path / "x.wacz").holds


class Reader(HTMLParser):
    """What a page loads, and the direction of its parts by language."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.directions: dict[str | None, str | None] = {}
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.loads += [tag] if tag in ("script", "img", "link", "iframe") or "src" in told else []
        if tag == "section":
            self.directions[told.get("lang")] = told.get("dir")
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_report_is_whole_in_both_languages_and_loads_nothing(told: Story, tmp_path: Path) -> None:
    evidence, incident, documents = told
    documents["two"] = Document(id="two", text=TEXTS["two"], title="<script>alert(1)</script>", captured=None)
    page = made((evidence, incident, documents), tmp_path / "a.wacz")["evidence/report.html"].decode()
    reader = Reader()
    reader.feed(page)
    assert (reader.loads, reader.open) == ([], [])
    assert reader.directions == {"ar": "rtl", "en": "ltr"}
    assert "&lt;script&gt;alert(1)" in page
    for word in ("تقرير سلسلة العهدة", "Custody report", documents["one"].captured or "", incident.id, TEXTS["three"]):
        assert word in page
    assert page.count(documents["one"].captured or "") == 2


def test_a_reason_may_not_tell_a_withheld_name(told: Story, tmp_path: Path) -> None:
    evidence, incident, documents = told
    evidence.withhold_name(PERSON, who="editor", why="a witness")
    material = Material(incident=incident, record={"id": incident.id}, documents=documents)
    with pytest.raises(InputError, match="word it without"):
        bundle(evidence, material, tmp_path / "a.wacz", who="editor", why=f"for {PERSON}", find=find_name)


def test_a_bundle_that_another_program_packed_is_told(told: Story, tmp_path: Path) -> None:
    parts = made(told, tmp_path / "a.wacz")
    with zipfile.ZipFile(tmp_path / "b.wacz", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    assert "written anew by another program" in str(verify_bundle(tmp_path / "b.wacz").first)


@pytest.mark.parametrize(
    "what",
    [
        {"of": "1", "hash": "x", "key": 1, "signature": []},
        {"of": 10**18, "hash": "0" * 64, "key": "0" * 64, "signature": "x"},
        {},
    ],
)
def test_a_ledger_made_to_break_the_check_does_not(told: Story, tmp_path: Path, what: dict[str, object]) -> None:
    evidence, _, _ = told
    evidence.entry("signature", who="t", what=what)
    evidence.entry("capture", who="t", what={"content": ["../../x"], "capture": "../x", "url": 1, "bytes": "x"})
    evidence.entry("withholding", who="t", what={"name": "../../../x"})
    report, _ = verify(evidence)
    assert {problem.entry for problem in report.problems} == {evidence.ledger.head().entries - n for n in (2, 1, 0)}
