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
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import apsw

from earmark.base.cancelling import Cancelled, never
from earmark.store.disk.database import Database, translated
from earmark.store.disk.paths import path_of
from earmark.store.library.index import Library, Match
from earmark.store.library.moments import Moments
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


class _StoppedError(Exception):
    """The next query is waiting."""


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
            found = _Search(self._database, self._match, self._moments, query, limit, cancelled)
            candidates, counts = found.run(counted=counted)
            hits = tuple(self._hits(candidates, cancelled))
            return hits, counts, () if hits or not counted else near_spellings(self._database, query)
        except (apsw.InterruptError, _StoppedError):
            return None

    def _hits(self, candidates: Sequence[Candidate], cancelled: Cancelled) -> Iterator[SearchHit]:
        about = self._about({number for number, _ in candidates})
        for number, words in candidates:
            if cancelled():
                raise _StoppedError
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


class _Search:
    """One search: which transcripts have hits, and which of those are the best."""

    def __init__(
        self,
        database: Database,
        match: Match,
        moments: Moments,
        query: Query,
        limit: int,
        cancelled: Cancelled,
    ) -> None:
        self._database = database
        self._found = match
        self._moments = moments
        self._query = query
        self._limit = limit
        self._cancelled = cancelled
        self._scope = Scope(database, query)

    def run(self, *, counted: bool) -> tuple[list[Candidate], dict[int, int]]:
        """Return the hits to list, and the number of hits of each transcript."""
        if self._query.empty:
            return [], {}
        if not self._query.phrases:
            return self._whole()
        if not counted:
            return self._as_they_come(), {}
        if len(self._query.phrases) == 1:
            return self._ranked_by_number()
        return self._ranked_by_closeness()

    def _as_they_come(self) -> list[Candidate]:
        kept: list[Document] = []
        room = self._limit
        for document in self._matching(self._query.match(), newest_first=True):
            kept.append(document)
            room -= min(document.hits, HITS_A_TRANSCRIPT)
            if room <= 0:
                break
        listed = [one for document in self._apart(kept) for one in self._some_of(document)]
        return listed[: self._limit]

    def _some_of(self, document: Document) -> list[Candidate]:
        lengths = self._query.lengths
        if len(lengths) == 1:
            return fairly([document], lengths[0], HITS_A_TRANSCRIPT)
        some = islice(hits_of(document, lengths), HITS_A_TRANSCRIPT)
        return [Candidate(document.transcript, words) for _, words in some]

    def _apart(self, documents: Iterable[Document]) -> Iterator[Document]:
        return self._moments.apart(documents, self._query.lengths, whole=not self._scope.by_speaker)

    def _is_worded(self, document: Document, worded: list[Document]) -> bool:
        """Tell whether other wordings have to be compared first; collect those."""
        if document.transcript not in self._moments.wordings:
            return False
        worded.append(document)
        return True

    def _ranked_by_number(self) -> tuple[list[Candidate], dict[int, int]]:
        counts: dict[int, int] = {}
        kept: list[Document] = []
        worded: list[Document] = []
        limit = self._limit
        for document in self._matching(self._query.match()):
            if self._is_worded(document, worded):
                continue
            counts[document.transcript] = document.hits
            if document.places:
                kept.append(document)
            if len(kept) > 2 * limit + 20:
                kept = most_said(kept, limit)
                self._found.enough = 0 if self._scope.by_speaker or not kept else kept[-1].hits
        for document in self._apart(worded):
            counts[document.transcript] = document.hits
            kept.append(document)
        return fairly(most_said(kept, limit), self._query.lengths[0], limit), counts

    def _ranked_by_closeness(self) -> tuple[list[Candidate], dict[int, int]]:
        counts: dict[int, int] = {}
        kept: list[Document] = []
        worded: list[Document] = []
        retained, most = 0, max(_RETAINED, self._limit)
        alone = (one for one in self._matching(self._query.match()) if not self._is_worded(one, worded))
        for document in chain(alone, self._apart(worded)):
            counts[document.transcript] = document.hits
            retained += document.hits
            if retained <= most:
                kept.append(document)
        if retained > most:
            kept = self._nearer(most) or kept
        return closest(kept, self._query.lengths, counts, self._limit), counts

    def _nearer(self, most: int) -> list[Document]:
        """Return transcripts with the closest hits, where there are too many to look at them all."""
        for match in self._query.nearer(_NEARER):
            kept: list[Document] = []
            retained = 0
            for document in self._matching(match):
                kept.append(document)
                retained += document.hits
                if retained >= most:
                    break
            kept = list(self._apart(kept))
            if sum(document.hits for document in kept) >= self._limit:
                return kept
        return []

    def _matching(self, match: str, *, newest_first: bool = False) -> Iterator[Document]:
        order = " ORDER BY rowid DESC" if newest_first else ""
        sql = f"SELECT rowid, collect(words) FROM words WHERE words MATCH ?{order}"
        numbers, apart, by_speaker = self._scope.numbers, len(self._query.phrases) > 1, self._scope.by_speaker
        found = self._found
        found.enough, found.compared = 0, self._moments.wordings
        for number, _ in self._database.connection.execute(sql, (match,)):
            if self._cancelled():
                raise _StoppedError
            if numbers is not None and number not in numbers:
                continue
            places = found.places
            if apart and len(places) == 1:
                places = self._query.apart(places[0])
            if by_speaker:
                places = [self._scope.within(number, where) for where in places]
            if by_speaker or apart:
                document = Document.of(number, places)
            else:
                document = Document(number, places, found.hits)
            if document.hits:
                yield document

    def _whole(self) -> tuple[list[Candidate], dict[int, int]]:
        """Return the turns of the speakers asked for, or the beginnings of the recordings."""
        documents = []
        for number in sorted(self._scope.numbers or ()):
            if self._scope.by_speaker:
                documents.append(Document.of(number, [[first for first, _ in self._scope.turns(number)]]))
            elif not self._moments.follows(number):
                documents.append(Document(number, [[0]], 1))
        if self._scope.by_speaker:
            documents = list(self._moments.apart(documents, [1], whole=False))
        counts = {document.transcript: document.hits for document in documents}
        places = ((one.transcript, at) for one in documents for at in one.places[0])
        return [Candidate(number, ((at, 1),)) for number, at in islice(places, self._limit)], counts
