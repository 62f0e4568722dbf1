# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Carries out what comes in through the door: files to open, commands to run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from earmark.base.errors import UserError
from earmark.base.paths import Profile, sample
from earmark.commands.registry import Registry
from earmark.desktop.instance import Door
from earmark.playback.player import Player
from earmark.session.marks.travel import Travel
from earmark.session.outcome import Outcome
from earmark.session.session import Session
from earmark.ui.frame.window import MainWindow

Answer = Callable[[dict[str, Any]], None]
_LOOK_AGAIN_MS = 5


class Wishes(QObject):
    """Answers each wish once it is carried out; what stores something is answered after its commit."""

    def __init__(
        self,
        profile: Profile,
        registry: Registry,
        session: Session,
        player: Player,
        travel: Travel,
        window: MainWindow,
    ) -> None:
        super().__init__()
        self._door = Door(profile.data)
        self._registry = registry
        self._session = session
        self._player = player
        self._travel = travel
        self._window = window
        self._waiting: list[tuple[Future[Any], Answer]] = []
        self._timer = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._on_look_again)
        self._door.wish_received.connect(self._on_wish)

    def open(self) -> bool:
        """Open the door; False when another program holds it."""
        return self._door.open()

    def close(self) -> None:
        """Close the door."""
        self._door.close()

    @Slot(object, object)
    def _on_wish(self, wish: dict[str, Any], answer: Answer) -> None:
        try:
            pending = self._carry_out(wish)
        except UserError as error:
            answer({"ok": False, "error": error.message})
            return
        if pending is None:
            answer({"ok": True})
        else:
            self._waiting.append((pending, answer))
            self._timer.start()

    def _carry_out(self, wish: dict[str, Any]) -> Future[Any] | None:
        if words := wish.get("do"):
            command, *args = map(str, words)
            return self._registry.run(command, *args)
        paths = [sample()] if wish.get("sample") else [Path(path) for path in wish.get("open", [])]
        pending: Future[Any] | None = None
        if paths:
            pending = Outcome(self._session, self._player).future  # for whoever named the files
            self._session.open(paths)
        for link in wish.get("links", [])[-1:]:
            self._travel.follow_link(str(link))
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        return pending

    @Slot()
    def _on_look_again(self) -> None:
        for pending, answer in [entry for entry in self._waiting if entry[0].done()]:
            error = pending.exception()
            answer({"ok": True} if error is None else {"ok": False, "error": str(error)})
        self._waiting = [entry for entry in self._waiting if not entry[0].done()]
        if not self._waiting:
            self._timer.stop()
