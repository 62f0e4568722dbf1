# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Steps by line, turn and chapter. Main thread."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from earmark.base.errors import UserError
from earmark.playback.player import Player
from earmark.session.session import Session
from earmark.session.steering.listening import Listening

RESTART_AFTER_MS = 2_000  # "previous" restarts a line older than this


class Stepping:
    """Next and previous, of whatever can be stepped by."""

    def __init__(self, session: Session, player: Player, listening: Listening) -> None:
        self._session = session
        self._player = player
        self._listening = listening

    def next_line(self) -> None:
        """Go to the next sentence."""
        self._step_to("line", self.line_starts(), +1)

    def previous_line(self) -> None:
        """Go to the start of this sentence, or of the one before when this one has just begun."""
        self._step_to("line", self.line_starts(), -1)

    def next_turn(self, *, same_speaker: bool = False) -> None:
        """Go to the next turn, or the next by the same speaker."""
        self._step_to("turn", self._speaker_starts() if same_speaker else self._turn_starts(), +1)

    def previous_turn(self, *, same_speaker: bool = False) -> None:
        """Go to the start of this turn, or of the one before when this one has just begun."""
        self._step_to("turn", self._speaker_starts() if same_speaker else self._turn_starts(), -1)

    def next_chapter(self) -> None:
        """Go to the next chapter."""
        self._step_to("chapter", [chapter.start_ms for chapter in self._session.chapters], +1)

    def previous_chapter(self) -> None:
        """Go to the start of this chapter, or of the one before when this one has just begun."""
        self._step_to("chapter", [chapter.start_ms for chapter in self._session.chapters], -1)

    def line_starts(self) -> Sequence[int]:
        """Return when lines start, each time once, in order."""
        timeline = self._session.timeline
        return timeline.line_starts if timeline else ()

    def _turn_starts(self) -> Sequence[int]:
        timeline = self._session.timeline
        return timeline.turn_starts if timeline else ()

    def _speaker_starts(self) -> list[int]:
        """Return when the turns of the one who is speaking start."""
        outline, now = self._session.outline, self._listening.now()
        if outline is None:
            return []
        speaker = outline.speaker(now) if now is not None else None
        turns = (outline.paragraphs[index] for index in outline.turns)
        return sorted({t.start_ms for t in turns if t.start_ms is not None and t.speaker == speaker})

    def _step_to(self, what: str, starts: Sequence[int], direction: int) -> None:
        if not starts:
            raise UserError("nothing-to-step", "There is nothing with a time to step to here.")
        position = self._player.position_ms()
        if direction > 0:
            index = bisect_right(starts, position)
            if index == len(starts):
                raise UserError("nothing-later", f"There is no later {what}.")
            self._listening.seek(starts[index], step=True)
            return
        index = bisect_right(starts, position) - 1
        if index >= 0 and position - starts[index] > RESTART_AFTER_MS:
            self._listening.seek(starts[index], step=True)
        else:
            index = bisect_left(starts, starts[index] if index >= 0 else 0) - 1
            self._listening.seek(starts[index] if index >= 0 else 0, step=True)
