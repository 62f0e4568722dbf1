# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The field on top of the library pane; its arrows walk the list below. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_MODIFIER = Qt.KeyboardModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: +1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: +8}


class SearchField(QLineEdit):
    """One types here, and chooses with the arrows.

    Signals:
        stepped: to another row, so many down (int).
        opened, played: Enter, Ctrl+Enter on the chosen row.
        left: Esc.
    """

    stepped = Signal(int)
    opened = Signal()
    played = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Search everything")
        self.setAccessibleName("Search everything")
        self.setMaxLength(1_000)
        self.setAcceptDrops(False)  # files dropped here are for the library

    def event(self, event: QEvent) -> bool:
        """Claim these keys before the window's shortcuts take them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, choose or leave; type the rest."""
        key = Qt.Key(event.key())
        if not _is_ours(event):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif _held(event) == _MODIFIER.ControlModifier:
            self.played.emit()
        else:
            self.opened.emit()


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~_MODIFIER.KeypadModifier


def _is_ours(event: QKeyEvent) -> bool:
    key, held = Qt.Key(event.key()), _held(event)
    if key == Qt.Key.Key_Escape or key in _STEPS:
        return held == _MODIFIER.NoModifier
    return key in _ENTER and held in (_MODIFIER.NoModifier, _MODIFIER.ControlModifier)
