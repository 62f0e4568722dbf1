# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The listener's settings, one JSON value a key. On the store's lane.

What the values mean and may be is `earmark.settings`' affair; unknown keys of a newer program are kept.
"""

from __future__ import annotations

import json
from typing import Any

from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.rows import Table


class Settings:
    """The settings of a store."""

    def __init__(self, database: PreciousDatabase) -> None:
        self._database = database
        self.table = Table(database, "setting")

    def all(self) -> dict[str, Any]:
        """Return every value that was kept."""
        return {str(row["key"]): json.loads(str(row["value"])) for row in self.table.rows()}

    def save(self, key: str, value: Any) -> None:
        """Keep a value."""
        with self._database.transaction():
            self.table.put({"key": key, "value": json.dumps(value, ensure_ascii=True, sort_keys=True)})
