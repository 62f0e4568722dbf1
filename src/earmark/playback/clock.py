# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The position between two reports of a back end.

A back end says where it is 10 to 20 times a second, rounded to codec frames; words change in between.
`WordClock` runs on from the last report by a monotonic clock and lets each new report pull it gently.
Pure: no Qt, no threads; time comes in as a callable.
"""

from __future__ import annotations

from collections.abc import Callable

# A back end that has been silent for longer has stalled: stand still with it.
MAX_AHEAD_MS = 250.0
# Reports scatter by up to 25 ms around a line; a report further off is a leap, not jitter.
LEAP_MS = 250.0
# The pull of one report. The first ones after a start pull more: the start itself is uncertain.
STEADY_PULL = 0.15


class WordClock:
    """Where the recording is now, in ms; never backwards except by `jump`."""

    def __init__(self, now_ms: Callable[[], float]) -> None:
        self._now_ms = now_ms  # monotonic
        self._anchor_ms = 0.0  # where the back end was thought to be ...
        self._anchored_at = now_ms()  # ... and when
        self._shown_ms = 0.0
        self._rate = 1.0
        self._latency_ms = 0.0
        self._running = False
        self._reports = 0
        self._leaped = False

    def position_ms(self) -> int:
        """Return the position heard now."""
        self._shown_ms = max(self._shown_ms, self._estimate(self._now_ms()) - self._latency_ms * self._rate)
        return int(self._shown_ms)

    def jump(self, ms: int) -> None:
        """Be at a position: a seek, or a new recording. The only way back."""
        self._anchor(float(ms))
        self._shown_ms = float(ms)
        self._expect_start()

    def start(self) -> None:
        """Run on from here."""
        if not self._running:
            self._anchor(self._anchor_ms)
            self._running = True
            self._expect_start()

    def stop(self) -> None:
        """Stand still at the position heard now."""
        self.position_ms()
        self._anchor(self._estimate(self._now_ms()))
        self._running = False

    def set_rate(self, rate: float) -> None:
        """Run at another speed from now on."""
        self.position_ms()
        self._anchor(self._estimate(self._now_ms()))
        self._rate = rate

    def set_latency(self, ms: float) -> None:
        """Say how long before they are heard (wall time) the back end reports positions."""
        self.position_ms()
        self._latency_ms = ms

    def report(self, ms: int) -> None:
        """Take in where the back end says it is; ignored while standing still."""
        if not self._running:
            return
        estimate = self._estimate(self._now_ms())
        off_ms = ms - estimate
        if abs(off_ms) > LEAP_MS * max(1.0, self._rate):
            # One such report may be a late one from before a seek; two in a row are the truth.
            if not self._leaped:
                self._leaped = True
                return
            self._reports = 0
        self._leaped = False
        self._reports += 1
        pull = max(1 / self._reports, STEADY_PULL)
        self._anchor(estimate + pull * off_ms)

    def _estimate(self, now_ms: float) -> float:
        if not self._running:
            return self._anchor_ms
        ahead_ms = min(now_ms - self._anchored_at, MAX_AHEAD_MS)
        return self._anchor_ms + ahead_ms * self._rate

    def _anchor(self, ms: float) -> None:
        self._anchor_ms = ms
        self._anchored_at = self._now_ms()

    def _expect_start(self) -> None:
        self._reports = 0
        self._leaped = False
