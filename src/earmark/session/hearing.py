# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Which stretches were really played: listens to the player and keeps the heard map. Main thread.

What was played is written when playback stops, when something else is opened, and every ten seconds.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from earmark.base.errors import expected
from earmark.domain.heard import HeardMap
from earmark.playback.player import Player, PlayState
from earmark.session.memory import Memory
from earmark.session.session import Session
from earmark.store.user import Store
from earmark.tasks.runner import Lane, Runner

_KEEP_EVERY_MS = 10_000
_SHORTEST_MS = 300  # what is stepped over is not heard


class Hearing(QObject):
    """The heard map of what is open.

    Signals:
        changed: the HeardMap of what is open is another.
    """

    changed = Signal(object)

    def __init__(
        self, session: Session, player: Player, memory: Memory, store: Store, runner: Runner
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._memory = memory
        self._store = store
        self._runner = runner
        self._recording = ""
        self._from_ms: int | None = None  # since here it has played on end
        self._at_ms = 0
        self._stretches: list[tuple[int, int]] = []
        self.heard: HeardMap = ()
        self._timer = QTimer(self, interval=_KEEP_EVERY_MS)
        self._timer.timeout.connect(self.keep)
        player.state_changed.connect(self._on_state_changed)
        player.position_reported.connect(self._on_position_reported)
        player.sought.connect(self._on_sought)
        session.opened.connect(self._on_opened)
        self._on_opened()  # something may be open already
        self._on_state_changed(player.state)

    @Slot()
    def keep(self) -> None:
        """Write what was played since the last time."""
        if self._from_ms is not None:
            self._at_ms = max(self._at_ms, self._player.position_ms())
        self._cut(self._at_ms if self._from_ms is not None else None)
        stretches, self._stretches = self._stretches, []
        if not stretches or not self._recording or self._store.read_only:
            return
        self._runner.run(
            partial(self._store.heard.add, self._recording, stretches),
            partial(self._on_kept, self._recording),
            partial(self._on_failed, self._recording, stretches),
            Lane.STORE,
            self,
        )

    def _cut(self, onward_ms: int | None) -> None:
        """End the stretch under way; the next begins at `onward_ms`, or not yet."""
        if self._from_ms is not None and self._at_ms - self._from_ms >= _SHORTEST_MS:
            self._stretches.append((self._from_ms, self._at_ms))
            self._from_ms = onward_ms
        elif onward_ms is None or self._from_ms is None:
            self._from_ms = onward_ms

    @Slot(object)
    def _on_state_changed(self, state: PlayState) -> None:
        if state is PlayState.PLAYING:
            self._from_ms = self._at_ms = self._player.position_ms()
            self._timer.start()
        elif self._from_ms is not None:
            self._timer.stop()
            if state in (PlayState.PAUSED, PlayState.ENDED):
                self._at_ms = max(self._at_ms, self._player.position_ms())
            self._cut(None)
            self.keep()

    @Slot("qlonglong")
    def _on_position_reported(self, ms: int) -> None:
        if self._from_ms is not None:
            self._at_ms = max(self._at_ms, ms)

    @Slot("qlonglong")
    def _on_sought(self, ms: int) -> None:
        if self._from_ms is not None:
            self._cut(None)
            self._from_ms = self._at_ms = ms

    @Slot()
    def _on_opened(self) -> None:
        self._from_ms = None
        self.keep()
        recording = self._memory.recording
        self._recording = recording.id if recording else ""
        self._set(())
        if recording is not None:
            read = partial(self._store.heard.of, recording.id)
            done = partial(self._on_kept, recording.id)
            self._runner.run(read, done, self._on_unread, Lane.STORE, self)

    def _on_kept(self, recording: str, heard: HeardMap) -> None:
        if recording == self._recording:
            self._set(heard)

    def _set(self, heard: HeardMap) -> None:
        if heard != self.heard:
            self.heard = heard
            self.changed.emit(heard)

    def _on_failed(self, recording: str, stretches: list[tuple[int, int]], error: Exception) -> None:
        if recording == self._recording:
            self._stretches = stretches + self._stretches  # they go along the next time
        self._on_unread(error)

    def _on_unread(self, error: Exception) -> None:
        self._session.problem.emit(expected(error))
