# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Search over every transcript in the library.

A `Searcher` has a library connection of its own and is used by one thread at a time; only `interrupt` may
come from another, to make way for the next key. Whether a search is still wanted says its `cancelled`, which
counts also where it changed before the search began. `first` gives some hits at once, for every key typed;
`search` ranks and counts all.

A hit is an occurrence of the word or phrase. Of several words it is an occurrence of the one that the
transcript has least of, with all others within `NEAR_TERMS` terms. What several wordings of a recording have
at one place is one hit.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import apsw

from earmark.base.cancelling import Cancelled, never
from earmark.store.disk.database import translated
from earmark.store.disk.paths import path_of
from earmark.store.library.index import Library
from earmark.store.search.moments import Moments
from earmark.store.search.query import Query, parse
from earmark.store.search.ranking import Candidate
from earmark.store.search.retrieval import Retrieval, StoppedError
from earmark.store.search.spelling import near_spellings


class SearchHit(NamedTuple):
    """One place where the query is said. `spans` are characters of `text`, the sentence around it."""

    recording: str
    transcript: Path
    title: str
    start_ms: int | None
    end_ms: int | None
    speaker: str
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search came to.

    `total` counts every hit, also those not listed; None if they were not counted. `by_recording` has the
    number of hits of each recording. `suggestions` are queries in the library's own spelling, offered when
    nothing was found.
    """

    query: str
    hits: tuple[SearchHit, ...]
    total: int | None
    by_recording: dict[str, int]
    took_ms: float
    suggestions: tuple[str, ...] = ()


class Searcher:
    """Searches one library."""

    def __init__(self, library: Library) -> None:
        self._database = library.database
        self._match = library.match
        self._moments = Moments(library.database)

    def interrupt(self) -> None:
        """Wake the search under way, so that it asks at once whether it was cancelled; any thread."""
        self._database.connection.interrupt()

    def first(self, text: str, limit: int = 50, cancelled: Cancelled = never) -> Results | None:
        """Return hits, unranked and uncounted, as soon as there are enough; the last word is still typed."""
        return self._answer(text, parse(text, typing=True), limit, cancelled, counted=False)

    def search(
        self, text: str, limit: int = 20, cancelled: Cancelled = never, *, typing: bool = False
    ) -> Results | None:
        """Return the best hits and count all; None when it was cancelled. Raises UserError."""
        return self._answer(text, parse(text, typing=typing), limit, cancelled, counted=True)

    def _answer(
        self, text: str, query: Query, limit: int, cancelled: Cancelled, *, counted: bool
    ) -> Results | None:
        started = time.perf_counter()
        try:
            with translated(self._database.path), self._database.snapshot():
                found = self._found(query, limit, cancelled, counted=counted)
        except apsw.InterruptError:
            return None
        if found is None:
            return None
        hits, counts, suggestions = found
        took_ms = (time.perf_counter() - started) * 1000
        total = sum(counts.values()) if counted else None
        return Results(text, hits, total, self._by_recording(counts), took_ms, suggestions)

    def _found(
        self, query: Query, limit: int, cancelled: Cancelled, *, counted: bool
    ) -> tuple[tuple[SearchHit, ...], dict[int, int], tuple[str, ...]] | None:
        """Return hits, the number in each transcript, and near spellings; None when it was cancelled."""
        try:
            self._moments.refresh()
            found = Retrieval(self._database, self._match, self._moments, query, limit, cancelled)
            candidates, counts = found.run(counted=counted)
            hits = tuple(self._hits(candidates, cancelled))
            return hits, counts, () if hits or not counted else near_spellings(self._database, query)
        except (apsw.InterruptError, StoppedError):
            return None

    def _hits(self, candidates: Sequence[Candidate], cancelled: Cancelled) -> Iterator[SearchHit]:
        about = self._about({number for number, _ in candidates})
        for number, words in candidates:
            if cancelled():
                raise StoppedError
            place = self._moments.place(number, words) if number in about else None
            if place is not None:
                yield SearchHit(
                    *about[number], place.start_ms, place.end_ms, place.speaker, place.text, place.spans
                )

    def _about(self, numbers: Iterable[int]) -> dict[int, tuple[str, Path, str]]:
        """Return recording, file and title of transcripts."""
        sql = (
            "SELECT transcript.id, transcript.recording, transcript.path, coalesce(title, '')"
            " FROM json_each(?) JOIN transcript ON transcript.id = value"
            " LEFT JOIN recording ON recording.id = transcript.recording"
        )
        rows = self._database.query(sql, (json.dumps(list(numbers)),))
        return {number: (recording, path_of(path), title) for number, recording, path, title in rows}

    def _by_recording(self, counts: dict[int, int]) -> dict[str, int]:
        totals: dict[str, int] = {}
        for number, hits in counts.items():
            recording = self._moments.owners.get(number, "")
            totals[recording] = totals.get(recording, 0) + hits
        return totals
