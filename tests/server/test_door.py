"""What holds for every request and every answer: headers, names, tokens, sizes, and what goes wrong told plainly."""

import re
import socket
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from marsad.server.door import POLICY
from marsad.server.settings import Limits, Settings
from tests.server.running import Workbench, copied, run

ANYWHERE = ("/login", "/account", "/api/incidents", "/nowhere", "/static/css/base.css", "/add?pages=ar", "/api/nowhere")


@pytest.mark.parametrize("path", ANYWHERE)
@pytest.mark.parametrize("role", [None, "editor"])
def test_every_answer_has_its_headers(workbench: Workbench, path: str, role: str | None) -> None:
    headers = workbench.client(role).get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "server" not in headers
    if not path.startswith("/static/"):
        assert headers["cache-control"] == "no-store"


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_within_a_page() -> None:
    assert "default-src 'none'" in POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


@pytest.mark.parametrize("path", ["/login", "/account", "/add", "/audit", "/admin/accounts"])
def test_pages_have_no_script_or_style_of_their_own(workbench: Workbench, path: str) -> None:
    page = workbench.client("admin" if path != "/login" else None).get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)


# Who is asked


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.9", "", "[::2]", "localhost\u00e9"]
)
def test_a_name_that_is_not_ours_is_refused(workbench: Workbench, host: str) -> None:
    """DNS rebinding: another's name that means this machine opens nothing."""
    found = workbench.client("admin").get("/account", headers={"Host": host.encode("utf-8")})
    assert found.status_code in (400, 421)
    assert "Demo" not in found.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:1", "[::1]"])
def test_names_of_this_machine_are_ours(workbench: Workbench, host: str) -> None:
    assert workbench.client("admin").get("/account", headers={"Host": host}).status_code == 200


# Tokens


def test_a_change_without_the_token_is_refused(own: Workbench) -> None:
    client = own.client("viewer")
    for headers in ({"X-CSRF-Token": ""}, {"X-CSRF-Token": "0" * 64}):
        assert client.post("/account/everywhere", headers=headers).status_code == 403
    assert client.get("/account").status_code == 200
    assert client.post("/account/everywhere").status_code == 303


def test_the_token_of_another_session_is_no_token(own: Workbench) -> None:
    mine, other = own.client("viewer"), own.client("viewer")
    headers = {"X-CSRF-Token": other.headers["X-CSRF-Token"]}
    assert mine.post("/account/everywhere", headers=headers).status_code == 403


