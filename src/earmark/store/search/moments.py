# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""One hit for each moment, at the time it is said, though a recording has several wordings. Inside `store`.

Used on a searcher's thread. What an index holds of recordings and wordings is read again only when it was
changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from earmark.store.disk.database import Database
from earmark.store.library.passages import Reader
from earmark.store.library.wordings import Alignment
from earmark.store.search.excerpts import Place, place_in
from earmark.store.search.ranking import Document, Words

_REMEMBERED = 2_000


class Moments:
    """Knows of each transcript its recording, and which others say the same.

    `wordings` are the transcripts of which another says the same, so that their hits are to be compared.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reader = Reader(database)
        self._alignments: dict[int, Alignment] = {}
        self._state: tuple[int, int] | None = None
        self._leaders: dict[int, int] = {}
        self._clocks: dict[int, int] = {}  # of a leader with rough times: the wording that has exact ones
        self._rough: set[int] = set()
        self.owners: dict[int, str] = {}
        self.wordings: set[int] = set()

    def refresh(self) -> None:
        """Read again what the index holds, if it was changed."""
        connection = self._database.connection
        state = (self._database.value("PRAGMA data_version"), connection.total_changes())
        if self._state == state:
            return
        self.owners = dict(self._database.query("SELECT id, recording FROM transcript"))
        rows = self._database.query("SELECT transcript, leader FROM wording ORDER BY length(runs)")
        self._leaders = dict(rows)
        self._rough = {
            number
            for (number,) in self._database.query(
                "SELECT id FROM transcript WHERE rough AND recording IN"
                " (SELECT recording FROM transcript JOIN wording ON wording.transcript = transcript.id)"
            )
        }
        self._clocks = {leader: number for number, leader in rows if number not in self._rough}
        self.wordings = {*self._leaders, *self._leaders.values()}
        self._alignments.clear()
        self._state = state

    def apart(
        self, documents: Iterable[Document], lengths: Sequence[int], *, whole: bool
    ) -> Iterator[Document]:
        """Return documents with only those hits of each that no wording before it has at the same moment.

        `whole` tells that all places of each document are given, not only those in some turns.
        """
        talks: dict[int, list[Document]] = {}
        for document in documents:
            leader = self._leaders.get(document.transcript, document.transcript)
            talks.setdefault(leader, []).append(document)
        for leader, talk in talks.items():
            if len(talk) == 1 and (not whole or talk[0].transcript == leader):
                yield talk[0]
            else:
                yield from self._talk(leader, talk, lengths, whole=whole)

    def _talk(
        self, leader: int, talk: list[Document], lengths: Sequence[int], *, whole: bool
    ) -> Iterator[Document]:
        talk.sort(key=lambda one: (one.transcript != leader, one.transcript))
        rarest = talk[0].rarest
        length = lengths[rarest]
        known: Sequence[int] = ()
        for document in talk:
            places: Sequence[int] = document.places[rarest]
            if document.transcript == leader:
                known = places
                yield document
                continue
            alignment = self._alignment(document.transcript)
            if whole and len(lengths) == 1 and talk[0].transcript == leader:
                places = alignment.differing(places, length)
            own = alignment.own(places, length, known)
            if own:
                theirs = [at for at, _ in own]
                kept = [theirs if i == rarest else where for i, where in enumerate(document.places)]
                yield Document(document.transcript, kept, len(theirs), rarest)
                known = sorted([*known, *(there for _, there in own)])

    def follows(self, number: int) -> bool:
        """Tell whether another wording of the recording leads this one."""
        return number in self._leaders

    def place(self, number: int, words: Words) -> Place | None:
        """Return where a hit is; None if the index holds no such place."""
        said = sorted(words)
        first, last = said[0][0], max(at + count for at, count in said) - 1
        cues = self._reader.around(number, first, last)
        if cues is None:
            return None
        place = place_in(cues, said)
        leader = self._leaders.get(number, number)
        if number not in self._rough or leader not in self._clocks:
            return place
        if number != leader:
            alignment = self._alignment(number)
            first, last = alignment.leader_term(first), alignment.leader_term(last)
        return self._timed(place, self._clocks[leader], first, last)

    def _timed(self, place: Place, clock: int, first: int, last: int) -> Place:
        """Return a place at the time another wording gives two of the leader's terms."""
        start_ms = self._said_ms(clock, first, place.start_ms)
        if start_ms is None:
            return place
        beside = self._alignment(clock).beside(last)
        held = beside.after or beside.before
        end_ms = self._reader.time(clock, held[1])[1] if held else None
        return place._replace(start_ms=start_ms, end_ms=end_ms if end_ms and end_ms > start_ms else None)

    def _said_ms(self, clock: int, term: int, own_ms: int | None) -> int | None:
        """Return when a term of a leader is said; beyond the other wording, its own time or the nearest."""
        before, after = self._alignment(clock).beside(term)
        before_ms = self._reader.time(clock, before[1])[0] if before else None
        after_ms = self._reader.time(clock, after[1])[0] if after else None
        if before and after and before_ms is not None and after_ms is not None:
            wide = after[0] - before[0]
            return before_ms + (after_ms - before_ms) * (term - before[0]) // wide if wide else before_ms
        if before_ms is not None:
            return max(before_ms, own_ms or 0)
        if after_ms is not None:
            return after_ms if own_ms is None else min(after_ms, own_ms)
        return own_ms

    def _alignment(self, number: int) -> Alignment:
        if number not in self._alignments:
            if len(self._alignments) >= _REMEMBERED:
                self._alignments.clear()
            sql = "SELECT runs, terms FROM wording JOIN transcript ON id = transcript WHERE transcript = ?"
            runs, count = self._database.query(sql, (number,))[0]
            self._alignments[number] = Alignment(runs, count)
        return self._alignments[number]
