"""Reading many documents, in one process or several, with the results in the order of the input."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context

from marsad.capture.base import Item, Notice
from marsad.capture.language import settle
from marsad.errors import InputError, MarsadError
from marsad.model import Claim, Document

_CHUNK = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How each document is to be read; ``published`` and ``lang`` go before what a document says of itself."""

    published: date | None = None
    lang: str | None = None
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, its language settled, and its claims."""

    document: Document
    claims: tuple[Claim, ...]


Result = Reading | InputError | Notice


def settled(document: Document, order: Order) -> Document:
    """The document with its day and language as it will be read; InputError where the language is not supported."""
    if order.published:
        document = replace(document, published=order.published)
    return settle(document, lang=order.lang)


def read_one(document: Document, order: Order) -> Reading | InputError:
    """The document's claims, or what is wrong with it; a fault in the reader is told as such and stops no batch."""
    from marsad.pipeline import read_document  # the lexicons load here, not for --help

    try:
        document = settled(document, order)
        return Reading(document, tuple(read_document(document, explain=order.explain)))
    except MarsadError as error:
        return InputError(str(error))
    except Exception as error:
        return InputError(f"{document.called}: a fault in Marsad, please report it: {type(error).__name__}: {error}")


def read_all(items: Iterable[Item], order: Order, *, jobs: int) -> Iterator[Result]:
    """A result for each item, in order; ``jobs`` processes, and never more than a few chunks in memory."""
    if jobs == 1:
        for item in items:
            yield read_one(item, order) if isinstance(item, Document) else item
        return
    pool = ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn"), initializer=_ignore_interrupt)
    try:
        yield from _pooled(pool, items, order, ahead=4 * jobs)
    except BrokenProcessPool:
        raise InputError("a worker process died, perhaps for want of memory; try fewer --jobs") from None
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pooled(pool: ProcessPoolExecutor, items: Iterable[Item], order: Order, *, ahead: int) -> Iterator[Result]:
    waiting: deque[Future[list[Result]]] = deque()
    for chunk in _chunks(items):
        with _interrupt_held():  # a submission may start a worker
            waiting.append(pool.submit(_read_chunk, chunk, order))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _read_chunk(chunk: list[Item], order: Order) -> list[Result]:
    return [read_one(item, order) if isinstance(item, Document) else item for item in chunk]


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Ctrl-C waits until the end; workers started in here inherit that, so none is hit before ``_ignore_interrupt``."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ignore_interrupt() -> None:
    """Ctrl-C is the parent's to handle; a worker ends when it is told to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
