"""Signing in and out, and the links by which passwords are set."""

import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import text

from marsad.server.demo import person
from marsad.server.pages.access import local
from marsad.server.signing import Signing
from marsad.store import accounts
from tests.server.running import Workbench

PASSWORD = "olives under a slow rain"
Answer = httpx.Response


def field(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


def sign_in(client: httpx.Client, name: str, password: str, **more: str) -> Answer:
    csrf = field(client.get("/login").text, "csrf")
    return client.post("/login", data={"csrf": csrf, "name": name, "password": password, **more})


@pytest.fixture
def entered(own: Workbench) -> Callable[[str], str]:
    """Gives the account of a role a password, and returns its name."""

    def give(role: str) -> str:
        hashed = own.app.state.passwords.hashed(PASSWORD, name="")
        with own.record.store.writing() as db:
            accounts.set_secret(db, person(role), hashed)
        return person(role)

    return give


def signing(own: Workbench) -> Signing:
    return Signing(own.record, own.app.state.passwords, own.settings)


def test_who_is_not_signed_in_is_sent_to_the_form_and_back(own: Workbench, entered: Callable[[str], str]) -> None:
    client = own.client()
    sent = client.get("/account?done=saved")
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=/account%3Fdone%3Dsaved")
    found = sign_in(client, entered("viewer"), PASSWORD, next="/account?done=saved")
    assert (found.status_code, found.headers["location"]) == (303, "/account?done=saved")
    assert person("viewer") in client.get("/account").text


def test_a_name_is_the_same_in_any_letters(own: Workbench, entered: Callable[[str], str]) -> None:
    assert sign_in(own.client(), f"  {entered('viewer').upper()} ", PASSWORD).status_code == 303


def test_a_wrong_password_and_an_unknown_name_are_told_alike(own: Workbench, entered: Callable[[str], str]) -> None:
    client = own.client()
    wrong, unknown = sign_in(client, entered("viewer"), "not this one"), sign_in(client, "nobody known", "not this one")
    assert wrong.status_code == unknown.status_code == 403
    told = [re.sub("csrf.*|nobody known|Demo viewer", "", found.text) for found in (wrong, unknown)]
    assert told[0] == told[1]


def test_an_account_without_a_password_lets_nobody_in(own: Workbench) -> None:
    for password in ("", "nobody's", person("admin")):
        assert sign_in(own.client(), person("admin"), password).status_code == 403


def failed_often(own: Workbench) -> None:
    """As if what was counted so far had failed so often that nobody waits for the end of it in a test."""
    with own.record.store.writing() as db:
        db.run(text("UPDATE attempts SET failures = 40"))


def test_guessing_is_refused_even_with_the_right_guess_at_last(own: Workbench, entered: Callable[[str], str]) -> None:
    client, name = own.client(), entered("viewer")
    statuses = [sign_in(client, name, f"guess number {n}").status_code for n in range(8)]
    assert statuses[:5] == [403] * 5
    assert 429 in statuses
    failed_often(own)
    found = sign_in(client, name, PASSWORD)
    assert found.status_code == 429
    assert int(found.headers["retry-after"]) > 60


def test_names_that_nobody_has_are_slowed_down_too(own: Workbench) -> None:
    client = own.client()
    assert 429 in [sign_in(client, "nobody", f"guess {n}").status_code for n in range(9)]


def test_guessing_many_names_from_one_address_is_refused(own: Workbench) -> None:
    client = own.client()
    statuses = [sign_in(client, f"name {n}", "a guess at that").status_code for n in range(20)]
    assert statuses == [403] * 20
    failed_often(own)
    assert sign_in(client, "another name", "a guess at that").status_code == 429


def test_many_guesses_at_once_are_counted_too(own: Workbench, entered: Callable[[str], str]) -> None:
    name = entered("viewer")
    clients = [own.client() for _ in range(24)]
    tokens = [field(client.get("/login").text, "csrf") for client in clients]

    def guess(n: int) -> int:
        data = {"csrf": tokens[n], "name": name, "password": f"guess number {n}"}
        return clients[n].post("/login", data=data).status_code

    with ThreadPoolExecutor(24) as pool:
        found = Counter(pool.map(guess, range(24)))
    assert found[403] <= 6
    assert set(found) <= {403, 429, 503}


def test_failures_are_forgotten_when_the_owner_comes_in(own: Workbench, entered: Callable[[str], str]) -> None:
    client, name = own.client(), entered("viewer")
    for _ in range(3):
        assert [sign_in(own.client(), name, "wrong guess").status_code for _ in range(3)] == [403] * 3
        assert sign_in(client, name, PASSWORD).status_code == 303
        client = own.client()


def test_a_session_that_was_there_before_is_not_the_one_after(own: Workbench, entered: Callable[[str], str]) -> None:
    """Session fixation: whoever planted a cookie in the browser has nothing by it."""
    client = own.client()
    client.cookies.set(own.settings.cookie, "planted" * 6, domain="127.0.0.1")
    assert sign_in(client, entered("viewer"), PASSWORD).status_code == 303
    mine = client.cookies.get(own.settings.cookie)
    assert mine
    assert mine != "planted" * 6
    thief = own.client()
    thief.cookies.set(own.settings.cookie, "planted" * 6, domain="127.0.0.1")
    assert thief.get("/account").status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(own: Workbench, entered: Callable[[str], str]) -> None:
    cookie = sign_in(own.client(), entered("viewer"), PASSWORD).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


def test_the_store_holds_no_session_that_could_be_used(own: Workbench) -> None:
    token = own.session("admin")
    with own.record.store.reading() as db:
        rows = db.rows(text("SELECT * FROM sessions"))
    assert rows
    assert not any(token in str(row) for row in rows)


def test_signing_out_ends_the_session(own: Workbench) -> None:
    client = own.client("viewer")
    token = client.cookies.get(own.settings.cookie)
    assert client.post("/logout").headers["location"] == "/login"
    again = own.client()
    again.cookies.set(own.settings.cookie, str(token), domain="127.0.0.1")
    assert again.get("/account").status_code == 303


def test_signing_out_everywhere_ends_all_sessions_of_the_account_alone(own: Workbench) -> None:
    here, there, other = own.client("viewer"), own.client("viewer"), own.client("editor")
    assert here.post("/account/everywhere").status_code == 303
    assert [client.get("/account").status_code for client in (here, there, other)] == [303, 303, 200]


@pytest.mark.parametrize(("column", "age"), [("seen", 3 * 3600), ("made", 13 * 3600)])
def test_a_session_ends_when_unused_and_when_old(own: Workbench, column: str, age: int) -> None:
    client = own.client("viewer")
    assert client.get("/account").status_code == 200
    with own.record.store.writing() as db:
        db.run(text(f"UPDATE sessions SET {column} = {int(time.time()) - age}"))
    assert client.get("/account").status_code == 303


def test_use_keeps_a_session_open(own: Workbench) -> None:
    client = own.client("viewer")
    with own.record.store.writing() as db:
        db.run(text(f"UPDATE sessions SET seen = {int(time.time()) - 3600}"))
    assert client.get("/account").status_code == 200
    with own.record.store.reading() as db:
        assert db.value(text("SELECT max(seen) FROM sessions")) > time.time() - 60


# Links


def test_the_first_admin_is_made_by_a_link_that_works_once(own: Workbench) -> None:
    token = signing(own).first_link()
    assert token
    client = own.client()
    page = client.get("/setup", params={"token": token})
    data = {"csrf": field(page.text, "csrf"), "token": token, "name": "Salma", "password": PASSWORD, "again": PASSWORD}
    assert client.post("/setup", data=data).headers["location"] == "/"
    assert client.get("/admin/accounts").status_code == 200
    late = own.client()
    assert late.get("/setup", params={"token": token}).status_code == 403
    data |= {"csrf": field(late.get("/login").text, "csrf"), "name": "Other"}
    assert late.post("/setup", data=data).status_code == 403
    assert signing(own).first_link() is None


def test_a_first_link_is_void_once_there_is_an_admin(own: Workbench, entered: Callable[[str], str]) -> None:
    token = signing(own).first_link()
    entered("admin")
    client = own.client()
    data = {"csrf": field(client.get("/login").text, "csrf"), "token": token, "name": "Late"}
    assert client.post("/setup", data=data | {"password": PASSWORD, "again": PASSWORD}).status_code == 403


def test_a_link_expires(own: Workbench) -> None:
    token = signing(own).first_link()
    with own.record.store.writing() as db:
        db.run(text(f"UPDATE invitations SET until = {int(time.time()) - 1}"))
    assert own.client().get("/setup", params={"token": token}).status_code == 403


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "demo  REVIEWER", "x" * 2000])
def test_a_password_that_is_easily_guessed_is_refused_and_the_link_still_works(own: Workbench, password: str) -> None:
    token = signing(own).link(person("reviewer"), who="Demo admin")
    client = own.client()
    data = {"csrf": field(client.get("/setup", params={"token": token}).text, "csrf"), "token": token}
    assert client.post("/setup", data=data | {"password": password, "again": password}).status_code == 400
    assert client.post("/setup", data=data | {"password": PASSWORD, "again": "another " + PASSWORD}).status_code == 400
    assert client.post("/setup", data=data | {"password": PASSWORD, "again": PASSWORD}).status_code == 303


