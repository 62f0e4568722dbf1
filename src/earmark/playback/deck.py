# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""One player for the session, whichever back end plays: sound for recordings, silence for texts alone.

Back ends are made when they are first needed, so that the window does not wait for the sound system.
Main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot

from earmark.playback.player import Player, PlayState


class Deck(Player):
    """Plays a recording with one back end and a text without a recording with another."""

    def __init__(self, sounding: Callable[[], Player], silent: Callable[[], Player]) -> None:
        super().__init__()
        self._makers = {True: sounding, False: silent}
        self._players: dict[bool, Player] = {}
        self._now: Player | None = None
        self._held = False
        self._wish: tuple[Path | None, int, int] | None = None
        self._wants_play = False

    def hold(self) -> None:
        """Keep what is to be opened until `release`: making a back end takes longer than painting a page."""
        self._held = True

    def release(self) -> None:
        """Open what was asked for meanwhile, and play if that was asked for too."""
        self._held = False
        if self._wish is not None:
            wish, self._wish = self._wish, None
            self.open(*wish)
            if self._wants_play:
                self.play()

    def open(self, path: Path | None, start_ms: int = 0, duration_ms: int = 0) -> None:
        """Load with the back end that can; the other one lets go of what it had."""
        if self._held:
            self._wish = (path, start_ms, duration_ms)
            self._wants_play = False
            self._on_state_changed(PlayState.LOADING)
            return
        now = self._player(path is not None)
        if self._now is not None and self._now is not now:
            self._now.open(None)
        self._now = now
        now.set_rate(self._rate)
        now.set_volume(self._volume)
        now.set_muted(self._muted)
        now.open(path, start_ms, duration_ms)

    def _player(self, sounding: bool) -> Player:
        if sounding not in self._players:
            player = self._makers[sounding]()
            player.state_changed.connect(self._on_state_changed)
            player.position_reported.connect(self.position_reported)
            player.sought.connect(self.sought)
            player.duration_changed.connect(self.duration_changed)
            player.failed.connect(self.failed)
            self._players[sounding] = player
        return self._players[sounding]

    @Slot(object)
    def _on_state_changed(self, state: PlayState) -> None:
        self.state = state
        self.state_changed.emit(state)

    def play(self) -> None:
        """Play."""
        self._wants_play = True
        if self._now is not None:
            self._now.play()

    def pause(self) -> None:
        """Pause."""
        self._wants_play = False
        if self._now is not None:
            self._now.pause()

    def seek(self, ms: int) -> None:
        """Go to a position."""
        if self._wish is not None:
            self._wish = (self._wish[0], ms, self._wish[2])
        elif self._now is not None:
            self._now.seek(ms)

    def position_ms(self) -> int:
        """Return the position heard now."""
        if self._wish is not None:
            return self._wish[1]
        return self._now.position_ms() if self._now is not None else 0

    def duration_ms(self) -> int:
        """Return the length, 0 where unknown."""
        return self._now.duration_ms() if self._now is not None else 0

    def _apply_rate(self, rate: float) -> None:
        if self._now is not None:
            self._now.set_rate(rate)

    def _apply_volume(self, volume: float) -> None:
        if self._now is not None:
            self._now.set_volume(volume)

    def _apply_muted(self, muted: bool) -> None:
        if self._now is not None:
            self._now.set_muted(muted)

    def close(self) -> None:
        """Close the back ends that were made."""
        for player in self._players.values():
            player.close()
