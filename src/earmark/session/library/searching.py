# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Search of every transcript, as one types. `LibrarySearch` belongs to the main thread.

The index has one connection for this, used on a lane of its own. The next key interrupts the query before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.store.library.index import Library
from earmark.store.search.searcher import Results, Searcher, SearchHit
from earmark.tasks.runner import Lane, Runner

LISTED = 300  # hits in the pane
_FIRST = 50


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
    """Return results with their hits grouped by recording."""
    return Found(
        results.query, tuple(grouped(results.hits)), results.total, results.suggestions, results.took_ms
    )


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
        unfilled: the index does not hold everything; the files are to be read again.
        damaged: the index is damaged; it is to be made anew.
    """

    found = Signal(object)
    failed = Signal(object)
    unfilled = Signal()
    damaged = Signal()

    def __init__(self, profile: Profile, runner: Runner) -> None:
        super().__init__()
        self._profile = profile
        self._runner = runner
        self._library: Library | None = None
        self._searcher: Searcher | None = None
        self._stale = False
        self._busy = False
        self._closed = False
        self._wanted: str | None = None
        self._shown = ""  # the query whose hits were told, all of them
        self.query = ""

    def search(self, query: str) -> None:
        """Look for a query; what was looked for before is given up."""
        self.query = query
        self._wanted = query if query.strip() else None
        if self._searcher is not None:
            self._searcher.interrupt()
        if self._wanted is None:
            self._shown = ""
            self.found.emit(Found(query, (), 0, (), 0.0))
        elif not self._busy:
            self._begin()

    def again(self) -> None:
        """Look for the same query again: the library has changed. What was found stands meanwhile."""
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
        self._closed = True
        if self._searcher is not None:
            self._searcher.interrupt()

    def _begin(self) -> None:
        query, self._wanted = self._wanted, None
        if query is None:
            self._busy = False
            return
        self._busy = True
        if query == self._shown and self._searcher is not None and not self._stale:
            self._run(partial(self._all, query), partial(self._on_all, query))
        else:
            self._run(partial(self._first, query), partial(self._on_first, query))

    def _first(self, query: str) -> Found | None:
        """Return some hits; on the lane."""
        if self._stale and self._library is not None:
            self._library.close()
            self._searcher = None
        self._stale = False
        if self._searcher is None:
            self._library = Library.to_search(self._profile)
            self._searcher = Searcher(self._library)
        results = self._searcher.first(query, _FIRST, partial(self._is_given_up, query))
        return found_of(results) if results else None

    def _is_given_up(self, query: str) -> bool:
        """Tell whether something else was typed meanwhile, or the program leaves; on the lane."""
        return self._closed or self._wanted is not None or query != self.query

    def _on_first(self, query: str, found: Found | None) -> None:
        if self._library is not None and self._library.unfilled:
            self._library.unfilled = False  # told once
            self.unfilled.emit()
        if self._wanted is not None or query != self.query:
            self._begin()
            return
        if found is not None and found.hits:
            self.found.emit(found)
        self._run(partial(self._all, query), partial(self._on_all, query))

    def _all(self, query: str) -> Found | None:
        """Return the best hits and their number; on the lane."""
        if self._searcher is None:
            return None
        results = self._searcher.search(query, LISTED, partial(self._is_given_up, query), typing=True)
        return found_of(results) if results else None

    def _on_all(self, query: str, found: Found | None) -> None:
        if found is not None and query == self.query and self._wanted is None:
            self._shown = query
            self.found.emit(found)
        self._begin()

    def _run(self, work: Callable[[], Found | None], then: Callable[[Found | None], None]) -> None:
        self._runner.run(work, then, self._on_failed, lane=Lane.SEARCH, owner=self)

    def _on_failed(self, error: Exception) -> None:
        self._busy, self._shown = False, ""
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