def test_a_password_is_changed_with_the_old_one_and_signs_out_elsewhere(
    own: Workbench, entered: Callable[[str], str]
) -> None:
    name = entered("viewer")
    here, there = own.client("viewer"), own.client("viewer")
    new = {"new": "a lamp in the far harbour", "again": "a lamp in the far harbour"}
    assert here.post("/account/password", data={"old": "not the old one", **new}).status_code == 403
    assert here.post("/account/password", data={"old": PASSWORD, **new}).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert sign_in(own.client(), name, new["new"]).status_code == 303


# Where a link may lead


@pytest.mark.parametrize("path", ["/", "/inbox?state=open&lang=ar", "/documents/a%2Fb", "/search?q=%D8%AD"])
def test_a_path_of_ours_is_kept(path: str) -> None:
    assert local(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/ok\r\nSet-Cookie: a=b",
        "http:/evil.example",
        "//[",
        "",
    ],
)
def test_a_path_elsewhere_leads_to_the_first_page(own: Workbench, path: str) -> None:
    assert local(path) == "/"
    found = own.client("viewer").get("/login", params={"next": path})
    assert urlsplit(found.headers["location"]).path == "/"


# Accounts


def test_an_admin_makes_an_account_whose_owner_sets_the_password(own: Workbench) -> None:
    admin = own.client("admin")
    page = admin.post("/admin/accounts", data={"name": "نور", "role": "reviewer"})
    link = re.search(r'value="(http://[^"]*/setup\?token=[^"]*)"', page.text)
    assert link
    (token,) = parse_qs(urlsplit(link[1]).query)["token"]
    client = own.client()
    form = client.get("/setup", params={"token": token})
    assert "نور" in form.text
    data = {"csrf": field(form.text, "csrf"), "token": token, "password": PASSWORD, "again": PASSWORD}
    assert client.post("/setup", data=data).status_code == 303
    assert "نور" in client.get("/account").text
    assert client.get("/admin/accounts").status_code == 403


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\u202eb", "a\x00b", "Demo Viewer", "DEMO VIEWER"])
def test_a_name_that_is_none_or_taken_is_refused(own: Workbench, name: str) -> None:
    found = own.client("admin").post("/admin/accounts", data={"name": name, "role": "viewer"})
    assert found.status_code == 400


