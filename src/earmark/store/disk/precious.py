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
from earmark.store.disk.ballast import Ballast
from earmark.store.disk.changes import Change
from earmark.store.disk.database import PRECIOUS, Database
from earmark.store.disk.journal import Journal


class PreciousDatabase(Database):
    """A database whose changes of rows are gathered, numbered and journalled."""

    def __init__(
        self, path: Path, *, read_only: bool = False, vfs: str | None = None, journal: Journal | None = None
    ) -> None:
        super().__init__(path, PRECIOUS, read_only=read_only, vfs=vfs)
        self.journal = journal
        self.ballast = Ballast(path.parent)
        self._changes: list[Change] = []
        self._committing = 0  # the number of the transaction whose commit is under way

    @property
    def seq(self) -> int:
        """How many transactions changed something since the file was made."""
        return int(self.value("SELECT seq FROM history"))

    def changed(self, change: Change) -> None:
        """Take note of a change made in the transaction under way."""
        self._changes.append(change)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """As for any database; and where a failing disk leaves open whether it was kept, find out."""
        if self.connection.in_transaction:
            yield
            return
        self.ballast.free_when_needed()
        self._committing = 0
        try:
            with super().transaction():
                yield
        except UserError:
            if not self._took_effect():
                raise
        finally:
            self._changes.clear()

    def before_commit(self) -> None:
        """Count the transaction and journal its changes."""
        if not self._changes:
            return
        self.execute("UPDATE history SET seq = seq + 1")
        if self.journal is not None:
            self.journal.append(self.seq, self._changes)
        self._committing = self.seq

    def _took_effect(self) -> bool:
        """Tell whether a commit that failed is in the file all the same, and make sure it stays there.

        A sync that fails late leaves the change in the file; to say it is lost would be as wrong as to trust
        the connection, so the file is opened anew, looked at, and synced once more.
        """
        if not self._committing:
            return False
        if self.journal is not None:
            self.journal.doubt()
        self.give_up_connection()
        try:
            if self.seq != self._committing:
                return False
            self.execute("BEGIN IMMEDIATE; UPDATE history SET seq = seq; COMMIT")
        except UserError:
            self.roll_back()
            return False
        return True
