# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Go to a moment of any recording: look at it, play it, or play one after the other. Main thread.

Looking at a moment of what is open never moves playback. What is not open is opened first; the way back
leads to where the listener was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import UserError
from earmark.playback.player import PlayState
from earmark.session.attention import Place
from earmark.session.locating import said_from_ms
from earmark.session.steering.parts import SessionParts

LEAD_MS = 2_000  # before and after a hit that is played
_AWAY_MS = 3_000
_LASTS_MS = 2_000  # a hit of unknown length

# Commands that steer playback; playing through hits ends with them.
STEERING = ("player.", "line.", "turn.", "chapter.", "loop.", "jump.", "go.")
NOT_STEERING = ("player.volume_up", "player.volume_down", "player.mute", "player.slower", "player.faster")


class Moment(NamedTuple):
    """A stretch of a recording; `files` name it, the one it is known by first."""

    files: tuple[Path, ...]
    start_ms: int | None
    end_ms: int | None = None
    text: str = ""  # what is said there, by which it is found on the page

    @property
    def lasts_to_ms(self) -> int:
        """Until when it goes, guessed where nobody knows."""
        start = self.start_ms or 0
        return self.end_ms if self.end_ms is not None and self.end_ms > start else start + _LASTS_MS


class Stretch(NamedTuple):
    """What is played in one go: with a lead-in and a lead-out, and the moments in it, counted from 0."""

    whole: Moment
    first: int
    moments: tuple[Moment, ...]


def stretches(moments: Iterable[Moment]) -> list[Stretch]:
    """Return what to play: each moment with its lead-in and lead-out, those that touch joined.

    Moments without a time are left out and not counted.
    """
    played: list[Stretch] = []
    timed = [moment for moment in moments if moment.start_ms is not None]
    for number, moment in enumerate(timed):
        start_ms = max(0, (moment.start_ms or 0) - LEAD_MS)
        one = moment._replace(start_ms=start_ms, end_ms=moment.lasts_to_ms + LEAD_MS)
        last = played[-1] if played else None
        if last is not None and last.whole.files == one.files and _touch(last.whole, one):
            whole = last.whole._replace(end_ms=max(last.whole.end_ms or 0, one.end_ms or 0))
            played[-1] = Stretch(whole, last.first, (*last.moments, moment))
        else:
            played.append(Stretch(one, number, (moment,)))
    return played


def _touch(last: Moment, one: Moment) -> bool:
    return (last.start_ms or 0) <= (one.start_ms or 0) <= (last.end_ms or 0)


class Visits(QObject):
    """Goes to moments, and plays through many.

    Signals:
        arrived: Moment that is to be looked at; what it is in is open and the page browses.
        played: the moments (tuple) that are played now; what they are in is open.
        played_on: (first, last, of how many) when the next of many moments are played, counted from 0.
        ended: playing through is over; whether all were played (bool).
    """

    arrived = Signal(object)
    played = Signal(object)
    played_on = Signal(int, int, int)
    ended = Signal(bool)

    def __init__(self, parts: SessionParts) -> None:
        super().__init__()
        self._session = parts.session
        self._player = parts.player
        self._attention = parts.attention
        self._listening = parts.listening
        self._going: tuple[Moment, bool] | None = None
        self._queue: list[Stretch] = []
        self._at = -1
        self._inside: tuple[int, int] | None = None  # the stretch that is being played
        parts.session.settled.connect(self._on_settled)
        parts.tracker.position_ticked.connect(self._on_position_ticked)
        parts.player.state_changed.connect(self._on_state_changed)

    @property
    def playing_through(self) -> bool:
        """Whether hits are being played one after the other."""
        return self._at >= 0

    def look(self, moment: Moment) -> None:
        """Open what a moment is in, if it is not open, and show it; playback stays where it is."""
        self.end()
        self._go(moment, play=False)

    def play(self, moment: Moment) -> None:
        """Play from a moment on."""
        self.end()
        self._go(moment, play=True)

    def play_through(self, moments: Sequence[Moment]) -> None:
        """Play each moment with 2 seconds before and after, then stop."""
        queue = stretches(moments)
        if not queue:
            raise UserError("no-hits", "There is no hit with a time to play.")
        self.end()
        self._queue, self._at = queue, -1
        self._next()

    def end(self) -> None:
        """End playing through; what plays, plays on."""
        if self.playing_through:
            self._stop(whole=False)

    @Slot(str)
    def on_command(self, command: str) -> None:
        """End playing through when the listener steers playback."""
        if command.startswith(STEERING) and command not in NOT_STEERING:
            self.end()

    def _go(self, moment: Moment, *, play: bool) -> None:
        if moment.files[:1] == self._session.files[:1]:
            self._arrive(moment, play)
        else:
            self._going = (moment, play)
            there = (moment.files[0], *(path for path in moment.files[1:] if path.exists()))
            if self._at > 0:  # the way back leads to where the first of many was begun
                self._listening.go_to(Place(moment.start_ms or 0, there))
            else:
                self._session.open(there, moment.start_ms if play else None, apart=True)

    @Slot()
    def _on_settled(self) -> None:
        going, self._going = self._going, None
        if going is None:
            return
        if going[0].files[:1] == self._session.files[:1]:
            self._arrive(*going)
        elif self.playing_through:
            self._next()  # its file is gone; the others may be there

    def _arrive(self, moment: Moment, play: bool) -> None:
        if play:
            moment = self._as_said(moment)
            if moment.start_ms is not None and moment.start_ms != self._player.position_ms():
                self._seek(moment)
            self._player.play()
            self._attention.follow()
            if self.playing_through:
                self._inside = (moment.start_ms or 0, moment.end_ms or 0)
            self.played.emit(self._queue[self._at].moments if self.playing_through else (moment,))
        else:
            self._attention.browse()
            self.arrived.emit(moment)

    def _as_said(self, moment: Moment) -> Moment:
        """Return a moment at the time the open page has its words; stamps may be far off."""
        session = self._session
        start = said_from_ms(session.outline, session.timeline, moment.start_ms, moment.text)
        if start is None or start == moment.start_ms:
            return moment
        lasts = moment.lasts_to_ms - (moment.start_ms or 0)
        return moment._replace(start_ms=start, end_ms=start + lasts)

    def _seek(self, moment: Moment) -> None:
        ms = moment.start_ms or 0
        if self._at > 0:
            self._listening.go_to(Place(ms, moment.files))
        else:
            self._listening.seek(ms)

    def _next(self) -> None:
        self._at += 1
        self._inside = None
        if self._at >= len(self._queue):
            self._player.pause()
            self._stop(whole=True)
            return
        now, last = self._queue[self._at], self._queue[-1]
        count = last.first + len(last.moments)
        self.played_on.emit(now.first, now.first + len(now.moments) - 1, count)
        self._go(now.whole, play=True)

    def _stop(self, *, whole: bool) -> None:
        self._queue, self._at, self._inside = [], -1, None
        self.ended.emit(whole)

    @Slot("qlonglong")
    def _on_position_ticked(self, ms: int) -> None:
        if self._inside is None:
            return
        start_ms, end_ms = self._inside
        if not start_ms - _AWAY_MS <= ms <= end_ms + _AWAY_MS:
            self.end()  # somebody went elsewhere
        elif ms >= end_ms:
            self._next()

    @Slot(object)
    def _on_state_changed(self, state: PlayState) -> None:
        if self._inside is not None and state is PlayState.ENDED:
            self._next()
