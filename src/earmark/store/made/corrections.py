# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where the listener keeps the other wording of a woven transcript. On the store's lane.

To undo: `remove` what `add` gave back; `add` takes it again with its id.
"""

from __future__ import annotations

import os
import time
from typing import Any

from earmark.domain.items import Anchor, Correction
from earmark.store.disk.changes import Row
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.rows import Table, kept_ms, ms_of


class Corrections:
    """The corrections of a store."""

    def __init__(self, database: PreciousDatabase) -> None:
        self._database = database
        self.table = Table(database, "correction")

    def add(self, correction: Correction) -> Correction:
        """Keep a correction (with an empty id it is given one); returns it."""
        kept = correction._replace(
            id=correction.id or os.urandom(16).hex(),
            created_ms=correction.created_ms or time.time_ns() // 1_000_000,
        )
        with self._database.transaction():
            self.table.put(_to_row(kept))
        return kept

    def remove(self, correction: str) -> None:
        """Let go of a correction; the original words stand again."""
        with self._database.transaction():
            self.table.remove(correction)

    def of_recording(self, recording: str) -> list[Correction]:
        """Return a recording's corrections by time."""
        rows = self.table.rows("WHERE recording = ? ORDER BY start_ms, created_ms, id", (recording,))
        return [_from_row(row) for row in rows]


def _to_row(correction: Correction) -> Row:
    anchor = correction.anchor
    return {
        "id": correction.id,
        "recording": correction.recording,
        "quote": anchor.quote,
        "other": correction.other,
        "before": anchor.before,
        "after": anchor.after,
        "start_ms": kept_ms(anchor.start_ms),
        "created_ms": correction.created_ms,
    }


def _from_row(row: Row) -> Correction:
    kept: dict[str, Any] = dict(row)
    start = ms_of(kept["start_ms"])
    return Correction(
        id=kept["id"],
        recording=kept["recording"],
        anchor=Anchor(kept["quote"], kept["before"], kept["after"], start),
        other=kept["other"],
        created_ms=kept["created_ms"],
    )
