# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The numbered steps from an empty file to today's, and how they are taken. Inside `store` only.

A version is major << 16 | minor. A minor step adds what an older program may leave alone; a file with a
newer major is opened read-only. All steps that are missing are taken in one transaction, together with the
version they lead to, so a file is never half-way.
"""

from __future__ import annotations

from typing import NamedTuple

from earmark.base.errors import BugError, UserError
from earmark.store.disk.database import APPLICATION_ID, Database


class Step(NamedTuple):
    """What leads to `version`."""

    version: int
    sql: str


def major(version: int) -> int:
    """Return the part of a version that an older program must not ignore."""
    return version >> 16


def spoken_version(version: int) -> str:
    """Return `1.2`."""
    return f"{version >> 16}.{version & 0xFFFF}"


def is_newer(database: Database, steps: tuple[Step, ...]) -> bool:
    """Tell whether a file was written by a program this one must not write after."""
    return major(database.version) > major(steps[-1].version)


def is_foreign(database: Database) -> bool:
    """Tell whether a file is a database, but none of ours."""
    if database.application_id == APPLICATION_ID:
        return False
    return int(database.value("SELECT count(*) FROM sqlite_schema")) > 0


def migrate(database: Database, steps: tuple[Step, ...]) -> bool:
    """Take the steps a file has not seen; returns whether there were any. Raises UserError."""
    missing = [step for step in steps if step.version > database.version]
    if not missing:
        return False
    with database.transaction():
        for step in missing:
            database.execute(step.sql)
        if database.query("PRAGMA foreign_key_check"):
            raise BugError("a migration left rows without their parents")
        if fault := database.quick_check():
            raise UserError("store-damaged", f"{database.path} is damaged.", path=database.path, detail=fault)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {missing[-1].version}")
    return True
