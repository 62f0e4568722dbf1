# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What is done when the listener's file is damaged or gone: never an empty start, never a silent one.

Inside `store` only; of several programs that find the damage at once, one recovers and the others wait. The
newest sound backup is taken and the change journal replayed over it; without a backup the journal alone, or
what the damaged file still holds. The damaged file is put aside, not deleted.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import apsw

from earmark.base.errors import UserError
from earmark.store.disk.database import alone
from earmark.store.disk.journal import Frame, Journal, disk_error, sync_folder
from earmark.store.disk.migrations import migrate
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.rows import user_tables
from earmark.store.disk.schema import USER_STEPS
from earmark.store.made.backup import Backup, Backups, is_sound

_LOCK_NAME = "recovery.lock"
_WAIT_MS = 60_000  # a large store takes a while


def recover(path: Path, backups: Backups, journal: Journal) -> UserError | None:
    """Put a sound file in the place of a damaged or missing one; returns what to tell. Raises UserError.

    None where another program did so while this one waited.
    """
    with alone(path.with_name(_LOCK_NAME), _WAIT_MS):
        return None if path.exists() and is_sound(path) else _recover(path, backups, journal)


def _recover(path: Path, backups: Backups, journal: Journal) -> UserError:
    part = path.with_suffix(".part")
    try:
        backup = _newest_sound(backups, part)
        database = PreciousDatabase(part)
        try:
            migrate(database, USER_STEPS)
            after = database.seq
            if backup is None and not _begins_at_first(journal):
                _salvage(path, database)
            replayed = _replay(database, journal.frames(after))
            missed = database.seq - after - replayed
        finally:
            database.close()
        aside = _put_aside(path)
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise disk_error(path, error) from error
    return _told(path, backup, replayed, missed, aside)


def _newest_sound(backups: Backups, part: Path) -> Backup | None:
    """Copy the newest backup that is what was written to `part`; None, and no file, without one."""
    for backup in backups.all():
        _remove(part)
        shutil.copyfile(backup.path, part)
        if is_sound(part):
            return backup
    _remove(part)
    return None


def _begins_at_first(journal: Journal) -> bool:
    first = next(iter(journal.frames()), None)
    return first is not None and first.seq == 1


def _replay(database: PreciousDatabase, frames: Iterable[Frame]) -> int:
    tables = user_tables(database)
    count, seq = 0, database.seq
    with database.transaction():
        for frame in frames:
            for change in frame.changes:
                table = tables.get(change.table)
                if table is None:
                    continue  # of a program with more tables
                if change.row is None:
                    table.remove(change.key)
                elif set(change.row) == set(table.columns):
                    table.put(change.row)
            count, seq = count + 1, max(seq, frame.seq)
    database.execute("UPDATE history SET seq = ?", (seq,))
    return count


def _salvage(path: Path, database: PreciousDatabase) -> None:
    """Take over the rows of a damaged file that can be read and are what was written."""
    try:
        damaged = PreciousDatabase(path, read_only=True)
    except UserError:
        return
    try:
        with database.transaction():
            targets = user_tables(database)
            for name, table in user_tables(damaged).items():
                for row in table.sound_rows():
                    targets[name].put(row)
        _take_number(damaged, database)
    finally:
        damaged.close()


def _take_number(damaged: PreciousDatabase, database: PreciousDatabase) -> None:
    try:
        database.execute("UPDATE history SET seq = ?", (damaged.seq,))
    except (UserError, apsw.Error, TypeError, ValueError):
        return


def _put_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    aside = path.with_name(f"{path.stem}.damaged-{datetime.now():%Y%m%d-%H%M%S-%f}.db")
    # Its rollback journal goes along: beside the new file it would be rolled back into it.
    hot = path.with_name(path.name + "-journal")
    if hot.exists():
        hot.replace(aside.with_name(aside.name + "-journal"))
    try:
        os.link(path, aside)  # so that there is never no file: another program would begin an empty one
    except OSError:
        path.replace(aside)
    return aside


def _remove(part: Path) -> None:
    part.unlink(missing_ok=True)
    part.with_name(part.name + "-journal").unlink(missing_ok=True)


def _told(path: Path, backup: Backup | None, replayed: int, missed: int, aside: Path | None) -> UserError:
    what = "damaged" if aside else "missing"
    if backup is not None:
        source = f"It was restored from the backup of {backup.told} and {_counted(replayed)} made since."
    elif replayed:
        source = f"It was restored from {_counted(replayed)} in its journal."
    else:
        source = "What could still be read was kept."
    lost = f" {_counted(missed)} could not be read." if missed > 0 else ""
    kept = f" The damaged file is kept as {aside.name}." if aside else ""
    return UserError(
        "store-restored",
        f"Your data in {path} was {what}. {source}{lost}{kept}",
        path=path,
        backup=backup.made if backup else None,
        replayed=replayed,
        missed=missed,
        aside=aside,
    )


def _counted(changes: int) -> str:
    return "1 change" if changes == 1 else f"{changes} changes"
