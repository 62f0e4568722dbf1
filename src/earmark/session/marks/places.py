# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where the bookmarks of what is open are in the transcript that is read: found by their words. Main thread.

Finding runs on a worker, anew for every transcript. Many bookmarks are worked out and told of a few at a
time, so that thousands of them hold nobody up. A bookmark whose words are surely there is shown and
played where they are; an uncertain one keeps its old time and says so. When the transcript a bookmark was
made on was replaced or timed anew, the time that is kept moves along; when only another transcript of the
recording is looked at, it does not.
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from earmark.domain.items import Anchor, Bookmark
from earmark.domain.marks.anchors import AnchorFinder, Found
from earmark.domain.marks.links import woven_of
from earmark.domain.outline import Outline
from earmark.session.marks.notebook import Notebook
from earmark.session.memory import Memory
from earmark.session.session import Session
from earmark.tasks.runner import Job, Runner

_MOVED_MS = 50  # less is no move
_BESIDE_MS = 10_000
_AS_SURE = 0.05  # a difference in certainty not worth a write
FEW = 15  # bookmarks that are worked out in one go
_SOUGHT = 60  # whose words are looked for in one go


class Spot(NamedTuple):
    """Where a bookmark is now: its times, and the sentences it touches in what is read."""

    start_ms: int | None
    end_ms: int | None
    sentences: range
    certainty: float = 1.0
    sure: bool = True


