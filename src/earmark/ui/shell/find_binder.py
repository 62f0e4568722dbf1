# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The find bar, the finder, and where its hits are shown: on the page and on the timeline.

Finding never moves playback. Closing brings view and focus back to where they were.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Slot

from earmark.domain.outline import Outline
from earmark.session.finding import Finder, TextIndex
from earmark.session.steering.parts import SessionParts
from earmark.tasks.runner import Job, Runner
from earmark.ui.find.panel import FindBar
from earmark.ui.page.view import PageView
from earmark.ui.player.seekbar import SeekBar


class _Before(NamedTuple):
    """Where the listener was when the bar was opened."""

    anchor: object  # of the page's view
    following: bool
    sentence: int | None  # the focused one


class FindBinder(QObject):
    """Opens, searches, steps and closes."""

    def __init__(
        self,
        bar: FindBar,
        finder: Finder,
        page: PageView,
        seekbar: SeekBar,
        parts: SessionParts,
        runner: Runner,
    ) -> None:
        super().__init__()
        self._bar = bar
        self._finder = finder
        self._page = page
        self._seekbar = seekbar
        self._session = parts.session
        self._attention = parts.attention
        self._listening = parts.listening
        self._runner = runner
        self._job: Job | None = None
        self._timeline = QTimer(self, singleShot=True)
        self._timeline.timeout.connect(self._on_timeline_due)
        self._indexed: Outline | None = None
        self._before: _Before | None = None
        self._session.track_changed.connect(self._on_track_changed)
        bar.query_changed.connect(self._on_query_changed)
        bar.next_requested.connect(self._on_next_requested)
        bar.previous_requested.connect(self._on_previous_requested)
        bar.play_hit_requested.connect(self.play_hit)
        bar.closed.connect(self.close)
        finder.changed.connect(self._on_finder_changed)
        finder.moved.connect(self._on_finder_moved)

    def open(self) -> None:
        """Open the bar with the selected words, and remember where the listener was."""
        if self._before is None:
            self._before = _Before(
                self._page.anchor(), self._attention.following, self._page.focused_sentence()
            )
        self._index(self._session.outline)
        selected = self._page.selected_text()
        self._bar.open(selected if selected and "\n" not in selected else "")

    @Slot()
    def close(self) -> None:
        """Close the bar; view and focus go back to where they were."""
        self._finder.search("")
        self._bar.hide()
        if self._before is not None:
            before, self._before = self._before, None
            self._page.restore(before.anchor)
            if before.following:
                self._attention.follow()
        self._page.enter()

    @property
    def is_open(self) -> bool:
        """Whether the bar is in sight."""
        return self._bar.isVisible()

    @Slot()
    def play_hit(self) -> None:
        """Play from the current hit and stay there."""
        hit = self._finder.hit
        if hit is not None:
            self._before = None
            self._listening.play_from(hit.spans[0][0], hit.spans[0][1])

    def _index(self, outline: Outline | None) -> None:
        if outline is self._indexed:
            return
        if self._job is not None:
            self._job.cancel()
        self._indexed = outline
        self._finder.set_index(None)
        if outline is not None:
            self._job = self._runner.run(partial(TextIndex, outline), self._on_indexed, owner=self)

    def _on_indexed(self, index: TextIndex) -> None:
        self._job = None
        self._finder.set_index(index)
        if self._bar.isVisible():
            self._on_query_changed(self._bar.query())

    @Slot()
    def _on_track_changed(self) -> None:
        self._index(self._session.outline if self._bar.isVisible() else None)

    @Slot(str)
    def _on_query_changed(self, query: str) -> None:
        start = self._before.sentence if self._before else None
        self._finder.search(query, start if start is not None else self._listening.now() or 0)

    @Slot()
    def _on_next_requested(self) -> None:
        self._finder.step(+1)

    @Slot()
    def _on_previous_requested(self) -> None:
        self._finder.step(-1)

    @Slot()
    def _on_finder_changed(self) -> None:
        self._show_current()
        self._timeline.start()  # in a turn of its own: with thousands of hits each takes a while

    @Slot()
    def _on_timeline_due(self) -> None:
        self._seekbar.set_hits(self._finder.hits.times_ms)

    @Slot()
    def _on_finder_moved(self) -> None:
        self._show_current()

    def _show_current(self) -> None:
        finder, hit = self._finder, self._finder.hit
        self._page.set_hits(self._spans_in, hit.spans if hit else ())
        self._bar.set_result(finder.current, len(finder.hits), wrapped=finder.wrapped)
        if hit is not None:
            self._attention.browse()
            self._page.stand_at(hit.spans[0][:2])  # a long sentence reaches beyond the edge

    def _spans_in(self, paragraph: int) -> list[tuple[int, int]]:
        return [(start, end) for _, start, end in self._finder.hits.spans_in(paragraph)]
