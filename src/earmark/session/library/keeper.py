# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The listener's library: add, look again, remove, find again what was moved. Main thread.

The list is made on workers and arrives whole, by `listed`; nothing is loaded before `load` is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from earmark.base.errors import UserError, expected
from earmark.domain.items import Fingerprint, Recording
from earmark.session.library.importer import Importer, Summary
from earmark.session.library.shelf import Entry, Shelf, arranged, entries
from earmark.session.opening import sidecars
from earmark.session.undo import UndoHistory
from earmark.settings import options
from earmark.settings.values import Values
from earmark.store.library.fingerprints import fingerprint
from earmark.store.user import Store
from earmark.tasks.runner import Lane, Runner

_LOOK_AGAIN_MS = 300  # several changes in a row make one new list
_Held = tuple[list[Recording], dict[str, int]]


class LibraryKeeper(QObject):
    """What is in the library, and what the listener does with it.

    Signals:
        listed: the Shelf.
        said: a plain sentence about what was done.
        removed: a plain sentence; what it tells can be undone.
        failed: UserError.
    """

    listed = Signal(object)
    said = Signal(str)
    removed = Signal(str)
    failed = Signal(object)

    def __init__(
        self, store: Store, importer: Importer, runner: Runner, values: Values, undo: UndoHistory
    ) -> None:
        super().__init__()
        self._store = store
        self._runner = runner
        self._values = values
        self._undo = undo
        self.importer = importer
        self.shelf = Shelf()
        self.failures: list[UserError] = []
        self._loaded = False
        self._again = QTimer(self, singleShot=True, interval=_LOOK_AGAIN_MS)
        self._again.timeout.connect(self.load)
        importer.kept.connect(self.refresh)
        importer.finished.connect(self._on_finished)
        values.subscribe(options.LIBRARY_SORT, self._on_sort_changed)

    # The list

    @Slot()
    def load(self) -> None:
        """Read the list, in the background."""
        self._loaded = True
        self._runner.run(self._held, self._on_held, self._on_failed, lane=Lane.STORE, owner=self)

    @Slot()
    def refresh(self) -> None:
        """Read the list again soon, if it was ever asked for."""
        if self._loaded:
            self._again.start()

    def _held(self) -> _Held:
        return self._store.recordings.all(), self._store.heard.totals()

    def _on_held(self, held: _Held) -> None:
        self._arrange(lambda: entries(*held))

    def _arrange(self, held: Callable[[], list[Entry]]) -> None:
        order = self._values.get(options.LIBRARY_SORT)
        self._runner.run(lambda: arranged(held(), order), self._on_listed, self._on_failed, owner=self)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The recordings, in the order they are shown."""
        return self.shelf.entries

    def entry(self, recording: str) -> Entry | None:
        """Return a recording by its id."""
        row = self.shelf.rows[self.shelf.places[recording]] if recording in self.shelf.places else None
        return row if isinstance(row, Entry) else None

    def _on_listed(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.listed.emit(shelf)

    def _on_sort_changed(self, _order: object) -> None:
        self.refresh()

    # Adding

    def add(self, paths: Sequence[Path]) -> None:
        """Add files and folders; folders are looked through again by `rescan`."""
        paths = [path.absolute() for path in paths]
        known = self._values.get(options.LIBRARY_FOLDERS)
        folders = [str(path) for path in paths if path.is_dir() and str(path) not in known]
        if folders:
            self._values.set(options.LIBRARY_FOLDERS, [*known, *folders])
        self._values.set(options.LIBRARY_UNFINISHED, _merged(self._unfinished(), map(str, paths)))
        self.importer.add(paths)

    def rescan(self) -> None:
        """Look for what is new, changed or moved, and go on with what was stopped."""
        known: list[str] = self._values.get(options.LIBRARY_FOLDERS)
        folders = _merged(known, self._unfinished())
        if not folders:
            self.refresh()
            raise UserError("nothing-to-rescan", "No folder was added yet; drop one on the library.")
        self.importer.add([Path(folder) for folder in folders], revive=False)

    def stop(self) -> None:
        """Stop adding; `rescan` goes on where it stopped."""
        self.importer.stop()

    def _unfinished(self) -> list[str]:
        return self._values.get(options.LIBRARY_UNFINISHED)

    @Slot(object)
    def _on_finished(self, summary: Summary) -> None:
        self.refresh()
        if not summary.told:
            return
        self.failures = summary.failed
        if not summary.stopped:
            self._values.set(options.LIBRARY_UNFINISHED, [])
        self.said.emit(told(summary))

    # Removing and moving

    def remove(self, chosen: Sequence[Entry]) -> Future[Any] | None:
        """Take recordings out of the library; their files are not touched. Can be undone."""
        if not chosen:
            return None
        ids = [entry.id for entry in chosen]
        what = f"“{chosen[0].title}”" if len(ids) == 1 else f"{len(ids)} recordings"
        pending = self._set_removed(ids, True)
        self._undo.record(
            f"Remove {what}", partial(self._set_removed, ids, False), partial(self._set_removed, ids, True)
        )
        self.removed.emit(f"Removed {what} from the library; no file was touched.")
        return pending

    def _set_removed(self, ids: list[str], removed: bool) -> Future[Any]:
        if removed:
            gone, held = frozenset(ids), self.entries
            self._arrange(lambda: [entry for entry in held if entry.id not in gone])

        def change() -> list[Recording]:
            return [self._store.recordings.set_removed(one, removed) for one in ids]

        return self._runner.promise(
            change, Lane.STORE, partial(self._on_removed, removed), self._on_failed, owner=self
        )

    def _on_removed(self, removed: bool, recordings: list[Recording]) -> None:
        if removed:
            self.importer.forget([one.id for one in recordings])
        else:
            self.importer.index(recordings)
        self.load()

    def relocate(self, entry: Entry, path: Path) -> None:
        """Note where a recording's file is now; the rest of its folder goes with it if it is there, too."""
        path = path.absolute()
        old, new = roots(entry.paths[0], path)
        beside: list[tuple[str, Path]] = []
        if old is not None and new is not None:
            lost = [(one.id, one.paths[0]) for one in self.entries if one.missing and one.id != entry.id]
            beside = [(one, new / was.relative_to(old)) for one, was in lost if was.is_relative_to(old)]

        def look() -> tuple[Fingerprint, dict[str, Fingerprint]]:
            return fingerprint(path), dict(_seen(beside))

        def change(looked: tuple[Fingerprint, dict[str, Fingerprint]]) -> list[Recording]:
            store = self._store.recordings
            mark, seen = looked
            known = store.relocate(entry.id, path, mark)
            moved = [store.remember(known.id, transcripts=_transcripts_of(known))]
            same = {one.id for one in store.all() if seen.get(one.id) == one.fingerprint}
            if same and old is not None and new is not None:
                moved += store.relocate_folder(old, new, same)
            return moved

        self._runner.run(look, lambda looked: self._relocate(partial(change, looked)), self._on_failed)

    def _relocate(self, change: Callable[[], list[Recording]]) -> None:
        self._runner.run(change, self._on_relocated, self._on_failed, lane=Lane.STORE, owner=self)

    def _on_relocated(self, recordings: list[Recording]) -> None:
        self.importer.index(recordings)
        self.load()
        count = len(recordings)
        self.said.emit(f"{count} recording{'' if count == 1 else 's'} found again.")

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(expected(error))


