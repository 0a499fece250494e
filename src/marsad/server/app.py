"""The application: its routes, found in ``pages`` and ``api``, over one open record."""

import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import anyio.to_thread
import uvicorn
from fastapi import APIRouter, FastAPI
from fastapi.concurrency import run_in_threadpool

from marsad.record import Record
from marsad.server import api, pages
from marsad.server.assets import Assets, digest
from marsad.server.door import Door
from marsad.server.faults import HANDLED, refuse
from marsad.server.jobs import Jobs
from marsad.server.passwords import Passwords
from marsad.server.render import environment
from marsad.server.settings import LOOPBACK, Settings
from marsad.version import __version__


def make_app(settings: Settings) -> FastAPI:
    """The application over the record of the settings; InputError where there is none."""
    app = FastAPI(title="Marsad", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=_run)
    app.state.settings = settings
    app.state.record = Record.open(settings.url)
    version = digest()
    app.state.templates = environment(version)
    app.state.passwords = Passwords()
    app.state.jobs = Jobs(app.state.record, most=settings.limits.jobs)
    app.mount("/static", Assets(version), name="static")
    for package in (pages, api):
        for router in routers(package):
            app.include_router(router, include_in_schema=package is api)
    for kind in HANDLED:
        app.add_exception_handler(kind, refuse)
    app.add_middleware(Door, settings=settings, record=app.state.record, refuse=refuse)
    return app


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; OSError where that cannot be.

    It is said to be TCP's, or asyncio would let each answer wait 40 ms for the one before it to be acknowledged.
    """
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(512)
    except BaseException:
        sock.close()
        raise
    return sock


def serving(app: FastAPI, **more: Any) -> uvicorn.Config:
    """How uvicorn serves the application: it says nothing of itself, and does not wait for streams that never end."""
    settings: Settings = app.state.settings
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http="h11",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=settings.behind_proxy,
        forwarded_allow_ips=list(LOOPBACK),
        timeout_graceful_shutdown=3,
        **more,
    )


def routers(package: ModuleType) -> list[APIRouter]:
    """Those of the modules of a package, in the order of their names."""
    found = []
    for module in sorted(iter_modules(package.__path__), key=lambda m: m.name):
        router = getattr(import_module(f"{package.__name__}.{module.name}"), "router", None)
        if isinstance(router, APIRouter):
            found.append(router)
    return found


@asynccontextmanager
async def _run(app: FastAPI) -> AsyncIterator[None]:
    """As many requests at work as the settings say; the record is closed at the end."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = app.state.settings.threads
    yield
    await run_in_threadpool(app.state.jobs.close)
    app.state.record.store.close()
