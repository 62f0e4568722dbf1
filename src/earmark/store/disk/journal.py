# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The change journal: every change of the listener's data, appended beside the database.

Inside `store` only, always under the database's write lock. A frame is written and synced before its
transaction commits, so the journal holds whatever was acknowledged; after damage it is replayed over the
newest good backup. One frame a line: checksum, then JSON. A line that is torn or changed is left out.
"""

from __future__ import annotations

import errno
import json
import os
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from earmark.base.errors import UserError
from earmark.store.disk.changes import Change

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM}


class Frame(NamedTuple):
    """The changes of one transaction; `seq` is its number."""

    seq: int
    at_ms: int
    changes: tuple[Change, ...]


def disk_error(path: Path, error: OSError) -> UserError:
    """Return what a failed write means to the listener."""
    if error.errno in _FULL:
        return UserError("store-full", f"The disk is full: {path} could not be written.", path=path)
    if error.errno in _REFUSED:
        return UserError("store-read-only", f"{path} cannot be written: permission is missing.", path=path)
    return UserError("store-unwritten", f"{path} could not be written: {error.strerror}.", path=path)


class Journal:
    """The journal of one store."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._end = 0  # up to here the file was seen to hold frames of committed transactions
        self._previous_end = 0

    def append(self, seq: int, changes: Sequence[Change]) -> None:
        """Write and sync the changes of transaction `seq`, about to be committed; raises UserError."""
        body = {"seq": seq, "at": time.time_ns() // 1_000_000, "changes": [list(one) for one in changes]}
        try:
            created = not self.path.exists()
            with self._opened("r+b" if not created else "w+b") as file:
                self._drop_uncommitted(file, seq)
                self._previous_end = file.seek(0, os.SEEK_END)
                try:
                    _write(file, _line(body))
                except OSError:
                    file.truncate(self._previous_end)
                    raise
                self._end = file.tell()
            if created:
                sync_folder(self.path.parent)
        except OSError as error:
            raise disk_error(self.path, error) from error

    def doubt(self) -> None:
        """Take the frame appended last for one that may not have committed; the next `append` will know."""
        self._end = min(self._end, self._previous_end)

    def frames(self, after: int = 0) -> Iterator[Frame]:
        """Yield the sound frames whose number is above `after`, in their order."""
        try:
            with self._opened("rb") as file:
                for line in file:
                    frame = _frame(line)
                    if frame is not None and frame.seq > after:
                        yield frame
        except FileNotFoundError:
            return

    def trim(self, upto: int) -> None:
        """Forget the frames that every kept backup holds already; raises UserError."""
        kept = list(self.frames(upto))
        part = self.path.with_suffix(".part")
        try:
            with part.open("wb") as file:
                for frame in kept:
                    changes = [list(one) for one in frame.changes]
                    file.write(_line({"seq": frame.seq, "at": frame.at_ms, "changes": changes}))
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
            sync_folder(self.path.parent)
        except OSError as error:
            raise disk_error(self.path, error) from error
        self._end = 0

    def size(self) -> int:
        """Return how many bytes it holds."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def _opened(self, mode: str) -> Any:
        return self.path.open(mode, buffering=0 if "+" in mode else -1)

    def _drop_uncommitted(self, file: Any, seq: int) -> None:
        """Cut off what a transaction left that never committed: a torn line, or a number not yet reached."""
        if file.seek(0, os.SEEK_END) == self._end:
            return
        file.seek(min(self._end, file.tell()))
        start = keep = file.tell()
        for line in file.read().splitlines(keepends=True):
            start += len(line)
            frame = _frame(line)
            if line.endswith(b"\n") and (frame is None or frame.seq < seq):
                keep = start
            else:
                break
        file.truncate(keep)


def sync_folder(folder: Path) -> None:
    """Make a new or renamed file's name last; does nothing where folders cannot be synced."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(file: Any, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
    os.fsync(file.fileno())


def _line(body: dict[str, Any]) -> bytes:
    text = json.dumps(body, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _frame(line: bytes) -> Frame | None:
    try:
        if not line.endswith(b"\n") or int(line[:8], 16) != zlib.crc32(line[9:-1]):
            return None
        body = json.loads(line[9:-1])
        changes = tuple(Change(table, key, row) for table, key, row in body["changes"])
        return Frame(int(body["seq"]), int(body["at"]), changes)
    except (ValueError, KeyError, TypeError):
        return None
