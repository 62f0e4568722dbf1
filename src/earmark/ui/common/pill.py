# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The pill that says the page is away from what is playing, and leads back when clicked. Main thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from earmark.ui.common.overlay import Floater
from earmark.ui.common.theme import Look


class Pill(QPushButton):
    """A dark pill in the lower right corner of its parent; `clicked` when the listener clicks it.

    It takes no focus: its text names the key that does the same.
    """

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._host = parent
        self._floater = Floater(
            look, self, parent, Qt.AlignmentFlag.AlignRight, up_px=17, side_px=28, fit=self._fit
        )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        look.changed.connect(self._on_look_changed)

    def show_text(self, text: str) -> None:
        """Show a sentence, plain: "Browsing — G returns to 11:04"; what is before the dash can be missed."""
        self.setAccessibleName(text)
        self.setFont(self._look.font(13))
        self.ensurePolished()
        self._floater.place()
        self.show()

    def _fit(self) -> None:
        whole = self.accessibleName().replace("&", "&&")
        self.setText(whole)
        if self.sizeHint().width() > self._host.width():
            self.setText(whole.rpartition(" — ")[2])

    @Slot()
    def _on_look_changed(self) -> None:
        if self.isVisible():
            self.show_text(self.accessibleName())
