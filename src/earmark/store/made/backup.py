# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Backups of what the listener made: made by SQLite's own copying, verified before they count, thinned.

On the store's lane. A backup's name carries the number of its last transaction and the date; the number
orders (clocks jump), the date is told.
"""

from __future__ import annotations

import os
import re
import time
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import apsw

from earmark.base.errors import UserError
from earmark.store.disk.database import translated
from earmark.store.disk.journal import disk_error, sync_folder
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.rows import faults_of

_NAME = re.compile(r"user-(\d{12})-(\d{8}-\d{6})\.db")
_STAMP = "%Y%m%d-%H%M%S"
_ALWAYS_KEPT = 3
_ALL_DAYS, _DAILY, _WEEKLY, _MONTHLY = 2, 12, 10, 9


class Backup(NamedTuple):
    """A backup on the disk."""

    seq: int
    made: datetime
    path: Path

    @property
    def told(self) -> str:
        """Its date as it is told: `3 May 2026, 14:02`."""
        return f"{self.made.day} {self.made:%B %Y, %H:%M}"


class Backups:
    """The backups in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[Backup]:
        """Return the backups there are, the newest first; not yet verified again."""
        found = []
        for path in self.folder.glob("user-*.db") if self.folder.is_dir() else ():
            if match := _NAME.fullmatch(path.name):
                try:
                    found.append(Backup(int(match[1]), datetime.strptime(match[2], _STAMP), path))
                except ValueError:
                    continue  # a date that is none: not one of ours
        return sorted(found, reverse=True)

    def make(self, database: PreciousDatabase, now: datetime | None = None) -> Backup:
        """Copy, verify, name; raises UserError and leaves nothing half-made."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = now or datetime.now()
        part = self.folder / "making.part"
        seq = copy_verified(database, part)
        made = Backup(seq, now, self.folder / f"user-{seq:012d}-{now:{_STAMP}}.db")
        part.replace(made.path)
        sync_folder(self.folder)
        return made

    def thin(self, now: datetime | None = None) -> list[Path]:
        """Delete what is no longer worth its room; returns what was deleted."""
        gone = []
        for backup in superfluous(self.all(), now or datetime.now()):
            try:
                backup.path.unlink()
                gone.append(backup.path)
            except OSError:
                continue  # it is tried again next time
        return gone


def superfluous(backups: list[Backup], now: datetime) -> list[Backup]:
    """Return which of the backups (newest first) thinning lets go.

    All of two days stay, then one a day for 12 days, one a week for 10 weeks, one a month for 9 months; and
    the newest three whatever their dates say.
    """
    kept = set(backups[:_ALWAYS_KEPT])
    kept.update(one for one in backups if (now - one.made).days < _ALL_DAYS)
    for form, count in (("%Y-%m-%d", _DAILY), ("%G-%V", _WEEKLY), ("%Y-%m", _MONTHLY)):
        newest_of: dict[str, Backup] = {}
        for one in backups:
            newest_of.setdefault(f"{one.made:{form}}", one)
        kept.update(newest_of[period] for period in sorted(newest_of, reverse=True)[:count])
    return [one for one in backups if one not in kept]


def copy_verified(database: PreciousDatabase, target: Path) -> int:
    """Copy a live database to a new file, verify and sync it; returns the number of its last transaction.

    Raises UserError; `target` is gone then.
    """
    try:
        target.unlink(missing_ok=True)
        with translated(target):
            copy = apsw.Connection(str(target))
            try:
                with copy.backup("main", database.connection, "main") as backup:
                    backup.step()
            finally:
                copy.close()
        fault, seq = _examined(target)
        if fault:
            raise UserError("store-damaged", f"{database.path} is damaged.", path=database.path, detail=fault)
        _sync_file(target)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise disk_error(target, error) from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return seq


def is_sound(path: Path) -> bool:
    """Tell whether a closed database file is what was written."""
    try:
        return _examined(path)[0] is None
    except UserError:
        return False


def age_s(backup: Backup) -> float:
    """Return how long ago a backup was made by the clock; negative when the clock was set back."""
    return time.time() - backup.made.timestamp()


def _examined(path: Path) -> tuple[str | None, int]:
    database = PreciousDatabase(path, read_only=True)
    try:
        with translated(path):
            faults = faults_of(database)
            return (faults[0], 0) if faults else (None, database.seq)
    except apsw.SQLError as error:
        return str(error), 0
    finally:
        database.close()


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
