# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the command line asked of the window: commands to run, a picture to take."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot

from earmark.app.core import Core
from earmark.base.errors import UserError
from earmark.playback.player import PlayState


class Errands(QObject):
    """Runs, takes the picture and leaves, in this order, once the page is painted.

    `painted` is called after the first paint. Without a picture to take the window stays.
    """

    def __init__(
        self,
        core: Core,
        commands: Sequence[str],
        picture: Path | None,
        wait_s: float,
        painted: Callable[[], None],
    ) -> None:
        super().__init__()
        self._window, self._registry = core.window, core.registry
        self._session, self._player = core.session, core.player
        self._commands = commands
        self._picture = picture
        self._wait_ms = round(wait_s * 1000)
        self._painted = painted
        self._begun = False
        self.exit_code = 0
        core.session.problem.connect(self._on_problem)
        core.session.settled.connect(self._on_settled)
        core.player.failed.connect(self._on_problem)

    def start(self) -> None:
        """Show the window."""
        self._window.page.viewport().installEventFilter(self)
        self._window.show()
        if not self._session.opening:
            QTimer.singleShot(0, self._on_first_paint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the first paint with something on the page."""
        if event.type() == QEvent.Type.Paint and self._session.outline is not None:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._on_first_paint)
        return False

    @Slot()
    def _on_settled(self) -> None:
        self._session.settled.disconnect(self._on_settled)
        if self._session.outline is None:  # nothing will be painted on the page
            QTimer.singleShot(0, self._on_first_paint)

    @Slot()
    def _on_first_paint(self) -> None:
        if self._begun:
            return  # the welcome was painted before
        self._begun = True
        self._painted()
        if self._session.settling:
            self._session.settled.connect(self._carry_out, Qt.ConnectionType.SingleShotConnection)
        else:
            self._carry_out()

    @Slot()
    def _carry_out(self) -> None:
        for line in self._commands:
            self._run(line)
        if self._picture is None:
            self._session.problem.disconnect(self._on_problem)  # from here on the window tells
            if self._player.state is PlayState.LOADING:
                self._player.state_changed.connect(self._on_state_changed)
            else:
                self._player.failed.disconnect(self._on_problem)
        else:
            QTimer.singleShot(self._wait_ms, self._on_picture_due)

    @Slot(object)
    def _on_state_changed(self, state: PlayState) -> None:
        """Take no more notice of the player once what was asked for is loaded."""
        if state not in (PlayState.LOADING, PlayState.EMPTY):
            self._player.state_changed.disconnect(self._on_state_changed)
            self._player.failed.disconnect(self._on_problem)

    def _run(self, line: str) -> None:
        try:
            command, *args = shlex.split(line)
            self._registry.run(command, *args)
        except UserError as error:
            self._tell(error.message)

    @Slot()
    def _on_picture_due(self) -> None:
        if self._picture is not None and not self._window.grab().save(str(self._picture)):
            self._tell(f"The picture could not be written to {self._picture}.")
        self._window.close()

    @Slot(object)
    def _on_problem(self, error: UserError) -> None:
        self._tell(error.message)

    def _tell(self, sentence: str) -> None:
        sys.stderr.write(f"earmark: {sentence}\n")
        self.exit_code = 1
