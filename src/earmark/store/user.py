# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The listener's store: opens what they made and offers it by subject.

Opened on the main thread at start (nothing else uses it yet), then used on `Lane.STORE` only: one
connection, one thread at a time. What a method returns is on the disk.
"""

from __future__ import annotations

from pathlib import Path

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.store.migrations import is_foreign, is_newer, migrate, spoken_version
from earmark.store.precious import PreciousDatabase
from earmark.store.recordings import Recordings
from earmark.store.schema import USER_STEPS
from earmark.store.settings import Settings

FILE_NAME = "user.db"


class Store:
    """What the listener made, in one file.

    `notices` tells what the listener should know about how it was opened (read-only, restored, …).
    """

    def __init__(self, database: PreciousDatabase, notices: tuple[UserError, ...] = ()) -> None:
        self._database = database
        self.notices = notices
        self.recordings = Recordings(database)
        self.settings = Settings(database)

    @classmethod
    def open(cls, profile: Profile) -> Store:
        """Open the store of a profile, making or migrating it where needed; raises UserError."""
        profile.make()
        path = profile.data / FILE_NAME
        database = PreciousDatabase(path)
        try:
            return cls._opened(database)
        except BaseException:
            database.close()
            raise

    @classmethod
    def _opened(cls, database: PreciousDatabase) -> Store:
        path = database.path
        if is_foreign(database):
            raise UserError("store-foreign", f"{path} is a database of another program.", path=path)
        if is_newer(database, USER_STEPS):
            version = spoken_version(database.version)
            database.close()
            reason = (
                f"Your data was written by a newer Earmark (format {version}); it can be read, not changed."
            )
            return cls(PreciousDatabase(path, read_only=True), (UserError("store-newer", reason, path=path),))
        if database.read_only:
            reason = f"{path} cannot be written; what you do now is not kept."
            return cls(database, (UserError("store-read-only", reason, path=path),))
        if fault := database.quick_check():
            raise UserError("store-damaged", f"{path} is damaged.", path=path, detail=fault)
        migrate(database, USER_STEPS)
        return cls(database)

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be kept."""
        return self._database.read_only

    def faults(self) -> list[str]:
        """Return what is wrong with the file or its rows; empty for a sound store. Reads everything."""
        fault = self._database.quick_check()
        if fault:
            return [fault]
        return [*self.recordings.table.faults(), *self.settings.table.faults()]

    def close(self) -> None:
        """Close the file."""
        self._database.close()
