# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Bookmarks in the page's margin and on the timeline: kept in their order, and shown there. GUI thread.

Only what changed is worked out, and mostly nothing did: a bookmark is told of again when it is on the disk.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Slot

from earmark.domain.items import Bookmark
from earmark.session.marks.places import Spot
from earmark.ui.page.view import PageView
from earmark.ui.player.seekbar import SeekBar

_PAUSE_MS = 50  # marks of many bookmarks are painted when no more of them come
_AFTER_MS = 20  # the timeline after the page: each is painted in a turn of its own
_TITLE_CHARS = 120


class _Mark(NamedTuple):
    """A bookmark as it is marked; marks are in the order of their fields."""

    start_ms: int  # -1 where it is unknown
    end_ms: int  # 0 where it is unknown
    bookmark: str
    role: str
    sentences: tuple[int, ...]
    title: str


class Margin:
    """What is marked, by time."""

    def __init__(self) -> None:
        self._order: list[_Mark] = []
        self._times: list[tuple[int, str, str]] = []  # of the same: when, title, colour role
        self._held: dict[str, _Mark] = {}
        self._on: dict[int, list[_Mark]] = {}  # the marks of each sentence, in their order
        self._roles: dict[int, str] = {}
        self._marked_by: dict[int, str] = {}

    def clear(self) -> None:
        """Let go of every mark."""
        self._order, self._times, self._held = [], [], {}
        self._on, self._roles, self._marked_by = {}, {}, {}

    def change(self, gone: Iterable[str], placed: Iterable[tuple[Bookmark, Spot, str]]) -> bool:
        """Take some away and put others in; False where all is as it was."""
        come = {bookmark.id: _mark(bookmark, spot, role) for bookmark, spot, role in placed}
        changed = False
        for bookmark in set(gone) | come.keys():
            was, now = self._held.get(bookmark), come.get(bookmark)
            if was == now:
                continue
            changed = True
            if was is not None:
                at = bisect_left(self._order, was)
                del self._order[at], self._times[at], self._held[bookmark]
                for sentence in was.sentences:
                    self._on[sentence].remove(was)
            if now is not None:
                at = bisect_left(self._order, now)
                self._order.insert(at, now)
                self._times.insert(at, (now.start_ms, now.title, now.role))
                self._held[bookmark] = now
                for sentence in now.sentences:
                    insort(self._on.setdefault(sentence, []), now)
            for mark in filter(None, (was, now)):
                self._colour(mark.sentences)
        return changed

    def _colour(self, sentences: Iterable[int]) -> None:
        for sentence in sentences:
            if marks := self._on[sentence]:
                self._marked_by[sentence], self._roles[sentence] = marks[-1].bookmark, marks[-1].role
            else:
                self._roles.pop(sentence, None)
                self._marked_by.pop(sentence, None)

    def sentences(self) -> dict[int, str]:
        """Return the colour role of every sentence that is marked; the later of two marks colours it."""
        return self._roles

    def marked_by(self) -> dict[int, str]:
        """Return which bookmark colours each of these sentences."""
        return self._marked_by

    def times(self) -> Sequence[tuple[int, str, str]]:
        """Return (time, title, colour role) of those whose time is known, by time."""
        return self._times[bisect_left(self._order, (0,)) :]


def _mark(bookmark: Bookmark, spot: Spot, role: str) -> _Mark:
    start_ms = -1 if spot.start_ms is None else spot.start_ms
    title = bookmark.note or bookmark.anchor.quote[:_TITLE_CHARS]
    return _Mark(start_ms, spot.end_ms or 0, bookmark.id, role, tuple(spot.sentences), title)


class Marking(QObject):
    """Shows what is marked on the page and on the timeline. A part of the page, so that it ends with it."""

    def __init__(self, page: PageView, seekbar: SeekBar) -> None:
        super().__init__(page)
        self._page = page
        self._seekbar = seekbar
        self._margin = Margin()
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._on_due)
        self._timeline_due = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timeline_due.timeout.connect(self._on_timeline_due)

    def clear(self) -> None:
        """Show no mark any more."""
        self._margin.clear()
        self._due.start(0)

    def change(self, gone: set[str], placed: Iterable[tuple[Bookmark, Spot, str]]) -> None:
        """Take some away and put others in, each with where it is and its colour role."""
        if self._margin.change(gone, placed):
            self._due.start(0 if len(gone) == 1 else _PAUSE_MS)

    @Slot()
    def _on_due(self) -> None:
        self._page.set_margin_marks(self._margin.sentences(), self._margin.marked_by())
        self._timeline_due.start()

    @Slot()
    def _on_timeline_due(self) -> None:
        self._seekbar.set_marks(self._margin.times())
