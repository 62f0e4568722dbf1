# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Loops, and saying something again.

A `Looper` watches a player and seeks by itself: round and round between two positions, or once through a
stretch at another speed. It wakes when the end of the stretch is due, not all the time. Main thread.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from earmark.playback.player import Player, PlayState

# Drift, stalls and changed speeds are noticed at least this often.
LONGEST_SLEEP_MS = 100


class _Replay(NamedTuple):
    start_ms: int
    end_ms: int
    usual_rate: float | None  # None once the listener has chosen a speed of their own


class Looper(QObject):
    """Plays stretches again.

    A seek by anyone else that leaves the stretch ends a replay (the speed comes back) but not a loop: a
    loop waits until the position runs into it again.

    Signals:
        loop_changed: (start, end) in ms, or None.
        replay_finished: the stretch was played to its end; its speed is restored and playing goes on.
    """

    loop_changed = Signal(object)
    replay_finished = Signal()

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._loop: tuple[int, int] | None = None
        self._replay: _Replay | None = None
        self._inside = False  # the position was inside the loop when it was last looked at
        self._own_move = False
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_due)
        player.position_reported.connect(self._on_due)
        player.state_changed.connect(self._on_state_changed)
        player.sought.connect(self._on_sought)
        player.rate_changed.connect(self._on_rate_changed)

    @property
    def loop(self) -> tuple[int, int] | None:
        """The loop that is set, (start, end) in ms."""
        return self._loop

    @property
    def usual_rate(self) -> float:
        """The speed that holds when no replay changes it."""
        if self._replay is not None and self._replay.usual_rate is not None:
            return self._replay.usual_rate
        return self._player.rate()

    def set_loop(self, start_ms: int, end_ms: int) -> None:
        """Play from start to end again and again; from the start now if the position is not inside."""
        self._loop = (min(start_ms, end_ms), max(start_ms, end_ms))
        self.loop_changed.emit(self._loop)
        if not self._loop[0] <= self._player.position_ms() < self._loop[1]:
            self._seek(self._loop[0])
        self._inside = True
        self._watch()

    def clear(self) -> None:
        """Loop no more, and end a replay; playing goes on."""
        self._end_replay()
        if self._loop is not None:
            self._loop = None
            self.loop_changed.emit(None)
        self._watch()

    def replay(self, start_ms: int, end_ms: int, rate: float) -> None:
        """Play a stretch once at a speed, then restore the speed and go on; plays even if it was paused."""
        usual_rate = self.usual_rate
        self._replay = _Replay(start_ms, end_ms, usual_rate)
        self._set_rate(rate)
        self._seek(start_ms)
        self._player.play()
        self._watch()

    @Slot()
    def _on_due(self) -> None:
        if self._player.state is not PlayState.PLAYING:
            return
        position_ms = self._player.position_ms()
        if self._replay is not None:
            if position_ms >= self._replay.end_ms:
                self._finish_replay()
        elif self._loop is not None:
            if self._inside and position_ms >= self._loop[1]:
                self._seek(self._loop[0])
            self._inside = self._loop[0] <= self._player.position_ms() < self._loop[1]
        self._watch()

    @Slot(object)
    def _on_state_changed(self, state: PlayState) -> None:
        if state in (PlayState.EMPTY, PlayState.LOADING):
            self.clear()
        elif state is PlayState.ENDED and not self._own_move:
            self._on_ended()
        self._watch()

    @Slot("qlonglong")
    def _on_sought(self, ms: int) -> None:
        if self._own_move:
            return
        if self._replay is not None and not self._replay.start_ms <= ms < self._replay.end_ms:
            self._end_replay()
        if self._loop is not None:
            self._inside = self._loop[0] <= ms < self._loop[1]
        self._watch()

    @Slot()
    def _on_rate_changed(self) -> None:
        if not self._own_move and self._replay is not None:
            self._replay = _Replay(self._replay.start_ms, self._replay.end_ms, None)
        self._watch()

    def _on_ended(self) -> None:
        if self._replay is not None:
            self._finish_replay()
        if self._loop is not None and self._inside:
            self._seek(self._loop[0])
            # The back end is still telling everybody that it has ended.
            QTimer.singleShot(0, self._player.play)

    def _finish_replay(self) -> None:
        self._end_replay()
        self.replay_finished.emit()

    def _end_replay(self) -> None:
        replay, self._replay = self._replay, None
        if replay is not None and replay.usual_rate is not None:
            self._set_rate(replay.usual_rate)

    def _seek(self, ms: int) -> None:
        self._own_move = True
        self._player.seek(ms)
        self._own_move = False

    def _set_rate(self, rate: float) -> None:
        self._own_move = True
        self._player.set_rate(rate)
        self._own_move = False

    def _watch(self) -> None:
        end_ms = self._replay.end_ms if self._replay else self._loop[1] if self._loop else None
        if end_ms is None or self._player.state is not PlayState.PLAYING:
            self._timer.stop()
            return
        due_ms = ceil((end_ms - self._player.position_ms()) / self._player.rate())
        self._timer.start(due_ms if 0 < due_ms < LONGEST_SLEEP_MS else LONGEST_SLEEP_MS)
