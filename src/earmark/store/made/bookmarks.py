# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Bookmarks and their notes. On the store's lane; what a method returns is on the disk.

To undo: `delete` gives back what it took, `add` takes it with its id; `change` can be told the old values.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from earmark.base.errors import BugError
from earmark.domain.items import Anchor, Bookmark
from earmark.store.disk.changes import Row
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.rows import Table, kept_ms, ms_of


class Changed(TypedDict, total=False):
    """What may be changed of a bookmark."""

    anchor: Anchor
    transcript: str
    speaker: str
    note: str
    tags: tuple[str, ...]
    colour: str
    certainty: float


class Bookmarks:
    """The bookmarks of a store."""

    def __init__(self, database: PreciousDatabase) -> None:
        self._database = database
        self.table = Table(database, "bookmark")

    def add(self, bookmark: Bookmark) -> Bookmark:
        """Keep a new bookmark (with an empty id it is given one), or one that was deleted."""
        return self.add_all((bookmark,))[0]

    def add_all(self, bookmarks: Iterable[Bookmark]) -> list[Bookmark]:
        """Keep several bookmarks, all or none."""
        kept = []
        with self._database.transaction():
            number = int(self._database.value("SELECT coalesce(max(number), 0) FROM bookmark"))
            for bookmark in bookmarks:
                number += 1
                made = bookmark._replace(
                    id=bookmark.id or os.urandom(16).hex(),
                    created_ms=bookmark.created_ms or time.time_ns() // 1_000_000,
                    number=bookmark.number or number,
                )
                self.table.put(_to_row(made))
                kept.append(made)
        return kept

    def exchange(self, kept: Iterable[Bookmark], deleted: Iterable[str]) -> list[Bookmark]:
        """Keep some, new or in the place of those with their ids, and delete others: all or nothing.

        Ids that are not there are nothing to delete. Returns those kept, as `add` does.
        """
        with self._database.transaction():
            for bookmark in deleted:
                self.table.remove(bookmark)
            return self.add_all(kept)

    def change(self, bookmark: str, **what: Unpack[Changed]) -> Bookmark:
        """Change a bookmark; returns it as it is now."""
        with self._database.transaction():
            known = self._known(bookmark)
            changed = known._replace(**what)
            if changed != known:
                self.table.put(_to_row(changed))
            return changed

    def delete(self, bookmark: str) -> Bookmark:
        """Delete a bookmark; returns what it was."""
        with self._database.transaction():
            known = self._known(bookmark)
            self.table.remove(bookmark)
            return known

    def get(self, bookmark: str) -> Bookmark | None:
        """Return the bookmark with an id."""
        row = self.table.get(bookmark)
        return _from_row(row) if row else None

    def of_recording(self, recording: str) -> list[Bookmark]:
        """Return a recording's bookmarks by time."""
        rows = self.table.rows("WHERE recording = ? ORDER BY start_ms, number", (recording,))
        return [_from_row(row) for row in rows]

    def all(self) -> list[Bookmark]:
        """Return all bookmarks, the one made last first."""
        return [_from_row(row) for row in self.table.rows("ORDER BY number DESC")]

    def tags(self) -> list[str]:
        """Return every tag in use, sorted."""
        rows = self.table.rows("WHERE tags <> '[]'")
        return sorted({tag for row in rows for tag in json.loads(str(row["tags"]))})

    def _known(self, bookmark: str) -> Bookmark:
        known = self.get(bookmark)
        if known is None:
            raise BugError(f"there is no bookmark {bookmark}")
        return known


def _to_row(bookmark: Bookmark) -> Row:
    anchor = bookmark.anchor
    return {
        "id": bookmark.id,
        "recording": bookmark.recording,
        "transcript": bookmark.transcript,
        "start_ms": kept_ms(anchor.start_ms),
        "end_ms": kept_ms(anchor.end_ms),
        "quote": anchor.quote,
        "before": anchor.before,
        "after": anchor.after,
        "speaker": bookmark.speaker,
        "note": bookmark.note,
        "tags": json.dumps(bookmark.tags, ensure_ascii=True),
        "colour": bookmark.colour,
        "certainty": float(bookmark.certainty),
        "created_ms": bookmark.created_ms,
        "number": bookmark.number,
    }


def _from_row(row: Row) -> Bookmark:
    kept: dict[str, Any] = dict(row)
    start, end = ms_of(kept["start_ms"]), ms_of(kept["end_ms"])
    return Bookmark(
        id=kept["id"],
        recording=kept["recording"],
        anchor=Anchor(kept["quote"], kept["before"], kept["after"], start, end),
        transcript=kept["transcript"],
        speaker=kept["speaker"],
        note=kept["note"],
        tags=tuple(json.loads(kept["tags"])),
        colour=kept["colour"],
        certainty=kept["certainty"],
        created_ms=kept["created_ms"],
        number=kept["number"],
    )
