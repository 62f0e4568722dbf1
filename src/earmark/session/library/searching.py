# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Search of every transcript, as one types. `LibrarySearch` belongs to the main thread.

The index has one connection for this, used on a lane of its own. The next key interrupts the query before.
`moments` is pure: of two transcripts of one recording that both say it, one hit is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.terms import terms
from earmark.store.library.index import Library
from earmark.store.library.search import Results, Searcher, SearchHit
from earmark.tasks.runner import Lane, Runner

LISTED = 300  # hits in the pane
_FIRST = 50
_SAME_MS = 3_000
_NEAR_MS = 45_000  # a typed transcript tells only when a turn begins
_ALIKE = 0.5
_FEW_WORDS = 3
_VERY_ALIKE = 0.7  # at quite another time
_MANY_WORDS = 6
_LOOKED_AT = 60  # a recording with more hits says so often that nobody looks for it


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: a hit for each moment, in groups by recording, the best group first.

    `total` counts all hits, None while they are still being counted.
    """

    query: str
    hits: tuple[SearchHit, ...]
    total: int | None
    suggestions: tuple[str, ...]
    took_ms: float


def found_of(results: Results) -> Found:
    """Return results with one hit for each moment, grouped by recording."""
    hits = moments(results.hits)
    total = results.total
    if total is not None and total == len(results.hits):
        total = len(hits)  # all were looked at; of more, nobody knows which say the same
    return Found(results.query, tuple(grouped(hits)), total, results.suggestions, results.took_ms)


def moments(hits: Iterable[SearchHit]) -> list[SearchHit]:
    """Leave out a hit that another transcript of the recording has at the same moment; keep the order."""
    kept: list[list[SearchHit]] = []
    by_recording: dict[str, list[list[SearchHit]]] = {}
    for hit in hits:
        others = by_recording.setdefault(hit.recording, [])
        same = next((moment for moment in others if _belongs(hit, moment)), None)
        if same is not None:
            same.append(hit)
        else:
            others.append([hit])
            kept.append(others[-1])
    return [_joined(moment) for moment in _without_echoes(kept)]


def _without_echoes(found: list[list[SearchHit]]) -> list[list[SearchHit]]:
    """Join moments of two transcripts that say the same at quite different times.

    The stamps of a typed transcript may be off by minutes. What is said twice has joined its like by now.
    """
    kept: list[list[SearchHit]] = []
    by_recording: dict[str, list[list[SearchHit]]] = {}
    for moment in found:
        others = by_recording.setdefault(moment[0].recording, [])
        looked_at = others[:_LOOKED_AT]
        same = next((other for other in looked_at if _echoes(moment, other)), None)
        if same is not None:
            same += moment
        else:
            others.append(moment)
            kept.append(moment)
    return kept


def _echoes(moment: list[SearchHit], other: list[SearchHit]) -> bool:
    if any(hit.transcript == one.transcript for hit in moment for one in other):
        return False
    words, others = _words(moment[0].text), _words(other[0].text)
    common = len(words & others)
    return common >= _MANY_WORDS and 2 * common / (len(words) + len(others)) >= _VERY_ALIKE


def _belongs(hit: SearchHit, moment: list[SearchHit]) -> bool:
    """Tell whether a hit is of a moment: two hits of one transcript are never of one moment."""
    return all(hit.transcript != other.transcript for other in moment) and any(
        _same(hit, other) for other in moment
    )


def _same(hit: SearchHit, other: SearchHit) -> bool:
    if hit.start_ms is not None and other.start_ms is not None:
        apart = abs(hit.start_ms - other.start_ms)
        if apart <= _SAME_MS or apart > _NEAR_MS:
            return apart <= _SAME_MS
    words, others = _words(hit.text), _words(other.text)
    common = len(words & others)
    return common >= _FEW_WORDS and common / min(len(words), len(others)) >= _ALIKE


@lru_cache(maxsize=2 * LISTED)
def _words(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def _joined(moment: list[SearchHit]) -> SearchHit:
    """Return one hit of several: a wording that names its speaker, on the times of another that has any."""
    worded = next((hit for hit in moment if hit.speaker), moment[0])
    timed = next((hit for hit in moment if hit is not worded and hit.start_ms is not None), worded)
    return worded if timed is worded else replace(worded, start_ms=timed.start_ms, end_ms=timed.end_ms)


def grouped(hits: Iterable[SearchHit]) -> list[SearchHit]:
    """Return hits by recording, the recordings in order of their best hit, each one's hits by time."""
    groups: dict[str, list[SearchHit]] = {}
    for hit in hits:
        groups.setdefault(hit.recording, []).append(hit)
    return [hit for group in groups.values() for hit in sorted(group, key=lambda one: one.start_ms or 0)]


