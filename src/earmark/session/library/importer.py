# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Adds to the library in the background, batch by batch: look, keep, index. Main thread.

Files are looked at on a worker, kept on the store's lane and indexed on a worker, fifty recordings at a
time; between them, and between two files, it can be stopped. What comes in meanwhile waits its turn.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.items import Recording
from earmark.session.library import adding
from earmark.session.library.filling import Filling
from earmark.session.library.readings import Readings
from earmark.store.library.importing import Outcome, Progress
from earmark.store.library.scanning import Group, Scan
from earmark.store.user import Store
from earmark.tasks.runner import Cancel, Lane, Runner

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """How far adding is: recordings done of all, and the one it is at. `total` 0 while looking around.

    `pairing`: their words are only being compared, to tell which are of one recording.
    """

    done: int
    total: int
    name: str = ""
    pairing: bool = False


@dataclass(slots=True)
class Summary:
    """What adding came to; `failed` are the files that could not be added, with their reasons."""

    recordings: int = 0  # new ones
    moved: int = 0  # found again elsewhere
    indexed: int = 0
    failed: list[UserError] = field(default_factory=list)
    stopped: bool = False
    told: bool = True  # whether the listener asked for it


@dataclass(frozen=True, slots=True)
class _Task:
    paths: tuple[Path, ...] = ()
    revive: bool = True
    recordings: tuple[Recording, ...] = ()  # these only have to be indexed
    forget: tuple[str, ...] = ()  # ids of recordings the index is to forget
    everything: bool = False  # index all there is
    anew: bool = False  # in a new index
    told: bool = True


@dataclass(slots=True)
class _Looked:
    seen: list[adding.Seen] = field(default_factory=list)
    known: list[Recording] = field(default_factory=list)
    failed: list[UserError] = field(default_factory=list)


