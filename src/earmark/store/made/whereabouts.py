# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""By its content a file is found again that was moved or renamed. Inside `store`, on the store's lane."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from earmark.domain.items import Fingerprint
from earmark.store.disk.database import Database
from earmark.store.disk.paths import path_of


class _Place(NamedTuple):
    """Where a recording's file was seen last."""

    recording: str
    path: Path
    name: str  # folded: the same where a file system does not tell case
    gone: bool


class Whereabouts:
    """Where the files of one content were seen last: read once, for many files in a row."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._places: dict[Fingerprint, list[_Place]] = {}

    def recording_of(self, path: Path, mark: Fingerprint) -> str | None:
        """Return the recording (its id) that a file is by its content.

        Its file is gone from where it was, or is reached another way. A copy or a link beside a file that is
        still there is a recording of its own.
        """
        if mark not in self._places:
            self._places[mark] = self._read(mark)
        place = _same_or_moved(path, self._places[mark])
        return place.recording if place is not None else None

    def seen(self, recording: str, path: Path, mark: Fingerprint) -> None:
        """Note where a recording's file is now."""
        if mark in self._places:
            others = [one for one in self._places[mark] if one.recording != recording]
            self._places[mark] = [*others, _Place(recording, path, path.name.casefold(), gone=False)]

    def _read(self, mark: Fingerprint) -> list[_Place]:
        found = self._database.query(
            "SELECT id, path FROM recording WHERE slices = ? AND size = ? ORDER BY opened_seq DESC",
            (mark.slices, mark.size),
        )
        return [
            _Place(recording, path, path.name.casefold(), self._is_gone(recording, path, mark))
            for recording, path in ((recording, path_of(text)) for recording, text in found)
        ]

    def _is_gone(self, recording: str, path: Path, mark: Fingerprint) -> bool:
        """Tell whether a file is not where it was: nothing is there, or another recording's file.

        One of another size is this one with its tags edited.
        """
        try:
            size = path.stat().st_size
        except OSError:
            return True
        if size == mark.size:
            return False
        sql = "SELECT 1 FROM recording WHERE size = ? AND id <> ? LIMIT 1"
        return bool(self._database.query(sql, (size, recording)))


def _same_or_moved(path: Path, places: list[_Place]) -> _Place | None:
    name = path.name.casefold()
    for place in [one for one in places if one.name == name]:
        if _is_same_file(place.path, path):
            return place
    gone = [place for place in places if place.gone]
    return max(gone, key=lambda place: _common_ending(place.path, path), default=None)


def _is_same_file(one: Path, other: Path) -> bool:
    """Tell whether two paths of one name lead to one folder, and to one file in it."""
    try:
        return one.parent.samefile(other.parent) and one.samefile(other)
    except OSError:
        return False


def _common_ending(one: Path, other: Path) -> int:
    """Count the last parts two paths have in common: a folder that moved keeps the names in it."""
    pairs = zip(reversed(one.parts), reversed(other.parts), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
