# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A player that makes no sound: for tests, and for transcripts without a recording.

Time stands still until `advance` moves it, or runs by itself with `real_time=True`. Everything else
happens at once, inside the call. Main thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from earmark.base.errors import UserError
from earmark.playback.player import Player, PlayState

REPORT_MS = 50  # as often as QtMultimedia reports


class NullPlayer(Player):
    """Plays silence.

    `length_ms` is how long every recording is taken to be; `fault` looks at a path and may refuse it.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        real_time: bool = False,
        length_ms: int = 60_000,
        fault: Callable[[Path], UserError | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._length_ms = length_ms
        self._fault = fault
        self._position_ms = 0.0
        self._duration_ms = 0
        self._ticked_ms = 0.0
        self._timer: QTimer | None = None
        if real_time:
            self._timer = QTimer(self, interval=REPORT_MS, timerType=Qt.TimerType.PreciseTimer)
            self._timer.timeout.connect(self._on_timeout)

    def advance(self, ms: int) -> None:
        """Let `ms` of wall time pass, with reports as often as a real player makes them."""
        while ms > 0 and self.state is PlayState.PLAYING:
            step = min(ms, REPORT_MS)
            ms -= step
            self._pass(step)

    def open(self, path: Path | None, start_ms: int = 0, duration_ms: int = 0) -> None:
        """Be paused at `start_ms` of a silence; without a path it lasts `duration_ms`."""
        fault = self._fault(path) if path is not None and self._fault is not None else None
        length_ms = 0 if fault else duration_ms or (self._length_ms if path is not None else 0)
        self._position_ms = float(max(0, min(start_ms, length_ms)))
        old_length_ms, self._duration_ms = self._duration_ms, length_ms
        self._set_state(PlayState.EMPTY if path is None and not duration_ms else PlayState.LOADING)
        if length_ms != old_length_ms:
            self.duration_changed.emit(length_ms)
        if fault is not None:
            self._set_state(PlayState.EMPTY)
            self.failed.emit(fault)
        elif self.state is PlayState.LOADING:
            self._set_state(PlayState.PAUSED)

    def play(self) -> None:
        """Let time count; from the start when it has ended."""
        if self.state is PlayState.ENDED:
            self._go_to(0)
        if self.state in (PlayState.PAUSED, PlayState.ENDED):
            self._set_state(PlayState.PLAYING)

    def pause(self) -> None:
        """Let time stand still."""
        if self.state is PlayState.PLAYING:
            self._pass_real_time()
            if self.state is PlayState.PLAYING:
                self._set_state(PlayState.PAUSED)

    def seek(self, ms: int) -> None:
        """Go to a position."""
        if self.state in (PlayState.EMPTY, PlayState.LOADING):
            return
        if self.state is PlayState.ENDED:
            self._set_state(PlayState.PAUSED)
        self._go_to(max(0, min(ms, self._duration_ms)))
        if self._position_ms >= self._duration_ms:
            self._set_state(PlayState.ENDED)

    def position_ms(self) -> int:
        """Return the position."""
        since_ms = self._clock_ms() - self._ticked_ms if self._runs_by_itself() else 0.0
        return int(min(self._position_ms + since_ms * self._rate, self._duration_ms))

    def duration_ms(self) -> int:
        """Return the length of the silence."""
        return self._duration_ms

    def _apply_rate(self, rate: float) -> None:
        self._pass_real_time()

    def close(self) -> None:
        """Stop the clock."""
        self.open(None)

    @Slot()
    def _on_timeout(self) -> None:
        self._pass_real_time()

    def _runs_by_itself(self) -> bool:
        return self._timer is not None and self.state is PlayState.PLAYING

    def _pass_real_time(self) -> None:
        if self._runs_by_itself():
            now_ms = self._clock_ms()
            passed_ms, self._ticked_ms = now_ms - self._ticked_ms, now_ms
            self._pass(passed_ms)

    def _pass(self, wall_ms: float) -> None:
        self._position_ms = min(self._position_ms + wall_ms * self._rate, self._duration_ms)
        self.position_reported.emit(int(self._position_ms))
        if self._position_ms >= self._duration_ms and self.state is PlayState.PLAYING:
            self._set_state(PlayState.ENDED)

    def _go_to(self, ms: int) -> None:
        self._position_ms = float(ms)
        self._ticked_ms = self._clock_ms()
        self.sought.emit(ms)

    def _set_state(self, state: PlayState) -> None:
        if state is self.state:
            return
        self.state = state
        if self._timer is not None:
            if state is PlayState.PLAYING:
                self._ticked_ms = self._clock_ms()
                self._timer.start()
            else:
                self._timer.stop()
        self.state_changed.emit(state)

    @staticmethod
    def _clock_ms() -> float:
        return time.monotonic() * 1000
