# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Verbs of listening: play, seek, speed, volume, and the way back. Main thread.

Every seek of the listener goes through here: it is remembered for the way back, and the page follows it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from earmark.base.errors import UserError
from earmark.playback.player import MAX_RATE, MIN_RATE, Player, PlayState
from earmark.session.attention import Attention, JumpHistory, Place
from earmark.session.session import Session

UNCERTAIN_LEAD_MS = 300  # a jump to a time known to about 0.3 s starts this much early
RATE_STEP = 0.1
VOLUME_STEP = 0.05
LOWERED = 0.25  # of the volume, while a screen reader says where playback is
LOWERED_MS = 6_000


class Listening(QObject):
    """What the listener does with the player."""

    def __init__(
        self,
        session: Session,
        player: Player,
        attention: Attention,
        jumps: JumpHistory,
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._attention = attention
        self._jumps = jumps
        self._loud = 1.0
        self._lowered = QTimer(self, singleShot=True, interval=LOWERED_MS)
        self._lowered.timeout.connect(self._on_lowered_over)
        self._walking = False
        self._left: tuple[Place, bool] | None = None  # until what was opened has proved to be playable
        self._resumes = False
        session.leaving.connect(self._on_leaving)
        session.opened.connect(self._on_opened)
        session.settled.connect(self._on_settled)
        player.failed.connect(self._on_failed)
        player.state_changed.connect(self._on_state_changed)

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
        self._jumps.left(self.place(), step=step)
        self._player.seek(ms)
        self._attention.follow()

    def seek_by(self, delta_ms: int) -> None:
        """Go back or forward a little; too small a move to be a jump."""
        self._player.seek(max(0, self._player.position_ms() + delta_ms))
        self._attention.follow()

    def play_from(self, paragraph: int, offset: int) -> None:
        """Play from the word at a place of the page; a little earlier where its time is not exact."""
        outline, timeline = self._session.outline, self._session.timeline
        if outline is None:
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
            ms = timeline.start_ms(outline.sentence_at(paragraph, offset)) if timeline else None
        if ms is None:
            raise UserError("untimed", "Nobody knows when this is said: the transcript has no time here.")
        self.seek(ms)
        self._player.play()

    def jump_back(self) -> None:
        """Go back to where the last jump left, be it in another recording."""
        self._walk(self._jumps.back(self.place()), "There is no earlier jump to go back to.")

    def jump_forward(self) -> None:
        """Go forward again after going back."""
        self._walk(self._jumps.forward(self.place()), "There is no later jump to go forward to.")

    def place(self) -> Place:
        """Return where playback is."""
        return Place(self._player.position_ms(), self._session.files)

    def _walk(self, place: Place | None, otherwise: str) -> None:
        if place is None:
            raise UserError("no-jump", otherwise)
        self.go_to(place)

    def go_to(self, place: Place) -> None:
        """Go to a place of any recording; no way back to where it was is kept."""
        if place.files[:1] == self._session.files[:1]:
            self._player.seek(place.ms)
            self._attention.follow()
        else:
            self._walking = True
            self._session.open(place.files, place.ms, apart=True)

    def now(self) -> int | None:
        """Return the sentence that is being said."""
        timeline = self._session.timeline
        return timeline.sentence_at(self._player.position_ms()) if timeline else None

    @Slot()
    def _on_leaving(self) -> None:
        """Keep the way back to the recording that is left."""
        if self._session.files:
            if self._player.state is not PlayState.EMPTY:  # or two that fail would call each other for ever
                self._left = self.place(), self._player.state is PlayState.PLAYING
            if not self._walking:
                self._jumps.left(self.place())

    @Slot()
    def _on_opened(self) -> None:
        self._attention.follow()
        if self._resumes:
            self._resumes = False
            self._player.play()

    @Slot(object)
    def _on_state_changed(self, state: PlayState) -> None:
        if state in (PlayState.PAUSED, PlayState.PLAYING):
            self._left = None

    @Slot()
    def _on_failed(self) -> None:
        """Let what was open go on where a recording proves to be none only when it is to play."""
        if self._left is not None:
            QTimer.singleShot(0, self._return)  # the session is still opening what has failed

    @Slot()
    def _return(self) -> None:
        left, self._left = self._left, None
        if left is not None:
            place, self._resumes = left
            self._walking = True
            self._session.open(place.files, place.ms, apart=True)

    @Slot()
    def _on_settled(self) -> None:
        self._walking = self._resumes = False

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