def _transcripts_of(known: Recording) -> tuple[Path, ...]:
    """Return the transcripts of a recording that lies elsewhere now: beside it, or where they were."""
    both = ((known.path.with_name(one.name), one) for one in known.transcripts)
    there = [found for pair in both for found in [one for one in pair if one.exists()][:1]]
    return tuple(dict.fromkeys((*there, *sidecars(known.path))))


def _seen(files: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, Fingerprint]]:
    """Yield what each file is known by, of those that are there."""
    for one, path in files:
        with suppress(UserError):
            yield one, fingerprint(path)


def roots(old: Path, new: Path) -> tuple[Path | None, Path | None]:
    """Return the folders that differ between two places of one file; None where the file was renamed."""
    if old.name != new.name:
        return None, None
    old, new = old.parent, new.parent
    while old.name == new.name and old != old.parent and new != new.parent and old != new:
        old, new = old.parent, new.parent
    return old, new


def told(summary: Summary) -> str:
    """Return what adding came to, in a sentence."""
    count, failed = summary.recordings, len(summary.failed)
    said = f"Added {count:,} recording{'' if count == 1 else 's'}" if count else "Nothing new was found"
    if summary.moved:
        said += f"; {summary.moved:,} found again elsewhere"
    if summary.stopped:
        said = f"Stopped; {said[0].lower()}{said[1:]}. Rescan goes on where it stopped"
    if failed:
        said += f"; {failed:,} file{'' if failed == 1 else 's'} could not be added"
    return said + "."


def _merged(one: Iterable[str], other: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*one, *other]))
