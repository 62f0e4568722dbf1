# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The file of what the listener made: every transaction is counted and its changes are known.

Inside `store` only, on the store's lane.
"""

from __future__ import annotations

from pathlib import Path

from earmark.store.changes import Change
from earmark.store.database import PRECIOUS, Database


class PreciousDatabase(Database):
    """A database whose changes of rows are gathered and numbered."""

    def __init__(self, path: Path, *, read_only: bool = False, vfs: str | None = None) -> None:
        super().__init__(path, PRECIOUS, read_only=read_only, vfs=vfs)
        self._changes: list[Change] = []

    @property
    def seq(self) -> int:
        """How many transactions changed something since the file was made."""
        return int(self.value("SELECT seq FROM history"))

    def changed(self, change: Change) -> None:
        """Take note of a change made in the transaction under way."""
        self._changes.append(change)

    def before_commit(self) -> None:
        """Count the transaction."""
        if self._changes:
            self.execute("UPDATE history SET seq = seq + 1")
            self._changes.clear()

    def roll_back(self) -> None:
        """Undo the transaction under way and forget its changes."""
        self._changes.clear()
        super().roll_back()
