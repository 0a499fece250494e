"""Styles and scripts are kept by browsers until they change."""

import re

import httpx

from tests.server.running import Workbench


def test_what_pages_ask_for_is_there_and_need_not_be_asked_for_again(workbench: Workbench) -> None:
    client = workbench.client()
    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/login").text)
    assert found
    for path in found:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "immutable" in answer.headers["cache-control"]


def test_another_state_is_asked_for_each_time(nobody: httpx.Client) -> None:
    answer = nobody.get("/static/css/base.css?v=old")
    assert answer.headers["cache-control"] == "no-cache"
    again = nobody.get("/static/css/base.css", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