class Places(QObject):
    """The spots of the open recording's bookmarks.

    Signals:
        changed: the ids (a set) of bookmarks that came, went or are elsewhere; None: something else is open,
            or all may be others; those that are there are told after it.
    """

    changed = Signal(object)

    def __init__(self, session: Session, memory: Memory, notebook: Notebook, runner: Runner) -> None:
        super().__init__()
        self._session = session
        self._memory = memory
        self._notebook = notebook
        self._runner = runner
        self._outline: Outline | None = None
        self._finder: AnchorFinder | None = None
        self._found: dict[Anchor, Found | None] = {}
        self._here: dict[str, tuple[Bookmark, Spot]] = {}
        self._sought: dict[str, Anchor] = {}  # bookmarks whose words are still to be looked for
        self._job: Job | None = None
        self._rest: dict[str, None] = {}  # bookmarks still to be worked out, in their order
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._on_rest_due)
        session.opened.connect(self._on_track_changed)
        session.track_changed.connect(self._on_track_changed)
        notebook.changed.connect(self._on_notebook_changed)
        self._on_track_changed()  # something may be open already

    @property
    def settled(self) -> bool:
        """Whether everything that is to be found was looked for."""
        return self._job is None and not self._rest

    @property
    def recording(self) -> str:
        """The id of the recording that is open, "" for none."""
        recording = self._memory.recording
        return recording.id if recording is not None else ""

    def is_here(self, bookmark: Bookmark) -> bool:
        """Tell whether a bookmark is of what is open."""
        return bookmark.recording == self.recording

    def bookmarks(self) -> list[tuple[Bookmark, Spot]]:
        """Return the bookmarks of what is open, by their time now."""
        return sorted(self._here.values(), key=_when)

    def get(self, bookmark: str) -> tuple[Bookmark, Spot] | None:
        """Return a bookmark of what is open and where it is; None for one of another recording."""
        return self._here.get(bookmark)

    def spot(self, bookmark: Bookmark) -> Spot:
        """Return where a bookmark is; as it is kept where its recording is not open."""
        here = self._here.get(bookmark.id)
        if here is not None:
            return here[1]
        return Spot(bookmark.anchor.start_ms, bookmark.anchor.end_ms, range(0), bookmark.certainty)

    def _spot(self, bookmark: Bookmark) -> Spot:
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
        ended_ms = None if first is None else timeline.outline.sentences[first].end_ms
        if ended_ms is not None and anchor.start_ms > ended_ms + _BESIDE_MS:
            return range(0)  # long after these words: they are not what was marked
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
        self._begin_anew()
        self._timer.start()  # the page has its new text first

    @Slot(object)
    def _on_notebook_changed(self, ids: set[str] | None) -> None:
        if ids is None:
            self.tell_all()
        else:
            self._refresh(ids)

    def tell_all(self) -> None:
        """Work out every bookmark anew and tell of each, those of what is open first."""
        self._begin_anew()
        if len(self._rest) > FEW:
            self._timer.start()
        else:
            self._on_rest_due()

    def _begin_anew(self) -> None:
        self._here, self._sought = {}, {}
        here, held = self.recording, self._notebook.all()
        self._rest = dict.fromkeys(one.id for one in held if one.recording == here)
        self._rest |= dict.fromkeys(one.id for one in held)
        self.changed.emit(None)

    def _refresh(self, ids: set[str]) -> None:
        """Work out the spots of some bookmarks anew."""
        if len(ids) <= FEW:
            self._work_out(ids)
        else:
            self._rest |= dict.fromkeys(ids)
            self._on_rest_due()

    @Slot()
    def _on_rest_due(self) -> None:
        few = list(islice(self._rest, FEW))
        for one in few:
            del self._rest[one]
        if self._rest:
            self._timer.start()
        if few:
            self._work_out(set(few))

    def _work_out(self, ids: set[str]) -> None:
        for one in ids:
            self._here.pop(one, None)
            self._sought.pop(one, None)
            bookmark = self._notebook.get(one)
            if bookmark is None or not self.is_here(bookmark):
                continue
            self._here[one] = (bookmark, self._spot(bookmark))
            if bookmark.anchor.quote and bookmark.anchor not in self._found:
                self._sought[one] = bookmark.anchor
        self._look()
        self.changed.emit(ids)

    def _look(self) -> None:
        """Look for what was not looked for yet, in the background."""
        if self._job is None and self._sought and self._outline is not None:
            wanted = dict(islice(self._sought.items(), _SOUGHT))
            for one in wanted:
                del self._sought[one]
            work = partial(_find, self._finder, self._outline, list(set(wanted.values())))
            self._job = self._runner.run(work, partial(self._on_found, set(wanted)), owner=self)

    def _on_found(self, ids: set[str], answer: tuple[AnchorFinder, dict[Anchor, Found | None]]) -> None:
        self._job = None
        self._finder = answer[0]
        self._found.update(answer[1])
        self._keep_moved(ids)
        if self._rest:
            self._rest |= dict.fromkeys(ids)
        else:
            self._refresh(ids)

    def _keep_moved(self, ids: set[str]) -> None:
        """Keep the times of those whose own transcript was replaced or timed anew."""
        track = self._session.track
        if track is None:
            return
        here = track.identity
        tracks = self._session.tracks
        known = {"", *(one.identity for one in tracks)}
        known |= {woven_of(one.path) for one in tracks if one.path is not None}  # it may be in the making
        moved = []
        for bookmark in filter(None, map(self._notebook.get, ids)):
            if bookmark.transcript == here or bookmark.transcript not in known:
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
            return bookmark._replace(certainty=certainty) if certainty != bookmark.certainty else None
        start, end = found.start_ms, found.end_ms
        if start is None or (_same(start, anchor.start_ms) and _same(end, anchor.end_ms)):
            start, end = anchor.start_ms, anchor.end_ms
        there = anchor._replace(start_ms=start, end_ms=end)
        self._found[there] = found
        now = bookmark._replace(anchor=there, transcript=here, certainty=found.certainty)
        if abs(found.certainty - bookmark.certainty) < _AS_SURE:
            now = now._replace(certainty=bookmark.certainty)
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


def _when(placed: tuple[Bookmark, Spot]) -> tuple[int, int]:
    spot = placed[1]
    return (-1 if spot.start_ms is None else spot.start_ms, spot.end_ms or 0)
