# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Run a function in the background and deliver what it gives on the main thread.

One runner a program, made and closed on the main thread; `run`, `reporter` and `close` are for the main
thread, the function itself runs on a worker and touches no QObject. Every use of the listener's store goes
through `Lane.STORE`, whose single worker keeps the order of writes.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")
_log = logging.getLogger("earmark.tasks")
_CLOSE_WAIT_S = 5.0


class Lane(Enum):
    """Where a function runs; the value is the number of workers."""

    STORE = "store"  # the listener's store: one connection, one order
    WORK = "work"  # reading, weaving
    SEARCH = "search"  # the library index: one connection, asked again with every key


_WORKERS = {Lane.STORE: 1, Lane.WORK: 2, Lane.SEARCH: 1}


class Cancel:
    """Asks a function to stop; pass one to the function and to `run`, look at `cancelled` now and then."""

    def __init__(self) -> None:
        self._event = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether to stop."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Ask to stop; any thread."""
        self._event.set()


class Job:
    """One function on its way; `cancel` drops its delivery and, if it has not begun, the function."""

    def __init__(
        self,
        fn: Callable[[], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
        lane: Lane,
        owner: QObject | None,
        cancel: Cancel,
    ) -> None:
        self.lane = lane
        self._fn = fn
        self._done = done
        self._failed = failed
        self._owner = owner
        self._cancel = cancel
        self._result: Any = None
        self._error: Exception | None = None

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._cancel.cancelled

    def cancel(self) -> None:
        """Ask the function to stop and deliver nothing."""
        self._cancel.cancel()

    def work(self) -> None:
        """Run the function; on the worker."""
        if self.cancelled:
            return
        try:
            self._result = self._fn()
        except Exception as error:  # noqa: BLE001  every failure is delivered, none is swallowed
            self._error = error

    def deliver(self) -> None:
        """Hand over result or error; on the main thread. Raises an error that nobody asked for."""
        if self.cancelled or (self._owner is not None and not isValid(self._owner)):
            return
        if self._error is None:
            if self._done is not None:
                self._done(self._result)
        elif self._failed is not None:
            self._failed(self._error)
        else:
            raise self._error


class Reporter(Generic[T]):
    """Progress on its way: called often by a worker, it hands the newest value to the main thread."""

    def __init__(
        self, callback: Callable[[T], None], owner: QObject | None, wake: Callable[[Any], None]
    ) -> None:
        self._callback = callback
        self._owner = owner
        self._wake = wake
        self._lock = threading.Lock()
        self._values: list[T] = []

    def __call__(self, value: T) -> None:
        """Report a value; any thread."""
        with self._lock:
            asleep = not self._values
            self._values = [value]
        if asleep:
            self._wake(self)

    def deliver(self) -> None:
        """Hand over the newest value; on the main thread."""
        with self._lock:
            values, self._values = self._values, []
        if values and (self._owner is None or isValid(self._owner)):
            self._callback(values[0])


class Runner(QObject):
    """The lanes and their workers."""

    _worked = Signal(object)
    _reported = Signal(object)
    _emptied = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queues: dict[Lane, queue.SimpleQueue[Job | None]] = {}
        self._threads: list[threading.Thread] = []
        self._pending: set[Job] = set()
        self._closed = False
        self._worked.connect(self._on_worked, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        lane: Lane = Lane.WORK,
        owner: QObject | None = None,
        cancel: Cancel | None = None,
    ) -> Job:
        """Run `fn` on a lane; `done(result)` or `failed(error)` comes back on the main thread.

        Nothing comes back once the job is cancelled or `owner` is deleted. Without `failed` an
        error is raised there, a bug to report. To stop a long function give it a `Cancel` and pass the same
        one here.
        """
        job = Job(fn, done, failed, lane, owner, cancel or Cancel())
        if self._closed:
            job.cancel()
        else:
            self._pending.add(job)
            self._start(job)
        return job

    def promise(
        self,
        fn: Callable[[], T],
        lane: Lane = Lane.WORK,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> Future[T]:
        """As `run`; the future it returns is done, on the main thread, after `done` or `failed`.

        For whoever must know that something is committed. It is never done once the runner is closed.
        """
        promised: Future[T] = Future()

        def delivered(result: T) -> None:
            try:
                if done is not None:
                    done(result)
            finally:
                promised.set_result(result)

        def refused(error: Exception) -> None:
            try:
                if failed is None:
                    raise error
                failed(error)
            finally:
                promised.set_exception(error)

        self.run(fn, delivered, refused, lane, owner)
        return promised

    def reporter(self, callback: Callable[[T], None], owner: QObject | None = None) -> Reporter[T]:
        """Return a function a worker may call often; `callback` gets the newest value on the main thread."""
        return Reporter(callback, owner, self._reported.emit)

    def wait_idle(self, timeout_ms: int = 30_000) -> bool:
        """Deliver until nothing is under way; False when it took too long. For tests and for leaving."""
        loop, timer = QEventLoop(), QTimer()
        timer.setSingleShot(True)
        timer.timeout.connect(loop.quit)
        self._emptied.connect(loop.quit)
        timer.start(timeout_ms)
        while self._pending and timer.isActive():
            loop.exec()  # whoever is delivered to may have begun something new
        return not self._pending

    def close(self) -> None:
        """Finish what the store lane holds and drop the rest; nothing is delivered afterwards."""
        self._closed = True
        for job in self._pending:
            if job.lane is not Lane.STORE:
                job.cancel()
        self._pending.clear()
        for lane, jobs in self._queues.items():
            for _ in range(_WORKERS[lane]):
                jobs.put(None)
        for thread in self._threads:
            thread.join(_CLOSE_WAIT_S)
            if thread.is_alive():
                _log.warning("%s is still at work at the end", thread.name)

    def _start(self, job: Job) -> None:
        if job.lane not in self._queues:
            jobs = self._queues[job.lane] = queue.SimpleQueue()
            for number in range(_WORKERS[job.lane]):
                name = f"earmark-{job.lane.value}-{number}"
                # Daemons: a read that hangs (a dead network share) must not keep the program from leaving.
                thread = threading.Thread(target=self._serve, args=(jobs,), name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
        self._queues[job.lane].put(job)

    def _serve(self, jobs: queue.SimpleQueue[Job | None]) -> None:
        while (job := jobs.get()) is not None:
            job.work()
            if not self._closed:
                self._worked.emit(job)

    @Slot(object)
    def _on_worked(self, job: Job) -> None:
        if job not in self._pending:
            return
        self._pending.discard(job)
        try:
            job.deliver()
        finally:
            if not self._pending:
                self._emptied.emit()

    @Slot(object)
    def _on_reported(self, reporter: Reporter[Any]) -> None:
        if not self._closed:
            reporter.deliver()


class InlineRunner(Runner):
    """The same for tests: runs at once, on the caller's thread, and delivers before `run` returns."""

    def _start(self, job: Job) -> None:
        job.work()
        self._on_worked(job)

    def reporter(self, callback: Callable[[T], None], owner: QObject | None = None) -> Reporter[T]:
        """Return a function that calls `callback` at once."""
        return Reporter(callback, owner, Reporter.deliver)
