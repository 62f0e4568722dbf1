# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Carries out what comes in through the door: files to open, commands to run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from earmark.app.core import Core
from earmark.base.errors import UserError
from earmark.base.paths import sample
from earmark.desktop.instance import Door
from earmark.session.marks.travel import Travel
from earmark.session.outcome import Outcome

Answer = Callable[[dict[str, Any]], None]


class Wishes(QObject):
    """Answers each wish once it is carried out; what stores something is answered after its commit."""

    def __init__(self, core: Core, travel: Travel) -> None:
        super().__init__()
        self._door = Door(core.profile.data)
        self._registry, self._window = core.registry, core.window
        self._session, self._player = core.session, core.player
        self._travel = travel
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
            pending.add_done_callback(partial(_tell, answer))

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


def _tell(answer: Answer, carried_out: Future[Any]) -> None:
    """Answer with what became of a wish; on the main thread, where every such future is done."""
    error = carried_out.exception()
    answer({"ok": True} if error is None else {"ok": False, "error": str(error)})
