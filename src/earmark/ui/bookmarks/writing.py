# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The field in a card in which a note or tags are written. Plain text. GUI thread.

Enter keeps, Shift+Enter begins a new line; leaving by Esc or by going elsewhere keeps as well, for nothing
that was typed may be lost, and what was kept can be undone.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from earmark.ui.common.theme import Look

_MOST_LINES = 10
_STAYING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class CardField(QPlainTextEdit):
    """A field as high as its text.

    Signals:
        finished: the text is to be kept; True where the list is to have the focus.
        height_changed: it wants another height.
    """

    finished = Signal(bool)
    height_changed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._lines = 0
        self._what = ""
        self.one_line = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("card-field")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._on_text_changed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.hide()

    def begin(self, text: str, name: str, *, one_line: bool = False) -> None:
        """Write on from a text; `name` says what, also to a screen reader."""
        self.one_line = one_line
        self.setPlainText(text)
        self._what = name
        self.setAccessibleName(name)
        self.moveCursor(self.textCursor().MoveOperation.End)
        self._on_text_changed()

    def sizeHint(self) -> QSize:
        """Ask for the height of the text."""
        line = QFontMetricsF(self.font()).lineSpacing()
        lines = max(1 if self.one_line else 2, min(_MOST_LINES, self._visual_lines()))
        return QSize(self._look.px(200), round(lines * line) + self._look.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what is to be written while nothing is; Qt's own placeholder keeps its first text size."""
        super().paintEvent(event)
        if self.document().isEmpty():
            painter = QPainter(self.viewport())
            painter.setFont(self.font())
            painter.setPen(self._look.theme.dim)
            edge = round(self.document().documentMargin())
            room = self.viewport().rect().adjusted(edge, edge, -edge, 0)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, int(flags.value), self._what)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep on Enter and Esc, type the rest."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape or (enter and (plain or control or self.one_line)):
            self.finished.emit(True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep when the listener goes elsewhere, but not when another window comes to the front."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYING:
            self.finished.emit(False)

    def _visual_lines(self) -> int:
        block, lines = self.document().firstBlock(), 0
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines

    @Slot()
    def _on_text_changed(self) -> None:
        lines = self._visual_lines()
        if lines != self._lines:
            self._lines = lines
            self.height_changed.emit()

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFont(self._look.font(13))
        self.height_changed.emit()
