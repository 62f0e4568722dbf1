# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The file of the library index: opened where it is sound and current, else thrown away and made anew.

For `index`; on its thread.
"""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.store.disk.database import APPLICATION_ID, REBUILDABLE, Database, alone
from earmark.store.disk.journal import disk_error

FILE_NAME = "library.db"
UNFILLED = 4 << 16  # the version of a file that does not hold yet what the listener's store knows of
FILLED = UNFILLED + 1
_SCHEMA = f"""
CREATE TABLE recording (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    known_as TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE transcript (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recording TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    format TEXT NOT NULL,
    terms INTEGER NOT NULL,
    rough INTEGER NOT NULL,
    speakers TEXT NOT NULL,
    turns TEXT NOT NULL,
    UNIQUE (recording, path)
) STRICT;

-- What other wordings of a recording say, beside the one that leads.
CREATE TABLE wording (transcript INTEGER PRIMARY KEY, leader INTEGER NOT NULL, runs BLOB NOT NULL) STRICT;
CREATE INDEX wording_leader ON wording (leader);

CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    numbers BLOB NOT NULL,
    cues TEXT NOT NULL,
    speakers TEXT
) STRICT;

-- Terms come folded and with single blanks between; this tokenizer splits there and nowhere else.
CREATE VIRTUAL TABLE words USING fts5
    (body, content='', contentless_delete=1, tokenize="ascii", prefix='2 3');

-- Every term ever met: to list FTS5's own vocabulary takes reading the whole index.
CREATE TABLE spelling (term TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {UNFILLED};
"""
_LOCK_NAME = "library.lock"
_WAIT_MS = 10_000  # to throw away a large file takes a moment


def open_file(profile: Profile, *, anew: bool = False) -> Database:
    """Open the file, making it where it is missing, damaged, of another version or not wanted any more.

    Raises UserError.
    """
    path = profile.cache / FILE_NAME
    profile.make()
    with alone(path.with_name(_LOCK_NAME), _WAIT_MS):  # to look, too: what is closed takes its log with it
        database = None if anew else _current(path)
        return database or _new(path)


def file_in_memory() -> Database:
    """Make one that is kept nowhere."""
    return _new(Path(":memory:"))


def file_as_it_lies(profile: Profile) -> Database | None:
    """Open a file without anything beside it, which reading in WAL mode takes; None if that is not safe."""
    path = profile.cache / FILE_NAME
    try:
        if path.stat().st_size == 0 or _holds_more(path.with_name(path.name + "-wal")):
            return None
        database = Database(path, REBUILDABLE, read_only=True, immutable=True)
        if _is_current(database) and database.version == FILLED:
            return database
        database.close()
    except (OSError, UserError):
        pass  # why it cannot be written is what is told
    return None


def _current(path: Path) -> Database | None:
    """Open the index that is there; None where there is none, or none to use. Raises UserError."""
    if not os.access(path, os.F_OK):
        return None
    try:
        database = Database(path, REBUILDABLE)
        if _is_current(database):
            return database
        database.close()
    except UserError as error:
        if error.code != "store-damaged":
            raise
    return None


def _new(path: Path) -> Database:
    """Make an empty index in place of what is there; raises UserError."""
    try:
        for ending in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(path, error) from error
    database = Database(path, REBUILDABLE)
    try:
        with database.transaction():
            database.execute(_SCHEMA)
    except UserError:
        database.close()
        raise
    return database


def _holds_more(log: Path) -> bool:
    return log.exists() and log.stat().st_size > 0


def _is_current(database: Database) -> bool:
    try:
        return database.application_id == APPLICATION_ID and database.version in {UNFILLED, FILLED}
    except apsw.Error:
        return False
