# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The listener's store: opens what they made and offers it by subject.

Opened on the main thread at start (nothing else uses it yet), then used on `Lane.STORE` only: one
connection, one thread at a time. What a method returns is on the disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.store.disk.journal import Journal
from earmark.store.disk.migrations import is_foreign, is_newer, migrate, spoken_version
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.rows import faults_of, schema_fault
from earmark.store.disk.schema import USER_STEPS
from earmark.store.made.backup import Backup, Backups, age_s
from earmark.store.made.bookmarks import Bookmarks
from earmark.store.made.corrections import Corrections
from earmark.store.made.heard import Heard
from earmark.store.made.recordings import Recordings
from earmark.store.made.settings import Settings

if TYPE_CHECKING:
    from earmark.store.made.transfer import Contents

# Recovery and transfer are loaded when they are needed: the store is opened before the first page is painted.

FILE_NAME = "user.db"
JOURNAL_NAME = "user.journal"
_BACKUP_EVERY_S = 30 * 60
_LONG_JOURNAL_BYTES = 4 * 1024 * 1024
_BACKUPS_COVERED = 3  # the journal reaches back to the third newest backup, in case two are bad


class Store:
    """What the listener made, in one file.

    `notices` tells what the listener should know about how it was opened: UserErrors with the codes
    store-newer, store-read-only, store-restored.
    """

    def __init__(
        self, database: PreciousDatabase, backups: Backups, notices: tuple[UserError, ...] = ()
    ) -> None:
        self._database = database
        self._checked_seq = -1
        self.backups = backups
        self.notices = notices
        self.recordings = Recordings(database)
        self.settings = Settings(database)
        self.bookmarks = Bookmarks(database)
        self.heard = Heard(database)
        self.corrections = Corrections(database)

    @classmethod
    def open(
        cls, profile: Profile, may_restore: Callable[[], bool] = lambda: True, *, blank: bool = False
    ) -> Store:
        """Open the store of a profile, making, migrating or restoring it where needed; raises UserError.

        `may_restore` says whether another file may take the place of a damaged one: not while a window
        keeps it open. With `blank`, where nothing was ever kept and the disk has no room to begin, it is an
        empty store that keeps nothing.
        """
        if not os.access(profile.data, os.W_OK | os.X_OK):
            profile.make()
        path = profile.data / FILE_NAME
        backups, journal = Backups(profile.data / "backups"), Journal(profile.data / JOURNAL_NAME)
        notices: tuple[UserError, ...] = ()
        gone = _is_gone(path)
        known = gone and bool(journal.size() or backups.all())
        if known and may_restore():
            notices = _recover(path, backups, journal)
        try:
            return cls._opened(path, backups, journal, notices)
        except UserError as error:
            if blank and gone and not known and error.code == "store-full":
                return cls._blank(path, backups)
            if error.code != "store-damaged" or not may_restore():
                raise
        return cls._opened(path, backups, journal, _recover(path, backups, journal))

    @classmethod
    def _opened(cls, path: Path, backups: Backups, journal: Journal, notices: tuple[UserError, ...]) -> Store:
        writable = os.access(path.parent, os.W_OK)
        database = PreciousDatabase(path, read_only=not writable, journal=journal)
        try:
            trouble = _trouble(database)
            if trouble is not None:
                database.close()
                database = PreciousDatabase(path, read_only=True)
                if fault := schema_fault(database):
                    reason = f"{path} cannot be read by this Earmark."
                    raise UserError(trouble.code, f"{trouble.message} {reason}", path=path, detail=fault)
                notices = (*notices, trouble)
            else:
                _bring_up_to_date(database, backups)
        except BaseException:
            database.close()
            raise
        return cls(database, backups, notices)

    @classmethod
    def _blank(cls, path: Path, backups: Backups) -> Store:
        database = PreciousDatabase(path, vfs="memdb")  # in memory, under the name of the file
        migrate(database, USER_STEPS)
        database.read_only = True
        reason = f"The disk is full: {path} could not be written; what you do now is not kept."
        return cls(database, backups, (UserError("store-full", reason, path=path),))

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be kept."""
        return self._database.read_only

    @property
    def disk_was_full(self) -> bool:
        """Whether the spare room had to be given up: time to tell the listener."""
        return self._database.ballast.freed

    def faults(self) -> list[str]:
        """Return what is wrong with the file or its rows; empty for a sound store. Reads everything."""
        return faults_of(self._database)

    def maintain(self) -> UserError | None:
        """Verify, and back up where due; for a quiet moment. Returns what to tell, if anything.

        A damaged file is restored under the same `Store`.
        """
        if self.read_only or self._database.seq == self._checked_seq:
            return None
        if self.faults():
            return self.restore_damaged()
        self._database.ballast.keep()
        if self._backup_due():
            self.back_up()
        self._checked_seq = self._database.seq
        return None

    def back_up(self) -> Backup:
        """Make a backup now, and let go of old ones; raises UserError."""
        made = self.backups.make(self._database)
        self.backups.thin()
        journal, kept = self._database.journal, self.backups.all()
        if journal is not None and journal.size() > _LONG_JOURNAL_BYTES and len(kept) >= _BACKUPS_COVERED:
            with self._database.transaction():  # nobody appends meanwhile
                journal.trim(kept[_BACKUPS_COVERED - 1].seq)
        return made

    def restore_damaged(self) -> UserError:
        """Put a sound file in the place of this one; returns what to tell. Raises UserError."""
        journal = self._database.journal or Journal(self.path.with_name(JOURNAL_NAME))
        self._database.give_up_connection()
        told = _recover(self.path, self.backups, journal)
        other = f"Your data in {self.path} was damaged; another window has restored it."
        return told[0] if told else UserError("store-restored", other, path=self.path)

    def write_all(self, target: Path) -> Contents:
        """Write everything to one file, verified; raises UserError."""
        from earmark.store.made.transfer import write_all

        return write_all(self._database, target)

    def read_all(self, source: Path) -> Contents:
        """Put what such a file holds in the place of everything, after a backup; raises UserError."""
        from earmark.store.made.transfer import read_all

        self.back_up()
        return read_all(self._database, source, self.path.parent)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _backup_due(self) -> bool:
        newest = next(iter(self.backups.all()), None)
        if newest is None:
            return self._database.seq > 0
        return self._database.seq > newest.seq and not 0 <= age_s(newest) < _BACKUP_EVERY_S


def _is_gone(path: Path) -> bool:
    """Tell whether a file is missing or empty: new, unless the journal or a backup says otherwise."""
    try:
        return path.stat().st_size == 0
    except OSError:
        return True


def _trouble(database: PreciousDatabase) -> UserError | None:
    """Return why a file is opened for reading only, None when it need not be; raises UserError."""
    path = database.path
    if is_foreign(database):
        raise UserError("store-foreign", f"{path} is a database of another program.", path=path)
    if is_newer(database, USER_STEPS):
        version = spoken_version(database.version)
        reason = f"Your data was written by a newer Earmark (format {version}); it can be read, not changed."
        return UserError("store-newer", reason, path=path)
    if fault := database.quick_check():
        raise UserError("store-damaged", f"{path} is damaged.", path=path, detail=fault)
    if database.read_only:
        reason = f"{path} cannot be written; what you do now is not kept."
        return UserError("store-read-only", reason, path=path)
    return None


def _recover(path: Path, backups: Backups, journal: Journal) -> tuple[UserError, ...]:
    """Return what to tell of it; nothing where another program was quicker."""
    from earmark.store.made.recovery import recover

    told = recover(path, backups, journal)
    return () if told is None else (told,)


def _bring_up_to_date(database: PreciousDatabase, backups: Backups) -> None:
    version = database.version
    if 0 < version < USER_STEPS[-1].version:
        backups.make(database)
    migrate(database, USER_STEPS)
    if fault := schema_fault(database):
        path = database.path
        raise UserError("store-damaged", f"{path} is damaged.", path=path, detail=fault)
