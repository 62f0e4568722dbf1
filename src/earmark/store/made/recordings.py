# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The recordings the listener has opened or added, and where they were in each. On the store's lane."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any, TypedDict, Unpack

from earmark.base.errors import BugError
from earmark.domain.items import Fingerprint, Recording
from earmark.store.disk.changes import Row
from earmark.store.disk.paths import list_text, path_of, paths_of, text_of
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.rows import Table
from earmark.store.made.heard import Heard
from earmark.store.made.whereabouts import Whereabouts

_KEPT_PATHS = 8
_OF_LISTENING = ("position_ms", "rate", "track", "view", "opened_ms", "opened_seq")


class Remembered(TypedDict, total=False):
    """What may be remembered of a recording."""

    title: str
    show: str
    duration_ms: int
    position_ms: int
    rate: float
    track: str
    view: Mapping[str, Any]
    transcripts: tuple[Path, ...]


class Recordings:
    """The recordings of a store."""

    def __init__(self, database: PreciousDatabase) -> None:
        self._database = database
        self.table = Table(database, "recording")
        self._made = (Table(database, "bookmark"), Table(database, "correction"))
        self._heard = Heard(database)

    def of_file(self, path: Path, mark: Fingerprint, transcripts: Iterable[Path] = ()) -> Recording:
        """Return the recording a file is (see `find`), adding it when it is new.

        `transcripts` are those that lie with it. One that was a recording by itself, for want of this file,
        is this recording: what the listener made on it goes with it.
        """
        with self._database.transaction():
            return self._kept_as(self.find(path, mark), path.absolute(), mark, transcripts)

    def _kept_as(
        self, known: Recording | None, path: Path, mark: Fingerprint, transcripts: Iterable[Path]
    ) -> Recording:
        beside = [one for file in transcripts if file != path for one in self._at(file)]
        beside += self._texts_called_like(path)
        alone = [one for one in {one.id: one for one in beside}.values() if not self._is_empty(one)]
        if known is None and alone:
            known = alone.pop(0)
        if known is None:
            known = Recording(os.urandom(16).hex(), path, mark, added_ms=_now_ms())
            self._put(known)
        elif (known.path, known.fingerprint) != (path, mark) or known.removed:
            known = self._moved(known._replace(removed=False), path, mark)
        for one in alone:
            if one.id != known.id:
                known = self._taken_in(known, one)
        return known

    def _texts_called_like(self, path: Path) -> list[Recording]:
        """Return what lies, or lay, beside a file under its name, with another ending, and is only a text."""
        stem = text_of(path.with_suffix(""))
        # All that goes on with a dot: the next character after it is the slash.
        beside = self._some("WHERE removed = 0 AND path > ? AND path < ?", stem + ".", stem + "/")
        return [one for one in beside if one.path.stem == path.stem and _is_text(one) and one.path != path]

    def _is_empty(self, one: Recording) -> bool:
        """Tell whether nothing is left of a recording that was taken in."""
        tables = (*self._made, self._heard.table)
        made = (table.rows("WHERE recording = ? LIMIT 1", (one.id,)) for table in tables)
        return one.removed and not one.opened_seq and not any(made)

    def _taken_in(self, known: Recording, other: Recording) -> Recording:
        """Give a recording what was made on another one that turned out to be the same; returns it.

        The other stays as a removed one without anything, so that links to it lead to its file.
        """
        for table in self._made:
            for row in table.rows("WHERE recording = ?", (other.id,)):
                table.put({**row, "recording": known.id})
        self._heard.add(known.id, self._heard.of(other.id))
        self._heard.table.remove(other.id)
        theirs = (one for one in other.transcripts if one not in known.transcripts and one.exists())
        whole = known._replace(
            older_paths=tuple(dict.fromkeys((other.path, *known.older_paths)))[:_KEPT_PATHS],
            transcripts=(*known.transcripts, *theirs),
            title=known.title or other.title,
            show=known.show or other.show,
        )
        if other.opened_seq > known.opened_seq:
            last = {name: getattr(other, name) for name in _OF_LISTENING}
            whole = whole._replace(**last)
        self._put(other._replace(removed=True, opened_seq=0))
        self._put(whole)
        return whole

    def add_all(
        self, files: Iterable[tuple[Path, Fingerprint, Remembered]], *, revive: bool = True
    ) -> list[Recording]:
        """Keep what many files are and what is to be remembered of each: all or nothing; returns them.

        What was removed comes back only with `revive`, else it is left out of what is returned.
        """
        added: list[Recording] = []
        whereabouts = Whereabouts(self._database)
        with self._database.transaction():
            for path, mark, what in files:
                path = path.absolute()
                known = self._find(path, mark, whereabouts)
                if known is not None and known.removed and not revive:
                    continue
                known = self._kept_as(known, path, mark, what.get("transcripts", ()))
                whereabouts.seen(known.id, path, mark)
                kept = tuple(one for one in known.transcripts if one.exists())
                theirs = (*kept, *(one for one in what.get("transcripts", ()) if one not in kept))
                changes: Remembered = {**what, "transcripts": theirs}
                added.append(self._change(known.id, **changes))
        return added

    def find(self, path: Path, mark: Fingerprint | None = None) -> Recording | None:
        """Return the recording a file is, None for a new one; without `mark` only its path tells.

        Its content tells where it was moved (see `Whereabouts`); else its path, since tags may have been
        edited. One of several transcripts without a recording is what they are.
        """
        path = path.absolute()
        known = self._find(path, mark, Whereabouts(self._database))
        if known is not None:
            return known
        held = "EXISTS (SELECT 1 FROM json_each(transcripts) WHERE value = "
        tail = f"WHERE removed = 0 AND {held} ?) AND {held} recording.path) ORDER BY opened_seq DESC LIMIT 1"
        return next(iter(self._some(tail, text_of(path))), None)

    def _find(self, path: Path, mark: Fingerprint | None, whereabouts: Whereabouts) -> Recording | None:
        here = self._at(path)
        if mark is not None and all(one.fingerprint != mark for one in here):
            moved = whereabouts.recording_of(path, mark)
            if moved is not None:
                return self.get(moved)
        return next((one for one in here if one.fingerprint == mark), here[0] if here else None)

    def get(self, recording: str) -> Recording | None:
        """Return the recording with an id."""
        row = self.table.get(recording)
        return _from_row(row) if row else None

    def all(self) -> list[Recording]:
        """Return every recording that was not removed, by path."""
        return self._some("WHERE removed = 0 ORDER BY path")

    def recent(self, limit: int = 10) -> list[Recording]:
        """Return those opened last, the latest first."""
        return self._some("WHERE removed = 0 AND opened_seq > 0 ORDER BY opened_seq DESC LIMIT ?", limit)

    def opened(self, recording: str) -> Recording:
        """Note that a recording was opened now; returns it."""
        with self._database.transaction():
            last = int(self._database.value("SELECT coalesce(max(opened_seq), 0) FROM recording"))
            return self._change(recording, opened_ms=_now_ms(), opened_seq=last + 1, removed=False)

    def remember(self, recording: str, **what: Unpack[Remembered]) -> Recording:
        """Keep what changed of a recording (position, rate, track, view, …); returns it."""
        return self._change(recording, **what)

    def set_removed(self, recording: str, removed: bool) -> Recording:
        """Take a recording out of the library, or back in; its files and bookmarks stay."""
        return self._change(recording, removed=removed)

    def relocate(self, recording: str, path: Path, mark: Fingerprint) -> Recording:
        """Note where a recording's file is now, and what it is known by."""
        with self._database.transaction():
            return self._moved(self._known(recording), path.absolute(), mark)

    def relocate_folder(self, old: Path, new: Path, only: Container[str] | None = None) -> list[Recording]:
        """Note that what is under a folder is under another now; returns the recordings moved.

        `only`: the ids of those that are; without it, all of them.
        """
        moved = []
        with self._database.transaction():
            for known in self._some(""):
                files = (known.path, *known.transcripts)
                meant = only is None or known.id in only
                if meant and any(path.is_relative_to(old) for path in files):
                    transcripts = tuple(_under(path, old, new) for path in known.transcripts)
                    there = known._replace(transcripts=transcripts)
                    moved.append(self._moved(there, _under(known.path, old, new), known.fingerprint))
        return moved

    def _change(self, recording: str, **what: Any) -> Recording:
        with self._database.transaction():
            known = self._known(recording)
            changed = known._replace(**what)
            if changed != known:
                self._put(changed)
            return changed

    def _known(self, recording: str) -> Recording:
        known = self.get(recording)
        if known is None:
            raise BugError(f"there is no recording {recording}")
        return known

    def _moved(self, known: Recording, path: Path, mark: Fingerprint) -> Recording:
        older = [one for one in (known.path, *known.older_paths) if one != path][:_KEPT_PATHS]
        theirs = known.transcripts
        if (
            known.path.suffix.casefold() == path.suffix.casefold()
        ):  # a text alone, which is its own transcript
            theirs = tuple(dict.fromkeys(path if one == known.path else one for one in theirs))
        moved = known._replace(path=path, fingerprint=mark, older_paths=tuple(older), transcripts=theirs)
        self._put(moved)
        return moved

    def _put(self, recording: Recording) -> None:
        self.table.put(_to_row(recording))

    def _at(self, path: Path) -> list[Recording]:
        return self._some("WHERE path = ? ORDER BY opened_seq DESC", text_of(path))

    def _some(self, tail: str, *bindings: str | int) -> list[Recording]:
        return [_from_row(row) for row in self.table.rows(tail, bindings)]


