# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Which transcripts have hits of a query, how many, and which of the hits are to be listed.

Inside `store`, on a searcher's thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from earmark.base.cancelling import Cancelled
from earmark.store.disk.database import Database
from earmark.store.library.index import Match
from earmark.store.search.moments import Moments
from earmark.store.search.query import Query
from earmark.store.search.ranking import (
    HITS_A_TRANSCRIPT,
    Candidate,
    Document,
    closest,
    fairly,
    hits_of,
    most_said,
)
from earmark.store.search.scope import Scope

_RETAINED = 2_000  # hits ranked exactly; where there are more, closer and closer ones are asked for
_NEARER = (0, 4, 12)


class StoppedError(Exception):
    """The next query is waiting."""


class Retrieval:
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
                raise StoppedError
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
