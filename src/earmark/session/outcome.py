# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What became of a request to open, for whoever waits for it (a script). Main thread."""

from __future__ import annotations

from concurrent.futures import Future

from PySide6.QtCore import QObject, Slot

from earmark.base.errors import UserError
from earmark.playback.player import Player, PlayState
from earmark.session.session import Session

_LOADED = (PlayState.PAUSED, PlayState.PLAYING, PlayState.ENDED)


class Outcome(QObject):
    """Listens until a request to open is settled and the recording is loaded.

    `future` fails with the first problem, be it the session's or the player's.
    """

    def __init__(self, session: Session, player: Player) -> None:
        super().__init__(session)
        self.future: Future[None] = Future()
        self._player = player
        self._problem: UserError | None = None
        self._settled = False
        session.problem.connect(self._on_problem)
        session.settled.connect(self._on_settled)
        player.failed.connect(self._on_problem)
        player.state_changed.connect(self._on_state_changed)

    @Slot(object)
    def _on_problem(self, problem: UserError) -> None:
        self._problem = self._problem or problem
        if self._settled:
            self._finish()

    @Slot()
    def _on_settled(self) -> None:
        self._settled = True
        if self._problem is not None or self._player.state is not PlayState.LOADING:
            self._finish()

    @Slot(object)
    def _on_state_changed(self, state: PlayState) -> None:
        if self._settled and state in _LOADED:
            self._finish()

    def _finish(self) -> None:
        if self.future.done():
            return
        if self._problem is None:
            self.future.set_result(None)
        else:
            self.future.set_exception(self._problem)
        self.deleteLater()
