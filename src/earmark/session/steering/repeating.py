# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Say that again: replay, slower replay, loops. Main thread."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import UserError
from earmark.domain.times import clock
from earmark.playback.loops import Looper
from earmark.playback.player import Player
from earmark.session.session import Session
from earmark.session.steering.listening import Listening
from earmark.session.steering.stepping import Stepping

SLOWER = 0.75
SHORTEST_LOOP_MS = 200


class Repeating(QObject):
    """Plays what was just said again.

    Signals:
        said: a short plain sentence about what was just done.
        begun: where a loop begins whose end is still to be set (ms); None when it is not wanted any more.
    """

    said = Signal(str)
    begun = Signal(object)

    def __init__(
        self, session: Session, player: Player, looper: Looper, listening: Listening, stepping: Stepping
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._looper = looper
        self._listening = listening
        self._stepping = stepping
        self._loop_start_ms: int | None = None
        session.opened.connect(self._on_opened)

    def replay(self, rate: float | None = None) -> None:
        """Play the current line again, at `rate` times the speed when given, and go on."""
        bounds = self._line_bounds()
        self._listening.seek(bounds[0], step=True)
        if rate is not None:
            self._looper.replay(*bounds, self._looper.usual_rate * rate)
        self._player.play()

    def _line_bounds(self) -> tuple[int, int]:
        now, outline = self._listening.now(), self._session.outline
        if now is None or outline is None:
            raise UserError("no-line", "No line has been said yet.")
        held = outline.sentences[now]
        start = held.start_ms or 0
        if held.end_ms and held.end_ms > start:
            return start, held.end_ms
        starts = self._stepping.line_starts()
        after = bisect_right(starts, start)
        return start, starts[after] if after < len(starts) else self._player.duration_ms()

    def loop_line(self) -> None:
        """Loop the current line; again: stop looping."""
        if self._looper.loop is not None:
            self._end_loop()
            return
        start, end = self._line_bounds()
        self._looper.set_loop(start, end)
        self.said.emit("Looping this line.")

    def loop_ab(self) -> None:
        """First A, then B, then no loop."""
        position = self._player.position_ms()
        if self._looper.loop is not None:
            self._end_loop()
        elif self._loop_start_ms is None:
            self._begin(position)
            self.said.emit(f"Loop starts at {clock(position)}. Press again where it ends.")
        else:
            start, end = sorted((self._loop_start_ms, position))
            self._begin(None)
            if end - start < SHORTEST_LOOP_MS:
                raise UserError("short-loop", "A loop needs at least a fifth of a second between its ends.")
            self._looper.set_loop(start, end)
            self.said.emit(f"Looping {clock(start)} to {clock(end)}.")

    def _begin(self, start_ms: int | None) -> None:
        if start_ms != self._loop_start_ms:
            self._loop_start_ms = start_ms
            self.begun.emit(start_ms)

    def _end_loop(self) -> None:
        self._looper.clear()
        self._begin(None)
        self.said.emit("Loop ended.")

    @Slot()
    def _on_opened(self) -> None:
        self._begin(None)
        self._looper.clear()
