# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where the bookmarks of what is open are in the transcript that is read: found by their words. Main thread.

Finding runs on a worker, anew for every transcript. A bookmark whose words are surely there is shown and
played where they are; an uncertain one keeps its old time and says so. When the transcript a bookmark was
made on was replaced or timed anew, the time that is kept moves along; when only another transcript of the
recording is looked at, it does not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from earmark.domain.items import Anchor, Bookmark
from earmark.domain.marks.anchors import AnchorFinder, Found
from earmark.domain.outline import Outline
from earmark.session.marks.notebook import Notebook
from earmark.session.memory import Memory
from earmark.session.session import Session
from earmark.tasks.runner import Job, Runner

_MOVED_MS = 50  # less is no move


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a bookmark is now: its times, and the sentences it touches in what is read."""

    start_ms: int | None
    end_ms: int | None
    sentences: range
    certainty: float = 1.0
    sure: bool = True


class Places(QObject):
    """The spots of the open recording's bookmarks.

    Signals:
        changed: other spots are known.
    """

    changed = Signal()

    def __init__(self, session: Session, memory: Memory, notebook: Notebook, runner: Runner) -> None:
        super().__init__()
        self._session = session
        self._memory = memory
        self._notebook = notebook
        self._runner = runner
        self._outline: Outline | None = None
        self._finder: AnchorFinder | None = None
        self._found: dict[Anchor, Found | None] = {}
        self._job: Job | None = None
        session.opened.connect(self._on_track_changed)
        session.track_changed.connect(self._on_track_changed)
        notebook.changed.connect(self._on_notebook_changed)

    @property
    def settled(self) -> bool:
        """Whether everything that is to be found was looked for."""
        return self._job is None

    def bookmarks(self) -> list[tuple[Bookmark, Spot]]:
        """Return the bookmarks of what is open, by their time now."""
        recording = self._memory.recording
        if recording is None:
            return []
        listed = [(one, self.spot(one)) for one in self._notebook.of_recording(recording.id)]
        return sorted(listed, key=lambda pair: _when(pair[1]))

    def spot(self, bookmark: Bookmark) -> Spot:
        """Return where a bookmark of what is open is; as it is kept while it is still looked for."""
        anchor = bookmark.anchor
        found = self._found.get(anchor)
        if found is not None and found.sure:
            start, end = found.start_ms, found.end_ms
            if start is None:
                start, end = anchor.start_ms, anchor.end_ms
            sentences = range(found.first_sentence, found.last_sentence + 1)
            return Spot(start, end, sentences, found.certainty)
        uncertain = anchor in self._found and bool(anchor.quote)
        certainty = (found.certainty if found else 0.0) if uncertain else bookmark.certainty
        return Spot(anchor.start_ms, anchor.end_ms, self._by_time(anchor), certainty, not uncertain)

    def _by_time(self, anchor: Anchor) -> range:
        timeline = self._session.timeline
        if timeline is None or anchor.start_ms is None:
            return range(0)
        first = timeline.sentence_at(anchor.start_ms)
        last = timeline.sentence_at(max(anchor.start_ms, (anchor.end_ms or anchor.start_ms) - 1))
        return range(0) if first is None or last is None else range(first, max(first, last) + 1)

    @Slot()
    def _on_track_changed(self) -> None:
        outline = self._session.outline
        if outline is not self._outline:
            self._outline, self._finder = outline, None
            self._found = {}
            if self._job is not None:
                self._job.cancel()
                self._job = None
        self._look()
        self.changed.emit()

    @Slot()
    def _on_notebook_changed(self) -> None:
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        """Look for what was not looked for yet, in the background."""
        recording, outline = self._memory.recording, self._outline
        if self._job is not None or recording is None or outline is None:
            return
        bookmarks = self._notebook.of_recording(recording.id)
        wanted = [one.anchor for one in bookmarks if one.anchor.quote and one.anchor not in self._found]
        if wanted:
            work = partial(_find, self._finder, outline, wanted)
            self._job = self._runner.run(work, partial(self._on_found, outline), owner=self)

    def _on_found(self, outline: Outline, answer: tuple[AnchorFinder, dict[Anchor, Found | None]]) -> None:
        self._job = None
        if outline is self._outline:
            self._finder = answer[0]
            self._found.update(answer[1])
            self._keep_moved()
            self.changed.emit()
        self._look()

    def _keep_moved(self) -> None:
        """Keep the times of those whose own transcript was replaced or timed anew."""
        recording, track = self._memory.recording, self._session.track
        if recording is None or track is None:
            return
        here = str(track.path or "")
        known = {str(one.path or "") for one in self._session.tracks}
        moved = []
        for bookmark in self._notebook.of_recording(recording.id):
            if bookmark.transcript != here and bookmark.transcript in known:
                continue
            now = self._moved(bookmark, here)
            if now is not None:
                moved.append(now)
        if moved:
            self._notebook.follow(moved)

    def _moved(self, bookmark: Bookmark, here: str) -> Bookmark | None:
        """Return a bookmark as it is to be kept now; None where nothing changed."""
        anchor = bookmark.anchor
        if anchor not in self._found:
            return None
        found = self._found[anchor]
        if found is None or not found.sure:
            certainty = found.certainty if found else 0.0
            return replace(bookmark, certainty=certainty) if certainty != bookmark.certainty else None
        start, end = found.start_ms, found.end_ms
        if start is None or (_same(start, anchor.start_ms) and _same(end, anchor.end_ms)):
            start, end = anchor.start_ms, anchor.end_ms
        there = replace(anchor, start_ms=start, end_ms=end)
        self._found[there] = found
        now = replace(bookmark, anchor=there, transcript=here, certainty=found.certainty)
        if abs(found.certainty - bookmark.certainty) < 0.05:
            now = replace(now, certainty=bookmark.certainty)
        return now if now != bookmark else None


def _find(
    finder: AnchorFinder | None, outline: Outline, anchors: list[Anchor]
) -> tuple[AnchorFinder, dict[Anchor, Found | None]]:
    finder = finder or AnchorFinder(outline)
    return finder, {anchor: finder.find(anchor) for anchor in anchors}


def _same(one: int | None, other: int | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _MOVED_MS


def _when(spot: Spot) -> tuple[int, int]:
    return (-1 if spot.start_ms is None else spot.start_ms, spot.end_ms or 0)
