# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a player is, whatever plays.

The session talks to this interface only. Speed, volume and mute are kept here; the rest is the back ends'.
They emit these signals and no others; the same tests run against each (`tests/contract/test_player.py`). All
methods are for the main thread, return at once, and never raise on the listener's media: trouble arrives as
`failed`.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

MIN_RATE, MAX_RATE = 0.5, 3.0


class PlayState(StrEnum):
    """What the player is doing."""

    EMPTY = "empty"  # no recording, or one that failed
    LOADING = "loading"
    PAUSED = "paused"
    PLAYING = "playing"
    ENDED = "ended"  # at the end of the recording; play() starts over, seek() leaves it


class Player(QObject):
    """A recording that plays.

    `position_ms` runs backwards only where `sought` or a state LOADING or EMPTY announces it; while LOADING
    it is already the start asked for. `play`, `pause` and `seek` before the recording is loaded are kept
    and take effect then.

    Signals:
        state_changed: PlayState.
        position_reported: the back end said where it is (ms); the word clock corrects itself by it.
        sought: a seek took effect, or play() started over at the end (ms); the highlight may run back.
        duration_changed: length in ms, 0 where unknown.
        rate_changed, volume_changed (0..1), muted_changed: another is set, after clamping.
        failed: UserError, why it cannot be played; state is EMPTY afterwards.
    """

    state_changed = Signal(object)
    # The type stubs know only classes; int would be 32 bits and refuse Qt's own signals.
    position_reported = Signal("qlonglong")  # type: ignore[arg-type]
    sought = Signal("qlonglong")  # type: ignore[arg-type]
    duration_changed = Signal("qlonglong")  # type: ignore[arg-type]
    rate_changed = Signal(float)
    volume_changed = Signal(float)
    muted_changed = Signal(bool)
    failed = Signal(object)

    state: PlayState = PlayState.EMPTY

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rate, self._volume, self._muted = 1.0, 1.0, False

    def open(self, path: Path | None, start_ms: int = 0, duration_ms: int = 0) -> None:
        """Load a recording and stay paused at `start_ms`; None closes what is open.

        A silent back end plays `duration_ms` of nothing when `path` is None.
        """
        raise NotImplementedError

    def play(self) -> None:
        """Play from where it is; from the start when it has ended."""
        raise NotImplementedError

    def pause(self) -> None:
        """Pause."""
        raise NotImplementedError

    def seek(self, ms: int) -> None:
        """Go to a position, clamped to the recording; plays on if it played."""
        raise NotImplementedError

    def position_ms(self) -> int:
        """Return the position heard now, interpolated between the back end's reports."""
        raise NotImplementedError

    def duration_ms(self) -> int:
        """Return the length, 0 where unknown."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the recording and of every device; the player is not used afterwards."""
        raise NotImplementedError

    def rate(self) -> float:
        """Return the speed."""
        return self._rate

    def set_rate(self, rate: float) -> None:
        """Set the speed, clamped to 0.5..3, of this and of what is opened later; pitch is kept."""
        rate = max(MIN_RATE, min(rate, MAX_RATE))
        if rate != self._rate:
            self._apply_rate(rate)
            self._rate = rate
            self.rate_changed.emit(rate)

    def volume(self) -> float:
        """Return the volume, 0..1."""
        return self._volume

    def set_volume(self, volume: float) -> None:
        """Set the volume as it is felt, clamped to 0..1, of this and of what is opened later."""
        volume = max(0.0, min(volume, 1.0))
        if volume != self._volume:
            self._apply_volume(volume)
            self._volume = volume
            self.volume_changed.emit(volume)

    def muted(self) -> bool:
        """Tell whether it is muted."""
        return self._muted

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute, this and what is opened later."""
        if muted != self._muted:
            self._apply_muted(muted)
            self._muted = muted
            self.muted_changed.emit(muted)

    def _apply_rate(self, rate: float) -> None:
        """Play what is open at another speed; `_rate` is still the one before. So with the two below."""

    def _apply_volume(self, volume: float) -> None:
        """Play at another volume; silence has none."""

    def _apply_muted(self, muted: bool) -> None:
        """Mute what is open or let it sound again."""
