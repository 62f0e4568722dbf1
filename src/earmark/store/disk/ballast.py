# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A file kept for the day the disk is full: deleting it makes room for what the listener is doing.

Inside `store` only. On a full disk SQLite cannot even delete a row.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_SIZE_BYTES = 4 * 1024 * 1024
_LOW_BYTES = 512 * 1024
_PLENTY_BYTES = 256 * 1024 * 1024


class Ballast:
    """The spare room of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.path = folder / "ballast"
        self.freed = False  # whether it had to be given up in this run: time to tell the listener

    def free_when_needed(self) -> None:
        """Give the room up when little else is left."""
        if self.freed or self._free_bytes() >= _LOW_BYTES:
            return
        try:
            self.path.unlink()
            self.freed = True
        except OSError:
            pass  # never made, or on a disk that lets nothing be deleted; the write itself will tell

    def keep(self) -> None:
        """Set the room aside where there is plenty."""
        if self.path.exists() or self._free_bytes() < _PLENTY_BYTES:
            return
        try:
            # Random, so that a file system that compresses does not keep it for nothing.
            self.path.write_bytes(os.urandom(_SIZE_BYTES))
            self.freed = False
        except OSError:
            self.path.unlink(missing_ok=True)

    def _free_bytes(self) -> int:
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return _PLENTY_BYTES
