# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Search over every transcript in the library.

A `Searcher` has a library connection of its own and is used by one thread at a time; only `interrupt` may
come from another, to make way for the next key. `first` gives some hits at once, for every key typed;
`search` ranks and counts all.

A hit is an occurrence of the word or phrase. Of several words it is an occurrence of the one that the
transcript has least of, with all others within `NEAR_TERMS` terms.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import apsw

from earmark.store.disk.database import translated
from earmark.store.disk.paths import path_of
from earmark.store.library.index import Library
from earmark.store.library.passages import Reader
from earmark.store.library.query import Query, parse
from earmark.store.library.ranking import (
    HITS_A_TRANSCRIPT,
    Candidate,
    Document,
    closest,
    fairly,
    hits_of,
    most_said,
)
from earmark.store.library.scope import Scope
from earmark.store.library.spelling import near_spellings

_RETAINED = 2_000  # hits ranked exactly; where there are more, closer and closer ones are asked for
_NEARER = (0, 4, 12)


@dataclass(frozen=True, slots=True)
class SearchHit:
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


class _StoppedError(Exception):
    """The next query is waiting."""


class Searcher:
    """Searches one library."""

    def __init__(self, library: Library) -> None:
        self._database = library.database
        self._match = library.match
        self._reader = Reader(library.database)
        self._owned: dict[int, str] = {}
        self._owners_at: tuple[int, int] | None = None
        self._stop = False

    def interrupt(self) -> None:
        """Stop the search under way, which then gives None; any thread."""
        self._stop = True
        self._database.connection.interrupt()

    def first(self, text: str, limit: int = 50) -> Results | None:
        """Return hits, unranked and uncounted, as soon as there are enough; the last word is still typed."""
        return self._answer(text, parse(text, typing=True), limit, counted=False)

    def search(self, text: str, limit: int = 20, *, typing: bool = False) -> Results | None:
        """Return the best hits and count all; None when it was interrupted. Raises UserError."""
        return self._answer(text, parse(text, typing=typing), limit, counted=True)

    def _answer(self, text: str, query: Query, limit: int, *, counted: bool) -> Results | None:
        started = time.perf_counter()
        self._stop = False
        try:
            with translated(self._database.path):
                candidates, counts = self._found(query, limit, counted)
                hits = tuple(self._hits(candidates))
                by_recording = self._by_recording(counts)
                suggestions = () if hits or not counted else near_spellings(self._database, query)
        except (apsw.InterruptError, _StoppedError):
            return None
        took_ms = (time.perf_counter() - started) * 1000
        total = sum(counts.values()) if counted else None
        return Results(text, hits, total, by_recording, took_ms, suggestions)

    def _found(self, query: Query, limit: int, counted: bool) -> tuple[list[Candidate], dict[int, int]]:
        if query.empty:
            return [], {}
        scope = Scope(self._database, query)
        if not query.phrases:
            return self._whole(scope, limit)
        if not counted:
            return list(islice(self._as_they_come(query, scope), limit)), {}
        if len(query.phrases) == 1:
            return self._ranked_by_number(query, scope, limit)
        return self._ranked_by_closeness(query, scope, limit)

    def _as_they_come(self, query: Query, scope: Scope) -> Iterator[Candidate]:
        lengths = query.lengths
        for document in self._matching(query, scope, query.match(), newest_first=True):
            if len(lengths) == 1:
                yield from fairly([document], lengths[0], HITS_A_TRANSCRIPT)
            else:
                some = islice(hits_of(document, lengths), HITS_A_TRANSCRIPT)
                yield from (Candidate(document.transcript, words) for _, words in some)

    def _ranked_by_number(
        self, query: Query, scope: Scope, limit: int
    ) -> tuple[list[Candidate], dict[int, int]]:
        counts: dict[int, int] = {}
        kept: list[Document] = []
        for document in self._matching(query, scope, query.match()):
            counts[document.transcript] = document.hits
            if document.places:
                kept.append(document)
            if len(kept) > 2 * limit + 20:
                kept = most_said(kept, limit)
                self._match.enough = 0 if scope.by_speaker or not kept else kept[-1].hits
        return fairly(most_said(kept, limit), query.lengths[0], limit), counts

    def _ranked_by_closeness(
        self, query: Query, scope: Scope, limit: int
    ) -> tuple[list[Candidate], dict[int, int]]:
        counts: dict[int, int] = {}
        kept: list[Document] = []
        retained = 0
        for document in self._matching(query, scope, query.match()):
            counts[document.transcript] = document.hits
            retained += document.hits
            if retained <= _RETAINED:
                kept.append(document)
        if retained > _RETAINED:
            kept = self._nearer(query, scope, limit) or kept
        return closest(kept, query.lengths, counts, limit), counts

    def _nearer(self, query: Query, scope: Scope, limit: int) -> list[Document]:
        """Return transcripts with the closest hits, where there are too many to look at them all."""
        for match in query.nearer(_NEARER):
            kept: list[Document] = []
            retained = 0
            for document in self._matching(query, scope, match):
                kept.append(document)
                retained += document.hits
                if retained >= _RETAINED:
                    break
            if retained >= limit:
                return kept
        return []

    def _matching(
        self, query: Query, scope: Scope, match: str, *, newest_first: bool = False
    ) -> Iterator[Document]:
        order = " ORDER BY rowid DESC" if newest_first else ""
        sql = f"SELECT rowid, collect(words) FROM words WHERE words MATCH ?{order}"
        numbers, apart, by_speaker = scope.numbers, len(query.phrases) > 1, scope.by_speaker
        found = self._match
        found.enough = 0
        for number, _ in self._database.connection.execute(sql, (match,)):
            if self._stop:
                raise _StoppedError
            if numbers is not None and number not in numbers:
                continue
            places, hits = found.places, found.hits
            if apart and len(places) == 1:
                places = query.apart(places[0])
            if by_speaker:
                places = [scope.within(number, where) for where in places]
                hits = min(map(len, places))
            if hits:
                yield Document(number, places, hits)

    def _whole(self, scope: Scope, limit: int) -> tuple[list[Candidate], dict[int, int]]:
        """Return the turns of the speakers asked for, or the beginnings of the recordings."""
        candidates: list[Candidate] = []
        counts: dict[int, int] = {}
        for number in sorted(scope.numbers or ()):
            begins = [first for first, _ in scope.turns(number)] if scope.by_speaker else [0]
            counts[number] = len(begins)
            candidates += [Candidate(number, ((first, 1),)) for first in begins[: limit - len(candidates)]]
        return candidates, counts

    def _hits(self, candidates: Iterable[Candidate]) -> Iterator[SearchHit]:
        about: dict[int, tuple[str, Path, str]] = {}
        for number, words in candidates:
            if number not in about:
                about[number] = self._about(number)
            place = self._reader.place(number, words)
            if place is not None:
                yield SearchHit(
                    *about[number], place.start_ms, place.end_ms, place.speaker, place.text, place.spans
                )

    def _about(self, number: int) -> tuple[str, Path, str]:
        sql = (
            "SELECT transcript.recording, path, coalesce(title, '') FROM transcript"
            " LEFT JOIN recording ON recording.id = transcript.recording WHERE transcript.id = ?"
        )
        recording, path, title = self._database.query(sql, (number,))[0]
        return recording, path_of(path), title

    def _by_recording(self, counts: dict[int, int]) -> dict[str, int]:
        totals: dict[str, int] = {}
        if counts:
            owners = self._owners()
            for number, hits in counts.items():
                recording = owners.get(number, "")
                totals[recording] = totals.get(recording, 0) + hits
        return totals

    def _owners(self) -> dict[int, str]:
        """Return the recording of every transcript; read again only when the index was changed."""
        connection = self._database.connection
        state = (self._database.value("PRAGMA data_version"), connection.total_changes())
        if self._owners_at != state:
            self._owned = dict(self._database.query("SELECT id, recording FROM transcript"))
            self._owners_at = state
        return self._owned
