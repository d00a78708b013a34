"""Orders in, answers out, through `concurrent.futures`: in this process, in a pool of processes, or on a cluster.

A worker that dies takes nothing with it: what was in flight is asked again, one order at a time, so that the order that
kills its worker is found and told, and all others get their papers.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")
_AHEAD = 4
"""Orders in flight for each worker: enough that none waits, few enough that memory does not grow with their number."""
_DEATHS = 2
"""How often an order may kill a worker while it is the only one in flight."""


class Crew(Protocol):
    """Workers: how many there are, an executor for them, and new ones when they died."""

    workers: int

    def executor(self) -> Executor: ...
    def renew(self) -> None: ...
    def is_death(self, error: BaseException) -> bool: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Lost:
    """An order without an answer: its worker died each time (`error` is None), or docgen made a fault."""

    error: BaseException | None


class Alone:
    """This process does all the work itself."""

    workers = 1

    def executor(self) -> Executor:
        return _Here()

    def renew(self) -> None:
        """Nothing can die but the whole."""

    def is_death(self, error: BaseException) -> bool:
        return False

    def close(self) -> None:
        """Nothing to end."""


class _Here(Executor):
    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Processes:
    """A pool of processes on this machine. They end with it, whatever ends it."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def executor(self) -> Executor:
        if self._pool is None:
            context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
            self._pool = ProcessPoolExecutor(self.workers, context, _begin, (os.getpid(),))
        return self._pool

    def renew(self) -> None:
        self.close()

    def is_death(self, error: BaseException) -> bool:
        return isinstance(error, BrokenExecutor)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _begin(parent: int) -> None:
    """In a new worker: an interrupt is the parent's business, and without a parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "getppid") and sys.platform != "win32":
        try:
            threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
        except RuntimeError:  # no room for a thread, so none for work: dies like any worker that finds no room
            os._exit(1)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


# ---- the work -------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Asked(Generic[A]):
    order: A
    deaths: int = 0


class _Desk(Generic[A, B]):
    """Orders that come, that are in flight, and that must be asked again because workers died."""

    def __init__(self, work: Callable[[A], B], orders: Iterable[A], crew: Crew) -> None:
        self._work = work
        self._coming = iter(orders)
        self._crew = crew
        self._flying: dict[Future[B], _Asked[A]] = {}
        self._again: deque[_Asked[A]] = deque()
        self._room = crew.workers * _AHEAD if crew.workers > 1 else 1

    def fill(self) -> bool:
        """Send what there is room for; what killed workers goes alone. False when all is answered."""
        if self._again:
            if not self._flying:
                self._send(self._again.popleft())
            return True
        while len(self._flying) < self._room and not self._again:
            order = next(self._coming, None)
            if order is None:
                break
            self._send(_Asked(order))
        return bool(self._flying or self._again)

    def _send(self, asked: _Asked[A]) -> None:
        try:
            self._flying[self._crew.executor().submit(self._work, asked.order)] = asked
        except BrokenExecutor:  # all workers died since the last answer
            self._again.append(asked)
            self._crew.renew()

    def landed(self) -> Iterator[tuple[A, B | Lost]]:
        """The next answers. When workers died all that is in flight is over, and asked again if it has no answer."""
        alone = len(self._flying) == 1
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        if any(isinstance(_error(each), BrokenExecutor) for each in done):
            done, _ = wait(self._flying)
            self._crew.renew()
        for future in done:
            asked = self._flying.pop(future)
            error = _error(future)
            if error is None:
                yield asked.order, future.result()
            elif not isinstance(error, BrokenExecutor):
                yield asked.order, Lost(None if self._crew.is_death(error) else error)
            elif alone and asked.deaths + 1 == _DEATHS:
                yield asked.order, Lost(None)
            else:
                self._again.append(_Asked(asked.order, asked.deaths + alone))


def answers(work: Callable[[A], B], orders: Iterable[A], crew: Crew) -> Iterator[tuple[A, B | Lost]]:
    """Each order with its answer, as they come. Orders are taken as there is room for them, never all at once."""
    desk = _Desk(work, orders, crew)
    while desk.fill():
        yield from desk.landed()


def _error(future: Future[Any]) -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()
