# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Looks after the listener's store in quiet moments: verifies it, backs it up, restores it. Main thread.

The work itself is the store's, on its lane. It waits until nothing plays. What is the matter with the place
where the store is kept is told at the beginning.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from earmark.base.errors import UserError, expected
from earmark.playback.player import Player, PlayState
from earmark.store.place import warnings
from earmark.store.user import Store
from earmark.tasks.runner import Lane, Runner

_FIRST_AFTER_MS = 5_000
_EVERY_MS = 8 * 60_000


class Upkeep(QObject):
    """The care for one store.

    Signals:
        told: UserError the listener should know about.
        restored: the store holds other rows than a moment ago.
    """

    told = Signal(object)
    restored = Signal()

    def __init__(self, store: Store, runner: Runner, player: Player) -> None:
        super().__init__()
        self._store = store
        self._runner = runner
        self._player = player
        self._due = False
        self._known = ""  # the trouble told last: the same is not told again and again
        self._said_full = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_due)
        player.state_changed.connect(self._on_state_changed)

    def begin(self) -> None:
        """Look after it from now on."""
        if not self._store.read_only:
            self._timer.start(_FIRST_AFTER_MS)
            look = partial(warnings, self._store.path.parent)
            self._runner.run(look, self._on_warnings, self._on_failed, owner=self)

    def _on_warnings(self, found: list[UserError]) -> None:
        for warning in found:
            self.told.emit(warning)

    @Slot()
    def _on_due(self) -> None:
        self._due = True
        self._look()

    @Slot(object)
    def _on_state_changed(self, _state: PlayState) -> None:
        self._look()

    def _look(self) -> None:
        if self._due and self._player.state is not PlayState.PLAYING:
            self._due = False
            self._runner.run(
                self._store.maintain, self._on_maintained, self._on_failed, lane=Lane.STORE, owner=self
            )

    def _on_maintained(self, told: UserError | None) -> None:
        self._timer.start(_EVERY_MS)
        self._known = ""
        if told is not None:
            self.restored.emit()
            self.told.emit(told)
        if self._store.disk_was_full and not self._said_full:
            self._said_full = True
            message = (
                "The disk is full: Earmark gave up its spare room. Make room, or what you do is not kept."
            )
            self.told.emit(UserError("disk-full", message, path=self._store.path))

    def _on_failed(self, error: Exception) -> None:
        trouble = expected(error)
        self._timer.start(_EVERY_MS)
        if trouble.code != self._known:
            self._known = trouble.code
            self.told.emit(trouble)
