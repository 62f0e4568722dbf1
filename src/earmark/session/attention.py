# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Follow or browse, and the way back over every jump. Pure state, main thread."""

from __future__ import annotations

from collections.abc import Callable

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


class JumpHistory:
    """Positions left by jumps, walked back and forth like pages in a browser."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._back: list[int] = []
        self._forward: list[int] = []
        self._stepped_at_s: float | None = None

    def left(self, ms: int, *, step: bool = False) -> None:
        """Remember the position a jump leaves; a quick run of steps counts as one jump."""
        now = self._now_s()
        run = step and self._stepped_at_s is not None and now - self._stepped_at_s < _SAME_JUMP_S
        self._stepped_at_s = now if step else None
        if run or (self._back and self._back[-1] == ms):
            return
        self._back.append(ms)
        del self._back[:-_HISTORY]
        self._forward.clear()

    def back(self, ms: int) -> int | None:
        """Return where to go back to from `ms`; None at the beginning."""
        return self._walk(self._back, self._forward, ms)

    def forward(self, ms: int) -> int | None:
        """Return where to go forward to from `ms`; None at the end."""
        return self._walk(self._forward, self._back, ms)

    def clear(self) -> None:
        """Forget everything (another recording was opened)."""
        self._back.clear()
        self._forward.clear()

    def _walk(self, source: list[int], target: list[int], ms: int) -> int | None:
        self._stepped_at_s = None
        if not source:
            return None
        target.append(ms)
        return source.pop()
