# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What can be taken back. Main thread.

A change is recorded after it was made, with two callables that unmake and make it again; each may return a
future, done when the store has it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from earmark.base.errors import UserError

Act = Callable[[], Future[Any] | None]
_DEPTH = 200


class Change(NamedTuple):
    """One step; `title` says what was done ("Delete bookmark")."""

    title: str
    undo: Act
    redo: Act


class UndoHistory(QObject):
    """The steps that were made, and those that were taken back.

    Signals:
        changed: there is another step to undo or redo.
        went: a sentence about what was just undone or redone.
    """

    changed = Signal()
    went = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def record(self, title: str, undo: Act, redo: Act) -> None:
        """Remember a step that was just made; what was undone before is gone."""
        self._done.append(Change(title, undo, redo))
        del self._done[:-_DEPTH]
        self._undone.clear()
        self.changed.emit()

    def clear(self) -> None:
        """Forget every step: what they would change is no longer there."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return bool(self._undone)

    def undo(self) -> Future[Any] | None:
        """Take the last step back."""
        if not self._done:
            raise UserError("nothing-to-undo", "There is nothing to undo.")
        change = self._done.pop()
        self._undone.append(change)
        return self._went(f"Undone: {change.title}.", change.undo)

    def redo(self) -> Future[Any] | None:
        """Make the step again that was taken back last."""
        if not self._undone:
            raise UserError("nothing-to-redo", "There is nothing to redo.")
        change = self._undone.pop()
        self._done.append(change)
        return self._went(f"Done again: {change.title}.", change.redo)

    def _went(self, sentence: str, act: Act) -> Future[Any] | None:
        pending = act()
        self.changed.emit()
        self.went.emit(sentence)
        return pending
