# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Takes along what the listener made: bookmarks to files and back, and everything in one file. Main thread.

Each verb returns a future, done when the file is written or the store has what was read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from earmark.base.errors import UserError, expected
from earmark.base.files import check_source, read_fault
from earmark.domain.items import Bookmark, Fingerprint, Recording
from earmark.domain.marks.colours import name_of
from earmark.formats.export import MOST_BYTES, Entry, as_listed, form_of, read_entries, write_entries
from earmark.formats.writers import write_atomically
from earmark.session.hearing import Hearing
from earmark.session.marks.colours import ColourNames
from earmark.session.marks.notebook import Notebook
from earmark.session.memory import Memory, Remembered
from earmark.session.naming import shown_title
from earmark.session.opening import MEDIA_SUFFIXES
from earmark.session.session import Session
from earmark.session.undo import UndoHistory
from earmark.store.library.fingerprints import fingerprint
from earmark.store.made.transfer import Contents
from earmark.store.user import Store
from earmark.tasks.runner import Lane, Runner


class Carrying(QObject):
    """Exports, imports, backups.

    Signals:
        said: a plain sentence about what was done.
        failed: UserError why it was not.
        restored: a backup stands in the place of what was here.
    """

    said = Signal(str)
    failed = Signal(object)
    restored = Signal()

    def __init__(
        self,
        store: Store,
        runner: Runner,
        notebook: Notebook,
        colours: ColourNames,
        session: Session,
        memory: Memory,
        hearing: Hearing,
        undo: UndoHistory,
    ) -> None:
        super().__init__()
        self._store = store
        self._runner = runner
        self._notebook = notebook
        self._colours = colours
        self._session = session
        self._memory = memory
        self._hearing = hearing
        self._undo = undo

    def export(self, path: Path, ids: Sequence[str]) -> Future[Any]:
        """Write bookmarks in the form the file's ending names."""
        form = form_of(path)
        bookmarks = [one for one in map(self._notebook.get, ids) if one is not None]
        done = partial(self._on_exported, path)
        work = partial(_export, self._store, bookmarks, self._colours.own(), path, form)
        return self._runner.promise(work, Lane.STORE, done, self._on_failed, self)

    def take_in(self, path: Path) -> Future[Any]:
        """Add the bookmarks of an exported JSON that are not here yet."""
        self._notebook.check_writable()
        return self._runner.promise(
            partial(_take_in, self._store, path), Lane.STORE, self._on_taken_in, self._on_failed, self
        )

    def back_up(self, path: Path) -> Future[Any]:
        """Write everything the listener made to one file, verified."""
        self._memory.keep()
        self._hearing.keep()
        done = partial(self._on_backed_up, path)
        return self._runner.promise(
            partial(self._store.write_all, path), Lane.STORE, done, self._on_failed, self
        )

    def restore(self, path: Path) -> Future[Any]:
        """Put what such a file holds in the place of everything; what is here is backed up before."""
        self._notebook.check_writable()
        self._memory.keep()
        self._hearing.keep()
        return self._runner.promise(
            partial(_restore, self._store, path), Lane.STORE, self._on_restored, self._on_failed, self
        )

    def _on_exported(self, path: Path, count: int) -> None:
        self.said.emit(f"{_counted(count, 'bookmark')} written to {path.name}.")

    def _on_taken_in(self, taken: _Taken) -> None:
        if taken.fresh:
            self._notebook.keep(f"Import {_counted(len(taken.fresh), 'bookmark')}", taken.fresh)
        known = f"; {taken.known} were here already" if taken.known else ""
        self.said.emit(f"{_counted(len(taken.fresh), 'bookmark')} imported{known}.")

    def _on_backed_up(self, path: Path, contents: Contents) -> None:
        self.said.emit(f"Backed up to {path.name} and verified: {_told(contents)}.")

    def _on_restored(self, restored: tuple[Contents, datetime]) -> None:
        contents, made = restored
        self._undo.clear()
        self._memory.enter(Remembered())  # its recording may not be known any more
        self._notebook.load()
        self.restored.emit()
        open_now = [path for path in (self._session.media, *_paths(self._session)) if path is not None]
        if open_now:
            self._session.open(open_now)
        when = f"{made.day} {made:%B %Y, %H:%M}"
        self.said.emit(
            f"Restored the backup of {when}: {_told(contents)}. Settings take effect at the next start."
        )

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(expected(error))


class _Taken(NamedTuple):
    """What came of an import: bookmarks to be kept, and how many were here already."""

    fresh: list[Bookmark]
    known: int


def _export(
    store: Store, bookmarks: Sequence[Bookmark], names: Mapping[str, str], path: Path, form: str
) -> int:
    known = {one: store.recordings.get(one) for one in {b.recording for b in bookmarks}}
    entries = [entry_of(bookmark, known[bookmark.recording], names) for bookmark in bookmarks]
    write_atomically(path, write_entries(entries, form).encode("utf-8", "replace"))
    return len(entries)


def entry_of(bookmark: Bookmark, recording: Recording | None, names: Mapping[str, str]) -> Entry:
    """Return a bookmark as it is exported; `names` are the listener's own of the colours."""
    colour = name_of(bookmark.colour, names)
    if recording is None:
        return Entry(bookmark, None, "", colour)
    path, is_media = recording.path, recording.path.suffix.lower() in MEDIA_SUFFIXES
    return Entry(bookmark, str(path), shown_title(recording), colour, recording.duration_ms, is_media)


def _take_in(store: Store, path: Path) -> _Taken:
    check_source(path)
    if path.samefile(store.path):  # to open a live database would drop its locks
        raise UserError("own-store", f"{path.name} is what Earmark works with now, not a list of bookmarks.")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise read_fault(path, error) from error
    entries = read_entries(data, path.name)
    fresh, owners = [], dict[str, str]()
    for entry in entries:
        if store.bookmarks.get(entry.bookmark.id) is None:
            source = entry.recording or as_listed(entry)["transcript"]
            if source not in owners:
                owners[source] = _recording(store, Path(source or entry.title or path.name)).id
            fresh.append(entry.bookmark._replace(recording=owners[source]))
    return _Taken(fresh, len(entries) - len(fresh))


def _recording(store: Store, path: Path) -> Recording:
    """Return the recording of a file, known or new; its file need not be here."""
    try:
        return store.recordings.of_file(path, fingerprint(path))
    except UserError:
        known = store.recordings.find(path)
        if known is not None:
            return known
        # Known by its path until the file itself is seen; the mark must not be that of any other file.
        mark = Fingerprint(0, "absent-" + hashlib.blake2b(str(path).encode("utf-8", "replace")).hexdigest())
        return store.recordings.of_file(path, mark)


def _restore(store: Store, path: Path) -> tuple[Contents, datetime]:
    check_source(path)
    made = datetime.fromtimestamp(path.stat().st_mtime)
    return store.read_all(path), made


def _paths(session: Session) -> list[Path | None]:
    return [track.path for track in session.tracks]


def _told(contents: Contents) -> str:
    return f"{_counted(contents.recordings, 'recording')}, {_counted(contents.bookmarks, 'bookmark')}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
