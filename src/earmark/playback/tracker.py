# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""From the position to what is being said: the current sentence and word, told only when they change.

The session connects one `Tracker` to the player; the page and the time label listen to it. It sleeps until
the next change is due and wakes by itself at least every `TICK_MS`. Main thread.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from earmark.domain.timeline import Timeline
from earmark.domain.transcript import Word
from earmark.playback.player import Player, PlayState

TICK_MS = 100  # of the recording between two ticks for time labels, at speed 1; and the longest sleep
NAP_MS = 4  # a change nearer than this is not worth a wake-up of its own
STALLED_NAP_MS = 25


class Tracker(QObject):
    """Follows a player through a timeline.

    Signals:
        sentence_changed: int | None, the index of the sentence that is current now.
        word_changed: Word | None, None where the sentence's words have no times. Sent after
            `sentence_changed`.
        position_ticked: the position in ms for labels; about ten a second while playing, and at each jump.
    """

    sentence_changed = Signal(object)
    word_changed = Signal(object)
    position_ticked = Signal("qlonglong")  # type: ignore[arg-type]

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._timeline: Timeline | None = None
        self._sentence: int | None = None
        self._word: Word | None = None
        self._at_ms = 0
        self._ticked_ms = -1
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_due)
        player.position_reported.connect(self._on_due)
        player.rate_changed.connect(self._on_due)
        player.sought.connect(self._on_jumped)
        player.state_changed.connect(self._on_state_changed)

    def sentence(self) -> int | None:
        """Return the current sentence."""
        return self._sentence

    def word(self) -> Word | None:
        """Return the current word."""
        return self._word

    def set_timeline(self, timeline: Timeline | None) -> None:
        """Follow another transcript from now on, or none; says at once what is current in it."""
        self._timeline = timeline
        # The numbers of the old transcript mean nothing in the new one.
        self._tell(None, None)
        self._jump()

    @Slot()
    def _on_due(self) -> None:
        # A late report must not pull the highlight back: only a jump may.
        self._update(max(self._at_ms, self._player.position_ms()))

    @Slot()
    def _on_jumped(self) -> None:
        self._jump()

    @Slot(object)
    def _on_state_changed(self, state: PlayState) -> None:
        if state in (PlayState.EMPTY, PlayState.LOADING):
            self._jump()
        else:
            self._on_due()

    def _jump(self) -> None:
        self._ticked_ms = -1
        self._update(self._player.position_ms())

    def _update(self, position_ms: int) -> None:
        stalled = position_ms == self._at_ms
        self._at_ms = position_ms
        sentence = self._timeline.sentence_at(position_ms) if self._timeline else None
        word = (
            self._timeline.word_at(sentence, position_ms) if self._timeline and sentence is not None else None
        )
        self._tell(sentence, word)
        self._tick()
        if self._player.state is PlayState.PLAYING:
            self._timer.start(max(STALLED_NAP_MS if stalled else NAP_MS, self._sleep_ms()))
        else:
            self._timer.stop()

    def _tell(self, sentence: int | None, word: Word | None) -> None:
        sentence_is_new = sentence != self._sentence
        word_is_new = word != self._word or (sentence_is_new and word is not None)
        self._sentence, self._word = sentence, word
        if sentence_is_new:
            self.sentence_changed.emit(sentence)
        if word_is_new:
            self.word_changed.emit(word)

    def _tick(self) -> None:
        step_ms = TICK_MS * self._player.rate() if self._player.state is PlayState.PLAYING else 1
        if self._ticked_ms < 0 or abs(self._at_ms - self._ticked_ms) >= step_ms:
            self._ticked_ms = self._at_ms
            self.position_ticked.emit(self._at_ms)

    def _sleep_ms(self) -> int:
        next_ms = self._timeline.next_change_ms(self._at_ms) if self._timeline else None
        if next_ms is None:
            return TICK_MS
        return min(TICK_MS, ceil((next_ms - self._at_ms) / self._player.rate()))
