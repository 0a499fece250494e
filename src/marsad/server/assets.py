"""Styles, scripts, fonts and the map's geometry: kept by browsers for as long as they are what they are."""

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope


def folder() -> Path:
    """Where they are."""
    return Path(str(files("marsad.server").joinpath("static")))


def digest() -> str:
    """Changes with any of them; pages ask for each by an address that has it (``?v=``)."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder().rglob("*") if path.is_file()):
        found.update(f"{path.relative_to(folder()).as_posix()}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]


class Assets(StaticFiles):
    """The files, never asked for again where the address names this state of them, else only where they changed."""

    def __init__(self, version: str) -> None:
        super().__init__(directory=folder())
        self._version = version

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        answer: Response = await super().get_response(path, scope)
        query: dict[str, Any] = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        fixed = query.get("v") == [self._version]
        answer.headers["cache-control"] = "public, max-age=31536000, immutable" if fixed else "no-cache"
        return answer