class LibrarySearch(QObject):
    """The search of the library.

    Signals:
        found: Found; twice for a query that takes a while: first some hits, then the best and their number.
        failed: UserError.
        rebuilt: the index is empty and new; the files are to be read again.
        damaged: the index is damaged; it is to be made anew.
    """

    found = Signal(object)
    failed = Signal(object)
    rebuilt = Signal()
    damaged = Signal()

    def __init__(self, profile: Profile, runner: Runner) -> None:
        super().__init__()
        self._profile = profile
        self._runner = runner
        self._library: Library | None = None
        self._searcher: Searcher | None = None
        self._stale = False
        self._busy = False
        self._wanted: str | None = None
        self.query = ""

    def search(self, query: str) -> None:
        """Look for a query; what was looked for before is given up."""
        self.query = query
        self._wanted = query if query.strip() else None
        if self._searcher is not None:
            self._searcher.interrupt()
        if self._wanted is None:
            self.found.emit(Found(query, (), 0, (), 0.0))
        elif not self._busy:
            self._begin()

    def again(self) -> None:
        """Look for the same query again: the library has changed."""
        if self.query.strip():
            self.search(self.query)

    @Slot()
    def reopen(self) -> None:
        """Open the index again: another file stands in its place."""
        self._stale = True
        self.again()

    def close(self) -> None:
        """Give up what is being looked for; the program is about to leave."""
        self._wanted = None
        if self._searcher is not None:
            self._searcher.interrupt()

    def _begin(self) -> None:
        query, self._wanted = self._wanted, None
        if query is None:
            self._busy = False
            return
        self._busy = True
        self._run(partial(self._first, query), partial(self._on_first, query))

    def _first(self, query: str) -> Found | None:
        """Return some hits; on the lane."""
        if self._stale and self._library is not None:
            self._library.close()
            self._searcher = None
        self._stale = False
        if self._searcher is None:
            self._library = Library.open(self._profile)
            self._searcher = Searcher(self._library)
        results = self._searcher.first(query, _FIRST)
        return found_of(results) if results else None

    def _on_first(self, query: str, found: Found | None) -> None:
        if self._library is not None and self._library.rebuilt:
            self._library.rebuilt = False
            self.rebuilt.emit()
        if self._wanted is not None or query != self.query:
            self._begin()
            return
        if found is not None and found.hits:
            self.found.emit(found)
        self._run(partial(self._all, query), partial(self._on_all, query))

    def _all(self, query: str) -> Found | None:
        """Return the best hits and their number; on the lane."""
        if self._searcher is None or self._wanted is not None:
            return None
        results = self._searcher.search(query, LISTED, typing=True)
        return found_of(results) if results else None

    def _on_all(self, query: str, found: Found | None) -> None:
        if found is not None and query == self.query and self._wanted is None:
            self.found.emit(found)
        self._begin()

    def _run(self, work: Callable[[], Found | None], then: Callable[[Found | None], None]) -> None:
        self._runner.run(work, then, self._on_failed, lane=Lane.SEARCH, owner=self)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        damaged = isinstance(error, UserError) and error.code == "store-damaged"
        library, self._library, self._searcher = self._library, None, None
        if library is not None:
            library.close()
        if damaged:
            self.damaged.emit()
        elif isinstance(error, UserError):
            self.failed.emit(error)
        else:
            raise error
