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

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from earmark.base.errors import UserError, expected
from earmark.domain.chapters import Chapter
from earmark.domain.outline import Outline
from earmark.domain.timeline import Timeline
from earmark.domain.times import clock, day
from earmark.playback.player import Player, PlayState
from earmark.playback.tracker import Tracker
from earmark.session.memory import Memory, Remembered
from earmark.session.naming import shown_folder, title_of_file
from earmark.session.opening import Opened, load, load_rest
from earmark.session.tracks import WOVEN, Track, best_track, first_track, let_go, named, shifted
from earmark.tasks.runner import Job, Lane, Runner

_RESUME_EARLIER_MS = 2_000
_CUT_OFF_MS = 10_000  # a transcript may name the end roughly
_FRAME_MS = 16  # by then what was shown just now is painted
_FAREWELL_MS = 1_000  # by then nobody works with what was there before
_TAIL_MS = 4_000  # a transcript without recording plays this far past its last known time


class Session(QObject):
    """The one thing that is open.

    Signals:
        leaving: something else is about to be opened; player and tracks are still what they were.
        opened: another recording (or transcript without one) is there.
        tracks_changed: the list of its transcripts changed.
        track_changed: another transcript is read, or none; look at `outline`.
        problem: UserError, one plain sentence.
        described: title, subtitle or chapters were learnt from the recording's tags.
        settled: a request to open is done with, whatever came of it.
    """

    leaving = Signal()
    opened = Signal()
    tracks_changed = Signal()
    track_changed = Signal()
    problem = Signal(object)
    described = Signal()
    settled = Signal()

    def __init__(self, player: Player, tracker: Tracker, runner: Runner, memory: Memory) -> None:
        super().__init__()
        self._player = player
        self._tracker = tracker
        self._runner = runner
        self._memory = memory
        self._job: Job | None = None
        self._identity: Path | None = None
        self._shift_ms = 0  # how far the listener wants the transcripts moved
        self._moving = False
        self._holds = 0
        self._settling = False
        self._opened: Opened | None = None
        player.duration_changed.connect(self._on_duration_changed)
        self.media: Path | None = None
        self.tracks: list[Track] = []  # another list whenever they change
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
        recording = self._memory.recording if self._identity else None
        if recording is not None and recording.title:
            return recording.title
        if self.track and self.track.transcript.title:
            return self.track.transcript.title
        return title_of_file(self._identity) if self._identity else ""

    @property
    def subtitle(self) -> str:
        """Where it comes from: its show or folder, and when."""
        recording = self._memory.recording if self._identity else None
        if recording is not None and recording.show:
            where = [recording.show, day(self._memory.view("date"))]
        else:
            where = [shown_folder(self._identity, self.title)] if self._identity else []
        return " · ".join(part for part in (*where, self.shift_text) if part)

    @property
    def shift_text(self) -> str:
        """How far the transcript's times are moved: `0.2 s later`; empty where they are its own."""
        if not self._shift_ms:
            return ""
        return f"{abs(self._shift_ms) / 1000:g} s {'later' if self._shift_ms > 0 else 'earlier'}"

    # Opening

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that are open, the one it is known by first; opening them again opens the same."""
        first = (self._identity,) if self._identity else ()
        read = tuple(track.path for track in self.tracks if track.path is not None)
        return tuple(dict.fromkeys(first + read))

    @property
    def opening(self) -> bool:
        """Whether files are being read that were asked for last."""
        return self._job is not None

    def open(self, paths: Sequence[Path], at_ms: int | None = None, *, apart: bool = False) -> None:
        """Read files in the background and open what they are; a later request replaces an earlier one.

        A recording starts at `at_ms` if given, else a little before where it was left. A transcript that
        says what is open already joins it, unless it is to be opened `apart`.
        """
        if self._job is not None:
            self._job.cancel()
        among = tuple(self.tracks) if self.something_open and not apart else None
        self._job = self._runner.run(
            partial(load, paths, first_page_only=True, among=among),
            partial(self._on_loaded, at_ms),
            self._on_load_failed,
            owner=self,
        )

    def _on_load_failed(self, error: Exception) -> None:
        self._job = None
        self.problem.emit(expected(error))
        self._settle()

    def _on_loaded(self, at_ms: int | None, opened: Opened) -> None:
        for problem in opened.problems:
            self.problem.emit(problem)
        for other in opened.others:
            self.problem.emit(UserError("other", f"{other.name} is another recording; open it by itself."))
        if opened.empty or opened.joins:
            self._job = None
            if opened.joins:
                self._join(opened)
            self._settle()
        else:
            self._job = self._runner.run(
                partial(self._memory.recall, opened.identity, opened.mark, opened.beside),
                partial(self._on_recalled, opened, at_ms),
                self._on_load_failed,
                lane=Lane.STORE,
                owner=self,
            )

    def hold(self) -> None:
        """Let `settled` wait: there is more to make of what was just opened. `release` goes with it."""
        self._holds += 1

    def release(self) -> None:
        """Let `settled` wait no longer."""
        self._holds -= 1
        if self._settling:
            self._settle()

    @property
    def settling(self) -> bool:
        """Whether more is being made of what was opened; `settled` tells when it is done."""
        return self._settling

    @property
    def something_open(self) -> bool:
        """Whether there is a recording or a transcript."""
        return self.media is not None or bool(self.tracks)

    @property
    def can_play(self) -> bool:
        """Whether there is something that goes on with time: sound, or words that move by their times."""
        return self.media is not None or self.timeline is not None

    def retell(self) -> None:
        """Tell again what is open, for those who came too late; who knows it takes no notice."""
        if self.something_open:
            self.opened.emit()
            self.tracks_changed.emit()
            self.track_changed.emit()
            self._settle()

    def _settle(self) -> None:
        self._settling = self._holds > 0
        if not self._settling:
            self.settled.emit()

    def _join(self, opened: Opened) -> None:
        self._add_tracks(opened.tracks)
        self.chapters = self.chapters or opened.chapters
        self._memory.set_track("")  # what was chosen was chosen among others
        added = {track.path for track in opened.tracks}
        self._read(next(track for track in self.tracks if track.path in added))
        self.tracks_changed.emit()

    def _add_tracks(self, added: list[Track]) -> None:
        """Take in transcripts, in the place of what was read of the same files before."""
        paths = {track.path for track in added}
        kept = [track for track in self.tracks if track.path not in paths and not track.woven]
        self._take(named([*kept, *added]))
        self._move_tracks()
        length_ms = self._silent_duration_ms()
        if self.media is None and self._player.duration_ms() < length_ms:  # a longer wording of a text alone
            plays = self._player.state is PlayState.PLAYING
            self._player.open(None, self._player.position_ms(), length_ms)
            if plays:
                self._player.play()

    def _on_recalled(self, opened: Opened, at_ms: int | None, remembered: Remembered) -> None:
        self._job = None
        self.leaving.emit()
        self._memory.keep()
        self._identity = opened.identity
        self.media, self.chapters = opened.media, opened.chapters
        self._take(opened.tracks)
        opened.tracks = []
        self.track = self.timeline = None
        self._shift_ms = 0
        self._memory.enter(remembered)
        chosen = next((t for t in self.tracks if t.name == remembered.track), None)
        start_ms = max(0, remembered.position_ms - _RESUME_EARLIER_MS) if at_ms is None else at_ms
        self._player.open(self.media, start_ms, self._silent_duration_ms())
        self._player.set_rate(remembered.rate)
        self.opened.emit()
        self._read(chosen or first_track(self.tracks))
        self.tracks_changed.emit()
        self._opened = opened
        if opened.waiting:
            self.hold()
            QTimer.singleShot(_FRAME_MS, partial(self._read_rest, opened, remembered.track))
        self._settle()
        if remembered.shift_ms:
            self.shift_by(remembered.shift_ms)

    def _read_rest(self, opened: Opened, wanted: str) -> None:
        done = partial(self._on_rest, opened, wanted)
        self._runner.run(partial(load_rest, opened), done, self._on_rest_failed, owner=self)

    def _on_rest(self, opened: Opened, wanted: str, rest: Opened) -> None:
        """Take in the other transcripts of what was opened, and read the one that was read last time."""
        if opened is self._opened:
            for problem in rest.problems:
                self.problem.emit(problem)
            if rest.tracks:
                self._add_tracks(rest.tracks)
                chosen = next((t for t in self.tracks if t.name == wanted), None)
                if self.track is None or (chosen is not None and chosen is not self.track):
                    self._read(chosen or first_track(self.tracks))
                self.tracks_changed.emit()
        self.release()

    def _on_rest_failed(self, error: Exception) -> None:
        self.release()
        raise error

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

    def describe(self, chapters: tuple[Chapter, ...]) -> None:
        """Take in what its tags say: the title is remembered, the chapters count where there were none."""
        self.chapters = self.chapters or chapters
        self.described.emit()

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

    def set_woven(self, track: Track | None) -> None:
        """Take in the woven transcript in the place of the one before; None when there is none any more.

        It is read when the one before was, and also where the listener has not chosen another.
        """
        read = self.track is None or self.track.woven or self._memory.track in {"", WOVEN}
        given = [t for t in self.tracks if not t.woven]
        self._take(given if track is None else [*given, track])
        self._move_tracks()
        wanted = track or best_track(self.tracks)
        if read and wanted is not self.track:
            self._read(wanted)
        self.tracks_changed.emit()

    def _take(self, tracks: list[Track]) -> None:
        """Have these transcripts from now on; those before are let go of when everybody knows."""
        gone = [one for one in self.tracks if all(one.outline is not other.outline for other in tracks)]
        self.tracks = tracks
        if gone:
            QTimer.singleShot(_FAREWELL_MS, partial(self._runner.run, partial(let_go, gone)))

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
        self._move_tracks()

    def _move_tracks(self) -> None:
        """Move the transcripts to where the listener wants them, if they are not there or on their way."""
        if not self._moving and any(track.shift_ms != self._shift_ms for track in self.tracks):
            self._moving = True
            before = self.tracks
            work = partial(shifted, before, self._shift_ms)
            self._runner.run(work, partial(self._on_moved, before), owner=self)

    def _on_moved(self, before: list[Track], moved: list[Track]) -> None:
        self._moving = False
        if self.tracks is before:  # or others came meanwhile, or something else was opened
            at = before.index(self.track) if self.track in before else 0
            self._take(moved)
            self._read(moved[at])
        self._move_tracks()
