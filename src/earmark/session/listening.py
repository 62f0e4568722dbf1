# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Verbs of listening: play, seek, step by line, turn and chapter, replay, loop, speed. Main thread.

Every seek of the listener goes through here: it is remembered for the way back, and the page follows it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from earmark.base.errors import UserError
from earmark.domain.times import clock
from earmark.playback.loops import Looper
from earmark.playback.player import MAX_RATE, MIN_RATE, Player, PlayState
from earmark.session.attention import Attention, JumpHistory
from earmark.session.session import Session

RESTART_AFTER_MS = 2_000  # "previous" restarts a line older than this
UNCERTAIN_LEAD_MS = 300  # a jump to a time known to about 0.3 s starts this much early
SLOWER = 0.75
RATE_STEP = 0.1
VOLUME_STEP = 0.05
LOWERED = 0.25  # of the volume, while a screen reader says where playback is
LOWERED_MS = 6_000


class Listening(QObject):
    """What the listener does with the player.

    Signals:
        said: a short plain sentence about what was just done ("Loop set").
    """

    said = Signal(str)

    def __init__(
        self,
        session: Session,
        player: Player,
        looper: Looper,
        attention: Attention,
        jumps: JumpHistory,
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._looper = looper
        self._attention = attention
        self._jumps = jumps
        self._loop_start_ms: int | None = None
        self._loud = 1.0
        self._lowered = QTimer(self, singleShot=True, interval=LOWERED_MS)
        self._lowered.timeout.connect(self._on_lowered_over)
        session.opened.connect(self._on_opened)

    # Play and pause

    def play(self) -> None:
        """Play."""
        self._player.play()

    def pause(self) -> None:
        """Pause."""
        self._player.pause()

    def toggle(self) -> None:
        """Play when paused, pause when playing."""
        if self._player.state is PlayState.PLAYING:
            self._player.pause()
        else:
            self._player.play()

    # Seeking

    def seek(self, ms: int, *, step: bool = False) -> None:
        """Jump to a position; the page follows, and the way back is kept."""
        self._jumps.left(self._player.position_ms(), step=step)
        self._player.seek(ms)
        self._attention.follow()

    def seek_by(self, delta_ms: int) -> None:
        """Go back or forward a little; too small a move to be a jump."""
        self._player.seek(max(0, self._player.position_ms() + delta_ms))
        self._attention.follow()

    def play_from(self, paragraph: int, offset: int) -> None:
        """Play from the word at a place of the page; a little earlier where its time is not exact."""
        outline, timeline = self._session.outline, self._session.timeline
        if outline is None or timeline is None:
            return
        word = outline.word_at(paragraph, offset)
        if word is not None and word.start_ms is not None:
            lead = (
                0
                if word.timing == "exact" or (word.timing == "aligned" and not word.soft)
                else UNCERTAIN_LEAD_MS
            )
            ms: int | None = max(0, word.start_ms - lead)
        else:
            ms = timeline.start_ms(outline.sentence_at(paragraph, offset))
        if ms is None:
            raise UserError("untimed", "Nobody knows when this is said: the transcript has no time here.")
        self.seek(ms)
        self._player.play()

    def play_sentence(self, sentence: int) -> None:
        """Play from the start of a sentence."""
        outline = self._session.outline
        if outline is not None:
            held = outline.sentences[sentence]
            self.play_from(held.paragraph, held.start)

    def jump_back(self) -> None:
        """Go back to where the last jump left."""
        self._walk(self._jumps.back(self._player.position_ms()), "There is no earlier jump to go back to.")

    def jump_forward(self) -> None:
        """Go forward again after going back."""
        self._walk(
            self._jumps.forward(self._player.position_ms()), "There is no later jump to go forward to."
        )

    def _walk(self, ms: int | None, otherwise: str) -> None:
        if ms is None:
            raise UserError("no-jump", otherwise)
        self._player.seek(ms)
        self._attention.follow()

    # Lines, turns, chapters

    def now(self) -> int | None:
        """Return the sentence that is being said."""
        timeline = self._session.timeline
        return timeline.sentence_at(self._player.position_ms()) if timeline else None

    def next_line(self) -> None:
        """Go to the next sentence."""
        self._step_to(self._starts(), +1)

    def previous_line(self) -> None:
        """Go to the start of this sentence, or of the one before when this one has just begun."""
        self._step_to(self._starts(), -1)

    def next_turn(self, *, same_speaker: bool = False) -> None:
        """Go to the next turn, or the next by the same speaker."""
        self._step_to(self._turn_starts(same_speaker), +1)

    def previous_turn(self, *, same_speaker: bool = False) -> None:
        """Go to the start of this turn, or of the one before when this one has just begun."""
        self._step_to(self._turn_starts(same_speaker), -1)

    def next_chapter(self) -> None:
        """Go to the next chapter."""
        self._step_to([chapter.start_ms for chapter in self._session.chapters], +1)

    def previous_chapter(self) -> None:
        """Go to the start of this chapter, or of the one before when this one has just begun."""
        self._step_to([chapter.start_ms for chapter in self._session.chapters], -1)

    def _starts(self) -> list[int]:
        outline = self._session.outline
        if outline is None:
            return []
        return sorted({s.start_ms for s in outline.sentences if s.start_ms is not None})

    def _turn_starts(self, same_speaker: bool) -> list[int]:
        outline, now = self._session.outline, self.now()
        if outline is None:
            return []
        speaker = outline.speaker(now) if now is not None else None
        turns = (outline.paragraphs[index] for index in outline.turns)
        starts = {
            turn.start_ms
            for turn in turns
            if turn.start_ms is not None and (not same_speaker or turn.speaker == speaker)
        }
        return sorted(starts)

    def _step_to(self, starts: list[int], direction: int) -> None:
        if not starts:
            raise UserError("nothing-to-step", "There is nothing with a time to step to here.")
        position = self._player.position_ms()
        if direction > 0:
            index = bisect_right(starts, position)
            if index < len(starts):
                self.seek(starts[index], step=True)
            return
        index = bisect_right(starts, position) - 1
        if index >= 0 and position - starts[index] > RESTART_AFTER_MS:
            self.seek(starts[index], step=True)
        else:
            index = bisect_left(starts, starts[index] if index >= 0 else 0) - 1
            self.seek(starts[index] if index >= 0 else 0, step=True)

    @Slot()
    def _on_opened(self) -> None:
        self._jumps.clear()
        self._loop_start_ms = None
        self._looper.clear()
        self._attention.follow()

    # Say that again

    def replay(self, rate: float | None = None) -> None:
        """Play the current line again, at `rate` times the speed when given, and go on."""
        bounds = self._line_bounds()
        self._jumps.left(self._player.position_ms(), step=True)
        self._attention.follow()
        if rate is None:
            self._player.seek(bounds[0])
        else:
            self._looper.replay(*bounds, max(MIN_RATE, self._player.rate() * rate))
        self._player.play()

    def _line_bounds(self) -> tuple[int, int]:
        now, outline = self.now(), self._session.outline
        if now is None or outline is None:
            raise UserError("no-line", "No line has been said yet.")
        held = outline.sentences[now]
        start = held.start_ms or 0
        after = [s for s in self._starts() if s > start][:1]
        end = (
            held.end_ms if held.end_ms and held.end_ms > start else (after or [self._player.duration_ms()])[0]
        )
        return start, end

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
            self._loop_start_ms = position
            self.said.emit(f"Loop starts at {clock(position)}. Press again where it ends.")
        else:
            start, end = sorted((self._loop_start_ms, position))
            self._loop_start_ms = None
            if end - start < 200:
                raise UserError("short-loop", "A loop needs at least a fifth of a second between its ends.")
            self._looper.set_loop(start, end)
            self.said.emit(f"Looping {clock(start)} to {clock(end)}.")

    def _end_loop(self) -> None:
        self._looper.clear()
        self._loop_start_ms = None
        self.said.emit("Loop ended.")

    # Speed and volume

    def set_rate(self, rate: float) -> None:
        """Set the speed."""
        self._player.set_rate(min(MAX_RATE, max(MIN_RATE, round(rate, 2))))

    def change_rate(self, steps: int) -> None:
        """Play faster or slower by tenths."""
        self.set_rate(self._player.rate() + steps * RATE_STEP)

    def change_volume(self, steps: int) -> None:
        """Play louder or quieter."""
        self._player.set_volume(round(self._player.volume() + steps * VOLUME_STEP, 2))

    def lower_for_a_while(self) -> None:
        """Play more quietly while something is being said, then as before."""
        if not self._lowered.isActive():
            self._loud = self._player.volume()
            self._player.set_volume(self._loud * LOWERED)
        self._lowered.start()

    @Slot()
    def _on_lowered_over(self) -> None:
        self._player.set_volume(self._loud)

    def toggle_mute(self) -> None:
        """Mute or unmute."""
        self._player.set_muted(not self._player.muted())