def _is_text(one: Recording) -> bool:
    """Tell whether a recording is only a transcript, as far as is known."""
    return one.path in one.transcripts


def _under(path: Path, old: Path, new: Path) -> Path:
    return new / path.relative_to(old) if path.is_relative_to(old) else path


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _to_row(recording: Recording) -> Row:
    return {
        "id": recording.id,
        "path": text_of(recording.path),
        "older_paths": list_text(recording.older_paths),
        "size": recording.fingerprint.size,
        "slices": recording.fingerprint.slices,
        "transcripts": list_text(recording.transcripts),
        "title": recording.title,
        "show": recording.show,
        "duration_ms": recording.duration_ms,
        "position_ms": recording.position_ms,
        "rate": float(recording.rate),
        "track": recording.track,
        "view": json.dumps(dict(recording.view), ensure_ascii=True, sort_keys=True),
        "added_ms": recording.added_ms,
        "opened_ms": recording.opened_ms,
        "opened_seq": recording.opened_seq,
        "removed": int(recording.removed),
    }


def _from_row(row: Row) -> Recording:
    kept: dict[str, Any] = dict(row)
    return Recording(
        id=kept["id"],
        path=path_of(kept["path"]),
        fingerprint=Fingerprint(kept["size"], kept["slices"]),
        older_paths=paths_of(kept["older_paths"]),
        transcripts=paths_of(kept["transcripts"]),
        title=kept["title"],
        show=kept["show"],
        duration_ms=kept["duration_ms"],
        position_ms=kept["position_ms"],
        rate=kept["rate"],
        track=kept["track"],
        view=json.loads(kept["view"]),
        added_ms=kept["added_ms"],
        opened_ms=kept["opened_ms"],
        opened_seq=kept["opened_seq"],
        removed=bool(kept["removed"]),
    )
