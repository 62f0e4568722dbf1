# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The names the listener gives to the colours of bookmarks; kept as a setting, undoable. Main thread."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from earmark.domain.marks.colours import name_of, names_of
from earmark.session.undo import UndoHistory
from earmark.settings import options
from earmark.settings.values import Values


class ColourNames(QObject):
    """What each colour is called.

    Signals:
        changed: some are called otherwise now.
    """

    changed = Signal()

    def __init__(self, values: Values, undo: UndoHistory) -> None:
        super().__init__()
        self._values = values
        self._undo = undo

    def own(self) -> dict[str, str]:
        """Return the listener's own names, by the colour as it is kept."""
        return names_of(self._values.get(options.COLOUR_NAMES))

    def of(self, colour: str) -> str:
        """Return what a kept colour is called; nothing for the usual one without a name."""
        return name_of(colour, self.own())

    def give(self, names: Mapping[str, str]) -> None:
        """Call the colours so from now on; one that is not named has its usual name."""
        before, now = self.own(), names_of(names)
        if now != before:
            self._set(now)
            self._undo.record("Name the colours", partial(self._set, before), partial(self._set, now))

    def _set(self, names: dict[str, str]) -> None:
        self._values.set(options.COLOUR_NAMES, names)
        self.changed.emit()
