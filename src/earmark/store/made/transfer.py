# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Everything the listener made into one file, and back: for a new computer. On the store's lane.

The file read is not trusted: it is copied, checked, and only its rows are taken, never its schema.
"""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import apsw

from earmark.base.errors import UserError
from earmark.base.files import check_place, check_source, read_fault, write_fault
from earmark.store.disk.database import APPLICATION_ID, translated
from earmark.store.disk.journal import sync_folder
from earmark.store.disk.migrations import is_newer, migrate, spoken_version
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.rows import faults_of, user_tables
from earmark.store.disk.schema import USER_STEPS
from earmark.store.made.backup import copy_verified

_MAX_BYTES = 2 * 1024**3


class Contents(NamedTuple):
    """How much a file of this kind holds."""

    recordings: int
    bookmarks: int
    settings: int


def write_all(database: PreciousDatabase, target: Path) -> Contents:
    """Write everything to `target`, in place of what is there only once it is verified; raises UserError."""
    target = target.absolute()
    check_place(target)
    if target.parent.resolve() == database.path.parent.resolve():
        raise UserError(
            "own-folder", f"{target.parent} is where Earmark keeps its data; back up to another folder."
        )
    part = target.with_name(f".{target.name}.part")
    try:
        copy_verified(database, part)
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise write_fault(target, error) from error
    except UserError as error:
        if error.code == "store-full":
            raise write_fault(target, OSError(errno.ENOSPC, "")) from error
        if error.code in ("store-unopened", "store-unwritten", "store-read-only"):
            raise UserError("not-written", f"{target.name} cannot be written there.", path=target) from error
        raise
    return contents(database)


def read_all(database: PreciousDatabase, source: Path, room: Path) -> Contents:
    """Put what `source` holds in the place of everything, in one transaction; raises UserError.

    `room` is a folder for a copy of it.
    """
    check_source(source)
    if source.samefile(database.path):
        raise UserError("own-store", f"{source} is what Earmark works with now, not a backup.", path=source)
    part = room / "restoring.part"
    part.unlink(missing_ok=True)
    try:
        if source.stat().st_size > _MAX_BYTES:
            raise UserError("backup-too-large", f"{source} is too large to be a backup.", path=source)
        shutil.copyfile(source, part)
        copy = _opened(source, part)
        try:
            _pour(copy, database)
        finally:
            copy.close()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise UserError(
                "store-full", f"The disk is full: {source.name} could not be restored."
            ) from error
        raise read_fault(source, error) from error
    finally:
        part.unlink(missing_ok=True)
        part.with_name(part.name + "-journal").unlink(missing_ok=True)
    return contents(database)


def contents(database: PreciousDatabase) -> Contents:
    """Count what a database holds."""
    counts = (database.value(f"SELECT count(*) FROM {name}") for name in ("recording", "bookmark", "setting"))
    return Contents(*(int(count) for count in counts))


def _opened(source: Path, part: Path) -> PreciousDatabase:
    try:
        copy = PreciousDatabase(part)
    except UserError as error:
        raise _no_backup(source, error.message) from error
    try:
        with translated(part):
            _check(copy, source)
    except (UserError, apsw.Error) as error:
        copy.close()
        if isinstance(error, UserError) and error.code.startswith("backup-"):
            raise
        raise _no_backup(source, str(error)) from error
    return copy


def _check(copy: PreciousDatabase, source: Path) -> None:
    if copy.application_id != APPLICATION_ID:
        raise _no_backup(source, "another application id")
    if is_newer(copy, USER_STEPS):
        version = spoken_version(copy.version)
        message = f"{source} was written by a newer Earmark (format {version}); this one cannot read it."
        raise UserError("backup-newer", message, path=source)
    if copy.value("SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"):
        raise _no_backup(source, "triggers or views")
    migrate(copy, USER_STEPS)
    faults = faults_of(copy)
    if faults:
        raise UserError(
            "backup-damaged", f"{source} is damaged; nothing was changed.", path=source, detail=faults
        )


def _pour(copy: PreciousDatabase, database: PreciousDatabase) -> None:
    with database.transaction():
        sources = user_tables(copy)
        for name, table in user_tables(database).items():
            table.clear()
            for row in sources[name].rows():
                table.put(row)


def _no_backup(source: Path, detail: str) -> UserError:
    return UserError(
        "backup-unreadable",
        f"{source} is not a backup of Earmark; nothing was changed.",
        path=source,
        detail=detail,
    )
