# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What is open: the recording, its transcripts, and which of them is read. Main thread.

Files come in through `open`; a worker reads them and the answer arrives as signals. What was open goes on
until something better is there: a request that comes to nothing changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import UserError
from earmark.domain.chapters import Chapter
from earmark.domain.outline import Outline
from earmark.domain.timeline import Timeline
from earmark.domain.times import clock
from earmark.playback.player import Player
from earmark.playback.tracker import Tracker
from earmark.session.memory import Memory, Remembered
from earmark.session.opening import Opened, Track, best_track, load, named, same_talk, shifted
from earmark.tasks.runner import Job, Lane, Runner

_RESUME_EARLIER_MS = 2_000
_CUT_OFF_MS = 10_000  # a transcript may name the end roughly
_TAIL_MS = 4_000  # a transcript without recording plays this far past its last known time


class Session(QObject):
    """The one thing that is open.

    Signals:
        opened: another recording (or transcript without one) is there.
        tracks_changed: the list of its transcripts changed.
        track_changed: another transcript is read, or none; look at `outline`.
        problem: UserError, one plain sentence.
        settled: a request to open is done with, whatever came of it.
    """

    opened = Signal()
    tracks_changed = Signal()
    track_changed = Signal()
    problem = Signal(object)
    settled = Signal()

    def __init__(self, player: Player, tracker: Tracker, runner: Runner, memory: Memory) -> None:
        super().__init__()
        self._player = player
        self._tracker = tracker
        self._runner = runner
        self._memory = memory
        self._job: Job | None = None
        self._shifting = False
        self._shift_ms = 0
        player.duration_changed.connect(self._on_duration_changed)
        self.media: Path | None = None
        self.tracks: list[Track] = []
        self.chapters: tuple[Chapter, ...] = ()
        self.track: Track | None = None
        self.timeline: Timeline | None = None

    @property
    def outline(self) -> Outline | None:
        """The outline of the transcript that is read."""
        return self.track.outline if self.track else None

    @property
    def title(self) -> str:
        """What is open, by name."""
        path = self.media or (self.tracks[0].path if self.tracks else None)
        if self.track and self.track.transcript.title:
            return self.track.transcript.title
        return path.stem.split(".")[0].replace("-", " ").replace("_", " ").capitalize() if path else ""

    @property
    def subtitle(self) -> str:
        """Where it comes from: its folder."""
        path = self.media or (self.tracks[0].path if self.tracks else None)
        return path.parent.name if path else ""

    # Opening

    def open(self, paths: Sequence[Path]) -> None:
        """Read files in the background and open what they are; a later request replaces an earlier one."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._runner.run(partial(load, paths), self._on_loaded, self._on_load_failed, owner=self)

    def _on_load_failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, UserError):
            raise error
        self.problem.emit(error)
        self.settled.emit()

    def _on_loaded(self, opened: Opened) -> None:
        for problem in opened.problems:
            self.problem.emit(problem)
        for other in opened.others:
            self.problem.emit(UserError("other", f"{other.name} is another recording; open it by itself."))
        if opened.empty:
            self._job = None
            self.settled.emit()
        elif self._belongs_to_open(opened):
            self._job = None
            self._add_tracks(opened)
            self.settled.emit()
        else:
            self._job = self._runner.run(
                partial(self._memory.recall, opened.identity, opened.mark),
                partial(self._on_recalled, opened),
                self._on_load_failed,
                lane=Lane.STORE,
                owner=self,
            )

    def _belongs_to_open(self, opened: Opened) -> bool:
        """Tell whether transcripts that came alone belong to what is open: by their words."""
        if opened.media is not None or (self.media is None and not self.tracks):
            return False
        if not self.tracks:
            return True
        return all(any(same_talk(new, old) for old in self.tracks) for new in opened.tracks)

    def _add_tracks(self, opened: Opened) -> None:
        old = [t for t in self.tracks if t.path not in {new.path for new in opened.tracks}]
        self.tracks = named([*old, *opened.tracks])
        self.chapters = self.chapters or opened.chapters
        self.tracks_changed.emit()
        added = {track.path for track in opened.tracks}
        self.show_track(next(track for track in self.tracks if track.path in added))

    def _on_recalled(self, opened: Opened, remembered: Remembered) -> None:
        self._job = None
        self._memory.keep()
        self.media, self.tracks, self.chapters = opened.media, opened.tracks, opened.chapters
        self.track = self.timeline = None
        self._shift_ms = 0
        self._memory.enter(remembered)
        chosen = next((t for t in self.tracks if t.name == remembered.track), None)
        start_ms = max(0, remembered.position_ms - _RESUME_EARLIER_MS)
        self._player.open(self.media, start_ms, self._silent_duration_ms())
        self._player.set_rate(remembered.rate)
        self.opened.emit()
        self.tracks_changed.emit()
        self._read(chosen or best_track(self.tracks))
        self.settled.emit()
        if remembered.shift_ms:
            self.shift_by(remembered.shift_ms)

    def _silent_duration_ms(self) -> int:
        return max((track.end_ms for track in self.tracks), default=-_TAIL_MS) + _TAIL_MS

    @Slot("qlonglong")
    def _on_duration_changed(self, duration_ms: int) -> None:
        """Say so when the words go on long after the sound has ended; players say nothing of it."""
        ends_ms = self.track.end_ms if self.track else 0
        if self.media is not None and 0 < duration_ms < ends_ms - _CUT_OFF_MS:
            sentence = (
                f"{self.media.name} ends at {clock(duration_ms)}, but its transcript goes on to "
                f"{clock(ends_ms)}: the recording may be cut off."
            )
            self.problem.emit(UserError("cut-off", sentence))

    # Transcripts

    def show_track(self, track: Track) -> None:
        """Read another transcript of what is open."""
        self._read(track)
        self._memory.set_track(track.name)

    def next_track(self) -> None:
        """Read the next transcript of what is open."""
        if self.tracks:
            at = self.tracks.index(self.track) if self.track in self.tracks else -1
            self.show_track(self.tracks[(at + 1) % len(self.tracks)])

    def _read(self, track: Track | None) -> None:
        self.track = track
        self.timeline = track.timeline if track else None
        # The page has the new sentences before the tracker speaks of them.
        self.track_changed.emit()
        self._tracker.set_timeline(self.timeline)

    def shift_by(self, delta_ms: int) -> None:
        """Move all times of the transcripts earlier (negative) or later, in the background."""
        self._shift_ms += delta_ms
        self._memory.set_shift(self._shift_ms)
        if not self._shifting:
            self._start_shift(self._shift_ms)

    def _start_shift(self, wanted_ms: int) -> None:
        self._shifting = True
        work = partial(shifted, list(self.tracks), wanted_ms)
        self._runner.run(work, partial(self._on_shifted, wanted_ms), owner=self)

    def _on_shifted(self, shift_ms: int, tracks: list[Track]) -> None:
        self._shifting = False
        at = self.tracks.index(self.track) if self.track in self.tracks else 0
        if len(tracks) == len(self.tracks):
            self.tracks = tracks
            self._read(tracks[at] if tracks else None)
        if shift_ms != self._shift_ms:
            self._start_shift(self._shift_ms)
