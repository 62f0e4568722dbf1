# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""One SQLite file: opened with its set-up, written in transactions, its errors told in plain words.

Inside `store` only. A connection is used by one thread at a time; the listener's data has exactly one.
Nothing here or elsewhere may `open()` or copy a live file: that drops SQLite's locks.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from earmark.base.errors import UserError

APPLICATION_ID = 0x4541524D  # "EARM", so that file(1) and an open dialog know whose it is
BUSY_WAIT_MS = 5_000

# Why each is as it is: EXTRA and TRUNCATE lost nothing in 71,360 simulated power cuts (FULL with DELETE,
# SQLite's default, lost the last commit in 348); mapped memory turns a damaged disk into a crash.
_ALWAYS = """
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
"""
_READING = _ALWAYS + "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;"
PRECIOUS = _ALWAYS + "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA;"
if sys.platform == "darwin":
    PRECIOUS += "PRAGMA fullfsync = 1;"
REBUILDABLE = _ALWAYS + "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;"

_FULL = "The disk is full: {path} could not be written."
_LITTLE_BYTES = 64 * 1024  # what SQLite keeps beside a file takes up to 32 KB at once

_SENTENCES: tuple[tuple[type[Exception], str, str], ...] = (
    (apsw.FullError, "store-full", _FULL),
    (apsw.ReadOnlyError, "store-read-only", "{path} cannot be written: the file or its folder is read-only."),
    (apsw.PermissionsError, "store-read-only", "{path} cannot be written: permission is missing."),
    (apsw.BusyError, "store-busy", "{path} is being written by another program; try again."),
    (apsw.LockedError, "store-busy", "{path} is being written by another program; try again."),
    (apsw.CorruptError, "store-damaged", "{path} is damaged."),
    (apsw.NotADBError, "store-damaged", "{path} is damaged: it is not a database."),
    (UnicodeDecodeError, "store-damaged", "{path} is damaged: some of its text cannot be read."),
    (apsw.CantOpenError, "store-unopened", "{path} could not be opened."),
    (apsw.IOError, "store-unwritten", "{path} could not be read or written: the disk reported an error."),
)


def sqlite_version() -> str:
    """Return the version of the SQLite that is inside."""
    return apsw.sqlite_lib_version()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's complaints about files and disks into `UserError`; anything else is a bug of ours."""
    try:
        yield
    except (apsw.Error, UnicodeDecodeError) as error:
        if isinstance(error, apsw.IOError) and _no_room(path):
            raise UserError("store-full", _FULL.format(path=path), path=path, detail=str(error)) from error
        for kind, code, sentence in _SENTENCES:
            if isinstance(error, kind):
                raise UserError(code, sentence.format(path=path), path=path, detail=str(error)) from error
        raise


def _no_room(path: Path) -> bool:
    """Tell whether a disk is full: SQLite reports only that writing failed where it maps what it writes."""
    try:
        return shutil.disk_usage(path.parent).free < _LITTLE_BYTES
    except OSError:
        return False


@contextmanager
def alone(lock: Path, wait_ms: int) -> Iterator[None]:
    """Hold a lock that is let go of also when the program is killed; UserError where it stays taken."""
    with translated(lock):
        connection = apsw.Connection(str(lock))
        try:
            connection.set_busy_timeout(wait_ms)
            connection.execute("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE").fetchall()  # takes no room
            yield
        finally:
            connection.close()


class Database:
    """A connection with its set-up and its transactions."""

    def __init__(
        self,
        path: Path,
        setup: str,
        *,
        read_only: bool = False,
        immutable: bool = False,
        vfs: str | None = None,
    ) -> None:
        """Open `path`, creating it unless `read_only`; raises UserError.

        `immutable` says that nobody writes it, so that no lock and no other file is needed to read it.
        """
        self.path = path
        self._name = f"{path.as_uri()}?immutable=1" if immutable else str(path)
        self._setup = setup
        self._vfs = vfs
        self._flags = apsw.SQLITE_OPEN_READONLY
        if not read_only:
            self._flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        if immutable:
            self._flags |= apsw.SQLITE_OPEN_URI
        self._connection: apsw.Connection | None = self._connect()
        self.read_only = self.connection.readonly("main")

    @property
    def connection(self) -> apsw.Connection:
        """The connection, made anew where the last one was given up; raises UserError."""
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> apsw.Connection:
        with translated(self.path):
            connection = apsw.Connection(self._name, flags=self._flags, vfs=self._vfs)
            connection.set_busy_timeout(BUSY_WAIT_MS)
            read_only = connection.readonly("main")
            try:
                _run(connection, _READING if read_only else self._setup)
            except apsw.Error:
                connection.close()
                raise
            return connection

    def give_up_connection(self) -> None:
        """Open the file anew when it is next used: after a failed sync a connection is not to be trusted."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def query(self, sql: str, bindings: tuple[Any, ...] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with translated(self.path):
            return self.connection.execute(sql, bindings).fetchall()

    def value(self, sql: str, bindings: tuple[Any, ...] = ()) -> Any:
        """Return the first column of the first row, None without one."""
        with translated(self.path):
            return self.connection.execute(sql, bindings).get

    def execute(self, sql: str, bindings: tuple[Any, ...] | dict[str, Any] = ()) -> None:
        """Run statements that return nothing of interest."""
        with translated(self.path):
            _run(self.connection, sql, bindings)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; on leaving, what was written is on the disk. Inside another it joins that one."""
        if self.connection.in_transaction:
            yield
            return
        if self.read_only:
            raise UserError("store-read-only", f"{self.path} is open for reading only.", path=self.path)
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.before_commit()
            self.execute("COMMIT")
        except BaseException:
            self.roll_back()
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the file, whoever writes it meanwhile; its locks are taken but once.

        No query may be left unfinished within.
        """
        self.execute("BEGIN")
        try:
            yield
        finally:
            try:
                self.roll_back()
            except apsw.InterruptError:
                self.roll_back()  # the wish to stop came when all was read; it is spent now

    def before_commit(self) -> None:
        """Do what must be done before a transaction counts; overridden where there is something."""

    def roll_back(self) -> None:
        """Undo the transaction under way, if SQLite has not already."""
        if self._connection is not None and self._connection.in_transaction:
            self.execute("ROLLBACK")

    @property
    def version(self) -> int:
        """The file's `user_version`: major << 16 | minor, 0 when new."""
        return int(self.value("PRAGMA user_version"))

    @property
    def application_id(self) -> int:
        """The file's `application_id`."""
        return int(self.value("PRAGMA application_id"))

    def quick_check(self) -> str | None:
        """Return the first fault SQLite sees in the file's structure, None if it sees none."""
        found = str(self.value("PRAGMA quick_check(1)"))
        return None if found == "ok" else found

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()


def _run(connection: apsw.Connection, sql: str, bindings: tuple[Any, ...] | dict[str, Any] = ()) -> None:
    # A cursor pauses at each row a statement returns; only to the end are all statements carried out.
    for _ in connection.execute(sql, bindings):
        pass
