# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Which stretches of each recording were really played. On the store's lane."""

from __future__ import annotations

import json
from collections.abc import Iterable

from earmark.domain.heard import HeardMap, add_stretch, heard_ms
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.rows import Table


class Heard:
    """The heard maps of a store."""

    def __init__(self, database: PreciousDatabase) -> None:
        self._database = database
        self.table = Table(database, "heard")

    def of(self, recording: str) -> HeardMap:
        """Return the heard map of a recording; empty if nothing was played."""
        row = self.table.get(recording)
        if row is None:
            return ()
        return tuple((int(start), int(end)) for start, end in json.loads(str(row["spans"])))

    def add(self, recording: str, stretches: Iterable[tuple[int, int]]) -> HeardMap:
        """Add stretches (start_ms, end_ms) that were just played; returns the map."""
        with self._database.transaction():
            before = heard = self.of(recording)
            for start, end in stretches:
                heard = add_stretch(heard, start, end)
            if heard != before:
                self.keep(recording, heard)
            return heard

    def keep(self, recording: str, heard: HeardMap) -> None:
        """Keep a whole map (a listener's "mark as heard", or its undoing)."""
        with self._database.transaction():
            self.table.put({"recording": recording, "spans": json.dumps(heard), "heard_ms": heard_ms(heard)})

    def totals(self) -> dict[str, int]:
        """Return for each recording how much of it was heard, in ms."""
        return {str(row["recording"]): int(row["heard_ms"]) for row in self.table.rows()}
