"""A workbench that runs on loopback, and clients that are signed in to it."""

import shutil
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from marsad.record import Record
from marsad.server.app import listening, make_app, serving
from marsad.server.demo import person
from marsad.server.door import csrf_token
from marsad.server.settings import Settings
from marsad.store import sessions


@dataclass
class Workbench:
    """A server on loopback over one record; ``url`` is its address, ``record`` the record that it serves."""

    app: FastAPI
    server: uvicorn.Server
    url: str
    db: str
    record: Record
    closing: ExitStack = field(default_factory=ExitStack)

    @property
    def settings(self) -> Settings:
        settings: Settings = self.app.state.settings
        return settings

    def session(self, role: str) -> str:
        """What the cookie of someone holds who has just signed in with this role."""
        with self.record.store.writing() as db:
            return sessions.begin(db, person(role), now=int(time.time()))

    def client(self, role: str | None = None, **options: Any) -> httpx.Client:
        """A client that is signed in with this role, or nobody's; it sends the token that our pages hold."""
        client = self.closing.enter_context(httpx.Client(base_url=self.url, timeout=30, **options))
        if role is not None:
            token = self.session(role)
            client.cookies.set(self.settings.cookie, token, domain="127.0.0.1")
            client.headers["X-CSRF-Token"] = csrf_token(token)
        return client


def run(settings: Settings, stack: ExitStack) -> Workbench:
    """Start a workbench that stops when ``stack`` is closed; its port is a free one."""
    sock = stack.enter_context(listening("127.0.0.1", 0))
    port = sock.getsockname()[1]
    app = make_app(replace(settings, port=port))
    server = uvicorn.Server(serving(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    stack.callback(_stop, server, thread)
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    clients = stack.enter_context(ExitStack())
    return Workbench(app, server, f"http://127.0.0.1:{port}", settings.url, app.state.record, clients)


def _stop(server: uvicorn.Server, thread: threading.Thread) -> None:
    server.should_exit = True
    thread.join(timeout=10)


def copied(record: Path, folder: Path) -> Path:
    """A copy of a record that is closed, with its evidence."""
    shutil.copytree(record.parent, folder, dirs_exist_ok=True)
    return folder / record.name