def test_shutting_out_ends_sessions_and_letting_in_does_not_revive_them(
    own: Workbench, entered: Callable[[str], str]
) -> None:
    admin, client, name = own.client("admin"), own.client("reviewer"), entered("reviewer")
    assert client.get("/account").status_code == 200
    assert admin.post("/admin/accounts/disabled", data={"name": name, "out": "1"}).status_code == 303
    assert client.get("/account").status_code == 303
    assert sign_in(own.client(), name, PASSWORD).status_code == 403
    assert admin.post("/admin/accounts/disabled", data={"name": name, "out": "0"}).status_code == 303
    assert client.get("/account").status_code == 303
    assert sign_in(own.client(), name, PASSWORD).status_code == 303


def test_a_role_counts_at_once(own: Workbench) -> None:
    admin, client = own.client("admin"), own.client("viewer")
    assert client.get("/add").status_code == 403
    admin.post("/admin/accounts/role", data={"name": person("viewer"), "role": "editor"})
    assert client.get("/add").status_code == 200


def test_the_last_admin_stays(own: Workbench, entered: Callable[[str], str]) -> None:
    admin, name = own.client("admin"), entered("admin")
    assert admin.post("/admin/accounts/role", data={"name": name, "role": "viewer"}).status_code == 409
    assert admin.post("/admin/accounts/disabled", data={"name": name, "out": "1"}).status_code == 409
    assert admin.get("/admin/accounts").status_code == 200


def test_a_link_for_a_new_password_ends_the_old_one_and_all_sessions(
    own: Workbench, entered: Callable[[str], str]
) -> None:
    admin, client, name = own.client("admin"), own.client("reviewer"), entered("reviewer")
    assert "token=" in admin.post("/admin/accounts/link", data={"name": name}).text
    assert client.get("/account").status_code == 303
    assert sign_in(own.client(), name, PASSWORD).status_code == 403


def test_what_is_done_with_accounts_is_in_the_audit_log(own: Workbench, entered: Callable[[str], str]) -> None:
    sign_in(own.client(), entered("reviewer"), PASSWORD)
    admin = own.client("admin")
    admin.post("/admin/accounts/role", data={"name": person("viewer"), "role": "editor"})
    log = admin.get("/audit", params={"kind": "account"}).text
    assert "signed in" in log
    told = re.sub(r"<[^>]*>", "", log)
    assert f"action rolename {person('viewer')}value editor" in told
    assert told.index("action role") < told.index("signed in"), "the newest first"
