"""``marsad serve`` as a program: started, used, stopped."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import trustme
from click.testing import Result

from tests.cli.support import Call


@contextmanager
def serving(folder: Path, *args: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program at work in a folder, and what it printed up to "Ctrl-C stops it."."""
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"}
    environment.pop("MARSAD_DB", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "marsad", "serve", "--port", "0", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=environment,
    )
    assert process.stdout
    assert process.stderr
    try:
        printed = ""
        while "Ctrl-C" not in printed:
            line = process.stdout.readline()
            assert line, printed + process.stderr.read()
            printed += line
        yield process, printed
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def link(printed: str) -> str:
    found = re.search(r"https?://\S+[?]\S+", printed)
    assert found, printed
    return found[0]


def stopped(process: "subprocess.Popen[str]", how: signal.Signals) -> str:
    process.send_signal(how)
    assert process.wait(timeout=20) == 0
    assert process.stderr
    return process.stderr.read()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_demonstration_lets_in_by_its_link_and_leaves_nothing_behind(tmp_path: Path, how: signal.Signals) -> None:
    with serving(tmp_path, "--demo") as (process, printed):
        with httpx.Client(timeout=20) as client:
            page = client.get(link(printed))
            assert page.status_code == 200
            token, key = (re.search(rf'name="{name}" value="([^"]+)"', page.text) for name in ("csrf", "key"))
            assert token
            assert key
            there = link(printed).partition("?")[0]
            assert client.post(there, data={"csrf": token[1], "key": "no", "role": "admin"}).status_code == 404
            found = client.post(there, data={"csrf": token[1], "key": key[1], "role": "reviewer"})
            assert found.status_code == 303
            base = there.removesuffix("/demo")
            assert len(client.get(f"{base}/api/incidents").json()["rows"]) > 5
            assert client.get(f"{base}/admin/accounts").status_code == 403
        assert list(tmp_path.glob("marsad-demo-*"))
        said = stopped(process, how)
        assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_the_first_time_it_prints_a_link_to_make_the_first_admin(tmp_path: Path, marsad: Call) -> None:
    assert marsad("init", "--db", tmp_path / "marsad.db").exit_code == 0
    with serving(tmp_path) as (process, printed):
        assert "no admin yet" in printed
        address = link(printed)
        assert httpx.get(address).status_code == 200
        assert httpx.get(address.replace("token=", "token=x")).status_code == 403
        stopped(process, signal.SIGINT)


def test_who_has_the_machine_can_make_an_admin(tmp_path: Path, marsad: Call) -> None:
    assert marsad("init", "--db", tmp_path / "marsad.db").exit_code == 0
    with serving(tmp_path, "--admin", "Huda") as (process, printed):
        assert "Huda" in httpx.get(link(printed)).text
        stopped(process, signal.SIGINT)


def test_with_a_certificate_it_speaks_https(tmp_path: Path, marsad: Call) -> None:
    assert marsad("init", "--db", tmp_path / "marsad.db").exit_code == 0
    authority = trustme.CA()
    server = authority.issue_cert("127.0.0.1")
    server.private_key_pem.write_to_path(tmp_path / "key.pem")
    for n, part in enumerate(server.cert_chain_pems):
        part.write_to_path(tmp_path / "cert.pem", append=n > 0)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    args = ("--certificate", str(tmp_path / "cert.pem"), "--key", str(tmp_path / "key.pem"))
    with serving(tmp_path, *args) as (process, printed):
        address = link(printed)
        assert address.startswith("https://")
        trusted = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
        with httpx.Client(verify=trusted) as client:
            assert "Secure" in client.get(address).headers["set-cookie"]
        stopped(process, signal.SIGINT)


def test_it_warns_where_others_can_listen_in(tmp_path: Path, marsad: Call) -> None:
    assert marsad("init", "--db", tmp_path / "marsad.db").exit_code == 0
    with serving(tmp_path, "--host", "0.0.0.0") as (process, _):
        assert "unprotected" in stopped(process, signal.SIGINT)


def refused(found: Result) -> str:
    assert found.exit_code in (1, 2)
    assert "Traceback" not in found.output
    return found.output


def test_what_cannot_be_is_told(tmp_path: Path, marsad: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "marsad init" in refused(marsad("serve", "--port", "0"))
    assert "--name" in refused(marsad("serve", "--behind-proxy"))
    assert "--db" in refused(marsad("serve", "--demo", "--db", "x.db"))
    (tmp_path / "key.pem").touch()
    assert "--certificate" in refused(marsad("serve", "--key", "key.pem"))
    marsad("init")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "another --port" in refused(marsad("serve", "--port", taken.getsockname()[1]))


def test_a_missing_package_is_told_with_its_remedy() -> None:
    program = "import sys; sys.modules['fastapi'] = None; from marsad.cli import main; main(['serve', '--demo'])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "pip install 'marsad[serve]'" in found.stderr
    assert "Traceback" not in found.stderr
