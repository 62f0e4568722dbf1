# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Player and transport bar: what one does the other shows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from earmark.playback.player import PlayState
from earmark.session.steering.parts import SessionParts
from earmark.ui.player.controls import TransportBar

_NO_RECORDING = "No recording"
_NO_SOUND = "No recording: the words move by their times"
_NO_TIMES = "No recording, and no times: to read, search and mark"


class TransportBinder(QObject):
    """Keeps the bar true to the player and hands the listener's wishes on."""

    def __init__(self, bar: TransportBar, parts: SessionParts) -> None:
        super().__init__()
        player, session, listening = parts.player, parts.session, parts.listening
        self._bar = bar
        self._player = player
        self._session = session
        player.state_changed.connect(self._on_state_changed)
        player.duration_changed.connect(bar.set_duration)
        player.rate_changed.connect(bar.set_rate)
        player.volume_changed.connect(self._on_volume_changed)
        player.muted_changed.connect(self._on_volume_changed)
        parts.tracker.position_ticked.connect(bar.set_time)
        parts.looper.loop_changed.connect(self._on_loop_changed)
        session.opened.connect(self._on_opened)
        session.track_changed.connect(self._on_track_changed)
        session.described.connect(self._on_opened)
        bar.rate_chosen.connect(listening.set_rate)
        bar.volume_chosen.connect(player.set_volume)
        bar.seekbar.sought.connect(listening.seek)
        bar.seekbar.set_preview_source(self._preview)
        self._on_state_changed(player.state)
        self._on_volume_changed()
        bar.set_rate(player.rate())

    @Slot(object)
    def _on_state_changed(self, state: PlayState) -> None:
        self._bar.set_playing(state is PlayState.PLAYING)
        self._bar.set_enabled(state is not PlayState.EMPTY)

    @Slot()
    def _on_volume_changed(self) -> None:
        self._bar.set_volume(self._player.volume(), self._player.muted())

    @Slot(object)
    def _on_loop_changed(self, loop: tuple[int, int] | None) -> None:
        self._bar.seekbar.set_loop(*(loop or (None, None)))

    @Slot()
    def _on_opened(self) -> None:
        self._bar.seekbar.set_chapters([(c.start_ms, c.title) for c in self._session.chapters])
        self._bar.set_duration(self._player.duration_ms())
        self._on_track_changed()

    @Slot()
    def _on_track_changed(self) -> None:
        session = self._session
        self._bar.set_possible(something=session.something_open, lines=session.timeline is not None)
        if session.media is not None or not session.something_open:
            self._bar.set_remark("", "")
        elif session.timeline is not None:
            self._bar.set_remark(_NO_SOUND, _NO_RECORDING)
        else:
            self._bar.set_remark(_NO_TIMES, _NO_RECORDING)

    def _preview(self, ms: int) -> str:
        timeline = self._session.timeline
        sentence = timeline.sentence_at(ms) if timeline else None
        return timeline.outline.text(sentence) if timeline and sentence is not None else ""
