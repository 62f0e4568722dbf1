# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Every bookmark of the listener, in memory and in the store; each change can be undone. Main thread.

A change is seen at once and counts when the store has it: the future that is returned is done then. What
the store could not take stays here, told as not kept, and goes along with the next change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import zip_longest
from typing import Any

from PySide6.QtCore import QObject, Signal

from earmark.base.errors import UserError, expected
from earmark.domain.items import Bookmark, Recording
from earmark.session.undo import UndoHistory
from earmark.store.user import Store
from earmark.tasks.runner import Lane, Runner

Kept = Future[list[Bookmark]]


class Notebook(QObject):
    """The listener's bookmarks.

    Signals:
        changed: the ids (a set) of bookmarks that came, changed, went or are on the disk now; None for all.
        failed: the store's UserError; what was to be kept is still held here.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, store: Store, runner: Runner, undo: UndoHistory) -> None:
        super().__init__()
        self._store = store
        self._runner = runner
        self._undo = undo
        self.recordings: dict[str, Recording] = {}
        self._held: dict[str, Bookmark] = {}
        self._waiting: dict[str, int] = {}  # how many writes of a bookmark are on their way
        self._refused: set[str] = set()

    def load(self) -> None:
        """Read the store anew, in the background."""
        self._runner.run(
            partial(_read, self._store), self._on_loaded, self._on_unread, lane=Lane.STORE, owner=self
        )

    def get(self, bookmark: str) -> Bookmark | None:
        """Return the bookmark with an id."""
        return self._held.get(bookmark)

    def all(self) -> list[Bookmark]:
        """Return every bookmark, in no order."""
        return list(self._held.values())

    def of_recording(self, recording: str) -> list[Bookmark]:
        """Return the bookmarks of a recording by time; those without a time come first."""
        found = [one for one in self._held.values() if one.recording == recording]
        return sorted(found, key=_when)

    def tags(self) -> list[str]:
        """Return every tag in use, sorted."""
        return sorted({tag for one in self._held.values() for tag in one.tags}, key=str.casefold)

    def is_kept(self, bookmark: str) -> bool:
        """Tell whether a bookmark, as it is here, is on the disk."""
        return bookmark not in self._refused and not self._waiting.get(bookmark)

    def is_refused(self, bookmark: str) -> bool:
        """Tell whether the store could not take a bookmark as it is here."""
        return bookmark in self._refused

    def check_writable(self) -> None:
        """Raise the UserError that nothing can be kept, when that is so."""
        if self._store.read_only:
            raise UserError("store-read-only", "Your data can be read but not written, so nothing is kept.")

    def follow(self, bookmarks: Sequence[Bookmark]) -> None:
        """Keep what changed by itself, not by the listener: nothing to undo, nothing to tell."""
        if not self._store.read_only:
            self._exchange(bookmarks, ())

    def keep(self, title: str, bookmarks: Sequence[Bookmark]) -> Kept:
        """Keep bookmarks, new ones or those with their ids as they are now."""
        before = [self._held.get(one.id) for one in bookmarks]
        gone = [one.id for one, was in zip(bookmarks, before, strict=True) if was is None]
        back = partial(self._exchange, [was for was in before if was is not None], gone)
        return self._exchange(bookmarks, (), partial(self._on_done, title, back))

    def delete(self, title: str, ids: Iterable[str]) -> Kept:
        """Delete bookmarks."""
        gone = [one for one in map(self._held.get, ids) if one is not None]
        back = partial(self._exchange, gone, ())
        return self._exchange((), [one.id for one in gone], partial(self._on_done, title, back, gone=gone))

    def _on_done(
        self, title: str, back: Callable[[], Kept], made: list[Bookmark], gone: Sequence[Bookmark] = ()
    ) -> None:
        self._undo.record(title, back, partial(self._exchange, made, [one.id for one in gone]))

    def _exchange(
        self,
        bookmarks: Sequence[Bookmark],
        deleted: Sequence[str],
        done: Callable[[list[Bookmark]], None] | None = None,
    ) -> Kept:
        """Show a change and write it, with what could not be written before."""
        self.check_writable()
        ids = {one.id for one in bookmarks}
        lost = {one: self._held.pop(one) for one in deleted if one in self._held}
        self._held.update((one.id, one) for one in bookmarks)
        again = [self._held[one] for one in self._refused if one in self._held and one not in ids]
        under_way = ids | set(deleted)
        for one in under_way:
            self._waiting[one] = self._waiting.get(one, 0) + 1
        self.changed.emit(under_way)
        return self._runner.promise(
            partial(self._write, [*bookmarks, *again], deleted),
            Lane.STORE,
            partial(self._on_written, under_way, bookmarks, done),
            partial(self._on_failed, under_way, lost),
            self,
        )

    def _write(self, bookmarks: list[Bookmark], deleted: Sequence[str]) -> list[Bookmark]:
        """Write a change, and learn of recordings that were not marked before; on the store's lane."""
        made = self._store.bookmarks.exchange(bookmarks, deleted)
        for one in {one.recording for one in made} - self.recordings.keys():
            recording = self._store.recordings.get(one)
            if recording is not None:
                self.recordings[one] = recording
        return made

    def _on_written(
        self,
        ids: set[str],
        sent: Sequence[Bookmark],
        done: Callable[[list[Bookmark]], None] | None,
        made: list[Bookmark],
    ) -> None:
        self._settle(ids)
        written = ids | {one.id for one in made}
        for was, one in zip_longest(sent, made):
            now = self._held.get(one.id)
            if now is was:
                self._held[one.id] = one
            elif now is not None:  # changed again meanwhile
                self._held[one.id] = now._replace(number=one.number, created_ms=one.created_ms)
        self._refused.difference_update(one.id for one in made)
        self._refused.intersection_update(self._held)
        if done is not None:
            done(made[: len(sent)])
        self.changed.emit(written)

    def _on_failed(self, ids: set[str], lost: dict[str, Bookmark], error: Exception) -> None:
        self._settle(ids)
        self._refused |= ids - lost.keys()
        self._held.update(lost)
        self.changed.emit(ids)
        self.failed.emit(expected(error))

    def _on_unread(self, error: Exception) -> None:
        self.failed.emit(expected(error))

    def _settle(self, ids: set[str]) -> None:
        for one in ids:
            self._waiting[one] -= 1
            if not self._waiting[one]:
                del self._waiting[one]

    def _on_loaded(self, read: tuple[list[Bookmark], dict[str, Recording]]) -> None:
        mine = {one: self._held[one] for one in (*self._refused, *self._waiting) if one in self._held}
        there = {one.id: one for one in read[0] if one.id not in self._waiting}
        self.recordings = read[1]
        self._held = there | mine
        self.changed.emit(None)


def _read(store: Store) -> tuple[list[Bookmark], dict[str, Recording]]:
    bookmarks = store.bookmarks.all()
    known = {one: store.recordings.get(one) for one in {b.recording for b in bookmarks}}
    return bookmarks, {one: recording for one, recording in known.items() if recording is not None}


def _when(bookmark: Bookmark) -> tuple[int, Any]:
    start = bookmark.anchor.start_ms
    return (-1 if start is None else start, bookmark.number)
