# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What `speaker:` and `in:` leave to be searched. Inside `store`, on a searcher's thread."""

from __future__ import annotations

import json
from bisect import bisect_right

from earmark.domain.terms import terms
from earmark.store.disk.database import Database
from earmark.store.search.query import Query

_END = 1 << 62


class Scope:
    """Which transcripts a query asks for (`numbers`, None for all), and in them whose turns."""

    def __init__(self, database: Database, query: Query) -> None:
        self._database = database
        self._speakers = query.speakers
        self._spans: dict[int, list[tuple[int, int]]] = {}
        self.numbers: set[int] | None = None
        if query.titles:
            self.numbers = self._titled(query.titles)
        if query.speakers:
            said = self._with_speaker()
            self.numbers = said if self.numbers is None else self.numbers & said

    @property
    def by_speaker(self) -> bool:
        """Whether only some turns are asked for."""
        return bool(self._speakers)

    def turns(self, transcript: int) -> list[tuple[int, int]]:
        """Return the turns asked for in a transcript: (first term, just past the last)."""
        if transcript not in self._spans:
            row = self._database.query("SELECT speakers, turns FROM transcript WHERE id = ?", (transcript,))
            speakers, turns = (json.loads(kept) for kept in row[0])
            wanted = {i for i, speaker in enumerate(speakers) if self._is_asked(speaker)}
            ends = [first for first, _ in turns[1:]] + [_END]
            self._spans[transcript] = [
                (first, end) for (first, speaker), end in zip(turns, ends, strict=True) if speaker in wanted
            ]
        return self._spans[transcript]

    def within(self, transcript: int, places: list[int]) -> list[int]:
        """Return those term numbers that are inside the turns asked for."""
        spans = self.turns(transcript)
        kept = []
        for at in places:
            index = bisect_right(spans, at, key=lambda span: span[0]) - 1
            if index >= 0 and at < spans[index][1]:
                kept.append(at)
        return kept

    def _titled(self, titles: tuple[tuple[str, ...], ...]) -> set[int]:
        asked = [f" {term}" for title in titles for term in title]
        condition = " AND ".join("instr(' ' || known_as, ?)" for _ in asked)
        sql = (
            "SELECT transcript.id FROM transcript JOIN recording ON recording.id = transcript.recording"
            f" WHERE {condition}"
        )
        return {number for (number,) in self._database.query(sql, tuple(asked))}

    def _with_speaker(self) -> set[int]:
        rows = self._database.query("SELECT id, speakers FROM transcript WHERE speakers <> '[]'")
        return {number for number, kept in rows if any(map(self._is_asked, json.loads(kept)))}

    def _is_asked(self, speaker: str) -> bool:
        name = terms(speaker)
        return any(
            all(any(part.startswith(term) for part in name) for term in asked) for asked in self._speakers
        )