class Importer(QObject):
    """One queue of things to add.

    Signals:
        progressed: Step, or None when there is nothing to do any more.
        kept: the store holds other recordings than before.
        finished: Summary of one thing that was asked for.
        renewed: the index is another file than before; open it again.
    """

    progressed = Signal(object)
    kept = Signal()
    finished = Signal(object)
    renewed = Signal()

    def __init__(self, store: Store, profile: Profile, runner: Runner) -> None:
        super().__init__()
        self._store = store
        self._profile = profile
        self._runner = runner
        self._filling = Filling(profile)
        self._tasks: deque[_Task] = deque()
        self._task: _Task | None = None
        self._cancel = Cancel()
        self._groups: deque[Group] = deque()
        self._waiting: deque[Recording] = deque()
        self._known: dict[Path, Recording] = {}
        self._before = adding.Before()
        self._readings = Readings()
        self._total = 0
        self._summary = Summary()
        self._report = runner.reporter(self.progressed.emit, self)

    @property
    def busy(self) -> bool:
        """Whether something is being added."""
        return self._task is not None

    def add(self, paths: Sequence[Path], *, revive: bool = True) -> None:
        """Add files and folders."""
        self._enqueue(_Task(tuple(paths), revive))

    def index(self, recordings: Sequence[Recording]) -> None:
        """Index recordings that the store knows already; done quietly."""
        self._enqueue(_Task(recordings=tuple(recordings), told=False))

    def forget(self, recordings: Sequence[str]) -> None:
        """Take recordings out of the index; done quietly."""
        self._enqueue(_Task(forget=tuple(recordings), told=False))

    def index_all(self, *, anew: bool = False) -> None:
        """Index every recording of the store; `anew` where the index is damaged."""
        self._enqueue(_Task(everything=True, anew=anew, told=False))

    def stop(self) -> None:
        """Stop after the file under way; adding the same again goes on there."""
        self._cancel.cancel()
        self._tasks.clear()

    def _enqueue(self, task: _Task) -> None:
        if self._store.read_only:
            return
        self._tasks.append(task)
        if self._task is None:
            self._begin()

    def _begin(self) -> None:
        self._task = self._tasks.popleft()
        self._cancel = Cancel()
        self._summary = Summary(told=self._task.told)
        self._waiting.extend(self._task.recordings)
        self._total = len(self._waiting)
        if self._task.told:
            self.progressed.emit(Step(0, 0))
        if self._task.forget:
            self._on_lane(partial(self._filling.forget, self._task.forget), lambda _: self._next())
        elif self._task.paths or self._task.everything:
            self._on_lane(self._store.recordings.all, self._on_known, Lane.STORE)
        else:
            self._next()

    def _on_known(self, recordings: list[Recording]) -> None:
        task = self._task
        if task is None:
            return
        if task.everything:
            if task.anew:
                self._filling.make_anew()
            self._waiting.extend(recordings)
            self._total = len(recordings)
            self._next()
            return
        self._known = adding.by_path(recordings)
        self._before = adding.Before.of(recordings)
        self._on_lane(partial(self._find, task.paths, recordings, self._cancel), self._on_found)

    def _find(self, paths: Sequence[Path], recordings: Sequence[Recording], cancel: Cancel) -> Scan:
        """Look for what is to be added; on a worker."""
        told = self._task is not None and self._task.told

        def report(at: Progress) -> None:
            if told:
                self._report(Step(at.done, at.total, at.path.name, pairing=True))

        return self._filling.find(paths, recordings, self._readings, report, lambda: cancel.cancelled)

    def _on_found(self, found: Scan) -> None:
        self._summary.failed += found.problems
        self._groups.extend(found.groups)
        self._total = len(found.groups)
        self._next()

    def _next(self) -> None:
        if self._cancel.cancelled:
            self._done(stopped=True)
        elif self._groups:
            batch = [self._groups.popleft() for _ in range(min(adding.BATCH, len(self._groups)))]
            self._on_lane(partial(self._look, batch, self._cancel), self._on_looked)
        elif self._waiting:
            recordings = [self._waiting.popleft() for _ in range(min(adding.BATCH, len(self._waiting)))]
            self._on_lane(partial(self._index, recordings, self._cancel), self._on_indexed)
        elif _fills(self._task, self._known) and self._filling.begun:
            self._on_lane(self._filling.mark_filled, lambda _: self._done(stopped=False))
        else:
            self._done(stopped=False)

    def _look(self, groups: list[Group], cancel: Cancel) -> _Looked:
        """Look at groups; on a worker."""
        looked = _Looked()
        for group in groups:
            if cancel.cancelled:
                break
            known = adding.is_known(group, self._known)
            if known is not None:
                looked.known.append(known)
                continue
            try:
                seen = adding.look_at(group, self._profile, self._readings, lambda: cancel.cancelled)
                looked.seen.append(seen)
                looked.failed += [seen.problem] if seen.problem else []
            except UserError as error:
                looked.failed.append(error)
        return looked

    def _on_looked(self, looked: _Looked) -> None:
        self._summary.failed += looked.failed
        revive = self._task.revive if self._task else True
        if not looked.seen:
            self._on_kept(looked, [])
            return
        keep = partial(adding.keep, self._store, looked.seen, revive=revive)
        self._on_lane(keep, partial(self._on_kept, looked), Lane.STORE)

    def _on_kept(self, looked: _Looked, recordings: list[Recording]) -> None:
        new, moved = self._before.compared(recordings)
        self._summary.recordings += new
        self._summary.moved += moved
        if recordings:
            self.kept.emit()
        both = [*looked.known, *recordings]
        self._on_lane(partial(self._index, both, self._cancel, looked.seen), self._on_indexed)

    def _index(
        self, recordings: list[Recording], cancel: Cancel, seen: Sequence[adding.Seen] = ()
    ) -> Outcome:
        """Index recordings; on a worker. The connection is used by one job at a time."""
        done = self._total - len(self._groups) - len(self._waiting) - len(recordings)
        owner = {path: number for number, one in enumerate(recordings) for path in one.transcripts}
        shown = self._task is not None and (self._task.told or self._task.everything)

        def report(at: Progress) -> None:
            if shown:
                self._report(Step(done + owner.get(at.path, 0), self._total, at.path.name))

        return self._filling.index(recordings, report, lambda: cancel.cancelled, seen)

    def _on_indexed(self, outcome: Outcome) -> None:
        self._summary.indexed += len(outcome.added)
        self._summary.failed += outcome.failed
        if self._filling.unfilled and not _fills(self._task, self._known):
            self._tasks.append(_Task(everything=True, told=False))
        self._filling.unfilled = False
        self._tell_renewed()
        self._next()

    def _tell_renewed(self) -> None:
        if self._filling.renewed:
            self._filling.renewed = False
            self.renewed.emit()

    def _done(self, *, stopped: bool) -> None:
        self._tell_renewed()
        self._summary.stopped = stopped
        self._groups.clear()
        self._waiting.clear()
        self._known = {}
        self._before = adding.Before()
        self._readings = Readings()
        self._task = None
        summary = self._summary
        if self._tasks:
            self._begin()
        else:
            self.progressed.emit(None)
        self.finished.emit(summary)

    def _on_lane(self, work: Callable[[], T], then: Callable[[T], None], lane: Lane = Lane.WORK) -> None:
        self._runner.run(work, then, self._on_failed, lane=lane, owner=self)

    def _on_failed(self, error: Exception) -> None:
        damaged = isinstance(error, UserError) and error.code == "store-damaged"
        if damaged and not (self._task and self._task.everything):
            self._tasks.appendleft(_Task(everything=True, anew=True, told=False))
        elif isinstance(error, UserError):
            self._summary.failed.append(error)
        self._done(stopped=True)
        if not isinstance(error, UserError):
            raise error


def _fills(task: _Task | None, known: Mapping[Path, Recording]) -> bool:
    """Tell whether a task leaves out nothing of what the store knows; `known` was there before it."""
    return task is not None and (task.everything or (bool(task.paths) and not known))
