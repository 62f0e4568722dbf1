# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Remembers, per recording, where the listener was and how it was played. Main thread.

What is remembered is written on the store's lane: when playback pauses, when something else is opened, and
every five seconds while it plays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from earmark.base.errors import UserError
from earmark.domain.items import Fingerprint, Recording
from earmark.playback.loops import Looper
from earmark.playback.player import Player, PlayState
from earmark.store.user import Store
from earmark.tasks.runner import Lane, Runner

_SAVE_EVERY_MS = 5_000


class Remembered(NamedTuple):
    """What is known of a recording from before; everything at its beginning for a new one."""

    recording: Recording | None = None
    position_ms: int = 0
    rate: float = 1.0
    track: str = ""
    shift_ms: int = 0


def recall(
    store: Store, path: Path | None, mark: Fingerprint | None, beside: Sequence[Path] = ()
) -> Remembered:
    """Return what is remembered of a file and note that it was opened; on the store's lane.

    `beside` are the transcripts that belong to it by name: what was made on one alone is the recording's.
    In a store that can only be read, or on a full disk, nothing is noted. Raises UserError for a new file
    that cannot be remembered.
    """
    if path is None or mark is None:
        return Remembered()
    recording = store.recordings.find(path, mark)
    if not store.read_only:
        try:
            recording = store.recordings.opened(store.recordings.of_file(path, mark, beside).id)
        except UserError:
            if recording is None:
                raise
    if recording is None:
        return Remembered()
    shift = recording.view.get("shift_ms", 0)
    return Remembered(
        recording,
        recording.position_ms,
        recording.rate or 1.0,
        recording.track,
        shift if isinstance(shift, int) else 0,
    )


class Memory(QObject):
    """The memory of what is open now.

    Signals:
        failed: an error of the store; what was to be kept is still held and tried again.
    """

    failed = Signal(object)

    def __init__(self, store: Store, runner: Runner, player: Player, looper: Looper) -> None:
        super().__init__()
        self._store = store
        self._runner = runner
        self._player = player
        self._looper = looper
        self._now = Remembered()
        self._kept: Mapping[str, Any] = {}
        self._view: dict[str, Any] = {}
        self._timer = QTimer(self, interval=_SAVE_EVERY_MS)
        self._timer.timeout.connect(self.keep)
        player.state_changed.connect(self._on_state_changed)

    @property
    def recording(self) -> Recording | None:
        """The recording that is open, as the store knows it."""
        return self._now.recording

    def recall(self, path: Path | None, mark: Fingerprint | None, beside: Sequence[Path] = ()) -> Remembered:
        """Return what is remembered of a file and its transcripts; on the store's lane."""
        return recall(self._store, path, mark, beside)

    def enter(self, remembered: Remembered) -> None:
        """Remember from now on for this recording."""
        self._now = remembered
        self._kept = {}
        self._view = dict(remembered.recording.view) if remembered.recording else {}

    def learn(self, recording: Recording) -> None:
        """Take in what else is known of the recording that is open (its title, its show)."""
        self._now = self._now._replace(recording=recording)

    @property
    def track(self) -> str:
        """The name of the transcript the listener chose to read; empty where they left it to us."""
        return self._now.track

    def view(self, key: str) -> str:
        """Return what is remembered of this recording under a key of the caller's; empty if nothing is."""
        value = self._view.get(key, "")
        return value if isinstance(value, str) else ""

    def set_view(self, key: str, value: str) -> None:
        """Remember a text for this recording."""
        self._view[key] = value
        self.keep()

    def set_track(self, name: str) -> None:
        """Remember which transcript is read."""
        self._now = self._now._replace(track=name)
        self.keep()

    def set_shift(self, shift_ms: int) -> None:
        """Remember how far the transcripts were moved."""
        self._now = self._now._replace(shift_ms=shift_ms)
        self.keep()

    @Slot()
    def keep(self) -> None:
        """Write position, speed and view, if they changed."""
        recording = self._now.recording
        if recording is None or self._store.read_only:
            return
        ended = self._player.state is PlayState.ENDED
        what: dict[str, Any] = {
            "position_ms": 0 if ended else self._player.position_ms(),
            "rate": self._looper.usual_rate,
            "track": self._now.track,
            "duration_ms": self._player.duration_ms() or recording.duration_ms,
            "view": {**self._view, "shift_ms": self._now.shift_ms},
        }
        if what == self._kept:
            return
        self._kept = what
        write = partial(self._store.recordings.remember, recording.id, **what)
        self._runner.run(write, None, self._on_failed, lane=Lane.STORE, owner=self)

    def _on_failed(self, error: Exception) -> None:
        self._kept = {}
        self.failed.emit(error)

    @Slot(object)
    def _on_state_changed(self, state: PlayState) -> None:
        if state is PlayState.PLAYING:
            self._timer.start()
        else:
            self._timer.stop()
            if state in (PlayState.PAUSED, PlayState.ENDED):
                self.keep()
