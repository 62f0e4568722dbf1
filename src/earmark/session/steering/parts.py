# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What is open and what steers it, built in one place. Main thread."""

from __future__ import annotations

from collections.abc import Callable

from earmark.playback.loops import Looper
from earmark.playback.player import Player
from earmark.playback.tracker import Tracker
from earmark.session.attention import Attention, JumpHistory
from earmark.session.memory import Memory
from earmark.session.session import Session
from earmark.session.steering.listening import Listening
from earmark.store.user import Store
from earmark.tasks.runner import Runner


class SessionParts:
    """Session, memory, attention and listening of one window, on its player. `now_s` is a steady clock."""

    def __init__(self, player: Player, store: Store, runner: Runner, now_s: Callable[[], float]) -> None:
        self.player = player
        self.tracker = Tracker(player)
        self.looper = Looper(player)
        self.memory = Memory(store, runner, player, self.looper)
        self.session = Session(player, self.tracker, runner, self.memory)
        self.attention = Attention()
        self.listening = Listening(self.session, player, self.attention, JumpHistory(now_s))
