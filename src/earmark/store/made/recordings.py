# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The recordings the listener has opened or added, and where they were in each. On the store's lane."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypedDict, Unpack

from earmark.base.errors import BugError
from earmark.domain.items import Fingerprint, Recording
from earmark.store.disk.changes import Row
from earmark.store.disk.paths import list_text, path_of, paths_of, text_of
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.rows import Table

_KEPT_PATHS = 8


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

    def of_file(self, path: Path, mark: Fingerprint) -> Recording:
        """Return the recording a file is, adding it when it is new.

        A file that was moved is known by its fingerprint, one whose tags were edited by its path.
        """
        with self._database.transaction():
            known = self.find(path, mark)
            if known is None:
                known = Recording(os.urandom(16).hex(), path.absolute(), mark, added_ms=_now_ms())
                self._put(known)
            elif (known.path, known.fingerprint) != (path.absolute(), mark) or known.removed:
                known = self._moved(known._replace(removed=False), path.absolute(), mark)
            return known

    def add_all(
        self, files: Iterable[tuple[Path, Fingerprint, Remembered]], *, revive: bool = True
    ) -> list[Recording]:
        """Keep what many files are and what is to be remembered of each: all or nothing; returns them.

        A copy of a file that is still where it was adds nothing. What was removed comes back only with
        `revive`, else it is left out of what is returned.
        """
        added: list[Recording] = []
        with self._database.transaction():
            for path, mark, what in files:
                known = self.find(path, mark)
                if known is not None and known.removed and not revive:
                    continue
                if known is None or known.removed or not _is_copy(known, path, mark):
                    known = self.of_file(path, mark)
                kept = tuple(one for one in known.transcripts if one.exists())
                theirs = (*kept, *(one for one in what.get("transcripts", ()) if one not in kept))
                changes: Remembered = {**what, "transcripts": theirs}
                added.append(self._change(known.id, **changes))
        return added

    def find(self, path: Path, mark: Fingerprint | None = None) -> Recording | None:
        """Return the recording with a fingerprint, else the one last seen at a path; None without one."""
        if mark is not None:
            found = self._some("WHERE slices = ? AND size = ?", mark.slices, mark.size)
            if found:
                return next((one for one in found if one.path == path.absolute()), found[0])
        found = self._some("WHERE path = ? ORDER BY opened_seq DESC", text_of(path))
        return found[0] if found else None

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

    def relocate(self, recording: str, path: Path) -> Recording:
        """Note where a recording's file is now."""
        with self._database.transaction():
            known = self._known(recording)
            return self._moved(known, path.absolute(), known.fingerprint)

    def relocate_folder(self, old: Path, new: Path) -> list[Recording]:
        """Note that everything under a folder is under another now; returns the recordings moved."""
        moved = []
        with self._database.transaction():
            for known in self._some(""):
                files = (known.path, *known.transcripts)
                if any(path.is_relative_to(old) for path in files):
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
        moved = known._replace(path=path, fingerprint=mark, older_paths=tuple(older))
        self._put(moved)
        return moved

    def _put(self, recording: Recording) -> None:
        self.table.put(_to_row(recording))

    def _some(self, tail: str, *bindings: str | int) -> list[Recording]:
        return [_from_row(row) for row in self.table.rows(tail, bindings)]


def _under(path: Path, old: Path, new: Path) -> Path:
    return new / path.relative_to(old) if path.is_relative_to(old) else path


def _is_copy(known: Recording, path: Path, mark: Fingerprint) -> bool:
    return known.path != path.absolute() and known.fingerprint == mark and known.path.exists()


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
