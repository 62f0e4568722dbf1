# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The walk through the places where the wordings differ: listen to each, and decide. Main thread."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import UserError
from earmark.playback.player import Player
from earmark.session.session import Session
from earmark.session.steering.listening import Listening
from earmark.session.woven.correcting import Correcting
from earmark.session.woven.values import Doubt
from earmark.session.woven.weaving import Weaving

LEAD_MS = 1_500  # a few words before the place
_NEAR_MS = 15_000  # farther from playback than this a doubt is no longer what the listener is at


class Walking(QObject):
    """Steps through the doubts.

    Signals:
        moved: the doubt the listener is at (Doubt), or None when the walk is left.
    """

    moved = Signal(object)

    def __init__(
        self,
        session: Session,
        weaving: Weaving,
        correcting: Correcting,
        player: Player,
        listening: Listening,
    ) -> None:
        super().__init__()
        self._correcting = correcting
        self._session = session
        self._weaving = weaving
        self._player = player
        self._listening = listening
        self._left: Doubt | None = None  # the one that was left: playback may not have reached it yet
        self.current: Doubt | None = None
        weaving.changed.connect(self._on_weave_changed)
        session.track_changed.connect(self._on_track_changed)

    @property
    def possible(self) -> bool:
        """Whether there is anything to walk through."""
        return bool(self._weaving.doubts)

    @property
    def number(self) -> tuple[int, int]:
        """Which of how many the current doubt is, counted from 1."""
        doubts = self._weaving.doubts
        return (doubts.index(self.current) + 1 if self.current in doubts else 0), len(doubts)

    @property
    def near(self) -> bool:
        """Whether playback is about where the current doubt is."""
        if self.current is None:
            return False
        early, late = self.current.start_ms - LEAD_MS, self.current.end_ms
        return early - _NEAR_MS <= self._player.position_ms() <= late + _NEAR_MS

    def step(self, by: int) -> None:
        """Play the next (+1) or previous (-1) place where the wordings differ, with a little lead."""
        track = self._weaving.track
        if track is None:
            return
        if self._session.track is not track:
            self._session.show_track(track)
        found = self._found(by)
        if found is None:
            where = "after" if by > 0 else "before"
            raise UserError("no-disagreement", f"The transcripts do not differ {where} this place.")
        # First: the card opens only where playback is about.
        self._listening.seek(max(0, found.start_ms - LEAD_MS))
        self._set(found)
        self._player.play()

    def keep_other(self) -> Future[Any] | None:
        """Put the other wording in at the current doubt, or the first one back."""
        return self._correcting.toggle(self.current) if self.current else None

    @Slot()
    def leave(self) -> None:
        """End the walk; the next step goes on from where playback is."""
        self._left = self.current
        self._set(None)

    def _found(self, by: int) -> Doubt | None:
        doubts = self._weaving.doubts
        if self.current in doubts and self.near:
            at = doubts.index(self.current) + by
            return doubts[at] if 0 <= at < len(doubts) else None
        now_ms = self._player.position_ms()
        left = self._left
        if left is not None and 0 <= left.start_ms - now_ms <= LEAD_MS:
            now_ms = left.start_ms
        if by > 0:
            return next((d for d in doubts if d.start_ms > now_ms), None)
        return next((d for d in reversed(doubts) if d.start_ms < now_ms), None)

    def _set(self, doubt: Doubt | None) -> None:
        if doubt is not self.current:
            self.current = doubt
            self.moved.emit(doubt)

    @Slot()
    def _on_weave_changed(self) -> None:
        """Stay at the same place of the transcript that was dressed anew."""
        if self.current is not None:
            place = self.current.place
            self._set(next((d for d in self._weaving.doubts if d.place == place), None))

    @Slot()
    def _on_track_changed(self) -> None:
        track = self._session.track
        if track is None or not track.woven:
            self._left = None
            self._set(None)
