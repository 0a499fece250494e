"""Who may do what: every route asks for a role, and gives nothing to who has less."""

import re

import httpx
import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from marsad.server import api, pages
from marsad.server.app import routers
from marsad.server.deps import ROLES
from tests.server.running import Workbench

PUBLIC = {"/login", "/setup", "/demo"}
"""The way in; everything else asks who it is."""


def role_of(route: APIRoute) -> str | None:
    """The role that a route's own dependencies ask for."""
    found = [getattr(one.call, "role", None) for one in route.dependant.dependencies]
    return next((role for role in found if role), None)


def every_route() -> list[APIRoute]:
    found: list[APIRouter] = [router for package in (pages, api) for router in routers(package)]
    return [route for router in found for route in router.routes if isinstance(route, APIRoute)]


ROUTES = every_route()
GUARDED = [(route, role) for route in ROUTES if (role := role_of(route))]
CALLS = [(method, route, role) for route, role in GUARDED for method in sorted(route.methods)]


def path_of(route: APIRoute) -> str:
    return re.sub(r"\{[^}]*\}", "x", re.sub(r"\{[^}]*:int\}", "1", route.path))


def told(call: tuple[str, APIRoute, str]) -> str:
    return f"{call[0]} {call[1].path} {call[2]}"


def test_every_route_asks_for_a_role_but_the_way_in() -> None:
    assert len(ROUTES) > 20
    assert {route.path for route in ROUTES if role_of(route) is None} == PUBLIC


def test_the_application_has_no_other_routes(workbench: Workbench) -> None:
    """What it serves is what was looked at here, and the files of ``static``."""
    others = [path for route in workbench.app.router.routes if (path := getattr(route, "path", None)) is not None]
    assert others == ["/static"]


@pytest.mark.parametrize("call", CALLS, ids=map(told, CALLS))
def test_a_route_refuses_who_is_not_signed_in(nobody: httpx.Client, call: tuple[str, APIRoute, str]) -> None:
    method, route, _ = call
    found = nobody.request(method, path_of(route), headers={"X-CSRF-Token": token_of(nobody)})
    if route.path.startswith("/api/"):
        assert found.status_code == 401
    else:
        assert (found.status_code, found.headers["location"].partition("?")[0]) == (303, "/login")


LESS = [(*call, role) for call in CALLS for role in ROLES[: ROLES.index(call[2])]]  # type: ignore[arg-type]


@pytest.mark.parametrize("call", LESS, ids=lambda call: f"{call[0]} {call[1].path} as {call[3]}")
def test_a_route_refuses_a_role_below_its_own(
    clients: dict[str, httpx.Client], call: tuple[str, APIRoute, str, str]
) -> None:
    method, route, _, role = call
    assert clients[role].request(method, path_of(route)).status_code == 403


HUGE = "99999999999999999999"
NUMBERED = [(method, route) for method, route, _ in CALLS if ":int}" in route.path]


@pytest.mark.parametrize("call", NUMBERED, ids=lambda call: f"{call[0]} {call[1].path}")
def test_a_number_that_no_record_holds_is_refused(clients: dict[str, httpx.Client], call: tuple[str, APIRoute]) -> None:
    method, route = call
    path = re.sub(r"\{[^}]*:int\}", HUGE, route.path)
    assert clients["admin"].request(method, path, data={"claim": "x", "verb": "accept"}).status_code in (404, 422)


@pytest.mark.parametrize("path", ["/incidents/x/undo", "/claims/x/undo"])
def test_a_decision_of_a_number_that_no_record_holds_is_not_taken_back(
    clients: dict[str, httpx.Client], path: str
) -> None:
    assert clients["admin"].post(path, data={"seq": HUGE}).status_code == 422


def token_of(client: httpx.Client) -> str:
    """The token of a visitor's own pages, so that it is the role that is asked for."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/login").text)
    assert found
    return found[1]
