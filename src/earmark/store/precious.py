# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The file of what the listener made: every transaction is counted, and journalled before it commits.

Inside `store` only, on the store's lane.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from earmark.base.errors import UserError
from earmark.store.ballast import Ballast
from earmark.store.changes import Change
from earmark.store.database import PRECIOUS, Database
from earmark.store.journal import Journal


class PreciousDatabase(Database):
    """A database whose changes of rows are gathered, numbered and journalled."""

    def __init__(
        self, path: Path, *, read_only: bool = False, vfs: str | None = None, journal: Journal | None = None
    ) -> None:
        super().__init__(path, PRECIOUS, read_only=read_only, vfs=vfs)
        self.journal = journal
        self.ballast = Ballast(path.parent)
        self._changes: list[Change] = []
        self._journalled = False

    @property
    def seq(self) -> int:
        """How many transactions changed something since the file was made."""
        return int(self.value("SELECT seq FROM history"))

    def changed(self, change: Change) -> None:
        """Take note of a change made in the transaction under way."""
        self._changes.append(change)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """As for any database; after a failing disk the file is opened anew before it is trusted again."""
        if not self.connection.in_transaction:
            self.ballast.free_when_needed()
        try:
            with super().transaction():
                yield
        except UserError as error:
            if error.code == "store-unwritten" and not self.connection.in_transaction:
                self.reopen()
            raise
        if not self.connection.in_transaction:
            self._changes.clear()
            self._journalled = False

    def before_commit(self) -> None:
        """Count the transaction and journal its changes."""
        if not self._changes:
            return
        self.execute("UPDATE history SET seq = seq + 1")
        if self.journal is not None:
            self.journal.append(self.seq, self._changes)
            self._journalled = True

    def roll_back(self) -> None:
        """Undo the transaction under way and what the journal says of it."""
        if self._journalled and self.journal is not None:
            self.journal.retract()
        self._journalled = False
        self._changes.clear()
        super().roll_back()
