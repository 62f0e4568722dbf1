# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Follow or browse, and the way back over every jump. Pure state, main thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

# Steps this close together are one jump: the way back leads to where the stepping began.
_SAME_JUMP_S = 2.0
_HISTORY = 200


class Attention(QObject):
    """Whether the page follows playback, or the listener browses.

    Signals:
        changed: following now (bool).
    """

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._following = True

    @property
    def following(self) -> bool:
        """Whether the page keeps the playing line in sight."""
        return self._following

    def follow(self) -> None:
        """Bring the playing line into sight and keep it there."""
        self._set(True)

    def browse(self) -> None:
        """Leave the page where the listener looks."""
        self._set(False)

    def toggle(self) -> None:
        """Follow when browsing, browse when following."""
        self._set(not self._following)

    def _set(self, following: bool) -> None:
        self._following = following
        self.changed.emit(following)


class Place(NamedTuple):
    """A position in a recording, which is named by the files that were open."""

    ms: int
    files: tuple[Path, ...] = ()


class JumpHistory:
    """Places left by jumps, walked back and forth like pages in a browser, from recording to recording."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._back: list[Place] = []
        self._forward: list[Place] = []
        self._stepped_at_s: float | None = None

    def left(self, place: Place, *, step: bool = False) -> None:
        """Remember the place a jump leaves; a quick run of steps counts as one jump."""
        now = self._now_s()
        run = step and self._stepped_at_s is not None and now - self._stepped_at_s < _SAME_JUMP_S
        self._stepped_at_s = now if step else None
        if run or (self._back and self._back[-1] == place):
            return
        self._back.append(place)
        del self._back[:-_HISTORY]
        self._forward.clear()

    def back(self, place: Place) -> Place | None:
        """Return where to go back to from `place`; None at the beginning."""
        return self._walk(self._back, self._forward, place)

    def forward(self, place: Place) -> Place | None:
        """Return where to go forward to from `place`; None at the end."""
        return self._walk(self._forward, self._back, place)

    def _walk(self, source: list[Place], target: list[Place], place: Place) -> Place | None:
        self._stepped_at_s = None
        if not source:
            return None
        target.append(place)
        return source.pop()
