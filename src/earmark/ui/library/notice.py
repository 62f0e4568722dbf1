# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The line below the library: what is under way, with one button. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from earmark.ui.common.theme import Look


class Notice(QWidget):
    """A sentence and a button; hidden while there is nothing to say.

    Signals:
        pressed: the text of the button that was pressed.
    """

    pressed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._text = ""
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setObjectName("dim")
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._button = QPushButton(self)
        self._button.setObjectName("link")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.hide()

    def show_text(self, text: str, button: str) -> None:
        """Show a sentence and the button to it."""
        self._text = text
        self._label.setAccessibleName(text)
        self._button.setText(button)
        self.show()
        self._elide()

    def text(self) -> str:
        """Return the sentence, whole."""
        return "" if self.isHidden() else self._text

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: show as much as fits."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = self._label.fontMetrics()
        self._label.setText(
            metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, max(0, self._label.width()))
        )
        self._label.setToolTip(self._text)

    @Slot()
    def _on_clicked(self) -> None:
        self.pressed.emit(self._button.text())

    @Slot()
    def _on_look_changed(self) -> None:
        self._label.setFont(self._look.font(12))
        self._button.setFont(self._look.font(12))
