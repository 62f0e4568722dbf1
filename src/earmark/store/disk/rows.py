# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A table of what the listener made: whole rows in, whole rows out, each under its digest.

Inside `store` only. Every change of user data goes through `put` and `remove`, which is what lets one place
seal the rows and write the change journal.
"""

from __future__ import annotations

from collections.abc import Iterator

import apsw

from earmark.base.errors import UserError
from earmark.store.disk.changes import DIGEST_BYTES, Change, Row, Value, digest_of, sound_text, xor
from earmark.store.disk.database import translated
from earmark.store.disk.migrations import is_newer
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.schema import USER_STEPS, USER_TABLES

_NOTHING = bytes(DIGEST_BYTES)
_NO_TIME = -1


def kept_ms(ms: int | None) -> int:
    """Return how a time is kept in a column without NULL: -1 for none."""
    return _NO_TIME if ms is None else ms


def ms_of(kept: int) -> int | None:
    """Return the time that a column keeps; None for none."""
    return None if kept == _NO_TIME else kept


class Table:
    """Rows of one of `USER_TABLES`."""

    def __init__(self, database: PreciousDatabase, name: str) -> None:
        self.name = name
        self.columns = tuple(USER_TABLES[name].split())
        self._database = database
        self._by_key = f"{self.columns[0]} = ?"
        listed = ", ".join(self.columns)
        self._select = f"SELECT {listed} FROM {name} "
        self._scan = f"SELECT {listed}, digest FROM {name}"
        marks = ", ".join("?" * (len(self.columns) + 1))
        self._insert = f"INSERT OR REPLACE INTO {name} ({listed}, digest) VALUES ({marks})"
        self._digest = f"SELECT digest FROM {name} WHERE {self._by_key}"

    def get(self, key: Value) -> Row | None:
        """Return the row with a key."""
        found = self.rows(f"WHERE {self._by_key}", (key,))
        return found[0] if found else None

    def rows(self, tail: str = "", bindings: tuple[Value, ...] = ()) -> list[Row]:
        """Return the rows a `WHERE … ORDER BY … LIMIT …` selects."""
        found = self._database.query(self._select + tail, bindings)
        return [dict(zip(self.columns, values, strict=True)) for values in found]

    def put(self, row: Row) -> None:
        """Write a whole row, new or in place of the one with its key; inside a transaction."""
        values = tuple(_clean(row[column]) for column in self.columns)
        digest = digest_of(self.name, values)
        before = self._database.value(self._digest, values[:1])
        self._database.execute(self._insert, (*values, digest))
        self._reseal(0 if before is not None else 1, xor(before or _NOTHING, digest))
        self._database.changed(Change(self.name, values[0], dict(zip(self.columns, values, strict=True))))

    def remove(self, key: Value) -> None:
        """Remove the row with a key, if there is one; inside a transaction."""
        before = self._database.value(self._digest, (key,))
        if before is None:
            return
        self._database.execute(f"DELETE FROM {self.name} WHERE {self._by_key}", (key,))
        self._reseal(-1, before)
        self._database.changed(Change(self.name, key, None))

    def is_sound(self, key: Value) -> bool:
        """Tell whether the row with a key is what was written; one that is not there is."""
        for *values, digest in self._database.query(f"{self._scan} WHERE {self._by_key}", (key,)):
            return bool(digest_of(self.name, tuple(values)) == digest)
        return True

    def sound_rows(self) -> Iterator[Row]:
        """Yield the rows that are what was written, for as long as the file can be read."""
        try:
            for *values, digest in self._database.connection.execute(self._scan):
                if digest_of(self.name, tuple(values)) == digest:
                    yield dict(zip(self.columns, values, strict=True))
        except (apsw.Error, UnicodeDecodeError):
            return

    def clear(self) -> None:
        """Remove every row; inside a transaction."""
        for (key,) in self._database.query(f"SELECT {self.columns[0]} FROM {self.name}"):
            self.remove(key)

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with the rows: one that is not what was written, or one missing."""
        count, total = 0, _NOTHING
        with translated(self._database.path):
            for *values, digest in self._database.connection.execute(self._scan):
                count += 1
                total = xor(total, digest) if len(digest) == DIGEST_BYTES else _NOTHING
                if digest_of(self.name, tuple(values)) != digest:
                    yield f"{self.name} {values[0]!r} is not what was written"
        if (count, total) != self._sealed():
            yield f"the rows of {self.name} are not those that were written"

    def _sealed(self) -> tuple[int, bytes]:
        found = self._database.query("SELECT rows, sum FROM seal WHERE name = ?", (self.name,))
        return (int(found[0][0]), bytes(found[0][1])) if found else (0, _NOTHING)

    def _reseal(self, rows: int, change: bytes) -> None:
        count, total = self._sealed()
        self._database.execute(
            "INSERT OR REPLACE INTO seal (name, rows, sum) VALUES (?, ?, ?)",
            (self.name, count + rows, xor(total, change)),
        )


def _clean(value: Value) -> Value:
    if isinstance(value, str):
        return sound_text(value)
    return int(value) if isinstance(value, bool) else value


def user_tables(database: PreciousDatabase) -> dict[str, Table]:
    """Return every table of what the listener made."""
    return {name: Table(database, name) for name in USER_TABLES}


def faults_of(database: PreciousDatabase) -> list[str]:
    """Return what is wrong with a file and its rows; empty for a sound one. Reads everything.

    Of a file of an older version, or of a newer program's, only the structure is judged.
    """
    try:
        found = str(database.value("PRAGMA integrity_check(1)"))
        if found != "ok":
            return [found]
        if database.version < USER_STEPS[-1].version or is_newer(database, USER_STEPS):
            return []
        return [fault for table in user_tables(database).values() for fault in table.faults()]
    except apsw.SQLError as error:  # the schema itself reads otherwise than it was written
        return [str(error)]
    except UserError as error:
        if error.code != "store-damaged":
            raise
        return [error.message]


def schema_fault(database: PreciousDatabase) -> str | None:
    """Return what is wrong with the tables' own names and columns, None if nothing. Reads no row."""
    try:
        for table in user_tables(database).values():
            table.rows("LIMIT 0")
    except apsw.SQLError as error:
        return str(error)
    return None
