"""Accounts, sessions and attempts, in either database."""

import gzip
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.store import Store, accounts, backup, sessions

NOW = 1_000_000_000


def put(store: Store, name: str, role: str, *, entered: bool = True) -> None:
    with store.writing() as db:
        accounts.add(db, name, role)
        if entered:
            accounts.set_secret(db, name, "kept")


def test_a_name_stays_as_it_was_written_and_is_found_however_it_is_written(store: Store) -> None:
    put(store, "  Huda   Salim ", "editor")
    with store.reading() as db:
        found = accounts.get(db, "HUDA salim")
        assert found
        assert (found.name, found.role, found.entered) == ("Huda Salim", "editor", True)
        assert accounts.get(db, "huda\0") is None
        assert accounts.get(db, "\ud800") is None


@pytest.mark.parametrize("name", ["huda salim", "ＨＵＤＡ Salim", "Huda\u00a0Salim"])
def test_two_accounts_cannot_be_told_apart_by_letters_that_look_alike(store: Store, name: str) -> None:
    put(store, "Huda Salim", "viewer")
    with store.writing() as db, pytest.raises(InputError, match="there is an account"):
        accounts.add(db, name, "viewer")


@pytest.mark.parametrize("name", ["", "a\u200bb", "a\nb\u0000", "x" * 41, "\u202egnp"])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    with store.writing() as db, pytest.raises(InputError):
        accounts.add(db, name, "viewer")


def test_there_is_always_an_admin(store: Store) -> None:
    put(store, "one", "admin")
    put(store, "two", "admin", entered=False)
    with store.writing() as db:
        for change in (accounts.set_role, accounts.set_disabled):
            with pytest.raises(InputError, match="only admin"):
                change(db, "one", "viewer" if change is accounts.set_role else True)  # type: ignore[operator]
        accounts.set_secret(db, "two", "kept")
        accounts.set_role(db, "one", "viewer")
        assert accounts.any_admin(db)


def test_a_session_is_found_until_it_ends(store: Store) -> None:
    put(store, "one", "viewer")
    with store.writing() as db:
        token = sessions.begin(db, "one", now=NOW)
        assert sessions.find(db, token, now=NOW + 10, idle=10, most=100)
        assert sessions.find(db, token, now=NOW + 11, idle=10, most=100) is None
        sessions.touch(db, token, now=NOW + 95)
        assert sessions.find(db, token, now=NOW + 100, idle=10, most=100)
        assert sessions.find(db, token, now=NOW + 101, idle=10, most=100) is None
        assert sessions.find(db, token + "x", now=NOW, idle=10, most=100) is None
        sessions.end(db, token)
        assert sessions.find(db, token, now=NOW, idle=10, most=100) is None


def test_who_is_shut_out_has_no_session(store: Store) -> None:
    put(store, "one", "viewer")
    with store.writing() as db:
        token = sessions.begin(db, "one", now=NOW)
        accounts.set_disabled(db, "one", True)
        assert sessions.find(db, token, now=NOW, idle=10, most=100) is None


def test_waiting_grows_with_each_failure_and_ends_at_a_quarter_of_an_hour(store: Store) -> None:
    now, waits = NOW, []
    with store.writing() as db:
        for _ in range(16):
            wait = sessions.attempt(db, {"account x": 5}, now=now)
            waits.append(wait)
            now += wait
            if wait:
                assert sessions.attempt(db, {"account x": 5}, now=now) == 0
    assert waits[:5] == [0] * 5
    grown = [wait for wait in waits if wait]
    assert grown[:4] == [2, 4, 8, 16]
    assert grown == sorted(grown)
    assert max(grown) <= 900


def test_attempts_are_forgotten_by_success_and_by_time(store: Store) -> None:
    with store.writing() as db:
        for _ in range(5):
            sessions.attempt(db, {"account x": 5, "address y": 30}, now=NOW)
        assert sessions.attempt(db, {"account x": 5}, now=NOW) > 0
        assert sessions.attempt(db, {"account z": 5, "address y": 30}, now=NOW) == 0
        sessions.succeeded(db, "account x", "address y")
        assert sessions.attempt(db, {"account x": 5}, now=NOW) == 0
        assert sessions.attempt(db, {"address y": 1}, now=NOW + 3 * 24 * 3600) == 0


def test_a_link_works_until_it_is_used_or_another_is_given(store: Store) -> None:
    put(store, "one", "viewer")
    with store.writing() as db:
        first = sessions.invite(db, "one", until=NOW)
        second = sessions.invite(db, "one", until=NOW)
        assert sessions.invited(db, first, now=NOW) is None
        assert sessions.invited(db, second, now=NOW) == "one"
        assert sessions.invited(db, second, now=NOW + 1) is None
        sessions.use(db, second)
        assert sessions.invited(db, second, now=NOW) is None


def test_a_backup_has_the_accounts_and_nobody_signed_in(store: Store, tmp_path: Path) -> None:
    put(store, "one", "admin")
    with store.writing() as db:
        token = sessions.begin(db, "one", now=NOW)
        link = sessions.invite(db, "one", until=NOW)
        sessions.attempt(db, {"account x": 5}, now=NOW)
    backup.backup(store.url, tmp_path / "b")
    data = gzip.decompress((tmp_path / "b").read_bytes())
    for held in (token, link, "account x"):
        assert sessions._digest(held).encode() not in data
    backup.restore(tmp_path / "b", str(tmp_path / "again.db"))
    with Store.open(str(tmp_path / "again.db")) as again, again.reading() as db:
        assert [one.name for one in accounts.all(db)] == ["one"]
        assert sessions.find(db, token, now=NOW, idle=10, most=100) is None