def test_a_form_proves_itself_by_its_field(own: Workbench) -> None:
    client = own.client("viewer")
    token = client.headers.pop("X-CSRF-Token")
    assert client.post("/account/language", data={"lang": "ar"}).status_code == 403
    assert client.post("/account/language", data={"lang": "ar", "csrf": token}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_another_site_sends_is_refused_even_with_the_token(own: Workbench, headers: dict[str, str]) -> None:
    client = own.client("viewer")
    assert client.post("/account/everywhere", headers=headers).status_code == 403
    assert client.post("/account/everywhere", headers={"Origin": own.url, "Sec-Fetch-Site": "same-origin"})


def test_signing_in_needs_the_token_too(own: Workbench) -> None:
    assert own.client().post("/login", data={"name": "a", "password": "b"}).status_code == 403


# Sizes


def test_a_form_may_be_so_large(samples: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        settings = Settings(url=str(copied(samples, tmp_path / "small")), limits=replace(Limits(), form=1000))
        client = run(settings, stack).client("viewer")
        data = {"old": "x" * 2000}
        assert client.post("/account/password", data=data).status_code == 413
        parts = (b"old=" + b"x" * 500 for _ in range(3))
        headers = {"content-type": "application/x-www-form-urlencoded"}
        assert client.post("/account/password", content=parts, headers=headers).status_code == 413


def test_who_is_not_signed_in_may_send_little(workbench: Workbench) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert workbench.client().post("/login", content=b"name=" + b"x" * 30_000, headers=headers).status_code == 413


def test_what_never_arrives_is_not_waited_for(samples: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        limits = replace(Limits(), form_seconds=0.2)
        own = run(Settings(url=str(copied(samples, tmp_path / "slow")), limits=limits), stack)
        with socket.create_connection(("127.0.0.1", own.settings.port), timeout=10) as sock:
            sock.sendall(b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nname=")
            assert int(sock.recv(4096).split()[1]) == 408


def test_files_are_taken_on_one_page_only(workbench: Workbench) -> None:
    found = workbench.client("viewer").post("/account/language", files={"lang": b"ar"})
    assert found.status_code == 415


def test_who_is_not_signed_in_sends_no_files(workbench: Workbench) -> None:
    found = workbench.client().post("/add/files", files={"files": b"x" * 1_100_000})
    assert found.status_code == 413


# Faults


def test_a_fault_is_told_without_what_is_inside(own: Workbench, caplog: pytest.LogCaptureFixture) -> None:
    own.app.state.jobs = None
    found = own.client("editor").get("/add")
    assert found.status_code == 500
    assert "Traceback" not in found.text
    assert "assert" not in found.text
    assert found.headers["content-security-policy"] == POLICY
    assert "GET /add" in caplog.text


@pytest.mark.parametrize("path", ["/nowhere", "/add/jobs/none", "/static/../../pyproject.toml", "/static/none.css"])
def test_what_is_not_there_is_told(workbench: Workbench, path: str) -> None:
    assert workbench.client("editor").get(path).status_code == 404


def test_the_api_tells_in_json(workbench: Workbench) -> None:
    client = workbench.client("viewer")
    for path in ("/api/nowhere", "/api/incidents/none", "/api/claims/none", "/api/documents/none"):
        found = client.get(path)
        assert found.status_code == 404
        assert found.json()["detail"]


def test_htmx_is_sent_to_sign_in_and_given_a_part(workbench: Workbench) -> None:
    headers = {"HX-Request": "true"}
    assert workbench.client().get("/account", headers=headers).headers["hx-redirect"] == "/login"
    found = workbench.client("viewer").get("/add", headers=headers)
    assert found.status_code == 403
    assert "<html" not in found.text
    assert 'role="alert"' in found.text


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /api/documents/%ff%fe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /login?next=%00%ff HTTP/1.1\r\nHost: localhost\r\nCookie: \xff=\xff; a\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Type: text/plain\r\n\r\nx",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_odd_requests_are_no_faults(workbench: Workbench, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", workbench.settings.port), timeout=10) as sock:
        sock.sendall(raw)
        status = int(sock.recv(4096).split()[1])
    assert status < 500


@pytest.mark.parametrize("path", ["/api/search?q=a%00b", "/api/documents/%00", "/documents/a%00b", "/inbox?text=%00"])
def test_what_no_text_has_is_refused(workbench: Workbench, path: str) -> None:
    client = workbench.client("editor")
    assert client.get(path).status_code == 400
    assert client.post("/account/password", data={"old": "\0"}).status_code == 400


# Languages


def test_the_language_is_chosen_by_link_and_kept(own: Workbench) -> None:
    client = own.client("viewer", headers={"Accept-Language": "en"})
    assert 'lang="en" dir="ltr"' in client.get("/account").text
    found = client.get("/account?done=saved&pages=ar")
    assert (found.status_code, found.headers["location"]) == (303, "/account?done=saved")
    assert 'lang="ar" dir="rtl"' in client.get("/account").text


@pytest.mark.parametrize("path", ["//evil.example", "/%2f/evil.example", "//evil.example/%2e%2e"])
def test_choosing_a_language_leads_nowhere_else(workbench: Workbench, path: str) -> None:
    with socket.create_connection(("127.0.0.1", workbench.settings.port), timeout=10) as sock:
        sock.sendall(f"GET {path}?pages=ar HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        told = sock.recv(4096).decode()
    place = re.search(r"(?im)^location: (.*?)\r?$", told)
    assert place is None or re.match(r"/[^/\\]", place[1]), told


def test_an_account_s_language_is_that_of_every_browser(own: Workbench) -> None:
    client = own.client("viewer")
    assert client.post("/account/language", data={"lang": "ar"}).status_code == 303
    assert 'dir="rtl"' in own.client("viewer", headers={"Accept-Language": "en"}).get("/account").text


def test_over_https_the_cookie_is_for_https_only(samples: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        settings = Settings(url=str(copied(samples, tmp_path / "secure")), secure=True)
        found = run(settings, stack).client().get("/login")
    assert found.headers["set-cookie"].startswith("__Host-marsad=")
    assert "Secure" in found.headers["set-cookie"]
    assert "max-age" in found.headers["strict-transport-security"]


def test_markup_in_names_stays_text(own: Workbench) -> None:
    admin = own.client("admin")
    name = "<img src=x onerror=alert(1)>"
    for found in (admin.post("/admin/accounts", data={"name": name, "role": "viewer"}), admin.get("/audit")):
        assert found.status_code == 200
        assert "<img src=x" not in found.text
        assert "&lt;img src=x onerror=alert(1)&gt;" in found.text


def test_names_are_shown_apart_from_what_stands_beside_them(own: Workbench) -> None:
    admin = own.client("admin")
    admin.post("/admin/accounts", data={"name": "ليلى", "role": "viewer"})
    assert "<bdi>ليلى</bdi>" in admin.get("/admin/accounts").text
